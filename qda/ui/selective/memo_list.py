"""Memos beside the story, by type and pile, filtered by words: to read, to write, to put into the story.

A memo is dragged into the story as a reference; Ctrl+Enter does the same, Ctrl+Shift+Enter puts its words in.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.coding import memo_queries
from qda.coding.memo_piles import memo_piles
from qda.coding.rows import MemoRow
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.editor import MemoEditor
from qda.ui.memos.items import GUID, MEMO
from qda.ui.memos.lists import MemoList as Rows
from qda.ui.memos.targets import KINDS
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_PILE: Final = "pile:"
_RETURNS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Rows(Rows):
    """The list; Enter goes into the memo, with Ctrl the memo goes into the story."""

    refer_wanted = Signal()
    words_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("story_memos")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _RETURNS and control:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.words_wanted if shift else self.refer_wanted).emit()
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_T):
            event.ignore()
            return
        super().keyPressEvent(event)


class MemoList(QWidget):
    """List and memo, one above the other."""

    refer_wanted = Signal(str)  # a memo's GUID
    words_wanted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[str, MemoRow] = {}
        self._target = "project:"
        self.setObjectName("memo_list")
        on_panel(self)
        self.kind = QComboBox(self)
        self.kind.setObjectName("memo_kind")
        self.kind.setAccessibleName(_("Type or pile of memos"))
        self.kind.currentIndexChanged.connect(lambda _at: self.refresh())
        self.filter = QLineEdit(self)
        self.filter.setObjectName("memo_filter")
        self.filter.setAccessibleName(_("Filter the memos"))
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _words: self._show())
        self.list = _Rows(self)
        self.list.currentItemChanged.connect(lambda item, _old: self._read(item))
        self.list.entered.connect(self._into_memo)
        self.list.refer_wanted.connect(self.refer)
        self.list.words_wanted.connect(self.put_words)
        self.editor = MemoEditor(desk, self, narrow=True)
        self.editor.stored.connect(self._stored)
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(4), px(14), px(8))
        row.setSpacing(px(8))
        self.new = LinkButton(_("New"), "new_theoretical_note", self)
        self.new.setAccessibleName(_("New memo on the core category"))
        self.new.clicked.connect(self.begin)
        row.addWidget(self.kind, 3)
        row.addWidget(self.filter, 2)
        row.addWidget(self.new)
        self._nothing = small(_("No memo here. “New” begins one on the core category."), self, wrap=True)
        self._nothing.setContentsMargins(px(16), px(8), px(14), px(8))
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("memo_split")
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._memo())
        split.setSizes([px(210), px(530)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        box.addWidget(Line(self))
        box.addWidget(self._nothing)
        box.addWidget(split, 1)

    def _memo(self) -> QWidget:
        page = QWidget(self)
        on_paper(page)
        self._refer = LinkButton(_("Refer to it"), "memo_refer", page)
        self._refer.setToolTip(_("Ctrl+Enter in the list, or drag the memo into the story"))
        self._refer.clicked.connect(self.refer)
        self._words = LinkButton(_("Put its words in"), "memo_words", page)
        self._words.setToolTip(_("Ctrl+Shift+Enter in the list"))
        self._words.clicked.connect(self.put_words)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(4), px(14), px(2))
        into = Elided(_("Into the story:"), page)
        into.setFont(ui_font(SMALL))
        into.setProperty("minor", True)
        row.addWidget(into)
        row.addWidget(self._refer)
        row.addWidget(self._words)
        row.addStretch(1)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        box.addWidget(Line(page))
        box.addWidget(self.editor, 1)
        return page

    # -- showing ----------

    def show_target(self, target: str) -> None:
        """What a new memo hangs on."""
        self._target = target

    def refresh(self) -> None:
        """Reads the memos of the chosen type or pile."""
        self._fill_kinds()
        wanted = str(self.kind.currentData() or "")
        if wanted.startswith(_PILE):
            order = {guid: at for at, guid in enumerate(self._piles.get(wanted.removeprefix(_PILE), ()))}
            rows = memo_queries.memos(self._desk.project, guids=list(order))
            rows.sort(key=lambda row: order[row.guid])
        else:
            rows = memo_queries.memos(self._desk.project, kind=wanted or None)
        self._rows = {row.guid: row for row in rows}
        self._show()

    def _fill_kinds(self) -> None:
        piles = memo_piles(self._desk.project)
        self._piles = {pile.guid: pile.memos for pile in piles}
        wanted = [("", _("All memos"))]
        wanted += [(f"{_PILE}{pile.guid}", pile.name) for pile in piles]
        wanted += [(key, _(many)) for key, many, _one in KINDS]
        there = [(self.kind.itemData(at), self.kind.itemText(at)) for at in range(self.kind.count())]
        if there == wanted:
            return
        current = self.kind.currentData() if there else "theoretical"
        self.kind.blockSignals(True)
        self.kind.clear()
        for key, name in wanted:
            self.kind.addItem(name, key)
        for before in (1, 1 + len(piles)) if piles else (1,):
            self.kind.insertSeparator(before + (before > 1))
        self.kind.setCurrentIndex(max(0, self.kind.findData(current)))
        self.kind.blockSignals(False)

    def _show(self) -> None:
        words = self.filter.text().casefold().split()
        found = [
            row
            for row in self._rows.values()
            if all(word in f"{row.title} {row.body} {' '.join(row.link_names)}".casefold() for word in words)
        ]
        current = self.guid
        self.list.blockSignals(True)
        self.list.clear()
        for row in found:
            item = QListWidgetItem(row.title or _("Without a title"), self.list)
            item.setData(GUID, row.guid)
            item.setData(MEMO, row)
        kept = next((at for at, row in enumerate(found) if row.guid == current), 0)
        self.list.setCurrentRow(kept if found else -1)
        self.list.blockSignals(False)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._read(self.list.currentItem())

    def _read(self, item: QListWidgetItem | None) -> None:
        row: MemoRow | None = item.data(MEMO) if item is not None else None
        usable = row is not None and not row.private
        for button in (self._refer, self._words):
            button.setEnabled(usable)
        if row is not None:
            self.editor.show_memo(row)
        elif self.editor.guid or not self.editor.isEnabled():
            self.editor.clear()

    @property
    def guid(self) -> str:
        """The memo that is read."""
        return self.editor.guid

    @property
    def current(self) -> MemoRow | None:
        """The memo that can go into the story: not a private one."""
        row = self._rows.get(self.guid)
        return row if row is not None and not row.private else None

    # -- writing, and into the story ----------

    def begin(self) -> None:
        """Begins a theoretical note on the core category, beside the story."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self.editor.begin(self._target, "theoretical")
        self.editor.focus_words()

    def _stored(self, _guid: str) -> None:
        if self.kind.currentData() != "theoretical":
            self.kind.setCurrentIndex(self.kind.findData("theoretical"))
        self.refresh()

    def refer(self) -> None:
        """Puts a reference to the memo into the story."""
        if self.current is not None:
            self.refer_wanted.emit(self.current.guid)

    def put_words(self) -> None:
        """Puts the words of the memo into the story."""
        self.editor.flush()
        if self.current is not None:
            self.words_wanted.emit(self.current.guid)

    def _into_memo(self) -> None:
        self.editor.focus_words()

    def focus_first(self) -> None:
        """To the list."""
        (self.list if self.list.count() else self.filter).setFocus(Qt.FocusReason.OtherFocusReason)
