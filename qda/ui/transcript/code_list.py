"""The rows under the code field: sections, codes, the new code; model and painting."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.keycap import keycap
from qda.ui.theme import Tokens
from qda.ui.transcript.margin import shown_name

Index = QModelIndex | QPersistentModelIndex
_ROW, _TALL, _SECTION = 26, 43, 24


class Kind(Enum):
    """What a row is."""

    SECTION = "section"
    SUGGESTION = "suggestion"
    CODE = "code"
    NEW = "new"
    PARENT = "parent"  # a code under which the new one is put


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One row. ``parts`` are the matched stretches of ``name``; ``below`` is a second line.

    ``written``: what stands for a new code ("Parent > Name"), or the path of one that there is; ``given``:
    the passage has the code already.
    """

    kind: Kind
    name: str
    guid: str = ""
    colour: int = 0
    in_vivo: bool = False
    parts: tuple[tuple[int, int], ...] = ()
    below: str = ""
    beside: str = ""  # at the right end: a count, a place in the tree
    sure: bool = True
    key: int = 0  # the digit that codes with it
    written: str = ""
    given: bool = False
    leads: bool = False  # the second line leads to a passage

    @property
    def is_code(self) -> bool:
        """True where Enter can take it."""
        return self.kind is not Kind.SECTION


class FieldModel(QAbstractListModel):
    """The rows as a list; read by the delegate through :meth:`row`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[FieldRow, ...] = ()

    def set_rows(self, rows: Sequence[FieldRow]) -> None:
        """Shows ``rows``."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """All rows, from the top."""
        return self._rows

    def row(self, index: Index) -> FieldRow:
        """The row at ``index``."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self._rows[index.row()].is_code:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if row.kind is Kind.NEW:
                return f"{new_words(row.name)} {row.beside}".strip()
            name = shown_name(row.name, row.in_vivo)
            if row.kind is Kind.SUGGESTION:  # nothing but words tells a screen reader what it is
                told = (_("suggestion: {name}").format(name=name), row.beside, row.below)
                name = ", ".join(part for part in told if part)
            return f"{name}, {_('has it already')}" if row.given else name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            key = _("key {key}").format(key=row.key) if row.key else ""
            if row.kind is Kind.SUGGESTION:
                key = _("suggestion")
            given = _("The passage has this code already") if row.given else ""
            return ", ".join(part for part in (given, row.below, row.beside, key) if part) or None
        return None


def new_words(name: str) -> str:
    """The words of the row that makes a code."""
    return _("New code “{name}”").format(name=name)


