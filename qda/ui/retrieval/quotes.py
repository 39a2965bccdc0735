"""How a row of a result is painted: the words with what stands around them, the place, codes with chips."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qda.coding.citation import quoted, spoken
from qda.coding.positions import QtPositions
from qda.coding.retrieval import Found
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.retrieval.results import CASE, CODES, FOUND, PASSAGE, PLACE, place_words
from qda.ui.theme import Tokens, code_colour, tokens_of
from qda.ui.transcript.margin import shown_name

Index = QModelIndex | QPersistentModelIndex
LINE: Final = 20
_LONGEST: Final = 700  # characters of a passage that can be seen in its lines
_SIDE: Final = 10


class QuoteDelegate(QStyledItemDelegate):
    """Rows of ``lines`` lines."""

    lines = 3

    @property
    def height(self) -> int:
        """The height of every row."""
        return self.lines * px(LINE) + px(14)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(120), self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens_of(option.widget)
        area: QRect = option.rect
        painter.save()
        self._ground(painter, option, index, colours)
        found = index.data(FOUND)
        inner = area.adjusted(px(_SIDE), px(6), -px(6), -px(4))
        painter.setClipRect(area)
        if isinstance(found, Found):
            if index.column() == PASSAGE:
                self._passage(painter, inner.adjusted(px(4), 0, 0, 0), found, colours)
            elif index.column() == PLACE:
                self._place(painter, inner, found, colours)
            elif index.column() == CODES:
                self._codes(painter, inner, found, colours)
            else:
                ink = colours.text if index.column() == CASE else colours.secondary
                self._one(painter, inner, str(index.data() or ""), ink)
        elif index.column() == PASSAGE:
            self._one(painter, inner.adjusted(px(4), 0, 0, 0), "…", colours.minor)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem, index: Index, colours: Tokens) -> None:
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            active = option.widget.hasFocus()
            painter.fillRect(area, QColor(colours.list_selection if active else colours.separator))
            if index.column() == PASSAGE:
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(colours.separator))

    @staticmethod
    def _one(painter: QPainter, area: QRect, words: str, ink: str) -> None:
        painter.setFont(ui_font())
        painter.setPen(QColor(ink))
        line = QRect(area.left(), area.top(), area.width(), px(LINE))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _passage(self, painter: QPainter, area: QRect, found: Found, colours: Tokens) -> None:
        width = QFontMetrics(reading_font(QUOTE)).averageCharWidth()
        before, words, after = excerpt(found, self.lines, per_line=max(20, area.width() // max(1, width)))
        text = before + words + after
        layout = QTextLayout(text, reading_font(QUOTE))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        place = QtPositions(text)
        start, stop = place.to_qt(len(before)), place.to_qt(len(before) + len(words))
        around = QTextCharFormat()
        around.setForeground(QColor(colours.minor))
        plain = QTextCharFormat()
        plain.setForeground(QColor(colours.text))
        whole = place.to_qt(len(text))
        layout.setFormats([_range(0, start, around), _range(start, stop, plain), _range(stop, whole, around)])
        layout.beginLayout()
        for at in range(self.lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(area.width(), px(40)))
            line.setPosition(QPointF(0, at * px(LINE)))
            if at == self.lines - 1 and line.textStart() + line.textLength() < whole:
                self._more(painter, area, colours)
        layout.endLayout()
        layout.draw(painter, QPointF(area.left(), area.top()))

    def _more(self, painter: QPainter, area: QRect, colours: Tokens) -> None:
        """The passage goes on."""
        painter.setPen(QColor(colours.minor))
        painter.setFont(ui_font(SMALL))
        room = QRect(area.left(), area.top() + self.lines * px(LINE) - px(2), area.width(), px(12))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "…")

    @staticmethod
    def _place(painter: QPainter, area: QRect, found: Found, colours: Tokens) -> None:
        metrics = QFontMetrics(ui_font())
        line = QRect(area.left(), area.top(), area.width(), px(LINE))
        painter.setFont(ui_font())
        painter.setPen(QColor(colours.accent))
        title = metrics.elidedText(found.segment.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.secondary))
        painter.drawText(line.translated(0, px(LINE)), Qt.AlignmentFlag.AlignVCenter, place_words(found))

    def _codes(self, painter: QPainter, area: QRect, found: Found, colours: Tokens) -> None:
        shown = found.codes if len(found.codes) <= self.lines else found.codes[: self.lines - 1]
        side, line = px(10), px(LINE)
        for at, code in enumerate(shown):
            top = area.top() + at * line
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(code_colour(code.colour, colours.dark))
            painter.drawRoundedRect(QRect(area.left(), top + (line - side) // 2 + 1, side, side), 2, 2)
            font: QFont = ui_font(italic=code.in_vivo)
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            room = QRect(area.left() + px(16), top, area.width() - px(16), line)
            name = shown_name(code.name, code.in_vivo)
            name = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        if len(shown) < len(found.codes):
            painter.setFont(ui_font(SMALL))
            painter.setPen(QColor(colours.minor))
            room = QRect(area.left() + px(16), area.top() + len(shown) * line, area.width(), line)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"+{len(found.codes) - len(shown)}")


def excerpt(found: Found, lines: int, *, per_line: int) -> tuple[str, str, str]:
    """What stands before a passage, its words, what follows; each on one line, as much as has room.

    Alone the words stand in quotation marks. ``per_line``: how many characters a line holds.
    """
    if not found.before and not found.after:
        return "", quoted(spoken(found.segment)[:_LONGEST]), ""
    words = " ".join(found.segment.text.split())[:_LONGEST]
    before, after = (" ".join(part.split()) for part in (found.before, found.after))
    free = max(per_line // 2, lines * per_line - len(words) - per_line // 2)
    most = max(free // 2, free - len(after))
    if len(before) > most:
        before = "… " + before[len(before) - most :].partition(" ")[2]
    if len(after) > max(0, free - len(before)):
        after = after[: max(0, free - len(before))].rpartition(" ")[0] + " …"
    return f"{before} " if before else "", words, f" {after}" if after else ""


def _range(start: int, stop: int, manner: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, max(0, stop - start)
    made.format = manner
    return made
