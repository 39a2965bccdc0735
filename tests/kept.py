"""Studies with which many tests begin: built once in a process, then each test has a copy of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from qda.models import Project

T = TypeVar("T")
_KEPT: dict[tuple[object, ...], tuple[bytes, Any]] = {}


def kept_study(path: Path, build: Callable[[Project], T], **sheet: Any) -> tuple[Project, T]:
    """The study that ``build`` makes of a new one, open at ``path``, and what ``build`` gave.

    What it gave must outlive its project: GUIDs, say. ``sheet`` is handed to ``Project.create``.
    """
    key = (build, *sorted(sheet.items()))
    if key not in _KEPT:
        with Project.create(path, **sheet) as project:
            given = build(project)
        _KEPT[key] = path.read_bytes(), given
    else:
        path.write_bytes(_KEPT[key][0])
    return Project.open(path), _KEPT[key][1]
