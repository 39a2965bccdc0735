"""The paradigm board: which part of a model it shows, in which form, and what it tells of gestures.

Of a full slot it folds cards without relation away; it can show what touches one card alone. How it is shown
(form, size, opened slots, definitions) is a :class:`Manner` that its owner may keep.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qda.figures.paradigm import Form, ParadigmFigure, describe, describe_arrow, describe_card
from qda.figures.paradigm_folding import folded, related_to
from qda.i18n import _
from qda.ui.board import accessible
from qda.ui.board.items import Reference
from qda.ui.board.scene import BoardScene
from qda.ui.board.view import STEP, BoardView


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is shown. ``size``: chosen by hand (1.0 is its own), 0 where it follows the room;
    ``opened``: keys of slots of which nothing is folded away."""

    form: Form = "columns"
    size: float = 0.0
    opened: frozenset[str] = frozenset()
    definitions: bool = True


class Board(QWidget):
    """The paradigm board. Without a phenomenon: one sentence and a button, no slots.

    Signals carry the GUIDs of cards as the figure gives them (placements; the phenomenon's card has its
    own). The board never changes the figure: do the act, then :meth:`show_figure` again.
    """

    card_moved = Signal(str, str, str, int)  # card, slot key, group key, place among the others there
    card_put = Signal(str, float, float)  # card, place in pixels of the drawings from its slot's corner
    code_dropped = Signal(str, str, str)  # code (from MIME_CODE, several apart by white space), slot, group
    relation_requested = Signal(str, str)  # from card, to card
    remove_requested = Signal(str, str)  # kind (card, relation), guid
    current_changed = Signal(str, str)  # kind (card, phenomenon, relation, "" for none), guid
    activated = Signal(str, str)  # Enter or double click
    menu_requested = Signal(str, str, object)  # kind, guid, global QPoint
    phenomenon_requested = Signal()
    manner_changed = Signal()
    told = Signal(str)  # a line for the status bar

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paradigm_board")
        accessible.install()
        self.figure: ParadigmFigure | None = None
        self.manner = Manner()
        self._only = ""  # the card beside which nothing but what it touches is shown
        self.scene = BoardScene()
        self.scene.setParent(self)
        self.view = BoardView(self.scene)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.scene.card_moved.connect(self._tell_moved)
        self.scene.card_put.connect(self.card_put)
        self.scene.code_dropped.connect(self.code_dropped)
        self.scene.relation_requested.connect(self.relation_requested)
        self.scene.activated.connect(self._activate)
        self.scene.current_changed.connect(self._tell_current)
        self.scene.current_changed.connect(self.current_changed)
        self.view.remove_requested.connect(self.remove_requested)
        self.view.menu_requested.connect(self.menu_requested)
        self.view.aimed.connect(self._tell_aim)
        self.view.zoomed.connect(self._zoomed)
        self.view.letter.connect(self._letter)

    # --- what is shown ---

    def show_figure(
        self, figure: ParadigmFigure, manner: Manner | None = None, *, relation: str = ""
    ) -> None:
        """Shows a model. What was current stays so where it is still there.

        ``manner``: how another model is shown; without it everything stays as it is. ``relation``: the one
        that is to be seen, whatever is folded away.
        """
        self.figure = figure
        named = figure.phenomenon is not None
        if self._only and figure.card(self._only) is None:
            self._only = ""
        if manner is not None:
            self._only = ""
            self.manner = manner
            self.view.keep_size(manner.size)
        if hiding := self._hiding(("relation", relation)) if relation else set():
            self.manner = replace(self.manner, opened=self.manner.opened | hiding)
        self._pages.setCurrentIndex(1 if named else 0)
        self._show()

    def _show(self) -> None:
        if self.figure is None:
            return
        self.view.show_figure(self._part(self.figure))
        self._name_current()
        self.view.setAccessibleDescription(describe(self.figure))
        QAccessible.updateAccessibility(QAccessibleEvent(self.view, QAccessible.Event.DescriptionChanged))

    def _part(self, figure: ParadigmFigure) -> ParadigmFigure:
        """The figure with what is shown of it, in the form in which it is."""
        part = folded(figure, opened=self.manner.opened)
        if self._only:
            part = related_to(figure, self._only)
        return replace(part, form=self.manner.form, definitions=self.manner.definitions)

    @property
    def seen(self) -> ParadigmFigure | None:
        """The figure as it is seen: form, what is folded away, whose arrows are drawn."""
        shown = self.scene.layout_shown
        return shown.figure if shown is not None and self.figure is not None else self.figure

    def show_form(self, form: Form) -> None:
        """Slots as columns, or as a ring around the phenomenon."""
        if form != self.manner.form:
            self._change(replace(self.manner, form=form))

    def turn_form(self) -> None:
        """The other form."""
        self.show_form("columns" if self.manner.form == "ring" else "ring")

    def turn_definitions(self) -> None:
        """Shows the definitions of the slots, or hides them."""
        self._change(replace(self.manner, definitions=not self.manner.definitions))

    def turn_folding(self) -> None:
        """Opens all slots, or folds cards without relation away again."""
        if self.figure is None:
            return
        foldable = {slot.key for slot in folded(self.figure).slots if slot.foldable}
        if not foldable:
            self.told.emit(_("Nothing is folded away."))
            return
        opened = frozenset() if foldable <= self.manner.opened else frozenset(foldable)
        self._change(replace(self.manner, opened=opened))

    def turn_fold(self, slot: str) -> None:
        """Opens a slot, or folds its cards without relation away."""
        self._change(replace(self.manner, opened=self.manner.opened ^ {slot}))

    def turn_only(self) -> None:
        """Shows only what the current card is related to, or everything again."""
        current = self.current
        if self._only:
            self._only = ""
        elif current is not None and current[0] in ("card", "phenomenon"):
            self._only = current[1]
        else:
            self.told.emit(_("Choose a card first; then only what it is related to is shown."))
            return
        self._show()
        if self._only:
            name = self._named(self._only)
            self.told.emit(_("Only what “{name}” is related to is shown.").format(name=name))

    @property
    def shows_all(self) -> bool:
        """Whether nothing is folded away."""
        if self.figure is None:
            return True
        return len(folded(self.figure, opened=self.manner.opened).cards) == len(self.figure.cards)

    @property
    def has_put_cards(self) -> bool:
        """Whether a card lies where a person has put it."""
        return self.figure is not None and any(card.at is not None for card in self.figure.cards)

    @property
    def is_narrowed(self) -> bool:
        """Whether only what one card is related to is shown."""
        return bool(self._only)

    def _change(self, manner: Manner) -> None:
        self.manner = manner
        self._show()
        self.manner_changed.emit()

    def _zoomed(self, size: float) -> None:
        self.manner = replace(self.manner, size=size)
        self.manner_changed.emit()

    # --- what is current ---

    @property
    def current(self) -> Reference | None:
        """Kind and GUID of the current thing."""
        return self.scene.current

    def set_current(self, kind: str, guid: str) -> None:
        """Makes a thing current and shows it; the signal follows if that is a change."""
        reference = self._reference(kind, guid)
        if reference is None:
            return
        self._unfold(reference)
        self.scene.set_current(reference, keyboard=self.scene.keyboard)
        self.view.ensureVisible(self.scene.rect_of(reference), 24, 24)

    def _reference(self, kind: str, guid: str) -> Reference | None:
        """The thing, if the model holds it."""
        figure = self.figure
        if figure is None:
            return None
        if kind == "relation" and any(arrow.guid == guid for arrow in figure.drawn):
            return "relation", guid
        if kind == "phenomenon" and figure.phenomenon and figure.phenomenon.guid == guid:
            return "phenomenon", guid
        return ("card", guid) if kind == "card" and figure.card(guid) else None

    def _unfold(self, reference: Reference) -> None:
        """Opens what hides a thing."""
        if self.figure is None or reference in self.scene.references():
            return
        shown = (
            {card.guid for card in self.scene.layout_shown.figure.cards} if self.scene.layout_shown else ()
        )
        if all(end in shown for end in self._ends(reference)) and not self._only:
            return
        self._only = ""
        if hiding := self._hiding(reference):
            self._change(replace(self.manner, opened=self.manner.opened | hiding))
        else:
            self._show()

    def _ends(self, reference: Reference) -> set[str]:
        """The cards of a thing."""
        for arrow in self.figure.drawn if self.figure is not None else ():
            if arrow.guid == reference[1]:
                return {arrow.from_card, arrow.to_card}
        return {reference[1]}

    def _hiding(self, reference: Reference) -> set[str]:
        """The slots that fold away a card of a thing."""
        if self.figure is None:
            return set()
        kept = {card.guid for card in folded(self.figure, opened=self.manner.opened).cards}
        gone = self._ends(reference) - kept
        return {slot.key for slot in self.figure.slots for card in slot.cards if card.guid in gone}

    def begin_relation(self) -> None:
        """As the key B: from the current card to one chosen by arrow keys and Enter."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.view.begin_relation()

    def _tell_aim(self, guid: str) -> None:
        """Keys choose where a relation leads: what they have reached, and what ends it."""
        card = self.figure.card(guid) if self.figure is not None else None
        if card is not None:
            words = _("Relate with “{name}”: Enter. Arrow keys choose another card, Esc ends it.")
            self.told.emit(words.format(name=card.title))

    def fit(self) -> None:
        """Shows the whole board."""
        self.view.fit()

    def follow(self) -> None:
        """Shows the board at the size at which it is read; it follows the room."""
        self.view.follow()

    def larger(self) -> None:
        """Shows the board a little larger."""
        self.view.zoom(STEP)

    def smaller(self) -> None:
        """Shows the board a little smaller."""
        self.view.zoom(1 / STEP)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.relayout()

    def _letter(self, letter: str) -> None:
        """A key of the board itself; Escape shows everything again."""
        if letter == "Escape":
            if self._only:
                self.turn_only()
            return
        turn = {
            "R": self.turn_form,
            "F": self.turn_only,
            "D": self.turn_definitions,
            "O": self.turn_folding,
        }
        turn[letter]()

    def _activate(self, kind: str, guid: str) -> None:
        if kind == "fold":
            self.turn_fold(guid)
        else:
            self.activated.emit(kind, guid)

    def _tell_moved(self, card: str, slot: str, group: str, index: int) -> None:
        """The place among the cards that are shown becomes the place among all."""
        others = self.scene.others_in(slot, group, card)
        column = next((one for one in self.figure.slots if one.key == slot), None) if self.figure else None
        groups = column.groups if column else ()
        whole = [one.guid for one_group in groups if one_group.key == group for one in one_group.cards]
        whole = [guid for guid in whole if guid != card]
        at = whole.index(others[index]) if index < len(others) else len(whole)
        self.card_moved.emit(card, slot, group, at)

    # --- words ---

    def _named(self, guid: str) -> str:
        card = self.figure.card(guid) if self.figure else None
        return card.shown if card else ""

    def words_of(self, reference: Reference) -> str:
        """A thing in one line, as a screen reader tells it."""
        kind, guid = reference
        if self.figure is None:
            return ""
        if kind == "relation":
            arrow = next((one for one in self.figure.arrows if one.guid == guid), None)
            return describe_arrow(self.figure, arrow) if arrow else ""
        if kind == "fold":
            seen = self.view.figure
            return next((slot.note for slot in seen.slots if slot.key == guid), "") if seen else ""
        card = self.figure.card(guid)
        words = describe_card(card) if card else ""
        slot = next((one for one in self.figure.slots if card in one.cards), None)
        return f"{words} – {slot.name}" if slot else words

    def words_of_current(self) -> str:
        """The current thing in one line."""
        return self.words_of(self.current) if self.current else ""

    def _tell_current(self) -> None:
        self._name_current()
        accessible.tell_focus(self)

    def _name_current(self) -> None:
        words = self.words_of_current()
        name = f"{_('Paradigm board')}: {words}" if words else _("Paradigm board")
        if name != self.view.accessibleName():
            self.view.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self.view, QAccessible.Event.NameChanged))

    def _empty_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("board_empty")
        sentence = _(
            "No phenomenon is named yet. The slots appear once it is clear what the acting is about."
        )
        words = QLabel(sentence, page)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = QPushButton(_("Choose the phenomenon"), page)
        button.setObjectName("choose_phenomenon")
        button.clicked.connect(self.phenomenon_requested)
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        layout.addWidget(words)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        return page
