"""The line at the bottom: where one is, what an act did and how to undo it, when it was saved, who codes.

And the bar that tells what could not be done. Screen readers hear both.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, QLocale, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QActionGroup, QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStatusBar, QToolButton, QWidget

from qda.i18n import _, language
from qda.ui.controls import open_menu
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import Elided, Framed, LinkButton
from qda.ui.theme import Tokens

UNDO_MS: Final = 5000


def announce(widget: QWidget, words: str) -> None:
    """Says ``words`` to a screen reader, at once."""
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def locale() -> QLocale:
    """Dates and figures in the window's language."""
    german = language() == "de"
    return QLocale(
        QLocale.Language.German if german else QLocale.Language.English,
        QLocale.Country.Germany if german else QLocale.Country.UnitedKingdom,
    )


def told_date(moment: datetime, form: str) -> str:
    """The day of a moment, here, in Qt's form for dates ("d MMMM")."""
    day = moment.astimezone().date()
    return locale().toString(QDate(day.year, day.month, day.day), form)


class MessageBar(Framed):
    """A sentence that must be seen; it blocks nothing and goes with the next act."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_message_rules, parent)
        self.setObjectName("message")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(7), px(8), px(7))
        self._words = QLabel(self)
        self._words.setObjectName("message_words")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self._words, 1)
        self._close = LinkButton(_("Close"), "message_close", self)
        self._close.setAccessibleName(_("Close the message"))
        self._close.clicked.connect(self.hide)
        row.addWidget(self._close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is told; empty when nothing is."""
        return "" if self.isHidden() else self._words.text()

    def tell(self, sentence: str) -> None:
        """Shows ``sentence`` and lets screen readers say it."""
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self.setAccessibleName(sentence)
        self.show()
        announce(self, sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)


def _message_rules(theme: Tokens) -> str:
    return (
        f"#message {{ background: {theme.notice_ground}; border: 0;"
        f" border-bottom: 1px solid {theme.separator}; }}"
        f"#message QLabel {{ color: {theme.notice}; }}"
    )


def name_shown(name: str) -> str:
    """A name as menus show it: & is no mark of a key."""
    return name.replace("&", "&&")


class StatusLine(QStatusBar):
    """Place, selection, saved, coder; for five seconds after a removal the act and its undoing."""

    undo_wanted = Signal()
    coder_wanted = Signal(str)  # GUID
    new_coder_wanted = Signal()
    rename_wanted = Signal(str, str)  # GUID, name

    def __init__(
        self, coders: Callable[[], list[tuple[str, str, bool]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._coders = coders
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self.setContentsMargins(px(12), 0, px(12), 0)
        self._place = self._label("status_place")
        self._selection = self._label("status_selection")
        self._undo = self._undo_button()
        self.addWidget(self._place, 0)
        self.addWidget(self._undo, 0)
        self._act: Callable[[], object] | None = None
        self._link = LinkButton("", "status_act", self)
        self._link.setFont(ui_font(SMALL))
        self._link.setStyleSheet("padding: 0 4px;")
        self._link.clicked.connect(self._do_act)
        self._link.hide()
        self.addWidget(self._link, 0)
        self.addWidget(self._selection, 0)
        self._saved = self._label("status_saved")
        self._only_read = self._label("status_read_only")
        self._coder = self._coder_button()
        for widget in (self._only_read, self._saved, self._coder):
            self.addPermanentWidget(widget)
        self._line = ""
        self._over = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._over.timeout.connect(self._back)
        self.clear_study()

    def _label(self, name: str) -> Elided:
        label = Elided("", self)
        label.setObjectName(name)
        label.setFont(ui_font(SMALL))
        label.setContentsMargins(0, 0, px(16), 0)
        return label

    def _undo_button(self) -> QPushButton:
        button = LinkButton(_("Undo"), "status_undo", self)
        button.setFont(ui_font(SMALL))
        button.setStyleSheet("padding: 0 4px;")
        button.clicked.connect(self._undo_clicked)
        button.hide()
        return button

    def _coder_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("status_coder")
        button.setFont(ui_font(SMALL))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_coders(menu))
        open_menu(button, menu, padding="0 4px")
        return button

    def _fill_coders(self, menu: QMenu) -> None:
        menu.clear()
        group = QActionGroup(menu)
        mine: tuple[str, str] | None = None
        for guid, name, current in self._coders():
            action = QAction(name_shown(name), menu, checkable=True, checked=current)
            action.triggered.connect(lambda _checked=False, guid=guid: self.coder_wanted.emit(guid))
            group.addAction(action)
            menu.addAction(action)
            if current:
                mine = (guid, name)
        menu.addSeparator()
        if mine:
            words = _("Rename “{name}”…").format(name=name_shown(mine[1]))
            menu.addAction(words, partial(self.rename_wanted.emit, *mine))
        menu.addAction(_("Someone else…"), self.new_coder_wanted.emit)

    # -- what is told ---------------------------------------------------------------------------------------

    def clear_study(self) -> None:
        """Nothing is open: an empty line."""
        self._offer_nothing()
        self._line = ""
        self._back()
        self.select(0)
        self._saved.setText("")
        self._only_read.setText("")
        self._coder.hide()

    def offer(self, line: str, words: str, act: Callable[[], object]) -> None:
        """What was done or is being done, and what can be done about it, until the next line comes."""
        self.tell(line)
        self._act = act
        self._link.setText(words)
        self._link.setAccessibleName(f"{words}: {line}")
        self._link.show()

    def _do_act(self) -> None:
        if self._act is not None:
            self._act()

    def _offer_nothing(self) -> None:
        self._act = None
        self._link.hide()

    def tell(self, line: str) -> None:
        """Where one is, or what was done. A line about a removal keeps its undoing."""
        self._offer_nothing()
        if self._over.isActive():
            self._place.setText(line)
            announce(self, line)
            return
        self._line = line
        self._place.setText(line)

    def place(self, line: str) -> None:
        """Where one is after turning to something else; an undoing on offer stays."""
        self._offer_nothing()
        self._line = line
        if not self._over.isActive():
            self._place.setText(line)

    def offer_undo(self, line: str) -> None:
        """For five seconds: what was removed, and the way back."""
        self._offer_nothing()
        self._place.setText(line)
        self._undo.show()
        self._over.start()
        announce(self, f"{line} {_('Undo')}: Ctrl+Z")

    def _undo_clicked(self) -> None:
        self._over.stop()
        self._back()
        self.undo_wanted.emit()

    def forget_undo(self) -> None:
        """The act was taken back, or another one came."""
        if self._over.isActive():
            self._over.stop()
            self._back()

    def _back(self) -> None:
        self._undo.hide()
        self._place.setText(self._line)

    def select(self, characters: int) -> None:
        """How much of the transcript is selected."""
        words = _("{n} characters selected").format(n=locale().toString(characters)) if characters else ""
        self._selection.setText(words)

    def saved(self, moment: datetime) -> None:
        """The last act is on the disk since then."""
        self._saved.setText(_("Saved {time}").format(time=moment.astimezone().strftime("%H:%M")))

    def only_reading(self) -> None:
        """Nothing can be changed here."""
        self._only_read.setText(_("Read only"))
        self._saved.setText("")

    def coded_as(self, name: str) -> None:
        """Who codes."""
        words = _("Coded as {name}").format(name=name)
        self._coder.setText(words.replace("&", "&&"))
        self._coder.setAccessibleName(_("{words}; press to change").format(words=words))
        self._coder.show()
