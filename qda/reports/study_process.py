"""The chapter of the report of a study about its procedure: what history, sampling and judgements tell."""

from collections import Counter
from datetime import date
from typing import Final

from qda.coding.procedure import PHASES, MonthRow, Procedure, procedure, work
from qda.coding.sampling import case_origins, decisions
from qda.coding.saturation import curve, states
from qda.coding.saturation_judgements import standing
from qda.i18n import N_, _, language
from qda.reports.model import Block, Cell, Column, Section, Table, cell, note, number
from qda.reports.sampling import decision_blocks, origin_blocks
from qda.reports.saturation import judgement_blocks
from qda.reports.study_data import StudyData
from qda.reports.study_method import PROCEDURE
from qda.reports.study_words import day, missing
from qda.reports.text import month_text

PHASE_NAMES: Final = {
    "open": N_("Open coding"),
    "axial": N_("Axial coding"),
    "selective": N_("Selective coding"),
    "": N_("Outside of coding"),
}


def procedure_chapter(data: StudyData) -> Section:
    """Phases, course of the work, coding of the documents, sampling, saturation."""
    told = procedure(data.project)
    made = decisions(data.project)
    origins = origin_blocks(case_origins(data.project, made), made, data.silence)
    sampled = Section(_("How the cases came into the study"), tuple(origins))
    chosen = tuple(decision_blocks(made, data.silence, language()))
    return Section(
        _("Procedure"),
        (
            Section(_("Phases"), _phases(told)),
            Section(_("Course of the work"), _months(told)),
            Section(_("Coding of the documents"), _documents(data)),
            sampled,
            Section(_("Sampling decisions"), chosen, landscape=bool(made)),
            Section(_("Saturation"), _saturation(data)),
        ),
        PROCEDURE,
        new_page=True,
    )


def _phases(told: Procedure) -> tuple[Block, ...]:
    rows = tuple(
        (
            cell(_(PHASE_NAMES[one.phase])),
            cell(day(one.first)),
            cell(day(one.last)),
            number(one.days),
            number(one.acts),
        )
        for one in told.phases
    )
    columns = (
        Column(_("Phase"), share=2),
        Column(_("First act"), share=1.6),
        Column(_("Last act"), share=1.6),
        Column(_("Days with acts"), "right", 1.1),
        Column(_("Acts"), "right", 0.8),
    )
    explained = _(
        "From the history of the program: each act belongs to the workspace in which it was done; what was "
        "undone is left out. Outside of coding are import, cases and the project sheet."
    )
    return note(explained), Table(columns, rows, _("Phases of the work"), name=_("Phases"))


def _months(told: Procedure) -> tuple[Block, ...]:
    """Acts by month and phase (the phases are seen to interleave), then what became of the codebook."""
    phases = [phase for phase in PHASES if any(row.acts.get(phase) for row in told.months)]
    acts = Table(
        (
            Column(_("Month"), share=1.6),
            *(Column(_(PHASE_NAMES[phase]), "right", 1.2) for phase in phases),
        ),
        tuple(_month(row, [row.acts.get(phase, 0) for phase in phases]) for row in told.months),
        _("Acts by month and phase"),
        name=_("Months"),
    )
    changed = [row for row in told.months if row.made or row.renamed or row.gone or row.filed or row.worded]
    book = Table(
        (
            Column(_("Month"), share=1.6),
            Column(_("new"), "right"),
            Column(_("renamed"), "right"),
            Column(_("filed elsewhere"), "right"),
            Column(_("merged or removed"), "right"),
            Column(_("texts written"), "right"),
        ),
        tuple(_month(row, [row.made, row.renamed, row.filed, row.gone, row.worded]) for row in changed),
        _("Changes of the codebook by month: codes"),
        name=_("Codebook by month"),
    )
    explained = _(
        "Months without an act are left out. Texts are new versions of definition, delimitation, anchor "
        "example and coding rule."
    )
    return (acts, book, note(explained)) if changed else (acts,)


def _month(row: MonthRow, figures: list[int]) -> tuple[Cell, ...]:
    title = month_text(date(row.year, row.month, 1), language())
    return cell(title), *(number(n, text="" if n else "–") for n in figures)


def _documents(data: StudyData) -> tuple[Block, ...]:
    """In which order the documents were coded, by whom, and how many codes were new in each."""
    rows = sorted(work(data.coded), key=lambda row: row.first)
    if not rows:
        return (missing(_("nothing has been coded yet")),)
    sources = {one.guid: one for one in data.sources}
    new = {one.source: len(one.new) for one in curve(data.project).transcripts}
    often = Counter(row.source for row in rows)
    body = []
    for source in dict.fromkeys(row.source for row in rows):
        some = [row for row in rows if row.source == source]
        names = [f"{row.coder} {row.codings}" if data.numbers else row.coder for row in some]
        coders = " · ".join(names) if often[source] > 1 else some[0].coder
        counts: tuple[Cell, ...] = ()
        if data.numbers:
            counts = (number(sum(row.codings for row in some)), number(new.get(source), text=""))
        body.append(
            (
                cell(sources[source].title if source in sources else ""),
                cell(day(min(row.first for row in some))),
                cell(day(max(row.last for row in some))),
                cell(coders),
                *counts,
            )
        )
    columns = (
        Column(_("Document"), share=1.6),
        Column(_("First coding"), share=2.1),
        Column(_("Last coding"), share=2.1),
        Column(_("Coded by"), share=1.7),
        *((Column(_("Codings"), "right", 0.8), Column(_("Codes new"), "right", 0.7)) if data.numbers else ()),
    )
    caption = _("Documents in the order of their first coding")
    explained = _(
        "Codes new in a transcript: those of today’s codebook that were first coded there, in this order."
    )
    return Table(columns, tuple(body), caption, name=_("Coding")), *(
        (note(explained),) if data.numbers else ()
    )


def _saturation(data: StudyData) -> tuple[Block, ...]:
    found = states(data.project, judgements=standing(data.project))
    if not found.rows:
        return (missing(_("no code has been made a category yet")),)
    if not any(row.judgement for row in found.rows):
        return (missing(_("judge the saturation of the categories, with reasons")),)
    return tuple(judgement_blocks(found, data.silence, language(), hidden=not data.numbers))
