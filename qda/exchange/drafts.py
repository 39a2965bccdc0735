"""From paragraphs as read to the intermediate form: normalised text, turns, speakers, time marks, head."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qda.coding.positions import OffsetMap, normalise
from qda.coding.transcript import (
    CommentDraft,
    LikeLabel,
    ParagraphDraft,
    ParagraphKind,
    SpeakerDraft,
    StyleDraft,
    TimeMarkDraft,
    TranscriptDraft,
)
from qda.exchange import header, labels, marks, turns
from qda.exchange.gat import OwnNumbers, own_numbers
from qda.exchange.language import guess_language
from qda.exchange.openings import Line, Opening
from qda.exchange.raw import RawComment, RawDocument, RawParagraph
from qda.exchange.text_in import heading_level
from qda.i18n import _, ngettext

_PLAIN: Final[frozenset[str]] = frozenset()
_STARRED: Final = re.compile(r"(\*\*\*?|__|\*|_)(?=\S)[^*]+(?<=\S)\1\s*")


@dataclass(frozen=True, slots=True)
class _Source:
    """The lines of a document before anything is cut, and where the raw paragraphs lie in them."""

    lines: tuple[Line, ...]
    firsts: tuple[int, ...]  # of each raw paragraph, its first line
    offsets: tuple[int, ...]  # of each line, where it begins in its normalised paragraph
    maps: tuple[OffsetMap, ...]
    own: OwnNumbers | None

    def place(self, paragraph: int, position: int) -> tuple[int, int]:
        """The line of a place in a raw paragraph, and where in that line (its own number counted off)."""
        first = self.firsts[paragraph]
        stop = self.firsts[paragraph + 1] if paragraph + 1 < len(self.firsts) else len(self.lines)
        at = self.maps[paragraph].to_text(position)
        line = max(bisect_right(self.offsets, at, first, stop) - 1, first)
        return line, max(at - self.offsets[line] - self.width(line), 0)

    def width(self, line: int) -> int:
        """How much of a line its own number took."""
        return self.own.widths.get(line, 0) if self.own else 0


@dataclass(frozen=True, slots=True)
class _Read:
    """What was found on the lines; every index is one of ``source.lines``."""

    source: _Source
    filled: tuple[int, ...]  # neither blank nor a time mark alone
    lone: frozenset[int]  # a time mark and nothing else
    front: header.Front
    legend: Mapping[str, str]
    family: str
    openings: Mapping[int, Opening]
    head: frozenset[int]
    families: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """The stored text, line by line."""

    text: str
    cut: tuple[marks.CutLine, ...]
    starts: tuple[int, ...]

    def place(self, line: int, position: int) -> int:
        """Where a place of a line before the cut lies in the stored text."""
        cut = self.cut[line]
        return self.starts[line] + min(cut.place(position), len(cut.text))


def draft_of(raw: RawDocument, *, family: str | None = None) -> TranscriptDraft:
    """The document as it will be stored; ``family`` fixes how turns are marked."""
    return drafted(raw, family=family)[0]


def drafted(
    raw: RawDocument, *, family: str | None = None
) -> tuple[TranscriptDraft, tuple[tuple[str, float], ...]]:
    """As :func:`draft_of`, and all families that fit, with their scores, the best first.

    The second is empty where the family is fixed.
    """
    read = _read(raw, family)
    return _draft(raw, read), read.families


def _draft(raw: RawDocument, read: _Read) -> TranscriptDraft:
    stored = _stored(read, _declared_marks(raw.paragraphs, read.source))
    paragraphs = tuple(_paragraphs(read, stored))
    counts = Counter(p.speaker for p in paragraphs if p.opens_turn and p.speaker)
    likes = tuple(LikeLabel(s.label, s.like, s.count) for s in labels.similar_labels(counts))
    return TranscriptDraft(
        text=stored.text,
        paragraphs=paragraphs,
        speakers=_speakers(paragraphs, stored.text, read.legend),
        time_marks=tuple(_time_marks(stored)),
        header=raw.header + _metadata(read),
        format=raw.format,
        encoding=raw.encoding,
        family=read.family,
        language=guess_language(stored.text),
        warnings=raw.warnings + tuple(_warnings(likes, stored.text)),
        styles=tuple(_styles(raw.paragraphs, read.source, stored)),
        comments=tuple(_comments(raw.comments, read.source, stored, paragraphs)),
        likes=likes,
        numbered=read.source.own is not None,
    )


def _read(raw: RawDocument, family: str | None) -> _Read:
    source = _source(raw.paragraphs)
    texts = [line.text for line in source.lines]
    front = header.front_matter(texts)
    lone = marks.lone(texts)
    lines = [replace(line, gap=True) if i - 1 in lone else line for i, line in enumerate(source.lines)]
    filled = tuple(i for i, line in enumerate(lines) if line.text.strip() and i not in lone)
    spoken = [i for i in filled if i >= front.lines and not lines[i].note]
    kept = [lines[i] for i in spoken]
    legend = header.legend_and_speakers([line.text for line in kept], header.Front(0, front.pairs))
    declared = _declared(raw.paragraphs, source) if family in (None, "voices") else {}
    families: tuple[tuple[str, float], ...] = ()
    if declared or family == "voices":
        name, openings = "voices", declared
        families = (("voices", 1.0),) if family is None else ()
    else:
        found = turns.find_turns(kept, legend=legend, family=family)
        families = found.families
        found = _without_head_lines(found, kept, legend)
        name, openings = found.family, {spoken[index]: opening for index, opening in found.openings.items()}
    head = _head(openings, source, filled, front)
    return _Read(source, filled, lone, front, legend, name, openings, head, families)


def _source(paragraphs: Sequence[RawParagraph]) -> _Source:
    lines: list[Line] = []
    firsts: list[int] = []
    offsets: list[int] = []
    maps: list[OffsetMap] = []
    gap = True
    for paragraph in paragraphs:
        text, moved = normalise(_row(paragraph.text) if paragraph.row else paragraph.text)
        firsts.append(len(lines))
        maps.append(moved)
        bold, done = moved.to_text(paragraph.bold), 0
        for index, piece in enumerate(text.split("\n")):
            heading = paragraph.heading or (heading_level(piece) if piece[:1] == "#" else 0)
            inside = max(min(bold - done, len(piece)), 0)
            row = paragraph.row and index == 0
            starred = piece[:1] in ("*", "_")
            apart = _apart(paragraph, piece) if starred or paragraph.styles else _PLAIN
            lines.append(Line(piece, inside, heading, row, gap, paragraph.note, index > 0, apart))
            offsets.append(done)
            gap = not piece.strip()
            done += len(piece) + 1
    own = own_numbers([line.text if not line.note else "" for line in lines])
    if own is not None:
        for index, width in own.widths.items():
            line = lines[index]
            lines[index] = replace(line, text=line.text[width:], bold=max(line.bold - width, 0))
    return _Source(tuple(lines), tuple(firsts), tuple(offsets), tuple(maps), own)


def _apart(paragraph: RawParagraph, line: str) -> frozenset[str]:
    """The looks of a whole line: of its paragraph, or by the stars around it."""
    if paragraph.styles and not paragraph.row:
        return _whole_looks(paragraph)
    found = _STARRED.fullmatch(line)
    if found is None:
        return _PLAIN
    return frozenset({"italic"} if len(found[1]) == 1 else {"bold"})


def _whole_looks(paragraph: RawParagraph) -> frozenset[str]:
    """The kinds of style that (nearly) every sign of a paragraph has."""
    signs = len(paragraph.text.strip())
    covered: Counter[str] = Counter()
    for style in paragraph.styles:
        covered[style.kind] += len(paragraph.text[style.start : style.stop].strip())
    return frozenset(kind for kind, count in covered.items() if count + 1 >= 0.95 * signs > 0)


def _row(text: str) -> str:
    """A table's row, where only the longest cell may go over several lines: it holds what is spoken."""
    if "\n" not in text or "\t" not in text:
        return text
    cells = text.split("\t")
    longest = max(range(1, len(cells)), key=lambda at: 0 if marks.ends_in_time(cells[at]) else len(cells[at]))
    return "\t".join(c if at == longest else c.replace("\n", " ") for at, c in enumerate(cells))


