"""The genesis of categories and models as a report: step by step, with passages and the memos of the time.

Of a model the report shows also what differs between its frozen versions and the model as it is now. Private
memos are never in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from qda.coding import consent, theory
from qda.coding.codes import codes
from qda.coding.genesis import Genesis, genesis
from qda.coding.genesis_states import Moment, state_of
from qda.coding.genesis_steps import Step
from qda.coding.genesis_words import GROUPS, DifferenceLine, difference_lines, state_words
from qda.coding.model_states import ModelState
from qda.coding.model_versions import versions
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines, quotation
from qda.reports.model import (
    Block,
    BulletList,
    Cell,
    Column,
    Item,
    Report,
    Run,
    Section,
    Table,
    cell,
    note,
    paragraph,
    paragraphs,
    runs,
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language, day, missing

_LONG: Final = 240  # signs of a text that stand in the table
CHANGES: Final = {"added": N_("new"), "removed": N_("gone"), "changed": N_("changed")}


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language.

    :raises UsageError: a model is named that there is not.
    :raises KnownError: a category is named that there is not.
    """
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    language = chosen_language(options, sheet.language)
    quotes = chosen_flag(options, "passages", default=True)
    with use_language(language):
        silence = Silence(consent.unquotable(project))
        lives = [genesis(project, target) for target in _targets(project, options)]
        blocks: list[Block] = []
        for one in lives:
            some = tuple(_life(project, one, silence, quotes=quotes))
            blocks += some if len(lives) == 1 else [_chapter(one, some, first=not blocks)]
        told = tuple(_told(lives, silence, quotes=quotes))
        named = lives[0].name if len(lives) == 1 else ""
        return Report(
            title=sheet.title,
            language=language,
            blocks=(*(blocks or [missing(_("make a code a category"))]), *(note(line) for line in told)),
            subtitle=_("Genesis: {name}").format(name=named) if named else _("Genesis of the theory"),
            created=project.clock(),
            notice=notice_of(sheet),
            withheld=told,
            cover=False,
        )


def _targets(project: Project, options: Mapping[str, str]) -> list[str]:
    """What is asked for: a category, a model; without both the categories and all models."""
    from qda.coding.references import resolve

    found = []
    if options.get("code"):
        found.append(f"code:{resolve(project, 'code', options['code'])}")
    if named := options.get("model", "").strip():
        rows = theory.models(project)
        model = next((row for row in rows if named in (row.guid, row.name)), None)
        if model is None:
            names = "; ".join(row.name for row in rows) or "–"
            raise UsageError(
                _("There is no model “{name}”; there are: {names}.").format(name=named, names=names)
            )
        found.append(f"model:{model.guid}")
    if found:
        return found
    categories = [row for row in codes(project) if row.kind == "category"]
    return [*(f"model:{row.guid}" for row in theory.models(project)), *(f"code:{r.guid}" for r in categories)]


def _told(lives: Iterable[Genesis], silence: Silence, *, quotes: bool) -> list[str]:
    steps = [step for one in lives for step in one.steps]
    shown = [one for step in steps for one in step.passages] if quotes else []
    lines = consent_lines(shown, texts=silence.texts, names=0)
    if n := len({step.memo for step in steps if step.private}):
        told = ngettext("{n} private memo is withheld.", "{n} private memos are withheld.", n)
        lines.append(told.format(n=n))
    return lines


def _chapter(one: Genesis, blocks: tuple[Block, ...], *, first: bool) -> Section:
    title = _("Model: {name}") if one.kind == "model" else _("Category: {name}")
    return Section(title.format(name=one.name), blocks, new_page=not first)


def _life(project: Project, one: Genesis, silence: Silence, *, quotes: bool) -> Iterator[Block]:
    steps = [step for step in one.steps if not step.private]
    if one.kind == "model":
        yield from _versions(project, one.target.partition(":")[2], silence)
    yield Section(_("What happened"), (_overview(one.name, steps, silence),))
    if shown := tuple(_shown(steps, silence, quotes=quotes)):
        yield Section(_("Passages and memos of the time"), shown)


