"""Versions of the story and the story line, told from the journal.

One sitting makes one version: what the same person wrote without a pause of half an hour, as it stood at its
end. What was taken back or done again counts as it stood then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, and_, or_, select

from qda.coding.access import pairs
from qda.coding.selective import StoryKind
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.journal_tables import Change, Unit
from qda.models.material import Coder
from qda.models.theory import Story

SITTING: Final = timedelta(minutes=30)
_STORY: Final = Story.__tablename__


@dataclass(frozen=True, slots=True)
class StoryVersion:
    """A version: ``number`` counts from 1, ``at`` is its last moment, ``entry`` its place in the journal."""

    number: int
    at: datetime
    coder: str
    entry: int


def story_versions(project: Project, kind: StoryKind) -> list[StoryVersion]:
    """The versions of one text, oldest first; the last one is what stands there now."""
    with project.read() as db:
        names = pairs(db.execute(select(Coder.guid, Coder.name)))
        query = (
            select(Change.id, Unit.at, Unit.coder)
            .join(Unit, Unit.id == Change.unit_id)
            .where(Change.table == _STORY, Change.guid.in_(_guids(db, kind)), _writes())
            .order_by(Change.id)
        )
        last: list[tuple[int, datetime, str]] = []
        for entry, at, coder in db.execute(query):
            if last and last[-1][2] == coder and at - last[-1][1] < SITTING:
                last.pop()
            last.append((entry, at, coder))
    return [
        StoryVersion(number, at, names.get(coder, ""), entry)
        for number, (entry, at, coder) in enumerate(last, start=1)
    ]


def version_text(project: Project, version: StoryVersion) -> str:
    """The stored text of a version.

    :raises KnownError: it was deleted for good.
    """
    with project.read() as db:
        row = db.execute(
            select(Change.op, Change.new).where(Change.id == version.entry, Change.table == _STORY)
        ).first()
    if row is not None and row.op == "delete":
        return ""
    body: Any = None if row is None else row.new
    if isinstance(body, dict):
        body = body.get("body")
    if not isinstance(body, str):
        raise KnownError(_("This version was deleted for good."))
    return body


def _writes() -> Any:
    """Entries that change what is written. The empty row that a first act begins with is one of them."""
    return or_(Change.op.in_(("insert", "delete")), and_(Change.op == "update", Change.field == "body"))


def _guids(db: Connection, kind: StoryKind) -> list[str]:
    """The rows that hold or held this text."""
    made = db.execute(
        select(Change.guid, Change.new).where(Change.table == _STORY, Change.op == "insert")
    ).all()
    found = {row.guid for row in made if isinstance(row.new, dict) and row.new.get("kind") == kind}
    return sorted(found | set(db.execute(select(Story.guid).where(Story.kind == kind)).scalars()))
