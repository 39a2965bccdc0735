"""The things on the canvas of a map, painted by the painters of :mod:`qda.figures`; none knows the rules."""

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from qda.figures.code_map import describe_box
from qda.figures.code_map_layout import PlacedBox, PlacedLink
from qda.figures.code_map_paint import link_path, paint_badge, paint_box, paint_link
from qda.figures.painting import Look
from qda.figures.paradigm_paint import REST, State

Kind = Literal["item", "line"]
Reference = tuple[Kind, str]
_HANDLE: Final = 5.0  # radius of the handle from which a line is drawn


class MapThing(QGraphicsItem):
    """One thing on the canvas with its state; ``reference`` is what signals say of it."""

    def __init__(self, kind: Kind, guid: str, look: Look) -> None:
        super().__init__()
        self.kind: Kind = kind
        self.guid = guid
        self.look = look
        self.state = REST

    @property
    def reference(self) -> Reference:
        """Kind and GUID."""
        return self.kind, self.guid

    def show_state(self, state: State) -> None:
        """Paints the thing in another state."""
        if state != self.state:
            self.state = state
            self.update()


class BoxItem(MapThing):
    """A box, with handles in the middle of its edges while it is under the pointer."""

    def __init__(self, placed: PlacedBox, look: Look) -> None:
        super().__init__("item", placed.box.guid, look)
        self.placed = placed
        self.setPos(placed.rect.topLeft())
        self.setZValue(2)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setToolTip(describe_box(placed.box) if placed.box.face.kind in ("memo", "segment") else "")

    def boundingRect(self) -> QRectF:
        off = self.look.px(_HANDLE + 2)
        return QRectF(0, 0, self.placed.face.width, self.placed.face.height).adjusted(-off, -off, off, off)

    @property
    def rect(self) -> QRectF:
        """Where it lies now, in the scene; while it is dragged not where it was put."""
        return QRectF(self.pos().x(), self.pos().y(), self.placed.face.width, self.placed.face.height)

    def handles(self) -> tuple[QPointF, ...]:
        """The middles of the four edges, in the scene."""
        rect = self.rect
        middle = rect.center()
        return (
            QPointF(rect.left(), middle.y()),
            QPointF(rect.right(), middle.y()),
            QPointF(middle.x(), rect.top()),
            QPointF(middle.x(), rect.bottom()),
        )

    def handle_at(self, scene_pos: QPointF) -> bool:
        """Whether a line begins there."""
        reach = self.look.px(_HANDLE + 3) * 1.4
        return any((handle - scene_pos).manhattanLength() <= reach for handle in self.handles())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_box(painter, self.placed.box.face, self.placed.face, self.look, self.state)
        if self.state.hovered and not self.state.faded:
            painter.setPen(QPen(QColor(self.look.palette.accent), self.look.px(1.5)))
            painter.setBrush(QColor(self.look.palette.paper))
            radius = self.look.px(_HANDLE - 1)
            for handle in self.handles():
                painter.drawEllipse(handle - self.pos(), radius, radius)


class LinkItem(MapThing):
    """The curve of a line."""

    def __init__(self, line: PlacedLink, look: Look) -> None:
        super().__init__("line", line.link.guid, look)
        self.line = line
        self._path = link_path(line)
        self.setZValue(1)

    def show_line(self, line: PlacedLink) -> None:
        """The line runs elsewhere now."""
        self.prepareGeometryChange()
        self.line = line
        self._path = link_path(line)
        self.update()

    def boundingRect(self) -> QRectF:
        off = self.look.px(12)
        return self._path.boundingRect().adjusted(-off, -off, off, off)

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(self.look.px(11))  # easy to hit
        return stroker.createStroke(self._path)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        paint_link(painter, self.line, self.look, self.state, path=self._path)


class BadgeItem(MapThing):
    """The words of a line, above everything else."""

    def __init__(self, line: PlacedLink, look: Look) -> None:
        super().__init__("line", line.link.guid, look)
        self.line = line
        self.setPos(line.badge.topLeft())
        self.setZValue(3)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_line(self, line: PlacedLink) -> None:
        """The line runs elsewhere now, with the same words."""
        self.line = line
        self.setPos(line.badge.topLeft())

    def boundingRect(self) -> QRectF:
        off, rect = self.look.px(6), self.line.badge
        return QRectF(0, 0, rect.width(), rect.height()).adjusted(-off, -off, off, off)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self.line.text is not None:
            paint_badge(painter, self.line.link, self.line.text, self.look, self.state)


class Overlay(QGraphicsItem):
    """What a gesture shows: the line being drawn, or the frame that gathers things."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._line: tuple[QPointF, QPointF] | None = None
        self._frame: QRectF | None = None
        self.setZValue(9)

    def show_line(self, start: QPointF, end: QPointF) -> None:
        """The line being drawn."""
        self.prepareGeometryChange()
        self._line = start, end
        self.update()

    def show_frame(self, frame: QRectF) -> None:
        """The frame being drawn."""
        self.prepareGeometryChange()
        self._frame = frame
        self.update()

    def boundingRect(self) -> QRectF:
        whole = QRectF(self._frame) if self._frame is not None else QRectF()
        if self._line is not None:
            whole = whole.united(QRectF(*self._line).normalized())
        off = self.look.px(8)
        return whole.adjusted(-off, -off, off, off)

    def shape(self) -> QPainterPath:
        return QPainterPath()  # never in the way of the pointer

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        accent = QColor(self.look.palette.accent)
        painter.setPen(QPen(accent, self.look.px(2)))
        if self._line is not None:
            start, end = self._line
            painter.drawLine(start, end)
            painter.setBrush(accent)
            painter.drawEllipse(end, self.look.px(3), self.look.px(3))
        if self._frame is not None:
            ground = QColor(accent)
            ground.setAlphaF(0.08)
            painter.setPen(QPen(accent, self.look.px(1), Qt.PenStyle.DashLine))
            painter.setBrush(ground)
            painter.drawRect(self._frame)
