"""Tables for statistics: codings, codes × cases, cases, and a codebook of every column.

The names of tables and columns are the same in every language and at every time, so that scripts keep
running: lower case, ASCII, words with ``_``. A column of a code is its name and the first signs of its GUID
(``vertrauen_1f3a``), or of the GUID alone (``code_1f3a9c20``), which outlives a new name. One row is one
observation; what is missing is empty; yes and no are 1 and 0; moments are ISO 8601 in UTC.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import Final

from qda.coding import codes, consent, material
from qda.coding.citation import may_quote, spoken
from qda.coding.rows import AttributeRow, CaseRow, CodeRow, CodingRow, SourceRow
from qda.errors import KnownError
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines
from qda.reports.model import Cell, Column, Report, Section, Table, cell, note, number, paragraph
from qda.reports.registry import Option, ReportKind
from qda.reports.study_counts import INTERVIEWER
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import SOURCE_KINDS, chosen_flag, chosen_language, word

CODINGS: Final = "codings"
CODES_BY_CASES: Final = "codes_by_cases"
CODED_BY_CASES: Final = "coded_by_cases"
CODES_BY_DOCUMENTS: Final = "codes_by_documents"
CASES: Final = "cases"
DOCUMENTS: Final = "documents"
CODEBOOK: Final = "codebook"
READING: Final = "reading"
TABLES: Final = (CODINGS, CODES_BY_CASES, CODED_BY_CASES, CODES_BY_DOCUMENTS, CASES, DOCUMENTS, CODEBOOK)
"""The tables in the order of the sheets; a csv holds one of them."""

_TITLES: Final = {
    CODINGS: N_("One row for each coding"),
    CODES_BY_CASES: N_("Codings of each code by case"),
    CODED_BY_CASES: N_("Whether a code was given in a case: 1 or 0"),
    CODES_BY_DOCUMENTS: N_("Codings of each code by document"),
    CASES: N_("Cases with their attributes"),
    DOCUMENTS: N_("Documents"),
    CODEBOOK: N_("What each column holds"),
}
_HIDDEN: Final = (CODES_BY_CASES, CODES_BY_DOCUMENTS)
_LONGEST: Final = 40
_TRANSCRIBED: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "ł": "l"}
)

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of one table: its name for machines, its kind (text, whole, number, date, flag), meaning."""

    table: str
    name: str
    kind: str
    meaning: str
    values: str = ""
    code: CodeRow | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A table with its variables and its rows."""

    name: str
    variables: tuple[Variable, ...]
    rows: tuple[tuple[Value, ...], ...]


def machine_name(words: str, *, taken: Iterable[str] = (), mark: str = "") -> str:
    """A name of a column that every program takes: small ASCII letters, figures and ``_``; none of ``taken``.

    ``mark`` is put behind it. What has no Latin letter is named by its mark, else "column".
    """
    folded = unicodedata.normalize("NFKD", words.casefold().translate(_TRANSCRIBED))
    plain = re.sub(r"[^a-z0-9]+", "_", folded.encode("ascii", "ignore").decode()).strip("_")[:_LONGEST]
    plain = "_".join(part for part in (plain.strip("_"), mark) if part) or "column"
    plain = plain if plain[0].isalpha() else f"x_{plain}"
    used, name, count = set(taken), plain, 1
    while name in used:
        count += 1
        name = f"{plain}_{count}"
    return name


class Tables:
    """The tables of a study; ``interviewer``: whether passages of interviewers count.

    ``below``: codes count what is coded with those below them, each passage once. ``stable``: columns of
    codes are named by GUID alone. ``hidden``: the study hides frequencies, no table has a column of them.
    """

    def __init__(
        self, project: Project, *, interviewer: bool, below: bool, stable: bool, hidden: bool = False
    ) -> None:
        self._project, self._hidden = project, hidden
        self._stable, self._below = stable, below
        self.silence = Silence(consent.unquotable(project))
        self.codes: list[CodeRow] = self.silence.codes(codes.codes(project))
        self.cases: list[CaseRow] = material.cases(project)
        self.sources: list[SourceRow] = material.sources(project)
        self.attributes: list[AttributeRow] = material.attributes(project)
        self.codings: list[CodingRow] = codes.codings(project)
        self.counted = [one for one in self.codings if interviewer or one.segment.role != INTERVIEWER]

    # -- names -----------------------------------------------------------------------------------------------

    @cached_property
    def code_names(self) -> dict[str, str]:
        """Names of columns by GUID of the code."""
        found: dict[str, str] = {}
        for code in self.codes:
            short = code.guid.replace("-", "")
            if self._stable:
                name = machine_name("code", mark=short[:8])
            else:
                name = machine_name(code.name, mark=short[:4])
            found[code.guid] = name if name not in found.values() else machine_name("code", mark=short)
        return found

    @cached_property
    def _path(self) -> dict[str, CodeRow]:
        return {code.guid: code for code in self.codes}

    def _lineage(self, code: str) -> list[CodeRow]:
        """The code and those above it, itself first."""
        found: list[CodeRow] = []
        at: str | None = code
        while at is not None and (row := self._path.get(at)) is not None:
            found.append(row)
            at = row.parent
        return found

    @cached_property
    def _turns(self) -> dict[str, tuple[list[int], list[int | None]]]:
        found: dict[str, tuple[list[int], list[int | None]]] = {}
        for turn in material.turns(self._project):
            starts, times = found.setdefault(turn.source, ([], []))
            starts.append(turn.start)
            times.append(turn.time_ms)
        return found

    def _time(self, source: str, start: int) -> int | None:
        starts, times = self._turns.get(source, ([], []))
        at = bisect_right(starts, start) - 1
        return times[at] if at >= 0 else None

    # -- tables ----------------------------------------------------------------------------------------------

    def made(self, name: str) -> Made:
        """One of the tables."""
        makers: dict[str, Callable[[], Made]] = {
            CODINGS: self._codings,
            CODES_BY_CASES: lambda: self._by_case(CODES_BY_CASES, flags=False),
            CODED_BY_CASES: lambda: self._by_case(CODED_BY_CASES, flags=True),
            CODES_BY_DOCUMENTS: self._by_document,
            CASES: self._cases,
            DOCUMENTS: self._documents,
        }
        return makers[name]()

    def _codings(self) -> Made:
        variables = tuple(Variable(CODINGS, *one) for one in _coding_variables())
        rows = []
        for one in self.codings:
            passage, lineage = one.segment, self._lineage(one.code)
            quotable = may_quote(passage)
            words = spoken(passage)
            rows.append(
                (
                    *(one.guid, passage.guid, passage.source, passage.title),
                    *(passage.case or None, passage.case_name or None, passage.speaker or None),
                    *(passage.role or None, self.code_names[one.code], one.code, one.code_name),
                    *(lineage[0].path, lineage[-1].name, lineage[0].kind, one.coder),
                    one.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    *(one.phase or None, one.origin, passage.start, passage.stop),
                    *(passage.paragraph, passage.last_paragraph or passage.paragraph),
                    *(self._time(passage.source, passage.start), len(words.split())),
                    *(passage.stop - passage.start, int(quotable), words if quotable else None),
                    self.silence.told(one.comment) or None,
                )
            )
        return Made(CODINGS, variables, tuple(rows))

    def _counts(self, unit: Callable[[CodingRow], str | None]) -> Counter[tuple[str, str]]:
        """How many passages have a code, by (unit, code)."""
        seen: set[tuple[str, str, str]] = set()
        for one in self.counted:
            if (at := unit(one)) is not None:
                above = self._lineage(one.code) if self._below else self._lineage(one.code)[:1]
                seen.update((at, code.guid, f"{one.segment.guid} {one.coder}") for code in above)
        return Counter((at, code) for at, code, _passage in seen)

    def _code_variables(self, table: str, meaning: str, kind: str) -> list[Variable]:
        return [
            Variable(table, self.code_names[code.guid], kind, meaning.format(code=code.path), "", code)
            for code in self.codes
        ]

    def _by_case(self, table: str, *, flags: bool) -> Made:
        counts = self._counts(lambda one: one.segment.case)
        meaning = _("1: “{code}” was given in the case") if flags else _("codings with “{code}” in the case")
        variables = (
            Variable(table, "case", "text", _("GUID of the case")),
            Variable(table, "case_name", "text", _("name of the case")),
            *self._code_variables(table, meaning, "flag" if flags else "whole"),
        )
        rows: list[tuple[Value, ...]] = []
        for case in self.cases:
            found = [counts[case.guid, code.guid] for code in self.codes]
            rows.append((case.guid, case.name, *(min(n, 1) if flags else n for n in found)))
        return Made(table, variables, tuple(rows))

    def _by_document(self) -> Made:
        counts = self._counts(lambda one: one.segment.source)
        variables = (
            Variable(CODES_BY_DOCUMENTS, "document", "text", _("GUID of the document")),
            Variable(CODES_BY_DOCUMENTS, "document_title", "text", _("title of the document")),
            *self._code_variables(CODES_BY_DOCUMENTS, _("codings with “{code}” in the document"), "whole"),
        )
        rows: list[tuple[Value, ...]] = [
            (one.guid, one.title, *(counts[one.guid, code.guid] for code in self.codes))
            for one in self.sources
        ]
        return Made(CODES_BY_DOCUMENTS, variables, tuple(rows))

    def _cases(self) -> Made:
        fixed = [
            Variable(CASES, "case", "text", _("GUID of the case")),
            Variable(CASES, "case_name", "text", _("name of the case")),
            Variable(CASES, "above", "text", _("GUID of the case it belongs to")),
            Variable(CASES, "documents", "whole", _("documents of the case")),
        ]
        if not self._hidden:
            fixed.append(Variable(CASES, "codings", "whole", _("codings in the case")))
        names = [one.name for one in fixed]
        for attribute in self.attributes:
            names.append(machine_name(attribute.name, taken=names))
            meaning = attribute.description or attribute.name
            kind = {"number": "number", "date": "date"}.get(attribute.kind, "text")
            values = "; ".join(attribute.choices)
            fixed.append(Variable(CASES, names[-1], kind, meaning, values))
        inside = Counter(one.segment.case for one in self.counted)
        rows = []
        for case in self.cases:
            told = {one.attribute: _typed(one.value, one.kind) for one in case.values if not one.missing}
            rows.append(
                (
                    *(case.guid, case.name, case.parent, len(case.sources)),
                    *(() if self._hidden else (inside[case.guid],)),
                    *(told.get(attribute.guid) for attribute in self.attributes),
                )
            )
        return Made(CASES, tuple(fixed), tuple(rows))

    def _documents(self) -> Made:
        variables = tuple(
            Variable(DOCUMENTS, *one)
            for one in _document_variables()
            if not (self._hidden and one[0] == "codings")
        )
        rows = [
            (
                *(one.guid, one.title, one.kind, one.language, one.case, one.case_name or None),
                *(one.paragraphs, one.turns, one.length, *(() if self._hidden else (one.codings,))),
            )
            for one in self.sources
        ]
        return Made(DOCUMENTS, variables, tuple(rows))


def _coding_variables() -> tuple[tuple[str, str, str], ...]:
    """Names, kinds and meanings of the columns of codings, in their order."""
    return (
        ("coding", "text", _("GUID of the coding")),
        ("segment", "text", _("GUID of the passage")),
        ("document", "text", _("GUID of the document")),
        ("document_title", "text", _("title of the document")),
        ("case", "text", _("GUID of the case")),
        ("case_name", "text", _("name of the case")),
        ("speaker", "text", _("who speaks, as it is written")),
        ("role", "text", _("role of the speaker (interviewer, respondent, …)")),
        ("code_column", "text", _("column of the code in the other tables")),
        ("code", "text", _("GUID of the code")),
        ("code_name", "text", _("name of the code")),
        ("code_path", "text", _("the code with those above it")),
        ("branch", "text", _("topmost code above it")),
        ("code_kind", "text", _("code or category")),
        ("coder", "text", _("who coded")),
        ("created", "date", _("when it was coded, in UTC")),
        ("phase", "text", _("phase of the work in which it was coded")),
        ("origin", "text", _("how the coding came about (by hand, from search hits, …)")),
        ("start", "whole", _("first character of the passage in the document, counted from 0")),
        ("stop", "whole", _("behind the last character of the passage")),
        ("paragraph", "text", _("first paragraph, as it is cited")),
        ("last_paragraph", "text", _("last paragraph, as it is cited")),
        ("time_ms", "whole", _("milliseconds from the beginning of the recording to the turn")),
        ("words", "whole", _("words of the passage")),
        ("characters", "whole", _("characters of the passage")),
        ("quotable", "flag", _("1: the words may be quoted")),
        ("text", "text", _("the words of the passage; empty without consent")),
        ("comment", "text", _("comment of the coder")),
    )


def _document_variables() -> tuple[tuple[str, str, str], ...]:
    """Names, kinds and meanings of the columns of documents, in their order."""
    return (
        ("document", "text", _("GUID of the document")),
        ("document_title", "text", _("title of the document")),
        ("kind", "text", "; ".join(f"{key}: {word(SOURCE_KINDS, key)}" for key in SOURCE_KINDS)),
        ("language", "text", _("language of the document")),
        ("case", "text", _("GUID of the case")),
        ("case_name", "text", _("name of the case")),
        ("paragraphs", "whole", _("paragraphs of the document")),
        ("turns", "whole", _("turns of the document")),
        ("characters", "whole", _("characters of the document")),
        ("codings", "whole", _("codings in the document")),
    )


def _typed(value: str, kind: str) -> Value:
    """A value of an attribute: numbers as numbers, the rest as it is; nothing is None."""
    if kind == "number" and value:
        try:
            plain = float(value.replace(",", "."))
        except ValueError:
            return value
        return int(plain) if plain.is_integer() and abs(plain) < 2**53 else plain
    return value or None


def _codebook(tables: Sequence[Made]) -> Made:
    """A row for each column of all tables: what it holds."""
    kinds = {
        "text": _("text"),
        "whole": _("whole number"),
        "number": _("number"),
        "date": _("date"),
        "flag": _("1 or 0"),
    }
    heads = ("table", "column", "type", "meaning", "values", "code", "code_path", "definition")
    rows = [
        (
            *(one.table, one.name, kinds[one.kind], one.meaning, one.values or None),
            *(
                (one.code.guid, one.code.path, one.code.definition or None)
                if one.code
                else (None, None, None)
            ),
        )
        for table in tables
        for one in table.variables
    ]
    empty = (None,) * (len(heads) - 4)
    rows += [(READING, name, kinds["text"], told, *empty) for name, told in reading_words()]
    return Made(CODEBOOK, tuple(Variable(CODEBOOK, name, "text", "") for name in heads), tuple(rows))


def reading_words() -> tuple[tuple[str, str], ...]:
    """How the tables are written and read: (name, sentence)."""
    apostrophe = _(
        "A text of a csv that begins with = + - @ or a tab has an apostrophe in front, so that no "
        "spreadsheet takes it for a formula; in the workbook texts stand as they are."
    )
    return (
        ("encoding", _("UTF-8 without byte order mark, comma, decimal point, dates as ISO 8601")),
        ("missing", _("What is missing is empty; 0 means that there is none.")),
        ("formulas", apostrophe),
        ("formulas_pandas", r"""s.str.replace(r"^'(?=[=+@\t-])", "", regex=True)"""),
        ("formulas_r", r"""sub("^'(?=[=+@\t-])", "", s, perl = TRUE)"""),
        ("keys", _("The columns case, document, segment and code join the tables; they are GUIDs.")),
        ("pandas", 'pandas.read_csv("codings.csv")'),
        ("r", 'read.csv("codings.csv")'),
        ("excel", _("Open the workbook (xlsx); a csv without byte order mark shows no umlauts there.")),
    )


def _cell(value: Value) -> Cell:
    if value is None:
        return Cell()
    return cell(value) if isinstance(value, str) else number(value)


def _block(made: Made) -> Section:
    right = {"whole", "number", "flag"}
    columns = tuple(Column(one.name, "right" if one.kind in right else "left") for one in made.variables)
    rows = tuple(tuple(map(_cell, row)) for row in made.rows)
    title = _(_TITLES[made.name])
    size = ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows))
    across = ngettext("{n} column", "{n} columns", len(columns)).format(n=len(columns))
    table = Table(columns, rows, title, name=made.name, sheet_only=True)
    return Section(title, (note(f"{made.name} · {size} · {across}"), table), numbered=False)


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The tables in the language of the report; names of columns are the same in all."""
    sheet = material.project_sheet(project)
    language = chosen_language(options, sheet.language)
    chosen = options.get("table") or CODINGS
    if sheet.hide_frequencies and chosen in _HIDDEN:
        raise KnownError(_("This study hides frequencies: tables of counts are left out."))
    with use_language(language):
        tables = Tables(
            project,
            interviewer=chosen_flag(options, "interviewer", default=True),
            below=chosen_flag(options, "below", default=False),
            stable=options.get("names") == "guid",
            hidden=sheet.hide_frequencies,
        )
        wanted = [name for name in TABLES[:-1] if not (sheet.hide_frequencies and name in _HIDDEN)]
        made = [tables.made(name) for name in wanted]
        made.append(_codebook(made))
        passages = [one.segment for one in tables.codings]
        told = list(consent_lines(passages, texts=tables.silence.texts, names=0))
        if sheet.hide_frequencies:
            told.append(_("This study hides frequencies: tables of counts are left out."))
        return Report(
            title=sheet.title,
            language=language,
            blocks=(
                paragraph(
                    _("The tables stand in the file that is saved: all in a workbook, one of them in a csv.")
                ),
                *map(_block, made),
            ),
            subtitle=_("Tables for statistics"),
            created=project.clock(),
            notice=notice_of(sheet),
            facts=tuple(told),
            withheld=tuple(told),
            cover=False,
            only_table=chosen,
        )


KIND = ReportKind(
    name="statistics",
    title=N_("Tables for statistics"),
    build=build,
    formats=("xlsx", "csv"),
    synonyms=("R", "pandas", "SPSS", N_("data set"), N_("quantitative")),
    options=(
        Option("table", N_("Table of a csv"), "choice", CODINGS, TABLES, tuple(_TITLES.values())),
        Option("below", N_("Codes count those below them"), "flag", "no", ("yes", "no")),
        Option(
            "names",
            N_("Columns of codes are named by"),
            "choice",
            "name",
            ("name", "guid"),
            (N_("name, with the first signs of the GUID"), N_("the GUID alone, which outlives a new name")),
        ),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
