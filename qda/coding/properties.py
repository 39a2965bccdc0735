"""Properties of categories, their dimensions, and where segments lie on them."""

from sqlalchemy.orm import Session

from qda.coding.access import add, clean, coder_of, delete, get, next_place, required, rows
from qda.coding.memos import drop_links
from qda.coding.references import CodeRef, PassageRef, PropertyRef, ValueRef
from qda.coding.segments import passage, release
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Property, PropertyValue
from qda.models.theory import RelationCondition


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


def remove_property_value(project: Project, *, value: ValueRef) -> str:
    """Takes a passage off a dimension."""
    with project.unit(_("Remove value of a property")) as session:
        row = get(session, PropertyValue, value)
        segment = row.segment_id
        delete(session, row)
        release(session, segment)
        return value
