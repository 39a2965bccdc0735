"""References in a document of Qt: how they are marked in its formats, found again, and written as text.

A reference is a run of words with its kind, target and a number of its own; behind the words may stand a run
that follows the study (counts, a citation). That run is never stored. A heading is a block with a level; its
sign stands in the stored text only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, cast

import numpy as np
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from qda.coding.positions import QtPositions
from qda.coding.story_claims import is_quotation, sentences_of
from qda.coding.story_quotations import TypedQuotation, typed_quotations
from qda.coding.story_text import Part, Plain, Reference, ReferenceKind, reference

_NUMBER: Final = int(QTextFormat.Property.UserProperty) + 1
_KIND: Final = _NUMBER + 1
_TARGET: Final = _NUMBER + 2
_BEHIND: Final = _NUMBER + 3


@dataclass(slots=True)
class Run:
    """A reference in the document; positions are Qt's units. ``words_stop`` is where its words end."""

    number: int
    kind: ReferenceKind
    target: str
    start: int
    words_stop: int
    stop: int
    words: str
    behind: str = field(default="")


def number_of(form: QTextCharFormat) -> int:
    """The number of the reference that a format belongs to; 0 for plain text."""
    return int(form.property(_NUMBER) or 0)


def is_behind(form: QTextCharFormat) -> bool:
    """True in the run behind a reference's words."""
    return bool(form.property(_BEHIND))


def mark(
    form: QTextCharFormat, number: int, kind: ReferenceKind, target: str, *, behind: bool
) -> QTextCharFormat:
    """``form`` as a part of a reference."""
    marked = QTextCharFormat(form)
    marked.setProperty(_NUMBER, number)
    marked.setProperty(_KIND, kind)
    marked.setProperty(_TARGET, target)
    marked.setProperty(_BEHIND, behind)
    return marked