def _declared(paragraphs: Sequence[RawParagraph], source: _Source) -> dict[int, Opening]:
    """The openings that the format itself declares."""
    found = {}
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.label:
            continue
        line, stop = source.place(index, paragraph.label)
        text = source.lines[line].text
        label = text[:stop].strip().rstrip(":：").strip()
        if label:
            stop += len(text[stop:]) - len(text[stop:].lstrip())
            start = len(text) - len(text.lstrip())
            found[line] = Opening(label, start, stop, colon=True)
    return found


def _declared_marks(
    paragraphs: Sequence[RawParagraph], source: _Source
) -> dict[int, list[tuple[int, int, str]]]:
    """The times that the format itself declares: by line the place in it, the time, how it is written."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    for index, paragraph in enumerate(paragraphs):
        for mark in paragraph.marks:
            line, at = source.place(index, mark.position)
            found.setdefault(line, []).append((at, mark.ms, mark.written))
    return found


def _without_head_lines(found: turns.Turns, lines: Sequence[Line], legend: Mapping[str, str]) -> turns.Turns:
    """Takes legends and header keys out of the turns; they look like turns and are none."""
    kept = dict(found.openings)
    texts = [line.text for line in lines]
    bulleted = sum(_is_bullet(texts[index]) for index in kept)
    timed = sum(bool(opening.marks) for opening in kept.values())
    first_timed = min((index for index, opening in kept.items() if opening.marks), default=0)
    for index, opening in found.openings.items():
        near = _block_above(index, lines)
        near += texts[index + 1 : index + 2] if not lines[min(index + 1, len(lines) - 1)].gap else []
        before_times = timed >= 0.8 * len(found.openings) and index < first_timed
        odd_bullet = _is_bullet(texts[index]) and bulleted < 0.3 * len(found.openings)
        is_head = header.is_head_line(texts[index], neighbours=near, legend=legend)
        if not opening.marks and (before_times or odd_bullet or is_head):
            del kept[index]
    if not kept:
        return turns.Turns("none", {}, 0.0)
    if len(kept) < 2 <= len(found.openings) and not timed:
        return found
    return replace(found, openings=kept)


def _block_above(index: int, lines: Sequence[Line]) -> list[str]:
    """The short lines directly above a line, without a blank one between."""
    first = index
    while first > max(index - 8, 0) and not lines[first].gap and len(lines[first - 1].text) < 80:
        first -= 1
    return [line.text for line in lines[first:index]]


def _is_bullet(text: str) -> bool:
    return text.lstrip().startswith(("- ", "* ", "• "))


def _head(
    openings: Mapping[int, Opening], source: _Source, filled: Sequence[int], front: header.Front
) -> frozenset[int]:
    before = source.own.first if source.own else 0  # what stands above the first own number
    if not openings:
        return frozenset(i for i in filled if i < before)
    order = [i for i in filled if not source.lines[i].note]
    in_front = sum(1 for i in order if i < front.lines)
    first_turn = order.index(min(openings))
    texts = [source.lines[i].text for i in order]
    length = header.head_length(texts, first_turn=first_turn, front=header.Front(in_front, front.pairs))
    end = max(order[length - 1] + 1 if length else 0, min(before, *openings))
    return frozenset(i for i in filled if i < end)


def _metadata(read: _Read) -> tuple[tuple[str, str], ...]:
    told = [read.source.lines[i].text for i in sorted(read.head) if i >= read.front.lines]
    return read.front.pairs + header.key_values(told)


def _stored(read: _Read, declared: Mapping[int, list[tuple[int, int, str]]]) -> _Text:
    """Every line without its time marks; the head keeps its times."""
    lines = read.source.lines
    head_end = max(max(read.head, default=-1) + 1, read.front.lines)
    short = marks.uses_short_parentheses([line.text for line in lines[head_end:]])
    bare = read.family in ("time-label", "label-time")
    cut: list[marks.CutLine] = []
    starts: list[int] = []
    at = 0
    for index, line in enumerate(lines):
        text, opening = line.text, read.openings.get(index)
        found = list(opening.marks) if opening else []
        if index in read.lone:
            found = [marks.Mark(len(text) - len(text.lstrip()), len(text.rstrip()))]
        elif index >= head_end:
            taken = {mark.start for mark in found}
            inside = opening.stop if opening else 0
            more = marks.delimited(text, short_in_parentheses=short)
            found += [m for m in more if m.start >= inside and m.start not in taken]
            if opening is None and bare and not found and (lone := marks.leading(text)) is not None:
                found = [lone]
        done = marks.cut(text, found)
        if index in declared:
            own = tuple(
                (min(done.place(p), len(done.text)), ms, written) for p, ms, written in declared[index]
            )
            done = replace(done, marks=tuple(sorted((*done.marks, *own), key=lambda mark: mark[0])))
        cut.append(done)
        starts.append(at)
        at += len(done.text) + 1
    return _Text("\n".join(line.text for line in cut), tuple(cut), tuple(starts))


def _paragraphs(read: _Read, stored: _Text) -> Iterator[ParagraphDraft]:
    number = in_head = 0
    speaker: str | None = None
    for index in read.filled:
        line, opening = stored.cut[index], read.openings.get(index)
        start = stored.starts[index]
        if not line.text.strip():
            continue  # a time mark alone
        kind = _kind(read, index, opening)
        if kind == "header":
            in_head += 1
            name = f"0.{in_head}"
        else:
            number += 1
            name = str(number)
        if read.source.own is not None and kind != "header":
            name = read.source.own.numbers.get(index, name)
        if opening is not None:
            speaker = opening.label
        yield ParagraphDraft(
            start=start,
            stop=start + len(line.text),
            label_stop=start + (min(line.place(opening.stop), len(line.text)) if opening else 0),
            speaker=None if kind == "note" else speaker,
            opens_turn=opening is not None,
            kind=kind,
            number=name,
            level=read.source.lines[index].heading if kind == "heading" else 0,
        )


def _kind(read: _Read, index: int, opening: Opening | None) -> ParagraphKind:
    line = read.source.lines[index]
    if index in read.head:
        return "header"
    if line.note:
        return "note"
    if opening is None and line.heading:
        return "heading"
    return "row" if line.row and opening is None and read.family != "table" else "text"


def _time_marks(stored: _Text) -> Iterator[TimeMarkDraft]:
    for start, line in zip(stored.starts, stored.cut, strict=True):
        for position, ms, written in line.marks:
            yield TimeMarkDraft(start + position, ms, written)


def _styles(paragraphs: Sequence[RawParagraph], source: _Source, stored: _Text) -> Iterator[StyleDraft]:
    """The runs set apart, those that touch as one."""
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.styles:
            continue
        last: dict[str, StyleDraft] = {}
        for style in paragraph.styles:
            start = stored.place(*source.place(index, style.start))
            stop = stored.place(*source.place(index, style.stop))
            before = last.get(style.kind)
            if start >= stop:
                continue
            if before is not None and start <= before.stop:
                last[style.kind] = replace(before, stop=max(stop, before.stop))
                continue
            if before is not None:
                yield before
            last[style.kind] = StyleDraft(start, stop, style.kind)
        yield from sorted(last.values(), key=lambda s: s.start)


def _comments(
    comments: Sequence[RawComment], source: _Source, stored: _Text, paragraphs: Sequence[ParagraphDraft]
) -> Iterator[CommentDraft]:
    """Each comment on its words; one whose words are none stands on its paragraph."""
    beginnings = [p.start for p in paragraphs]
    if not paragraphs:
        return
    count = len(source.firsts)
    for comment in comments:
        first, last = min(comment.first, count - 1), min(max(comment.last, comment.first), count - 1)
        start = stored.place(*source.place(first, comment.start))
        stop = stored.place(*source.place(last, comment.stop))
        words = stored.text[start:stop]
        start, stop = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if start >= stop:
            near = paragraphs[max(bisect_right(beginnings, max(start, stop)) - 1, 0)]
            start, stop = near.start, near.stop
        yield CommentDraft(comment.author, comment.text, start, stop, comment.date)


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


def _warnings(likes: Sequence[LikeLabel], text: str) -> Iterator[str]:
    for like in likes:
        yield ngettext(
            "The label “{label}” ({n} turn) looks like “{like}”: the same person?",
            "The label “{label}” ({n} turns) looks like “{like}”: the same person?",
            like.turns,
        ).format(label=like.label, n=like.turns, like=like.like)
    if "\ufffd" in text:
        yield _("Some characters could not be read; perhaps the file has another encoding.")
