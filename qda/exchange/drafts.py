"""From paragraphs as read to the intermediate form: normalised text, turns, speakers, time marks, head."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qda.coding.positions import normalise
from qda.coding.transcript import ParagraphDraft, ParagraphKind, SpeakerDraft, TimeMarkDraft, TranscriptDraft
from qda.exchange import header, labels, marks, turns
from qda.exchange.language import guess_language
from qda.exchange.openings import Line, Opening
from qda.exchange.raw import RawDocument, RawParagraph
from qda.exchange.text_in import heading_level
from qda.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class _Read:
    """All lines, the indexes of those that are not blank, and what was found on these."""

    lines: tuple[Line, ...]
    filled: tuple[int, ...]
    lone: frozenset[int]  # lines that are a time mark and nothing else
    front: header.Front
    legend: Mapping[str, str]
    found: turns.Turns
    head: int  # number of filled lines that belong to the head


def draft_of(raw: RawDocument, *, family: str | None = None) -> TranscriptDraft:
    """The document as it will be stored; ``family`` fixes how turns are marked."""
    read = _read(raw.paragraphs, family)
    cut = _cut_lines(read)
    text = "\n".join(line.text for line in cut)
    paragraphs = tuple(_paragraphs(read, cut))
    counts = Counter(p.speaker for p in paragraphs if p.opens_turn and p.speaker)
    return TranscriptDraft(
        text=text,
        paragraphs=paragraphs,
        speakers=_speakers(paragraphs, text, read.legend),
        time_marks=tuple(_time_marks(cut)),
        header=_metadata(read),
        format=raw.format,
        encoding=raw.encoding,
        family=read.found.family,
        language=guess_language(text),
        warnings=raw.warnings + tuple(_warnings(counts, text)),
    )


def _read(paragraphs: Sequence[RawParagraph], family: str | None) -> _Read:
    lines = tuple(_lines(paragraphs))
    texts = [line.text for line in lines]
    front = header.front_matter(texts)
    lone = marks.lone(texts)
    lines = tuple(replace(line, gap=True) if i - 1 in lone else line for i, line in enumerate(lines))
    filled = tuple(i for i, line in enumerate(lines) if line.text.strip() and i not in lone)
    in_front = sum(1 for i in filled if i < front.lines)
    kept = [lines[i] for i in filled[in_front:]]
    kept_texts = [line.text for line in kept]
    legend = header.legend_and_speakers(kept_texts, header.Front(0, front.pairs))
    found = turns.find_turns(kept, legend=legend, family=family)
    found = _without_head_lines(found, kept, legend)
    openings = {index + in_front: opening for index, opening in found.openings.items()}
    head = _head(openings, [lines[i].text for i in filled], header.Front(in_front, front.pairs))
    return _Read(lines, filled, lone, front, legend, replace(found, openings=openings), head)


def _lines(paragraphs: Sequence[RawParagraph]) -> Iterator[Line]:
    gap = True
    for paragraph in paragraphs:
        text, moved = normalise(paragraph.text)
        bold, done = moved.to_text(paragraph.bold), 0
        for index, piece in enumerate(text.split("\n")):
            heading = paragraph.heading or heading_level(piece)
            inside = max(min(bold - done, len(piece)), 0)
            yield Line(piece, inside, heading, row=paragraph.row and index == 0, gap=gap)
            gap = not piece.strip()
            done += len(piece) + 1


def _without_head_lines(found: turns.Turns, lines: Sequence[Line], legend: Mapping[str, str]) -> turns.Turns:
    """Takes legends and header keys out of the turns; they look like turns and are none."""
    kept = dict(found.openings)
    texts = [line.text for line in lines]
    bulleted = sum(_is_bullet(texts[index]) for index in kept)
    timed = sum(bool(opening.marks) for opening in kept.values())
    first_timed = min((index for index, opening in kept.items() if opening.marks), default=0)
    for index, opening in found.openings.items():
        near = texts[index - 1 : index] if not lines[index].gap else []
        near += texts[index + 1 : index + 2] if not lines[min(index + 1, len(lines) - 1)].gap else []
        before_times = timed >= 0.8 * len(found.openings) and index < first_timed
        odd_bullet = _is_bullet(texts[index]) and bulleted < 0.3 * len(found.openings)
        is_head = header.is_head_line(texts[index], neighbours=near, legend=legend)
        if not opening.marks and (before_times or odd_bullet or is_head):
            del kept[index]
    if len(kept) < 2 <= len(found.openings) and not timed:
        return found
    return replace(found, openings=kept)


def _is_bullet(text: str) -> bool:
    return text.lstrip().startswith(("- ", "* ", "• "))


def _head(openings: Mapping[int, Opening], texts: Sequence[str], front: header.Front) -> int:
    if not openings:
        return 0
    return header.head_length(texts, first_turn=min(openings), front=front)


def _metadata(read: _Read) -> tuple[tuple[str, str], ...]:
    fenced = sum(1 for i in read.filled if i < read.front.lines)
    return read.front.pairs + header.key_values([read.lines[i].text for i in read.filled[fenced : read.head]])


def _cut_lines(read: _Read) -> list[marks.CutLine]:
    """Every line without its time marks; the head keeps its times."""
    texts = [line.text for line in read.lines]
    openings = {read.filled[index]: opening for index, opening in read.found.openings.items()}
    head_end = read.filled[read.head - 1] + 1 if read.head else 0
    short = marks.uses_short_parentheses(texts[head_end:])
    bare = read.found.family in ("time-label", "label-time")
    cut: list[marks.CutLine] = []
    for index, text in enumerate(texts):
        opening = openings.get(index)
        found = list(opening.marks) if opening else []
        if index in read.lone:
            found = [marks.Mark(len(text) - len(text.lstrip()), len(text.rstrip()))]
        elif index >= max(head_end, read.front.lines):
            taken = {mark.start for mark in found}
            inside = opening.stop if opening else 0
            more = marks.delimited(text, short_in_parentheses=short)
            found += [m for m in more if m.start >= inside and m.start not in taken]
            if opening is None and bare and (lone := marks.leading(text)) is not None and not found:
                found = [lone]
        cut.append(marks.cut(text, found))
    return cut


def _paragraphs(read: _Read, cut: Sequence[marks.CutLine]) -> Iterator[ParagraphDraft]:
    at = 0
    starts = []
    for line in cut:
        starts.append(at)
        at += len(line.text) + 1
    number = in_head = 0
    speaker: str | None = None
    for order, index in enumerate(read.filled):
        line, opening = cut[index], read.found.openings.get(order)
        start = starts[index]
        if not line.text.strip():
            continue  # a time mark alone
        kind = _kind(read, order, index, opening)
        if kind == "header":
            in_head += 1
        else:
            number += 1
        if opening is not None:
            speaker = opening.label
        yield ParagraphDraft(
            start=start,
            stop=start + len(line.text),
            label_stop=start + (min(line.place(opening.stop), len(line.text)) if opening else 0),
            speaker=speaker,
            opens_turn=opening is not None,
            kind=kind,
            number=f"0.{in_head}" if kind == "header" else str(number),
        )


def _kind(read: _Read, order: int, index: int, opening: Opening | None) -> ParagraphKind:
    if order < read.head:
        return "header"
    return "heading" if read.lines[index].heading and opening is None else "text"


def _time_marks(cut: Sequence[marks.CutLine]) -> Iterator[TimeMarkDraft]:
    at = 0
    for line in cut:
        for position, ms, written in line.marks:
            yield TimeMarkDraft(at + position, ms, written)
        at += len(line.text) + 1


def _speakers(
    paragraphs: Sequence[ParagraphDraft], text: str, legend: Mapping[str, str]
) -> tuple[SpeakerDraft, ...]:
    spoken: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        if paragraph.speaker is None:
            continue
        words = text[paragraph.label_stop : paragraph.stop]
        if paragraph.opens_turn:
            spoken.setdefault(paragraph.speaker, []).append(words)
        else:
            spoken[paragraph.speaker][-1] += f"\n{words}"
    return labels.speakers(spoken, legend)


def _warnings(counts: Mapping[str, int], text: str) -> Iterator[str]:
    for similar in labels.similar_labels(counts):
        yield ngettext(
            "The label “{label}” ({n} turn) looks like “{like}”: the same person?",
            "The label “{label}” ({n} turns) looks like “{like}”: the same person?",
            similar.count,
        ).format(label=similar.label, n=similar.count, like=similar.like)
    if "\ufffd" in text:
        yield _("Some characters could not be read; perhaps the file has another encoding.")
