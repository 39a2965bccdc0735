"""The short questionnaire of one case: every attribute as a field of its kind; saved as it is typed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.material.fields import Choice
from qda.ui.material.values import CheckedLine, hint_of, shown_value
from qda.ui.surfaces import LinkButton, section, small

if TYPE_CHECKING:
    from qda.coding.rows import AttributeRow, CaseRow
    from qda.ui.desk import Desk

_QUIET = "color: palette(placeholder-text)"


class AnswerLine(CheckedLine):
    """A text, a number or a date; what means "no answer" is quiet."""

    def __init__(self, name: str, attribute: "AttributeRow", parent: QWidget | None = None) -> None:
        from qda.coding.attributes import parse_value

        check = partial(parse_value, attribute.kind, missing=attribute.missing)
        super().__init__(name, attribute.name, check, parent)
        self._attribute = attribute
        self.setPlaceholderText(_("no answer"))
        told = (attribute.description, hint_of(attribute.kind))
        self.setToolTip("\n".join(words for words in told if words))
        self.textChanged.connect(self._dress)

    def _restart(self, _text: str) -> None:
        if self._attribute.kind == "text":
            self._pause.start()

    def _dress(self, text: str) -> None:
        quiet = text.strip().casefold() in map(str.casefold, self._attribute.missing)
        wanted = _QUIET if quiet else ""
        if self.styleSheet() != wanted:
            self.setStyleSheet(wanted)

    def show_stored(self, value: str, *, other: bool) -> None:
        """Shows a stored answer; what is being typed stays, unless it is of another case."""
        words = shown_value(self._attribute.kind, value)
        self.show_other(words) if other else self.show_text(words)
        if not self.hasFocus():
            self.setCursorPosition(0)  # a long answer is read from its beginning


class AttributeForm(QWidget):
    """The section of the case page. ``new_wanted`` and ``table_wanted`` are its two links."""

    new_wanted = Signal()
    table_wanted = Signal()
    change_wanted = Signal(str)  # an attribute

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case = ""
        self._known: tuple[AttributeRow, ...] | None = None
        self._fields: dict[str, AnswerLine | Choice] = {}
        self.setObjectName("case_attributes")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(section(_("Short questionnaire"), self))
        head.addStretch(1)
        self.new = LinkButton(_("New attribute…"), "case_new_attribute", self)
        self.table = LinkButton(_("All cases as a table"), "case_attribute_table", self)
        self.new.clicked.connect(lambda _checked=False: self.new_wanted.emit())
        self.table.clicked.connect(lambda _checked=False: self.table_wanted.emit())
        head.addWidget(self.new)
        head.addWidget(self.table)
        box.addLayout(head)
        self._none = small(_("No attributes yet: age, office, size of the town …"), self, wrap=True)
        box.addWidget(self._none)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        box.addLayout(self._grid)

    def field(self, name: str) -> AnswerLine | Choice:
        """The field of the attribute of this name."""
        assert self._known is not None
        return self._fields[next(row.guid for row in self._known if row.name == name)]

    def show_case(self, row: "CaseRow", attributes: "tuple[AttributeRow, ...]", *, writable: bool) -> None:
        """Shows the answers of a case; what is being typed stays."""
        other = row.guid != self._case
        if other:
            self._flush()
            self._case = row.guid
        if _forms(attributes) != _forms(self._known):
            self._flush()
            self._build(attributes)
            other = True
        self._known = attributes
        self.new.setVisible(writable)
        self._none.setVisible(not attributes)
        for attribute in attributes:
            field, value = self._fields[attribute.guid], row.attributes.get(attribute.name, "")
            if isinstance(field, AnswerLine):
                field.show_stored(value, other=other)
                field.setReadOnly(not writable)
            else:
                field.show_key(value)
                field.setEnabled(writable)

    def _flush(self) -> None:
        for field in self._fields.values():
            if isinstance(field, AnswerLine):
                field.flush()

    def _build(self, attributes: "tuple[AttributeRow, ...]") -> None:
        self._fields = {}
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, attribute in enumerate(attributes):
            label = QLabel(attribute.name, self)
            label.setWordWrap(True)
            label.setToolTip(attribute.description)
            field = self._field(at, attribute)
            label.setBuddy(field)
            self._grid.addWidget(label, 2 * at, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(field, 2 * at, 1)
            self._fields[attribute.guid] = field

    def _field(self, at: int, attribute: "AttributeRow") -> AnswerLine | Choice:
        name = f"attribute_{at}"
        if attribute.kind == "choice":
            words = [("", _("no answer")), *((one, one) for one in attribute.choices)]
            words += [(one, one) for one in attribute.missing if one not in attribute.choices]
            choice = Choice(name, attribute.name, words, self)
            choice.setToolTip(attribute.description)
            choice.activated.connect(lambda _at: self._set(attribute.name, choice.currentData()))
            return choice
        line = AnswerLine(name, attribute, self)
        line.settled.connect(lambda words: self._set(attribute.name, words))
        line.wrong.connect(lambda sentence: self._tell(2 * at + 1, f"{name}_sentence", sentence))
        return line

    def _tell(self, row: int, name: str, sentence: str) -> None:
        """A sentence below the field, while there is one."""
        item = self._grid.itemAtPosition(row, 1)
        label = item.widget() if item is not None else None
        if label is None and sentence:
            label = small("", self, wrap=True)
            label.setObjectName(name)
            label.setProperty("minor", False)
            label.setProperty("notice", True)
            self._grid.addWidget(label, row, 1)
        if isinstance(label, QLabel):
            label.setText(sentence)
            label.setVisible(bool(sentence))

    def _set(self, name: str, value: str) -> None:
        from qda.coding.attributes import set_attribute

        self._desk.do(set_attribute, case=self._case, name=name, value=value)


def _forms(attributes: "tuple[AttributeRow, ...] | None") -> object:
    """What the fields are made of (not how many cases have an answer)."""
    return attributes and tuple(
        (a.guid, a.name, a.kind, a.description, a.choices, a.missing) for a in attributes
    )
