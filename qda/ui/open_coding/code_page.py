"""The sheet of a code in the inspector: what it means, its passages, its properties, where it stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from qda.coding import codebook, codes, material, partial
from qda.coding.bearers import short_names
from qda.coding.paradigms import template
from qda.coding.rows import CodeRow, CodingRow
from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding import citing
from qda.ui.open_coding.memos_section import MemosSection
from qda.ui.open_coding.parts import (
    INSET,
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
from qda.ui.open_coding.properties_section import PropertiesSection
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.coding.partial import Place
    from qda.coding.rows import SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_PAGE: Final = 20  # passages shown at first
_SOON_MS: Final = 50
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
        self._most = _PAGE
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self.fields: dict[str, InPlace] = {}
        self._sections: dict[str, Section] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._build()

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(px(SIDE), px(10), px(SIDE), px(12))
        head.setSpacing(px(4))
        self.title = ChipTitle(self)
        self.figures = QLabel(self)
        self.figures.setFont(ui_font(SMALL))
        self.figures.setProperty("quiet", True)
        self.figures.setWordWrap(True)
        head.addWidget(self.title)
        head.addWidget(self.figures)
        self._box.addLayout(head)
        chosen = template(material.project_sheet(self._desk.project).template)
        for key in _TEXTS:
            name = chosen.field_name(key)
            if name:
                self._add_field(key, name)
        for which in _PASSAGES:
            name = chosen.field_name(which)
            if name:
                self._sections[which] = Section(name, self)
                self._box.addWidget(self._sections[which])
        self.properties = PropertiesSection(self._desk, self)
        self.memos = MemosSection(self._desk, self)
        self.passages = Section(_("Passages"), self)
        for section in (self.properties, self.memos, self.passages):
            self._box.addWidget(section)
        self._box.addStretch(1)

    def _add_field(self, key: codebook.CodeField, name: str) -> None:
        section = Section(name, self)
        field = InPlace(f"code_{key}", name, _hint(key), section)
        field.setReadOnly(self._desk.project.read_only)
        field.settled.connect(lambda text: self._write(key, text))
        field.left.connect(self.left)
        self.fields[key] = field
        section.box.addWidget(field)
        self._box.addWidget(section)

    def _write(self, key: codebook.CodeField, text: str) -> None:
        if self._code:
            self._desk.do(codebook.set_code_field, code=self._code, field=key, value=text)

    # -- showing --------------------------------------------------------------------------------------------

    def show_code(self, code: str) -> None:
        """Shows another code."""
        if code != self._code:
            for field in self.fields.values():
                field.flush()
            self._code, self._most = code, _PAGE
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
        self._figures(row)
        for key, field in self.fields.items():
            field.show_text(getattr(row, key))
        segments = self._segments(row)
        with rebuilding(self):
            for which in _PASSAGES:
                self._show_passage(row, which, segments)
            self.properties.show_code(self._code, self._place)
            self.memos.show_memos([f"code:{self._code}"])
            self._show_passages(row)

    def _segments(self, row: CodeRow) -> "dict[str, SegmentRow]":
        wanted = [guid for guid in (row.typical, row.deviating) if guid]
        if not wanted:
            return {}
        with self._desk.project.read() as db:
            return material.Passages(db).of(wanted)

    def _figures(self, row: CodeRow) -> None:
        counts = partial.case_counts(self._desk.project, row.guid)
        named = [count for count in counts if count.case]
        letters = short_names([count.name for count in named])
        kind = _("Core category") if row.core else _("Category") if row.kind == "category" else _("Code")
        if row.origin == "in-vivo":
            kind = _("In-vivo code")
        if not row.codings:
            words = _("no passage of its own")
        elif named:
            cases = ngettext("{n} case", "{n} cases", len(named)).format(n=len(named))
            by_case = " · ".join(f"{letters[c.name]} {c.codings}" for c in named)
            words = f"{cases} ({by_case})"
            without = sum(c.codings for c in counts if not c.case)
            if without:
                words += " · " + _("{n} without a case").format(n=without)
        else:
            words = ngettext("{n} passage", "{n} passages", row.codings).format(n=row.codings)
        self.figures.setText(f"{kind} · {words}")

    def _show_passage(self, row: CodeRow, which: codebook.Which, segments: "dict[str, SegmentRow]") -> None:
        section = self._sections.get(which)
        if section is None:
            return
        clear(section.box)
        guid = row.typical if which == "typical" else row.deviating
        found = segments.get(guid or "")
        if found is not None:
            section.box.addWidget(self._quote(found, lines=5))
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

    def _quote(self, row: "SegmentRow", coding: str = "", lines: int = 3) -> Quote:
        quote = Quote(row, lines=lines, parent=self)
        quote.setObjectName("passage")

        def show() -> None:
            if coding:
                self._desk.workspace_wanted.emit("open")
                self._desk.coding_chosen.emit(coding)
            else:
                self._desk.source_wanted.emit(row.source, row.start, row.stop)

        quote.clicked.connect(show)
        quote.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        quote.customContextMenuRequested.connect(
            lambda at: _quote_menu(quote, show).popup(quote.mapToGlobal(at))
        )
        return quote

    def _show_passages(self, row: CodeRow) -> None:
        clear(self.passages.box)
        total = row.codings
        self.passages.title.setText(_("Passages") if not total else _("Passages ({n})").format(n=total))
        if not total:
            self.passages.box.addWidget(minor(_("None yet."), self))
            return
        found = codes.codings(self._desk.project, code=self._code, limit=self._most)
        for name, rows in _by_case(found):
            if name:
                label = QLabel(name, self)
                label.setFont(ui_font(SMALL, semibold=True))
                label.setProperty("minor", True)
                label.setContentsMargins(px(INSET), px(6), 0, 0)
                self.passages.box.addWidget(label)
            for coding in rows:
                self.passages.box.addWidget(self._quote(coding.segment, coding.guid))
        if total > len(found):
            more = link(_("Show more"), "more_passages", self._more)
            self.passages.box.addLayout(links(more))

    def _more(self) -> None:
        self._most *= 4
        self.refresh()


def _by_case(rows: list[CodingRow]) -> list[tuple[str, list[CodingRow]]]:
    found: dict[str, list[CodingRow]] = {}
    for row in rows:
        found.setdefault(row.segment.case_name, []).append(row)
    return sorted(found.items(), key=lambda pair: not pair[0])


def _quote_menu(quote: Quote, show: Callable[[], object]) -> QMenu:
    menu = QMenu(quote)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("&Go to the text"), show)
    menu.addAction(_("Co&py as citation"), lambda: citing.copy_from(quote, [quote.row]))
    return menu
