"""Places of citations: whether a passage lies there, which words lie there, and how it should be cited."""

import re
from collections.abc import Iterator
from typing import Final

from qda.coding.citation import paragraphs_cited
from qda.coding.quotations.citations import Citation, Item, Range
from qda.coding.quotations.comparing import Match
from qda.coding.quotations.corpus import Chain, Document
from qda.coding.rows import SegmentRow

_LAST_NUMBERS: Final = re.compile(r"\d[\d.]*(?:\s*[-–—−]\s*\d[\d.]*|\s*ff?\b\.?)?(?=\D*$)")


def numbers_of(document: Document, paragraph: int) -> tuple[float, ...]:
    """The numbers to which a paragraph answers."""
    return tuple(
        float(one)
        for one in document.numbers[paragraph].split()
        if one.replace(".", "", 1).isascii() and one.replace(".", "", 1).isdecimal()
    )


def _items(cite: Citation, document: Document) -> list[Item]:
    return [item for item in cite.items if not item.sources or document.guid in item.sources]


def _by_lines(item: Item, document: Document, *, by_line: bool) -> bool:
    """Whether the numbers of an item are those of lines."""
    if document.numbered:
        return False  # the paragraphs themselves carry the numbers of lines
    return item.unit == "line" or (item.unit is None and by_line)


def holds(cite: Citation, document: Document, chain: Chain, *, by_line: bool) -> bool:
    """Whether all words of a passage lie where the citation says."""
    items = _items(cite, document)
    if any(not item.ranges for item in items):
        return True
    return bool(items) and all(
        any(_lies(item, document, word, by_line=by_line) for item in items)
        for start, stop in chain.parts
        for word in (start, stop - 1)
    )


def _lies(item: Item, document: Document, word: int, *, by_line: bool) -> bool:
    if _by_lines(item, document, by_line=by_line):
        numbers: tuple[float, ...] = (document.line_at(word),)
    else:
        numbers = numbers_of(document, document.paragraph_at(word))
    return any(one.first <= number <= one.last for one in item.ranges for number in numbers)


def passages_of(cite: Citation, document: Document, *, by_line: bool) -> Iterator[tuple[int, int]]:
    """The words that lie where the citation says: first, and the one behind the last."""
    for item in _items(cite, document):
        for one in item.ranges:
            words = _words_at(item, one, document, by_line=by_line)
            if words is not None:
                yield words


def _words_at(item: Item, place: Range, document: Document, *, by_line: bool) -> tuple[int, int] | None:
    if _by_lines(item, document, by_line=by_line):
        return document.words_of_lines(int(place.first), int(place.last))
    inside = [
        at
        for at in range(len(document.numbers))
        if any(place.first <= number <= place.last for number in numbers_of(document, at))
    ]
    if not inside:
        return None
    return document.words_in(inside[0])[0], document.words_in(inside[-1])[1]


def written_right(cite: Citation, match: Match, row: SegmentRow) -> str:
    """The right citation: in the author's manner where the document is the same, else in the study's."""
    document = match.document
    items = cite.items
    if cite.kind == "study" and len(items) == 1 and document.guid in items[0].sources and not cite.note:
        numbers = _numbers(items[0], match)
        if numbers and _LAST_NUMBERS.search(cite.written):
            return _LAST_NUMBERS.sub(numbers, cite.written)
    return f"({paragraphs_cited(row)})"


def _numbers(item: Item, match: Match) -> str:
    document, first, last = match.document, match.chain.start, match.chain.stop - 1
    if item.unit == "line" and not document.numbered:
        ends = [str(int(document.line_at(word))) for word in (first, last)]
    else:
        ends = [document.numbers[document.paragraph_at(word)].split()[0] for word in (first, last)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
