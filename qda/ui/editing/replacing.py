"""Replace in all transcripts: words, what comes instead, where; each place seen before, one act for all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding import material, word_replacing
from qda.coding.word_replacing import Place, Wanted
from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.editing.slices import Slices
from qda.ui.fonts import px
from qda.ui.hits.passages import Excerpt, ExcerptList, Shape
from qda.ui.places import Page
from qda.ui.surfaces import LinkButton, on_paper, small

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_SOON_MS: Final = 250
_TABLES: Final = frozenset({"source", "paragraph", "speaker", "case_", "segment", "coding", "code"})
_HERE: Final = "here"
_MOST: Final = 20_000  # places that are listed


class ReplacePage(Page):
    """The page. What is left by hand stays left while the words stay the same."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._all: list[Place] = []
        self._left: set[str] = set()
        self._asked: Wanted | None = None
        self._complete = False
        self.setObjectName("replacing")
        self.setAccessibleName(_("Replace in all transcripts"))
        on_paper(self)
        self._make()
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.look)
        self._slices = Slices(self)
        self._slices.came.connect(self._came)
        self._slices.done.connect(self._done)
        for line in (self.words, self.by):
            line.textChanged.connect(lambda _text: self._soon.start())
            line.installEventFilter(self)
        for box in (self.whole, self.match_case):
            box.toggled.connect(lambda _on: self.look())
        self.where.activated.connect(lambda _at: self.look())
        desk.changed.connect(self._changed)
        self._tell()

    # -- what it is made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self.words, self.by = QLineEdit(self), QLineEdit(self)
        for line, name, label in (
            (self.words, "replace_words", _("Words to replace")),
            (self.by, "replace_by", _("Instead of them")),
        ):
            line.setObjectName(name)
            line.setAccessibleName(label)
        self.whole = QCheckBox(_("Whole words only"), self)
        self.whole.setObjectName("replace_whole")
        self.whole.setChecked(True)
        self.match_case = QCheckBox(_("Capitals matter"), self)
        self.match_case.setObjectName("replace_case")
        self.where = QComboBox(self)
        self.where.setObjectName("replace_where")
        self.where.setAccessibleName(_("Where"))
        self.list = ExcerptList(
            "replace_list",
            _("Places where the words stand"),
            self,
            shape=Shape(self._excerpt, lambda place: (place.source, place.title)),
            cite=self._citable,
        )
        self.list.passages.taken = self.is_taken
        self.list.passages.note = _note
        self.list.ticked.connect(self.turn)
        self.list.copied.connect(self._desk.told)
        self.list.installEventFilter(self)
        self.count = QLabel(self)
        self.count.setObjectName("replace_count")
        self.go = QPushButton(_("Replace"), self)
        self.go.setObjectName("replace_go")
        self.go.clicked.connect(self.replace)
        self.back = LinkButton(_("Back to the text"), "replace_back", self)
        self.back.clicked.connect(self.closed)
        self.links = []
        for name, words, act in (
            ("replace_all", _("All"), lambda: self.set_taken(self._all, taken=True)),
            ("replace_none", _("None"), lambda: self.set_taken(self._all, taken=False)),
            ("replace_look", _("Look at it in the text"), self.look_at),
        ):
            link = LinkButton(words, name, self)
            link.clicked.connect(lambda _checked=False, act=act: act())
            self.links.append(link)

    def _lay_out(self) -> None:
        outer = QHBoxLayout(self)
        inner = QWidget(self)
        inner.setMaximumWidth(px(860))
        outer.addStretch(1)
        outer.addWidget(inner, 20)
        outer.addStretch(1)
        box = QVBoxLayout(inner)
        box.setContentsMargins(px(24), px(12), px(24), px(16))
        box.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(heading(_("Replace in all transcripts"), inner))
        head.addStretch(1)
        head.addWidget(self.back)
        box.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        for row, (words, widget) in enumerate(
            ((_("Words"), self.words), (_("Instead"), self.by), (_("Where"), self.where))
        ):
            label = QLabel(words, inner)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self.whole, 0, 2)
        grid.addWidget(self.match_case, 1, 2)
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        about = _(
            "Only what is said is changed: labels of speakers, names and titles stay. Space takes or leaves "
            "a place, Enter takes it and goes on, Del leaves it and goes on."
        )
        box.addWidget(small(about, inner, wrap=True))
        box.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        foot.addWidget(self.count)
        for link in self.links:
            foot.addWidget(link)
        foot.addStretch(1)
        foot.addWidget(self.go)
        box.addLayout(foot)

    # -- what is wanted --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows documents and cases as they are now, and looks again."""
        self._fill_where()
        self.look()

    def focus_first(self) -> None:
        """One begins with the words; a short selection in the text is taken over."""
        span = self._desk.span
        if span is not None and not self.words.text():
            said = material.text(self._desk.project, span[0])[span[1] : span[2]]
            if len(said) <= 60 and "\n" not in said:
                self.words.setText(said)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def _fill_where(self) -> None:
        kept = self.where.currentData()
        self.where.clear()
        self.where.addItem(_("All transcripts"), ("", ""))
        here = material.source(self._desk.project, self._desk.source) if self._desk.source else None
        if here is not None:
            words = _("This document: {title}").format(title=here.title)
            self.where.addItem(words, (_HERE, here.guid))
        for row in material.cases(self._desk.project):
            self.where.addItem(_("What the case says: {name}").format(name=row.name), ("case", row.guid))
        if kept is not None:
            at = next((n for n in range(self.where.count()) if self.where.itemData(n) == kept), 0)
            self.where.setCurrentIndex(at)

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        kind, guid = self.where.currentData() or ("", "")
        return Wanted(
            self.words.text(),
            self.by.text(),
            self.whole.isChecked(),
            self.match_case.isChecked(),
            (guid,) if kind == _HERE else (),
            guid if kind == "case" else "",
        )

    def look(self) -> None:
        """Looks for the words, a document after the other; the window goes on meanwhile."""
        self._soon.stop()
        wanted = self.wanted
        before, self._asked = self._asked, wanted
        if before is None or before.words != wanted.words:
            self._left.clear()
        self._all, self._complete = [], False
        self.list.set_items([])
        self._slices.start(self._pages(wanted))
        self._tell()

    def _pages(self, wanted: Wanted) -> Iterator[list[Place]]:
        return word_replacing.places(self._desk.project, wanted)

    def _came(self, page: list[Place]) -> None:
        room = _MOST - len(self._all)
        self._all += page[:room]
        self.list.add_items(page[:room])
        if self.list.item is None:
            self.list.choose_first()
        if room <= len(page):
            self._slices.stop()
        self._tell()

    def _done(self) -> None:
        self._complete = True
        words = _("Write the words above that are to be replaced in all transcripts.")
        if self.wanted.words.strip():
            words = _("“{words}” stands in none of these texts.").format(words=self.words.text().strip())
        self.list.set_empty(words)
        self._tell()

    def _changed(self, change: "Changed") -> None:
        if self.isVisible() and change.tables & _TABLES:
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.let_go()
        super().hideEvent(event)

    def let_go(self) -> None:
        self._soon.stop()
        self._slices.stop()

    # -- taking and leaving ----------------------------------------------------------------------------------

    def is_taken(self, place: Place) -> bool:
        """Whether it would be replaced."""
        return place.passage not in self._left

    def set_taken(self, some: list[Place], *, taken: bool) -> None:
        """Takes or leaves places."""
        keys = {place.passage for place in some}
        self._left = self._left - keys if taken else self._left | keys
        self.list.passages.told()
        self._tell()

    def turn(self, place: Place) -> None:
        """Leaves what was taken, takes what was left; several that are selected go along."""
        chosen = self.list.chosen_items()
        self.set_taken(chosen if place in chosen else [place], taken=not self.is_taken(place))

    @property
    def taken(self) -> list[Place]:
        """What would be replaced."""
        return [place for place in self._all if self.is_taken(place)]

    def look_at(self) -> None:
        """Shows the place in hand in its text."""
        if isinstance(place := self.list.item, Place):
            self.closed.emit()
            self._desk.source_wanted.emit(place.source, place.start, place.stop)

    def _tell(self) -> None:
        taken = self.taken
        told = _("{n} of {count} places chosen").format(n=f"{len(taken):,}", count=f"{len(self._all):,}")
        lost = sum(bool(place.lost) for place in taken)
        if lost:
            told += " · " + ngettext("{n} takes codings away", "{n} take codings away", lost).format(n=lost)
        self.count.setText("" if not self._all else told if self._complete else f"{told} …")
        self.go.setEnabled(bool(taken) and self._complete and not self._desk.project.read_only)
        words = ngettext("Replace at {n} place", "Replace at {n} places", len(taken)).format(n=len(taken))
        self.go.setText(words if taken else _("Replace"))
        self.go.setAccessibleName(self.go.text())
        for link in self.links:
            link.setVisible(bool(self._all))

    # -- rows ------------------------------------------------------------------------------------------------

    def _excerpt(self, place: Place) -> Excerpt:
        """The words around, and in them what goes and what comes."""
        by = self.by.text()
        change = f"{place.words} → {by}" if by else f"{place.words} → ∅"
        words = f"{place.before}{change}{place.after}".replace("\n", " ")
        start = len(place.before)
        told = _("para. {number}").format(number=place.number)
        spoken = f"{place.speaker}, {told}" if place.speaker else told
        return Excerpt(words, spoken, ((start, start + len(change)),))

    def _citable(self, some: list[Place]) -> "list[SegmentRow]":
        return [
            material.span_row(self._desk.project, place.source, place.start, place.stop) for place in some
        ]

    # -- done ------------------------------------------------------------------------------------------------

    def replace(self) -> None:
        """Replaces what is taken, as one act."""
        taken = self.taken
        if not taken or not self._complete:
            return
        done = self._desk.do(word_replacing.replace_places, places=taken, by=self.by.text())
        if done:
            n, documents = len(taken), len({place.source for place in taken})
            told = ngettext("{n} place replaced", "{n} places replaced", n).format(n=n)
            where = ngettext("in {n} document", "in {n} documents", documents).format(n=documents)
            self._desk.told.emit(f"{told} {where}.")
            self.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.replace()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif watched is self.list:
            return self._list_key(key, enter=enter)
        elif enter:
            self.look()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return super().eventFilter(watched, event)
        return True

    def _list_key(self, key: Qt.Key, *, enter: bool) -> bool:
        place = self.list.item
        if place is None or not (enter or key == Qt.Key.Key_Delete):
            return False
        self.set_taken([place], taken=enter)
        self.list.step(1)
        return True


def _note(place: Place) -> str:
    if not place.lost:
        return ""
    return _("takes away: {codes}").format(codes=", ".join(place.lost))
