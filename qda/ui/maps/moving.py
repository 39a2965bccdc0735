"""What is being moved on the canvas, over a still picture of all the rest.

However large the map is, a step of a drag paints two pictures, and the lines between them.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from qda.figures.code_map_layout import PlacedLink
from qda.figures.code_map_paint import paint_badge, paint_box, paint_link

if TYPE_CHECKING:
    from qda.figures.painting import Look
    from qda.ui.maps.items import BoxItem, LinkItem
    from qda.ui.maps.view import MapView

_HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing


class Moving(QWidget):
    """Lies over the view while something is moved; the pointer does not feel it."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view.viewport())
        self._view = view
        self._still = QPixmap()
        self._group = QPixmap()
        self._corner = QPointF()  # of the group, in pixels of the view
        self._between: list[LinkItem] = []
        self._off = QPointF()
        self._began = QPointF()  # how far the group was off when its picture was made
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def show_off(self, off: QPointF | None) -> None:
        """What moves is so far off its place; None: nothing moves any more."""
        if off is None:
            self.hide()
            self._still = self._group = QPixmap()
            self._between = []
            return
        self._off = off
        moved = (off - self._began) * self._view.factor
        room = self._view.viewport().size() / 2
        if self.isHidden() or abs(moved.x()) > room.width() or abs(moved.y()) > room.height():
            self.paint_anew()
            self.show()
        self.update()

    def paint_anew(self) -> None:
        """The view shows another part of the map, or something else moves: the pictures are made again."""
        scene = self._view.map_scene
        if not scene.moving or scene.look is None:
            return
        self.setGeometry(self._view.viewport().rect())
        self._began = self._off
        moving = set(scene.moving)
        still: list[LinkItem] = []
        inside: list[LinkItem] = []
        self._between = []
        for line in scene.lines():
            ends = (line.line.link.start in moving) + (line.line.link.end in moving)
            (still, self._between, inside)[ends].append(line)
        boxes = list(scene.boxes())
        ground = QColor(scene.look.palette.paper)
        self._still = self._picture(self.size(), ground)
        self._paint_on(self._still, QPointF(), still, [box for box in boxes if box.guid not in moving])
        around = QSize(self.width() * 2, self.height() * 2)
        self._corner = QPointF(-self.width() / 2, -self.height() / 2)
        self._group = self._picture(around, QColor(Qt.GlobalColor.transparent))
        self._paint_on(self._group, self._corner, inside, [box for box in boxes if box.guid in moving])

    def _picture(self, size: QSize, ground: QColor) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(ground)
        return made

    def _paint_on(
        self, picture: QPixmap, corner: QPointF, lines: list["LinkItem"], boxes: list["BoxItem"]
    ) -> None:
        look = self._view.map_scene.look
        assert look is not None
        painter = QPainter(picture)
        painter.setRenderHints(_HINTS)
        painter.translate(-corner)
        painter.setTransform(self._view.viewportTransform(), True)
        off = self._began if corner != QPointF() else QPointF()
        painter.translate(off)
        size = picture.deviceIndependentSize()
        seen = QRectF(corner, size)
        shown = self._view.viewportTransform().inverted()[0].mapRect(seen).translated(-off)
        for line in lines:
            if line.sceneBoundingRect().intersects(shown):
                paint_link(painter, line.line, look, line.state)
        for box in boxes:
            if box.rect.intersects(shown):
                painter.save()
                painter.translate(box.pos())
                paint_box(painter, box.placed.box.face, box.placed.face, look, box.state)
                painter.restore()
        for line in lines:
            if line.line.badge.intersects(shown):
                _paint_words(painter, line.line, look, line)
        painter.end()

    def paintEvent(self, _event: QPaintEvent) -> None:
        scene = self._view.map_scene
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        if scene.look is None or not scene.moving:
            return
        painter.setRenderHints(_HINTS)
        lines = [(scene.rerouted(line.line.link, self._off), line) for line in self._between]
        painter.save()
        painter.setTransform(self._view.viewportTransform(), True)
        for line, item in lines:
            paint_link(painter, line, scene.look, item.state)
        painter.restore()
        painter.drawPixmap(self._corner + (self._off - self._began) * self._view.factor, self._group)
        painter.setTransform(self._view.viewportTransform(), True)
        for line, item in lines:
            _paint_words(painter, line, scene.look, item)


def _paint_words(painter: QPainter, line: PlacedLink, look: "Look", item: "LinkItem") -> None:
    if line.text is not None:
        painter.save()
        painter.translate(line.badge.topLeft())
        paint_badge(painter, line.link, line.text, look, item.state)
        painter.restore()
