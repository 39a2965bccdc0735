"""Acts of valuing that take more than one step, each one undo."""

import re

from qda.coding import properties
from qda.coding.codes import properties as code_properties
from qda.i18n import _
from qda.models import Project

_PARTS = re.compile(r"\s*(?:–|—|;|\s-\s)\s*")


def read_property(written: str) -> tuple[str, list[str]]:
    """A new property as one writes it: "Name", or "Name: one pole – place – other pole"."""
    name, _colon, rest = written.partition(":")
    return name.strip(), [part.strip() for part in _PARTS.split(rest) if part.strip()]


def new_property(project: Project, *, code: str, written: str) -> str:
    """Makes a property from what was written (see :func:`read_property`)."""
    name, places = read_property(written)
    poles = {"pole_from": places[0], "pole_to": places[-1]} if len(places) > 1 else {}
    between = places[1:-1] if len(places) > 1 else places
    return properties.add_property(project, code=code, name=name, places=between, **poles)


def change_property(
    project: Project, *, property: str, name: str, pole_from: str, pole_to: str, places: list[str]
) -> str:
    """Changes a property; where as many places stand there as before, the values of renamed ones follow."""
    with project.unit(_("Change property")):
        row = next((one for one in code_properties(project) if one.guid == property), None)
        before = properties.dimension(row.pole_from, row.pole_to, row.places) if row else []
        after = properties.dimension(pole_from, pole_to, places)
        if len(before) == len(after):
            for old, new in zip(before, after, strict=True):
                if old not in after and new not in before:
                    properties.rename_place(project, property=property, place=old, name=new)
        return properties.change_property(
            project, property=property, name=name, pole_from=pole_from, pole_to=pole_to, places=places
        )


def set_value(project: Project, *, property: str, passage: str, case: str, value: str, new: bool) -> str:
    """Puts a passage, or a whole ``case`` where one is named, at a place; ``new``: one named now."""
    with project.unit(_("Set value of a property")):
        if new:
            properties.add_place(project, property=property, place=value)
        if case:
            return properties.set_case_value(project, property=property, case=case, value=value)
        return properties.set_property_value(project, property=property, segment=passage, value=value)
