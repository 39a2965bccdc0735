"""The two margins beside the text: who speaks and when at the left, brackets and codes at the right.

They read the view's frame of visible lines and hold nothing of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QIcon,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from qda.i18n import _, ngettext
from qda.ui import theme
from qda.ui.fonts import AXIS, SMALL, figures, ui_font
from qda.ui.theme import Tokens
from qda.ui.transcript.frame import Frame, VisibleLine
from qda.ui.transcript.lanes import SHOWN
from qda.ui.transcript.marks import Mark
from qda.ui.transcript.pencil_line import PencilMark, paint_pencils, pencil_at, pencil_words
from qda.ui.transcript.rows import CodingRow, ParagraphRow
from qda.ui.transcript.spoken import state_words

SIGN_MIDDLE, NUMBER_RIGHT, SPEAKER_LEFT, SPEAKER_GAP = 7, 58, 68, 4
LANE_LEFT, LANE_STEP, TICK = 6, 9, 5
CHIP_LEFT, CHIP, NAME_LEFT, NAME_RIGHT, LABEL_STEP = 38, 6, 50, 8, 17
_MOST_IN_TIP, _COMMENT = 12, 240  # codings, and characters of a comment, told by the pointer
_MOST_DRIFT = 3  # labels that may be pushed below their place before they are only counted


class Page(Protocol):
    """What the margins need of the view."""

    def frame(self) -> Frame: ...
    def paragraph(self, block: int) -> ParagraphRow: ...
    def shows_speaker(self, block: int) -> bool: ...
    def pencils(self) -> Sequence[PencilMark]: ...
    def turn_sign(self, block: int) -> str: ...
    def turn_state(self, block: int) -> str: ...
    def hot(self) -> tuple[str, ...]: ...
    def set_off(self) -> frozenset[str]: ...
    def shows_coders(self) -> bool: ...
    def viewport(self) -> QWidget: ...


def time_text(milliseconds: int) -> str:
    """``hh:mm:ss``."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def shown_name(name: str, in_vivo: bool) -> str:
    """A code's name as people see it: in-vivo codes are quoted."""
    if not in_vivo or name[:1] in "„“\"'»«‚‘":
        return name
    return _("“{name}”").format(name=name)


def chip(colour: int, dark: bool, side: int) -> QIcon:
    """A code's colour as a small square, for lists."""
    square = QPixmap(side, side)
    square.fill(theme.code_colour(colour, dark))
    return QIcon(square)


