"""The evidence of a relation in columns, one a case: passages, their places, what they do, the note.

Up and Down go through the pieces, Left and Right from case to case; what can be added stands at the right.
"""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import EvidenceRow
from qda.i18n import _, ngettext
from qda.ui.axial.acts import Acts
from qda.ui.axial.choices import Choice, choose
from qda.ui.axial.menus import evidence_menu
from qda.ui.axial.words import tally
from qda.ui.evidence.column import CaseColumn
from qda.ui.evidence.item import POLARITIES, EvidenceItem
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import Line, LinkButton, on_panel, small

_MANY = 4  # cases from which on a list leads to each


class EvidenceColumns(QWidget):
    """All evidence of one relation, and at the right what can be added."""

    turned_to = Signal(str)  # a piece became the current one

    def __init__(self, acts: Acts, adding: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self._rows: tuple[EvidenceRow, ...] = ()
        self._items: dict[str, EvidenceItem] = {}
        self._made: list[CaseColumn] = []
        self._withdrawn = 0
        self.current = ""
        self.setObjectName("evidence_columns")
        self._inside = QWidget(self)
        self._inside.setObjectName("evidence_inside")
        self._columns = QHBoxLayout(self._inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inside)
        self._area.horizontalScrollBar().valueChanged.connect(self._fill_seen)
        on_panel(self._inside)
        self.cases = LinkButton("", "evidence_cases", self)
        self.cases.setFont(ui_font(SMALL))
        self.cases.clicked.connect(self.ask_case)
        self.cases.hide()
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._area, 1)
        left.addWidget(self.cases)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 3)
        row.addWidget(Line(self, upright=True))
        row.addWidget(adding, 1)

    # -- what is shown ----------

    def show_evidence(self, rows: Sequence[EvidenceRow], *, withdrawn: int = 0) -> None:
        """Shows the evidence of a relation; the current piece stays current where it is still there.

        ``withdrawn``: how many pieces went with a withdrawn consent.
        """
        if tuple(rows) == self._rows and withdrawn == self._withdrawn and self._columns.count():
            return
        had_focus = any(item.hasFocus() for item in self._items.values())
        order = [row.guid for row in self._rows]
        at = order.index(self.current) if self.current in order else 0
        same = bool(self._rows and rows and self._rows[0].relation == rows[0].relation)
        across = self._area.horizontalScrollBar().value() if same else 0
        down = {one.case: one.area.verticalScrollBar().value() for one in self._made} if same else {}
        self._withdrawn, self._rows = withdrawn, tuple(rows)
        wanted = self.current
        self._build()
        guids = [row.guid for row in rows]
        if wanted not in guids:
            wanted = guids[min(at, len(guids) - 1)] if guids else ""
        self._set_current(wanted)
        self._fill_seen()
        if had_focus and wanted:
            self._go_to(wanted)
        QTimer.singleShot(0, self, lambda: self._scroll_back(across, down))

    def _build(self) -> None:
        for old in self._items.values():
            old.blockSignals(True)  # the keyboard wanders through them as they go
        self._items, self._made = {}, []
        while item := self._columns.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, (name, pieces) in enumerate(groupby(self._rows, key=_case)):
            if number:
                self._columns.addWidget(Line(self._inside, upright=True))
            column = CaseColumn(name, list(pieces), self._connect, self._inside)
            self._made.append(column)
            self._columns.addWidget(column, 1)
        if not self._rows:
            self._columns.addWidget(self._nothing(), 1)
        count = len(self._made)
        self.cases.setVisible(count >= _MANY)
        self.cases.setText(_("{n} cases …").format(n=count))

    def _nothing(self) -> QWidget:
        page = QWidget(self._inside)
        page.setObjectName("no_evidence")
        words = small(
            _("No evidence yet. Take a passage at the right with S, W or E, or select one in a transcript.")
            if not self._withdrawn
            else ngettext(
                "Its evidence was withdrawn ({n} piece): a consent was taken back. There is no other.",
                "Its evidence was withdrawn ({n} pieces): a consent was taken back. There is no other.",
                self._withdrawn,
            ).format(n=self._withdrawn),
            page,
            wrap=True,
        )
        box = QVBoxLayout(page)
        box.setContentsMargins(px(16), px(12), px(16), px(12))
        box.addWidget(words)
        box.addStretch(1)
        return page

    def _connect(self, item: EvidenceItem) -> None:
        item.focused.connect(self._set_current)
        item.moved.connect(self._step)
        item.sideways.connect(self._sideways)
        item.to_end.connect(self._to_end)
        item.key_pressed.connect(self._key)
        item.menu_wanted.connect(self._menu)
        item.opened.connect(lambda guid: self._acts.jump(self._items[guid].row))
        item.set_current(item.row.guid == self.current)
        self._items[item.row.guid] = item

    def _fill_seen(self) -> None:
        """Makes the pieces of the columns that are in sight, or soon will be."""
        left = self._area.horizontalScrollBar().value()
        right = left + self._area.viewport().width()
        for number, column in enumerate(self._made):
            width = max(column.width(), column.minimumWidth()) + 1
            begin = column.x() if self.isVisible() and column.x() else number * width
            if begin < right + width and begin + width > left - width:
                column.fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_seen()

    def _scroll_back(self, across: int, down: dict[str, int]) -> None:
        self._area.horizontalScrollBar().setValue(across)
        for column in self._made:
            if value := down.get(column.case):
                column.area.verticalScrollBar().setValue(value)

    # -- the current piece ----------

    def _set_current(self, guid: str) -> None:
        changed = guid != self.current
        self.current = guid
        for known, item in self._items.items():
            item.set_current(known == guid)
        if changed:
            self.turned_to.emit(guid)

    def focus_current(self) -> None:
        """The keyboard goes to the current piece."""
        if any(row.guid == self.current for row in self._rows):
            self._go_to(self.current)

    @property
    def focused(self) -> EvidenceRow | None:
        """The piece that has the keyboard."""
        return next((item.row for item in self._items.values() if item.hasFocus()), None)

    def _column_of(self, guid: str) -> int:
        return next(n for n, one in enumerate(self._made) if any(row.guid == guid for row in one.rows))

    def _go_to(self, guid: str) -> None:
        """Brings a piece into sight and gives it the keyboard."""
        column = self._made[self._column_of(guid)]
        column.fill_to(guid)
        item = self._items[guid]
        self._set_current(guid)  # a window in the background gets the keyboard later
        item.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bring(column, item)
        QTimer.singleShot(0, item, lambda: self._bring(column, item))  # once new pieces have their places

    def _bring(self, column: CaseColumn, item: EvidenceItem) -> None:
        self._area.ensureWidgetVisible(column, 0, 0)
        column.area.ensureWidgetVisible(item, 0, px(4))

    def _step(self, guid: str, by: int) -> None:
        order = [row.guid for row in self._rows]
        at = order.index(guid) + by
        if 0 <= at < len(order):
            self._go_to(order[at])

    def _sideways(self, guid: str, by: int) -> None:
        at = self._column_of(guid)
        place = [row.guid for row in self._made[at].rows].index(guid)
        if 0 <= at + by < len(self._made):
            rows = self._made[at + by].rows
            self._go_to(rows[min(place, len(rows) - 1)].guid)

    def _to_end(self, guid: str, which: int) -> None:
        rows = self._made[self._column_of(guid)].rows
        self._go_to(rows[0 if which < 0 else -1].guid)

    def ask_case(self) -> None:
        """Lists the cases; the chosen one comes into sight."""
        rows = [
            Choice(str(number), one.title.text(), detail=tally(one.rows))
            for number, one in enumerate(self._made)
        ]
        choose(self, _("To which case?"), rows, lambda key: self._go_to(self._made[int(key)].rows[0].guid))

    # -- acts ----------

    def _key(self, guid: str, key: int) -> None:
        row = self._items[guid].row
        if Qt.Key(key) in POLARITIES:
            self._acts.set_polarity(guid, POLARITIES[Qt.Key(key)])
        elif key == Qt.Key.Key_K:
            self._acts.set_kind(guid, "inferred" if row.kind == "spoken" else "spoken")
        elif key == Qt.Key.Key_F2:
            self._acts.write_note(row)
        else:
            self._acts.remove_evidence(guid)

    def take_off(self) -> None:
        """Asks which passage of the current piece goes; with one alone the piece goes."""
        row = next((row for row in self._rows if row.guid == self.current), None)
        if row is None:
            return
        if len(row.segments) == 1:
            self._acts.remove_evidence(row.guid)
            return
        rows = [
            Choice(one.guid, quoted(spoken(one)), below=paragraphs_cited(one), quote=True)
            for one in row.segments
        ]
        choose(self, _("Which passage is taken off?"), rows, lambda key: self._acts.take_off(row, key))

    def _menu(self, guid: str, at: QPoint) -> None:
        menu = evidence_menu(self, self._acts, self._items[guid].row)
        if len(self._items[guid].row.segments) > 1:
            self._set_current(guid)
            menu.insertAction(menu.actions()[-1], menu.addAction(_("Take a passage off…"), self.take_off))
        menu.popup(at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()


def _case(row: EvidenceRow) -> str:
    """The names of the cases a piece is from."""
    return ", ".join(dict.fromkeys(s.case_name for s in row.segments if s.case_name))
