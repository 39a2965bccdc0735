"""Properties of categories, their dimensions, and where segments lie on them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from qda.coding.access import add, clean, coder_of, delete, get, next_place, required, rows
from qda.coding.memos import drop_links
from qda.coding.references import CaseRef, CodeRef, PassageRef, PropertyRef, ValueRef
from qda.coding.segments import passage, release
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Memo, MemoLink, Property, PropertyValue
from qda.models.material import Case
from qda.models.theory import RelationCondition


def dimension(pole_from: str, pole_to: str, places: Sequence[str]) -> list[str]:
    """The places of a dimension from pole to pole, each once."""
    found = [place for place in (pole_from, *places, pole_to) if place]
    last = pole_to or (places[-1] if places else "")
    ordered = list(dict.fromkeys(found))
    if last in ordered:
        ordered.remove(last)
        ordered.append(last)
    return ordered


def add_property(
    project: Project,
    *,
    code: CodeRef,
    name: str,
    pole_from: str = "",
    pole_to: str = "",
    places: list[str] | None = None,
) -> str:
    """Gives a category a property with its two poles and the named places between them."""
    with project.unit(_("New property “{name}”").format(name=name)) as session:
        category = get(session, Code, code)
        return add(
            session,
            Property(
                code_id=category.id,
                name=required(name, _("The property")),
                pole_from=clean(pole_from).strip(),
                pole_to=clean(pole_to).strip(),
                places=[clean(p).strip() for p in places or ()],
                position=next_place(session, Property, code_id=category.id),
            ),
        ).guid


def change_property(
    project: Project,
    *,
    property: PropertyRef,
    name: str | None = None,
    pole_from: str | None = None,
    pole_to: str | None = None,
    places: list[str] | None = None,
) -> str:
    """Changes the name, the poles or the places of a property; what is left out stays."""
    with project.unit(_("Change property")) as session:
        row = get(session, Property, property)
        if name is not None:
            row.name = required(name, _("The property"))
        if pole_from is not None:
            row.pole_from = clean(pole_from).strip()
        if pole_to is not None:
            row.pole_to = clean(pole_to).strip()
        if places is not None:
            row.places = [clean(p).strip() for p in places]
        return row.guid


def add_place(project: Project, *, property: PropertyRef, place: str) -> str:
    """Names one more place of a dimension, the last before the second pole.

    :raises KnownError: there is a place of this name.
    """
    with project.unit(_("New place “{name}”").format(name=place)) as session:
        row = get(session, Property, property)
        words = required(place, _("The place"))
        if words in dimension(row.pole_from, row.pole_to, row.places):
            raise KnownError(
                _("“{property}” has a place “{name}” already.").format(property=row.name, name=words)
            )
        row.places = [*row.places, words]
        return row.guid


def rename_place(project: Project, *, property: PropertyRef, place: str, name: str) -> str:
    """Gives a place of a dimension another name; passages, cases and conditions that lie there follow.

    :raises KnownError: the dimension has no such place, or already one of the new name.
    """
    with project.unit(_("Rename place “{name}”").format(name=place)) as session:
        row = get(session, Property, property)
        words = required(name, _("The place"))
        known = dimension(row.pole_from, row.pole_to, row.places)
        if place not in known:
            raise KnownError(_("“{property}” has no place “{name}”.").format(property=row.name, name=place))
        if words in known and words != place:
            raise KnownError(
                _("“{property}” has a place “{name}” already.").format(property=row.name, name=words)
            )
        row.pole_from = words if row.pole_from == place else row.pole_from
        row.pole_to = words if row.pole_to == place else row.pole_to
        row.places = [words if one == place else one for one in row.places]
        for value in rows(session, PropertyValue, property_id=row.id, value=place):
            value.value = words
        for condition in rows(session, RelationCondition, property_id=row.id, value=place):
            condition.value = words
        _rename_in_types(session, row, place, words)
        return row.guid


def _rename_in_types(session: Session, row: Property, place: str, name: str) -> None:
    """The first line of a named type (see :mod:`qda.coding.typology`) follows."""
    for link in rows(session, MemoLink, target_table="property", target_guid=row.guid):
        memo = session.get_one(Memo, link.memo_id)
        head, line, text = memo.body.partition("\n")
        if memo.kind == "theoretical" and " × " in head:
            memo.body = head.replace(f"{row.name}: {place}", f"{row.name}: {name}") + line + text


def drop_property(session: Session, row: Property) -> None:
    """Removes a property with its values, inside a running unit.

    :raises KnownError: a relation holds under a value of it.
    """
    if rows(session, RelationCondition, property_id=row.id):
        raise KnownError(
            _("A relation holds under the condition “{name}”. Remove the condition first.").format(
                name=row.name
            )
        )
    values = rows(session, PropertyValue, property_id=row.id)
    segments = [value.segment_id for value in values]
    delete(session, *values)
    drop_links(session, "property", row.guid)
    delete(session, row)
    release(session, *segments)


def remove_property(project: Project, *, property: PropertyRef) -> str:
    """Removes a property and its values."""
    with project.unit(_("Remove property")) as session:
        drop_property(session, get(session, Property, property))
        return property


def set_property_value(project: Project, *, property: PropertyRef, segment: PassageRef, value: str) -> str:
    """Says where a passage lies on a dimension: a named place, a pole, or free wording."""
    with project.unit(_("Set value of a property")) as session:
        row = get(session, Property, property)
        place = passage(project, segment)
        words = required(value, _("The value"))
        known = rows(session, PropertyValue, property_id=row.id, segment_id=place.id)
        if known:
            known[0].value = words
            return known[0].guid
        return add(
            session,
            PropertyValue(
                property_id=row.id,
                segment_id=place.id,
                value=words,
                coder_id=coder_of(project).id,
                created=project.clock(),
            ),
        ).guid


def set_case_value(project: Project, *, property: PropertyRef, case: CaseRef, value: str) -> str:
    """Says where a case as a whole lies on a dimension, beside what its passages show."""
    with project.unit(_("Set value of a property")) as session:
        row, whole = get(session, Property, property), get(session, Case, case)
        words = required(value, _("The value"))
        known = rows(session, PropertyValue, property_id=row.id, case_id=whole.id)
        if known:
            known[0].value = words
            return known[0].guid
        return add(
            session,
            PropertyValue(
                property_id=row.id,
                case_id=whole.id,
                value=words,
                coder_id=coder_of(project).id,
                created=project.clock(),
            ),
        ).guid


def remove_property_value(project: Project, *, value: ValueRef) -> str:
    """Takes a passage off a dimension."""
    with project.unit(_("Remove value of a property")) as session:
        row = get(session, PropertyValue, value)
        segment = row.segment_id
        delete(session, row)
        release(session, segment)
        return value
