"""Makes the pictures of the tutorial: its steps, done in the real window, in both languages.

    python -m tests.tutorial_pictures [NAME …]

Each picture is cropped to what is spoken of and saved with a palette, so that it stays small. With names only
these are written (the steps are done all the same); ``finished`` alone needs only the demo study.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda import demo, resources
from qda.i18n import LANGUAGES, Language
from tests.tutorial_steps import Afternoon, interviews, until, wait

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

__all__ = ["MOST_BYTES", "PICTURES", "Picture", "make"]
MOST_BYTES: Final = 120_000
SIZE: Final = (1180, 780)  # of the window while the steps are done
_COLOURS: Final = 255
_RELATION: Final = 3  # of the finished study: approaching, and the associations that stay


@dataclass(frozen=True, slots=True)
class Picture:
    """Size of the window, and how much is cut off at the left, top, right and bottom; logical pixels."""

    cut: tuple[int, int, int, int] = (0, 64, 0, 28)  # the menus and the line at the bottom
    size: tuple[int, int] = SIZE


PICTURES: Final = {
    "import": Picture((0, 64, 0, 250), (1240, 800)),
    "names": Picture((0, 0, 0, 0)),
    "line-by-line": Picture((0, 64, 283, 28)),
    "comparing": Picture((249, 64, 0, 28)),
    "piles": Picture((0, 64, 0, 220)),
    "category": Picture((0, 64, 0, 150)),
    "relation": Picture((216, 64, 0, 28), (1240, 860)),
    "cases": Picture((0, 64, 0, 170)),
    "gaps": Picture((0, 64, 0, 28), (1180, 640)),
    "story": Picture((0, 64, 0, 260)),
    "report": Picture((0, 64, 0, 28), (1180, 820)),
    "finished": Picture((216, 64, 0, 28), (1320, 900)),
}


def small(image: QImage) -> QImage:
    """The picture with a palette of its own commonest colours; a screen's pixels stay sharp."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.bytesPerLine() // 4)
    colours, counts = np.unique(pixels[:, : plain.width()], return_counts=True)
    commonest = colours[np.argsort(-counts, kind="stable")[:_COLOURS]]
    table = [int(one) | 0xFF000000 for one in commonest]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table)


class Camera:
    """Takes the pictures that are wanted when the steps come to them."""

    def __init__(self, window: "MainWindow", language: Language, folder: Path, wanted: set[str]) -> None:
        self.window, self.language, self.folder, self.wanted = window, language, folder, wanted
        self.taken: list[Path] = []

    def __call__(self, name: str, part: QWidget) -> None:
        """The picture ``name`` of ``part``, if it is one of the tutorial."""
        if name not in self.wanted or name not in PICTURES:
            return
        picture = PICTURES[name]
        if part is self.window:
            self.window.resize(*picture.size)
        wait(0.8)
        shown = part.grab().toImage()
        left, top, right, bottom = picture.cut
        area = shown.rect().adjusted(left, top, -right, -bottom)
        path = self.folder / f"{name}-{self.language}.png"
        if not small(shown.copy(area)).save(str(path)):
            raise OSError(path)
        self.taken.append(path)
        if part is self.window:
            self.window.resize(*SIZE)
            wait()


@contextmanager
def opened(language: Language, place: Path) -> Iterator[Any]:
    """The real window at its start screen, light, with settings and documents of its own."""
    os.environ["QDA_SETTINGS"] = str(place / f"settings-{language}.ini")
    documents = place / language
    documents.mkdir()
    import qda.ui.material.workspace
    import qda.ui.start
    import qda.ui.window
    from qda.ui.app import build_main_window

    for module in (qda.ui.start, qda.ui.window, qda.ui.material.workspace):
        module.documents_folder = lambda: documents  # type: ignore[attr-defined]
    window = build_main_window(None)
    QApplication.setCursorFlashTime(0)
    window.preferences.language = language
    window.preferences.theme = "light"
    window.rebuild()
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.start.focus_first()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def show_finished(window: Any, language: Language, place: Path, look: Camera) -> None:
    """The demo study's board with a relation that has evidence for and against."""
    from qda.coding import theory

    path = place / f"demo-{language}.qdaproj"
    demo.build(path, language=language).close()
    window.close_study()
    window.open_path(path)
    window.resize(*PICTURES["finished"].size)
    window.show_workspace("axial")
    axial: Any = window.workspace("axial")
    relation = next(row for row in theory.relations(window.project) if row.number == _RELATION)
    wait(1)  # the board is painted before it is scrolled
    window.desk.relation_chosen.emit(relation.guid)
    wait(1)
    until(lambda: not axial.page.adding.near.looking)
    look("finished", window)


def make(folder: Path, wanted: set[str]) -> list[Path]:
    """Writes the wanted pictures of both languages into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with tempfile.TemporaryDirectory() as place:
        for language in LANGUAGES:
            with opened(language, Path(place)) as window:
                camera = Camera(window, language, folder, wanted)
                if wanted - {"finished"}:
                    afternoon = Afternoon(window, language, camera)
                    afternoon.all_of_it(Path(place) / f"report-{language}.docx", interviews())
                if "finished" in wanted:
                    show_finished(window, language, Path(place), camera)
                taken += camera.taken
    return taken


if __name__ == "__main__":
    for made in make(resources.path("tutorial", "pictures"), set(sys.argv[1:]) or set(PICTURES)):
        print(f"{made.name}: {made.stat().st_size:,} bytes")
