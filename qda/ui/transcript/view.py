"""The transcript to work on: selecting in words, moving by key, typing a code's name, dragging.

The view knows rows and positions, no database; it says by signals what the user wants.

This package brings numpy along: import it when the first transcript is opened, not before the first paint.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QSize, Qt, Signal
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
from PySide6.QtWidgets import QMenu, QWidget

from qda.coding.positions import Span
from qda.ui import theme
from qda.ui.transcript import keys, mime, units
from qda.ui.transcript.frame import edges, text_line
from qda.ui.transcript.margin import chip, shown_name, tip
from qda.ui.transcript.movement import Step, after, before, unit_at
from qda.ui.transcript.reading import ReadingView
from qda.ui.transcript.rows import CodingRow, ParagraphRow, StyleRow

_CARET = 2
_CLICK = 4  # pixels that the hand may move within a click


class TranscriptView(ReadingView):
    """One transcript with its codings, to code. All positions in and out are code points."""

    span_selected = Signal(object)  # Span, or None: the selection as it would be coded
    place_changed = Signal(int)  # the cursor's position
    code_requested = Signal(str)  # the user began to type a code's name, or pressed Enter
    quick_code_requested = Signal(int)  # a digit from 1 to 9 on a selection
    code_dropped = Signal(str, int, int)  # a code's guid and the span under it
    coding_resized = Signal(str, int, int)  # a coding's guid and its new span
    menu_requested = Signal(str, QPoint)  # a coding's guid or "", and the place on the screen
    pencil_clicked = Signal(str)  # the line of a pencil mark
    time_clicked = Signal(int)  # a time mark to be heard, in milliseconds

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._span: Span | None = None
        self._exact = self._exact_once = False
        self._pressed = QPoint()
        self._resizing = ""
        self._dragging_end = False
        self.type_to_code = True
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.setCursorWidth(_CARET)
        self._gutter.paragraph_clicked.connect(lambda block: self._select_block(block, Step.PARAGRAPH))
        self._gutter.time_clicked.connect(self.time_clicked)
        self._gutter.turn_clicked.connect(lambda block: self._select_block(block, Step.TURN))
        self._margin.several_clicked.connect(self._choose_coding)
        self._margin.pencil_clicked.connect(self.pencil_clicked)
        self._margin.menu_requested.connect(self.menu_requested)
        self.selectionChanged.connect(self._selection_changed)
        self.cursorPositionChanged.connect(self._cursor_moved)

    def set_transcript(
        self,
        text: str,
        paragraphs: Sequence[ParagraphRow],
        *,
        styles: Sequence[StyleRow] = (),
        aligned: bool = False,
    ) -> None:
        """Shows a stored text from its beginning, without codings."""
        self._resizing = ""
        super().set_transcript(text, paragraphs, styles=styles, aligned=aligned)
        self._selection_changed()

    def set_hears(self, on: bool) -> None:
        """Times in the margin can be clicked, or are plain."""
        self._gutter.hears = on
        self._gutter.update()

    # selecting

    @property
    def exact(self) -> bool:
        """True where a selection may begin and end inside a word."""
        return self._exact

    def set_exact(self, exact: bool) -> None:
        """Selections keep to whole words (the default) or to the very sign."""
        self._exact = exact
        self._selection_changed()

    def selected_span(self) -> Span | None:
        """What would be coded: the selection without blanks at its ends and, unless exact, in whole words."""
        return self._span

    def select_span(self, start: int, stop: int) -> None:
        """Selects exactly ``start``–``stop`` and brings it into view."""
        self._exact_once = True
        self._set_cursor(start, stop)
        self.reveal(start)

    def clear_selection(self) -> None:
        """Selects nothing; the cursor stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def _set_cursor(self, anchor: int, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self._shown.to_unit(anchor))
        cursor.setPosition(self._shown.to_unit(position), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._selection_changed()

    def _read_span(self) -> Span | None:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        raw = self._shown.span(cursor.selectionStart(), cursor.selectionEnd())
        trimmed = units.trim(self._shown.text, raw)
        if trimmed is None or self._exact or self._exact_once:
            return trimmed
        return units.snap(self._shown.text, trimmed)

    def _selection_changed(self) -> None:
        span = self._read_span()
        caret = 0 if span else _CARET  # the bars at both ends stand for it
        if self.cursorWidth() != caret:
            self.setCursorWidth(caret)
        if span == self._span and (span is None) == (self._lit.selection is None):
            return
        self._span = span
        for units_ in (self._lit.selection, self._units_of(span)):
            if units_:
                self._update_units(*units_)
        self._lit.selection = self._units_of(span)
        self._margin.update()
        self._describe()
        self.span_selected.emit(span)

    def _cursor_moved(self) -> None:
        self._describe()
        self.place_changed.emit(self.current_position())

    # moving

    def move_by(self, step: Step, *, forward: bool) -> None:
        """Puts the cursor at the beginning of the next or previous unit."""
        find = after if forward else before
        unit = find(self._shown, self.current_position(), step)
        if unit:
            self._set_cursor(unit.start, unit.start)
            self.reveal(unit.start)

    def extend_by(self, step: Step, *, forward: bool) -> None:
        """Takes one unit more (or one less) into the selection; without one, the unit at the cursor."""
        self._exact_once = False
        cursor = self.textCursor()
        here = self.current_position()
        if not cursor.hasSelection():
            unit = unit_at(self._shown, here, step)
            if unit:
                self._set_cursor(*((unit.start, unit.stop) if forward else (unit.stop, unit.start)))
                self.reveal(here)
            return
        anchor = self._shown.to_point(cursor.anchor())
        if forward:
            unit = unit_at(self._shown, here, step)
            if unit is None or not unit.start <= here < unit.stop:
                unit = after(self._shown, here, step)
            to = unit.stop if unit else here
        else:
            back = before(self._shown, here, step)
            to = back.start if back else here
        self._set_cursor(anchor, to)
        self.reveal(to)

    def go_to_coding(self, *, forward: bool) -> None:
        """Makes the next or previous coding in the order of the text the active one."""
        unit, here = self.textCursor().position(), self._marks.mark(self._active)
        inside = here is not None and here.start <= unit <= here.stop  # else the cursor has gone on
        mark = self._marks.neighbour(unit, self._active if inside else "", forward=forward)
        if mark:
            self._set_cursor(mark.row.start, mark.row.start)
            self.reveal(mark.row.start)
            self.activate(mark.row.guid)

    def _select_block(self, block: int, step: Step) -> None:
        if block < len(self._shown.paragraphs):
            unit = unit_at(self._shown, self._shown.shown_span(block).start, step)
            if unit:
                self._exact_once = True
                self._set_cursor(unit.start, unit.stop)
                self.setFocus(Qt.FocusReason.MouseFocusReason)

    # resizing the coding that is set apart

    @property
    def resizing(self) -> str:
        """The guid of the coding whose ends are being moved, or nothing."""
        return self._resizing

    def begin_resize(self, *, at_start: bool = False) -> None:
        """Selects the coding that is set apart; what selects now moves its end (or its start)."""
        mark = self._marks.mark(self._active)
        if mark:
            self._resizing = self._active
            ends = (mark.row.stop, mark.row.start) if at_start else (mark.row.start, mark.row.stop)
            self._exact_once = True
            self._set_cursor(*ends)

    def swap_ends(self) -> None:
        """The other end of the selection moves from now on."""
        cursor = self.textCursor()
        self._exact_once = True
        self._set_cursor(self._shown.to_point(cursor.position()), self._shown.to_point(cursor.anchor()))

    def finish_resize(self) -> None:
        """Says the coding's new span, if it has changed."""
        guid, span, mark = self._resizing, self._span, self._marks.mark(self._resizing)
        self._resizing = ""
        self.clear_selection()
        if mark and span and (span.start, span.stop) != (mark.row.start, mark.row.stop):
            self.coding_resized.emit(guid, span.start, span.stop)

    def cancel_resize(self) -> None:
        """Leaves the coding as it was."""
        self._resizing = ""
        self.clear_selection()

    def _end_under(self, place: QPointF) -> str:
        """ "start" or "stop" where a handle of the coding that is set apart lies under ``place``."""
        mark = self._lit.active
        if mark is None or self._lit.selection:
            return ""
        for line in self.frame().lines:
            top = self.frame().top(line)
            if not top <= place.y() < top + self._geometry.line:
                continue
            qt_line, offset = text_line(self.document(), line)
            parts = edges(qt_line, offset, mark.start, mark.stop, bidirectional=False)
            reach = self._geometry.px(5)
            if parts and line.start <= mark.start < line.stop and abs(place.x() - parts[0][0]) <= reach:
                return "start"
            if parts and line.start < mark.stop <= line.stop and abs(place.x() - parts[-1][1]) <= reach:
                return "stop"
        return ""

    def _drag_end(self, place: QPointF) -> None:
        at = QPointF(place.x(), place.y() + self.verticalScrollBar().value())
        under = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.FuzzyHit)
        self._exact_once = False
        self._set_cursor(
            self._shown.to_point(self.textCursor().anchor()), self._shown.to_point(max(0, under))
        )

    def _choose_coding(self, rows: Sequence[CodingRow], at: QPoint) -> QMenu:
        """A list of codings; the one under the pointer or the cursor is deepened, Enter sets it apart."""
        menu = QMenu(self)
        menu.setObjectName("codings_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        colours = theme.tokens_of(self)
        for row in rows:
            words = " · ".join(part for part in (shown_name(row.name, row.in_vivo), row.coder) if part)
            act = menu.addAction(
                chip(row.colour, colours.dark, self._geometry.px(8)), words.replace("&", "&&")
            )
            act.setToolTip(tip([row]))
            act.triggered.connect(lambda _checked=False, guid=row.guid: self._take_coding(guid))
            act.hovered.connect(lambda guid=row.guid: self.set_hovered(guid))
        menu.aboutToHide.connect(self.set_hovered)
        menu.popup(at)
        return menu

    def _take_coding(self, guid: str) -> None:
        mark = self._marks.mark(guid)
        if mark is not None:
            self.activate(guid)
            self.reveal(mark.row.start)
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def list_codings_here(self) -> QMenu | None:
        """Lists all codings at the cursor or over the selection; none where there is none."""
        span, here = self._span, self.current_position()
        rows = self.codings_between(span.start, span.stop) if span else self.codings_at(here)
        return self._choose_coding(rows, self.selection_rect().bottomLeft()) if rows else None

    def selection_rect(self) -> QRect:
        """Where the selection in view lies, on the screen; for what opens below or above it."""
        here = self.textCursor().position()
        start, stop = self._lit.selection or (here, here + 1)
        lines = [line for line in self.frame().lines if line.start < stop and line.stop > start]
        if not lines:
            return QRect(self.viewport().mapToGlobal(QPoint(0, 0)), QSize(0, 0))
        qt_line, offset = text_line(self.document(), lines[-1])
        parts = edges(qt_line, offset, start, stop, bidirectional=False) or [(0.0, 0.0)]
        top, bottom = self.frame().top(lines[0]), self.frame().top(lines[-1]) + self._geometry.line
        place = QPointF(parts[0][0], top).toPoint()
        size = QSize(round(parts[-1][1] - parts[0][0]), round(bottom - top))
        return QRect(self.viewport().mapToGlobal(place), size)

    def names_edge(self) -> int:
        """The right edge of the codes' names, on the screen."""
        return self._margin.mapToGlobal(QPoint(self._margin.width(), 0)).x()

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        end = self._end_under(event.position()) if event.button() is Qt.MouseButton.LeftButton else ""
        if end:
            self._dragging_end = True
            self.begin_resize(at_start=end == "start")
            return
        if event.button() is Qt.MouseButton.LeftButton:
            self._resizing = ""
        self._exact_once = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging_end:
            self._drag_end(event.position())
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            on_end = bool(self._end_under(event.position()))
            shape = Qt.CursorShape.SplitHCursor if on_end else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)
            under = self._unit_under(event.position())
            marks = self._marks.at(under) if under >= 0 else []
            self.set_hovered(*(mark.row.guid for mark in marks))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging_end:
            self._dragging_end = False
            self.finish_resize()
            return
        super().mouseReleaseEvent(event)
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        is_click = event.button() is Qt.MouseButton.LeftButton and moved < _CLICK
        if is_click and not self.textCursor().hasSelection():
            self._click(event.position())

    def _click(self, place: QPointF) -> None:
        """Activates the shortest coding there; another click goes on to the one around it."""
        under = self._unit_under(place)
        guids = [mark.row.guid for mark in self._marks.at(under)] if under >= 0 else []
        if self._active in guids:
            self.activate(guids[(guids.index(self._active) + 1) % len(guids)])
        else:
            self.activate(guids[0] if guids else "")

    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and keys.claims(self, event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.handle(self, event):
            event.accept()
            return
        self._exact_once = False
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
        under = self._unit_under(place)
        marks = self._marks.at(under) if under >= 0 else []
        if event.reason() is QContextMenuEvent.Reason.Mouse and self._span is None and self._shown.paragraphs:
            at = QPointF(place.x(), place.y() + self.verticalScrollBar().value())
            near = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.FuzzyHit)
            point = self._shown.to_point(max(0, near))  # what the menu does, it does there
            self._set_cursor(point, point)
        self.menu_requested.emit(marks[0].row.guid if marks else "", event.globalPos())

    # dragging

    def createMimeDataFromSelection(self) -> QMimeData:
        span = self._span
        return mime.span_mime(span, self._shown.text[span.start : span.stop]) if span else QMimeData()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return mime.code_of(source) is not None

    def _target(self, place: QPointF) -> Span | None:
        """Where a code dropped at ``place`` would land: the selection if it is there, else the turn."""
        if not self._shown.paragraphs:
            return None
        at = QPointF(place.x(), place.y() + self.verticalScrollBar().value())
        under = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.FuzzyHit)
        point = self._shown.to_point(max(0, under))
        if self._span and self._span.start <= point <= self._span.stop:
            return self._span
        turn = self._shown.turn_at(point)
        return turn if turn.start < turn.stop else None

    def _set_target(self, span: Span | None) -> None:
        if self._units_of(span) != self._lit.target:
            self._lit.target = self._units_of(span)
            self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        span = self._target(event.position()) if mime.code_of(event.mimeData()) is not None else None
        self._set_target(span)
        if span:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_target(None)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        code, span = mime.code_of(event.mimeData()), self._target(event.position())
        self._set_target(None)
        if code and span:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.code_dropped.emit(code, span.start, span.stop)
        else:
            event.ignore()
