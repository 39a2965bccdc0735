"""Fields of a report's settings that are folded away: a title that opens them, a list to tick."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.fonts import px, ui_font
from qda.ui.surfaces import LinkButton

if TYPE_CHECKING:
    from qda.coding.parts import Choice

_GUID: Final = Qt.ItemDataRole.UserRole
_FEW: Final = 10  # entries that are overlooked without a field to find one
_MOST: Final = 7  # rows that are shown at once
_STEP: Final = "\u2003"  # an indent for each level


class Fold(QWidget):
    """What is opened by its title; ``opened`` comes the first time."""

    opened = Signal()

    def __init__(self, title: str, name: str, parent: QWidget | None = None, *, strong: bool = False) -> None:
        super().__init__(parent)
        self.title = title
        self.button = QToolButton(self)
        self.button.setObjectName(name)
        self.button.setFont(ui_font(semibold=strong))
        self.button.setCheckable(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setStyleSheet(
            f"QToolButton {{ border: 0; padding: 0; margin-left: -{px(5)}px; text-align: left;"
            " background: transparent; }"
        )
        self.button.toggled.connect(self._toggled)
        self.inside = QWidget(self)
        self.content = QVBoxLayout(self.inside)
        self.content.setContentsMargins(px(12), px(2), 0, px(4))
        self.content.setSpacing(px(6))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addWidget(self.button)
        box.addWidget(self.inside)
        self.inside.hide()
        self.say("")

    def say(self, state: str) -> None:
        """What is chosen inside, in few words behind the title."""
        words = _("{title}: {state}").format(title=self.title, state=state) if state else self.title
        self.button.setText(words.replace("&", "&&"))
        self.button.setAccessibleName(words)

    def set_open(self, *, on: bool) -> None:
        """Opens or closes it."""
        self.button.setChecked(on)

    def _toggled(self, on: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.inside.setVisible(on)
        if on:
            self.opened.emit()


class TickList(Fold):
    """Ticks some of many; none ticked means all. ``ticked`` brings their GUIDs."""

    ticked = Signal(object)

    def __init__(
        self,
        title: str,
        name: str,
        read: Callable[[], Sequence["Choice"]],
        chosen: Iterable[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, f"{name}_fold", parent)
        self._read = read
        self._name = name
        self._chosen = [one for one in chosen if one]
        self._choices: Sequence[Choice] | None = None
        self._tell()
        self.opened.connect(self._fill)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The GUIDs that are ticked, in the order of the list."""
        return tuple(self._chosen)

    def _tell(self) -> None:
        n = len(self._chosen)
        if not n:
            self.say(_("all"))
        elif self._choices is None:
            self.say(str(n))
        else:
            self.say(_("{n} of {all}").format(n=n, all=len(self._choices)))

    def _fill(self) -> None:
        if self._choices is not None:
            return
        self._choices = self._read()
        self._chosen = [one.guid for one in self._choices if one.guid in set(self._chosen)]
        self.list = QListWidget(self.inside)
        self.list.setObjectName(self._name)
        self.list.setAccessibleName(self.title)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ticks = set(self._chosen)
        for one in self._choices:
            item = QListWidgetItem(f"{_STEP * one.depth}{one.name}", self.list)
            item.setData(_GUID, one.guid)
            item.setToolTip(one.path)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, one.path)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.guid in ticks else Qt.CheckState.Unchecked)
        self._size_list()
        self.list.itemChanged.connect(lambda _item: self._changed())
        self.list.setCurrentRow(0)
        self._lay_out()
        self._tell()

    def _size_list(self) -> None:
        rows = min(max(self.list.count(), 1), _MOST)
        high = max(self.list.sizeHintForRow(0), px(20)) if self.list.count() else px(20)
        self.list.setFixedHeight(rows * high + 2 * self.list.frameWidth() + px(4))

    def _lay_out(self) -> None:
        every = LinkButton(_("All"), f"{self._name}_all", self.inside)
        every.setAccessibleName(_("{title}: all").format(title=self.title))
        every.clicked.connect(self._untick)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        if self.list.count() > _FEW:
            find = QLineEdit(self.inside)
            find.setObjectName(f"{self._name}_find")
            find.setAccessibleName(_("Find in the list: {title}").format(title=self.title))
            find.setPlaceholderText(_("Find in the list"))
            find.setClearButtonEnabled(True)
            find.textChanged.connect(self._filter)
            row.addWidget(find, 1)
        else:
            row.addStretch(1)
        row.addWidget(every)
        self.content.addLayout(row)
        self.content.addWidget(self.list)

    def _filter(self, words: str) -> None:
        assert self._choices is not None
        wanted = words.casefold().strip()
        for at, one in enumerate(self._choices):
            self.list.item(at).setHidden(wanted not in one.path.casefold())

    def _untick(self) -> None:
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._changed()

    def _changed(self) -> None:
        items = (self.list.item(at) for at in range(self.list.count()))
        found = [str(one.data(_GUID)) for one in items if one.checkState() is Qt.CheckState.Checked]
        if found != self._chosen:
            self._chosen = found
            self._tell()
            self.ticked.emit(tuple(found))