def _pieces(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        if piece.isValid():
            yield piece.position(), piece.text().replace("\u2028", "\n"), piece.charFormat()
        at += 1


def runs_of(block: QTextBlock) -> list[Run]:
    """The references of a block, in order."""
    found: list[Run] = []
    for position, text, form in _pieces(block):
        number = number_of(form)
        if not number:
            continue
        stop = position + len(text.encode("utf-16-le")) // 2
        if not found or found[-1].number != number or found[-1].stop != position:
            kind = cast(ReferenceKind, str(form.property(_KIND)))
            found.append(Run(number, kind, str(form.property(_TARGET)), position, position, position, ""))
        run = found[-1]
        run.stop = stop
        if is_behind(form):
            run.behind += text
        else:
            run.words += text
            run.words_stop = stop
    return found


def all_runs(document: QTextDocument) -> list[Run]:
    """The references of the whole text, in order."""
    found: list[Run] = []
    block = document.begin()
    while block.isValid():
        found += runs_of(block)
        block = block.next()
    return found


def parts_of(document: QTextDocument, start: int = 0, stop: int | None = None) -> list[Part]:
    """What stands from ``start`` to ``stop`` (Qt's units), as parts of a story; runs behind are left out."""
    last = document.characterCount() - 1 if stop is None else stop
    parts: list[Part] = []
    block = document.findBlock(start)
    first = True
    while block.isValid() and (first or block.position() <= last):
        if not first:
            parts.append(Plain("\n"))
        level = block.blockFormat().headingLevel()
        if level and start <= block.position() < last and block.length() > 1:
            parts.append(Plain("#" * level + " "))
        parts += _parts_of(block, start, last)
        first = False
        block = block.next()
    return parts


def _parts_of(block: QTextBlock, start: int, stop: int) -> list[Part]:
    parts: list[Part] = []
    open_run: tuple[int, ReferenceKind, str, str] | None = None
    for position, text, form in _pieces(block):
        units = text.encode("utf-16-le")
        begin, end = max(start - position, 0), min(stop - position, len(units) // 2)
        if begin >= end or is_behind(form):
            continue
        words = units[begin * 2 : end * 2].decode("utf-16-le", errors="ignore")
        number = number_of(form)
        if open_run and open_run[0] == number:
            open_run = (*open_run[:3], open_run[3] + words)
            continue
        if open_run:
            parts.append(reference(open_run[3], open_run[1], open_run[2]))
            open_run = None
        if number:
            kind = cast(ReferenceKind, str(form.property(_KIND)))
            open_run = (number, kind, str(form.property(_TARGET)), words)
        else:
            parts.append(Plain(words))
    if open_run:
        parts.append(reference(open_run[3], open_run[1], open_run[2]))
    return parts


def quotation_block(block: QTextBlock) -> Run | None:
    """The quotation that a paragraph consists of; None for any other paragraph."""
    if not is_quotation(read_block(block).parts):
        return None
    return runs_of(block)[0]


# -- a block as it is read ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block's parts, and where each code point of its words begins and ends (Qt's units of the block)."""

    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    stops: tuple[int, ...]

    @property
    def words(self) -> str:
        """As it is read, without what stands behind references."""
        return "".join(part.words for part in self.parts)

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Code points of the words, one at least, as Qt's units of the block."""
        return self.starts[start], self.stops[stop - 1]


_Piece = tuple[int, str, int, str, str, bool]  # place, words, number, kind, target, behind


def read_block(block: QTextBlock) -> ReadBlock:
    """The block as it is read."""
    begin = block.position()
    return _read(
        tuple(
            (
                position - begin,
                text,
                number_of(form),
                str(form.property(_KIND) or ""),
                str(form.property(_TARGET) or ""),
                is_behind(form),
            )
            for position, text, form in _pieces(block)
        )
    )


@lru_cache(maxsize=512)
def _read(pieces: tuple[_Piece, ...]) -> ReadBlock:
    parts: list[Part] = []
    starts: list[int] = []
    stops: list[int] = []
    before = 0
    for position, text, number, kind, target, behind in pieces:
        if behind:
            continue
        points = np.arange(len(text) + 1)
        units = (position + QtPositions(text).many_to_qt(points)).tolist()
        starts += units[:-1]
        stops += units[1:]
        if number and number == before and isinstance(last := parts[-1], Reference):
            parts[-1] = reference(last.words + text, last.kind, last.target)
        elif number:
            parts.append(reference(text, cast(ReferenceKind, kind), target))
        else:
            parts.append(Plain(text))
        before = number
    return ReadBlock(tuple(parts), tuple(starts), tuple(stops))


def claims_in(block: QTextBlock) -> tuple[tuple[int, int], ...]:
    """Where a block claims something without a relation or a quotation, in Qt's units of the block."""
    if block.blockFormat().headingLevel() or quotation_block(block) is not None:
        return ()
    after = block.next()
    while after.isValid() and not after.text().strip():
        after = after.next()
    carried = after.isValid() and quotation_block(after) is not None
    return _claims(read_block(block), carried)


@lru_cache(maxsize=512)
def _claims(read: ReadBlock, carried: bool) -> tuple[tuple[int, int], ...]:
    found = [one for one in sentences_of(read.parts, carried=carried) if one.is_claim]
    return tuple(read.span(one.start, one.stop) for one in found)


def typed_in(block: QTextBlock) -> list[tuple[int, int, TypedQuotation]]:
    """Words in quotation marks that are no reference, with their places in Qt's units of the block."""
    read = read_block(block)
    found, at = [], 0
    for part in read.parts:
        if isinstance(part, Plain):
            for one in typed_quotations(part.words):
                found.append((*read.span(at + one.start, at + one.stop), one))
        at += len(part.words)
    return found


def retarget(document: QTextDocument, run: Run, target: str) -> None:
    """Lets a reference point to something else; its words stay."""
    form = QTextCharFormat()
    form.setProperty(_TARGET, target)
    select(document, run.start, run.stop).mergeCharFormat(form)


def select(document: QTextDocument, start: int, stop: int) -> QTextCursor:
    """A cursor over a stretch."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def words_in(parts: list[Part]) -> tuple[int, int, int]:
    """How many words, references and quotations parts have."""
    text = "".join(part.words for part in parts)
    references = [part for part in parts if isinstance(part, Reference)]
    return len(text.split()), len(references), sum(part.kind == "segment" for part in references)
