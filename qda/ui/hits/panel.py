"""Search in all documents: a field, what narrows it, the hits, codes and memos with the same words.

Hits come while one types, from a thread; a hit leads to the text, and all of them can be coded.
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding import material, search_all
from qda.coding.search_all import CodeWith, FullHit, MemoWith, Query
from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.hits.excerpts import HITS
from qda.ui.hits.looking import Looking
from qda.ui.hits.passages import ExcerptList
from qda.ui.open_coding.flow import Flow
from qda.ui.places import Panel
from qda.ui.surfaces import LinkButton, head_row, on_panel, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_PAUSE_MS: Final = 140
_LISTED: Final = 5_000  # hits that are listed; all are counted and can be coded
_COPIED: Final = 1_000  # hits that are copied at once
_ALSO_ROWS: Final = 6  # codes and memos that are seen at once
_WITHIN: Final = Qt.ItemDataRole.UserRole
_OTHER: Final = Qt.ItemDataRole.UserRole


class ResultsPanel(Panel):
    """Enter or a click leads to the text; Down and Up go through the hits; Esc closes."""

    code_wanted = Signal()  # code these hits

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._hits: list[FullHit] = []
        self._wanted = self._found = Query("")
        self._fresh = True
        self._number = 0
        self._looking = Looking()
        self._complete = True
        self._go_there = 0  # the step that waits for a hit
        self._stale = True
        self._also_words, self._also_open = "", False
        self.setObjectName("search_all")
        on_panel(self)
        self._make_field()
        self._make_lists()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self.line.textChanged.connect(self._typed)
        for box in (self.whole, self.phrase, self.forms, self.respondents):
            box.toggled.connect(self.search_now)
        self.within.activated.connect(self.search_now)
        for widget in (self.line, self.list, self.also):
            widget.installEventFilter(self)
        self.list.wanted.connect(self._lead)
        self.list.taken.connect(self._lead)
        self.list.copied.connect(desk.told)
        self.also.itemClicked.connect(self._show_other)
        self._looking.page.connect(self._page)
        self._looking.done.connect(self._done)
        self._looking.others.connect(self._others)
        desk.changed.connect(self._changed)

    # -- what it is made of ----------------------------------------------------------------------------------

    def _make_field(self) -> None:
        self.line = QLineEdit(self)
        self.line.setObjectName("search_all_line")
        self.line.setAccessibleName(_("Search in all documents"))
        self.line.setPlaceholderText(_("Search in all documents"))
        self.line.setToolTip(
            _("Several words are found where all stand in one paragraph, “…” as they stand.")
        )
        self.line.setClearButtonEnabled(True)
        self.whole = self._box("search_all_whole", _("Whole words"), _("Not as parts of longer words"))
        self.phrase = self._box(
            "search_all_phrase", _("Exact phrase"), _("The words one behind the other, as they are typed")
        )
        self.respondents = self._box(
            "search_all_respondents", _("Only respondents"), _("Not in the words of interviewers")
        )
        self.forms = self._box(
            "search_all_forms",
            _("Word forms"),
            _("“went” and “gone” with “go”, in all texts that have been read for their words"),
        )
        self.within = QComboBox(self)
        self.within.setObjectName("search_all_within")
        self.within.setAccessibleName(_("Where to search"))
        self.within.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.within.setMinimumContentsLength(12)
        self.count = small("", self, wrap=True)
        self.count.setObjectName("search_all_count")

    def _box(self, name: str, words: str, about: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setObjectName(name)
        box.setToolTip(about)
        return box

    def _make_lists(self) -> None:
        self.list = ExcerptList("search_all_list", _("Hits"), self, shape=HITS, cite=self._citable)
        self.list.setProperty("panel", True)
        self.list.set_empty(_how())
        self.also_link = LinkButton("", "search_all_also_link", self)
        self.also_link.clicked.connect(self._turn_others)
        self.also_link.hide()
        self.also = QListWidget(self)
        self.also.setObjectName("search_all_also")
        self.also.setAccessibleName(_("Codes and memos with these words"))
        self.also.setProperty("panel", True)
        self.also.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.also.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.also.hide()
        self.code_link = LinkButton(_("Code these hits…"), "search_all_code", self)
        self.code_link.clicked.connect(self.code_wanted)
        self.code_link.hide()

    def _lay_out(self) -> None:
        close = LinkButton(_("Close"), "search_all_close", self)
        close.clicked.connect(self.closed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Search in all"), close))
        ticks = Flow(px(10))
        for tick in (self.whole, self.phrase, self.forms, self.respondents):
            ticks.addWidget(tick)
        ticks.setContentsMargins(px(16), px(2), px(12), px(4))
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), px(4))
        row.addWidget(self.line)
        box.addLayout(row)
        box.addLayout(ticks)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), px(4))
        row.addWidget(self.within)
        box.addLayout(row)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(2), px(12), px(2))
        row.addWidget(self.count, 1)
        box.addLayout(row)
        for link in (self.code_link, self.also_link):
            row = QHBoxLayout()
            row.setContentsMargins(px(12), 0, px(12), 0)
            row.addWidget(link)
            row.addStretch(1)
            box.addLayout(row)
        box.addWidget(self.also)
        box.addWidget(self.list, 1)

    # -- asking ----------------------------------------------------------------------------------------------

    def open(self, words: str = "") -> None:
        """Puts the cursor into the field; ``words`` are looked for at once."""
        if self._stale:
            self._fill_within()
        if words:
            self.line.setText(words)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.search_now()

    @property
    def hits(self) -> list[FullHit]:
        """What was found up to now."""
        return self._hits

    @property
    def is_complete(self) -> bool:
        """Whether the search has come to its end."""
        return self._complete and not self._pause.isActive()

    @property
    def wanted(self) -> Query:
        """What was looked for when the hits were found."""
        return self._found

    def _typed(self) -> None:
        self._looking.let_go()
        self._pause.start()

    def _query(self) -> Query:
        kind, guid = self.within.currentData(_WITHIN) or ("", "")
        if kind == "source" and not guid:
            guid = self._desk.source
        return Query(
            self.line.text().strip(),
            phrase=self.phrase.isChecked(),
            whole=self.whole.isChecked(),
            forms=self.forms.isChecked(),
            role="respondent" if self.respondents.isChecked() else "",
            **({kind: guid} if kind else {}),
        )

    def search_now(self) -> None:
        """Looks for what stands in the field."""
        self._pause.stop()
        self._wanted = self._query()
        self._fresh = True  # the hits of before stay until there are others
        self._complete = False
        if not self._wanted.is_enough:
            self._looking.let_go()
            self._number = 0
            self._complete = True
            self._hits, self._found = [], self._wanted
            self.list.set_items([])
            self._show_others([], [])
            self._tell()
            return
        self._number = self._looking.look(self._desk.project, self._wanted)

    def _page(self, number: int, page: list[FullHit]) -> None:
        if number != self._number:
            return
        first, self._fresh = self._fresh, False
        if first:
            self._hits, self._found = [], self._wanted
        room = max(0, _LISTED - len(self._hits))
        self._hits += page
        if first:
            self.list.setCurrentIndex(self.list.passages.index(-1))
            self.list.set_items(page[:room])
            self.list.scrollToTop()
        else:
            self.list.add_items(page[:room])
        self._tell()
        if page and self._go_there:
            step, self._go_there = self._go_there, 0
            self.step(step)

    def _done(self, number: int) -> None:
        if number == self._number:
            self._complete = True
            self._go_there = 0
            self._tell()

    def _tell(self) -> None:
        self.code_link.setVisible(bool(self._hits) and not self._desk.project.read_only)
        self.list.set_empty(_nothing() if self._wanted.is_enough and self._complete else _how())
        if not self._wanted.is_enough:
            self.count.setText("")
            return
        if not self._hits:
            self.count.setText(_("Nothing found") if self._complete else _("Searching …"))
            return
        self.count.setText(counted(self._hits, complete=self._complete))

    # -- codes and memos -------------------------------------------------------------------------------------

    def _others(self, number: int, codes: list[CodeWith], memos: list[MemoWith]) -> None:
        if number == self._number:
            self._show_others(codes, memos)

    def _show_others(self, codes: list[CodeWith], memos: list[MemoWith]) -> None:
        self.also.clear()
        for code in codes[:_LISTED]:
            self._other(_("Code: {name}").format(name=code.name), code.where, code)
        for memo in memos[:_LISTED]:
            self._other(_("Memo: {name}").format(name=memo.title), memo.where, memo)
        told = []
        if codes:
            told.append(ngettext("{n} code", "{n} codes", len(codes)).format(n=len(codes)))
        if memos:
            told.append(ngettext("{n} memo", "{n} memos", len(memos)).format(n=len(memos)))
        self._also_words = _("Also in {what}").format(what=_(" and ").join(told)) if told else ""
        height = self.also.sizeHintForRow(0) if told else 0
        self.also.setFixedHeight(min(self.also.count(), _ALSO_ROWS) * height + px(6))
        self._open_others()

    def _turn_others(self) -> None:
        self._also_open = not self._also_open
        self._open_others()

    def _open_others(self) -> None:
        """The list is open or closed, as the link says."""
        words = self._also_words
        self.also_link.setText(f"{'▾' if self._also_open else '▸'} {words}" if words else "")
        self.also_link.setAccessibleName(words)
        self.also_link.setVisible(bool(words))
        self.also.setVisible(bool(words) and self._also_open)

    def _other(self, words: str, about: str, what: CodeWith | MemoWith) -> None:
        item = QListWidgetItem(words, self.also)
        item.setToolTip(about[:400])
        item.setData(_OTHER, what)

    def _show_other(self, item: QListWidgetItem) -> None:
        what: Any = item.data(_OTHER)
        if isinstance(what, CodeWith):
            self._desk.code_chosen.emit(what.guid)
        else:
            self._desk.memo_wanted.emit(what.guid, "")

    # -- going through them ----------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the next or previous hit, round at the ends; waits for hits that are on their way."""
        if self._pause.isActive():
            self._go_there = by
            self.search_now()
        elif self._fresh and not self._complete:
            self._go_there = by
        elif not self.list.step(by) and self._hits:
            self.list.clearSelection()
            rows = self.list.passages.rowCount()
            self.list.setCurrentIndex(self.list.passages.index(0 if by > 0 else rows - 1))
            if self.list.item is None:
                self.list.step(by)
            else:
                self._lead(self.list.item)

    def _lead(self, hit: FullHit) -> None:
        """To the text; who goes through the list stays in it."""
        focus = QApplication.focusWidget()
        self._desk.source_wanted.emit(hit.source, hit.start, hit.stop)
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _citable(self, hits: list[FullHit]) -> list[Any]:
        """The sentences in which the hits stand, each once."""
        return search_all.sentences_of(self._desk.project, hits[:_COPIED])

    # -- the study changes -----------------------------------------------------------------------------------

    def _fill_within(self) -> None:
        self._stale = False
        chosen = self.within.currentData(_WITHIN)
        self.within.clear()
        self.within.addItem(_("In all documents"), ("", ""))
        self.within.addItem(_("In this document"), ("source", ""))
        for case in material.cases(self._desk.project):
            self.within.addItem(_("Only case {name}").format(name=case.name), ("case", case.guid))
        for group in material.groups(self._desk.project):
            self.within.addItem(_("Only group {name}").format(name=group.name), ("group", group.guid))
        at = next((i for i in range(self.within.count()) if self.within.itemData(i) == chosen), 0)
        self.within.setCurrentIndex(at)

    def _changed(self, change: "Changed") -> None:
        if change.tables & {"source", "paragraph", "case_", "document_group", "speaker"}:
            self._stale = True
            if self.isVisible():
                self._fill_within()
                self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._fill_within()
            self._pause.start()

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._looking.wait()

    # -- keys ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif watched is self.line and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif watched is self.line and enter:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif watched is self.also and enter and self.also.currentItem() is not None:
            self._show_other(self.also.currentItem())
        else:
            return super().eventFilter(watched, event)
        return True


def _how() -> str:
    return _("Type a word: it is found in all documents, also as a part of longer words and with umlauts.")


def _nothing() -> str:
    return _("No paragraph holds all of this. Fewer words, or parts of words, find more.")


def counted(hits: list[FullHit], *, complete: bool = True) -> str:
    """How many cases, documents and hits; cases first."""
    n, k = len(hits), len({hit.source for hit in hits})
    cases = len({hit.case for hit in hits if hit.case})
    parts = [
        ngettext("{n} document", "{n} documents", k).format(n=k),
        ngettext("{n} hit", "{n} hits", n).format(n=n),
    ]
    if cases:
        parts.insert(0, ngettext("{n} case", "{n} cases", cases).format(n=cases))
    told = ", ".join(parts)
    if n >= search_all.MOST:
        told = _("{counted} and more: narrow the search").format(counted=told)
    elif not complete:
        told = f"{told} …"
    elif n > _LISTED:
        told = _("{counted}; the first {n} are listed").format(counted=told, n=f"{_LISTED:,}")
    return told