class FieldDelegate(QStyledItemDelegate):
    """Paints a row: chip, name with the typed letters in accent, what stands beside and below."""

    adds = False  # the row that is lit has a plus at its right end, which takes it and one more

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), row_height(_row_of(index)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row_of(index)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = theme.tokens_of(option.widget)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if row.kind is Kind.SECTION:
            _section(painter, area, row, colours, first=index.row() == 0)
        else:
            if chosen:
                painter.fillRect(area, QColor(colours.list_selection))
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
            if chosen and self.adds and row.kind is not Kind.PARENT:
                keycap(painter, plus_place(area), "+", colours)
                if row.kind is Kind.SUGGESTION:
                    keycap(painter, pass_place(area), "×", colours)
                area = area.adjusted(0, 0, -px(24), 0)
            _code(painter, area, row, colours, chosen=chosen)
        painter.restore()


def plus_place(row: QRect) -> QRect:
    """Where the plus stands in a row, in its first line."""
    return QRect(row.right() - px(30), row.top(), px(22), min(row.height(), px(_ROW)))


def pass_place(row: QRect) -> QRect:
    """Where the sign stands that passes a suggestion, below the plus."""
    return QRect(row.right() - px(30), row.top() + px(_ROW - 4), px(22), row.height() - px(_ROW - 4))


def reason_place(row: QRect) -> QRect:
    """The second line of a suggestion."""
    return QRect(row.left() + px(34), row.top() + px(_ROW - 4), row.width() - px(68), px(20))


def _row_of(index: Index) -> FieldRow:
    model = index.model()
    assert isinstance(model, FieldModel)  # the delegate serves no other
    return model.row(index)


def row_height(row: FieldRow) -> int:
    """The height of a row."""
    if row.kind is Kind.SECTION:
        return px(_SECTION)
    if row.kind is Kind.NEW:
        return px(_ROW + 6)
    return px(_TALL if row.below else _ROW)


def _section(painter: QPainter, area: QRect, row: FieldRow, colours: Tokens, *, first: bool) -> None:
    if not first:
        painter.fillRect(area.left(), area.top() + 1, area.width(), 1, QColor(colours.separator))
    painter.setFont(ui_font(SMALL))
    painter.setPen(QColor(colours.minor))
    inner = area.adjusted(px(16), px(4), -px(16), 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.name)


def _code(painter: QPainter, area: QRect, row: FieldRow, colours: Tokens, *, chosen: bool) -> None:
    line = QRect(area.left(), area.top(), area.width(), px(_ROW))
    if row.kind is Kind.NEW:
        painter.fillRect(area.left(), area.top() + 1, area.width(), 1, QColor(colours.separator))
        line = area.adjusted(0, 2, 0, 0)
        beside = row.beside or (_("Enter") if chosen else _("Alt+Enter"))
        left, words = area.left() + px(16), new_words(row.name)
    else:
        beside = _("Enter") if chosen else row.beside
        if chosen and row.kind is Kind.SUGGESTION and row.beside:
            beside = f"{row.beside} · {beside}"
        left, words = area.left() + px(34), shown_name(row.name, row.in_vivo)
        _chip(painter, line, row, colours)
    if row.given:
        beside = f"✓ {beside}"
    right = area.right() - px(16)
    if row.key:
        right = keycap(painter, QRect(left, line.top(), right - left, line.height()), str(row.key), colours)
    small = figures(ui_font(SMALL))
    painter.setFont(small)
    painter.setPen(QColor(colours.minor))
    width = QFontMetrics(small).horizontalAdvance(beside)
    width = min(width, (right - left) // 2)
    from_left = row.kind is not Kind.NEW  # of a path the end counts, of a parent's name the beginning
    cut = Qt.TextElideMode.ElideLeft if from_left else Qt.TextElideMode.ElideRight
    beside = QFontMetrics(small).elidedText(beside, cut, width + 1)
    place = QRect(right - width, line.top(), width, line.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, beside)
    room = QRect(left, line.top(), right - width - px(8) - left, line.height())
    _name(painter, room, words, _shifted(row, words), colours, italic=row.in_vivo)
    if row.below:
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.accent if row.leads and chosen else colours.secondary))
        reason = QRect(left, area.top() + px(21), right - left, px(18))
        text = QFontMetrics(ui_font(SMALL)).elidedText(row.below, Qt.TextElideMode.ElideRight, reason.width())
        painter.drawText(reason, Qt.AlignmentFlag.AlignVCenter, text)


def _chip(painter: QPainter, line: QRect, row: FieldRow, colours: Tokens) -> None:
    side = px(10)
    chip = QRect(line.left() + px(16), line.center().y() - side // 2 + 1, side, side)
    if row.kind is Kind.SUGGESTION:  # no code's colour: nothing is coded with it
        painter.setPen(QPen(QColor(colours.control_frame), 1, Qt.PenStyle.DashLine))
        painter.drawRect(chip.adjusted(0, 0, -1, -1))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.code_colour(row.colour, colours.dark))
    painter.drawRoundedRect(chip, 2, 2)


def _shifted(row: FieldRow, words: str) -> tuple[tuple[int, int], ...]:
    """The matched stretches in the words as shown, which may have a quotation mark in front."""
    if row.kind is Kind.NEW:
        return ()
    shift = max(0, words.find(row.name))
    return tuple((start + shift, stop + shift) for start, stop in row.parts)


def _name(
    painter: QPainter,
    room: QRect,
    words: str,
    parts: Sequence[tuple[int, int]],
    colours: Tokens,
    *,
    italic: bool,
) -> None:
    plain, bold = ui_font(italic=italic), ui_font(italic=italic, semibold=True)
    words = QFontMetrics(plain).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    cuts = sorted({0, len(words), *(min(cut, len(words)) for part in parts for cut in part)})
    left = room.left()
    for start, stop in pairwise(cuts):
        matched = any(begin <= start and stop <= end for begin, end in parts)
        font = bold if matched else plain
        painter.setFont(font)
        painter.setPen(QColor(colours.accent if matched else colours.text))
        piece = words[start:stop]
        width = QFontMetrics(font).horizontalAdvance(piece)
        place = QRect(left, room.top(), width + 2, room.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, piece)
        left += width
