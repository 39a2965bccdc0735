""" "Where was I?": the place left off, the last memos, notes to be done, what is unread; beside the text.

It comes up by itself a moment after a study was opened and gives its place back to the inspector as soon as
one goes on. What was ticked stays in the list until the panel is closed, so that it can be taken back.
"""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.coding import material, reading
from qda.coding.citation import paragraphs_cited, quoted
from qda.coding.whereabouts import LAST_SOURCE, PLACE, Whereabouts, set_note_done, whereabouts
from qda.i18n import _, ngettext
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.memos.targets import kind_name
from qda.ui.open_coding.parts import INSET, SIDE, Section, TitleLink, breakable, clear, keeping_focus, links
from qda.ui.places import Panel
from qda.ui.status import told_date
from qda.ui.surfaces import LinkButton, head_row, on_panel, scrolled, small

if TYPE_CHECKING:
    from qda.coding.rows import MemoRow
    from qda.models import Changed, Project
    from qda.ui.desk import Desk
    from qda.ui.preferences import Preferences

_WORDS: Final = 160  # characters shown of the place
_BACK: Final = 140  # characters in which its sentence begins
_SENTENCE_END: Final = re.compile(r"[.!?…][ \t]+|\n(?:\w{1,12}: )?|^\w{1,12}: ")
_SOON_MS: Final = 60
_TABLES: Final = frozenset({"memo", "source", "paragraph"})


def left_off(project: "Project") -> tuple[str, int]:
    """The document and the place where one stopped reading; an empty one where nothing was read yet."""
    source = project.setting(LAST_SOURCE)
    first = project.setting(PLACE + source).split() if source else []
    return (source, int(first[0])) if first and first[0].isdigit() else ("", 0)


