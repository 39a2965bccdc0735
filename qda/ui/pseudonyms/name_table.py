"""The table of names: in the text, kind, hits, what stands for it, how far it is."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.i18n import _
from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.pseudonyms.words import KINDS, kind_name, state
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.pseudonyms import NameKind
    from qda.ui.pseudonyms.work import Name, Work

Index = QModelIndex | QPersistentModelIndex
TEXT, KIND, HITS, INSTEAD, STATE = range(5)
_ROW: Final = 32


class NameModel(QAbstractTableModel):
    """The names of a kind, the likeliest first, those that are none at the end."""

    edited = Signal(object)  # Name

    def __init__(self, work: "Work", parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self.kind = ""
        self.rows: list[Name] = []

    def refresh(self) -> None:
        """Reads the names anew; those without a hit are shown only where a person named them."""
        wanted = [
            name
            for name in self._work.names
            if (not self.kind or name.entry.kind == self.kind) and (name.hits or name.weight > 1)
            if name.hits or not name.from_key
        ]
        wanted.sort(key=lambda name: (name.dismissed, -name.weight, -len(name.hits)))
        self.beginResetModel()
        self.rows = wanted
        self.endResetModel()

    def told(self, name: "Name") -> None:
        """A row has changed."""
        if name in self.rows:
            at = self.rows.index(name)
            self.dataChanged.emit(self.index(at, 0), self.index(at, STATE))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        return 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("In the text"), _("Kind"), _("Hits"), _("Becomes"), _("State"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == HITS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (KIND, INSTEAD) else flags

    def words(self, name: "Name", column: int) -> str:
        """What a cell says."""
        if column == TEXT:
            return name.entry.clear
        if column == KIND:
            return kind_name(name.entry.kind)
        if column == HITS:
            return str(len(name.hits))
        if column == INSTEAD:
            return name.entry.replacement
        return state(name, self._work.standing(name))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(name, index.column())
        if role == Qt.ItemDataRole.EditRole:
            return name.entry.kind if index.column() == KIND else name.entry.replacement
        if role == Qt.ItemDataRole.ToolTipRole:
            why = _("from the key") if name.from_key else _(name.reason) if name.reason else _("added by you")
            return f"{name.entry.clear}: {why}" if index.column() != INSTEAD else name.entry.replacement
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == HITS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == TEXT:
            return ", ".join(self.words(name, column) for column in range(5))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = self.rows[index.row()]
        if role != Qt.ItemDataRole.EditRole:
            return False
        words = str(value).strip()
        if index.column() == KIND:
            if words == name.entry.kind:
                return False
            self._work.set_kind(name, cast("NameKind", words))
        else:
            if not words or words == name.entry.replacement:
                return False
            self._work.rename(name, words)
        self.told(name)
        self.edited.emit(name)
        return True


class _Cells(QStyledItemDelegate):
    """Paints a line under each row and a bar at the left of the chosen one; edits kind and replacement."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("NameTable", option.widget)
        theme = tokens_of(view)
        name = cast("NameModel", index.model()).rows[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = index.row() == view.under
        ground = theme.list_selection if chosen else theme.hover if hover else theme.paper
        painter.save()
        area = QRect(option.rect)
        painter.fillRect(area, QColor(ground))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(theme.separator))
        if chosen and index.column() == TEXT:
            colour = theme.accent if view.hasFocus() else theme.control_frame
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colour))
        self._words(painter, area, index, name)
        if view.hasFocus() and index == view.currentIndex() and index.column() in (KIND, INSTEAD):
            painter.setPen(QColor(theme.accent))
            painter.drawRoundedRect(area.adjusted(1, 2, -2, -4), px(3), px(3))
        painter.restore()

    def _words(self, painter: QPainter, area: QRect, index: Index, name: "Name") -> None:
        theme, column = tokens_of(cast("QWidget", self.parent())), index.column()
        small = column == STATE
        font = ui_font(SMALL if small else 1.0, semibold=column == TEXT and not name.dismissed)
        font.setStrikeOut(column == TEXT and name.dismissed)
        painter.setFont(figures(font) if column == HITS else font)
        quiet = column in (KIND, STATE) and not name.dismissed
        painter.setPen(QColor(theme.minor if name.dismissed else theme.secondary if quiet else theme.text))
        room = area.adjusted(px(16 if column == TEXT else 8), 0, -px(8), 0)
        words = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, max(0, room.width())
        )
        side = Qt.AlignmentFlag.AlignRight if column == HITS else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + px(12), px(_ROW))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == KIND:
            box = QComboBox(parent)
            box.setObjectName("name_kind")
            box.setAccessibleName(_("Kind"))
            for key, _word in KINDS:
                box.addItem(kind_name(key), key)
            box.activated.connect(lambda _at: self._take(box))
            return box
        field = QLineEdit(parent)
        field.setObjectName("name_instead")
        field.setAccessibleName(_("Becomes"))
        field.setMinimumHeight(option.rect.height())
        return field

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        words = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(words)))
        elif isinstance(editor, QLineEdit):
            editor.setText(words)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


class NameTable(QTableView):
    """Keys: A accepts the row's hits, L drops the row or takes it back, F2 what stands for it, K its kind."""

    accept_wanted = Signal(object)  # Name
    drop_wanted = Signal(object)
    hits_wanted = Signal()
    shown = Signal(object)  # Name or None

    def __init__(self, model: NameModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.under = -1
        self.names = model
        self.setObjectName("names")
        self.setAccessibleName(_("Names found"))
        self.setAccessibleDescription(
            _("A accepts all hits of the name, L: this is no name, F2 replaces it otherwise, K its kind")
        )
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.verticalHeader().setMinimumSectionSize(px(_ROW))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for column in (TEXT, INSTEAD):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (KIND, HITS, STATE):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setStyleSheet(
            f"QHeaderView::section {{ padding: {px(6)}px {px(8)}px; }}"
            f"QHeaderView::section:first {{ padding-left: {px(16)}px; }}"
        )

    @property
    def name(self) -> "Name | None":
        """The chosen name."""
        at = self.currentIndex().row()
        return self.names.rows[at] if 0 <= at < len(self.names.rows) else None

    def choose(self, name: "Name | None") -> None:
        """Turns to a name; to the first one where there is no such row."""
        rows = self.names.rows
        at = rows.index(name) if name in rows else 0
        if rows:
            self.setCurrentIndex(self.names.index(at, TEXT))
        else:
            self.shown.emit(None)

    def step(self, by: int) -> None:
        """The next or the previous name."""
        at = max(0, min(self.currentIndex().row() + by, len(self.names.rows) - 1))
        self.setCurrentIndex(self.names.index(at, TEXT))

    def edit_cell(self, column: int) -> None:
        """Opens the chosen row's cell to write in."""
        index = self.names.index(self.currentIndex().row(), column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.shown.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name, key = self.name, event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # what the cell's editor did not want, the key that ends it above all
        elif name is None or not (plain or (shift and key == Qt.Key.Key_A)):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_A:
            self.accept_wanted.emit(name)
        elif key in (Qt.Key.Key_L, Qt.Key.Key_Delete):
            self.drop_wanted.emit(name)
        elif key == Qt.Key.Key_K:
            self.edit_cell(KIND)
        elif key == Qt.Key.Key_F2:
            self.edit_cell(KIND if self.currentIndex().column() == KIND else INSTEAD)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hits_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here."""

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            self._hover(self.indexAt(event.position().toPoint()).row())  # type: ignore[attr-defined]
        elif event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.under:
            self.under = row
            self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
