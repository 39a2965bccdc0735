"""Which cases show something in an attribute: numbers as numbers, dates as spans of days, choices in order.

A date of a month or year only is the span of its days: "< 2025" ends before that year, "= 2025" lies in it.
"""

import operator
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from qda.coding.access import pairs
from qda.coding.attributes import parse_value
from qda.coding.retrieval import spec
from qda.coding.retrieval.store import NOBODY, Names
from qda.coding.search import find_in
from qda.errors import KnownError
from qda.i18n import _
from qda.models.material import Attribute, AttributeValue

_COMPARED: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "≠": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "≤": operator.le,
    "≥": operator.ge,
}


def cases_showing(db: Connection, cases: Names, query: spec.Attribute) -> list[int]:
    """Ranks of the cases in which the condition holds; what a case has not, the one around it gives.

    :raises KnownError: there is no such attribute, or the value is none of its kind.
    """
    row = _attribute(db, query.name)
    fits = _test(row.kind, query, tuple(row.choices))
    given = select(AttributeValue.case_id, AttributeValue.value).where(AttributeValue.attribute_id == row.id)
    values = pairs(db.execute(given))
    own = [values.get(case) for case in cases.ids]
    found = []
    for at, value in enumerate(own):
        above = cases.above[at]
        shown = own[above] if value is None and above != NOBODY else value
        if shown is not None and shown not in row.missing and fits(shown):
            found.append(at)
    return found


def _attribute(db: Connection, name: str) -> Any:
    columns = (Attribute.id, Attribute.guid, Attribute.name, Attribute.kind, Attribute.choices)
    rows = db.execute(select(*columns, Attribute.missing)).all()
    wanted = name.casefold()
    found = [row for row in rows if name in (row.guid, row.name)]
    found = found or [row for row in rows if row.name.casefold() == wanted]
    if not found:
        raise KnownError(_("There is no attribute “{name}”.").format(name=name))
    return found[0]


def _test(kind: str, query: spec.Attribute, choices: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a stored value answers the condition."""
    if query.operator == "contains":
        return lambda value: bool(find_in(value, query.value))
    wanted = parse_value(kind, query.value, choices=choices)
    compare = _COMPARED[query.operator]
    if kind == "number":
        return lambda value: compare(float(value), float(wanted))
    if kind == "date":
        return lambda value: _dates(query.operator, _days(value), _days(wanted))
    if kind == "choice" and query.operator not in ("=", "≠"):
        rank = {choice: at for at, choice in enumerate(choices)}
        return lambda value: value in rank and compare(rank[value], rank[wanted])
    return lambda value: compare(_folded(value), _folded(wanted))


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _days(written: str) -> tuple[date, date]:
    """First and last day of an ISO date, month or year."""
    numbers = [int(part) for part in written.split("-")]
    if len(numbers) == 3:
        day = date(*numbers)
        return day, day
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else None
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    return date(year, month or 1, 1), last


def _dates(operator_: str, value: tuple[date, date], wanted: tuple[date, date]) -> bool:
    within = wanted[0] <= value[0] and value[1] <= wanted[1]
    return {
        "=": within,
        "≠": not within,
        "<": value[1] < wanted[0],
        ">": value[0] > wanted[1],
        "≤": value[1] <= wanted[1],
        "≥": value[0] >= wanted[0],
    }[operator_]
