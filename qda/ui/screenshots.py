"""Pictures of the window as a user sees it, German and English, light and dark.

They are taken in a child process without a display, of a copy of the study and with settings of their own, so
that neither the study nor the user's settings change.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.i18n import LANGUAGES, Language, _
from qda.ui.preferences import ENVIRONMENT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qda.ui.desk import Desk
    from qda.ui.theme import Scheme
    from qda.ui.window import MainWindow

SIZE: Final = (1440, 900)  # logical pixels
_SCHEMES: Final[tuple["Scheme", ...]] = ("light", "dark")
_TIME: Final = 600  # seconds for all of them
_BUSY: Final = 60  # seconds for one workspace
_STILL: Final = 8  # seconds until a picture is taken though something still moves
_PAUSE_MS: Final = 180  # longer than what waits for a pause in the window
_EVERY: Final = "every"
_REFUSED: Final = 3  # the child's exit code for a sentence on its standard error


def take(project_path: Path, folder: Path, *, every: bool = False) -> list[Path]:
    """Writes the pictures of a study into ``folder`` (``open-de-light.png`` …); returns their paths.

    Start screen and workspaces; with ``every`` all the other screens as well.

    :raises KnownError: something of the user's world stands in the way of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / project_path.name
        shutil.copyfile(project_path, copy)
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            ENVIRONMENT: str(Path(place) / "settings.ini"),
            "PYTHONUTF8": "1",
        }
        call = [
            sys.executable,
            "-m",
            __name__,
            str(copy),
            str(folder.resolve()),
            *([_EVERY] if every else []),
        ]
        try:
            done = subprocess.run(
                call, env=environment, capture_output=True, text=True, check=False, timeout=_TIME
            )
        except subprocess.TimeoutExpired:
            raise KnownError(_("The pictures of the window took too long and were not all made.")) from None
    if done.returncode == _REFUSED:
        raise KnownError(done.stderr.strip())
    if done.returncode:
        msg = f"the window's pictures: exit code {done.returncode}\n{done.stderr}"
        raise RuntimeError(msg)
    return [Path(line) for line in done.stdout.splitlines() if line]


def _main(project_path: Path, folder: Path, *, every: bool) -> None:
    """The child: shows the copy in a window and takes all pictures; prints their paths."""
    from PySide6.QtWidgets import QApplication

    from qda.ui.app import build_main_window

    window = build_main_window()
    QApplication.setCursorFlashTime(0)
    window.resize(*SIZE)
    window.show()
    window.open_path(project_path)  # so that the start screen knows a study
    for language in LANGUAGES:
        for scheme in _SCHEMES:
            for path in _series(window, project_path, folder, language, scheme, every=every):
                sys.stdout.write(f"{path}\n")
    window.close()


def _series(
    window: "MainWindow",
    project_path: Path,
    folder: Path,
    language: Language,
    scheme: "Scheme",
    *,
    every: bool,
) -> list[Path]:
    from qda.ui.screens import each
    from qda.ui.study import WORKSPACES

    window.close_study()
    window.preferences.language = language
    window.preferences.theme = scheme
    window.rebuild()
    ending = f"{language}-{scheme}.png"
    written = [_grab(window, folder / f"start-{ending}")]
    window.open_path(project_path)
    for key in WORKSPACES:
        window.show_workspace(key)
        _settle()
        if window.desk is not None:
            _turn_to_something(window.desk, key)
        _wait_for(window.workspace(key))
        written.append(_grab(window, folder / f"{key}-{ending}"))
    for screen in each(window) if every else ():
        _wait_for(window.workspace(window.current_workspace or "open"))
        written.append(_grab(window, folder / f"{screen.name}-{ending}"))
    return written


def _turn_to_something(desk: "Desk", key: str) -> None:
    """Shows a coded passage, a relation with evidence, the core category: an empty pane says little."""
    from qda.coding import codes, theory

    if key == "open":
        most = max(codes.codes(desk.project), key=lambda c: c.codings, default=None)
        rows = codes.codings(desk.project, code=most.guid) if most else []
        for row in rows[len(rows) // 2 :][:1]:
            desk.source_wanted.emit(row.segment.source, row.segment.start, row.segment.stop)
            desk.coding_chosen.emit(row.guid)
    elif key == "axial":
        relations = theory.relations(desk.project)
        if relations:
            fullest = max(relations, key=lambda r: (len(r.cases), r.supporting + r.contradicting))
            desk.relation_chosen.emit(fullest.guid)
    elif key == "selective":
        core = theory.core(desk.project)
        if core is not None:
            desk.code_chosen.emit(core.code)


def _grab(window: "MainWindow", path: Path) -> Path:
    """Takes the picture when nothing in the window moves any more: lists may come from a thread."""
    _settle()
    busy_until = time.monotonic() + _BUSY
    while _looks_up(window) and time.monotonic() < busy_until:
        _settle()
    image, until = window.grab().toImage(), time.monotonic() + _STILL
    while time.monotonic() < until:
        _settle()
        before, image = image, window.grab().toImage()
        if image == before:
            break
    if not image.save(str(path)):
        msg = f"cannot write {path}"
        raise OSError(msg)
    return path


def _looks_up(window: "MainWindow") -> bool:
    """Whether something is still being read in a thread."""
    from qda.ui.background import Background

    found = (*window.findChildren(Background), *(window.desk.findChildren(Background) if window.desk else ()))
    return any(one.busy for one in found)


def _wait_for(workspace: "QWidget") -> None:
    """Waits while a workspace says that it is ``busy`` (a report's pages are made in the background)."""
    until = time.monotonic() + _BUSY
    while getattr(workspace, "busy", False) and time.monotonic() < until:
        _settle()


def _settle() -> None:
    """Lets timers that wait for a pause run, and what they ask for be laid out and painted."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(_PAUSE_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    try:
        _main(Path(sys.argv[1]), Path(sys.argv[2]), every=_EVERY in sys.argv[3:])
    except KnownError as problem:
        sys.stderr.write(problem.sentence)
        sys.exit(_REFUSED)
