"""The codes chosen so far in the code field, as chips above its line; a click takes one off again."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import px, ui_font
from qda.ui.open_coding.flow import Flow
from qda.ui.theme import tokens_of
from qda.ui.transcript.margin import shown_name

_WIDEST = 220


@dataclass(frozen=True, slots=True)
class Chosen:
    """A code chosen: its guid, or what is to be written for a new one."""

    code: str
    name: str
    colour: int = 0
    in_vivo: bool = False
    new: bool = False

    @property
    def shown(self) -> str:
        """Its name as people see it."""
        return shown_name(self.name, self.in_vivo)


class Chip(QAbstractButton):
    """One code chosen."""

    def __init__(self, chosen: Chosen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen = chosen
        self.setObjectName("code_chip")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line keeps it; Backspace takes the last chip off
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Take “{name}” off again").format(name=chosen.name))
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        words = QFontMetrics(ui_font(italic=self.chosen.in_vivo)).horizontalAdvance(self.chosen.shown)
        return QSize(min(words, px(_WIDEST)) + px(44), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self)
        painter.setPen(QPen(QColor(colours.control_frame), 1))
        painter.setBrush(QColor(colours.hover if self.underMouse() else colours.list_selection))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        side = px(10)
        chip = QRect(px(7), (self.height() - side) // 2, side, side)
        if self.chosen.new:
            painter.setPen(QPen(QColor(colours.control_frame), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.code_colour(self.chosen.colour, colours.dark))
        painter.drawRoundedRect(chip, 2, 2)
        font = ui_font(italic=self.chosen.in_vivo)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        room = self.rect().adjusted(px(22), 0, -px(20), 0)
        words = QFontMetrics(font).elidedText(self.chosen.shown, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QColor(colours.secondary))
        cross = QRect(self.width() - px(20), 0, px(16), self.height())
        painter.drawText(cross, Qt.AlignmentFlag.AlignCenter, "×")


class Chips(QWidget):
    """All codes chosen, in the order in which they were."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code_chips")
        self._flow = Flow(px(4), self)
        self._chips: list[Chip] = []
        self.hide()

    @property
    def chosen(self) -> list[Chosen]:
        """The codes chosen."""
        return [chip.chosen for chip in self._chips]

    @property
    def codes(self) -> list[str]:
        """Their guids, or what is to be written for new ones."""
        return [chip.chosen.code for chip in self._chips]

    def add(self, chosen: Chosen) -> None:
        """One more; the same again is the same."""
        if chosen.code not in self.codes:
            chip = Chip(chosen, self)
            chip.clicked.connect(self._taking(chip))
            self._chips.append(chip)
            self._flow.addWidget(chip)
            chip.show()
            self._tell()

    def _taking(self, chip: Chip) -> Callable[[], None]:
        return lambda: self._take_off(chip)

    def _take_off(self, chip: Chip) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self._tell()

    def take_last(self) -> None:
        """Takes the last one off."""
        if self._chips:
            self._take_off(self._chips[-1])

    def clear(self) -> None:
        """Takes all off, without a word."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        self.hide()

    def _tell(self) -> None:
        self.setVisible(bool(self._chips))
        self.fit(self.width())
        self.changed.emit()

    def fit(self, width: int) -> None:
        """Takes as many lines as the chips need at this width."""
        self.setFixedHeight(self._flow.heightForWidth(width))
