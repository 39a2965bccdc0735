"""What a package says about itself: contents, how the files hang together, what is left out, what is missing.

Only facts; what the author has to write stands as a placeholder.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from qda import __version__
from qda.coding import material
from qda.i18n import N_, Language, _, ngettext, use_language
from qda.models import Project
from qda.reports.archive_plan import LeftOut, Plan
from qda.reports.model import (
    Block,
    Column,
    Report,
    Run,
    Section,
    Table,
    bullets,
    cell,
    note,
    number,
    paragraph,
    placeholder,
    runs,
)
from qda.reports.statistics import reading_words
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import SOURCE_KINDS, word
from qda.reports.text import date_text

LEFT_OUT: Final = "left_out"
_FOLDERS: Final = (
    ("README.md", N_("this text")),
    ("manifest.csv, manifest.json", N_("every file with its size, sha256, type and title")),
    ("checksums.sha256", N_("checksums; test with: sha256sum -c checksums.sha256")),
    ("left_out.csv", N_("what is not in the package, and why")),
    ("study/", N_("project sheet, and what was used for the work (docx, md)")),
    ("transcripts/", N_("transcripts, numbered as they are cited (txt, docx)")),
    ("context/", N_("context material: postscripts, questionnaires, notes (txt, docx)")),
    ("codes/", N_("codebook (docx, xlsx) and code tree (xlsx, csv, opml)")),
    ("memos/", N_("memos but the private ones (docx, md)")),
    ("theory/", N_("coding paradigm (docx, md), relations and evidence (csv)")),
    ("history/", N_("audit trail and sampling decisions (docx, md, csv)")),
    ("tables/", N_("tables for statistics: a workbook, and each as csv")),
)
_TO_WRITE: Final = (
    (N_("Author"), N_("names, institution, ORCID")),
    (N_("Contact"), N_("who answers questions")),
    (N_("Licence"), N_("under which terms the files may be used")),
    (N_("Access and embargo"), N_("who gets access, from when on")),
    ("DOI", N_("given by the archive")),
    (N_("Funding"), N_("who paid, reference number")),
    (N_("Ethics"), N_("vote of a committee, information and consent of the participants")),
    (N_("How to cite"), N_("author, year, title, archive, DOI")),
)

_READING: Final = {
    "encoding": N_("Encoding"),
    "missing": N_("Missing values"),
    "formulas": N_("Formulas"),
    "keys": N_("Columns that join the tables"),
    "pandas": "pandas",
    "r": "R",
    "excel": "Excel",
}


def about(
    project: Project,
    plan: Plan,
    left: Sequence[LeftOut],
    language: Language,
    facts: tuple[str, ...] = (),
) -> Report:
    """The text that goes with the package, and that shows before what it will be; ``facts``: of the part."""
    sheet = material.project_sheet(project)
    with use_language(language):
        intro = _("This package holds what may be handed on of the study, made by qda {version} on {date}.")
        blocks: list[Block] = [
            paragraph(intro.format(version=__version__, date=date_text(project.clock(), language))),
            Section(_("Contents"), (_contents(),)),
            Section(_("How the files hang together"), (_hang_together(),)),
            Section(_("Reading the tables"), (_reading(),)),
            Section(_("To be written by the author"), (_to_write(),)),
            Section(_("Documents"), _documents(plan)),
            Section(_("What is left out"), (left_table(left),)),
        ]
        return Report(
            title=sheet.title,
            language=language,
            blocks=tuple(blocks),
            subtitle=_("Archive package"),
            created=project.clock(),
            notice=notice_of(sheet),
            facts=(*_facts(plan), *facts),
            cover=False,
        )


def _facts(plan: Plan) -> tuple[str, ...]:
    going, cases = len(plan.going), len({one.case for one in plan.going if one.case})
    documents = ngettext("{n} document", "{n} documents", going).format(n=going)
    return (f"{documents} · {ngettext('{n} case', '{n} cases', cases).format(n=cases)}",)


def _contents() -> Table:
    rows = tuple((cell(name), cell(_(words))) for name, words in _FOLDERS)
    return Table((Column(_("File"), share=1), Column(_("What it holds"), share=2)), rows, name=_("Contents"))


def _hang_together() -> Block:
    return bullets(
        _("The number at the left of a transcript is the one by which passages are cited."),
        _("“start” and “stop” in tables/codings.csv count characters of the document in the study from 0."),
        _("A coding names its passage, document, case and code by GUID, as the other tables do."),
        _("theory/evidence.csv leads from each relation in theory/relations.csv to the passages behind it."),
        _("Codes are described in codes/codebook; tables/codebook.csv tells what each column holds."),
        _("Words that may not be handed on are replaced by a note; numbers of paragraphs stay."),
    )


def _reading() -> Block:
    told = [(_READING.get(name, ""), words) for name, words in reading_words()]
    return bullets(*(runs(Run(f"{_(name)}: ", bold=True), words) for name, words in told if name))


def _to_write() -> Block:
    return bullets(*(runs(Run(f"{_(what)}: ", bold=True), placeholder(_(hint))) for what, hint in _TO_WRITE))


def _documents(plan: Plan) -> tuple[Block, ...]:
    if not plan.going:
        return (note(_("No document may be archived: no case has agreed to it.")),)
    columns = (
        Column(_("No."), "right", 0.4),
        Column(_("Document"), share=3),
        Column(_("Kind"), share=1.5),
        Column(_("Case"), share=1.5),
    )
    rows = tuple(
        (number(at), cell(one.title), cell(word(SOURCE_KINDS, one.kind)), cell(one.case_name or "–"))
        for at, one in enumerate((*plan.transcripts, *plan.context), start=1)
    )
    return (Table(columns, rows, name=_("Documents")),)


def left_table(left: Iterable[LeftOut], *, plain: bool = False) -> Table:
    """What is left out; ``plain``: with columns for programs."""
    told = [(cell(one.kind), cell(one.name), cell(one.why)) for one in left]
    if plain:
        return Table(tuple(map(Column, ("kind", "name", "reason"))), tuple(told), name=LEFT_OUT)
    columns = (Column(_("What"), share=2), Column(_("Why"), share=3))
    return Table(columns, tuple((name, why) for _kind, name, why in told), name=_("What is left out"))
