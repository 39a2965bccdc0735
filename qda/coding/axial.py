"""Axial coding: models of the paradigm, their slots, placements, and relations between codes."""

from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, next_place, optional, required, rows
from qda.coding.memos import drop_links
from qda.coding.references import (
    CodeRef,
    ConditionRef,
    ModelRef,
    PlacementRef,
    PropertyRef,
    RelationRef,
    SlotRef,
)
from qda.coding.segments import release, replace_links
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Property
from qda.models.inquiry import CandidatePass, MapLine, ModelVersion
from qda.models.material import ProjectSheet
from qda.models.theory import (
    CounterSearch,
    Evidence,
    ModelSlot,
    ParadigmModel,
    Placement,
    Relation,
    RelationCondition,
)

RelationType = Literal[
    "condition_for",
    "context_of",
    "furthers",
    "hinders",
    "strategy_for",
    "leads_to",
    "acts_back_on",
    "in_tension_with",
    "own",
]
RelationStatus = Literal["supposed", "supported", "modified", "rejected"]
ModelStatus = Literal["active", "abandoned"]


def add_model(
    project: Project,
    *,
    name: str,
    template: str | None = None,
    phenomenon: CodeRef | None = None,
) -> str:
    """Makes a model with the slots of a template (the project's own where none is named)."""
    from qda.coding.templates import template as find

    with project.unit(_("New model “{name}”").format(name=name)) as session:
        chosen = find(project, template or session.scalars(select(ProjectSheet.template)).one())
        if not chosen.has_paradigm:
            raise KnownError(
                _("The template “{name}” has no paradigm. Choose another one for this model.").format(
                    name=chosen.name
                )
            )
        code = optional(session, Code, phenomenon)
        row = add(
            session,
            ParadigmModel(
                name=required(name, _("The model")),
                template=chosen.id,
                phenomenon_id=code.id if code else None,
                position=next_place(session, ParadigmModel),
                created=project.clock(),
            ),
        )
        for position, slot in enumerate(chosen.columns):
            add(session, ModelSlot(model_id=row.id, key=slot.key, position=position))
        return row.guid


def rename_model(project: Project, *, model: ModelRef, name: str) -> str:
    """Gives a model another name."""
    with project.unit(_("Rename model")) as session:
        row = get(session, ParadigmModel, model)
        row.name = required(name, _("The model"))
        return row.guid


def set_phenomenon(project: Project, *, model: ModelRef, code: CodeRef) -> str:
    """Names the phenomenon of a model; only then its slots are shown."""
    with project.unit(_("Name the phenomenon")) as session:
        row = get(session, ParadigmModel, model)
        row.phenomenon_id = get(session, Code, code).id
        return row.guid


def set_model_status(project: Project, *, model: ModelRef, status: ModelStatus) -> str:
    """Gives a model up, or takes it up again. What it holds stays."""
    with project.unit(_("Give the model up") if status == "abandoned" else _("Take the model up")) as session:
        row = get(session, ParadigmModel, model)
        row.status = status
        return row.guid


def remove_model(project: Project, *, model: ModelRef) -> str:
    """Removes a model with its slots, placements, relations and their evidence."""
    with project.unit(_("Remove model")) as session:
        row = get(session, ParadigmModel, model)
        for relation in rows(session, Relation, model_id=row.id):
            drop_relation(session, relation)
        for slot in rows(session, ModelSlot, model_id=row.id):
            for placement in rows(session, Placement, slot_id=slot.id):
                drop_links(session, "placement", placement.guid)
                delete(session, placement)
            drop_links(session, "model_slot", slot.guid)
            delete(session, slot)
        versions = rows(session, ModelVersion, model_id=row.id)
        drop_links(session, "model_version", *(version.guid for version in versions))
        delete(session, *versions)
        drop_links(session, "paradigm_model", row.guid)
        delete(session, row)
        return model


# -- slots --------------------------------------------------------------------------------------------------


def add_slot(
    project: Project, *, model: ModelRef, name: str, definition: str = "", question: str = ""
) -> str:
    """Adds a slot of one's own to a model."""
    with project.unit(_("New slot “{name}”").format(name=name)) as session:
        row = get(session, ParadigmModel, model)
        label = required(name, _("The slot"))
        return add(
            session,
            ModelSlot(
                model_id=row.id,
                key=f"own:{label}",
                name=label,
                definition=clean(definition).strip(),
                question=clean(question).strip(),
                position=next_place(session, ModelSlot, model_id=row.id),
            ),
        ).guid


def change_slot(
    project: Project,
    *,
    slot: SlotRef,
    name: str | None = None,
    definition: str | None = None,
    question: str | None = None,
) -> str:
    """Words a slot in one's own way; an empty text brings the template's words back."""
    with project.unit(_("Change slot")) as session:
        row = get(session, ModelSlot, slot)
        for field, value in (("name", name), ("definition", definition), ("question", question)):
            if value is not None:
                setattr(row, field, clean(value).strip())
        return row.guid


