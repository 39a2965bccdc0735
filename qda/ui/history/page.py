"""The page "History of the theory": whose life at the left, its steps along time, the step in hand in full.

Of a model two dates can be set side by side, with what differs between them in words.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.coding.genesis_states import Moment
from qda.coding.genesis_steps import Step
from qda.i18n import _
from qda.ui.axial.choices import Choice, ChoiceList, matching
from qda.ui.axial.segmented import Segmented
from qda.ui.background import Background
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.history.dates import DatesPart
from qda.ui.history.reading import TABLES, Life, Subjects, life, subjects
from qda.ui.history.step_panel import StepPanel
from qda.ui.history.timeline import Timeline, chosen
from qda.ui.places import Page
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_SOON_MS: Final = 120
_SUBJECTS: Final = "subjects"
_LIFE: Final = "life"


class HistoryPage(Page):
    """Follows every act while it is seen; begins with the first model that was not given up."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._subjects = Subjects((), ())
        self._target = ""
        self._on_dates: Moment | None = None  # the dates are wanted as soon as the life is there
        self.life: Life | None = None
        self.setObjectName("history_page")
        self.setAccessibleName(_("History of the theory"))
        self.worker = Background(self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self.filter = QLineEdit(self)
        self.filter.setObjectName("history_filter")
        self.filter.setAccessibleName(_("Find a model or category"))
        self.filter.setPlaceholderText(_("Find a model or category"))
        self.filter.setClearButtonEnabled(True)
        self.list = ChoiceList("history_subjects", _("Models and categories"), self)
        self.list.setProperty("always_lit", True)
        on_panel(self.list.viewport())
        self.title = Elided("", self)
        self.what = Segmented(
            "steps",
            _("Steps shown"),
            (("all", _("All")), ("changes", _("Changes")), ("memos", _("Memos"))),
            self,
        )
        self.view = Segmented("view", _("View"), (("time", _("Timeline")), ("dates", _("Two dates"))), self)
        self.timeline = Timeline(self)
        self.panel = StepPanel(desk, self)
        self.dates = DatesPart(desk, self)
        self._build()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        left = on_panel(QWidget(self))
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, px(8), 0, 0)
        beside.setSpacing(px(6))
        field = QHBoxLayout()
        field.setContentsMargins(px(12), 0, px(12), 0)
        field.addWidget(self.filter)
        beside.addLayout(field)
        beside.addWidget(self.list, 1)
        self.steps = QSplitter(Qt.Orientation.Horizontal, self)
        self.steps.addWidget(self.timeline)
        self.steps.addWidget(self.panel)
        self.steps.setStretchFactor(0, 1)
        self.steps.setSizes([px(760), px(400)])
        self.panel.setMinimumWidth(px(280))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.steps)
        self.stack.addWidget(self.dates)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.addWidget(left)
        columns.addWidget(self.stack)
        columns.setStretchFactor(1, 1)
        columns.setSizes([px(260), px(1160)])
        for split in (self.steps, columns):
            split.setChildrenCollapsible(False)
            split.setHandleWidth(1)
        on_paper(self.timeline.viewport())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar())
        box.addWidget(Line(self))
        box.addWidget(columns, 1)

    def _bar(self) -> QWidget:
        bar = on_panel(QWidget(self))
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(8))
        row.addWidget(heading(_("History of the theory"), bar))
        self.title.setProperty("quiet", True)
        row.addWidget(self.title, 1)
        row.addWidget(self.what)
        row.addWidget(self.view)
        for words, name, act in (
            (_("Report…"), "history_report", self.save_report),
            (_("Back"), "history_back", self.closed.emit),
        ):
            button = LinkButton(words, name, bar)
            button.clicked.connect(act)
            row.addWidget(button)
        return bar

    def _connect(self) -> None:
        self.what.show_key("all")
        self.view.show_key("time")
        self.filter.textChanged.connect(lambda _typed: self._list())
        self.filter.returnPressed.connect(self._first_found)
        self.list.turned_to.connect(self.show_target)
        self.list.clicked.connect(lambda _index: self.show_target(self.list.key))
        self.list.taken.connect(lambda _key: self.timeline.setFocus())
        self.what.chosen.connect(lambda _key: self._show())
        self.view.chosen.connect(lambda key: self.show_dates() if key == "dates" else self.show_timeline())
        self.timeline.turned.connect(self._turned)
        self.timeline.entered.connect(self.panel.focus_first)
        self.panel.left.connect(lambda: self.timeline.setFocus(Qt.FocusReason.OtherFocusReason))
        self.panel.dates_wanted.connect(self._dates_of)
        self.dates.left.connect(self.show_timeline)
        self.dates.wanted.connect(self._lead)
        self.worker.done.connect(self._landed)
        self.worker.failed.connect(lambda _kind, sentence: self._desk.refused.emit(sentence))
        self._soon.timeout.connect(self.refresh)
        self._desk.changed.connect(self._changed)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads whose lives there are, and the life in hand."""
        self._soon.stop()
        project, code = self._desk.project, self._target.removeprefix("code:")
        self.worker.ask(_SUBJECTS, lambda: subjects(project, code))

    def focus_first(self) -> None:
        """Into the steps."""
        part = self.dates.before if self.stack.currentWidget() is self.dates else self.timeline
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The study is about to be closed."""
        for worker in (self.worker, self.dates.worker):
            worker.stop()

    def _changed(self, change: "Changed") -> None:
        if change.tables & TABLES and self.isVisible():
            self._soon.start()

    def _landed(self, kind: str, found: object) -> None:
        if isinstance(found, Subjects):
            self._listed(found)
        elif kind == _LIFE:
            self._land(found if isinstance(found, Life) else None)

    def _listed(self, found: Subjects) -> None:
        self._subjects = found
        targets = found.targets
        if self._target not in targets:
            self._target = found.first
        self._list()
        self._read()

    def _list(self) -> None:
        rows = [
            Choice(
                f"model:{row.guid}", row.name, below=_model_state(row.status), faded=row.status != "active"
            )
            for row in self._subjects.models
        ]
        codes = (*self._subjects.categories, *((self._subjects.other,) if self._subjects.other else ()))
        rows += [
            Choice(f"code:{row.guid}", row.name, row.colour, italic=row.origin == "in-vivo") for row in codes
        ]
        self.list.show_choices(matching(rows, self.filter.text()), current=self._target)

    def _first_found(self) -> None:
        if self.list.choices.rows:
            self.show_target(self.list.choices.rows[0].key)
            self.list.make_current(self._target)
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_code(self, code: str) -> None:
        """Shows the life of a code (GUID)."""
        if self._target != f"code:{code}":
            self._target = f"code:{code}"
            self.show_timeline()
            self.refresh()

    def show_target(self, target: str) -> None:
        """Shows the life of "model:GUID" or "code:GUID"."""
        if target and target != self._target:
            self._target = target
            self._read()

    def _read(self) -> None:
        project, target = self._desk.project, self._target
        if not target:
            self.life = None
            self._show()
            if self.stack.currentWidget() is self.dates:  # there is no model to look at
                self.show_timeline()
            return
        self.worker.ask(_LIFE, lambda: life(project, target))

    def _land(self, found: Life | None) -> None:
        self.life = found
        self._show()
        if found is None:
            return
        if found.genesis.kind == "model":
            self.dates.show_model(self._target.partition(":")[2], found)
            if self._on_dates is not None:
                self.dates.choose(self._on_dates)
                self._on_dates = None
        elif self.stack.currentWidget() is self.dates:
            self.show_timeline()

    def _show(self) -> None:
        found = self.life
        self.title.setText(found.genesis.name if found else "")
        of_model = bool(found and found.genesis.kind == "model")
        self.view.setEnabled(of_model)
        steps = chosen(found.genesis.steps, self.what.key) if found else []
        self.timeline.show_steps(steps, empty=self._empty())
        self.panel.show_step(self.timeline.step, of_model=of_model)

    def _empty(self) -> str:
        if self.life is None:
            return _(
                "The history begins with the first category or model. Make a code a category, or a model in "
                "axial coding; its life is told here from the first passage on."
            )
        return _("Nothing of this kind has happened yet.")

    def _turned(self, step: Step | None) -> None:
        of_model = bool(self.life and self.life.genesis.kind == "model")
        self.panel.show_step(step, of_model=of_model)

    # -- two dates ------------------------------------------------------------------------------------------

    def show_timeline(self) -> None:
        """The steps are in front."""
        self.view.show_key("time")
        self.what.show()
        self.stack.setCurrentWidget(self.steps)
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_dates(self) -> None:
        """The model at two dates is in front; of a category the first model."""
        if not self._target.startswith("model:"):
            self._target = self._subjects.first if self._subjects.models else ""
            self.refresh()
        self.view.show_key("dates")
        self.what.hide()
        self.stack.setCurrentWidget(self.dates)
        self.dates.before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_since(self, model: str, version: str) -> None:
        """What differs between a version of a model and the model now."""
        self._target = f"model:{model}"
        self._on_dates = Moment(version=version)
        self.show_dates()
        self.refresh()

    def _dates_of(self, step: Step) -> None:
        wanted = Moment(version=step.version) if step.version else Moment(at=step.at)
        self.show_dates()
        self.dates.choose(wanted)

    def _lead(self, about: str) -> None:
        kind, _colon, guid = about.partition(":")
        if kind == "relation":
            self._desk.workspace_wanted.emit("axial")
            self._desk.relation_chosen.emit(guid)
            self.closed.emit()
        elif kind == "code":
            self._desk.code_chosen.emit(guid)
            self._desk.workspace_wanted.emit("open")

    # -- files ----------------------------------------------------------------------------------------------

    def save_report(self) -> None:
        """Saves the life that is shown as a report."""
        from qda.reports import genesis as report
        from qda.ui.typology.exporting import save_report

        if self.life is None:
            return
        kind, _colon, guid = self._target.partition(":")
        made = report.build(self._desk.project, {kind: guid})
        title = _("Genesis {name}").format(name=self.life.genesis.name)
        save_report(self, self._desk, made, title, report.KIND.formats)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from the two dates to the steps, and from there back."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.dates:
            self.show_timeline()
            return
        super().keyPressEvent(event)


def _model_state(status: str) -> str:
    return _("Model") if status == "active" else _("Model given up")
