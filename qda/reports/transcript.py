"""Transcripts on paper: numbered as they are cited, with codes at the side, or plain with room to write."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qda.coding import consent
from qda.coding.citation import withheld
from qda.coding.material import cases, in_reading_order, project_sheet, sources
from qda.coding.references import resolve_source
from qda.coding.rows import CaseRow, SheetRow, SourceRow
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, Language, _, ngettext, use_language
from qda.models import Project
from qda.reports.archive_plan import TALKS
from qda.reports.consenting import Silence
from qda.reports.model import (
    Block,
    Cell,
    Column,
    Numbered,
    NumberedLine,
    Report,
    Run,
    Runs,
    Section,
    Table,
    cell,
    note,
    number,
    paragraph,
    paragraphs,
    runs,
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import SOURCE_KINDS, chosen_flag, chosen_language, word
from qda.reports.transcript_data import Part, Row, Shelf, Transcript, transcript

Form = Literal["columns", "plain"]
FORMS: Final[tuple[Form, ...]] = ("columns", "plain")
_FORM_WORDS: Final = (
    N_("In columns, codes at the side"),
    N_("Plain, with room to write"),
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is printed of each document."""

    form: Form
    codes: bool
    times: bool


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language: one document, or all.

    :raises UsageError: an option means nothing.
    :raises KnownError: there is no such document.
    """
    sheet = project_sheet(project)
    chosen = chosen_language(options, sheet.language)
    with use_language(chosen):
        wanted = _Wanted(
            _form(options),
            chosen_flag(options, "codes", default=True),
            chosen_flag(options, "times", default=True),
        )
        shelf = Shelf.of(project)
        interviewer = chosen_flag(options, "interviewer", default=True)
        only = options.get("source", "").strip()
        guids = (
            [resolve_source(project, only)]
            if only
            else [one.guid for one in in_reading_order(sources(project))]
        )
        found = [transcript(shelf, guid, interviewer=interviewer) for guid in guids]
        return _Made(project, sheet, wanted, found, interviewer=interviewer).report(chosen, single=bool(only))


def _form(options: Mapping[str, str]) -> Form:
    value = options.get("form", "").strip() or FORMS[0]
    for known in FORMS:
        if value == known:
            return known
    raise UsageError(
        _("“{value}” is no value for {name}; there are: {choices}.").format(
            value=value, name="form", choices=", ".join(FORMS)
        )
    )


class _Made:
    """The documents as they are printed, and what is said about them."""

    def __init__(
        self,
        project: Project,
        sheet: SheetRow,
        wanted: _Wanted,
        found: Sequence[Transcript],
        *,
        interviewer: bool,
    ) -> None:
        self._project, self._sheet, self._wanted = project, sheet, wanted
        self._shown = [one for one in found if not one.silent]
        self._silent = [one.source for one in found if one.silent]
        self._interviewer = interviewer
        self._cases = {one.guid: one for one in cases(project)}
        self._silence = Silence(consent.unquotable(project))

    def report(self, language: Language, *, single: bool) -> Report:
        """All of it; a ``single`` document gives the report its title."""
        sheet, shown = self._sheet, self._shown
        title = sheet.title
        facts: tuple[str, ...] = ()
        other = shown[0].source if single and shown and shown[0].source.kind not in TALKS else None
        blocks: list[Block] = [] if other else list(self._rules())
        if single and shown:
            title, facts = shown[0].source.title, self._facts(shown[0].source)
            blocks += [*_head(shown[0]), *self._document(shown[0])]
        else:
            for at, one in enumerate(shown):
                facts_note = [note(" · ".join(self._facts(one.source)))]
                inside = (*facts_note, *_head(one), *self._document(one))
                blocks.append(Section(one.source.title, inside, numbered=False, new_page=at > 0))
        if self._wanted.form == "plain" and shown:
            blocks.append(_sheet_of(shown))
        told = tuple(self._told())
        return Report(
            title=title,
            language=language,
            blocks=(*blocks, *(note(line) for line in told)),
            subtitle=word(SOURCE_KINDS, other.kind)
            if other
            else _("Transcript")
            if single
            else _("Transcripts"),
            created=self._project.clock(),
            notice=notice_of(sheet),
            facts=facts[1:] if other else facts,
            cover=False,
            withheld=told,
        )

    def _facts(self, source: SourceRow) -> tuple[str, ...]:
        kind = word(SOURCE_KINDS, source.kind)
        if not source.case_name:
            return (kind,)
        return (kind, _("Case {name}").format(name=source.case_name))

    def _rules(self) -> Iterator[Block]:
        """By which rules was transcribed, as the study's sheet says."""
        rules = self._silence.told(self._sheet.fields["transcription_rules"]).strip()
        if rules:
            first, *rest = paragraphs(rules)
            yield paragraph(Run(_("Transcription rules:") + " ", bold=True), *first.runs)
            yield from rest

    def _document(self, one: Transcript) -> list[Block]:
        if not one.rows:
            return [paragraph(_("There are no words in it."))]
        if self._wanted.form == "plain":
            return [Numbered(tuple(self._lines(one)), wide=True)]
        return [self._table(one)]

    # -- plain -----------------------------------------------------------------------------------------------

    def _lines(self, one: Transcript) -> Iterator[NumberedLine]:
        for row in one.rows:
            if row.kind == "header":
                continue
            for at, (told, start, stop) in enumerate(_stretches(row)):
                yield NumberedLine(told, self._words(row, start, stop), joined=at > 0)

    def _words(self, row: Row, start: int, stop: int) -> Runs:
        """The words of a row from ``start`` to ``stop``, with the label where they are its first."""
        label = f"{row.label}: " if row.label and start == 0 else ""
        if row.withheld:
            return runs(Run(label, bold=True), Run(withheld(), italic=True))
        words = _with_times(row, start, stop) if self._wanted.times else row.text[start:stop].strip()
        return runs(Run(label, bold=True), Run(words, bold=row.kind == "heading"))

    # -- in columns ------------------------------------------------------------------------------------------

    def _table(self, one: Transcript) -> Table:
        by_line = one.by_line or one.source.numbered
        columns = (
            Column(_("Line") if by_line else _("No."), "right", 0.45),
            Column(_("Text"), share=7 if one.by_line else 5),
            *((Column(_("Codes"), share=1.9),) if self._wanted.codes else ()),
        )
        several = len({passage.coder for passage in one.passages}) > 1
        rows: list[tuple[Cell, ...]] = []
        for row in one.rows:
            if row.kind == "header":
                continue
            for told, start, stop in _stretches(row):
                text = Cell(self._words(row, start, stop))
                codes = [part for part in row.parts if _begins_in(part, start, stop)]
                beside = (cell(_names(codes, several=several)),) if self._wanted.codes else ()
                rows.append((_number(told), text, *beside))
        return Table(columns, tuple(rows), name=one.source.title, flowing=True)

    # -- what is not in it -----------------------------------------------------------------------------------

    def _told(self) -> Iterator[str]:
        if self._silent:
            titles = ", ".join(one.title for one in self._silent)
            yield _("Left out, because those who speak may not be quoted: {titles}.").format(titles=titles)
        if n := sum(one.withheld for one in self._shown):
            yield ngettext(
                "{n} paragraph is withheld: no consent.", "{n} paragraphs are withheld: no consent.", n
            ).format(n=n)
        if not self._interviewer:
            yield _("The turns of interviewers are left out; the numbers stay.")
        if self._silence.texts:
            yield _("Quotations in the transcription rules are withheld: no consent.")
        if unsettled := ", ".join(self._unsettled()):
            yield _("Consent to be quoted is not settled for: {cases}.").format(cases=unsettled)

    def _unsettled(self) -> list[str]:
        """The cases behind what is printed, of which nobody has noted whether they may be quoted."""
        found: dict[str, CaseRow] = {}
        shown = {one.source.guid for one in self._shown}
        for case in self._cases.values():
            if case.quotable == "open" and shown & set(case.sources):
                found[case.guid] = case
        return sorted(one.name for one in found.values())


