"""What was pseudonymised: kinds and numbers without a name, to be copied into an appendix."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.pseudonyms.controls import button, sentence
from qda.ui.pseudonyms.words import kind_name

if TYPE_CHECKING:
    from qda.coding.pseudonyms import ProtocolRow
    from qda.models import Project


def _head() -> tuple[str, ...]:
    return (_("Kind"), _("Names"), _("Places replaced"), _("In documents (at most)"))


def _cells(row: "ProtocolRow") -> tuple[str, ...]:
    return (kind_name(row.kind), str(row.names), str(row.hits), str(row.documents))


def as_table(rows: "tuple[ProtocolRow, ...]") -> QMimeData:
    """The rows for word processors, spreadsheets and plain text."""
    table = [_head(), *(_cells(row) for row in rows)]
    mime = QMimeData()
    mime.setText("\n".join("\t".join(cells) for cells in table))
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in table)
    mime.setHtml(f"<table>{lines}</table>")
    return mime


class ProtocolDialog(QDialog):
    """The protocol of the study."""

    def __init__(self, project: "Project", parent: QWidget | None = None) -> None:
        from qda.coding.pseudonyms import protocol

        super().__init__(parent)
        self._rows = protocol(project)
        self.setObjectName("pseudonym_protocol")
        self.setWindowTitle(_("What was pseudonymised"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(580), px(380))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(12))
        box.addWidget(heading(_("What was pseudonymised"), self))
        words = (
            _("Kinds and numbers for the appendix; no name is in it.")
            if self._rows
            else _("No name has been replaced in this study yet.")
        )
        box.addWidget(sentence(self, "protocol_words", words, quiet=True))
        self.table = self._table()
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.copy_button = button(self, "protocol_copy", _("Copy as a table"), self.copy)
        self.copy_button.setEnabled(bool(self._rows))
        row.addWidget(self.copy_button)
        row.addWidget(button(self, "protocol_close", _("Close"), self.reject, default=True))
        box.addLayout(row)

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._rows), 4, self)
        table.setObjectName("protocol_table")
        table.setAccessibleName(_("What was pseudonymised"))
        table.setHorizontalHeaderLabels(list(_head()))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, row in enumerate(self._rows):
            for column, cell in enumerate(_cells(row)):
                item = QTableWidgetItem(cell)
                if column:
                    item.setTextAlignment(right)
                table.setItem(at, column, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(right)
        if (first := table.horizontalHeaderItem(0)) is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def copy(self) -> None:
        """Puts the table on the clipboard."""
        if self._rows:
            QGuiApplication.clipboard().setMimeData(as_table(self._rows))
            self.copy_button.setText(_("Copied"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
