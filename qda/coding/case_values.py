"""Many attributes of many cases at once: what comes from a table, with a list of what does not fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, get, next_place, required
from qda.coding.attributes import AttributeKind, parse_value
from qda.coding.cases import is_starting
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Attribute, AttributeValue, Case


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute that a table has: made with this kind and these choices where it is new.

    ``decimal``: a point in its numbers is a decimal point, whatever else it could mean.
    """

    name: str
    kind: AttributeKind = "text"
    choices: tuple[str, ...] = ()
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that did not fit: of which case and attribute, and why, in a sentence."""

    case: str
    attribute: str
    value: str
    reason: str


def same_name(name: str) -> str:
    """What two ways to write one name share: blanks and line ends count as one blank."""
    return " ".join(clean(name).split())


def set_values(
    project: Project, *, columns: Sequence[Column], values: Iterable[tuple[str, Sequence[str]]]
) -> list[Refused]:
    """Sets attributes of cases (by GUID), a value for each column; empty values leave what is there.

    Attributes are found by name (capitals may differ) and made where they are new; what
    does not fit is left out and listed.
    """
    with project.unit(_("Set attributes of cases")) as session:
        found = _attributes(session, columns)
        known = {
            (row.case_id, row.attribute_id): row
            for row in session.scalars(
                select(AttributeValue).where(AttributeValue.attribute_id.in_([row.id for row in found]))
            )
        }
        refused: list[Refused] = []
        fresh: dict[tuple[int, int], AttributeValue] = {}
        for guid, written in values:
            case = get(session, Case, guid)
            for column, attribute, word in zip(columns, found, written, strict=True):
                if not word.strip():
                    continue
                try:
                    value = _read(column, attribute, word)
                except KnownError as error:
                    refused.append(Refused(case.name, attribute.name, word.strip(), error.sentence))
                    continue
                key = (case.id, attribute.id)
                row = known.get(key) or fresh.get(key)
                if row is None:
                    fresh[key] = AttributeValue(case_id=case.id, attribute_id=attribute.id, value=value)
                elif row.value != value:
                    row.value = value
        session.add_all(fresh.values())
        return refused


def cases_named(project: Project, *, names: Iterable[str]) -> dict[str, str]:
    """The GUIDs of cases by name (:func:`same_name`), made where there is none yet, in their order.

    :raises KnownError: a name is that of several cases.
    """
    with project.unit(_("New cases")) as session:
        known: dict[str, list[str]] = {}
        for row in session.scalars(select(Case).order_by(Case.position, Case.id)):
            known.setdefault(same_name(row.name), []).append(row.guid)
        place = next_place(session, Case)
        found: dict[str, str] = {}
        for name in names:
            key = same_name(name)
            guids = known.get(key, [])
            if len(guids) > 1:
                raise KnownError(
                    _("There are {n} cases called “{name}”; give each a name of its own.").format(
                        n=len(guids), name=key
                    )
                )
            if not guids:
                row = Case(name=required(name, _("The case")), position=place, starting=is_starting(session))
                guids = known[key] = [add(session, row).guid]
                place += 1
            found[key] = guids[0]
        return found


def _attributes(session: Session, columns: Sequence[Column]) -> list[Attribute]:
    """The attribute of each column: of its name, or of one that differs in capitals only, or a new one."""
    known = list(session.scalars(select(Attribute).order_by(Attribute.position, Attribute.id)))
    exact = {same_name(row.name): row for row in reversed(known)}
    claimed = {same_name(column.name) for column in columns}
    alike = {key.casefold(): row for key, row in exact.items() if key not in claimed}
    place = next_place(session, Attribute)
    found = []
    for column in columns:
        label = required(column.name, _("The attribute"))
        row = exact.get(same_name(label)) or alike.pop(same_name(label).casefold(), None)
        if row is None:
            choices = list(column.choices) if column.kind == "choice" else []
            row = add(session, Attribute(name=label, kind=column.kind, choices=choices, position=place))
            place += 1
        found.append(row)
    return found


def _read(column: Column, attribute: Attribute, written: str) -> str:
    choices, missing = tuple(attribute.choices), tuple(attribute.missing)
    return parse_value(attribute.kind, written, choices=choices, missing=missing, point=column.decimal)
