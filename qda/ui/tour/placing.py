"""Where the panel of the tour stands: beside what it speaks of, never over it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

_GAP: Final = 10


def area_of(rect: QRect) -> int:
    """How large; 0 for an empty one."""
    return max(0, rect.width()) * max(0, rect.height())


def overlap(one: QRect, others: Sequence[QRect]) -> int:
    """How much of ``one`` the others cover, in pixels; what two cover counts twice."""
    return sum(area_of(one.intersected(other)) for other in others if one.intersects(other))


def place(room: QRect, size: QSize, spoken_of: QRect, others: Sequence[QRect]) -> QPoint:
    """The place for a panel of ``size`` in ``room``.

    It never lies over ``spoken_of`` where there is a way round it, over ``others`` as little as can be, and
    as near to what it speaks of as that allows.
    """
    inner = room.adjusted(_GAP, _GAP, -_GAP, -_GAP)
    best = min(
        _candidates(inner, size, spoken_of),
        key=lambda at: _cost(QRect(at, size), inner, spoken_of, others),
    )
    return QPoint(best)


def _candidates(inner: QRect, size: QSize, spoken_of: QRect) -> list[QPoint]:
    """Corners and edges of the room, and the places at the four sides of what is spoken of."""
    right, bottom = inner.right() - size.width() + 1, inner.bottom() - size.height() + 1
    lefts = [inner.left(), right]
    tops = [bottom, inner.top()]
    if not spoken_of.isEmpty():
        lefts += [spoken_of.left() - _GAP - size.width(), spoken_of.right() + _GAP + 1]
        lefts += [spoken_of.left(), spoken_of.right() - size.width() + 1]
        tops += [spoken_of.top() - _GAP - size.height(), spoken_of.bottom() + _GAP + 1]
        tops += [spoken_of.top(), spoken_of.bottom() - size.height() + 1]
    found = [QPoint(left, top) for top in tops for left in lefts]
    right, bottom = max(right, inner.left()), max(bottom, inner.top())
    return [
        QPoint(min(max(at.x(), inner.left()), right), min(max(at.y(), inner.top()), bottom)) for at in found
    ]


def _cost(here: QRect, inner: QRect, spoken_of: QRect, others: Sequence[QRect]) -> tuple[int, int, bool, int]:
    away = here.left() != inner.left() and here.right() != inner.right()  # from both edges: it looks strewn
    apart = here.center() - spoken_of.center() if not spoken_of.isEmpty() else QPoint()
    return overlap(here, [spoken_of]), overlap(here, others), away, apart.manhattanLength()
