"""Paints a paradigm: each thing by one function, which the board's items and the files both call."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from qda.figures.lettering import wrapped
from qda.figures.painting import Look, paint_runs
from qda.figures.paradigm_arrows import Cubic, Route, Tip
from qda.figures.paradigm_layout import CardBox, ParadigmLayout, SlotBox, StripBox

_RADIUS: Final = 4.0
_EDGE: Final = 5.0
_SMALL: Final = 0.62  # zoom below which names are all that is painted
_SMALL_LETTERS, _MOST_LARGE = 0.8, 2.5  # how large these names are on the screen, and at most on the board


@dataclass(frozen=True, slots=True)
class State:
    """How a thing stands on the board; in a file all is at rest."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False  # by keyboard: the ring
    target: bool = False  # something is dragged over it
    faded: bool = False  # it is being dragged


REST: Final = State()


def paint(painter: QPainter, layout: ParadigmLayout) -> None:
    """The whole picture, ground included."""
    look = layout.look
    painter.fillRect(QRectF(0, 0, layout.width, layout.height), QColor(look.palette.paper))
    if layout.ring is not None:
        paint_round(painter, layout.ring, look)
    for slot in layout.slots:
        paint_slot(painter, slot, look)
    if layout.strip:
        painter.save()
        painter.translate(layout.strip.rect.topLeft())
        paint_strip(painter, layout.strip, look)
        painter.restore()
    for route in layout.routes:
        paint_line(painter, route, look)
    for box in sorted(layout.cards, key=lambda box: box.card.at is not None):  # put by hand: above
        painter.save()
        painter.translate(box.rect.topLeft())
        paint_card(painter, box, look)
        painter.restore()
    for route in layout.routes:
        painter.save()
        painter.translate(route.badge.rect.topLeft())
        paint_badge(painter, route, look)
        painter.restore()


def paint_slot(painter: QPainter, box: SlotBox, look: Look, state: State = REST) -> None:
    """Head and ground of a slot, with the titles of its groups."""
    palette = look.palette
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box.ground, look.px(6), look.px(6))
    if box.hint is not None:
        painter.setPen(_pen(palette.control_frame, look.px(1), dashed=True))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.hint, look.px(_RADIUS), look.px(_RADIUS))
    paint_runs(painter, box.runs, look)
    for group in box.groups:
        paint_runs(painter, group.runs, look)
    if state.target:
        paint_target(painter, box.ground, look)


