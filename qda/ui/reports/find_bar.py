"""The line above the pages in which words are searched: Enter goes on, Shift+Enter back, Esc closes."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from qda.i18n import _
from qda.reports.pages.paging import Hit
from qda.ui.fonts import px
from qda.ui.reports.preview import Preview
from qda.ui.status import announce
from qda.ui.surfaces import LinkButton, on_paper

_PAUSE_MS = 120  # after the last key


class FindBar(QWidget):
    """Finds words on the pages of a preview."""

    def __init__(self, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_paper(self)
        self.setObjectName("report_find")
        self._preview = preview
        self._hits: list[Hit] = []
        self._at = -1
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.search)
        self.field = QLineEdit(self)
        self.field.setObjectName("report_find_words")
        self.field.setAccessibleName(_("Find in the report"))
        self.field.setPlaceholderText(_("Find in the report"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(px(360))
        self.field.textChanged.connect(lambda _words: self._soon.start())
        self.told = QLabel(self)
        self.told.setObjectName("report_find_told")
        self.told.setProperty("quiet", True)
        back = LinkButton(_("Back"), "report_find_back", self)
        back.setAccessibleName(_("Previous hit"))
        back.clicked.connect(lambda: self.step(-1))
        on = LinkButton(_("Next"), "report_find_next", self)
        on.setAccessibleName(_("Next hit"))
        on.clicked.connect(lambda: self.step(1))
        close = LinkButton(_("Close"), "report_find_close", self)
        close.setAccessibleName(_("Close the search"))
        close.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(4), px(16), px(4))
        row.setSpacing(px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.told)
        row.addStretch(1)
        for button in (back, on, close):
            row.addWidget(button)
        self.hide()

    def begin(self) -> None:
        """Shows the line, ready for words."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        """Hides the line and the marks; the keyboard is in the pages again."""
        self._soon.stop()
        self.hide()
        self._hits, self._at = [], -1
        self._preview.show_hits([])
        self._preview.setFocus()

    def again(self) -> None:
        """Other pages are shown: searches on them without moving."""
        if self.isVisible() and self.field.text().strip():
            self._find()
            self._preview.show_hits(self._hits)
            self._tell()

    def search(self) -> None:
        """Searches now, and goes to the first hit from the page in front."""
        self._soon.stop()
        self._find()
        here = self._preview.page
        self._at = next(
            (at for at, hit in enumerate(self._hits) if hit.page >= here), 0 if self._hits else -1
        )
        self._preview.show_hits(self._hits, self._at)
        self._tell()

    def step(self, by: int) -> None:
        """To the next or previous hit, from the last to the first."""
        if self._soon.isActive():
            self.search()
            return
        if not self.isVisible():
            self.begin()
            return
        if self._hits:
            self._at = (self._at + by) % len(self._hits)
            self._preview.show_hits(self._hits, self._at)
            self._tell()

    def _find(self) -> None:
        pages = self._preview.pages
        self._hits = pages.hits(self.field.text()) if pages is not None else []
        self._at = min(self._at, len(self._hits) - 1)

    def _tell(self) -> None:
        if not self.field.text().strip():
            self.told.setText("")
            return
        if not self._hits:
            words = _("Not found")
        elif self._at < 0:
            words = _("Found: {n}").format(n=len(self._hits))
        else:
            words = _("{n} of {m}").format(n=self._at + 1, m=len(self._hits))
        self.told.setText(words)
        announce(self.told, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)
