"""The code tree alone: names, definitions, counts by case and document; for readers and other programs."""

from collections.abc import Mapping

from qda.i18n import LANGUAGES, N_, _, use_language
from qda.models import Project
from qda.reports.consenting import consent_lines
from qda.reports.model import Block, Report, Section, note
from qda.reports.registry import TREE_FORMATS, Option, ReportKind
from qda.reports.study import facts
from qda.reports.study_codes import tree_parts
from qda.reports.study_data import gather
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; UsageError for an option that means nothing."""
    from qda.coding.material import project_sheet

    interviewer = chosen_flag(options, "interviewer", default=True)
    chosen = chosen_language(options, project_sheet(project).language)
    with use_language(chosen):
        data = gather(project, interviewer=interviewer)
        parts = tree_parts(data, definitions=True)
        tree: tuple[Block, ...] = parts.blocks
        if parts.wide:
            tree = (Section(_("All codes"), parts.blocks, landscape=True),)
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


KIND = ReportKind(
    name="codetree",
    title=N_("Code tree"),
    build=build,
    formats=TREE_FORMATS,
    synonyms=(N_("codebook"), N_("category system"), N_("list of codes"), N_("frequencies")),
    options=(
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
    ),
)
