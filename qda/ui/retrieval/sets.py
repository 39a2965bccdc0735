"""The saved queries at the left: live sets, with what they select now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QInputDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding import saved_queries
from qda.coding.retrieval import count, from_json
from qda.coding.retrieval.spec import Spec
from qda.errors import KnownError
from qda.i18n import _
from qda.ui.background import Background
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.items import paint_ground
from qda.ui.retrieval.telling import Words, counted
from qda.ui.surfaces import head_row, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
SET: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class LiveSet:
    """A saved query; ``query`` is none where it cannot be read; ``told`` is what it selects now."""

    guid: str
    name: str
    query: Spec | None
    sentence: str
    told: str = ""


class SetDelegate(QStyledItemDelegate):
    """Name, the query as a sentence, what it selects."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(120), px(64))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens_of(option.widget)
        area: QRect = option.rect
        one = index.data(SET)
        painter.save()
        paint_ground(painter, option, colours)
        if isinstance(one, LiveSet):
            line = QRect(area.left() + px(16), area.top() + px(6), area.width() - px(28), px(18))
            for words, font, ink in (
                (one.name, ui_font(semibold=True), colours.text),
                (one.sentence.replace("*", ""), ui_font(SMALL), colours.secondary),
                (one.told, ui_font(SMALL), colours.minor),
            ):
                painter.setFont(font)
                painter.setPen(QColor(ink))
                shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
                line.translate(0, px(17))
        painter.restore()


_COUNT: Final = "count:"  # before the GUID of the set that is counted


