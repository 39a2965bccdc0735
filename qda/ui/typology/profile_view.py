"""The dimensional profile in the window: dots lead to their passages, by click or by arrow keys and Enter."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from qda.coding.profiles import Profile
from qda.figures.profile import DotBox, ProfileLayout, paint_dot
from qda.i18n import _
from qda.reports.dimensional import profile_figure, profile_words
from qda.ui.typology.picture_view import PictureView

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ProfileView(PictureView[ProfileLayout]):
    """A profile; ``dot_wanted`` hands out the key of a dot (see :func:`qda.reports.dimensional.at_dot`)."""

    dot_wanted = Signal(str, object)  # key, point of the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("profile", _("Dimensional profile"), parent)
        self.profile: Profile | None = None
        self._focused = -1

    def show_profile(self, profile: Profile, here: str = "") -> None:
        """Shows a profile; the dots of the passage ``here`` are filled."""
        self.profile = profile
        self.set_picture(profile_figure(profile, here=here))
        dots = self._dots()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if dots else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription(profile_words(profile))
        self._focused = min(self._focused, len(dots) - 1)

    def _dots(self) -> tuple[DotBox, ...]:
        return self.arranged.dots if self.arranged else ()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.arranged is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.arranged.paint_content(painter)
        box = self._current()
        if box is not None and self.hasFocus():
            if box.words:
                painter.setPen(self.arranged.look.palette.accent)
                painter.drawRoundedRect(box.rect, 3, 3)
            else:
                paint_dot(painter, box, self.arranged.look, focused=True)

    def _current(self) -> DotBox | None:
        dots = self._dots()
        return dots[self._focused] if 0 <= self._focused < len(dots) else None

    def _under(self, at: QPointF) -> DotBox | None:
        return self.arranged.dot_at(at) if self.arranged else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._under(event.position()) is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        box = self._under(event.position())
        if box is not None and event.button() is Qt.MouseButton.LeftButton:
            self._focused = self._dots().index(box)
            self.dot_wanted.emit(box.dot.key, event.globalPosition().toPoint())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._told(box) if box else "", self)
            return True
        return super().event(event)

    def _told(self, box: DotBox) -> str:
        return f"{box.axis}\n{box.row}: {box.dot.place}"

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._focused < 0 and self._dots():
            self._turn_to(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        box = self._current()
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._dots():
            self._turn_to(min(max(self._focused + step, 0), len(self._dots()) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and box is not None:
            self.dot_wanted.emit(box.dot.key, self.mapToGlobal(box.rect.center().toPoint()))
        else:
            super().keyPressEvent(event)

    def _turn_to(self, at: int) -> None:
        self._focused = at
        box = self._current()
        if box is not None:
            self.setAccessibleName(_("Dimensional profile") + f": {self._told(box)}")
        self.update()
