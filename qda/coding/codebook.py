"""The codebook: making, naming, moving, merging, colouring and removing codes.

The tree is a filing aid: a child in it is no relation.
"""

from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from qda.coding import quick_codes, saved_queries
from qda.coding.access import add, clean, delete, get, next_place, optional, required, rows
from qda.coding.memos import drop_links, write_memo
from qda.coding.properties import drop_property
from qda.coding.references import CodeRef, PassageRef, is_guid, split_path
from qda.coding.segments import (
    join_comments,
    move_references,
    passage,
    release,
    rename_references,
    replace_links,
)
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Property, Segment
from qda.models.desk import PileCode, SensitizingConcept
from qda.models.inquiry import SaturationJudgement
from qda.models.theory import CoreCategory, ParadigmModel, Placement, Relation, RelationCondition

CodeKind = Literal["concept", "category"]
CodeField = Literal["definition", "delimitation", "anchor", "rule"]
Which = Literal["typical", "deviating"]
# A new branch takes the next of these; its children inherit.
COLOUR_ORDER = (7, 9, 3, 5, 12, 8, 11, 2, 10, 4, 6, 1)


def next_colour(session: Session) -> int:
    """The colour for a new branch: the one in the order that is used least."""
    taken = [c for c in session.scalars(select(Code.colour)) if c is not None]
    return min(COLOUR_ORDER, key=lambda c: (taken.count(c), COLOUR_ORDER.index(c)))


def new_code(
    project: Project,
    name: str,
    parent: str | None = None,
    *,
    origin: str = "open",
    in_vivo: Segment | None = None,
    kind: str = "concept",
    definition: str = "",
    colour: int | None = None,
) -> Code:
    """Stores a code inside the running unit; ``parent`` is a GUID."""
    session = project.session
    above = optional(session, Code, parent)
    parent_id = above.id if above else None
    if colour is None and above is None:
        colour = next_colour(session)
    return add(
        session,
        Code(
            name=required(name, _("The code")),
            parent_id=parent_id,
            origin=origin,
            kind=kind,
            colour=colour,
            definition=clean(definition),
            in_vivo_id=in_vivo.id if in_vivo else None,
            position=next_place(session, Code, parent_id=parent_id),
            created=project.clock(),
        ),
    )


def code_named(project: Project, written: str) -> Code:
    """The code with this GUID or path ("Parent > Child"); what is missing of the path is made."""
    session = project.session
    if is_guid(written):
        return get(session, Code, written)
    written = clean(written)
    code: Code | None = None
    names = split_path(written)
    for name in names:
        known = rows(session, Code, name=name, parent_id=code.id if code else None)
        if not known and code is None and len(names) == 1:
            known = rows(session, Code, name=name)
        if len(known) > 1:
            raise KnownError(
                _("Several codes are called “{name}”. Write the path: Parent > Child.").format(name=name)
            )
        code = known[0] if known else new_code(project, name, code.guid if code else None)
    if code is None:
        raise KnownError(_("{what} needs a name.").format(what=_("The code")))
    return code


def add_code(
    project: Project,
    *,
    name: str,
    parent: CodeRef | None = None,
    kind: CodeKind = "concept",
    definition: str = "",
    colour: int | None = None,
) -> str:
    """Makes a code. Without ``colour`` (1–12) a branch takes the next one and a child inherits."""
    with project.unit(_("New code “{name}”").format(name=name)):
        return new_code(project, name, parent, kind=kind, definition=definition, colour=_colour(colour)).guid


def rename_code(project: Project, *, code: CodeRef, name: str, note: str = "") -> str:
    """Gives a code another name; ``note`` becomes a code note that says why.

    Where the story names the code by its name, the new name stands there.
    """
    with project.unit(_("Rename code “{name}”").format(name=name)) as session:
        row = get(session, Code, code)
        old, row.name = row.name, required(name, _("The code"))
        session.flush()
        rename_references(session, "code", row.guid, old, row.name)
        if note:
            _note(project, _("Renamed: “{old}” → “{new}”").format(old=old, new=row.name), note, row)
        return row.guid


def _note(project: Project, title: str, body: str, code: Code) -> None:
    write_memo(project, kind="code", title=title, body=body, target=f"code:{code.guid}")


def move_code(
    project: Project, *, code: CodeRef, parent: CodeRef | None = None, position: int | None = None
) -> str:
    """Puts a code under another (or at the top), at ``position`` among its siblings (0 first).

    A branch that becomes a child takes its parent's colour; a child that becomes a branch keeps the one
    shown.
    """
    with project.unit(_("Move code")) as session:
        row = get(session, Code, code)
        above = optional(session, Code, parent)
        put_under(session, row, above)
        siblings = [
            c
            for c in session.scalars(
                select(Code)
                .where(Code.parent_id.is_(None) if above is None else Code.parent_id == above.id)
                .order_by(Code.position, Code.id)
            )
            if c.id != row.id
        ]
        place = len(siblings) if position is None else max(0, min(position, len(siblings)))
        siblings.insert(place, row)
        for number, sibling in enumerate(siblings):
            sibling.position = number
        return row.guid


