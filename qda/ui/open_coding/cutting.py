"""Codings cut at the cursor and joined with those that they touch, in the transcript in view."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.coding.cutting import merge_codings, split_coding
from qda.i18n import _
from qda.ui.transcript import units
from qda.ui.transcript.rows import CodingRow

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane


def touching(text: str, rows: Iterable[CodingRow], one: CodingRow) -> list[CodingRow]:
    """The codings of its code and coder that ``one`` meets, itself among them; blanks count for nothing."""
    same = sorted(
        (row for row in rows if (row.code, row.coder) == (one.code, one.coder)),
        key=lambda row: (row.start, row.stop, row.guid),
    )
    groups: list[list[CodingRow]] = []
    stop = 0
    for row in same:
        if groups and not text[stop : row.start].strip():
            groups[-1].append(row)
        else:
            groups.append([row])
            stop = 0
        stop = max(stop, row.stop)
    return next((group for group in groups if one in group), [one])


def of_one_code(rows: Sequence[CodingRow]) -> list[CodingRow]:
    """The only codings among ``rows`` that share code and coder; none where several codes do."""
    groups: dict[tuple[str, str], list[CodingRow]] = {}
    for row in rows:
        groups.setdefault((row.code, row.coder), []).append(row)
    several = [group for group in groups.values() if len(group) > 1]
    return several[0] if len(several) == 1 else []


class Cutting(QObject):
    """What the menu, the keys and the palette do to the ends of codings."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane

    def _coding(self, at: int) -> str:
        """The coding set apart, else the shortest one over a place."""
        over = [row.guid for row in self._pane.view.codings_at(at)]
        active = self._pane.view.active_coding
        return active if active in over or not over else over[0]

    def split(self) -> None:
        """Cuts the coding at the cursor in two; inside a word, before it."""
        view = self._pane.view
        at = view.current_position()
        word = None if view.exact else units.word_at(view.text, at)
        if word is not None and word.start < at < word.stop:
            at = word.start
        coding = self._coding(at)
        if not coding:
            self._desk.told.emit(_("There is no coding at the cursor."))
            return
        second = self._desk.do(split_coding, coding=coding, at=at)
        if second:
            view.activate(second)

    def merge(self) -> None:
        """Joins the coding set apart with those of its code that it meets, or those in the selection."""
        view, span = self._pane.view, self._pane.span
        active = view.active_coding
        if span is not None:
            inside = view.codings_between(span.start, span.stop)
            one = next((row for row in inside if row.guid == active), None)
            found = (
                [row for row in inside if (row.code, row.coder) == (one.code, one.coder)]
                if one
                else of_one_code(inside)
            )
        else:
            every = view.codings_between(0, len(view.text))
            here = self._coding(view.current_position())
            one = next((row for row in every if row.guid == here), None)
            found = touching(view.text, every, one) if one else []
        if len(found) < 2:
            self._desk.told.emit(_("No other coding of this code meets it here."))
            return
        kept = self._desk.do(merge_codings, codings=[row.guid for row in found])
        if kept:
            view.clear_selection()
            view.activate(kept)
