"""How each model was last shown on the board: kept beside the study, not part of its history."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.figures.paradigm import Form
from qda.ui.board import Manner

if TYPE_CHECKING:
    from qda.models import Project

_KEY: Final = "axial.board."


@dataclass(frozen=True, slots=True)
class Kept:
    """Manner of the board, and the width (pixels of the drawings) at which cards were put by hand."""

    manner: Manner = field(default_factory=Manner)
    width: float = 0.0


def kept(project: "Project", model: str) -> Kept:
    """How the model was last shown; what was never kept, or cannot be read, is as at first."""
    try:
        told = json.loads(project.setting(_KEY + model) or "{}")
        form: Form = "ring" if told.get("form") == "ring" else "columns"
        opened = frozenset(str(key) for key in told.get("opened", ()))
        manner = Manner(form, float(told.get("size", 0)), opened, bool(told.get("definitions", True)))
        return Kept(manner, float(told.get("width", 0)))
    except (ValueError, TypeError, AttributeError):
        return Kept()


def keep(project: "Project", model: str, now: Kept) -> None:
    """Keeps how the model is shown."""
    manner = now.manner
    told = {
        "form": manner.form,
        "size": round(manner.size, 3),
        "opened": sorted(manner.opened),
        "definitions": manner.definitions,
        "width": round(now.width, 1),
    }
    project.set_setting(_KEY + model, json.dumps(told))
