"""The transcript as it is shown: text, highlights, margins; what one does with it is in ``view``.

A read-only ``QTextEdit`` whose highlights are painted under the text for visible lines only; it brings
copy, bidirectional text, input methods and the accessible text. Two margins share its list of visible
lines.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from qda.coding.positions import Span
from qda.ui import theme
from qda.ui.fonts import SMALL, ui_font
from qda.ui.transcript import spoken
from qda.ui.transcript.document import build
from qda.ui.transcript.filtering import CodingFilter, keeping
from qda.ui.transcript.frame import Frame, frame_of
from qda.ui.transcript.geometry import Geometry
from qda.ui.transcript.ground import Ground, Lit, Units
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.margin import Gutter, Margin, tip
from qda.ui.transcript.marks import Mark, Marks
from qda.ui.transcript.pencil_line import PencilMark, pencil_words
from qda.ui.transcript.rows import CodingRow, ParagraphKind, ParagraphRow, PencilRow, StyleRow
from qda.ui.transcript.topic_lines import paint_topics

ZOOM_LEAST, ZOOM_MOST, ZOOM_STEP = 0.6, 2.6, 1.1


class ReadingView(QTextEdit):
    """One transcript with its codings, to read. All positions in and out are code points."""

    coding_activated = Signal(str)  # a coding's guid; "" where none is any more
    coding_hovered = Signal(str)
    codings_changed = Signal()  # some came, went or differ
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self._shown = ShownText("", ())
        self._marks = Marks(self._shown)
        self._lit = Lit(quiet_blocks=self._is_quiet)
        self._filter = CodingFilter()
        self._hovered: tuple[str, ...] = ()
        self._active = ""
        self._hit_starts: list[int] = []
        self._zoom = 1.0
        self._styles: list[StyleRow] = []
        self._aligned = False
        self._dimmed = True
        self._pencils: list[PencilMark] = []
        self._states: dict[int, str] = {}  # of turns, by where they start
        self._version = 0
        self._frame: tuple[object, Frame] | None = None
        self._geometry = Geometry.current(self._zoom)
        self._built_for: object = None
        self._own_document: QTextDocument | None = None
        self._gutter = Gutter(self, self)
        self._margin = Margin(self, self)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(spoken.view_name())
        self._margin.hovered.connect(lambda guids: self.set_hovered(*guids))
        self._margin.clicked.connect(self.activate)

    # what is shown

    def set_transcript(
        self,
        text: str,
        paragraphs: Sequence[ParagraphRow],
        *,
        styles: Sequence[StyleRow] = (),
        aligned: bool = False,
    ) -> None:
        """Shows a stored text from its beginning, without codings.

        ``styles`` are runs that the file sets apart; ``aligned``: its white space has a meaning.
        """
        self._shown = ShownText(text, paragraphs)
        self._styles = sorted(styles, key=lambda style: style.start)
        self._aligned = aligned
        self._marks = Marks(self._shown)
        self._filter_marks()
        self._lit = Lit(quiet_blocks=self._is_quiet)
        self._hit_starts = []
        self._hovered, self._active = (), ""
        self._states = {}
        self._pencils = []
        self._build()

    def set_codings(self, rows: Iterable[CodingRow]) -> None:
        """Shows exactly these codings; only what differs from before is worked on."""
        self._changed(self._marks.update(rows))

    def add_coding(self, row: CodingRow) -> None:
        """Shows one coding more (or changes the one of this guid)."""
        old = self._marks.mark(row.guid)
        self._changed([mark for mark in (old, self._marks.add(row)) if mark])

    def remove_coding(self, guid: str) -> None:
        """Shows one coding less."""
        gone = self._marks.remove(guid)
        if gone:
            self._changed([gone])

    def set_filter(self, wanted: CodingFilter | None) -> None:
        """Shows only the codings that a filter keeps, and the one set apart; none: all of them."""
        if not wanted and not self._filter:
            return
        self._filter = wanted or CodingFilter()
        self._filter_marks()
        self._lit.hot = self.hot()
        self._version += 1
        self.viewport().update()
        self._margin.update()
        self._describe()

    def _filter_marks(self) -> None:
        self._marks.set_filter(keeping(self._filter, self._shown) if self._filter else None)
        self._hovered = tuple(guid for guid in self._hovered if self._marks.is_kept(guid))

    @property
    def kept_codings(self) -> tuple[int, int]:
        """How many codings are in the document as filtered, and how many without the filter."""
        return self._marks.kept, len(self._marks)

    def _changed(self, marks: Sequence[Mark]) -> None:
        if not marks:
            return
        self._version += 1
        self._hovered = tuple(guid for guid in self._hovered if guid in self._marks)
        if self._active and self._active not in self._marks:
            self._active = ""
            self.coding_activated.emit("")
        self._lit.hot, self._lit.active = self.hot(), self._marks.mark(self._active)
        if len(marks) > 16:  # as after loading, where no line is laid out yet
            self.viewport().update()
        else:
            for mark in marks:
                self._update_units(mark.start, mark.stop)
        self._margin.update()
        self._describe()
        self.codings_changed.emit()

    @property
    def text(self) -> str:
        """The stored text."""
        return self._shown.text

    def codings_at(self, position: int) -> list[CodingRow]:
        """The codings over ``position``, the shortest first."""
        return [mark.row for mark in self._marks.at(self._shown.to_unit(position))]

    def codings_between(self, start: int, stop: int) -> list[CodingRow]:
        """The codings that share a character with ``start``–``stop``, by place."""
        units = self._shown.to_unit(start), self._shown.to_unit(stop)
        return [mark.row for mark in self._marks.between(*units)]

    def current_position(self) -> int:
        """Where the cursor stands."""
        return self._shown.to_point(self.textCursor().position())

    def current_paragraph(self) -> ParagraphRow | None:
        """The paragraph that the cursor stands in."""
        if not self._shown.paragraphs:
            return None
        return self._shown.paragraphs[self._shown.paragraph_at(self.current_position())]

    def _describe(self) -> None:
        position = self.current_position()
        row = self.current_paragraph()
        state = self.turn_state(self._shown.paragraph_at(position)) if row else ""
        selection = self._lit.selection
        over = [mark.row for mark in self._marks.between(*selection)] if selection else None
        spoken_text = spoken.place(row, self.codings_at(position) if over is None else over, state)
        for pencil in self.pencils_at(position, position):
            spoken_text += f". {pencil_words(pencil)}"
        if spoken_text != self.accessibleDescription():
            self.setAccessibleDescription(spoken_text)

    def _units_of(self, span: Span | None) -> Units | None:
        return (self._shown.to_unit(span.start), self._shown.to_unit(span.stop)) if span else None

    def _unit_under(self, place: QPointF) -> int:
        """The unit under ``place`` in the viewport, -1 beside the text."""
        at = QPointF(place.x(), place.y() + self.verticalScrollBar().value())
        return self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.ExactHit)

    def reveal(self, position: int) -> None:
        """Scrolls as little as needed; what was out of view comes to the upper third."""
        unit = self._shown.to_unit(position)
        block = self.document().findBlock(unit)
        layout = self.document().documentLayout()
        top = layout.blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(unit - block.position())
        if line.isValid():
            top += line.y()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if bar.value() <= top and top + self._geometry.line <= bar.value() + height:
            return
        if bar.maximum() < top:
            layout.documentSize()  # lays out the rest, so that the bar reaches there
        bar.setValue(round(top - height / 3))

    # the codings

    @property
    def active_coding(self) -> str:
        """The guid of the coding that is set apart, or nothing."""
        return self._active

    def activate(self, guid: str) -> None:
        """Sets one coding apart ("" none) and says so."""
        if guid == self._active:
            return
        self._light(self._active, guid)
        self._active = guid
        if self._marks.set_exempt(guid):  # one that the filter holds back is shown while it is set apart
            self._version += 1
            self.viewport().update()
        self._lit.hot, self._lit.active = self.hot(), self._marks.mark(guid)
        self.coding_activated.emit(guid)

    def set_hovered(self, *guids: str) -> None:
        """Deepens the codings under the pointer, the first in its colour, and sets all their names off."""
        found = tuple(guid for guid in guids if guid)
        if found == self._hovered:
            return
        self._light(*self._hovered, *found)
        self._hovered = found
        self._lit.hot = self.hot()
        self.coding_hovered.emit(found[0] if found else "")

    def _light(self, *guids: str) -> None:
        for guid in guids:
            mark = self._marks.mark(guid)
            if mark:
                self._update_units(mark.start, mark.stop)
        self._margin.update()

    # hits of a search

    def set_hits(self, hits: Sequence[Span], current: Span | None = None) -> None:
        """Underlines ``hits`` (in the order of the text) and frames the current one."""
        self._lit.hits = [(start, stop) for start, stop in self._shown.units_of(hits) if start < stop]
        self._hit_starts = [start for start, _stop in self._lit.hits]
        self._lit.hit = self._units_of(current)
        self.viewport().update()

    def only_shown(self, spans: Sequence[Span]) -> list[Span]:
        """Without those that lie wholly in a label, which the margin shows instead."""
        units = self._shown.units_of(spans)
        return [span for span, (start, stop) in zip(spans, units, strict=True) if start < stop]

    # what the margins ask for

    def frame(self) -> Frame:
        """The page in view."""
        bar, area = self.verticalScrollBar().value(), self.viewport().size()
        key = (bar, area.width(), area.height(), self._version)
        if self._frame is None or self._frame[0] != key:
            made = frame_of(self.document(), bar, area.height(), self._geometry, self._marks)
            if not self._shown.paragraphs:
                made = Frame((), (), self._geometry)
            self._frame = (key, made)
        return self._frame[1]

    def paragraph(self, block: int) -> ParagraphRow:
        """The paragraph of block ``block``."""
        return self._shown.paragraphs[block]

    def paragraphs(self) -> Sequence[ParagraphRow]:
        """All paragraphs, from the top."""
        return self._shown.paragraphs

    def blocks(self) -> int:
        """How many paragraphs there are."""
        return len(self._shown.paragraphs)

    def shows_speaker(self, block: int) -> bool:
        """True where a turn begins."""
        at = bisect_left(self._shown.turn_starts, block)
        return at < len(self._shown.turn_starts) and self._shown.turn_starts[at] == block

    def set_pencils(self, rows: Sequence[PencilRow]) -> None:
        """Shows exactly these pencil marks."""
        units = self._shown.units_of([Span(row.start, row.stop) for row in rows])
        self._pencils = [PencilMark(*place, row) for place, row in zip(units, rows, strict=True)]
        self._margin.update()
        self._describe()

    def pencils(self) -> Sequence[PencilMark]:
        """The pencil marks, by place."""
        return self._pencils

    def pencils_at(self, start: int, stop: int) -> list[PencilRow]:
        """The pencil marks that touch ``start``–``stop``, the shortest first."""
        rows = [mark.row for mark in self._pencils]
        found = [row for row in rows if row.start <= max(start, stop - 1) and row.stop > start]
        return sorted(found, key=lambda row: row.stop - row.start)

    def set_turn_states(self, states: Mapping[int, str]) -> None:
        """How far each turn is, by where it starts: a sign in the left margin."""
        if self._states != states:
            self._states = dict(states)
            self._gutter.update()
            self._describe()

    def turn_sign(self, block: int) -> str:
        """How far the turn is that begins with this paragraph; nothing where none begins."""
        return self._states.get(self._shown.paragraphs[block].start, "")

    def turn_state(self, block: int) -> str:
        """How far the turn is that this paragraph belongs to."""
        start = self._shown.paragraphs[block].start
        opening = max((at for at in self._states if at <= start), default=-1)
        return self._states.get(opening, "")

    def paragraphs_passed(self) -> list[int]:
        """Where the paragraphs start whose last line is in view."""
        height = self.viewport().height()
        return [
            self._shown.paragraphs[line.block].start
            for line in self.frame().lines
            if line.index == line.count - 1 and 0 < line.baseline <= height
        ]

    @property
    def dimmed(self) -> bool:
        """Whether the interviewer's words stand back."""
        return self._dimmed

    def set_dimmed(self, dimmed: bool) -> None:
        """Lets the interviewer's words stand back, or be as all others."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            if self._built_for is not None:
                self._rebuild()

    def shows_coders(self) -> bool:
        """True where more than one person coded."""
        return self._marks.coders() > 1

    def hot(self) -> tuple[str, ...]:
        """The codings under the pointer and the one set apart."""
        return tuple(dict.fromkeys(guid for guid in (*self._hovered, self._active) if guid))

    def set_off(self) -> frozenset[str]:
        """The codings whose names stand off: those that are hot, and those over the selection."""
        selection = self._lit.selection
        over = self._marks.between(*selection) if selection else ()
        return frozenset((*self.hot(), *(mark.row.guid for mark in over)))

    def _is_quiet(self, block: int) -> bool:
        row = self._shown.paragraphs[block]
        return (self._dimmed and row.interviewer) or row.kind in (ParagraphKind.HEADER, ParagraphKind.NOTE)

    # building and painting

    @property
    def zoom(self) -> float:
        """The size of the text; 1.0 is as drawn."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Enlarges the text, not the margins' names."""
        zoom = min(max(round(zoom, 2), ZOOM_LEAST), ZOOM_MOST)
        if zoom != self._zoom:
            self._zoom = zoom
            self._rebuild()
            self.zoom_changed.emit(zoom)

    def _look(self) -> tuple[object, ...]:
        return theme.tokens_of(self).dark, Geometry.current(self._zoom), ui_font().family()

    def _build(self) -> None:
        self._built_for = self._look()
        self._geometry = Geometry.current(self._zoom)
        self._version += 1
        old = self._own_document
        colours = theme.tokens_of(self)
        made = self._own_document = build(
            self._shown,
            self._geometry,
            colours,
            self._zoom,
            self,
            styles=self._styles,
            aligned=self._aligned,
            dimmed=self._dimmed,
        )
        self._apply_margins()
        self.setDocument(made)
        if old is not None:  # Qt deletes only the document that it made itself
            old.deleteLater()
        self._margin.fonts_changed()
        for widget in (self._gutter, self._margin, self.viewport()):
            widget.update()

    def _rebuild(self) -> None:
        """Builds the document again at the same place, with the same selection."""
        top, cursor = self._top_unit(), self.textCursor()
        anchor, position = cursor.anchor(), cursor.position()
        self._build()
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._put_at_top(top)

    def _top_unit(self) -> tuple[int, float]:
        lines = self.frame().lines
        line = next((line for line in lines if line.baseline > 0), None)
        return (line.start, line.baseline) if line else (0, 0.0)

    def _put_at_top(self, top: tuple[int, float]) -> None:
        unit, baseline = top
        block = self.document().findBlock(unit)
        rect = self.document().documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(unit - block.position())
        if line.isValid():
            wanted = round(rect.top() + line.y() + line.ascent() - baseline)
            if self.verticalScrollBar().maximum() < wanted:
                self.document().documentLayout().documentSize()  # lays out the rest
            self.verticalScrollBar().setValue(wanted)

    def _apply_margins(self) -> None:
        metrics = QFontMetricsF(ui_font(SMALL, semibold=True))
        speakers = {row.speaker for row in self._shown.paragraphs}
        widest = max((metrics.horizontalAdvance(speaker) for speaker in speakers), default=0.0)
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        left, right = self._geometry.margins(room, min(ceil(widest), self._geometry.px(92)))
        old = self.viewportMargins()
        if (old.left(), old.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)
            self._lay_out_sides()  # a text that keeps its width is only moved, and not resized

    def _lay_out_sides(self) -> None:
        area, margins = self.viewport().geometry(), self.viewportMargins()
        self._gutter.setGeometry(area.left() - margins.left(), area.top(), margins.left(), area.height())
        self._margin.setGeometry(area.right() + 1, area.top(), margins.right(), area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        top = self._top_unit() if self._frame and event.oldSize().width() != event.size().width() else None
        self._apply_margins()
        super().resizeEvent(event)
        self._lay_out_sides()
        if top is not None and self._shown.paragraphs:
            self._put_at_top(top)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange)
        if event.type() in kinds and self._built_for is not None and self._built_for != self._look():
            self._rebuild()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        frame = self.frame()
        hits = self._lit.hits
        if hits and frame.lines:
            first = max(0, bisect_right(self._hit_starts, frame.lines[0].start) - 1)
            self._lit.hits = hits[first : bisect_left(self._hit_starts, frame.lines[-1].stop)]
        ground = Ground(painter, self.document(), frame, theme.tokens_of(self))
        ground.paint(event.rect(), self._lit, self._shown.bidirectional)
        self._lit.hits = hits
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        paint_topics(painter, self, self.document(), self._geometry, event.rect())
        painter.end()

    def paragraphs_rect(self, start: int, stop: int) -> QRect:
        """Where the paragraphs from that of ``start`` to that of ``stop`` lie in the viewport."""
        layout = self.document().documentLayout()
        rects = [
            layout.blockBoundingRect(self.document().findBlockByNumber(self._shown.paragraph_at(point)))
            for point in (start, stop)
        ]
        top, bottom = round(rects[0].top()), round(rects[1].bottom())
        return QRect(0, top - self.verticalScrollBar().value(), self.viewport().width(), bottom - top)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._gutter.update()
        self._margin.update()

    def _update_units(self, start: int, stop: int) -> None:
        frame = self.frame()
        inside = [frame.top(line) for line in frame.lines if line.start <= stop and line.stop >= start]
        if inside:
            top = int(inside[0]) - 2
            height = int(inside[-1] - inside[0] + 1.4 * self._geometry.line)
            self.viewport().update(QRect(0, top, self.viewport().width(), height))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self.set_hovered("")
        if isinstance(event, QHelpEvent):
            under = self._unit_under(QPointF(event.pos()))
            rows = [mark.row for mark in self._marks.at(under)] if under >= 0 else []
            point = self._shown.to_point(under) if under >= 0 else -1
            notes = [pencil_words(row) for row in self.pencils_at(point, point)]
            words = tip(rows, notes)
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
            return
        super().wheelEvent(event)
