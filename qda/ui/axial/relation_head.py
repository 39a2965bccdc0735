"""The selected relation: its two codes, type, statement, the conditions under which it holds, its status."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding import paradigms
from qda.coding.rows import ConditionRow, RelationRow
from qda.i18n import _, ngettext
from qda.ui.axial.acts import Acts
from qda.ui.axial.menus import condition_menu
from qda.ui.axial.reading import Reading
from qda.ui.axial.segmented import Chip, Segmented
from qda.ui.axial.words import badge_line, statuses
from qda.ui.controls import open_menu
from qda.ui.fonts import QUOTE, SHEET_TITLE, SMALL, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoLine
from qda.ui.surfaces import Elided, LinkButton, on_panel, small

_LEAST_CONDITION = 150  # width of a condition; where more have no room, a menu holds them all


class StatementLine(AutoLine):
    """The statement, edited where it stands; its frame shows only under pointer and focus."""

    done = Signal()  # Enter: back to where one came from

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("relation_statement_line")
        self.setAccessibleName(_("Statement of the relation"))
        self.setPlaceholderText(_("Write the relation as a sentence"))
        self.setFont(reading_font(QUOTE))
        self._dress(lit=False)

    def _dress(self, *, lit: bool) -> None:
        frame = "palette(dark)" if lit else "transparent"
        ground = "palette(base)" if lit else "transparent"
        self.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {frame}; background: {ground}; padding: 1px {px(4)}px; }}"
            "QLineEdit:focus { border: 2px solid palette(link); background: palette(base);"
            f" padding: 0 {px(3)}px; }}"
        )

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._dress(lit=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._dress(lit=False)

    def show_text(self, text: str) -> None:
        """Read from its beginning, unless someone writes in it."""
        super().show_text(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def show_other(self, text: str) -> None:
        super().show_other(text)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            self.done.emit()
            return
        super().keyPressEvent(event)


class ConditionButton(LinkButton):
    """One condition; pressing it (or Delete) takes it away."""

    removed = Signal(str)

    def __init__(self, row: ConditionRow, words: str, parent: QWidget | None = None, *, room: int) -> None:
        super().__init__("", "relation_condition", parent)
        self.setFont(ui_font(SMALL))
        shown = QFontMetrics(self.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        self.setText(f"{shown}  ×".replace("&", "&&"))
        self.setAccessibleName(_("Condition “{words}”; press to remove").format(words=words))
        self.setToolTip(_("Remove the condition “{words}”").format(words=words))
        self.setStyleSheet(f"color: palette(text); padding: 0 {px(4)}px;")
        self.clicked.connect(lambda: self.removed.emit(row.guid))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            return
        super().keyPressEvent(event)


class RelationHead(QWidget):
    """What is said of one relation, each part changed where it stands."""

    def __init__(self, acts: Acts, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self._reading = reading
        self.relation: RelationRow | None = None
        self.setObjectName("relation_head")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        on_panel(self)
        self.statement = StatementLine(self)
        self.statement.settled.connect(self._stated)
        self.status = Segmented("status", _("Status of the relation"), statuses(), self)
        self.status.chosen.connect(self._judged)
        self.figures = small("", self)
        self.figures.setObjectName("relation_figures")
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight)
        right = self._right = QVBoxLayout()
        right.setSpacing(px(6))
        right.addWidget(self.status, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self.figures)
        right.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._title())
        left.addWidget(self.statement)
        self._conditions = QHBoxLayout()
        self._conditions.setSpacing(px(2))
        left.addLayout(self._conditions)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(5))
        row.setSpacing(px(24))
        row.addLayout(left, 1)
        row.addLayout(right)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _title(self) -> QHBoxLayout:
        self._from_chip, self._to_chip = Chip(parent=self), Chip(parent=self)
        self._from, self._to = Elided("", self), Elided("", self)
        for label in (self._from, self._to):
            label.setFont(ui_font(SHEET_TITLE, semibold=True))
        self.number = QLabel(self)
        self.number.setProperty("minor", True)
        self.type = QToolButton(self)
        self.type.setObjectName("relation_type_button")
        self.type.setFont(ui_font(SHEET_TITLE))
        self.type.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self.type)
        menu.aboutToShow.connect(lambda: self._fill_types(menu))
        open_menu(self.type, menu, padding="0 2px")
        row = QHBoxLayout()
        row.setSpacing(px(7))
        for widget in (self.number, self._from_chip, self._from, self.type, self._to_chip, self._to):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _fill_types(self, menu: QMenu) -> None:
        menu.clear()
        if self.relation is None:
            return
        guid = self.relation.guid
        for kind in paradigms.relation_types():
            action = QAction(str(kind.forward), menu, checkable=True, checked=kind.key == self.relation.type)
            action.setToolTip(str(kind.definition))
            action.triggered.connect(partial(self._typed, kind.key))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(_("Turn the direction"), lambda: self._acts.turn_relation(guid))

    def show_relation(self, relation: RelationRow) -> None:
        """Shows a relation, or the same one after an act."""
        other = self.relation is None or self.relation.guid != relation.guid
        if other:
            self.statement.flush()
        self.relation = relation
        self.number.setText(str(relation.number))
        self._from.setText(self._reading.name(relation.from_code))
        self._to.setText(self._reading.name(relation.to_code))
        self._from_chip.show_colour(self._reading.colour(relation.from_code))
        self._to_chip.show_colour(self._reading.colour(relation.to_code))
        words = paradigms.relation_label(relation.type, own=relation.own_type)
        self.type.setText(words.replace("&", "&&"))
        self.type.setAccessibleName(_("Type of relation: {words}").format(words=words))
        (self.statement.show_other if other else self.statement.show_text)(relation.statement)
        self.status.show_key(relation.status)
        self.figures.setText(badge_line(relation))
        self._show_conditions(relation)

    def _show_conditions(self, relation: RelationRow) -> None:
        while item := self._conditions.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        lead = small(_("Holds when"), self)
        lead.setContentsMargins(px(5), 0, px(2), 0)
        self._conditions.addWidget(lead)
        add = LinkButton(_("Add a condition"), "add_condition", self)
        add.setFont(ui_font(SMALL))
        add.setStyleSheet(f"padding: 0 {px(4)}px;")
        add.clicked.connect(lambda: self.condition_menu(add))
        beside = lead.sizeHint().width() + add.sizeHint().width()
        if not self._is_narrow():
            beside += self.status.sizeHint().width() + px(24)
        width = self.width() - beside - px(16 + 16 + 40)
        cramped = width < px(_LEAST_CONDITION)
        most = 0 if cramped else max(1, min(len(relation.conditions), width // px(_LEAST_CONDITION)))
        room = width // max(most, 1) - px(44)
        add.setHidden(cramped)
        for row in relation.conditions[:most]:
            if row.code:
                self._conditions.addWidget(Chip(self._reading.colour(row.code), self))
            button = ConditionButton(row, self._reading.condition_words(row), self, room=max(px(40), room))
            button.removed.connect(self._acts.remove_condition)
            self._conditions.addWidget(button)
        left = len(relation.conditions) - most if relation.conditions else 0
        if left or cramped:
            words = ngettext("{n} more", "{n} more", left).format(n=left) if most else "…"
            more = LinkButton(words, "more_conditions", self)
            more.setAccessibleName(_("All conditions"))
            more.setFont(ui_font(SMALL))
            more.clicked.connect(lambda: self.condition_menu(more))
            self._conditions.addWidget(more)
        self._conditions.addWidget(add)
        self._conditions.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Conditions give way: they are made anew for the room there is."""
        return QSize(self.status.sizeHint().width() + px(16 + 16 + 130), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()
        if self.relation is not None and event.size().width() != event.oldSize().width():
            self._show_conditions(self.relation)

    def _is_narrow(self) -> bool:
        return self.width() < px(660)

    def _lay(self) -> None:
        """Status and figures stand at the right, and below where there is little room."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        narrow = self._is_narrow()
        self._row.setDirection(down if narrow else across)
        self._row.setSpacing(px(5 if narrow else 24))
        self._right.setDirection(across if narrow else down)
        self._right.setSpacing(px(12 if narrow else 6))

    def condition_menu(self, beside: QWidget) -> None:
        """A condition is a code, a value on a property, or words."""
        if self.relation is None:
            return
        menu = condition_menu(beside, self._acts, self._reading, self.relation)
        menu.popup(beside.mapToGlobal(beside.rect().bottomLeft()))

    def _typed(self, key: str, _checked: bool = False) -> None:
        if self.relation is not None:
            self._acts.set_type(self.relation.guid, key)

    def _stated(self, words: str) -> None:
        if self.relation is not None:
            self._acts.set_statement(self.relation.guid, words)

    def _judged(self, key: str) -> None:
        if self.relation is not None:
            self._acts.set_status(self.relation.guid, key)
