"""Saturation, small, for the right side of a workspace: judgements first, then the curve."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qda.coding.saturation import CategoryState
from qda.i18n import _
from qda.reports.saturation import cases_told, state_word
from qda.ui.axial.grid import Cell, Column, GridModel
from qda.ui.background import Background
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.saturation.acts import judge
from qda.ui.saturation.curve_view import CurveView
from qda.ui.saturation.judging import JudgeBar
from qda.ui.saturation.reading import SINCE, TABLES, Standing, read
from qda.ui.saturation.table import SmallStatesGrid, day_short
from qda.ui.saturation.words import DASH, since_told
from qda.ui.surfaces import Line, LinkButton, on_panel, section, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_SOON_MS: Final = 60
_HIGH: Final = 40.0


class SaturationBeside(QWidget):
    """A table of categories with their judgements; below one of three by key, with a reason; the curve."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._counted = True
        self.standing: Standing | None = None
        self.worker = Background(self)
        self.setObjectName("saturation_beside")
        self.setAccessibleName(_("Saturation"))
        on_panel(self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.table = SmallStatesGrid(
            "saturation_small", GridModel(self._columns(), lambda row: row.code), self
        )
        self.bar = JudgeBar("judgement_beside", self)
        self.curve = CurveView("saturation_curve_beside", self, high=_HIGH)
        self.none = small(_("There is no category yet."), self, wrap=True)
        self.none.setContentsMargins(px(16), 0, px(16), px(8))
        self.none.hide()
        self.whole = LinkButton(_("Table and gaps"), "saturation_whole", self)
        self.whole.setFont(ui_font(SMALL))
        self.whole.clicked.connect(lambda: desk.command_wanted.emit("saturation"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(12), px(4))
        head.setSpacing(px(8))
        head.addWidget(section(_("Saturation"), self))
        head.addWidget(small(_("judged by you"), self), 1)
        head.addWidget(self.whole)
        judging, low = QVBoxLayout(), QVBoxLayout()
        judging.setContentsMargins(px(16), px(8), px(16), px(8))
        judging.addWidget(self.bar)
        low.setContentsMargins(px(16), px(8), px(16), px(10))
        low.addWidget(self.curve)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Line(self))
        box.addLayout(head)
        box.addWidget(self.none)
        box.addWidget(self.table, 1)
        box.addLayout(judging)
        box.addWidget(Line(self))
        box.addLayout(low)

    def _connect(self) -> None:
        desk = self._desk
        self.worker.done.connect(lambda _kind, standing: self._show(standing))
        self.worker.failed.connect(lambda _kind, sentence: desk.refused.emit(sentence))
        self.table.turned_to.connect(lambda _code: self._show_category())
        self.table.judged.connect(lambda _code, state: self.bar.begin(state))
        self.table.opened.connect(
            lambda _code: self.bar.choice.button(self.bar.choice.key or "open").setFocus()
        )
        self.bar.judged.connect(lambda *told: judge(desk, *told))
        self.bar.left.connect(self.table.setFocus)
        self.curve.picture.wanted.connect(lambda source: desk.source_wanted.emit(source, -1, -1))
        desk.changed.connect(self._changed)

    def _columns(self) -> list[Column[CategoryState]]:
        return [
            Column("name", _("Category"), lambda r: Cell(r.name), small=True),
            Column("cases", _("Cases"), lambda r: Cell(cases_told(r, counted=self._counted)), 58, small=True),
            Column("judgement", _("Judgement"), _state, 98, small=True),
            Column("reason", _("Date, reason"), _reason, 160, small=True, needs=260),
        ]

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads anew; what is shown stays until that is known."""
        self._stale = True
        if self.isVisible():
            self._ask()

    def let_go(self) -> None:
        """Nothing is read any more."""
        self._soon.stop()
        self.worker.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def _changed(self, change: "Changed") -> None:
        if change.tables & TABLES:
            self._stale = True
            if self.isVisible():
                self._soon.start()

    def _ask(self) -> None:
        self._soon.stop()
        self._stale = False
        project = self._desk.project
        since = project.setting(SINCE)
        self.worker.ask("standing", lambda: read(project, since=since, whole=False))

    def _show(self, standing: Standing) -> None:
        self.standing, self._counted = standing, standing.counted
        rows = standing.states.rows
        self.table.show_rows(rows)
        if rows and not self.table.key:
            self.table.setCurrentIndex(self.table.grid.index(0, 0))
        self.table.setVisible(bool(rows))
        self.bar.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.curve.show_curve(standing.curve, counted=standing.counted)
        self._show_category()

    def _show_category(self) -> None:
        rows = self.standing.states.rows if self.standing else ()
        row = next((one for one in rows if one.code == self.table.key), None)
        holds = row.judgement.state if row and row.judgement else ""
        told = since_told(row) if row else ""
        self.bar.show_category(
            row.code if row else "", holds, told, writable=not self._desk.project.read_only
        )

    def focus_first(self) -> None:
        """Into the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _state(row: CategoryState) -> Cell:
    found = row.judgement
    return Cell(state_word(found.state) if found else DASH, faded=found is None)


def _reason(row: CategoryState) -> Cell:
    found = row.judgement
    return Cell(f"{day_short(found.created)} {found.reason}" if found else "")
