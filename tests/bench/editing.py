"""The edit mode in the longest transcript: a keystroke until painted, scattered edits saved until painted."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from tests.bench import data, raw
from tests.bench.figures import Figure, Scale, figure, repeated
from tests.bench.stage import Stage

_KEY_GOAL, _SAVE_GOAL = 16, 100
_PLACES = 10  # of the text at which one types before saving
_KEYS = "xyz "


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Typing and saving."""
    from qda.coding import material

    path = folder / "edited.copy.qdaproj"
    copyfile(data.edited(folder, scale), path)
    stage = Stage()
    stage.open(path)
    document = material.sources(stage.desk.project)[0]
    stage.open_at(document.guid, -1, -1)
    pane: Any = stage.workspace().pane  # type: ignore[attr-defined]
    keys, saves, begins = [], [], []
    for turn in range(max(2, scale.repeats // 4)):
        begins.append(stage.until_painted(stage.view.viewport(), pane.editing.begin))
        for at in _places(stage.view, turn):
            _put_cursor(stage.view, at)
            stage.settle(0.1)
            keys += [_typed(stage, key) for key in _KEYS]
        stage.settle(2.0)  # what was typed is kept meanwhile
        saves.append(
            stage.until_painted(
                stage.view.viewport(),
                lambda: QTest.keyClick(stage.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
            )
        )
        assert pane.editing.is_on is False
        stage.settle(1.0)
    words = stage.view.text
    stage.close()
    where = f"in {scale.edit_words:,} words, {scale.edit_codings:,} codings"
    plain = {"raw": _plain_keys(words), "raw_is": "plain QTextEdit, same words", "goal": _KEY_GOAL}
    moved = {"raw": _plain_moves(folder, scale), "raw_is": "plain SQLite, rows moved, durable"}
    return [
        figure("edit.begin", f"edit mode begun {where}", begins[1:]),
        figure("edit.key", f"a keystroke {where}", keys[len(_KEYS) :], **plain),
        figure("edit.save", f"edits at {_PLACES} places saved {where}", saves, goal=_SAVE_GOAL, **moved),
    ]


def _places(view: Any, turn: int) -> Iterator[int]:
    length = view.document().characterCount() - 1
    return (length * (3 * n + turn % 3 + 1) // (3 * _PLACES + 3) for n in range(_PLACES))


def _put_cursor(view: QTextEdit, at: int) -> None:
    cursor = view.textCursor()
    cursor.setPosition(at)
    view.setTextCursor(cursor)
    view.ensureCursorVisible()


def _typed(stage: Stage, key: str) -> float:
    return stage.until_painted(stage.view.viewport(), lambda: QTest.keyClick(stage.view, key))


def _plain_keys(words: str) -> list[float]:
    widget, _taken = raw.plain_text(words)
    widget.setReadOnly(False)
    painted = raw.Painted(widget.viewport())
    taken = []
    for at in _places(widget, 0):
        _put_cursor(widget, at)
        for _each in range(50):
            QApplication.processEvents()
        taken += [painted.until(lambda key=key: QTest.keyClick(widget, key)) for key in _KEYS]
    widget.close()
    assert statistics.median(taken) > 0
    return taken[len(_KEYS) :]


def _plain_moves(folder: Path, scale: Scale) -> list[float]:
    """All segments of a document behind its beginning moved by one, in a bare table."""
    path = folder / "raw-moves.sqlite"
    path.unlink(missing_ok=True)
    plain = raw.connection(path)
    plain.execute("CREATE TABLE segment (id INTEGER PRIMARY KEY, guid, source_id, start, stop)")
    plain.execute("CREATE INDEX places ON segment (source_id, start, stop)")
    rows = ((f"s{n}", n * 40, n * 40 + 60) for n in range(scale.edit_codings))
    plain.executemany("INSERT INTO segment VALUES (NULL, ?, 1, ?, ?)", rows)
    taken = repeated(
        lambda: plain.execute("UPDATE segment SET start = start + 1, stop = stop + 1 WHERE source_id = 1"),
        scale.repeats,
        warm=2,
    )
    plain.close()
    return taken
