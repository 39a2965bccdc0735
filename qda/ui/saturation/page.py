"""The page "Saturation and gaps": the table of categories first, gaps below, the curve small beside it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.coding.saturation_gaps import Gap
from qda.i18n import _
from qda.ui.axial.grid import GridModel
from qda.ui.background import Background
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.places import Page
from qda.ui.saturation.acts import decide_from, go_to, judge
from qda.ui.saturation.category_panel import CategoryPanel
from qda.ui.saturation.gaps_list import GapsPart
from qda.ui.saturation.reading import SINCE, TABLES, Standing, read
from qda.ui.saturation.table import StatesGrid, columns
from qda.ui.saturation.words import since_told, states
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_SOON_MS: Final = 40
_READ: Final = "standing"


class SaturationPage(Page):
    """What still changes in each category, what a person judged of it, and where one could look next."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.standing: Standing | None = None
        self.worker = Background(self)
        self._since = desk.project.setting(SINCE)
        self._wants_focus = False
        self.setObjectName("saturation")
        self.setAccessibleName(_("Saturation and gaps"))
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._counted = True
        self.table = StatesGrid("saturation_table", GridModel(columns(), lambda row: row.code), self)
        self.gaps = GapsPart(self)
        self.panel = CategoryPanel(desk, self)
        self._build()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.empty = QLabel(self)
        self.empty.setObjectName("no_categories")
        self.empty.setWordWrap(True)
        self.empty.setMargin(px(40))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("quiet", True)
        upright = QSplitter(Qt.Orientation.Vertical, self)
        upright.setObjectName("saturation_split")
        upright.addWidget(self.table)
        upright.addWidget(self.gaps)
        upright.setSizes([px(480), px(270)])
        upright.setStretchFactor(0, 1)
        columns_ = QSplitter(Qt.Orientation.Horizontal, self)
        columns_.addWidget(upright)
        columns_.addWidget(self.panel)
        columns_.setSizes([px(1080), px(360)])
        columns_.setStretchFactor(0, 1)
        self.panel.setMinimumWidth(px(280))
        for split in (upright, columns_):
            split.setChildrenCollapsible(False)
            split.setHandleWidth(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(columns_)
        self._stack.addWidget(on_paper(self.empty))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar())
        box.addWidget(Line(self))
        box.addWidget(self._stack, 1)

    def _bar(self) -> QWidget:
        bar = on_panel(QWidget(self))
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(16), px(7), px(12), px(7))
        row.setSpacing(px(8))
        row.addWidget(heading(_("Saturation and gaps"), bar))
        label = small(_("Since"), bar)
        self.since = QComboBox(bar)
        self.since.setObjectName("saturation_since")
        self.since.setAccessibleName(_("What is new since this transcript"))
        self.since.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.since.setMinimumContentsLength(18)
        label.setBuddy(self.since)
        self.state = Elided("", bar)
        self.state.setProperty("minor", True)
        row.addSpacing(px(12))
        row.addWidget(label)
        row.addWidget(self.since)
        row.addWidget(self.state, 1)
        self.sampling = LinkButton(_("Sampling"), "to_sampling", bar)
        self.report = LinkButton(_("Report…"), "saturation_report", bar)
        back = LinkButton(_("Back"), "saturation_back", bar)
        back.setAccessibleName(_("Back to story and story line"))
        back.clicked.connect(self.closed)
        for button in (self.sampling, self.report, back):
            row.addWidget(button)
        return bar

    def _connect(self) -> None:
        self._soon.timeout.connect(self._ask)
        self.worker.done.connect(self._done)
        self.worker.failed.connect(lambda _kind, sentence: self._desk.refused.emit(sentence))
        self.since.activated.connect(self._since_chosen)
        self.sampling.clicked.connect(lambda: self._desk.command_wanted.emit("sampling"))
        self.report.clicked.connect(lambda: self._desk.command_wanted.emit("report-saturation"))
        self.table.turned_to.connect(self._turned)
        self.table.judged.connect(self._begin)
        self.table.opened.connect(lambda _key: self.panel.bar.choice.button(self._first_state()).setFocus())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.panel.bar.judged.connect(lambda *told: judge(self._desk, *told))
        self.panel.bar.left.connect(self.table.setFocus)
        self.panel.left.connect(self.table.setFocus)
        self.gaps.decision_wanted.connect(self._decide)
        self.gaps.decision_shown.connect(self._show_decision)
        self.gaps.place_wanted.connect(lambda target: go_to(self._desk, target))
        self._desk.changed.connect(self._changed)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads what is there now; the page stays as it was until that is known."""
        self._ask()

    def focus_first(self) -> None:
        """Into the table."""
        self._wants_focus = self.standing is None
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """Nothing is read any more."""
        self._soon.stop()
        self.worker.stop()

    def _changed(self, change: "Changed") -> None:
        if change.tables & TABLES and self.isVisible():
            self._soon.start()

    def _ask(self) -> None:
        self._soon.stop()
        project, since = self._desk.project, self._since
        self.worker.ask(_READ, lambda: read(project, since=since))

    def _done(self, _kind: str, standing: Standing) -> None:
        self.standing = standing
        if standing.counted != self._counted:
            self._counted = standing.counted
            self.table.grid.columns = tuple(columns(counted=standing.counted))
        rows = standing.states.rows
        writable = not self._desk.project.read_only
        self._fill_since()
        self.table.show_states(rows)
        if rows and not self.table.key:
            self.table.setCurrentIndex(self.table.grid.index(0, 0))
        self.gaps.show_standing(standing, writable=writable)
        self.panel.show_standing(standing, self.table.key, writable=writable)
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            self.empty.setText(
                _(
                    "There is no category yet. Gather codes into a category in open coding; then you can see "
                    "here what still changes in it."
                )
            )
        if self._wants_focus and self.isVisible():
            self.focus_first()

    def _fill_since(self) -> None:
        assert self.standing is not None
        found = self.standing.states
        known = [(self.since.itemData(at), self.since.itemText(at)) for at in range(self.since.count())]
        if known != list(self.standing.titles.items()):
            self.since.clear()
            for guid, title in self.standing.titles.items():
                self.since.addItem(title, guid)
        self.since.setCurrentIndex(self.since.findData(found.since))
        self.since.setEnabled(len(self.standing.titles) > 1)
        behind = ", ".join(self.standing.titles[one] for one in found.behind)
        if not self.standing.titles:
            told = _("no transcript has been coded yet")
        elif not found.since:
            told = _("there is one coded transcript so far")
        else:
            told = _("that is, in: {titles}").format(titles=behind) if behind else _("there is none after it")
        self.state.setText(told)

    def _since_chosen(self, at: int) -> None:
        self._since = self.since.itemData(at) or ""
        self._desk.project.set_setting(SINCE, self._since)
        self._ask()

    def _turned(self, code: str) -> None:
        if self.standing is not None:
            self.panel.show_standing(self.standing, code, writable=not self._desk.project.read_only)
            self.gaps.show_category(code)

    # -- what is done ---------------------------------------------------------------------------------------

    def _first_state(self) -> str:
        return self.panel.bar.choice.key or "open"

    def _begin(self, code: str, state: str) -> None:
        if self._desk.project.read_only:
            self._desk.refused.emit(_("This study can only be read."))
            return
        self.table.make_current(code)
        self.panel.bar.begin(state)

    def _decide(self, gap: Gap) -> None:
        if (guid := decide_from(self._desk, gap)) is not None:
            self._desk.command_wanted.emit("sampling")
            self._desk.decision_chosen.emit(guid)

    def _show_decision(self, number: int) -> None:
        if self.standing is not None and number <= len(self.standing.decisions):
            self._desk.command_wanted.emit("sampling")
            self._desk.decision_chosen.emit(self.standing.decisions[number - 1].guid)

    def _menu(self, at: QPoint) -> None:
        code = self.table.key
        if not code or self.standing is None:
            return
        row = next(one for one in self.standing.states.rows if one.code == code)
        menu = QMenu(self)
        menu.setObjectName("saturation_menu")
        menu.addAction(row.name).setEnabled(False)
        menu.addAction(since_told(row)).setEnabled(False)
        menu.addSeparator()
        for number, (key, words) in enumerate(states(), 1):
            judging = menu.addAction(_("Judge: {state}").format(state=words) + f"\t{number}")
            judging.setEnabled(not self._desk.project.read_only)
            judging.triggered.connect(lambda _checked=False, key=key: self._begin(code, key))
        menu.addSeparator()
        there = menu.addAction(_("Go to the category"))
        there.triggered.connect(lambda: go_to(self._desk, f"code:{code}"))
        memo = menu.addAction(_("Memo on the category…"))
        memo.triggered.connect(lambda: self._desk.memo_wanted.emit("", f"code:{code}"))
        menu.popup(self.table.viewport().mapToGlobal(at))
