"""Footnotes and endnotes of a print: out of the text, and behind the paragraph that refers to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from qda.exchange.pdf_lines import Item, Line
from qda.exchange.pdf_text import Joiner
from qda.exchange.raw import RawParagraph

_NOTE: Final = re.compile(r"(\d{1,3}|[ivxlc]{1,6}|[*†‡])(?![\w.:,)-])\s*(?=\S)|(\d{1,3})(?=[^\W\d_])")
_RAISED_MARK: Final = re.compile(r"\d{1,3}|[ivxlc]{1,6}|[*†‡]")
Key = tuple[int, str]  # page of the reference, its mark


@dataclass(slots=True)
class Notes:
    """The lines of each note, by the page of its reference and its mark."""

    lines: dict[Key, list[Line]] = field(default_factory=dict)

    @property
    def marks(self) -> dict[Key, str]:
        """How each reference is written in the text."""
        return {key: f"[{key[1]}]" for key in self.lines}

    def behind(self, text: str, pages: set[int], *, last: int | None) -> Iterator[Key]:
        """The notes that ``text`` refers to; those of pages before ``last`` (None: all) that no text does."""
        for key in list(self.lines):
            referred = key[0] in pages and f"[{key[1]}]" in text
            if referred or last is None or last > key[0]:
                yield key

    def paragraph(self, key: Key, joiner: Joiner) -> RawParagraph:
        """The note as a paragraph of its own; it is taken out."""
        mark = f"[{key[1]}]"
        text = joiner.joined(self.lines.pop(key)).text.removeprefix(mark).removeprefix(key[1]).lstrip()
        return RawParagraph(f"{mark} {text}", note=True)


def without_notes(items: Sequence[Item]) -> tuple[list[Item], Notes]:
    """The text without the small print at the foot of its pages and the notes at its end."""
    lines = [item for item in items if isinstance(item, Line)]
    references = list(_references(lines))
    if not references:
        return list(items), Notes()
    kept, notes = _footnotes(items, set(references), _body_size(lines))
    open_references = [key for key in references if key not in notes.lines]
    return _endnotes(kept, notes, open_references)


def _body_size(lines: Sequence[Line]) -> float:
    weights: dict[float, int] = {}
    for line in lines:
        weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size])


def _references(lines: Sequence[Line]) -> Iterator[Key]:
    """The raised marks inside of lines, in order."""
    for line in lines:
        for number, part in enumerate(line.parts):
            small = part.size < 0.85 * line.size and part.y > line.y + 0.1 * line.size
            for place, (text, _bold, _italic, raised) in enumerate(part.runs):
                if (raised or small) and (number or place) and _RAISED_MARK.fullmatch(text.strip()):
                    yield line.page, text.strip()


def _footnotes(items: Sequence[Item], marked: set[Key], body: float) -> tuple[list[Item], Notes]:
    notes = Notes()
    kept: list[Item] = []
    key: Key | None = None
    for item in items:
        if isinstance(item, Line) and item.size < 0.93 * body:
            mark = _mark(item)
            if mark and (item.page, mark) in marked and (item.page, mark) not in notes.lines:
                key = (item.page, mark)
                notes.lines[key] = []
            if key is not None and key[0] == item.page:
                notes.lines[key].append(item)
                continue
        key = None
        kept.append(item)
    return kept, notes


def _endnotes(items: list[Item], notes: Notes, references: Sequence[Key]) -> tuple[list[Item], Notes]:
    """Notes at the end of the text, if each open reference has one there, in order."""
    if not references:
        return items, notes
    found: dict[Key, list[Line]] = {}
    begin = None
    waiting = list(references)
    for index in range(_after(items, references[-1]), len(items)):
        item = items[index]
        if not isinstance(item, Line):
            continue
        if waiting and _mark(item) == waiting[0][1]:
            begin = index if begin is None else begin
            found[waiting.pop(0)] = [item]
        elif found:
            found[list(found)[-1]].append(item)
    if waiting or begin is None:
        return items, notes
    notes.lines.update(found)
    return items[:begin], notes


def _after(items: Sequence[Item], key: Key) -> int:
    """The number of the first item behind the line with the reference ``key``."""
    last = 0
    for index, item in enumerate(items):
        if isinstance(item, Line) and key in _references([item]):
            last = index + 1
    return last


def _mark(line: Line) -> str:
    found = _NOTE.match(line.text)
    return (found[1] or found[2]) if found else ""
