"""Builds the text document of a transcript: one block a paragraph, fixed lines, no backgrounds.

A background in a character format would hide the tint painted under the text, so there is none.
"""

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

from qda.ui.fonts import READING, TEXT_TITLE, reading_font
from qda.ui.theme import Tokens
from qda.ui.transcript.geometry import Geometry
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.rows import ParagraphKind, ParagraphRow


def build(
    shown: ShownText, geometry: Geometry, colours: Tokens, zoom: float, parent: QObject
) -> QTextDocument:
    """A document of what is shown, in no view yet: filling one in view lays it out each time."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(reading_font(READING * zoom))
    document.setDefaultTextOption(QTextOption())
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = _block_format(geometry)
    formats = _Formats(colours, zoom)
    for number, row in enumerate(shown.paragraphs):
        words = formats.of(row)
        if number:
            cursor.insertBlock(block, words)
        else:
            cursor.setBlockFormat(block)
            cursor.setBlockCharFormat(words)
        cursor.insertText(shown.block_text(number), words)
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


class _Formats:
    """The character formats of the kinds of paragraph; few, and shared by all blocks."""

    def __init__(self, colours: Tokens, zoom: float) -> None:
        self._text = _words(colours.text)
        self._interviewer = _words(colours.secondary)
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


def _words(colour: str) -> QTextCharFormat:
    words = QTextCharFormat()
    words.setForeground(QColor(colour))
    return words
