"""A visit: the study of the tour is built, opened and shown, and goes with all that was done in it.

The study that was open before comes back, with the workspace and the widths it had.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from qda.errors import KnownError
from qda.i18n import language

if TYPE_CHECKING:
    from qda.ui.start import StartScreen
    from qda.ui.tour.building import Copy
    from qda.ui.tour.deeds import Deeds
    from qda.ui.tour.guide import Tour
    from qda.ui.window import MainWindow

_NAME: Final = "tour_visit"
_AFTER_MS: Final = 500


def begin(window: "MainWindow") -> None:
    """Begins the tour; where it goes on already, the keyboard goes to it."""
    going_on = visit_of(window)
    if going_on is not None:
        going_on.focus()
    elif window.building is None:
        Visit(window).begin()


def visit_of(window: "MainWindow") -> "Visit | None":
    """The visit that goes on in a window."""
    found = window.findChild(QObject, _NAME)
    return found if isinstance(found, Visit) else None


class Visit(QObject):
    """From the start screen, or the study that is open, into the tour and back."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setObjectName(_NAME)
        self._window = window
        self._former: Path | None = None
        self._widths: list[list[int]] = []
        self._front = ""
        self._start: StartScreen | None = None
        self.copy: Copy | None = None
        self.tour: Tour | None = None

    def begin(self) -> None:
        """Closes the study that is open and builds that of the tour."""
        from qda.ui.tour.building import Copy

        window = self._window
        if window.desk is not None:
            self._former, self._front = window.desk.path, window.study.current
            self._widths = _widths(window.workspace(self._front))
        if not window.close_study():
            self._forget()
            return
        self.copy = Copy(language())
        self.copy.told.connect(self._told)
        self.copy.done.connect(self._built)
        self._told(0, 0)
        self.copy.start()

    def focus(self) -> None:
        """The keyboard goes to the panel."""
        if self.tour is not None:
            self.tour.panel.focus_first()

    # -- building --------------------------------------------------------------------------------------------

    def _told(self, done: int, of: int) -> None:
        start = self._window.start
        if start is not self._start:  # built anew in the meantime
            self._start = start
            start.tour_stopped.connect(self.stop)
        start.show_tour_progress(done, of)

    def stop(self) -> None:
        """The study is not wanted any more while it is being built."""
        self._end_building()
        self._drop()
        self._come_back()

    def _end_building(self) -> None:
        self._window.start.show_tour_progress(None)
        if self._start is not None and self._start is self._window.start:
            self._start.tour_stopped.disconnect(self.stop)
        self._start = None

    def _built(self, sentence: str) -> None:
        if self.copy is None:
            return
        self._end_building()
        window = self._window
        if sentence or window.desk is not None:  # another study was opened meanwhile
            self._drop()
            self._forget()
            if sentence:
                window.refuse(sentence)
            return
        window.passing = self.copy.path
        if not window.open_path(self.copy.path):
            self._over()
            return
        self._show()

    def _show(self) -> None:
        from qda.ui.tour.guide import Tour

        window = self._window
        self.tour = Tour(window)
        self.tour.leave_wanted.connect(self.leave)
        window.study_closed.connect(self._closed)
        self.tour.go_to(0)

    # -- leaving ---------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Closes the study of the tour; what was typed last and is not saved goes with it."""
        if not self._window.close_study():
            self._window.close_study()

    def _closed(self) -> None:
        """The study of the tour was closed, by the person, the window, or to open another one."""
        self._window.study_closed.disconnect(self._closed)
        if self.tour is not None and self.copy is not None:
            _take_back(self.copy.path, self.tour.deeds)
            self.tour.end()
            self.tour = None
        self._over()

    def _over(self) -> None:
        self._window.passing = None
        self._drop(_AFTER_MS)
        QTimer.singleShot(0, self, self._come_back)

    def _drop(self, after_ms: int = 0) -> None:
        """Deletes the copy; what the window still shows of it may look into the file until it is gone."""
        copy, self.copy = self.copy, None
        if copy is not None and after_ms:
            QTimer.singleShot(after_ms, partial(copy.remove))  # a plain method would not keep it that long
        elif copy is not None:
            copy.remove()

    def _come_back(self) -> None:
        """The study that was open before, unless the person turned to something else."""
        window, start = self._window, self._window.start
        turned = window.desk is not None or window.building is not None or start.title.hasFocus()
        former = self._former if not turned and window.isVisible() else None
        if former is not None and former.exists() and window.open_path(former):
            window.show_workspace(self._front)
            _set_widths(window.workspace(self._front), self._widths)
        self._forget()

    def _forget(self) -> None:
        self.setObjectName("")
        self.deleteLater()


def _take_back(path: Path, deeds: "Deeds") -> None:
    """Undoes in the closed study what stands of the tour: the window has nothing to show of it any more."""
    from qda.models import Project

    if not deeds.standing:
        return
    try:
        project = Project.open(path)
    except KnownError:
        return  # the file was taken away: nothing of it stays anyhow
    deeds.take_back(project)
    project.close()


def _widths(workspace: QWidget) -> list[list[int]]:
    return [splitter.sizes() for splitter in workspace.findChildren(QSplitter)]


def _set_widths(workspace: QWidget, widths: list[list[int]]) -> None:
    splitters = workspace.findChildren(QSplitter)
    if [len(one) for one in widths] == [splitter.count() for splitter in splitters]:
        for splitter, sizes in zip(splitters, widths, strict=True):
            splitter.setSizes(sizes)
