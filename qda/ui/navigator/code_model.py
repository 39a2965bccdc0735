"""The tree of codes as a model. A filter rebuilds it by one reset; nothing stands between it and the view."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from qda.coding.rows import CodeRow
from qda.i18n import _, ngettext
from qda.ui.navigator.several import codes_mime, codes_of
from qda.ui.transcript import mime
from qda.ui.transcript.code_search import fold
from qda.ui.transcript.margin import shown_name

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole  # the CodeRow
GUID: Final = Qt.ItemDataRole.UserRole + 1
COUNT: Final = Qt.ItemDataRole.UserRole + 2  # the figure shown
KEY: Final = Qt.ItemDataRole.UserRole + 3  # the digit that codes with it, 0 for none

_FEW: Final = 64  # rows that are told one by one


@dataclass(slots=True, eq=False)
class Node:
    """One visible code."""

    row: CodeRow
    parent: "Node | None" = None
    at: int = 0
    children: list["Node"] = field(default_factory=list)


class CodeModel(QAbstractItemModel):
    """Codes by their place in the tree; with a filter the hits and what stands above them."""

    renamed = Signal(str, str)  # guid, new name
    moved = Signal(str, object, int)  # guid, guid of the parent or none, place among its siblings (-1: last)
    several_moved = Signal(list, object, int)  # guids, the rest as above
    span_dropped = Signal(str, int, int)  # a code's guid and the span of the transcript dropped on it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CodeRow] = []
        self._folded: list[str] = []
        self._filter = ""
        self._below = True
        self._counted = True
        self._keys: dict[str, int] = {}
        self._roots: list[Node] = []
        self._nodes: dict[str, Node] = {}
        self._all: tuple[list[Node], dict[str, Node]] | None = None  # as it is without a filter
        self._leaf = self._branch = Qt.ItemFlag.NoItemFlags
        self.can_change: Callable[[], bool] = lambda: True

    # -- what is shown --------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[CodeRow]) -> None:
        """Shows these codes; where only names or figures differ, nothing is rebuilt."""
        same = len(rows) == len(self._rows) and all(
            old.guid == new.guid and old.depth == new.depth and old.name == new.name
            for old, new in zip(self._rows, rows, strict=True)
        )
        before, self._rows = self._rows, list(rows)
        if same:
            self._refresh([new for old, new in zip(before, self._rows, strict=True) if old != new])
            return
        self._folded = [fold(row.name) for row in rows]
        self._all = None
        self._rebuild()

    def set_keys(self, keys: Mapping[str, int]) -> None:
        """Shows these digits beside the codes that they stand for."""
        old, self._keys = self._keys, dict(keys)
        for guid in {guid for guid, _key in old.items() ^ self._keys.items()}:
            index = self.index_of(guid)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def _refresh(self, rows: Sequence[CodeRow]) -> None:
        """Puts these rows into their places: after a coding a branch, not ten thousand codes."""
        known = [self._nodes] if self._all is None else [self._nodes, self._all[1]]
        for row in rows:
            for nodes in known:
                node = nodes.get(row.guid)
                if node is not None:
                    node.row = row
            index = self.index_of(row.guid)
            if index.isValid() and len(rows) <= _FEW:
                self.dataChanged.emit(index, index)
        if len(rows) > _FEW:
            self._say_changed(self._roots, QModelIndex())

    def _say_changed(self, nodes: list[Node], above: QModelIndex) -> None:
        if nodes:
            self.dataChanged.emit(self.index(0, 0, above), self.index(len(nodes) - 1, 0, above))
        for node in nodes:
            if node.children:
                self._say_changed(node.children, self.index(node.at, 0, above))

    @property
    def filter(self) -> str:
        """What is filtered for."""
        return self._filter

    def set_filter(self, words: str) -> None:
        """Shows codes in whose names all typed words occur, with what stands above them."""
        wanted = " ".join(fold(words).split())
        if wanted != self._filter:
            self._filter = wanted
            self._rebuild()

    @property
    def counts_below(self) -> bool:
        """Whether a figure counts the codes below as well."""
        return self._below

    def set_counts_below(self, below: bool) -> None:
        """Counts with the codes below, or each code's own codings alone."""
        if below != self._below:
            self._below = below
            self._say_changed(self._roots, QModelIndex())

    def _hits(self) -> set[int] | None:
        """The places of rows to show; none means all."""
        if not self._filter:
            return None
        words = self._filter.split()
        first = words[0]
        shown: set[int] = set()
        trail: list[int] = []  # the places of what stands above
        for at, (row, name) in enumerate(zip(self._rows, self._folded, strict=True)):
            del trail[row.depth :]
            trail.append(at)
            if first in name and all(word in name for word in words):
                shown.update(trail)
        return shown

    def _rebuild(self) -> None:
        shown = self._hits()
        self.beginResetModel()
        self._set_flags()
        if shown is None and self._all is not None:
            self._roots, self._nodes = self._all
            self.endResetModel()
            return
        self._roots, self._nodes = [], {}
        trail: list[Node] = []
        for at, row in enumerate(self._rows):
            if shown is not None and at not in shown:
                continue
            del trail[row.depth :]
            above = trail[-1] if trail else None
            siblings = above.children if above else self._roots
            node = Node(row, above, len(siblings))
            siblings.append(node)
            self._nodes[row.guid] = node
            trail.append(node)
        if shown is None:
            self._all = self._roots, self._nodes
        self.endResetModel()

    def _set_flags(self) -> None:
        flag = Qt.ItemFlag
        found = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled
        self._branch = found | flag.ItemIsEditable if self.can_change() else found
        self._leaf = self._branch | flag.ItemNeverHasChildren  # spares the view a question a row

    def index_of(self, guid: str) -> QModelIndex:
        """Where a code stands; an invalid index where it is not shown."""
        node = self._nodes.get(guid)
        return QModelIndex() if node is None else self.createIndex(node.at, 0, node)

    def guids(self) -> Iterator[str]:
        """The codes shown, in the order of the tree."""
        return iter(self._nodes)

    def parents(self) -> Iterator[str]:
        """The codes shown that have others below them."""
        return (guid for guid, node in self._nodes.items() if node.children)

    def first_parents(self, rows: int) -> Iterator[str]:
        """As :meth:`parents`, as far as the first ``rows`` rows reach."""
        return (guid for guid, node in islice(self._nodes.items(), rows) if node.children)

    @staticmethod
    def code(index: Index) -> CodeRow | None:
        """The code at ``index``."""
        row = index.data(ROW) if index.isValid() else None
        return row if isinstance(row, CodeRow) else None

    # -- Qt's questions -------------------------------------------------------------------------------------

    @staticmethod
    def _node(index: Index) -> Node:
        node = index.internalPointer()
        assert isinstance(node, Node)
        return node

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        if parent is not None and parent.isValid():
            children: list[Node] = parent.internalPointer().children  # asked for each row of a page
        else:
            children = self._roots
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, 0, children[row])
        return QModelIndex()

    def hasChildren(self, parent: Index | None = None) -> bool:
        if parent is None or not parent.isValid():
            return bool(self._roots)
        return bool(self._node(parent).children)

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        if index is None or not index.isValid():
            return QModelIndex()
        above = self._node(index).parent
        return QModelIndex() if above is None else self.createIndex(above.at, 0, above)

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._roots)
        return len(self._node(parent).children)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: ARG002
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._node(index).row
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(row.name, row.origin == "in-vivo")
        if role == Qt.ItemDataRole.EditRole:
            return row.name
        if role == ROW:
            return row
        if role in (GUID, COUNT, KEY):
            return {GUID: row.guid, COUNT: self.figure(row), KEY: self._keys.get(row.guid, 0)}[role]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, counted=self._counted)
        return None

    def set_counted(self, counted: bool) -> None:
        """Shows figures beside codes, or none."""
        if counted != self._counted:
            self._counted = counted
            self._say_changed(self._roots, QModelIndex())

    def figure(self, row: CodeRow) -> int:
        """How many codings are shown beside a code; 0 where frequencies are hidden."""
        if not self._counted:
            return 0
        return row.codings_below if self._below else row.codings

    def _spoken(self, row: CodeRow) -> str:
        parts = [shown_name(row.name, row.origin == "in-vivo")]
        if row.core:
            parts.append(_("core category"))
        elif row.kind == "category":
            parts.append(_("category"))
        if self._counted:
            count = self.figure(row)
            parts.append(ngettext("{n} coding", "{n} codings", count).format(n=count))
        if key := self._keys.get(row.guid):
            parts.append(_("key {key}").format(key=key))
        return ", ".join(parts)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return self._branch if index.internalPointer().children else self._leaf

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.code(index)
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        name = " ".join(str(value).split())
        if not name or name == row.name:
            return False
        self.renamed.emit(row.guid, name)
        return True

    # -- dragging -------------------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        return [mime.CODE, mime.SPAN]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        chosen = [row for index in indexes if (row := self.code(index)) is not None]
        places = {guid: at for at, guid in enumerate(self._nodes)}
        chosen.sort(key=lambda row: places[row.guid])
        return codes_mime([(row.guid, row.name) for row in chosen])

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        if not self.can_change():
            return False
        if mime.span_of(data) is not None:
            return parent.isValid() and row < 0
        guids = set(codes_of(data))
        if not guids or not guids <= self._nodes.keys():
            return False
        above = self._node(parent) if parent.isValid() else None
        while above is not None:
            if above.row.guid in guids:
                return False
            above = above.parent
        return True

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Orders a code or puts it below another; a drop never merges. A span is coded."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        above = self._node(parent) if parent.isValid() else None
        span = mime.span_of(data)
        if span is not None and above is not None:
            self.span_dropped.emit(above.row.guid, span.start, span.stop)
            return True
        guids = codes_of(data)
        under, place = above.row.guid if above else None, self._place(set(guids), above, row)
        if len(guids) > 1:
            self.several_moved.emit(guids, under, place)
        elif guids:
            self.moved.emit(guids[0], under, place)
        return bool(guids)

    def _place(self, moved: set[str], above: Node | None, row: int) -> int:
        """The place among all siblings without the moved codes, whatever the filter hides; -1 for last."""
        siblings = above.children if above else self._roots
        if row < 0 or row >= len(siblings):
            return -1
        before = siblings[row].row.guid
        parent = above.row.guid if above else None
        everyone = [r.guid for r in self._rows if r.parent == parent and r.guid not in moved]
        if before in moved:  # just above itself: it stays before the next one
            later = next((n.row.guid for n in siblings[row + 1 :] if n.row.guid not in moved), "")
            return everyone.index(later) if later in everyone else -1
        return everyone.index(before)


def _tip(row: CodeRow, *, counted: bool) -> str:
    parts = [row.path]
    if row.definition:
        parts.append(row.definition)
    if not counted:
        return "\n".join(parts)
    own = ngettext("{n} coding of its own", "{n} codings of its own", row.codings).format(n=row.codings)
    if row.codings_below != row.codings:
        own = _("{own}, {n} with the codes below").format(own=own, n=row.codings_below)
    return "\n".join([*parts, own])
