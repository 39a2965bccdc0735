"""By what documents and cases stand together at the head of a table: group, kind, case, an attribute."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from qda.coding.access import pairs
from qda.coding.retrieval.spec import KINDS
from qda.coding.retrieval.store import NOBODY, Ints, Names, Store
from qda.i18n import N_, _
from qda.models.material import Attribute, AttributeValue

ATTRIBUTE: Final = "attribute:"
_KIND_NAMES: Final = {
    "interview": N_("Interview"),
    "focus_group": N_("Group discussion"),
    "field_note": N_("Field note"),
    "postscript": N_("Postscript"),
    "document": N_("Document"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """What a column is grouped by, and where that stands among the bands; those without stand last."""

    label: str
    rank: int


def bands(db: Connection, store: Store, picture: str, by: str) -> list[Band]:
    """The band of each document ("documents") or case ("cases", and at the end what belongs to none).

    ``by``: group, kind, case, or "attribute:GUID"; nothing for any other order, and where it means nothing.
    """
    if by.startswith(ATTRIBUTE):
        values = _attribute(db, store, by.removeprefix(ATTRIBUTE))
        if picture == "cases":
            return [*values, _none()]
        case = store.documents.case.tolist()
        return [values[one] if one != NOBODY else _none() for one in case]
    if picture == "cases":
        return []
    if by == "case":
        return _named(store.documents.case, store.cases)
    if by == "group":
        return _named(store.documents.group, store.groups)
    if by == "kind":
        return [Band(_(_KIND_NAMES.get(kind, kind)), KINDS.index(kind)) for kind in store.documents.kinds]
    return []


def _none() -> Band:
    return Band("–", 1 << 30)


def _named(ranks: Ints, names: Names) -> list[Band]:
    return [Band(names.names[rank], rank) if rank != NOBODY else _none() for rank in ranks.tolist()]


def _attribute(db: Connection, store: Store, guid: str) -> list[Band]:
    """The band of each case by what it shows; what it has not itself, the case around it gives."""
    columns = (Attribute.id, Attribute.kind, Attribute.choices, Attribute.missing)
    row = db.execute(select(*columns).where(Attribute.guid == guid)).first()
    if row is None:
        return [_none()] * len(store.cases.ids)
    given = select(AttributeValue.case_id, AttributeValue.value).where(AttributeValue.attribute_id == row.id)
    values = pairs(db.execute(given))
    own: list[str | None] = [values.get(case) for case in store.cases.ids]
    shown = [
        own[above] if value is None and above != NOBODY else value
        for value, above in zip(own, store.cases.above, strict=True)
    ]
    told = [value if value is not None and value not in row.missing else "" for value in shown]
    key = _key(row.kind, tuple(row.choices))
    ranks = {value: at for at, value in enumerate(sorted({one for one in told if one}, key=key))}
    return [Band(value, ranks[value]) if value else _none() for value in told]


def _key(kind: str, choices: tuple[str, ...]) -> Callable[[str], Any]:
    if kind == "number":
        return float
    if kind == "choice":
        order = {choice: at for at, choice in enumerate(choices)}
        return lambda value: (order.get(value, len(order)), value)
    return str.casefold
