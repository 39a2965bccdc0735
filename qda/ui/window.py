"""The window: menus, the start screen or an open study, the line at the bottom.

It opens and closes studies and keeps what is common to all workspaces; what a workspace shows is its own.
Little is imported at the top: the empty frame is painted first, then filled, then the storage is loaded.
"""

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMainWindow, QMenu, QStackedWidget, QWidget

from qda.errors import KnownError
from qda.i18n import _, set_language
from qda.ui import theme
from qda.ui.fonts import px, use_reading_face
from qda.ui.preferences import Preferences, Recent, documents_folder, moment

if TYPE_CHECKING:
    from qda.models import Changed, Project
    from qda.ui.commands import Workspace
    from qda.ui.desk import Desk
    from qda.ui.menus import Actions

_SUFFIX = ".qdaproj"
_TIDY_MS = 1000  # after a study was closed, when nobody waits for the window


def _nothing() -> None:
    """Nothing is followed."""


def _told_gone(path: Path) -> str:
    if path.exists():
        return _(
            "“{name}” was removed or moved while it was open. It was written again where it had been; "
            "nothing is lost."
        ).format(name=path.name)
    return _("“{name}” was removed while it was open and could not be written again.").format(name=path.name)


def _first_stop(pane: QWidget) -> QWidget | None:
    """Where the focus goes in a pane: itself, or the first in it that takes it; none where nothing does."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return pane
    one = pane.nextInFocusChain()
    while one is not None and one is not pane:
        there = pane.isAncestorOf(one) and one.isVisible() and one.isEnabled()
        if there and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return one
        one = one.nextInFocusChain()
    return None


class MainWindow(QMainWindow):
    """One window with one study, or the start screen. ``desk`` is none at the start screen."""

    study_opened = Signal()
    study_closed = Signal()

    def __init__(self, preferences: Preferences | None = None, *, filled: bool = True) -> None:
        """``filled``: false for the bare frame, which :meth:`fill` completes after its first paint."""
        super().__init__()
        self.preferences: Preferences = preferences or Preferences()
        self.desk: Desk | None = None
        self._template = ""
        self._labels: tuple[str | None, str | None] | None = None
        self._warned = False  # that closing now loses words
        self._lines: dict[str, str] = {}  # what was told last in each workspace
        self.building: object = None  # the demo study, while it is being built
        self.passing: Path | None = None  # a study that leaves nothing in the settings (the tour's)
        self._actions: Actions | None = None
        self._follow: Callable[[], None] = _nothing
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh_actions)
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self._put_on()
        if filled:
            self.fill()
        self.resize(px(1440), px(900))
        if not self.preferences.geometry.isEmpty():
            self.restoreGeometry(self.preferences.geometry)

    # -- building --------------------------------------------------------------------------------------------

    def _put_on(self) -> None:
        chosen = self.preferences
        set_language(chosen.current_language(), spelling=chosen.spelling)
        use_reading_face(chosen.reading_face)
        self._follow()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._follow = theme.follow(app, chosen.theme)

    def fill(self) -> None:
        """Builds menus, start screen and the page of studies."""
        from qda.ui.menus import Actions
        from qda.ui.start import StartScreen
        from qda.ui.status import StatusLine
        from qda.ui.study import StudyPage
        from qda.ui.table import commands

        if self._actions is not None:
            self._actions.dispose()
        self._actions = Actions(self, commands())
        self.start = StartScreen(self.preferences)
        self.start.open_wanted.connect(self.open_path)
        self.start.create_wanted.connect(self._create)
        self.start.ask_wanted.connect(self.ask_and_open)
        self.start.demo_wanted.connect(self.open_demo)
        self.start.tour_wanted.connect(lambda: self.action("tour").trigger())
        self.start.tutorial_wanted.connect(lambda: self.action("tutorial").trigger())
        self.study = StudyPage()
        self.study.palette_wanted.connect(self.show_palette)
        self.study.turned_to.connect(self._turned)
        self.size_transcripts()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(self.study)
        self.setCentralWidget(self._pages)
        self._title = QLabel()
        self._title.setObjectName("study_title")
        self._title.setContentsMargins(0, 0, px(20), 0)
        self._title.setFixedHeight(self.menuBar().sizeHint().height() or px(28))
        self._title.setProperty("quiet", True)
        self.menuBar().setCornerWidget(self._title)
        self.status_line = StatusLine(self._coders)
        self.status_line.undo_wanted.connect(self.undo)
        self.status_line.coder_wanted.connect(self._use_coder)
        self.status_line.new_coder_wanted.connect(self._new_coder)
        self.status_line.rename_wanted.connect(self._rename_coder)
        self.setStatusBar(self.status_line)
        if self.desk is not None:
            self.study.show_desk(self.desk, self._template)
        self._show_page()

    def rebuild(self) -> None:
        """Builds everything anew in the language and theme of the settings; the study stays open."""
        from qda.ui.app import load_qt_texts

        front = self.study.current if self.desk else None
        if self.desk is not None:
            self.desk.stop_work()
        if not self.flush():
            return  # what the file does not take stays where it is seen
        if self.desk is not None:
            self.study.let_go()
        self._put_on()
        load_qt_texts()  # names of keys, buttons of file dialogs
        if (old := self.takeCentralWidget()) is not None:
            old.deleteLater()
        self.fill()
        if front is not None:
            self._show_study_state()
            self.show_workspace(front)

    def _show_page(self) -> None:
        from qda.ui.menus import fill_menus

        assert self._actions is not None
        self._pages.setCurrentWidget(self.study if self.desk else self.start)
        self.statusBar().setVisible(self.desk is not None)
        fill_menus(self, self._actions, self._fill_recents)
        self._name_workspaces()
        self._title_it()
        self.refresh_actions()

    def _name_workspaces(self) -> None:
        from qda.coding.paradigms import DEFAULT, template
        from qda.ui.study import WORKSPACES

        chosen = template(self._template or DEFAULT)
        for key in WORKSPACES:
            name = chosen.workspace(key)
            self.action(f"show-{key}").setText(name.replace("&", "&&"))
            self.action(f"show-{key}").setIconText(name)

    def _title_it(self) -> None:
        if self.desk is None:
            self.setWindowTitle("qda")
            self._title.setText("")
            return
        from qda.coding.material import project_sheet

        title = project_sheet(self.desk.project).title
        shown = _("{title} (read only)").format(title=title) if self.desk.project.read_only else title
        self._title.setText(shown)
        self.menuBar().setCornerWidget(self._title)  # measured anew
        self._title.show()
        self.setWindowTitle(f"{shown} – qda")

    # -- opening and closing a study -------------------------------------------------------------------------

    @property
    def project(self) -> "Project | None":
        """The open study's file."""
        return self.desk.project if self.desk else None

    def open_path(self, path: str | Path) -> bool:
        """Opens a project file; what stands in the way is told in a sentence and nothing else changes."""
        from qda.models import Project

        # Opening the file once more would drop the locks that this program holds on it.
        if self.desk is not None and self.desk.path.resolve() == Path(path).resolve():
            return True
        try:
            project = Project.open(Path(path))
        except KnownError as problem:
            self.refuse(problem.sentence)
            return False
        self.open_project(project)
        return True

    def open_project(self, project: "Project") -> None:
        """Shows an open project; the study that was open is closed."""
        from qda.coding.material import project_sheet
        from qda.ui.desk import Desk
        from qda.ui.study import WORKSPACES

        if not self.close_study():
            project.close()
            return
        sheet = project_sheet(project)
        self._template = sheet.template
        self.desk = desk = Desk(project, self)
        desk.changed.connect(self._changed)
        desk.told.connect(self.tell)
        desk.offered.connect(self.offer)
        desk.refused.connect(self.refuse)
        desk.workspace_wanted.connect(self.show_workspace)
        desk.source_wanted.connect(self._source_wanted)
        desk.answers_wanted.connect(self._answers_wanted)
        desk.command_wanted.connect(lambda name: self.action(name).trigger())
        desk.coder_changed.connect(self._show_study_state)
        desk.span_chosen.connect(self._span_chosen)
        for chosen in (
            desk.code_chosen,
            desk.coding_chosen,
            desk.relation_chosen,
            desk.case_chosen,
            desk.source_shown,
        ):
            chosen.connect(self.actions_later)
        old = self.preferences.study_state(str(project.path))
        self.study.show_desk(desk, sheet.template)
        self.start.message.hide()
        self._show_page()
        self._show_study_state()
        self.show_workspace(old if old in WORKSPACES else "material")
        self._remember(counted=False)
        if project.read_only:
            self.refuse(
                _(
                    "“{name}” can only be read here. You can look at everything; "
                    "to work on it, copy it to a folder of your own."
                ).format(name=project.path.name)
            )
        self.study_opened.emit()

    def _remember(self, *, counted: bool) -> None:
        """Puts the study at the head of the list; its figures are ``counted`` anew or those known before."""
        from qda.coding.material import project_sheet, sources

        assert self.desk is not None
        project = self.desk.project
        path = str(project.path)
        if project.path == self.passing:
            return
        if counted:
            rows = sources(project)
            interviews = sum(row.kind in ("interview", "focus_group") for row in rows)
            codings = sum(row.codings for row in rows)
        else:
            known = next((r for r in self.preferences.recents() if r.path == path), None)
            interviews, codings = (known.interviews, known.codings) if known else (0, 0)
        title = project_sheet(project).title
        self.preferences.remember(Recent(path, title, moment(), interviews, codings))

    def close_study(self) -> bool:
        """Closes the study into one plain file and goes back to the start screen.

        False where what was typed last could not be saved: the study stays open, until one closes again.
        """
        if self.desk is None:
            return True
        self.desk.stop_work()
        if not self.flush() and not self._warned:
            self._warned = True
            self.refuse(
                _(
                    "What you typed last could not be saved, so the study stays open. Make room on the disk, "
                    "or copy your words; closing again closes without them."
                )
            )
            return False
        self._warned = False
        self._remember(counted=True)
        path, gone = self.desk.path, not self.desk.path.exists()
        desk, self.desk = self.desk, None
        if desk.path != self.passing:
            self.preferences.keep_study_state(str(desk.path), self.study.current)
        self.study.let_go()
        self.status_line.clear_study()
        self._lines.clear()
        self._template = ""
        desk.close()
        desk.deleteLater()
        self.start.refresh()
        self._show_page()
        self.start.focus_first()
        if gone:
            self.refuse(_told_gone(path))
        self.study_closed.emit()
        QTimer.singleShot(_TIDY_MS, self, gc.collect)  # what the study's pages held are rings
        return True

    def flush(self) -> bool:
        """Saves what has been typed and waits for the pause; false where the file did not take it."""
        from qda.ui.memos.autosave import flush

        return flush(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences.geometry = self.saveGeometry()
        if not self.close_study():
            event.ignore()
            return
        self.preferences.sync()
        self._follow()
        self._follow = _nothing
        super().closeEvent(event)

    def _create(self, path: str, title: str, language: str, template: str, coder: str) -> None:
        from qda.models import Project

        try:
            project = Project.create(
                Path(path),
                title=title,
                language="de" if language == "de" else "en",
                template=template,
                coder=coder,
            )
        except KnownError as problem:
            self.refuse(problem.sentence)
            return
        self.open_project(project)

    def new_study(self) -> None:
        """The start screen with the form of a new study; an open one is closed."""
        if self.close_study():
            self.start.focus_new()

    def ask_and_open(self) -> None:
        """Asks for a project file."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Open a study"), str(documents_folder()), _("Studies (*{suffix})").format(suffix=_SUFFIX)
        )
        if path:
            self.open_path(path)

    def open_demo(self) -> None:
        """Builds the demo study (or opens the one built before)."""
        from qda.ui.demo import open_demo

        open_demo(self)

    def _fill_recents(self, menu: QMenu) -> None:
        menu.clear()
        for recent in self.preferences.recents():
            if self.desk is None or str(self.desk.path) != recent.path:
                action = QAction(recent.title.replace("&", "&&"), menu)
                action.triggered.connect(lambda _checked=False, path=recent.path: self.open_path(path))
                menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(_("None yet")).setEnabled(False)

    # -- workspaces ------------------------------------------------------------------------------------------

    @property
    def current_workspace(self) -> "Workspace | None":
        """The workspace in front; none at the start screen."""
        return self.study.current if self.desk else None

    def workspace(self, key: str) -> QWidget:
        """A workspace; it is made if it was not shown before."""
        return self.study.workspace(key)

    def show_workspace(self, key: str) -> None:
        """Brings a workspace to the front."""
        if self.desk is not None:
            self.study.show_workspace(key)

    def _turned(self, key: str) -> None:
        assert self.desk is not None
        self.desk.project.phase = key if key in ("open", "axial", "selective") else ""
        self.study.message.hide()
        self.status_line.place(self._lines.get(key, ""))
        self.actions_later()

    def _source_wanted(self, source: str, start: int, stop: int) -> None:
        made = self.study.is_made("open")
        self.show_workspace("open")
        if not made and self.desk is not None:  # it was not there to hear it
            self.desk.source_wanted.emit(source, start, stop)

    def _answers_wanted(self, topic: str) -> None:
        self.show_workspace("open")
        self.workspace("open").show_answers(topic)  # type: ignore[attr-defined]

    def next_pane(self) -> None:
        """Moves the focus to the next pane: tabs, workspace, memo."""
        focus = QApplication.focusWidget()
        panes = self.study.panes()
        inside = [i for i, pane in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)]
        at = inside[-1] if inside else next((i for i, pane in enumerate(panes) if pane is focus), -1)
        for step in range(1, len(panes) + 1):
            wanted = panes[(at + step) % len(panes)]
            if hasattr(wanted, "focus_first"):
                wanted.focus_first()
                return
            if first := _first_stop(wanted):
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # -- acts of the shell -----------------------------------------------------------------------------------

    def action(self, command_id: str) -> QAction:
        """The action of a row, for toolbars and context menus."""
        assert self._actions is not None
        return self._actions[command_id]

    def toolbar_actions(self, workspace: str) -> list[QAction]:
        """The actions that a workspace's toolbar shows, in their order."""
        assert self._actions is not None
        return [
            self._actions[c.id] for c in self._actions.commands if c.toolbar and workspace in c.workspaces
        ]

    @property
    def rows(self) -> "Actions":
        """The rows of commands with their actions."""
        assert self._actions is not None
        return self._actions

    def actions_later(self, *_anything: object) -> None:
        """Asks the rows soon what can be done now; many calls are one."""
        self._later.start()

    def refresh_actions(self) -> None:
        """Asks every row now whether it can be done."""
        if self._actions is not None:
            self._labels = self._step_labels()  # asked once for all rows
            self._actions.refresh()
            self._labels = None

    def _step_labels(self) -> tuple[str | None, str | None]:
        if self.desk is None or self.desk.project.read_only:
            return None, None
        return self._labels or self.desk.project.step_labels()

    def undo_label(self) -> str | None:
        """The act that Undo would take back."""
        return self._step_labels()[0]

    def redo_label(self) -> str | None:
        """The act that Redo would bring back."""
        return self._step_labels()[1]

    def undo(self) -> None:
        """Takes the last act back."""
        if self.desk is not None:
            self.flush()
            self.desk.undo()

    def redo(self) -> None:
        """Brings it back."""
        if self.desk is not None:
            self.desk.redo()

    def _changed(self, change: "Changed") -> None:
        self.study.message.hide()
        self.status_line.saved(datetime.now(UTC))
        if change.kind == "do" and any(t.op == "delete" for t in change.touched):
            self.status_line.offer_undo(change.label)
        else:
            self.status_line.forget_undo()
            if change.kind in ("undo", "redo"):
                words = _("Undone: {act}") if change.kind == "undo" else _("Done again: {act}")
                self.tell(words.format(act=change.label))
        if "project_sheet" in change.tables:
            self._sheet_changed()
        if "coder" in change.tables:
            self._show_study_state()
        self.actions_later()

    def _sheet_changed(self) -> None:
        from qda.coding.material import project_sheet

        assert self.desk is not None
        self._template = project_sheet(self.desk.project).template
        self.study.name_tabs(self._template)
        self._name_workspaces()
        self._title_it()

    # -- what is told ----------------------------------------------------------------------------------------

    def tell(self, line: str) -> None:
        """A line at the bottom; it comes back with its workspace."""
        self._lines[self.study.current] = line
        self.status_line.tell(line)

    def offer(self, line: str, words: str, act: Callable[[], object]) -> None:
        """A line at the bottom with an act."""
        self._lines[self.study.current] = line
        self.status_line.offer(line, words, act)

    def refuse(self, sentence: str) -> None:
        """A sentence that must be seen; it blocks nothing."""
        (self.study.message if self.desk else self.start.message).tell(sentence)

    def _span_chosen(self, _source: str, start: int, stop: int) -> None:
        self.status_line.select(max(0, stop - start))
        self.actions_later()

    def _show_study_state(self) -> None:
        from qda.coding.material import coders

        if self.desk is None:
            return
        project = self.desk.project
        if project.read_only:
            self.status_line.only_reading()
        else:
            self.status_line.saved(datetime.fromtimestamp(project.path.stat().st_mtime, UTC))
        current = next((c.name for c in coders(project) if c.current), "")
        self.status_line.coded_as(current)
        self.actions_later()

    # -- coders ----------------------------------------------------------------------------------------------

    def _coders(self) -> list[tuple[str, str, bool]]:
        from qda.coding.material import coders

        if self.desk is None:
            return []
        return [(c.guid, c.name, c.current) for c in coders(self.desk.project)]

    def _use_coder(self, guid: str) -> None:
        if self.desk is not None:
            self.desk.use_coder(guid)

    def _new_coder(self) -> None:
        from qda.ui.asking import ask_name

        ask_name(self, _("Who codes?"), _("Name or sign"), self.add_coder)

    def _rename_coder(self, guid: str, name: str) -> None:
        from qda.ui.asking import ask_name

        ask_name(self, _("Rename"), _("Name or sign"), lambda new: self.rename_coder(guid, new), start=name)

    def rename_coder(self, guid: str, name: str) -> None:
        """Gives a coder another name or sign."""
        from qda.coding.sheet import rename_coder

        if self.desk is not None:
            self.desk.do(rename_coder, coder=guid, name=name)

    def add_coder(self, name: str) -> None:
        """Adds a person who codes, and codes as that person from now on."""
        from qda.coding.sheet import add_coder

        if self.desk is not None and (guid := self.desk.do(add_coder, name=name)):
            self.desk.use_coder(guid)

    # -- dialogs, palette, view ------------------------------------------------------------------------------

    def show_palette(self) -> None:
        """Opens the command palette."""
        from qda.ui.palette import Palette

        Palette.show_over(self)

    def show_report(self, name: str) -> None:
        """Brings a report to the front."""
        from qda.ui.reports.workspace import Workspace as Reports

        self.show_workspace("reports")
        workspace = self.workspace("reports")
        assert isinstance(workspace, Reports)
        workspace.list.choose(name)

    def show_memo(self, memo: str) -> None:
        """Takes a memo in hand on the memo desk."""
        from qda.ui.memos.commands import show_desk

        show_desk(self, memo)

    def show_settings(self) -> None:
        """Opens the settings."""
        from qda.ui.settings import SettingsDialog

        SettingsDialog(self).open()

    def show_keys(self) -> None:
        """Opens the list of keys."""
        from qda.ui.dialogs import KeysDialog

        KeysDialog(self.rows.commands, self).open()

    def show_about(self) -> None:
        """What this program is."""
        from qda.ui.dialogs import AboutDialog

        AboutDialog(self).open()

    def use_theme(self, wanted: theme.Scheme) -> None:
        """Changes the theme; nothing is built anew."""
        self.preferences.theme = wanted
        self._put_on()
        self.actions_later()

    def size_transcripts(self) -> None:
        """Shows transcripts in the size of the settings."""
        self.study.zoom(self.preferences.reading_size / 100)

    def toggle_full_screen(self) -> None:
        """Full screen, or the window as it was."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # -- files dropped on the window -------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        event.acceptProposedAction()
        self.take_in(paths)

    def take_in(self, paths: list[Path]) -> None:
        """Opens a study, or brings transcripts into the open one."""
        if len(paths) == 1 and paths[0].suffix == _SUFFIX:
            self.open_path(paths[0])
        elif self.desk is None:
            self.refuse(_("Open or make a study first; transcripts can then be dropped here."))
        else:
            self.show_workspace("material")
            self.workspace("material").import_files(paths)  # type: ignore[attr-defined]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_later()
