"""Acts: a coding added, removed, undone, committed durably and painted; and the bare unit of work."""

from collections.abc import Callable
from pathlib import Path

from tests.bench import data, raw
from tests.bench.figures import Figure, Scale, figure, repeated
from tests.bench.stage import Stage

_GOAL = 30


def measure_long(folder: Path, scale: Scale) -> list[Figure]:
    """In the long transcript."""
    return _in_window(folder, scale, data.long(folder, scale), "long", "long transcript")


def measure_dense(folder: Path, scale: Scale) -> list[Figure]:
    """In the one that is coded line by line."""
    return _in_window(folder, scale, data.dense(folder, scale), "densely", "densely coded transcript")


def measure_big(folder: Path, scale: Scale) -> list[Figure]:
    """In the large project."""
    return _in_window(folder, scale, data.big(folder, scale), "big", "large project")


def _in_window(folder: Path, scale: Scale, path: Path, key: str, where: str) -> list[Figure]:
    from qda.coding import codes, material
    from qda.coding.open_coding import code_passage, remove_coding

    stage = Stage()
    stage.open(path)
    project = stage.desk.project
    document = material.sources(project)[0]
    code = codes.codes(project)[-1].guid
    middle = document.length // 2
    stage.open_at(document.guid, middle, middle + 40)
    viewport = stage.view.viewport()
    kept: list[str] = []
    after: list[float] = []
    values: dict[str, list[float]] = {"add": [], "remove": [], "undo": []}

    def done(step: str, work: Callable[[], object]) -> None:
        values[step].append(stage.until_painted(viewport, work))
        after.append(stage.settle())

    def add(place: int) -> None:
        span = {"source": document.guid, "start": middle + place, "stop": middle + place + 25}
        guid = stage.desk.do(code_passage, **span, code=code)
        assert guid
        kept.append(guid)

    for place in range(scale.repeats + 1):
        done("add", lambda place=place: add(place))
        done("undo", stage.desk.undo)
        kept.pop()
        done("add", lambda place=place: add(place))
        done("remove", lambda: stage.desk.do(remove_coding, coding=kept.pop()))
    stage.close()
    limit = _durable(folder, scale)
    about = {"raw": limit, "raw_is": "plain SQLite, same rows, durable", "goal": _GOAL}
    found = [
        figure(f"{key}.{step}", f"{step} a coding, {where}", times[1:], **about)
        for step, times in values.items()
    ]
    return [*found, figure(f"{key}.after", "  busy a moment later", after[1:])]


def _durable(folder: Path, scale: Scale) -> list[float]:
    plain = raw.Durable(folder)
    limit = repeated(plain.commit, scale.repeats * 2, warm=3)
    plain.close()
    return limit


def measure_commit(folder: Path, scale: Scale) -> list[Figure]:
    """One unit of work without a window, in the large project, with the name of the act that undo offers."""
    from qda.coding import codes, material
    from qda.coding.open_coding import code_passage, remove_coding
    from qda.models import Project

    with Project.open(data.big(folder, scale)) as project:
        document = material.sources(project)[-1].guid
        code = codes.codes(project)[-1].guid
        made: list[str] = []

        def add() -> None:
            at = 50 + len(made) * 3
            made.append(code_passage(project, source=document, start=at, stop=at + 30, code=code))

        taken = repeated(add, scale.repeats * 2, warm=3)
        labels = repeated(project.undo_label, scale.repeats)
        for guid in made:
            remove_coding(project, coding=guid)
    limit = _durable(folder, scale)
    return [
        figure("commit", "one commit: a coding, durable", taken, raw=limit, raw_is="plain SQLite, same rows"),
        figure("undo.label", f"what undo would take back, {scale.codings:,} acts", labels),
    ]
