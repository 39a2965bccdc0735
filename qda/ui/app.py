"""The program with its window: start, settings of the whole application, and what happens when we have a bug.

The frame is painted first; storage and libraries are loaded after that, in the background.
"""

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from qda.i18n import set_language, system_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from qda.models import Project
    from qda.ui.window import MainWindow

TRACE: Final = "QDA_TRACE_START"
BEGAN: Final = "QDA_T0"  # seconds since the epoch at which the process was started, where a bench knows them


def run(argv: Sequence[str] = ()) -> int:
    """Opens the window, with the project file named in ``argv`` if there is one; ends when it is closed."""
    from qda.errors import KnownError
    from qda.preflight import require_window

    set_language(system_language())
    try:
        require_window()
    except KnownError as problem:
        sys.stderr.write(problem.sentence + "\n")
        return 1
    from PySide6.QtCore import QTimer

    app = application()
    from qda.ui.window import MainWindow

    window = MainWindow(filled=False)
    trace = StartTrace() if os.environ.get(TRACE) else None
    path = next((a for a in argv if not a.startswith("-")), "")

    def after_first_paint() -> None:
        if trace is not None:
            trace.painted()
        load_qt_texts()
        window.fill()
        _catch_bugs(window)
        if path:
            window.open_path(Path(path))
        else:
            window.start.focus_first()
        QTimer.singleShot(0, _load_in_background)
        if trace is not None:
            _after_paint(window, trace.usable)

    _after_paint(window, after_first_paint)
    window.show()
    return int(app.exec())


def _after_paint(window: "MainWindow", act: Callable[[], None]) -> None:
    """Does ``act`` once, after the next paint of ``window``."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class NextPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, act)
                self.deleteLater()
            return False

    window.installEventFilter(NextPaint(window))


def application() -> "QApplication":
    """The one QApplication, made if there is none."""
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("qda")
    app.setApplicationDisplayName("qda")
    app.setDesktopFileName("qda")
    return app


def load_qt_texts() -> None:
    """Qt's own texts (buttons of file dialogs, names of keys) in the window's language."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    from qda.ui.preferences import Preferences

    app = application()
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{Preferences().current_language()}", folder):
        app.installTranslator(translator)


def build_main_window(project: "Project | None" = None) -> "MainWindow":
    """A window for ``project`` (or the start screen), without starting the event loop and not yet shown."""
    load_qt_texts()
    from qda.ui.window import MainWindow

    _look_less()
    window = MainWindow()
    if project is not None:
        window.open_project(project)
    return window


@cache
def _look_less() -> None:
    """Lets Python look for garbage in rings less often: each look through all objects is a pause.

    A long transcript brings tens of thousands of rows at once; with the usual thresholds that took twice as
    long as reading them. Once only: what is frozen is never let go, and a second window would freeze what
    is left of the first. A window that has closed its study looks itself.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _load_in_background() -> None:
    """Imports what the first study will need while the start screen is looked at."""

    def load() -> None:
        import qda.coding.material
        import qda.models
        import qda.ui.material.workspace  # noqa: F401

    threading.Thread(target=load, name="load", daemon=True).start()


# -- bugs ---------------------------------------------------------------------------------------------------


def _catch_bugs(window: "MainWindow") -> None:
    """Whatever is raised in the window and is not known is shown and kept; known sentences are told."""
    from qda.errors import KnownError
    from qda.ui.dialogs import CrashDialog, crash_report, keep_crash

    shown: list[CrashDialog] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KnownError):
            window.refuse(error.sentence)
            return
        if isinstance(error, KeyboardInterrupt):
            window.close()
            return
        report = crash_report(kind, error, trace)
        sys.stderr.write(report)
        if shown and shown[-1].isVisible():  # one is enough; a bug in painting would open hundreds
            return
        dialog = CrashDialog(report, keep_crash(report), window)
        shown.append(dialog)
        dialog.open()

    sys.excepthook = hook


# -- how fast it starts -------------------------------------------------------------------------------------


class StartTrace:
    """Prints when the frame was painted and when the window could be used, in ms since the process began."""

    def __init__(self) -> None:
        self._began = process_start()
        self._painted = 0.0

    def painted(self) -> None:
        """The empty frame stands on the screen."""
        self._painted = time.time()

    def usable(self) -> None:
        """The window is painted whole and takes input now: prints both moments."""
        moments = {"painted_ms": self._painted, "usable_ms": time.time()}
        told = {name: round((at - self._began) * 1000) for name, at in moments.items()}
        sys.stderr.write(json.dumps(told) + "\n")
        sys.stderr.flush()


def process_start() -> float:
    """When this process began, in seconds since the epoch."""
    if given := os.environ.get(BEGAN):
        return float(given)
    began: Callable[[], float] = _linux_start if sys.platform.startswith("linux") else time.time
    return began()


def _linux_start() -> float:
    fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    since_boot = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    up = float(Path("/proc/uptime").read_text(encoding="utf-8").split()[0])
    return time.time() - up + since_boot
