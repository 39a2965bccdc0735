"""Paints a code map: each thing by one function, which the canvas and the files both call."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from qda.figures.code_map import Face, Link
from qda.figures.code_map_layout import BadgeText, FaceBox, PlacedBox, PlacedLink
from qda.figures.painting import Look, paint_runs
from qda.figures.paradigm_paint import REST, State, left_edge

_RADIUS: Final = 4.0
_ROUND: Final = 12.0
_EDGE: Final = 5.0
_FOLD: Final = 11.0
_AIR: Final = 2.5  # between the tip of an arrow and the box


def paint(painter: QPainter, boxes: Iterable[PlacedBox], links: Iterable[PlacedLink], look: Look) -> None:
    """Everything at its place: lines below, boxes, then the words of the lines."""
    lines = list(links)
    for line in lines:
        paint_link(painter, line, look)
    for one in boxes:
        painter.save()
        painter.translate(one.rect.topLeft())
        paint_box(painter, one.box.face, one.face, look)
        painter.restore()
    for line in lines:
        if line.text is not None:
            painter.save()
            painter.translate(line.badge.topLeft())
            paint_badge(painter, line.link, line.text, look)
            painter.restore()


# -- boxes --------------------------------------------------------------------------------------------------


def paint_box(painter: QPainter, face: Face, box: FaceBox, look: Look, state: State = REST) -> None:
    """A thing, from (0, 0), in the shape of its kind."""
    rect = QRectF(0, 0, box.width, box.height)
    if state.faded:
        painter.setOpacity(painter.opacity() * 0.45)
    strong = state.selected or state.target
    if face.kind == "text":
        _paint_words(painter, rect, look, state)
    else:
        half = look.px(2 if strong else 1) / 2
        shape = _shape(face.kind, rect.adjusted(half, half, -half, -half), look)
        ground = look.palette.panel if face.kind == "case" else look.palette.paper
        painter.setPen(_pen(look.palette.accent if strong else look.palette.quiet_frame, half * 2))
        painter.setBrush(QColor(look.palette.hover if state.hovered else ground))
        painter.drawPath(shape)
        _paint_sign(painter, face, rect, look)
    paint_runs(painter, box.runs, look)
    if state.focused:
        paint_ring(painter, rect, look)


def _paint_words(painter: QPainter, rect: QRectF, look: Look, state: State) -> None:
    """Words of one's own have no frame until they are in hand."""
    strong = state.selected or state.target
    painter.setPen(_pen(look.palette.accent, look.px(1)) if strong else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QColor(look.palette.hover if state.hovered else look.palette.paper))
    painter.drawRoundedRect(rect, look.px(_RADIUS), look.px(_RADIUS))


def _shape(kind: str, rect: QRectF, look: Look) -> QPainterPath:
    path = QPainterPath()
    if kind == "memo":  # a slip with its corner folded
        fold = look.px(_FOLD)
        corner = rect.topRight()
        path.addPolygon(
            QPolygonF(
                [
                    rect.topLeft(),
                    QPointF(corner.x() - fold, corner.y()),
                    QPointF(corner.x(), corner.y() + fold),
                    rect.bottomRight(),
                    rect.bottomLeft(),
                    rect.topLeft(),
                ]
            )
        )
        return path
    radius = look.px(_ROUND if kind == "case" else _RADIUS)
    path.addRoundedRect(rect, radius, radius)
    return path


