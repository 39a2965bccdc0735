"""The transcript with the keys of the workspace: ends of codings moved by words, the place of reading."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent

from qda.coding.positions import Span
from qda.ui.transcript import units
from qda.ui.transcript.frame import Frame
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.movement import Step, after, before, unit_at
from qda.ui.transcript.veil import paint_veil
from qda.ui.transcript.view import TranscriptView

_MODIFIERS: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
# key: (the end that moves, forward)
_ENDS: Final = {
    Qt.Key.Key_Right: ("stop", True),
    Qt.Key.Key_Left: ("stop", False),
    Qt.Key.Key_Down: ("start", True),
    Qt.Key.Key_Up: ("start", False),
}


class CodingView(TranscriptView):
    """One transcript to code."""

    remove_wanted = Signal(str)  # the coding that is set apart, by Del

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def frame(self) -> Frame:
        found = super().frame()
        if not found.lines and self._shown.paragraphs:  # read before the text was laid out
            self._frame = None
            found = super().frame()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frame = None  # read before the text was laid out for the new width
        for widget in (self.viewport(), self._gutter, self._margin):
            widget.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._own(event):
            if event.key() == Qt.Key.Key_Delete:
                self.remove_wanted.emit(self.active_coding)
            elif event.key() in _ENDS:
                self.move_end(*_ENDS[Qt.Key(event.key())])
            event.accept()
            if event.key() != Qt.Key.Key_F2:
                return
        super().keyPressEvent(event)

    def _own(self, event: QKeyEvent) -> bool:
        if not self.active_coding or self.selected_span() is not None:
            return bool(self.resizing) and event.key() == Qt.Key.Key_F2
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
            return modifiers == Qt.KeyboardModifier.NoModifier
        return event.key() in _ENDS and modifiers == _MODIFIERS

    def move_end(self, end: str, forward: bool) -> None:
        """Moves the start or the stop of the coding that is set apart by a word."""
        mark = self._marks.mark(self.active_coding)
        if mark is None:
            return
        start, stop = mark.row.start, mark.row.stop
        text = self._shown.text
        if end == "stop":
            word = units.word_at(text, stop) if forward else None
            if forward:
                beyond = after(self._shown, stop, Step.WORD)
                stop = word.stop if word and word.stop > stop else beyond.stop if beyond else stop
            else:
                last = before(self._shown, stop - 1, Step.WORD)
                stop = self._end_before(start, last.start if last else start, stop)
        elif forward:
            beyond = after(self._shown, start, Step.WORD)
            start = beyond.start if beyond and beyond.start < stop else start
        else:
            earlier = before(self._shown, start, Step.WORD)
            start = earlier.start if earlier else start
        span = units.trim(text, Span(start, stop)) if start < stop else None
        if span and (span.start, span.stop) != (mark.row.start, mark.row.stop):
            self.coding_resized.emit(mark.row.guid, span.start, span.stop)

    def _end_before(self, start: int, last_word: int, stop: int) -> int:
        """Where the text ends without its last word; a coding keeps its first."""
        if last_word <= start:
            return stop
        end = last_word
        while end > start and self._shown.text[end - 1].isspace():
            end -= 1
        return end

    # one line in the light

    @property
    def shown(self) -> ShownText:
        """The text as it is shown."""
        return self._shown

    def set_spot(self, span: Span | None) -> None:
        """Lights a span and lets all else recede; none: all stands as ever."""
        self._lit.spot = self._units_of(span)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._lit.spot is not None:
            painter = QPainter(self.viewport())
            where = self.viewport(), self.frame(), self.document(), self._lit
            paint_veil(painter, *where, bidirectional=self._shown.bidirectional)
            painter.end()

    @property
    def aligned(self) -> bool:
        """Whether white space has a meaning, as in a text of numbered lines."""
        return self._aligned

    def height_of(self, span: Span) -> tuple[int, int]:
        """Where a span begins and ends, in pixels of the page."""
        places = []
        for point in (span.start, max(span.start, span.stop - 1)):
            cursor = self.textCursor()
            cursor.setPosition(self._shown.to_unit(point))
            places.append(self.cursorRect(cursor))
        return places[0].top(), places[1].bottom()

    def coded_among(self, spans: Sequence[Span]) -> list[bool]:
        """Which of these spans (in the order of the text, none over another) share a sign with a coding."""
        units = np.array(self._shown.units_of(spans), dtype=np.int64).reshape(-1, 2)
        starts, stops = self._marks.spans
        first = np.searchsorted(units[:, 1], starts, side="right")
        beyond = np.searchsorted(units[:, 0], stops, side="left")
        there = first < beyond
        steps = np.zeros(len(units) + 1, dtype=np.int64)
        np.add.at(steps, first[there], 1)
        np.add.at(steps, beyond[there], -1)
        return [bool(over) for over in np.cumsum(steps)[:-1]]

    # units

    def unit(self, step: Step) -> Span | None:
        """The sentence, paragraph or turn at the cursor."""
        return unit_at(self._shown, self.current_position(), step)

    def answer(self) -> Span | None:
        """All that is said between two turns of the interviewer; in a question, the answer to it."""
        rows, starts = self._shown.paragraphs, self._shown.turn_starts
        if not rows:
            return None
        here = self._shown.paragraph_at(self.current_position())
        at = max(i for i, start in enumerate(starts) if start <= here)
        while at < len(starts) and rows[starts[at]].interviewer:
            at += 1
        if at >= len(starts):
            return None
        first = last = at
        while first > 0 and not rows[starts[first - 1]].interviewer and rows[starts[first - 1]].speaker:
            first -= 1
        while last + 1 < len(starts) and not rows[starts[last + 1]].interviewer:
            last += 1
        begin = self._shown.turn_at(rows[starts[first]].start)
        end = self._shown.turn_at(rows[starts[last]].start)
        return Span(begin.start, end.stop)

    def segment_row(self, guid: str) -> tuple[int, int] | None:
        """Where a coding lies, as it is shown."""
        mark = self._marks.mark(guid)
        return (mark.row.start, mark.row.stop) if mark else None

    def shows(self, guid: str) -> bool:
        """Whether a coding is shown."""
        return guid in self._marks

    # the place of reading

    def go_to(self, position: int) -> None:
        """Puts the cursor there and brings it into view."""
        self._set_cursor(position, position)
        self.reveal(position)

    def place(self) -> str:
        """Cursor and top of the page, to come back to."""
        if not self._shown.paragraphs:
            return ""
        unit, baseline = self._top_unit()
        return f"{self.current_position()} {unit} {baseline:.1f}"

    def go_to_place(self, written: str) -> None:
        """Comes back to a place; what cannot be read is the beginning."""
        parts = written.split()
        if len(parts) != 3 or not self._shown.paragraphs:
            return
        try:
            cursor, unit, baseline = int(parts[0]), int(parts[1]), float(parts[2])
        except ValueError:
            return
        self._set_cursor(cursor, cursor)
        self._put_at_top((min(unit, self._shown.units), baseline))

    def reading(self) -> tuple[int, int, float]:
        """Cursor and first line as places of the stored text, and how far down that line stands."""
        if not self._shown.paragraphs:
            return 0, 0, 0.0
        unit, baseline = self._top_unit()
        return self.current_position(), self._shown.to_point(unit), baseline

    def read_on(self, cursor: int, top: int, baseline: float) -> None:
        """Shows the place of :meth:`reading` again; its points may have moved with a correction."""
        if self._shown.paragraphs:
            self._set_cursor(cursor, cursor)
            self._put_at_top((min(self._shown.to_unit(top), self._shown.units), baseline))