def _head(one: Transcript) -> list[Block]:
    """The head of a transcript as it was written: date, place, duration."""
    written = [row.text.strip() for row in one.rows if row.kind == "header" and row.text.strip()]
    return [note("\n".join(written))] if written else []


def _stretches(row: Row) -> list[tuple[str, int, int]]:
    """Number, start and stop of what is printed on its own: the lines where lines are cited, else the row."""
    if not row.lines or row.withheld:
        number_ = str(row.lines[0][1]) if row.lines else row.shown_number
        return [(number_, 0, len(row.text))]
    starts = [0, *(start for start, _number in row.lines[1:]), len(row.text)]
    return [(str(told), starts[at], starts[at + 1]) for at, (_start, told) in enumerate(row.lines)]


def _with_times(row: Row, start: int, stop: int) -> str:
    """Words with their time marks back in their places; a mark at the end belongs to the last words."""
    out, done = "", start
    last = stop == len(row.text)
    for at, written in row.times:
        if start <= at < stop or (last and at >= stop):
            here = min(at, stop)
            out += f"{row.text[done:here].rstrip()} {written} "
            done = here
    return " ".join((out + row.text[done:stop].lstrip() if out else row.text[start:stop]).split(" ")).strip()


def _begins_in(part: Part, start: int, stop: int) -> bool:
    return start <= part.start < stop or (part.start == start == stop)


def _names(parts: Sequence[Part], *, several: bool) -> str:
    """The codes that begin here, one a line; what goes on from a row before has dots before it."""
    of: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        name = part.passage.name if part.begins else f"… {part.passage.name}"
        if part.passage.coder not in of[name]:
            of[name].append(part.passage.coder)
    return ";\n".join(f"{name}\u00a0({', '.join(who)})" if several else name for name, who in of.items())


def _number(told: str) -> Cell:
    return number(int(told)) if told.isascii() and told.isdigit() else cell(told)


def _sheet_of(shown: Sequence[Transcript]) -> Table:
    """All of it as rows for spreadsheets; no page shows them."""
    columns = tuple(
        Column(title) for title in (_("Document"), _("No."), _("Speaker"), _("Time"), _("Text"), _("Case"))
    )
    rows = []
    for one in shown:
        for row in one.rows:
            if row.kind == "header":
                continue
            time = " ".join(written for _at, written in row.times)
            text = withheld() if row.withheld else row.text.strip()
            told = _stretches(row)[0][0]
            rows.append(
                (
                    *(cell(one.source.title), _number(told), cell(row.label)),
                    *(cell(time), cell(text), cell(one.source.case_name)),
                )
            )
    return Table(columns, tuple(rows), _("Transcripts"), name=_("Transcripts"), sheet_only=True)


KIND = ReportKind(
    name="transcript",
    title=N_("Transcript for reading"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("print transcript"), N_("numbered transcript"), N_("three columns"), N_("seminar")),
    options=(
        Option("source", N_("Document (none: all)"), "source"),
        Option("form", N_("Form"), "choice", FORMS[0], FORMS, _FORM_WORDS),
        Option("codes", N_("Codes at the side"), "flag", "yes", ("yes", "no")),
        Option("times", N_("Time marks"), "flag", "yes", ("yes", "no")),
        Option("interviewer", N_("Interviewers’ turns"), "flag", "yes", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
