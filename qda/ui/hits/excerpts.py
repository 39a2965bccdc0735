"""Hits as rows of the list of passages: what is said around a hit, with the hit set off."""

from typing import TYPE_CHECKING, Final

from qda.coding.search_all import FullHit
from qda.i18n import _
from qda.ui.hits.passages import Excerpt, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE: Final = 60  # characters of context before a hit
_BEHIND: Final = 320


def place(hit: FullHit) -> str:
    """Who, in which paragraph, of which case."""
    told = _("para. {number}").format(number=hit.paragraph)
    told = f"{hit.speaker}, {told}" if hit.speaker else told
    return f"{told} · {hit.case_name}" if hit.case_name else told


def around(
    said: str, start: int, stop: int, marks: "Sequence[tuple[int, int]]"
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around ``said[start:stop]`` on one line, and the marks in them."""
    begin = max(0, start - _BEFORE)
    if begin:
        blank = said.find(" ", begin, start)
        begin = blank + 1 if blank >= 0 else begin
    end = min(len(said), stop + _BEHIND)
    lead = "… " if begin else ""
    shift = len(lead) - begin
    # each sign stays one sign, so that the marks stay in place
    words = lead + "".join(" " if sign.isspace() else sign for sign in said[begin:end])
    kept = tuple((max(a, begin) + shift, min(b, end) + shift) for a, b in marks if a < end and b > begin)
    return words, kept


def excerpt(hit: FullHit) -> Excerpt:
    """What a row shows of a hit."""
    words, marks = around(hit.said, hit.start - hit.begin, hit.stop - hit.begin, hit.marks)
    return Excerpt(words, place(hit), marks)


def heading(hit: FullHit) -> tuple[str, str]:
    """The document of a hit."""
    return hit.source, hit.title


HITS: Final = Shape(excerpt, heading)
