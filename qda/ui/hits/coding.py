"""Coding from the hits of a search: a code, what is coded of each hit, and the hits one by one; one undo."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from qda.coding import hit_coding, search_all
from qda.coding.search_all import FullHit, Query
from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.hits.passages import ExcerptList
from qda.ui.hits.picker import CodeOrNewPicker
from qda.ui.hits.proposals import PROPOSALS, Proposal, Proposing, extent_names
from qda.ui.material.background import Work
from qda.ui.navigator.codebook import CodeBook
from qda.ui.surfaces import LinkButton, section, small

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.ui.desk import Desk
    from qda.ui.hits.panel import ResultsPanel

_SOON_MS: Final = 120
_AT_ONCE: Final = 20  # passages that are coded before one notices


class HitCodingDialog(QDialog):
    """The hits, each taken or left; what has the code already is marked and left at first."""

    def __init__(
        self, desk: "Desk", hits: Sequence[FullHit], query: Query, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._hits, self._query = desk, list(hits), query
        self._all: list[Proposal] = []
        self._left: set[tuple[str, int, int]] = set()  # passages that were left by hand
        self._again: set[tuple[str, int, int]] = set()  # passages that are taken though they have the code
        self._number = 0
        self._complete = False
        self._fresh = True
        self._count = 0
        self._work: Work | None = None
        self._proposing = Proposing()
        self.setObjectName("code_hits")
        self.setWindowTitle(_("Code the hits of “{words}”").format(words=query.words))
        self.resize(px(980), px(660))
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._propose)
        self._telling = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._telling.timeout.connect(self._tell)
        self._make_parts()
        self._lay_out()
        self._proposing.page.connect(self._page)
        self._proposing.done.connect(self._done)
        self.picker.chosen.connect(self._code_lit)
        self.picker.left.connect(self.list.setFocus)
        self.extent.activated.connect(lambda _at: self._propose())
        self.list.wanted.connect(lambda _one: None)
        self.list.ticked.connect(self.turn)
        self.list.copied.connect(desk.told)
        self.list.installEventFilter(self)
        self.finished.connect(self._finished)
        if desk.last_code:
            self.picker.choose(desk.last_code)
        self._propose()
        self.picker.setFocus()

    # -- what it is made of ----------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.picker = CodeOrNewPicker(CodeBook.of(self._desk).choices(), self)
        self.extent = QComboBox(self)
        self.extent.setObjectName("hits_extent")
        self.extent.setAccessibleName(_("What is coded of each hit"))
        for key, words in extent_names().items():
            self.extent.addItem(words, key)
        self.list = ExcerptList("hits_to_code", _("Hits to code"), self, shape=PROPOSALS, cite=self._citable)
        self.list.passages.taken = self.is_taken
        self.list.passages.note = lambda one: _("has this code already") if one.coded else ""
        self.count = QLabel(self)
        self.count.setObjectName("hits_count")
        self.links = []
        for name, words, act in (
            ("hits_all", _("All"), self.take_all),
            ("hits_none", _("None"), self.leave_all),
            ("hits_document", _("All of this document"), self.turn_document),
        ):
            link = LinkButton(words, name, self)
            link.clicked.connect(lambda _checked=False, act=act: act())
            self.links.append(link)
        self.buttons = QDialogButtonBox(self)
        self.ok = self.buttons.addButton(_("Code"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button, name in ((self.ok, "ok"), (cancel, "cancel")):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)  # Enter in the list takes a hit
            button.setDefault(False)
        self.buttons.accepted.connect(self.code)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(8))
        box.addWidget(heading(self.windowTitle(), self))
        about = _(
            "Read each hit in its context. Space takes or leaves it, Enter takes it and goes on, Del leaves "
            "it and goes on; Ctrl+D takes or leaves all of a document."
        )
        box.addWidget(small(about, self, wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(px(20))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(px(6))
        left.addWidget(section(_("Code"), self))
        left.addWidget(self.picker, 1)
        left.addWidget(section(_("Coded is"), self))
        left.addWidget(self.extent)
        above = QHBoxLayout()
        above.addWidget(self.count, 1)
        for link in self.links:
            above.addWidget(link)
        right.addLayout(above)
        right.addWidget(self.list, 1)
        sides.addLayout(left, 1)
        sides.addLayout(right, 2)
        box.addLayout(sides, 1)
        box.addWidget(self.buttons)

    # -- what is proposed ------------------------------------------------------------------------------------

    @property
    def proposals(self) -> list[Proposal]:
        """All passages, in their order."""
        return self._all

    @property
    def is_complete(self) -> bool:
        """Whether all passages are worked out."""
        return self._complete and not self._soon.isActive()

    def _code_lit(self) -> None:
        self._soon.start()
        self._tell()

    def _propose(self) -> None:
        """Works the passages out anew, for another code or extent; what was left by hand stays so."""
        self._soon.stop()
        row = self.picker.current
        self._complete = False
        extent = self.extent.currentData()
        self._number = self._proposing.propose(
            self._desk.project, self._hits, extent, row.guid if row is not None else ""
        )
        self._fresh = True

    def _page(self, number: int, page: list[Proposal]) -> None:
        if number != self._number:
            return
        if self._fresh:
            self._fresh = False
            self._all = list(page)
            self.list.set_items(page)
            if self.list.item is None:
                self.list.choose_first()
        else:
            self._all += page
            self.list.add_items(page)
        self._telling.start()

    def _done(self, number: int) -> None:
        if number == self._number:
            self._complete = True
            self._tell()

    # -- taking and leaving ----------------------------------------------------------------------------------

    def is_taken(self, one: Proposal) -> bool:
        """Whether it would be coded."""
        key = one.key
        return key in self._again if one.coded else key not in self._left

    def set_taken(self, some: Sequence[Proposal], *, taken: bool) -> None:
        """Takes or leaves passages."""
        for one in some:
            key = one.key
            if one.coded:
                (self._again.add if taken else self._again.discard)(key)
            else:
                (self._left.discard if taken else self._left.add)(key)
        self.list.passages.told()
        self._tell()

    def turn(self, one: Proposal) -> None:
        """Leaves what was taken, takes what was left; several that are selected go along."""
        chosen = self.list.chosen_items()
        self.set_taken(chosen if one in chosen else [one], taken=not self.is_taken(one))

    def take_all(self) -> None:
        """Takes all that have not the code yet."""
        self.set_taken([one for one in self._all if not one.coded], taken=True)

    def leave_all(self) -> None:
        """Leaves all."""
        self.set_taken(self._all, taken=False)

    def turn_document(self) -> None:
        """Takes all of the document in hand; where all are taken, leaves them."""
        here = self.list.item
        if here is None:
            return
        of_it = [one for one in self._all if one.hit.source == here.hit.source and not one.coded]
        self.set_taken(of_it, taken=not all(map(self.is_taken, of_it)))

    @property
    def taken(self) -> list[Proposal]:
        """What would be coded."""
        return [one for one in self._all if self.is_taken(one)]

    def _tell(self) -> None:
        taken = self.taken
        told = _("{n} of {count} passages chosen").format(n=f"{len(taken):,}", count=f"{len(self._all):,}")
        if coded := Counter(one.coded for one in self._all)[True]:
            had = ngettext("{n} has the code already", "{n} have the code already", coded).format(n=coded)
            told = f"{told} · {had}"
        self.count.setText(told if self._complete else f"{told} …")
        row = self.picker.current
        self.ok.setEnabled(bool(taken) and row is not None and self._complete)
        words = ngettext("Code {n} passage", "Code {n} passages", len(taken)).format(n=len(taken))
        self.ok.setText(words if taken else _("Code"))
        self.ok.setAccessibleName(self.ok.text())

    def _citable(self, some: "list[Proposal]") -> "list[SegmentRow]":
        return search_all.sentences_of(self._desk.project, [one.hit for one in some])

    # -- done ------------------------------------------------------------------------------------------------

    def code(self) -> None:
        """Codes what is taken, as one act."""
        row, taken = self.picker.current, self.taken
        if row is None or not taken or not self._complete:
            return
        wanted: dict[str, Any] = {
            "spans": [one.passage for one in taken],
            "code": row.guid or row.written or row.name,
            "words": self._query.words,
        }
        self._count = len(taken)
        if self._count <= _AT_ONCE:
            self._coded(self._desk.do(hit_coding.code_hits, **wanted), "")
            return
        project = self._desk.project
        self.setEnabled(False)
        self.count.setText(_("Coding …"))
        self._work = Work(self._desk, lambda _step: hit_coding.code_hits(project, **wanted), self)
        self._work.done.connect(self._coded)
        self._work.start()

    def _coded(self, made: str | None, refused: str) -> None:
        """It is done; or it was refused, and one can change what is chosen."""
        self._work = None
        self.setEnabled(True)
        if refused:
            self._desk.refused.emit(refused)
        if made:
            self._desk.last_code = made
            CodeBook.of(self._desk).used(made)
            told = ngettext("{n} passage coded.", "{n} passages coded.", self._count)
            self._desk.told.emit(told.format(n=self._count))
            self.accept()
        else:
            self._tell()

    def reject(self) -> None:
        """Not while the passages are being coded."""
        if self._work is None:
            super().reject()

    def _finished(self) -> None:
        self._proposing.let_go()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            here, key = self.list.item, event.key()
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and key == Qt.Key.Key_D:
                self.turn_document()
                return True
            if control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.code()
                return True
            steps = {Qt.Key.Key_Return: True, Qt.Key.Key_Enter: True, Qt.Key.Key_Delete: False}
            taken = steps.get(Qt.Key(key))
            if taken is not None and here is not None:
                self.set_taken([here], taken=taken)
                self.list.step(1)
                return True
        return super().eventFilter(watched, event)


def ask_and_code(desk: "Desk", panel: "ResultsPanel", parent: QWidget) -> HitCodingDialog | None:
    """Opens the hits of the search in all to be coded."""
    if not panel.hits or desk.project.read_only:
        desk.told.emit(_("Search in all documents first: what is found can be coded here."))
        return None
    dialog = HitCodingDialog(desk, panel.hits, panel.wanted, parent)
    dialog.open()
    return dialog
