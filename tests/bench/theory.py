"""The theory of the large project: its board, a card under way, candidates, cases compared, questions.

The raw limits: the same rows by plain SQLite, or as many boxes and lines in a bare scene of Qt.
"""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copyfile
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from tests.bench import raw
from tests.bench.figures import Figure, Scale, figure, now, repeated, timed
from tests.bench.importing import Pulse
from tests.bench.stage import Stage
from tests.bench.theorised import theorised

_PAINTED_GOAL, _FRAME_GOAL, _CANDIDATES_GOAL = 500, 20, 300
_CASES_GOAL, _ASKED_GOAL, _GAP_GOAL = 500, 3000, 50
_THINGS = 300  # on a code map
_STEPS = 60  # of a drag
_PATIENCE_S = 60

_PLACED = (
    "SELECT p.guid, p.slot_id, c.guid, c.name FROM placement p JOIN code c ON c.id = p.code_id",
    "SELECT guid, from_id, to_id, type, statement, status FROM relation",
    "SELECT e.relation_id, e.polarity, s.case_id, count(*) FROM evidence e "
    "JOIN evidence_segment w ON w.evidence_id = e.id JOIN segment g ON g.id = w.segment_id "
    "JOIN source s ON s.id = g.source_id GROUP BY 1, 2, 3",
)
_BY_CASE = (
    "SELECT c.code_id, s.case_id, count(*) FROM coding c JOIN segment g ON g.id = c.segment_id "
    "JOIN source s ON s.id = g.source_id GROUP BY 1, 2"
)
_NEAR = (
    "SELECT g.id, h.id FROM coding c JOIN segment g ON g.id = c.segment_id "
    "JOIN segment h ON h.source_id = g.source_id AND h.start < g.stop + 2000 AND h.stop > g.start - 2000 "
    "JOIN coding d ON d.segment_id = h.id WHERE c.code_id = ? AND d.code_id = ?"
)


# -- the board ----------------------------------------------------------------------------------------------


