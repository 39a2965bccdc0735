"""Find in the transcript: hits underlined, "n of m", next and previous; Esc closes and leaves the last hit
selected.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from qda.coding.folding import Folded, find
from qda.coding.positions import Span
from qda.i18n import _
from qda.ui.fonts import px

_LATER_MS: Final = 250


class Searched(Protocol):
    """What is needed of the view. All positions are points of its ``text``."""

    @property
    def text(self) -> str: ...
    def selected_span(self) -> Span | None: ...
    def select_span(self, start: int, stop: int) -> None: ...
    def set_hits(self, hits: Sequence[Span], current: Span | None = None) -> None: ...
    def only_shown(self, spans: Sequence[Span]) -> list[Span]: ...
    def current_position(self) -> int: ...
    def reveal(self, position: int) -> None: ...
    def setFocus(self, reason: Qt.FocusReason) -> None: ...


class SearchBar(QWidget):
    """A row above the text, hidden until it is asked for."""

    closed = Signal()

    def __init__(self, view: Searched, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search_bar")
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = view
        self._folded: tuple[str, Folded] = ("", Folded(""))
        self._hits: list[Span] = []
        self._at = -1
        self.line = QLineEdit(self)
        self.line.setObjectName("search_line")
        self.line.setAccessibleName(_("Find in this transcript"))
        self.line.setPlaceholderText(_("Find in this transcript"))
        self.line.setMaximumWidth(px(320))
        self.count = QLabel(self)
        self.count.setProperty("quiet", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(16), px(4), px(16), px(4))
        layout.setSpacing(px(8))
        layout.addWidget(self.line, 1)
        layout.addWidget(self.count)
        for name, words, act in (
            ("search_previous", _("Previous"), self.previous),
            ("search_next", _("Next"), self.next),
            ("search_close", _("Close"), self.close_bar),
        ):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setFlat(True)
            button.clicked.connect(act)
            layout.addWidget(button)
        layout.addStretch()
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.transcript_changed)
        self.hide()

    @property
    def hits(self) -> list[Span]:
        """The places found, in the order of the text."""
        return self._hits

    def open(self) -> None:
        """Shows the bar; what is selected within one line is looked for at once."""
        span = self._view.selected_span()
        words = self._view.text[span.start : span.stop] if span else ""
        if words and len(words) <= 60 and "\n" not in words:
            self.line.setText(words)
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Hides the bar and gives the text the focus, with the current hit selected."""
        if 0 <= self._at < len(self._hits):
            hit = self._hits[self._at]
            self._view.select_span(hit.start, hit.stop)
        self._view.set_hits([])
        self.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def next(self) -> None:
        """Goes to the next hit, after the last to the first."""
        self._go(1)

    def previous(self) -> None:
        """Goes to the previous hit, before the first to the last."""
        self._go(-1)

    def transcript_changed(self) -> None:
        """Looks again, in the text that is shown now."""
        if self.isVisible():
            self._search()

    def later(self) -> None:
        """Looks again when the typing pauses; hits of before would not fit."""
        self._view.set_hits([])
        self._later.start()

    def _search(self) -> None:
        text = self._view.text
        if self._folded[0] is not text:
            self._folded = (text, Folded(text))
        self._hits = self._view.only_shown(
            [Span(*place) for place in find(self._folded[1], self.line.text())]
        )
        here = self._view.current_position()
        after = bisect_left([hit.stop for hit in self._hits], here)
        self._at = after if after < len(self._hits) else min(0, len(self._hits) - 1)
        self._show()

    def _go(self, step: int) -> None:
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            self._show()

    def _show(self) -> None:
        hit = self._hits[self._at] if 0 <= self._at < len(self._hits) else None
        self._view.set_hits(self._hits, hit)
        if hit:
            self._view.reveal(hit.start)
            self.count.setText(_("{n} of {count}").format(n=self._at + 1, count=len(self._hits)))
        else:
            self.count.setText(_("Nothing found") if self.line.text().strip() else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Escape:
            self.close_bar()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self._go(-1 if back else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._go(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True
