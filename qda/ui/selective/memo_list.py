"""Memos beside the story: theoretical notes first, filtered by type and words; the current one to read."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSplitter, QVBoxLayout, QWidget

from qda.coding import memo_queries
from qda.coding.rows import MemoRow
from qda.i18n import _
from qda.ui.axial.choices import Choice, ChoiceList
from qda.ui.fonts import QUOTE, px, reading_font, ui_font
from qda.ui.memos.targets import KINDS, kind_name
from qda.ui.status import locale
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel, scrolled, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class MemoList(QWidget):
    """The panel at the right."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[str, MemoRow] = {}
        self.setObjectName("memo_list")
        on_panel(self)
        self.new = LinkButton(_("New"), "new_theoretical_note", self)
        self.new.setAccessibleName(_("New memo on the core category"))
        self.kind = QComboBox(self)
        self.kind.setObjectName("memo_kind")
        self.kind.setAccessibleName(_("Type of memos"))
        for key, many, _one in KINDS:
            self.kind.addItem(_(many), key)
        self.kind.addItem(_("All memos"), "")
        self.kind.setCurrentIndex(self.kind.findData("theoretical"))
        self.kind.currentIndexChanged.connect(self.refresh)
        self.filter = QLineEdit(self)
        self.filter.setObjectName("memo_filter")
        self.filter.setAccessibleName(_("Filter the memos"))
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show)
        self.list = ChoiceList("memos", _("Memos"), self, row=24)
        self.list.setProperty("panel", True)
        self.list.taken.connect(self.open)
        self.list.turned_to.connect(self._read)
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(14), px(8))
        row.setSpacing(px(8))
        row.addWidget(self.kind, 1)
        row.addWidget(self.filter, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("memo_split")
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._reader())
        split.setSizes([px(340), px(400)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Memos beside it"), self.new))
        box.addLayout(row)
        box.addWidget(Line(self))
        box.addWidget(split, 1)

    def _reader(self) -> QWidget:
        page = QWidget(self)
        on_panel(page)
        self._title = QLabel(page)
        self._title.setFont(ui_font(semibold=True))
        self._title.setWordWrap(True)
        self._facts = small("", page, wrap=True)
        self._body = QLabel(page)
        self._body.setFont(reading_font(QUOTE))
        self._body.setWordWrap(True)
        self._body.setTextFormat(Qt.TextFormat.PlainText)
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._edit = LinkButton(_("Open the memo"), "open_memo", page)
        self._edit.clicked.connect(lambda: self.open(self.list.key))
        box = QVBoxLayout(page)
        box.setContentsMargins(px(16), px(11), px(14), px(12))
        box.setSpacing(px(4))
        box.addWidget(self._title)
        box.addWidget(self._facts)
        box.addSpacing(px(4))
        box.addWidget(self._body)
        box.addSpacing(px(4))
        box.addWidget(self._edit)
        box.addStretch(1)
        self._page = page
        return scrolled(page)

    def refresh(self) -> None:
        """Reads the memos of the chosen type."""
        kind = self.kind.currentData() or None
        self._rows = {row.guid: row for row in memo_queries.memos(self._desk.project, kind=kind)}
        self._show()

    def _show(self) -> None:
        words = self.filter.text().casefold().split()
        found = [
            row
            for row in self._rows.values()
            if all(word in f"{row.title} {row.body} {' '.join(row.link_names)}".casefold() for word in words)
        ]
        rows = [
            Choice(
                row.guid,
                row.title or _("Without a title"),
                below=" · ".join(
                    part
                    for part in (_day(row), kind_name(row.kind), _("private") if row.private else "")
                    if part
                ),
            )
            for row in found
        ]
        self.list.show_choices(rows)
        if rows and self.list.key not in {row.key for row in rows}:
            self.list.make_current(rows[0].key)
        self._read(self.list.key if rows else "")

    def _read(self, guid: str) -> None:
        row = self._rows.get(guid)
        self._edit.setVisible(row is not None)
        if row is None:
            self._title.setText("")
            self._facts.setText(_("No memo of this type yet."))
            self._body.setText("")
            return
        self._title.setText(row.title)
        names = [name for name in row.link_names if name]
        links = _("on {names}").format(names=", ".join(names)) if names else ""
        self._facts.setText(" · ".join(part for part in (_day(row), row.coder, links) if part))
        self._body.setText(row.body)

    def open(self, guid: str) -> None:
        """Opens a memo in its own panel."""
        if guid:
            self._desk.memo_wanted.emit(guid, "")


def _day(row: MemoRow) -> str:
    day = row.created.astimezone()
    return locale().toString(QDate(day.year, day.month, day.day), "d. MMM yyyy")
