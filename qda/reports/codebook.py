"""The codebook: every code with what is known of it, in a set of fields or in fields of one's own choice.

With few fields it is one table; with many every code has a place of its own, and the table goes into the
spreadsheet formats. What is missing where the template of the study wants it is a placeholder.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from qda.coding.citation import cited, may_quote, paragraphs_cited, withheld
from qda.coding.procedure import code_dates
from qda.coding.rows import CodeRow, SegmentRow
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, use_language
from qda.models import Project
from qda.reports.consenting import consent_lines, quotation
from qda.reports.model import (
    Block,
    Cell,
    Column,
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
    placeholder,
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study import facts
from qda.reports.study_data import StudyData, gather
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language, day, missing

_IN_ONE_TABLE: Final = 5  # fields beside the name; with more of them every code has a place of its own
_UPRIGHT: Final = 4  # fields that find room on a page that is not turned
_NUMBERED: Final = 2  # levels of the tree that are numbered chapters

SETS: Final = {
    "full": (
        *("kind", "definition", "delimitation", "anchor", "rule", "typical", "deviating", "properties"),
        *("cases", "created", "changed"),
    ),
    "short": ("definition", "cases", "passages"),
    "mayring": ("definition", "anchor_cited", "rule"),
    "team": ("definition", "delimitation", "rule", "coders", "changed"),
}
_ORIGINS: Final = {
    "open": N_("own words"),
    "in-vivo": N_("in vivo: the respondent’s words"),
    "sensitizing": N_("from a sensitizing concept"),
}
_KINDS: Final = {"category": N_("category"), "concept": N_("concept")}


@dataclass(frozen=True)
class _Book:
    """What the fields are read from."""

    data: StudyData
    dates: Mapping[str, tuple[datetime, datetime]]
    coders: Mapping[str, Counter[str]]
    strict: bool
    apart: bool = False  # how many passages there are stands in a field of its own
    printed: list[SegmentRow] = field(default_factory=list)

    def wanted(self, code: CodeRow, key: str) -> bool:
        """Whether a field must not stay empty: a text that the template of the study has for it."""
        return self.strict or (self.data.template.field_name(key) is not None and code.kind == "category")

    def passage(self, guid: str | None) -> SegmentRow | None:
        """A chosen passage that is there; it is printed, or its place alone."""
        segment = self.data.segments.get(guid) if guid else None
        if segment is not None:
            self.printed.append(segment)
        return segment


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a code: its title, its cell in a table, and its blocks in a place of the code's own."""

    title: str
    cell: Callable[[_Book, CodeRow], Cell]
    blocks: Callable[[_Book, CodeRow, str], Sequence[Block]] | None = None
    share: float = 1.0
    key: str = ""
    figure: bool = False

    def name(self, book: _Book) -> str:
        """Its title, as the template of the study calls it."""
        return (book.data.template.field_name(self.key) if self.key else None) or _(self.title)


# -- what the fields hold -----------------------------------------------------------------------------------


def _text(key: str, hint: str) -> Callable[[_Book, CodeRow], Cell]:
    def made(book: _Book, code: CodeRow) -> Cell:
        words = getattr(code, key).strip()
        if words:
            return cell(words)
        return cell(placeholder(_(hint))) if book.wanted(code, key) else cell()

    return made


def _passage_cell(which: str) -> Callable[[_Book, CodeRow], Cell]:
    def made(book: _Book, code: CodeRow) -> Cell:
        segment = book.passage(getattr(code, which))
        if segment is None:
            return cell()
        return cell(cited(segment) if may_quote(segment) else f"{withheld()} ({paragraphs_cited(segment)})")

    return made


def _passage_blocks(which: str) -> Callable[[_Book, CodeRow, str], Sequence[Block]]:
    def made(book: _Book, code: CodeRow, title: str) -> Sequence[Block]:
        segment = book.passage(getattr(code, which))
        if segment is None:
            return ()
        return paragraph(Run(f"{title}:", bold=True)), quotation(segment)

    return made


def _anchor_cited(book: _Book, code: CodeRow) -> Cell:
    """The anchor example with its place: the text that was written, else the typical passage."""
    if code.anchor.strip():
        return cell(code.anchor.strip())
    if code.typical in book.data.segments:
        return _passage_cell("typical")(book, code)
    return cell(placeholder(_("anchor example"))) if book.strict else cell()


def _properties(book: _Book, code: CodeRow) -> Cell:
    lines: list[str | Run] = []
    for one in book.data.properties.get(code.guid, ()):
        places = " – ".join(dict.fromkeys(p for p in (one.pole_from, *one.places, one.pole_to) if p))
        lines += ["\n"] if lines else []
        lines += [Run(one.name, italic=True), f": {places}" if places else ""]
    return cell(*lines)


