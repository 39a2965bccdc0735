"""How pictures look in the window: its theme, its font and its size, for the painters of files too."""

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from qda.figures.painting import Look
from qda.ui.board.view import palette_of
from qda.ui.theme import tokens_of


def look_of(widget: QWidget, *, margin: float = 0.0) -> Look:
    """The look of a picture in ``widget``."""
    font = QApplication.font()
    families = tuple(font.families()) or (font.family(),)
    return Look(palette_of(tokens_of(widget)), families, max(8, QFontInfo(font).pixelSize()), margin=margin)
