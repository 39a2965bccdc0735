"""Paints cells and heads of the case comparison from what :mod:`laying` worked out."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qda.i18n import _
from qda.ui.axial.choices import paint_chip
from qda.ui.cases_beside.laying import CHIP, Face, Laid, Line, Mark, advance, font, metrics, size
from qda.ui.theme import Tokens, code_colour


def paint_laid(painter: QPainter, laid: Laid, corner: QPointF, colours: Tokens, *, clip: QRectF) -> None:
    """Paints what was laid out with its left upper corner at ``corner``, inside ``clip`` alone."""
    painter.save()
    painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
    painter.translate(corner)
    for area, accent in laid.bars:
        painter.fillRect(area, QColor(colours.accent if accent else colours.quiet_frame))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for box in laid.boxes:
        painter.setPen(QPen(QColor(colours.control_frame), 1))
        painter.setBrush(QColor(colours.paper))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), size(4), size(4))
    for mark in laid.marks:
        _mark(painter, mark, colours)
    for line in laid.lines:
        _line(painter, line, colours)
    painter.setPen(QColor(colours.text))
    for layout, at in laid.texts:
        layout.draw(painter, at)
    painter.restore()


def _mark(painter: QPainter, mark: Mark, colours: Tokens) -> None:
    chip, area = mark.chip, mark.area
    side = size(CHIP)
    box = QRectF(area.left(), area.center().y() - side / 2 + 1, side, side).toRect()
    if chip.hollow:
        painter.setPen(QPen(code_colour(chip.colour, colours.dark), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 2, 2)
    else:
        paint_chip(painter, box, chip.colour, colours.dark)
    behind = _("no passage") if chip.hollow else chip.figure
    face: Face = "italic" if chip.italic else "ui"
    left = area.left() + side + size(6)
    after = advance(behind, "small") + size(5) if behind else 0
    words = metrics(face).elidedText(chip.name, Qt.TextElideMode.ElideRight, area.right() - left - after + 1)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setFont(font(face))
    painter.setPen(QColor(colours.minor if chip.hollow else colours.text))
    painter.drawText(QRectF(left, area.top(), area.right() - left + size(20), area.height()), flags, words)
    if behind:
        painter.setFont(font("small"))
        painter.setPen(QColor(colours.minor))
        left += advance(words, face) + size(5)
        painter.drawText(QRectF(left, area.top(), after + size(20), area.height()), flags, behind)


def _line(painter: QPainter, line: Line, colours: Tokens) -> None:
    ink = {
        "text": colours.text,
        "secondary": colours.secondary,
        "minor": colours.minor,
        "accent": colours.accent,
    }[line.ink]
    area = line.area
    after = advance(line.behind, "small") + size(6) if line.behind else 0.0
    words = metrics(line.face).elidedText(line.words, Qt.TextElideMode.ElideRight, area.width() - after)
    side = Qt.AlignmentFlag.AlignRight if line.right else Qt.AlignmentFlag.AlignLeft
    flags = Qt.AlignmentFlag.AlignVCenter | side
    painter.setFont(font(line.face))
    painter.setPen(QColor(ink))
    painter.drawText(area, flags, words)
    if line.behind:
        painter.setFont(font("small"))
        painter.setPen(QColor(colours.minor))
        left = area.left() + advance(words, line.face) + size(6)
        painter.drawText(QRectF(left, area.top() + 1, after + size(8), area.height()), flags, line.behind)
