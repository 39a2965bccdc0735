"""Where one wants to go in a transcript: a paragraph by its number (also one that was joined), or a time."""

import re
from collections.abc import Sequence
from typing import Final

from qda.coding.recordings import TimeMarkRow, place_of
from qda.coding.rows import ParagraphRow

_TIME: Final = re.compile(r"[#\[(]*(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,-]\d+)?[#\])]*")


def moment_written(written: str) -> int | None:
    """The time that "00:12:30", "12:30" or "#00:12:30-4#" names, in milliseconds; none if it is no time."""
    found = _TIME.fullmatch(written.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


def paragraph_numbered(paragraphs: Sequence[ParagraphRow], written: str) -> ParagraphRow | None:
    """The paragraph of this number, or the one that answers to it since the two were joined."""
    wanted = written.strip().casefold()
    own = next((row for row in paragraphs if row.number.casefold() == wanted), None)
    return own or next((row for row in paragraphs if wanted in map(str.casefold, row.also)), None)


def paragraph_at(paragraphs: Sequence[ParagraphRow], position: int) -> ParagraphRow | None:
    """The paragraph that holds a place of the text, or the last one before it."""
    before = [row for row in paragraphs if row.start <= position]
    return before[-1] if before else next(iter(paragraphs), None)


def place_written(
    paragraphs: Sequence[ParagraphRow], marks: Sequence[TimeMarkRow], written: str
) -> ParagraphRow | None:
    """The paragraph that a number or a time leads to; none where there is no such place."""
    if (found := paragraph_numbered(paragraphs, written)) is not None:
        return found
    moment = moment_written(written)
    if moment is None or not marks:
        return None
    # A mark may hold tenths of the second that was asked for.
    return paragraph_at(paragraphs, place_of(list(marks), moment + 999))
