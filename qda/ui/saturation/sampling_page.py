"""The page "Sampling": decisions in their order, the sheet of one, and how each case came into the study."""

from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.coding import sampling
from qda.coding.sampling import CaseOrigin, DecisionRow
from qda.i18n import _
from qda.ui.asking import ask_name
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.places import Page
from qda.ui.saturation.acts import go_to
from qda.ui.saturation.decision_sheet import DecisionSheet
from qda.ui.saturation.sampling_acts import SamplingActs
from qda.ui.saturation.sampling_table import DecisionGrid, OriginGrid
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper, section, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset(
    {"sampling_decision", "sampling_target", "case_", "source", "segment", "memo", "memo_link", "coder"}
)


class SamplingPage(Page):
    """Where one looked next, from which gap and why; and what it brought, be it a refusal."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: list[DecisionRow] = []
        self.origins: list[CaseOrigin] = []
        self.setObjectName("sampling")
        self.setAccessibleName(_("Sampling"))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)
        self.acts = SamplingActs(desk, self)
        self.table = DecisionGrid(self.acts.write, self)
        self.cases = OriginGrid(self)
        self.sheet = DecisionSheet(desk, self)
        self._build()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        upright = QSplitter(Qt.Orientation.Vertical, self)
        upright.addWidget(self._decisions())
        upright.addWidget(self._cases())
        upright.setSizes([px(480), px(230)])
        upright.setStretchFactor(0, 1)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.addWidget(upright)
        across.addWidget(self.sheet)
        across.setSizes([px(1040), px(400)])
        across.setStretchFactor(0, 1)
        self.sheet.setMinimumWidth(px(320))
        for split in (upright, across):
            split.setChildrenCollapsible(False)
            split.setHandleWidth(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar())
        box.addWidget(Line(self))
        box.addWidget(across, 1)

    def _bar(self) -> QWidget:
        bar = on_panel(QWidget(self))
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(16), px(7), px(12), px(7))
        row.setSpacing(px(8))
        row.addWidget(heading(_("Sampling"), bar))
        self.state = Elided("", bar)
        self.state.setProperty("minor", True)
        row.addSpacing(px(12))
        row.addWidget(self.state, 1)
        self.new = LinkButton(_("New decision…"), "new_decision", bar)
        self.new.clicked.connect(self.new_decision)
        gaps = LinkButton(_("Saturation and gaps"), "to_saturation", bar)
        gaps.clicked.connect(lambda: self._desk.command_wanted.emit("saturation"))
        report = LinkButton(_("Report…"), "sampling_report", bar)
        report.clicked.connect(lambda: self._desk.command_wanted.emit("report-sampling"))
        back = LinkButton(_("Back"), "sampling_back", bar)
        back.setAccessibleName(_("Back to story and story line"))
        back.clicked.connect(self.closed)
        for button in (self.new, gaps, report, back):
            row.addWidget(button)
        return bar

    def _decisions(self) -> QWidget:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        empty = on_paper(QWidget(self))
        words = QLabel(
            _(
                "There is no sampling decision yet. Begin one from a gap in “Saturation and gaps”, or here: "
                "where do you look next, and why?"
            ),
            empty,
        )
        words.setWordWrap(True)
        words.setProperty("quiet", True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first = QPushButton(_("New decision…"), empty)
        self.first.setObjectName("first_decision")
        self.first.setAccessibleName(_("New sampling decision"))
        self.first.clicked.connect(self.new_decision)
        box = QVBoxLayout(empty)
        box.setContentsMargins(px(60), px(40), px(60), px(40))
        box.addStretch(1)
        box.addWidget(words)
        box.addSpacing(px(8))
        box.addWidget(self.first, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
        self._stack.addWidget(empty)
        return self._stack

    def _cases(self) -> QWidget:
        part = on_paper(QWidget(self))
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(6), px(12), px(6))
        head.setSpacing(px(10))
        head.addWidget(section(_("Cases"), part))
        self.cases_told = small("", part)
        head.addWidget(self.cases_told, 1)
        self.starting = LinkButton(_("Starting case"), "case_starting", part)
        self.starting.clicked.connect(lambda: self._set_starting(self.cases.key))
        self.there = LinkButton(_("Go there"), "case_there", part)
        self.there.clicked.connect(lambda: self._go_to_case(self.cases.key))
        self.lead = LinkButton(_("Lead the decision in hand here"), "case_lead", part)
        self.lead.clicked.connect(self._lead_here)
        for button in (self.starting, self.there, self.lead):
            head.addWidget(button)
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(Line(part))
        box.addWidget(self.cases, 1)
        return part

    def _connect(self) -> None:
        self.table.turned_to.connect(lambda _key: self._show_sheet())
        self.table.opened.connect(lambda _key: self.sheet.begin())
        self.table.removal_wanted.connect(self.acts.remove)
        self.table.moved.connect(self._move)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.cases.turned_to.connect(lambda _key: self._turned_to_case())
        self.cases.opened.connect(self._go_to_case)
        self.cases.letter.connect(lambda key, letter: self._set_starting(key) if letter == "S" else None)
        self.sheet.written.connect(self.acts.write)
        self.sheet.removed.connect(self.acts.remove)
        self.sheet.targets.removed.connect(lambda key: self.acts.take_off(self.sheet.guid, key))
        self.sheet.targets.wanted.connect(self._target_wanted)
        self._desk.changed.connect(self._changed)
        self._desk.decision_chosen.connect(self.choose)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads decisions and cases."""
        self._read()

    def focus_first(self) -> None:
        """Into the table, or to the button that begins."""
        (self.table if self.rows else self.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """What is being typed is kept."""
        self.sheet.flush()

    def choose(self, guid: str) -> None:
        """Takes a decision in hand, to write what is empty."""
        if not self.isVisible():
            return
        if guid not in self.table.grid.keys:
            self._read()
        self.table.make_current(guid)
        self._show_sheet()
        if not self._desk.project.read_only:
            QTimer.singleShot(0, self, self.sheet.begin)  # a dialog gives the focus back when it goes

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES and self.isVisible():
            self._soon.start()

    def _read(self) -> None:
        self._soon.stop()
        project = self._desk.project
        self.rows = sampling.decisions(project)
        self.origins = sampling.case_origins(project, self.rows)
        self.table.show_decisions(self.rows)
        if self.rows and not self.table.key:
            self.table.setCurrentIndex(self.table.grid.index(0, 0))
        self.cases.show_rows(self.origins)
        if self.origins and not self.cases.key:
            self.cases.setCurrentIndex(self.cases.grid.index(0, 0))
        self._stack.setCurrentIndex(0 if self.rows else 1)
        writable = not project.read_only
        for button in (self.new, self.first, self.starting, self.lead):
            button.setEnabled(writable)
        self._tell()
        self._show_sheet()
        self._turned_to_case()

    def _tell(self) -> None:
        starting = [one.name for one in self.origins if one.starting]
        told = _("Starting cases: {cases}").format(cases=", ".join(starting)) if starting else ""
        self.state.setText(told)
        open_ = [one.name for one in self.origins if one.unexplained]
        words = _("No sampling decision leads to: {cases}").format(cases=", ".join(open_))
        self.cases_told.setText(words if open_ else "")

    @property
    def row(self) -> DecisionRow | None:
        """The decision in hand."""
        return next((row for row in self.rows if row.guid == self.table.key), None)

    def _show_sheet(self) -> None:
        row = self.row
        number = self.rows.index(row) + 1 if row else 0
        self.sheet.show_decision(row, number, writable=not self._desk.project.read_only)

    def _origin(self) -> CaseOrigin | None:
        return next((one for one in self.origins if one.case == self.cases.key), None)

    def _turned_to_case(self) -> None:
        one = self._origin()
        starting = one is not None and one.starting
        self.starting.setText(_("Not a starting case") if starting else _("Starting case"))
        for button in (self.starting, self.there):
            button.setVisible(one is not None)
        led = one is not None and self.row is not None
        self.lead.setVisible(led and f"case:{self.cases.key}" not in _led(self.row))

    # -- what is done ---------------------------------------------------------------------------------------

    def new_decision(self) -> None:
        """Asks what is sought and makes a decision."""
        ask_name(self, _("New sampling decision"), _("What is sought?"), self.acts.begin)

    def _move(self, guid: str, by: int) -> None:
        at = next((at for at, row in enumerate(self.rows) if row.guid == guid), None)
        if at is not None and 0 <= at + by < len(self.rows):
            self._desk.do(sampling.move_sampling, decision=guid, position=at + by)

    def _set_starting(self, case: str) -> None:
        one = self._origin()
        if one is not None and case and not self._desk.project.read_only:
            self._desk.do(sampling.set_starting, case=case, starting=not one.starting)

    def _go_to_case(self, case: str) -> None:
        if case:
            go_to(self._desk, f"case:{case}")

    def _lead_here(self) -> None:
        if self.row is not None and self.cases.key:
            self.acts.add(self.row.guid, [f"case:{self.cases.key}"])

    def _target_wanted(self, kind: str) -> None:
        row = self.row
        if row is None:
            return
        self.sheet.flush()
        if kind == "new":
            self.acts.new_case(row)
        elif kind == "files":
            self.acts.bring_in(row, self._bring_in)
        else:
            self.acts.choose_target(row, kind)

    def _bring_in(self, case: str) -> None:
        """Files go into this case; the import stands in the workspace of the material."""
        window = cast(Any, self.window())
        workspace: Any = window.workspace("material")
        workspace.case_acts.add_documents(case)
        if workspace.is_importing:
            window.show_workspace("material")

    def _menu(self, at: QPoint) -> None:
        row = self.row
        if row is None:
            return
        menu = QMenu(self)
        menu.setObjectName("decision_menu")
        writable = not self._desk.project.read_only
        for kind, words in (
            ("case", _("Lead to a case…")),
            ("source", _("Lead to a document…")),
            ("passages", _("Lead to passages already collected…")),
            ("new", _("New case of this decision…")),
            ("files", _("Bring in transcripts…")),
        ):
            act = menu.addAction(words)
            act.setEnabled(writable)
            act.triggered.connect(lambda _checked=False, kind=kind: self._target_wanted(kind))
        menu.addSeparator()
        memo = menu.addAction(_("Memo on the decision…"))
        memo.triggered.connect(lambda: self._desk.memo_wanted.emit("", f"decision:{row.guid}"))
        for words, by in ((_("Move up") + "\tAlt+↑", -1), (_("Move down") + "\tAlt+↓", 1)):
            move = menu.addAction(words)
            move.setEnabled(writable)
            move.triggered.connect(lambda _checked=False, by=by: self._move(row.guid, by))
        remove = menu.addAction(_("Remove"))
        remove.setEnabled(writable)
        remove.triggered.connect(lambda: self.acts.remove(row.guid))
        menu.popup(self.table.viewport().mapToGlobal(at))


def _led(row: DecisionRow | None) -> set[str]:
    return {f"{target.kind}:{target.guid}" for target in row.targets} if row else set()
