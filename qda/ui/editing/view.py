"""The transcript whose text can be edited: the same view, typed into, with codings moving along."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from qda.coding.positions import Span
from qda.i18n import _
from qda.models.splicing import RULES, Hunk, Places
from qda.ui.editing.shown import EditedMarks, EditedText, SettledMarks
from qda.ui.open_coding.coding_view import CodingView
from qda.ui.transcript import mime
from qda.ui.transcript.ground import Units
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.movement import Step
from qda.ui.transcript.pencil_line import PencilMark
from qda.ui.transcript.rows import ParagraphRow, PencilRow, StyleRow

_CARET: Final = 2
_RETURNS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ZOOM: Final = {Qt.Key.Key_Plus: 1.1, Qt.Key.Key_Equal: 1.1, Qt.Key.Key_Minus: 1 / 1.1, Qt.Key.Key_0: 0.0}


class EditingView(CodingView):
    """One transcript, to code or, in the edit mode, to type into."""

    edited = Signal()  # the text differs from before, or the number of changes
    save_wanted = Signal()
    leave_wanted = Signal()

    _typed: EditedText | None = None  # asked for by events before the view is made

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pencil_rows: Sequence[PencilRow] = ()

    # -- the mode --------------------------------------------------------------------------------------------

    @property
    def editing(self) -> EditedText | None:
        """The text as it is being edited; none while it is read and coded."""
        return self._typed

    def begin_editing(self, changes: Sequence[tuple[int, int, str]] = ()) -> None:
        """From now on keys type; ``changes`` (units of the document) were typed before and come back."""
        self._resizing = ""
        self.activate("")
        self.setReadOnly(False)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self._follow()
        self._put_in(changes)
        self.setUndoRedoEnabled(True)
        self._margin.blockSignals(True)  # codings are looked at, not worked on
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._selection_changed()

    def _follow(self) -> None:
        self._pencil_rows = [mark.row for mark in self._pencils]
        self._typed = EditedText(self._shown, self.document())
        self._shown, self._marks = self._typed, EditedMarks(self._marks)
        self.document().contentsChange.connect(self._contents_changed)

    def _put_in(self, changes: Sequence[tuple[int, int, str]]) -> None:
        """Each change is told for itself: the document tells all of them as one, which ones is lost then."""
        typed, document = self._typed, self.document()
        if typed is None or not changes:
            return
        document.contentsChange.disconnect(self._contents_changed)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for start, stop, words in reversed(changes):
            cursor.setPosition(start)
            cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words)
            typed.change(start, stop - start, words)
        cursor.endEditBlock()
        document.contentsChange.connect(self._contents_changed)
        self._moved(typed)

    def _moved(self, typed: EditedText) -> None:
        assert isinstance(self._marks, EditedMarks)
        self._marks.move(typed.places)
        self._move_pencils()
        self._redraw()
        self.edited.emit()

    def end_editing(self) -> None:
        """Back to reading; what was typed is not there any more."""
        typed = self._forget()
        if typed is None:
            return
        self._selection_changed()
        if len(typed.edits):
            self._rebuild_plain(typed)
        self._redraw()

    def _rebuild_plain(self, typed: EditedText) -> None:
        unit, baseline = self._top_unit()
        top = typed.edits.old_place(unit)[0], baseline
        here = typed.edits.old_place(self.textCursor().position())[0]
        self._build()
        cursor = self.textCursor()
        cursor.setPosition(min(here, self._shown.units))
        self.setTextCursor(cursor)
        self._put_at_top(top)

    def _forget(self) -> EditedText | None:
        """Keys code again; the document is what was typed, if anything was."""
        typed, self._typed = self._typed, None
        if typed is None:
            return None
        self.document().contentsChange.disconnect(self._contents_changed)
        self._margin.blockSignals(False)
        self.setUndoRedoEnabled(False)
        self.setReadOnly(True)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        assert isinstance(self._marks, EditedMarks)
        self._marks.move(None)
        self._shown, self._marks = typed.base, self._marks.base
        self._lit.hits, self._hit_starts, self._lit.hit = [], [], None
        self._lit.selection = None
        self._version += 1
        self.set_pencils(self._pencil_rows)
        return typed

    def take_over(
        self,
        text: str,
        paragraphs: Sequence[ParagraphRow],
        styles: Sequence[StyleRow],
        hunks: Sequence[Hunk],
    ) -> bool:
        """Ends the mode with the document as it was typed, and codings moved along with it.

        ``hunks`` made the stored text. False where the document is not what is stored now.
        """
        states = self._states_by_paragraph()
        shown = ShownText(text, paragraphs)
        raw = "\u2029".join(shown.block_text(number) for number in range(len(shown.paragraphs)))
        if raw != self.document().toRawText() or not isinstance(self._marks, EditedMarks):
            return False
        marks = SettledMarks(self._marks, shown, Places(hunks))
        self._forget()
        self._shown, self._marks = shown, marks
        self._styles = sorted(styles, key=lambda style: style.start)
        self._states = {row.start: states[row.guid] for row in shown.paragraphs if row.guid in states}
        self._pencils = []
        self._selection_changed()
        self._redraw()
        return True

    def moved_paragraphs(self, hunks: Sequence[Hunk]) -> list[ParagraphRow]:
        """The paragraphs as ``hunks`` of the stored text leave them, where no line break came or went."""
        rows, places, rules = self._shown.paragraphs, Places(hunks), RULES["paragraph"]

        def moved(name: str) -> list[int]:
            old = np.array([getattr(row, name) for row in rows], dtype=np.int64)
            found: list[int] = places.moved(old, rules[name]).tolist()
            return found

        ends = zip(rows, moved("start"), moved("stop"), moved("label_stop"), strict=True)
        return [replace(row, start=a, stop=b, label_stop=c) for row, a, b, c in ends]

    def _states_by_paragraph(self) -> dict[str, str]:
        guids = {row.start: row.guid for row in self._shown.paragraphs}
        return {guids[start]: state for start, state in self._states.items() if start in guids}

    def _redraw(self) -> None:
        self._version += 1
        for widget in (self.viewport(), self._gutter, self._margin):
            widget.update()

    def set_transcript(
        self,
        text: str,
        paragraphs: Sequence[ParagraphRow],
        *,
        styles: Sequence[StyleRow] = (),
        aligned: bool = False,
    ) -> None:
        self._forget()
        super().set_transcript(text, paragraphs, styles=styles, aligned=aligned)

    def _build(self) -> None:
        """Builds the document anew (another zoom, another theme); what was typed is put in again."""
        typed = self._typed
        if typed is None:
            super()._build()
            return
        changes = [(h.at, h.end, h.inserted) for h in typed.edits.hunks()]
        assert isinstance(self._marks, EditedMarks)
        self._marks.move(None)
        self._shown, self._marks = typed.base, self._marks.base
        super()._build()
        self._follow()
        self._put_in([(start, stop, _words(words)) for start, stop, words in changes])
        self.setUndoRedoEnabled(True)

    # -- following what is typed -----------------------------------------------------------------------------

    def _contents_changed(self, at: int, removed: int, added: int) -> None:
        typed = self._typed
        if typed is None:
            return
        document = self.document()
        last = document.characterCount() - 1  # Qt counts the end of the last paragraph too
        cursor = QTextCursor(document)
        cursor.setPosition(at)
        cursor.setPosition(min(at + added, last), QTextCursor.MoveMode.KeepAnchor)
        words = cursor.selectedText()
        typed.change(at, removed, words)
        self._moved(typed)

    def _move_pencils(self) -> None:
        if self._pencil_rows:
            spans = [Span(row.start, row.stop) for row in self._pencil_rows]
            places = zip(self._shown.units_of(spans), self._pencil_rows, strict=True)
            self._pencils = [PencilMark(*place, row) for place, row in places]

    def set_pencils(self, rows: Sequence[PencilRow]) -> None:
        self._pencil_rows = list(rows)
        super().set_pencils(rows)

    def take_all_back(self) -> None:
        """Types the stored text over all changes, as one step of the undo of typing."""
        typed = self._typed
        if typed is None:
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for hunk in typed.edits.hunks():
            cursor.setPosition(hunk.at)  # all before it is as it was
            cursor.setPosition(hunk.at + len(hunk.inserted), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(_words(hunk.removed))
        cursor.endEditBlock()

    def light_hits(self, hits: Sequence[Units], current: Units | None) -> None:
        """Underlines hits of a search (units of the document as it is now)."""
        self._lit.hits = list(hits)
        self._hit_starts = [start for start, _stop in hits]
        self._lit.hit = current
        self.viewport().update()

    def reveal_unit(self, unit: int) -> None:
        """Scrolls as little as needed to a unit of the document as it is now."""
        cursor = self.textCursor()
        cursor.setPosition(unit)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def hunks(self) -> list[Hunk]:
        """What was typed, in places of the stored text."""
        return self._typed.hunks() if self._typed else []

    # -- what the margins ask for ----------------------------------------------------------------------------

    def paragraph(self, block: int) -> ParagraphRow:
        return self._typed.row(block) if self._typed else super().paragraph(block)

    def _row_number(self, block: int) -> int | None:
        assert self._typed is not None
        return self._typed.row_number(self.document().findBlockByNumber(block))

    def blocks(self) -> int:
        return self.document().blockCount() if self._typed else super().blocks()

    def shows_speaker(self, block: int) -> bool:
        if self._typed is None:
            return super().shows_speaker(block)
        number = self._row_number(block)
        return number is not None and super().shows_speaker(number)

    def turn_sign(self, block: int) -> str:
        if self._typed is None:
            return super().turn_sign(block)
        number = self._row_number(block)
        return "" if number is None else super().turn_sign(number)

    def turn_state(self, block: int) -> str:
        return "" if self._typed else super().turn_state(block)

    def paragraphs_passed(self) -> list[int]:
        return [] if self._typed else super().paragraphs_passed()

    def _is_quiet(self, block: int) -> bool:
        if self._typed is None:
            return super()._is_quiet(block)
        row = self._typed.row(block)
        at = self._shown.paragraph_at(row.start)
        return super()._is_quiet(at)

    def place(self) -> str:
        if self._typed is None or not self._shown.paragraphs:
            return super().place()
        unit, baseline = self._top_unit()
        return f"{self.current_position()} {self._typed.edits.old_place(unit)[0]} {baseline:.1f}"

    def _describe(self) -> None:
        if self._typed is None:
            super()._describe()
            return
        number = self._typed.row(self.textCursor().blockNumber()).number
        words = _("Editing, paragraph {number}").format(number=number)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _selection_changed(self) -> None:
        if self._typed is None:
            super()._selection_changed()
            return
        if self.cursorWidth() != _CARET:
            self.setCursorWidth(_CARET)
        cursor = self.textCursor()
        units = (cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else None
        if units != self._lit.selection:
            self._lit.selection = units
            self.viewport().update()
        if self._span is not None:
            self._span = None
            self.span_selected.emit(None)

    def _select_block(self, block: int, step: Step) -> None:
        """A click on a number or a speaker takes the paragraph as it is now."""
        if self._typed is None:
            super()._select_block(block, step)
            return
        cursor = QTextCursor(self.document().findBlockByNumber(block))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    # -- keys ------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride
        if self._typed is not None and override and isinstance(event, QKeyEvent):
            if self._claims(event):
                event.accept()
                return True
            return QTextEdit.event(self, event)
        return super().event(event)

    @staticmethod
    def _claims(event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape or (event.key() in _RETURNS and modifiers != _CTRL | _SHIFT):
            return True
        return event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y) and modifiers & ~_SHIFT == _CTRL

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._typed is None:
            super().keyPressEvent(event)
        elif not self._own_key(event):
            QTextEdit.keyPressEvent(self, event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        elif key in _RETURNS and modifiers == _CTRL:
            self.save_wanted.emit()
        elif key in _RETURNS:
            self._new_paragraph()
        elif key in (Qt.Key.Key_Z, Qt.Key.Key_Y) and modifiers & ~_SHIFT == _CTRL:
            back = key == Qt.Key.Key_Z and not modifiers & _SHIFT
            (self.undo if back else self.redo)()
        elif key in _ZOOM and modifiers & ~_SHIFT == _CTRL:
            self.set_zoom(self.zoom * _ZOOM[key] if _ZOOM[key] else 1.0)
        else:
            return False
        event.accept()
        return True

    def _new_paragraph(self) -> None:
        cursor = self.textCursor()
        form = cursor.blockFormat()
        form.setTopMargin(0)  # the topic stays above the turn that opens it
        cursor.insertBlock(form)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    # -- mouse, clipboard, dragging --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._typed is None:
            super().mousePressEvent(event)
        else:
            QTextEdit.mousePressEvent(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._typed is None:
            super().mouseMoveEvent(event)
            return
        QTextEdit.mouseMoveEvent(self, event)
        if not event.buttons():
            under = self._unit_under(event.position())
            marks = self._marks.at(under) if under >= 0 else []
            self.set_hovered(marks[0].row.guid if marks else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._typed is None:
            super().mouseReleaseEvent(event)
        else:
            QTextEdit.mouseReleaseEvent(self, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._typed is None:
            super().contextMenuEvent(event)
        else:
            QTextEdit.contextMenuEvent(self, event)

    def activate(self, guid: str) -> None:
        """Sets one coding apart; while the text is edited, none."""
        super().activate(guid if self._typed is None else "")

    def createMimeDataFromSelection(self) -> QMimeData:
        if self._typed is None:
            return super().createMimeDataFromSelection()
        return QTextEdit.createMimeDataFromSelection(self)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        if self._typed is None:
            return super().canInsertFromMimeData(source)
        return mime.code_of(source) is None and source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._typed is not None:
            self.textCursor().insertText(source.text().replace("\r\n", "\n").replace("\r", "\n"))
            self.ensureCursorVisible()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._typed is None:
            super().dragEnterEvent(event)
        else:
            QTextEdit.dragEnterEvent(self, event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._typed is None:
            super().dragMoveEvent(event)
        else:
            QTextEdit.dragMoveEvent(self, event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if self._typed is None:
            super().dragLeaveEvent(event)
        else:
            QTextEdit.dragLeaveEvent(self, event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self._typed is None:
            super().dropEvent(event)
        else:
            QTextEdit.dropEvent(self, event)


def _words(units: str) -> str:
    from qda.coding.edits import in_points

    return in_points(units)
