"""The left panel: the maps, and below them one field that finds what can be put on the shown one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qda.i18n import N_, _
from qda.ui.axial.choices import Choice, ChoiceList, ChoiceModel
from qda.ui.axial.panel import ModelList
from qda.ui.fonts import px
from qda.ui.maps.mime import TARGETS, targets_mime
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel, small

_PAUSE_MS: Final = 120  # of typing, before passages are looked for
_MAPS_SHOWN: Final = 8
_USUAL: Final = N_("Enter or drag puts it on the map; a relation brings its two codes.")


class _TargetModel(ChoiceModel):
    """Rows that can be dragged onto the canvas, several at once."""

    def flags(self, _index: object) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [TARGETS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [self.rows[index.row()] for index in indexes]
        return targets_mime([row.key for row in rows], "\n".join(row.words for row in rows))


class FoundList(ChoiceList):
    """What was found; Enter or a double click puts it on the map, several chosen rows at once."""

    wanted = Signal(object)  # targets

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(name, words, parent)
        self.choices = _TargetModel(self)
        self.setModel(self.choices)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def chosen(self) -> list[str]:
        """The keys of the chosen rows, else of the current one."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [self.choices.rows[row].key for row in rows] or ([self.key] if self.key else [])

    def _take(self) -> None:
        if found := self.chosen():
            self.wanted.emit(found)


class MapPanel(QWidget):
    """Maps, and what can be put on one."""

    map_chosen = Signal(str)
    new_wanted = Signal()
    menu_wanted = Signal(str, object)  # map, global QPoint
    search_changed = Signal()
    add_wanted = Signal(object)  # targets

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_panel")
        on_panel(self)
        self.setMinimumWidth(px(190))
        self._typed = ""  # the words for which rows are shown
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.search_changed)
        self.maps = ModelList("maps", _("Maps"), self)
        self.maps.setProperty("panel", True)
        self.maps.turned_to.connect(self.map_chosen)
        self.maps.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.maps.customContextMenuRequested.connect(self._menu)
        self.new = LinkButton(_("New"), "new_map", self)
        self.new.setAccessibleName(_("New map"))
        self.new.clicked.connect(self.new_wanted)
        self._search()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Maps"), self.new))
        box.addWidget(self.maps)
        box.addSpacing(px(8))
        box.addWidget(Line(self))
        box.addLayout(head_row(_("Put on the map")))
        row = QVBoxLayout()
        row.setContentsMargins(px(14), 0, px(14), px(6))
        row.setSpacing(px(6))
        row.addWidget(self.field)
        kinds = QHBoxLayout()
        kinds.addWidget(self.kind, 1)
        row.addLayout(kinds)
        box.addLayout(row)
        box.addWidget(self.found, 1)
        box.addWidget(Line(self))
        foot = QVBoxLayout()
        foot.setContentsMargins(px(16), px(8), px(14), px(10))
        foot.addWidget(self.hint)
        box.addLayout(foot)

    def _search(self) -> None:
        self.field = QLineEdit(self)
        self.field.setObjectName("map_search")
        self.field.setAccessibleName(_("Find what to put on the map"))
        self.field.setPlaceholderText(_("Codes, cases, memos, passages …"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _words: self._pause.start())
        self.field.installEventFilter(self)
        self.kind = QComboBox(self)
        self.kind.setObjectName("map_search_kind")
        self.kind.setAccessibleName(_("What to look for"))
        for key, words in (
            ("", _("Everything")),
            ("code", _("Codes")),
            ("case", _("Cases")),
            ("memo", _("Memos")),
            ("relation", _("Relations")),
            ("segment", _("Coded passages")),
        ):
            self.kind.addItem(words, key)
        self.kind.currentIndexChanged.connect(lambda _at: self.search_changed.emit())
        self.hint = small(_(_USUAL), self, wrap=True)
        self.found = FoundList("map_found", _("Found"), self)
        self.found.setProperty("panel", True)
        self.found.wanted.connect(self.add_wanted)

    def show_maps(self, rows: Sequence[Choice], current: str) -> None:
        """Shows the maps."""
        self.maps.show_choices(rows, current=current)
        self.maps.setFixedHeight(px(26) * min(max(len(rows), 1), _MAPS_SHOWN) + px(2))

    def show_found(self, rows: Sequence[Choice], *, told: str = "") -> None:
        """Shows what was found; ``told`` says why there is nothing. Other words begin at the first row."""
        if self.field.text() != self._typed:
            self._typed = self.field.text()
            self.found.setCurrentIndex(QModelIndex())
        self.found.show_choices(rows)
        self.hint.setText(told or _(_USUAL))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                ways = {Qt.Key.Key_Down: 1 if self.found.key else 0, Qt.Key.Key_Up: -1}
                self.found.step(ways[Qt.Key(key)])
                self.found.setProperty("always_lit", True)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_first()
                return True
            if key == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def _take_first(self) -> None:
        """Enter in the field: the row that is current, else the first."""
        if self._pause.isActive():
            self._pause.stop()
            self.search_changed.emit()
        rows = self.found.choices.rows
        key = self.found.key or (rows[0].key if rows else "")
        if key:
            self.add_wanted.emit([key])
            self.field.selectAll()

    def _menu(self, at: QPoint) -> None:
        if self.maps.key:
            self.menu_wanted.emit(self.maps.key, self.maps.viewport().mapToGlobal(at))
