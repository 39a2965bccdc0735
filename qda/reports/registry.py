"""Which reports there are, in which formats, and how one gets onto the disk.

A report is one module of this package (or of someone else's, by the entry point group ``qda.reports``) with
a ``KIND``; command line, menus, palette and help come from it.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Final, Literal

from qda.errors import KnownError, UsageError
from qda.i18n import _
from qda.reports.files import make_folder, write_whole
from qda.reports.model import Report
from qda.reports.watching import step

if TYPE_CHECKING:
    from qda.models import Project

ENTRY_POINTS: Final = "qda.reports"
_LOG: Final = logging.getLogger(__name__)

_RENDERERS: Final[dict[str, tuple[str, str]]] = {
    "docx": ("render_docx", "render"),
    "pdf": ("render_pdf", "render"),
    "html": ("render_html", "render"),
    "xlsx": ("render_xlsx", "render"),
    "csv": ("render_csv", "render"),
    "md": ("render_md", "render"),
    "opml": ("render_tree", "render_opml"),
    "mmd": ("render_tree", "render_mermaid"),
    "graphml": ("render_tree", "render_graphml"),
    "zip": ("archive_zip", "render"),
}

FORMATS: Final = tuple(_RENDERERS)
"""Every format that can be written, the most wanted first; a format is named like its suffix."""

TEXT_FORMATS: Final = ("docx", "pdf", "html", "md")
TABLE_FORMATS: Final = ("docx", "pdf", "html", "xlsx", "csv", "md")
TREE_FORMATS: Final = (*TABLE_FORMATS, "opml", "mmd", "graphml")

OptionKind = Literal[
    "text",
    "flag",
    "choice",
    "language",
    "number",
    "source",
    "case",
    "code",
    "sources",
    "cases",
    "coders",
    "codes",
    "citation",
    "key",
    "file",
]
_ONE: Final = {"source": "source", "case": "case_", "code": "code"}
_SEVERAL: Final = {"sources": "source", "cases": "case_", "coders": "coder", "codes": "code"}


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen for a report; ``title`` is marked by ``N_`` and translated when shown.

    ``labels``: how people read the ``choices``, one for each, marked by ``N_`` too; without them as they are.
    """

    name: str
    title: str
    kind: OptionKind = "text"
    default: str = ""
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def label(self, value: str) -> str:
        """How people read a choice."""
        return _(self.labels[self.choices.index(value)]) if self.labels else value


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: its names, its formats, and the function that makes it from a project and the options.

    ``title`` and ``synonyms`` are marked by ``N_`` and translated when shown. Options come as strings as
    they were typed; those left out are not in the mapping. What can be set in Word can be printed: "pdf"
    follows "docx" in the ``formats`` of every report.
    """

    name: str
    title: str
    build: Callable[[Any, Mapping[str, str]], Report]
    formats: tuple[str, ...] = TEXT_FORMATS
    synonyms: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        if "docx" in self.formats and "pdf" not in self.formats:
            at = self.formats.index("docx") + 1
            object.__setattr__(self, "formats", (*self.formats[:at], "pdf", *self.formats[at:]))


@cache
def reports() -> tuple[ReportKind, ...]:
    """Every report, our own and those of entry points, by name; our own win over others of their name.

    Each takes the options common to all (:mod:`qda.reports.scope`) besides its own.
    """
    from qda.reports.scope import with_common

    found: dict[str, ReportKind] = {}
    for foreign in _from_elsewhere():
        found[foreign.name] = foreign
    package = import_module("qda.reports")
    for module in iter_modules(package.__path__):
        kind = getattr(import_module(f"qda.reports.{module.name}"), "KIND", None)
        if isinstance(kind, ReportKind):
            found[kind.name] = kind
    return tuple(with_common(found[name]) for name in sorted(found))


def _from_elsewhere() -> Iterator[ReportKind]:
    """The reports of others; one that cannot be loaded is left out, and all the rest can still be written."""
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda one: one.name):
        try:
            kind = entry.load()
        except (ImportError, AttributeError) as problem:
            _LOG.warning("the report %s cannot be loaded: %s", entry.value, problem)
            continue
        if isinstance(kind, ReportKind):
            yield kind
        else:
            _LOG.warning("%s is no kind of report", entry.value)


def report_kind(name: str) -> ReportKind:
    """The report of that name; UsageError with the names there are."""
    for kind in reports():
        if kind.name == name:
            return kind
    names = ", ".join(kind.name for kind in reports())
    raise UsageError(_("There is no report “{name}”; there are: {names}.").format(name=name, names=names))


def checked_options(kind: ReportKind, options: Mapping[str, str]) -> Mapping[str, str]:
    """The options as given; UsageError for one that the report does not take or a value it does not know."""
    known = {option.name: option for option in kind.options}
    for name, value in options.items():
        option = known.get(name)
        if option is None:
            raise UsageError(
                _("The report {report} does not take “{name}”; it takes: {names}.").format(
                    report=kind.name, name=name, names=", ".join(known) or "–"
                )
            )
        if option.choices and value not in option.choices:
            raise UsageError(
                _("“{value}” is no value for {name}; there are: {choices}.").format(
                    value=value, name=name, choices=", ".join(option.choices)
                )
            )
    return options


def build_report(kind: str | ReportKind, study: "Project | Path", options: Mapping[str, str]) -> Report:
    """Makes a report of a study that is open, or of a file, which is opened for reading and closed again.

    This is the one way to a report: it checks the options, finds the documents, cases, coders and codes they
    name (by GUID, name or path) and heeds what is common to all reports.

    :raises UsageError: no such report, an option that it does not take, a value that it does not know.
    :raises KnownError: what is named is not there, or is ambiguous; the file cannot be read.
    """
    from qda.models import Project
    from qda.reports import scope

    chosen = report_kind(kind) if isinstance(kind, str) else scope.with_common(kind)
    checked_options(chosen, options)
    if isinstance(study, Path):
        with Project.open(study, read_only=True) as project:
            return _built(chosen, project, options)
    return _built(chosen, study, options)


def _built(kind: ReportKind, project: "Project", options: Mapping[str, str]) -> Report:
    from qda.reports import scope

    found = resolved_options(project, kind.options, options)
    common = scope.common_of(kind, found)
    own = {name: value for name, value in found.items() if name not in _common_names(kind)}
    with scope.part_of(project, scope.narrowing(common)) as part:
        return scope.finished(kind.build(part, own), part, common)


def _common_names(kind: ReportKind) -> set[str]:
    from qda.reports.scope import is_common

    return {option.name for option in kind.options if is_common(option)}


def resolved_options(
    project: "Project", known: Iterable[Option], options: Mapping[str, str]
) -> dict[str, str]:
    """The options with what they name as GUIDs, several with ";"."""
    kinds = {option.name: option.kind for option in known}
    found = dict(options)
    for name, value in options.items():
        kind = kinds[name]
        if kind in _ONE:
            found[name] = _resolved(project, _ONE[kind], value) if value.strip() else ""
        elif kind in _SEVERAL:
            parts = [part for part in map(str.strip, value.split(";")) if part]
            found[name] = ";".join(_resolved(project, _SEVERAL[kind], part) for part in parts)
    return found


def _resolved(project: "Project", table: str, written: str) -> str:
    from qda.coding.references import resolve, resolve_source

    return resolve_source(project, written) if table == "source" else resolve(project, table, written)


def render_bytes(report: Report, format_name: str) -> bytes:
    """The report in one format; UsageError for a format that does not exist.

    Under a watch (:mod:`qda.reports.watching`) CancelledError, where somebody no longer wants it.
    """
    if format_name not in _RENDERERS:
        raise _unknown_format(format_name, FORMATS)
    module, function = _RENDERERS[format_name]
    step()
    made: bytes = getattr(import_module(f"qda.reports.{module}"), function)(report)
    step()  # who no longer wants it keeps the former file
    return made


def formats_for(out: Path, formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats that ``out`` asks for: of its suffix, or all if it is a folder.

    Without a suffix it is a folder; UsageError for a suffix that is not among the ``formats``.
    """
    if _is_folder(out):
        return formats
    wanted = out.suffix[1:].lower()
    if wanted not in formats:
        raise _unknown_format(wanted, formats)
    return (wanted,)