def put_under(session: Session, row: Code, above: Code | None) -> None:
    """Puts a code under another, or at the top; its position is for the caller to set.

    :raises KnownError: it would stand below itself.
    """
    up = above
    while up is not None:
        if up.id == row.id:
            raise KnownError(_("A code cannot stand below itself."))
        up = session.get(Code, up.parent_id) if up.parent_id else None
    if above is None and row.colour is None:
        row.colour = inherited_colour(session, row)
    elif above is not None and row.parent_id is None:
        row.colour = None  # a branch's colour was given by itself; a child inherits
    row.parent_id = above.id if above else None


def inherited_colour(session: Session, code: Code) -> int:
    """The colour a code is shown in: its own, else that of the nearest code above."""
    row: Code | None = code
    while row is not None:
        if row.colour is not None:
            return row.colour
        row = session.get(Code, row.parent_id) if row.parent_id else None
    return COLOUR_ORDER[0]


def merge_codes(project: Project, *, code: CodeRef, into: CodeRef, note: str = "") -> str:
    """Joins ``code`` with ``into``: codings, children, placements, relations and memos move over.

    Equal codings join, the definition is kept below the other's. ``note`` becomes a code note.

    :raises KnownError: a relation stands between the two.
    """
    with project.unit(_("Merge codes")) as session:
        gone, kept = get(session, Code, code), get(session, Code, into)
        if gone.id == kept.id:
            raise KnownError(_("A code cannot be merged with itself."))
        _refuse_if_related(session, gone, kept)
        up: Code | None = kept
        while up is not None and up.id != gone.id:
            up = session.get(Code, up.parent_id) if up.parent_id else None
        if up is not None:  # into one of its own descendants: that one takes its place
            kept.colour = inherited_colour(session, kept)
            kept.parent_id, kept.position = gone.parent_id, gone.position
            session.flush()
        _move_codings(session, gone, kept)
        _move_theory(session, gone, kept)
        for field in ("definition", "delimitation", "anchor", "rule"):
            ours, theirs = getattr(kept, field), getattr(gone, field)
            if theirs and theirs not in ours:
                setattr(kept, field, f"{ours}\n{theirs}".strip())
        for field in ("in_vivo_id", "typical_id", "deviating_id"):
            if getattr(kept, field) is None:
                setattr(kept, field, getattr(gone, field))
        replace_links(session, "code", gone.guid, kept.guid)
        move_references(session, "code", gone.guid, kept.guid)
        quick_codes.follow_merge(project, gone.guid, kept.guid)
        saved_queries.follow_merge(session, gone.guid, kept.guid)
        freed = (gone.in_vivo_id, gone.typical_id, gone.deviating_id)
        name = gone.name
        delete(session, gone)
        release(session, *freed)
        if note:
            _note(project, _("Merged: “{old}” into “{new}”").format(old=name, new=kept.name), note, kept)
        return kept.guid


def _refuse_if_related(session: Session, gone: Code, kept: Code) -> None:
    relation = session.execute(
        select(Relation.number, ParadigmModel.name)
        .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
        .where(
            or_(
                (Relation.from_id == gone.id) & (Relation.to_id == kept.id),
                (Relation.from_id == kept.id) & (Relation.to_id == gone.id),
            )
        )
        .order_by(Relation.model_id, Relation.number)
    ).first()
    if relation is not None:
        raise KnownError(
            _(
                "Relation {number} of “{model}” stands between these two codes and would relate the code to "
                "itself. Remove the relation first."
            ).format(number=relation.number, model=relation.name)
        )


def _move_codings(session: Session, gone: Code, kept: Code) -> None:
    known = {(c.segment_id, c.coder_id): c for c in rows(session, Coding, code_id=kept.id)}
    joined: list[Coding] = []
    for coding in rows(session, Coding, code_id=gone.id):
        twin = known.get((coding.segment_id, coding.coder_id))
        if twin is None:
            coding.code_id = kept.id
        else:
            join_comments(twin, coding)
            replace_links(session, "coding", coding.guid, twin.guid)
            joined.append(coding)
    session.flush()
    delete(session, *joined)
    place = next_place(session, Code, parent_id=kept.id)
    for child in sorted(rows(session, Code, parent_id=gone.id), key=lambda c: c.position):
        if child.id != kept.id:
            child.parent_id, child.position, place = kept.id, place, place + 1
    for prop in rows(session, Property, code_id=gone.id):
        prop.code_id = kept.id
    session.flush()


