"""Saturation as a report: judgements, the table of categories, gaps, then new codes per transcript."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from qda.coding import consent
from qda.coding.sampling import decisions
from qda.coding.saturation import (
    BASE,
    ORDERS,
    RUN,
    CategoryState,
    Curve,
    Dimension,
    Order,
    States,
    curve,
    states,
    transcripts,
)
from qda.coding.saturation_gaps import gaps
from qda.coding.saturation_judgements import standing
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, Language, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines
from qda.reports.model import (
    Block,
    BulletList,
    Column,
    Figure,
    Item,
    Report,
    Run,
    Section,
    Table,
    cell,
    note,
    number,
    paragraph,
    runs,
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_language
from qda.reports.text import date_text, number_text

if TYPE_CHECKING:
    from qda.figures.new_codes import NewCodesFigure

_WIDTH_MM: Final = 156.0
_NAMED: Final = 5  # cases that are named; more are counted
_LONG: Final = 20  # characters of their names
_SHORT: Final = 4  # letters of a name that needs no comma


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language.

    :raises UsageError: a number is none.
    :raises KnownError: a document that is named does not exist.
    """
    from qda.coding.material import project_sheet
    from qda.coding.references import resolve

    language = chosen_language(options, project_sheet(project).language)
    order = cast(Order, options.get("order") or "coded")
    since = resolve(project, "source", options["since"]) if options.get("since") else None
    found = states(project, since=since, order=order, judgements=standing(project))
    told = curve(project, order=order, base=_number(options, "base", BASE), run=_number(options, "run", RUN))
    with use_language(language):
        return report_of(project, found, told, language, titles=dict(transcripts(project, order=order)))


def _number(options: Mapping[str, str], name: str, usual: int) -> int:
    written = options.get(name, "").strip()
    if not written:
        return usual
    if not written.isdecimal() or int(written) < 1:
        raise UsageError(_("“{key}” is a number from 1, not “{value}”.").format(key=name, value=written))
    return int(written)


def report_of(
    project: Project, found: States, told: Curve, language: Language, *, titles: Mapping[str, str]
) -> Report:
    """Judgements, what still changes, gaps and the curve as a report in the current language."""
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    silence = Silence(consent.unquotable(project))
    hidden = sheet.hide_frequencies
    rows = tuple(judgement_blocks(found, silence, language, hidden=hidden))
    judged = Section(_("Judgements"), rows, numbered=False)
    changes = Section(
        _("What still changes"),
        (*_since(found, titles), _table(found, silence, hidden=hidden)),
        numbered=False,
        landscape=True,
    )
    open_ = Section(_("Gaps"), tuple(_gaps(project, found, silence)), numbered=False)
    title = _("New codes per transcript (no measure of theoretical saturation)")
    curve_ = Section(title, tuple(_curve(told, title, language)), numbered=False)
    return Report(
        title=sheet.title,
        language=language,
        blocks=(judged, changes, open_, curve_) if found.rows else (judged, curve_),
        subtitle=_("Saturation and gaps"),
        created=project.clock(),
        notice=notice_of(sheet),
        cover=False,
        withheld=tuple(consent_lines((), texts=silence.texts, names=0)),
    )


# -- the categories -----------------------------------------------------------------------------------------


def judgement_blocks(found: States, silence: Silence, language: Language, *, hidden: bool) -> list[Block]:
    """What a person judged of each category, with the reason, as a table."""
    if not found.rows:
        return [note(_("There is no category yet."))]
    heads = (
        Column(_("Category"), share=2.3),
        Column(_("Cases"), share=0.7),
        Column(_("Judgement"), share=1.2),
        Column(_("Date"), share=1.2),
        Column(_("Reason"), share=4),
    )
    rows = []
    for row in found.rows:
        judged = row.judgement
        when = f"{date_text(judged.created.date(), language)}, {judged.coder}" if judged else ""
        rows.append(
            (
                cell(Run(row.name, bold=True)),
                cell(cases_told(row, counted=not hidden)),
                cell(state_word(judged.state if judged else "")),
                cell(when),
                cell(silence.told(judged.reason) if judged else ""),
            )
        )
    by_hand = _("Whether a category is saturated, a person judges, with a reason. Nothing here is reckoned.")
    return [note(by_hand), Table(heads, tuple(rows), _("Judgements"), name=_("Judgements"))]


