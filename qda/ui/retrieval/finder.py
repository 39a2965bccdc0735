"""The small editor of a condition: one field that finds codes, cases, speakers …, or a short form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding.retrieval import spec
from qda.coding.retrieval.spec import FARTHEST, Spec
from qda.errors import KnownError
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.flow import Flow
from qda.ui.retrieval.choices import FORMS, KIND_OF, KINDS, Choices, key_of, made
from qda.ui.retrieval.forms import AttributeForm, DateForm, Form, TextForm, note
from qda.ui.surfaces import Line, LinkButton
from qda.ui.theme import tokens_of
from qda.ui.transcript.code_list import FieldDelegate, FieldModel, FieldRow, Index, row_height

if TYPE_CHECKING:
    from qda.models import Project

WIDTH: Final = 380
_HIGH: Final = 500


class ConditionDelegate(FieldDelegate):
    """Codes as everywhere; what is no code has no chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = model.row(index) if isinstance(model, FieldModel) else None
        if row is None or not row.is_code or row.guid.startswith("code:"):
            super().paint(painter, option, index)
            return
        colours = tokens_of(option.widget)
        area: QRect = option.rect
        lit = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if lit:
            painter.fillRect(area, QColor(colours.list_selection))
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
        room = area.adjusted(px(16), 0, -px(16), 0)
        beside = _("Enter") if lit and not row.beside else row.beside
        small = QFontMetrics(ui_font(SMALL))
        width = min(small.horizontalAdvance(beside) + px(2), room.width() * 3 // 5)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.minor))
        right = room.adjusted(room.width() - width, 0, 0, 0)
        words = small.elidedText(beside, Qt.TextElideMode.ElideRight, width)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        painter.setFont(ui_font())
        painter.setPen(QColor(colours.text))
        left = room.adjusted(0, 0, -width - px(8), 0)
        name = QFontMetrics(ui_font()).elidedText(row.name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()


@dataclass(frozen=True, slots=True)
class PartAct:
    """What can be done with a part of the query: its words, its name, the function."""

    words: str
    name: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the editor is opened for. ``paragraphs``: how far a relation reaches, where it asks."""

    title: str
    now: Spec | None = None
    acts: tuple[PartAct, ...] = ()
    paragraphs: int | None = None
    typed: str = ""


class Finder(QFrame):
    """A popup that asks for one condition. ``chosen`` brings it, and how far the relation reaches."""

    chosen = Signal(object, int)
    closed = Signal()

    def __init__(self, project: "Project", parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("condition_editor")
        self.setAccessibleName(_("Condition"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._project = project
        self._choices: Choices | None = None
        self._only = ""
        self._wish = Wish("")
        self._form: Form | None = None
        self._build()
        self.line.textChanged.connect(lambda _words: self._fill())
        self.line.installEventFilter(self)
        self.model.modelReset.connect(self._fit)
        self.tick.clicked.connect(self._ticked)

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = QLabel(self)
        self.title.setObjectName("condition_title")
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setWordWrap(True)
        self.reach = QSpinBox(self)
        self.reach.setObjectName("condition_paragraphs")
        self.reach.setAccessibleName(_("Paragraphs"))
        self.reach.setRange(0, FARTHEST)
        self.reach_words = QLabel(_("paragraphs at most (0: the same one)"), self)
        self.reach_words.setProperty("minor", True)
        self.reach_words.setFont(ui_font(SMALL))
        self.back = LinkButton(_("All kinds"), "condition_all_kinds", self)
        self.back.clicked.connect(lambda: self._turn_to(""))
        self.line = QLineEdit(self)
        self.line.setObjectName("condition_line")
        self._build_list()
        self.tick = QCheckBox(self)
        self.tick.setObjectName("condition_inner")
        self.note = note(self)
        self.take_button = QPushButton(_("Take"), self)
        self.take_button.setObjectName("condition_take")
        self.take_button.setAccessibleName(_("Take the condition"))
        self.take_button.clicked.connect(self._take_form)
        self._lay_out()

    def _build_list(self) -> None:
        self.model = FieldModel(self)
        self.list = QListView(self)
        self.list.setObjectName("condition_list")
        self.list.setAccessibleName(_("Conditions"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ConditionDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMouseTracking(True)
        self.list.entered.connect(self._light)
        self.list.clicked.connect(lambda index: self._take(self.model.row(index)))
        self.list.selectionModel().currentChanged.connect(self._lit)

    def _lay_out(self) -> None:
        side = px(12)
        reach = QHBoxLayout()
        reach.addWidget(self.reach)
        reach.addWidget(self.reach_words, 1)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        self._inside = QVBoxLayout()  # a form stands here
        upper = QVBoxLayout()
        upper.setContentsMargins(side, px(8), side, 0)
        upper.setSpacing(px(6))
        upper.addLayout(head)
        upper.addLayout(reach)
        upper.addWidget(self.line)
        upper.addLayout(self._inside)
        lower = QVBoxLayout()
        lower.setContentsMargins(side, 0, side, px(4))
        lower.setSpacing(px(4))
        for widget in (self.tick, self.note, self.take_button):
            lower.addWidget(widget)
        self._foot = Flow(px(2))
        self._foot.setContentsMargins(px(8), 0, px(8), 0)
        self._rule = Line(self)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, px(6))
        box.setSpacing(px(6))
        box.addLayout(upper)
        box.addWidget(self.list)
        box.addLayout(lower)
        box.addWidget(self._rule)
        box.addLayout(self._foot)

    # -- opening --------------------------------------------------------------------------------------------

    def open_at(self, place: QRect, choices: Choices, wish: Wish) -> None:
        """Opens below ``place`` (on the screen)."""
        self._choices, self._wish = choices, wish
        self.title.setText(wish.title)
        for widget in (self.reach, self.reach_words):
            widget.setVisible(wish.paragraphs is not None)
        self.reach.setValue(wish.paragraphs or 0)
        self._fill_foot()
        now = wish.now
        inner = getattr(now, "with_children", getattr(now, "with_inner", None))
        self._ticks = {"code": False, "case": True}
        if inner is not None:
            self._ticks["code" if isinstance(now, spec.Code) else "case"] = inner
        self._at = place
        self.setFixedWidth(px(WIDTH))
        self._turn_to(KIND_OF.get(type(now), "") if now is not None else "", now)
        if wish.typed:
            self.line.setText(wish.typed)
        self._place()
        self.show()
        self._focus()

    def _focus(self) -> None:
        (self._form or self.line).setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill_foot(self) -> None:
        while (item := self._foot.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for act in self._wish.acts:
            button = LinkButton(act.words, act.name, self)
            button.setFont(ui_font(SMALL))
            button.clicked.connect(lambda _checked=False, act=act: self._done(act))
            self._foot.addWidget(button)
        self._rule.setVisible(bool(self._wish.acts))

    def _done(self, act: PartAct) -> None:
        self._leave()
        act.run()

    def _leave(self) -> None:
        """Closes; keys go to the window again at once."""
        self.close()
        if (parent := self.parentWidget()) is not None:
            parent.window().activateWindow()

    def _turn_to(self, kind: str, now: Spec | None = None) -> None:
        """All kinds, one kind, or its form."""
        self._only = kind
        self._end_form()
        self.note.hide()
        known = {key: _(words) for key, words, _hint in KINDS}
        self.back.setVisible(bool(kind))
        hint = known.get(kind) or _("Code, case, speaker, words in the text …")
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        if kind in ("text", "date") or (kind == "attribute" and isinstance(now, spec.Attribute)):
            self._begin_form(kind, now.name if isinstance(now, spec.Attribute) else "", now)
            return
        self.line.show()
        self.list.show()
        self.line.clear()
        self._fill()
        wanted = key_of(now) if now is not None else ""
        for at, row in enumerate(self.model.rows):
            if wanted and row.guid.casefold() == wanted.casefold():
                self._light(self.model.index(at))
                self.list.scrollTo(self.model.index(at))
        self._place()
        self._focus()

    # -- the list -------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        assert self._choices is not None
        words = " ".join(self.line.text().split())
        self.model.set_rows(self._choices.rows(words, self._only))
        first = next((at for at, row in enumerate(self.model.rows) if row.is_code), -1)
        self._light(self.model.index(first) if first >= 0 else QModelIndex())
        self._say_if_nothing(words)

    def _say_if_nothing(self, words: str) -> None:
        empty = not self.model.rows
        if empty:
            self.note.setText(_("Nothing is called so.") if words else _("There is none in this study yet."))
        self.note.setVisible(empty)

    def _fit(self) -> None:
        wanted = sum(row_height(row) for row in self.model.rows)
        self.list.setFixedHeight(min(wanted, px(_HIGH)))
        if self.isVisible():
            self._place()

    def _light(self, index: QModelIndex) -> None:
        if index.isValid() and not self.model.row(index).is_code:
            return
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)
        if not index.isValid():
            self._lit(index)

    def _lit(self, index: QModelIndex) -> None:
        """The tick belongs to what is lit; and a screen reader hears it in the field."""
        kind = self.model.row(index).guid.partition(":")[0] if index.isValid() else ""
        inner = self._choices is not None and self._choices.inner_cases
        self.tick.setVisible(kind == "code" or (kind == "case" and inner))
        words = {"code": _("With the codes below it"), "case": _("With the cases inside it")}
        if kind in words:
            self._tick_kind = kind
            self.tick.setText(words[kind])
            self.tick.setAccessibleName(words[kind])
            self.tick.setChecked(self._ticks[kind])
        self.line.setAccessibleDescription(str(self.model.data(index) or "") if index.isValid() else "")

    def _ticked(self, on: bool) -> None:
        """It stays so for what is lit next; a condition that is being changed is so at once."""
        self._ticks[self._tick_kind] = on
        index, now = self.list.currentIndex(), self._wish.now
        if now is not None and index.isValid() and self.model.row(index).guid == key_of(now):
            self._take(self.model.row(index))

    def _step(self, by: int) -> None:
        rows = self.model.rows
        at = self.list.currentIndex().row() + by
        while 0 <= at < len(rows) and not rows[at].is_code:
            at += by
        if 0 <= at < len(rows):
            self._light(self.model.index(at))

    def _take(self, row: FieldRow | None) -> None:
        if row is None or not row.is_code or self._choices is None:
            return
        kind, _colon, value = row.guid.partition(":")
        if kind == "kind-of":
            self._turn_to(value)
            return
        if kind == "attribute":
            self._begin_form(kind, value, self._wish.now)
            return
        found = made(self._choices, row.guid, ticked=self.tick.isChecked())
        if found is not None:
            self._hand_over(found)

    def _hand_over(self, found: Spec) -> None:
        reach = self.reach.value()
        self._leave()
        self.chosen.emit(found, reach)

    # -- forms ----------------------------------------------------------------------------------------------

    def _begin_form(self, kind: str, name: str, now: Spec | None) -> None:
        assert self._choices is not None and kind in FORMS
        self._end_form()
        self._only = kind
        self.back.show()
        if kind == "text":
            self._form = TextForm(now, self)
        elif kind == "date":
            self._form = DateForm(self._project, now, self)
        else:
            self._form = AttributeForm(self._choices.attributes, name, now, self)
        self._form.entered.connect(self._take_form)
        self._inside.addWidget(self._form)
        for widget in (self.line, self.list, self.tick, self.note):
            widget.hide()
        self.take_button.show()
        self._form.show()
        self._place()
        self._focus()

    def _end_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        self.take_button.hide()

    def _take_form(self) -> None:
        if self._form is None:
            return
        try:
            found = self._form.condition()
        except KnownError as problem:
            self._tell(problem.sentence)
            return
        if found is None:
            self._tell(_("Something is missing here."))
        else:
            self._hand_over(found)

    def _tell(self, words: str) -> None:
        self.note.setText(words)
        self.note.show()
        self._place()

    # -- keys, place, look ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                index = self.list.currentIndex()
                self._take(self.model.row(index) if index.isValid() else None)
                return True
            if key == Qt.Key.Key_Backspace and self._only and not self.line.text():
                self._turn_to("")
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        index = self.list.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._form is None and index.isValid():
            self._take(self.model.row(index))
            return
        super().keyPressEvent(event)

    def _place(self) -> None:
        self._box.activate()  # what was hidden or shown counts at once
        wanted = self._box.totalHeightForWidth(self.width())
        self.setFixedHeight(wanted if wanted > 0 else self.sizeHint().height())
        free = (self.parentWidget() or self).screen().availableGeometry()
        left = min(max(self._at.left(), free.left()), free.right() - self.width())
        top = self._at.bottom() + px(4)
        if top + self.height() > free.bottom():
            top = max(free.top(), min(self._at.top() - px(4), free.bottom()) - self.height())
        self.move(QPoint(left, top))

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
