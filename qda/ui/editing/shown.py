"""What the transcript shows while it is being edited: codings and paragraphs moved along, nothing built anew.

*Points* stay those of the stored text, as if nothing had been typed; *units* are those of the document as it
is now.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, SupportsIndex, cast

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QTextBlock, QTextDocument

from qda.coding.edits import Edits, in_points, in_units, with_words
from qda.coding.positions import Span
from qda.models.splicing import RULES, Hunk, Places, Rule
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.marks import Mark, Marks
from qda.ui.transcript.rows import ParagraphRow

Ints = npt.NDArray[np.int64]
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STAYS: Final = Rule(behind_insertion=False, to_end=False)
_DEEPEST: Final = 20  # saves after which all codings are made anew
_GONE: Final = -1  # where a coding lies that has no words left


class _RightToLeft(Container[int]):
    """The blocks that hold letters written from right to left, as they are now."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document

    def __contains__(self, block: object) -> bool:
        assert isinstance(block, int)
        return bool(_RIGHT_TO_LEFT.search(self._document.findBlockByNumber(block).text()))


class EditedText(ShownText):
    """A stored text in a document that is being edited."""

    def __init__(self, base: ShownText, document: QTextDocument) -> None:
        self.__dict__.update(base.__dict__)  # the rows and their old places
        self.base = base
        self.edits = Edits(in_units(document.toRawText()))
        self.places: Places | None = None
        self._document = document
        self._both = _RightToLeft(document)

    def change(self, at: int, removed: int, inserted: str) -> None:
        """Follows a change of the document (units)."""
        self.edits.change(at, removed, in_units(inserted))
        hunks = with_words(self.edits.old, self.edits.hunks())
        self.places = Places(hunks) if hunks else None

    # -- units and points ------------------------------------------------------------------------------------

    @property
    def units(self) -> int:
        return self._document.characterCount() - 1

    @property
    def bidirectional(self) -> Container[int]:  # type: ignore[override]  # of the blocks as they are now
        return self._both

    def to_units(self, points: Ints) -> Ints:
        units = self.base.to_units(points)
        return self.places.moved(units, _STAYS) if self.places else units

    def to_unit(self, point: int) -> int:
        unit = self.base.to_unit(point)
        return self.places.one(unit, _STAYS) if self.places else unit

    def to_point(self, unit: int) -> int:
        return self.base.to_point(self.edits.old_place(unit)[0])

    def span(self, start: int, stop: int) -> Span:
        return self.base.span(self.edits.old_place(start)[0], self.edits.old_place(stop)[0])

    def units_of(self, spans: Sequence[Span]) -> list[tuple[int, int]]:
        """The new units of stored spans; they follow as passages do."""
        old = self.base.units_of(spans)
        if self.places is None or not old:
            return old
        ends, rules = np.array(old, dtype=np.int64), RULES["segment"]
        starts = self.places.moved(ends[:, 0], rules["start"])
        stops = self.places.moved(ends[:, 1], rules["stop"])
        return list(zip(starts.tolist(), np.maximum(starts, stops).tolist(), strict=True))

    # -- paragraphs ------------------------------------------------------------------------------------------

    def row_number(self, block: QTextBlock) -> int | None:
        """Which paragraph begins with this block; none for one that was typed."""
        if not block.position():
            return 0
        old, kept = self.edits.old_place(block.position() - 1)
        return self.base.block_at(old + 1) if kept else None

    def row(self, number: int) -> ParagraphRow:
        """The paragraph that block ``number`` shows; a new one has the letter that it is going to get."""
        block = self._document.findBlockByNumber(number)
        found = self.row_number(block)
        if found is not None:
            return self.paragraphs[found]
        letters = 0
        while found is None:
            letters += bool(block.text().strip())
            block = block.previous()
            found = self.row_number(block)
        row = self.paragraphs[found]
        here = self._document.findBlockByNumber(number)
        written = f"{row.number}{_letters(letters)}" if here.text().strip() else ""
        return replace(row, guid="", number=written, opens_turn=False, time_ms=None, topic="")

    # -- for the store ---------------------------------------------------------------------------------------

    def hunks(self) -> list[Hunk]:
        """All changes in places of the stored text."""
        base, text = self.base, self.base.text
        found = []
        for hunk in with_words(self.edits.old, self.edits.hunks()):
            start, stop = base.to_point(hunk.at), base.to_point(hunk.end)
            words = in_points(hunk.inserted).replace("\u2029", "\n").replace("\u2028", "\n")
            if start == stop and "\n" in words and not words.strip():
                row = base.paragraphs[base.block_at(hunk.at)]
                if start == base.shown_span(base.block_at(hunk.at)).start:
                    start = stop = row.start  # an empty line comes before the label, not behind it
            found.append(Hunk(start, text[start:stop], words))
        return found


