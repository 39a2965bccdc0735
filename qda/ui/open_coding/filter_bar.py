"""The line above a transcript that says that and what is filtered, with one click to see all again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.filtering import Filtering
from qda.ui.status import announce
from qda.ui.surfaces import Elided, LinkButton, on_panel, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.transcript.reading import ReadingView


class FilterBar(QWidget):
    """Hidden while nothing is filtered."""

    change_wanted = Signal()

    def __init__(self, desk: "Desk", view: "ReadingView", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._book = CodeBook.of(desk)
        self._filtering = Filtering.of(desk)
        self.setObjectName("filter_bar")
        self.setFixedHeight(px(32))
        on_panel(self)
        self.words = Elided("", self)
        self.words.setObjectName("filter_words")
        self.words.setFont(ui_font(SMALL, semibold=True))
        self.count = small("", self)
        self.count.setObjectName("filter_count")
        change = LinkButton(_("Change…"), "filter_change", self)
        change.clicked.connect(self.change_wanted)
        self.all = LinkButton(_("Show all codings"), "filter_clear", self)
        self.all.clicked.connect(self._clear)
        for button in (change, self.all):
            button.setFont(ui_font(SMALL))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(10), 0)
        row.setSpacing(px(8))
        row.addWidget(self.words, 1)
        for widget in (self.count, change, self.all):
            row.addWidget(widget)
        self._filtering.changed.connect(self.refresh)
        view.codings_changed.connect(self._count)
        self.hide()
        self.refresh()

    def _clear(self) -> None:
        self._filtering.clear()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Filters the text and says so."""
        self._view.set_filter(self._filtering.filter)
        on = bool(self._filtering.filter)
        told = _("Only: {what}").format(what=self._filtering.words()) if on else ""
        news = told != self.words.accessibleName()
        self.words.setText(told)
        self._count()
        self.setVisible(on)
        if news and self._view.isVisible():
            announce(self, f"{told}. {self.count.text()}" if on else _("All codings are shown."))

    def _count(self) -> None:
        if not self._filtering.filter:
            return
        if not self._book.counted:  # the study hides frequencies
            self.count.setText(_("other codings are hidden"))
            return
        kept, every = self._view.kept_codings
        told = ngettext("{kept} of {n} coding here", "{kept} of {n} codings here", every)
        self.count.setText(told.format(kept=kept, n=every))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colours = tokens_of(self)
        painter.fillRect(0, 0, 3, self.height(), QColor(colours.accent))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.separator))
