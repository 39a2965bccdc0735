"""The same model as tables: relations with the evidence of the selected one, and placements.

Everything that the board does can be done here by keys alone, and be read by a screen reader.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qda.coding import paradigms
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import EvidenceRow, ModelRow, PlacementRow, RelationRow, SegmentRow, SlotRow
from qda.i18n import _
from qda.ui.axial.acts import Acts
from qda.ui.axial.grid import Cell, Column, Grid, GridModel
from qda.ui.axial.menus import addressee_choices, condition_menu, evidence_menu, level_choices, relation_menu
from qda.ui.axial.reading import Reading
from qda.ui.axial.relation_head import StatementLine
from qda.ui.axial.segmented import SIGNS, Chip, Segmented
from qda.ui.axial.words import (
    DASH,
    POLARITY_KEYS,
    badge_line,
    kind_word,
    kinds,
    polarity_word,
    statuses,
    support_words,
)
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.status import locale
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper, section, small


class Tables(QWidget):
    """A model as tables; one of two pages: relations with evidence, or placements."""

    relation_turned_to = Signal(str)
    evidence_turned_to = Signal(str)
    relate_wanted = Signal()
    place_wanted = Signal()
    picker_wanted = Signal()
    letter = Signal(str)  # S, W, E on a relation: the passage in hand

    def __init__(self, acts: Acts, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self._reading = reading
        self._model: ModelRow | None = None
        self._relation: RelationRow | None = None
        self.setObjectName("tables")
        on_paper(self)
        self.relations = Grid("relations", _("Relations"), GridModel(self._relation_columns(), _guid), self)
        self.evidence = Grid("evidence", _("Evidence"), GridModel(self._evidence_columns(), _guid), self)
        self.placements = Grid("placements", _("Placed codes"), GridModel(self._place_columns(), _guid), self)
        self._connect()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._relations_page())
        self._pages.addWidget(self._placements_page())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._top())
        box.addWidget(Line(self))
        box.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.relations.turned_to.connect(self.relation_turned_to)
        self.relations.removal_wanted.connect(self._acts.remove_relation)
        self.relations.letter.connect(lambda _key, letter: self.letter.emit(letter))
        self.relations.opened.connect(lambda _key: self.evidence.setFocus())
        self.evidence.removal_wanted.connect(self._acts.remove_evidence)
        self.evidence.letter.connect(self._evidence_letter)
        self.evidence.opened.connect(self._jump)
        self.evidence.turned_to.connect(self.evidence_turned_to)
        self.placements.removal_wanted.connect(lambda guid: self._acts.remove_placements([guid]))
        self.placements.moved.connect(self._reorder)
        for grid, menu in (
            (self.relations, self._relation_menu),
            (self.evidence, self._evidence_menu),
        ):
            grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            grid.customContextMenuRequested.connect(menu)

    # -- parts ----------

    def _top(self) -> QHBoxLayout:
        self._phenomenon_name = small("", self)
        self._chip = Chip(parent=self)
        self._phenomenon = Elided("", self)
        self._phenomenon.setFont(ui_font(semibold=True))
        self.change_phenomenon = LinkButton(_("Change"), "change_phenomenon", self)
        self.change_phenomenon.setAccessibleName(_("Choose another phenomenon"))
        self.change_phenomenon.setFont(ui_font(SMALL))
        self.change_phenomenon.clicked.connect(self._choose_phenomenon)
        self.which = Segmented(
            "table",
            _("Table"),
            (("relations", _("Relations")), ("placements", _("Placed codes"))),
            self,
        )
        self.which.show_key("relations")
        self.which.chosen.connect(self.show_page)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(5), px(16), px(5))
        row.setSpacing(px(8))
        for widget in (self._phenomenon_name, self._chip, self._phenomenon, self.change_phenomenon):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.which)
        return row

    def _relations_page(self) -> QWidget:
        lower = QWidget(self)
        box = QVBoxLayout(lower)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._evidence_of = section("", lower)
        self.statement = StatementLine(lower)
        self.statement.settled.connect(self._state)
        self.statement.done.connect(self.relations.setFocus)
        self._badge = Elided("", lower)
        self._badge.setFont(ui_font(SMALL))
        self._badge.setProperty("minor", True)
        pick = LinkButton(_("Passages of both codes…"), "table_pick_passage", lower)
        pick.setFont(ui_font(SMALL))
        pick.clicked.connect(self.picker_wanted)
        search = LinkButton(_("Searched, found none…"), "table_note_search", lower)
        search.setFont(ui_font(SMALL))
        search.clicked.connect(self._search)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(4), px(16), px(4))
        head.setSpacing(px(8))
        head.addWidget(self._evidence_of)
        head.addWidget(self.statement, 1)
        for widget in (pick, search, self._badge):
            head.addWidget(widget)
        ground = QWidget(lower)
        on_panel(ground)
        ground.setLayout(head)
        box.addWidget(ground)
        box.addWidget(Line(lower))
        box.addWidget(self.evidence, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("tables_split")
        split.setChildrenCollapsible(False)
        split.addWidget(self.relations)
        split.addWidget(lower)
        split.setStretchFactor(0, 11)
        split.setStretchFactor(1, 9)
        return split

    def _placements_page(self) -> QWidget:
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        add = LinkButton(_("Place a code…"), "place_code", page)
        add.clicked.connect(self.place_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(4), px(12), px(4))
        row.addWidget(add)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.placements, 1)
        return page

    # -- columns ----------

    def _relation_columns(self) -> list[Column[RelationRow]]:
        return [
            Column("number", _("No."), lambda r: _plain(str(r.number), r), 48),
            Column("from", _("From"), lambda r: self._code(r.from_code, r), 250),
            Column(
                "type",
                _("Type"),
                lambda r: _plain(paradigms.relation_label(r.type, own=r.own_type), r),
                136,
                choices=lambda _r: [(k.key, str(k.forward)) for k in paradigms.relation_types()],
                value=lambda r: r.type,
                write=lambda r, key: self._acts.set_type(r.guid, key),
            ),
            Column("to", _("To"), lambda r: self._code(r.to_code, r), 226),
            Column(
                "statement",
                _("Statement"),
                lambda r: _plain(r.statement or DASH, r),
                value=lambda r: r.statement,
                write=lambda r, words: self._acts.set_statement(r.guid, words),
                small=True,
                needs=1560,
            ),
            Column(
                "holds",
                _("Holds when"),
                lambda r: _plain(self._holds(r), r),
                small=True,
                open=self._conditions,
            ),
            Column("supports", _("Supports"), lambda r: _plain(support_words(r), r), 146),
            Column("qualifies", _("Qualifies"), lambda r: _plain(_figure(r.qualifying), r), 106, right=True),
            Column("against", _("Against"), lambda r: _plain(_against(r), r), 84, right=True),
            Column(
                "status",
                _("Status"),
                lambda r: _plain(dict(statuses())[r.status], r),
                104,
                choices=lambda _r: statuses(),
                value=lambda r: r.status,
                write=lambda r, key: self._acts.set_status(r.guid, key),
            ),
        ]

    def _evidence_columns(self) -> list[Column[EvidenceRow]]:
        def polarities(_row: EvidenceRow) -> list[tuple[str, str]]:
            return [(key, f"{SIGNS[key]} {polarity_word(key)}") for key in SIGNS]

        return [
            Column("case", _("Case"), lambda e: Cell(_cases(e), strong=True), 62),
            Column(
                "polarity",
                _("Direction"),
                lambda e: Cell(f"{SIGNS[e.polarity]} {polarity_word(e.polarity)}"),
                146,
                choices=polarities,
                value=lambda e: e.polarity,
                write=lambda e, key: self._acts.set_polarity(e.guid, key),
            ),
            Column(
                "kind",
                _("Kind"),
                lambda e: Cell(kind_word(e.kind)),
                124,
                choices=lambda _e: kinds(),
                value=lambda e: e.kind,
                write=lambda e, key: self._acts.set_kind(e.guid, key),
            ),
            Column("quote", _("Passage"), lambda e: Cell(_quotes(e)), quote=True),
            Column("place", _("Place"), lambda e: Cell(_places(e)), 172, small=True),
            Column(
                "note",
                _("Note"),
                lambda e: Cell(e.note or DASH),
                220,
                small=True,
                value=lambda e: e.note,
                write=lambda e, words: self._acts.set_note(e.guid, words),
            ),
            Column("coded", _("Coded"), lambda e: Cell(_coded(e)), 120, small=True),
        ]

    def _place_columns(self) -> list[Column[PlacementRow]]:
        return [
            Column(
                "slot",
                _("Slot"),
                lambda p: Cell(self._slot_name(p), strong=True),
                220,
                choices=lambda _p: [(s.guid, s.name) for s in self._slots()],
                value=lambda p: p.slot,
                write=self._move,
            ),
            Column("code", _("Code"), lambda p: self._code(p.code)),
            Column(
                "level",
                _("Level"),
                lambda p: Cell(paradigms.level_name(p.level) or DASH),
                230,
                choices=lambda _p: level_choices(),
                value=lambda p: p.level,
                write=lambda p, key: self._acts.set_level(p.guid, key),
            ),
            Column(
                "addressee",
                _("Addressee"),
                lambda p: Cell(paradigms.addressee_name(p.addressee) or DASH),
                230,
                choices=lambda _p: addressee_choices(),
                value=lambda p: p.addressee,
                write=lambda p, key: self._acts.set_addressee(p.guid, key),
            ),
            Column(
                "passages",
                _("Passages"),
                lambda p: Cell(str(self._reading.counts.passages(p.code))),
                110,
                right=True,
            ),
            Column(
                "cases",
                _("Cases"),
                lambda p: Cell(self._reading.counts.by_case_text(p.code) or DASH),
                180,
                small=True,
            ),
        ]

    def _code(self, code: str, relation: RelationRow | None = None) -> Cell:
        row = self._reading.codes.get(code)
        faded = relation is not None and relation.status == "rejected"
        return Cell(
            self._reading.name(code),
            self._reading.colour(code),
            italic=row is not None and row.origin == "in-vivo",
            faded=faded,
        )

    def _holds(self, relation: RelationRow) -> str:
        return " · ".join(self._reading.condition_words(row) for row in relation.conditions) or DASH

    def _slots(self) -> list[SlotRow]:
        return [s for s in self._model.slots if s.role != "phenomenon"] if self._model else []

    def _slot_name(self, row: PlacementRow) -> str:
        return next((s.name for s in self._slots() if s.guid == row.slot), row.slot_key)

    def _move(self, row: PlacementRow, slot: str) -> None:
        self._acts.move_to_slot(row.guid, slot)

    def _reorder(self, guid: str, by: int) -> None:
        """Up or down among the codes of its slot."""
        rows: Sequence[PlacementRow] = self.placements.grid.rows
        slot = next(row.slot for row in rows if row.guid == guid)
        same = [row.guid for row in rows if row.slot == slot]
        at = same.index(guid) + by
        if 0 <= at < len(same):
            self._acts.reorder(guid, at)

    # -- what is shown ----------

    def show_model(
        self,
        model: ModelRow,
        relations: Sequence[RelationRow],
        placements: Sequence[PlacementRow],
        *,
        current: str,
    ) -> None:
        """Shows a model; ``current`` is the relation that is selected."""
        self._model = model
        strip = next((s.name for s in model.slots if s.role == "phenomenon"), _("Phenomenon"))
        self._phenomenon_name.setText(strip)
        self._phenomenon.setText(self._reading.name(model.phenomenon) if model.phenomenon else "")
        self._chip.setVisible(model.phenomenon is not None)
        if model.phenomenon:
            self._chip.show_colour(self._reading.colour(model.phenomenon))
        words = _("Change") if model.phenomenon else _("Choose the phenomenon")
        self.change_phenomenon.setText(words)
        self.relations.show_rows(relations, current=current or None)
        self.placements.show_rows(placements)

    def show_evidence(self, relation: RelationRow | None, rows: Sequence[EvidenceRow], current: str) -> None:
        """Shows the evidence of the selected relation."""
        other = relation is None or self._relation is None or relation.guid != self._relation.guid
        if other:
            self.statement.flush()
        self._relation = relation
        self.statement.setEnabled(relation is not None)
        if relation is None:
            self._evidence_of.setText(_("Evidence"))
            self.statement.show_other("")
            self._badge.setText("")
        else:
            self._evidence_of.setText(_("Evidence for {number}").format(number=relation.number))
            (self.statement.show_other if other else self.statement.show_text)(relation.statement)
            self._badge.setText(badge_line(relation))
        self.evidence.show_rows(rows, current=current or None)

    def show_page(self, key: str) -> None:
        """Relations, or placed codes."""
        self.which.show_key(key)
        self._pages.setCurrentIndex(0 if key == "relations" else 1)

    def focus_first(self) -> None:
        """The keyboard goes to the table in front."""
        grid = self.relations if self._pages.currentIndex() == 0 else self.placements
        if not grid.currentIndex().isValid() and grid.grid.rows:
            grid.setCurrentIndex(grid.grid.index(0, 0))
        grid.setFocus()

    # -- acts ----------

    def _choose_phenomenon(self) -> None:
        if self._model is not None:
            self._acts.choose_phenomenon(self._model)

    def _state(self, words: str) -> None:
        if self._relation is not None:
            self._acts.set_statement(self._relation.guid, words)

    def _search(self) -> None:
        if self._relation is not None:
            self._acts.note_search(self._relation.guid)

    def _evidence_letter(self, guid: str, letter: str) -> None:
        row = self._piece(guid)
        if letter in POLARITY_KEYS:
            self._acts.set_polarity(guid, POLARITY_KEYS[letter])
        elif letter == "K":
            self._acts.set_kind(guid, "inferred" if row.kind == "spoken" else "spoken")

    def _piece(self, guid: str) -> EvidenceRow:
        rows: Sequence[EvidenceRow] = self.evidence.grid.rows
        return next(row for row in rows if row.guid == guid)

    def _jump(self, guid: str) -> None:
        self._acts.jump(self._piece(guid))

    def _conditions(self, relation: RelationRow) -> None:
        menu = condition_menu(self, self._acts, self._reading, relation)
        index = self.relations.grid.index(
            self.relations.grid.keys.index(relation.guid), self.relations.column_named("holds")
        )
        rect = self.relations.visualRect(index)
        menu.popup(self.relations.viewport().mapToGlobal(rect.bottomLeft()))

    def _relation_menu(self, at: QPoint) -> None:
        rows: Sequence[RelationRow] = self.relations.grid.rows
        relation = next((row for row in rows if row.guid == self.relations.key), None)
        if relation is not None:
            relation_menu(self, self._acts, self._reading, relation).popup(
                self.relations.viewport().mapToGlobal(at)
            )

    def passages_in_hand(self) -> list[SegmentRow]:
        """The passages of the piece of evidence in hand, to be cited."""
        return list(self._piece(self.evidence.key).segments) if self.evidence.key else []

    def _evidence_menu(self, at: QPoint) -> None:
        if self.evidence.key:
            evidence_menu(self, self._acts, self._piece(self.evidence.key)).popup(
                self.evidence.viewport().mapToGlobal(at)
            )


def _guid(row: Any) -> str:
    return str(row.guid)


def _plain(words: str, relation: RelationRow) -> Cell:
    return Cell(words, faded=relation.status == "rejected")


def _figure(n: int) -> str:
    return str(n) if n else DASH


def _against(row: RelationRow) -> str:
    if row.contradicting:
        return str(row.contradicting)
    return _("searched") if row.searched else DASH


def _cases(row: EvidenceRow) -> str:
    return ", ".join(dict.fromkeys(s.case_name for s in row.segments if s.case_name)) or DASH


def _quotes(row: EvidenceRow) -> str:
    return " ".join(quoted(spoken(segment)) for segment in row.segments)


def _places(row: EvidenceRow) -> str:
    return "; ".join(dict.fromkeys(paragraphs_cited(segment) for segment in row.segments))


def _coded(row: EvidenceRow) -> str:
    day = row.created.astimezone()
    written = locale().toString(QDate(day.year, day.month, day.day), "d. MMM")
    return f"{row.coder}, {written}"
