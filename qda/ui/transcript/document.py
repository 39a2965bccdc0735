"""Builds the text document of a transcript: one block a paragraph, fixed lines, no backgrounds.

A background in a character format would hide the tint painted under the text, so there is none.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from qda.coding.positions import Span
from qda.ui.fonts import READING, TEXT_TITLE, fixed_font, reading_font
from qda.ui.theme import Tokens
from qda.ui.transcript.geometry import Geometry
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.rows import ParagraphKind, ParagraphRow, StyleRow


def build(
    shown: ShownText,
    geometry: Geometry,
    colours: Tokens,
    zoom: float,
    parent: QObject,
    *,
    styles: Sequence[StyleRow] = (),
    aligned: bool = False,
    dimmed: bool = True,
) -> QTextDocument:
    """A document of what is shown, in no view yet: filling one in view lays it out each time.

    ``styles`` are in the order of their starts; ``aligned``: white space has a meaning, as in GAT 2;
    ``dimmed``: the interviewer's words stand back.
    """
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(fixed_font(READING * zoom) if aligned else reading_font(READING * zoom))
    document.setDefaultTextOption(QTextOption())
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    plain, below_topic = _block_format(geometry), _block_format(geometry)
    below_topic.setTopMargin(geometry.topic)
    formats = _Formats(colours, zoom, dimmed=dimmed)
    runs = _Runs(styles)
    for number, row in enumerate(shown.paragraphs):
        words, block = formats.of(row), below_topic if row.topic else plain
        if number:
            cursor.insertBlock(block, words)
        else:
            cursor.setBlockFormat(block)
            cursor.setBlockCharFormat(words)
        for text, kinds in runs.pieces(shown.block_text(number), shown.shown_span(number)):
            cursor.insertText(text, formats.styled(words, kinds))
    cursor.endEditBlock()
    page = document.rootFrame().frameFormat()
    page.setTopMargin(geometry.gap)
    page.setBottomMargin(4 * geometry.line)
    document.rootFrame().setFrameFormat(page)
    return document


def _block_format(geometry: Geometry) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLineHeight(geometry.line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    block.setBottomMargin(geometry.gap)
    return block


class _Runs:
    """Cuts paragraphs, which come in the order of the text, where a style begins or ends."""

    def __init__(self, styles: Sequence[StyleRow]) -> None:
        self._styles = styles
        self._next = 0

    def pieces(self, text: str, span: Span) -> Iterator[tuple[str, frozenset[str]]]:
        """The pieces of a paragraph with the styles of each; ``text`` is as long as ``span``."""
        while self._next < len(self._styles) and self._styles[self._next].stop <= span.start:
            self._next += 1
        inside = []
        for style in self._styles[self._next :]:
            if style.start >= span.stop:
                break
            if style.stop > span.start:
                inside.append(style)
        if not inside:
            yield text, frozenset()
            return
        ends = {span.start, span.stop}
        for style in inside:
            ends |= {max(style.start, span.start), min(style.stop, span.stop)}
        for start, stop in pairwise(sorted(ends)):
            kinds = frozenset(style.kind for style in inside if style.start <= start and stop <= style.stop)
            yield text[start - span.start : stop - span.start], kinds


class _Formats:
    """The character formats of the kinds of paragraph; few, and shared by all blocks."""

    def __init__(self, colours: Tokens, zoom: float, *, dimmed: bool) -> None:
        self._text = _words(colours.text)
        self._interviewer = _words(colours.secondary if dimmed else colours.text)
        self._header = _words(colours.minor)
        self._heading = _words(colours.text)
        self._heading.setFontWeight(QFont.Weight.DemiBold)
        size = QFontInfo(reading_font(TEXT_TITLE * zoom)).pointSizeF()
        self._heading.setFontPointSize(size)

    def of(self, row: ParagraphRow) -> QTextCharFormat:
        if row.kind is ParagraphKind.HEADING:
            return self._heading
        if row.kind in (ParagraphKind.HEADER, ParagraphKind.NOTE):
            return self._header
        return self._interviewer if row.interviewer else self._text

    @staticmethod
    def styled(words: QTextCharFormat, kinds: frozenset[str]) -> QTextCharFormat:
        """The format of words that are set apart."""
        if not kinds:
            return words
        made = QTextCharFormat(words)
        if "bold" in kinds:
            made.setFontWeight(QFont.Weight.DemiBold)
        if "italic" in kinds:
            made.setFontItalic(True)
        if "underline" in kinds:
            made.setFontUnderline(True)
        return made


def _words(colour: str) -> QTextCharFormat:
    words = QTextCharFormat()
    words.setForeground(QColor(colour))
    return words
