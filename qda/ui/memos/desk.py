"""The memo desk: types and piles with their counts, the list, the memo."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidgetItem,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.memos.editor import MemoEditor
from qda.ui.memos.items import GUID, MEMO
from qda.ui.memos.lists import ALL, PRIVATE, MemoList, MemoTypes
from qda.ui.memos.piles import MemoPiles, put_in_order
from qda.ui.memos.sieve import Sieve
from qda.ui.memos.targets import KINDS, go_to, kind_name
from qda.ui.surfaces import Line, LinkButton, on_paper, section, small

if TYPE_CHECKING:
    from qda.coding.memo_sorting import MemoBook, MemoWish
    from qda.coding.rows import MemoRow, SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset(
    {"memo", "memo_link", "memo_pile", "memo_pile_entry", "code", "case_", "source", "coder"}
)


class MemoDesk(QWidget):
    """All memos, three columns: types, list, memo. The left column is handed to the workspace."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book: MemoBook | None = None
        self._stale = True
        self.types = MemoTypes()
        self.types.currentRowChanged.connect(lambda row: self._type_chosen() if row >= 0 else None)
        self.types.itemClicked.connect(lambda _item: self._type_chosen())
        self.piles = MemoPiles(desk)
        self.piles.chosen.connect(self._pile_chosen)
        self._pile = ""
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
        self.sieve = Sieve(self._desk, side)
        self.filter = self.sieve.words
        self.sieve.changed.connect(self._fill)
        box.addWidget(self.sieve)
        box.addWidget(Line(side))
        self._count = small("", side)
        self._export = LinkButton(_("Export…"), "memo_export", side)
        self._export.setAccessibleName(_("Export these memos"))
        self._export.clicked.connect(self.export)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(4), px(12), px(4))
        foot.addWidget(self._count, 1)
        foot.addWidget(self._export)
        box.addLayout(foot)
        box.addWidget(Line(side))
        self.list = MemoList(side)
        self.list.currentItemChanged.connect(self._turned)
        self.list.entered.connect(self._enter)
        self.list.remove_wanted.connect(self.remove_memo)
        self.list.lay_wanted.connect(self.lay)
        self.list.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
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
        head.addWidget(self._kind)
        self._piled = small("", side)
        self._piled.setObjectName("memo_piled")
        head.addWidget(self._piled, 1)
        self._there = LinkButton(_("Go to the place"), "memo_go", side)
        self._there.clicked.connect(self._go)
        self._lay = LinkButton(_("Lay on a pile…"), "memo_lay", side)
        self._lay.setToolTip("T")
        self._lay.clicked.connect(self.lay)
        self._gone = LinkButton(_("Remove"), "memo_remove", side)
        self._gone.setAccessibleName(_("Remove the memo"))
        self._gone.clicked.connect(self.remove_memo)
        head.addWidget(self._there)
        head.addWidget(self._lay)
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

    @property
    def _rows(self) -> "Sequence[MemoRow]":
        return self._book.rows if self._book else ()

    def refresh(self) -> None:
        """Reads the memos anew."""
        from qda.coding.memo_sorting import memo_book

        self._stale = False
        self._book = memo_book(self._desk.project)
        self.types.count_up(self._rows)
        self.piles.show_piles(self._book.piles)
        if self._pile and self._book.pile(self._pile) is None:
            self._type_chosen()
        else:
            self._fill()

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES:
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

    def _type_chosen(self) -> None:
        self._pile = ""
        self.piles.list.choose("")
        self.sieve.use_pile_order(on=False)
        self._fill()

    def _pile_chosen(self, pile: str) -> None:
        if pile == self._pile:
            return
        self._pile = pile
        blocked = self.types.blockSignals(True)
        self.types.setCurrentRow(-1)
        self.types.blockSignals(blocked)
        self.sieve.use_pile_order(on=True)
        self._fill()

    def _wish(self) -> "MemoWish":
        kind = "" if self._pile else self.types.chosen
        kinds = (kind,) if kind not in (ALL, PRIVATE) else ()
        return self.sieve.wish(kinds=kinds, pile=self._pile, private=kind == PRIVATE)

    def _wanted(self) -> "list[MemoRow]":
        return self._book.wanted(self._wish()) if self._book else []

    def _fill(self) -> None:
        rows = self._wanted()
        current, chosen = self.editor.guid, set(self.list.chosen())
        self.list.on_pile = bool(self._pile) and self._wish().order == "pile"
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
            if row.guid in chosen:
                item.setSelected(True)
        self.list.blockSignals(False)
        self._count.setText(ngettext("{n} memo", "{n} memos", len(rows)).format(n=len(rows)))
        self._export.setEnabled(any(not row.private for row in rows))
        shown = next((row for row in self._rows if row.guid == current), None)
        if current and shown is None:
            self.editor.clear()
        if shown is not None:
            self.editor.show_memo(shown)
        elif not self.editor.isEnabled() and rows:
            self.list.setCurrentRow(0)
        self._head()

    def passages_in_hand(self) -> "list[SegmentRow]":
        """The passages of the memo in hand, to be cited."""
        return self.editor.passages_in_hand()

    def _head(self) -> None:
        in_hand = bool(self.editor.guid) or self.editor.isEnabled()
        self.editor.setVisible(in_hand)
        self._nothing.setVisible(not in_hand)
        item = self.list.currentItem()
        row: MemoRow | None = item.data(MEMO) if item and in_hand else None
        self._kind.setText(kind_name(row.kind) if row else "")
        self._there.setVisible(bool(row and row.links))
        for link in (self._gone, self._lay):
            link.setVisible(row is not None and not self._desk.project.read_only)
        self._piled.setText(self._told_piles(row))

    def _told_piles(self, row: "MemoRow | None") -> str:
        if row is None or self._book is None:
            return ""
        names = [pile.name for pile in self._book.piles if row.guid in pile.memos]
        return _("On {piles}").format(piles=", ".join(names)) if names else ""

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
            self._show_all()
        for at in range(self.list.count()):
            if self.list.item(at).data(GUID) == guid:
                self.list.setCurrentRow(at)

    def _show_all(self) -> None:
        self.sieve.clear()
        self.types.setCurrentRow(0)
        self._type_chosen()

    def _in_hand(self) -> list[str]:
        return self.list.chosen() or ([self.editor.guid] if self.editor.guid else [])

    def lay(self) -> None:
        """Offers the piles to lay the memos chosen on."""
        self.editor.flush()
        memos = self._in_hand()
        if memos and not self._desk.project.read_only:
            below = self._lay if not self.list.hasFocus() else self.list
            place = QPoint(0, below.height()) if below is self._lay else self._below_row()
            self.piles.lay_menu(memos, self).popup(below.mapToGlobal(place))

    def _below_row(self) -> QPoint:
        area = self.list.visualItemRect(self.list.currentItem())
        return area.bottomLeft() + QPoint(px(16), 0)

    def _move(self, memos: list[str], before: int) -> None:
        """Puts memos before a place of the pile in hand, counted as the list shows them."""
        shown = [self.list.item(at).data(GUID) for at in range(self.list.count())]
        rest = [guid for guid in shown if guid not in memos]
        at = sum(guid not in memos for guid in shown[:before])
        if rest[:at] + memos + rest[at:] != shown:
            self._desk.do(put_in_order, pile=self._pile, memos=rest[:at] + memos + rest[at:])

    def export(self) -> None:
        """Writes the memos listed to a file; private ones are left out."""
        from qda.ui.memos.export import ask_export

        if self._book is not None:
            ask_export(self._desk, self._wish(), self._book, self)

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
