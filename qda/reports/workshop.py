"""A passage for an interpretation group: numbered lines and a question; no codes, nothing about the case.

The lines are counted at the study's measure from the beginning of the document, so that what the group says
of "line 212" is found again in the study.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.citation import paragraphs_cited, withheld
from qda.coding.going import paragraph_numbered
from qda.coding.material import paragraphs, project_sheet, sources, span_row
from qda.coding.references import resolve_source
from qda.coding.rows import ParagraphRow
from qda.errors import KnownError, UsageError
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.feedback_data import CONVERSATIONS
from qda.reports.model import (
    Block,
    Column,
    Numbered,
    NumberedLine,
    Report,
    Run,
    Section,
    Table,
    cell,
    note,
    paragraph,
    placeholder,
    runs,
)
from qda.reports.model import paragraphs as told_paragraphs
from qda.reports.registry import TEXT_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import SOURCE_KINDS, chosen_flag, chosen_language, word
from qda.reports.transcript_data import Row, Shelf, Transcript, transcript

_MOST_BEFORE: Final = 100  # lines of context
_MOST_NOTES: Final = 60
_NUMBERS: Final = re.compile(
    r"[\s,:;(]*(?:(?P<lines>Z\.|Zeilen?|ll?\.|lines?)|Abs(?:ätze|atz|\.)?|para(?:graph)?s?\.?|§+)?\s*"
    r"(?P<first>\d+(?:\.\d+)?[a-z]*)(?:\s*[–—-]\s*(?P<last>\d+(?:\.\d+)?[a-z]*))?[\s,.;)]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the row that it is of, and where it stands in the document (code points)."""

    line: NumberedLine
    row: Row
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Lines:
    """Which lines of a document are printed, and from which on they are the passage itself."""

    document: Transcript
    lines: tuple[NumberedLine, ...]
    context: int
    withheld: int
    cited: str


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; without a passage a placeholder stands for it.

    :raises UsageError: an option means nothing.
    :raises KnownError: there is no such document or paragraph.
    """
    sheet = project_sheet(project)
    chosen = chosen_language(options, sheet.language)
    with use_language(chosen):
        named = chosen_flag(options, "named", default=False)
        before = _count(options, "before", "0", _MOST_BEFORE)
        notes = _count(options, "notes", "10", _MOST_NOTES)
        found = _lines(project, options, before=before)
        blocks: list[Block] = [*_passage(found), _question(options.get("question", ""))]
        if notes:
            blocks.append(Section(_("Notes"), (_blank(notes),), numbered=False))
        told: tuple[str, ...] = ()
        if found is not None and found.withheld:
            n = found.withheld
            line = ngettext(
                "{n} paragraph is withheld: no consent.", "{n} paragraphs are withheld: no consent.", n
            )
            told = (line.format(n=n),)
        return Report(
            title=_("Interpretation workshop"),
            language=chosen,
            blocks=(*blocks, *(note(line) for line in told)),
            created=project.clock(),
            notice=notice_of(sheet),
            facts=_facts(found) if named and found is not None else (),
            cover=False,
            withheld=told,
        )


def _count(options: Mapping[str, str], name: str, default: str, most: int) -> int:
    value = options.get(name, "").strip() or default
    if not value.isdigit() or int(value) > most:
        raise UsageError(
            _("“{value}” is no value for {name}: a number from 0 to {most}.").format(
                value=value, name=name, most=most
            )
        )
    return int(value)


def _facts(found: _Lines) -> tuple[str, ...]:
    source = found.document.source
    some = [word(SOURCE_KINDS, source.kind)]
    if source.case_name:
        some.append(_("Case {name}").format(name=source.case_name))
    return (found.cited, " · ".join(some))


# -- the passage --------------------------------------------------------------------------------------------


def _lines(project: Project, options: Mapping[str, str], *, before: int) -> _Lines | None:
    written = " ".join(options.get("passage", "").split())
    if not written:
        return None
    given = options.get("source", "").strip()
    if given and _NUMBERS.fullmatch(written):
        source, rest = resolve_source(project, given), written
    else:
        source, rest = _document(project, written)
    shelf = Shelf.of(project)
    shelf.by_line = True
    document = transcript(shelf, source)
    if document.silent:
        return _Lines(document, (), 0, document.source.paragraphs, document.source.title)
    every = list(_numbered(document))
    start, stop = _found(project, document, every, rest)
    begin = max(0, start - before)
    shown = every[begin:stop]
    lines = tuple(_as_context(one.line) if at < start - begin else one.line for at, one in enumerate(shown))
    silent = {one.row.number for one in shown if one.row.withheld}
    passage = span_row(project, source, every[start].start, every[stop - 1].stop)
    return _Lines(document, lines, start - begin, len(silent), paragraphs_cited(passage))


def _found(project: Project, document: Transcript, every: Sequence[_Placed], written: str) -> tuple[int, int]:
    """The first line of what is asked for, and the one behind its last."""
    numbers = _NUMBERS.fullmatch(written)
    if numbers is None:
        example = _("{title}, paras. 34–41").format(title=document.source.title)
        raise KnownError(
            _("“{value}” names no paragraphs; write them as “{example}”.").format(
                value=written, example=example
            )
        )
    first, last = numbers["first"], numbers["last"] or numbers["first"]
    if numbers["lines"] and document.by_line:
        start, stop = _by_line(every, first), _by_line(every, last, closing=True)
    else:
        start, stop = _by_paragraph(project, document, every, first, last)
    if start >= stop:
        raise KnownError(_("The passage ends before it begins."))
    return start, stop


def _document(project: Project, written: str) -> tuple[str, str]:
    """The document that a citation begins with, and what follows its name.

    A case that has one conversation may stand for it ("B, paras. 34–41").
    """
    rows = sources(project)
    talks = [row for row in rows if row.kind in CONVERSATIONS and row.case_name]
    often = Counter(row.case_name for row in talks)
    names = {row.title: row.title for row in rows}
    names |= {row.case_name: row.title for row in talks if often[row.case_name] == 1}
    plain = written.lstrip("(")
    for name in sorted(names, key=len, reverse=True):
        rest = plain[len(name) :]
        if plain.casefold().startswith(name.casefold()) and _NUMBERS.fullmatch(rest):
            return resolve_source(project, names[name]), rest
    name, _comma, rest = plain.rpartition(",")
    return resolve_source(project, name or plain), rest


def _numbered(document: Transcript) -> Iterator[_Placed]:
    """Every line of the document; the head has none."""
    for row in document.rows:
        if row.kind == "header":
            continue
        label = f"{row.label}: " if row.label else ""
        if row.withheld or not row.lines:
            told = str(row.lines[0][1]) if row.lines else row.shown_number
            words = Run(withheld(), italic=True) if row.withheld else row.text.strip()
            whole = NumberedLine(told, runs(Run(label, bold=True), words))
            yield _Placed(whole, row, row.begin, row.stop)
            continue
        starts = [0, *(start for start, _number in row.lines[1:]), len(row.text)]
        for at, (_start, number) in enumerate(row.lines):
            words = row.text[starts[at] : starts[at + 1]].strip()
            line = runs(Run(label if at == 0 else "", bold=True), words)
            begin = row.start + starts[at] if at else row.begin
            placed = NumberedLine(str(number), line, joined=at > 0)
            yield _Placed(placed, row, begin, row.start + starts[at + 1])


def _by_line(every: Sequence[_Placed], number: str, *, closing: bool = False) -> int:
    """Where the line stands among all; behind it with ``closing``."""
    for at, one in enumerate(every):
        if one.line.number == number:
            return at + closing
    raise KnownError(_("There is no line {number}.").format(number=number))


def _by_paragraph(
    project: Project, document: Transcript, every: Sequence[_Placed], first: str, last: str
) -> tuple[int, int]:
    known = paragraphs(project, document.source.guid)
    begin, end = _stored(known, first), _stored(known, last)
    start = next((at for at, one in enumerate(every) if one.row.number == begin), None)
    stop = next((at for at in range(len(every), 0, -1) if every[at - 1].row.number == end), None)
    if start is None or stop is None:
        raise _no_paragraph(first if start is None else last)
    return start, stop


def _stored(known: Sequence[ParagraphRow], written: str) -> str:
    """The number of the paragraph that is cited so; also by one that was joined to it."""
    found = paragraph_numbered(known, written)
    found = found or next((one for one in known if one.number.rpartition(":")[2] == written), None)
    if found is None:
        raise _no_paragraph(written)
    return found.number


def _no_paragraph(number: str) -> KnownError:
    return KnownError(_("There is no paragraph {number}.").format(number=number))


def _as_context(line: NumberedLine) -> NumberedLine:
    """A line that stands before the passage."""
    told = tuple(Run(run.text, bold=run.bold, italic=True) for run in line.runs)
    return NumberedLine(line.number, told, joined=line.joined)


# -- as it is printed ---------------------------------------------------------------------------------------


def _passage(found: _Lines | None) -> list[Block]:
    if found is None:
        hint = _("the passage, for instance: Interview B, paras. 34–41")
        return [paragraph(placeholder(hint))]
    if not found.lines:
        return [paragraph(withheld())]
    blocks: list[Block] = []
    if found.context:
        blocks.append(Numbered(found.lines[: found.context]))
        blocks.append(note(_("The passage begins here:")))
    first, *rest = found.lines[found.context :]
    blocks.append(Numbered((NumberedLine(first.number, first.runs), *rest)))
    return blocks


def _question(question: str) -> Section:
    told = told_paragraphs(question) or (paragraph(placeholder(_("the question to the group"))),)
    return Section(_("Question"), told, numbered=False)


def _blank(count: int) -> Table:
    """Lines to write on."""
    return Table((Column(""),), tuple((cell("\n"),) for _line in range(count)), flowing=True)


KIND = ReportKind(
    name="workshop",
    title=N_("Passage for the workshop"),
    build=build,
    formats=TEXT_FORMATS,
    synonyms=(N_("interpretation workshop"), N_("data session"), N_("research workshop"), N_("handout")),
    options=(
        Option("source", N_("Document"), "source"),
        Option("passage", N_("Passage (paras. 34–41)")),
        Option("question", N_("Question to the group")),
        Option("before", N_("Lines of context before it"), "number", "0"),
        Option("notes", N_("Blank lines for notes"), "number", "10"),
        Option("named", N_("Say document and case"), "flag", "no", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
