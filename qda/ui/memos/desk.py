"""The memo desk: types with their counts, the list, the memo."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.memos.editor import MemoEditor
from qda.ui.memos.items import GUID, MEMO, CountDelegate, MemoDelegate
from qda.ui.memos.targets import KINDS, go_to, kind_name
from qda.ui.surfaces import Line, LinkButton, on_panel, on_paper, section, small

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.coding.rows import MemoRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_ALL: Final = ""
_PRIVATE: Final = "private"
_ORDERS: Final = ("newest", "oldest", "title")


class MemoTypes(QListWidget):
    """The types at the left, each with how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("memo_types")
        self.setAccessibleName(_("Types of memos"))
        self.setProperty("panel", True)
        self.setItemDelegate(CountDelegate(self))
        self.setMouseTracking(True)
        for key, name in (
            (_ALL, _("All")),
            *((key, _(many)) for key, many, _one in KINDS),
            (_PRIVATE, _("Private, in no report")),
        ):
            item = QListWidgetItem(name, self)
            item.setData(GUID, key)
        self.setCurrentRow(0)

    def count_up(self, rows: "list[MemoRow]") -> None:
        """Writes the counts."""
        for at in range(self.count()):
            item = self.item(at)
            key = item.data(GUID)
            if key == _PRIVATE:
                number = sum(row.private for row in rows)
            else:
                number = sum(key in (_ALL, row.kind) for row in rows)
            item.setData(MEMO, number)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {number}")

    @property
    def chosen(self) -> str:
        """The type in hand; empty for all."""
        item = self.currentItem()
        return str(item.data(GUID)) if item else _ALL


class MemoList(QListWidget):
    """The memos of a type; Enter goes into the memo, Del removes it."""

    def __init__(self, enter: "Callable[[], None]", remove: "Callable[[], None]", parent: QWidget) -> None:
        super().__init__(parent)
        self._enter, self._remove = enter, remove
        self.setObjectName("memo_list")
        self.setAccessibleName(_("Memos"))
        self.setItemDelegate(MemoDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)