def _paint_sign(painter: QPainter, face: Face, rect: QRectF, look: Look) -> None:
    """What tells the kinds apart besides their words."""
    if face.kind == "code":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.palette.code(face.colour))
        painter.drawPath(left_edge(rect, look.px(_EDGE), look.px(_RADIUS)))
    elif face.kind == "memo":
        fold, corner = look.px(_FOLD), rect.topRight()
        painter.setPen(_pen(look.palette.quiet_frame, look.px(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = QPointF(corner.x() - fold, corner.y() + fold)
        painter.drawPolyline(
            QPolygonF([QPointF(inner.x(), corner.y()), inner, QPointF(corner.x(), inner.y())])
        )
    elif face.kind == "segment":
        left, tick = look.px(9), look.px(4)
        top, bottom = rect.top() + look.px(9), rect.bottom() - look.px(9)
        painter.setPen(_pen(look.palette.control_frame, look.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(left, top),
                    QPointF(left - tick, top),
                    QPointF(left - tick, bottom),
                    QPointF(left, bottom),
                ]
            )
        )


# -- lines --------------------------------------------------------------------------------------------------


def link_path(line: PlacedLink) -> QPainterPath:
    """The curve of a line."""
    path = QPainterPath(line.start)
    path.quadTo(line.control, line.end)
    return path


def paint_link(
    painter: QPainter,
    line: PlacedLink,
    look: Look,
    state: State = REST,
    *,
    path: QPainterPath | None = None,
) -> None:
    """A line with its tips: dashed where a relation is only supposed, dotted where it was rejected."""
    colour, width = _ink(line.link, look, state)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(colour, width, pattern=_pattern(line.link)))
    painter.drawPath(path if path is not None else link_path(line))
    if line.link.shape:
        _paint_tip(painter, (line.control, line.end), line.link.shape, colour, look)
    if line.link.both:
        _paint_tip(painter, (line.control, line.start), "head", colour, look)


def _ink(link: Link, look: Look, state: State) -> tuple[str, float]:
    palette = look.palette
    if state.selected:
        return palette.accent, look.px(2.5)
    if state.hovered:
        return palette.text, look.px(2)
    if link.is_relation:
        return (palette.control_frame if link.status == "rejected" else palette.minor), look.px(1.5)
    return palette.control_frame, look.px(1.2)


def _pattern(link: Link) -> tuple[float, ...]:
    return {"supposed": (4.0, 3.0), "rejected": (1.0, 3.0)}.get(link.status, ())


def _paint_tip(painter: QPainter, ends: tuple[QPointF, QPointF], shape: str, colour: str, look: Look) -> None:
    origin, at = ends
    towards = at - origin
    long = (towards.x() ** 2 + towards.y() ** 2) ** 0.5
    if long < 1e-6:
        return
    towards /= long
    across = QPointF(-towards.y(), towards.x())
    if shape == "bar":
        foot = at - towards * look.px(3.5)
        painter.setPen(_pen(colour, look.px(2)))
        painter.drawLine(foot - across * look.px(6), foot + across * look.px(6))
        return
    tip = at - towards * look.px(_AIR - 2)
    back = tip - towards * look.px(9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([tip, back + across * look.px(4.2), back - across * look.px(4.2)]))


def paint_badge(painter: QPainter, link: Link, text: BadgeText, look: Look, state: State = REST) -> None:
    """The words on a line, from (0, 0): a relation's in a frame, a label's on bare ground."""
    palette = look.palette
    rect = QRectF(0, 0, text.size.width(), text.size.height())
    half = look.px(2 if state.selected else 1) / 2
    ground = QColor(palette.hover if state.hovered else palette.paper)
    if link.is_relation or state.selected:
        pattern = () if state.selected else _pattern(link)
        frame = palette.accent if state.selected else palette.quiet_frame
        painter.setPen(_pen(palette.control_frame if pattern else frame, half * 2, pattern=pattern))
        painter.setBrush(ground)
        inner = rect.adjusted(half, half, -half, -half)
        painter.drawRoundedRect(inner, look.px(_RADIUS), look.px(_RADIUS))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, look.px(_RADIUS), look.px(_RADIUS))
    paint_runs(painter, text.runs, look)
    if state.focused:
        paint_ring(painter, rect, look)


def paint_ring(painter: QPainter, rect: QRectF, look: Look) -> None:
    """The focus: two pixels, one pixel off."""
    off = look.px(3)
    painter.setPen(_pen(look.palette.accent, look.px(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-off, -off, off, off), look.px(6), look.px(6))


@lru_cache(maxsize=256)
def _pen(colour: str, width: float, *, pattern: tuple[float, ...] = ()) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern:
        pen.setDashPattern(list(pattern))
    return pen
