"""Saved queries: live sets of passages, kept by name; what they select is found anew each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, delete, get, next_place, required
from qda.coding.references import QueryRef
from qda.i18n import _
from qda.models import Project
from qda.models.desk import SavedQuery


@dataclass(frozen=True, slots=True)
class SavedQueryRow:
    """A saved query; ``spec`` is its JSON form (:mod:`qda.coding.retrieval.spec`)."""

    guid: str
    name: str
    spec: Mapping[str, Any]
    position: int
    created: datetime


def save_query(project: Project, *, name: str, spec: str) -> str:
    """Keeps a query (in its JSON form) by name.

    :raises KnownError: it is no query.
    """
    with project.unit(_("Save query “{name}”").format(name=name)) as session:
        row = SavedQuery(
            name=required(name, _("The query")),
            spec=_checked(spec),
            position=next_place(session, SavedQuery),
            created=project.clock(),
        )
        return add(session, row).guid


def change_query(
    project: Project, *, query: QueryRef, name: str | None = None, spec: str | None = None
) -> str:
    """Changes the name or the conditions of a saved query; what is left out stays."""
    with project.unit(_("Change saved query")) as session:
        row = get(session, SavedQuery, query)
        if name is not None:
            row.name = required(name, _("The query"))
        if spec is not None:
            row.spec = _checked(spec)
        return row.guid


def move_query(project: Project, *, query: QueryRef, position: int) -> str:
    """Puts a saved query at another place of the list (0 first)."""
    with project.unit(_("Move saved query")) as session:
        row = get(session, SavedQuery, query)
        others = [one for one in _all(session) if one.id != row.id]
        others.insert(max(0, min(position, len(others))), row)
        for number, one in enumerate(others):
            one.position = number
        return row.guid


def remove_query(project: Project, *, query: QueryRef) -> str:
    """Removes a saved query; the passages that it selects stay as they are."""
    with project.unit(_("Remove saved query")) as session:
        delete(session, get(session, SavedQuery, query))
        return query


def _all(session: Session) -> list[SavedQuery]:
    return list(session.scalars(select(SavedQuery).order_by(SavedQuery.position, SavedQuery.id)))


def _checked(spec: str) -> dict[str, Any]:
    # Retrieval stands on the codebook, which lets saved queries follow a merge.
    from qda.coding.retrieval.spec import validate

    return validate(spec)


def follow_merge(session: Session, gone: str, kept: str) -> None:
    """Saved queries that ask for a code (GUID) that goes up in another ask for that one."""
    from qda.coding.retrieval.spec import from_json, to_json, with_code

    for row in _all(session):
        if gone in str(row.spec):
            row.spec = to_json(with_code(from_json(row.spec), gone, kept))
    session.flush()


def saved_queries(project: Project) -> list[SavedQueryRow]:
    """The saved queries, in their order."""
    with project.read() as db:
        found = db.execute(select(SavedQuery.__table__).order_by(SavedQuery.position, SavedQuery.id))
        return [SavedQueryRow(r.guid, r.name, r.spec, r.position, r.created) for r in found]
