"""Choosing a code in a dialog, or naming a new one with its parent: a line and the rows of the code field."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.transcript.code_list import FieldDelegate, FieldModel, FieldRow, Kind
from qda.ui.transcript.code_rows import RowMaker, first_lit
from qda.ui.transcript.rows import CodeChoice


class CodeOrNewPicker(QWidget):
    """A field and the codes that fit; what is typed can also become a new code ("Parent > Name")."""

    chosen = Signal()  # another code is lit
    left = Signal()  # Enter or Tab: it is decided

    def __init__(self, choices: Sequence[CodeChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowMaker()
        self._rows.set_choices(choices)
        self.line = QLineEdit(self)
        self.line.setObjectName("hits_code")
        self.line.setAccessibleName(_("Code, or name of a new code"))
        self.line.setPlaceholderText(_("Code, or name of a new one"))
        self.model = FieldModel(self)
        self.list = QListView(self)
        self.list.setObjectName("hits_codes")
        self.list.setAccessibleName(_("Codes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(FieldDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addWidget(self.line)
        box.addWidget(self.list, 1)
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(lambda *_any: self.chosen.emit())
        self.list.doubleClicked.connect(lambda _index: self.left.emit())
        self.setFocusProxy(self.line)
        self._fill()

    @property
    def current(self) -> FieldRow | None:
        """The code that is lit, there already or new."""
        index = self.list.currentIndex()
        row = self.model.rows[index.row()] if index.isValid() else None
        return row if row is not None and row.is_code else None

    def choose(self, guid: str) -> None:
        """Lights a code that is listed."""
        at = next((at for at, row in enumerate(self.model.rows) if row.guid == guid), -1)
        if at >= 0:
            self._light(at)

    def _fill(self) -> None:
        query = self.line.text().strip()
        rows = self._rows.rows(query, ())
        self.model.set_rows(rows)
        if rows and query:
            self._light(first_lit(rows, query))
        self.chosen.emit()

    def _light_new(self) -> None:
        """What is typed becomes a new code, though others are like it."""
        at = next((at for at, row in enumerate(self.model.rows) if row.kind is Kind.NEW), -1)
        if at >= 0:
            self._light(at)

    def _light(self, at: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self.model.index(at), flag)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.model.rows:
                at = self.list.currentIndex().row() + step
                self._light(min(max(at, 0), len(self.model.rows) - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    self._light_new()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
