"""The longest transcript with many codings: its stripes filtered, a second text beside it."""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

from tests.bench import data, raw
from tests.bench.figures import Figure, Scale, figure
from tests.bench.stage import Stage

_FILTER_GOAL = 50


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """A filter switched until painted, by what it asks; the text split in two."""
    from qda.coding import material
    from qda.coding.codes import codes

    path = folder / "stripes.copy.qdaproj"
    copyfile(data.edited(folder, scale), path)
    stage = Stage()
    stage.open(path)
    project = stage.desk.project
    stage.open_at(material.sources(project)[0].guid, -1, -1)
    workspace: Any = stage.workspace()
    view, filtering = stage.view, workspace.filtering
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    known = [row.guid for row in codes(project)]
    speaker = next(row.speaker for row in view.paragraphs() if row.speaker)
    times = max(4, scale.repeats)

    def switched(act: Callable[[int], object]) -> list[float]:
        taken = []
        for turn in range(times):
            taken.append(stage.until_painted(view.viewport(), lambda turn=turn: act(turn)))
            stage.settle(0.05)
        filtering.clear()
        stage.settle()
        return taken

    by_code = switched(lambda turn: filtering.only_code(known[turn % len(known)]))
    by_speaker = switched(lambda _turn: filtering.toggle("speakers", speaker))
    by_phase = switched(lambda _turn: filtering.toggle("phases", "open"))
    plain, _laid = raw.plain_text(view.text)
    limit = raw.plain_pages(plain, times)
    plain.close()
    split = _split(stage, workspace)
    stage.close()
    where = f"in {scale.edit_words:,} words, {scale.edit_codings:,} codings"
    about = {"raw": limit, "raw_is": "plain QTextEdit, a page", "goal": _FILTER_GOAL, "of": "p95"}
    return [
        figure("stripes.code", f"stripes filtered by code {where}", by_code, **about),
        figure("stripes.speaker", "  by speaker", by_speaker, **about),
        figure("stripes.phase", "  by phase", by_phase, **about),
        figure("stripes.split", f"a second text beside {where}", split),
    ]


def _split(stage: Stage, workspace: Any) -> list[float]:
    """The same text a second time; what is painted is the new one."""
    taken = []
    for _each in range(3):
        viewport = workspace.pane.view.viewport()
        taken.append(stage.until_painted(viewport, workspace.panes.toggle))
        stage.settle()
        workspace.panes.toggle()
        stage.settle()
    return taken