def _move_theory(session: Session, gone: Code, kept: Code) -> None:
    for placement in rows(session, Placement, code_id=gone.id):
        twins = rows(
            session,
            Placement,
            code_id=kept.id,
            slot_id=placement.slot_id,
            level=placement.level,
            addressee=placement.addressee,
        )
        if twins:
            replace_links(session, "placement", placement.guid, twins[0].guid)
            delete(session, placement)
        else:
            placement.code_id = kept.id
    for entity, field in (
        (Relation, "from_id"),
        (Relation, "to_id"),
        (RelationCondition, "code_id"),
        (ParadigmModel, "phenomenon_id"),
        (CoreCategory, "code_id"),
        (SensitizingConcept, "code_id"),
        (SaturationJudgement, "code_id"),
    ):
        for row in session.scalars(select(entity).where(getattr(entity, field) == gone.id)):
            setattr(row, field, kept.id)
    for laid in rows(session, PileCode, code_id=gone.id):
        if rows(session, PileCode, code_id=kept.id):
            delete(session, laid)
        else:
            laid.code_id = kept.id
    session.flush()


def _colour(colour: int | None) -> int | None:
    if colour is not None and not 1 <= colour <= len(COLOUR_ORDER):
        raise KnownError(_("Colours go from 1 to {n}.").format(n=len(COLOUR_ORDER)))
    return colour


def colour_code(project: Project, *, code: CodeRef, colour: int | None = None) -> str:
    """Sets the colour of a code (1–12), or lets it inherit its parent's."""
    with project.unit(_("Recolour code")) as session:
        row = get(session, Code, code)
        if colour is None and row.parent_id is None:
            raise KnownError(_("A code at the top has nothing to inherit a colour from."))
        row.colour = _colour(colour)
        return row.guid


def set_code_kind(project: Project, *, code: CodeRef, kind: CodeKind) -> str:
    """Makes a code a category, or a concept again."""
    with project.unit(_("Make it a category") if kind == "category" else _("Make it a concept")) as session:
        row = get(session, Code, code)
        row.kind = kind
        return row.guid


def set_code_field(project: Project, *, code: CodeRef, field: CodeField, value: str) -> str:
    """Writes the working definition, delimitation, anchor example or coding rule of a code."""
    with project.unit(_("Describe code")) as session:
        row = get(session, Code, code)
        setattr(row, field, clean(value).strip())
        return row.guid


def choose_passage(
    project: Project, *, code: CodeRef, which: Which, segment: PassageRef | None = None
) -> str:
    """Chooses the typical or the deviating passage of a category, or takes the choice back."""
    label = _("Choose typical passage") if which == "typical" else _("Choose deviating passage")
    with project.unit(label) as session:
        row = get(session, Code, code)
        field = f"{which}_id"
        old = getattr(row, field)
        chosen = passage(project, segment) if segment else None
        setattr(row, field, chosen.id if chosen else None)
        session.flush()
        release(session, old)
        return row.guid


def remove_code(project: Project, *, code: CodeRef) -> str:
    """Removes a code with its codings, placements and properties; children move up.

    :raises KnownError: a relation or a model stands on it: that would fall with it unseen.
    """
    with project.unit(_("Remove code")) as session:
        row = get(session, Code, code)
        _refuse_if_theory(session, row)
        codings = rows(session, Coding, code_id=row.id)
        segments = [c.segment_id for c in codings]
        segments += [s for s in (row.in_vivo_id, row.typical_id, row.deviating_id) if s]
        drop_links(session, "coding", *(coding.guid for coding in codings))
        delete(session, *codings)
        for prop in rows(session, Property, code_id=row.id):
            drop_property(session, prop)
        for placement in rows(session, Placement, code_id=row.id):
            drop_links(session, "placement", placement.guid)
            delete(session, placement)
        for concept in rows(session, SensitizingConcept, code_id=row.id):
            concept.code_id = None
        delete(session, *rows(session, PileCode, code_id=row.id))
        delete(session, *rows(session, SaturationJudgement, code_id=row.id))
        place = next_place(session, Code, parent_id=row.parent_id)
        for child in sorted(rows(session, Code, parent_id=row.id), key=lambda c: c.position):
            if row.parent_id is None and child.colour is None:
                child.colour = inherited_colour(session, child)
            child.parent_id, child.position, place = row.parent_id, place, place + 1
        session.flush()
        drop_links(session, "code", row.guid)
        delete(session, row)
        release(session, *segments)
        return code


def _refuse_if_theory(session: Session, code: Code) -> None:
    relation = session.scalars(
        select(Relation).where(or_(Relation.from_id == code.id, Relation.to_id == code.id))
    ).first()
    if relation is not None:
        raise KnownError(
            _("Relation {number} stands on “{name}”. Remove the relation first, or merge the code.").format(
                number=relation.number, name=code.name
            )
        )
    if rows(session, RelationCondition, code_id=code.id):
        raise KnownError(
            _("A relation holds under the condition “{name}”. Remove the condition first.").format(
                name=code.name
            )
        )
    if rows(session, ParadigmModel, phenomenon_id=code.id):
        raise KnownError(
            _("“{name}” is the phenomenon of a model. Choose another phenomenon first.").format(
                name=code.name
            )
        )
    if rows(session, CoreCategory, code_id=code.id):
        raise KnownError(_("“{name}” is the core category. Choose another one first.").format(name=code.name))
