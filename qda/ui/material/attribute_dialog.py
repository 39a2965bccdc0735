"""What an attribute is: its name, its kind, its answers, and what means that there is none."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.importing.words import ATTRIBUTE_KINDS
from qda.ui.material.fields import Choice, labelled
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.coding.rows import AttributeRow
    from qda.ui.desk import Desk


class AttributeDialog(QDialog):
    """Makes an attribute, or changes one; what does not fit is told in the dialog, which stays."""

    settled = Signal(str)  # the attribute

    def __init__(self, desk: "Desk", row: "AttributeRow | None", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row = row
        title = _("New attribute") if row is None else _("Change attribute")
        self.setObjectName("attribute")
        self.setWindowTitle(title)
        self.setMinimumWidth(px(440))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        box.addWidget(heading(title))
        self._build(box)
        buttons = QDialogButtonBox(self)
        words = _("Make attribute") if row is None else _("Change")
        self.keep = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.keep.setDefault(True)
        for button, name in ((self.keep, "keep"), (cancel, "cancel")):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        desk.refused.connect(self._tell)
        self._show(row)
        self._typed()

    def _build(self, box: QVBoxLayout) -> None:
        self.name = self._line("attribute_name", _("Name of the attribute"))
        kinds = [(key, _(words)) for key, words in ATTRIBUTE_KINDS]
        self.kind = Choice("attribute_kind", _("Kind"), kinds, self)
        self.choices = QPlainTextEdit(self)
        self.choices.setObjectName("attribute_choices")
        self.choices.setAccessibleName(_("Answers to choose from"))
        self.choices.setTabChangesFocus(True)
        self.choices.setFixedHeight(px(96))
        self.missing = self._line("attribute_missing", _("What means “no answer”"))
        self.description = self._line("attribute_description", _("Description"))
        self._answers = QWidget(self)
        answers = labelled(_("Answers to choose from"), _("One a line"), self.choices, self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        self._answers.setLayout(answers)
        box.addLayout(labelled(_("Name"), "", self.name, self))
        box.addLayout(labelled(_("Kind"), "", self.kind, self))
        box.addWidget(self._answers)
        hint = _("Written values that count as missing, apart by semicolons: refused; don’t know; -99")
        box.addLayout(labelled(_("Missing values"), hint, self.missing, self))
        box.addLayout(labelled(_("Description"), "", self.description, self))
        self.sentence = small("", self, wrap=True)
        self.sentence.setObjectName("attribute_sentence")
        self.sentence.setProperty("minor", False)
        self.sentence.setProperty("notice", True)
        self.sentence.hide()
        box.addWidget(self.sentence)
        self.name.textChanged.connect(self._typed)
        self.kind.currentIndexChanged.connect(self._typed)

    def _line(self, name: str, label: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(label)
        return line

    def _show(self, row: "AttributeRow | None") -> None:
        if row is None:
            return
        self.name.setText(row.name)
        self.kind.show_key(row.kind)
        self.choices.setPlainText("\n".join(row.choices))
        self.missing.setText("; ".join(row.missing))
        self.description.setText(row.description)

    def _typed(self) -> None:
        self._answers.setVisible(self.kind.currentData() == "choice")
        self.keep.setEnabled(bool(self.name.text().strip()))

    def _tell(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def _keep(self) -> None:
        from qda.coding.attributes import add_attribute, change_attribute

        self._tell("")
        kind = self.kind.currentData()
        fields: dict[str, Any] = {
            "name": self.name.text(),
            "kind": kind,
            "description": self.description.text(),
            "missing": [part for part in self.missing.text().split(";") if part.strip()],
            "choices": self.choices.toPlainText().splitlines() if kind == "choice" else [],
        }
        if self._row is None:
            done = self._desk.do(add_attribute, **fields)
        else:
            done = self._desk.do(change_attribute, attribute=self._row.guid, **fields)
        if done:
            self.settled.emit(done)
            self.accept()
