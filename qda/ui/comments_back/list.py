"""What would arrive, a row each, with a box for what is wanted."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from qda.i18n import _
from qda.ui.fonts import px

if TYPE_CHECKING:
    from qda.coding.comments_back import Missing, Plan

_COLUMNS: Final = 5
_LONGEST_TIP: Final = 600  # characters


class ArrivalList(QTableWidget):
    """Space takes a row or leaves it; ``counted`` tells that something else is chosen."""

    counted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, _COLUMNS, parent)
        self._numbers: list[int] = []
        self._missing: tuple[Missing, ...] = ()
        self._filling = False
        self.setObjectName("arrivals")
        self.setAccessibleName(_("What arrives"))
        titles = (_("What arrives"), _("From"), _("Place"), _("Passage"), _("Comment"))
        self.setHorizontalHeaderLabels(list(titles))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)
        for column, width in enumerate((225, 105, 145, 195, 0)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, px(width))
        header.setSectionResizeMode(_COLUMNS - 1, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(lambda _item: None if self._filling else self.counted.emit())

    def show_plan(self, plan: "Plan") -> None:
        """All that is new, in the order of the text, and what is missing; what is the same has no row."""
        from qda.coding.comments_back import STATE_WORDS

        self._filling = True
        self._numbers = _in_order(plan)
        self._missing = plan.missing
        self.setRowCount(len(self._numbers) + len(plan.missing))
        for row, number in enumerate(self._numbers):
            one = plan.arrivals[number]
            said = one.path if one.state in ("coding", "removed") and one.path else one.body
            if one.state in ("coding", "removed") and one.path and one.body:
                said = f"{one.path}: {one.body}"
            self._fill(row, (_(STATE_WORDS[one.state]), one.author or "–", one.cited, one.words, said))
            box = self.item(row, 0)
            assert box is not None
            box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            box.setCheckState(Qt.CheckState.Checked if one.wanted else Qt.CheckState.Unchecked)
        for row, gone in enumerate(plan.missing, start=len(self._numbers)):
            self._fill(
                row, (_("Missing in the file; it stays"), gone.author, gone.cited, gone.words, gone.title)
            )
        self._filling = False
        if self.rowCount():
            self.setCurrentCell(0, 0)
        self.counted.emit()

    def _fill(self, row: int, cells: tuple[str, ...]) -> None:
        for column, words in enumerate(cells):
            item = QTableWidgetItem(" ".join(words.split()))
            item.setToolTip(" ".join(words.split())[:_LONGEST_TIP])
            self.setItem(row, column, item)

    def current_missing(self) -> "Missing | None":
        """What is missing in the file, if that row is in hand."""
        at = self.currentRow() - len(self._numbers)
        return self._missing[at] if 0 <= at < len(self._missing) else None

    def current_number(self) -> int | None:
        """The arrival in hand."""
        row = self.currentRow()
        return self._numbers[row] if 0 <= row < len(self._numbers) else None

    def chosen(self) -> set[int]:
        """The arrivals whose box is checked."""
        return {number for row, number in enumerate(self._numbers) if self._checked(row)}

    def choose(self, *, every: bool) -> None:
        """Checks all boxes, or none."""
        self._filling = True
        for row in range(len(self._numbers)):
            self._check(row, wanted=every)
        self._filling = False
        self.counted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and 0 <= self.currentRow() < len(self._numbers):
            row = self.currentRow()
            self._check(row, wanted=not self._checked(row))
            return
        super().keyPressEvent(event)

    def _checked(self, row: int) -> bool:
        item = self.item(row, 0)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _check(self, row: int, *, wanted: bool) -> None:
        if (item := self.item(row, 0)) is not None:
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)


def _in_order(plan: "Plan") -> list[int]:
    """The numbers of what is new, as the text has them; what has no place comes last, replies stay behind
    what they answer.
    """

    def place(number: int) -> tuple[int, int, int, int]:
        one = plan.arrivals[number]
        if one.above is not None:
            return (*place(one.above)[:3], number)
        where = plan.sources.index(one.source) if one.source in plan.sources else len(plan.sources)
        if one.place is None:
            return len(plan.sources), where, number, number
        return where, one.place.start, one.place.stop, number

    return sorted((n for n, one in enumerate(plan.arrivals) if one.state != "same"), key=place)
