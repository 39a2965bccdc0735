"""Use of software and suggestions as a report: what helped, what was proposed, what people made of it.

Tables and facts only. What the program cannot know, other programs above all, is left as placeholders.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from qda.coding import declaring
from qda.coding.rows import SheetRow
from qda.coding.suggestion_events import Declared, EventRow, declaration, events
from qda.i18n import LANGUAGES, N_, _, language, ngettext, use_language
from qda.models import Project
from qda.reports.model import (
    Block,
    Cell,
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
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_language, day, word
from qda.reports.text import number_text

_DECISIONS: Final = ("taken", "changed", "passed")
OUR_ENGINES: Final = "qda"  # how the names of our own begin
KINDS: Final = {
    "code": N_("existing codes for a passage"),
    "new": N_("names for new codes"),
    "slot": N_("hints on a slot of the paradigm"),
}
_ORIGINS: Final = {
    "hand": N_("By hand"),
    "search": N_("From the hits of a search"),
    "suggestion": N_("From a suggestion"),
}
_WHEN: Final = {
    "after-reading": N_("after a person has gone through a document once"),
    "on": N_("always"),
    "off": N_("never"),
}
_SETTING: Final = "suggestions"  # side data of the study, written by the window
_LANGUAGES: Final = {"de": N_("German"), "en": N_("English")}
_OTHERS: Final = (
    (N_("Transcription"), N_("program and version, which recordings, who corrected – or “none”")),
    (N_("Translation"), N_("program and version, which texts, who checked – or “none”")),
    (
        N_("Language models and other generating programs"),
        N_("program and version, for which steps, with which texts, who checked – or “none”"),
    ),
    (N_("Other programs"), N_("program and version, for which steps – or “none”")),
)


@dataclass(frozen=True, slots=True)
class _Data:
    """What is declared."""

    sheet: SheetRow
    declared: list[Declared]
    events: list[EventRow]
    origins: dict[str, Counter[str]]
    readers: list[declaring.Reader]
    when: str

    @property
    def foreign(self) -> list[str]:
        """Engines that are not ours."""
        names = dict.fromkeys(one.engine for one in self.declared)
        return [name for name in names if not name.startswith(OUR_ENGINES)]


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language."""
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    chosen = chosen_language(options, sheet.language)
    with use_language(chosen):
        return Report(
            title=sheet.title,
            language=chosen,
            blocks=tuple(
                Section(title, tuple(blocks), numbered=False)
                for title, blocks in _parts(_gathered(project))
                if blocks
            ),
            subtitle=_("Use of software and suggestions"),
            created=project.clock(),
            notice=notice_of(sheet),
            cover=False,
        )


def declaration_chapter(project: Project) -> Section:
    """The same as a chapter of a larger report, in the current language."""
    data = _gathered(project)
    blocks: list[Block] = []
    for title, some in _parts(data):
        if some:
            blocks.append(Section(title, tuple(some), numbered=False))
    return Section(_("Use of software and suggestions"), tuple(blocks), anchor="declaration")


def _gathered(project: Project) -> _Data:
    from qda.coding.material import project_sheet

    return _Data(
        project_sheet(project),
        declaration(project),
        events(project),
        declaring.codings_by_origin(project),
        declaring.readers(project),
        project.setting(_SETTING) or "after-reading",
    )


def _parts(data: _Data) -> list[tuple[str, list[Block]]]:
    return [
        (_("The program"), _program(data)),
        (_("Suggestions"), _suggestions(data)),
        (_("Who decided"), _decided(data)),
        (_("How the codings came about"), _came(data)),
        (_("Other programs"), _others()),
    ]


# -- the program --------------------------------------------------------------------------------------------


def _program(data: _Data) -> list[Block]:
    rows = [(_("Program"), program())]
    for reader in data.readers:
        told = ngettext("{programs} ({n} document)", "{programs} ({n} documents)", reader.documents)
        name = _("Language tools for {language}").format(language=word(_LANGUAGES, reader.language))
        rows.append((name, told.format(programs=_named(reader.programs), n=reader.documents)))
    if not data.readers:
        rows.append((_("Language tools"), _("no text was read for words and lemmas")))
    rows.append((_("Suggestions are shown"), word(_WHEN, data.when)))
    table = Table(
        (Column(_("What")), Column(_("Which"), share=2.2)),
        tuple((cell(Run(title, bold=True)), cell(told)) for title, told in rows),
        _("Programs and settings"),
        name=_("Programs"),
    )
    return [table, bullets(*_facts(data))]


def program() -> str:
    """This program with its version."""
    try:
        return f"qda {version('qda')}"
    except PackageNotFoundError:
        return "qda"


def _named(programs: Sequence[str]) -> str:
    """ "hanta-1.2.1", "spacy-3.8.2" as people write them."""
    names = {"hanta": "HanTa", "spacy": "spaCy"}
    told = []
    for one in programs:
        name, _dash, number = one.rpartition("-")
        told.append(f"{names.get(name, name)} {number}" if name else one)
    return ", ".join(told)


