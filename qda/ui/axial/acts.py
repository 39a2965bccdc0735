"""The acts of axial coding as the window does them: each asks what is still missing, then does one act.

Board, tables, panels, keys and menus all come here, so that an act means the same everywhere.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qda.coding import axial, codebook, codes, evidence, templates, theory
from qda.coding.rows import EvidenceRow, ModelRow, RelationRow, SlotRow
from qda.i18n import _
from qda.ui.axial.choices import NEW, choose
from qda.ui.axial.dialogs import LineDialog, ModelDialog, NewRelation, RelationDialog, SlotDialog, ValueDialog
from qda.ui.axial.figure import BoardFigure
from qda.ui.axial.reading import Reading
from qda.ui.evidence.searching import SearchDialog

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class Acts(QObject):
    """Does acts on the theory. ``window`` owns the dialogs."""

    made_model = Signal(str)
    made_relation = Signal(str)
    named_phenomenon = Signal()

    def __init__(self, desk: "Desk", reading: Reading, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._reading = reading
        self._window = window

    @property
    def desk(self) -> "Desk":
        """The desk whose study is worked on."""
        return self._desk

    # -- models ----------

    def new_model(self, template: str) -> None:
        """Asks for name and template and makes a model."""

        def make(name: str, chosen: str) -> None:
            if guid := self._desk.do(axial.add_model, name=name, template=chosen):
                self.made_model.emit(guid)

        dialog = ModelDialog(template, templates.offered(self._desk.project), make, self._window)
        dialog.open()
        dialog.name.setFocus()

    def rename_model(self, model: ModelRow) -> None:
        """Asks for another name."""
        dialog = LineDialog(_("Rename the model"), _("Name"), self._window, start=model.name)
        dialog.taken.connect(
            lambda name: name.strip() and self._desk.do(axial.rename_model, model=model.guid, name=name)
        )
        dialog.open()
        dialog.field.selectAll()

    def turn_model(self, model: ModelRow) -> None:
        """Gives a model up, or takes it up again."""
        status = "active" if model.status == "abandoned" else "abandoned"
        self._desk.do(axial.set_model_status, model=model.guid, status=status)

    def remove_model(self, model: ModelRow) -> None:
        """Removes a model; undo brings it back."""
        self._desk.do(axial.remove_model, model=model.guid)

    def choose_phenomenon(self, model: ModelRow) -> None:
        """Asks which code the phenomenon is; a new one is made."""

        def take(key: str) -> None:
            code = self.code_of(key)
            if code and self._desk.do(axial.set_phenomenon, model=model.guid, code=code):
                self.named_phenomenon.emit()

        choose(
            self._window,
            _("What does the acting revolve around?"),
            self._reading.code_choices(),
            take,
            new=_("New category “{name}”"),
        )

    def code_of(self, key: str) -> str:
        """The code that a chosen row means; a new one is made as a category."""
        if not key.startswith(NEW):
            return key
        return self._desk.do(codebook.add_code, name=key.removeprefix(NEW), kind="category") or ""

    # -- slots and placements ----------

    def add_slot(self, model: ModelRow) -> None:
        """Asks for the words of a slot of one's own."""
        dialog = SlotDialog(self._window)
        dialog.taken.connect(
            lambda name, definition, question: self._desk.do(
                axial.add_slot, model=model.guid, name=name, definition=definition, question=question
            )
        )
        dialog.open()

    def change_slot(self, slot: SlotRow) -> None:
        """Asks for other words of a slot."""
        dialog = SlotDialog(self._window, name=slot.name, definition=slot.definition, question=slot.question)
        dialog.taken.connect(
            lambda name, definition, question: self._desk.do(
                axial.change_slot, slot=slot.guid, name=name, definition=definition, question=question
            )
        )
        dialog.open()

    def remove_slot(self, slot: SlotRow) -> None:
        """Removes an empty slot."""
        self._desk.do(axial.remove_slot, slot=slot.guid)

    def place(self, model: ModelRow, code: str, slot: SlotRow, group: str = "") -> str:
        """Puts a code into a slot; ``group`` is an addressee."""
        addressee = group if slot.addressees else ""
        guid = self._desk.do(
            axial.place_code, model=model.guid, code=code, slot=slot.guid, addressee=addressee
        )
        return guid or ""

    def move_card(self, shown: BoardFigure, card: str, slot: str, group: str, index: int) -> None:
        """Moves the placements behind a card to a slot, a group and a place in it."""
        place, target = shown.place(card), shown.slot(slot)
        if place is None or target is None:
            return
        anchor = shown.anchor(card, slot, group, index)
        for row in place.placements:
            others = [
                other.guid
                for other in theory.placements(self._desk.project, shown.placed.model.guid)
                if other.slot == target.guid and other.guid != row.guid
            ]
            self._desk.do(
                axial.move_placement,
                placement=row.guid,
                slot=target.guid if target.guid != row.slot else None,
                addressee=(group if target.addressees else "") if group != row.addressee else None,
                position=others.index(anchor) if anchor in others else len(others),
            )

    def put_card(self, shown: BoardFigure, card: str, x: int, y: int) -> None:
        """Puts a card on a place of the board, counted from the corner of its slot."""
        place = shown.place(card)
        if place is not None and place.placements:
            put = next((row for row in place.placements if row.x is not None), place.placements[0])
            self._desk.do(axial.place_card, placement=put.guid, x=x, y=y)

    def tidy(self, model: ModelRow) -> None:
        """Lets all cards stand in their slots again."""
        self._desk.do(axial.tidy_board, model=model.guid)

    def put_back(self, shown: BoardFigure, card: str) -> None:
        """Lets a card stand in its slot again."""
        place = shown.place(card)
        for row in place.placements if place else ():
            if row.x is not None:
                self._desk.do(axial.move_placement, placement=row.guid, slot=row.slot)

    def arrange(self, model: ModelRow, placements: list[str]) -> None:
        """Brings the placed codes of a model into an order."""
        self._desk.do(axial.arrange_model, model=model.guid, placements=placements)

    def move_to_slot(self, placement: str, slot: str) -> None:
        """Moves a placed code to another slot of its model."""
        self._desk.do(axial.move_placement, placement=placement, slot=slot)

    def reorder(self, placement: str, position: int) -> None:
        """Moves a placed code to another place among those of its slot."""
        self._desk.do(axial.move_placement, placement=placement, position=position)

    def set_level(self, placement: str, level: str) -> None:
        """The level of the conditional matrix on which a placed code lies."""
        self._desk.do(axial.move_placement, placement=placement, level=level)

    def set_addressee(self, placement: str, addressee: str) -> None:
        """Whom a placed consequence reaches."""
        self._desk.do(axial.move_placement, placement=placement, addressee=addressee)

    def remove_placements(self, placements: list[str]) -> None:
        """Takes codes out of their slots; their relations stay."""
        for guid in placements:
            self._desk.do(axial.remove_placement, placement=guid)

    # -- relations ----------

    def relate(
        self, model: ModelRow, first: tuple[str, ...], *, from_code: str = "", to_code: str = ""
    ) -> RelationDialog:
        """Asks for a new relation; codes of ``first`` are offered before the others."""

        def make(asked: NewRelation) -> None:
            guid = self._desk.do(
                axial.relate_codes,
                model=model.guid,
                from_code=asked.from_code,
                to_code=asked.to_code,
                type=asked.type,
                statement=asked.statement,
                own_type=asked.own_type,
            )
            if guid:
                self.made_relation.emit(guid)

        choices = self._reading.code_choices(first)
        dialog = RelationDialog(choices, self._window, from_code=from_code, to_code=to_code)
        dialog.taken.connect(make)
        dialog.open()
        return dialog

    def set_type(self, relation: str, key: str) -> None:
        """Another type; one in own words is asked for."""
        if key != "own":
            self._desk.do(axial.change_relation, relation=relation, type=key)
            return
        dialog = LineDialog(_("Relation in own words"), _("Words"), self._window)
        dialog.taken.connect(
            lambda words: (
                words.strip()
                and self._desk.do(axial.change_relation, relation=relation, type="own", own_type=words)
            )
        )
        dialog.open()

    def set_statement(self, relation: str, words: str) -> None:
        """The relation as a sentence."""
        self._desk.do(axial.change_relation, relation=relation, statement=words)

    def set_status(self, relation: str, status: str) -> None:
        """The judgement of a person."""
        self._desk.do(axial.set_relation_status, relation=relation, status=status)

    def turn_relation(self, relation: str) -> None:
        """The other direction."""
        self._desk.do(axial.turn_relation, relation=relation)

    def remove_relation(self, relation: str) -> None:
        """Removes a relation with its evidence; undo brings both back."""
        self._desk.do(axial.remove_relation, relation=relation)

    def add_code_condition(self, relation: RelationRow) -> None:
        """Asks for a code as a condition."""

        def take(key: str) -> None:
            if code := self.code_of(key):
                self._desk.do(axial.add_condition, relation=relation.guid, code=code)

        ends = (relation.from_code, relation.to_code)
        choose(self._window, _("Holds when"), self._reading.code_choices(without=ends), take)

    def add_value_condition(self, relation: RelationRow) -> None:
        """Asks for a value on a property as a condition."""
        rows = codes.properties(self._desk.project)
        if not rows:
            self._desk.refused.emit(
                _("No category has a property yet. Give one a property in open coding, or use words.")
            )
            return
        offered = [
            (
                row.guid,
                f"{self._reading.name(row.code)} · {row.name}",
                row.places or (row.pole_from, row.pole_to),
            )
            for row in rows
        ]
        dialog = ValueDialog(offered, self._window)
        dialog.taken.connect(
            lambda prop, value: self._desk.do(
                axial.add_condition, relation=relation.guid, property=prop, value=value
            )
        )
        dialog.open()

    def add_words_condition(self, relation: RelationRow) -> None:
        """Asks for a condition in words."""
        dialog = LineDialog(_("Holds when"), _("In words"), self._window)
        dialog.taken.connect(
            lambda words: (
                words.strip() and self._desk.do(axial.add_condition, relation=relation.guid, text=words)
            )
        )
        dialog.open()

    def remove_condition(self, condition: str) -> None:
        """Removes a condition."""
        self._desk.do(axial.remove_condition, condition=condition)

    # -- evidence ----------

    def add_evidence(self, relation: str, segments: list[str], polarity: str, kind: str) -> str:
        """Gives a relation a piece of evidence."""
        guid = self._desk.do(
            evidence.add_evidence, relation=relation, segments=segments, polarity=polarity, kind=kind
        )
        return guid or ""

    def set_polarity(self, piece: str, polarity: str) -> None:
        """What a piece of evidence does."""
        self._desk.do(evidence.change_evidence, evidence=piece, polarity=polarity)

    def set_kind(self, piece: str, kind: str) -> None:
        """Whose reading it is."""
        self._desk.do(evidence.change_evidence, evidence=piece, kind=kind)

    def write_note(self, piece: EvidenceRow) -> None:
        """Asks for the note of a piece of evidence."""
        dialog = LineDialog(_("Note on the evidence"), _("Note"), self._window, start=piece.note)
        dialog.taken.connect(lambda words: self.set_note(piece.guid, words))
        dialog.open()

    def set_note(self, piece: str, words: str) -> None:
        """The note of a piece of evidence."""
        self._desk.do(evidence.change_evidence, evidence=piece, note=words)

    def remove_evidence(self, piece: str) -> None:
        """Removes a piece of evidence."""
        self._desk.do(evidence.remove_evidence, evidence=piece)

    def join_passages(self, piece: str, passages: list[str]) -> str:
        """Adds passages to a piece of evidence."""
        return self._desk.do(evidence.add_evidence_segments, evidence=piece, segments=passages) or ""

    def take_off(self, piece: EvidenceRow, segment: str) -> None:
        """Takes a passage off a piece of evidence; with the last one the piece goes."""
        if len(piece.segments) == 1:
            self.remove_evidence(piece.guid)
        else:
            self._desk.do(evidence.remove_evidence_segment, evidence=piece.guid, segment=segment)

    def note_search(self, relation: str, case: str = "") -> None:
        """Keeps "searched, found none", with words on where."""
        dialog = SearchDialog(self._desk.project, relation, self._window, case=case)
        dialog.taken.connect(
            lambda where, words: self._desk.do(
                evidence.note_search, relation=relation, note=words, case=where or None
            )
        )
        dialog.open()
        dialog.note.setFocus()

    def remove_search(self, search: str) -> None:
        """Takes "searched, found none" back."""
        self._desk.do(evidence.remove_search, search=search)

    def jump(self, piece: EvidenceRow) -> None:
        """Shows the passage in its text."""
        if piece.segments:
            segment = piece.segments[0]
            self._desk.source_wanted.emit(segment.source, segment.start, segment.stop)
