"""The evidence of a relation in columns, one a case: quotation, citation, sign and words of its polarity."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import EvidenceRow, SegmentRow
from qda.i18n import _, ngettext
from qda.ui.axial.acts import Acts
from qda.ui.axial.menus import evidence_menu
from qda.ui.axial.segmented import Sign
from qda.ui.axial.words import POLARITY_KEYS, kind_word, polarity_word, tally
from qda.ui.fonts import QUOTE, px, reading_font
from qda.ui.surfaces import Line, on_panel, scrolled, section, small
from qda.ui.theme import tokens_of

POLARITIES = {Qt.Key(ord(letter)): polarity for letter, polarity in POLARITY_KEYS.items()}
_CHANGING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_K)
_COLUMN = 250


def quotation(row: EvidenceRow) -> str:
    """The words of all passages of a piece."""
    return " ".join(quoted(spoken(segment)) for segment in row.segments)


def place(row: EvidenceRow) -> str:
    """Where the passages of a piece stand."""
    return "; ".join(dict.fromkeys(paragraphs_cited(segment) for segment in row.segments))


class EvidenceItem(QWidget):
    """One piece of evidence; a stop of the keyboard."""

    focused = Signal(str)
    moved = Signal(str, int)  # guid, step
    key_pressed = Signal(str, int)
    menu_wanted = Signal(str, object)
    opened = Signal(str)

    def __init__(self, row: EvidenceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._current = False
        self.setObjectName(f"evidence_{row.guid}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        words = f"{polarity_word(row.polarity)} · {kind_word(row.kind)}"
        cited = f"{place(row)} · {words}"
        self.setAccessibleName(", ".join(part for part in (quotation(row), cited, row.note) if part))
        quote = QLabel(quotation(row), self)
        quote.setFont(reading_font(QUOTE))
        quote.setWordWrap(True)
        quote.setTextFormat(Qt.TextFormat.PlainText)
        right = QVBoxLayout()
        right.setSpacing(px(1))
        right.addWidget(quote)
        right.addWidget(self._quiet(cited))
        if row.note:
            right.addWidget(self._quiet(row.note))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), px(4), px(8), px(5))
        line.setSpacing(px(7))
        line.addWidget(Sign(row.polarity, self), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(right, 1)

    def _quiet(self, words: str) -> QLabel:
        label = small(words, self, wrap=True)
        label.setProperty("minor", False)
        label.setProperty("quiet", True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def passages_in_hand(self) -> list[SegmentRow]:
        """Its passages, to be cited."""
        return list(self.row.segments)

    def set_current(self, current: bool) -> None:
        """The one that keys and panels speak of."""
        if current != self._current:
            self._current = current
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.row.guid)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit(self.row.guid)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.row.guid, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(self.row.guid, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.row.guid)
        elif key in _CHANGING or key in POLARITIES:
            self.key_pressed.emit(self.row.guid, event.key())
        elif key == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self.row.guid, self.mapToGlobal(QPoint(px(20), self.height())))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), tokens_of(self)
        if self._current or self.hasFocus():
            painter.fillRect(self.rect(), QColor(theme.list_selection))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(theme.hover))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class EvidenceColumns(QWidget):
    """All evidence of one relation, and at the right what can be added."""

    turned_to = Signal(str)  # a piece became the current one

    def __init__(self, acts: Acts, adding: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self._rows: tuple[EvidenceRow, ...] = ()
        self._items: dict[str, EvidenceItem] = {}
        self._searches: tuple[tuple[str, str, str, object], ...] = ()
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
        on_panel(self._inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._area, 3)
        row.addWidget(Line(self, upright=True))
        row.addWidget(adding, 1)

    def show_evidence(
        self,
        rows: Sequence[EvidenceRow],
        searches: Sequence[tuple[str, str, str, object]],
        *,
        withdrawn: int = 0,
    ) -> None:
        """Shows the evidence of a relation; the current piece stays current where it is still there.

        ``withdrawn``: how many pieces went with a withdrawn consent.
        """
        same = tuple(rows) == self._rows and tuple(searches) == self._searches
        if same and withdrawn == self._withdrawn and self._columns.count():
            return
        self._withdrawn = withdrawn
        had_focus = any(item.hasFocus() for item in self._items.values())
        order = list(self._items)
        at = order.index(self.current) if self.current in order else 0
        self._rows, self._searches, self._items = tuple(rows), tuple(searches), {}
        while item := self._columns.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        groups = groupby(rows, key=self._case)
        for number, (name, pieces) in enumerate(groups):
            if number:
                self._columns.addWidget(Line(self._inside, upright=True))
            self._columns.addWidget(self._column(name, list(pieces)), 1)
        if not rows:
            self._columns.addWidget(self._nothing(), 1)
        guids = [row.guid for row in rows]
        wanted = self.current
        if wanted not in self._items:
            wanted = guids[min(at, len(guids) - 1)] if guids else ""
        self._set_current(wanted)
        if had_focus and wanted:
            self._items[wanted].setFocus()

    def _case(self, row: EvidenceRow) -> str:
        names = dict.fromkeys(s.case_name for s in row.segments if s.case_name)
        return ", ".join(names)

    def _column(self, case: str, rows: list[EvidenceRow]) -> QWidget:
        column = QWidget(self._inside)
        column.setMinimumWidth(px(_COLUMN))
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(14), px(2))
        title = _("Case {name}").format(name=case) if case else _("Without a case")
        head.addWidget(section(title, column))
        head.addStretch(1)
        head.addWidget(small(tally(rows), column))
        inside = QWidget(column)
        pieces = QVBoxLayout(inside)
        pieces.setContentsMargins(px(8), 0, px(8), px(6))
        pieces.setSpacing(0)
        for row in rows:
            pieces.addWidget(self._item(row, inside))
        pieces.addStretch(1)
        on_panel(inside)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(scrolled(inside), 1)
        return column

    def _nothing(self) -> QWidget:
        page = QWidget(self._inside)
        page.setObjectName("no_evidence")
        words = small(
            _("No evidence yet. Select a passage in a transcript, or choose from those of both codes.")
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

    def _item(self, row: EvidenceRow, parent: QWidget) -> EvidenceItem:
        item = EvidenceItem(row, parent)
        item.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        item.focused.connect(self._set_current)
        item.moved.connect(self._step)
        item.key_pressed.connect(self._key)
        item.menu_wanted.connect(self._menu)
        item.opened.connect(lambda guid: self._acts.jump(self._items[guid].row))
        self._items[row.guid] = item
        return item

    def _set_current(self, guid: str) -> None:
        changed = guid != self.current
        self.current = guid
        for known, item in self._items.items():
            item.set_current(known == guid)
        if changed:
            self.turned_to.emit(guid)

    def focus_current(self) -> None:
        """The keyboard goes to the current piece."""
        if self.current in self._items:
            self._items[self.current].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def focused(self) -> EvidenceRow | None:
        """The piece that has the keyboard."""
        return next((item.row for item in self._items.values() if item.hasFocus()), None)

    def _step(self, guid: str, by: int) -> None:
        order = list(self._items)
        at = order.index(guid) + by
        if 0 <= at < len(order):
            self._items[order[at]].setFocus()
            above: QWidget | None = self._items[order[at]].parentWidget()
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self._items[order[at]], 0, px(4))

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

    def _menu(self, guid: str, at: QPoint) -> None:
        evidence_menu(self, self._acts, self._items[guid].row).popup(at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
