"""The files of an archive package: transcripts, context, codes, memos, theory, history, tables.

Everything that can be read comes from a report, so that consent, private memos and pseudonyms are heeded in
one place; names of files are the same in every language, but for the titles of documents.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from qda.coding.rows import SourceRow
from qda.errors import KnownError
from qda.i18n import N_, _, use_language
from qda.models import Project
from qda.reports.archive_names import safe_name, steady
from qda.reports.archive_plan import LeftOut, Plan
from qda.reports.archive_theory import THEORY, THEORY_TABLES
from qda.reports.model import Note, Paragraph, Report, Section, Table, plain, walk
from qda.reports.registry import ReportKind, build_report, render_bytes
from qda.reports.scope import part_lines
from qda.reports.statistics import TABLES
from qda.reports.study_data import gather
from qda.reports.study_sheet import material_chapter, notice_of, sheet_chapter
from qda.reports.study_words import chosen_language
from qda.reports.text import clean
from qda.reports.watching import step

MIMES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "md": "text/markdown",
    "json": "application/json",
    "opml": "text/x-opml",
    "sha256": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of the package: ``path`` in it, ``kind`` a word for machines."""

    path: str
    data: bytes
    title: str
    kind: str

    @property
    def mime(self) -> str:
        """What sort of file it is."""
        return MIMES[self.path.rpartition(".")[2]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A report in the package: its name or kind, the stem of its path, its formats and options."""

    report: str | ReportKind
    stem: str
    formats: tuple[str, ...]
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)


def _sheet(project: Project, options: Mapping[str, str]) -> Report:
    """The project sheet with documents and cases."""
    with use_language(chosen_language(options, "de")):
        data = gather(project)
        told = {name: data.silence.told(words) for name, words in data.sheet.fields.items()}
        data = replace(data, sheet=replace(data.sheet, fields=told))
        return Report(
            title=data.sheet.title,
            language=chosen_language(options, data.sheet.language),
            blocks=(replace(sheet_chapter(data), new_page=False), material_chapter(data)),
            subtitle=_("Project sheet"),
            created=project.clock(),
            notice=notice_of(data.sheet),
            cover=False,
        )


def _kind(name: str, title: str, build: Callable[..., Report], formats: tuple[str, ...]) -> ReportKind:
    from qda.reports.registry import Option

    return ReportKind(name, title, build, formats, options=(Option("language", "", "language"),))


SHEET: Final = _kind("project-sheet", N_("Project sheet"), _sheet, ("docx", "md"))
_PARTS: Final = (
    _Part(SHEET, "study/project_sheet", ("docx", "md"), "project sheet"),
    _Part("declaration", "study/declaration", ("docx",), "declaration"),
    _Part("codebook", "codes/codebook", ("docx", "xlsx"), "codebook"),
    _Part("codetree", "codes/code_tree", ("xlsx", "csv", "opml"), "code tree"),
    _Part("memos", "memos/memos", ("docx", "md"), "memos", {"memos": "all"}),
    _Part("paradigm", "theory/paradigm", ("docx", "md"), "theory"),
    *(_Part(THEORY, f"theory/{one}", ("csv",), "theory", {"table": one}) for one in THEORY_TABLES),
    _Part("sampling", "history/sampling", ("docx", "csv"), "history"),
    _Part("audit", "history/audit", ("docx", "md"), "history"),
    _Part("statistics", "tables/tables", ("xlsx",), "tables"),
    *(_Part("statistics", f"tables/{one}", ("csv",), "tables", {"table": one}) for one in TABLES),
)


class Files:
    """Makes the files one after the other; ``common``: options for every report.

    ``part``: what the reports say of the part of the study that was asked for.
    """

    def __init__(
        self,
        copy: Project,
        plan: Plan,
        common: Mapping[str, str],
        moment: datetime,
        part: tuple[str, ...] = (),
    ) -> None:
        self._copy, self._plan, self._moment = copy, plan, moment
        self._common = {name: value for name, value in common.items() if value}
        with use_language(chosen_language(common, "de")):
            # Which documents go, README tells; each file tells only what was wished for.
            self._part_told = tuple(line for line in part_lines(copy)[:1] if line not in part)
        self.left: list[LeftOut] = []
        self.withheld: list[str] = []

    def made(self) -> Iterator[Packed]:
        """Every file but those that tell about the others."""
        numbered = [
            *((one, "transcripts", "transcript") for one in self._plan.transcripts),
            *((one, "context", "context material") for one in self._plan.context),
        ]
        count, at = len(numbered) + len(_PARTS), 0
        for source, folder, kind in numbered:
            step(at, count)
            at += 1
            yield from self._document(source, folder, kind, at)
        built: dict[tuple[str, ...], Report] = {}
        for part in _PARTS:
            step(at, count)
            at += 1
            yield from self._part(part, built)

    def report(self, kind: str | ReportKind, options: Mapping[str, str]) -> Report:
        """A report of the copy."""
        made = build_report(kind, self._copy, {**self._common, **options})
        return replace(
            made,
            created=self._moment,
            facts=tuple(line for line in made.facts if line not in self._part_told),
            withheld=tuple(line for line in made.withheld if line not in self._part_told),
        )

    def rendered(self, report: Report, suffix: str) -> bytes:
        """A report in a format, the same for the same study."""
        data = render_bytes(report, suffix)
        return steady(data, self._moment) if suffix in ("docx", "xlsx") else data

    def _part(self, part: _Part, built: dict[tuple[str, ...], Report]) -> Iterator[Packed]:
        options = dict(part.options)
        if part.report == "statistics" and "pseudonyms" in self._common:
            options["names"] = "guid"  # a name within a name of a column would not be found
        try:
            report = self._once(part, options, built)
            for suffix in part.formats:
                title = f"{report.title}: {report.subtitle}" if report.subtitle else report.title
                data = self.rendered(report, suffix)
                yield Packed(f"{part.stem}.{suffix}", data, clean(title), part.kind)
        except KnownError as problem:
            self.left.append(LeftOut("report", part.stem, problem.sentence))

    def _once(self, part: _Part, options: dict[str, str], built: dict[tuple[str, ...], Report]) -> Report:
        """Tables are made once and written each for itself."""
        name = part.report if isinstance(part.report, str) else part.report.name
        plain_options = {key: value for key, value in options.items() if key != "table"}
        key = (name, repr(plain_options))
        if key not in built:
            built.clear()
            built[key] = self.report(part.report, plain_options)
            self.withheld += [f"{part.stem}: {line}" for line in built[key].withheld]
        wanted = options.get("table")
        if wanted is None:
            return built[key]
        if not any(isinstance(one, Table) and one.name == wanted for one in walk(built[key].blocks)):
            raise KnownError(_("This study hides frequencies: tables of counts are left out."))
        return replace(built[key], only_table=wanted)

    def _document(self, source: SourceRow, folder: str, kind: str, number: int) -> Iterator[Packed]:
        options = {"source": source.guid, "codes": "no", "form": "columns"}
        report = self.report("transcript", options)
        name = safe_name(f"{number:03d}_{report.title}")
        self.withheld += [f"{report.title}: {line}" for line in report.withheld]
        yield Packed(f"{folder}/{name}.txt", as_text(report), clean(report.title), kind)
        yield Packed(f"{folder}/{name}.docx", self.rendered(report, "docx"), clean(report.title), kind)


def as_text(report: Report) -> bytes:
    """A transcript as plain text: what it is, then each paragraph with its number, a tab between."""
    lines = [report.title, *([report.notice] if report.notice else []), *report.facts]
    body: list[str] = []
    for block in walk(report.blocks):
        if isinstance(block, Table):
            body += ["\t".join(cell.text.replace("\n", " ") for cell in row) for row in block.rows]
        elif isinstance(block, Paragraph | Note):
            body.append(plain(block.runs))
        elif isinstance(block, Section):
            body.append(block.title)
    return clean("\n".join((*lines, "", *body, ""))).encode()
