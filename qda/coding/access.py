"""Small helpers of the acts: rows by GUID, next places, the moment, the coder."""

from typing import Any, TypeVar

from sqlalchemy import Result, func, select
from sqlalchemy.orm import Session

from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.base import Entity, storable
from qda.models.material import Coder

E = TypeVar("E", bound=Entity)
AT_ONCE = 500  # values in one query


def get(session: Session, entity: type[E], guid: str) -> E:
    """The row with this GUID.

    :raises KnownError: it is gone.
    """
    row = session.scalars(select(entity).where(entity.guid == guid)).one_or_none()
    if row is None:
        raise KnownError(_("What you want to change is no longer there ({name}).").format(name=guid))
    return row


def optional(session: Session, entity: type[E], guid: str | None) -> E | None:
    """The row with this GUID; none for none or an empty text."""
    return get(session, entity, guid) if guid else None


def rows(session: Session, entity: type[E], **where: Any) -> list[E]:
    """Rows whose columns equal the given values, oldest first."""
    query = select(entity).filter_by(**where).order_by(entity.id)
    return list(session.scalars(query))


def delete(session: Session, *gone: Entity) -> None:
    """Deletes rows at once, so that the journal keeps the order."""
    for row in gone:
        session.delete(row)
    session.flush()


def add(session: Session, row: E) -> E:
    """Stores a new row; its id is known then."""
    session.add(row)
    session.flush()
    return row


def next_place(session: Session, entity: type[Any], **where: Any) -> int:
    """The position after the last sibling's."""
    highest = session.scalar(select(func.max(entity.position)).filter_by(**where))
    return 0 if highest is None else int(highest) + 1


def coder_of(project: Project, coder: str | None = None) -> Coder:
    """The coder with this GUID or name (made if new), else the current one."""
    session = project.session
    if not coder:
        return get(session, Coder, project.coder)
    coder = clean(coder)
    found = session.scalars(select(Coder).where((Coder.guid == coder) | (Coder.name == coder))).first()
    if found is None:
        return add(session, Coder(name=required(coder, _("The coder")), created=project.clock()))
    return found


def required(value: str, what: str) -> str:
    """``value`` without white space around it.

    :raises KnownError: nothing is left.
    """
    value = clean(value)
    stripped = " ".join(value.split()) if "\n" not in value else value.strip()
    if not stripped:
        raise KnownError(_("{what} needs a name.").format(what=what))
    return stripped


def clean(text: str) -> str:
    """A text a person wrote, as it is stored: LF line ends, no NUL, no half characters."""
    return storable(text.replace("\r\n", "\n").replace("\r", "\n"))


def pairs(result: Result[*tuple[Any, ...]]) -> dict[Any, Any]:
    """A two-column result as a dictionary (``dict`` would take a result for a mapping)."""
    return {row[0]: row[1] for row in result}
