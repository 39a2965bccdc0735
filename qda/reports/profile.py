"""Dimensional profiles as a report: each category on its properties, as picture and as table by case."""

from collections.abc import Mapping
from typing import Final

from qda.coding.profiles import Profile, profiles
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, use_language
from qda.models import Project
from qda.reports.dimensional import profile_figure, profile_words
from qda.reports.model import Block, Column, Figure, Report, Run, Section, Table, cell, note
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_language

_A_PAGE: Final = 4  # properties beside one another
_WIDTH_MM = 156.0


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; of one category where it is named.

    :raises UsageError: there is no such category, or it has no property.
    """
    from qda.coding.material import project_sheet
    from qda.coding.references import resolve

    sheet = project_sheet(project)
    every = profiles(project)
    if options.get("code"):
        wanted = resolve(project, "code", options["code"])
        every = [one for one in every if one.code == wanted]
        if not every:
            raise UsageError(_("“{name}” has no property yet.").format(name=options["code"]))
    with use_language(chosen_language(options, sheet.language)):
        blocks: tuple[Block, ...] = tuple(_section(one) for one in every)
        if not blocks:
            blocks = (note(_("No category has a property yet.")),)
        return Report(
            title=sheet.title,
            language=chosen_language(options, sheet.language),
            blocks=blocks,
            subtitle=_("Dimensional profiles"),
            created=project.clock(),
            notice=notice_of(sheet),
            cover=False,
        )


def _section(one: Profile) -> Section:
    from qda.figures.painting import to_png, to_svg

    figure, alt = profile_figure(one), profile_words(one)
    caption = _("Dimensional profile: {name}").format(name=one.name)
    svg = to_svg(figure, width_mm=_WIDTH_MM, title=caption, description=alt)
    picture = Figure(caption, alt, to_png(figure, width_mm=_WIDTH_MM), svg, _WIDTH_MM, f"profile:{one.code}")
    return Section(one.name, (picture, _table(one)), numbered=False)


def _table(one: Profile) -> Table:
    """A row a case, below what the dimensions are: cases are many, and their places are texts."""
    heads = (Column(_("Case"), share=0.8), *(Column(axis.name, share=2) for axis in one.axes))
    dimensions = [cell(Run(" – ".join(axis.places), italic=True)) for axis in one.axes]
    rows = [(cell(Run(_("Dimension"), italic=True)), *dimensions)]
    for bearer in one.bearers:
        seen = ["; ".join(axis.places_of(bearer.guid)) or "–" for axis in one.axes]
        rows.append((cell(Run(bearer.name, bold=True)), *map(cell, seen)))
    caption = _("Places by case: {name}").format(name=one.name)
    return Table(heads, tuple(rows), caption, name=one.name, heads=1, most=_A_PAGE)


KIND = ReportKind(
    name="profile",
    title=N_("Dimensional profiles"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("properties"), N_("dimensions")),
    options=(
        Option("code", N_("Category"), "code"),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