def _overview(name: str, steps: list[Step], silence: Silence) -> Table:
    """The steps as a table, without passages."""
    rows = tuple(_step(step, silence) for step in steps)
    heads = (
        Column(_("Date"), share=2.3),
        Column(_("By"), share=0.7),
        Column(_("What happened"), share=3.3),
        Column(_("Written then"), share=3.2),
    )
    return Table(heads, rows, _("{name}: what happened when").format(name=name), name=name)


def _step(step: Step, silence: Silence) -> tuple[Cell, ...]:
    """Day, person, what happened, what was written then; without a text the words take its room."""
    begun, text = (cell(day(step.at)), cell(step.coder)), _text(step, silence)
    if not text:
        return (*begun, cell(_words(step, silence), span=2))
    return (*begun, cell(_words(step, silence)), cell(text))


def _words(step: Step, silence: Silence) -> str:
    words, parts = step.words.rstrip(":"), "; ".join(step.parts)
    return silence.told(f"{words}\n{parts}" if parts else words)


def _text(step: Step, silence: Silence) -> str:
    text = " ".join(silence.told(step.text).split())
    return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + " …"


def _shown(steps: list[Step], silence: Silence, *, quotes: bool) -> Iterator[Block]:
    """What the table has no room for: passages, and long texts."""
    for step in steps:
        passages = step.passages if quotes else ()
        text = silence.told(step.text)
        if not passages and len(" ".join(text.split())) <= _LONG:
            continue
        who = _("{coder}, {day}").format(coder=step.coder, day=day(step.at))
        blocks: list[Block] = [note(who)]
        blocks += paragraphs(text)
        blocks += [quotation(one) for one in passages]
        yield Section(silence.told(step.words.rstrip(":")), tuple(blocks), numbered=False)


# -- versions -----------------------------------------------------------------------------------------------


def _versions(project: Project, model: str, silence: Silence) -> list[Block]:
    """What differs from each frozen version to the next, and from the last one to the model now."""
    frozen = versions(project, model)
    if not frozen:
        return []
    moments = [(row.name, row.note, Moment(version=row.guid), day(row.created)) for row in frozen]
    moments.append((_("now"), "", Moment(), ""))
    states = [state_of(project, model, moment) for _name, _note, moment, _when in moments]
    blocks: list[Block] = []
    for (name, text, _moment, when), state in zip(moments, states, strict=True):
        head = f"{name} ({when})" if when else name
        lines = [silence.told(line) for line in state_words(state)]
        blocks.append(paragraph(Run(head, bold=True), f": {' · '.join(lines)}"))
        blocks += paragraphs(silence.told(text))
    pairs = zip(moments, moments[1:], states, states[1:], strict=False)
    for before, behind, old, new in pairs:
        title = _("From “{before}” to “{behind}”").format(before=before[0], behind=behind[0])
        blocks.append(Section(title, tuple(_difference(project, old, new, silence)), numbered=False))
    return [Section(_("Versions"), tuple(blocks))]


def _difference(
    project: Project, before: ModelState, behind: ModelState, silence: Silence
) -> Iterator[Block]:
    lines = difference_lines(project, before, behind)
    if not lines:
        yield paragraph(_("Nothing differs."))
    for group, title in GROUPS:
        some = [line for line in lines if line.group == group]
        if some:
            listed = BulletList(tuple(item for line in some for item in _items(line, silence)))
            yield Section(_(title), (listed,), numbered=False)


def _items(line: DifferenceLine, silence: Silence) -> Iterator[Item]:
    yield Item(runs(Run(f"{_(CHANGES[line.change])}: ", italic=True), silence.told(line.words)))
    for detail in line.details:
        yield Item(runs(silence.told(detail)), 1)


KIND = ReportKind(
    name="genesis",
    title=N_("Genesis of categories and models"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("history"), N_("life of a category"), N_("versions"), N_("traceability")),
    options=(
        Option("code", N_("Only this category"), "code"),
        Option("model", N_("Only this model"), "text"),
        Option("passages", N_("With passages"), "flag", "yes", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