def _cases(book: _Book, code: CodeRow) -> Cell:
    if book.apart:
        return cell(book.data.counts.cases_sentence(code.guid))
    return cell(book.data.counted(code.guid))


def _passages(book: _Book, code: CodeRow) -> Cell:
    return number(book.data.counts.passages(code.guid)) if book.data.numbers else cell()


def _coders(book: _Book, code: CodeRow) -> Cell:
    counted = book.coders.get(code.guid, Counter())
    numbers = book.data.numbers
    return cell(" · ".join(f"{name} {n}" if numbers else name for name, n in sorted(counted.items())))


def _date(which: int) -> Callable[[_Book, CodeRow], Cell]:
    def made(book: _Book, code: CodeRow) -> Cell:
        known = book.dates.get(code.guid)
        return cell(day(known[which]) if known else "")

    return made


def _kind(_book: _Book, code: CodeRow) -> Cell:
    origin = _(_ORIGINS[code.origin]) if code.origin in _ORIGINS else code.origin
    words = [_(_KINDS.get(code.kind, code.kind)), origin]
    return cell(", ".join([*words, _("core category")] if code.core else words))


FIELDS: Final[dict[str, _Field]] = {
    "path": _Field(N_("Path"), lambda _book, code: cell(code.path), share=2.4),
    "kind": _Field(N_("Kind and origin"), _kind, share=1.6),
    "definition": _Field(N_("Definition"), _text("definition", N_("definition")), share=3, key="definition"),
    "delimitation": _Field(
        N_("Delimitation"), _text("delimitation", N_("delimitation")), share=3, key="delimitation"
    ),
    "anchor": _Field(N_("Anchor example"), _text("anchor", N_("anchor example")), share=3, key="anchor"),
    "anchor_cited": _Field(N_("Anchor example"), _anchor_cited, share=3.4, key="anchor"),
    "rule": _Field(N_("Coding rule"), _text("rule", N_("rule")), share=2.4, key="rule"),
    "typical": _Field(
        N_("Typical passage"), _passage_cell("typical"), _passage_blocks("typical"), 3.2, "typical"
    ),
    "deviating": _Field(
        N_("Deviating passage"), _passage_cell("deviating"), _passage_blocks("deviating"), 3.2, "deviating"
    ),
    "properties": _Field(N_("Properties and dimensions"), _properties, share=2.6),
    "cases": _Field(N_("Cases"), _cases, share=2.0),
    "passages": _Field(N_("Passages"), _passages, share=0.8, figure=True),
    "coders": _Field(N_("Coded by"), _coders, share=1.2),
    "created": _Field(N_("Made on"), _date(0), share=1.4),
    "changed": _Field(N_("Last changed on"), _date(1), share=1.4),
}


# -- the report ---------------------------------------------------------------------------------------------


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language.

    :raises UsageError: a field that does not exist, an option that means nothing.
    """
    from qda.coding.material import project_sheet

    wanted = chosen_fields(options)
    interviewer = chosen_flag(options, "interviewer", default=True)
    chosen = chosen_language(options, project_sheet(project).language)
    with use_language(chosen):
        data = gather(project, interviewer=interviewer)
        strict = not options.get("own_fields") and options.get("fields") == "mayring"
        keys = tuple(key for key in wanted if data.numbers or key != "passages")
        in_one = len(keys) <= _IN_ONE_TABLE
        if in_one and not (options.get("own_fields") or strict or _has_rules(data)):
            keys = tuple(key for key in keys if key != "rule")  # a column of the page would be empty
        book = _Book(data, code_dates(project), _by_coder(data), strict, apart="passages" in keys)
        blocks = _in_one_table(book, keys) if in_one else _one_by_one(book, keys)
        told = tuple(_told(book, interviewer=interviewer))
        return Report(
            title=data.sheet.title,
            language=chosen,
            blocks=(*blocks, *(note(line) for line in told)),
            subtitle=_("Codebook"),
            created=project.clock(),
            notice=notice_of(data.sheet),
            facts=facts(data)[:2],
            keywords=tuple(code.name for code in data.categories),
            withheld=told,
            cover=not in_one,
        )


def _has_rules(data: StudyData) -> bool:
    """Whether the method knows coding rules, or some are written all the same."""
    return data.template.field_name("rule") is not None or any(code.rule.strip() for code in data.codes)


def chosen_fields(options: Mapping[str, str]) -> tuple[str, ...]:
    """The fields asked for, beside the name; UsageError for one that does not exist."""
    written = options.get("own_fields", "").replace(";", ",")
    own = tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
    for key in own:
        if key not in FIELDS:
            raise UsageError(
                _("“{value}” is no field of a codebook; there are: {choices}.").format(
                    value=key, choices=", ".join(FIELDS)
                )
            )
    return own or SETS[options.get("fields") or "full"]


def _by_coder(data: StudyData) -> dict[str, Counter[str]]:
    """By code how many passages each person has coded with it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in data.coded:
        found[one.code][one.coder] += 1
    return found


