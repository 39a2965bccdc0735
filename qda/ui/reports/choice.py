"""The list of reports at the left, in groups."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QWidget

from qda.i18n import _
from qda.reports.registry import ReportKind
from qda.ui.controls import BarTree
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.reports.words import grouped

NAME: Final = Qt.ItemDataRole.UserRole


class ReportList(BarTree):
    """Chooses a report; ``chosen`` brings its name."""

    chosen = Signal(str)

    def __init__(self, kinds: tuple[ReportKind, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_list")
        self.setAccessibleName(_("Reports"))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        by_name = {kind.name: kind for kind in kinds}
        model = QStandardItemModel(self)
        for title, names in grouped(list(by_name)):
            head = QStandardItem(_(title))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFont(ui_font(SMALL, semibold=True))
            model.appendRow(head)
            for name in names:
                item = QStandardItem(_(by_name[name].title))
                item.setData(name, NAME)
                item.setToolTip(name)
                model.appendRow(item)
        self.setModel(model)
        self.setStyleSheet(f"QTreeView::item {{ padding: {px(4)}px {px(2)}px {px(4)}px {px(14)}px; }}")
        self.selectionModel().currentChanged.connect(self._turned)

    def _turned(self) -> None:
        name = self.currentIndex().data(NAME)
        if name:
            self.chosen.emit(name)

    @property
    def name(self) -> str:
        """The report in hand."""
        return str(self.currentIndex().data(NAME) or "")

    def choose(self, name: str) -> None:
        """Turns to a report; to the first one where there is none of that name."""
        model = self.model()
        rows = [model.index(row, 0) for row in range(model.rowCount())]
        real = [index for index in rows if index.data(NAME)]
        wanted = next((index for index in real if index.data(NAME) == name), real[0] if real else None)
        if wanted is not None:
            self.setCurrentIndex(wanted)
