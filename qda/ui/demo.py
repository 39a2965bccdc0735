"""The demo study from the start screen: built in the background, kept among the user's documents, opened."""

import contextvars
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError
from qda.ui.preferences import documents_folder

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


class Building(QObject):
    """Builds the demo study in a thread of its own."""

    done = Signal(str, str)  # path, sentence where it failed

    def __init__(self, path: Path) -> None:
        super().__init__()  # without a parent: its thread may outlive the window
        self._path = path

    def start(self) -> None:
        """Begins."""
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._run,), name="demo", daemon=True).start()

    def _run(self) -> None:
        from qda.demo import build

        try:
            build(self._path).close()
        except KnownError as problem:
            self.done.emit(str(self._path), problem.sentence)
        else:
            self.done.emit(str(self._path), "")


def demo_path() -> Path:
    """Where the demo study lies: the same place that "qda demo" uses."""
    from qda.demo import TITLE

    return documents_folder() / "qda demo" / f"{TITLE}.qdaproj"


def open_demo(window: "MainWindow") -> None:
    """Opens the demo study; builds it before if it is not there. What was worked in it is kept."""
    path = demo_path()
    if path.exists():
        window.open_path(path)
        return
    if not window.close_study():
        return
    building = Building(path)

    def done(made: str, sentence: str) -> None:
        window.start.show_progress(None)
        window.building = None
        if sentence:
            window.refuse(sentence)
        elif window.desk is None:
            window.open_path(made)
        else:
            window.start.refresh()

    receiver = _Receiver(window, done)
    building.done.connect(receiver.take)
    window.building = (building, receiver)
    window.start.show_progress(0)
    building.start()


class _Receiver(QObject):
    """Hears the thread in the window's own thread."""

    def __init__(self, window: "MainWindow", take: object) -> None:
        super().__init__(window)
        self._take = take

    def take(self, path: str, sentence: str) -> None:
        """Hands over."""
        assert callable(self._take)
        self._take(path, sentence)
