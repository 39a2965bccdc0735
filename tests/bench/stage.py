"""The real window on a project, driven from outside: acts, and the moment when their result is painted."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.figures import HASTE, now
from tests.bench.raw import Painted

if TYPE_CHECKING:
    from qda.ui.desk import Desk

SETTLE_S = 0.4


class Stage:
    """One window. ``view`` is the transcript, once a document has been opened."""

    def __init__(self) -> None:
        settings = Path(tempfile.mkdtemp(prefix="qda-bench-")) / "settings.ini"
        os.environ["QDA_SETTINGS"] = str(settings)
        from qda.ui.app import build_main_window

        self.window = build_main_window(None)
        self.window.resize(1440, 900)
        self.window.show()
        self.settle()
        self.view: Any = None

    @property
    def desk(self) -> "Desk":
        """The desk of the open study."""
        assert self.window.desk is not None
        return self.window.desk

    def settle(self, seconds: float = SETTLE_S) -> float:
        """Lets the window do what it does a moment later; milliseconds that it was busy."""
        busy, end = 0.0, time.perf_counter() + seconds * float(os.environ.get(HASTE, "1"))
        while time.perf_counter() < end:
            began = now()
            QApplication.processEvents()
            taken = now() - began
            if taken > 0.0005:
                busy += taken
            else:
                time.sleep(0.001)
        return busy * 1000

    def open(self, path: Path) -> None:
        """Opens a study and waits until all is quiet."""
        assert self.window.open_path(path), f"{path} was refused"
        self.settle()

    def open_at(self, source: str, start: int, stop: int) -> None:
        """Shows a document in open coding with a passage selected."""
        self.desk.source_wanted.emit(source, start, stop)
        self.settle()
        if self.view is None:
            from qda.ui.transcript.view import TranscriptView

            self.view = self.workspace().findChild(TranscriptView)
            assert self.view is not None

    def workspace(self) -> QWidget:
        """The workspace of open coding."""
        found: QWidget = self.window.workspace("open")
        return found

    def close(self) -> None:
        """Closes the study and the window."""
        self.window.close()
        QApplication.processEvents()

    def until_painted(self, widget: QWidget, work: Callable[[], object]) -> float:
        """Milliseconds until ``widget`` is painted after ``work``."""
        painted = Painted(widget)
        try:
            return painted.until(work)
        finally:
            widget.removeEventFilter(painted)
            painted.deleteLater()


def resident_mb() -> float:
    """Memory of this process that is in use, in MB."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    try:
        import resource
    except ImportError:  # Windows counts otherwise
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
