"""Conditions that are written into a form: words in the text, an attribute compared, days of coding."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from qda.coding.attributes import iso_date, parse_value
from qda.coding.retrieval import parse, spec
from qda.coding.retrieval.spec import Spec
from qda.coding.rows import AttributeRow
from qda.errors import KnownError
from qda.i18n import N_, _
from qda.ui.fonts import px

if TYPE_CHECKING:
    from qda.models import Project

_COMPARED: Final = (
    ("=", N_("is")),
    ("≠", N_("is not")),
    ("<", N_("is less than")),
    ("≤", N_("is at most")),
    (">", N_("is more than")),
    ("≥", N_("is at least")),
    ("contains", N_("contains")),
)


class Form(QWidget):
    """A form; ``entered`` is Enter in one of its fields."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(px(6))
        self.rows = QFormLayout()
        self.rows.setSpacing(px(6))
        self.box.addLayout(self.rows)

    def condition(self) -> Spec | None:
        """What is written; none where something is missing.

        :raises KnownError: it cannot be so.
        """
        raise NotImplementedError

    def line(self, name: str, says: str, hint: str = "") -> QLineEdit:
        """A field of this form."""
        made = QLineEdit(self)
        made.setObjectName(name)
        made.setAccessibleName(says)
        made.setPlaceholderText(hint)
        made.returnPressed.connect(self.entered)
        return made

    def tick(self, name: str, says: str) -> QCheckBox:
        """Something to tick."""
        made = QCheckBox(says, self)
        made.setObjectName(name)
        made.setAccessibleName(says)
        return made


class TextForm(Form):
    """Words that stand in the passage."""

    def __init__(self, now: Spec | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = self.line("condition_words", _("Words in the text"), _("a word or several together"))
        self.whole = self.tick("condition_whole", _("Whole words only"))
        self.box.addWidget(self.words)
        self.box.addWidget(self.whole)
        if isinstance(now, spec.Text):
            self.words.setText(now.words)
            self.whole.setChecked(now.whole)
        self.setFocusProxy(self.words)

    def condition(self) -> Spec | None:
        words = self.words.text().strip()
        return spec.Text(words, self.whole.isChecked()) if words else None


class AttributeForm(Form):
    """An attribute of cases, how it is compared, and with what."""

    def __init__(
        self,
        known: Mapping[str, AttributeRow],
        name: str,
        now: Spec | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._known = known
        self.name = QComboBox(self)
        self.name.setObjectName("condition_attribute")
        self.name.setAccessibleName(_("Attribute"))
        self.name.addItems(list(known))
        self.compared = QComboBox(self)
        self.compared.setObjectName("condition_compared")
        self.compared.setAccessibleName(_("How it is compared"))
        for sign, words in _COMPARED:
            self.compared.addItem(_(words), sign)
        self.value = QComboBox(self)
        self.value.setObjectName("condition_value")
        self.value.setAccessibleName(_("Value"))
        self.value.setEditable(True)
        line = self.value.lineEdit()
        assert line is not None
        line.returnPressed.connect(self.entered)
        self.rows.addRow(_("Attribute"), self.name)
        self.rows.addRow("", self.compared)
        self.rows.addRow(_("Value"), self.value)
        self.name.currentTextChanged.connect(self._fill)
        self.name.setCurrentText(name)
        self._fill()
        if isinstance(now, spec.Attribute) and now.name == name:
            self.compared.setCurrentIndex(max(0, self.compared.findData(now.operator)))
            self.value.setCurrentText(now.value)
        self.setFocusProxy(self.value)

    def _fill(self) -> None:
        row = self._known.get(self.name.currentText())
        self.value.clear()
        self.value.addItems(list(row.choices) if row is not None else [])
        self.value.setCurrentIndex(-1)
        self.value.setEditText("")

    def condition(self) -> Spec | None:
        name, operator = self.name.currentText(), str(self.compared.currentData())
        value = self.value.currentText().strip()
        row = self._known.get(name)
        if row is None or not value:
            return None
        if operator != "contains":
            value = parse_value(row.kind, value, choices=row.choices)
        return spec.Attribute(name, operator, value)


class DateForm(Form):
    """From one day to another, both included."""

    def __init__(self, project: "Project", now: Spec | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        hint = _("day, month or year; empty: open")
        self.since = self.line("condition_since", _("Coded from"), hint)
        self.until = self.line("condition_until", _("Coded until"), hint)
        self.rows.addRow(_("Coded from"), self.since)
        self.rows.addRow(_("Coded until"), self.until)
        if isinstance(now, spec.Date):
            self.since.setText(now.since)
            self.until.setText(now.until)
        self.setFocusProxy(self.since)

    def condition(self) -> Spec | None:
        since, until = self.since.text().strip(), self.until.text().strip()
        if not since and not until:
            return None
        first, last = (self._written(one) for one in (since, until))
        return spec.Date(first.since if first else "", last.until if last else "")

    def _written(self, words: str) -> spec.Date | None:
        if not words:
            return None
        iso_date(words)  # says what is wrong in its own words
        plain = words.replace('"', "")
        found = parse(self._project, f'date:"{plain}"')
        if not isinstance(found, spec.Date):
            raise KnownError(_("“{value}” is no date.").format(value=words))
        return found


def note(parent: QWidget) -> QLabel:
    """The line that says what cannot be so."""
    made = QLabel("", parent)
    made.setObjectName("condition_note")
    made.setProperty("notice", True)
    made.setWordWrap(True)
    made.hide()
    return made
