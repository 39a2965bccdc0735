"""Where something of the window lies on the page of the study."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from qda.ui.open_coding.transcript_pane import TranscriptPane


def rect_of(page: QWidget, *widgets: QWidget) -> QRect:
    """What is seen of widgets, together; empty where nothing is."""
    found = QRect()
    for widget in widgets:
        if widget.isVisible() and page.isAncestorOf(widget):
            found = found.united(_seen(page, widget, widget.rect()))
    return found


def rect_of_passage(page: QWidget, pane: "TranscriptPane", start: int, stop: int) -> QRect:
    """The paragraphs of a passage from number to names, as far as they are seen."""
    view = pane.view
    if not view.isVisible() or not view.blocks():
        return QRect()
    lines = view.paragraphs_rect(start, max(start, stop - 1))
    top = view.viewport().mapTo(view, QPoint(0, lines.top())).y()
    across = QRect(0, top, view.width() - view.verticalScrollBar().width(), lines.height())
    return _seen(page, view, across.intersected(view.rect()))


def _seen(page: QWidget, widget: QWidget, part: QRect) -> QRect:
    """The part of a widget that no scroll area around it cuts off, on the page."""
    seen = QRect(widget.mapTo(page, part.topLeft()), part.size())
    above = widget.parentWidget()
    while above is not None and above is not page:
        seen = seen.intersected(QRect(above.mapTo(page, QPoint()), above.size()))
        above = above.parentWidget()
    return seen
