"""``qda report PROJECT all FOLDER``: every report of a study at once."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qda.command_line import output
from qda.errors import UsageError
from qda.i18n import Language, _, ngettext, use_language

if TYPE_CHECKING:
    from qda.reports.all_reports import Outcome, Wanted
    from qda.reports.registry import ReportKind

_FORMATS: Final = "formats"
_ONLY: Final = "only"


def wanted(folder: Path, keys: Mapping[str, str], language: Language | None) -> "list[Wanted]":
    """What is to be written: ``formats`` and ``only`` (names with commas); other keys go to the reports that
    take them.

    :raises UsageError: a format or report that there is not, a key that no report takes.
    """
    from qda.reports.all_reports import USUAL_FORMATS, every_report, folder_of, known_options
    from qda.reports.registry import FORMATS, checked_options, report_kind

    options = {name: value for name, value in keys.items() if name not in (_FORMATS, _ONLY)}
    formats = _parts(keys.get(_FORMATS, "")) or list(USUAL_FORMATS)
    for one in formats:
        if one not in FORMATS:
            raise UsageError(
                _("“{value}” is no value for {name}; there are: {choices}.").format(
                    value=one, name=_FORMATS, choices=", ".join(FORMATS)
                )
            )
    kinds = [report_kind(name) for name in _parts(keys.get(_ONLY, ""))] or every_report()
    for name, value in options.items():
        takers = [kind for kind in kinds if any(option.name == name for option in kind.options)]
        if not takers:
            raise UsageError(_("No report takes “{name}”.").format(name=name))
        if not any(name in known_options(kind, {name: value}) for kind in takers):
            checked_options(takers[0], {name: value})  # tells which values there are

    def chosen(kind: "ReportKind") -> dict[str, str]:
        return known_options(kind, {**({"language": language} if language else {}), **options})

    return folder_of(folder, formats, kinds=kinds, options=chosen)


def report_all(path: Path, folder: Path, keys: Mapping[str, str], *, language: Language | None) -> bool:
    """Writes the reports into the folder and prints their paths; whether none failed."""
    from qda.coding.material import project_sheet
    from qda.command_line.output import counting
    from qda.command_line.working import reading
    from qda.reports.all_reports import Progress, left_open, missing, write_all
    from qda.reports.files import make_folder

    asked = wanted(folder, keys, language)
    make_folder(folder)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # figures are painted, nothing is shown
    with reading(path) as project:
        spoken: Language = language or ("en" if project_sheet(project).language == "en" else "de")
        with counting(_("Report {n} of {all}"), len(asked)) as count, use_language(spoken):

            def tell(progress: Progress) -> bool:
                return count(progress.at + 1)

            outcomes = write_all(project, asked, tell)
    for one in outcomes:
        if one.path:
            output.say(str(one.path))
    lost = missing(outcomes)
    for one in lost:
        output.complain(f"{one.wanted.name}: {one.problem}")
    tell_open(left_open(outcomes))
    _raise_bugs(outcomes)
    return all(one.lacks for one in lost)


def tell_open(count: int) -> None:
    """Says how many placeholders are left, beside what scripts read."""
    if count:
        words = ngettext("{n} placeholder still to fill in", "{n} placeholders still to fill in", count)
        output.complain(words.format(n=count))


def _parts(written: str) -> list[str]:
    return [part for part in map(str.strip, written.split(",")) if part]


def _raise_bugs(outcomes: "list[Outcome]") -> None:
    """A fault of the program is seen, after everything else was written."""
    for one in outcomes:
        if one.bug is not None:
            raise one.bug