class _Side(QWidget):
    """Hands the wheel on to the text."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._page.viewport(), event)


class Gutter(_Side):
    """Paragraph number, time and speaker; a click on number or speaker takes the paragraph or turn.

    Where ``hears`` is set a click on a time asks to hear it.
    """

    paragraph_clicked = Signal(int)
    turn_clicked = Signal(int)
    time_clicked = Signal(int)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.hears = False
        self.setMouseTracking(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = self._page.frame()
        colours = theme.tokens_of(self)
        geometry = frame.geometry
        right = geometry.px(NUMBER_RIGHT)
        number_font, time_font = figures(ui_font(SMALL)), figures(ui_font(AXIS))
        speaker_font = ui_font(SMALL, semibold=True)
        time_below = self._time_below()
        speaker_width = self.width() - geometry.px(SPEAKER_LEFT + SPEAKER_GAP)
        for line in frame.lines:
            if line.index:
                continue
            row = self._page.paragraph(line.block)
            painter.setPen(QColor(colours.minor))
            self._right(painter, number_font, right, line.baseline, row.number)
            if row.time_ms is not None and line.count > 1:
                if self.hears:
                    painter.setPen(QColor(colours.accent))
                self._right(painter, time_font, right, line.baseline + time_below, time_text(row.time_ms))
            if sign := self._page.turn_sign(line.block):
                middle = line.baseline - geometry.px(4)
                self._sign(painter, sign, QPointF(geometry.px(SIGN_MIDDLE), middle), colours)
            if self._page.shows_speaker(line.block):
                painter.setPen(QColor(colours.secondary))
                painter.setFont(speaker_font)
                speaker = QFontMetricsF(speaker_font).elidedText(
                    row.speaker, Qt.TextElideMode.ElideRight, speaker_width
                )
                painter.drawText(QPointF(geometry.px(SPEAKER_LEFT), line.baseline), speaker)

    def _sign(self, painter: QPainter, state: str, middle: QPointF, colours: Tokens) -> None:
        """How far a turn is: a dot not read, a ring read, an upright coded, a dash left uncoded."""
        px = self._page.frame().geometry.px
        colour = QColor(colours.minor)
        if state == "coded":
            painter.fillRect(QRectF(middle.x() - 1, middle.y() - px(4), 2, px(8)), colour)
            return
        if state == "uncoded":
            painter.fillRect(QRectF(middle.x() - px(4), round(middle.y()) - 1, px(8), 2), colour)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(colour if state == "unread" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, px(5) / 2, px(5) / 2)
        painter.restore()

    @staticmethod
    def _right(painter: QPainter, font: QFont, right: float, baseline: float, text: str) -> None:
        painter.setFont(font)
        painter.drawText(QPointF(right - QFontMetricsF(font).horizontalAdvance(text), baseline), text)

    def _time_below(self) -> float:
        """How far below the number of a paragraph its time stands."""
        below = float(self._page.frame().geometry.px(17))
        return max(below, QFontMetricsF(figures(ui_font(AXIS))).height())

    def _time_at(self, place: QPointF) -> int | None:
        """The time under ``place`` that can be heard."""
        line = self._line_at(place.y())
        if not self.hears or line is None or place.x() > self._page.frame().geometry.px(NUMBER_RIGHT + 4):
            return None
        row = self._page.paragraph(line.block)
        first = next((one for one in self._page.frame().lines if one.block == line.block), line)
        if row.time_ms is None or first.index or line.count < 2:
            return None
        baseline = first.baseline + self._time_below()
        height = QFontMetricsF(figures(ui_font(AXIS))).height()
        return row.time_ms if baseline - height <= place.y() <= baseline + 4 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        heard = self._time_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if heard else Qt.CursorShape.ArrowCursor)

    def _line_at(self, y: float) -> VisibleLine | None:
        frame = self._page.frame()
        return next((line for line in reversed(frame.lines) if frame.top(line) <= y), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._line_at(event.position().y())
        if line is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if (time := self._time_at(event.position())) is not None:
            self.time_clicked.emit(time)
            return
        in_speaker = event.position().x() > self._page.frame().geometry.px((NUMBER_RIGHT + SPEAKER_LEFT) / 2)
        (self.turn_clicked if in_speaker else self.paragraph_clicked).emit(line.block)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (line := self._line_at(event.pos().y())):
            row = self._page.paragraph(line.block)
            time = time_text(row.time_ms) if row.time_ms is not None else ""
            topic = _("Topic: {name}").format(name=row.topic) if row.topic else ""
            state = state_words(self._page.turn_state(line.block))
            words = " · ".join(part for part in (row.speaker, time, topic, state) if part)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)


@dataclass(frozen=True, slots=True)
class Bracket:
    """One bracket in view; ``above`` and ``below`` say that the coding goes on beyond the page."""

    mark: Mark
    right: float
    top: float
    bottom: float
    above: bool
    below: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The name of one coding, or the count of several that found no room."""

    marks: tuple[Mark, ...]
    middle: float
    counted: bool


def brackets(frame: Frame) -> list[Bracket]:
    """The brackets of a page, in the lanes that are drawn."""
    geometry = frame.geometry
    found: list[Bracket] = []
    for mark in frame.marks:
        rows = frame.rows_of(mark)
        if rows is None or mark.lane >= SHOWN:
            continue
        right = geometry.px(LANE_LEFT + mark.lane * LANE_STEP + TICK)
        top = rows[0].baseline - geometry.tint_above
        bottom = rows[1].baseline - geometry.tint_above + geometry.tint_height
        above, below = mark.start < frame.lines[0].start, mark.stop > frame.lines[-1].stop
        top, bottom = (top - geometry.line if above else top), (bottom + geometry.line if below else bottom)
        found.append(Bracket(mark, right, top, bottom, above, below))
    return found


