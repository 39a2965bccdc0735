"""One slot of a template: its words, its role, and what a placement in it is asked for."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from qda import i18n
from qda.i18n import N_, _
from qda.ui.fonts import px
from qda.ui.surfaces import Framed, LinkButton
from qda.ui.theme import Tokens

ROLES: Final = (
    ("condition", N_("condition")),
    ("context", N_("context")),
    ("intervening", N_("intervening condition")),
    ("strategy", N_("action, strategy")),
    ("consequence", N_("consequence")),
    ("own", N_("other")),
)
_TEXTS: Final = ("name", "definition", "question")


def _rules(theme: Tokens) -> str:
    return (
        f"#slot_card {{ border: 1px solid {theme.separator}; border-radius: {px(4)}px;"
        f" background: {theme.paper}; }}"
    )


class _Lines(QPlainTextEdit):
    """A few lines; Tab leaves them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        return QSize(px(300), self.fontMetrics().lineSpacing() * 3 + px(14))


class SlotCard(Framed):
    """A slot to read or to write; ``changed`` when a field is left with other words."""

    changed = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, slot: Mapping[str, Any], *, number: int, writable: bool, parent: QWidget) -> None:
        super().__init__(_rules, parent)
        self.setObjectName("slot_card")
        self._slot = dict(slot)
        self.is_phenomenon = slot["role"] == "phenomenon"
        self.name, self.question = QLineEdit(self), QLineEdit(self)
        self.definition = _Lines(self)
        self.role = QComboBox(self)
        self.levels = QCheckBox(_("asks for the level of a code placed here"), self)
        self.addressees = QCheckBox(_("asks whom a code placed here reaches"), self)
        self._lay_out(number, writable)
        self.role.setHidden(self.is_phenomenon)
        self._fill()
        for field in (self.name, self.definition, self.question):
            field.setReadOnly(not writable)
            field.installEventFilter(self)
        for box in (self.role, self.levels, self.addressees):
            box.setEnabled(writable)
        self.role.activated.connect(lambda _at: self.settle())
        self.levels.clicked.connect(lambda _on: self.settle())
        self.addressees.clicked.connect(lambda _on: self.settle())

    def _lay_out(self, number: int, writable: bool) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(px(12))
        form.setVerticalSpacing(px(6))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        rows: list[tuple[str, str, QWidget]] = [
            (_("Name"), "name", self.name),
            (_("Definition"), "definition", self.definition),
            (_("Question"), "question", self.question),
        ]
        if not self.is_phenomenon:
            rows.append((_("Kind"), "role", self.role))
        for words, name, field in rows:
            field.setObjectName(f"slot_{number}_{name}")
            field.setAccessibleName(_("Slot {number}: {words}").format(number=number, words=words))
            form.addRow(words, field)
        for words, name, box in (("", "levels", self.levels), ("", "addressees", self.addressees)):
            box.setObjectName(f"slot_{number}_{name}")
            box.setAccessibleName(_("Slot {number}: {words}").format(number=number, words=box.text()))
            box.setVisible(not self.is_phenomenon)
            if not self.is_phenomenon:
                form.addRow(words, box)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(14), px(12), px(14), px(12) if self.is_phenomenon else px(6))
        outer.addLayout(form)
        acts = QHBoxLayout()
        acts.setContentsMargins(0, px(2), 0, 0)
        acts.addStretch(1)
        for words, name, act in (
            (_("Up"), "up", lambda: self.moved.emit(-1)),
            (_("Down"), "down", lambda: self.moved.emit(1)),
            (_("Remove"), "remove", self.removed.emit),
        ):
            button = LinkButton(words, f"slot_{number}_{name}", self)
            button.setAccessibleName(_("Slot {number}: {words}").format(number=number, words=words))
            button.clicked.connect(lambda _checked=False, act=act: act())
            button.setVisible(writable and not self.is_phenomenon)
            acts.addWidget(button)
        outer.addLayout(acts)

    def _fill(self) -> None:
        language = _side()
        self.name.setText(self._slot["name"][language])
        self.definition.setPlainText(self._slot["definition"][language])
        self.question.setText(self._slot["question"][language])
        for key, words in ROLES:
            self.role.addItem(_(words), key)
        self.role.setCurrentIndex(self.role.findData(self._slot["role"]))
        self.levels.setChecked(self._slot["levels"])
        self.addressees.setChecked(self._slot["addressees"])

    def spec(self) -> dict[str, Any]:
        """The slot as written now; words of the other language stay where they were its own."""
        typed = {
            "name": self.name.text().strip(),
            "definition": self.definition.toPlainText().strip(),
            "question": self.question.text().strip(),
        }
        language = _side()
        found = dict(self._slot)
        for key in _TEXTS:
            before = self._slot[key]
            one = before["de"] == before["en"]
            found[key] = dict.fromkeys(("de", "en"), typed[key]) if one else {**before, language: typed[key]}
        if not found["name"][language]:
            found["name"] = self._slot["name"]  # a slot has a name
        if not self.is_phenomenon:
            found["role"] = self.role.currentData()
        found["levels"], found["addressees"] = self.levels.isChecked(), self.addressees.isChecked()
        return found

    def settle(self) -> None:
        """Hands over what was typed."""
        if self.spec() != self._slot:
            self._slot = self.spec()
            self.name.setText(self._slot["name"][_side()])
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.settle()
        return super().eventFilter(watched, event)


def _side() -> str:
    return "en" if i18n.language() == "en" else "de"