def remove_slot(project: Project, *, slot: SlotRef) -> str:
    """Removes an empty slot.

    :raises KnownError: codes are placed in it.
    """
    with project.unit(_("Remove slot")) as session:
        row = get(session, ModelSlot, slot)
        if rows(session, Placement, slot_id=row.id):
            raise KnownError(_("Codes are placed in this slot. Move them first."))
        drop_links(session, "model_slot", row.guid)
        delete(session, row)
        return slot


# -- placements ---------------------------------------------------------------------------------------------


def _slot_of(session: Session, model: ParadigmModel, slot: str) -> ModelSlot:
    for row in rows(session, ModelSlot, model_id=model.id):
        if slot in (row.guid, row.key) or (row.name and row.name == slot):
            return row
    raise KnownError(_("The model “{model}” has no slot “{slot}”.").format(model=model.name, slot=slot))


def place_code(
    project: Project,
    *,
    model: ModelRef,
    code: CodeRef,
    slot: str,
    level: str = "",
    addressee: str = "",
) -> str:
    """Puts a code into a slot (GUID, key or name), with its level or the one for whom it follows."""
    with project.unit(_("Place code")) as session:
        row, placed = get(session, ParadigmModel, model), get(session, Code, code)
        if row.phenomenon_id is None:
            raise KnownError(_("Name the phenomenon of the model first."))
        where = _slot_of(session, row, slot)
        level, addressee = _key(level, "levels"), _key(addressee, "addressees")
        for known in rows(session, Placement, slot_id=where.id, code_id=placed.id):
            if (known.level, known.addressee) == (level, addressee):
                return known.guid
        return add(
            session,
            Placement(
                slot_id=where.id,
                code_id=placed.id,
                level=level,
                addressee=addressee,
                position=next_place(session, Placement, slot_id=where.id),
            ),
        ).guid


def _key(written: str, which: Literal["levels", "addressees"]) -> str:
    """The key of a level or addressee of the lists; other wording is kept (the lists are editable)."""
    from qda.coding import paradigms

    terms = paradigms.levels() if which == "levels" else paradigms.addressees()
    wanted = clean(written).strip()
    for term in terms:
        names = (term.key, term.name.de, term.name.en, term.short.de, term.short.en)
        if wanted.casefold() in {name.casefold() for name in names}:
            return term.key
    return wanted


def move_placement(
    project: Project,
    *,
    placement: PlacementRef,
    slot: str | None = None,
    level: str | None = None,
    addressee: str | None = None,
    position: int | None = None,
) -> str:
    """Moves a placed code to another slot, level or addressee; what is left out stays.

    With a slot or a position its card stands there again, wherever on the board it was put.
    """
    with project.unit(_("Move placed code")) as session:
        row = get(session, Placement, placement)
        if slot is not None or position is not None:
            row.x = row.y = None
        if slot is not None:
            old = session.get_one(ModelSlot, row.slot_id)
            row.slot_id = _slot_of(session, session.get_one(ParadigmModel, old.model_id), slot).id
        if level is not None:
            row.level = _key(level, "levels")
        if addressee is not None:
            row.addressee = _key(addressee, "addressees")
        session.flush()
        same = {"code_id": row.code_id, "level": row.level, "addressee": row.addressee}
        for twin in rows(session, Placement, slot_id=row.slot_id, **same):
            if twin.id != row.id:  # it stands there already: the two are one
                replace_links(session, "placement", row.guid, twin.guid)
                delete(session, row)
                return twin.guid
        if position is not None:
            others = sorted(
                (p for p in rows(session, Placement, slot_id=row.slot_id) if p.id != row.id),
                key=lambda p: (p.position, p.id),
            )
            others.insert(max(0, min(position, len(others))), row)
            for number, other in enumerate(others):
                other.position = number
        return row.guid


def arrange_model(project: Project, *, model: ModelRef, placements: list[PlacementRef]) -> str:
    """Brings the placed codes of a model into an order; each stays in its slot, and its card stands there.

    ``placements``: the placements in their new order; those not named follow in the order they had.

    :raises KnownError: a placement belongs to another model.
    """
    with project.unit(_("Arrange model")) as session:
        row = get(session, ParadigmModel, model)
        slots = {slot.id for slot in rows(session, ModelSlot, model_id=row.id)}
        order: dict[int, int] = {}
        for guid in placements:
            placed = get(session, Placement, guid)
            if placed.slot_id not in slots:
                raise KnownError(_("This placed code belongs to another model."))
            order.setdefault(placed.id, len(order))
        for slot in slots:
            here = sorted(
                rows(session, Placement, slot_id=slot),
                key=lambda p: (order.get(p.id, len(order)), p.position, p.id),
            )
            for number, placed in enumerate(here):
                placed.position = number
                placed.x = placed.y = None
        return row.guid


