"""The field for a code's name, below the selection: type, Enter.

Enter takes the row that is lit: the best code whose name holds all typed words, else the new code.
Ctrl+Enter makes a new code, with "Parent > Child" under that parent; Shift keeps the field open for
another; Tab completes; Esc leaves the selection as it was.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.theme import tokens_of
from qda.ui.transcript.code_list import FieldDelegate, FieldModel, FieldRow, Kind, row_height
from qda.ui.transcript.code_search import SEPARATOR, CodeSearch, Hit
from qda.ui.transcript.rows import CodeChoice, Suggestion

WIDTH: Final = 336
_HITS: Final = 7
_HITS_WITH_SUGGESTIONS: Final = 3
_SUGGESTIONS: Final = 3


class CodeField(QFrame):
    """A popup that asks for one code or several for the selection."""

    chosen = Signal(str)  # the guid of an existing code
    created = Signal(str)  # the name of a new one, with its parent's path: "Parent > Child"
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("code_field")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._search = CodeSearch(())
        self._suggestions: tuple[Suggestion, ...] = ()
        self._taken: dict[str, str] = {}  # guid to name, of this opening
        self.line = QLineEdit(self)
        self.line.setObjectName("code_field_line")
        self.line.setAccessibleName(_("Code for the selection"))
        self._hint = QLabel(_("Code for the selection"), self.line)
        self._hint.setProperty("minor", True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.model = FieldModel(self)
        self.list = QListView(self)
        self._set_up_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, px(8), 1, px(4))
        layout.setSpacing(px(6))
        field = QVBoxLayout()
        field.setContentsMargins(px(8), 0, px(8), 0)
        field.addWidget(self.line)
        layout.addLayout(field)
        layout.addWidget(self.list)
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)

    def _set_up_list(self) -> None:
        self.list.setObjectName("code_field_list")
        self.list.setAccessibleName(_("Codes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(FieldDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMouseTracking(True)
        self.list.entered.connect(self._light)
        self.list.clicked.connect(lambda index: self._take(self.model.row(index), stay=False))
        self.list.selectionModel().currentChanged.connect(self._say)

    def set_choices(self, choices: Sequence[CodeChoice]) -> None:
        """The codes to choose from, in the order to show them before anything is typed."""
        self._search = CodeSearch(choices)

    def set_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """What is offered on top for the selected words; without any there is no such section."""
        self._suggestions = tuple(suggestions[:_SUGGESTIONS])

    def open_at(self, selection: QRect, right_edge: int, text: str = "") -> None:
        """Opens below ``selection`` (above it where the screen ends), its right edge at ``right_edge``."""
        self._taken.clear()
        self.setFixedWidth(px(WIDTH))
        self.line.setText(text)
        self._fill()
        self._at, self._right_edge = selection, right_edge
        self._place()
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        free = (self.parentWidget() or self).screen().availableGeometry()
        height = self.sizeHint().height()
        left = min(max(self._right_edge - self.width(), free.left()), free.right() - self.width())
        top = self._at.bottom() + px(8)
        if top + height > free.bottom():
            top = max(free.top(), self._at.top() - px(8) - height)
        self.move(left, top)

    @property
    def current(self) -> FieldRow | None:
        """The row that Enter takes."""
        index = self.list.currentIndex()
        return self.model.row(index) if index.isValid() else None

    # rows

    def _fill(self) -> None:
        query = self._typed()
        most = _HITS_WITH_SUGGESTIONS if self._suggestions else _HITS
        hits = self._search.rank(query, most, without=frozenset(self._taken))
        rows = [*self._suggested(), *self._found(hits)]
        if query and self._search.named(query) is None:
            rows.append(FieldRow(Kind.NEW, query))
        self.model.set_rows(rows)
        self._light(self.model.index(self._first(query)))
        self._fit(rows)

    def _typed(self) -> str:
        return " ".join(self.line.text().split())

    def _suggested(self) -> list[FieldRow]:
        left = [one for one in self._suggestions if one.guid not in self._taken]
        rows = [
            FieldRow(
                Kind.SUGGESTION,
                *(one.name, one.guid, one.colour, one.in_vivo),
                below=one.reason,
                beside="" if one.guid else _("new"),
            )
            for one in left
        ]
        return [FieldRow(Kind.SECTION, _("Suggestions")), *rows] if rows else []

    def _found(self, hits: Sequence[Hit]) -> list[FieldRow]:
        rows = [_code_row(hit) for hit in hits]
        return [FieldRow(Kind.SECTION, _("Codes")), *rows] if rows and self._suggestions else rows

    def _first(self, query: str) -> int:
        """The row lit at once: a suggestion before typing, then a sure hit, else the new code."""
        rows = self.model.rows
        for at, row in enumerate(rows):
            if row.is_code and row.sure and (row.kind is not Kind.SUGGESTION or not query):
                return at
        return next((at for at, row in enumerate(rows) if row.is_code), 0)

    def _fit(self, rows: Sequence[FieldRow]) -> None:
        self.list.setFixedHeight(sum(row_height(row) for row in rows) if rows else 0)
        self.list.setVisible(bool(rows))
        self._hint.setFont(ui_font(SMALL))
        room = self.line.width() - QFontMetrics(self.line.font()).horizontalAdvance(self.line.text())
        self._hint.setVisible(room > self._hint.sizeHint().width() + px(40))
        self.adjustSize()
        if self.isVisible():
            self._place()  # more rows than before may not fit below

    def _light(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.row(index).is_code:
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _say(self, index: QModelIndex) -> None:
        # the focus stays in the line; so a screen reader hears there what is lit
        self.line.setAccessibleDescription(self.model.data(index) or "")

    def _move(self, step: int) -> None:
        rows = self.model.rows
        places = [at for at, row in enumerate(rows) if row.is_code]
        if not places:
            return
        here = self.list.currentIndex().row()
        at = places.index(here) if here in places else -1
        self._light(self.model.index(places[(at + step) % len(places)]))

    # acts

    def _take(self, row: FieldRow | None, *, stay: bool) -> None:
        if row is None or not row.is_code:
            return
        if not stay:
            self.close()
        if row.guid:
            self.chosen.emit(row.guid)
        else:
            self.created.emit(_normal(row.name))
        if stay:
            self._taken[row.guid or row.name] = row.name
            self.line.clear()
            self._show_taken()

    def _create(self, *, stay: bool) -> None:
        name = self._typed()
        if not name:
            return
        known = self._search.named(name)
        self._take(_code_row(Hit(known)) if known else FieldRow(Kind.NEW, name), stay=stay)

    def _show_taken(self) -> None:
        self._hint.setText("✓ " + ", ".join(self._taken.values()))
        width = QFontMetrics(ui_font(SMALL)).elidedText(
            self._hint.text(), Qt.TextElideMode.ElideLeft, self.line.width() - px(60)
        )
        self._hint.setText(width)
        self._place_hint()
        self._fill()

    def _complete(self) -> None:
        row = self.current
        if row and row.kind is not Kind.NEW:
            self.line.setText(row.name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        stay = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self._create(stay=stay)
            else:
                self._take(self.current, stay=stay)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Tab:
            self._complete()
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    # look

    def _place_hint(self) -> None:
        self._hint.adjustSize()
        left = self.line.width() - self._hint.width() - px(9)
        self._hint.move(left, (self.line.height() - self._hint.height()) // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hint.setText(_("Code for the selection"))
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self)
        painter.setPen(QPen(QColor(colours.control_frame), 1))
        painter.setBrush(QColor(colours.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))


def _code_row(hit: Hit) -> FieldRow:
    choice = hit.choice
    parent = choice.path.rpartition(SEPARATOR)[0].strip()
    return FieldRow(
        Kind.CODE,
        *(choice.name, choice.guid, choice.colour, choice.in_vivo, hit.parts),
        beside=parent,
        sure=hit.sure,
        key=choice.key,
    )


def _normal(name: str) -> str:
    """ "A>B" as "A > B"."""
    return f" {SEPARATOR} ".join(part.strip() for part in name.split(SEPARATOR) if part.strip())
