"""Small windows of the case comparison: which cases in which order, and which passage of a cell."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding.citation import paragraphs_cited, spoken
from qda.coding.rows import CaseRow, SegmentRow
from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.hits.passages import PassageList
from qda.ui.surfaces import LinkButton, section, small

_GUID: Final = Qt.ItemDataRole.UserRole
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaseChooser(QDialog):
    """Ticks the cases to compare; dragging or Alt with an arrow puts them in another order."""

    taken = Signal(object)  # their GUIDs, in order; none where all are meant as the study has them

    def __init__(
        self, cases: Sequence[CaseRow], chosen: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("case_chooser")
        self.setWindowTitle(_("Choose cases"))
        self._all = [one.guid for one in cases]
        self.list = QListWidget(self)
        self.list.setObjectName("case_list")
        self.list.setAccessibleName(_("Cases to compare"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        by_guid = {one.guid: one for one in cases}
        wanted = [one for one in chosen if one in by_guid] or self._all
        for guid in (*wanted, *(one for one in self._all if one not in set(wanted))):
            case = by_guid[guid]
            words = f"{case.name}: {case.description}" if case.description else case.name
            item = QListWidgetItem(words, self.list)
            item.setData(_GUID, guid)
            item.setToolTip(words)
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if guid in wanted else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        every, none = LinkButton(_("All"), "all_cases", self), LinkButton(_("None"), "no_cases", self)
        every.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.buttons = QDialogButtonBox(self)
        take = self.buttons.addButton(_("Compare"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setObjectName("take_cases")
        take.setDefault(True)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.addWidget(section(_("Cases to compare"), self), 1)
        top.addWidget(every)
        top.addWidget(none)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(12), px(12), px(12))
        box.setSpacing(px(8))
        box.addLayout(top)
        box.addWidget(self.list, 1)
        box.addWidget(
            small(_("Space ticks; Alt with an arrow key or dragging changes the order."), self, wrap=True)
        )
        box.addWidget(self.buttons)
        self.resize(px(480), px(440))

    def _tick(self, state: Qt.CheckState) -> None:
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(state)

    def chosen(self) -> tuple[str, ...]:
        """The ticked cases in their order."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return tuple(str(one.data(_GUID)) for one in items if one.checkState() is Qt.CheckState.Checked)

    def _take(self) -> None:
        chosen = self.chosen()
        self.accept()
        self.taken.emit(() if list(chosen) == self._all else chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if alt and event.key() in steps:
                self._move(steps[Qt.Key(event.key())])
                return True
            if event.key() in _ENTER:
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + by < self.list.count():
            self.list.insertItem(at + by, self.list.takeItem(at))
            self.list.setCurrentRow(at + by)


class PassageChooser(QDialog):
    """The passages of a cell, to choose one; typing narrows the list. Ctrl+Enter leads to the text."""

    taken = Signal(object)  # the passage
    wanted = Signal(object)  # its text is wanted
    taken_back = Signal()  # no passage shall stand for the cell

    def __init__(
        self, title: str, passages: Sequence[SegmentRow], current: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("passage_chooser")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._all = list(passages)
        self.field = QLineEdit(self)
        self.field.setObjectName("passage_field")
        self.field.setAccessibleName(_("Words to look for"))
        self.field.setPlaceholderText(_("Type to search"))
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = PassageList("passage_list", title, self)
        self.list.taken.connect(self._take)
        self.list.doubleClicked.connect(lambda _index: self._take(self.list.current))
        self.list.set_empty(_("No passage has these words."))
        self._lay_out(title, current)
        self._filter("")
        chosen = next((one for one in self._all if one.guid == current), None)
        if chosen is not None:
            self.list.choose(chosen)

    def _lay_out(self, title: str, current: str) -> None:
        self.buttons = QDialogButtonBox(self)
        take = self.buttons.addButton(_("Choose"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setObjectName("take_passage")
        take.setDefault(True)
        text = self.buttons.addButton(_("To the text"), QDialogButtonBox.ButtonRole.ActionRole)
        text.setObjectName("passage_text")
        text.clicked.connect(self._go)
        if current:
            back = self.buttons.addButton(_("Choose none"), QDialogButtonBox.ButtonRole.ResetRole)
            back.setObjectName("passage_none")
            back.clicked.connect(self._take_back)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(lambda: self._take(self.list.current))
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(12), px(12), px(12))
        box.setSpacing(px(8))
        box.addWidget(section(title, self))
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        box.addWidget(self.buttons)
        self.resize(px(560), px(480))

    def ask(self) -> None:
        """Opens it."""
        self.finished.connect(self.deleteLater)
        self.open()
        self.field.setFocus()

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        some = [
            one
            for one in self._all
            if all(word in f"{spoken(one)} {paragraphs_cited(one)}".casefold() for word in words)
        ]
        self.list.set_passages(some)
        self.list.choose_first()

    def _take(self, row: object) -> None:
        if isinstance(row, SegmentRow):
            self.accept()
            self.taken.emit(row)

    def _go(self) -> None:
        row = self.list.current
        if row is not None:
            self.accept()
            self.wanted.emit(row)

    def _take_back(self) -> None:
        self.accept()
        self.taken_back.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                self.list.step(steps[Qt.Key(event.key())])
                return True
            if event.key() in _ENTER:
                control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                (self._go if control else lambda: self._take(self.list.current))()
                return True
        return super().eventFilter(watched, event)

    def passages_in_hand(self) -> Sequence[SegmentRow]:
        """What copying as a citation means here."""
        return self.list.chosen()