class MemoDesk(QWidget):
    """All memos, three columns: types, list, memo. The left column is handed to the workspace."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[MemoRow] = []
        self._stale = True
        self.types = MemoTypes()
        self.types.currentRowChanged.connect(lambda _row: self._fill())
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.addWidget(self._middle())
        split.addWidget(self._right())
        split.setSizes([px(400), px(800)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        box.addWidget(split)
        desk.changed.connect(self._changed)

    def _middle(self) -> QWidget:
        side = QWidget(self)
        on_paper(side)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QWidget(side)
        on_panel(head)
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(8))
        self.filter = QLineEdit(head)
        self.filter.setObjectName("memo_filter")
        self.filter.setAccessibleName(_("Filter memos"))
        self.filter.setPlaceholderText(_("Filter by words"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._fill())
        row.addWidget(self.filter, 1)
        self.order = QComboBox(head)
        self.order.setObjectName("memo_order")
        self.order.setAccessibleName(_("Order of the memos"))
        for key, name in zip(_ORDERS, (_("Newest first"), _("Oldest first"), _("By title")), strict=True):
            self.order.addItem(name, key)
        self.order.activated.connect(lambda _at: self._fill())
        row.addWidget(self.order)
        box.addWidget(head)
        box.addWidget(Line(side))
        self._count = small("", side)
        self._count.setContentsMargins(px(16), px(6), px(16), px(6))
        box.addWidget(self._count)
        box.addWidget(Line(side))
        self.list = MemoList(self._enter, self.remove_memo, side)
        self.list.currentItemChanged.connect(self._turned)
        box.addWidget(self.list, 1)
        return side

    def _right(self) -> QWidget:
        side = QWidget(self)
        on_paper(side)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(6), px(12), px(6))
        head.setSpacing(px(8))
        head.addWidget(section(_("Memo"), side))
        self._kind = small("", side)
        head.addWidget(self._kind, 1)
        self._there = LinkButton(_("Go to the place"), "memo_go", side)
        self._there.clicked.connect(self._go)
        self._gone = LinkButton(_("Remove"), "memo_remove", side)
        self._gone.setAccessibleName(_("Remove the memo"))
        self._gone.clicked.connect(self.remove_memo)
        head.addWidget(self._there)
        head.addWidget(self._gone)
        box.addLayout(head)
        box.addWidget(Line(side))
        self.editor = MemoEditor(self._desk, side)
        self.editor.stored.connect(self._stored)
        box.addWidget(self.editor, 1)
        self._nothing = small(
            _("No memo chosen. A memo can be written at any place with Ctrl+M; here “New” begins one."),
            side,
            wrap=True,
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(px(40), 0, px(40), px(120))
        box.addWidget(self._nothing, 1)
        return side

    def new_menu(self, parent: QWidget) -> QMenu:
        """A menu with the types, to begin a memo of one."""
        menu = QMenu(parent)
        for key, _many, one in KINDS:
            menu.addAction(_(one), partial(self.begin, key))
        return menu

    # -- filling ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the memos anew."""
        from qda.coding.memo_queries import memos

        self._stale = False
        self._rows = memos(self._desk.project)
        self.types.count_up(self._rows)
        self._fill()

    def _changed(self, change: "Changed") -> None:
        if change.tables & {"memo", "memo_link", "code", "case_", "source"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def shown(self) -> None:
        """Comes to the front."""
        if self._stale:
            self.refresh()

    def standing(self) -> str:
        """How many memos there are, and how many of them private."""
        n, private = len(self._rows), sum(row.private for row in self._rows)
        told = ngettext("{n} memo", "{n} memos", n).format(n=n)
        return _("{memos}, {n} private").format(memos=told, n=private) if private else told

    def _wanted(self) -> "list[MemoRow]":
        kind, words = self.types.chosen, self.filter.text().casefold().split()
        rows = [
            row
            for row in self._rows
            if (kind in (_ALL, row.kind) or (kind == _PRIVATE and row.private))
            and all(
                word in f"{row.title}\n{row.body}\n{' '.join(row.link_names)}".casefold() for word in words
            )
        ]
        order = self.order.currentData()
        if order == "oldest":
            rows.reverse()
        elif order == "title":
            rows.sort(key=lambda row: row.title.casefold())
        return rows

    def _fill(self) -> None:
        rows = self._wanted()
        current = self.editor.guid
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(row.title, self.list)
            item.setData(GUID, row.guid)
            item.setData(MEMO, row)
            private = f", {_('private')}" if row.private else ""
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{row.title}, {kind_name(row.kind)}{private}, {row.coder}",
            )
            if row.guid == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._count.setText(ngettext("{n} memo", "{n} memos", len(rows)).format(n=len(rows)))
        shown = next((row for row in self._rows if row.guid == current), None)
        if current and shown is None:
            self.editor.clear()
        if shown is not None:
            self.editor.show_memo(shown)
        elif not self.editor.isEnabled() and rows:
            self.list.setCurrentRow(0)
        self._head()

    def _head(self) -> None:
        in_hand = bool(self.editor.guid) or self.editor.isEnabled()
        self.editor.setVisible(in_hand)
        self._nothing.setVisible(not in_hand)
        item = self.list.currentItem()
        row: MemoRow | None = item.data(MEMO) if item and in_hand else None
        self._kind.setText(kind_name(row.kind) if row else "")
        self._there.setVisible(bool(row and row.links))
        self._gone.setVisible(row is not None and not self._desk.project.read_only)

    def _turned(self, item: QListWidgetItem | None, _old: QListWidgetItem | None = None) -> None:
        if item is not None:
            guid = item.data(GUID)
            self.editor.flush()  # may read the list anew
            row = next((r for r in self._rows if r.guid == guid), None)
            if row is not None:
                self.editor.show_memo(row)
        self._head()

    # -- acts ------------------------------------------------------------------------------------------------

    def begin(self, kind: str) -> None:
        """A new memo of this type; it hangs on nothing yet."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self.editor.begin("", kind)
        self._head()
        self.editor.focus_words()

    def _stored(self, guid: str) -> None:
        QTimer.singleShot(0, lambda: self.choose(guid))

    def choose(self, guid: str) -> None:
        """Takes a memo in hand; if the type or the filter hides it, all are shown."""
        if not any(row.guid == guid for row in self._wanted()):
            self.types.setCurrentRow(0)
            self.filter.clear()
        for at in range(self.list.count()):
            if self.list.item(at).data(GUID) == guid:
                self.list.setCurrentRow(at)

    def remove_memo(self) -> None:
        """Removes the memo in hand; undo is offered below."""
        from qda.coding.memos import remove_memo

        guid, title = self.editor.guid, self.editor.title.text()
        if guid and not self._desk.project.read_only:
            row = self.list.currentRow()
            self.editor.flush()
            if self._desk.do(remove_memo, memo=guid):
                self._desk.told.emit(_("Removed “{name}”.").format(name=title))
                self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(MEMO).links:
            go_to(self._desk, item.data(MEMO).links[0])

    def _enter(self) -> None:
        self.editor.focus_words()
