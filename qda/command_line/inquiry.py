"""Rows of ``qda list`` on how the theory grows: sampling, judgements, versions, answers, maps."""

from dataclasses import asdict
from typing import Any

from qda.coding import (
    code_maps,
    material,
    model_versions,
    question_answers,
    sampling,
    saturation_judgements,
    suggestion_events,
)
from qda.command_line.shaping import Rows
from qda.models import Project


def decisions(project: Project) -> Rows:
    """Sampling decisions with what they lead to."""
    coders = _coders(project)
    return [
        asdict(row) | _by(coders, row.coder) | {"target_names": [target.name for target in row.targets]}
        for row in sampling.decisions(project)
    ]


def judgements(project: Project) -> Rows:
    """Judgements of saturation, oldest first."""
    coders = _coders(project)
    return [asdict(row) | _by(coders, row.coder) for row in saturation_judgements.judgements(project)]


def versions(project: Project) -> Rows:
    """Versions of models; each with the state it froze."""
    coders = _coders(project)
    return [
        asdict(row)
        | _by(coders, row.coder)
        | {"state": asdict(model_versions.version_state(project, row.guid))}
        for row in model_versions.versions(project)
    ]


def answers(project: Project) -> Rows:
    """Answers to questions of method and of the audit."""
    coders = _coders(project)
    return [asdict(row) | _by(coders, row.coder) for row in question_answers.answers(project)]


def maps(project: Project) -> Rows:
    """Maps with what is on them."""
    return [
        asdict(row) | {"item_names": [item.name or item.text for item in row.items]}
        for row in code_maps.maps(project)
    ]


def suggestions(project: Project) -> Rows:
    """What was proposed for passages, oldest first, with what became of it."""
    return [asdict(row) | {"code": row.code or None} for row in suggestion_events.events(project)]


def _coders(project: Project) -> dict[str, str]:
    return {coder.name: coder.guid for coder in material.coders(project)}


def _by(coders: dict[str, str], name: str) -> dict[str, Any]:
    return {"coder": coders.get(name), "coder_name": name}
