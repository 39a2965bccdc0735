"""Choosing one code in a dialog: a field and the list of hits, as in the code field."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.transcript.code_list import FieldDelegate, FieldModel, FieldRow, Kind
from qda.ui.transcript.code_search import SEPARATOR, CodeSearch
from qda.ui.transcript.rows import CodeChoice

_MOST = 400


class CodePicker(QWidget):
    """A field that filters and the codes below it. ``top`` offers the top of the tree as well."""

    chosen = Signal(str)  # the guid that is lit; "" for the top of the tree or for none
    taken = Signal(str)  # Enter or double click

    def __init__(
        self, choices: Sequence[CodeChoice], *, top: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._search = CodeSearch(choices)
        self._top = top
        self.line = QLineEdit(self)
        self.line.setObjectName("picker_line")
        self.line.setAccessibleName(_("Find a code"))
        self.line.setPlaceholderText(_("Find a code"))
        self.model = FieldModel(self)
        self.list = QListView(self)
        self.list.setObjectName("picker_list")
        self.list.setAccessibleName(_("Codes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(FieldDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addWidget(self.line)
        box.addWidget(self.list, 1)
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))
        self.list.doubleClicked.connect(lambda _index: self.taken.emit(self.current))
        self._fill()
        self.setFocusProxy(self.line)

    @property
    def current(self) -> str:
        """The guid that is lit."""
        index = self.list.currentIndex()
        return self.model.row(index).guid if index.isValid() else ""

    @property
    def has_choice(self) -> bool:
        """Whether a row is lit."""
        return self.list.currentIndex().isValid()

    def _fill(self) -> None:
        query = self.line.text().strip()
        rows = [] if query or not self._top else [FieldRow(Kind.CODE, self._top)]
        for hit in self._search.rank(query, _MOST):
            choice = hit.choice
            above = choice.path.rpartition(SEPARATOR)[0].strip()
            rows.append(
                FieldRow(
                    Kind.CODE,
                    choice.name,
                    choice.guid,
                    choice.colour,
                    choice.in_vivo,
                    hit.parts,
                    beside=above,
                )
            )
        self.model.set_rows(rows)
        self._light(0 if query or self._top else -1)
        self.chosen.emit(self.current)

    def _light(self, row: int) -> None:
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.model.rows:
                at = self.list.currentIndex().row() + step
                self._light(min(max(at, 0), len(self.model.rows) - 1))
                return True
        return super().eventFilter(watched, event)
