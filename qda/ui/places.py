"""Parts that take a place in a workspace: a page before what it shows, a panel at its right.

``Pages`` and ``Panels`` keep the places; a part is made when it is first wanted.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class Panel(QWidget):
    """What stands at the right of a workspace; ``closed`` gives its place back."""

    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back from any control in it that has no use for the key."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Shows what is there now."""

    def focus_first(self) -> None:
        """Puts the focus where one begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The study is about to be closed: ends what goes on in the background."""


class Page(Panel):
    """What stands before a workspace, as wide as it; ``closed`` brings the workspace back."""


Place = TypeVar("Place", bound=Panel)


class _Places(QStackedWidget, Generic[Place]):
    """What is there always, and the parts that come before it."""

    left = Signal()  # a part was closed by the person

    own: QWidget

    def __init__(self, desk: "Desk", own: QWidget | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: dict[str, Place] = {}
        if own is not None:
            self.keep(own)

    def keep(self, own: QWidget) -> None:
        """Takes what is there always; made inside this place it need not be styled a second time."""
        self.own = own
        self.addWidget(own)

    def bring(self, key: str, make: Callable[["Desk", QWidget], Place]) -> Place:
        """Brings a part to the front, as it is now; made when first wanted."""
        part = self._made.get(key)
        if part is None:
            part = self._made[key] = make(self._desk, self)
            part.closed.connect(self._closed)
            self.addWidget(part)
        self.setCurrentWidget(part)
        return part

    def leave(self) -> None:
        """What is there always is in front again."""
        self.setCurrentWidget(self.own)

    def _closed(self) -> None:
        self.leave()
        self.left.emit()

    def made(self, key: str) -> Place | None:
        """A part, if it was wanted before."""
        return self._made.get(key)

    @property
    def part(self) -> Place | None:
        """The part that is in front; None where it is what is there always."""
        current = self.currentWidget()
        return next((part for part in self._made.values() if part is current), None)

    def let_go(self) -> None:
        """The study is about to be closed."""
        for part in self._made.values():
            part.let_go()


class Pages(_Places[Page]):
    """A workspace and the pages that can stand before it."""

    def show_page(self, key: str, make: Callable[["Desk", QWidget], Page]) -> Page:
        """Brings a page before the workspace, as it is now, with the keyboard in it."""
        page = self.bring(key, make)
        page.refresh()
        page.focus_first()
        return page


class Panels(_Places[Panel]):
    """The right of a workspace: its own part, and panels that can take its place."""

    def show_panel(self, key: str, make: Callable[["Desk", QWidget], Panel]) -> Panel:
        """Brings a panel, as it is now; made when first wanted."""
        panel = self.bring(key, make)
        self.show()
        panel.refresh()
        return panel
