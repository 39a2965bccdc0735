"""A model of the paradigm as a report: figure, slots with their definitions, relations with all evidence."""

from collections.abc import Mapping

from qda.coding.rows import ModelRow
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import consent_lines
from qda.reports.model import Block, Column, Report, Run, Section, Table, cell, note
from qda.reports.registry import Option, ReportKind
from qda.reports.study_data import StudyData, gather
from qda.reports.study_paradigm import model_blocks
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language, missing


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language.

    :raises UsageError: a model is named that there is not.
    """
    from qda.coding.material import project_sheet

    language = chosen_language(options, project_sheet(project).language)
    interviewer = chosen_flag(options, "interviewer", default=True)
    with use_language(language):
        data = gather(project, interviewer=interviewer)
        shown = chosen_models(data, options.get("model", "").strip())
        blocks = _blocks(data, shown)
        told = _withheld(data, shown, interviewer=interviewer)
        one = shown[0].name if len(shown) == 1 else ""
        title = _("Coding paradigm: {name}").format(name=one) if one else _("Coding paradigm")
        return Report(
            title=data.sheet.title,
            language=language,
            blocks=(*blocks, *(note(line) for line in told)),
            subtitle=title,
            created=project.clock(),
            notice=notice_of(data.sheet),
            withheld=told,
            cover=False,
        )


def chosen_models(data: StudyData, named: str) -> list[ModelRow]:
    """The model of that name or GUID; without a name all that were not given up."""
    if not named:
        return [model for model in data.models if model.status == "active"]
    found = [model for model in data.models if named in (model.guid, model.name)]
    found = found or [model for model in data.models if model.name.casefold() == named.casefold()]
    if not found:
        names = "; ".join(model.name for model in data.models) or "–"
        raise UsageError(_("There is no model “{name}”; there are: {names}.").format(name=named, names=names))
    return found[:1]


def _blocks(data: StudyData, shown: list[ModelRow]) -> list[Block]:
    if not shown:
        return [missing(_("name a phenomenon and lay out the coding paradigm around it"))]
    several = len(shown) > 1
    parts: list[Block] = []
    for model in shown:
        blocks = tuple(model_blocks(data, model, slots=_slots(model)))
        parts += [Section(model.name, blocks, new_page=several)] if several else blocks
    return parts


def _slots(model: ModelRow) -> Section:
    """What belongs into each slot, and the question that finds it."""
    rows = tuple(
        (cell(Run(slot.name, bold=True)), cell(slot.definition), cell(slot.question)) for slot in model.slots
    )
    columns = (
        Column(_("Slot"), share=1.6),
        Column(_("What belongs here"), share=3),
        Column(_("Question"), share=2.4),
    )
    caption = _("{model}: slots").format(model=model.name)
    return Section(_("Slots"), (Table(columns, rows, caption, name=_("Slots")),))


def _withheld(data: StudyData, shown: list[ModelRow], *, interviewer: bool) -> tuple[str, ...]:
    models = {model.guid for model in shown}
    mine = [relation.guid for relation in data.relations if relation.model in models]
    quoted = [one for guid in mine for piece in data.evidence.get(guid, ()) for one in piece.segments]
    lines = consent_lines(quoted, texts=data.silence.texts, names=len(data.silent_names))
    gone = sum(model.status != "active" for model in data.models if model.guid not in models)
    if gone:
        told = ngettext("{n} model given up is left out.", "{n} models given up are left out.", gone)
        lines.append(told.format(n=gone))
    if not interviewer:
        lines.append(_("Passages in turns of interviewers are not counted."))
    return tuple(lines)


KIND = ReportKind(
    name="paradigm",
    title=N_("Coding paradigm with evidence"),
    build=build,
    formats=("docx", "html", "xlsx", "md"),
    synonyms=(N_("model"), N_("relations"), N_("axial coding"), N_("hypotheses")),
    options=(
        Option("model", N_("Model (all active ones if empty)"), "text"),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
