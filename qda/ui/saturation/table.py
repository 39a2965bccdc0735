"""The table of categories: what was seen on each property stands line by line, and judgements by one key."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from qda.coding.saturation import CategoryState, Dimension
from qda.i18n import _
from qda.reports.saturation import cases_told, state_word
from qda.ui.axial.choices import paint_chip
from qda.ui.axial.grid import Cell, Column, Grid, GridDelegate, GridModel, Index
from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.saturation.words import DASH, missing_told, new_told, seen_told
from qda.ui.status import locale
from qda.ui.theme import tokens_of

KEYS: Final = {Qt.Key.Key_1: "open", Qt.Key.Key_2: "provisional", Qt.Key.Key_3: "saturated"}
_LINE: Final = 18
_AROUND: Final = 7  # above and below the lines of a row
_SMALL_ROW: Final = 24
_CELL: Final = Qt.ItemDataRole.UserRole + 1


class LinesDelegate(GridDelegate):
    """Paints a cell of several lines from its top; the first of a category in the usual size."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        cell: Cell = index.data(_CELL)
        return QSize(px(40), height_of(cell.words.count("\n") + 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, Grid)
        assert isinstance(model, GridModel)
        column, cell = model.columns[index.column()], index.data(_CELL)
        theme = tokens_of(view)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        first = view.visualColumn(index.column()) == 0
        painter.save()
        if index.row() == view.currentIndex().row():
            painter.fillRect(area, QColor(theme.list_selection if view.hasFocus() else theme.separator))
            if first:
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        painter.setPen(QPen(QColor(theme.separator), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(px(16 if first else 6), px(_AROUND), -px(6), -px(3))
        if cell.colour is not None:
            box = QRect(inner.left(), inner.top() + px(_LINE - 10) // 2, px(10), px(10))
            paint_chip(painter, box, cell.colour, theme.dark)
            inner = inner.adjusted(px(16), 0, 0, 0)
        self._lines(painter, inner, cell, column, (theme.text, theme.secondary))
        painter.restore()

    @staticmethod
    def _lines(
        painter: QPainter, area: QRect, cell: Cell, column: Column[Any], inks: tuple[str, str]
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        font = ui_font(SMALL if column.small else 1.0, semibold=cell.strong)
        painter.setFont(figures(font) if column.right else font)
        metrics = QFontMetrics(painter.font())
        for at, words in enumerate(cell.words.split("\n")):
            below = at > 0 and not column.small
            painter.setPen(QColor(inks[1] if cell.faded or below else inks[0]))
            line = QRect(area.left(), area.top() + at * px(_LINE), area.width(), px(_LINE))
            if line.top() > area.bottom():
                return
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, shown)


def height_of(lines: int) -> int:
    """The height of a row of so many lines."""
    return lines * px(_LINE) + 2 * px(_AROUND)


class SmallStatesGrid(Grid):
    """Categories as rows of one line; 1, 2, 3 judge the current one."""

    judged = Signal(str, str)  # category, judgement

    def __init__(self, name: str, model: GridModel[CategoryState], parent: QWidget | None = None) -> None:
        super().__init__(name, _("Categories"), model, parent)
        self.verticalHeader().setMinimumSectionSize(px(_SMALL_ROW))
        self.verticalHeader().setDefaultSectionSize(px(_SMALL_ROW))
        self.horizontalHeader().setFixedHeight(px(_SMALL_ROW))
        self.horizontalHeader().setFont(ui_font(SMALL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        state = KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if state and plain and self.key:
            self.judged.emit(self.key, state)
            return
        super().keyPressEvent(event)


class StatesGrid(SmallStatesGrid):
    """Categories as rows of as many lines as they have properties; Enter goes to the judgement."""

    def __init__(self, name: str, model: GridModel[CategoryState], parent: QWidget | None = None) -> None:
        super().__init__(name, model, parent)
        self.setItemDelegate(LinesDelegate(self))
        self.horizontalHeader().setFixedHeight(px(32))
        self.horizontalHeader().setFont(ui_font())

    def show_states(self, rows: Sequence[CategoryState]) -> None:
        """Shows these; rows are as high as their lines."""
        self.show_rows(rows)
        header = self.verticalHeader()
        header.blockSignals(True)
        for at, row in enumerate(rows):
            lines = max(1, len(row.dimensions), 2 if row.judgement else 1)
            header.resizeSection(at, height_of(lines))
        header.blockSignals(False)
        self.updateGeometries()
        self.viewport().update()


def columns(*, counted: bool = True) -> list[Column[CategoryState]]:
    """The columns of the page."""
    return [
        Column("name", _("Category"), lambda r: Cell(r.name, colour=r.colour), 240),
        Column("cases", _("Cases"), lambda r: Cell(cases_told(r, counted=counted)), 56),
        Column(
            "since",
            _("Since"),
            lambda r: since_cell(r, counted=counted),
            50,
            right=True,
            small=True,
            needs=800,
        ),
        Column("property", _("Property"), lambda r: _by_property(r, "property"), 150, small=True),
        Column("seen", _("Values seen"), lambda r: _by_property(r, "seen"), small=True),
        Column("missing", _("Pole not seen"), lambda r: _by_property(r, "missing"), 118, small=True),
        Column("new", _("New since"), lambda r: _by_property(r, "new"), 178, small=True, needs=940),
        Column(
            "relations",
            _("Relations"),
            lambda r: Cell(str(r.relations or DASH)),
            66,
            right=True,
            small=True,
            needs=860,
        ),
        Column("judgement", _("Judgement"), judgement_cell, 190),
    ]


def since_cell(row: CategoryState, *, counted: bool) -> Cell:
    """Passages since the transcript; where frequencies are hidden, whether there are any."""
    if not row.since:
        return Cell(DASH, faded=True)
    return Cell(f"+{row.since}" if counted else "●")


def _by_property(row: CategoryState, what: str) -> Cell:
    if not row.dimensions:
        return Cell(_("no property yet") if what == "property" else "", faded=True)
    return Cell("\n".join(_TOLD[what](one) for one in row.dimensions), faded=what == "property")


_TOLD: Final[dict[str, Callable[[Dimension], str]]] = {
    "property": lambda one: one.name,
    "seen": seen_told,
    "missing": missing_told,
    "new": new_told,
}


def judgement_cell(row: CategoryState) -> Cell:
    """The judgement with its date, its reason below."""
    found = row.judgement
    if found is None:
        return Cell(_("not judged"), faded=True)
    first = f"{state_word(found.state)}, {day_told(found.created)}"
    return Cell(f"{first}\n{found.reason}" if found.reason else first)


def day_short(moment: datetime) -> str:
    """Day and month."""
    day = moment.astimezone()
    found = locale()
    form = "d.M." if found.language() == QLocale.Language.German else "d MMM"
    return found.toString(QDate(day.year, day.month, day.day), form)


def day_told(moment: datetime) -> str:
    """A date, short."""
    day = moment.astimezone()
    return locale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
