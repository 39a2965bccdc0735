"""The code field with suggestions: from a passage selected, and from the key, to suggestions on the screen.

The limit beside it is what the engines themselves take to answer, in the same process.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.bench.figures import Figure, Scale, figure, now
from tests.bench.raw import Painted
from tests.bench.stage import Stage

_SHORT = 1_500  # words of a study from which on it is no trial run
_PATIENCE_S = 60
_GOAL = 100  # of an answer that is felt to be at once


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """The demo study with its texts read; passages of interviews one after the other."""
    path = folder / "field.qdaproj"
    path.unlink(missing_ok=True)
    _study(path, whole=scale.long_words > _SHORT)
    stage = Stage()
    began = now()
    stage.open(path)
    from qda.ui.suggesting.asking import Asking

    places = _places(stage.desk.project)[: max(3, scale.repeats)]
    stage.open_at(places[0][0], -1, -1)
    asking = Asking.of(stage.desk)
    _until(lambda: asking.ready and not asking.busy)
    ready = (now() - began) * 1000
    pane: Any = stage.workspace().pane  # type: ignore[attr-defined]
    late, opened, limit = [], [], []
    for place in places:
        stage.open_at(*place)
        pane.view.clear_selection()
        stage.settle(0.05)
        late.append(_answered(stage, pane, place))
        _close(stage, pane)
        limit += _engines(asking, place)
        pane.view.select_span(*place[1:])
        _until(lambda: pane.choosing.showing.ready)
        opened.append(stage.until_painted(pane.field, lambda: _press(stage)))
        _close(stage, pane)
    stage.close()
    about = {"raw": limit, "raw_is": "the engines alone"}
    return [
        figure("field.ready", "suggestions ready after a study is opened, in the background", [ready]),
        figure("field.answer", "passage selected and Enter: suggestions painted", late, goal=_GOAL, **about),
        figure("field.open", "  Enter, where they are known: the field painted", opened, goal=50),
    ]


def _study(path: Path, *, whole: bool) -> None:
    from qda.suggest.language.analysing import analyse_here
    from qda.ui.suggesting.switch import set_when

    if whole:
        from qda import demo

        project = demo.build(path, language="de")
    else:
        from qda.coding import documents, open_coding
        from qda.exchange.reading import draft_from_text
        from qda.models import Project

        words = [f"B: Der Amtsleiter gab zum {n}. Mal eine Zusage am Telefon." for n in range(1, 9)]
        text = "\n".join(words)
        project = Project.create(path, title="F", language="de")
        source = documents.take_in(project, draft=draft_from_text(text), title="A")
        for line in words[:5]:
            at = text.index(line)
            open_coding.code_passage(
                project, source=source, start=at + 3, stop=at + len(line), code="auf Zuruf regeln"
            )
    with project:
        set_when(project, "on")
        analyse_here(project)


def _places(project: Any) -> list[tuple[str, int, int]]:
    """Answers for which codes are suggested, spread over the interviews."""
    from qda.coding import material
    from qda.suggest.ranking.engine import Engine

    engine, found = Engine(project), []
    for source in material.sources(project):
        for row in material.paragraphs(project, source.guid):
            if row.role != "interviewer" and row.stop - row.label_stop > 0:
                place = (source.guid, row.label_stop, row.stop)
                if engine.propose(*place):
                    found.append(place)
    return found[:: max(1, len(found) // 20)]


def _until(condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + _PATIENCE_S
    while not condition():
        QApplication.processEvents()
        assert time.perf_counter() < end, "no answer came"


def _press(stage: Stage) -> None:
    stage.window.refresh_actions()
    stage.window.action("code").trigger()


def _answered(stage: Stage, pane: Any, place: tuple[str, int, int]) -> float:
    """Milliseconds from the selection until suggestions are painted in the field, opened at once."""
    from qda.ui.transcript.code_list import Kind

    painted = Painted(pane.field.list.viewport())
    try:
        began = now()
        pane.view.select_span(*place[1:])
        _press(stage)
        _until(lambda: any(row.kind is Kind.SUGGESTION for row in pane.field.model.rows))
        before = painted.count
        pane.field.list.viewport().update()
        _until(lambda: painted.count > before)
        return (now() - began) * 1000
    finally:
        pane.field.list.viewport().removeEventFilter(painted)
        painted.deleteLater()


def _close(stage: Stage, pane: Any) -> None:
    pane.field.close()
    stage.settle(0.05)


def _engines(asking: Any, place: tuple[str, int, int]) -> list[float]:
    from qda.ui.suggesting.offers import Place

    began = now()
    asking.answer(Place(*place))
    return [(now() - began) * 1000]
