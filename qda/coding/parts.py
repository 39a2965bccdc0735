"""A part of a study: what it can be made of, and what stands where a text quotes what is not in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from qda.coding.material import Passages
from qda.coding.references import PATH_SEPARATOR
from qda.coding.rows import SegmentRow
from qda.coding.story_text import Plain, compose, parse
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Case, Coder, Source


def within_part(project: Project, body: str) -> str:
    """The text of a story without quotations of passages that are in the study, but not in its part."""
    if project.narrowed is None:
        return body
    parts = parse(body)
    named = {one.target for one in parts if not isinstance(one, Plain) and one.kind == "segment"}
    if not named:
        return body
    query = select(Segment.guid).where(Segment.guid.in_(named))
    with project.read() as db, project.whole.read() as whole:
        out = set(whole.execute(query).scalars()) - set(db.execute(query).scalars())
    word = _("[a passage outside this part]")
    return compose(Plain(word) if not isinstance(one, Plain) and one.target in out else one for one in parts)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a part of a study can be made of; ``path`` names it wherever it stands."""

    guid: str
    name: str
    path: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a part can be made of, in the order of the study."""

    documents: tuple[Choice, ...]
    cases: tuple[Choice, ...]
    coders: tuple[Choice, ...]
    codes: tuple[Choice, ...]

    @property
    def guids(self) -> frozenset[str]:
        """All of them."""
        every = (*self.documents, *self.cases, *self.coders, *self.codes)
        return frozenset(one.guid for one in every)


def part_choices(project: Project) -> Choices:
    """Documents, cases, coders and codes by name; nothing is counted, so it is quick in a large study."""
    with project.read() as db:
        plain = [
            tuple(Choice(row.guid, row[1], row[1]) for row in db.execute(query))
            for query in (
                select(Source.guid, Source.title).order_by(Source.position, Source.id),
                select(Coder.guid, Coder.name).order_by(Coder.id),
            )
        ]
        trees = [
            _tree(db.execute(select(*columns).order_by(*order)).all())
            for columns, order in (
                ((Case.id, Case.guid, Case.name, Case.parent_id), (Case.position, Case.id)),
                ((Code.id, Code.guid, Code.name, Code.parent_id), (Code.position, Code.id)),
            )
        ]
    return Choices(plain[0], trees[0], plain[1], trees[1])


def _tree(rows: Sequence[Any]) -> tuple[Choice, ...]:
    below: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    found: list[Choice] = []
    stack = [(row, 0, "") for row in reversed(below[None])]
    while stack:
        row, depth, above = stack.pop()
        path = f"{above}{PATH_SEPARATOR}{row.name}" if above else row.name
        found.append(Choice(row.guid, row.name, path, depth))
        stack += [(child, depth + 1, path) for child in reversed(below[row.id])]
    return tuple(found)


def example_passage(project: Project) -> SegmentRow | None:
    """Some passage of the study, to show a citation with; a coded one where there is one."""
    with project.read() as db:
        coded = (
            select(Segment.guid).join(Coding, Coding.segment_id == Segment.id).order_by(Coding.id).limit(1)
        )
        guid = db.execute(coded).scalar_one_or_none()
        guid = guid or db.execute(select(Segment.guid).order_by(Segment.id).limit(1)).scalar_one_or_none()
        return Passages(db).of([guid]).get(guid) if guid else None
