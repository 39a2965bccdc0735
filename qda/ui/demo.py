"""The demo study from the start screen: built in the background, kept among the user's documents, opened.

It is in the language of the interface, unless another is chosen; each language has a file of its own.
"""

import contextvars
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError
from qda.i18n import N_, Language, language
from qda.ui.commands import Command
from qda.ui.preferences import documents_folder

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


class Building(QObject):
    """Builds the demo study in a thread of its own."""

    told = Signal(int, int)  # so many acts of so many
    done = Signal(str, str)  # path, sentence where it failed

    def __init__(self, path: Path, spoken: Language) -> None:
        super().__init__()  # without a parent: its thread may outlive the window
        self._path = path
        self._spoken = spoken

    def start(self) -> None:
        """Begins."""
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._run,), name="demo", daemon=True).start()

    def _run(self) -> None:
        from qda.demo import build

        part = self._path.with_name(f"{self._path.name}.part")  # a program that ends meanwhile leaves no half
        try:
            _clear(part)
            build(part, language=self._spoken, told=self.told.emit).close()
            part.replace(self._path)
        except KnownError as problem:
            self.done.emit(str(self._path), problem.sentence)
        except OSError as problem:
            self.done.emit(str(self._path), str(problem))
        else:
            self.done.emit(str(self._path), "")


def _clear(part: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def spoken(wanted: Language | None = None) -> Language:
    """The language of the demo study: ``wanted``, else that of the interface, if the study exists in it."""
    from qda.demo import languages

    found = wanted or language()
    return found if found in languages() else "de"


def demo_path(wanted: Language | None = None) -> Path:
    """Where the demo study of a language lies: the same place that "qda demo" uses."""
    from qda.demo import title

    return documents_folder() / "qda demo" / f"{title(spoken(wanted))}.qdaproj"


def open_demo(window: "MainWindow", wanted: Language | None = None) -> None:
    """Opens the demo study in the language ``wanted``, else in that of the interface.

    It is built before if it is not there. What was worked in it is kept.
    """
    if window.building is not None:
        return
    path = demo_path(wanted)
    if path.exists():
        window.open_path(path)
        return
    if not window.close_study():
        return
    building = Building(path, spoken(wanted))

    def done(made: str, sentence: str) -> None:
        window.start.show_progress(None)
        window.building = None
        if sentence:
            window.refuse(sentence)
        elif window.desk is None:
            window.open_path(made)
        else:
            window.start.refresh()

    receiver = _Receiver(window, window.start.show_progress, done)
    building.told.connect(receiver.tell)
    building.done.connect(receiver.take)
    window.building = (building, receiver)
    window.start.show_progress(0)
    building.start()


class _Receiver(QObject):
    """Hears the thread in the window's own thread."""

    def __init__(
        self, window: "MainWindow", tell: Callable[[int, int], object], take: Callable[[str, str], object]
    ) -> None:
        super().__init__(window)
        self._tell = tell
        self._take = take

    def tell(self, done: int, whole: int) -> None:
        """How far it is."""
        self._tell(done, whole)

    def take(self, path: str, sentence: str) -> None:
        """Hands over."""
        self._take(path, sentence)


COMMANDS: tuple[Command, ...] = (
    Command(
        "demo-de",
        N_("Demo study in &German"),
        "help",
        lambda w: open_demo(w, "de"),
        study=False,
        synonyms=("example", "sample", "Deutsch"),
    ),
    Command(
        "demo-en",
        N_("Demo study in &English"),
        "help",
        lambda w: open_demo(w, "en"),
        study=False,
        synonyms=("example", "sample", "Englisch"),
    ),
)
