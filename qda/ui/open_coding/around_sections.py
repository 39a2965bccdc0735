"""Where a code stands, what overlaps with it, what is open about it: sections of its sheet."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from qda.coding.category_sheet import Gap, InCase, Neighbour
from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.parts import INSET, Section, TitleLink, clear, link, links, minor
from qda.ui.transcript.margin import shown_name

_MOST: Final = 8
_DOCUMENTS: Final = 4  # of a case, at first


@dataclass(frozen=True, slots=True)
class Narrow:
    """Some of the passages of a code: of a case, in a document, where it overlaps with another code."""

    kind: Literal["case", "source", "code"]
    guid: str
    name: str


class _Listed(Section):
    """A list whose rows lead to passages; it shows some at first, more when asked."""

    wanted = Signal(object)  # Narrow

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self._most = _MOST
        self._counted = True

    def _row(self, narrow: Narrow, told: str, *, says: str = "", inset: int = 0) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(px(inset), 0, px(INSET), 0)
        row.setSpacing(px(6))
        title = TitleLink(narrow.name, f"{narrow.kind}_passages")
        title.setAccessibleName(says or ", ".join(part for part in (narrow.name, told) if part))
        title.clicked.connect(lambda: self.wanted.emit(narrow))
        row.addWidget(title, 1)
        if told:
            figure = QLabel(told, self)
            figure.setFont(ui_font(SMALL))
            figure.setProperty("minor", True)
            row.addWidget(figure)
        self.box.addLayout(row)

    def _more(self, left: int) -> None:
        words = ngettext("{n} more", "{n} more", left).format(n=left)
        self.box.addLayout(links(link(words, "more_rows", self._all, says=f"{self.title.text()}: {words}")))

    def _all(self) -> None:
        self._most = 1 << 30
        self.rebuild()

    def fold_again(self) -> None:
        """Another code: some at first."""
        self._most = _MOST

    def rebuild(self) -> None:
        """Builds the rows anew."""


class SpreadSection(_Listed):
    """Cases with the documents in them; each leads to its passages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Cases and documents"), "spread", parent)
        self._cases: tuple[InCase, ...] = ()

    def show_cases(self, cases: tuple[InCase, ...], *, counted: bool) -> None:
        """Shows where the code stands; without ``counted`` no figures."""
        self._cases, self._counted = cases, counted
        self.rebuild()

    def rebuild(self) -> None:
        clear(self.box)
        if not self._cases:
            self.box.addWidget(minor(_("In no document yet."), self))
        for case in self._cases[: self._most]:
            if case.case:
                count = ngettext("{n} passage", "{n} passages", case.segments).format(n=case.segments)
                self._row(Narrow("case", case.case, case.name), count if self._counted else "")
            elif len(self._cases) > 1:
                self.box.addWidget(minor(_("Without a case"), self))
            if not case.case or len(case.documents) > 1 or case.documents[0].title != case.name:
                self._documents(case)
        if len(self._cases) > self._most:
            self._more(len(self._cases) - self._most)

    def _documents(self, case: InCase) -> None:
        shown = case.documents[: self._most if self._most > _MOST else _DOCUMENTS]
        for one in shown:
            told = str(one.segments) if self._counted else ""
            count = ngettext("{n} passage", "{n} passages", one.segments).format(n=one.segments)
            says = f"{one.title}, {count}" if self._counted else one.title
            self._row(Narrow("source", one.source, one.title), told, says=says, inset=14 if case.case else 0)
        if len(case.documents) > len(shown):
            left = len(case.documents) - len(shown)
            self.box.addWidget(minor(ngettext("{n} more", "{n} more", left).format(n=left), self))


class NeighboursSection(_Listed):
    """Codes that overlap with this one: cases first, then documents, segments."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Overlaps with"), "neighbours", parent)
        self._found: tuple[Neighbour, ...] = ()

    def show_neighbours(self, found: tuple[Neighbour, ...], *, counted: bool) -> None:
        """Shows them, those in most cases first."""
        self._found, self._counted = found, counted
        self.rebuild()

    def rebuild(self) -> None:
        clear(self.box)
        if not self._found:
            self.box.addWidget(minor(_("No other code overlaps with it."), self))
        for one in self._found[: self._most]:
            told = figures(one.cases, one.documents, one.segments) if self._counted else ""
            name = shown_name(one.name, one.in_vivo)
            self._row(Narrow("code", one.code, name), told)
        if len(self._found) > self._most:
            self._more(len(self._found) - self._most)


def figures(cases: int, documents: int, segments: int) -> str:
    """Cases first, then documents, then passages: "2 cases · 3 documents · 7"."""
    parts = []
    if cases:
        parts.append(ngettext("{n} case", "{n} cases", cases).format(n=cases))
    elif documents:
        parts.append(ngettext("{n} document", "{n} documents", documents).format(n=documents))
    parts.append(ngettext("{n} passage", "{n} passages", segments).format(n=segments))
    return " · ".join(parts)


class GapsSection(Section):
    """Questions to the code. They are questions: no score, nothing is locked."""

    asked = Signal(object)  # Gap

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Open questions"), parent)
        self.setObjectName("gaps")

    def show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        """Shows what is open; some lead to where it can be answered."""
        clear(self.box)
        self.setVisible(bool(gaps))
        for gap in gaps:
            self.box.addWidget(minor(gap.question, self))
            words = _leads(gap)
            if words:
                says = f"{words}: {gap.question}"
                button = link(words, f"gap_{gap.kind}", lambda gap=gap: self.asked.emit(gap), says=says)  # type: ignore[misc]
                self.box.addLayout(links(button))


def _leads(gap: Gap) -> str:
    return {
        "definition": _("Write it"),
        "properties": _("New property…"),
        "since": _("Go to the document"),
    }.get(gap.kind, "")
