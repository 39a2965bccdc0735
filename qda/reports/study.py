"""The report of a whole study: sheet, material, codes, categories, paradigm with evidence, core, memos.

The program writes no prose of method: what the author must write is a visible placeholder. Private memos
are never in it; how many are withheld is said.
"""

from collections.abc import Mapping
from dataclasses import replace

from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.model import Block, Report
from qda.reports.registry import Option, ReportKind
from qda.reports.study_codes import categories_chapter, tree_chapter
from qda.reports.study_core import core_chapter, memos_chapter, withheld_chapter, withheld_lines
from qda.reports.study_data import StudyData, gather
from qda.reports.study_paradigm import paradigm_chapter
from qda.reports.study_sheet import material_chapter, notice_of, sheet_chapter
from qda.reports.study_words import DEFAULT_MEMOS, chosen_flag, chosen_language, chosen_memos


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; UsageError for an option that means nothing."""
    from qda.coding.material import project_sheet

    kinds = chosen_memos(options)
    interviewer = chosen_flag(options, "interviewer", default=True)
    chosen = chosen_language(options, project_sheet(project).language)
    with use_language(chosen):
        data = gather(project, interviewer=interviewer)
        chapters = (
            sheet_chapter(data),
            material_chapter(data),
            tree_chapter(data),
            categories_chapter(data),
            paradigm_chapter(data),
            core_chapter(data),
            memos_chapter(data, kinds),
            withheld_chapter(data, kinds, interviewer=interviewer),
        )
        blocks: tuple[Block, ...] = tuple(chapter for chapter in chapters if chapter is not None)
        report = Report(
            title=data.sheet.title,
            language=chosen,
            blocks=blocks,
            subtitle=_("Report of the study"),
            created=project.clock(),
            notice=notice_of(data.sheet),
            facts=facts(data),
            keywords=tuple(code.name for code in data.categories),
        )
    return replace(report, withheld=withheld_lines(data, kinds, interviewer=interviewer))


def facts(data: StudyData) -> tuple[str, ...]:
    """Lines of the title page: how large the study is, who coded."""

    def counted(n: int, words: str) -> str:
        return words.format(n=n)

    n_documents, n_cases = len(data.sources), len(data.cases)
    n_codes, n_categories = len(data.codes), len(data.categories)
    n_relations, n_evidence = len(data.relations), sum(len(pieces) for pieces in data.evidence.values())
    codings = (counted(data.codings, ngettext("{n} coding", "{n} codings", data.codings)),)
    lines = [
        (
            counted(n_cases, ngettext("{n} case", "{n} cases", n_cases)),
            counted(n_documents, ngettext("{n} document", "{n} documents", n_documents)),
        ),
        (
            counted(n_codes, ngettext("{n} code", "{n} codes", n_codes)),
            counted(n_categories, ngettext("{n} category", "{n} categories", n_categories)),
            *(codings if data.numbers else ()),
        ),
    ]
    told = ngettext("{n} piece of evidence", "{n} pieces of evidence", n_evidence)
    pieces = (counted(n_evidence, told),)
    if n_relations:
        lines.append(
            (
                counted(n_relations, ngettext("{n} relation", "{n} relations", n_relations)),
                *(pieces if data.numbers else ()),
            )
        )
    coded_by = _("Coded by {names}").format(names=", ".join(coder.name for coder in data.coders))
    return (*(" · ".join(line) for line in lines), coded_by)


KIND = ReportKind(
    name="study",
    title=N_("Report of the study"),
    build=build,
    formats=("docx", "html", "xlsx", "md"),
    synonyms=(N_("thesis"), N_("appendix"), N_("final report"), N_("results")),
    options=(
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("memos", N_("Memos, by type"), "text", ",".join(DEFAULT_MEMOS)),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
    ),
)
