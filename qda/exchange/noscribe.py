"""Transcripts of noScribe: anchors ``ts_START_END_SPEAKER`` (milliseconds) tell who speaks, and when.

The speaker's label stands as text at the beginning of a paragraph ("S00: …"), and may have been changed
there ("Anna: …") while the anchors keep S00. A paragraph whose anchors name another speaker than the one
before, without a label in the text, gets the label. Each paragraph has one time mark at its first word; a
time that the page shows (``[00:05:49]``) leaves the text for a mark as well. ``ms`` is the anchor's exact
time, ``written`` is as shown, or ``[hh:mm:ss]``. Overlapping words (``//S02: … //``) stay in the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from qda.exchange import labels
from qda.exchange.raw import RawMark, RawParagraph, RawStyle
from qda.exchange.subtitles_in import written

if TYPE_CHECKING:
    from lxml import etree

_ANCHOR: Final = re.compile(r"ts_(\d{1,12})_(\d{1,12})_(.{0,200})", re.DOTALL)
_STAMP: Final = re.compile(r"\[(\d{1,3}):(\d\d):(\d\d)(?:[.,](\d{1,3}))?\]")
_LABEL: Final = re.compile(r"([^\W\d_][^:\n\[\]]{0,60}?)[ \t\xa0]*:[ \t\xa0]*")
_APART: Final = 1_500  # ms between a time shown (whole seconds) and its anchor


@dataclass(frozen=True, slots=True)
class Anchor:
    """From ``position`` on ``speaker`` is heard, at ``start`` (ms); ``overlaps``: while another speaks."""

    start: int
    speaker: str
    overlaps: bool
    position: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page with its anchors, in order."""

    raw: RawParagraph
    anchors: tuple[Anchor, ...]

    @property
    def speaker(self) -> str:
        """Who speaks by the anchors, empty where they do not say."""
        return speaking(self.anchors)


def anchor(element: "etree._Element") -> Anchor | None:
    """The anchor that an element is, None for other links."""
    found = _ANCHOR.fullmatch(element.get("name") or element.get("id") or "")
    if found is None:
        return None
    speaker = found[3].strip()
    return Anchor(int(found[1]), speaker.removeprefix("//").strip(), speaker.startswith("//"))


def speaking(anchors: Sequence[Anchor]) -> str:
    """The first speaker that is no overlap."""
    return next((one.speaker for one in anchors if one.speaker and not one.overlaps), "")


def with_turns(paragraphs: Sequence[Paragraph]) -> list[RawParagraph]:
    """The paragraphs with labels and time marks; a page without anchors stays as it is."""
    if not any(paragraph.anchors for paragraph in paragraphs):
        return [paragraph.raw for paragraph in paragraphs]
    timed = [_timed(paragraph) for paragraph in paragraphs]
    names = _names(timed)
    return list(_labelled(timed, names))


def _timed(paragraph: Paragraph) -> Paragraph:
    """Times shown leave the text; the first word gets its time."""
    raw, anchors = paragraph.raw, paragraph.anchors
    if not anchors:
        return paragraph
    places = [one.position for one in anchors]
    cuts = _Cuts()
    marks: list[RawMark] = []
    for stamp in _STAMP.finditer(raw.text):
        start = anchors[max(bisect_right(places, stamp.start()) - 1, 0)].start
        shown = ((int(stamp[1]) * 60 + int(stamp[2])) * 60 + int(stamp[3])) * 1000
        if abs(shown - start) <= _APART:
            first, last = _with_blank(raw.text, stamp.start(), stamp.end())
            first = max(first, cuts.stops[-1] if cuts.stops else 0)
            marks.append(RawMark(cuts.moved(first), start, stamp[0]))
            cuts.add(first, last)
    raw = _without(raw, cuts)
    marks = [replace(mark, position=_word_from(raw.text, mark.position)) for mark in marks]
    moved = tuple(replace(a, position=cuts.moved(a.position)) for a in anchors)
    first_anchor = moved[0]
    if not any(mark.ms == first_anchor.start for mark in marks):
        place = _word_from(raw.text, first_anchor.position)
        marks.insert(0, RawMark(place, first_anchor.start, written(first_anchor.start)))
    return Paragraph(replace(raw, marks=tuple(marks)), moved)


def _word_from(text: str, position: int) -> int:
    """The first place from ``position`` on that is no blank."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


class _Cuts:
    """What went out of a text, in order, and where that leaves the other places."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.stops: list[int] = []
        self._gone = [0]  # code points before each cut

    def add(self, start: int, stop: int) -> None:
        """One more, after all others."""
        self.starts.append(start)
        self.stops.append(stop)
        self._gone.append(self._gone[-1] + stop - start)

    def moved(self, position: int) -> int:
        """The place in the text that is left."""
        at = bisect_left(self.starts, position)
        if not at:
            return position
        inside = max(self.stops[at - 1] - position, 0)
        return position - self._gone[at] + inside


def _with_blank(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span with one blank beside it, so that a single one is left."""
    if start and text[start - 1] in " \t\xa0" and (stop == len(text) or not text[stop].isalnum()):
        return start - 1, stop
    if stop < len(text) and text[stop] in " \t\xa0":
        return start, stop + 1
    return start, stop


def _without(raw: RawParagraph, cuts: _Cuts) -> RawParagraph:
    if not cuts.starts:
        return raw
    pieces = [
        raw.text[start:stop]
        for start, stop in zip([0, *cuts.stops], [*cuts.starts, len(raw.text)], strict=True)
    ]
    styles = (RawStyle(cuts.moved(style.start), cuts.moved(style.stop), style.kind) for style in raw.styles)
    return replace(
        raw,
        text="".join(pieces),
        bold=cuts.moved(raw.bold),
        styles=tuple(style for style in styles if style.start < style.stop),
    )


def _names(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """By anchors' speaker: the label that stands in the text most often."""
    found: dict[str, Counter[str]] = {}
    for paragraph in paragraphs:
        label = _LABEL.match(paragraph.raw.text)
        if paragraph.speaker and label is not None:
            found.setdefault(paragraph.speaker, Counter())[label[1]] += 1
    names = {}
    for speaker, counts in found.items():
        good = [label for label, _n in counts.most_common() if label == speaker or labels.plausible(label)]
        if good:
            names[speaker] = good[0]
    return names


def _labelled(paragraphs: Sequence[Paragraph], names: Mapping[str, str]) -> Iterator[RawParagraph]:
    before = ""
    for paragraph in paragraphs:
        raw, speaker = paragraph.raw, paragraph.speaker
        label = _LABEL.match(raw.text) if speaker else None
        usual = names.get(speaker, speaker)
        if label is not None and (
            label[1] in (speaker, usual) or (speaker != before and labels.plausible(label[1]))
        ):
            raw = _relabelled(raw, label[1], label.end())
        elif speaker and speaker != before:
            raw = _relabelled(raw, usual, 0)
        before = speaker or before
        yield raw


def _relabelled(raw: RawParagraph, name: str, old: int) -> RawParagraph:
    """The paragraph with "name: " instead of its first ``old`` characters."""
    new = f"{name}: "
    shift = len(new) - old

    def place(at: int) -> int:
        return len(new) if at <= old else at + shift

    styles = tuple(
        RawStyle(style.start if style.start < old else style.start + shift, place(style.stop), style.kind)
        for style in raw.styles
    )
    return replace(
        raw,
        text=new + raw.text[old:],
        label=len(new) - 1,
        bold=place(raw.bold) if raw.bold else 0,
        marks=tuple(replace(mark, position=place(mark.position)) for mark in raw.marks),
        styles=styles,
    )
