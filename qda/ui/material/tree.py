"""Documents in cases and groups, as a tree. Other workspaces may use it too.

A document stands under its case (or under "Without a case") and once more under its group. Dragging it onto
a case or a group puts it there; nothing else is ever moved by a drop.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.i18n import _
from qda.ui.controls import BarTree
from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.material.consent_words import mark_of, today
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow, GroupRow, SourceRow
    from qda.ui.desk import Desk

KIND: Final = Qt.ItemDataRole.UserRole + 1  # source, case, group, none (without a case)
GUID: Final = Qt.ItemDataRole.UserRole + 2
NOTE: Final = Qt.ItemDataRole.UserRole + 3
COUNT: Final = Qt.ItemDataRole.UserRole + 4
MARK: Final = Qt.ItemDataRole.UserRole + 5  # what is to be heeded of a case's consent
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Name, a minor note behind it, a count at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(px(120), px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = tokens_of(option.widget)
        area: QRect = option.rect
        name, count = index.data(), index.data(MARK) or index.data(COUNT)
        option.text = ""
        super().paint(painter, option, QModelIndex())
        painter.save()
        inner = area.adjusted(px(2), 0, -px(12), 0)
        right = 0
        if count:
            font = figures(ui_font(SMALL))
            # The name keeps the most of the row.
            least = QFontMetrics(ui_font()).horizontalAdvance(name) + px(8)
            room = max(inner.width() - least, inner.width() * 2 // 5)
            words = QFontMetrics(font).elidedText(str(count), Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(QColor(theme.secondary))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            right = QFontMetrics(font).horizontalAdvance(words) + px(8)
        font = ui_font(semibold=index.data(KIND) == "group")
        painter.setFont(font)
        painter.setPen(QColor(theme.secondary if index.data(KIND) in ("none", "group") else theme.text))
        metrics = QFontMetrics(font)
        room = inner.width() - right
        painter.drawText(
            inner.adjusted(0, 0, -right, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, room),
        )
        left = metrics.horizontalAdvance(name) + px(6)
        if (note := index.data(NOTE)) and room - left > px(24):
            small = ui_font(SMALL)
            painter.setFont(small)
            painter.setPen(QColor(theme.minor))
            painter.drawText(
                inner.adjusted(left, 0, -right, 0),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                QFontMetrics(small).elidedText(note, Qt.TextElideMode.ElideRight, room - left),
            )
        painter.restore()


class DocumentTree(BarTree):
    """The tree; ``turned_to`` says what is in hand, ``entered`` what was opened by Enter or double click."""

    turned_to = Signal(str, str)  # kind, guid
    entered = Signal(str, str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._closed: set[str] = set()
        self.counts = (0, 0)  # documents, cases
        self.cases: list[CaseRow] = []  # as read last
        self._model = QStandardItemModel(self)
        self.setObjectName("documents")
        self.setAccessibleName(_("Documents and cases"))
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.selectionModel().currentChanged.connect(self._turned)
        self.collapsed.connect(lambda index: self._closed.add(_key(index)))
        self.expanded.connect(lambda index: self._closed.discard(_key(index)))
        self.doubleClicked.connect(self._enter)

    # -- filling ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads documents, cases and groups anew; what was in hand and open stays so."""
        from qda.coding.material import cases, groups, in_reading_order, sources

        project = self._desk.project
        kept = self.in_hand
        documents, known = in_reading_order(sources(project)), cases(project)
        self.counts, self.cases = (len(documents), len(known)), known
        closed = set(self._closed)
        blocked = self.blockSignals(True)
        self.selectionModel().blockSignals(True)
        self._model.clear()
        root = self._model.invisibleRootItem()
        self._fill_cases(root, known, documents)
        self._fill_groups(root, groups(project), documents)
        self.expandAll()
        self._closed = closed
        for index in self._all():
            if _key(index) in closed:
                self.collapse(index)
        self.selectionModel().blockSignals(False)
        self.blockSignals(blocked)
        if kept[1]:
            self.choose(*kept)

    def _fill_cases(self, root: QStandardItem, cases: "list[CaseRow]", documents: "list[SourceRow]") -> None:
        rows: dict[str | None, list[SourceRow]] = {}
        for document in documents:
            rows.setdefault(document.case, []).append(document)
        items: dict[str, QStandardItem] = {}
        day = today()
        for case in cases:
            note = case.description.split("\n", 1)[0]
            items[case.guid] = _item("case", case.guid, case.name, note, mark=mark_of(case, day))
        for case in cases:
            (items.get(case.parent or "") or root).appendRow(items[case.guid])
            for document in rows.get(case.guid, ()):
                items[case.guid].appendRow(_document(document))
        if loose := rows.get(None):
            place = root
            if cases:
                place = _item("none", "", _("Without a case"))
                root.appendRow(place)
            for document in loose:
                place.appendRow(_document(document))

    def _fill_groups(
        self, root: QStandardItem, groups: "list[GroupRow]", documents: "list[SourceRow]"
    ) -> None:
        for group in groups:
            item = _item("group", group.guid, group.name, _("Group"))
            root.appendRow(item)
            for document in documents:
                if document.group == group.guid:
                    item.appendRow(_document(document))

    def _all(self, above: QModelIndex | None = None) -> list[QModelIndex]:
        above = above or QModelIndex()
        found = []
        for row in range(self._model.rowCount(above)):
            index = self._model.index(row, 0, above)
            found += [index, *self._all(index)]
        return found

    # -- what is in hand -------------------------------------------------------------------------------------

    @property
    def in_hand(self) -> tuple[str, str]:
        """Kind and GUID of the current row; empty ones for none."""
        index = self.currentIndex()
        return (index.data(KIND) or "", index.data(GUID) or "") if index.isValid() else ("", "")

    def choose(self, kind: str, guid: str) -> bool:
        """Takes a row in hand; false where it is gone."""
        for index in self._all():
            if index.data(KIND) == kind and index.data(GUID) == guid:
                self.selectionModel().setCurrentIndex(
                    index,
                    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
                )
                return True
        return False

    def choose_first(self) -> None:
        """Takes the first document in hand, else the first row."""
        indexes = self._all()
        for index in indexes:
            if index.data(KIND) == "source":
                self.setCurrentIndex(index)
                return
        if indexes:
            self.setCurrentIndex(indexes[0])

    def _turned(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid():
            self.turned_to.emit(index.data(KIND), index.data(GUID) or "")

    def _enter(self, index: QModelIndex) -> None:
        self.entered.emit(index.data(KIND), index.data(GUID) or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._enter(self.currentIndex())
            return
        super().keyPressEvent(event)

    # -- dragging --------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self and self.in_hand[0] == "source":
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        target = self.indexAt(event.position().toPoint())
        if event.source() is self and target.data(KIND) in ("case", "group", "none"):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        target = self.indexAt(event.position().toPoint())
        kind, source = self.in_hand
        if event.source() is self and kind == "source" and target.isValid():
            self.put(source, target.data(KIND), target.data(GUID) or "")
        event.ignore()  # the rows are read anew; nothing is moved inside the view

    def put(self, source: str, kind: str, guid: str) -> None:
        """Puts a document into a case or group, or out of its case."""
        from qda.coding.documents import move_to_group, set_source_case

        if kind == "group":
            self._desk.do(move_to_group, source=source, group=guid)
        elif kind in ("case", "none"):
            self._desk.do(set_source_case, source=source, case=guid or None)


def _item(
    kind: str, guid: str, name: str, note: str = "", count: int = 0, *, mark: str = ""
) -> QStandardItem:
    item = QStandardItem(name)
    item.setEditable(False)
    item.setData(kind, KIND)
    item.setData(guid, GUID)
    item.setData(note, NOTE)
    item.setData(count, COUNT)
    item.setData(mark, MARK)
    item.setToolTip("\n".join(words for words in (f"{name} {note}".strip(), mark) if words))
    spoken = ", ".join(words for words in (name, note, mark) if words)
    item.setAccessibleText(_("{name}, {n} codings").format(name=spoken, n=count) if count else spoken)
    return item


def _document(row: "SourceRow") -> QStandardItem:
    return _item("source", row.guid, row.title, "", row.codings)


def _key(index: QModelIndex) -> str:
    return f"{index.data(KIND)}:{index.data(GUID)}"
