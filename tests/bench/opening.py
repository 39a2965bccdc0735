"""A large project: opened with its code tree counted, and the memory that it takes."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.bench import data, raw
from tests.bench.figures import MB, Figure, Scale, figure, now, repeated
from tests.bench.stage import Stage, resident_mb


def _queries(path: Path) -> None:
    """What the left panels show, asked of plain SQLite on a fresh connection."""
    db = raw.connection(path)
    for query in (
        "SELECT id, guid, name, parent_id FROM code ORDER BY position, id",
        "SELECT code_id, count(*) FROM coding GROUP BY code_id",
        "SELECT id, guid, title FROM source ORDER BY position, id",
        "SELECT source_id, count(*) FROM coding LEFT JOIN segment ON segment.id = segment_id GROUP BY 1",
    ):
        db.execute(query).fetchall()
    db.close()


def _storage(path: Path) -> None:
    from qda.coding.codes import codes
    from qda.models import Project

    with Project.open(path) as project:
        assert codes(project)


def _in_window(stage: Stage, path: Path) -> float:
    """Milliseconds until open coding is painted with the code tree counted and a transcript."""
    began = now()
    assert stage.window.open_path(path)
    stage.window.show_workspace("open")
    QApplication.processEvents()
    QApplication.processEvents()
    return (now() - began) * 1000


_BARE = (
    "from PySide6.QtWidgets import QApplication, QMainWindow\n"
    "a = QApplication([]); w = QMainWindow(); w.resize(1440, 900); w.show(); a.processEvents()\n"
    "from tests.bench.stage import resident_mb\nprint(resident_mb())"
)


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Opening and memory."""
    path = data.big(folder, scale)
    few = max(3, scale.repeats // 4)
    limit = repeated(lambda: _queries(path), few)
    storage = repeated(lambda: _storage(path), few)
    stage = Stage()
    taken, memory, shown = [], [], []
    for _each in range(few):
        taken.append(_in_window(stage, path))
        stage.settle()
        memory.append(resident_mb())
        from qda.ui.navigator.code_model import CodeModel

        model = stage.workspace().findChild(CodeModel)
        shown.append(model.rowCount() if model else 0)
        stage.window.close_study()
        stage.settle(0.1)
    stage.close()
    bare = float(subprocess.check_output([sys.executable, "-c", _BARE], text=True))
    assert min(shown) > 0, "the code tree is empty"
    size = f"{scale.sources} transcripts, {scale.codings:,} codings"
    plain = {"raw": limit, "raw_is": "the same rows by plain SQLite"}
    return [
        figure("big.open", f"open {size}: painted, counted", taken, goal=2000, **plain),
        figure("big.storage", "  of it storage and code tree", storage, **plain),
        figure(
            "big.memory",
            "memory with it in the window",
            memory,
            raw=[bare],
            raw_is="bare QMainWindow",
            goal=300,
            unit=MB,
        ),
    ]
