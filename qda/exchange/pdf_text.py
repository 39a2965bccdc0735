"""The text of printed lines: hyphens at ends of lines, blanks between words, bold and italic runs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from qda.exchange.pdf_glyphs import Fragment
from qda.exchange.pdf_lines import Line
from qda.exchange.raw import RawStyle

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST: Final = re.compile(r"[^\W\d_]+-$")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_DIAERESIS: Final = re.compile(r"\u00a8 ?([AOUaoueiEI])")
_APART: Final = frozenset(
    ("und", "oder", "bzw", "sowie", "als", "bis", "and", "or", "to")
)  # Aus- und Weiter…
_TAB_GAP: Final = 1.9  # so many sizes of the font between two pieces are a tabulator


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of several lines with its looks."""

    text: str
    bold: int
    styles: tuple[RawStyle, ...]


class Joiner:
    """Joins lines; knows the document's words, to tell a hyphen of a word from one of a line."""

    def __init__(self, lines: Sequence[Line], notes: Mapping[tuple[int, str], str] | None = None) -> None:
        self._words = set[str]()
        self._written = set[str]()
        compounds = count = 0
        for line in lines:
            words = _WORD.findall(line.text)
            count += len(words)
            if line.text.endswith("-"):
                words = words[:-1]
            self._written.update(words)
            self._words.update(word.lower() for word in words)
            compounds += sum("-" in word and word[1:].islower() for word in words)
        broken = sum(_is_broken(above, line) for above, line in pairwise(lines))
        # A hyphen of a word comes to the end of a line as often as chance has it.
        self._hyphenated = broken > 3 * compounds * len(lines) / max(count, 1)
        self._notes = notes or {}

    @staticmethod
    def plain(lines: Sequence[Line]) -> Joined:
        """The text of lines of which nothing else is known."""
        return Joiner([]).joined(lines)

    def joined(self, lines: Sequence[Line], *, keep_lines: bool = False) -> Joined:
        """One text; ``keep_lines`` leaves a cell's paragraphs apart where a line ends early."""
        runs: list[tuple[str, bool, bool]] = []
        width = max((line.x1 for line in lines), default=0.0)
        for index, line in enumerate(lines):
            pieces = list(self._line(line))
            if index:
                self._join(runs, lines[index - 1], line)
                above = lines[index - 1]
                if keep_lines and above.x1 < width - 8 * line.size and not above.parts[-1].hyphen:
                    runs[-1] = (runs[-1][0].rstrip(" ") + "\n", *runs[-1][1:])
            runs += pieces
        return _assembled(runs)

    def _line(self, line: Line) -> Iterator[tuple[str, bool, bool]]:
        before: Fragment | None = None
        for part in line.parts:
            if before is not None:
                gap = part.x0 - before.x1
                blank = "\t" if gap > _TAB_GAP * line.size else " "
                close = gap < 0.12 * line.size and not before.blank
                yield ("" if close else blank), before.runs[-1][1], before.runs[-1][2]
            small = part.size < 0.85 * line.size and part.y - line.y > 0.1 * line.size
            for text, bold, italic, raised in part.runs:
                if raised or small:
                    mark = self._notes.get((line.page, text.strip()))
                    yield (mark if mark is not None else text), bold, italic
                else:
                    yield text, bold, italic
            before = part

    def _join(self, runs: list[tuple[str, bool, bool]], above: Line, line: Line) -> None:
        """Puts between two lines what belongs there: nothing, a hyphen, a blank."""
        if not runs:
            return
        text, bold, italic = runs[-1]
        tail = "".join(run[0] for run in runs[-3:])
        last = above.parts[-1]
        first = _FIRST.match(line.parts[0].text.lstrip())
        broken = _LAST.search(tail)
        if text.endswith("\u00ad") or text.endswith("¬"):
            runs[-1] = (text[:-1], bold, italic)
        elif text.endswith("-") and not last.blank and len(tail) > 1 and tail[-2].isalnum():
            self._hyphen(runs, broken, line.parts[0].text.lstrip())
        elif (
            text.endswith(("/", "\u2010", "\u2011"))
            and not last.blank
            and first is not None
            and len(text) > 1
            and not text[-2].isspace()
        ):
            pass
        else:
            runs.append((" ", bold, italic))

    def _hyphen(self, runs: list[tuple[str, bool, bool]], broken: re.Match[str] | None, after: str) -> None:
        text, bold, italic = runs[-1]
        first = _FIRST.match(after)
        keep: bool | None = True if after[:1].isdigit() or (first is not None and broken is None) else None
        if first is not None and broken is not None:
            keep = self._keeps(broken[0], first[0])
        if keep is None:
            runs.append((" ", bold, italic))
        elif not keep:
            runs[-1] = (text[:-1], bold, italic)

    def _keeps(self, last: str, first: str) -> bool | None:
        """Whether the hyphen stays (True) or goes (False); None: it stays and a blank follows."""
        head, low = last[:-1].lower(), first.lower()
        if low in _APART:
            return None
        if not first[0].islower():
            if last[:-1] + first in self._written and last + first not in self._written:
                return False
            return not (last[:-1].isupper() and len(last) > 3 and first.isupper() and self._hyphenated)
        if head + "-" + low in self._words and head + low not in self._words:
            return True
        return not (head + low in self._words or self._hyphenated)


def _is_broken(above: Line, line: Line) -> bool:
    """True where a word seems to go on below, after a hyphen."""
    first = _FIRST.match(line.parts[0].text)
    ends = bool(_LAST.search(above.parts[-1].text)) and not above.parts[-1].blank
    return ends and first is not None and first[0].islower() and first[0] not in _APART


def _assembled(runs: Sequence[tuple[str, bool, bool]]) -> Joined:
    whole = "".join(run[0] for run in runs)
    if "\u00a8" in whole:
        runs = [(_DIAERESIS.sub(r"\1" + "\u0308", text), bold, italic) for text, bold, italic in runs]
    pieces: list[str] = []
    styles: list[RawStyle] = []
    at = bold_start = 0
    only_bold = True
    looks: list[tuple[int, int, bool, bool]] = []
    for text, bold, italic in runs:
        looks.append((at, at + len(text), bold, italic))
        pieces.append(text)
        at += len(text)
        if only_bold and (bold or not text.strip()):
            bold_start = at if bold else bold_start
        elif text.strip():
            only_bold = False
    text = "".join(pieces)
    kinds: tuple[tuple[int, str], ...] = ((2, "bold"), (3, "italic"))
    for place, kind in kinds:
        for marked, group in groupby(looks, key=lambda look: look[place]):
            members = list(group)
            start, stop = members[0][0], members[-1][1]
            while start < stop and text[start].isspace():
                start += 1
            while start < stop and text[stop - 1].isspace():
                stop -= 1
            if marked and start < stop:
                styles.append(RawStyle(start, stop, "bold" if kind == "bold" else "italic"))
    return Joined(text, bold_start, tuple(sorted(styles, key=lambda s: (s.start, s.stop, s.kind))))
