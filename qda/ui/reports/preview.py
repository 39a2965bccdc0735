"""The pages of a report, one below the other, white in either theme; only what is seen is painted."""

from bisect import bisect_right
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from qda.i18n import _
from qda.reports.pages.paging import Hit, Mark, Pages, Place
from qda.ui.fonts import px
from qda.ui.theme import tokens_of

ZOOMS: Final = (50, 67, 80, 100, 125, 150, 200)  # per cent; 100 is the size on paper at 96 dots an inch
_DOTS: Final = 96 / 1440
_GAP: Final = 24
_FOUND: Final = QColor("#FFE9A0")
_IN_HAND: Final = QColor("#FFB347")


class Preview(QAbstractScrollArea):
    """Shows pages; ``page_changed`` tells the page in front (from 0), ``zoomed`` the size in per cent."""

    page_changed = Signal(int)
    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_preview")
        self.setAccessibleName(_("Preview of the report"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setAutoFillBackground(True)
        self.viewport().setMouseTracking(True)
        self._pages: Pages | None = None
        self._tops: list[float] = []
        self._sizes: list[QSizeF] = []
        self._hits: dict[int, list[tuple[Hit, bool]]] = {}  # by page; whether it is the one in hand
        self._zoom = 0  # 0: as wide as there is room, at most 100
        self._page = 0
        self._faint = False
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- what is shown ---------------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The page in front."""
        return self._page

    @property
    def pages(self) -> Pages | None:
        """The pages shown."""
        return self._pages

    def show_pages(self, pages: Pages | None, at: Place | None = None) -> None:
        """Shows other pages, with ``at`` at the top. None: another report will come."""
        self._pages = pages
        self._page = 0
        self._faint = False
        self._hits = {}
        self._measure()
        self.go_to(at or Place(0, 0))
        self._tell()
        self.viewport().update()

    def grown(self) -> None:
        """The pages shown have become more; what is seen stays."""
        self._measure()
        self._tell()
        self.viewport().update()

    @property
    def place(self) -> Place:
        """What is at the top."""
        if not self._tops:
            return Place(0, 0)
        line = self.verticalScrollBar().value() + px(_GAP) / 2
        page = max(0, bisect_right(self._tops, line) - 1)
        return Place(page, max(0.0, (line - self._tops[page]) / self._sizes[page].height()))

    @property
    def mark(self) -> Mark | None:
        """What is written at the top, to be found again on other pages; none at the very beginning."""
        if self._pages is None or self.verticalScrollBar().value() == 0:
            return None
        return self._pages.mark(self.place)

    def show_hits(self, hits: list[Hit], current: int = -1) -> None:
        """Marks what was found; the ``current`` one is brought into view."""
        self._hits = {}
        for at, hit in enumerate(hits):
            self._hits.setdefault(hit.page, []).append((hit, at == current))
        if 0 <= current < len(hits):
            self._bring(hits[current])
        self.viewport().update()

    def _bring(self, hit: Hit) -> None:
        """Scrolls so far that a hit is seen, with some lines around it."""
        if hit.page >= len(self._tops) or self._pages is None:
            return
        scale = self._sizes[hit.page].height() / self._pages.size(hit.page).height()
        top = self._tops[hit.page] + hit.areas[0].top() * scale
        bottom = self._tops[hit.page] + hit.areas[-1].bottom() * scale
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value() + px(40) or bottom > bar.value() + height - px(40):
            bar.setValue(round(top - height / 3))

    def set_faint(self, faint: bool) -> None:
        """Pages that no longer hold are shown faintly until new ones come."""
        self._faint = faint
        self.viewport().update()

    def go_to(self, place: Place) -> None:
        """Brings a place to the top."""
        if self._pages is None or not self._tops:
            return
        page = max(0, min(place.page, len(self._tops) - 1))
        down = self._tops[page] + place.down * self._sizes[page].height() - px(_GAP) / 2
        self.verticalScrollBar().setValue(round(down) if page or place.down else 0)
        if page != self._page:
            self._page = page
            self._tell()

    def step(self, by: int) -> None:
        """To another page."""
        self.go_to(Place(self._page + by, 0))

    # -- size ------------------------------------------------------------------------------------------------

    @property
    def percent(self) -> int:
        """The size of the pages."""
        return round(self._scale() / self._dot() * 100)

    def zoom(self, by: int) -> None:
        """One step larger or smaller; 0 fits the pages into the width."""
        now = self.percent
        if by > 0:
            self._zoom = next((z for z in ZOOMS if z > now), ZOOMS[-1])
        elif by < 0:
            self._zoom = next((z for z in reversed(ZOOMS) if z < now), ZOOMS[0])
        else:
            self._zoom = 0
        place = self.place
        self._measure()
        self.go_to(place)
        self.viewport().update()

    @staticmethod
    def _dot() -> float:
        """Pixels for a twentieth of a point at 100 per cent, with the system's size of letters."""
        return px(1000) / 1000 * _DOTS

    def _scale(self) -> float:
        if self._zoom or self._pages is None:
            return (self._zoom or 100) / 100 * self._dot()
        widest = max((self._pages.size(page).width() for page in self._upright()), default=1.0)
        return min(self._dot(), (self.viewport().width() - 2 * px(_GAP)) / widest)

    def _upright(self) -> list[int]:
        """The pages whose width counts for fitting: those that stand upright, if any."""
        assert self._pages is not None
        sizes = [(page, self._pages.size(page)) for page in range(len(self._pages))]
        upright = [page for page, size in sizes if size.height() >= size.width()]
        return upright or [page for page, _size in sizes]

    def _measure(self) -> None:
        self._tops, self._sizes = [], []
        down, widest = float(px(_GAP)), 0.0
        scale, room = self._scale(), self.viewport().width() - 2 * px(_GAP)
        for page in range(len(self._pages) if self._pages else 0):
            assert self._pages is not None
            whole = self._pages.size(page)
            # Where pages are fitted, a turned one is fitted too.
            factor = scale if self._zoom else min(scale, room / whole.width())
            size = whole * max(factor, 0.001)
            self._tops.append(down)
            self._sizes.append(size)
            down += size.height() + px(_GAP)
            widest = max(widest, size.width())
        seen = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, round(down) - seen.height()))
        self.verticalScrollBar().setPageStep(max(1, seen.height() - px(40)))
        self.verticalScrollBar().setSingleStep(px(40))
        wide = max(0, round(widest + 2 * px(_GAP)) - seen.width())
        self.horizontalScrollBar().setRange(0, wide)
        self.horizontalScrollBar().setPageStep(seen.width())
        self.zoomed.emit(self.percent)

    def _seen(self) -> range:
        """The pages that are in view."""
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, top + self.viewport().height()))

    def _rect(self, page: int) -> QRectF:
        """Where a page lies in the viewport."""
        size = self._sizes[page]
        left = max(float(px(_GAP)), (self.viewport().width() - size.width()) / 2)
        return QRectF(
            left - self.horizontalScrollBar().value(),
            self._tops[page] - self.verticalScrollBar().value(),
            size.width(),
            size.height(),
        )

    # -- events ----------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        seen = QRectF(self.viewport().rect())
        for page in self._seen():
            self._paint_page(painter, page, self._rect(page))
        if self.hasFocus():
            painter.setPen(QColor(tokens_of(self).accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(seen.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.drawRect(seen.adjusted(1.5, 1.5, -1.5, -1.5))

    def _paint_page(self, painter: QPainter, page: int, rect: QRectF) -> None:
        assert self._pages is not None
        painter.save()
        painter.translate(rect.topLeft())
        scale = rect.width() / self._pages.size(page).width()
        painter.scale(scale, scale)
        self._pages.paint(painter, page)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)  # letters stay black
        for hit, in_hand in self._hits.get(page, ()):
            for area in hit.areas:
                painter.fillRect(area, _IN_HAND if in_hand else _FOUND)
        painter.restore()
        if self._faint:
            veil = QColor(tokens_of(self).window)
            veil.setAlphaF(0.55)
            painter.fillRect(rect, veil)
        painter.setPen(QColor(tokens_of(self).quiet_frame))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        place = self.place
        super().resizeEvent(event)
        self._measure()
        self.go_to(place)

    def _scrolled(self) -> None:
        if self._tops:
            line = self.verticalScrollBar().value() + self.viewport().height() / 3
            page = max(0, bisect_right(self._tops, line) - 1)
            if page != self._page:
                self._page = page
                self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        if self._pages is not None and len(self._pages):
            where = _("Page {n} of {m}").format(n=self._page + 1, m=len(self._pages))
            self.setAccessibleDescription(f"{where}\n{self._pages.text(self._page)}")
        self.page_changed.emit(self._page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if key == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-1 if back else 1) * bar.pageStep())
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def _target(self, at: QPointF) -> Place | None:
        for page in self._seen():
            rect = self._rect(page)
            if self._pages is not None and rect.contains(at):
                scale = self._pages.size(page).width() / rect.width()
                return self._pages.target(page, (at - rect.topLeft()) * scale)
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._target(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._target(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(place)
