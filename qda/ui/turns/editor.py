"""The small editor over a paragraph of the transcript: Enter takes the words, Esc leaves them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QPushButton, QTextEdit, QVBoxLayout

from qda.coding.positions import QtPositions
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.status import announce
from qda.ui.surfaces import Elided
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.ui.transcript.view import TranscriptView

_LEFT_TO_WINDOW: Final = (Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_F4)  # help, panes, the recording
_LISTED: Final = 5  # rows of what would be lost


class CorrectionField(QFrame):
    """Lies over the paragraphs whose words it holds; ``taken`` hands over the new ones.

    ``taken`` comes again after :meth:`warn`, with ``agreed``, when the person wants it all the same.
    """

    taken = Signal(str, bool)
    left = Signal()

    def __init__(self, view: "TranscriptView") -> None:
        super().__init__(view)
        self._view = view
        self._span = (0, 0)
        self.setObjectName("correction")
        self.setAccessibleName(_("Correct text"))
        self.title = QLabel(self)
        self.title.setFont(ui_font(semibold=True))
        self.hint = Elided(_("Enter takes, Shift+Enter begins a paragraph, Esc leaves"), self)
        self.hint.setFont(ui_font(SMALL))
        self.hint.setProperty("minor", True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.text = QTextEdit(self)
        self.text.setObjectName("correction_text")
        self.text.setAcceptRichText(False)
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(px(6))
        self.warning = QLabel(self)
        self.warning.setObjectName("correction_warning")
        self.warning.setWordWrap(True)
        self.lost = QListWidget(self)
        self.lost.setObjectName("correction_lost")
        self.lost.setAccessibleName(_("Codings that would lose their words"))
        self.lost.setWordWrap(True)
        for scrolled in (self.text, self.lost):
            scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.take = self._button("correction_take", _("Take over"), self._take)
        self.take.setDefault(True)
        self.leave = self._button("correction_leave", _("Leave"), self.close_field)
        self._lay_out()
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._changed)
        for widget in (self.take, self.leave, self.lost):
            widget.installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._place())
        view.installEventFilter(self)
        self.hide()

    def _button(self, name: str, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(10), px(8), px(10), px(10))
        box.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        box.addLayout(head)
        box.addWidget(self.text, 1)
        box.addWidget(self.warning)
        box.addWidget(self.lost)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        box.addLayout(foot)

    # -- opening and closing ---------------------------------------------------------------------------------

    def open_over(self, title: str, words: str, span: tuple[int, int], selected: tuple[int, int]) -> None:
        """Lies over ``span`` of the stored text, whose words are ``words``; ``selected`` is inside it."""
        self._span = span
        self.title.setText(title)
        self.text.setAccessibleName(title)
        self._forget_warning()
        self.text.document().setDefaultFont(self._view.document().defaultFont())
        self.text.blockSignals(True)
        self.text.setPlainText(words)
        self.text.blockSignals(False)
        positions = QtPositions(words)
        cursor = self.text.textCursor()
        cursor.setPosition(positions.to_qt(min(max(selected[0] - span[0], 0), len(words))))
        cursor.setPosition(
            positions.to_qt(min(max(selected[1] - span[0], 0), len(words))),
            QTextCursor.MoveMode.KeepAnchor,
        )
        self.text.setTextCursor(cursor)
        self.show()
        self.raise_()
        self._place()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def words(self) -> str:
        """What stands in it."""
        return self.text.document().toRawText().replace("\u2029", "\n")  # keeps no-break spaces

    def close_field(self) -> None:
        """Leaves the words as they were."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def warn(self, sentence: str, rows: Sequence[str]) -> None:
        """Lists what would lose its words; taking them over once more agrees."""
        self.warning.setText(sentence)
        self.lost.clear()
        self.lost.addItems(list(rows))
        height = self.lost.sizeHintForRow(0) if rows else 0
        self.lost.setFixedHeight(height * min(len(rows), _LISTED) + px(8))
        self.take.setText(_("Take over all the same"))
        self.take.setAccessibleName(f"{sentence} {self.take.text()}")
        for widget in (self.warning, self.lost):
            widget.show()
        self._place()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, sentence)

    @property
    def is_warned(self) -> bool:
        """Whether losses are listed."""
        return not self.warning.isHidden()

    def _forget_warning(self) -> None:
        self.warning.hide()
        self.lost.hide()
        self.take.setText(_("Take over"))
        self.take.setAccessibleName(_("Take over"))

    def _changed(self) -> None:
        if self.is_warned:
            self._forget_warning()
        self._place()

    def _take(self) -> None:
        self.taken.emit(self.words, self.is_warned)

    # -- place and keys --------------------------------------------------------------------------------------

    def _place(self) -> None:
        if self.isHidden():
            return
        area = self._view.viewport().geometry()
        over = self._view.paragraphs_rect(*self._span)
        width = min(area.width() + px(24), self._view.width() - area.left() - px(4))
        self.setFixedWidth(width)
        inside = width - px(20) - 2 * self.text.frameWidth()
        measured = self.text.document().clone()  # the one in view has the width of its view
        measured.setTextWidth(inside)
        words = round(measured.size().height()) + 2 * self.text.frameWidth() + px(4)
        layout = self.layout()
        assert layout is not None
        self.text.setMinimumHeight(px(32))
        other = layout.totalMinimumSize().height() - px(32)
        height = min(max(words, px(48)) + other, area.height() - px(8))
        self.resize(width, max(height, layout.totalMinimumSize().height()))
        top = area.top() + over.top() - px(8) - self.title.sizeHint().height() - px(12)
        top = max(area.top() + px(4), min(top, area.bottom() - self.height() - px(4)))
        self.move(area.left() - px(12), top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view:
            if event.type() is QEvent.Type.Resize:
                self._place()
            return False
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride and event.key() not in _LEFT_TO_WINDOW:
            event.accept()  # letters and keys are for the words, not for acts on the transcript
            return True
        if event.type() is QEvent.Type.KeyPress:
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            if self.is_warned:
                self._forget_warning()
                self._place()
                self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.close_field()
            return True
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if watched is self.text and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.text.insertPlainText("\n")
        elif watched is self.leave:
            self.close_field()
        else:
            self._take()
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self)
        painter.setPen(QPen(QColor(colours.control_frame), 1))
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
