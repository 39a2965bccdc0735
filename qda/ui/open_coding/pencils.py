"""Pencil marks of the transcript in view: made, noted on, rubbed out, gone through."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QPlainTextEdit

from qda.coding import pencil
from qda.i18n import _
from qda.ui.transcript.rows import PencilRow

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane


class Pencils(QObject):
    """What the menu, the keys and the palette do to pencil marks."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        pane.opened.connect(lambda _source: self.refresh())
        desk.changed.connect(self._changed)
        pane.view.pencil_clicked.connect(self._show)

    def _changed(self, change: "Changed") -> None:
        if change.tables & {"pencil", "segment", "source", "coder"}:
            self.refresh()

    def refresh(self) -> None:
        """Shows the marks as they are now."""
        if self._pane.source:
            found = pencil.pencils(self._desk.project, self._pane.source)
            self._pane.view.set_pencils(
                [PencilRow(row.guid, row.start, row.stop, row.note, row.coder) for row in found]
            )

    @property
    def here(self) -> PencilRow | None:
        """The mark in the selection or at the cursor, the shortest."""
        span, at = self._pane.span, self._pane.view.current_position()
        start, stop = (span.start, span.stop) if span else (at, at)
        return next(iter(self._pane.view.pencils_at(start, stop)), None)

    def make(self) -> None:
        """Marks the selection without a code; where it is marked already, asks for the note."""
        span = self._pane.span
        if span is None:
            self._desk.told.emit(_("Select a passage first."))
            return
        marked = [(row.start, row.stop) for row in self._pane.view.pencils_at(span.start, span.stop)]
        if (span.start, span.stop) in marked:
            self.ask_note()
            return
        if self._desk.do(pencil.pencil, source=self._pane.source, start=span.start, stop=span.stop):
            self._desk.told.emit(_("Marked in pencil. The same key again writes a note."))

    def ask_note(self) -> None:
        """Asks for the note of the mark here."""
        row = self.here
        if row is None:
            self._tell_none()
            return
        dialog = QInputDialog(self._pane)
        dialog.setObjectName("pencil_note")
        dialog.setWindowTitle(_("Pencil mark"))
        dialog.setLabelText(_("Note on the pencil mark"))
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.setTextValue(row.note)
        dialog.setOkButtonText(_("OK"))
        dialog.setCancelButtonText(_("Cancel"))
        for field in dialog.findChildren(QPlainTextEdit):
            field.setObjectName("note")
            field.setAccessibleName(_("Note on the pencil mark"))
            field.setTabChangesFocus(True)
            field.selectAll()
        guid = row.guid
        dialog.textValueSelected.connect(
            lambda words: self._desk.do(pencil.change_pencil, pencil=guid, note=words)
        )
        dialog.finished.connect(lambda _result: self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def remove(self) -> None:
        """Rubs the mark here out."""
        row = self.here
        if row is None:
            self._tell_none()
        elif self._desk.do(pencil.remove_pencil, pencil=row.guid):
            self._desk.told.emit(_("Removed the pencil mark."))

    def _tell_none(self) -> None:
        self._desk.told.emit(_("There is no pencil mark here."))

    def _show(self, guid: str) -> None:
        row = next((mark.row for mark in self._pane.view.pencils() if mark.row.guid == guid), None)
        if row is not None:
            self._pane.view.select_span(row.start, row.stop)
            self._pane.view.setFocus(Qt.FocusReason.MouseFocusReason)

    def go(self, *, forward: bool) -> None:
        """Selects the next mark of the document, or the one before."""
        view = self._pane.view
        span = self._pane.span
        here = (span.start, span.stop) if span else (view.current_position(), view.current_position())
        rows = sorted((mark.row for mark in view.pencils()), key=lambda row: (row.start, row.stop))
        if forward:
            found = next((row for row in rows if (row.start, row.stop) > here), None)
        else:
            found = next((row for row in reversed(rows) if (row.start, row.stop) < here), None)
        if found is None:
            told = _("No pencil mark below.") if forward else _("No pencil mark above.")
            self._desk.told.emit(told)
            return
        self._show(found.guid)
        if found.note:
            self._desk.told.emit(found.note.replace("\n", " "))
