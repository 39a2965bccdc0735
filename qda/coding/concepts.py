"""Sensitizing concepts: a list of their own, from the literature or a code list; a code only by an act.

A name may be a path ("Parent > Child"), as lists of codes have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, next_place, pairs, required, rows
from qda.coding.codebook import code_named, new_code
from qda.coding.memos import drop_links
from qda.coding.references import PATH_SEPARATOR, CodeRef, ConceptRef, split_path
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, MemoLink
from qda.models.desk import SensitizingConcept


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A sensitizing concept; ``code`` is the code that it became, ``memos`` how many hang on it."""

    guid: str
    name: str
    origin: str
    definition: str
    code: str | None
    code_name: str
    memos: int
    position: int
    created: datetime


def add_concept(project: Project, *, name: str, origin: str = "", definition: str = "") -> str:
    """Adds a sensitizing concept; ``origin`` says where it is from (literature, a code list)."""
    with project.unit(_("New sensitizing concept “{name}”").format(name=name)) as session:
        return _added(project, session, name, origin, definition).guid


def _added(project: Project, session: Session, name: str, origin: str, definition: str) -> SensitizingConcept:
    return add(
        session,
        SensitizingConcept(
            name=required(name, _("The sensitizing concept")),
            origin=clean(origin).strip(),
            definition=clean(definition).strip(),
            position=next_place(session, SensitizingConcept),
            created=project.clock(),
        ),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a code list from elsewhere: a name or path, and what it means."""

    name: str
    definition: str = ""


def add_concepts(project: Project, *, listed: Sequence[Listed], origin: str = "") -> list[str]:
    """Takes a list in, as one act; names that are in the list of concepts already are passed over.

    Returns the GUIDs of the new ones.
    """
    with project.unit(_("Bring in sensitizing concepts")) as session:
        known = set(session.scalars(select(SensitizingConcept.name)))
        made: list[str] = []
        for entry in listed:
            name = required(entry.name, _("The sensitizing concept"))
            if name not in known:
                known.add(name)
                made.append(_added(project, session, name, origin, entry.definition).guid)
        return made


def change_concept(
    project: Project,
    *,
    concept: ConceptRef,
    name: str | None = None,
    origin: str | None = None,
    definition: str | None = None,
) -> str:
    """Changes name, origin or definition of a sensitizing concept; what is left out stays."""
    with project.unit(_("Change sensitizing concept")) as session:
        row = get(session, SensitizingConcept, concept)
        if name is not None:
            row.name = required(name, _("The sensitizing concept"))
        if origin is not None:
            row.origin = clean(origin).strip()
        if definition is not None:
            row.definition = clean(definition).strip()
        return row.guid


def move_concept(project: Project, *, concept: ConceptRef, position: int) -> str:
    """Puts a sensitizing concept at another place of the list (0 first)."""
    with project.unit(_("Move sensitizing concept")) as session:
        row = get(session, SensitizingConcept, concept)
        query = select(SensitizingConcept).order_by(SensitizingConcept.position, SensitizingConcept.id)
        others = [other for other in session.scalars(query) if other.id != row.id]
        others.insert(max(0, min(position, len(others))), row)
        for number, other in enumerate(others):
            other.position = number
        return row.guid


def remove_concept(project: Project, *, concept: ConceptRef) -> str:
    """Removes a sensitizing concept; its memos stay, and so does the code that it became."""
    with project.unit(_("Remove sensitizing concept")) as session:
        row = get(session, SensitizingConcept, concept)
        drop_links(session, "sensitizing_concept", row.guid)
        delete(session, row)
        return concept


def concept_to_code(project: Project, *, concept: ConceptRef, parent: CodeRef | None = None) -> str:
    """Makes a code of a sensitizing concept, with its definition; its memos hang on both from then on.

    Without ``parent`` a path makes the codes above, where they are missing. Returns the code's GUID.

    :raises KnownError: it is a code already.
    """
    with project.unit(_("Make a code of a sensitizing concept")) as session:
        row = get(session, SensitizingConcept, concept)
        if row.code_id is not None:
            raise KnownError(_("“{name}” has become a code already.").format(name=row.name))
        *above, name = split_path(row.name) or [row.name]
        if parent is None and above:
            parent = code_named(project, PATH_SEPARATOR.join(above)).guid
        code = new_code(project, name, parent, origin="sensitizing", definition=row.definition)
        row.code_id = code.id
        for link in rows(session, MemoLink, target_table="sensitizing_concept", target_guid=row.guid):
            add(session, MemoLink(memo_id=link.memo_id, target_table="code", target_guid=code.guid))
        return code.guid


def concepts(project: Project) -> list[ConceptRow]:
    """The sensitizing concepts, in their order."""
    with project.read() as db:
        counted = (
            select(MemoLink.target_guid, func.count())
            .where(MemoLink.target_table == "sensitizing_concept")
            .group_by(MemoLink.target_guid)
        )
        memos = pairs(db.execute(counted))
        query = (
            select(SensitizingConcept.__table__, Code.guid.label("code"), Code.name.label("code_name"))
            .outerjoin(Code, Code.id == SensitizingConcept.code_id)
            .order_by(SensitizingConcept.position, SensitizingConcept.id)
        )
        return [
            ConceptRow(
                r.guid,
                r.name,
                r.origin,
                r.definition,
                r.code,
                r.code_name or "",
                memos.get(r.guid, 0),
                r.position,
                r.created,
            )
            for r in db.execute(query)
        ]
