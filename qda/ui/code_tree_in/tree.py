"""The code tree as it will be: what is new or changed stands out, the rest is quiet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.code_tree_preview import Shown

_WIDTHS: Final = (330, 260)
_LONGEST_TIP: Final = 600  # characters


class PreviewTree(QTreeWidget):
    """A tree to look at; nothing in it can be changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Shown] = []
        self.setObjectName("code_tree_preview")
        self.setAccessibleName(_("Code tree as it will be"))
        self.setHeaderLabels([_("Code tree as it will be"), _("What happens"), _("Definition")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, px(width))

    def show_rows(self, rows: Sequence["Shown"]) -> None:
        """All of them, open; the first that changes is in hand."""
        self._rows = list(rows)
        self.clear()
        quiet = QBrush(QColor(tokens_of(self).minor))
        above: list[QTreeWidgetItem] = []
        first: QTreeWidgetItem | None = None
        for number, one in enumerate(self._rows):
            item = QTreeWidgetItem([" ".join(text.split()) for text in (one.name, one.words, one.definition)])
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            changes = bool(one.words) and not one.stays
            font = item.font(0)
            font.setBold(changes)
            item.setFont(0, font)
            for column in range(3):
                item.setToolTip(column, "\n".join((one.name, *one.details, one.definition))[:_LONGEST_TIP])
                if not changes:
                    item.setForeground(column, quiet)
            del above[one.depth :]
            if above:
                above[-1].addChild(item)
            else:
                self.addTopLevelItem(item)
            above.append(item)
            first = item if first is None and changes else first
        self.expandAll()
        chosen = first or self.topLevelItem(0)
        if chosen is not None:
            self.setCurrentItem(chosen)
            self.scrollToItem(chosen, QAbstractItemView.ScrollHint.PositionAtCenter)

    def current(self) -> "Shown | None":
        """The row in hand."""
        item = self.currentItem()
        return self._rows[item.data(0, Qt.ItemDataRole.UserRole)] if item is not None else None
