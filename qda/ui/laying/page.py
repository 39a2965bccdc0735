"""The page where codes are laid out: those not laid yet, the table, and the naming of a pile."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from qda.coding import piles
from qda.i18n import _, ngettext
from qda.ui.controls import WordButton
from qda.ui.fonts import SHEET_TITLE, SMALL, px, ui_font
from qda.ui.laying import acts
from qda.ui.laying.listing import Listing
from qda.ui.laying.naming import Naming
from qda.ui.laying.pile_box import Heap
from qda.ui.laying.slips import Slips
from qda.ui.laying.table import Table
from qda.ui.navigator.codebook import CodeBook
from qda.ui.places import Page
from qda.ui.surfaces import Elided, Line, LinkButton, head_row, on_panel, on_paper, small
from qda.ui.transcript.code_search import fold

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset({"code", "pile", "pile_code", "coding", "project_sheet"})
_KEYS: Final = 9
_AS_LIST: Final = "laying.list"


class LayingPage(Page):
    """Laying out codes. Everything on it is an act that undo takes back."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book = CodeBook.of(desk)
        self._heaps: list[Heap] = []
        self._hand = ""
        self.setObjectName("laying")
        self.setAccessibleName(_("Laying out codes"))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self.table = Table(self)
        self.listing = Listing(self)
        self.face = QStackedWidget(self)  # the table, or the list
        for widget in (self.table, self.listing):
            self.face.addWidget(widget)
        self.naming = Naming(desk, self)
        self._build()
        self._connect()
        self.show_as_list(on=desk.project.setting(_AS_LIST) == "1")

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        middle = on_paper(QWidget())
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._head(middle))
        box.addWidget(Line(middle))
        box.addWidget(self.face, 1)
        for widget in (self._left(), middle, self.naming):
            columns.addWidget(widget)
        columns.setStretchFactor(1, 1)
        columns.setSizes([px(250), px(860), px(300)])
        self.naming.setMinimumWidth(px(260))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(columns)

    def _left(self) -> QWidget:
        panel = on_panel(QWidget())
        panel.setMinimumWidth(px(200))
        self.count = small("", panel)
        self.line = QLineEdit(panel)
        self.line.setObjectName("filter_laying")
        self.line.setAccessibleName(_("Filter codes"))
        self.line.setPlaceholderText(_("Filter"))
        self.line.setClearButtonEnabled(True)
        self.slips = Slips("not_laid", _("Not laid yet"), panel)
        self.every = QCheckBox(_("Also codes that are filed"), panel)
        self.every.setObjectName("also_filed")
        self.every.setAccessibleName(self.every.text())
        self.hint = small(
            _("Choose with the arrow keys; a digit lays the code on that pile, N begins a new one."),
            panel,
            wrap=True,
        )
        field = QVBoxLayout()
        field.setContentsMargins(px(16), 0, px(16), px(8))
        field.addWidget(self.line)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(16), px(8), px(16), px(10))
        foot.addWidget(self.every)
        foot.addWidget(self.hint)
        box = QVBoxLayout(panel)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Not laid yet"), self.count))
        box.addLayout(field)
        box.addWidget(self.slips, 1)
        box.addWidget(Line(panel))
        box.addLayout(foot)
        return panel

    def _head(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(4))
        title = Elided(_("Laying out codes"), parent)
        title.setFont(ui_font(SHEET_TITLE, semibold=True))
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.figures = Elided("", parent)
        self.figures.setFont(ui_font(SMALL))
        self.figures.setProperty("minor", True)
        self.figures.setObjectName("laying_figures")
        self.faces = QTabBar(parent)
        self.faces.setObjectName("laying_faces")
        self.faces.setAccessibleName(_("Piles as table or list"))
        self.faces.setDrawBase(False)
        for words in (_("On the table"), _("In a list")):
            self.faces.addTab(words)
        self.faces.currentChanged.connect(lambda at: self.show_as_list(on=bool(at)))
        self.tidy = QAction(_("Tidy up"), self)
        self.tidy.setToolTip(_("Puts the piles side by side again"))
        self.tidy.triggered.connect(self.tidy_up)
        self.tidy_button = WordButton(self.tidy, parent)
        self.tidy_button.setObjectName("tidy_piles")
        self.tidy_button.setAccessibleName(_("Tidy up"))
        new = QAction(_("Begin a pile"), self)
        new.triggered.connect(self.new_pile)
        self.new_button = WordButton(new, parent)
        self.new_button.setObjectName("new_pile")
        self.new_button.setAccessibleName(_("Begin a pile"))
        self.new_button.setToolTip("N")
        self.new_button.setEnabled(not self._desk.project.read_only)
        self._bar = QHBoxLayout()
        self._bar.setSpacing(px(4))
        self.back = LinkButton(_("Back to the text"), "back_to_text", parent)
        self.back.clicked.connect(self.closed)
        row.addWidget(title, 2)
        row.addSpacing(px(8))
        row.addWidget(self.figures, 1)
        row.addWidget(self.faces)
        row.addWidget(self.new_button)
        row.addWidget(self.tidy_button)
        row.addLayout(self._bar)
        row.addWidget(self.back)
        return row

    def set_actions(self, actions: list[QAction]) -> None:
        """Shows these in the bar, each named by what it does."""
        if self._bar.count():
            return
        for action in actions:
            button = WordButton(action, self)
            button.setObjectName(f"laying_{action.objectName()}")
            button.setAccessibleName(action.iconText())
            self._bar.addWidget(button)
        self._show_keys()

    def _show_keys(self) -> None:
        """Where there is little room, keys stand in the tool tips only."""
        for button in self.findChildren(WordButton):
            button.show_key(self.width() >= px(1200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_keys()

    def _connect(self) -> None:
        self._listen(self.slips, "")
        self.slips.dropped.connect(self._taken_back)
        self.table.made.connect(self._listen)
        self.table.placed.connect(self._place)
        for face in (self.table, self.listing):
            face.dropped.connect(self.lay, Qt.ConnectionType.QueuedConnection)
            face.in_hand.connect(self.take_in_hand)
            face.name_wanted.connect(self.name_pile)
        self._listen_to_list()
        self.naming.made.connect(self._make_category)
        self.naming.named.connect(self._rename)
        self.naming.parted.connect(self._part)
        self.naming.left.connect(self._back_to_codes)
        self.line.textChanged.connect(lambda _words: self._fill_left())
        self.line.returnPressed.connect(self.slips.setFocus)
        self.every.toggled.connect(lambda _on: self._fill_left())
        self._desk.changed.connect(self._changed)

    def _listen(self, slips: Slips, heap: str) -> None:
        later = Qt.ConnectionType.QueuedConnection
        slips.laid.connect(lambda digit, control: self._by_key(slips.chosen(), digit, control=control), later)
        slips.begun.connect(lambda: self._begin(slips.chosen()), later)
        slips.taken_off.connect(lambda: self._take_off(slips.chosen(), heap), later)
        slips.entered.connect(lambda: self.name_pile(heap), later)
        slips.left_by_escape.connect(lambda: self._escape(slips), later)

    def _listen_to_list(self) -> None:
        later, listing = Qt.ConnectionType.QueuedConnection, self.listing
        listing.laid.connect(
            lambda digit, control: self._by_key(listing.chosen(), digit, control=control), later
        )
        listing.begun.connect(lambda: self._begin(listing.chosen()), later)
        listing.taken_off.connect(lambda: self._take_off(listing.chosen(), listing.heap), later)
        listing.left_by_escape.connect(self.focus_first, later)
        listing.moved.connect(self._move_pile, later)

    # -- what is shown --------------------------------------------------------------------------------------

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES and self.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Shows codes, piles and categories as they are now."""
        self._soon.stop()
        self._book.now()
        self._heaps = self._gather()
        (self.listing if self.as_list else self.table).show_heaps(self._heaps)
        self.tidy.setEnabled(any(heap.is_put for heap in self._heaps) and not self._desk.project.read_only)
        if self._hand and not any(heap.guid == self._hand for heap in self._heaps):
            self._hand = ""
        self.take_in_hand(self._hand)
        self._fill_left()

    def _gather(self) -> list[Heap]:
        rows, counted = self._book.rows, self._book.counted
        by_guid = {row.guid: row for row in rows}
        found = []
        for at, pile in enumerate(piles.piles(self._desk.project), 1):
            laid = tuple(by_guid[one.code] for one in pile.codes if one.code in by_guid)
            key = str(at) if at <= _KEYS else ""
            found.append(Heap(pile.guid, pile.name, key, 0, laid, pile.x, pile.y, counted))
        tops = [row for row in rows if row.parent is None and row.kind == "category"]
        for at, row in enumerate(tops, 1):
            below = tuple(r for r in rows if r.parent == row.guid)
            key = _native(f"Ctrl+{at}") if at <= _KEYS else ""
            found.append(Heap(row.guid, row.name, key, row.colour, below, counted=counted))
        return found

    def _fill_left(self) -> None:
        laid = {row.guid for heap in self._heaps if heap.is_pile for row in heap.codes}
        every = self.every.isChecked()
        free = [
            row
            for row in self._book.rows
            if row.guid not in laid and row.kind != "category" and (every or row.parent is None)
        ]
        words = fold(self.line.text()).split()
        shown = [row for row in free if all(word in fold(row.name) for word in words)]
        self.slips.show_codes(shown, counted=self._book.counted)
        self.count.setText(str(len(free)))
        self.figures.setText(self._told(len(laid)))

    def _told(self, laid: int) -> str:
        count = sum(heap.is_pile for heap in self._heaps)
        if not self._book.rows:
            return _("No codes yet. They come about in the text.")
        on = ngettext("{n} code", "{n} codes", laid).format(n=laid)
        return ngettext("{codes} on {n} pile", "{codes} on {n} piles", count).format(codes=on, n=count)

    def take_in_hand(self, guid: str) -> None:
        """The pile that is named at the right."""
        self._hand = guid
        (self.listing if self.as_list else self.table).take_in_hand(guid)
        self.naming.show_heap(next((heap for heap in self._heaps if heap.guid == guid), None))

    def focus_first(self) -> None:
        """The focus goes where one begins: to the codes not laid yet."""
        self.slips.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- acts -----------------------------------------------------------------------------------------------

    def lay(self, heap: str, codes: list[str]) -> None:
        """Lays codes on a pile ("" begins one) or files them below a category."""
        if not codes:
            return
        target = next((one for one in self._heaps if one.guid == heap), None)
        if target is not None and not target.is_pile:
            done = self._desk.do(acts.file_below, codes=codes, category=heap)
        else:
            done = self._desk.do(acts.lay, codes=codes, pile=heap)
        if done:
            self.refresh()
            self.take_in_hand(done)

    def _by_key(self, codes: list[str], digit: int, *, control: bool) -> None:
        wanted = [heap for heap in self._heaps if heap.is_pile is not control]
        if digit > len(wanted):
            words = (
                _("There is no category {n} yet.")
                if control
                else _("There is no pile {n} yet; N begins one.")
            )
            self._desk.told.emit(words.format(n=digit))
            return
        self.lay(wanted[digit - 1].guid, codes)

    def _begin(self, codes: list[str]) -> None:
        if codes:
            self.lay("", codes)
        else:
            self.new_pile()

    def new_pile(self) -> None:
        """Begins a pile, with the codes chosen at the left if there are any."""
        if codes := self.slips.chosen():
            self.lay("", codes)
        elif made := self._desk.do(piles.new_pile):
            self.refresh()
            self.take_in_hand(made)

    def _take_off(self, codes: list[str], heap: str) -> None:
        found = next((one for one in self._heaps if one.guid == heap), None)
        if found is None or not codes:
            return
        self._desk.do(acts.take_off if found.is_pile else acts.file_out, codes=codes)
        self.refresh()
        if not self.as_list and self.table.slips_of(heap) is None:
            self.focus_first()

    def _taken_back(self, codes: list[str]) -> None:
        """Codes dropped on the left list: off their pile, or out of their category."""
        laid = {row.guid for heap in self._heaps if heap.is_pile for row in heap.codes}
        if all(code in laid for code in codes):
            self._desk.do(acts.take_off, codes=codes)
        else:
            self._desk.do(acts.file_out, codes=codes)
        self.refresh()

    def _place(self, pile: str, x: int, y: int) -> None:
        """A pile lies there now; the order of the keys stays."""
        heaps = [heap for heap in self._heaps if heap.is_pile]
        places = [(x, y) if heap.guid == pile else (heap.x, heap.y) for heap in heaps]
        self._arrange([heap.guid for heap in heaps], places)

    def _move_pile(self, pile: str, by: int) -> None:
        """In the list a pile goes up or down, and takes that key."""
        heaps = [heap for heap in self._heaps if heap.is_pile]
        at = next((n for n, heap in enumerate(heaps) if heap.guid == pile), None)
        if at is None or not 0 <= at + by < len(heaps):
            return
        heaps[at], heaps[at + by] = heaps[at + by], heaps[at]
        self._arrange([heap.guid for heap in heaps], [(heap.x, heap.y) for heap in heaps])

    def tidy_up(self) -> None:
        """The piles lie side by side again, in the order of their keys."""
        heaps = [heap.guid for heap in self._heaps if heap.is_pile]
        if heaps:
            self._arrange(heaps, [(0, 0)] * len(heaps))

    def _arrange(self, heaps: list[str], places: list[tuple[int, int]]) -> None:
        xs, ys = [x for x, _y in places], [y for _x, y in places]
        self._desk.do(piles.arrange_piles, piles=heaps, xs=xs, ys=ys)
        self.refresh()

    @property
    def as_list(self) -> bool:
        """Whether piles and categories stand in a list."""
        return self.face.currentWidget() is self.listing

    def show_as_list(self, *, on: bool) -> None:
        """Shows piles and categories in a list, or on the table; kept with the study."""
        self.table.piles.settle()
        self.face.setCurrentWidget(self.listing if on else self.table)
        self.faces.setCurrentIndex(int(on))
        self.tidy_button.setVisible(not on)
        self._desk.project.set_setting(_AS_LIST, "1" if on else "0")
        if self.isVisible():
            self.refresh()

    def name_pile(self, heap: str) -> None:
        """Puts the cursor into the name of a pile; from the left list, of the one in hand."""
        self.take_in_hand(heap or self._hand)
        self.naming.begin()

    def _make_category(self, pile: str, name: str, why: str, first: str) -> None:
        made = self._desk.do(piles.pile_to_category, pile=pile, name=name, why=why, property=first)
        if made:
            self.naming.done(pile)
            self.refresh()
            self.take_in_hand(made)
            self.focus_first()
            self._desk.told.emit(_("“{name}” is a category now.").format(name=" ".join(name.split())))

    def _rename(self, pile: str, name: str) -> None:
        self._desk.do(piles.rename_pile, pile=pile, name=name)
        self.refresh()
        self._back_to_codes()

    def _part(self, pile: str) -> None:
        name = next((heap.name for heap in self._heaps if heap.guid == pile), "")
        if self._desk.do(piles.remove_pile, pile=pile):
            self.refresh()
            self.focus_first()
            self._desk.told.emit(_("Removed “{name}”.").format(name=name or _("Pile without a name")))

    def _back_to_codes(self) -> None:
        (self.listing if self.as_list else self.table.slips_of(self._hand) or self.slips).setFocus()

    def _escape(self, slips: Slips) -> None:
        if slips is not self.slips:
            self.focus_first()
        else:
            self.closed.emit()


def _native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
