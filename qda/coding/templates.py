"""Paradigms written by the user: checked like those that come with the program, kept in the project.

A model names its template by ``own:`` and the GUID. A template that changes leaves what is placed: models get
the slots that are new, and a filled slot that is gone from it becomes one of their own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding import paradigms
from qda.coding.access import add, clean, delete, get, next_place, required, rows
from qda.coding.paradigms import ParadigmTemplate, Words, from_spec
from qda.coding.references import ModelRef, TemplateRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.inquiry import UserTemplate
from qda.models.material import ProjectSheet
from qda.models.theory import ModelSlot, ParadigmModel, Placement

OWN: Final = "own:"
ROLES: Final = ("phenomenon", "condition", "context", "intervening", "strategy", "consequence", "own")
_WORKSPACES: Final = ("open", "axial", "selective")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template of the user; ``id`` is how models name it, ``models`` how many do."""

    guid: str
    id: str
    name: str
    spec: Mapping[str, Any]
    created: datetime
    models: int


def add_template(project: Project, *, name: str, spec: str) -> str:
    """Keeps a paradigm of one's own (JSON in the form of those that come with the program).

    :raises KnownError: it is none.
    """
    with project.unit(_("New template “{name}”").format(name=name)) as session:
        row = UserTemplate(
            name=required(name, _("The template")), spec=checked(spec), created=project.clock()
        )
        return add(session, row).guid


def change_template(
    project: Project, *, template: TemplateRef, name: str | None = None, spec: str | None = None
) -> str:
    """Changes the name or the slots of a template; placements in models made from it stay."""
    with project.unit(_("Change template")) as session:
        row = get(session, UserTemplate, template)
        if name is not None:
            row.name = required(name, _("The template"))
        if spec is not None:
            old, new = _template(row), checked(spec)
            row.spec = new
            session.flush()
            for model in rows(session, ParadigmModel, template=OWN + row.guid):
                _adjust(session, model, old, _template(row))
                _in_order(session, model, _template(row))
        return row.guid


def copy_template(project: Project, *, template: str, name: str = "") -> str:
    """Copies a template (by its id, ``hajji`` or ``own:…``) as one of one's own, to be changed.

    :raises KnownError: there is none, or it has no paradigm.
    """
    basis = _find(project, template)
    if not basis.has_paradigm:
        raise KnownError(_("The template “{name}” has no paradigm.").format(name=basis.name))
    named = name.strip() or _("{name}, own version").format(name=basis.name)
    return add_template(project, name=named, spec=json.dumps(spec_of(basis)))


def set_model_template(project: Project, *, model: ModelRef, template: str) -> str:
    """Gives a model another template (by its id). What is placed stays: slots of the same key go on, new ones
    come, and a filled slot that the template does not know becomes one of the model's own.

    :raises KnownError: there is none, or it has no paradigm.
    """
    new = _find(project, template)
    if not new.has_paradigm:
        raise KnownError(_("The template “{name}” has no paradigm.").format(name=new.name))
    with project.unit(_("Another template for the model")) as session:
        row = get(session, ParadigmModel, model)
        if row.template != new.id:
            old = _find(project, row.template)
            row.template = new.id
            session.flush()
            _adjust(session, row, old, new)
            _in_order(session, row, new)
        return row.guid


def _in_order(session: Session, model: ParadigmModel, template: ParadigmTemplate) -> None:
    """The slots of the template in its order, then those of the model's own."""
    order = {slot.key: place for place, slot in enumerate(template.columns)}
    slots = rows(session, ModelSlot, model_id=model.id)
    for place, slot in enumerate(sorted(slots, key=lambda s: (order.get(s.key, len(order)), s.position))):
        slot.position = place


def remove_template(project: Project, *, template: TemplateRef) -> str:
    """Removes a template.

    :raises KnownError: a model is made from it.
    """
    with project.unit(_("Remove template")) as session:
        row = get(session, UserTemplate, template)
        models = rows(session, ParadigmModel, template=OWN + row.guid)
        studies = rows(session, ProjectSheet, template=OWN + row.guid)
        if models or studies:
            raise KnownError(
                _("A model is made from “{name}”. Remove the model first.").format(name=row.name)
            )
        delete(session, row)
        return template


def _adjust(session: Session, model: ParadigmModel, old: ParadigmTemplate, new: ParadigmTemplate) -> None:
    """Slots that are new come; one that went goes where it is empty, else it keeps its words as its own."""
    slots = {slot.key: slot for slot in rows(session, ModelSlot, model_id=model.id)}
    for known in old.columns:
        slot = slots.get(known.key)
        if slot is None or new.slot(known.key) is not None:
            continue
        if rows(session, Placement, slot_id=slot.id):
            slot.name = slot.name or str(known.name)
            slot.definition = slot.definition or str(known.definition)
            slot.question = slot.question or str(known.question)
        else:
            from qda.coding.memos import drop_links

            drop_links(session, "model_slot", slot.guid)
            delete(session, slot)
    session.flush()
    for column in new.columns:
        if column.key not in slots:
            place = next_place(session, ModelSlot, model_id=model.id)
            add(session, ModelSlot(model_id=model.id, key=column.key, position=place))