def _told(book: _Book, *, interviewer: bool) -> list[str]:
    silence = book.data.silence
    lines = consent_lines(book.printed, texts=silence.texts, names=len(book.data.silent_names))
    return lines if interviewer else [*lines, _("Passages in turns of interviewers are not counted.")]


def _name(book: _Book, code: CodeRow) -> Cell:
    strong = code.depth == 0 or code.kind == "category"
    return cell(Run(book.data.name(code.guid), bold=strong), indent=code.depth)


def _table(book: _Book, keys: Sequence[str], *, sheet_only: bool) -> Table:
    fields = [FIELDS[key] for key in keys]
    columns = (
        Column(_("Code"), share=2.2),
        *((Column(_("Path"), share=2.4),) if sheet_only and "path" not in keys else ()),
        *(Column(one.name(book), "right" if one.figure else "left", one.share) for one in fields),
    )
    rows = tuple(
        (
            _name(book, code),
            *((cell(code.path),) if sheet_only and "path" not in keys else ()),
            *(one.cell(book, code) for one in fields),
        )
        for code in book.data.codes
    )
    name = _("Codebook")
    return Table(columns, rows, name, "codebook", name=name, sheet_only=sheet_only)


def _in_one_table(book: _Book, keys: Sequence[str]) -> tuple[Block, ...]:
    """All codes in one table, its pages turned where it is wide."""
    if not book.data.codes:
        return (missing(_("nothing has been coded yet")),)
    words = sum(FIELDS[key].share for key in keys)
    wide = len(keys) > _UPRIGHT or words > _UPRIGHT * 2
    table = _table(book, keys, sheet_only=False)
    return (Section(_("All codes"), (table,), numbered=False, landscape=wide),)


def _one_by_one(book: _Book, keys: Sequence[str]) -> tuple[Block, ...]:
    """Every code under its own heading, as the tree has them, and the table for spreadsheets."""
    if not book.data.codes:
        return (missing(_("nothing has been coded yet")),)
    children: dict[str | None, list[CodeRow]] = defaultdict(list)
    for code in book.data.codes:
        children[code.parent].append(code)

    def section(code: CodeRow) -> Section:
        inside = (*_described(book, code, keys), *(section(child) for child in children[code.guid]))
        return Section(
            book.data.name(code.guid), inside, f"code:{code.guid}", numbered=code.depth < _NUMBERED
        )

    shown = tuple(section(code) for code in children[None])
    kept = list(book.printed)
    table = _table(book, keys, sheet_only=True)
    book.printed[:] = kept  # the same passages, once more for the spreadsheet
    return (*shown, table)


def _described(book: _Book, code: CodeRow, keys: Sequence[str]) -> list[Block]:
    """The fields of a code that hold something; those without many words stand in one line."""
    facts: list[str] = []
    blocks: list[Block] = []
    for key in keys:
        one = FIELDS[key]
        if one.blocks is not None:
            blocks += one.blocks(book, code, one.name(book))
            continue
        runs_ = one.cell(book, code).runs
        if not runs_:
            continue
        if key in ("kind", "path", "cases", "passages", "coders", "created", "changed"):
            facts.append(_fact(one.name(book), key, runs_))
        else:
            blocks += _labelled(one.name(book), runs_)
    return [note("\n".join(_lines_of(facts))), *blocks] if facts else blocks


def _fact(title: str, key: str, words: Runs) -> str:
    text = "".join(run.text for run in words)
    return text if key in ("kind", "path", "cases") else f"{title}: {text}"


def _lines_of(facts_: list[str]) -> list[str]:
    """Facts in as few lines as their length allows."""
    lines: list[str] = []
    for one in facts_:
        if lines and len(lines[-1]) + len(one) < 90:
            lines[-1] += f" · {one}"
        else:
            lines.append(one)
    return lines


def _labelled(title: str, words: Runs) -> list[Block]:
    """A text under its title in bold; further lines are paragraphs of their own."""
    if any(run.placeholder or run.italic for run in words):
        return [paragraph(Run(f"{title}: ", bold=True), *words)]
    first, *rest = paragraphs("".join(run.text for run in words)) or (paragraph(""),)
    return [paragraph(Run(f"{title}: ", bold=True), *first.runs), *rest]


KIND = ReportKind(
    name="codebook",
    title=N_("Codebook"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("coding guide"), N_("definitions"), N_("coding rules"), N_("anchor examples")),
    options=(
        Option(
            "fields",
            N_("Fields"),
            "choice",
            "full",
            tuple(SETS),
            (
                N_("all, every code with a place of its own"),
                N_("short: definition and counts"),
                N_("definition, anchor example, coding rule"),
                N_("for the team: who codes, what changed"),
            ),
        ),
        Option("own_fields", N_("Own choice of fields (with ;)")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
    ),
)
