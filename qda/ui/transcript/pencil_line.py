"""Pencil marks: a thin dashed line beside the lines of a passage that was marked without a code."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qda.i18n import _
from qda.ui.transcript.frame import Frame
from qda.ui.transcript.rows import PencilRow

_MIDDLE, _REACH = 2, 5


@dataclass(frozen=True, slots=True)
class PencilMark:
    """A pencil mark in the document: ``start`` and ``stop`` are its units."""

    start: int
    stop: int
    row: PencilRow


def _ends(frame: Frame, mark: PencilMark) -> tuple[float, float] | None:
    rows = frame.rows_of(mark)
    if rows is None:
        return None
    top = rows[0].baseline - frame.geometry.tint_above
    return top, rows[1].baseline - frame.geometry.tint_above + frame.geometry.tint_height


def paint_pencils(painter: QPainter, frame: Frame, marks: Sequence[PencilMark], colour: str) -> None:
    """Draws the marks of a page at the left edge of the margin."""
    pen = QPen(QColor(colour), 1.5, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 2])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    for mark in marks:
        ends = _ends(frame, mark)
        if ends is not None:
            x = frame.geometry.px(_MIDDLE)
            painter.drawLine(QPointF(x, ends[0]), QPointF(x, ends[1]))


def pencil_at(frame: Frame, marks: Sequence[PencilMark], place: QPointF) -> PencilMark | None:
    """The shortest mark whose line lies under ``place``."""
    if place.x() > frame.geometry.px(_REACH):
        return None
    found = [mark for mark in marks if (ends := _ends(frame, mark)) and ends[0] <= place.y() <= ends[1]]
    return min(found, key=lambda mark: mark.stop - mark.start, default=None)


def pencil_words(row: PencilRow) -> str:
    """What a mark says: its note, or that it is one."""
    return _("Pencil: {note}").format(note=row.note) if row.note else _("Pencil mark without a note")
