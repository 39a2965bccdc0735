"""What a map shows of its things: names, words, colours, and the relations its arrows stand for.

Only what is on the map is read, so that a small map of a large study is there at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from qda.coding import theory
from qda.coding.access import AT_ONCE
from qda.coding.citation import may_quote, paragraphs_cited, spoken
from qda.coding.codes import code_tree_colours
from qda.coding.material import Passages
from qda.coding.memo_queries import target_names
from qda.coding.references import TARGET_TABLES
from qda.coding.rows import RelationRow
from qda.models import Project
from qda.models.codes import Code, Coding, Memo
from qda.models.theory import Relation

Named = tuple[str, str]  # kind, GUID


@dataclass(frozen=True, slots=True)
class Thing:
    """An object as a map shows it.

    ``words`` are those of a passage, a memo or a relation; ``note`` the place of a passage or the type of a
    memo; ``place`` (document, start, stop) where a passage is. ``quotable``: its words may leave the study.
    """

    kind: str
    guid: str
    name: str
    words: str = ""
    note: str = ""
    colour: int = 0
    in_vivo: bool = False
    is_category: bool = False
    private: bool = False
    quotable: bool = True
    place: tuple[str, int, int] | None = None


def things(project: Project, wanted: Iterable[Named]) -> dict[Named, Thing]:
    """What objects (kind, GUID) look like; those that are gone are left out."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, guid in dict.fromkeys(wanted):
        by_kind[kind].append(guid)
    found: dict[Named, Thing] = {}
    with project.read() as db:
        for kind, guids in by_kind.items():
            reader = {"code": _codes, "memo": _memos, "segment": _segments, "relation": _stated}.get(kind)
            made = reader(db, guids) if reader else _named(db, kind, guids)
            found |= {(one.kind, one.guid): one for one in made}
    return found


def _named(db: Connection, kind: str, guids: list[str]) -> list[Thing]:
    table = TARGET_TABLES.get(kind, "")
    names = target_names(db, [(table, guid) for guid in guids])
    return [Thing(kind, guid, name) for (_table, guid), name in names.items()]


def _parts(guids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (guids[at : at + AT_ONCE] for at in range(0, len(guids), AT_ONCE))


def _codes(db: Connection, guids: list[str]) -> list[Thing]:
    colours = {one.guid: one.colour for one in code_tree_colours(db)}
    found = []
    for part in _parts(guids):
        query = select(Code.guid, Code.name, Code.origin, Code.kind).where(Code.guid.in_(part))
        found += [
            Thing(
                "code",
                r.guid,
                r.name,
                colour=colours.get(r.guid, 0),
                in_vivo=r.origin == "in-vivo",
                is_category=r.kind == "category",
            )
            for r in db.execute(query)
        ]
    return found


def _memos(db: Connection, guids: list[str]) -> list[Thing]:
    found = []
    for part in _parts(guids):
        query = select(Memo.guid, Memo.title, Memo.body, Memo.kind, Memo.private).where(Memo.guid.in_(part))
        found += [
            Thing("memo", r.guid, r.title, words=r.body, note=r.kind, private=r.private)
            for r in db.execute(query)
        ]
    return found


def _segments(db: Connection, guids: list[str]) -> list[Thing]:
    return [
        Thing(
            "segment",
            guid,
            paragraphs_cited(row),
            words=spoken(row),
            note=paragraphs_cited(row),
            quotable=may_quote(row),
            place=(row.source, row.start, row.stop),
        )
        for guid, row in Passages(db).of(guids).items()
    ]


def _stated(db: Connection, guids: list[str]) -> list[Thing]:
    names = target_names(db, [("relation", guid) for guid in guids])
    query = select(Relation.guid, Relation.statement).where(Relation.guid.in_(guids))
    return [
        Thing("relation", r.guid, names["relation", r.guid], words=r.statement) for r in db.execute(query)
    ]


def is_large(project: Project, *, many: int = 20_000) -> bool:
    """Whether so much is coded that counting it takes its time."""
    with project.read() as db:
        return int(db.execute(select(func.count()).select_from(Coding)).scalar_one()) > many


def relations_named(project: Project, guids: Iterable[str]) -> dict[str, RelationRow]:
    """Some relations with their evidence counted, cases first."""
    wanted = set(guids)
    if not wanted:
        return {}
    return {row.guid: row for row in theory.relations(project) if row.guid in wanted}


def relations_between(project: Project, one: str, other: str) -> list[RelationRow]:
    """The relations between two codes, in either direction and in any model."""
    pair = {one, other}
    return [row for row in theory.relations(project) if {row.from_code, row.to_code} == pair]
