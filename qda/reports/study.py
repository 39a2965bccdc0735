"""The report of a whole study, in four profiles: for a thesis, an article, a team, an archive.

The program writes no prose of method: what the author must write is a visible placeholder. Private memos
are never in it; how many are withheld is said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qda.coding.rows import SegmentRow
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.declaration import declaration_chapter
from qda.reports.model import Block, Report, Section
from qda.reports.registry import Option, ReportKind
from qda.reports.study_archive import changes_chapter, codes_chapter, quoted_under_codes
from qda.reports.study_article import article_chapters, quoted_in_article
from qda.reports.study_codes import categories_chapter, tree_chapter
from qda.reports.study_core import (
    core_chapter,
    memos_chapter,
    quoted_passages,
    withheld_chapter,
    withheld_lines,
)
from qda.reports.study_data import StudyData, gather
from qda.reports.study_method import limits_chapter, method_chapter, references_chapter
from qda.reports.study_paradigm import paradigm_chapter
from qda.reports.study_process import procedure_chapter
from qda.reports.study_sheet import material_chapter, notice_of, sheet_chapter
from qda.reports.study_team import quoted_for_team, team_chapters
from qda.reports.study_words import DEFAULT_MEMOS, MEMO_KINDS, chosen_flag, chosen_language, chosen_memos

Kinds = Sequence[str]
Chapters = tuple[Section | None, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """For whom a report is: its chapters, the passages that it prints, its memos where none are asked for.

    ``always`` are types of memos that it prints in any case.
    """

    subtitle: str
    chapters: Callable[[StudyData, Kinds], Chapters]
    quoted: Callable[[StudyData], list[SegmentRow]]
    memos: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    cover: bool = True


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; UsageError for an option that means nothing."""
    from qda.coding.material import project_sheet

    profile = PROFILES[options.get("profile") or "thesis"]
    kinds = _memos(options, profile)
    interviewer = chosen_flag(options, "interviewer", default=True)
    chosen = chosen_language(options, project_sheet(project).language)
    with use_language(chosen):
        data = gather(project, interviewer=interviewer)
        chapters = profile.chapters(data, kinds)
        printed, quoted = {*kinds, *profile.always}, profile.quoted(data)
        told = withheld_lines(data, tuple(printed), quoted, interviewer=interviewer)
        blocks: tuple[Block, ...] = tuple(one for one in (*chapters, withheld_chapter(told)) if one)
        made = Report(
            title=data.sheet.title,
            language=chosen,
            blocks=blocks,
            subtitle=_(profile.subtitle),
            created=project.clock(),
            notice=notice_of(data.sheet),
            facts=facts(data),
            keywords=tuple(code.name for code in data.categories),
            cover=profile.cover,
        )
    # beside the report it is told in the language of who makes it
    return replace(made, withheld=withheld_lines(data, tuple(printed), quoted, interviewer=interviewer))


def _memos(options: Mapping[str, str], profile: Profile) -> tuple[str, ...]:
    """The types of memos asked for, else those of the profile."""
    if options.get("memos", "").strip() and profile.memos != tuple(MEMO_KINDS):
        return chosen_memos(options)
    return profile.memos


# -- profiles -----------------------------------------------------------------------------------------------


def _thesis(data: StudyData, kinds: Kinds) -> Chapters:
    """What the results chapters and the appendix of a thesis need."""
    return (
        sheet_chapter(data),
        method_chapter(),
        material_chapter(data),
        procedure_chapter(data),
        tree_chapter(data),
        categories_chapter(data),
        paradigm_chapter(data),
        core_chapter(data),
        limits_chapter(),
        memos_chapter(data, kinds),
        declaration_chapter(data.project),
        references_chapter(),
    )


def _article(data: StudyData, kinds: Kinds) -> Chapters:
    return (*article_chapters(data), memos_chapter(data, kinds))


def _team(data: StudyData, kinds: Kinds) -> Chapters:
    return (*team_chapters(data), memos_chapter(data, kinds))


def _archive(data: StudyData, kinds: Kinds) -> Chapters:
    """Everything that the study holds and that may go out."""
    return (
        sheet_chapter(data),
        material_chapter(data),
        procedure_chapter(data),
        tree_chapter(data),
        categories_chapter(data),
        paradigm_chapter(data),
        core_chapter(data),
        codes_chapter(data),
        changes_chapter(data),
        memos_chapter(data, kinds),
        declaration_chapter(data.project),
    )


def _in_archive(data: StudyData) -> list[SegmentRow]:
    return [*quoted_passages(data), *quoted_under_codes(data)]


PROFILES: Final = {
    "thesis": Profile(N_("Report of the study"), _thesis, quoted_passages, DEFAULT_MEMOS),
    "article": Profile(N_("Short report"), _article, quoted_in_article, cover=False),
    "team": Profile(N_("Report for the team"), _team, quoted_for_team, always=("operational",)),
    "archive": Profile(N_("Archive of the study"), _archive, _in_archive, tuple(MEMO_KINDS)),
}


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
        Option(
            "profile",
            N_("For"),
            "choice",
            "thesis",
            tuple(PROFILES),
            (
                N_("a thesis: results and appendix"),
                N_("an article: short"),
                N_("the team: state of the work"),
                N_("the archive: everything"),
            ),
        ),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("memos", N_("Memos, by type"), "text", ",".join(DEFAULT_MEMOS)),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
    ),
)