# -- reading ------------------------------------------------------------------------------------------------


def templates(project: Project) -> list[TemplateRow]:
    """The templates of the user, oldest first."""
    with project.read() as db:
        used = list(db.scalars(select(ParadigmModel.template)))
        found = db.execute(select(UserTemplate.__table__).order_by(UserTemplate.created, UserTemplate.id))
        return [
            TemplateRow(r.guid, OWN + r.guid, r.name, r.spec, r.created, used.count(OWN + r.guid))
            for r in found
        ]


def offered(project: Project) -> tuple[ParadigmTemplate, ...]:
    """All templates from which a model can be made: those of the program, then the user's."""
    own = (from_spec(row.id, row.name, row.spec) for row in templates(project))
    return (*(known for known in paradigms.templates() if known.has_paradigm), *own)


def spec_of(known: ParadigmTemplate) -> dict[str, Any]:
    """A template as it is written, in the form that :func:`checked` reads."""

    def words(given: Words) -> dict[str, str]:
        return {"de": given.de, "en": given.en}

    return {
        "origin": words(known.origin),
        "workspaces": {key: words(name) for key, name in known.workspaces if key in _WORKSPACES},
        "own_slots": known.own_slots,
        "slots": [
            {
                "key": slot.key,
                "role": slot.role,
                "name": words(slot.name),
                "definition": words(slot.definition),
                "question": words(slot.question),
                "levels": slot.levels,
                "addressees": slot.addressees,
            }
            for slot in known.slots
        ],
    }


def template(project: Project, template_id: str) -> ParadigmTemplate:
    """The template of that id, be it the user's.

    :raises KnownError: there is none.
    """
    if not template_id.startswith(OWN):
        return paradigms.template(template_id)
    guid = template_id.removeprefix(OWN)
    with project.read() as db:
        row = db.execute(
            select(UserTemplate.name, UserTemplate.spec).where(UserTemplate.guid == guid)
        ).first()
    if row is None:
        raise KnownError(_("This template is no longer there."))
    return from_spec(template_id, row.name, row.spec)


_find = template  # where an argument of an act is called so


def _template(row: UserTemplate) -> ParadigmTemplate:
    return from_spec(OWN + row.guid, row.name, row.spec)


# -- checking -----------------------------------------------------------------------------------------------


def checked(spec: str) -> dict[str, Any]:
    """A template as it is stored: JSON with ``slots``; texts may be one, or one for each language.

    Each slot has ``key``, ``role`` and ``name``, and may have ``definition``, ``question``, ``levels``,
    ``addressees``. Names of the workspaces are optional.

    :raises KnownError: it is no template; the sentence says why.
    """
    try:
        written = json.loads(spec)
    except ValueError:
        raise KnownError(_("This is no template: it is not JSON.")) from None
    if not isinstance(written, dict) or not isinstance(written.get("slots"), list):
        raise KnownError(_("This is no template: it has no list of slots."))
    slots = [_slot(slot) for slot in written["slots"]]
    keys = [slot["key"] for slot in slots]
    if len(set(keys)) < len(keys):
        raise KnownError(_("Two slots of the template have the same key."))
    if [slot["role"] for slot in slots].count("phenomenon") != 1:
        raise KnownError(_("A template has one slot for the phenomenon."))
    given = written.get("workspaces")
    named = given if isinstance(given, dict) else {}
    spaces = {key: _words(named[key]) for key in _WORKSPACES if key in named}
    return {
        "origin": _words(written.get("origin", "")),
        "workspaces": spaces,
        "own_slots": written.get("own_slots") is True,
        "slots": slots,
    }


def _slot(written: Any) -> dict[str, Any]:
    if not isinstance(written, dict) or not isinstance(written.get("key"), str):
        raise KnownError(_("Each slot of a template has a key."))
    key = clean(written["key"]).strip()
    name = _words(written.get("name", ""))
    if not key or key.startswith(OWN) or not any(name.values()):
        raise KnownError(_("Each slot of a template has a key and a name."))
    if written.get("role") not in ROLES:
        raise KnownError(
            _("The role of slot “{name}” is one of: {roles}.").format(name=key, roles=", ".join(ROLES))
        )
    return {
        "key": key,
        "role": written["role"],
        "name": name,
        "definition": _words(written.get("definition", "")),
        "question": _words(written.get("question", "")),
        "levels": written.get("levels") is True,
        "addressees": written.get("addressees") is True,
    }


def _words(written: Any) -> dict[str, str]:
    if isinstance(written, str):
        written = {"de": written, "en": written}
    if not isinstance(written, dict) or not all(isinstance(one, str) for one in written.values()):
        raise KnownError(_("A text of a template is one text, or one for each language."))
    german, english = (clean(written.get(language, "")).strip() for language in ("de", "en"))
    return {"de": german or english, "en": english or german}
