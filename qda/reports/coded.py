"""Transcripts with their codings in the margin: in Word as real comments, on the web beside the text.

What a reader writes into the Word file comes back by :mod:`qda.exchange.comments_back`.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from qda.coding import consent, memo_queries
from qda.coding.citation import withheld
from qda.coding.comments_back_form import Record, Told, comment_text, date_in_file, written
from qda.coding.material import cases, in_reading_order, project_sheet, sources
from qda.coding.rows import MemoRow, SourceRow
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines
from qda.reports.model import (
    Block,
    Column,
    Line,
    Remark,
    Report,
    Section,
    Span,
    Table,
    Transcript,
    cell,
    note,
    number,
    paragraph,
)
from qda.reports.registry import Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import SOURCE_KINDS, chosen_flag, chosen_language, word
from qda.reports.transcript_data import Passage, Row, Shelf, transcript
from qda.reports.transcript_data import Transcript as Data

SHADINGS: Final = ("code", "grey", "no")
_GREY: Final = "#6B7078"
_TIME: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; UsageError for an option that means nothing."""
    sheet = project_sheet(project)
    chosen = chosen_language(options, sheet.language)
    with use_language(chosen):
        maker = _Maker(project, options, sheet.guid, hidden=sheet.hide_frequencies)
        wanted = options.get("source", "").strip()
        rows = in_reading_order(sources(project))
        shown = [row for row in rows if (row.guid == wanted if wanted else row.codings)]
        sections = [section for row in shown if (section := maker.section(row, alone=len(shown) == 1))]
        told = tuple(maker.told(sections, left_out=0 if wanted else len(rows) - len(shown)))
        body: list[Block] = list(sections) or [paragraph(_("Nothing is coded."))]
        return Report(
            title=sheet.title,
            language=chosen,
            blocks=(*body, *maker.codes(), *(note(line) for line in told)),
            subtitle=_("Coded transcript: {title}").format(title=shown[0].title)
            if len(shown) == 1
            else _("Coded transcripts"),
            created=project.clock(),
            notice=notice_of(sheet),
            withheld=told,
            cover=len(sections) > 1,
        )


