"""Attributes of cases: text, number, date or choice; what is written is read in German and in English."""

import re
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, next_place, required, rows
from qda.coding.references import AttributeRef, CaseRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Attribute, AttributeValue, Case

AttributeKind = Literal["text", "number", "date", "choice"]

_GERMAN_NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
_ENGLISH_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
_TWO_MEANINGS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 3.500 is another number in German and English
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DOTTED = re.compile(r"(?:(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?)?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{4})")


# -- reading what is written --------------------------------------------------------------------------------


def parse_value(
    kind: str,
    written: str,
    *,
    choices: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    point: bool = False,
) -> str:
    """An answer as it is stored: numbers with a point, dates in ISO, one of the choices; missing ones as
    they are written. ``point``: a point is a decimal point (a program wrote the number, not a person).

    :raises KnownError: it is no number, no date, or none of the choices.
    """
    words = clean(written).strip()
    for known in missing:
        if words.casefold() == known.casefold():
            return known
    if kind == "number":
        return _number(words, point=point)
    if kind == "date":
        return iso_date(words)
    if kind == "choice":
        return _choice(words, choices)
    return words


def _number(words: str, *, point: bool) -> str:
    plain = words.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if _TWO_MEANINGS.fullmatch(plain) and not (point and "." in plain):
        raise KnownError(
            _(
                "“{value}” can mean two numbers: in thousands, or with a fraction. Write it like 3500 or 3.5."
            ).format(value=words)
        )
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        found = plain
    elif _GERMAN_NUMBER.fullmatch(plain):
        found = plain.replace(".", "").replace(",", ".")
    elif plain.strip("+-") and _ENGLISH_NUMBER.fullmatch(plain):
        found = plain.replace(",", "")
    else:
        raise KnownError(_("“{value}” is no number. Write it like 12 or 3.5.").format(value=words))
    sign, digits = ("-", found[1:]) if found[0] == "-" else ("", found.lstrip("+"))
    whole, _point, part = digits.partition(".")
    return sign + (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def iso_date(written: str) -> str:
    """A date as ISO; of a month or a year only: 2025-03, 2025.

    :raises KnownError: it is no date.
    """
    words = written.strip()
    year, month, day = "", "", ""
    if match := _ISO.fullmatch(words):
        year, month, day = (part or "" for part in match.groups())
    elif match := _DOTTED.fullmatch(words):
        day, month, year = (part or "" for part in match.groups())
    elif match := _SLASHED.fullmatch(words):
        month, year = match.groups()
    try:
        if not year:
            raise ValueError
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise KnownError(
            _("“{value}” is no date. Write it like 1.3.2025, 2025-03-01 or 03/2025.").format(value=words)
        ) from None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def whole_date(written: str) -> str:
    """As :func:`iso_date`, and nothing less than a day.

    :raises KnownError: it is no date, or the day is left open.
    """
    found = iso_date(written)
    if len(found) < len("2025-03-01"):
        raise KnownError(_("“{value}” leaves the day open. Write it like 1.3.2025.").format(value=written))
    return found


def _choice(words: str, choices: tuple[str, ...]) -> str:
    for known in choices:
        if words.casefold() == known.casefold():
            return known
    raise KnownError(
        _("“{value}” is none of the answers. There are: {choices}.").format(
            value=words, choices=", ".join(choices)
        )
    )


# -- acts ---------------------------------------------------------------------------------------------------


def add_attribute(
    project: Project,
    *,
    name: str,
    kind: AttributeKind = "text",
    description: str = "",
    choices: list[str] | None = None,
    missing: list[str] | None = None,
) -> str:
    """Makes an attribute of cases: text, number, date or choice, with what means "no answer"."""
    with project.unit(_("New attribute “{name}”").format(name=name)) as session:
        row = Attribute(
            name=_free_name(session, name),
            kind=kind,
            description=clean(description).strip(),
            choices=_listed(choices),
            missing=_listed(missing),
            position=next_place(session, Attribute),
        )
        _demand_choices(row)
        return add(session, row).guid


def change_attribute(
    project: Project,
    *,
    attribute: AttributeRef,
    name: str | None = None,
    kind: AttributeKind | None = None,
    description: str | None = None,
    choices: list[str] | None = None,
    missing: list[str] | None = None,
) -> str:
    """Changes an attribute; what is left out stays. Answers that do not fit the new kind refuse it."""
    with project.unit(_("Change attribute")) as session:
        row = get(session, Attribute, attribute)
        before = row.kind
        if name is not None and " ".join(clean(name).split()) != row.name:
            row.name = _free_name(session, name)
        if description is not None:
            row.description = clean(description).strip()
        if kind is not None:
            row.kind = kind
        if choices is not None:
            row.choices = _listed(choices)
        if missing is not None:
            row.missing = _listed(missing)
        _demand_choices(row)
        for value in rows(session, AttributeValue, attribute_id=row.id):
            value.value = _fitting(row, value.value, point=before == "number")
        return row.guid


def move_attribute(project: Project, *, attribute: AttributeRef, position: int) -> str:
    """Puts an attribute to another place among the others (from 0)."""
    with project.unit(_("Move attribute")) as session:
        row = get(session, Attribute, attribute)
        others = list(session.scalars(select(Attribute).order_by(Attribute.position, Attribute.id)))
        others.remove(row)
        others.insert(max(0, min(position, len(others))), row)
        for place, other in enumerate(others):
            other.position = place
        return row.guid


def remove_attribute(project: Project, *, attribute: AttributeRef) -> str:
    """Removes an attribute with its answers."""
    with project.unit(_("Remove attribute")) as session:
        row = get(session, Attribute, attribute)
        delete(session, *rows(session, AttributeValue, attribute_id=row.id))
        delete(session, row)
        return attribute


def set_attribute(project: Project, *, case: CaseRef, name: str, value: str) -> str:
    """Sets what a case shows in an attribute (made as text if new); an empty value means missing."""
    with project.unit(_("Set attribute “{name}”").format(name=name)) as session:
        row = get(session, Case, case)
        label = required(name, _("The attribute"))
        words = clean(value).strip()
        attribute = session.scalars(select(Attribute).where(Attribute.name == label)).first()
        if attribute is None:
            if not words:
                return row.guid
            attribute = add(session, Attribute(name=label, position=next_place(session, Attribute)))
        known = rows(session, AttributeValue, case_id=row.id, attribute_id=attribute.id)
        if not words:
            delete(session, *known)
            return row.guid
        fitting = _fitting(attribute, words)
        if known:
            known[0].value = fitting
        else:
            add(session, AttributeValue(case_id=row.id, attribute_id=attribute.id, value=fitting))
        return row.guid


def _fitting(attribute: Attribute, written: str, *, point: bool = False) -> str:
    choices, missing = tuple(attribute.choices), tuple(attribute.missing)
    return parse_value(attribute.kind, written, choices=choices, missing=missing, point=point)


def _free_name(session: Session, name: str) -> str:
    label = required(name, _("The attribute"))
    if rows(session, Attribute, name=label):
        raise KnownError(_("There is an attribute “{name}” already.").format(name=label))
    return label


def _listed(words: list[str] | None) -> list[str]:
    cleaned = (" ".join(clean(word).split()) for word in words or ())
    return list(dict.fromkeys(word for word in cleaned if word))


def _demand_choices(row: Attribute) -> None:
    if row.kind == "choice" and not row.choices:
        raise KnownError(_("A choice needs its answers. Name them."))
