"""The cell in hand: its places, the cases it rests on, the name of the type with its memo, the passages."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from qda.coding.profiles import Seen
from qda.coding.rows import SegmentRow
from qda.coding.typology import NOT_PLACED, Cell, Typology, name_type
from qda.i18n import _, ngettext
from qda.reports.dimensional import place_name, rests_on
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.parts import INSET, SIDE, Quote, Section, clear, link, links, minor, rebuilding
from qda.ui.surfaces import on_panel, scrolled
from qda.ui.typology.leading import passages

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_MOST: Final = 40
_OTHERS: Final = 3  # other cells of a case that are named


class CellPanel(QWidget):
    """Right of the grid. Passages lead to the text."""

    left = Signal()  # Esc: back to the grid
    text_wanted = Signal()  # a passage was gone to

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._grid: Typology | None = None
        self._cell: Cell | None = None
        self.setObjectName("typology_cell")
        on_panel(self)
        inside = on_panel(QWidget())
        self.title = QLabel(inside)
        self.title.setFont(ui_font(semibold=True))
        self.title.setWordWrap(True)
        self.told = minor("", inside)
        self.name = QLineEdit(inside)
        self.name.setObjectName("type_name")
        self.name.setAccessibleName(_("Name of the type"))
        self.name.setPlaceholderText(_("Name of the type"))
        self.name.editingFinished.connect(self._rename)
        self.name.installEventFilter(self)
        self.memo = link(_("Write on the type…"), "type_memo", self._memo)
        self.list = Section(_("Passages"), inside)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, px(10), 0, 0)
        box.setSpacing(px(6))
        head = QVBoxLayout()
        head.setContentsMargins(px(SIDE), 0, px(SIDE), px(6))
        head.setSpacing(px(6))
        for widget in (self.title, self.told, self.name):
            head.addWidget(widget)
        head.addLayout(links(self.memo))
        box.addLayout(head)
        box.addWidget(self.list)
        box.addStretch(1)
        area = scrolled(inside)
        on_panel(area.viewport())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_cell(self, grid: Typology | None, cell: Cell | None, *, counted: bool) -> None:
        """Shows a cell, or nothing."""
        same = _places(self._cell) == _places(cell)
        self._grid, self._cell = grid, cell
        for widget in (self.title, self.told, self.name, self.memo, self.list):
            widget.setVisible(cell is not None)
        if grid is None or cell is None:
            return
        placed = NOT_PLACED not in (cell.row, cell.column)
        self.title.setText(f"{place_name(cell.row)} × {place_name(cell.column)}")
        self.told.setText("\n".join(self._lines(grid, cell)))
        self.name.setVisible(placed)
        self.memo.setVisible(placed)
        if not (same and self.name.hasFocus()):
            self.name.setText(cell.type.name if cell.type else "")
        self.name.setReadOnly(self._desk.project.read_only)
        self.memo.setText(_("Memo on the type") if cell.type else _("Write on the type…"))
        self.memo.setEnabled(bool(cell.type) or not self._desk.project.read_only)
        with rebuilding(self):
            self._passages(grid, cell, counted=counted)

    def _lines(self, grid: Typology, cell: Cell) -> list[str]:
        if not cell.bearers:
            return [_("No case lies here. Is it not possible, or was it not looked for?")]
        words = rests_on(cell.bearers)
        lines = [words[:1].upper() + words[1:] + ": " + ", ".join(one.name for one in cell.bearers)]
        for one in cell.bearers:
            others = grid.elsewhere(cell, one)
            if others:
                named = [f"{place_name(o.row)} × {place_name(o.column)}" for o in others]
                left = len(named) - _OTHERS
                if left > 0:
                    named[_OTHERS:] = [ngettext("{n} more", "{n} more", left).format(n=left)]
                places = "; ".join(named)
                lines.append(_("{case} also falls into: {places}").format(case=one.name, places=places))
        if cell.type and cell.type.text:
            lines.append(cell.type.text)
        return lines

    def _passages(self, grid: Typology, cell: Cell, *, counted: bool) -> None:
        clear(self.list.box)
        rows = {row.guid: row for row in passages(self._desk, cell.segments[:_MOST])}
        count = len(cell.segments)
        told = _("Passages ({n})").format(n=count) if counted and count else _("Passages")
        self.list.title.setText(told)
        if not cell.seen:
            self.list.box.addWidget(minor(_("None: here nothing was placed."), self))
        for bearer in cell.bearers:
            name = QLabel(bearer.name, self)
            name.setFont(ui_font(SMALL, semibold=True))
            name.setContentsMargins(px(INSET), px(6), 0, 0)
            self.list.box.addWidget(name)
            for axis, place in ((grid.rows, cell.row), (grid.columns, cell.column)):
                self._of_axis(axis.at(bearer.guid, place), f"{axis.name}: {place}", rows, cell.together)

    def _of_axis(
        self, seen: Sequence[Seen], head: str, rows: dict[str, SegmentRow], both: Collection[str]
    ) -> None:
        if not seen:
            return
        self.list.box.addWidget(minor(head, self))
        if any(not one.segment for one in seen):
            self.list.box.addWidget(minor(_("Said of the case as a whole."), self))
        for one in seen:
            if one.segment in rows:
                if one.segment in both:
                    self.list.box.addWidget(minor(_("At both places:"), self))
                quote = Quote(rows[one.segment], lines=4, parent=self)
                quote.setObjectName("passage")
                quote.clicked.connect(lambda _on=False, row=rows[one.segment]: self._go(row))
                self.list.box.addWidget(quote)

    def _go(self, row: SegmentRow) -> None:
        self._desk.source_wanted.emit(row.source, row.start, row.stop)
        self.text_wanted.emit()

    # -- the type -------------------------------------------------------------------------------------------

    def to_passages(self) -> None:
        """Puts the focus on the first passage."""
        first = next((q for q in self.findChildren(Quote) if not q.property("gone")), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.to_name()

    def to_name(self) -> None:
        """Puts the cursor into the name of the type."""
        if not self.name.isHidden():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()

    def _rename(self) -> str:
        """Names the type; an empty name leaves it as it was."""
        grid, cell, name = self._grid, self._cell, " ".join(self.name.text().split())
        if grid is None or cell is None or NOT_PLACED in (cell.row, cell.column):
            return ""
        if not name or (cell.type and cell.type.name == name):
            self.name.setText(cell.type.name if cell.type else "")
            return cell.type.memo if cell.type else ""
        named = {"rows": grid.rows.property, "row": cell.row}
        named |= {"columns": grid.columns.property, "column": cell.column}
        return self._desk.do(name_type, name=name, **named) or ""

    def _memo(self) -> None:
        cell = self._cell
        if cell is None:
            return
        if not self.name.text().strip() and cell.type is None:
            self.name.setText(f"{cell.row} × {cell.column}")
        memo = self._rename()
        if memo:
            self._desk.memo_wanted.emit(memo, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.name and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.name.setText(self._cell.type.name if self._cell and self._cell.type else "")
                self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()  # the focus leaves, and with it the name is written
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _places(cell: Cell | None) -> tuple[str, str] | None:
    return (cell.row, cell.column) if cell is not None else None
