"""The paradigm board: codes as cards in slots, relations as arrows, by mouse and by keys."""

from qda.ui.board.view import Board

__all__ = ["Board"]
