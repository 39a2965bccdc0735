"""Case comparison as a report: cases as columns; slots of a model, categories or properties as rows."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, cast

from qda.coding import comparison_cells, consent
from qda.coding.case_comparison import FLAGS, Cell, Comparison, Place, Row, comparison
from qda.coding.citation import may_quote, paragraphs_cited, quoted, spoken, withheld
from qda.coding.comparison_filters import filtered
from qda.coding.comparison_quotations import Quoted, quotations
from qda.coding.rows import SegmentRow
from qda.i18n import LANGUAGES, N_, Language, _, use_language
from qda.models import Project
from qda.reports import model as parts
from qda.reports.consenting import Silence, consent_lines
from qda.reports.model import Block, Report, Run, Runs, Section, Table, cell, note, runs
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.searched import told_of_study
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language

Rows = Literal["slots", "codes", "properties"]
_ROWS: Final = ("auto", "slots", "codes", "properties")


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language.

    :raises KnownError: a model, code or case that is named does not exist.
    """
    from qda.coding.material import project_sheet
    from qda.coding.references import resolve

    sheet = project_sheet(project)
    model = resolve(project, "paradigm_model", options["model"]) if options.get("model") else None
    codes = [resolve(project, "code", one) for one in _listed(options, "codes")] or None
    cases = [resolve(project, "case_", one) for one in _listed(options, "cases")] or None
    language = chosen_language(options, sheet.language)
    rows = _rows(project, options, codes=codes is not None)
    written = comparison_cells.cells(project)
    with use_language(language):
        found = comparison(
            project,
            rows=rows,
            model=model,
            codes=codes,
            cases=cases,
            with_children=chosen_flag(options, "below", default=True),
            chosen={(one.key, one.case): one.segment for one in written.values() if one.segment},
            summaries={(one.key, one.case): one.body for one in written.values() if one.body},
        )
        only = options.get("only") or "everything"
        if only in FLAGS:
            found = filtered(found, only)
        return report_of(project, found, language, quotations=quotations(project, found))


def _listed(options: Mapping[str, str], name: str) -> list[str]:
    return [one.strip() for one in options.get(name, "").split(";") if one.strip()]


def _rows(project: Project, options: Mapping[str, str], *, codes: bool) -> Rows:
    """What stands in the rows: what is asked for, else the slots of an active model, else the codes."""
    from qda.coding import theory

    wanted = options.get("rows") or "auto"
    if wanted != "auto":
        return cast(Rows, wanted)
    active = any(one.status == "active" and one.phenomenon for one in theory.models(project))
    return "slots" if (active or options.get("model")) and not codes else "codes"


def report_of(
    project: Project,
    found: Comparison,
    language: Language,
    *,
    quotations: Mapping[Place, Quoted],
    attributes: bool = True,
) -> Report:
    """A comparison as it is looked at, as a report in the current language."""
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    silence = Silence(consent.unquotable(project))
    blocks: list[Block] = [_table(found, quotations, silence)]
    printed = [one for each in quotations.values() for one in (each.chosen, each.deviating) if one]
    told = tuple(consent_lines(printed, texts=silence.texts, names=0))
    blocks += [note(line) for line in told]
    if not found.hidden and (line := told_of_study(project)):
        blocks.append(note(line))
    title = _("Case comparison: {model}").format(model=found.title) if found.title else _("Case comparison")
    return Report(
        title=sheet.title,
        language=language,
        blocks=(Section(title, tuple(blocks), numbered=False, landscape=len(found.columns) > 2),),
        created=project.clock(),
        notice=notice_of(sheet),
        withheld=told,
        cover=False,
    )


def _table(found: Comparison, quotations: Mapping[Place, Quoted], silence: Silence) -> Table:
    cases = (parts.Column(one.name, share=2.0) for one in found.columns)
    heads = (parts.Column(_row_title(found.rows)), *cases)
    body = []
    for row in found.rows:
        cells = [cell(*_head(row, found))]
        for column in found.columns:
            at = row.key, column.guid
            here = _cell(found.cell(*at), quotations.get(at), silence, hidden=found.hidden)
            cells.append(parts.Cell(here or runs("–")))
        body.append(tuple(cells))
    return Table(heads, tuple(body), _("Cases compared"), name=_("Cases"), heads=1)


def _row_title(rows: Sequence[Row]) -> str:
    kinds = {"slot": _("Slot"), "code": _("Category"), "property": _("Property")}
    return kinds[rows[0].kind] if rows else ""


def _head(row: Row, found: Comparison) -> list[str | Run]:
    """The name of a row, and what is to be looked at."""
    told: list[str | Run] = [Run(row.name, bold=True)]
    if row.kind == "slot" and len(found.columns) > 1:
        here = [code for one in found.columns for code in found.cell(row.key, one.guid).codes if code.in_all]
        if names := dict.fromkeys(code.name for code in here):
            told.append("\n" + _("in all: {names}").format(names=", ".join(names)))
    if row.different:
        told.append("\n" + _("different dimension: {names}").format(names=", ".join(row.different)))
    return told


def _cell(here: Cell, quotation: Quoted | None, silence: Silence, *, hidden: bool) -> Runs:
    lines: list[list[str | Run]] = []
    for code in here.codes:
        words = code.name if hidden else _("{code} ({n})").format(code=code.name, n=code.count)
        lines.append([words, *([Run(" " + _("only here"), italic=True)] if code.only_here else [])])
    for value in here.values:
        places = "; ".join(silence.told(one) for one in value.places)
        lines.append([_("{property}: {places}").format(property=value.name, places=places)])
    if here.summary:
        lines.append([silence.told(here.summary)])
    if quotation and quotation.chosen:
        lines.append([_printed(quotation.chosen)])
    if quotation and quotation.deviating:
        words = _("most deviating:")
        if quotation.against == "typical":
            words = _("most unlike the typical passage:")
        lines.append([Run(f"{words} ", italic=True), _printed(quotation.deviating)])
    found: list[str | Run] = []
    for at, line in enumerate(lines):
        found += [*(["\n"] if at else []), *line]
    return runs(*found)


def _printed(segment: SegmentRow) -> str:
    """A quotation with its place; without consent the place alone."""
    words = quoted(spoken(segment)) if may_quote(segment) else withheld()
    return f"{words} ({paragraphs_cited(segment)})"


KIND = ReportKind(
    name="cases",
    title=N_("Case comparison"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("compare cases"), N_("contrast"), N_("cross-case")),
    options=(
        Option("rows", N_("Rows"), "choice", "auto", _ROWS),
        Option("model", N_("Model")),
        Option("codes", N_("Only these codes (with ;)")),
        Option("cases", N_("Only these cases (with ;)")),
        Option("below", N_("Codes count those below them"), "flag", "yes", ("yes", "no")),
        Option("only", N_("Show"), "choice", "everything", ("everything", *FLAGS)),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