class LiveSets(QWidget):
    """The list. ``opened``: a set is wanted; ``change_wanted``: the query in hand is to go into one."""

    opened = Signal(object)
    change_wanted = Signal(str)

    def __init__(self, desk: "Desk", asking: Background, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._asking, self._words = desk, asking, words
        self._hidden = False
        self.setObjectName("live_sets")
        self.list = QListWidget(self)
        self.list.setObjectName("live_set_list")
        self.list.setAccessibleName(_("Live sets"))
        self.list.setProperty("panel", True)
        self.list.setItemDelegate(SetDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setMouseTracking(True)
        self.hint = small(
            _("A saved query is a live set: it always shows the passages that fit now."), self, wrap=True
        )
        self.hint.setContentsMargins(px(16), px(4), px(16), px(4))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Live sets")))
        box.addWidget(self.hint)
        box.addWidget(self.list, 1)
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.model().rowsMoved.connect(lambda *_moved: self._dropped())
        self.list.installEventFilter(self)
        asking.done.connect(self._answered)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self, *, hidden: bool) -> None:
        """Shows the sets as they are now; their counts come a moment later."""
        self._hidden = hidden
        held = self.current
        told = {one.guid: one.told for one in self.sets}
        rows = saved_queries.saved_queries(self._desk.project)
        queries: dict[str, Spec] = {}
        for row in rows:
            try:
                queries[row.guid] = from_json(row.spec)
            except KnownError:
                continue
        words = {guid: self._words.told(query) for guid, query in queries.items()}
        self.list.clear()
        for row in rows:
            unread = _("This query cannot be read.")
            one = LiveSet(
                row.guid,
                row.name,
                queries.get(row.guid),
                words.get(row.guid, unread),
                "" if hidden else told.get(row.guid, ""),
            )
            self._add(one)
            if one.query is not None and not hidden:
                self._count(one.guid, one.query)
            if one.guid == held:
                self.list.setCurrentRow(self.list.count() - 1)
        self.hint.setVisible(not rows)

    def _add(self, one: LiveSet) -> None:
        item = QListWidgetItem(one.name)
        self._show(item, one)
        self.list.addItem(item)

    @staticmethod
    def _show(item: QListWidgetItem, one: LiveSet) -> None:
        item.setData(SET, one)
        sentence = one.sentence.replace("*", "")
        item.setToolTip(sentence)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {sentence}, {one.told}")

    @property
    def sets(self) -> list[LiveSet]:
        """The sets in their order."""
        found = (self.list.item(row).data(SET) for row in range(self.list.count()))
        return [one for one in found if isinstance(one, LiveSet)]

    @property
    def current(self) -> str:
        """The set in hand."""
        item = self.list.currentItem()
        return str(item.data(SET).guid) if item is not None else ""

    def put_in_hand(self, guid: str) -> None:
        """Sets one apart; "" none."""
        row = next((at for at, one in enumerate(self.sets) if one.guid == guid), -1)
        self.list.setCurrentRow(row)

    def _count(self, guid: str, query: Spec) -> None:
        project = self._desk.project
        self._asking.ask(f"{_COUNT}{guid}", lambda: count(project, query))

    def _answered(self, name: str, answer: object) -> None:
        if not name.startswith(_COUNT) or self._hidden or not isinstance(answer, tuple):
            return
        for row in range(self.list.count()):
            item = self.list.item(row)
            one = item.data(SET)
            if one.guid == name.removeprefix(_COUNT):
                self._show(item, LiveSet(one.guid, one.name, one.query, one.sentence, counted(*answer)))

    # -- acts -----------------------------------------------------------------------------------------------

    def _open(self, item: QListWidgetItem) -> None:
        one = item.data(SET)
        if one.query is not None:
            self.opened.emit(one)

    def rename(self) -> None:
        """Asks for another name of the set in hand."""
        one = next((one for one in self.sets if one.guid == self.current), None)
        if one is None:
            return
        name, taken = QInputDialog.getText(self, _("Rename live set"), _("Name"), text=one.name)
        if taken and name.strip() and name != one.name:
            self._desk.do(saved_queries.change_query, query=one.guid, name=name)

    def remove(self) -> None:
        """Takes the set in hand away; undo brings it back."""
        one = next((one for one in self.sets if one.guid == self.current), None)
        if one is not None and self._desk.do(saved_queries.remove_query, query=one.guid):
            self._desk.told.emit(_("Removed “{name}”.").format(name=one.name))

    def move_by(self, by: int) -> None:
        """Moves the set in hand up or down."""
        row = self.list.currentRow()
        if 0 <= row < self.list.count() and 0 <= row + by < self.list.count():
            self._desk.do(saved_queries.move_query, query=self.current, position=row + by)

    def _dropped(self) -> None:
        """One was dragged to another place."""
        before = [row.guid for row in saved_queries.saved_queries(self._desk.project)]
        now = [one.guid for one in self.sets]
        if before == now or sorted(before) != sorted(now):
            return
        moved = next(
            guid for guid in now if [x for x in now if x != guid] == [x for x in before if x != guid]
        )
        self._desk.do(saved_queries.move_query, query=moved, position=now.index(moved))

    def _menu(self, place: QPoint) -> None:
        if not self.current:
            return
        menu = QMenu(self)
        menu.setObjectName("live_set_menu")
        for words, name, run in (
            (_("Put the query in hand into it"), "change_set", lambda: self.change_wanted.emit(self.current)),
            (_("Rename…"), "rename_set", self.rename),
            (_("Further up"), "set_up", lambda: self.move_by(-1)),
            (_("Further down"), "set_down", lambda: self.move_by(1)),
            (_("Remove"), "remove_set", self.remove),
        ):
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(lambda _on=False, run=run: run())
            action.setEnabled(not self._desk.project.read_only)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.mapToGlobal(place))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            key = event.key()
            acts = {Qt.Key.Key_F2: self.rename, Qt.Key.Key_Delete: self.remove}
            if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                acts[Qt.Key(key)] = lambda: self.move_by(-1 if key == Qt.Key.Key_Up else 1)
            if Qt.Key(key) in acts and self.current:
                if event.type() is QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                if event.type() is QEvent.Type.KeyPress:
                    acts[Qt.Key(key)]()
                    return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]
