"""The last column of a relation's evidence: a passage near both codes, or the one selected in a transcript.

One key makes it evidence (S, W, E) or passes it over (U); J joins it to the piece of evidence in hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding import codes, evidence, material
from qda.coding.candidate_context import around
from qda.coding.citation import paragraphs_cited
from qda.coding.rows import RelationRow, SegmentRow
from qda.coding.theory import SearchRow, counter_searches
from qda.errors import KnownError
from qda.i18n import _
from qda.ui.axial.acts import Acts
from qda.ui.axial.segmented import SIGNS, Segmented
from qda.ui.axial.words import POLARITY_KEYS, kinds, polarity_word
from qda.ui.evidence.card import PassageCard
from qda.ui.evidence.menus import PassageActs, nearness_menu, passage_menu
from qda.ui.evidence.nearby import NARROW, WATCHED, Nearby
from qda.ui.evidence.searching import search_words
from qda.ui.evidence.words import as_html, in_short, more, plain, where_and_why
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding import citing
from qda.ui.surfaces import GivingLink, LinkButton, on_panel, scrolled, section, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from qda.models import Changed
    from qda.ui.desk import Desk

_WIDTH: Final = (346, 420)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that can become evidence: how the act names it, and its row."""

    written: str
    row: SegmentRow


def passage_in_hand(desk: "Desk") -> Passage | None:
    """The selection in the transcript, else the coding last chosen; None where there is neither."""
    if desk.span is not None:
        source, start, stop = desk.span
        try:
            material.text(desk.project, source)
        except KnownError:
            return None
        return Passage(f"{source}:{start}-{stop}", material.span_row(desk.project, source, start, stop))
    if desk.coding:
        found = codes.codings(desk.project, guids=[desk.coding])
        if found:
            return Passage(found[0].segment.guid, found[0].segment)
    return None


def is_there(desk: "Desk", passage: Passage) -> bool:
    """Whether the document of a passage is still in the study; asked when an act touched documents."""
    return material.source(desk.project, passage.row.source) is not None


