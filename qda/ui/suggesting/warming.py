"""The engine of the window: built in the background, and given up at once when the study is closed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from qda.coding.partial import coding_count
from qda.suggest.ranking.engine import Engine
from qda.ui.suggesting.switch import MOST_CODINGS

if TYPE_CHECKING:
    from qda.coding.placed_codings import PlacedCoding
    from qda.models import Project


class LeftError(Exception):
    """Nobody waits for it any more."""


class StoppableEngine(Engine):
    """Learns one coding after the other, as long as ``left`` is false."""

    def __init__(self, project: "Project", left: Callable[[], bool]) -> None:
        self._left = left
        super().__init__(project)

    def learn(self, coding: "PlacedCoding") -> None:
        """A passage was given a code.

        :raises LeftError: nobody wants to know any more.
        """
        if self._left():
            raise LeftError
        super().learn(coding)


def built(project: "Project", left: Callable[[], bool]) -> Engine | None:
    """The engine of a study; none in one that is too large for it."""
    return StoppableEngine(project, left) if coding_count(project) <= MOST_CODINGS else None
