"""Cases and attributes as one works in them: typing, Enter, Tab, arrows, a menu for each column."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.material.attribute_model import AttributeModel, Index
from qda.ui.material.values import hint_of
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.rows import AttributeRow
    from qda.ui.desk import Desk

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerDelegate(QStyledItemDelegate):
    """The editor of a cell: a line, or for a choice a line with its answers."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        model = index.model()
        assert isinstance(model, AttributeModel)
        attribute = model.attributes[index.column() - 1] if index.column() else None
        if attribute is not None and attribute.kind == "choice":
            return _choice(parent, attribute)
        line = QLineEdit(parent)
        line.setObjectName("cell")
        line.setAccessibleName(attribute.name if attribute else _("Name of the case"))
        line.setPlaceholderText(hint_of(attribute.kind) if attribute else "")
        line.setStyleSheet(f"border-radius: 0; padding: 0 {px(5)}px;")
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        words = index.data(Qt.ItemDataRole.EditRole) or ""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findText(words), 0) if words else -1)
            editor.setEditText(words)
        elif isinstance(editor, QLineEdit):
            editor.setText(words)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        words = editor.currentText() if isinstance(editor, QComboBox) else ""
        if isinstance(editor, QLineEdit):
            words = editor.text()
        model.setData(index, words)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            assert isinstance(editor, QWidget)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
            return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        editor.setGeometry(option.rect)


def _choice(parent: QWidget, attribute: "AttributeRow") -> QComboBox:
    box = QComboBox(parent)
    box.setObjectName("cell")
    box.setAccessibleName(attribute.name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems([*attribute.choices, *(one for one in attribute.missing if one not in attribute.choices)])
    if (completer := box.completer()) is not None:
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    box.setStyleSheet(f"QComboBox {{ border-radius: 0; padding: 0 {px(2)}px; }}")
    return box


class AttributeView(QTableView):
    """All by keys: typing or Enter edits, Enter goes down, Tab to the right, Del empties, Menu acts."""

    column_menu_wanted = Signal(int, QPoint)  # column, where
    case_menu_wanted = Signal(str, QPoint)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attribute_table")
        self.setAccessibleName(_("Cases and attributes"))
        self.table = AttributeModel(desk, lambda: tokens_of(self), self)
        self.setModel(self.table)
        self.setItemDelegate(AnswerDelegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setStyleSheet(
            f"QTableView::item {{ padding: 0 {px(6)}px; }}"
            f"QTableView::item:focus {{ padding: 0 {px(6) - 2}px; }}"
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(28))
        header = self.horizontalHeader()
        header.setObjectName("attribute_heads")
        header.setAccessibleName(_("Attributes"))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setDefaultSectionSize(px(132))
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._head_menu)
        header.sortIndicatorChanged.connect(self._sort)
        header.setMinimumHeight(px(30))
        header.setTextElideMode(Qt.TextElideMode.ElideRight)

    def refresh(self) -> None:
        """Reads the study anew; the cell in hand stays."""
        index = self.currentIndex()
        key = self.table.key_at(index) if index.isValid() else None
        first = self.table.columnCount() <= 1
        self.table.refresh()
        if first and self.table.cases:
            self.setColumnWidth(0, max(px(132), min(px(260), self.sizeHintForColumn(0) + px(16))))
        place = self.table.place_of(*key) if key is not None else None
        if place is not None and place.isValid() and place != self.currentIndex():
            self.setCurrentIndex(place)
        elif not self.currentIndex().isValid() and self.table.rowCount():
            self.setCurrentIndex(self.table.index(0, min(1, len(self.table.attributes))))

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0:
            self.table.sort(column, order)

    def sort_by(self, column: int, order: Qt.SortOrder) -> None:
        """Sorts by a column, and says so in its head."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)
        self._sort(column, order)

    def _head_menu(self, at: QPoint) -> None:
        column = self.horizontalHeader().logicalIndexAt(at)
        if column >= 0:
            self.column_menu_wanted.emit(column, self.horizontalHeader().mapToGlobal(at))

    # -- keys ------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
        ):
            event.accept()  # these work on cells here, not on the case in the tree
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty_selected()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            self._menu_at(index)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and index.isValid():
            self.setCurrentIndex(index)
            self._menu_at(index)

    def _menu_at(self, index: Index) -> None:
        if not index.isValid():
            return
        where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        case = self.table.case_at(index.row())
        if index.column():
            self.column_menu_wanted.emit(index.column(), where)
        elif case:
            self.case_menu_wanted.emit(case, where)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        down = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        super().closeEditor(editor, hint)
        index = self.currentIndex()
        if down and index.row() + 1 < self.table.rowCount():
            self.setCurrentIndex(self.table.index(index.row() + 1, index.column()))

    # -- blocks ----------------------------------------------------------------------------------------------

    def selected_text(self) -> str:
        """The selected cells, columns apart by tabs."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(self.table.words(index))
        return "\n".join("\t".join(row) for row in rows.values())

    def paste(self) -> None:
        """Writes the clipboard's cells from the current one on."""
        text = QGuiApplication.clipboard().text().replace("\r\n", "\n").rstrip("\n")
        if text and self.currentIndex().isValid() and not self._only_reading():
            self.table.put([line.split("\t") for line in text.split("\n")], self.currentIndex())

    def empty_selected(self) -> None:
        """Takes the answers out of the selected cells."""
        cells = [index for index in self.selectedIndexes() if index.column() and self.table.words(index)]
        if not cells or self._only_reading():
            return
        rows, columns = [i.row() for i in cells], [i.column() for i in cells]
        top, left = min(rows), min(columns)
        block = [[""] * (max(columns) - left + 1) for _row in range(max(rows) - top + 1)]
        self.table.put(block, self.table.index(top, left))

    def _only_reading(self) -> bool:
        return not self.table.flags(self.table.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
