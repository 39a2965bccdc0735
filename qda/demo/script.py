"""The script of the demo study: its lines, and the time that stands in them."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

from qda import resources

SCRIPT: Final = "acts.de"
_SUMMER: Final = timezone(timedelta(hours=2))
_WINTER: Final = timezone(timedelta(hours=1))
_SUNDAY: Final = 6

Line = dict[str, Any]


def files() -> list[Path]:
    """The files of the script, in the order in which they are replayed."""
    return sorted(resources.path("demo", SCRIPT).glob("*.jsonl"))


def lines(file: Path) -> Iterator[tuple[int, Line]]:
    """The lines of a file with their numbers, from 1; empty ones are passed over."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            yield number, json.loads(line)


def moment(written: str) -> datetime:
    """A time of the script ("2024-10-21T09:12", local time in Germany) as an aware moment.

    Summer time follows the rule of the European Union and is computed, because not every system brings a
    table of time zones. The hour that comes twice in October is the one of the summer.
    """
    summer = datetime.fromisoformat(written).replace(tzinfo=_SUMMER)
    is_summer = _change(summer.year, 3) <= summer < _change(summer.year, 10)
    return summer if is_summer else summer.replace(tzinfo=_WINTER)


def _change(year: int, month: int) -> datetime:
    """When the clocks change in ``month`` (one with 31 days): on its last Sunday, at 01:00 UTC."""
    last = date(year, month, 31)
    back = (last.weekday() - _SUNDAY) % 7
    return datetime(year, month, 31 - back, 1, tzinfo=UTC)
