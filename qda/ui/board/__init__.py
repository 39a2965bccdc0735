"""The paradigm board: codes as cards in slots, relations as arrows, by mouse and by keys."""

from qda.ui.board.board import Board, Manner

__all__ = ["Board", "Manner"]
