"""First chapters of the report of a study: the project sheet, material and cases."""

import re
from typing import Final

from qda.coding.rows import CaseRow, SheetRow
from qda.i18n import _, language
from qda.reports.consenting import quotation
from qda.reports.model import (
    Block,
    Cell,
    Column,
    Run,
    Section,
    Table,
    cell,
    note,
    number,
    paragraphs,
    runs,
)
from qda.reports.study_data import StudyData, words_in
from qda.reports.study_words import SHEET_FIELDS, SOURCE_KINDS, day, missing, word, written
from qda.reports.text import number_text

_NOTICE_MARKS: Final = ("hinweis:", "notice:")
_CLAUSE_END: Final = re.compile(r"[.:;!?](?:\s|$)")
_INVENTED: Final = ("erfunden", "invented", "fictitious", "fiktiv")
_CASES_ACROSS: Final = 4


def notice_of(sheet: SheetRow) -> str:
    """What must be seen wherever the report goes, from the notes of the sheet.

    It is a line that begins with "Notice:" or "Hinweis:", else the first words of the notes, up to a colon
    or the end of the sentence, if they say that the study is invented.
    """
    lines = [line.strip() for line in sheet.fields["notes"].splitlines() if line.strip()]
    for line in lines:
        if line.casefold().startswith(_NOTICE_MARKS):
            return line.partition(":")[2].strip()
    first = _CLAUSE_END.split(lines[0], maxsplit=1)[0] if lines else ""
    return first if any(mark in first.casefold() for mark in _INVENTED) else ""


def sheet_chapter(data: StudyData) -> Section:
    """The project sheet with the versions of the research question."""
    sheet = data.sheet
    blocks: list[Block] = [Section(_("Research question"), _questions(sheet))]
    for key, (title, hint) in SHEET_FIELDS.items():
        blocks.append(Section(_(title), written(sheet.fields[key], _(hint))))
    lines = sheet.fields["notes"].splitlines()
    rest = "\n".join(line for line in lines if not line.strip().casefold().startswith(_NOTICE_MARKS))
    if rest.strip():
        blocks.append(Section(_("Notes"), paragraphs(rest)))
    return Section(_("The study"), tuple(blocks), "sheet", new_page=True)


def _questions(sheet: SheetRow) -> tuple[Block, ...]:
    if not sheet.questions:
        return (missing(_("the research question")),)
    blocks: list[Block] = [*paragraphs(sheet.questions[-1][0])]
    if len(sheet.questions) > 1:
        rows = tuple(
            (number(index), cell(day(since)), cell(text), cell(reason or "–"))
            for index, (text, reason, since) in enumerate(sheet.questions, start=1)
        )
        columns = (
            Column(_("No."), "right", 0.3),
            Column(_("Since"), share=1.25),
            Column(_("Question"), share=3),
            Column(_("Reason for the change"), share=2),
        )
        blocks.append(Table(columns, rows, _("Versions of the research question"), name=_("Questions")))
    return tuple(blocks)


def material_chapter(data: StudyData) -> Section:
    """Documents with their size, cases with what is known about them."""
    blocks: list[Block] = [Section(_("Documents"), _documents(data))]
    if data.cases:
        blocks.append(Section(_("Cases"), _cases(data)))
    return Section(_("Material and cases"), tuple(blocks), "material", new_page=True)


def _documents(data: StudyData) -> tuple[Block, ...]:
    if not data.sources:
        return (missing(_("no document has been taken in yet")),)
    rows: list[tuple[Cell, ...]] = []
    total = respondents = 0
    for source in data.sources:
        words = words_in(data.project, source)
        total, respondents = total + words.total, respondents + words.respondents
        rows.append(
            (
                cell(source.title),
                cell(word(SOURCE_KINDS, source.kind)),
                cell(source.case_name or "–"),
                _figure(words.total),
                _figure(words.respondents),
                _figure(source.turns),
                *((_figure(source.codings),) if data.numbers else ()),
            )
        )
    turns = sum(source.turns for source in data.sources)
    codings = sum(source.codings for source in data.sources)
    every = (total, respondents, turns, *((codings,) if data.numbers else ()))
    sums = [_figure(n, bold=True) for n in every]
    rows.append((cell(Run(_("Together"), bold=True)), cell(), cell(), *sums))
    columns = (
        Column(_("Document"), share=2.6),
        Column(_("Kind"), share=1.5),
        Column(_("Case"), share=1.5),
        Column(_("Words"), "right"),
        Column(_("of respondents"), "right", 1.1),
        Column(_("Turns"), "right", 0.9),
        *((Column(_("Codings"), "right", 0.9),) if data.numbers else ()),
    )
    table = Table(columns, tuple(rows), _("Documents"), "documents", name=_("Documents"))
    told = [_("Labels of speakers are not counted as words."), data.searched.sentence]
    return table, *(note(line) for line in told if line)


def _figure(value: int, *, bold: bool = False) -> Cell:
    shown = number_text(value, language()) if value else "–"
    return Cell(runs(Run(shown, bold=bold)), number=value)


def _cases(data: StudyData) -> tuple[Block, ...]:
    names = list(dict.fromkeys(name for case in data.cases for name in case.attributes))
    titles = {source.guid: source.title for source in data.sources}
    by_guid = {case.guid: case for case in data.cases}

    def features(case: CaseRow) -> list[str]:
        inside = by_guid[case.parent].name if case.parent in by_guid else ""
        documents = "\n".join(titles[guid] for guid in case.sources) or "–"
        return [*([inside] if nested else []), documents, *(case.attributes.get(name, "–") for name in names)]

    nested = any(case.parent for case in data.cases)
    heads = [*([_("Part of")] if nested else []), _("Documents"), *names]
    caption = _("Cases with their documents and attributes")
    blocks: list[Block] = []
    for at in range(0, len(data.cases), _CASES_ACROSS):
        some = data.cases[at : at + _CASES_ACROSS]
        columns = (Column("", share=1.2), *(Column(case.name, share=2) for case in some))
        told = [features(case) for case in some]
        rows = tuple(
            (cell(Run(head, bold=True)), *(cell(one[index]) for one in told))
            for index, head in enumerate(heads)
        )
        more = len(data.cases) > _CASES_ACROSS
        full = f"{caption} ({some[0].name} – {some[-1].name})" if more else caption
        blocks.append(Table(columns, rows, full, name=_("Cases")))
    for case in data.cases:
        if case.description.strip():
            blocks.append(Section(case.name, paragraphs(case.description), numbered=False))
    return tuple(blocks)


def cited_quote(data: StudyData, guid: str | None) -> Block | None:
    """A chosen passage as a quotation with its place; none where none is chosen."""
    segment = data.segments.get(guid) if guid else None
    return quotation(segment) if segment else None
