"""Profiles and types for ``qda list``: where cases lie on properties, and the types that have a name."""

from typing import TYPE_CHECKING

from qda.command_line.shaping import Rows

if TYPE_CHECKING:
    from qda.models import Project


def profile(project: "Project") -> Rows:
    """Each case on each property with all places at which it was seen, and the passages that show it."""
    from qda.coding.profiles import profiles

    return [
        {
            "code": one.code,
            "code_name": one.name,
            "property": axis.property,
            "property_name": axis.name,
            "case": bearer.guid if bearer.is_case else None,
            "case_name": bearer.name,
            "places": list(axis.places_of(bearer.guid)),
            "segments": [seen.segment for seen in axis.seen if seen.bearer == bearer and seen.segment],
        }
        for one in profiles(project)
        for axis in one.axes
        for bearer in axis.bearers
    ]


def types(project: "Project") -> Rows:
    """The types that have a name, with the cases that fall there and the passages that put them there."""
    from qda.coding.typology import named_types

    return [
        {
            "name": cell.type.name,
            "memo": cell.type.memo,
            "row_property": grid.rows.property,
            "row_name": grid.rows.name,
            "row": cell.row,
            "column_property": grid.columns.property,
            "column_name": grid.columns.name,
            "column": cell.column,
            "cases": [bearer.name for bearer in cell.bearers],
            "segments": list(cell.segments),
        }
        for grid, cell in named_types(project)
        if cell.type
    ]
