"""The decisions on sampling as a table, and how each case came into the study."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from qda.coding.sampling import CaseOrigin, DecisionRow
from qda.i18n import _
from qda.reports.sampling import form_word, outcome_word
from qda.ui.axial.grid import Cell, Column, Grid, GridDelegate, GridModel, Index
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.hits.passages import first_lines
from qda.ui.saturation.words import DASH, forms, numbers_told, outcomes
from qda.ui.theme import tokens_of

_LINES: Final = 3
_LINE: Final = 17
_AROUND: Final = 7
Write = Callable[[str, str, str], object]  # decision, field, words


class WrappedDelegate(GridDelegate):
    """Words on up to three lines, from the top of the row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, Grid)
        assert isinstance(model, GridModel)
        column, theme = model.columns[index.column()], tokens_of(view)
        cell = column.cell(model.rows[index.row()])
        area: QRect = option.rect
        first = view.visualColumn(index.column()) == 0
        painter.save()
        if index.row() == view.currentIndex().row():
            painter.fillRect(area, QColor(theme.list_selection if view.hasFocus() else theme.separator))
            if first:
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(theme.accent))
        painter.setPen(QPen(QColor(theme.separator), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        font = ui_font(SMALL if column.small else 1.0)
        inner = area.adjusted(px(16 if first else 8), px(_AROUND), -px(8), -px(_AROUND))
        painter.setFont(font)
        painter.setPen(QColor(theme.minor if cell.faded else theme.text))
        for at, words in enumerate(first_lines(cell.words, inner.width(), font, most=_LINES)):
            line = QRect(inner.left(), inner.top() + at * px(_LINE), inner.width(), px(_LINE))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if index == view.currentIndex() and view.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.restore()


class DecisionGrid(Grid):
    """Decisions in their order; Alt+Up and Alt+Down move one."""

    moved = Signal(str, int)  # decision, by

    def __init__(self, write: Write, parent: QWidget | None = None) -> None:
        model = GridModel(_columns(write, lambda: self.numbers), lambda row: row.guid)
        self.numbers: dict[str, int] = {}
        super().__init__("decisions", _("Sampling decisions"), model, parent)
        self.setItemDelegate(WrappedDelegate(self))
        self.verticalHeader().setDefaultSectionSize(_LINES * px(_LINE) + 2 * px(_AROUND))

    def show_decisions(self, rows: Sequence[DecisionRow]) -> None:
        """Shows these."""
        self.numbers = {row.guid: number for number, row in enumerate(rows, 1)}
        self.show_rows(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        by = steps.get(Qt.Key(event.key()))
        if by and event.modifiers() == Qt.KeyboardModifier.AltModifier and self.key:
            self.moved.emit(self.key, by)
            return
        super().keyPressEvent(event)


def _columns(write: Write, numbers: Callable[[], dict[str, int]]) -> list[Column[DecisionRow]]:
    def line(
        key: str, title: str, value: Callable[[DecisionRow], str], width: int = 0
    ) -> Column[DecisionRow]:
        return Column(
            key,
            title,
            lambda r: Cell(_flat(value(r)) or DASH, faded=not value(r)),
            width,
            value=value,
            write=lambda r, words: write(r.guid, key, words),
            small=True,
        )

    return [
        Column("number", _("No."), lambda r: Cell(str(numbers().get(r.guid, ""))), 46),
        Column(
            "form",
            _("Form"),
            lambda r: Cell(form_word(r.form)),
            148,
            choices=lambda _r: forms(),
            value=lambda r: r.form,
            write=lambda r, key: write(r.guid, "form", key),
            small=True,
        ),
        line("gap", _("From which gap"), lambda r: r.gap),
        line("sought", _("What is sought"), lambda r: r.sought),
        Column("where", _("Where"), lambda r: Cell(where_told(r), faded=not r.targets), 132, small=True),
        Column(
            "outcome",
            _("Outcome"),
            lambda r: Cell(outcome_word(r.outcome), faded=r.outcome == "open"),
            104,
            choices=lambda _r: outcomes(),
            value=lambda r: r.outcome,
            write=lambda r, key: write(r.guid, "outcome", key),
            small=True,
        ),
        line("brought", _("What it brought"), lambda r: r.brought),
    ]


def where_told(row: DecisionRow) -> str:
    """Where a decision leads; passages are counted."""
    named = [target.name for target in row.targets if target.kind != "segment"]
    passages = sum(target.kind == "segment" for target in row.targets)
    if passages:
        named.append(_("passages already collected"))
    return ", ".join(named) or DASH


def _flat(words: str) -> str:
    return " ".join(words.split())


class OriginGrid(Grid):
    """The cases; S says that one was there at the start, or that it was not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns: list[Column[CaseOrigin]] = [
            Column("case", _("Case"), lambda r: Cell(r.name), 190),
            Column("origin", _("How it came into the study"), lambda r: Cell(origin_told(r)), 0, small=True),
        ]
        super().__init__("case_origins", _("Cases"), GridModel(columns, lambda row: row.case), parent)


def origin_told(row: CaseOrigin) -> str:
    """Where a case comes from, without judging."""
    parts = []
    if row.starting:
        parts.append(_("starting case"))
    if row.decisions:
        parts.append(numbers_told(row.decisions))
    if row.unexplained:
        parts.append(_("no sampling decision leads here"))
    if not row.documents:
        parts.append(_("no document yet"))
    return " · ".join(parts)
