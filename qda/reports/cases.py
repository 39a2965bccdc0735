"""Case comparison as a report: cases as columns; slots of a model, categories or properties as rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from qda.coding import comparison_cells, comparison_notes, consent
from qda.coding.case_comparison import FLAGS, Cell, Comparison, Place, Row, Rows, comparison
from qda.coding.citation import may_quote, paragraphs_cited, quoted, spoken, withheld
from qda.coding.comparison_filters import filtered
from qda.coding.comparison_quotations import Quoted, quotations
from qda.coding.comparison_rows import Split
from qda.coding.rows import MemoRow, SegmentRow
from qda.coding.story_text import words_of
from qda.i18n import LANGUAGES, N_, Language, _, use_language
from qda.models import Project
from qda.reports import model as parts
from qda.reports.consenting import Silence, consent_lines
from qda.reports.model import Block, Report, Run, Runs, Section, Table, cell, note, paragraph, runs
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.searched import told_of_study
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language

_ROWS: Final = ("auto", "slots", "codes", "properties")
_SPLITS: Final[dict[str, tuple[Split, ...]]] = {
    "addressee": ("addressee",),
    "level": ("level",),
    "both": ("addressee", "level"),
    "whole": (),
}
_A_PAGE: Final = 3  # cases that a page holds beside one another
_SHORT: Final = 3  # longer names of cases stand in the head as they are


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
    written = comparison_cells.cells(project).values()
    with use_language(language):
        found = comparison(
            project,
            rows=rows,
            model=model,
            codes=codes,
            cases=cases,
            with_children=chosen_flag(options, "below", default=True),
            interviewer=chosen_flag(options, "interviewer", default=True),
            split=_SPLITS[options.get("split") or "addressee"],
            chosen={(one.key, one.case): one.segment for one in written if one.segment},
            summaries={(one.key, one.case): one.body for one in written if one.body},
        )
        only = options.get("only") or "everything"
        if only in FLAGS:
            found = filtered(found, only)
        attributes = chosen_flag(options, "attributes", default=True)
        told = quotations(project, found)
        return report_of(project, found, language, quotations=told, attributes=attributes)


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
    """A comparison as it is looked at, as a report in the current language.

    ``attributes``: the features of the cases are the first row. Notes on the comparison follow the table.
    """
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    table = _Table(project, found, quotations)
    blocks: list[Block] = [table.made(attributes=attributes), *_notes(project, found, table.silence)]
    told = tuple(consent_lines(table.printed, texts=table.silence.texts, names=0))
    blocks += [note(line) for line in told]
    if not found.hidden and (line := told_of_study(project)):
        blocks.append(note(line))
    title = _("Case comparison: {model}").format(model=found.title) if found.title else _("Case comparison")
    return Report(
        title=sheet.title,
        language=language,
        blocks=(Section(title, tuple(blocks), numbered=False, landscape=_wide(found)),),
        created=project.clock(),
        notice=notice_of(sheet),
        withheld=told,
        cover=False,
    )


def _wide(found: Comparison) -> bool:
    """Whether the pages are turned: for more than two cases, and for two that have much to say."""
    return len(found.columns) > 2 or (len(found.columns) == 2 and any(row.codes[1:] for row in found.rows))


def _notes(project: Project, found: Comparison, silence: Silence) -> list[Block]:
    """What was written beside the comparison; private notes are in no report."""
    seen: dict[str, MemoRow] = {}
    for row in found.rows:
        for one in comparison_notes.notes(project, found, row):
            seen[one.guid] = one
    open_ = [one for one in silence.memos(seen.values()) if not one.private and one.body.strip()]
    blocks: list[Block] = []
    for one in sorted(open_, key=lambda one: one.created):
        first, *rest = one.body.strip().splitlines()
        blocks.append(paragraph(Run(f"{one.title}. ", bold=True), first))
        blocks += [paragraph(line) for line in rest if line.strip()]
    return blocks


class _Table:
    """Makes the table; ``printed`` are the passages whose words or places stand in it."""

    def __init__(self, project: Project, found: Comparison, quotations: Mapping[Place, Quoted]) -> None:
        from qda.coding.material import cases

        self._found, self._quotations = found, quotations
        self._cases = {one.guid: one for one in cases(project)}
        self.silence = Silence(consent.unquotable(project))
        some = (one for each in quotations.values() for one in (each.chosen, each.deviating))
        self.printed = [one for one in some if one is not None]

    def made(self, *, attributes: bool) -> Table:
        """The table: a row each, with its head."""
        found = self._found
        heads = (
            parts.Column(_row_title(found.rows)),
            *(parts.Column(_case_title(one.name), share=2.2) for one in found.columns),
        )
        body = list(self._features()) if attributes else []
        for row in found.rows:
            cells = [cell(*_head(row, found))]
            for column in found.columns:
                at = row.key, column.guid
                here = self._cell(found.cell(*at), self._quotations.get(at), many=len(found.columns) > 1)
                cells.append(parts.Cell(here or runs("–")))
            body.append(tuple(cells))
        caption = _("Cases compared")
        return Table(heads, tuple(body), caption, name=_("Cases"), heads=1, most=_A_PAGE)

    def _features(self) -> Iterator[tuple[parts.Cell, ...]]:
        """What the cases are: a row with their descriptions, then one for each attribute."""
        some = [self._cases[column.guid] for column in self._found.columns]
        if any(one.description for one in some):
            yield self._feature(_("Description"), [one.description for one in some])
        values = [{one.name: one.value for one in case.values if not one.missing} for case in some]
        for name in dict.fromkeys(one.name for case in some for one in case.values):
            here = [known.get(name, "") for known in values]
            if any(here):
                yield self._feature(name, here)

    def _feature(self, name: str, words: Sequence[str]) -> tuple[parts.Cell, ...]:
        return cell(Run(name, bold=True)), *(cell(self.silence.told(one) or "–") for one in words)

    def _cell(self, here: Cell, quotation: Quoted | None, *, many: bool) -> Runs:
        lines: list[list[str | Run]] = []
        if here.codes:
            lines.append(self._codes(here, many=many))
        for value in here.values:
            places = "; ".join(self.silence.told(one) for one in value.places)
            lines.append([Run(f"{value.name}: ", italic=True), places])
        if quotation and quotation.chosen:
            lines.append([_printed(quotation.chosen)])
        if quotation and quotation.deviating:
            words = _("most deviating:")
            if quotation.against == "typical":
                words = _("most unlike the typical passage:")
            lines.append([Run(f"{words} ", italic=True), _printed(quotation.deviating)])
        if here.summary:
            lines.append([Run(_("Summary:") + " ", italic=True), self.silence.told(words_of(here.summary))])
        found: list[str | Run] = []
        for at, line in enumerate(lines):
            found += [*(["\n"] if at else []), *line]
        return runs(*found)

    def _codes(self, here: Cell, *, many: bool) -> list[str | Run]:
        found: list[str | Run] = []
        for code in here.codes:
            words = code.name if self._found.hidden else f"{code.name} ({code.count})"
            found.append(f"{'; ' if found else ''}{words}")
            if code.only_here and many:
                found.append(Run(" " + _("only here"), italic=True))
        return found


def _row_title(rows: Sequence[Row]) -> str:
    kinds = {"slot": _("Slot"), "code": _("Category"), "property": _("Property")}
    some = next((one for one in rows if one.kind == "slot"), rows[0] if rows else None)
    return kinds[some.kind] if some is not None else ""


def _case_title(name: str) -> str:
    return _("Case {name}").format(name=name) if len(name) <= _SHORT else name


def _head(row: Row, found: Comparison) -> list[str | Run]:
    """The name of a row, and what is to be looked at."""
    told: list[str | Run] = [Run(row.name, bold=True)]
    if row.part_name:
        told.append("\n" + row.part_name)
    if row.kind == "slot" and len(found.columns) > 2:  # of two, "only here" says the rest
        here = [code for one in found.columns for code in found.cell(row.key, one.guid).codes if code.in_all]
        if names := dict.fromkeys(code.name for code in here):
            told.append("\n" + _("in all: {names}").format(names=", ".join(names)))
    if row.different and row.kind != "property":
        told.append("\n" + _("different dimension: {names}").format(names=", ".join(row.different)))
    elif row.different:
        told.append("\n" + _("different places"))
    return told


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
        Option(
            "split",
            N_("Slots taken apart"),
            "choice",
            "addressee",
            tuple(_SPLITS),
            (N_("by addressee"), N_("by level"), N_("by addressee and level"), N_("not at all")),
        ),
        Option("codes", N_("Only these codes (with ;)")),
        Option("cases", N_("Only these cases (with ;)")),
        Option("below", N_("Codes count those below them"), "flag", "yes", ("yes", "no")),
        Option("interviewer", N_("Count the interviewer’s words"), "flag", "yes", ("yes", "no")),
        Option("attributes", N_("Attributes of the cases"), "flag", "yes", ("yes", "no")),
        Option("only", N_("Show"), "choice", "everything", ("everything", *FLAGS)),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
