"""The things on the board. Each is painted by the painters of :mod:`qda.figures`; none knows the rules."""

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
    paint_badge,
    paint_card,
    paint_line,
    paint_slot,
    paint_strip,
    paint_target,
)

Kind = Literal["card", "phenomenon", "relation"]
_HANDLE: Final = 5.0  # radius of the handle from which a relation is drawn


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

    def __init__(self, box: SlotBox, look: Look) -> None:
        super().__init__()
        self.box = box
        self.look = look
        self.setZValue(0)
        tip = "\n".join(text for text in (box.slot.name, box.slot.definition, box.slot.question) if text)
        self.setToolTip(tip)

    def boundingRect(self) -> QRectF:
        return self.box.head.united(self.box.ground)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_slot(painter, self.box, self.look)


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
        self.setZValue(2)
        self.setToolTip(box.card.shown)

    def boundingRect(self) -> QRectF:
        off = self.look.px(_HANDLE + 2)
        return QRectF(0, 0, self.box.rect.width(), self.box.rect.height()).adjusted(-off, -off, off, off)

    def handle_at(self, scene_pos: QPointF) -> bool:
        """Whether a relation begins there: at the left or right edge of the card."""
        reach = self.look.px(_HANDLE + 3)
        return any((handle - scene_pos).manhattanLength() <= reach * 1.6 for handle in self.handles())

    def handles(self) -> tuple[QPointF, QPointF]:
        """The middles of the left and right edge, in the scene."""
        rect = self.box.rect
        return QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
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
        self.route = route
        self._path = line_path(route.cubics)
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        off = self.look.px(12)
        rect = self._path.boundingRect().adjusted(-off, -off, off, off)
        return rect.united(self.route.badge.rect) if self.route.leader else rect

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(self.look.px(11))  # easy to hit
        return stroker.createStroke(self._path)

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

    def boundingRect(self) -> QRectF:
        off, rect = self.look.px(4), self.route.badge.rect
        return QRectF(0, 0, rect.width(), rect.height()).adjusted(-off, -off, off, off)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_badge(painter, self.route, self.look, self.state)


class Overlay(QGraphicsItem):
    """What a gesture shows: where a card would go, or the line of a relation being drawn."""

    def __init__(self, look: Look, extent: QRectF) -> None:
        super().__init__()
        self.look = look
        self._extent = extent
        self._frame: QRectF | None = None
        self._mark: QRectF | None = None
        self._line: tuple[QPointF, QPointF] | None = None
        self._ghost: tuple[CardBox, QPointF] | None = None
        self.setZValue(9)

    def show_drop(self, frame: QRectF | None, mark: QRectF | None) -> None:
        """The place that takes the card, and the line between which cards it goes."""
        self._frame, self._mark = frame, mark
        self.update()

    def show_ghost(self, box: CardBox, at: QPointF) -> None:
        """The card under the pointer."""
        self._ghost = box, at
        self.update()

    def show_line(self, start: QPointF, end: QPointF) -> None:
        """The relation being drawn."""
        self._line = start, end
        self.update()

    def boundingRect(self) -> QRectF:
        return self._extent

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
            start, end = self._line
            reach = QPointF(max(24.0, abs(end.x() - start.x()) / 2), 0)
            if end.x() < start.x():
                reach = -reach
            path = QPainterPath(start)
            path.cubicTo(start + reach, end - reach, end)
            painter.setPen(QPen(accent, self.look.px(2), Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
        if self._ghost is not None:
            box, at = self._ghost
            painter.save()
            painter.translate(at)
            painter.setOpacity(0.85)
            paint_card(painter, box, self.look, State(selected=True))
            painter.restore()