def labels(frame: Frame) -> list[Label]:
    """The names of a page from top to bottom, none over another; what has no room is counted."""
    step = frame.geometry.px(LABEL_STEP)
    half = frame.geometry.line / 2
    placed: list[Label] = []
    rest: list[tuple[float, Mark]] = []
    free = -float(step)

    def place(marks: Sequence[Mark], wanted: float, *, counted: bool) -> None:
        nonlocal free
        middle = max(wanted, free)
        placed.append(Label(tuple(marks), middle, counted))
        free = middle + step

    for mark in frame.marks:
        rows = frame.rows_of(mark)
        if rows is None:
            continue
        wanted = max(frame.top(rows[0]), 0) + half
        if mark.lane >= SHOWN or free - wanted > _MOST_DRIFT * step:
            rest.append((wanted, mark))
            continue
        if rest and rest[0][0] < wanted:
            place([one for _at, one in rest], rest[0][0], counted=True)
            rest.clear()
        place([mark], wanted, counted=False)
    if rest:
        place([one for _at, one in rest], rest[0][0], counted=True)
    return placed


class Margin(_Side):
    """Brackets in lanes and the names of the codes. Hover and click mean the coding."""

    hovered = Signal(object)  # the guids of codings, or none
    clicked = Signal(str)
    several_clicked = Signal(object, QPoint)  # the rows behind "+n", and where
    menu_requested = Signal(str, QPoint)
    pencil_clicked = Signal(str)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setMouseTracking(True)
        self._elided: dict[tuple[str, bool, bool, int], str] = {}
        self._laid: tuple[Frame, list[Bracket], list[Label]] | None = None

    def _layout(self) -> tuple[Frame, list[Bracket], list[Label]]:
        """Brackets and labels of the page, laid out once a page."""
        frame = self._page.frame()
        if self._laid is None or self._laid[0] is not frame:
            self._laid = (frame, brackets(frame), labels(frame))
        return self._laid

    def fonts_changed(self) -> None:
        """Forgets what was measured with the old fonts."""
        self._elided.clear()
        self._laid = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame, shown, named = self._layout()
        hot, off = set(self._page.hot()), self._page.set_off()
        colours = theme.tokens_of(self)
        paint_pencils(painter, frame, self._page.pencils(), colours.secondary)
        for bracket in shown:
            self._bracket(painter, frame, bracket, colours, bracket.mark.row.guid in hot)
        for label in named:
            standing_off = any(mark.row.guid in off for mark in label.marks)
            if label.counted:
                self._count(painter, frame, label, colours, standing_off)
            else:
                self._label(painter, frame, label, colours, standing_off)

    @staticmethod
    def _bracket(painter: QPainter, frame: Frame, bracket: Bracket, colours: Tokens, hot: bool) -> None:
        colour = theme.code_colour(bracket.mark.row.colour, colours.dark)
        wide = 4 if hot else 2
        top, height = round(bracket.top), round(bracket.bottom) - round(bracket.top)
        painter.fillRect(QRectF(bracket.right - 2, top, wide, height), colour)
        tick = frame.geometry.px(TICK)
        if not bracket.above:
            painter.fillRect(QRectF(bracket.right - tick, top, tick, 2), colour)
        if not bracket.below:
            painter.fillRect(QRectF(bracket.right - tick, top + height - 2, tick, 2), colour)

    def _count(self, painter: QPainter, frame: Frame, label: Label, colours: Tokens, hot: bool) -> None:
        font = ui_font(AXIS, semibold=hot)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if hot else colours.minor))
        self._text(painter, font, frame.geometry.px(CHIP_LEFT), label.middle, f"+{len(label.marks)}")

    def _label(self, painter: QPainter, frame: Frame, label: Label, colours: Tokens, hot: bool) -> None:
        geometry, row = frame.geometry, label.marks[0].row
        chip = geometry.px(CHIP)
        place = QRectF(geometry.px(CHIP_LEFT), round(label.middle - chip / 2), chip, chip)
        painter.fillRect(place, theme.code_colour(row.colour, colours.dark))
        room = self.width() - geometry.px(NAME_LEFT + NAME_RIGHT)
        if self._page.shows_coders() and row.coder:
            room = self._coder(painter, frame, label.middle, row.coder, room)
        font = ui_font(SMALL, italic=row.in_vivo, semibold=hot)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        self._text(painter, font, geometry.px(NAME_LEFT), label.middle, self._fitting(row, font, room, hot))

    def _coder(self, painter: QPainter, frame: Frame, middle: float, coder: str, room: int) -> int:
        """Who coded, at the right end; returns the room that the name keeps."""
        font = ui_font(AXIS)
        width = QFontMetricsF(font).horizontalAdvance(coder)
        if width > room / 3:
            return room
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens_of(self).minor))
        self._text(painter, font, self.width() - frame.geometry.px(NAME_RIGHT) - width, middle, coder)
        return round(room - width - frame.geometry.px(6))

    def _fitting(self, row: CodingRow, font: QFont, room: int, hot: bool) -> str:
        key = (shown_name(row.name, row.in_vivo), row.in_vivo, hot, room)
        if key not in self._elided:
            metrics = QFontMetricsF(font)
            self._elided[key] = metrics.elidedText(key[0], Qt.TextElideMode.ElideRight, room)
        return self._elided[key]

    @staticmethod
    def _text(painter: QPainter, font: QFont, left: float, middle: float, text: str) -> None:
        metrics = QFontMetricsF(font)
        painter.drawText(QPointF(left, round(middle + (metrics.ascent() - metrics.descent()) / 2)), text)

    def label_at(self, place: QPointF) -> Label | None:
        """The name or count under ``place``."""
        frame, _shown, named = self._layout()
        if place.x() < frame.geometry.px(CHIP_LEFT - 4):
            return None
        half = frame.geometry.px(LABEL_STEP) / 2
        return next((label for label in named if abs(label.middle - place.y()) <= half), None)

    def mark_at(self, place: QPointF) -> Mark | None:
        """The coding whose bracket or name lies under ``place``."""
        if label := self.label_at(place):
            return None if label.counted else label.marks[0]
        frame, shown, _named = self._layout()
        reach = frame.geometry.px(LANE_STEP) / 2
        beside = [bracket for bracket in shown if bracket.top - 2 <= place.y() <= bracket.bottom + 2]
        near = min(beside, key=lambda bracket: abs(bracket.right - 2 - place.x()), default=None)
        return near.mark if near and abs(near.right - 2 - place.x()) <= reach else None

    def pencil_at(self, place: QPointF) -> PencilMark | None:
        """The pencil mark whose line lies under ``place``."""
        return pencil_at(self._page.frame(), self._page.pencils(), place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        label = self.label_at(event.position())
        some = mark or label or self.pencil_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if some else Qt.CursorShape.ArrowCursor)
        under = label.marks if label else (mark,) if mark else ()
        self.hovered.emit([one.row.guid for one in under])

    def leaveEvent(self, _event: QEvent) -> None:
        self.hovered.emit([])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if pencil := self.pencil_at(event.position()):
            self.pencil_clicked.emit(pencil.row.guid)
            return
        label = self.label_at(event.position())
        if label and label.counted:
            rows = [mark.row for mark in label.marks]
            self.several_clicked.emit(rows, event.globalPosition().toPoint())
        elif mark := self.mark_at(event.position()):
            self.clicked.emit(mark.row.guid)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if pencil := self.pencil_at(QPointF(event.pos())):
            self.pencil_clicked.emit(pencil.row.guid)
            self.menu_requested.emit("", event.globalPos())
            return
        mark = self.mark_at(QPointF(event.pos()))
        self.menu_requested.emit(mark.row.guid if mark else "", event.globalPos())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = QPointF(event.pos())
            if pencil := self.pencil_at(place):
                QToolTip.showText(event.globalPos(), pencil_words(pencil.row), self)
                return True
            label, mark = self.label_at(place), self.mark_at(place)
            marks = label.marks if label else (mark,) if mark else ()
            QToolTip.showText(event.globalPos(), tip([one.row for one in marks]), self)
            return True
        return super().event(event)


def tip(rows: Sequence[CodingRow], notes: Sequence[str] = ()) -> str:
    """All codings of a place: full name, coder and comment of each; then what else is to be said of it."""
    shown = rows[:_MOST_IN_TIP]
    parts = [_tip_of(row) for row in shown]
    if more := len(rows) - len(shown):
        parts.append(escape(ngettext("and {n} more", "and {n} more", more).format(n=more)))
    parts += [escape(note).replace("\n", "<br>") for note in notes if note]
    return "<qt>" + "<br>".join(parts) + "</qt>" if parts else ""


def _tip_of(row: CodingRow) -> str:
    name = f"<b>{escape(shown_name(row.name, row.in_vivo))}</b>"
    told = f"{name} · {escape(row.coder)}" if row.coder else name
    comment = " ".join(row.comment.split())
    if len(comment) > _COMMENT:
        comment = comment[:_COMMENT].rsplit(" ", 1)[0] + " …"
    return f"{told}<br>{escape(comment)}" if comment else told
