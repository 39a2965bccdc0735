"""The life of a category: what happened to it, when, by whom, with the memos of the time; on demand."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget

from qda.coding import category_life
from qda.coding.category_life import Event
from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.asides import Folded, Later
from qda.ui.open_coding.parts import INSET, Quote, TitleLink, clear, link, links, minor, rebuilding
from qda.ui.status import locale
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_MOST: Final = 40
_TEXT: Final = 240  # signs of a version that are shown


class LifeSection(Folded):
    """Read from the journal when it is opened, and after each act while it is open."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("History"), "history", parent)
        self._desk = desk
        self._code = ""
        self._shown = ""
        self._most = _MOST
        self.events: list[Event] = []
        self.later = Later(self)
        self.later.landed.connect(self._land)
        self.opened.connect(self.read)

    def show_code(self, code: str) -> None:
        """Shows the life of another code, or of the same one after an act."""
        if code != self._code:
            self._code, self._most = code, _MOST
            self.later.forget()
        if self.is_open:
            self.read()

    def read(self) -> None:
        """Asks the journal."""
        if self._code != self._shown:
            clear(self.content)
            self.content.addWidget(minor(_("Being read…"), self))
        project, code = self._desk.project, self._code
        self.later.ask(lambda: (code, category_life.life(project, code)))

    def _land(self, found: tuple[str, list[Event]]) -> None:
        self._shown, self.events = found
        with rebuilding(self):
            self._build()

    def _build(self) -> None:
        clear(self.content)
        if not self.events:
            self.content.addWidget(minor(_("Nothing is known of its history."), self))
        hidden = max(0, len(self.events) - self._most)
        if hidden:
            words = ngettext("{n} earlier", "{n} earlier", hidden).format(n=hidden)
            self.content.addLayout(links(link(words, "earlier_events", self._all)))
        before = ""
        for event in self.events[hidden:]:
            when = _when(event)
            if when != before:
                head = small(when, self)
                head.setFont(ui_font(SMALL, semibold=True))
                head.setContentsMargins(px(INSET), px(4), 0, 0)
                self.content.addWidget(head)
            before = when
            self._event(event)

    def _all(self) -> None:
        self._most = 1 << 30
        with rebuilding(self):
            self._build()

    def _event(self, event: Event) -> None:
        if event.kind == "memo":
            memo = TitleLink(event.words, "memo_of_the_time")
            memo.setAccessibleName(event.words)
            memo.clicked.connect(lambda: self._desk.memo_wanted.emit(event.memo, ""))
            self.content.addLayout(links(memo))
        else:
            self.content.addWidget(minor(event.words, self))
        if event.text:
            short = event.text if len(event.text) <= _TEXT else event.text[: _TEXT - 1].rstrip() + "…"
            version = minor(short, self)
            version.setProperty("minor", False)
            version.setContentsMargins(px(INSET + 12), 0, px(INSET), 0)
            version.setToolTip(event.text if short != event.text else "")
            self.content.addWidget(version)
        if event.segment is not None:
            span = event.segment
            quote = Quote(span, lines=2, parent=self)
            quote.setObjectName("passage")
            quote.clicked.connect(lambda: self._desk.source_wanted.emit(span.source, span.start, span.stop))
            self.content.addWidget(quote)


def _when(event: Event) -> str:
    day = event.at.astimezone()
    written = locale().toString(QDate(day.year, day.month, day.day), "d. MMM yyyy")
    return f"{written} · {event.coder}" if event.coder else written