def render(report: Report, out: Path, *, name: str, formats: tuple[str, ...] = FORMATS) -> tuple[Path, ...]:
    """Writes the report to the file ``out``, or into the folder ``out`` in every format as ``name.format``.

    Every file is whole or absent; a former one is replaced only by a whole new one. In a folder, formats
    that have nothing to hold (a table format for a report without tables) are left out. The written paths
    are returned. UsageError for a wrong suffix, KnownError if the disk does not take it.
    """
    wanted = formats_for(out, formats)
    if not _is_folder(out):
        return (write_whole(out, render_bytes(report, wanted[0])),)
    make_folder(out)
    written = []
    for format_name in wanted:
        try:
            data = render_bytes(report, format_name)
        except KnownError:
            continue
        written.append(write_whole(out / f"{name}.{format_name}", data))
    return tuple(written)


def _is_folder(out: Path) -> bool:
    """Whether ``out`` is a folder, or will be one because it has no suffix."""
    try:
        return out.is_dir() or not out.suffix
    except OSError:  # a name that the file system cannot even look up; writing tells why
        return not out.suffix


def _unknown_format(wanted: str, formats: tuple[str, ...]) -> UsageError:
    return UsageError(
        _("“{format}” is no format of this report; it can be written as {formats}.").format(
            format=wanted, formats=", ".join(formats)
        )
    )