def _since(found: States, titles: Mapping[str, str]) -> list[Block]:
    if not found.behind:
        return [note(_("No transcript has been coded yet."))]
    if not found.since:
        return [note(_("“Since” means: in the only transcript so far."))]
    behind = ", ".join(titles[one] for one in found.behind)
    words = _("“Since” means: since “{title}”, that is, in {titles}.")
    return [note(words.format(title=titles[found.since], titles=behind))]


def _table(found: States, silence: Silence, *, hidden: bool) -> Table:
    heads = (
        Column(_("Category"), share=2.0),
        *(() if hidden else (Column(_("Cases"), "right", 0.7), Column(_("Passages"), "right", 0.9))),
        Column(_("Passages since"), "centre" if hidden else "right"),
        Column(_("New since"), share=2.0),
        Column(_("Places seen"), share=4.4),
        Column(_("Relations"), "right"),
    )
    rows = []
    for row in found.rows:
        since = (cell("●") if row.since else cell()) if hidden else number(row.since)
        counts = () if hidden else (number(row.cases), number(row.passages))
        words = [_seen(one, silence) for one in row.dimensions]
        rows.append(
            (
                cell(Run(row.path, bold=True)),
                *counts,
                since,
                cell("\n".join(_new(row, silence)) or "–"),
                cell("\n".join(words) or _("no property yet")),
                number(row.relations),
            )
        )
    return Table(heads, tuple(rows), _("What still changes"), name=_("Categories"))


def _new(row: CategoryState, silence: Silence) -> list[str]:
    """What was first seen since the transcript."""
    found = []
    for one in row.dimensions:
        places = "; ".join(silence.told(place) for place in one.new_places)
        if one.new:
            found.append(_("property {name}: {places}").format(name=one.name, places=places))
        elif one.new_places:
            found.append(_("{property}: {places}").format(property=one.name, places=places))
    return found


def _seen(one: Dimension, silence: Silence) -> str:
    places = "; ".join(silence.told(place) for place in one.seen) or "–"
    told = _("{property}: {places}").format(property=one.name, places=places)
    if one.unseen:
        told += " " + _("(not seen: {places})").format(places="; ".join(one.unseen))
    return told


def _gaps(project: Project, found: States, silence: Silence) -> list[Block]:
    """The questions, with the decisions on sampling that start from them."""
    listed = gaps(project, found.rows)
    if not listed:
        return [note(_("None that the program knows of."))]
    led: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(decisions(project), 1):
        led[row.gap].append(at)
    items = []
    for gap in listed:
        numbers = led.get(gap.words, [])
        told = ngettext("decision {numbers}", "decisions {numbers}", len(numbers) or 1)
        behind = f" ({told.format(numbers=', '.join(map(str, numbers)))})" if numbers else ""
        items.append(Item(runs(Run(gap.name, bold=True), f": {silence.told(gap.question)}{behind}")))
    return [BulletList(tuple(items))]


def state_word(key: str) -> str:
    """One judgement; nobody has judged where it is empty."""
    states_ = {"open": _("open"), "provisional": _("provisional"), "saturated": _("saturated")}
    return states_.get(key, key) or _("not judged")


def cases_told(row: CategoryState, *, counted: bool = True) -> str:
    """The cases of a category: by name where they are few."""
    names = row.case_names
    if not names:
        return "–"
    if len(names) <= _NAMED and sum(map(len, names)) <= _LONG:
        return (" " if all(len(one) < _SHORT for one in names) else ", ").join(names)
    if not counted:
        return _("several cases")
    return ngettext("{n} case", "{n} cases", len(names)).format(n=len(names))


