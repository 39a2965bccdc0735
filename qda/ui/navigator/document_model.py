"""Documents by case and group, as a model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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

from qda.coding.rows import CaseRow, GroupRow, SourceRow
from qda.i18n import _, ngettext
from qda.ui.transcript import mime

Index = QModelIndex | QPersistentModelIndex
ENTRY: Final = Qt.ItemDataRole.UserRole
GUID: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(slots=True, eq=False)
class Entry:
    """A case, a group or a document. ``count``: codings of a document."""

    kind: str  # case, group, source
    guid: str
    name: str
    behind: str = ""
    count: int = 0
    parent: "Entry | None" = None
    at: int = 0
    children: list["Entry"] = field(default_factory=list)

    def add(self, child: "Entry") -> "Entry":
        """Puts an entry behind the others in this one."""
        child.parent, child.at = self, len(self.children)
        self.children.append(child)
        return child


def arranged(sources: Sequence[SourceRow], cases: Sequence[CaseRow], groups: Sequence[GroupRow]) -> Entry:
    """The root of the tree: cases (one inside another once) with their documents, groups, then the rest."""
    root = Entry("root", "", "")
    by_case: dict[str, Entry] = {}
    for case in sorted(cases, key=lambda c: c.parent is not None):
        above = by_case.get(case.parent or "", root)
        short = case.description.strip().split("\n", 1)[0]
        by_case[case.guid] = above.add(Entry("case", case.guid, case.name, short))
    by_group = {group.guid: Entry("group", group.guid, group.name) for group in groups}
    loose: list[Entry] = []
    for source in sources:
        entry = Entry("source", source.guid, source.title, count=source.codings)
        if source.case in by_case:
            by_case[source.case or ""].add(entry)
        elif source.group in by_group:
            by_group[source.group or ""].add(entry)
        else:
            loose.append(entry)
    for entry in (*(e for e in by_group.values() if e.children), *loose):
        root.add(entry)
    return root


class DocumentModel(QAbstractItemModel):
    """Cases, groups and documents."""

    renamed = Signal(str, str, str)  # kind, guid, new name

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Entry("root", "", "")
        self._entries: dict[str, Entry] = {}

    def set_root(self, root: Entry) -> None:
        """Shows another arrangement."""
        self.beginResetModel()
        self._root = root
        self._entries = {}
        stack = list(root.children)
        while stack:
            entry = stack.pop()
            self._entries[entry.guid] = entry
            stack += entry.children
        self.endResetModel()

    def set_counts(self, counts: dict[str, int]) -> None:
        """Changes the figures of some documents."""
        for guid, count in counts.items():
            entry = self._entries.get(guid)
            if entry is not None and entry.count != count:
                entry.count = count
                index = self.index_of(guid)
                self.dataChanged.emit(index, index)

    def entry(self, guid: str) -> Entry | None:
        """One entry by its GUID."""
        return self._entries.get(guid)

    def index_of(self, guid: str) -> QModelIndex:
        """Where an entry stands."""
        entry = self._entries.get(guid)
        return QModelIndex() if entry is None else self.createIndex(entry.at, 0, entry)

    def parents(self) -> list[QModelIndex]:
        """All entries that hold others."""
        return [self.index_of(guid) for guid, entry in self._entries.items() if entry.children]

    def first_source(self) -> str:
        """The first document from the top."""
        stack = list(reversed(self._root.children))
        while stack:
            entry = stack.pop()
            if entry.kind == "source":
                return entry.guid
            stack += reversed(entry.children)
        return ""

    # -- Qt's questions -------------------------------------------------------------------------------------

    def _entry(self, index: Index | None) -> Entry:
        if index is None or not index.isValid():
            return self._root
        entry = index.internalPointer()
        assert isinstance(entry, Entry)
        return entry

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        children = self._entry(parent).children
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, 0, children[row])
        return QModelIndex()

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        above = self._entry(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.at, 0, above)

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._entry(parent).children)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: ARG002
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        kept = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable
        return kept | flag.ItemIsDragEnabled if self._entry(index).kind == "source" else kept

    def mimeTypes(self) -> list[str]:
        return [mime.SOURCE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        entry = self._entry(next(iter(indexes), None))
        return mime.source_mime(entry.guid, entry.name)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entry(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return entry.name
        if role == ENTRY:
            return entry
        if role == GUID:
            return entry.guid
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.name}\n{entry.behind}" if entry.behind else entry.name
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = " ".join(str(value).split())
        entry = self._entry(index)
        if role != Qt.ItemDataRole.EditRole or not name or name == entry.name:
            return False
        self.renamed.emit(entry.kind, entry.guid, name)
        return True


def _spoken(entry: Entry) -> str:
    if entry.kind == "case":
        return ", ".join(part for part in (entry.name, _("case"), entry.behind) if part)
    if entry.kind == "group":
        return _("{name}, group of documents").format(name=entry.name)
    codings = ngettext("{n} coding", "{n} codings", entry.count).format(n=entry.count)
    return f"{entry.name}, {codings}"
