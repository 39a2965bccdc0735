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
from qda.ui.open_coding.parts import INSET, Quote, Section, clear, link, links, minor, rebuilding

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_PAGE: Final = 20  # passages shown at first


class PassagesSection(Section):
    """Quotations that lead to the text. ``chosen`` hands out a segment to be the typical or deviating one."""

    chosen = Signal(str, object)  # "typical" or "deviating", GUID of the segment

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Passages"), parent)
        self._desk = desk
        self._row: CodeRow | None = None
        self._most = _PAGE
        self._counted, self._below = True, False
        self._total = 0  # 0: not known yet
        self.narrow: Narrow | None = None

    def other_code(self) -> None:
        """Another code: all of its passages, the first ones."""
        self._most, self.narrow, self._total = _PAGE, None, 0

    def narrow_to(self, narrow: Narrow | None) -> None:
        """Shows some of the passages, or all again."""
        self.narrow, self._most, self._total = narrow, _PAGE, 0
        if self._row is not None:
            with rebuilding(self):
                self.show_code(self._row, counted=self._counted, below=self._below)

    def show_code(self, row: CodeRow, *, counted: bool, below: bool) -> None:
        """Shows the passages of a code; ``below``: also those of the codes below it."""
        self._row, self._counted, self._below = row, counted, below
        clear(self.box)
        found = self._found(row)
        if self.narrow is not None or len(found) <= self._most:
            self._total = len(found)
        self._head()
        if not found:
            self.box.addWidget(minor(_("None yet."), self))
            return
        shown = codes.codings(self._desk.project, guids=found[: self._most])
        for name, rows in _by_case(shown):
            if name:
                label = QLabel(name, self)
                label.setFont(ui_font(SMALL, semibold=True))
                label.setProperty("minor", True)
                label.setContentsMargins(px(INSET), px(6), 0, 0)
                self.box.addWidget(label)
            for coding in rows:
                quote = self.quote(coding.segment, coding.guid)
                if coding.code != row.guid:
                    quote.setToolTip(f"{coding.code_name}\n{quote.toolTip()}".strip())
                self.box.addWidget(quote)
        if len(found) > len(shown):
            self.box.addLayout(links(link(_("Show more"), "more_passages", self._more)))

    def _found(self, row: CodeRow) -> list[str]:
        project, narrow, below = self._desk.project, self.narrow, self._below
        if narrow is None:
            return category_sheet.passages(project, row.guid, below=below, limit=self._most + 1)
        if narrow.kind == "case":
            return category_sheet.passages(project, row.guid, below=below, case=narrow.guid)
        if narrow.kind == "source":
            return category_sheet.passages(project, row.guid, below=below, source=narrow.guid)
        return category_sheet.passages(project, row.guid, below=below, with_code=narrow.guid)

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
        if self._row is not None:
            with rebuilding(self):
                self.show_code(self._row, counted=self._counted, below=self._below)

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


def _by_case(rows: list[CodingRow]) -> list[tuple[str, list[CodingRow]]]:
    found: dict[str, list[CodingRow]] = {}
    for row in rows:
        found.setdefault(row.segment.case_name, []).append(row)
    return sorted(found.items(), key=lambda pair: not pair[0])
