"""What each paragraph of a story holds, read once and again only where something was typed.

A text of twenty thousand words is typed into without a pause: nothing but the paragraph at the cursor is
looked at again.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextDocument

from qda.coding.positions import QtPositions
from qda.coding.story_claims import is_quotation, sentences_of
from qda.coding.story_quotations import TypedQuotation, typed_quotations
from qda.coding.story_text import Part, Plain, Reference, compose, reference
from qda.ui.selective.runs import Run, is_behind, kind_of, number_of, pieces, target_of

_UNKNOWN: Final = -1


class BlockRead:
    """One paragraph; places are Qt's units from its start. ``is_followed``: its references are up to date."""

    def __init__(self, block: QTextBlock) -> None:
        begin = block.position()
        self.is_followed = False
        self.level = block.blockFormat().headingLevel()
        self.runs: list[Run] = []
        self._pieces: list[tuple[int, str]] = []  # place and words of what is stored
        parts: list[Part] = []
        for position, text, form in pieces(block):
            at, number = position - begin, number_of(form)
            stop = at + (len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2)
            if not number:
                parts.append(Plain(text))
                self._pieces.append((at, text))
                continue
            run = self.runs[-1] if self.runs else None
            if run is None or run.number != number or run.stop != at:
                run = Run(number, kind_of(form), target_of(form), at, at, at, "")
                self.runs.append(run)
                parts.append(Plain(""))  # its place; the reference comes when all its words are known
            run.stop = stop
            if is_behind(form):
                run.behind += text
                continue
            run.words += text
            run.words_stop = stop
            parts[-1] = reference(run.words, run.kind, run.target)
            self._pieces.append((at, text))
        self.parts = tuple(part for part in parts if part.written)
        self.is_quotation = not self.level and is_quotation(self.parts)
        self._claims: dict[bool, tuple[tuple[int, int], ...]] = {}

    @cached_property
    def stored(self) -> str:
        """As it is stored; a heading with its sign."""
        written = compose(self.parts)
        return f"{'#' * self.level} {written}" if self.level and written else written

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """How many words, references and quotations."""
        references = [part for part in self.parts if isinstance(part, Reference)]
        words = "".join(part.words for part in self.parts).split()
        return len(words), len(references), sum(part.kind == "segment" for part in references)

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """Where each code point of its words begins and ends."""
        starts: list[int] = []
        stops: list[int] = []
        for at, text in self._pieces:
            units = (at + QtPositions(text).many_to_qt(np.arange(len(text) + 1))).tolist()
            starts += units[:-1]
            stops += units[1:]
        return starts, stops

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Code points of the words, one at least, as places of the block."""
        starts, stops = self._places
        return starts[start], stops[stop - 1]

    def claims(self, *, carried: bool) -> tuple[tuple[int, int], ...]:
        """Where it claims something without a relation or a quotation; ``carried``: a quotation follows."""
        if self.level or self.is_quotation:
            return ()
        if carried not in self._claims:
            found = [one for one in sentences_of(self.parts, carried=carried) if one.is_claim]
            self._claims[carried] = tuple(self.span(one.start, one.stop) for one in found)
        return self._claims[carried]

    @cached_property
    def typed(self) -> list[tuple[int, int, TypedQuotation]]:
        """Words in quotation marks that are no reference."""
        found, at = [], 0
        for part in self.parts:
            if isinstance(part, Plain):
                for one in typed_quotations(part.words):
                    found.append((*self.span(at + one.start, at + one.stop), one))
            at += len(part.words)
        return found


class Reads(QObject):
    """The paragraphs of a document as they were read; what is touched is forgotten.

    Inside an edit block of a cursor it still tells what was there before.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._reads: list[BlockRead | None] = [None] * document.blockCount()
        document.contentsChange.connect(self._touched)

    def of(self, block: QTextBlock) -> BlockRead:
        """What a paragraph holds."""
        number = block.blockNumber()
        if number >= len(self._reads):
            self.forget()
        read = self._reads[number]
        if read is None:
            read = self._reads[number] = BlockRead(block)
        return read

    def runs(self, block: QTextBlock) -> list[Run]:
        """The references of a paragraph, with positions of the document."""
        begin = block.position()
        return [run.shifted(begin) for run in self.of(block).runs]

    def blocks(self) -> Iterator[tuple[QTextBlock, BlockRead]]:
        """All paragraphs in order."""
        block = self._document.begin()
        while block.isValid():
            yield block, self.of(block)
            block = block.next()

    def all(self) -> Iterator[BlockRead]:
        """What all paragraphs hold, in order."""
        for number, read in enumerate(self._reads):
            yield read if read is not None else self.of(self._document.findBlockByNumber(number))

    def is_carried(self, block: QTextBlock) -> bool:
        """Whether a quotation set off follows."""
        after = block.next()
        while after.isValid() and after.length() <= 1:
            after = after.next()
        return after.isValid() and self.of(after).is_quotation

    def forget(self) -> None:
        """Everything is read anew."""
        self._reads = [None] * self._document.blockCount()

    def unfollow(self) -> None:
        """What references point to has changed."""
        for read in self._reads:
            if read is not None:
                read.is_followed = False

    def _touched(self, position: int, _removed: int, added: int) -> None:
        count = self._document.blockCount()
        first = self._document.findBlock(position).blockNumber()
        last = self._document.findBlock(position + added).blockNumber()
        if first == _UNKNOWN:
            first = 0
        if last == _UNKNOWN:
            last = count - 1
        former = last - (count - len(self._reads))
        if former < first:
            self.forget()
            return
        self._reads[first : former + 1] = [None] * (last - first + 1)
        if len(self._reads) != count:
            self.forget()
