"""The bar above a text that is being edited: what goes on, saving and leaving, and what saving would take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.status import announce
from qda.ui.surfaces import Elided
from qda.ui.theme import tokens_of

_LISTED: Final = 6  # rows of what would be lost that are seen at once


@dataclass(frozen=True, slots=True)
class Loss:
    """A passage that would lose its words; ``place`` is a point of the stored text."""

    words: str
    place: int


class EditBar(QWidget):
    """Three faces: editing; what saving would take away; edits of an earlier time that wait."""

    save_wanted = Signal()
    leave_wanted = Signal()
    all_back_wanted = Signal()
    go_on_wanted = Signal()  # editing, after the warning or after a pause
    agreed = Signal()  # to what saving takes away
    looked_at = Signal(int)  # a passage of the warning, by its place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("edit_bar")
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = Elided("", self)
        self.words.setObjectName("edit_words")
        self.words.setFont(ui_font(semibold=True))
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.count = QLabel(self)
        self.count.setObjectName("edit_count")
        self.count.setFont(ui_font(SMALL))
        self.count.setProperty("quiet", True)
        self.save = self._button("edit_save", _("Save"), "Ctrl+Return", self.save_wanted)
        self.back = self._button("edit_all_back", _("Take all back"), "", self.all_back_wanted)
        self.leave = self._button("edit_leave", _("Leave for now"), "Esc", self.leave_wanted)
        self.go_on = self._button("edit_go_on", _("Go on editing"), "F5", self.go_on_wanted)
        self.warning = QLabel(self)
        self.warning.setObjectName("edit_warning")
        self.warning.setWordWrap(True)
        self.lost = QListWidget(self)
        self.lost.setObjectName("edit_lost")
        self.lost.setAccessibleName(_("Passages that would lose their words"))
        self.lost.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anyway = self._button("edit_anyway", _("Save all the same"), "", self.agreed)
        self.stay = self._button("edit_stay", _("Go on editing"), "", self.go_on_wanted)
        self._lay_out()
        self.lost.currentItemChanged.connect(lambda item, _old: self._look(item))
        self.lost.itemClicked.connect(self._look)
        for widget in (self.lost, self.anyway, self.stay, self.save, self.back, self.leave):
            widget.installEventFilter(self)
        self.hide()

    def _button(self, name: str, words: str, key: str, signal: object) -> QPushButton:
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button = QPushButton(f"{words} ({shown})" if key else words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(False)
        button.clicked.connect(signal)
        return button

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(5), px(10), px(5))
        box.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.words, 1)
        head.addWidget(self.count)
        for button in (self.back, self.save, self.leave, self.go_on):
            head.addWidget(button)
        box.addLayout(head)
        box.addWidget(self.warning)
        box.addWidget(self.lost)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        for button in (self.stay, self.anyway):
            foot.addWidget(button)
        box.addLayout(foot)

    def _show(self, *, editing: bool, warned: bool) -> None:
        typing: tuple[QWidget, ...] = (self.count, self.back, self.save, self.leave)
        asking: tuple[QWidget, ...] = (self.warning, self.lost, self.anyway, self.stay)
        for widgets, shown in (
            (typing, editing and not warned),
            (asking, warned),
            ((self.go_on,), not editing),
        ):
            for widget in widgets:
                widget.setVisible(shown)
        self.show()

    # -- faces -----------------------------------------------------------------------------------------------

    def show_editing(self) -> None:
        """The text is being edited."""
        self.words.setText(_("Editing – codings move along"))
        self._show(editing=True, warned=False)

    def show_count(self, changes: int) -> None:
        """How many places differ from the stored text."""
        told = ngettext("{n} change", "{n} changes", changes).format(n=changes) if changes else ""
        if told != self.count.text():
            self.count.setText(told)
        self.back.setEnabled(changes > 0)

    def show_waiting(self) -> None:
        """Edits of before are kept, and not in the text yet."""
        self.words.setText(_("Edits of this text are not saved yet"))
        self._show(editing=False, warned=False)

    def warn(self, sentence: str, losses: Sequence[Loss]) -> None:
        """Lists what would lose its words; each can be looked at."""
        self.words.setText(_("Editing – not saved yet"))
        self.warning.setText(sentence)
        self.lost.blockSignals(True)
        self.lost.clear()
        for loss in losses:
            item = QListWidgetItem(loss.words)
            item.setData(Qt.ItemDataRole.UserRole, loss.place)
            item.setToolTip(loss.words)
            self.lost.addItem(item)
        self.lost.blockSignals(False)
        row = self.lost.sizeHintForRow(0) if losses else 0
        self.lost.setFixedHeight(row * min(len(losses), _LISTED) + px(8))
        self._show(editing=True, warned=True)
        self.anyway.setAccessibleName(f"{sentence} {self.anyway.text()}")
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line in the accent's colour at the left says that something is under way here."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, px(4), self.height(), QColor(tokens_of(self).accent))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens_of(self).separator))

    @property
    def is_warned(self) -> bool:
        """Whether losses are listed."""
        return not self.warning.isHidden()

    def _look(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.looked_at.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                (self.go_on_wanted if self.is_warned else self.leave_wanted).emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QPushButton):
                watched.click()
                return True
        return super().eventFilter(watched, event)
