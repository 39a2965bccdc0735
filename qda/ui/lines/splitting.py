"""The lines of line-by-line coding: what one goes through, one after the other. Positions are code points."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from qda.coding.positions import Span
from qda.ui.transcript import units
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.rows import ParagraphKind

Unit = Literal["sentence", "paragraph", "turn"]
UNITS: Final[tuple[Unit, ...]] = ("sentence", "paragraph", "turn")
_SPOKEN: Final = (ParagraphKind.TEXT, ParagraphKind.ROW)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a sentence, a paragraph (in a text with line numbers: a line), or a turn."""

    start: int
    stop: int
    interviewer: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.stop)


def lines_of(shown: ShownText, unit: Unit) -> list[Line]:
    """The lines of a transcript, without its header, headings, notes, and without what holds no word."""
    found = _turns(shown) if unit == "turn" else _in_paragraphs(shown, sentences=unit == "sentence")
    return [line for line in found if any(sign.isalnum() for sign in shown.text[line.start : line.stop])]


def _in_paragraphs(shown: ShownText, *, sentences: bool) -> Iterator[Line]:
    for number, row in enumerate(shown.paragraphs):
        if row.kind in _SPOKEN:
            whole = shown.shown_span(number)
            parts = units.sentences(shown.text, whole) if sentences else [whole]
            for part in parts:
                yield Line(part.start, part.stop, row.interviewer)


def _turns(shown: ShownText) -> Iterator[Line]:
    for number in shown.turn_starts:
        row = shown.paragraphs[number]
        if row.kind in _SPOKEN:
            turn = shown.turn_at(row.start)
            yield Line(turn.start, turn.stop, row.interviewer)