def measure_board(folder: Path, scale: Scale) -> list[Figure]:
    """From axial coding wanted to the model painted; the other form of the same board."""
    path = theorised(folder, scale)
    stage = Stage()
    columns, ring = [], []
    for _each in range(max(1, scale.repeats // 4)):
        stage.open(path)
        stage.window.show_workspace("material")
        stage.settle()
        columns.append(_shown(stage))
        stage.settle()
        board = _axial(stage).board
        cards = len(board.scene.layout_shown.cards)
        for _turn in range(2):
            taken = stage.until_painted(board.view.viewport(), board.turn_form)
            if board.manner.form == "ring":
                ring.append(taken)
            stage.settle(0.1)
        stage.window.show_workspace("material")  # where the study is opened again
        stage.window.close_study()
        stage.settle(0.1)
    stage.close()
    assert cards > 0, "the board is empty"
    plain = raw.connection(path)
    few = max(1, scale.repeats // 4)
    limit = repeated(lambda: _bare_board(plain, cards), few, warm=0)
    plain.close()
    about: dict[str, Any] = {"goal": _PAINTED_GOAL, "raw": limit}
    about["raw_is"] = "rows by plain SQLite, as many boxes in a bare scene"
    name = f"axial coding shown: {scale.crossed_codes:,} codes, {scale.relations:,} relations, painted"
    return [
        figure("board.painted", name, columns, note=f"{cards} cards not folded away", **about),
        figure("board.ring", "  the same as a ring", ring, **about),
    ]


def _axial(stage: Stage) -> Any:
    return stage.window.workspace("axial")


def _shown(stage: Stage) -> float:
    """Milliseconds until the model is painted."""
    began = now()
    stage.window.show_workspace("axial")
    _until(lambda: _axial(stage).board.scene.layout_shown is not None)
    QApplication.processEvents()
    QApplication.processEvents()
    return (now() - began) * 1000


def _until(done: Callable[[], bool]) -> None:
    end = time.perf_counter() + _PATIENCE_S
    while not done():
        QApplication.processEvents()
        time.sleep(0.001)
        assert time.perf_counter() < end, "nothing came"


def _bare_board(plain: Any, cards: int) -> None:
    for query in _PLACED:
        plain.execute(query).fetchall()
    view, _boxes = _bare_scene(cards)
    view.close()
    view.deleteLater()
    QApplication.processEvents()


def _bare_scene(boxes: int, lines: int = 0) -> tuple[QGraphicsView, list[Any]]:
    """A scene of Qt with so many boxes with words and lines between them, painted."""
    scene = QGraphicsScene()
    found, chance = [], random.Random(5)
    for n in range(boxes):
        box = scene.addRect(0, 0, 150, 30)
        box.setPos(n % 10 * 180, n // 10 * 44)
        scene.addSimpleText(f"Weiter {n}").setParentItem(box)
        found.append(box)
    for _line in range(lines):
        one, other = chance.sample(found, 2)
        scene.addLine(one.x(), one.y(), other.x(), other.y())
    view = QGraphicsView(scene)
    scene.setParent(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(1200, 800)
    painted = raw.Painted(view.viewport())
    painted.until(view.show)
    return view, found


# -- something under way ------------------------------------------------------------------------------------


def measure_drag(folder: Path, scale: Scale) -> list[Figure]:
    """The mouse moves by steps with a card of the board, then with a thing of a code map."""
    path = folder / "theory.copy.qdaproj"
    copyfile(theorised(folder, scale), path)
    stage = Stage()
    stage.open(path)
    steps = _STEPS if scale.repeats > 2 else 4
    _shown(stage)
    stage.settle(1.0)
    counting = _axial(stage).reading.counting
    _until(lambda: counting._asking is None or not counting._asking.busy)
    stage.settle(0.5)  # counted in a thread, then shown
    on_board = _drag_card(stage, steps)
    on_map = _drag_thing(stage, scale, steps)
    stage.close()
    few, many = _bare_drag(10, 0, steps), _bare_drag(_THINGS, 180, steps)
    about: dict[str, Any] = {"goal": _FRAME_GOAL, "of": "p95", "raw_is": "a box moved in a bare scene"}
    of = "a step of a drag until painted: "
    return [
        figure("drag.board", f"{of}a card with its arrows", on_board, raw=few, **about),
        figure("drag.map", f"{of}one of {_THINGS} things of a map", on_map, raw=many, **about),
    ]


def _drag_card(stage: Stage, steps: int) -> list[float]:
    """The card with the most arrows."""
    board = _axial(stage).board
    figure_shown = board.scene.layout_shown.figure
    ends = [end for arrow in figure_shown.arrows for end in (arrow.from_card, arrow.to_card)]
    box = max(board.scene.layout_shown.cards, key=lambda one: ends.count(one.card.guid))
    board.set_current("card", box.card.guid)
    board.view.ensureVisible(box.rect)
    stage.settle(0.2)
    return _dragged(stage, board.view, board.scene.rect_of(("card", box.card.guid)).center(), steps)


def _drag_thing(stage: Stage, scale: Scale, steps: int) -> list[float]:
    from qda.coding import code_maps, codes, map_gathering
    from qda.ui.maps.commands import show_maps

    known = [row.guid for row in codes.codes(stage.desk.project)][: min(_THINGS, scale.crossed_codes)]
    chart = stage.desk.do(code_maps.new_map, name="Karte")
    places = [(n % 18 * 190, n // 18 * 90) for n in range(len(known))]
    columns = {"xs": [x for x, _y in places], "ys": [y for _x, y in places]}
    targets = [f"code:{guid}" for guid in known]
    stage.desk.do(map_gathering.gather_on_map, map=chart, targets=targets, **columns)
    page: Any = show_maps(stage.window)
    stage.settle()
    page.acts.draw_relations()
    stage.settle(1.0)
    box = next(iter(page.scene.boxes()))
    page.view.fit()
    stage.settle(0.2)
    return _dragged(stage, page.view, box.rect.center(), steps)


def _dragged(stage: Stage, view: Any, at: QPointF, steps: int) -> list[float]:
    """Milliseconds of each move of the mouse with what lies there; then it goes back."""
    place = QPointF(view.mapFromScene(at))
    viewport = view.viewport()
    _mouse(viewport, QEvent.Type.MouseButtonPress, place)
    _mouse(viewport, QEvent.Type.MouseMove, place + QPointF(14, 14))
    QApplication.processEvents()
    taken = []
    for step in range(steps):
        to = place + QPointF(20 + step * 4 % 240, 20 + step * 3 % 160)
        taken.append(_until_seen(viewport, lambda to=to: _mouse(viewport, QEvent.Type.MouseMove, to)))
    view.scene().end_gesture()
    stage.settle(0.1)
    return taken


def _until_seen(viewport: QWidget, work: Callable[[], object]) -> float:
    """Until the view, or what lies over it while something moves, is painted."""
    watched = [viewport, *(one for one in viewport.findChildren(QWidget) if one.isVisible())]
    painted = [raw.Painted(one) for one in watched]
    end = time.perf_counter() + _PATIENCE_S
    began = now()
    work()
    while not any(one.count for one in painted):
        QApplication.processEvents()
        assert time.perf_counter() < end, "nothing was painted"
    taken = (now() - began) * 1000
    for one, widget in zip(painted, watched, strict=True):
        widget.removeEventFilter(one)
        one.deleteLater()
    return taken


def _mouse(viewport: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    left = Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else left
    seen = QPointF(viewport.mapToGlobal(at))
    QApplication.sendEvent(
        viewport, QMouseEvent(kind, at, seen, button, left, Qt.KeyboardModifier.NoModifier)
    )


def _bare_drag(boxes: int, lines: int, steps: int) -> list[float]:
    view, found = _bare_scene(boxes, lines)
    painted = raw.Painted(view.viewport())
    box = found[0]
    for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
        bar.setValue(bar.minimum())
    QApplication.processEvents()
    taken = [painted.until(lambda n=n: box.setPos(20 + n * 4, 20 + n * 3)) for n in range(steps)]
    view.close()
    return taken


# -- candidates, comparison, questions ----------------------------------------------------------------------


def measure_candidates(folder: Path, scale: Scale) -> list[Figure]:
    """The candidates of relations that were not asked for before, once the codings are loaded."""
    from qda.coding.candidates import candidates
    from qda.coding.retrieval import store
    from qda.models import Project

    path = theorised(folder, scale)
    plain = raw.connection(path)
    rows = plain.execute("SELECT guid, from_id, to_id FROM relation ORDER BY number").fetchall()
    asked = rows[:: max(1, len(rows) // scale.repeats)][: scale.repeats]
    with Project.open(path, read_only=True) as project:
        store.warm(project)
        taken, found = [], []
        for guid, _start, _end in asked:
            taken.append(timed(lambda guid=guid: found.append(candidates(project, relation=guid).total)))
    limit = [timed(lambda pair=pair: plain.execute(_NEAR, pair).fetchall()) for _guid, *pair in asked[:5]]
    plain.close()
    return [
        figure(
            "candidates",
            f"candidates for a relation among {scale.codings:,} codings, first page",
            taken,
            raw=limit,
            raw_is="plain SQL: two codes near each other",
            goal=_CANDIDATES_GOAL,
            note=f"the first {taken[0]:.0f} ms, {min(found):,} to {max(found):,} found",
        )
    ]


def measure_comparison(folder: Path, scale: Scale) -> list[Figure]:
    """Cases × slots, cases × categories; then the page of the window."""
    from qda.coding.case_comparison import comparison
    from qda.coding.retrieval import store
    from qda.models import Project

    path = theorised(folder, scale)
    plain = raw.connection(path)
    few = max(1, scale.repeats // 4)
    limit = repeated(lambda: plain.execute(_BY_CASE).fetchall(), 2, warm=0)
    plain.close()
    about: dict[str, Any] = {"raw": limit, "raw_is": "plain SQL: codings by code and case"}
    with Project.open(path, read_only=True) as project:
        store.warm(project)
        slots = repeated(lambda: comparison(project), few)
        categories = repeated(lambda: comparison(project, rows="codes"), few)
        rows = len(comparison(project, rows="codes").rows)
    page, gaps = _page(path, few)
    name = f"{scale.cases} cases × all slots"
    return [
        figure("comparison.slots", name, slots, goal=_CASES_GOAL, **about),
        figure("comparison.codes", f"  × {rows} categories", categories, goal=_CASES_GOAL, **about),
        figure("comparison.page", "  the page until painted", page, goal=_CASES_GOAL, **about),
        figure("comparison.gap", "  longest pause of the window", gaps, goal=_GAP_GOAL),
    ]


def _page(path: Path, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds until the page is painted with its table, and pauses of the window after it came."""
    from qda.ui.cases_beside.commands import _compare

    stage = Stage()
    stage.open(path)
    _shown(stage)
    stage.settle(1.0)
    taken, gaps = [], []
    for _each in range(times):
        began = now()
        _compare(stage.window)
        page: Any = _axial(stage).front.part
        QApplication.processEvents()
        pulse = Pulse()
        _until(lambda page=page: page.read is not None and page.table.isVisible())
        QApplication.processEvents()
        QApplication.processEvents()
        taken.append((now() - began) * 1000)
        stage.settle()
        gaps.append(pulse.longest[""])
        _axial(stage).front.leave()
        page.read = None  # as if it had not been there
        stage.settle(0.1)
    stage.close()
    return taken, gaps


def measure_questions(folder: Path, scale: Scale) -> list[Figure]:
    """All questions of method; then the panel of the window with all groups opened."""
    from qda.coding.method_questions import ask
    from qda.coding.retrieval import store
    from qda.models import Project

    path = theorised(folder, scale)
    plain = raw.connection(path)
    few = max(1, scale.repeats // 7)
    limit = repeated(lambda: [plain.execute(query).fetchall() for query in (*_PLACED, _BY_CASE)], 2, warm=0)
    plain.close()
    with Project.open(path, read_only=True) as project:
        store.warm(project)
        taken = repeated(lambda: ask(project), few)
        found = sum(len(one.findings) for one in ask(project))
    whole, gaps, panel = _asked(path, few)
    about: dict[str, Any] = {"raw": limit, "raw_is": "placements, relations, codings by case in plain SQL"}
    about["note"] = f"{found:,} found"
    return [
        figure("questions.all", "all questions of method", taken, goal=_ASKED_GOAL, **about),
        figure("questions.panel", "  the panel brought up", panel, goal=_GAP_GOAL, of="p95"),
        figure("questions.window", "  all groups opened, until answered", whole, goal=_ASKED_GOAL),
        figure("questions.gap", "  longest pause of the window meanwhile", gaps, goal=_GAP_GOAL),
    ]


def _asked(path: Path, times: int) -> tuple[list[float], list[float], Sequence[float]]:
    """In the window: until all is answered, the longest pause meanwhile, and bringing the panel up."""
    from qda.ui.questions.commands import show_questions

    whole, gaps, panels = [], [], []
    for _each in range(times):
        stage = Stage()
        stage.open(path)
        stage.window.show_workspace("selective")
        stage.settle(1.0)
        began = now()
        panel: Any = show_questions(stage.window)
        QApplication.processEvents()
        panels.append((now() - began) * 1000)
        stage.settle()
        pulse, began = Pulse(), now()
        for row in panel.tree.rows.groups:
            panel.open_group(row.group)
            QApplication.processEvents()
        _until(lambda panel=panel: _is_answered(panel))
        QApplication.processEvents()
        whole.append((now() - began) * 1000)
        stage.settle(0.2)
        gaps.append(pulse.longest[""])
        stage.close()
    return whole, gaps, panels


def _is_answered(panel: Any) -> bool:
    asked = panel._asked
    return not asked.busy and all(asked.questions(row.group) is not None for row in panel.tree.rows.groups)
