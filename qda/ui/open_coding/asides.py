"""Sections of a sheet that are read after the paint, or when they are opened."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.background import Background
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.parts import Section

_NAME: Final = "aside"  # one question at a time


class Later(QObject):
    """Reads in a thread; what was asked last lands, what was asked before it is forgotten."""

    landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._background.done.connect(lambda _name, found: self.landed.emit(found))

    @property
    def busy(self) -> bool:
        """Whether something is still being read."""
        return self._background.busy

    def ask(self, work: Callable[[], Any]) -> None:
        """Asks for what ``work`` gives; while another question is at work, it waits for its end."""
        self._background.ask(_NAME, work)

    def forget(self) -> None:
        """What is being read is not wanted any more."""
        self._background.forget(_NAME)


class Folded(Section):
    """A section that is opened by its title; ``opened`` comes whenever it is shown open."""

    opened = Signal()

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.title.hide()
        self.fold = QToolButton(self)
        self.fold.setObjectName(name)
        self.fold.setText(title)
        self.fold.setAccessibleName(title)
        self.fold.setFont(ui_font(SMALL, semibold=True))
        self.fold.setCheckable(True)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold.setCursor(Qt.CursorShape.PointingHandCursor)
        self.fold.setStyleSheet("QToolButton { border: 0; padding: 0; background: transparent; }")
        self.fold.toggled.connect(self._toggled)
        self.inside = QWidget(self)
        self.content = QVBoxLayout(self.inside)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(px(4))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.fold)
        row.addStretch(1)
        self.box.addLayout(row)
        self.box.addWidget(self.inside)
        self.inside.hide()

    @property
    def is_open(self) -> bool:
        """Whether its content is shown."""
        return self.fold.isChecked()

    def set_open(self, *, on: bool) -> None:
        """Opens or closes it."""
        self.fold.setChecked(on)

    def _toggled(self, on: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.fold.setToolTip("" if on else _("Open"))
        self.inside.setVisible(on)
        if on:
            self.opened.emit()
