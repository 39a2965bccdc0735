"""Versions of a model: frozen states with a name ("before case C"), and what differs between two."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from qda.coding.access import add, clean, coder_of, delete, get, required
from qda.coding.memos import drop_links
from qda.coding.model_states import (
    ModelState,
    StateDifference,
    difference,
    from_json,
    present_state,
    to_json,
)
from qda.coding.references import ModelRef, VersionRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.inquiry import ModelVersion
from qda.models.material import Coder
from qda.models.theory import ParadigmModel


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A frozen state of a model, with what it counts."""

    guid: str
    model: str
    model_name: str
    name: str
    note: str
    created: datetime
    coder: str
    placements: int
    relations: int


def freeze_model(project: Project, *, model: ModelRef, name: str, note: str = "") -> str:
    """Keeps the model as it is now, by a name ("before case C")."""
    with project.unit(_("Freeze model as “{name}”").format(name=name)) as session:
        row = get(session, ParadigmModel, model)
        return add(
            session,
            ModelVersion(
                model_id=row.id,
                name=required(name, _("The version")),
                note=clean(note).strip(),
                created=project.clock(),
                coder_id=coder_of(project).id,
                state=to_json(present_state(project, model)),
            ),
        ).guid


def change_version(
    project: Project, *, version: VersionRef, name: str | None = None, note: str | None = None
) -> str:
    """Changes the name or the note of a version; what it holds stays as it was."""
    with project.unit(_("Change version of a model")) as session:
        row = get(session, ModelVersion, version)
        if name is not None:
            row.name = required(name, _("The version"))
        if note is not None:
            row.note = clean(note).strip()
        return row.guid


def remove_version(project: Project, *, version: VersionRef) -> str:
    """Removes a version of a model; the model stays."""
    with project.unit(_("Remove version of a model")) as session:
        row = get(session, ModelVersion, version)
        drop_links(session, "model_version", row.guid)
        delete(session, row)
        return version


def versions(project: Project, model: str | None = None) -> list[VersionRow]:
    """The versions of a model (or of all), oldest first."""
    with project.read() as db:
        query = (
            select(
                ModelVersion.guid,
                ParadigmModel.guid.label("model"),
                ParadigmModel.name.label("model_name"),
                ModelVersion.name,
                ModelVersion.note,
                ModelVersion.created,
                Coder.name.label("coder"),
                ModelVersion.state,
            )
            .join(ParadigmModel, ParadigmModel.id == ModelVersion.model_id)
            .join(Coder, Coder.id == ModelVersion.coder_id)
            .order_by(ParadigmModel.position, ParadigmModel.id, ModelVersion.created, ModelVersion.id)
        )
        if model:
            query = query.where(ParadigmModel.guid == model)
        return [
            VersionRow(
                *(r.guid, r.model, r.model_name, r.name, r.note, r.created, r.coder),
                len(r.state.get("placements", ())),
                len(r.state.get("relations", ())),
            )
            for r in db.execute(query)
        ]


def version_names(project: Project, model: str) -> list[str]:
    """The names of the versions of a model, oldest first; what they hold is not read."""
    with project.read() as db:
        query = (
            select(ModelVersion.name)
            .join(ParadigmModel, ParadigmModel.id == ModelVersion.model_id)
            .where(ParadigmModel.guid == model)
            .order_by(ModelVersion.created, ModelVersion.id)
        )
        return list(db.scalars(query))


def version_state(project: Project, version: str) -> ModelState:
    """What a version holds.

    :raises KnownError: it is gone.
    """
    with project.read() as db:
        kept = db.execute(select(ModelVersion.state).where(ModelVersion.guid == version)).scalar_one_or_none()
    if kept is None:
        raise KnownError(_("This version of the model is no longer there."))
    return from_json(kept)


def versions_differ(project: Project, before: str, behind: str | None = None) -> StateDifference:
    """What differs between two versions, or between a version and the model as it is now.

    :raises KnownError: a version is gone, or the two are of different models.
    """
    models = {row.guid: row.model for row in versions(project)}
    old = version_state(project, before)
    if behind is None:
        return difference(old, present_state(project, models[before]))
    new = version_state(project, behind)
    if models[before] != models[behind]:
        raise KnownError(_("The two versions are of different models."))
    return difference(old, new)
