"""The field for a code's name, below the selection: type, Enter. Or several codes at once.

Enter takes the row that is lit: the best code whose name holds all typed words, else the new code.
Ctrl+Enter (a comma, a plus after a blank, the plus in the row, a click with Ctrl) chooses it and goes on;
Enter gives all that was chosen in one act. Backspace in the empty line takes the last one off, a click on a
chip that one.
"Parent > Name" makes a new code below another, Ctrl+P asks for the parent; Alt+Enter makes a new code of what
is typed. Quotation marks keep a comma in a name. Tab completes; Esc leaves the selection as it was.

Suggestions stand above the codes, suggested names below them. On one that is lit the Right arrow key (or a
click on its reason) reads the passage that it is likened to, Delete (or the cross) passes it. They come in
only until one types or moves: after that nothing shifts any more.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import LinkButton
from qda.ui.theme import tokens_of
from qda.ui.transcript.code_chips import Chips, Chosen
from qda.ui.transcript.code_list import (
    FieldDelegate,
    FieldModel,
    FieldRow,
    Kind,
    pass_place,
    plus_place,
    reason_place,
    row_height,
)
from qda.ui.transcript.code_rows import RowMaker, bare, first_lit, is_quoted
from qda.ui.transcript.code_search import SEPARATOR, split_parent
from qda.ui.transcript.rows import CodeChoice, Suggestion

WIDTH: Final = 336
_Key = Qt.Key
_Mod = Qt.KeyboardModifier


class CodeField(QFrame):
    """A popup that asks for one code or several for the selection."""

    taken = Signal(list)  # the guids of codes, and what is to be written for new ones ("Parent > Child")
    closed = Signal()
    reason_wanted = Signal(object)  # the passage that a suggestion is likened to is to be read
    passed = Signal(object)  # a suggestion is not wanted for this passage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("code_field")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._maker = RowMaker()
        self._several = True
        self._child = ""  # the name of the new code whose parent is asked for
        self._pressed, self._with_control = QPoint(), False  # of the last press in the list
        self._touched = False  # since it was opened: something was typed, or another row was lit
        self.chips = Chips(self)
        self.chips.changed.connect(self._chips_changed)
        self.line = QLineEdit(self)
        self.line.setObjectName("code_field_line")
        self.line.setAccessibleName(_("Code for the selection"))
        self._hint = QLabel(_("Code for the selection"), self.line)
        self._hint.setProperty("minor", True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.model = FieldModel(self)
        self.list = QListView(self)
        self._delegate = FieldDelegate(self.list)
        self._set_up_list()
        self.parent_link = LinkButton(_("Parent…"), "code_field_parent", self)
        self.parent_link.setToolTip(_("Choose the parent of the new code (Ctrl+P)"))
        self.give = QPushButton(self)
        self.give.setObjectName("code_field_give")
        self._foot = self._make_foot()
        self._told = QLabel(self)
        self._told.setObjectName("code_field_keys")
        self._told.setProperty("minor", True)
        self._told.setFont(ui_font(SMALL))
        self._told.setContentsMargins(px(16), 0, px(16), px(4))
        self._lay_out()
        self.line.textChanged.connect(lambda _text: self._fill())
        self.line.installEventFilter(self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, px(8), 1, px(4))
        layout.setSpacing(px(6))
        field = QVBoxLayout()
        field.setContentsMargins(px(8), 0, px(8), 0)
        field.setSpacing(px(6))
        field.addWidget(self.chips)
        field.addWidget(self.line)
        layout.addLayout(field)
        layout.addWidget(self.list)
        layout.addWidget(self._foot)
        layout.addWidget(self._told)

    def _make_foot(self) -> QWidget:
        """What a mouse needs: the parent of a new code, and giving the codes that were chosen."""
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(10), 0, px(10), px(4))
        for button, act in ((self.parent_link, self.ask_parent), (self.give, self._give)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
        row.addWidget(self.parent_link)
        row.addStretch(1)
        row.addWidget(self.give)
        return foot

    def _set_up_list(self) -> None:
        self.list.setObjectName("code_field_list")
        self.list.setAccessibleName(_("Codes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMouseTracking(True)
        self.list.entered.connect(self._hover)
        self.list.clicked.connect(self._clicked)
        self.list.viewport().installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._say)

    def set_choices(self, choices: Sequence[CodeChoice]) -> None:
        """The codes to choose from, in the order to show them before anything is typed."""
        self._maker.set_choices(choices)

    def set_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """What is offered on top for the selected words; without any there is no such section."""
        self._maker.set_suggestions(suggestions)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What is offered."""
        return self._maker.suggestions

    def offer(self, suggestions: Sequence[Suggestion]) -> bool:
        """Takes in suggestions that come late; false where one has typed or moved already.

        The row that is lit stays lit: Enter takes what it would have taken before.
        """
        if not self.isVisible() or self._touched or not suggestions:
            return False
        lit = self.current
        self.set_suggestions(suggestions)
        self._fill()
        rows = self.model.rows
        same = (at for at, row in enumerate(rows) if lit and (row.kind, row.guid) == (lit.kind, lit.guid))
        self._light(self.model.index(next(same, self.list.currentIndex().row())))
        return True

    def open_at(
        self,
        selection: QRect,
        right_edge: int,
        text: str = "",
        *,
        given: Collection[str] = (),
        several: bool = True,
    ) -> None:
        """Opens below ``selection`` (above it where the screen ends), its right edge at ``right_edge``.

        ``given`` are the codes that the passage has already; with ``several`` more than one can be chosen.
        """
        self._maker.given = given
        self._several = self._delegate.adds = several
        self._child = ""
        self.chips.clear()
        self.setFixedWidth(px(WIDTH))
        self.line.setText(text)
        self._fill()
        self._touched = bool(text)
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
        self._touched = self._touched or bool(self.line.text() or self._child or self.chips.codes)
        query = self._typed()
        rows = self._maker.parents(query) if self._child else self._maker.rows(query, self.chips.codes)
        self.model.set_rows(rows)
        if query or self._child or not self.chips.codes:
            self._light(self.model.index(first_lit(rows, query)))
        else:  # Enter gives what was chosen, until a row is lit by hand
            self.list.setCurrentIndex(QModelIndex())
            self._say(QModelIndex())
        self._fit(rows)

    def _typed(self) -> str:
        return " ".join(self.line.text().split())

    def _fit(self, rows: Sequence[FieldRow]) -> None:
        self.list.setFixedHeight(sum(row_height(row) for row in rows) if rows else 0)
        self.list.setVisible(bool(rows))
        self._show_hint()
        leads = any(row.leads for row in rows)
        offered = any(row.kind is Kind.SUGGESTION for row in rows)
        told = _("→ read the passage · Del pass") if leads else _("Del pass")
        self._told.setText(told if offered else "")
        self._told.setVisible(offered)
        new = any(row.kind is Kind.NEW for row in rows)
        count = len(self.chips.codes)
        self.parent_link.setVisible(new)
        self.give.setVisible(count > 0)
        self.give.setText(ngettext("Give {n} code", "Give {n} codes", count).format(n=count))
        self.give.setAccessibleName(self.give.text())
        self._foot.setVisible(new or count > 0)
        self.adjustSize()
        if self.isVisible():
            self._place()  # more rows than before may not fit below

    def _hover(self, index: QModelIndex) -> None:
        self._touched = True
        self._light(index)

    def _light(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.row(index).is_code:
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _say(self, index: QModelIndex) -> None:
        # the focus stays in the line; so a screen reader hears there what is lit and what was chosen
        lit = (self.model.data(index) or "") if index.isValid() else ""
        names = ", ".join(chosen.shown for chosen in self.chips.chosen)
        told = _("chosen: {names}").format(names=names) if names else ""
        self.line.setAccessibleDescription("; ".join(part for part in (lit, told) if part))

    def _move(self, step: int) -> None:
        places = [at for at, row in enumerate(self.model.rows) if row.is_code]
        if not places:
            return
        here = self.list.currentIndex().row()
        at = places.index(here) + step if here in places else min(step, 0)
        self._touched = True
        self._light(self.model.index(places[at % len(places)]))

    # acts

    def _clicked(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        place = self.list.visualRect(index)
        if row.kind is Kind.SUGGESTION and pass_place(place).contains(self._pressed):
            self.pass_current()
            return
        if row.leads and reason_place(place).contains(self._pressed) and self.read_reason():
            return
        on_plus = plus_place(self.list.visualRect(index)).contains(self._pressed)
        if self._several and (on_plus or self._with_control):
            self._add(row)
        else:
            self._take(row)

    def _take(self, row: FieldRow | None) -> None:
        """Enter: the lit row and all that was chosen before."""
        if row is not None and row.kind is Kind.PARENT:
            self._set_parent(row)
        elif row is not None and row.is_code:
            self._close_with([*self.chips.codes, *self._codes_of(row)])
        elif not self._typed():
            self._give()

    def light(self, key: str) -> None:
        """Lights the suggestion with this key."""
        rows = self.model.rows
        offered = (n for n, row in enumerate(rows) if row.kind is Kind.SUGGESTION)
        found = (n for n in offered if key in (rows[n].guid, rows[n].name))
        self._light(self.model.index(next(found, -1)))

    def read_reason(self) -> bool:
        """Asks for the passage that the lit suggestion is likened to; false where there is none."""
        wanted = self._maker.suggestion(self.current)
        if wanted is None or not wanted.leads:
            return False
        self.reason_wanted.emit(wanted)
        return True

    def pass_current(self) -> bool:
        """Takes the lit suggestion out; false where no suggestion is lit."""
        gone = self._maker.suggestion(self.current)
        if gone is None:
            return False
        at = self.list.currentIndex().row()
        self._touched = True
        self.set_suggestions([one for one in self.suggestions if one.key != gone.key])
        self._fill()
        rows = self.model.rows
        near = (n for n in (at, at - 1) if n < len(rows) and rows[n].is_code)
        self._light(self.model.index(next(near, -1)))
        self.passed.emit(gone)
        return True

    def _give(self) -> None:
        if self.chips.codes:
            self._close_with(self.chips.codes)

    def _codes_of(self, row: FieldRow) -> list[str]:
        code = row.guid or _normal(row.written or row.name)
        return [code] if code not in self.chips.codes else []

    def _close_with(self, codes: list[str]) -> None:
        self.close()
        self.taken.emit(codes)

    def _add(self, row: FieldRow | None) -> None:
        """Chooses a row and goes on."""
        if row is None or not row.is_code:
            return
        if row.kind is Kind.PARENT:
            self._set_parent(row)
        elif not self._several:
            self._take(row)
        else:
            code = row.guid or _normal(row.written or row.name)
            self.chips.add(Chosen(code, row.name, row.colour, row.in_vivo, new=not row.guid))
            self.line.clear()
            self._fill()

    def _chips_changed(self) -> None:
        self.chips.fit(px(WIDTH) - px(16) - 2)
        self._fill()

    def _typed_row(self) -> FieldRow | None:
        """A row for exactly what is typed: the code of that name, else a new one."""
        name = bare(self._typed())
        known = self._maker.named(name)
        if known is not None:
            return FieldRow(Kind.CODE, known.name, known.guid, known.colour, known.in_vivo)
        return FieldRow(Kind.NEW, split_parent(name)[1], written=name) if name else None

    def _complete(self) -> None:
        row = self.current
        if row and row.kind is Kind.PARENT:
            self._set_parent(row)
        elif row and row.kind is not Kind.NEW:
            self.line.setText(row.name)
        elif row and row.written:
            self.line.setText(row.written)

    # the parent of a new code

    def ask_parent(self) -> None:
        """Asks under which code the new one is put; Esc leaves it at the top."""
        name = split_parent(bare(self._typed()))[1]
        if name and not self._child:
            self._child = name
            self.line.clear()
            self._fill()

    def _set_parent(self, row: FieldRow) -> None:
        name, self._child = self._child, ""
        self.line.setText(f"{row.written} {SEPARATOR} {name}")
        new = next((at for at, one in enumerate(self.model.rows) if one.kind is Kind.NEW), -1)
        self._light(self.model.index(new))

    def _leave_parent(self) -> None:
        name, self._child = self._child, ""
        self.line.setText(name)

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._pressed = event.position().toPoint()
            self._with_control = bool(event.modifiers() & _Mod.ControlModifier)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers = _Key(event.key()), event.modifiers() & ~_Mod.KeypadModifier
        if key in (_Key.Key_Return, _Key.Key_Enter):
            self._enter(modifiers)
            return True
        if self._separates(event):
            self._add(self.current)
            return True
        if key is _Key.Key_Backspace and not self.line.text() and (self._child or self.chips.codes):
            (self._leave_parent if self._child else self.chips.take_last)()
            return True
        if key is _Key.Key_P and modifiers == _Mod.ControlModifier:
            self.ask_parent()
            return True
        at_end = self.line.cursorPosition() == len(self.line.text()) and not self.line.hasSelectedText()
        if at_end and not modifiers and key is _Key.Key_Right and self.read_reason():
            return True
        if at_end and not modifiers and key is _Key.Key_Delete and self.pass_current():
            return True
        acts: dict[Qt.Key, Callable[[], object]] = {
            _Key.Key_Down: lambda: self._move(1),
            _Key.Key_Up: lambda: self._move(-1),
            _Key.Key_Tab: self._complete,
            _Key.Key_Escape: self._leave_parent if self._child else self.close,
        }
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None

    def _enter(self, modifiers: Qt.KeyboardModifier) -> None:
        as_typed = bool(modifiers & _Mod.AltModifier) and not self._child
        row = self._typed_row() if as_typed else self.current
        if modifiers & (_Mod.ControlModifier | _Mod.ShiftModifier):
            self._add(row)
        else:
            self._take(row)

    def _separates(self, event: QKeyEvent) -> bool:
        """A comma, or a plus after a blank, behind a name that is not in quotation marks."""
        text = self.line.text()
        if not self._several or self._child or not text.strip() or is_quoted(text):
            return False
        at_end = self.line.cursorPosition() == len(text)
        goes_on = self._maker.continues(f"{self._typed()}{event.text()}")
        return at_end and not goes_on and (event.text() == "," or (event.text() == "+" and text[-1] == " "))

    # look

    def _show_hint(self) -> None:
        """What the line asks for, at its right end, where there is room."""
        words = _("Code for the selection")
        if self._child:
            words = _("Parent of “{name}”").format(name=self._child)
        elif self.chips.codes:
            words = _("one more, or Enter")
        self._hint.setFont(ui_font(SMALL))
        room = self.line.width() - QFontMetrics(self.line.font()).horizontalAdvance(self.line.text()) - px(40)
        wanted = QFontMetrics(ui_font(SMALL)).horizontalAdvance(words)
        if self._child and not self.line.text():
            words = QFontMetrics(ui_font(SMALL)).elidedText(words, Qt.TextElideMode.ElideRight, room)
            wanted = 0
        self._hint.setText(words)
        self._hint.setVisible(room > wanted)
        self._place_hint()

    def _place_hint(self) -> None:
        self._hint.adjustSize()
        left = self.line.width() - self._hint.width() - px(9)
        self._hint.move(left, (self.line.height() - self._hint.height()) // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self)
        painter.setPen(QPen(QColor(colours.control_frame), 1))
        painter.setBrush(QColor(colours.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))


def _normal(name: str) -> str:
    """ "A>B" as "A > B"."""
    return f" {SEPARATOR} ".join(part.strip() for part in name.split(SEPARATOR) if part.strip())
