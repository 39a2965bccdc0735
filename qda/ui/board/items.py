"""The things on the board. Each is painted by the painters of :mod:`qda.figures`; none knows the rules."""

from dataclasses import replace
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from qda.figures.painting import Look
from qda.figures.paradigm_arrows import Route
from qda.figures.paradigm_layout import CardBox, SlotBox, StripBox
from qda.figures.paradigm_paint import (
    REST,
    State,
    line_path,
    names_only,
    paint_badge,
    paint_card,
    paint_card_name,
    paint_fold,
    paint_line,
    paint_round,
    paint_slot,
    paint_slot_name,
    paint_strip,
    paint_target,
)

Kind = Literal["card", "phenomenon", "relation", "fold"]
Reference = tuple[Kind, str]
_HANDLE: Final = 5.0  # radius of the handle from which a relation is drawn
_PUT: Final = 2.5  # what was put somewhere by hand lies above what stands there
_RAISED: Final = 5.0  # above the others while it is dragged


def _zoom(option: QStyleOptionGraphicsItem, painter: QPainter) -> float:
    return option.levelOfDetailFromTransform(painter.worldTransform())


class BoardItem(QGraphicsItem):
    """One thing on the board with its state; ``reference`` is what signals say of it."""

    def __init__(self, kind: Kind, guid: str, look: Look) -> None:
        super().__init__()
        self.kind: Kind = kind
        self.guid = guid
        self.look = look
        self.state = REST

    @property
    def reference(self) -> tuple[Kind, str]:
        """Kind and GUID."""
        return self.kind, self.guid

    def show_state(self, state: State) -> None:
        """Paints the thing in another state."""
        if state != self.state:
            self.state = state
            self.update()


class SlotItem(QGraphicsItem):
    """A slot: head, ground, titles of groups; a place to drop a code."""

    def __init__(self, box: SlotBox, look: Look, tip: str) -> None:
        super().__init__()
        self.box = box
        self.look = look
        self.setZValue(0)
        self.setToolTip(tip)

    def boundingRect(self) -> QRectF:
        return self.box.head.united(self.box.ground)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        zoom = _zoom(option, painter)
        if names_only(zoom):
            paint_slot_name(painter, self.box, self.look, zoom)
        else:
            paint_slot(painter, self.box, self.look)


class RoundItem(QGraphicsItem):
    """The line of the ring."""

    def __init__(self, ring: QRectF, look: Look) -> None:
        super().__init__()
        self._ring = ring
        self._look = look
        self.setZValue(-1)

    def boundingRect(self) -> QRectF:
        off = self._look.px(4)
        return self._ring.adjusted(-off, -off, off, off)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_round(painter, self._ring, self._look)


class FoldItem(BoardItem):
    """The note at the foot of a slot that folds cards away or shows them."""

    def __init__(self, slot: str, rect: QRectF, words: str, look: Look) -> None:
        super().__init__("fold", slot, look)
        self.rect = rect
        self.words = words
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        off = self.look.px(4)
        return self.rect.adjusted(-off, -off, off, off)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_fold(painter, self.rect, self.look, self.state)


class StripItem(BoardItem):
    """The phenomenon."""

    def __init__(self, box: StripBox, look: Look) -> None:
        super().__init__("phenomenon", box.card.guid, look)
        self.box = box
        self.setPos(box.rect.topLeft())
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        off = self.look.px(4)
        return QRectF(0, 0, self.box.rect.width(), self.box.rect.height()).adjusted(-off, -off, off, off)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_strip(painter, self.box, self.look, self.state)


class CardItem(BoardItem):
    """A code in its slot, with handles at both sides while it is under the pointer."""

    def __init__(self, box: CardBox, look: Look) -> None:
        super().__init__("card", box.card.guid, look)
        self.box = box
        self.setPos(box.rect.topLeft())
        self.setZValue(2 if box.card.at is None else _PUT)
        self.setToolTip(box.card.shown)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # arrows move over cards

    def boundingRect(self) -> QRectF:
        off = self.look.px(_HANDLE + 2)
        return QRectF(0, 0, self.box.rect.width(), self.box.rect.height()).adjusted(-off, -off, off, off)

    def put(self, rect: QRectF, *, raised: bool) -> None:
        """Shows the card elsewhere."""
        if rect != self.box.rect:
            self.box = replace(self.box, rect=rect)
            self.setPos(rect.topLeft())
        self.setZValue(_RAISED if raised else 2 if self.box.card.at is None else _PUT)

    def handle_at(self, scene_pos: QPointF) -> bool:
        """Whether a relation begins there: at the left or right edge of the card."""
        reach = self.look.px(_HANDLE + 3)
        return any((handle - scene_pos).manhattanLength() <= reach * 1.6 for handle in self.handles())

    def handles(self) -> tuple[QPointF, QPointF]:
        """The middles of the left and right edge, in the scene."""
        rect = self.box.rect
        return QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        zoom = _zoom(option, painter)
        if names_only(zoom):
            paint_card_name(painter, self.box, self.look, self.state, zoom)
            return
        paint_card(painter, self.box, self.look, self.state)
        if self.state.hovered and not self.state.faded:
            painter.setPen(QPen(QColor(self.look.palette.accent), self.look.px(1.5)))
            painter.setBrush(QColor(self.look.palette.paper))
            for handle in self.handles():
                painter.drawEllipse(handle - self.pos(), self.look.px(_HANDLE), self.look.px(_HANDLE))


