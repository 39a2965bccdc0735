"""The right side: what a name becomes, its hits, and what one decides about each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.pseudonyms.controls import button, link
from qda.ui.pseudonyms.hit_list import HitList, HitModel
from qda.ui.surfaces import Elided, Line, on_panel, on_paper, section, small

if TYPE_CHECKING:
    from qda.coding.pseudonyms import Hit
    from qda.ui.pseudonyms.work import Name, Work


class Otherwise(QWidget):
    """Other words for a hit or a form: F2 opens it below the list, Enter takes them over, Esc does not."""

    said = Signal(str, bool)  # words, everywhere
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("otherwise")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(8), px(16), px(8))
        box.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._old = Elided("", self)
        self.field = QLineEdit(self)
        self.field.setObjectName("otherwise_words")
        self.field.setAccessibleName(_("Replace with"))
        self.field.returnPressed.connect(self._say)
        row.addWidget(self._old)
        row.addWidget(small(_("becomes"), self))
        row.addWidget(self.field, 1)
        row.addWidget(button(self, "otherwise_take", _("Take over"), self._say))
        row.addWidget(button(self, "otherwise_cancel", _("Cancel"), self.closed.emit))
        box.addLayout(row)
        choice = QHBoxLayout()
        choice.setSpacing(px(12))
        self.here = QRadioButton(_("only &here"), self)
        self.everywhere = QRadioButton(_("everywhere"), self)
        for radio, name in ((self.here, "otherwise_here"), (self.everywhere, "otherwise_everywhere")):
            radio.setObjectName(name)
            radio.setAccessibleName(radio.text().replace("&", ""))
            choice.addWidget(radio, 1 if radio is self.everywhere else 0)
        self.everywhere.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.addLayout(choice)

    def ask(self, hit: "Hit", words: str, alike: int) -> None:
        """About this hit; ``alike``: how many are written the same way."""
        self._old.setText(_("“{name}”").format(name=hit.written))
        self.field.setText(words)
        self.field.selectAll()
        told = ngettext(
            "wherever “{form}” stands (&{n} hit)", "wherever “{form}” stands (&{n} hits)", alike
        ).format(form=hit.written.replace("&", "&&"), n=alike)
        self.everywhere.setText(told)
        self.everywhere.setAccessibleName(told.replace("&", ""))
        self.everywhere.setToolTip(told.replace("&", ""))
        self.everywhere.setVisible(alike > 1)
        self.here.setChecked(True)
        self.field.setFocus()

    def _say(self) -> None:
        if words := self.field.text().strip():
            self.said.emit(words, self.everywhere.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class HitsPane(QWidget):
    """Everything about the chosen name."""

    decided = Signal(object)  # Name
    renamed = Signal(object)  # Name
    formed = Signal(object)  # Name: one of its forms becomes something else

    def __init__(self, work: "Work", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.model = HitModel(work, self)
        self.list = HitList(self.model, self)
        on_paper(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head())
        box.addWidget(Line(self))
        box.addWidget(self.list, 1)
        box.addWidget(Line(self))
        self._acts = self._foot()
        self.otherwise = Otherwise(self)
        self.otherwise.hide()
        for foot in (self._acts, self.otherwise):
            on_panel(foot)
            box.addWidget(foot)
        self.list.decide_wanted.connect(self.decide)
        self.list.rest_wanted.connect(self.accept_rest)
        self.list.otherwise_wanted.connect(self.ask_otherwise)
        self.list.doubleClicked.connect(lambda _index: self.decide(True))
        self.list.moved.connect(lambda _row: self._tell())
        self.otherwise.said.connect(self._said)
        self.otherwise.closed.connect(self._back)

    def _head(self) -> QWidget:
        head = on_panel(QWidget(self))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(8))
        self._clear = Elided("", head)
        self._clear.setFont(section("").font())
        self._clear.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.instead = QLineEdit(head)
        self.instead.setObjectName("instead")
        self.instead.setAccessibleName(_("Becomes"))
        self.instead.setMaximumWidth(px(300))
        self.instead.setMinimumWidth(px(120))
        self.instead.editingFinished.connect(self._rename)
        self.instead.returnPressed.connect(self.list.setFocus)
        self._becomes = QLabel(_("becomes"), head)
        self._becomes.setProperty("quiet", True)
        self._place = small("", head)
        self._place.setObjectName("hit_place")
        row.addWidget(self._clear)
        row.addWidget(self._becomes)
        row.addWidget(self.instead, 1)
        row.addStretch(1)
        row.addWidget(self._place)
        return head

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(16), px(9), px(16), px(9))
        row.setSpacing(px(8))
        self._buttons = (
            button(foot, "accept_hit", _("Accept"), lambda: self.decide(True), key="A"),
            button(foot, "leave_hit", _("Leave"), lambda: self.decide(False), key="L"),
            button(foot, "otherwise_hit", _("Otherwise…"), self.ask_otherwise, key="F2"),
        )
        for one in self._buttons:
            row.addWidget(one)
        row.addStretch(1)
        self.rest = link(foot, "accept_rest", _("Accept the others"), self.accept_rest)
        self.rest.setToolTip(_("Shift+A"))
        row.addWidget(self.rest)
        return foot

    # -- showing ---------------------------------------------------------------------------------------------

    @property
    def name(self) -> "Name | None":
        """The name shown."""
        return self.model.name

    def show_name(self, name: "Name | None", *, again: bool = False) -> None:
        """Turns to a name; ``again``: the same, whose hits have been found anew."""
        row = self.list.currentIndex().row() if again else self._first_open(name)
        self._ask(False)
        self.list.show_name(name, row)
        if not (again and self.instead.hasFocus()):
            self.instead.setText(name.entry.replacement if name is not None else "")
        self._clear.setText(name.entry.clear if name is not None else "")
        for widget in (self.instead, self._becomes):
            widget.setVisible(name is not None)
        if name is not None and name.hits:
            name.seen = True
        self._tell()

    def _first_open(self, name: "Name | None") -> int:
        if name is None:
            return 0
        return next((r for r, hit in enumerate(name.hits) if self._work.decided(name, hit) is None), 0)

    def _tell(self) -> None:
        """Numbers and what can be done now."""
        name, row = self.name, self.list.currentIndex().row()
        count = len(self.model.hits)
        self._place.setText(_("Hit {n} of {m}").format(n=row + 1, m=count) if count and row >= 0 else "")
        for one in self._buttons:
            one.setEnabled(self.list.hit is not None)
        rest = self._work.rest(name) if name is not None else []
        n = len(rest)
        if rest and not rest[0].accepted:
            words = ngettext("Accept the {n} unsure one", "Accept the {n} unsure ones", n)
        elif n == count:
            words = ngettext("Accept it", "Accept all {n}", n)
        else:
            words = ngettext("Accept the other one", "Accept the other {n}", n)
        self.rest.setText(words.format(n=n))
        self.rest.setAccessibleName(self.rest.text())
        self.rest.setVisible(n > 0)

    def refresh(self) -> None:
        """Decisions or words have changed."""
        self.model.told()
        self.list.scheduleDelayedItemsLayout()
        self._tell()

    # -- deciding --------------------------------------------------------------------------------------------

    def decide(self, yes: bool) -> None:
        """The hit in hand is accepted or left; then the next open one."""
        name, hit = self.name, self.list.hit
        if name is None or hit is None:
            return
        self._work.decide(name, hit, yes=yes)
        self.list.go_on()
        self.refresh()
        self.decided.emit(name)

    def accept_rest(self) -> None:
        """Accepts the open hits of the name."""
        if self.name is not None and self._work.accept_rest(self.name):
            self.refresh()
            self.decided.emit(self.name)

    def ask_otherwise(self) -> None:
        """Opens the field for other words."""
        hit = self.list.hit
        if hit is not None:
            alike = sum(one.written == hit.written for one in self.model.hits)
            self._ask(True)
            self.otherwise.ask(hit, self.model.instead(self.list.currentIndex().row()), alike)

    def _ask(self, on: bool) -> None:
        self._acts.setVisible(not on)
        self.otherwise.setVisible(on)

    def _said(self, words: str, everywhere: bool) -> None:
        name, hit = self.name, self.list.hit
        self._back()
        if name is None or hit is None:
            return
        self._work.say_otherwise(name, hit, words, everywhere=everywhere)
        self.list.go_on()
        self.refresh()
        self.decided.emit(name)
        if everywhere:
            self.formed.emit(name)

    def _back(self) -> None:
        self.list.setFocus()
        self._ask(False)

    def _rename(self) -> None:
        name, words = self.name, self.instead.text().strip()
        if name is None or words == name.entry.replacement:
            return
        if not words:
            self.instead.setText(name.entry.replacement)
            return
        self._work.rename(name, words)
        self.refresh()
        self.renamed.emit(name)
