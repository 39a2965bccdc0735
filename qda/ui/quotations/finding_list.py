"""The quotations of a text as a list: what is the matter, the words, where they stand."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.coding.citation import quoted
from qda.coding.quotations.findings import ERRORS, Finding, Piece, state_name
from qda.i18n import _
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.theme import Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
FINDING: Final = Qt.ItemDataRole.UserRole
_LINE: Final = 20
_SIGNS: Final = ".,;:!?…“”„‚‘’\"'»«›‹() "
_HIGH: Final = 3 * _LINE + 12


def state_words(finding: Finding) -> str:
    """All states of a finding, the gravest first."""
    return ", ".join(map(state_name, finding.states))


def state_ink(finding: Finding, colours: Tokens) -> str:
    """The colour in which its states are written."""
    if finding.state in ERRORS:
        return colours.notice
    return colours.verified if finding.state == "right" else colours.secondary


class FindingModel(QAbstractListModel):
    """Findings in the order of the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()

    def show(self, findings: Sequence[Finding]) -> None:
        """Other findings."""
        self.beginResetModel()
        self.findings = tuple(findings)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.findings[index.row()]
        if role == FINDING:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = f"{state_words(one)}: {quoted(one.quotation)} {one.citation}, {one.place.words}"
            return f"{words} {to_do(one)}" if one.state in ERRORS else words
        return None


def to_do(finding: Finding) -> str:
    """In a line what is to be put right; the heading above where nothing is."""
    if finding.right:
        return f"→ {finding.right}"
    if finding.state in ("text", "name") and finding.difference:
        changes = [_change(finding.difference, at) for at in range(len(finding.difference))]
        return "→ " + " · ".join(change for change in changes if change)
    return finding.place.heading if finding.state == "right" else finding.sentence


def _change(pieces: Sequence[Piece], at: int) -> str:
    """“Protokoll” for “Akten”; nothing where a change does not begin."""
    one, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
    words = one.text.strip(_SIGNS)
    if one.kind == "gone":
        if after is not None and after.kind == "new":
            return _("“{right}” for “{wrong}”").format(right=words, wrong=after.text.strip(_SIGNS))
        return _("“{words}” is missing").format(words=words)
    if one.kind == "new" and (at == 0 or pieces[at - 1].kind != "gone"):
        return _("“{words}” is too much").format(words=words)
    return ""


class _Rows(QStyledItemDelegate):
    """State and place on the first line, then the quotation with its citation, then what is to be done."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(200), px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Finding = index.data(FINDING)
        colours, area = tokens_of(option.widget), QRect(option.rect)
        painter.save()
        painter.setClipRect(area)
        if option.state & QStyle.StateFlag.State_Selected:
            lit = option.widget.hasFocus()
            painter.fillRect(area, QColor(colours.list_selection if lit else colours.hover))
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(colours.hover))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(colours.separator))
        inner = area.adjusted(px(16), px(6), -px(12), -px(6))
        self._first_line(painter, QRect(inner.left(), inner.top(), inner.width(), px(_LINE)), one, colours)
        self._words(painter, inner.adjusted(0, px(_LINE), 0, 0), one, colours)
        painter.restore()

    @staticmethod
    def _first_line(painter: QPainter, line: QRect, one: Finding, colours: Tokens) -> None:
        small = ui_font(SMALL)
        place = one.place.words
        width = min(QFontMetrics(small).horizontalAdvance(place) + px(4), line.width() // 2)
        painter.setFont(small)
        painter.setPen(QColor(colours.minor))
        right = QRect(line.right() - width, line.top(), width, line.height())
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, place)
        font = ui_font(semibold=True)
        painter.setFont(font)
        painter.setPen(QColor(state_ink(one, colours)))
        room = line.width() - width - px(8)
        words = QFontMetrics(font).elidedText(state_words(one), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    @staticmethod
    def _words(painter: QPainter, area: QRect, one: Finding, colours: Tokens) -> None:
        font = reading_font(QUOTE)
        metrics = QFontMetrics(font)
        words = " ".join(f"{quoted(' '.join(one.quotation.split()))} {one.citation}".split())
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        place = QRect(area.left(), area.top(), area.width(), px(_LINE))
        painter.drawText(place, align, metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width()))
        small = ui_font(SMALL)
        painter.setFont(small)
        painter.setPen(QColor(colours.secondary))
        words = QFontMetrics(small).elidedText(to_do(one), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(place.translated(0, px(_LINE)), align, words)


class FindingList(QListView):
    """Enter or a double click leads to the text (``wanted``); ``chosen`` is what is in hand."""

    wanted = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FindingModel(self)
        self._empty = ""
        self.setObjectName("quotation_findings")
        self.setAccessibleName(_("Quotations"))
        self.setModel(self.rows)
        self.setItemDelegate(_Rows(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self.lead())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.finding))

    @property
    def finding(self) -> Finding | None:
        """What is in hand."""
        index = self.currentIndex()
        return index.data(FINDING) if index.isValid() else None

    def show_findings(self, findings: Sequence[Finding], *, empty: str, row: int = 0) -> None:
        """Other findings, with one of them in hand; ``empty`` is said where there are none."""
        self._empty = empty
        self.setAccessibleDescription(empty if not findings else "")
        self.rows.show(findings)
        if findings:
            self.setCurrentIndex(self.rows.index(min(row, len(findings) - 1)))
        else:
            self.chosen.emit(None)
        self.viewport().update()

    def lead(self) -> None:
        """To the text, where the words of the quotation in hand stand in one."""
        if self.finding is not None:
            self.wanted.emit(self.finding)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(tokens_of(self).secondary))
            area = self.viewport().rect().adjusted(px(16), px(20), -px(16), -px(16))
            painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._empty)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.lead()
        else:
            super().keyPressEvent(event)
