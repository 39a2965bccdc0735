"""Several reports at once, each in its formats to its place; one that fails does not stop the others."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from qda.errors import KnownError, UsageError
from qda.i18n import _
from qda.reports.files import make_folder, write_whole
from qda.reports.model import Report, placeholders
from qda.reports.registry import ReportKind, build_report, render_bytes, report_kind, reports
from qda.reports.watching import CancelledError, step, watched

if TYPE_CHECKING:
    from qda.models import Project

Made = TypeVar("Made")

ALL: Final = "all"
"""What the whole folder is called where reports are named."""

USUAL_FORMATS: Final = ("docx", "pdf")
"""Formats of a folder of all reports where none are chosen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report to be written: to ``out`` in one format, with its options.

    ``report``: it has been made already. ``may_lack``: no fault if the format has nothing to hold (a table
    format of a report without tables) or the report is for something that was not named (a case, say).
    """

    name: str
    format: str
    out: Path
    options: Mapping[str, str] = field(default_factory=dict)
    report: Report | None = None
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wanted report.

    ``path`` where it was written, else ``problem`` tells why not (``bug``: it is a fault of the program or of
    the report; ``lacks``: there was nothing to write, as ``may_lack`` says). ``placeholders``: how many the
    author still has to fill in.
    """

    wanted: Wanted
    path: Path | None = None
    placeholders: int = 0
    problem: str = ""
    bug: Exception | None = None
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Which report is made (from 0, of how many), and how far it is (0 of 0: nobody knows)."""

    wanted: Wanted
    at: int
    count: int
    done: int = 0
    of: int = 0


Tell = Callable[[Progress], bool]
"""Is told how far the work is; whether to go on."""


def folder_of(
    folder: Path,
    formats: Iterable[str],
    *,
    kinds: Iterable[ReportKind],
    options: Callable[[ReportKind], Mapping[str, str]],
) -> list[Wanted]:
    """Those reports, each in those of the ``formats`` that it has, as files of a folder."""
    chosen = tuple(formats)
    return [
        Wanted(kind.name, one, folder / f"{kind.name}.{one}", options(kind), may_lack=True)
        for kind in kinds
        for one in chosen
        if one in kind.formats
    ]


def every_report(without: Iterable[str] = ()) -> list[ReportKind]:
    """The reports of a whole folder."""
    left_out = set(without)
    return [kind for kind in reports() if kind.name not in left_out]


def known_options(kind: ReportKind, options: Mapping[str, str]) -> dict[str, str]:
    """Those of the options that the report takes, with values that it knows."""
    found = {}
    for option in kind.options:
        value = options.get(option.name)
        if value is not None and (not option.choices or value in option.choices):
            found[option.name] = value
    return found


def write_all(
    study: "Project | Path", wanted: list[Wanted], tell: Tell = lambda _progress: True
) -> list[Outcome]:
    """Writes the reports one after another, each file whole or as it was before.

    Where ``tell`` says no, the work ends and what was written stays: the outcomes are those up to there.
    """
    found: list[Outcome] = []
    made: dict[tuple[str, str], Report | Outcome] = {}
    for at, one in enumerate(wanted):

        def watch(done: int, of: int, one: Wanted = one, at: int = at) -> bool:
            return tell(Progress(one, at, len(wanted), done, of))

        try:
            with watched(watch):
                found.append(_written(study, one, made))
        except CancelledError:
            break
    return found


def _written(study: "Project | Path", one: Wanted, made: dict[tuple[str, str], Report | Outcome]) -> Outcome:
    key = one.name, repr(sorted(one.options.items()))
    if one.report is not None:
        made[key] = one.report
    if key not in made:
        step()
        made.clear()  # several formats of a report follow one another
        made[key] = _guarded(one, lambda: build_report(one.name, study, one.options))
    report = made[key]
    if isinstance(report, Outcome):
        return replace(report, wanted=one)
    data = _guarded(one, lambda: render_bytes(report, one.format))
    if isinstance(data, Outcome):
        return replace(data, lacks=one.may_lack and data.bug is None)

    def write() -> Outcome:
        if one.may_lack:
            make_folder(one.out.parent)
        return Outcome(one, write_whole(one.out, data), placeholders(report))

    return _guarded(one, write)


def _guarded(one: Wanted, work: Callable[[], Made]) -> "Made | Outcome":
    """What the work gives, or why it could not be done."""
    try:
        return work()
    except KnownError as problem:
        lacks = one.may_lack and isinstance(problem, UsageError)
        return Outcome(one, problem=problem.sentence, lacks=lacks)
    except CancelledError:
        raise
    except Exception as bug:  # noqa: BLE001 - the others go on; whoever asked raises it afterwards
        return Outcome(one, problem=_("The report failed: a fault of the program."), bug=bug)


def missing(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """What was not written and must be told, once for each report: not what another format holds."""
    outcomes = list(outcomes)
    written = {one.wanted.name for one in outcomes if one.path}
    found: dict[tuple[str, str], Outcome] = {}
    for one in outcomes:
        if one.path is None and not (one.lacks and one.wanted.name in written):
            found.setdefault((one.wanted.name, one.problem), one)
    return list(found.values())


def left_open(outcomes: Iterable[Outcome]) -> int:
    """How many placeholders are left in what was written, each report counted once."""
    return sum({one.wanted.name: one.placeholders for one in outcomes if one.path}.values())


def title_of(name: str) -> str:
    """How people call a report."""
    return _(report_kind(name).title)