# -- the curve ----------------------------------------------------------------------------------------------


def _curve(told: Curve, title: str, language: Language) -> list[Block]:
    blocks: list[Block] = [
        paragraph(
            _(
                "Codes that survived, each at its first passage, after Guest, Namey and Chen (2020). It says "
                "when new codes came, not whether the categories are dense."
            )
        )
    ]
    if told.determinable:
        words = _(
            "Base size {base} ({codes} codes), run length {run}. The share is what was new in a run, divided "
            "by the codes of the base."
        )
        blocks.append(note(words.format(base=told.base, codes=told.base_codes, run=told.run)))
    else:
        words = _(
            "Share of new codes: not yet determinable. It takes {needed} transcripts "
            "(base {base}, run {run}); there are {n}."
        )
        needed, n = told.base + told.run, len(told.transcripts)
        blocks.append(note(words.format(needed=needed, base=told.base, run=told.run, n=n)))
    if told.uncoded:
        words = ngettext(
            "{n} transcript without a coding is left out.",
            "{n} transcripts without a coding are left out.",
            told.uncoded,
        )
        blocks.append(note(words.format(n=told.uncoded)))
    if told.transcripts:
        blocks += [_figure(told, title), _steps(told, language)]
    return blocks


def curve_figure(told: Curve, *, high: float | None = None) -> "NewCodesFigure":
    """The curve for the painter, in the current language; the base is marked where there is a run."""
    from qda.figures.new_codes import HIGH, NewCodesFigure, Step

    steps = tuple(Step(one.title, len(one.new)) for one in told.transcripts)
    base = told.base if told.determinable else 0
    return NewCodesFigure(steps, base, _("Base: {n} codes").format(n=told.base_codes), high or HIGH)


def curve_words(told: Curve) -> str:
    """The curve in words, for those who cannot see it."""
    lines = [
        ngettext("{title}: {n} new code.", "{title}: {n} new codes.", len(one.new)).format(
            title=one.title, n=len(one.new)
        )
        for one in told.transcripts
    ]
    return " ".join(lines)


def _figure(told: Curve, title: str) -> Figure:
    from qda.figures.painting import to_png, to_svg

    figure, alt = curve_figure(told), curve_words(told)
    svg = to_svg(figure, width_mm=_WIDTH_MM, title=title, description=alt)
    return Figure(title, alt, to_png(figure, width_mm=_WIDTH_MM), svg, _WIDTH_MM, "new-codes")


def _steps(told: Curve, language: Language) -> Table:
    """Transcript by transcript; a run's share stands at its last one."""
    shares = {one.last: one for one in told.runs}
    rows = []
    for at, one in enumerate(told.transcripts):
        share = cell() if told.runs else cell("–")
        run = shares.get(at)
        if run is not None and run.ratio is not None:
            percent = 100 * run.ratio
            share = number(round(percent, 1), text=f"{number_text(percent, language, digits=1)} %")
        elif run is not None:
            share = cell(_("not defined"))
        rows.append((number(at + 1), cell(one.title), number(len(one.new)), number(one.upto), share))
    heads = (
        Column(_("No."), "right", 0.4),
        Column(_("Transcript"), share=3.0),
        Column(_("New codes"), "right"),
        Column(_("Codes up to here"), "right"),
        Column(_("Share of new codes in the run up to here"), "right", 1.6),
    )
    return Table(heads, tuple(rows), _("New codes per transcript"), name=_("New codes"))


KIND = ReportKind(
    name="saturation",
    title=N_("Saturation and gaps"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("new codes per transcript"), N_("sampling"), N_("density of categories")),
    options=(
        Option("since", N_("What is new since"), "source"),
        Option("order", N_("Order of transcripts"), "choice", "coded", ORDERS),
        Option("base", N_("Base: first transcripts"), "number", str(BASE)),
        Option("run", N_("Transcripts in a run"), "number", str(RUN)),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
