"""The passages of a code in its sheet, by case; all of them, or those of a case, a document, an overlap."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from qda.coding import category_sheet, codes
from qda.coding.rows import CodeRow, CodingRow, SegmentRow
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding import citing
from qda.ui.open_coding.around_sections import Narrow
from qda.ui.open_coding.asides import Later
from qda.ui.open_coding.parts import INSET, Quote, Section, clear, link, links, minor, rebuilding

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.desk import Desk

_PAGE: Final = 12  # passages shown at first


class PassagesSection(Section):
    """Quotations that lead to the text. ``chosen`` hands out a segment to be the typical or deviating one."""

    filled = Signal()  # what was asked for is there
    chosen = Signal(str, object)  # "typical" or "deviating", GUID of the segment

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Passages"), parent)
        self._desk = desk
        self._row: CodeRow | None = None
        self._most = _PAGE
        self._counted, self._below = True, False
        self._total = 0  # 0: not known yet
        self.later = Later(self)
        self.later.landed.connect(self._land)
        self.narrow: Narrow | None = None

    def other_code(self) -> None:
        """Another code: all of its passages, the first ones."""
        self._most, self.narrow, self._total = _PAGE, None, 0

    def narrow_to(self, narrow: Narrow | None) -> None:
        """Shows some of the passages, or all again."""
        self.narrow, self._most, self._total = narrow, _PAGE, 0
        self._ask()

    def show_code(self, row: CodeRow, *, counted: bool, below: bool) -> None:
        """Shows the passages of a code; ``below``: also those of the codes below it."""
        if self._row is None or self._row.guid != row.guid:
            clear(self.box)
        self._row, self._counted, self._below = row, counted, below
        self._tell()
        self._ask()

    def _ask(self) -> None:
        """Reads in a thread: a code may have many passages, in many documents."""
        row = self._row
        if row is None:
            return
        project, narrow, below, most = self._desk.project, self.narrow, self._below, self._most

        def read() -> tuple[str, int, list[CodingRow]]:
            found = _found(project, row.guid, narrow, below=below, limit=most + 1)
            return row.guid, len(found), codes.codings(project, guids=found[:most])

        self.later.ask(read)

    def _land(self, found: tuple[str, int, list[CodingRow]]) -> None:
        code, count, rows = found
        if self._row is None or code != self._row.guid:
            return
        if self.narrow is not None or count <= self._most:
            self._total = count
        with rebuilding(self):
            self._build(rows, more=count > len(rows))
        self.filled.emit()

    def _build(self, rows: list[CodingRow], *, more: bool) -> None:
        clear(self.box)
        self._head()
        if not rows:
            self.box.addWidget(minor(_("None yet."), self))
        for name, inside in _by_case(rows):
            if name:
                label = QLabel(name, self)
                label.setFont(ui_font(SMALL, semibold=True))
                label.setProperty("minor", True)
                label.setContentsMargins(px(INSET), px(6), 0, 0)
                self.box.addWidget(label)
            for coding in inside:
                quote = self.quote(coding.segment, coding.guid)
                if self._row is not None and coding.code != self._row.guid:
                    quote.setToolTip(f"{coding.code_name}\n{quote.toolTip()}".strip())
                self.box.addWidget(quote)
        under = [link(_("Show more"), "more_passages", self._more)] if more else []
        if rows and self.narrow is None:
            says = _("Passages elsewhere that are like these")
            elsewhere = self._desk.command_wanted
            under.append(
                link(_("Elsewhere…"), "passages_elsewhere", lambda: elsewhere.emit("elsewhere"), says=says)
            )
        if under:
            self.box.addLayout(links(*under))

    def set_total(self, total: int) -> None:
        """How many passages there are in all, where only the first ones were read."""
        if self.narrow is None:
            self._total = total
            self._tell()

    def _tell(self) -> None:
        told = _("Passages")
        if self.narrow is not None:
            told = _("Passages with “{name}”") if self.narrow.kind == "code" else _("Passages in {name}")
            told = told.format(name=self.narrow.name)
        if self._total and self._counted:
            told += f" ({self._total})"
        self.title.setText(told)
        self.title.setWordWrap(True)

    def _head(self) -> None:
        self._tell()
        if self.narrow is None:
            return
        buttons = [link(_("All passages"), "all_passages", lambda: self.narrow_to(None))]
        if self.narrow.kind == "code":
            other = self.narrow.guid
            buttons.append(link(_("Its sheet"), "sheet_of_other", lambda: self._desk.code_chosen.emit(other)))
        self.box.addLayout(links(*buttons))

    def _more(self) -> None:
        self._most *= 4
        self._ask()

    def quote(self, row: SegmentRow, coding: str = "", lines: int = 3) -> Quote:
        """A quotation with its menu; pressing it leads to the text."""
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
            lambda at: self._menu(quote, show, own=bool(coding)).popup(quote.mapToGlobal(at))
        )
        return quote

    def _menu(self, quote: Quote, show: Callable[[], object], *, own: bool) -> QMenu:
        menu = QMenu(quote)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("&Go to the text"), show)
        menu.addAction(_("Co&py as citation"), lambda: citing.copy_from(quote, [quote.row]))
        if own and not self._desk.project.read_only:
            menu.addSeparator()
            segment = quote.row.guid
            menu.addAction(_("As &typical passage"), lambda: self.chosen.emit("typical", segment))
            menu.addAction(_("As &deviating passage"), lambda: self.chosen.emit("deviating", segment))
        return menu


def _found(project: "Project", code: str, narrow: Narrow | None, *, below: bool, limit: int) -> list[str]:
    if narrow is None:
        return category_sheet.passages(project, code, below=below, limit=limit)
    if narrow.kind == "case":
        return category_sheet.passages(project, code, below=below, case=narrow.guid)
    if narrow.kind == "source":
        return category_sheet.passages(project, code, below=below, source=narrow.guid)
    return category_sheet.passages(project, code, below=below, with_code=narrow.guid)


def _by_case(rows: list[CodingRow]) -> list[tuple[str, list[CodingRow]]]:
    found: dict[str, list[CodingRow]] = {}
    for row in rows:
        found.setdefault(row.segment.case_name, []).append(row)
    return sorted(found.items(), key=lambda pair: not pair[0])
