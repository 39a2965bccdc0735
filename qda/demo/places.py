"""Where a passage stands that the script names by its words."""

import re
from dataclasses import dataclass
from typing import Final

from qda.coding.rows import ParagraphRow
from qda.demo.script import Line

_GAP: Final = " [...] "


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document (code points)."""

    source: str
    start: int
    stop: int

    @property
    def written(self) -> str:
        """As acts take it."""
        return f"{self.source}:{self.start}-{self.stop}"


def passage_in(text: str, paragraphs: list[ParagraphRow], place: Line) -> tuple[int, int]:
    """Start and stop (code points) of ``place``: "in" a paragraph ("18") or two ("18-19"), its exact "quote".

    " [...] " in the quote leaves words out between a first and a last piece; ``n`` chooses the n-th of
    equal quotes. Without a quote it is all that is spoken in the paragraph.

    :raises ValueError: the paragraph is missing, or the words are not there or not only once.
    """
    first, _dash, last = str(place["in"]).partition("-")
    known = {p.number: p for p in paragraphs}
    if first not in known or (last or first) not in known:
        msg = f"no paragraph {place['in']}"
        raise ValueError(msg)
    start, stop = known[first].label_stop, known[last or first].stop
    if "quote" not in place:
        while start < stop and text[start].isspace():
            start += 1
        return start, stop
    head, _gap, tail = str(place["quote"]).partition(_GAP)
    begin = _find(text, head, start, known[first].stop, place.get("n", 0))
    end = begin + len(head)
    if tail:
        end = _find(text, tail, max(end, known[last or first].label_stop), stop, 0) + len(tail)
    return begin, end


def _find(text: str, words: str, start: int, stop: int, number: int) -> int:
    found = [m.start() for m in re.finditer(re.escape(words), text[start:stop])]
    if not found or (len(found) > 1 and not number) or number > len(found):
        msg = f"{len(found)} × “{words}”"
        raise ValueError(msg)
    return start + found[max(number, 1) - 1]
