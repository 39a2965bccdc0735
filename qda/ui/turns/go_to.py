"""Going to a paragraph by its number (also one that was joined) or to a time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from qda.coding import material
from qda.coding.going import place_written
from qda.coding.recordings import time_marks
from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.coding.rows import ParagraphRow
    from qda.models import Project

_WORDS = 70  # characters shown of the place


class GoToDialog(QDialog):
    """Type, see where it leads, Enter. ``found`` hands over the place in the text."""

    found = Signal(int)

    def __init__(self, parent: QWidget, project: "Project", source: str) -> None:
        super().__init__(parent)
        self.setObjectName("go_to")
        self.setWindowTitle(_("Go to paragraph"))
        self.setMinimumWidth(px(400))
        self._paragraphs = material.paragraphs(project, source)
        self._marks = time_marks(project, source)
        self._text = material.text(project, source)
        self.line = QLineEdit(self)
        self.line.setObjectName("go_to_line")
        question = _("Number of the paragraph, or a time") if self._marks else _("Number of the paragraph")
        self.line.setAccessibleName(question)
        self.line.setPlaceholderText(self._example())
        self.words = small("", self)
        self.words.setObjectName("go_to_words")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(16))
        box.setSpacing(px(8))
        label = QLabel(question, self)
        label.setBuddy(self.line)
        for widget in (label, self.line, self.words):
            box.addWidget(widget)
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton(_("Go there"), QDialogButtonBox.ButtonRole.AcceptRole)
        leave = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for name, button in (("go_to_ok", self.go), ("go_to_cancel", leave)):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
        self.go.setDefault(True)
        buttons.accepted.connect(self._go)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.line.textChanged.connect(lambda _text: self._look())
        self.finished.connect(self.deleteLater)
        self._look()

    def _example(self) -> str:
        numbers = [row.number for row in self._paragraphs if not row.number.startswith("0.")]
        number = numbers[len(numbers) // 2] if numbers else "1"
        return _("{number} or {time}").format(number=number, time="00:12:30") if self._marks else number

    def _place(self) -> "ParagraphRow | None":
        return place_written(self._paragraphs, self._marks, self.line.text())

    def _look(self) -> None:
        row = self._place()
        self.go.setEnabled(row is not None)
        if row is not None:
            words = " ".join(self._text[row.start : row.stop].split())
            shown = words if len(words) <= _WORDS else words[:_WORDS].rsplit(" ", 1)[0] + " …"
            told = _("{number}: {words}").format(number=row.number, words=shown)
        else:
            told = _("There is no such paragraph.") if self.line.text().strip() else " "
        self.words.setText(told)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setAccessibleDescription(told.strip())

    def _go(self) -> None:
        row = self._place()
        if row is not None:
            self.accept()
            self.found.emit(row.label_stop)