def paint_round(painter: QPainter, ring: QRectF, look: Look) -> None:
    """The line that joins the slots around the phenomenon."""
    painter.setPen(_pen(look.palette.separator, look.px(6)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)


def paint_target(painter: QPainter, rect: QRectF, look: Look) -> None:
    """The accent frame of a place where something may be dropped."""
    painter.setPen(_pen(look.palette.accent, look.px(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = look.px(1)
    painter.drawRoundedRect(rect.adjusted(inner, inner, -inner, -inner), look.px(6), look.px(6))


def paint_strip(painter: QPainter, box: StripBox, look: Look, state: State = REST) -> None:
    """The phenomenon, from (0, 0)."""
    palette, rect = look.palette, QRectF(0, 0, box.rect.width(), box.rect.height())
    if state.selected or state.target:
        painter.setPen(_pen(palette.accent, look.px(2)))
        rect.adjust(look.px(1), look.px(1), -look.px(1), -look.px(1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.hover if state.hovered else palette.panel))
    painter.drawRoundedRect(rect, look.px(6), look.px(6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.code(box.card.colour))
    painter.drawRoundedRect(box.chip, look.px(2), look.px(2))
    paint_runs(painter, box.runs, look)
    if state.focused:
        _paint_ring(painter, QRectF(0, 0, box.rect.width(), box.rect.height()), look)


def paint_card(painter: QPainter, box: CardBox, look: Look, state: State = REST) -> None:
    """A card, from (0, 0): ground, frame, the edge in its code's colour, texts."""
    palette = look.palette
    rect = QRectF(0, 0, box.rect.width(), box.rect.height())
    radius = look.px(_RADIUS)
    strong = state.selected or state.target
    if state.faded:
        painter.setOpacity(painter.opacity() * 0.45)
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.hover if state.hovered else palette.paper))
    painter.drawPath(shape)
    half = look.px(2 if strong else 1) / 2
    painter.setPen(_pen(palette.accent if strong else palette.quiet_frame, half * 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.code(box.card.colour))
    painter.drawPath(left_edge(rect, look.px(_EDGE), radius))
    paint_runs(painter, box.runs, look)
    if state.focused:
        _paint_ring(painter, rect, look)


def names_only(zoom: float) -> bool:
    """Whether what is shown so small is better painted as names in larger letters."""
    return zoom < _SMALL


def paint_card_name(painter: QPainter, box: CardBox, look: Look, state: State, zoom: float) -> None:
    """A card seen from afar, from (0, 0): its edge and its name as large as it goes."""
    bare = replace(box, runs=())
    paint_card(painter, bare, look, state)
    inner = box.rect.width() - look.px(16)
    large, metrics = _large(look, zoom)
    most = max(1, int((box.rect.height() - look.px(2)) / metrics.height()))
    lines = wrapped(box.card.shown, inner, metrics, most=most)
    painter.setFont(large)
    painter.setPen(QColor(look.palette.text))
    y = (box.rect.height() - len(lines) * metrics.height()) / 2 + metrics.ascent()
    for line in lines:
        painter.drawText(QPointF(look.px(11), y), line)
        y += metrics.height()


def paint_slot_name(painter: QPainter, box: SlotBox, look: Look, zoom: float) -> None:
    """A slot seen from afar: its ground and its name."""
    paint_slot(painter, replace(box, runs=(), groups=()), look)
    large, metrics = _large(look, zoom)
    painter.setFont(large)
    painter.setPen(QColor(look.palette.text))
    lines = wrapped(box.slot.name, box.head.width(), metrics, most=2)
    y = box.head.bottom() - len(lines) * metrics.height() + metrics.ascent()
    for line in lines:
        painter.drawText(QPointF(box.head.x(), y), line)
        y += metrics.height()


def _large(look: Look, zoom: float) -> tuple[QFont, QFontMetricsF]:
    """A face that is still read at that zoom, within bounds."""
    factor = min(max(1.0, round(4 * _SMALL_LETTERS / zoom) / 4), _MOST_LARGE)
    return _large_font(look.families, round(look.size * factor))


@cache
def _large_font(families: tuple[str, ...], size: int) -> tuple[QFont, QFontMetricsF]:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(size)
    return font, QFontMetricsF(font)


def paint_fold(painter: QPainter, rect: QRectF, look: Look, state: State = REST) -> None:
    """The note that folds or opens a slot, where it has the pointer or the keyboard."""
    if state.hovered or state.selected:
        painter.setPen(_pen(look.palette.accent if state.selected else look.palette.quiet_frame, look.px(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, look.px(_RADIUS), look.px(_RADIUS))
    if state.focused:
        _paint_ring(painter, rect, look)


def paint_line(painter: QPainter, route: Route, look: Look, state: State = REST) -> None:
    """The line of a relation with its tips and the leader to its badge; dashed where only supposed."""
    strong = state.selected or state.hovered
    colour = look.palette.accent if state.selected else look.palette.text if strong else look.palette.minor
    width = look.px(2.5 if state.selected else 2 if strong else 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(colour, width, dashed=route.status == "supposed"))
    painter.drawPath(line_path(route.cubics))
    if route.leader:
        painter.setPen(_pen(colour, look.px(1)))
        painter.drawLine(route.leader[0], route.leader[1])
    for tip in route.tips:
        _paint_tip(painter, tip, colour, width, look)


def paint_badge(painter: QPainter, route: Route, look: Look, state: State = REST) -> None:
    """The evidence of a relation, from (0, 0)."""
    palette = look.palette
    rect = QRectF(0, 0, route.badge.rect.width(), route.badge.rect.height())
    half = look.px(2 if state.selected else 1) / 2
    dashed = route.status == "supposed" and not state.selected
    frame = palette.accent if state.selected else palette.control_frame if dashed else palette.quiet_frame
    painter.setPen(_pen(frame, half * 2, dashed=dashed))
    painter.setBrush(QColor(palette.hover if state.hovered else palette.paper))
    radius = look.px(_RADIUS)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    paint_runs(painter, route.badge.runs, look)
    if state.focused:
        _paint_ring(painter, rect, look)


def line_path(cubics: tuple[Cubic, ...]) -> QPainterPath:
    """The curves as a path."""
    path = QPainterPath(QPointF(*cubics[0][0]))
    for _start, one, two, end in cubics:
        path.cubicTo(QPointF(*one), QPointF(*two), QPointF(*end))
    return path


def _paint_tip(painter: QPainter, tip: Tip, colour: str, width: float, look: Look) -> None:
    across = QPointF(-tip.towards.y(), tip.towards.x())
    if tip.shape == "bar":
        at = tip.at - tip.towards * look.px(2.5)
        painter.setPen(_pen(colour, max(width, look.px(2))))
        painter.drawLine(at - across * look.px(6), at + across * look.px(6))
        return
    back = tip.at - tip.towards * look.px(9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    half = look.px(3.8) + width / 4
    painter.drawPolygon(QPolygonF([tip.at, back + across * half, back - across * half]))


def _paint_ring(painter: QPainter, rect: QRectF, look: Look) -> None:
    """The focus: two pixels, one pixel off."""
    off = look.px(2)
    painter.setPen(_pen(look.palette.accent, look.px(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-off, -off, off, off), look.px(6), look.px(6))


def left_edge(rect: QRectF, width: float, radius: float) -> QPainterPath:
    """The left edge of a card, round where the card is."""
    path = QPainterPath(QPointF(rect.left() + width, rect.top()))
    path.lineTo(rect.left() + radius, rect.top())
    path.quadTo(rect.topLeft(), QPointF(rect.left(), rect.top() + radius))
    path.lineTo(rect.left(), rect.bottom() - radius)
    path.quadTo(rect.bottomLeft(), QPointF(rect.left() + radius, rect.bottom()))
    path.lineTo(rect.left() + width, rect.bottom())
    path.closeSubpath()
    return path


def _pen(colour: str, width: float, *, dashed: bool = False) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([4.0, 3.0])
    return pen