def place_card(project: Project, *, placement: PlacementRef, x: int, y: int) -> str:
    """Puts the card of a placed code on a place of the board; its slot, level and order stay.

    ``x`` and ``y`` count from the corner of its slot, in pixels of a board whose letters are 13 high.
    """
    with project.unit(_("Put card on the board")) as session:
        row = get(session, Placement, placement)
        row.x, row.y = x, y
        return row.guid


def tidy_board(project: Project, *, model: ModelRef) -> str:
    """Lets all cards of a model stand where their slots are again."""
    with project.unit(_("Tidy the board")) as session:
        row = get(session, ParadigmModel, model)
        for slot in rows(session, ModelSlot, model_id=row.id):
            for placed in rows(session, Placement, slot_id=slot.id):
                placed.x = placed.y = None
        return row.guid


def remove_placement(project: Project, *, placement: PlacementRef) -> str:
    """Takes a code out of a slot; its relations stay."""
    with project.unit(_("Take code out of the slot")) as session:
        row = get(session, Placement, placement)
        drop_links(session, "placement", row.guid)
        delete(session, row)
        return placement


# -- relations ----------------------------------------------------------------------------------------------


def relate_codes(
    project: Project,
    *,
    model: ModelRef,
    from_code: CodeRef,
    to_code: CodeRef,
    type: RelationType,
    statement: str = "",
    own_type: str = "",
    status: RelationStatus = "supposed",
) -> str:
    """States a typed, directed relation between two codes of a model."""
    with project.unit(_("Relate codes")) as session:
        row = get(session, ParadigmModel, model)
        start, end = get(session, Code, from_code), get(session, Code, to_code)
        if start.id == end.id:
            raise KnownError(_("A relation needs two different codes."))
        last = session.scalar(select(func.max(Relation.number)).where(Relation.model_id == row.id)) or 0
        return add(
            session,
            Relation(
                model_id=row.id,
                number=last + 1,
                from_id=start.id,
                to_id=end.id,
                type=type,
                own_type=clean(own_type).strip(),
                statement=clean(statement).strip(),
                status=status,
                created=project.clock(),
            ),
        ).guid


def change_relation(
    project: Project,
    *,
    relation: RelationRef,
    type: RelationType | None = None,
    own_type: str | None = None,
    statement: str | None = None,
) -> str:
    """Changes the type or the statement of a relation; what is left out stays."""
    with project.unit(_("Change relation")) as session:
        row = get(session, Relation, relation)
        if type is not None:
            row.type = type
        if own_type is not None:
            row.own_type = clean(own_type).strip()
        if statement is not None:
            row.statement = clean(statement).strip()
        return row.guid


def turn_relation(project: Project, *, relation: RelationRef) -> str:
    """Turns the direction of a relation."""
    with project.unit(_("Turn relation")) as session:
        row = get(session, Relation, relation)
        row.from_id, row.to_id = row.to_id, row.from_id
        return row.guid


def set_relation_status(project: Project, *, relation: RelationRef, status: RelationStatus) -> str:
    """Sets the judgement on a relation. Only a person does that."""
    with project.unit(_("Judge relation")) as session:
        row = get(session, Relation, relation)
        row.status = status
        return row.guid


def add_condition(
    project: Project,
    *,
    relation: RelationRef,
    code: CodeRef | None = None,
    property: PropertyRef | None = None,
    value: str = "",
    text: str = "",
) -> str:
    """Adds a condition under which a relation holds: a code, a value on a property, or words."""
    with project.unit(_("Add condition")) as session:
        row = get(session, Relation, relation)
        chosen, prop = optional(session, Code, code), optional(session, Property, property)
        if chosen is None and prop is None and not text.strip():
            raise KnownError(_("A condition is a code, a value on a property, or words."))
        return add(
            session,
            RelationCondition(
                relation_id=row.id,
                code_id=chosen.id if chosen else None,
                property_id=prop.id if prop else None,
                value=clean(value).strip(),
                text=clean(text).strip(),
                position=next_place(session, RelationCondition, relation_id=row.id),
            ),
        ).guid


def remove_condition(project: Project, *, condition: ConditionRef) -> str:
    """Removes a condition of a relation."""
    with project.unit(_("Remove condition")) as session:
        delete(session, get(session, RelationCondition, condition))
        return condition


def drop_relation(session: Session, relation: Relation) -> None:
    """Removes a relation with its conditions and evidence, inside a running unit."""
    from qda.coding.evidence import drop_evidence

    for piece in rows(session, Evidence, relation_id=relation.id):
        drop_evidence(session, piece)
    passed = rows(session, CandidatePass, relation_id=relation.id)
    segments = [one.segment_id for one in passed]
    delete(session, *passed)
    for entity in (RelationCondition, CounterSearch, MapLine):
        delete(session, *rows(session, entity, relation_id=relation.id))
    drop_links(session, "relation", relation.guid)
    delete(session, relation)
    release(session, *segments)


def remove_relation(project: Project, *, relation: RelationRef) -> str:
    """Removes a relation with its evidence. To keep it as a result, reject it instead."""
    with project.unit(_("Remove relation")) as session:
        drop_relation(session, get(session, Relation, relation))
        return relation
