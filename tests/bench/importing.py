"""Many files brought in through the real window: how long it takes, how long the window is still."""

import os
import random
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.figures import CLOCK, Figure, Scale, figure
from tests.bench.raw import connection
from tests.bench.stage import Stage
from tests.bench_data import transcript, vocabulary

_TICK_MS = 5
_ALL_WORDS = 500 * 8_000
_GOAL_MS = 15_000  # for all of them
_GAP_MS = 50


class Pulse:
    """A timer that should beat every few milliseconds: the longest pause between two beats, by phase.

    With processor time as the clock, what the window's own thread computed between two beats.
    """

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}
        self._phase = ""
        self._clock = time.thread_time if os.environ.get(CLOCK) == "cpu" else time.perf_counter
        self._last = self._clock()
        self._timer = QTimer()
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self, phase: str) -> None:
        """From now on pauses count for this phase."""
        self._beat()
        self._phase = phase

    def _beat(self) -> None:
        now = self._clock()
        pause = (now - self._last) * 1000
        self.longest[self._phase] = max(self.longest.get(self._phase, 0.0), pause)
        self._last = now


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Drops the files, waits until they are read, brings them in, and goes back to the documents."""
    from qda.models import Project

    files = _files(folder / "transcripts", scale)
    path = folder / "imported.qdaproj"
    path.unlink(missing_ok=True)
    stage = Stage()
    stage.window.open_project(Project.create(path, title="Bench", coder="B"))
    stage.window.show_workspace("material")
    stage.settle()
    pulse = Pulse()
    pulse.begin("idle")
    stage.settle(1.0)
    reading, storing = _import(stage, pulse, files)
    stage.close()
    raw = _raw(folder / "raw.sqlite", files)
    name = f"import {scale.sources:,} × {scale.words:,} words through the window"
    goal = _GOAL_MS if scale.sources * scale.words == _ALL_WORDS else None
    idle = pulse.longest.pop("idle")
    gaps = ", ".join(f"{phase} {pause:.0f} ms" for phase, pause in pulse.longest.items() if phase)
    whole = reading + storing
    return [
        figure(
            "import.all", name, [whole], raw=[raw], raw_is="read, decode, plain SQLite with FTS5", goal=goal
        ),
        figure("import.read", "  read", [reading], raw=[raw], raw_is="the same"),
        figure("import.store", "  stored", [storing], raw=[raw], raw_is="the same"),
        figure(
            "import.gap",
            "  longest pause of the window",
            [max(pause for phase, pause in pulse.longest.items() if phase)],
            raw=[idle],
            raw_is="the window idle",
            goal=_GAP_MS,
            note=gaps,
        ),
    ]


def _files(folder: Path, scale: Scale) -> list[Path]:
    folder.mkdir(exist_ok=True)
    chance = random.Random(7)
    words = vocabulary(chance)
    paths = []
    for n in range(scale.sources):
        path = folder / f"Interview {n + 1:03}.txt"
        if not path.exists():
            path.write_text(transcript(chance, words, scale.words)[0], encoding="utf-8")
        paths.append(path)
    return paths


def _import(stage: Stage, pulse: Pulse, files: list[Path]) -> tuple[float, float]:
    """Milliseconds until all was read, and from Import to the list of results."""
    from qda.coding.material import sources
    from qda.ui.material.workspace import Workspace

    workspace = stage.window.workspace("material")
    assert isinstance(workspace, Workspace)
    page = workspace.importing
    pulse.begin("reading")
    began = time.perf_counter()
    stage.window.take_in(files)
    _until_quiet(page)
    read = time.perf_counter()
    pulse.begin("storing")
    page.import_now()
    _until_quiet(page)
    stored = time.perf_counter()
    pulse.begin("results")
    stage.settle(1.0)
    pulse.begin("documents")
    page.results.done.click()
    stage.settle(1.0)
    pulse.begin("")
    assert len(sources(stage.desk.project)) == len(files)
    return (read - began) * 1000, (stored - read) * 1000


def _until_quiet(page: object) -> None:
    while page.is_running:  # type: ignore[attr-defined]
        QApplication.processEvents()
        time.sleep(0.001)


def _raw(path: Path, files: list[Path]) -> float:
    """The same texts and originals in plain SQLite with a full-text index, in one durable transaction."""
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    db = connection(path)
    db.execute("CREATE TABLE source (id INTEGER PRIMARY KEY, original BLOB, text TEXT)")
    db.execute("CREATE VIRTUAL TABLE words USING fts5(norm, content='', tokenize='unicode61')")
    db.execute("CREATE VIRTUAL TABLE parts USING fts5(norm, content='', tokenize='trigram', detail='none')")
    db.execute("PRAGMA cache_size=-64000")
    db.execute("BEGIN IMMEDIATE")
    for at, file in enumerate(files):
        data = file.read_bytes()
        text = data.decode("utf-8")
        db.execute("INSERT INTO source VALUES (?, ?, ?)", (at, data, text))
        lines = [(line.casefold(),) for line in text.split("\n")]
        for index in ("words", "parts"):
            db.executemany(f"INSERT INTO {index} (norm) VALUES (?)", lines)
    db.execute("COMMIT")
    db.close()
    return (time.perf_counter() - began) * 1000
