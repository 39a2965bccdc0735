"""Find in a text that is being edited: the search bar sees the words as they are now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from qda.coding.positions import QtPositions, Span

if TYPE_CHECKING:
    from qda.ui.editing.view import EditingView


class EditedSearch:
    """What the search bar needs of a view; points are those of the text in view."""

    def __init__(self, view: "EditingView") -> None:
        self._view = view
        self._raw = self._text = ""
        self._positions = QtPositions("")

    @property
    def text(self) -> str:
        """The words as they are now."""
        raw = self._view.document().toRawText()
        if raw != self._raw:
            self._raw = raw
            self._text = raw.replace("\u2029", "\n").replace("\u2028", "\n")
            self._positions = QtPositions(self._text)
        return self._text

    def selected_span(self) -> Span | None:
        """The selection."""
        cursor = self._view.textCursor()
        if not cursor.hasSelection():
            return None
        _words = self.text
        ends = cursor.selectionStart(), cursor.selectionEnd()
        return Span(*(self._positions.from_qt(unit) for unit in ends))

    def select_span(self, start: int, stop: int) -> None:
        """Selects a hit."""
        cursor = self._view.textCursor()
        cursor.setPosition(self._positions.to_qt(start))
        cursor.setPosition(self._positions.to_qt(stop), QTextCursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)
        self._view.ensureCursorVisible()

    def set_hits(self, hits: Sequence[Span], current: Span | None = None) -> None:
        """Underlines the hits."""
        to_qt = self._positions.to_qt
        units = [(to_qt(hit.start), to_qt(hit.stop)) for hit in hits]
        self._view.light_hits(units, (to_qt(current.start), to_qt(current.stop)) if current else None)

    def only_shown(self, spans: Sequence[Span]) -> list[Span]:
        """All of them: labels are no part of this text."""
        return list(spans)

    def current_position(self) -> int:
        """Where the cursor stands."""
        _words = self.text
        return self._positions.from_qt(self._view.textCursor().position())

    def reveal(self, position: int) -> None:
        """Brings a place into view."""
        self._view.reveal_unit(self._positions.to_qt(position))

    def setFocus(self, reason: Qt.FocusReason) -> None:
        """The text takes the keys."""
        self._view.setFocus(reason)
