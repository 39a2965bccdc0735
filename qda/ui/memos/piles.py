"""Piles of memos at the left of the desk, and laying memos on them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.asking import ask_name
from qda.ui.fonts import px
from qda.ui.laying.slips import pushes
from qda.ui.memos.items import GUID, MEMO, CountDelegate
from qda.ui.surfaces import LinkButton, head_row, small

if TYPE_CHECKING:
    from qda.coding.memo_piles import MemoPileRow
    from qda.models import Project
    from qda.ui.desk import Desk

MIME: Final = "application/x-qda-memos"


def memos_mime(guids: Sequence[str]) -> QMimeData:
    """Memos on their way to a pile."""
    data = QMimeData()
    data.setData(MIME, " ".join(guids).encode())
    return data


def memos_of(data: QMimeData) -> list[str]:
    """The memos that are being dragged."""
    return bytes(data.data(MIME).data()).decode().split()


class PileList(QListWidget):
    """The piles, in the researcher's order. Memos are dropped on one; Alt with the arrow keys moves it."""

    chosen = Signal(str)
    laid = Signal(str, list)  # pile, memos
    moved = Signal(str, int)  # pile, its new place
    rename_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("memo_piles")
        self.setAccessibleName(_("Piles of memos"))
        self.setProperty("panel", True)
        self.setItemDelegate(CountDelegate(self))
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.currentItemChanged.connect(lambda item, _old: self.chosen.emit(pile_of(item)) if item else None)
        self.itemClicked.connect(lambda item: self.chosen.emit(pile_of(item)))

    def show_piles(self, piles: Sequence["MemoPileRow"]) -> None:
        """Shows these piles, with how many memos lie on each; the one in hand stays."""
        current = pile_of(self.currentItem())
        blocked = self.blockSignals(True)
        self.clear()
        for pile in piles:
            item = QListWidgetItem(pile.name, self)
            item.setData(GUID, pile.guid)
            item.setData(MEMO, len(pile.memos))
            count = ngettext("{n} memo", "{n} memos", len(pile.memos)).format(n=len(pile.memos))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{pile.name}, {count}")
            if pile.guid == current:
                self.setCurrentItem(item)
        self.blockSignals(blocked)

    def choose(self, guid: str) -> None:
        """Takes a pile in hand; "" none."""
        blocked = self.blockSignals(True)
        self.setCurrentRow(-1)
        self.blockSignals(blocked)
        for at in range(self.count()):
            if pile_of(self.item(at)) == guid:
                self.setCurrentRow(at)

    def _menu(self, place: QPoint) -> None:
        pile = pile_of(self.itemAt(place))
        if not pile:
            return
        menu = QMenu(self)
        menu.setObjectName("memo_pile_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("&Rename"), lambda: self.rename_wanted.emit(pile))
        menu.addAction(_("&Take the pile apart"), lambda: self.remove_wanted.emit(pile))
        menu.popup(self.viewport().mapToGlobal(place))

    def event(self, event: QEvent) -> bool:
        own = (Qt.Key.Key_F2, Qt.Key.Key_Delete)
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if pushes(event) is not None or event.key() in own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pile = pile_of(self.currentItem())
        way = pushes(event)
        if way is not None and pile:
            place = self.currentRow() + way[1]
            if way[1] and 0 <= place < self.count():
                self.moved.emit(pile, place)
        elif event.key() == Qt.Key.Key_F2 and pile:
            self.rename_wanted.emit(pile)
        elif event.key() == Qt.Key.Key_Delete and pile:
            self.remove_wanted.emit(pile)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if memos_of(event.mimeData()) and self.itemAt(event.position().toPoint()) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        pile = pile_of(self.itemAt(event.position().toPoint()))
        if pile and (memos := memos_of(event.mimeData())):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.laid.emit(pile, memos)
        else:
            event.ignore()


def pile_of(item: QListWidgetItem | None) -> str:
    """The pile of a line."""
    return str(item.data(GUID) or "") if item is not None else ""


class MemoPiles(QWidget):
    """The heading with "New", the piles, and a line that says how to use them. Every change is an act."""

    chosen = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._piles: Sequence[MemoPileRow] = ()
        self.list = PileList(self)
        self.hint = small(
            _("Memos are dragged to a pile or laid there with T. A memo may lie on several."), self, wrap=True
        )
        self.hint.setContentsMargins(px(16), px(6), px(12), px(10))
        self.new = LinkButton(_("New"), "memo_pile_new", self)
        self.new.setAccessibleName(_("New pile of memos"))
        self.new.clicked.connect(lambda _on=False: self.ask_new())
        self.new.setVisible(not desk.project.read_only)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Piles by hand"), self.new))
        box.addWidget(self.list, 1)
        box.addWidget(self.hint)
        later = Qt.ConnectionType.QueuedConnection
        self.list.chosen.connect(self.chosen)
        self.list.laid.connect(self.lay, later)
        self.list.moved.connect(self._move, later)
        self.list.rename_wanted.connect(self.ask_rename)
        self.list.remove_wanted.connect(self._remove, later)

    def show_piles(self, piles: Sequence["MemoPileRow"]) -> None:
        """Shows these piles."""
        self._piles = tuple(piles)
        self.list.show_piles(piles)

    @property
    def current(self) -> str:
        """The pile in hand."""
        return pile_of(self.list.currentItem())

    # -- acts -----------------------------------------------------------------------------------------------

    def ask_new(self, memos: Sequence[str] = ()) -> None:
        """Asks for the name of a new pile, and lays these memos on it."""
        ask_name(self, _("New pile of memos"), _("Name"), lambda name: self.begin(name, memos))

    def begin(self, name: str, memos: Sequence[str] = ()) -> None:
        """Begins a pile with these memos, in one step."""
        self._desk.do(begin_pile, name=name, memos=list(memos))

    def lay(self, pile: str, memos: Sequence[str]) -> None:
        """Lays memos on a pile, in one step."""
        name = next((one.name for one in self._piles if one.guid == pile), "")
        if self._desk.do(lay_on_pile, pile=pile, memos=list(memos)):
            self._desk.told.emit(
                ngettext("{n} memo lies on “{name}”.", "{n} memos lie on “{name}”.", len(memos)).format(
                    n=len(memos), name=name
                )
            )

    def lay_menu(self, memos: Sequence[str], parent: QWidget) -> QMenu:
        """The piles to lay memos on; a tick where all of them lie, and choosing takes them off."""
        menu = QMenu(parent)
        menu.setObjectName("lay_memo_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for pile in self._piles:
            there = bool(memos) and set(memos) <= set(pile.memos)
            act = menu.addAction(pile.name.replace("&", "&&"))
            act.setCheckable(True)
            act.setChecked(there)
            guid = pile.guid
            act.triggered.connect(
                (lambda _on=False, guid=guid: self.take_off(guid, memos))
                if there
                else (lambda _on=False, guid=guid: self.lay(guid, memos))
            )
        menu.addSeparator()
        menu.addAction(_("&New pile…"), lambda: self.ask_new(memos))
        return menu

    def take_off(self, pile: str, memos: Sequence[str]) -> None:
        """Takes memos off a pile; the memos stay."""
        self._desk.do(take_off_pile, pile=pile, memos=list(memos))

    def ask_rename(self, pile: str) -> None:
        """Asks for another name."""
        from qda.coding.memo_piles import rename_memo_pile

        name = next((one.name for one in self._piles if one.guid == pile), "")
        ask_name(
            self,
            _("Rename pile of memos"),
            _("Name"),
            lambda new: self._desk.do(rename_memo_pile, pile=pile, name=new),
            start=name,
        )

    def _move(self, pile: str, place: int) -> None:
        from qda.coding.memo_piles import move_memo_pile

        self._desk.do(move_memo_pile, pile=pile, position=place)

    def _remove(self, pile: str) -> None:
        from qda.coding.memo_piles import remove_memo_pile

        name = next((one.name for one in self._piles if one.guid == pile), "")
        if self._desk.do(remove_memo_pile, pile=pile):
            self._desk.told.emit(_("Removed “{name}”.").format(name=name))


def begin_pile(project: "Project", *, name: str, memos: Sequence[str]) -> str:
    """A new pile with memos on it."""
    from qda.coding.memo_piles import new_memo_pile, put_memo

    with project.unit(_("New pile of memos “{name}”").format(name=name)):
        pile = new_memo_pile(project, name=name)
        for memo in memos:
            put_memo(project, pile=pile, memo=memo)
        return pile


def lay_on_pile(project: "Project", *, pile: str, memos: Sequence[str]) -> str:
    """Several memos on one pile; those that lie there stay where they are."""
    from qda.coding.memo_piles import memo_piles, put_memo

    with project.unit(_("Put memo on pile")):
        there = next((one.memos for one in memo_piles(project) if one.guid == pile), ())
        for memo in memos:
            if memo not in there:
                put_memo(project, pile=pile, memo=memo)
        return pile


def take_off_pile(project: "Project", *, pile: str, memos: Sequence[str]) -> str:
    """Several memos off one pile."""
    from qda.coding.memo_piles import take_memo

    with project.unit(_("Take memo off pile")):
        for memo in memos:
            take_memo(project, pile=pile, memo=memo)
        return pile


def put_in_order(project: "Project", *, pile: str, memos: Sequence[str]) -> str:
    """Memos of a pile in this order, before those not named."""
    from qda.coding.memo_piles import put_memo

    with project.unit(_("Put memos in order")):
        for place, memo in enumerate(memos):
            put_memo(project, pile=pile, memo=memo, position=place)
        return pile
