"""The list of codes with its heading, "New", filter and menu."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.navigator.code_acts import CodeActs
from qda.ui.navigator.code_model import CodeModel
from qda.ui.navigator.code_tree import CodeTree
from qda.ui.navigator.codebook import CodeBook
from qda.ui.surfaces import LinkButton, head_row
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.ui.desk import Desk

COUNTS_BELOW = "navigator.counts_below"
EXPANDED = "navigator.expanded"


class CodePanel(QWidget):
    """The tree of codes. Choosing one tells the desk; Enter is told as ``code_taken``."""

    code_taken = Signal(str)  # Enter or double click on a code
    span_dropped = Signal(str, int, int)  # a code's guid and the span of the transcript dropped on it
    describe_wanted = Signal(str)  # the code whose definition is to be written
    left = Signal()  # Esc in the filter where nothing is filtered: back to the text

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book = CodeBook.of(desk)
        self.setObjectName("code_panel")
        self.acts: CodeActs = CodeActs(desk, self)
        self.model = CodeModel(self)
        self.model.can_change = lambda: not desk.project.read_only
        self.model.set_counts_below(desk.project.setting(COUNTS_BELOW, "1") == "1")
        self.tree = CodeTree(self.model, self)
        self.acts.chosen = lambda: self.tree.chosen_guids
        self.tree.set_expanded_guids(set(desk.project.setting(EXPANDED).split()))
        self.line = QLineEdit(self)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.new_button = LinkButton(_("New"), "new_code", self)
        self.new_button.setAccessibleName(_("New code"))
        self.new_button.setVisible(not self._desk.project.read_only)
        self.line.setObjectName("filter_codes")
        self.line.setAccessibleName(_("Filter codes"))
        self.line.setPlaceholderText(_("Filter"))
        self.line.setClearButtonEnabled(True)
        field = QHBoxLayout()
        field.setContentsMargins(px(16), 0, px(16), px(8))
        field.addWidget(self.line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Codes"), self.new_button))
        box.addLayout(field)
        box.addWidget(self.tree, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self._new)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        later = Qt.ConnectionType.QueuedConnection  # the editor or the drop is still being dealt with
        self.model.renamed.connect(self.acts.rename, later)
        self.model.moved.connect(self.acts.move, later)
        self.model.several_moved.connect(self.acts.move_several, later)
        self.model.span_dropped.connect(self.span_dropped)
        self.tree.taken.connect(self.code_taken)
        self.tree.remove_wanted.connect(self.acts.remove)
        self.tree.menu_wanted.connect(self._menu)
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self._desk.code_chosen.connect(self._choose)
        self._book.refreshed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the codes as they are now."""
        self.model.set_rows(self._book.rows)
        self.model.set_counted(self._book.counted)
        self.model.set_keys(self._book.keys)
        self._say_empty()

    def _say_empty(self) -> None:
        words = self.line.text().strip()
        self.tree.empty_words = (
            _("No code has “{words}” in its name.").format(words=words)
            if words
            else _("No codes yet. Select a passage in the text and type a name for what happens there.")
        )
        self.tree.viewport().update()

    def _new(self) -> None:
        self.acts.new()

    def _filter(self, words: str) -> None:
        self.model.set_filter(words)
        self._say_empty()

    def _chosen(self, index: QModelIndex) -> None:
        guid = self.tree.guid(index)
        if guid and guid != self._desk.code:
            self._desk.code_chosen.emit(guid)

    def _choose(self, guid: str) -> None:
        if guid != self.tree.current_guid:
            self.tree.choose(guid)

    def point_at(self, guid: str) -> None:
        """Chooses the code of a coding without turning to its sheet."""
        self._desk.code = guid
        self._choose(guid)

    @property
    def current(self) -> str:
        """The code chosen in the tree."""
        return self.tree.current_guid

    def rename_current(self) -> None:
        """Opens the chosen code's name for editing."""
        index = self.tree.currentIndex()
        if index.isValid():
            self.tree.setFocus()
            self.tree.edit(index)

    def colour_current(self) -> None:
        """Opens the colours beside the chosen code."""
        index = self.tree.currentIndex()
        if index.isValid():
            place = self.tree.viewport().mapToGlobal(self.tree.visualRect(index).bottomLeft())
            self.acts.ask_colour(self.tree.guid(index), place)

    def focus_filter(self) -> None:
        """Puts the cursor into the filter."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def toggle_counts_below(self) -> None:
        """Figures with or without the codes below; kept in the study."""
        below = not self.model.counts_below
        self.model.set_counts_below(below)
        self._desk.project.set_setting(COUNTS_BELOW, "1" if below else "0")

    def set_key(self, key: int, guid: str) -> None:
        """Puts a code on a digit, or takes it off where it lies there already."""
        row = self._book.row(guid)
        if row is None or self._desk.project.read_only:
            return
        name = shown_name(row.name, row.origin == "in-vivo").strip("„“”")
        if self._book.keys.get(guid) == key:
            self._book.set_key(key, "")
            self._desk.told.emit(_("Key {key} codes no more with “{name}”.").format(key=key, name=name))
        else:
            self._book.set_key(key, guid)
            self._desk.told.emit(_("Key {key} codes with “{name}”.").format(key=key, name=name))

    def keep_state(self) -> None:
        """Remembers which branches are open."""
        opened = " ".join(sorted(self.tree.expanded_guids))
        if opened != self._desk.project.setting(EXPANDED):
            self._desk.project.set_setting(EXPANDED, opened)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                (self.line.clear if self.line.text() else self.left.emit)()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.focus_tree()
                return True
        return super().eventFilter(watched, event)

    def focus_first(self) -> None:
        """Puts the focus into the tree; what is chosen stays."""
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_tree(self) -> None:
        """Puts the focus into the tree, on the chosen or the first hit."""
        if not self.tree.currentIndex().isValid():
            first = self._first_hit()
            if first.isValid():
                self.tree.setCurrentIndex(first)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_hit(self) -> QModelIndex:
        words = self.model.filter.split()
        from qda.ui.transcript.code_search import fold

        for guid in self.model.guids():
            row = self._book.row(guid)
            if row is not None and all(word in fold(row.name) for word in words):
                return self.model.index_of(guid)
        return QModelIndex()

    def _menu(self, guid: str, place: QPoint) -> None:
        self.menu_of(guid, place).popup(place)

    def menu_of(self, guid: str, place: QPoint) -> QMenu:
        """The menu of a code ("" none)."""
        menu = QMenu(self)
        menu.setObjectName("code_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        acts = self.acts
        row = self._book.row(guid)
        if row is None:
            menu.addAction(_("&New code…"), self._new)
            return menu
        code = menu.addAction(_("&Code the selection"), lambda: self.code_taken.emit(guid))
        code.setEnabled(self._desk.span is not None)
        menu.addSeparator()
        menu.addAction(_("New code &below…"), lambda: acts.new(guid))
        menu.addAction(_("&Rename"), self.rename_current)
        menu.addAction(_("M&ove…"), lambda: acts.ask_move(guid))
        menu.addAction(_("&Merge into…"), lambda: acts.ask_merge(guid))
        menu.addAction(_("Co&lour…"), lambda: acts.ask_colour(guid, place))
        kind = _("Make it a c&oncept") if row.kind == "category" else _("Make it a ca&tegory")
        menu.addAction(kind, lambda: acts.toggle_category(guid))
        menu.addAction(_("&Definition…"), lambda: self.describe_wanted.emit(guid))
        menu.addAction(_("Mem&o on the code…"), lambda: self._desk.memo_wanted.emit("", f"code:{guid}"))
        if not self._desk.project.read_only:
            menu.addMenu(self._key_menu(menu, guid))
        menu.addSeparator()
        menu.addAction(_("Remo&ve"), lambda: acts.remove(guid))
        return menu

    def _key_menu(self, menu: QMenu, guid: str) -> QMenu:
        """The digits, with the codes that lie on them."""
        inner = QMenu(_("&Quick code"), menu)
        inner.setObjectName("key_menu")
        for key in range(1, 10):
            there = self._book.on_key(key)
            words = f"&{key}"
            if there is not None:
                name = shown_name(there.name, there.origin == "in-vivo").replace("&", "&&")
                words = _("{key}: {name}").format(key=words, name=name)
            act = inner.addAction(words, partial(self.set_key, key, guid))
            act.setShortcut(f"Alt+Shift+{key}")
            act.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            act.setCheckable(True)
            act.setChecked(there is not None and there.guid == guid)
        return inner
