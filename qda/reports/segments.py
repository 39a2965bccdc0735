"""Passages as a table or as quotations: of a query, of a live set, of a code with those below it, or all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.citation import may_quote, paragraphs_cited, quoted, spoken, withheld
from qda.coding.material import cases, project_sheet, segment, span_row
from qda.coding.references import resolve
from qda.coding.retrieval import CodeOn, Found, Page, find, from_json, parse, sentence, spec
from qda.coding.retrieval.spec import Spec
from qda.coding.saved_queries import saved_queries
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import consent_lines, quotation
from qda.reports.model import (
    Block,
    Cell,
    Column,
    Note,
    Paragraph,
    Report,
    Run,
    Section,
    Table,
    cell,
    note,
    paragraph,
    runs,
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.searched import told_of_study
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language

ARRANGED: Final = ("place", "case", "code")
FORMS: Final = ("table", "quotes")
_ALL: Final = 1_000_000_000
_FARTHEST: Final = 20  # paragraphs around


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What goes into the report; ``around`` is none without context."""

    query: Spec
    title: str
    by: str
    form: str
    around: int | None
    hidden: bool


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language.

    :raises UsageError: an option means nothing.
    :raises KnownError: the query cannot be read, or names what is gone.
    """
    sheet = project_sheet(project)
    chosen = chosen_language(options, sheet.language)
    with use_language(chosen):
        wanted = _wanted(project, options, hidden=sheet.hide_frequencies)
        page = find(
            project,
            wanted.query,
            limit=_ALL,
            order="case" if wanted.by == "case" else "place",
            context=wanted.around,
        )
        listing = _Listing(project, wanted, page)
        told = tuple(listing.consent())
        return Report(
            title=sheet.title,
            language=chosen,
            blocks=(*listing.head(), *listing.body(), *(note(line) for line in told)),
            subtitle=_("Passages: {name}").format(name=wanted.title) if wanted.title else _("Passages"),
            created=project.clock(),
            notice=notice_of(sheet),
            withheld=told,
            cover=False,
        )


def _wanted(project: Project, options: Mapping[str, str], *, hidden: bool) -> _Wanted:
    given = [name for name in ("query", "set", "code") if options.get(name, "").strip()]
    if len(given) > 1:
        raise UsageError(_("Give either a query, a live set or a code."))
    query: Spec = spec.And(())
    title = ""
    value = options.get(given[0], "").strip() if given else ""
    if given == ["query"]:
        query = parse(project, value)
    elif given == ["set"]:
        guid = resolve(project, "saved_query", value)
        row = next(row for row in saved_queries(project) if row.guid == guid)
        query, title = from_json(row.spec), row.name
    elif given == ["code"]:
        query = spec.Code(resolve(project, "code", value), with_children=True)
    return _Wanted(
        query,
        title,
        _one_of(options, "by", ARRANGED),
        _one_of(options, "form", FORMS),
        _around(options),
        hidden,
    )


def _one_of(options: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    value = options.get(name, "").strip() or known[0]
    if value not in known:
        raise UsageError(
            _("“{value}” is no value for {name}; there are: {choices}.").format(
                value=value, name=name, choices=", ".join(known)
            )
        )
    return value


def _around(options: Mapping[str, str]) -> int | None:
    if not chosen_flag(options, "context", default=False):
        return None
    value = options.get("paragraphs", "").strip() or "1"
    if not value.isdigit() or int(value) > _FARTHEST:
        raise UsageError(
            _("“{value}” is no number of paragraphs from 0 to {most}.").format(value=value, most=_FARTHEST)
        )
    return int(value)


class _Listing:
    """The passages, as they are printed."""

    def __init__(self, project: Project, wanted: _Wanted, page: Page) -> None:
        self._project, self._wanted, self._page = project, wanted, page
        self._asked = _codes_asked(project, wanted.query)
        self._guarded = any(case.quotable == "no" for case in cases(project))
        self._in_vivo: dict[str, str] = {}  # code to the segment of its words

    # -- above it --------------------------------------------------------------------------------------------

    def head(self) -> list[Block]:
        """The query as a sentence, and how much it finds."""
        told = sentence(self._project, self._wanted.query)
        blocks: list[Block] = [Paragraph(_italics(told))]
        if not self._wanted.hidden:
            blocks.append(note(self._counts()))
            if line := told_of_study(self._project):
                blocks.append(note(line))
        return blocks

    def _counts(self) -> str:
        page = self._page
        parts = (
            ngettext("{n} case", "{n} cases", page.cases).format(n=page.cases),
            ngettext("{n} document", "{n} documents", page.documents).format(n=page.documents),
            ngettext("{n} passage", "{n} passages", page.total).format(n=page.total),
        )
        by_case = " · ".join(f"{one.name or _('no case')} {one.segments}" for one in page.by_case)
        return " · ".join(parts) + (f" ({by_case})" if page.cases > 1 else "")

    def consent(self) -> list[str]:
        """What is withheld, and whose consent is not settled."""
        return consent_lines((one.segment for one in self._page.rows), texts=0, names=self._silent_names())

    def _silent_names(self) -> int:
        """How many in-vivo codes are named in words that may not be quoted."""
        if not self._guarded:
            return 0
        from qda.coding.codes import codes

        named = {code.code for one in self._page.rows for code in one.codes if code.in_vivo}
        rows = [row.in_vivo for row in codes(self._project) if row.guid in named and row.in_vivo]
        return sum(not may_quote(segment(self._project, guid)) for guid in rows if guid)

    # -- the passages ----------------------------------------------------------------------------------------

    def body(self) -> list[Block]:
        """The table, or quotations below headings."""
        if not self._page.rows:
            return [paragraph(_("No passage is so."))]
        groups = self._groups()
        if self._wanted.form == "table":
            return [self._table(groups)]
        return [Section(title, tuple(self._quotes(rows)), numbered=False) for title, rows in groups]

    def _groups(self) -> list[tuple[str, list[Found]]]:
        """The passages by document, case or code; under a code each that bears it."""
        found: dict[str, tuple[str, list[Found]]] = {}
        for one in self._page.rows:
            for key, title in self._keys(one):
                found.setdefault(key, (title, []))[1].append(one)
        if self._wanted.by == "code":
            return sorted(found.values(), key=lambda group: group[0].casefold())
        return list(found.values())

    def _keys(self, one: Found) -> list[tuple[str, str]]:
        if self._wanted.by == "case":
            return [(one.segment.case or "", one.segment.case_name or _("no case"))]
        if self._wanted.by == "code":
            codes = [code for code in one.codes if code.code in self._asked] if self._asked else one.codes
            return [(code.code, code.name) for code in codes or one.codes] or [("", _("no code"))]
        return [(one.segment.source, one.segment.title)]

    def _table(self, groups: list[tuple[str, list[Found]]]) -> Table:
        by_code = self._wanted.by == "code"
        columns = (
            *((Column(_("Code"), share=1.6),) if by_code else ()),
            Column(_("Case"), share=1.1),
            Column(_("Document, place"), share=1.7),
            Column(_("Speaker"), share=0.9),
            Column(_("Passage"), share=5),
            Column(_("Codes on it"), share=2),
        )
        rows = tuple(
            (
                *((cell(Run(title, bold=True)),) if by_code else ()),
                cell(one.segment.case_name),
                cell(paragraphs_cited(one.segment)),
                cell(one.segment.speaker),
                self._passage(one),
                cell(_names(one.codes)),
            )
            for title, some in groups
            for one in some
        )
        return Table(columns, rows, _("Passages"), "passages", name=_("Passages"))

    def _passage(self, one: Found) -> Cell:
        if not may_quote(one.segment):
            return cell(withheld())
        words = quoted(spoken(one.segment))
        before, after = self._around(one)
        if not before and not after:
            return cell(words)
        return Cell(runs(before, Run(words, bold=True), after))

    def _quotes(self, rows: Iterable[Found]) -> list[Block]:
        blocks: list[Block] = []
        for one in rows:
            before, after = self._around(one) if may_quote(one.segment) else ("", "")
            blocks += [note(before.strip())] if before.strip() else []
            blocks.append(quotation(one.segment))
            blocks += [note(after.strip())] if after.strip() else []
            blocks.append(self._below(one))
        return blocks

    def _below(self, one: Found) -> Note:
        """Who said it and what stands on it."""
        parts = [part for part in (one.segment.case_name, one.segment.speaker, _names(one.codes)) if part]
        return note(" · ".join(parts))

    def _around(self, one: Found) -> tuple[str, str]:
        """What stands around a passage; nothing where someone speaks there who may not be quoted."""
        if not one.before and not one.after:
            return "", ""
        place = one.segment
        if self._guarded:
            start, stop = place.start - len(one.before), place.stop + len(one.after)
            if not may_quote(span_row(self._project, place.source, start, stop)):
                return "", ""
        return _one_line(one.before), _one_line(one.after)


def _one_line(words: str) -> str:
    """White space and line ends are single blanks; also where it begins and ends with some."""
    inner = " ".join(words.split())
    before, after = words[:1].isspace(), words[-1:].isspace()
    return f"{' ' * before}{inner}{' ' * after}" if inner else " " * (before or after)


def _names(codes: Sequence[CodeOn]) -> str:
    return "; ".join(code.name for code in codes)


def _italics(told: str) -> tuple[Run, ...]:
    """A sentence whose codes stand between asterisks."""
    return runs(*(Run(part, italic=at % 2 == 1) for at, part in enumerate(told.split("*"))))


def _codes_asked(project: Project, query: Spec) -> frozenset[str]:
    """The codes that a query asks for, with those below them where it says so."""
    from qda.coding.codes import codes

    asked = {one.code: one.with_children for one in spec.walk(query) if isinstance(one, spec.Code)}
    if not asked:
        return frozenset()
    found = set(asked)
    for row in codes(project):  # those above come first
        if row.parent in found and (asked.get(row.parent or "", True)):
            found.add(row.guid)
    return frozenset(found)


_FORM_WORDS: Final = (N_("As a table"), N_("As quotations below headings"))
_ARRANGED_WORDS: Final = (N_("By document"), N_("By case"), N_("By code"))

KIND = ReportKind(
    name="segments",
    title=N_("Passages of a query"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("segments"), N_("quotations"), N_("retrieval"), N_("live set"), N_("coded passages")),
    options=(
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("query", N_("Query, as it is written"), "text"),
        Option("set", N_("Live set"), "text"),
        Option("code", N_("Code, with those below it"), "code"),
        Option("form", N_("Form"), "choice", FORMS[0], FORMS, _FORM_WORDS),
        Option("by", N_("Arranged by"), "choice", ARRANGED[0], ARRANGED, _ARRANGED_WORDS),
        Option("context", N_("With what stands around"), "flag", "no", ("yes", "no")),
        Option("paragraphs", N_("Paragraphs around"), "number", "1"),
    ),
)
