"""References in a document of Qt: how they are marked in its formats, found again, and written as text.

A reference is a run of words with its kind, target and a number of its own; behind the words may stand a run
that follows the study (counts, a citation). That run is never stored. A heading is a block with a level; its
sign stands in the stored text only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, cast

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from qda.coding.story_text import Part, Plain, ReferenceKind, reference

_NUMBER: Final = int(QTextFormat.Property.UserProperty) + 1
_KIND: Final = _NUMBER + 1
_TARGET: Final = _NUMBER + 2
_BEHIND: Final = _NUMBER + 3


@dataclass(slots=True)
class Run:
    """A reference; positions are Qt's units, of the block or of the document (:meth:`shifted`).

    ``words_stop`` is where its words end.
    """

    number: int
    kind: ReferenceKind
    target: str
    start: int
    words_stop: int
    stop: int
    words: str
    behind: str = field(default="")

    def shifted(self, by: int) -> "Run":
        """The same with other positions."""
        return replace(self, start=self.start + by, words_stop=self.words_stop + by, stop=self.stop + by)


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


def pieces(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        if piece.isValid():
            yield piece.position(), piece.text().replace("\u2028", "\n"), piece.charFormat()
        at += 1


def parts_of(document: QTextDocument, start: int, stop: int) -> list[Part]:
    """What stands from ``start`` to ``stop`` (Qt's units), as parts of a story; runs behind are left out."""
    last = stop
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
    for position, text, form in pieces(block):
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


def kind_of(form: QTextCharFormat) -> ReferenceKind:
    """The kind of the reference that a format belongs to."""
    return cast(ReferenceKind, str(form.property(_KIND)))


def target_of(form: QTextCharFormat) -> str:
    """The target of the reference that a format belongs to."""
    return str(form.property(_TARGET))


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
