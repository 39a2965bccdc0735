"""The raw limits: the same work on plain SQLite, or in a plain widget of Qt."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

from tests.bench.figures import now


def connection(path: Path) -> Any:
    """A plain connection, as durable as the program's."""
    from sqlcipher3 import dbapi2

    opened = dbapi2.connect(str(path), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        opened.execute(f"PRAGMA {pragma}")
    return opened


class Durable:
    """The rows of a coding and its history, committed durably into a bare copy of the five tables."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "raw-commit.sqlite"
        self._path.unlink(missing_ok=True)
        self._db = connection(self._path)
        self._db.executescript(
            "CREATE TABLE segment (id INTEGER PRIMARY KEY, guid UNIQUE, source_id, start, stop, created);"
            "CREATE INDEX a ON segment (source_id, start, stop);"
            "CREATE TABLE coding (id INTEGER PRIMARY KEY, guid UNIQUE, segment_id, code_id, coder_id, at);"
            "CREATE INDEX b ON coding (segment_id, code_id, coder_id);"
            "CREATE INDEX c ON coding (code_id);"
            "CREATE TABLE unit (id INTEGER PRIMARY KEY, guid UNIQUE, label, at, coder, kind);"
            "CREATE TABLE change (id INTEGER PRIMARY KEY, unit_id, seq, op, tab, guid, new);"
            "CREATE INDEX d ON change (tab, guid);"
            "CREATE INDEX e ON change (unit_id);"
        )
        self._number = 0

    def commit(self) -> None:
        """One coding more."""
        self._number += 1
        n = self._number
        run = self._db.execute
        run("BEGIN IMMEDIATE")
        run("INSERT INTO segment VALUES (?, ?, 1, ?, ?, '2025-03-01')", (n, f"s{n}", n, n + 30))
        run("INSERT INTO coding VALUES (?, ?, ?, 1, 1, '2025-03-01')", (n, f"c{n}", n))
        run("INSERT INTO unit VALUES (?, ?, 'Code passage', '2025-03-01', 'B', 'do')", (n, f"u{n}"))
        new = '{"source": "s", "start": 1, "stop": 31}'
        run("INSERT INTO change VALUES (NULL, ?, 0, 'insert', 'segment', ?, ?)", (n, f"s{n}", new))
        run("INSERT INTO change VALUES (NULL, ?, 1, 'insert', 'coding', ?, ?)", (n, f"c{n}", new))
        run("COMMIT")

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()


class Painted(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)

    def until(self, work: Callable[[], object], *, patience: float = 10.0) -> float:
        """Milliseconds from the beginning of ``work`` until the widget is painted after it."""
        before = self.count
        end = time.perf_counter() + patience
        began = now()
        work()
        while self.count == before:
            QApplication.processEvents()
            if time.perf_counter() > end:
                msg = "nothing was painted"
                raise TimeoutError(msg)
        return (now() - began) * 1000


def plain_text(words: str) -> tuple[QTextEdit, float]:
    """Qt's own rich text widget with these words, and how long it took until they were painted."""
    widget = QTextEdit()
    widget.setReadOnly(True)
    widget.resize(900, 800)
    widget.show()
    painted = Painted(widget.viewport())
    while painted.count == 0:
        QApplication.processEvents()
    taken = painted.until(lambda: widget.setPlainText(words))
    return widget, taken


def plain_pages(widget: QTextEdit | QPlainTextEdit, times: int) -> list[float]:
    """Page-down in a plain widget, until painted."""
    painted = Painted(widget.viewport())
    bar = widget.verticalScrollBar()
    found = []
    for _each in range(times):
        if bar.value() + bar.pageStep() >= bar.maximum():
            bar.setValue(0)
            QApplication.processEvents()
        found.append(painted.until(lambda: bar.setValue(bar.value() + bar.pageStep())))
    return found
