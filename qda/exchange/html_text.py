"""One paragraph of a web page while it grows: white space as a browser collapses it, runs set apart."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from qda.exchange.html_css import Look
from qda.exchange.noscribe import Anchor
from qda.exchange.raw import RawParagraph, RawStyle, StyleKind

_SPACES: Final = re.compile(r"[ \t\n\f]+")
_KINDS: Final[tuple[StyleKind, ...]] = ("bold", "italic", "underline")
_BLANK: Final = " \t\n"


class Buffer:
    """Collects the text of one paragraph; ``length`` counts code points."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: dict[StyleKind, list[tuple[int, int]]] = {kind: [] for kind in _KINDS}
        self._cell = 0  # where the cell at hand begins, in parts
        self._tabs: list[int] = []  # places of the TABs between cells
        self._kept = False
        self._places = [0]  # of each code point in the finished text
        self.length = 0
        self.note = False
        self.anchors: list[Anchor] = []

    def add(self, text: str, look: Look) -> None:
        """Words in their look."""
        if look.kept:
            self._kept = True
        else:
            text = _SPACES.sub(" ", text)
            if text.startswith(" ") and (not self.length or self._last() in _BLANK):
                text = text[1:]
        if not text:
            return
        start = self.length
        self._put(text)
        for kind in _KINDS:
            if getattr(look, kind):
                runs = self._runs[kind]
                if runs and runs[-1][1] == start:
                    runs[-1] = (runs[-1][0], self.length)
                else:
                    runs.append((start, self.length))

    def line(self, *, always: bool = False) -> None:
        """A line break; only between words, unless ``always``."""
        if self.length and (always or self._last() not in "\n\t"):
            self._put("\n")

    def tab(self) -> None:
        """A TAB that Word wrote as blanks."""
        if self.length:
            self._put("\t")

    def cell(self) -> None:
        """The next cell of a row begins."""
        self._tabs.append(self.length)
        self._put("\t")
        self._cell = len(self._parts)

    def flatten(self) -> None:
        """The cell at hand is not the last of its row: its line breaks and TABs become blanks."""
        for at in range(self._cell, len(self._parts)):
            self._parts[at] = self._parts[at].replace("\n", " ").replace("\t", " ")

    def paragraph(self, *, row: bool) -> RawParagraph | None:
        """What has been collected, None where nothing can be seen."""
        text = "".join(self._parts)
        if not text.strip():
            return None
        kept, tabs = [True] * len(text), set(self._tabs)
        for at, letter in enumerate(text):  # blanks at the ends of lines and cells are not seen
            if letter == "\n" or (letter == "\t" and at in tabs):
                self._drop_before(text, kept, at)
        self._drop_before(text, kept, len(text), also="\n" if row else "\n\t")
        if not self._kept and not row:
            for at in range(len(text) - len(text.lstrip(_BLANK))):
                kept[at] = False
        elif not row:
            for at in range(len(text) - len(text.lstrip("\n"))):
                kept[at] = False
        places = [0]
        for keep in kept:
            places.append(places[-1] + keep)
        self._places = places
        text = "".join(letter for letter, keep in zip(text, kept, strict=True) if keep)
        styles = sorted(
            (
                RawStyle(places[start], places[stop], kind)
                for kind in _KINDS
                for start, stop in self._runs[kind]
                if places[start] < places[stop]
            ),
            key=lambda style: (style.start, style.stop),
        )
        return RawParagraph(text, bold=_bold_start(text, styles), row=row, styles=tuple(styles))

    def kept_anchors(self) -> tuple[Anchor, ...]:
        """The anchors, at their places in the finished text."""
        return tuple(replace(anchor, position=self._places[anchor.position]) for anchor in self.anchors)

    def _drop_before(self, text: str, kept: list[bool], at: int, also: str = "") -> None:
        at -= 1
        while at >= 0 and text[at] in f" {also}":
            kept[at] = False
            at -= 1

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    def _last(self) -> str:
        return self._parts[-1][-1]


def _bold_start(text: str, styles: list[RawStyle]) -> int:
    """The length of the bold beginning; blanks between two bold runs belong to it."""
    bold = [style for style in styles if style.kind == "bold"]
    if not bold or text[: bold[0].start].strip():
        return 0
    stop = bold[0].stop
    for one, other in pairwise(bold):
        if text[one.stop : other.start].strip():
            break
        stop = other.stop
    return stop