def _letters(count: int) -> str:
    """a … z, aa …"""
    letters = ""
    while count:
        count, letter = divmod(count - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


class EditedMarks(Marks):
    """The codings in a document that is being edited: two arrays move, their rows stay."""

    def __init__(self, base: Marks) -> None:
        self.__dict__.update(base.__dict__)
        self.base = base
        self._from = self._starts, self._stops, self._ends

    def move(self, places: Places | None) -> None:
        """Follows the document; without ``places`` all is as it was."""
        self._starts, self._stops, self._ends = self._from
        if places is None or not len(self._starts):
            return
        rules = RULES["segment"]
        starts = places.moved(self._starts, rules["start"])
        stops = places.moved(self._stops, rules["stop"])
        gone = (stops <= starts) & (self._stops > self._starts)
        starts[gone] = stops[gone] = _GONE
        self._ends = stops + (self._ends - self._stops)
        self._starts, self._stops = starts, stops

    def mark(self, guid: str) -> Mark | None:
        at = self._place.get(guid)
        return None if at is None else self._now(at)

    def _now(self, at: int) -> Mark:
        mark = self._marks[at]
        return Mark(int(self._starts[at]), int(self._stops[at]), mark.lane, mark.row)

    def _marks_of(self, places: npt.NDArray[np.intp]) -> list[Mark]:
        return [self._now(at) for at in places.tolist()]


class SettledMarks(Marks):
    """The codings of a document whose edits were saved: they stand where they stood when it was typed.

    Ten thousand rows are not made anew at once, each only when it is asked for; lanes stay.
    """

    def __init__(self, edited: EditedMarks, shown: ShownText, places: Places) -> None:
        self.__dict__.update(edited.base.__dict__)
        self._shown = shown
        rules = RULES["segment"]
        old = self._marks
        if not isinstance(old, _MovedMarks) or old.depth > _DEEPEST:
            old = _MovedMarks(list(old), (self._starts, self._stops), None)
        first, last = old.points()
        starts, stops = places.moved(first, rules["start"]), places.moved(last, rules["stop"])
        self._starts, self._stops = shown.to_units(starts), shown.to_units(stops)
        self._ends = self._ends_of(self._stops)
        self._lanes, self._place = edited.base._lanes.copy(), dict(self._place)
        self._marks = _MovedMarks(old, (self._starts, self._stops), (starts, stops))


class _MovedMarks(list[Mark]):
    """Marks of old, each made anew at its new place when looked at; until then its number stands here."""

    def __init__(self, old: list[Mark], units: tuple[Ints, Ints], points: tuple[Ints, Ints] | None) -> None:
        """``points`` of the stored text; none where the marks of old are as they are now."""
        super().__init__(old if points is None else cast("list[Mark]", range(len(old))))
        self._old = old
        self._units = units[0].copy(), units[1].copy()  # the places themselves go on changing
        self._points = points or units
        self.depth: int = old.depth + 1 if isinstance(old, _MovedMarks) else 0

    def points(self) -> tuple[Ints, Ints]:
        """Where all of them begin and end in the stored text; none is made anew for that."""
        raw = list(super().__iter__())
        numbers = np.array([one if isinstance(one, int) else 0 for one in raw], dtype=np.int64)
        if not len(self._points[0]):  # whatever stands here came later
            starts, stops = numbers, numbers.copy()
        else:
            starts, stops = self._points[0][numbers], self._points[1][numbers]
        for at, one in enumerate(raw):
            if isinstance(one, Mark):
                starts[at], stops[at] = one.row.start, one.row.stop
        return starts, stops

    def _made(self, at: SupportsIndex) -> Mark:
        found: Any = super().__getitem__(at)
        if isinstance(found, int):
            mark, (starts, stops), (first, last) = self._old[found], self._units, self._points
            row = replace(mark.row, start=int(first[found]), stop=int(last[found]))
            found = Mark(int(starts[found]), int(stops[found]), mark.lane, row)
            super().__setitem__(at, found)
        return cast("Mark", found)

    def __getitem__(self, at: Any) -> Any:
        return (
            [self._made(n) for n in range(*at.indices(len(self)))]
            if isinstance(at, slice)
            else self._made(at)
        )

    def __iter__(self) -> Iterator[Mark]:
        return (self._made(at) for at in range(len(self)))

    def pop(self, at: SupportsIndex = -1) -> Mark:
        mark = self._made(at)
        super().pop(at)
        return mark