@dataclass(slots=True)
class _Maker:
    """Makes the transcripts; remembers the codes that stand in them, and what was withheld."""

    project: Project
    options: Mapping[str, str]
    study: str
    hidden: bool
    shelf: Shelf = field(init=False)
    silence: Silence = field(init=False)
    memos: dict[str, list[MemoRow]] = field(init=False)
    interviewer: bool = field(init=False)
    times: bool = field(init=False)
    shading: str = field(init=False)
    counted: dict[str, tuple[str, int]] = field(default_factory=dict)  # path of a code: its colour, how many
    silent: list[str] = field(default_factory=list)
    lines_withheld: int = 0

    def __post_init__(self) -> None:
        self.shelf = Shelf.of(self.project)
        self.silence = Silence(consent.unquotable(self.project))
        self.memos = self._memos() if chosen_flag(self.options, "memos", default=False) else {}
        self.interviewer = chosen_flag(self.options, "interviewer", default=True)
        self.times = chosen_flag(self.options, "times", default=True)
        self.shading = self.options.get("shading") or SHADINGS[0]

    def _memos(self) -> dict[str, list[MemoRow]]:
        """Memos that may leave the study by the passage or coding on which they hang; oldest first."""
        found: dict[str, list[MemoRow]] = defaultdict(list)
        for row in reversed(memo_queries.memos(self.project)):
            if not row.private:
                for link in row.links:
                    kind, _colon, guid = link.partition(":")
                    if kind in ("segment", "coding"):
                        found[guid].append(row)
        return found

    def section(self, row: SourceRow, *, alone: bool) -> Section | None:
        """A document; none where nobody in it may be quoted."""
        data = transcript(self.shelf, row.guid, interviewer=self.interviewer, bare=self.memos)
        if data.silent:
            self.silent.append(row.title)
            return None
        self.lines_withheld += data.withheld
        block = self._block(data)
        facts = [word(SOURCE_KINDS, row.kind), row.case_name]
        if not self.hidden:
            n = sum(remark.kind == "coding" for remark in block.remarks)
            facts.append(ngettext("{n} coding", "{n} codings", n).format(n=n))
        facts.append(", ".join(sorted({one.author for one in block.remarks if one.author})))
        head = note(" · ".join(fact for fact in facts if fact))
        return Section(row.title, (head, block), numbered=not alone, new_page=not alone)

    def _block(self, data: Data) -> Transcript:
        remarks, told, spans = self._remarks(data)
        lines = tuple(self._line(row, spans.get(n, ())) for n, row in enumerate(data.rows))
        record = Record(self.study, data.source.guid, data.source.title, data.sha256, tuple(told))
        return Transcript(lines, tuple(remarks), shaded=self.shading != "no", record=written(record))

    def _remarks(self, data: Data) -> tuple[list[Remark], list[Told], dict[int, list[Span]]]:
        """What stands in the margin, in the order of the text, and what each covers of which line."""
        remarks: list[Remark] = []
        told: list[Told] = []
        spans: dict[int, list[Span]] = defaultdict(list)
        numbers: dict[str, list[int]] = {}
        for row in data.rows:
            for part in row.parts:
                if part.begins:
                    numbers[part.passage.guid] = [
                        self._add(remarks, told, part.passage, one) for one in self._on(part.passage)
                    ]
        for n, row in enumerate(data.rows):
            for part in row.parts:
                label = part.begins and part.passage.start < row.start
                for at in numbers[part.passage.guid]:
                    spans[n].append(Span(at, part.start, part.stop, part.begins, part.ends, label))
        return remarks, told, spans

    def _on(self, passage: Passage) -> list[MemoRow | None]:
        """The coding itself (None), and the memos on it or, behind its first coding, on its passage."""
        own = self.memos.get(passage.guid, []) if passage.code else []
        return [*([None] if passage.code else []), *own, *self.memos.pop(passage.segment, [])]

    def _add(self, remarks: list[Remark], told: list[Told], passage: Passage, memo: MemoRow | None) -> int:
        """Puts a coding, or a memo on it, into the margin; where it stands there."""
        if memo is None:
            colour, count = self.counted.get(passage.path, (passage.colour, 0))
            self.counted[passage.path] = colour, count + 1
            ground = _GREY if self.shading == "grey" else passage.colour
            words = self.silence.told(passage.comment)
            made = Remark(passage.path, words, "coding", passage.coder, passage.created, ground)
        else:
            (said,) = self.silence.memos([memo])
            made = Remark(said.title, said.body, "memo", memo.coder, memo.created)
        remarks.append(made)
        told.append(_told(made, passage, memo))
        return len(remarks) - 1

    def _line(self, row: Row, spans: Sequence[Span]) -> Line:
        time, last = _time(row) if self.times else ("", False)
        return Line(
            number=row.shown_number,
            label=row.shown_label,
            text=row.text,
            spans=tuple(spans),
            numbers=row.lines,
            time=time,
            time_last=last,
            kind="heading" if row.kind == "heading" else "head" if row.kind == "header" else "text",
            instead=withheld() if row.withheld else "",
        )

    def codes(self) -> list[Block]:
        """The codes in the margin with their colours: what the shading means."""
        if not self.counted or self.shading == "grey":
            return []
        order = {code.path: n for n, code in enumerate(self.shelf.codes.values())}
        columns = (Column(_("Code"), share=8), *(() if self.hidden else (Column(_("Codings"), "right"),)))
        rows = tuple(
            (cell(path, colour=colour), *(() if self.hidden else (number(count),)))
            for path, (colour, count) in sorted(self.counted.items(), key=lambda one: order[one[0]])
        )
        table = Table(columns, rows, _("Codes in the margin"), "codes", name=_("Codes"))
        return [Section(_("Codes"), (table,), numbered=False)]

    def told(self, sections: Sequence[Section], *, left_out: int) -> list[str]:
        """What is not in the report, and whose consent is not settled."""
        lines = []
        if left_out:
            lines.append(
                ngettext(
                    "{n} document without codings was left out.",
                    "{n} documents without codings were left out.",
                    left_out,
                ).format(n=left_out)
            )
        if self.silent:
            titles = ", ".join(self.silent)
            lines.append(_("Left out, because there is no consent: {titles}.").format(titles=titles))
        if self.lines_withheld:
            lines.append(
                ngettext(
                    "{n} paragraph is withheld: no consent.",
                    "{n} paragraphs are withheld: no consent.",
                    self.lines_withheld,
                ).format(n=self.lines_withheld)
            )
        lines += consent_lines((), texts=self.silence.texts, names=0)
        titles_ = {section.title for section in sections}
        shown = {row.case for row in sources(self.project) if row.title in titles_}
        open_ = sorted(
            case.name for case in cases(self.project) if case.guid in shown and case.quotable == "open"
        )
        if open_:
            lines.append(
                _("Consent to be quoted is not settled for: {cases}.").format(cases=", ".join(open_))
            )
        return lines


def _told(remark: Remark, passage: Passage, memo: MemoRow | None) -> Told:
    assert remark.created is not None
    return Told(
        kind=remark.kind,
        guid=passage.guid if memo is None else memo.guid,
        code=passage.code if memo is None else "",
        title=remark.title,
        author=remark.author,
        date=date_in_file(remark.created),
        made=remark.created.isoformat(),
        text=comment_text(remark.kind, remark.title, remark.text),
        start=passage.start,
        stop=passage.stop,
    )


def _time(row: Row) -> tuple[str, bool]:
    """The time mark that is shown with a paragraph, and whether it stands at the end: the first one, or the
    last where they stand behind the words.
    """
    if not row.times:
        return "", False
    last = row.times[0][0] > 0 and row.times[-1][0] >= len(row.text)
    found = _TIME.search(row.times[-1 if last else 0][1])
    return (found[0] if found else ""), last


_SHADING_WORDS: Final = (N_("In the colour of the code"), N_("Grey"), N_("None"))

KIND = ReportKind(
    name="coded",
    title=N_("Coded transcript"),
    build=build,
    formats=("docx", "html", "md"),
    synonyms=(N_("comments"), N_("Word comments"), N_("codings in the margin"), N_("transcript")),
    options=(
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("source", N_("Document (without one: all that are coded)"), "source"),
        Option("shading", N_("Ground of what is coded"), "choice", SHADINGS[0], SHADINGS, _SHADING_WORDS),
        Option("memos", N_("Memos on passages as comments too"), "flag", "no", ("yes", "no")),
        Option("interviewer", N_("Turns of the interviewer"), "flag", "yes", ("yes", "no")),
        Option("times", N_("Times"), "flag", "yes", ("yes", "no")),
    ),
)