class LineItem(BoardItem):
    """The line of a relation."""

    def __init__(self, route: Route, look: Look) -> None:
        super().__init__("relation", route.arrow.guid, look)
        self.setZValue(1)
        self._take(route)

    def _take(self, route: Route) -> None:
        self.route = route
        self._path = line_path(route.cubics)
        off = self.look.px(12)
        rect = self._path.boundingRect().adjusted(-off, -off, off, off)
        self._extent = rect.united(route.badge.rect) if route.leader else rect
        self._shape: QPainterPath | None = None

    def lead(self, route: Route) -> None:
        """Shows the line on another way."""
        if route is not self.route:
            self.prepareGeometryChange()
            self._take(route)

    def boundingRect(self) -> QRectF:
        return self._extent

    def shape(self) -> QPainterPath:
        if self._shape is None:
            stroker = QPainterPathStroker()
            stroker.setWidth(self.look.px(11))  # easy to hit
            self._shape = stroker.createStroke(self._path)
        return self._shape

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_line(painter, self.route, self.look, self.state)


class BadgeItem(BoardItem):
    """The evidence of a relation, above everything else."""

    def __init__(self, route: Route, look: Look) -> None:
        super().__init__("relation", route.arrow.guid, look)
        self.route = route
        self.setPos(route.badge.rect.topLeft())
        self.setZValue(3)

    def lead(self, route: Route) -> None:
        """Shows the badge where its line is now."""
        if route is not self.route:
            self.prepareGeometryChange()
            self.route = route
            self.setPos(route.badge.rect.topLeft())

    def boundingRect(self) -> QRectF:
        off, rect = self.look.px(4), self.route.badge.rect
        return QRectF(0, 0, rect.width(), rect.height()).adjusted(-off, -off, off, off)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self.state.selected or not names_only(_zoom(option, painter)):
            paint_badge(painter, self.route, self.look, self.state)


class Overlay(QGraphicsItem):
    """What a gesture shows: where a card would go, or the line of a relation being drawn.

    It is no larger than that, so that nothing else is painted anew for it.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._frame: QRectF | None = None
        self._mark: QRectF | None = None
        self._line: tuple[QPointF, QPointF] | None = None
        self.setZValue(9)

    def show_drop(self, frame: QRectF | None, mark: QRectF | None) -> None:
        """The place that takes the card, and the line between which cards it goes."""
        if (frame, mark) != (self._frame, self._mark):
            self.prepareGeometryChange()
            self._frame, self._mark = frame, mark
            self.update()

    def show_line(self, start: QPointF, end: QPointF) -> None:
        """The relation being drawn."""
        self.prepareGeometryChange()
        self._line = start, end
        self.update()

    def _path(self) -> QPainterPath:
        path = QPainterPath()
        if self._line is not None:
            start, end = self._line
            reach = QPointF(max(24.0, abs(end.x() - start.x()) / 2), 0)
            if end.x() < start.x():
                reach = -reach
            path.moveTo(start)
            path.cubicTo(start + reach, end - reach, end)
        return path

    def boundingRect(self) -> QRectF:
        rect = self._path().boundingRect() if self._line is not None else QRectF()
        for one in (self._frame, self._mark):
            rect = rect.united(one) if one is not None else rect
        off = self.look.px(3)
        return rect if rect.isNull() else rect.adjusted(-off, -off, off, off)

    def shape(self) -> QPainterPath:
        return QPainterPath()  # never in the way of the pointer

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        accent = QColor(self.look.palette.accent)
        if self._frame is not None:
            paint_target(painter, self._frame, self.look)
        if self._mark is not None:
            painter.fillRect(self._mark, accent)
        if self._line is not None:
            painter.setPen(QPen(accent, self.look.px(2), Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._path())
