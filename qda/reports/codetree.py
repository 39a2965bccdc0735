"""The code tree alone: names, definitions, counts by case and document; for readers and other programs.

What is changed in it by hand comes back by :mod:`qda.exchange.code_list_in`.
"""

from collections.abc import Mapping
from typing import Final

from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import consent_lines
from qda.reports.model import Block, Report, Section, note
from qda.reports.registry import TREE_FORMATS, Option, ReportKind
from qda.reports.study import facts
from qda.reports.study_codes import TreeForm, tree_parts
from qda.reports.study_data import StudyData, gather
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language

_YES_NO: Final = ("yes", "no")


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; UsageError for an option that means nothing."""
    from qda.coding.material import project_sheet

    form = _form(options)
    interviewer = chosen_flag(options, "interviewer", default=True)
    chosen = chosen_language(options, project_sheet(project).language)
    with use_language(chosen):
        data = gather(project, interviewer=interviewer)
        parts = tree_parts(data, form)
        tree: tuple[Block, ...] = (*_cut(data, form), *parts.blocks)
        if parts.wide:
            tree = (Section(_("All codes"), tree, landscape=True),)
        told = tuple(consent_lines((), texts=data.silence.texts, names=len(data.silent_names)))
        return Report(
            title=data.sheet.title,
            language=chosen,
            blocks=(*tree, *parts.apart, *(note(line) for line in told)),
            subtitle=_("Code tree"),
            created=project.clock(),
            notice=notice_of(data.sheet),
            facts=facts(data)[:2],
            withheld=told,
            cover=False,
        )


def _form(options: Mapping[str, str]) -> TreeForm:
    return TreeForm(
        counts=chosen_flag(options, "counts", default=True),
        definitions=chosen_flag(options, "definitions", default=True),
        colours=chosen_flag(options, "colours", default=True),
        depth=_depth(options.get("depth", "")),
        alone=True,
    )


def _depth(written: str) -> int:
    if not written.strip():
        return 0
    if not (written.strip().isdecimal() and len(written.strip()) < 4):
        raise UsageError(
            _("“{value}” is no number of levels; write 1, 2, 3 … or 0 for all.").format(value=written)
        )
    return int(written)


def _cut(data: StudyData, form: TreeForm) -> list[Block]:
    """That codes of deeper levels are not shown, if any are."""
    below = sum(code.depth >= form.depth for code in data.codes) if form.depth else 0
    if not below:
        return []
    words = ngettext(
        "{n} code of a deeper level is not shown; those above it count its passages.",
        "{n} codes of deeper levels are not shown; those above them count their passages.",
        below,
    )
    return [note(words.format(n=below))]


KIND = ReportKind(
    name="codetree",
    title=N_("Code tree"),
    build=build,
    formats=TREE_FORMATS,
    synonyms=(N_("codebook"), N_("category system"), N_("list of codes"), N_("frequencies")),
    options=(
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("counts", N_("How often"), "flag", "yes", _YES_NO),
        Option("definitions", N_("Definitions"), "flag", "yes", _YES_NO),
        Option("colours", N_("Colours"), "flag", "yes", _YES_NO),
        Option("depth", N_("Levels of the tree (0: all)"), "number", "0"),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", _YES_NO),
    ),
)
