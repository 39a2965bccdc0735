"""A picture of :mod:`qda.figures` in the window: as wide as its place, as high as it needs."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qda.figures.painting import Arranged, Look, Picture
from qda.ui.board.view import palette_of
from qda.ui.fonts import px, ui_font
from qda.ui.theme import tokens_of

A = TypeVar("A", bound=Arranged)


class PictureView(QWidget, Generic[A]):
    """Lays its picture out anew where its width, its theme or its font changes."""

    def __init__(self, name: str, says: str, parent: QWidget | None = None, *, margin: float = 4.0) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._margin = margin
        self._picture: Picture | None = None
        self._arranged: A | None = None

    def set_picture(self, picture: Picture | None) -> None:
        """Shows this picture, or nothing."""
        self._picture = picture
        self._lay_out()

    @property
    def arranged(self) -> A | None:
        """The picture as it lies in the widget now."""
        return self._arranged

    def look(self) -> Look:
        """Colours and face of this widget."""
        font = ui_font()
        families = tuple(font.families()) or (font.family(),)
        size = max(8, QFontInfo(font).pixelSize())
        return Look(palette_of(tokens_of(self)), families, size, margin=self._margin)

    def _lay_out(self) -> None:
        if self._picture is None:
            self._arranged = None
            self.setFixedHeight(0)
            return
        self._arranged = self._picture.arrange(width=max(self.width(), px(120)), look=self.look())  # type: ignore[assignment]
        assert self._arranged is not None
        self.setFixedHeight(round(self._arranged.size.height()) + 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()
