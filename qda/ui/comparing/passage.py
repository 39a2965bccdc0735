"""A passage to compare with: some lines of it or all, the way to its place, its citation."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QToolButton, QWidget

from qda.i18n import _
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.open_coding import citing
from qda.ui.open_coding.parts import Quote

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow

LINES: Final = 3  # of a passage that is not read in full
_ALL: Final = 100_000
_LONGEST: Final = 20_000  # characters; who wants more goes to the text
_MARGIN: Final = 24  # pixels seen above and below what is scrolled to
_PER_LINE: Final = 90  # characters that no line of a panel is longer than


def into_view(widget: QWidget) -> None:
    """Scrolls the panel around a widget so that all of it is seen, as far as there is room."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inside = area.widget() if area is not None else None
    if area is not None and inside is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # what opened has its place
        top = widget.mapTo(inside, QPoint()).y()
        bottom = top + min(widget.height(), area.viewport().height() - 2 * _MARGIN)
        area.ensureVisible(0, bottom, 0, _MARGIN)
        area.ensureVisible(0, top, 0, _MARGIN)


class ComparedQuote(Quote):
    """A click or Enter leads to its place, Space unfolds it, Up and Down are left to the list around it.

    A click does not take the focus: who codes goes on in the text.
    """

    unfolded = Signal(bool)

    def __init__(self, row: "SegmentRow", *, lines: int = LINES, parent: QWidget | None = None) -> None:
        super().__init__(row, lines=lines, parent=parent)
        self._folded = lines
        self.setObjectName("compared")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def whole(self) -> bool:
        """Whether all of it is shown."""
        return self._most == _ALL

    def unfold(self, whole: bool) -> None:
        """Shows all of it, or its first lines."""
        self._most = _ALL if whole else self._folded
        self._known.clear()
        self.setToolTip("" if whole else self._words[:_LONGEST] if self.cut() else "")
        self.updateGeometry()
        self.update()
        self.unfolded.emit(whole)

    def cut(self) -> bool:
        """Whether it has more lines than are shown when folded."""
        kept, self._most = self._most, self._folded
        lines, _beside = self._lay_out(self.width() - px(8))
        self._most = kept
        return bool(lines) and lines[-1].endswith("…") and not self._words.endswith("…")

    def _lay_out(self, width: int) -> tuple[list[str], bool]:
        font = reading_font(QUOTE)
        metrics = QFontMetrics(font)
        words = self._words[: min(_LONGEST, (self._most + 1) * _PER_LINE)]
        layout = QTextLayout(words, font)
        layout.setTextOption(QTextOption())
        units = words.encode("utf-16-le")  # Qt counts in these, and a sign may have two
        lines: list[str] = []
        layout.beginLayout()
        while len(lines) <= self._most and (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, px(40)))
            start, stop = line.textStart(), line.textStart() + line.textLength()
            lines.append(units[2 * start : 2 * stop].decode("utf-16-le", "ignore"))
        layout.endLayout()
        if len(lines) > self._most or len(words) < len(self._words):
            del lines[self._most :]
            lines[-1] = metrics.elidedText(
                f"{lines[-1].rstrip()} …{'…' * 12}", Qt.TextElideMode.ElideRight, width
            )
            lines[-1] = lines[-1].rstrip("…").rstrip() + " …"
        place = QFontMetrics(ui_font(SMALL)).horizontalAdvance(self._place)
        beside = not lines or metrics.horizontalAdvance(lines[-1]) + px(6) + place <= width
        return lines, beside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.unfold(not self.whole)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)


class ComparedPassage(QWidget):
    """A passage with its menu beside it."""

    wanted = Signal(object)  # SegmentRow: to its place

    def __init__(
        self, row: "SegmentRow", *, lines: int = LINES, leads: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.row = row
        self._leads = leads
        self.quote = ComparedQuote(row, lines=lines, parent=self)
        self.quote.clicked.connect(lambda: self.wanted.emit(row))
        self.quote.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.quote.customContextMenuRequested.connect(self._show_menu)
        self.more = QToolButton(self)
        self.more.setObjectName("compared_menu")
        self.more.setText("⋯")
        self.more.setAccessibleName(_("Read in full, go there, copy"))
        self.more.setToolTip(self.more.accessibleName())
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys the passage does all of it itself
        self.more.clicked.connect(lambda: self._show_menu(self.quote.rect().topRight()))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.quote, 1)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)

    def menu(self) -> QMenu:
        """What can be done with it."""
        menu = QMenu(self)
        menu.setObjectName("compared_acts")
        words = _("Show a few lines") if self.quote.whole else _("Read in full")
        menu.addAction(words + "\t" + _("Space"), lambda: self.quote.unfold(not self.quote.whole))
        if self._leads:
            menu.addAction(_("Go there") + "\t" + _("Enter"), lambda: self.wanted.emit(self.row))
        keys = "\t" + _("Ctrl+Shift+C")
        menu.addAction(_("Copy as citation") + keys, lambda: citing.copy_from(self.quote, [self.row]))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        self.menu().popup(self.quote.mapToGlobal(place))
