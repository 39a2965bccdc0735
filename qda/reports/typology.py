"""The typology of two properties as a report: the grid as picture and table, its types and their notes."""

from collections.abc import Mapping
from typing import Final

from qda.coding import consent
from qda.coding.profiles import Axis, profiles
from qda.coding.typology import NOT_PLACED, Typology, typology
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines
from qda.reports.dimensional import (
    axis_title,
    cases_of,
    place_name,
    shown_places,
    typology_figure,
    typology_notes,
    typology_words,
)
from qda.reports.model import Block, Column, Figure, Report, Run, Section, Table, cell, note, paragraphs
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_language

_A_PAGE: Final = 5  # places beside one another
_WIDTH_MM = 156.0


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language.

    :raises UsageError: the properties are not named, or there are none of these names.
    """
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    rows, columns = find_property(project, options, "rows"), find_property(project, options, "columns")
    with use_language(chosen_language(options, sheet.language)):
        grid = typology(project, rows=rows.property, columns=columns.property).public()
        silence = Silence(consent.unquotable(project))
        numbers = not sheet.hide_frequencies
        title = _("Typology: {rows} × {columns}").format(rows=rows.name, columns=columns.name)
        blocks: list[Block] = [_picture(grid, title, numbers=numbers), _table(grid, title)]
        blocks += [note(line) for line in typology_notes(grid)]
        blocks += _types(grid, silence)
        told = tuple(consent_lines((), texts=silence.texts, names=0))
        return Report(
            title=sheet.title,
            language=chosen_language(options, sheet.language),
            blocks=(*blocks, *(note(line) for line in told)),
            subtitle=title,
            created=project.clock(),
            notice=notice_of(sheet),
            withheld=told,
            cover=False,
        )


def find_property(project: Project, options: Mapping[str, str], name: str) -> Axis:
    """The property that an option names: GUID, name, or "Category: Name".

    :raises UsageError: it names none, or several.
    """
    every = [axis for one in profiles(project) for axis in one.axes]
    written = options.get(name, "").strip()
    if not written:
        known = "; ".join(f"{axis.code_name}: {axis.name}" for axis in every) or "–"
        raise UsageError(
            _("Name a property by “{option}”. There are: {names}.").format(option=name, names=known)
        )
    wanted = written.casefold()
    found = [axis for axis in every if axis.property == written]
    found = found or [axis for axis in every if f"{axis.code_name}: {axis.name}".casefold() == wanted]
    found = found or [axis for axis in every if axis.name.casefold() == wanted]
    if len(found) != 1:
        words = (
            _("There is no property “{name}”.") if not found else _("“{name}” can mean several properties.")
        )
        raise UsageError(words.format(name=written))
    return found[0]


def _picture(grid: Typology, title: str, *, numbers: bool) -> Figure:
    from qda.figures.painting import to_png, to_svg

    figure, alt = typology_figure(grid, numbers=numbers), typology_words(grid)
    svg = to_svg(figure, width_mm=_WIDTH_MM, title=title, description=alt)
    return Figure(title, alt, to_png(figure, width_mm=_WIDTH_MM), svg, _WIDTH_MM, "typology")


def _table(grid: Typology, title: str) -> Table:
    rows, columns = shown_places(grid)
    head = f"{axis_title(grid, grid.rows)} × {axis_title(grid, grid.columns)}"
    heads = (Column(head, share=2.2), *(Column(place_name(place), share=1.6) for place in columns))
    body = []
    for row in rows:
        cells = [cell(Run(place_name(row), bold=True))]
        for column in columns:
            here = grid.cell(row, column)
            named = f"{here.type.name}\n" if here.type else ""
            cells.append(cell(Run(named, bold=True), ", ".join(cases_of(grid, here)) or "?"))
        body.append(tuple(cells))
    return Table(heads, tuple(body), title, name=_("Typology"), heads=1, most=_A_PAGE)


def _types(grid: Typology, silence: Silence) -> list[Section]:
    """What the author wrote on each type; the memo's first line names its places and is left out."""
    return [
        Section(silence.told(one.type.name), paragraphs(silence.told(one.type.text)), numbered=False)
        for one in grid.cells
        if one.type and one.type.text and NOT_PLACED not in (one.row, one.column)
    ]


KIND = ReportKind(
    name="typology",
    title=N_("Typology of two properties"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("grid"), N_("cross table"), N_("ideal type")),
    options=(
        Option("rows", N_("Property of the rows")),
        Option("columns", N_("Property of the columns")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
