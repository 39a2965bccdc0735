"""The bar of line-by-line coding: how far one is, back, pass, code, leave; which lines one goes through."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.controls import WordButton
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.lines.splitting import UNITS, Unit
from qda.ui.surfaces import Elided, on_panel
from qda.ui.theme import tokens_of

_KEYS: Final = {"back": "Backspace", "pass": "Space", "code": "Enter", "leave": "Esc"}


class LineBar(QWidget):
    """Says by signals what is wanted; shows what it is told."""

    back_wanted = Signal()
    pass_wanted = Signal()
    code_wanted = Signal()
    leave_wanted = Signal()
    unit_chosen = Signal(str)
    skip_chosen = Signal(bool)  # the interviewer's turns are left out

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line_bar")
        on_panel(self)
        self.progress = Elided("", self)
        self.progress.setObjectName("line_progress")
        self.progress.setFont(ui_font(semibold=True))
        self.progress.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons = {
            "back": self._button("back", _("Back"), self.back_wanted),
            "pass": self._button("pass", _("Pass"), self.pass_wanted),
            "code": self._button("code", _("Code…"), self.code_wanted),
            "leave": self._button("leave", _("Finish"), self.leave_wanted),
        }
        self.unit = QComboBox(self)
        self.unit.setObjectName("line_unit")
        self.unit.setAccessibleName(_("Go through the transcript by"))
        for unit in UNITS:
            self.unit.addItem("", unit)
        self.unit.activated.connect(lambda _at: self.unit_chosen.emit(self.unit.currentData()))
        self.skip = QCheckBox(_("Skip the interviewer's turns"), self)
        self.skip.setObjectName("line_skip")
        self.skip.clicked.connect(self.skip_chosen)
        self._lay_out()
        self.hide()

    def _button(self, name: str, words: str, signal: object) -> WordButton:
        action = QAction(words, self)
        action.setObjectName(f"line_{name}")
        action.setIconText(words)
        action.setShortcut(QKeySequence(_KEYS[name]))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the transcript answers to the key
        action.triggered.connect(signal)
        button = WordButton(action, self)
        button.setObjectName(f"line_{name}")
        button.setAccessibleName(words.rstrip("…"))
        return button

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(4), px(10), px(6))
        box.setSpacing(px(2))
        top = QHBoxLayout()
        top.setSpacing(px(2))
        top.addWidget(self.progress, 1)
        for button in self.buttons.values():
            top.addWidget(button)
        box.addLayout(top)
        below = QHBoxLayout()
        below.setSpacing(px(8))
        by = QLabel(_("Go by"), self)
        by.setFont(ui_font(SMALL))
        by.setProperty("quiet", True)
        by.setBuddy(self.unit)
        for widget in (by, self.unit):
            below.addWidget(widget)
        below.addSpacing(px(12))
        below.addWidget(self.skip)
        below.addStretch(1)
        box.addLayout(below)

    def show_choices(self, unit: Unit, *, skip: bool, numbered: bool) -> None:
        """What one goes through; ``numbered``: a text whose paragraphs are numbered lines."""
        names = (_("Sentence"), _("Line") if numbered else _("Paragraph"), _("Turn"))
        for at, name in enumerate(names):
            self.unit.setItemText(at, name)
        self.unit.setCurrentIndex(self.unit.findData(unit))
        self.skip.setChecked(skip)

    def show_progress(self, words: str) -> None:
        """How far one is."""
        self.progress.setText(words)
        self._make_room()

    def _make_room(self) -> None:
        """Where there is little room the keys give way; the tool tips keep them."""
        wanted = sum(button.hint(with_key=True).width() + px(2) for button in self.buttons.values())
        free = self.width() - px(30) - self.progress.sizeHint().width()
        for button in self.buttons.values():
            button.show_key(wanted <= free)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens_of(self).separator))
