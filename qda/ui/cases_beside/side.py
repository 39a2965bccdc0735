"""Right of the case comparison: dimensions on which the cases lie, relations in them, the note beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qda.coding import comparison_notes, paradigms
from qda.coding.case_comparison import Comparison, Row
from qda.coding.memos import edit_memo
from qda.coding.profiles import Axis, axes
from qda.coding.rows import MemoRow, RelationRow
from qda.i18n import _, ngettext
from qda.reports.dimensional import letters
from qda.ui.axial.words import badge_line
from qda.ui.cases_beside.reading import Read
from qda.ui.cases_beside.words_link import WordsLink
from qda.ui.fonts import QUOTE, SHEET_TITLE, px, reading_font, ui_font
from qda.ui.open_coding.dimension import DimensionBar, Dot
from qda.ui.open_coding.parts import SIDE, InPlace, Section, TitleLink, clear, link, minor, rebuilding
from qda.ui.status import told_date
from qda.ui.surfaces import on_panel, scrolled
from qda.ui.typology.leading import lead

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_AXES: Final = 8
_RELATIONS: Final = 6
_CASES: Final = 6  # that are named in a line of words


class SidePanel(QWidget):
    """Shows what belongs to the row in hand."""

    beside_wanted = Signal()  # two passages side by side
    left = Signal()  # Esc
    relation_wanted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: Read | None = None
        self._of_model: tuple[RelationRow, ...] = ()
        self._row: Row | None = None
        self._note: MemoRow | None = None
        self.setObjectName("cases_side")
        on_panel(self)
        inside = on_panel(QWidget())
        self.title = QLabel(inside)
        self.title.setFont(ui_font(SHEET_TITLE, semibold=True))
        self.title.setWordWrap(True)
        self.told = minor("", inside)
        self.told.setContentsMargins(0, 0, 0, 0)
        self.dimensions = QVBoxLayout()
        self.relations = Section(_("Relations"), inside)
        self.notes = Section(_("Comparison note"), inside)
        self.note = InPlace(
            "comparison_note", _("Comparison note"), _("What does the comparison show?"), inside
        )
        self.note.setFont(reading_font(QUOTE))
        self.note.settled.connect(self._write)
        self.note.left.connect(self.left)
        self.about = minor("", inside)
        self.others = QVBoxLayout()
        self.notes.box.addWidget(self.note)
        self.notes.box.addWidget(self.about)
        self.notes.box.addLayout(self.others)
        self._lay_out(inside)

    def _lay_out(self, inside: QWidget) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(px(SIDE), px(12), px(SIDE), px(12))
        head.setSpacing(px(4))
        head.addWidget(self.title)
        head.addWidget(self.told)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addLayout(self.dimensions)
        box.addWidget(self.relations)
        box.addWidget(self.notes)
        box.addStretch(1)
        area = scrolled(inside)
        on_panel(area.viewport())
        self.beside = QPushButton(_("Passages side by side"), self)
        self.beside.setObjectName("passages_beside")
        self.beside.setAccessibleName(_("Passages of two cases side by side"))
        self.beside.setDefault(True)
        self.beside.clicked.connect(self.beside_wanted)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(SIDE), px(10), px(SIDE), px(10))
        foot.addWidget(self.beside, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addLayout(foot)

    # -- what is shown --------------------------------------------------------------------------------------

    def know_relations(self, rows: Sequence[RelationRow]) -> None:
        """The relations of the compared model, as they are now; of many they come after the table."""
        self._of_model = tuple(rows)
        if self._read is not None:
            with rebuilding(self):
                self._relations(self._read.shown, self._row)

    def show_row(self, read: Read, row: Row | None) -> None:
        """Shows what belongs to a row; none: the cases as a whole."""
        self.note.flush()
        self._read, self._row = read, row
        name = comparison_notes.row_title(row) if row is not None else _("Cases")
        with rebuilding(self):
            self.title.setText(name)
            clear(self.dimensions)
            self._dimensions(read.shown, row)
            self._relations(read.shown, row)
            self._notes(read.shown, row)

    def _dimensions(self, found: Comparison, row: Row | None) -> None:
        names = [column.name for column in found.columns]
        cases = _listed(names) or ngettext("{n} case", "{n} cases", len(names)).format(n=len(names))
        self.told.setText(_("Where {cases} lie on the dimensions").format(cases=cases))
        some = self._axes(found, row)
        self.told.setVisible(row is not None)
        if row is not None and not some:
            self.told.setText(_("No case was put on a dimension here yet (Ctrl+Alt+D in the text)."))
        for axis in some[:_AXES]:
            self.dimensions.addWidget(self._dimension(found, axis))
        if len(some) > _AXES:
            left = len(some) - _AXES
            self.dimensions.addWidget(minor(ngettext("{n} more", "{n} more", left).format(n=left), self))

    def _axes(self, found: Comparison, row: Row | None) -> list[Axis]:
        if row is None:
            return []
        with self._desk.project.read() as db:
            if row.kind == "property":
                some = axes(db, properties=[row.guid])
            else:
                some = axes(db, codes=list(row.codes))
        here = {column.guid for column in found.columns}
        return [axis for axis in some if any(one.bearer.guid in here for one in axis.seen)]

    def _dimension(self, found: Comparison, axis: Axis) -> QWidget:
        section = Section(f"{axis.code_name} · {axis.name}", self)
        section.title.setWordWrap(True)
        here = {column.guid for column in found.columns}
        bearers = [one for one in axis.bearers if one.guid in here]
        short = letters(bearers)
        dots = []
        for place in axis.every_place:
            there = [one for one in bearers if place in axis.places_of(one.guid)]
            if there:
                names = ", ".join(one.name for one in there)
                many = len(there) > 3
                letter = str(len(there)) if many else " ".join(short[one.guid] for one in there)
                dots.append(Dot(place, letter, names))
        if len(axis.places) > 1:
            bar = DimensionBar(axis.name, axis.places, self)
            bar.set_values(dots, "", "", movable=False)
            bar.asked.connect(lambda place, at: self._lead(axis, place, at))
            section.box.addWidget(bar)
        if len(bearers) <= _CASES:
            lines = [f"{one.name}: {', '.join(axis.places_of(one.guid))}" for one in bearers]
        else:
            lines = [f"{dot.place}: {dot.names}" for dot in dots]
        section.box.addWidget(minor("\n".join(lines), self))
        return section

    def _lead(self, axis: Axis, place: str, at: QPoint) -> None:
        here = {column.guid for column in self._read.shown.columns} if self._read else set()
        seen = [one for one in axis.seen if one.place == place and one.bearer.guid in here]
        lead(self._desk, seen, self, at)

    def _relations(self, found: Comparison, row: Row | None) -> None:
        clear(self.relations.box)
        some = self._shared(found, row)
        self.relations.setVisible(bool(some))
        both = len(found.columns) == 2
        self.relations.title.setText(
            _("Relations in both cases") if both else _("Relations in several cases")
        )
        for one in some[:_RELATIONS]:
            label = paradigms.relation_label(one.type, own=one.own_type)
            words = f"{one.number}  {one.from_name} {label} {one.to_name}"
            button = WordsLink(words, badge_line(one), "case_relation", self)
            button.clicked.connect(lambda _on=False, guid=one.guid: self.relation_wanted.emit(guid))
            self.relations.box.addWidget(button)
        if len(some) > _RELATIONS:
            left = len(some) - _RELATIONS
            words = ngettext("{n} more", "{n} more", left).format(n=left)
            self.relations.box.addWidget(minor(words, self))

    def _shared(self, found: Comparison, row: Row | None) -> list[RelationRow]:
        """Relations of the row's codes with evidence in two of the cases or more."""
        if row is None or row.kind == "property":
            return []
        codes, cases = set(row.codes), {column.guid for column in found.columns}
        return [
            one
            for one in self._of_model
            if one.status != "rejected"
            and (one.from_code in codes or one.to_code in codes)
            and len(cases.intersection(one.cases)) > 1
        ]

    # -- the note -------------------------------------------------------------------------------------------

    def _notes(self, found: Comparison, row: Row | None) -> None:
        clear(self.others)
        self.notes.setVisible(row is not None)
        if row is None:
            return
        some = comparison_notes.notes(self._desk.project, found, row)
        own = next((one for one in some if comparison_notes.is_own(one, row)), None)
        same = own is not None and self._note is not None and own.guid == self._note.guid
        self._note = own
        (self.note.show_text if same else self.note.show_other)(own.body if own else "")
        self.note.setReadOnly(self._desk.project.read_only)
        self.about.setVisible(own is not None)
        if own is not None:
            day = told_date(own.created.astimezone(), _("d MMMM"))
            about = [_("Theoretical note"), own.coder, day, *([_("private")] if own.private else [])]
            self.about.setText(", ".join(about))
        for one in some:
            if own is None or one.guid != own.guid:
                button = TitleLink(one.title or _("Untitled"), "other_note")
                button.clicked.connect(lambda _on=False, guid=one.guid: self._desk.memo_wanted.emit(guid, ""))
                self.others.addWidget(button)
        if own is not None:
            self.others.addWidget(
                link(_("To the memo"), "to_note", lambda: self._desk.memo_wanted.emit(own.guid, ""))
            )

    def _write(self, body: str) -> None:
        read, row = self._read, self._row
        if read is None or row is None:
            return
        if self._note is not None:
            self._desk.do(edit_memo, memo=self._note.guid, body=body)
        elif body.strip():
            self._desk.do(
                comparison_notes.write_comparison_note,
                title=comparison_notes.row_title(row),
                body=body,
                target=comparison_notes.target_of(read.shown, row),
                cases=[column.guid for column in read.shown.columns],
            )

    def to_note(self) -> None:
        """Puts the cursor into the note."""
        if not self.notes.isHidden():
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)


def _listed(names: list[str]) -> str:
    """A few names as one says them; nothing where they are many."""
    if len(names) > _CASES or not names:
        return ""
    if len(names) == 1:
        return names[0]
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