def _facts(data: _Data) -> list[str]:
    foreign = bool(data.foreign)
    here = _("Everything that belongs to the program ran on the computer of the study; no text left it.")
    lines = [
        here if foreign else _("Everything ran on the computer of the study; no text left it."),
        _("Suggestions are no codings: each one is taken by a person, or it is not."),
        _("They come from the words of the study itself and fixed rules; no language model wrote any text."),
    ]
    return lines if data.declared and not foreign else lines[: 2 if data.declared else 1]


# -- what was proposed --------------------------------------------------------------------------------------


def _suggestions(data: _Data) -> list[Block]:
    if not data.declared:
        return [paragraph(_("No suggestion was shown in this study."))]
    outcomes = _present(data)
    columns = (
        Column(_("What was proposed"), share=2.6),
        Column(_("Engine, version"), share=1.5),
        Column(_("Shown for passages"), "right"),
        Column(_("Proposals"), "right"),
        *(Column(_outcome(one), "right") for one in outcomes),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in data.declared:
        name = f"{one.engine} {one.version}".strip()
        what = cell(word(KINDS, one.kind))
        rows.append((what, cell(name), _figure(one.passages), *_counted(one.proposals, outcomes)))
        if any(one.strong.values()):
            strong = cell(_("of these called strong"), indent=1)
            rows.append((strong, cell(), cell(), *_counted(one.strong, outcomes)))
    told = _(
        "Taken: a person gave what was proposed. Other code given: the passage got another code. "
        "Passed over: the passage got none, or the proposal was turned down by name."
    )
    blocks: list[Block] = [
        Table(columns, tuple(rows), _("What was proposed, and what became of it"), name=_("Suggestions")),
        note(told),
    ]
    for engine in data.foreign:
        told = _("The engine “{name}” is not part of the program:").format(name=engine)
        hint = placeholder(_("what it is, where it runs, which texts it is given"))
        blocks.append(paragraph(f"{told} ", hint))
    return blocks


def _present(data: _Data) -> tuple[str, ...]:
    """The outcomes that have a column: what was shown and no more is told where there is some."""
    only_shown = any(one.proposals["shown"] for one in data.declared)
    return (*_DECISIONS, *(("shown",) if only_shown else ()))


def _outcome(key: str) -> str:
    return {
        "taken": _("Taken"),
        "changed": _("Other code given"),
        "passed": _("Passed over"),
        "shown": _("Only shown"),
    }[key]


def _counted(by_outcome: Mapping[str, int], outcomes: Sequence[str]) -> list[Cell]:
    return [_figure(sum(by_outcome.values())), *(_figure(by_outcome[one]) for one in outcomes)]


def _figure(value: int) -> Cell:
    return number(value, text=number_text(value, language()) if value else "–")


# -- who ----------------------------------------------------------------------------------------------------


def _decided(data: _Data) -> list[Block]:
    if not data.events:
        return []
    of: dict[str, list[EventRow]] = {}
    for one in data.events:
        of.setdefault(one.coder_name or _("unknown"), []).append(one)
    outcomes = _present(data)
    columns = (
        Column(_("Person"), share=1.4),
        Column(_("First day"), share=1.5),
        Column(_("Last day"), share=1.5),
        Column(_("Proposals"), "right"),
        *(Column(_outcome(one), "right") for one in outcomes),
    )
    rows = []
    for name, some in of.items():
        counted = Counter(one.outcome for one in some)
        when = (day(min(one.at for one in some)), day(max(one.at for one in some)))
        rows.append((cell(Run(name, bold=True)), *map(cell, when), *_counted(counted, outcomes)))
    return [Table(columns, tuple(rows), _("Who was shown suggestions and decided"), name=_("People"))]


def _came(data: _Data) -> list[Block]:
    """How codings came about; without counts where the study hides them."""
    if not data.origins:
        return [paragraph(_("There is no coding."))]
    present = [key for key in _ORIGINS if any(counts[key] for counts in data.origins.values())]
    if data.sheet.hide_frequencies:
        rows = [
            (cell(Run(name, bold=True)), *(cell("●" if counts[key] else "–") for key in present))
            for name, counts in data.origins.items()
        ]
        align = Column("", "centre")
    else:
        rows = [
            (cell(Run(name, bold=True)), *(_figure(counts[key]) for key in present))
            for name, counts in data.origins.items()
        ]
        align = Column("", "right")
    columns = (
        Column(_("Person"), share=1.4),
        *(Column(word(_ORIGINS, key), align.align) for key in present),
    )
    blocks: list[Block] = [Table(columns, tuple(rows), _("Codings by person"), name=_("Codings"))]
    if present == ["hand"]:
        blocks.append(note(_("Every coding was made by hand.")))
    return blocks


def _others() -> list[Block]:
    """What the author must say, because the program cannot know it."""
    rows = tuple((cell(Run(_(title), bold=True)), cell(placeholder(_(hint)))) for title, hint in _OTHERS)
    columns = (Column(_("For what")), Column(_("Which program, and how it was used"), share=2.2))
    return [Table(columns, rows, _("Other programs that were used"), name=_("Other programs"))]


KIND = ReportKind(
    name="declaration",
    title=N_("Use of software and suggestions"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(
        N_("declaration"),
        N_("declaration of AI use"),
        N_("tools used"),
        N_("artificial intelligence"),
    ),
    options=(Option("language", N_("Language of the report"), "language", choices=LANGUAGES),),
)
