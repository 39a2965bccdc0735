"""The sheet of a code in the inspector: what it means, its passages, its properties, where it stands."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from qda.coding import category_sheet, codebook, material, partial
from qda.coding import codes as code_queries
from qda.coding.bearers import short_names
from qda.coding.category_sheet import Around, Gap, InCase
from qda.coding.paradigms import template
from qda.coding.rows import CodeRow
from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.around_sections import GapsSection, Narrow, NeighboursSection, SpreadSection
from qda.ui.open_coding.asides import Later
from qda.ui.open_coding.life_section import LifeSection
from qda.ui.open_coding.memos_section import MemosSection
from qda.ui.open_coding.parts import (
    SIDE,
    ChipTitle,
    InPlace,
    Quote,
    Section,
    clear,
    link,
    links,
    minor,
    rebuilding,
)
from qda.ui.open_coding.passages_section import PassagesSection
from qda.ui.open_coding.properties_section import PropertiesSection
from qda.ui.transcript.margin import shown_name
from qda.ui.typology.profile_section import ProfileSection

if TYPE_CHECKING:
    from qda.coding.partial import Place
    from qda.coding.rows import SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_SOON_MS: Final = 50
_NAMED: Final = 12  # cases that are named in the head
_TEXTS: Final[tuple[codebook.CodeField, ...]] = ("definition", "delimitation", "anchor", "rule")
_PASSAGES: Final[tuple[codebook.Which, ...]] = ("typical", "deviating")


def _hint(field: str) -> str:
    return {
        "definition": _("What is meant by this code?"),
        "delimitation": _("What does not belong here?"),
        "anchor": _("A passage that shows it"),
        "rule": _("When it is given and when not"),
    }[field]


class CodePage(QWidget):
    """One code. Its fields are written in place; passages lead to the text."""

    left = Signal()  # Esc in a field

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book = CodeBook.of(desk)
        self._code = ""
        self._place: Place | None = None
        self._going = False  # to passages that were asked for
        self._told = ""  # the code whose figures are shown
        self._parent = False  # there are codes below it
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self.fields: dict[str, InPlace] = {}
        self._sections: dict[str, Section] = {}
        self._around = Later(self)
        self._around.landed.connect(self._land)
        self._build()
        self._arrange()

    def _build(self) -> None:
        self.head = QVBoxLayout()
        self.head.setContentsMargins(px(SIDE), px(10), px(SIDE), px(12))
        self.head.setSpacing(px(4))
        self.title = ChipTitle(self)
        self.figures = QLabel(self)
        self.figures.setFont(ui_font(SMALL))
        self.figures.setProperty("quiet", True)
        self.figures.setWordWrap(True)
        self.head.addWidget(self.title)
        self.head.addWidget(self.figures)
        self.below = QCheckBox(_("With the codes below"), self)
        self.below.setObjectName("with_codes_below")
        self.below.setAccessibleName(_("With the codes below"))
        self.below.setFont(ui_font(SMALL))
        self.below.setChecked(True)
        self.below.toggled.connect(lambda _on: self._other_passages())
        self.head.addWidget(self.below)
        chosen = template(material.project_sheet(self._desk.project).template)
        for key in _TEXTS:
            name = chosen.field_name(key)
            if name:
                self._add_field(key, name)
        for which in _PASSAGES:
            name = chosen.field_name(which)
            if name:
                self._sections[which] = Section(name, self)
        self.properties = PropertiesSection(self._desk, self)
        self.profile = ProfileSection(self._desk, self)
        self.gaps = GapsSection(self)
        self.spread = SpreadSection(self)
        self.neighbours = NeighboursSection(self)
        self.memos = MemosSection(self._desk, self)
        self.life = LifeSection(self._desk, self)
        self.passages = PassagesSection(self._desk, self)
        self.gaps.asked.connect(self._answer)
        self.spread.wanted.connect(self.narrow)
        self.neighbours.wanted.connect(self.narrow)
        self.passages.chosen.connect(self._choose)
        self.passages.filled.connect(self._filled)

    def _arrange(self) -> None:
        """One below the other; a page arranges them in columns."""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self.head)
        for section in (*self.text_sections, self.properties, self.profile, self.gaps):
            box.addWidget(section)
        for section in (self.spread, self.neighbours, self.memos, self.life, self.passages):
            box.addWidget(section)
        box.addStretch(1)

    @property
    def text_sections(self) -> list[Section]:
        """What the template asks for: texts, then passages that were chosen."""
        return list(self._sections.values())

    def _add_field(self, key: codebook.CodeField, name: str) -> None:
        section = Section(name, self)
        field = InPlace(f"code_{key}", name, _hint(key), section)
        field.setReadOnly(self._desk.project.read_only)
        field.settled.connect(lambda text: self._write(key, text))
        field.left.connect(self.left)
        self.fields[key] = field
        section.box.addWidget(field)
        self._sections[key] = section

    def _write(self, key: codebook.CodeField, text: str) -> None:
        if self._code:
            self._desk.do(codebook.set_code_field, code=self._code, field=key, value=text)

    # -- showing --------------------------------------------------------------------------------------------

    def show_code(self, code: str) -> None:
        """Shows another code."""
        if code != self._code:
            for field in self.fields.values():
                field.flush()
            self._code = code
            for listed in (self.spread, self.neighbours):
                listed.fold_again()
            self.passages.other_code()
            self._around.forget()
            row = self._book.row(code)
            for key, field in self.fields.items():
                field.show_other(getattr(row, key) if row else "")
        self._soon.start()

    def set_coding(self, coding: str) -> None:
        """The coding set apart: its passage can be chosen and valued where it is one of this code."""
        project = self._desk.project
        mine = coding and partial.code_of_coding(project, coding) == self._code
        place = partial.place_of_coding(project, coding) if mine else None
        if place != self._place:
            self._place = place
            self._soon.start()

    def changed(self, change: "Changed") -> None:
        """An act was done."""
        relevant = {"code", "coding", "segment", "property", "property_value", "memo", "memo_link", "source"}
        if change.tables & (relevant | {"core_category", "case_"}):
            self._soon.start()

    def refresh(self) -> None:
        """Shows the code as it is now."""
        self._soon.stop()
        row = self._book.row(self._code)
        if row is None or not self.isVisible():
            return
        self.title.show_code(
            shown_name(row.name, row.origin == "in-vivo"),
            row.colour,
            italic=row.origin == "in-vivo",
            core=row.core,
        )
        self._parent = any(one.parent == row.guid for one in self._book.rows)
        self.below.setVisible(self._parent)
        self._figures(row)
        for key, field in self.fields.items():
            field.show_text(getattr(row, key))
        segments = self._segments(row)
        any_property = bool(code_queries.properties(self._desk.project, self._code))
        here = self._place.segment if self._place else ""
        with rebuilding(self):
            for which in _PASSAGES:
                self._show_passage(row, which, segments)
            self.properties.show_code(self._code, self._place)
            self.profile.show_code(self._code, here, any_property=any_property)
            self.memos.show_memos([f"code:{self._code}"])
            self.passages.show_code(row, counted=self._book.counted, below=self._with_below)
        self.life.show_code(self._code)
        project, code, below = self._desk.project, self._code, self._with_below
        self._around.ask(lambda: (code, category_sheet.around(project, code, below=below)))

    @property
    def _with_below(self) -> bool:
        return self._parent and self.below.isChecked()

    def _other_passages(self) -> None:
        """With or without the codes below."""
        self.passages.other_code()
        self.refresh()

    def _land(self, found: tuple[str, Around]) -> None:
        """Where the code stands and what is open came from its thread."""
        code, around = found
        if code != self._code:
            return
        counted, row = self._book.counted, self._book.row(code)
        if row is not None:
            self._figures(row, around.cases)
        self.passages.set_total(sum(case.segments for case in around.cases))
        with rebuilding(self):
            self.gaps.show_gaps(around.gaps)
            self.spread.show_cases(around.cases, counted=counted)
            self.neighbours.show_neighbours(around.neighbours, counted=counted)

    def narrow(self, narrow: Narrow) -> None:
        """Shows some of the passages, and goes to them."""
        self._going = True
        self.passages.narrow_to(narrow)

    def _filled(self) -> None:
        if self._going:
            self._going = False
            QTimer.singleShot(0, self, self._to_passages)

    def _to_passages(self) -> None:
        above = self.passages.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        inside = above.widget() if above is not None else None
        if above is not None and inside is not None:
            top = self.passages.mapTo(inside, self.passages.rect().topLeft()).y()
            above.verticalScrollBar().setValue(top)
        first = next((q for q in self.passages.findChildren(Quote) if not q.property("gone")), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, gap: Gap) -> None:
        if gap.kind == "definition" and "definition" in self.fields:
            self.fields["definition"].setFocus(Qt.FocusReason.OtherFocusReason)
        elif gap.kind == "properties":
            self.properties.ask_new()
        elif gap.kind == "since":
            self._desk.source_wanted.emit(gap.about, -1, -1)

    def _segments(self, row: CodeRow) -> "dict[str, SegmentRow]":
        wanted = [guid for guid in (row.typical, row.deviating) if guid]
        if not wanted:
            return {}
        with self._desk.project.read() as db:
            return material.Passages(db).of(wanted)

    def _figures(self, row: CodeRow, cases: tuple[InCase, ...] | None = None) -> None:
        """The kind at once; in which cases it stands, as soon as that is known."""
        kind = _("Core category") if row.core else _("Category") if row.kind == "category" else _("Code")
        if row.origin == "in-vivo":
            kind = _("In-vivo code")
        if cases is None:
            if row.guid != self._told:
                self.figures.setText(kind)
            return
        self._told = row.guid
        self.figures.setText(f"{kind} · {self._where(cases)}")

    def _where(self, cases: tuple[InCase, ...]) -> str:
        named = [one for one in cases if one.case]
        letters = short_names([one.name for one in named])
        if not cases:
            return _("no passage of its own")
        if not self._book.counted:
            return " · ".join(letters[one.name] for one in named) or _("without a case")
        without = sum(one.segments for one in cases if not one.case)
        if not named:
            return ngettext("{n} passage", "{n} passages", without).format(n=without)
        told = ngettext("{n} case", "{n} cases", len(named)).format(n=len(named))
        shown = [f"{letters[one.name]} {one.segments}" for one in named[:_NAMED]]
        if len(named) > _NAMED:
            shown.append("…")
        told += f" ({' · '.join(shown)})"
        return told + (" · " + _("{n} without a case").format(n=without) if without else "")

    def _show_passage(self, row: CodeRow, which: codebook.Which, segments: "dict[str, SegmentRow]") -> None:
        section = self._sections.get(which)
        if section is None:
            return
        clear(section.box)
        guid = row.typical if which == "typical" else row.deviating
        found = segments.get(guid or "")
        if found is not None:
            section.box.addWidget(self.passages.quote(found, lines=5))
        elif self._place is None:
            section.box.addWidget(minor(_("Not chosen yet."), self))
        buttons = []
        writable = not self._desk.project.read_only
        if self._place is not None and self._place.segment != guid and writable:
            place = self._place
            buttons.append(
                link(
                    _("Choose this passage"),
                    f"choose_{which}",
                    lambda: self._choose(which, place.segment),
                    says=_("Choose this passage: {field}").format(field=section.title.text()),
                )
            )
        if found is not None and writable:
            says = _("Take back: {field}").format(field=section.title.text())
            buttons.append(
                link(_("Take back"), f"clear_{which}", lambda: self._choose(which, None), says=says)
            )
        if buttons:
            section.box.addLayout(links(*buttons))

    def _choose(self, which: codebook.Which, segment: str | None) -> None:
        self._desk.do(codebook.choose_passage, code=self._code, which=which, segment=segment)
