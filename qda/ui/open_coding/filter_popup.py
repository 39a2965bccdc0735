"""What is to be shown: codes by typing, coders, speakers and phases by boxes. It acts at once."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import px
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.filtering import PHASES, ROLES, Filtering
from qda.ui.open_coding.flow import Flow
from qda.ui.surfaces import LinkButton, section, small
from qda.ui.transcript.code_search import CodeSearch
from qda.ui.transcript.margin import chip, shown_name

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.transcript.rows import CodeChoice

_MOST: Final = 60  # codes listed below those that are chosen
_ROWS: Final = 7
_CODE: Final = Qt.ItemDataRole.UserRole


class FilterPopup(QFrame):
    """Opens over the text; Enter and the blank tick a code, Esc closes and leaves what was chosen."""

    def __init__(self, desk: "Desk", coders: Iterable[str], speakers: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._filtering = Filtering.of(desk)
        self._book = CodeBook.of(desk)
        self._choices = self._book.choices()
        self._search = CodeSearch(self._choices)
        self._pressed = Qt.CheckState.Unchecked  # how the row under the pointer was
        self.setObjectName("filter_popup")
        self.setAccessibleName(_("Show only some codings"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(px(372))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(12), px(16), px(14))
        box.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(section(_("Show only codings …"), self), 1)
        self.clear = LinkButton(_("Show all codings"), "filter_all", self)
        self.clear.clicked.connect(self._clear)
        head.addWidget(self.clear)
        box.addLayout(head)
        self._add_codes(box)
        who = [(name, name) for name in coders]
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        if len(who) > 1:
            self._add_boxes(box, _("made by"), "coders", who)
        labels = [(label, label) for label in speakers]
        if labels:
            roles = [(key, _(words)) for key, words in ROLES]
            self._add_boxes(box, _("in what is said by"), "roles", roles)
            self._add_boxes(box, "", "speakers", labels)
        self._add_boxes(box, _("made during"), "phases", [(key, _(words)) for key, words in PHASES])
        self._fill()
        self._filtering.changed.connect(self._refresh)

    def _add_codes(self, box: QVBoxLayout) -> None:
        box.addWidget(small(_("of these codes"), self))
        self.line = QLineEdit(self)
        self.line.setObjectName("filter_line")
        self.line.setAccessibleName(_("Find a code"))
        self.line.setPlaceholderText(_("Find a code"))
        self.line.textChanged.connect(lambda _text: self._fill())
        self.line.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName("filter_codes")
        self.list.setAccessibleName(_("Codes"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(px(8), px(8)))
        self.list.setFixedHeight(px(26) * _ROWS)
        self.list.itemChanged.connect(self._ticked)
        self.list.itemActivated.connect(self._turn)
        self.list.itemPressed.connect(self._press)
        self.list.itemClicked.connect(self._click)
        self.below = QCheckBox(_("with the codes below them"), self)
        self.below.setObjectName("filter_below")
        self.below.setAccessibleName(self.below.text())
        self.below.setChecked(self._filtering.wanted.below)
        self.below.toggled.connect(lambda on: self._filtering.set(replace(self._filtering.wanted, below=on)))
        for widget in (self.line, self.list, self.below):
            box.addWidget(widget)

    def _add_boxes(self, box: QVBoxLayout, title: str, kind: str, rows: list[tuple[str, str]]) -> None:
        if title:
            box.addSpacing(px(4))
            box.addWidget(small(title, self))
        flow = Flow(px(12))
        for key, words in rows:
            tick = QCheckBox(words.replace("&", "&&"), self)
            tick.setObjectName(f"filter_{kind}_{key}")
            tick.setAccessibleName(f"{title} {words}".strip())
            tick.setChecked(key in getattr(self._filtering.wanted, kind))
            tick.toggled.connect(lambda _on, kind=kind, key=key: self._filtering.toggle(kind, key))
            self.boxes[kind, key] = tick
            flow.addWidget(tick)
        box.addLayout(flow)

    # -- codes ----------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """The codes chosen first, then those that were typed for, or those used last."""
        chosen = set(self._filtering.wanted.codes)
        typed = self.line.text().strip()
        ticked = [choice for choice in self._choices if choice.guid in chosen]
        ranked = [hit.choice for hit in self._search.rank(typed, _MOST)] if typed else []
        self.list.blockSignals(True)
        self.list.clear()
        others = [choice for choice in self._choices[:_MOST] if choice.guid not in chosen]
        rows = ranked if typed else [*ticked, *others]
        for choice in rows:
            self.list.addItem(self._item(choice, on=choice.guid in chosen))
        if rows:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _item(self, choice: "CodeChoice", *, on: bool) -> QListWidgetItem:
        item = QListWidgetItem(shown_name(choice.name, choice.in_vivo))
        item.setIcon(chip(choice.colour, theme.tokens_of(self).dark, px(8)))
        item.setData(_CODE, choice.guid)
        item.setToolTip(choice.path)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        return item

    def _ticked(self, item: QListWidgetItem) -> None:
        code = item.data(_CODE)
        if (item.checkState() is Qt.CheckState.Checked) != (code in self._filtering.wanted.codes):
            self._filtering.toggle_code(code)

    def _turn(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _press(self, item: QListWidgetItem) -> None:
        self._pressed = item.checkState()

    def _click(self, item: QListWidgetItem) -> None:
        """A click on the name ticks as one on the box does."""
        if item.checkState() is self._pressed:
            self._turn(item)

    def _clear(self) -> None:
        self._filtering.clear()
        self.line.clear()
        self._fill()
        self.line.setFocus()

    def _refresh(self) -> None:
        """The filter changed, here or elsewhere."""
        wanted = self._filtering.wanted
        for (kind, key), tick in self.boxes.items():
            tick.blockSignals(True)
            tick.setChecked(key in getattr(wanted, kind))
            tick.blockSignals(False)

    # -- keys -----------------------------------------------------------------------------------------------

    def open_at(self, place: QPoint) -> None:
        """Opens with its upper right corner at a place of the screen, as far as the screen goes."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(max(place.x() - self.width(), room.left()), room.right() - self.width())
        top = min(place.y(), room.bottom() - self.height())
        self.move(left, max(top, room.top()))
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row, key = self.list.currentRow(), event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(min(max(row + step, 0), self.list.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None:
                    self._turn(item)
                self.line.selectAll()
                return True
        return super().eventFilter(watched, event)
