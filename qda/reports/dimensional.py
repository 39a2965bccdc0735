"""Dimensional profiles and typologies as pictures and tables, for the window as for reports.

Where a study hides frequencies, names stay and figures go.
"""

from collections.abc import Collection

from qda.coding.bearers import Bearer, short_names
from qda.coding.profiles import Axis, Profile, Seen
from qda.coding.typology import NOT_PLACED, Cell, Typology
from qda.figures.profile import ProfileAxis, ProfileDot, ProfileFigure, ProfileRow
from qda.figures.typology import TypeCell, TypologyFigure
from qda.i18n import _, ngettext

_LETTERS = 4


def letters(bearers: Collection[Bearer]) -> dict[str, str]:
    """A few letters for each case or document, by GUID: "Fall A" is A, a long name its initials."""
    short = short_names([one.name for one in bearers])
    return {one.guid: _initials(short[one.name]) for one in bearers}


def _initials(name: str) -> str:
    if len(name) <= _LETTERS:
        return name
    words = name.replace("-", " ").split()
    found = "".join(word if word.isdigit() else word[0] for word in words)
    return (found if len(found) > 1 else name)[:_LETTERS]


def dot_key(axis: Axis, bearer: Bearer, place: str) -> str:
    """How a dot of the picture is named."""
    return f"{axis.property}|{bearer.guid}|{place}"


def at_dot(profile: Profile, key: str) -> tuple[Seen, ...]:
    """The values that a dot stands for."""
    prop, bearer, place = key.split("|", 2)
    return next((axis.at(bearer, place) for axis in profile.axes if axis.property == prop), ())


def profile_figure(profile: Profile, *, here: str = "") -> ProfileFigure:
    """The profile for the painter; ``here`` is the passage (GUID) whose dots are filled."""
    short = letters((*profile.cases, *profile.bearers))
    axes = tuple(_axis(axis, short, here) for axis in profile.axes)
    dots = [dot for axis in axes for row in axis.rows for dot in row.dots]
    notes = []
    if any(dot.here for dot in dots):
        notes.append(_("Filled: this passage."))
    if any(dot.whole for dot in dots):
        notes.append(_("Square: the case as a whole."))
    return ProfileFigure(axes, (" ".join(notes),) if notes else (), _("No value yet."))


def _axis(axis: Axis, short: dict[str, str], here: str) -> ProfileAxis:
    rows = []
    for bearer in axis.bearers:
        dots = []
        for place in axis.places_of(bearer.guid):
            seen = axis.at(bearer.guid, place)
            whole = not any(one.segment for one in seen)
            mine = bool(here) and any(one.segment == here for one in seen)
            dots.append(ProfileDot(place, short[bearer.guid], dot_key(axis, bearer, place), whole, mine))
        rows.append(ProfileRow(bearer.name, tuple(dots)))
    return ProfileAxis(axis.name, axis.places, tuple(rows))


def profile_words(profile: Profile) -> str:
    """The profile in words, for those who cannot see it."""
    lines = []
    for axis in profile.axes:
        ends = f" ({axis.places[0]} – {axis.places[-1]})" if axis.places else ""
        seen = " ".join(f"{one.name}: {'; '.join(axis.places_of(one.guid))}." for one in axis.bearers)
        lines.append(f"{axis.name}{ends}. {seen or _('No value yet.')}")
    return "\n".join(lines)


# -- typology -----------------------------------------------------------------------------------------------


def place_name(place: str) -> str:
    """A place as people read it."""
    return _("not placed") if place == NOT_PLACED else place


def shown_places(grid: Typology) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rows and columns that are shown: "not placed" where something is not placed."""
    rows = tuple(
        place
        for place in grid.row_places
        if place or any(grid.cell(place, column).bearers for column in grid.column_places)
    )
    columns = tuple(
        place
        for place in grid.column_places
        if place or any(grid.cell(row, place).bearers for row in grid.row_places)
    )
    return rows, columns


def typology_figure(grid: Typology, *, numbers: bool = True) -> TypologyFigure:
    """The grid for the painter; without ``numbers`` no passages are counted."""
    rows, columns = shown_places(grid)
    cells = tuple(
        tuple(_cell(grid, grid.cell(row, column), numbers=numbers) for column in columns) for row in rows
    )
    return TypologyFigure(
        axis_title(grid, grid.rows),
        axis_title(grid, grid.columns),
        tuple(map(place_name, rows)),
        tuple(map(place_name, columns)),
        cells,
        spare_row=rows[-1:] == (NOT_PLACED,),
        spare_column=columns[-1:] == (NOT_PLACED,),
        notes=tuple(typology_notes(grid)),
    )


def axis_title(grid: Typology, axis: Axis) -> str:
    """A property, with its category where the two are of different ones."""
    return axis.name if grid.rows.code == grid.columns.code else f"{axis.code_name}: {axis.name}"


def _cell(grid: Typology, cell: Cell, *, numbers: bool) -> TypeCell:
    count, both = len(cell.segments), len(cell.together)
    note = ngettext("{n} passage", "{n} passages", count).format(n=count) if numbers and count else ""
    if numbers and both:
        note += " · " + _("{n} at both places").format(n=both)
    return TypeCell(cell.type.name if cell.type else "", tuple(cases_of(grid, cell)), note)


def cases_of(grid: Typology, cell: Cell) -> list[str]:
    """The names in a cell; a star marks those that fall into several cells."""
    return [f"{one.name}*" if one in grid.several else one.name for one in cell.bearers]


def rests_on(bearers: Collection[Bearer]) -> str:
    """On how many cases something rests."""
    cases = sum(one.is_case for one in bearers)
    others = len(bearers) - cases
    if others and not cases:
        words = ngettext(
            "rests on {n} document without a case", "rests on {n} documents without a case", others
        )
        return words.format(n=others)
    told = ngettext("rests on {n} case", "rests on {n} cases", cases).format(n=cases)
    if others:
        words = ngettext("and {n} document without a case", "and {n} documents without a case", others)
        told += " " + words.format(n=others)
    return told


def typology_notes(grid: Typology) -> list[str]:
    """What must be known beside the grid: on how many cases it rests, which fall into several cells."""
    words = rests_on(grid.bearers)
    lines = [words[:1].upper() + words[1:] + "."]
    if grid.several:
        names = ", ".join(one.name for one in grid.several)
        lines.append(_("* In several cells, as seen at several places: {cases}.").format(cases=names))
    return lines


def typology_words(grid: Typology) -> str:
    """The grid in words, for those who cannot see it."""
    rows, columns = shown_places(grid)
    lines = []
    for row in rows:
        for column in columns:
            cell = grid.cell(row, column)
            names = ", ".join(one.name for one in cell.bearers) or _("no case")
            told = f" ({cell.type.name})" if cell.type else ""
            lines.append(f"{place_name(row)} × {place_name(column)}{told}: {names}.")
    return "\n".join(lines)
