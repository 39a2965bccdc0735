"""The parts that the inspector is built of: sections, fields edited in place, quotations to jump to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import SegmentRow
from qda.ui import theme
from qda.ui.fonts import QUOTE, SHEET_TITLE, SMALL, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.surfaces import Line, LinkButton

SIDE: Final = 16
INSET: Final = 4  # what a hover, a frame or a field needs at both sides
_QUOTE_LINE: Final = 21
_GONE: Final = "gone"
_LONG_WORD: Final = 24
_LONGEST: Final = 420  # characters of a quotation that are looked at for its few lines


class Section(QWidget):
    """A named section with a line above it. ``box`` takes its content."""

    def __init__(self, title: str, parent: QWidget | None = None, *, right: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Line(self))
        inner = QVBoxLayout()
        side = px(SIDE - INSET)
        inner.setContentsMargins(side, px(10), side, px(12))
        inner.setSpacing(px(4))
        outer.addLayout(inner)
        head = QHBoxLayout()
        head.setContentsMargins(px(INSET), 0, px(INSET), 0)
        head.setSpacing(px(8))
        self.title = QLabel(title, self)
        self.title.setFont(ui_font(SMALL, semibold=True))
        self.title.setProperty("quiet", True)
        head.addWidget(self.title, 1)
        if right is not None:
            head.addWidget(right)
        inner.addLayout(head)
        self.box = QVBoxLayout()
        self.box.setSpacing(px(4))
        inner.addLayout(self.box)


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout."""
    while layout.count() and (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.setProperty(_GONE, True)
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


@contextmanager
def keeping_focus(root: QWidget) -> Iterator[None]:
    """What is built anew inside has the focus again if its namesake had it before."""
    held = QApplication.focusWidget()
    names = (held.objectName(), held.accessibleName()) if held and root.isAncestorOf(held) else None
    yield
    if names is None or held is None or not held.property(_GONE):
        return
    for widget in root.findChildren(QWidget, names[0]):
        if not widget.property(_GONE) and widget.accessibleName() == names[1]:
            widget.show()  # a layout shows it later only, and what is hidden takes no focus
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def minor(text: str, parent: QWidget | None = None) -> QLabel:
    """A line in minor text that may wrap."""
    label = QLabel(text, parent)
    label.setFont(ui_font(SMALL))
    label.setProperty("minor", True)
    label.setWordWrap(True)
    label.setContentsMargins(px(INSET), 0, px(INSET), 0)
    return label


def link(text: str, name: str, act: Callable[[], object], *, says: str = "") -> LinkButton:
    """An act in accent-coloured words, flush with the text at its left."""
    button = LinkButton(text, name)
    button.setFont(ui_font(SMALL))
    button.setStyleSheet(f"QPushButton {{ padding: {px(1)}px {px(3)}px; text-align: left; }}")
    if says:
        button.setAccessibleName(says)
    button.clicked.connect(lambda _checked=False: act())
    return button


class TitleLink(LinkButton):
    """A link whose words end in … where it has no room; its tool tip has them all."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text, name)
        self._whole = text
        self.setFont(ui_font(SMALL))
        self.setStyleSheet(f"QPushButton {{ padding: {px(1)}px {px(3)}px; text-align: left; }}")
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2 * px(3) + 4
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - 2 * px(3) - 2
        words = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(words.replace("&", "&&"))


@contextmanager
def rebuilding(page: QWidget) -> Iterator[None]:
    """What is built anew on a page has its place before it is painted; the focus stays where it was."""
    with keeping_focus(page):
        yield
        for section in page.findChildren(Section):
            for child in section.children():
                explicit = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
                if isinstance(child, QWidget) and not child.isWindow() and not child.testAttribute(explicit):
                    child.show()  # the layout would do so a moment later
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def links(*buttons: LinkButton) -> QHBoxLayout:
    """Acts beside one another, from the left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(6))
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


