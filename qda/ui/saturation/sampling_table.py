"""The decisions on sampling as a table, and how each case came into the study."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from qda.coding.sampling import CaseOrigin, DecisionRow
from qda.i18n import _
from qda.ui.axial.grid import Cell, Column, Grid, GridModel
from qda.ui.saturation.words import DASH, form_word, forms, numbers_told, outcome_word, outcomes

Write = Callable[[str, str, str], object]  # decision, field, words


class DecisionGrid(Grid):
    """Decisions in their order; Alt+Up and Alt+Down move one."""

    moved = Signal(str, int)  # decision, by

    def __init__(self, write: Write, parent: QWidget | None = None) -> None:
        model = GridModel(_columns(write, lambda: self.numbers), lambda row: row.guid)
        self.numbers: dict[str, int] = {}
        super().__init__("decisions", _("Sampling decisions"), model, parent)

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