class Adding(QWidget):
    """What could be evidence: nearby passages one after the other, or the passage in hand."""

    picker_wanted = Signal()

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self._desk = acts.desk
        self._relation: RelationRow | None = None
        self._hand: Passage | None = None
        self._hand_seen = ""
        self._stale = False
        self._asked: tuple[str, str | None] = ("", None)
        self.piece: Callable[[], str] = str  # the piece of evidence in hand, set by the columns
        self.near = Nearby(acts.desk, self)
        self.near.changed.connect(self._show)
        self.setObjectName("adding")
        self.setMinimumWidth(px(_WIDTH[0]))
        self.setMaximumWidth(px(_WIDTH[1]))
        on_panel(self)
        self._build()
        self._connect()
        self._show()

    # -- building ----------

    def _build(self) -> None:
        self.card = PassageCard(self)
        self.kind = Segmented("kind", _("Kind of evidence"), kinds(), self)
        self.kind.show_key("spoken")
        self._searched = QVBoxLayout()
        self._searched.setSpacing(0)
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(px(8), 0, px(8), px(4))
        box.setSpacing(px(2))
        box.addWidget(self.card)
        searched = QVBoxLayout()
        searched.setContentsMargins(px(4), 0, 0, 0)
        searched.addLayout(self._searched)
        box.addLayout(searched)
        box.addStretch(1)
        on_panel(inside)
        self._area: QScrollArea = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, px(2), 0, px(5))
        whole.setSpacing(px(3))
        whole.addLayout(self._head())
        whole.addWidget(self._area, 1)
        whole.addLayout(self._polarities())
        whole.addLayout(self._kinds())
        whole.addLayout(self._others())

    def _head(self) -> QHBoxLayout:
        self.title = section("", self)
        self.which = Segmented(
            "which", _("Which passage"), (("near", _("Nearby")), ("hand", _("Selected"))), self
        )
        self.which.show_key("near")
        self.count = small("", self)
        self.count.setObjectName("nearby_count")
        head = QHBoxLayout()
        head.setContentsMargins(px(16), 0, px(10), 0)
        head.setSpacing(px(4))
        head.addWidget(self.title)
        head.addWidget(self.which)
        head.addStretch(1)
        head.addWidget(self.count)
        self._steps: list[QToolButton] = []
        for words, name, arrow, by in (
            (_("Previous passage nearby"), "previous_nearby", Qt.ArrowType.LeftArrow, -1),
            (_("Next passage nearby"), "next_nearby", Qt.ArrowType.RightArrow, 1),
        ):
            button = QToolButton(self)
            button.setObjectName(name)
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setArrowType(arrow)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _checked=False, by=by: self.near.step(by))
            self._steps.append(button)
            head.addWidget(button)
        return head

    def _polarities(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(10), 0)
        row.setSpacing(px(6))
        self._buttons: list[QPushButton] = []
        short = {
            "supporting": _("supports"),
            "contradicting": _("against"),
            "qualifying": _("qualifies"),
        }
        for key, polarity in POLARITY_KEYS.items():
            button = QPushButton(f"{SIGNS[polarity]} {short[polarity]}  {key}", self)
            button.setObjectName(f"add_{polarity}")
            button.setAccessibleName(_("Add the passage: it {does}").format(does=polarity_word(polarity)))
            button.setAutoDefault(False)
            button.setProperty("slim", True)
            button.clicked.connect(lambda _checked=False, polarity=polarity: self.take(polarity))
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _kinds(self) -> QHBoxLayout:
        self._pass = self._link(_("Pass over  U"), "pass_candidate", self.pass_over)
        self._pass.setAccessibleName(_("Pass the passage over"))
        self._pass.setToolTip(_("It is not offered again; the list keeps what was passed over."))
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(10), 0)
        row.setSpacing(px(6))
        row.addWidget(self.kind)
        row.addStretch(1)
        row.addWidget(self._pass)
        return row

    def _others(self) -> QHBoxLayout:
        """How near, what was searched in vain, and the list of all."""
        self.nearness = GivingLink("nearness", self, tail=" ▾")
        self.nearness.setFont(ui_font(SMALL))
        self.nearness.clicked.connect(lambda _checked=False: self.ask_nearness())
        self._search = self._link(_("Found none…"), "note_search", self.note_search)
        self._search.setToolTip(_("Keep that evidence was searched for and none was found"))
        self._list = self._link(_("List  V"), "pick_passage", self.picker_wanted.emit)
        self._list.setToolTip(_("All passages nearby, those of both codes, and those passed over"))
        row = QHBoxLayout()
        row.setContentsMargins(px(12), 0, px(10), 0)
        row.setSpacing(px(2))
        row.addWidget(self.nearness, 1)
        row.addStretch()
        row.addWidget(self._search)
        row.addWidget(self._list)
        return row

    def _link(self, words: str, name: str, act: object) -> LinkButton:
        link = LinkButton(words, name, self)
        link.setFont(ui_font(SMALL))
        link.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
        return link

    def _connect(self) -> None:
        self.which.chosen.connect(lambda _key: self._show())
        card = self.card
        card.stepped.connect(self.near.step)
        card.letter.connect(self._letter)
        card.opened.connect(self.jump)
        card.menu_wanted.connect(self._menu)
        card.scrolled_by.connect(self._page)
        self._desk.changed.connect(self._changed)

    # -- what is shown ----------

    def show_relation(self, relation: RelationRow | None) -> None:
        """The relation that evidence is added to."""
        self._relation = relation
        wanted = (relation.guid if relation else "", None)
        if wanted[0] != self._asked[0]:
            self._asked = wanted
            self._ask()
        self.show_searches()

    def show_case(self, relation: str, case: str | None) -> None:
        """Only the passages of one case, for the queue."""
        self._asked = (relation, case)
        self.which.show_key("near")
        self._ask()

    def show_passage(self, passage: Passage | None) -> None:
        """The passage in hand; one newly selected comes to the front."""
        self._hand = passage
        written = passage.written if passage else ""
        if written != self._hand_seen:
            self._hand_seen = written
            self.which.show_key("hand" if passage else "near")
        self._show()

    def show_searches(self) -> None:
        """Shows what was searched for in vain; pressing a line takes it back."""
        while item := self._searched.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if self._relation is None or not self._relation.searched:
            return
        for row in counter_searches(self._desk.project, self._relation.guid):
            self._searched.addWidget(self._search_line(row))

    def _search_line(self, row: SearchRow) -> LinkButton:
        words = search_words(row)
        line = GivingLink("remove_search", self, tail="  ×")
        line.setText(words)
        line.setAccessibleName(_("{words}; press to take back").format(words=words))
        line.setToolTip(words)
        line.setFont(ui_font(SMALL))
        line.clicked.connect(lambda: self._acts.remove_search(row.guid))
        return line

    @property
    def of_hand(self) -> bool:
        """Whether the passage in hand is shown, not one nearby."""
        return self._hand is not None and self.which.key == "hand"

    def _ask(self) -> None:
        """Looks for what is nearby, but only where somebody sees it."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.near.show(*self._asked)

    def _show(self) -> None:
        hand, found = self._hand, self.near.current
        self.which.setVisible(hand is not None)
        self.title.setVisible(hand is None)
        name = self.near.case_name
        self.title.setText(_("Nearby in {case}").format(case=name) if name else _("Passage nearby"))
        near = not self.of_hand
        total = self.near.total
        self.count.setVisible(near and bool(total))
        place = _("{n} of {all}").format(n=self.near.at + 1, all=f"{total:n}")
        self.count.setText(f"{name} · {place}" if name and hand is not None else place)
        for button, there in zip(self._steps, (self.near.at > 0, self.near.at + 1 < total), strict=True):
            button.setVisible(near and total > 1)
            button.setEnabled(there)
        writable = not self._desk.project.read_only
        offered = writable and (found is not None if near else hand is not None)
        for one in (*self._buttons, self.kind):
            one.setVisible(offered)
        self._pass.setVisible(offered and near)
        self._search.setVisible(writable)
        self.nearness.setVisible(near)
        self.nearness.setText(self.near.nearness.words)
        self.nearness.setAccessibleName(_("Nearness: {words}").format(words=self.near.nearness.words))
        self._show_words()

    def _show_words(self) -> None:
        theme, found, whole = tokens_of(self), self.near.current, ""
        also = more(found[0]) if found is not None and not self.of_hand else ""
        self.card.more.setText(also)
        self.card.more.setVisible(bool(also))
        if self.of_hand and self._hand is not None:
            row = self._hand.row
            pieces = around(material.text(self._desk.project, row.source), row.start, row.stop, wide=NARROW)
            about = f"{paragraphs_cited(row)} · {_('selected in the transcript')}"
        elif found is not None:
            pieces, about, whole = found[1], in_short(found[0]), where_and_why(found[0])
        else:
            self.card.words.hide()
            self.card.about.setText(self._nothing())
            self.card.setAccessibleName(self._nothing())
            return
        self.card.words.setText(as_html(pieces, theme))
        self.card.words.show()
        self.card.about.setText(about)
        self.card.about.setToolTip(whole)
        self.card.setAccessibleName(f"{plain(pieces)}, {whole or about}")
        self._area.verticalScrollBar().setValue(0)

    def _nothing(self) -> str:
        if self.near.looking:
            return _("Looking for passages near both codes …")
        if self.near.total:
            return ""
        return _(
            "No passage nearby that is not judged yet. Look farther, note “found none”, or select a passage "
            "in a transcript: it appears here."
        )

    # -- acts ----------

    def take(self, polarity: str) -> bool:
        """Makes evidence of what is shown; where nothing is seen, of the passage in hand."""
        relation, found = self._relation, self.near.current
        if relation is None:
            return False
        kind = self.kind.key or "spoken"
        if self.isVisible() and not self.of_hand:
            if found is None:
                return False
            if self._acts.add_evidence(relation.guid, list(found[0].segments), polarity, kind):
                self.near.judged()
            return True
        if self._hand is None:
            return False
        self._acts.add_evidence(relation.guid, [self._hand.written], polarity, kind)
        return True

    def pass_over(self) -> None:
        """The passage nearby is not offered again."""
        relation, found = self._relation, self.near.current
        if relation is None or found is None or self.of_hand or self._unseen():
            return
        segments = list(found[0].segments)
        if self._desk.do(evidence.pass_candidates, relation=relation.guid, segments=segments):
            self.near.judged()
            self._desk.told.emit(_("Passed over. The list keeps it, and undo brings it back."))

    def join(self) -> None:
        """What is shown becomes a further passage of the piece of evidence in hand; one step."""
        if self._unseen():
            return
        piece, found = self.piece(), self.near.current
        written: list[str] = []
        if self.of_hand and self._hand is not None:
            written = [self._hand.written]
        elif found is not None:
            written = list(found[0].segments)
        if not piece or not written:
            self._desk.told.emit(_("Choose a piece of evidence first; J adds the passage to it."))
            return
        if self._acts.join_passages(piece, written) and not self.of_hand:
            self.near.judged()

    def note_search(self) -> None:
        """Keeps "searched, found none", for the case that is looked at or for all."""
        if self._relation is not None:
            self._acts.note_search(self._relation.guid, self.near.case or "")

    def step(self, by: int) -> None:
        """The next or previous passage nearby."""
        if self._unseen():
            return
        if self.of_hand:
            self.which.show_key("near")
            self._show()
        elif not self.near.step(by):
            self._desk.told.emit(_("There is no other passage nearby."))

    def jump(self) -> None:
        """Shows the passage in its text."""
        row = self._hand.row if self.of_hand and self._hand else None
        if row is None and (found := self.near.current) is not None:
            row = found[0].segment
        if row is not None:
            self._desk.source_wanted.emit(row.source, row.start, row.stop)

    def passages_in_hand(self) -> list[SegmentRow]:
        """What is shown, to be cited."""
        if self.of_hand and self._hand is not None:
            return [self._hand.row]
        found = self.near.current
        return [row for row in (found[0].segment, found[0].other) if row is not None] if found else []

    def _unseen(self) -> bool:
        """Beside the table there is no column: the list of all comes up instead."""
        if not self.isVisible():
            self.picker_wanted.emit()
        return not self.isVisible()

    def focus_card(self) -> None:
        """The keyboard goes to the passage."""
        if self._unseen():
            return
        self.card.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _letter(self, letter: str) -> None:
        if letter == "K":
            self.kind.show_key("inferred" if self.kind.key == "spoken" else "spoken")
        elif letter == "U":
            self.pass_over()
        else:
            self.join()

    def _page(self, by: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + by * max(px(20), self._area.viewport().height() - px(20)))

    # -- menus ----------

    def ask_nearness(self) -> None:
        """The menu of how near, and of which case."""
        menu = nearness_menu(self, self.near, self._only)
        above = QPoint(0, menu.sizeHint().height())
        menu.popup(self.nearness.mapToGlobal(self.nearness.rect().topLeft()) - above)

    def _only(self, case: str | None) -> None:
        self._asked = (self._asked[0], case)
        self.near.only(case)

    def _menu(self, at: QPoint) -> None:
        acts: PassageActs = {
            "take": self.take,
            "pass": None if self.of_hand else self.pass_over,
            "join": self.join,
            "jump": self.jump,
            "copy": lambda: citing.copy_from(self, self.passages_in_hand()),
        }
        passage_menu(self, acts, read_only=self._desk.project.read_only).popup(at)

    # -- changes ----------

    def _changed(self, change: "Changed") -> None:
        if not change.tables & WATCHED:
            return
        if "source" in change.tables and self._hand is not None and not is_there(self._desk, self._hand):
            self._hand = None  # its document was deleted: nothing of it is kept
            self._show()
        if self.isVisible():
            self.near.refresh()
        else:
            self._stale = True

    def let_go(self) -> None:
        """The study is about to be closed."""
        self.near.let_go()

    def showEvent(self, event: "QShowEvent") -> None:
        super().showEvent(event)
        if self._stale or self.near.relation != self._asked[0]:
            self._stale = False
            if (self.near.relation, self.near.case) == self._asked:
                self.near.refresh()
            else:
                self.near.show(*self._asked)

    def hideEvent(self, event: "QHideEvent") -> None:
        super().hideEvent(event)
        self._stale = self._stale or self.near.looking

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "card"):
            self._show_words()