class InPlace(AutoText):
    """A text that looks like text until it is written in; as high as its words need."""

    left = Signal()  # Esc: back to where one was

    def __init__(self, name: str, says: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setPlaceholderText(hint)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(2)
        self.setStyleSheet(
            "QTextEdit { background: transparent; border: 1px solid transparent; padding: 1px; }"
            "QTextEdit:hover { border: 1px solid palette(mid); }"
            "QTextEdit:focus { background: palette(base); border: 2px solid palette(link); padding: 0; }"
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def show_other(self, text: str) -> None:
        super().show_other(text)
        self._fit()

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        wanted = max(self.document().size().height(), line + 2 * self.document().documentMargin())
        height = round(wanted) + 4
        if self.height() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Return)
            if own and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        done = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (done and control):
            self.flush()
            self.left.emit()
            return
        super().keyPressEvent(event)


def breakable(words: str) -> str:
    """Words that may also break inside where they are too long for a narrow column."""
    return " ".join(
        word if len(word) <= _LONG_WORD else "\u200b".join(word[i : i + 8] for i in range(0, len(word), 8))
        for word in words.split(" ")
    )


class ChipTitle(QWidget):
    """A code's chip and name, as the title of a sheet; it wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = 0
        self._core = False
        self.name = QLabel(self)
        self.name.setWordWrap(True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(18), 0, 0, 0)
        self._row.addWidget(self.name, 1)

    def show_code(self, name: str, colour: int, *, italic: bool, core: bool) -> None:
        """Shows a code."""
        font = ui_font(SHEET_TITLE, semibold=True, italic=italic)
        self.name.setFont(font)
        self.name.setText(breakable(name))
        self.name.setToolTip(name if len(name) > _LONG_WORD else "")
        self.setAccessibleName(name)
        self._colour, self._core = colour, core
        self._row.setContentsMargins(px(24 if core else 18), 0, 0, 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._colour:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(10)
        line = QFontMetrics(self.name.font()).height()
        chip = QRect(0 if not self._core else 4, (line - side) // 2 + 1, side, side)
        colour = theme.code_colour(self._colour, theme.tokens_of(self).dark)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(chip, 2, 2)
        if self._core:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 1.5))
            painter.drawRoundedRect(chip.adjusted(-3, -3, 3, 3), 4, 4)


class Quote(QAbstractButton):
    """A quotation in the reading face with its place; pressing it leads to the text.

    ``lines`` is the most it takes; the rest is elided. Ctrl+Shift+C copies it as a citation.
    """

    def __init__(self, row: SegmentRow, *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._most = lines
        self._words = quoted(spoken(row))
        self._place = paragraphs_cited(row)
        self._known: dict[int, tuple[list[str], bool]] = {}  # by width: layouts ask again and again
        self.setAccessibleName(f"{self._words} {self._place}")
        self.setToolTip(self._words if len(self._words) > _LONGEST // 4 else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines, beside = self._laid_out(width - 2 * px(INSET))
        below = 0 if beside else px(17)
        return len(lines) * px(_QUOTE_LINE) + below + px(4)

    def sizeHint(self) -> QSize:
        width = self.width() or px(260)
        return QSize(width, self.heightForWidth(width))

    def _laid_out(self, width: int) -> tuple[list[str], bool]:
        """The lines of the words, and whether the place has room behind the last one."""
        if width not in self._known:
            self._known[width] = self._lay_out(width)
        return self._known[width]

    def _lay_out(self, width: int) -> tuple[list[str], bool]:
        font = reading_font(QUOTE)
        metrics = QFontMetrics(font)
        layout = QTextLayout(self._words[:_LONGEST], font)
        layout.setTextOption(QTextOption())
        layout.beginLayout()
        spans: list[tuple[int, int]] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, px(40)))
            spans.append((line.textStart(), line.textStart() + line.textLength()))
        layout.endLayout()
        lines = [self._words[start:stop] for start, stop in spans[: self._most]]
        if len(spans) > self._most or len(self._words) > _LONGEST:
            rest = self._words[spans[min(len(spans), self._most) - 1][0] :]
            lines[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
        place = QFontMetrics(ui_font(SMALL)).horizontalAdvance(self._place)
        beside = metrics.horizontalAdvance(lines[-1]) + px(6) + place <= width if lines else True
        return lines, beside

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.tokens_of(self)
        font, place_font = reading_font(QUOTE), ui_font(SMALL)
        inset = px(INSET)
        width = self.width() - 2 * inset
        lines, beside = self._laid_out(width)
        height = px(_QUOTE_LINE)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(self.rect(), 3, 3)
        painter.setPen(QColor(colours.text))
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for at, words in enumerate(lines):
            painter.drawText(QRect(inset, at * height, width, height), flags, words)
        painter.setFont(place_font)
        painter.setPen(QColor(colours.secondary))
        if beside:
            left = QFontMetrics(font).horizontalAdvance(lines[-1] if lines else "") + px(6)
            area = QRect(inset + left, (len(lines) - 1) * height + 1, width - left, height)
        else:
            area = QRect(inset, len(lines) * height, width, px(17))
        painter.drawText(area, flags, self._place)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _copies(event):
            event.accept()
            return True
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _copies(event):
            from qda.ui.open_coding import citing

            citing.copy_from(self, [self.row])
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def menu_rows(self) -> Sequence[SegmentRow]:
        """What its menu copies."""
        return [self.row]


def _copies(event: QKeyEvent) -> bool:
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_C and event.modifiers() & wanted == wanted
