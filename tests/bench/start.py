"""From the start of the process to the painted frame and to the usable window."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import data
from tests.bench.figures import Figure, Scale, figure

HEAVY = ("spacy", "pandas", "docx", "sqlalchemy", "numpy", "lxml", "openpyxl", "alembic", "jinja2")
_BARE = """
import os, time, json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, done)
def done():
    at = round((time.time() - float(os.environ["QDA_T0"])) * 1000)
    pages = int(open("/proc/self/statm").read().split()[1]) if os.path.exists("/proc/self/statm") else 0
    line = json.dumps({"painted_ms": at, "usable_ms": at, "rss_mb": pages * 4096 / 1e6})
    sys.stderr.write(line + "\\n")
    sys.stderr.flush()
app = QApplication([])
window = Bare()
window.resize(1440, 900)
window.show()
app.exec()
"""
_OURS = "import sys; from qda.cli import main; sys.exit(main(sys.argv[1:]))"
# As the program starts, with a list of what is loaded at the first paint and when the window can be used.
_LISTED = """
import json, sys
from qda.ui.app import StartTrace
painted, usable, loaded = StartTrace.painted, StartTrace.usable, []
def names():
    return sorted(name for name in sys.modules if "." not in name)
def at_paint(self):
    loaded.append(names())
    painted(self)
def at_use(self):
    sys.stderr.write(json.dumps({"painted": loaded[0], "usable": names()}) + "\\n")
    sys.stderr.flush()
    usable(self)
StartTrace.painted, StartTrace.usable = at_paint, at_use
from qda.cli import main
main([])
"""


def _line(code: str, *arguments: str) -> dict[str, object]:
    """Starts a process, waits for its first line of JSON and ends it."""
    environment = {
        **os.environ,
        "QDA_TRACE_START": "1",
        "QDA_SETTINGS": str(Path(tempfile.mkdtemp(prefix="qda-bench-")) / "settings.ini"),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QDA_T0": repr(time.time()),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True, env=environment
    )
    assert process.stderr is not None
    said = []
    try:
        for line in process.stderr:
            if line.startswith("{"):
                found: dict[str, object] = json.loads(line)
                return found
            said.append(line)
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()
    raise RuntimeError("the window did not start:\n" + "".join(said))


def _moments(code: str, *arguments: str, times: int) -> dict[str, list[float]]:
    runs = [_line(code, *arguments) for _each in range(times + 1)][1:]  # the first fills the disk's cache
    return {key: [float(str(run[key])) for run in runs] for key in runs[0]}


def heavy_modules() -> dict[str, list[str]]:
    """The heavy libraries that are loaded when the frame is painted, and when the window can be used."""
    loaded = _line(_LISTED)
    return {moment: [name for name in HEAVY if f"'{name}'" in str(loaded[moment])] for moment in loaded}


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Start screen, and a small study opened from the command line."""
    bare = _moments(_BARE, times=scale.starts)
    ours = _moments(_OURS, times=scale.starts)
    study = _moments(_OURS, str(data.small(folder)), times=scale.starts)
    heavy = heavy_modules()
    raw = {"raw": bare["painted_ms"], "raw_is": "bare QMainWindow painted"}
    said = {
        moment: "heavy libraries loaded by then: " + (", ".join(heavy[moment]) or "none") for moment in heavy
    }
    return [
        figure(
            "start.painted",
            "start to painted frame",
            ours["painted_ms"],
            goal=500,
            note=said["painted"],
            **raw,
        ),
        figure(
            "start.usable", "start to usable window", ours["usable_ms"], goal=1500, note=said["usable"], **raw
        ),
        figure("start.study", "start with a study, usable", study["usable_ms"], goal=1500, **raw),
    ]
