"""Sampling as a report: the decisions in their order with what they brought, and how each case came in."""

from collections.abc import Mapping, Sequence

from qda.coding import consent
from qda.coding.sampling import CaseOrigin, DecisionRow, TargetRow, called, case_origins, decisions
from qda.i18n import LANGUAGES, N_, Language, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines
from qda.reports.model import Block, Column, Report, Run, Section, Table, cell, note, number
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_language
from qda.reports.text import date_text


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language."""
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    language = chosen_language(options, sheet.language)
    with use_language(language):
        rows = decisions(project)
        silence = Silence(consent.unquotable(project))
        cases = tuple(origin_blocks(case_origins(project, rows), rows, silence))
        made = tuple(decision_blocks(rows, silence, language))
        return Report(
            title=sheet.title,
            language=language,
            blocks=(
                Section(_("How the cases came into the study"), cases, numbered=False),
                Section(_("Sampling decisions"), made, numbered=False, landscape=bool(rows)),
            ),
            subtitle=_("Sampling"),
            created=project.clock(),
            notice=notice_of(sheet),
            cover=False,
            withheld=tuple(consent_lines((), texts=silence.texts, names=0)),
        )


def decision_blocks(rows: Sequence[DecisionRow], silence: Silence, language: Language) -> list[Block]:
    """The decisions in their order, as a table; it wants pages turned sideways."""
    if not rows:
        return [note(_("There is no sampling decision."))]
    heads = (
        Column(_("No."), "right", 0.4),
        Column(_("Form"), share=1.1),
        Column(_("From which gap"), share=2.0),
        Column(_("What is sought"), share=1.7),
        Column(_("Why"), share=1.7),
        Column(_("Where"), share=0.9),
        Column(_("Outcome"), share=0.9),
        Column(_("What it brought"), share=4.0),
    )
    body = [
        (
            number(at),
            cell(f"{form_word(row.form)}\n{date_text(row.created.date(), language)}, {row.coder}"),
            cell(silence.told(row.gap)),
            cell(silence.told(row.sought)),
            cell(silence.told(row.why)),
            cell(_where(row.targets)),
            cell(outcome_word(row.outcome)),
            cell(silence.told(row.brought)),
        )
        for at, row in enumerate(rows, 1)
    ]
    found: list[Block] = []
    results = sum(row.outcome in ("refused", "not_reached") for row in rows)
    if results:
        words = ngettext(
            "{n} decision ended with a refusal, or the field was not reached; that is a result, too.",
            "{n} decisions ended with a refusal, or the field was not reached; that is a result, too.",
            results,
        )
        found.append(
            note(words.format(n=results))
        )  # before the table, so that no page is turned for it alone
    table = Table(heads, tuple(body), _("Sampling decisions"), name=_("Decisions"), flowing=True)
    return [*found, table]


def _where(targets: Sequence[TargetRow]) -> str:
    """Cases and documents by name, passages already collected by where they stand."""
    named = [called(target) for target in targets if target.kind != "segment" and target.name]
    passages = [target.name for target in targets if target.kind == "segment" and target.name]
    if passages:
        places = "; ".join(dict.fromkeys(passages))
        named.append(_("passages already collected: {places}").format(places=places))
    return "\n".join(named) or "–"


def origin_blocks(
    origins: Sequence[CaseOrigin], made: Sequence[DecisionRow], silence: Silence
) -> list[Block]:
    """How each case came into the study, as a table."""
    if not origins:
        return [note(_("There is no case yet."))]
    heads = (
        Column(_("Case"), share=1.4),
        Column(_("Starting case"), "centre"),
        Column(_("By decision"), share=1.1),
        Column(_("What was sought"), share=2.6),
    )
    rows = [
        (
            cell(Run(one.name, bold=True)),
            cell("●" if one.starting else ""),
            cell(", ".join(map(str, one.decisions)) or ("" if one.starting else _("none leads here"))),
            cell("\n".join(silence.told(made[at - 1].sought) for at in one.decisions)),
        )
        for one in origins
    ]
    explained = _("Starting cases were there before the first sampling decision.")
    return [Table(heads, tuple(rows), _("Cases"), name=_("Cases")), note(explained)]


def form_word(key: str) -> str:
    """A form of sampling."""
    return {
        "open": _("open"),
        "relational": _("relational and variational"),
        "discriminate": _("discriminate"),
        "similar": _("similar case"),
        "contrasting": _("contrasting case"),
    }.get(key, key)


def outcome_word(key: str) -> str:
    """What came of a decision."""
    return {
        "open": _("open"),
        "reached": _("reached"),
        "refused": _("refused"),
        "not_reached": _("not reached"),
    }.get(key, key)


KIND = ReportKind(
    name="sampling",
    title=N_("Sampling"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("theoretical sampling"), N_("starting cases"), N_("gaps")),
    options=(Option("language", N_("Language of the report"), "language", choices=LANGUAGES),),
)
