"""The field in which a cell's summary is written: kept as one act when it is left.

References to passages are anchors in it; they are written as ``[words](segment:GUID)``.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QWidget

from qda.coding.story_text import Part, Plain, compose, reference
from qda.i18n import _
from qda.ui.cases_beside.content import written
from qda.ui.fonts import px, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.theme import tokens_of

_ANCHOR = "segment:"


class SummaryEdit(AutoText):
    """``settled`` hands over the whole text (as it is stored) when the field is left, never before."""

    left = Signal()  # Esc or Ctrl+Enter: back to the grid
    moved_on = Signal(int)  # Tab or Shift+Tab: the next or previous cell of the row
    passage_wanted = Signal()  # a reference to a passage is to be inserted
    reference_wanted = Signal(str)  # to the passage (GUID) of a reference

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary")
        self.setPlaceholderText(_("What holds here, in your words"))
        self.setFont(ui_font())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: 0; padding: 0; background: transparent; }")
        self.setToolTip(_("Ctrl+R inserts a reference to a passage of the cell"))
        self._stored = ""

    def _typed(self) -> None:
        """Nothing is kept while it is being typed: a summary is one act."""

    # -- what stands in it ----------------------------------------------------------------------------------

    def show_body(self, body: str) -> None:
        """Shows a summary as it is stored."""
        self._stored = body
        self.blockSignals(True)
        self.clear()
        cursor = self.textCursor()
        for piece in written(body):
            cursor.insertText(piece.words, self._form(piece.segment))
        self.document().clearUndoRedoStacks()
        self.blockSignals(False)
        self._kept = self.toPlainText()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setCurrentCharFormat(self._form(""))

    def body(self) -> str:
        """The text as it is stored."""
        parts: list[Part] = []
        block = self.document().begin()
        while block.isValid():
            if parts or block.blockNumber():
                parts.append(Plain("\n"))
            at = block.begin()
            while not at.atEnd():
                piece = at.fragment()
                words = piece.text().replace("\u2028", "\n")
                target = piece.charFormat().anchorHref().removeprefix(_ANCHOR)
                whole = piece.charFormat().isAnchor() and target and "\n" not in words
                parts.append(reference(words, "segment", target) if whole else Plain(words))
                at += 1
            block = block.next()
        return compose(parts)

    def _form(self, segment: str) -> QTextCharFormat:
        form = QTextCharFormat()
        if segment:
            form.setAnchor(True)
            form.setAnchorHref(f"{_ANCHOR}{segment}")
            form.setForeground(QColor(tokens_of(self).accent))
            form.setFontUnderline(True)
        return form

    def insert_reference(self, words: str, segment: str) -> None:
        """Puts a reference to a passage at the cursor."""
        cursor = self.textCursor()
        cursor.insertText(words, self._form(segment))
        cursor.insertText(" ", self._form(""))
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(self._form(""))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Hands over what was written, if it differs from what is stored."""
        body = self.body()
        if body.strip() == self._stored.strip():
            return
        before = int(getattr(getattr(self.window(), "desk", None), "unsaved", 0))
        kept, self._stored = self._stored, body
        self.settled.emit(body)
        if int(getattr(getattr(self.window(), "desk", None), "unsaved", 0)) > before:
            self._stored = kept  # the file did not take it: it is tried again

    @property
    def is_saved(self) -> bool:
        """False while it holds what the file did not take."""
        return self.body().strip() == self._stored.strip()

    # -- keys -----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            own = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_Delete)
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if (plain and (event.text() or own)) or (control and event.key() == Qt.Key.Key_R):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape or (enter and control):
            self.left.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.moved_on.emit(-1 if shift or key == Qt.Key.Key_Backtab else 1)
        elif control and key == Qt.Key.Key_R:
            self.passage_wanted.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self._anchor():
                self.reference_wanted.emit(self._anchor())
        else:
            self._leave_anchor()
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False  # Tab goes to the next cell

    def _anchor(self) -> str:
        """The passage of the reference in which the cursor stands."""
        return self.textCursor().charFormat().anchorHref().removeprefix(_ANCHOR)

    def _leave_anchor(self) -> None:
        """What is typed behind a reference does not belong to it."""
        cursor = self.textCursor()
        if cursor.hasSelection() or not cursor.charFormat().isAnchor():
            return
        ahead = QTextCursor(cursor)
        inside = ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
        if not (inside and ahead.charFormat().anchorHref() == cursor.charFormat().anchorHref()):
            self.setCurrentCharFormat(self._form(""))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        anchor = self.anchorAt(event.position().toPoint())
        if anchor.startswith(_ANCHOR) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.reference_wanted.emit(anchor.removeprefix(_ANCHOR))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)  # keeps it

    def words_height(self) -> int:
        """How high its words are, in pixels."""
        return max(round(self.document().size().height()), self.fontMetrics().lineSpacing(), px(18))