class WherePanel(Panel):
    """In the inspector's place. ``place`` is where one was when the study was opened."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.place: tuple[str, int] = ("", 0)
        self._ticked: dict[str, MemoRow] = {}
        self._preferences: Preferences | None = None
        self.setObjectName("where")
        self.setAccessibleName(_("Where was I?"))
        on_panel(self)
        close = LinkButton(_("Close"), "where_close", self)
        close.clicked.connect(self._close)
        self.stopped = Section(_("You stopped here"), self)
        self.memos = Section(_("Last memos"), self)
        self.notes = Section(_("Open planning notes"), self)
        self.unread = Section(_("Not read to the end"), self)
        self.nothing = small(_("Nothing was done in this study yet. Read, code and write: it is kept."), self)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(px(SIDE), px(4), px(SIDE), px(8))
        inside = QWidget(self)
        on_panel(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.nothing)
        for section in (self.stopped, self.memos, self.notes, self.unread):
            column.addWidget(section)
        column.addStretch(1)
        area = scrolled(inside)
        on_panel(area.viewport())
        self.always = QCheckBox(_("Show this when a study is opened"), self)
        self.always.setObjectName("where_always")
        self.always.setAccessibleName(self.always.text())
        self.always.setFont(ui_font(SMALL))
        self.always.toggled.connect(self._set_always)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, px(8))
        box.setSpacing(0)
        box.addLayout(head_row(_("Where was I?"), close))
        box.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(SIDE), px(6), px(SIDE), 0)
        foot.addWidget(self.always)
        box.addLayout(foot)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_unread)
        desk.changed.connect(self._changed)
        self.unread.hide()

    def _changed(self, change: "Changed") -> None:
        if self.isVisible() and change.tables & _TABLES:
            self._soon.start()

    def tie_to(self, preferences: "Preferences") -> None:
        """The box at the foot is the setting of this computer."""
        self._preferences = preferences
        self.always.setChecked(preferences.where_on_opening)

    def _set_always(self, on: bool) -> None:
        if self._preferences is not None:
            self._preferences.where_on_opening = on

    def has_something(self) -> bool:
        """Whether there is anything to find back to."""
        found = whereabouts(self._desk.project)
        return bool(self.place[0] or found.memos or found.open_notes)

    def refresh(self) -> None:
        """Shows what is there now; what takes longer comes a moment later."""
        found = whereabouts(self._desk.project)
        with keeping_focus(self):
            self._show_place(found)
            self._show_memos(found)
            self._show_notes(found)
        self.nothing.setVisible(not (self.place[0] or found.memos or found.open_notes))
        self._later.start()

    def focus_first(self) -> None:
        """Puts the focus on what goes on."""
        go = self.stopped.findChild(QPushButton, "where_go_on")
        wanted = go if go is not None and not self.stopped.isHidden() else self.always
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        self._ticked.clear()
        self.closed.emit()

    # -- the sections ---------------------------------------------------------------------------------------

    def _show_place(self, found: Whereabouts) -> None:
        clear(self.stopped.box)
        row = material.source(self._desk.project, self.place[0]) if self.place[0] else None
        self.stopped.setVisible(row is not None)
        if row is None:
            return
        words, cited = self._words()
        title = QLabel(breakable(cited), self)
        title.setObjectName("where_title")
        title.setFont(ui_font(semibold=True))
        quote = QLabel(quoted(words), self)
        quote.setObjectName("where_words")
        quote.setFont(reading_font(QUOTE))
        quote.setTextFormat(Qt.TextFormat.PlainText)
        quote.setVisible(bool(words))
        for label in (title, quote):
            label.setWordWrap(True)
            label.setContentsMargins(px(INSET), 0, px(INSET), 0)
            self.stopped.box.addWidget(label)
        go = QPushButton(_("Go on here"), self)
        go.setObjectName("where_go_on")
        go.setAccessibleName(_("Go on here: {place}").format(place=title.text().replace("\u200b", "")))
        go.setAutoDefault(True)
        go.clicked.connect(self._go_on)
        line = QHBoxLayout()
        line.setContentsMargins(px(INSET), px(4), px(INSET), px(2))
        line.addWidget(go)
        line.addStretch(1)
        self.stopped.box.addLayout(line)
        if found.last_act is not None:
            told = _("Last: {act}, {when}").format(act=found.last_act.label, when=_when(found.last_act.at))
            last = small(told, self, wrap=True)
            last.setObjectName("where_last")
            last.setContentsMargins(px(INSET), 0, px(INSET), 0)
            self.stopped.box.addWidget(last)

    def _words(self) -> tuple[str, str]:
        """The words at the place, and its paragraph as it is cited."""
        source, at = self.place
        text = material.text(self._desk.project, source)
        at = _sentence(text, min(at, max(0, len(text) - 1)))
        stop = min(len(text), at + _WORDS)
        ends = [end for end in (text.find("\n", at, stop),) if end > at]
        row = material.span_row(self._desk.project, source, at, max(at + 1, min([stop, *ends])))
        words = " ".join(row.text.split())
        cut = stop < len(text) and not ends
        return (words.rsplit(" ", 1)[0] + " …" if cut and " " in words else words), paragraphs_cited(row)

    def _go_on(self) -> None:
        source, at = self.place
        self._desk.source_wanted.emit(source, at, at)
        self._close()

    def _show_memos(self, found: Whereabouts) -> None:
        clear(self.memos.box)
        self.memos.setVisible(bool(found.memos))
        for memo in found.memos:
            line = QHBoxLayout()
            line.setContentsMargins(0, 0, px(INSET), 0)
            line.addWidget(self._memo_link(memo, "where_memo"))
            line.addStretch(1)
            line.addWidget(small(_day(memo.created), self))
            self.memos.box.addLayout(line)

    def _memo_link(self, memo: "MemoRow", name: str) -> TitleLink:
        title = memo.title or " ".join(memo.body.split())[:60] or _("Untitled")
        button = TitleLink(title, name)
        button.setAccessibleName(f"{kind_name(memo.kind)}: {title}")
        about = [kind_name(memo.kind), *[name for name in memo.link_names if name][:1], _when(memo.created)]
        button.setToolTip(f"{title}\n{' · '.join(about)}")
        button.clicked.connect(lambda: self._desk.memo_wanted.emit(memo.guid, ""))
        return button

    def _show_notes(self, found: Whereabouts) -> None:
        clear(self.notes.box)
        opened = {memo.guid: memo for memo in found.open_notes}
        self._ticked = {guid: memo for guid, memo in self._ticked.items() if guid not in opened}
        rows = sorted((*opened.values(), *self._ticked.values()), key=lambda memo: memo.created, reverse=True)
        self.notes.setVisible(bool(rows))
        for memo in rows:
            line = QHBoxLayout()
            line.setContentsMargins(px(INSET), 0, 0, 0)
            line.setSpacing(px(2))
            tick = QCheckBox(self)
            tick.setObjectName("where_done")
            tick.setAccessibleName(_("Done: {note}").format(note=memo.title))
            tick.setToolTip(_("Done"))
            tick.setChecked(memo.guid in self._ticked)
            tick.setEnabled(not self._desk.project.read_only)
            tick.toggled.connect(lambda on, memo=memo: self._tick(memo, on))
            line.addWidget(tick)
            line.addWidget(self._memo_link(memo, "where_note"))
            line.addStretch(1)
            self.notes.box.addLayout(line)

    def _tick(self, memo: "MemoRow", on: bool) -> None:
        if on:
            self._ticked[memo.guid] = memo
        if self._desk.do(set_note_done, memo=memo.guid, finished=on) is None:
            self._ticked.pop(memo.guid, None)
            self._soon.start()

    def _show_unread(self) -> None:
        if not self.isVisible():
            return
        begun, untouched = reading.begun_readings(self._desk.project)
        clear(self.unread.box)
        self.unread.setVisible(bool(begun or untouched))
        for row in begun:
            link = TitleLink(row.title, "where_unread")
            told = ngettext("{n} unread turn", "{n} unread turns", row.unread).format(n=row.unread)
            link.setAccessibleName(f"{row.title}, {told}")
            link.clicked.connect(lambda _checked=False, source=row.source: self._read_on(source))
            self.unread.box.addLayout(links(link))
            line = small(told, self)
            line.setContentsMargins(px(INSET), 0, px(INSET), px(2))
            self.unread.box.addWidget(line)
        if untouched:
            told = ngettext("{n} document not begun yet", "{n} documents not begun yet", untouched)
            line = small(told.format(n=untouched), self)
            line.setObjectName("where_untouched")
            line.setContentsMargins(px(INSET), 0, px(INSET), 0)
            self.unread.box.addWidget(line)

    def _read_on(self, source: str) -> None:
        turn = reading.next_turn(self._desk.project, source, after=-1)
        at = turn.start if turn is not None else -1
        self._desk.source_wanted.emit(source, at, at)
        self._close()


def _sentence(text: str, at: int) -> int:
    """Where the sentence begins that a place stands in, as far as that is near; else the place."""
    before = text[max(0, at - _BACK) : at]
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    if ends:
        return at - len(before) + ends[-1]
    return at if len(before) == _BACK else 0


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone() if moment.tzinfo is None else moment.astimezone()


def _day(moment: datetime) -> str:
    """A day as one says it."""
    local = _local(moment)
    days = (datetime.now(UTC).astimezone().date() - local.date()).days
    return {0: _("today"), 1: _("yesterday")}.get(days) or told_date(local, _("d MMMM"))


def _when(moment: datetime) -> str:
    """A day and an hour."""
    return _("{day}, {time}").format(day=_day(moment), time=_local(moment).strftime("%H:%M"))
