"""What is told about writing reports: how far it is, what was written, what was not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qda.i18n import _, ngettext
from qda.reports.all_reports import Outcome, Progress, left_open, missing, title_of
from qda.ui.reports.exporting import Ended

_PARTS: Final = 100  # of a report


@dataclass(frozen=True, slots=True)
class End:
    """The line about the end, the file or folder, the sentence that must be seen, and what a tip holds."""

    line: str
    place: Path | None
    sentence: str = ""
    tip: str = ""


def told_progress(progress: Progress) -> str:
    """Which report is being written, in which format, and how far."""
    words = f"{title_of(progress.wanted.name)} ({progress.wanted.format})"
    if progress.count > 1:
        words = _("{n} of {m}: {report}").format(n=progress.at + 1, m=progress.count, report=words)
    return words


def how_far(progress: Progress) -> tuple[int, int]:
    """How much of how much is done, all reports together; of 0: nobody knows."""
    if progress.count == 1:
        return progress.done, progress.of
    part = progress.done * _PARTS // progress.of if progress.of else 0
    return progress.at * _PARTS + part, progress.count * _PARTS


def told_end(ended: Ended) -> End:
    """What became of a wish."""
    written = [one.path for one in ended.outcomes if one.path]
    lost = missing(ended.outcomes)
    sentence = _sentence(lost, several=len(ended.wanted) > 1)
    if not written:
        line = _("Nothing was saved: stopped.") if ended.stopped else _("Nothing was saved.")
        return End(line, None, sentence)
    if len(ended.wanted) == 1:
        line, place = _("Saved: {name}").format(name=written[0].name), written[0]
    else:
        place = written[0].parent
        words = ngettext("{n} file saved in “{folder}”", "{n} files saved in “{folder}”", len(written))
        line = words.format(n=len(written), folder=place.name)
    parts = [line]
    if ended.stopped:
        parts.append(_("stopped, the others are as they were"))
    if count := left_open(ended.outcomes):
        left = ngettext("{n} placeholder still to fill in", "{n} placeholders still to fill in", count)
        parts.append(left.format(n=count))
    if several := len({one.wanted.name for one in lost}):
        words = ngettext("{n} report not written", "{n} reports not written", several)
        parts.append(words.format(n=several))
    return End(" · ".join(parts), place, sentence, "\n".join(map(str, written)))


def _sentence(lost: list[Outcome], *, several: bool) -> str:
    """What was not written and why."""
    if not several:
        return lost[0].problem if lost else ""
    told = [
        _("{report}: {reason}").format(report=title_of(one.wanted.name), reason=_short(one.problem))
        for one in lost
    ]
    return f"{_('Not written:')} {' · '.join(told)}" if told else ""


def _short(reason: str) -> str:
    return reason if len(reason) <= 160 else f"{reason[:159].rstrip()}…"
