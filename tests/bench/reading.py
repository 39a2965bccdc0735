"""A long transcript in the real window: opened until painted, read page by page, searched."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench import data, raw
from tests.bench.figures import Figure, Scale, figure, repeated
from tests.bench.stage import Stage

_TYPED = ("v", "ve", "ver", "vert", "vertr", "vertra", "vertrau", "vertraue", "vertrauen")


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Everything on the long transcript that changes nothing."""
    size = f"{scale.long_words:,} words, {scale.long_codings:,} codings"
    return _measured(data.long(folder, scale), scale, key="long", size=size, page_goal=16)


def measure_dense(folder: Path, scale: Scale) -> list[Figure]:
    """The same on the one that is coded line by line."""
    size = f"{scale.dense_words:,} words, {scale.dense_codings:,} codings"
    return _measured(data.dense(folder, scale), scale, key="dense", size=size, page_goal=25)


def _measured(path: Path, scale: Scale, *, key: str, size: str, page_goal: int) -> list[Figure]:
    from qda.coding import material

    stage = Stage()
    stage.open(path)
    project = stage.desk.project
    document = material.sources(project)[0].guid
    words = material.text(project, document)
    other = _second_document(stage)
    stage.open_at(document, -1, -1)
    found = _opened(stage, document, other, words, scale, key=key, size=size)
    found += _pages(stage, words, scale, key="page" if key == "long" else key, goal=page_goal)
    if key == "long":
        found += _searched(stage, words, scale)
    stage.close()
    return found


def _second_document(stage: Stage) -> str:
    """A short document to come from."""
    from qda.coding.documents import add_document

    guid = stage.desk.do(add_document, title="Beside", text="Nothing much.", kind="field_note", language="en")
    assert guid
    return guid


def _opened(
    stage: Stage, document: str, other: str, words: str, scale: Scale, *, key: str, size: str
) -> list[Figure]:
    viewport = stage.view.viewport()

    def opened() -> float:
        stage.desk.source_wanted.emit(other, -1, -1)
        stage.settle(0.1)
        taken = stage.until_painted(viewport, lambda: stage.desk.source_wanted.emit(document, -1, -1))
        assert stage.view.text == words
        return taken

    taken = [opened() for _each in range(scale.repeats // 2 + 2)]
    limit = [raw.plain_text(words)[1] for _each in range(3)]
    return [
        figure(
            f"{key}.open", f"open {size}", taken, raw=limit, raw_is="plain QTextEdit, same words", goal=300
        ),
        figure(f"{key}.first", "  the first time", taken[:1], goal=300),
    ]


def _pages(stage: Stage, words: str, scale: Scale, *, key: str, goal: int) -> list[Figure]:
    stage.settle()
    view, bar = stage.view, stage.view.verticalScrollBar()
    times = scale.repeats * 10

    def page() -> None:
        if bar.value() + bar.pageStep() >= bar.maximum():
            bar.setValue(0)
            QApplication.processEvents()
        bar.setValue(bar.value() + bar.pageStep())

    taken = [stage.until_painted(view.viewport(), page) for _each in range(times)]
    widget, _taken = raw.plain_text(words)
    limit = raw.plain_pages(widget, times)
    widget.close()
    about = {"raw": limit, "raw_is": "plain QTextEdit", "goal": goal, "of": "p95"}
    return [figure(f"{key}.down", "page down", taken, **about)]


def _searched(stage: Stage, words: str, scale: Scale) -> list[Figure]:
    from qda.ui.transcript.search_bar import SearchBar

    bar = stage.workspace().findChild(SearchBar)
    bar.open()
    stage.settle()
    taken = []
    for _each in range(max(1, scale.repeats // 4)):
        bar.line.clear()
        stage.settle(0.05)
        for typed in _TYPED:
            key = typed[-1]
            taken.append(
                stage.until_painted(stage.view.viewport(), lambda key=key: QTest.keyClick(bar.line, key))
            )
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    folded = words.casefold()
    limit = repeated(lambda: folded.count(_TYPED[-1]), scale.repeats)
    name = f"search keystroke in {scale.long_words:,} words"
    return [figure("search.here", name, taken, raw=limit, raw_is="str.count on the folded text")]
