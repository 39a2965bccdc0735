"""A text typed or pasted in: a field note, a postscript, minutes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.dialogs import heading
from qda.ui.fonts import px, reading_font
from qda.ui.material.fields import Choice
from qda.ui.material.words import KINDS
from qda.ui.surfaces import small


class NewDocumentDialog(QDialog):
    """Title, kind, text; kept with one button."""

    written = Signal(str, str, str)  # title, kind, text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_document")
        self.setWindowTitle(_("New field note or document"))
        self.resize(px(640), px(520))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        box.addWidget(heading(_("New field note or document")))
        row = QHBoxLayout()
        self.title = QLineEdit(self)
        self.title.setObjectName("title")
        self.title.setAccessibleName(_("Title of the document"))
        self.title.setPlaceholderText(_("Title"))
        kinds = [(k, _(w)) for k, w in KINDS]
        self.kind = Choice("kind", _("Kind"), kinds, self)
        self.kind.show_key("field_note")
        row.addWidget(self.title, 1)
        row.addWidget(self.kind)
        box.addLayout(row)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("text")
        self.text.setAccessibleName(_("Text of the document"))
        self.text.setPlaceholderText(_("Type or paste the text here."))
        self.text.setFont(reading_font())
        self.text.setTabChangesFocus(True)
        box.addWidget(self.text, 1)
        box.addWidget(
            small(
                _("What was observed or noted is material and can be coded. Thoughts about it are memos."),
                self,
                wrap=True,
            )
        )
        buttons = QDialogButtonBox(self)
        self.keep = buttons.addButton(_("Take in"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setObjectName("take_in")
        self.keep.setAccessibleName(_("Take in"))
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancel")
        cancel.setAccessibleName(_("Cancel"))
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.title.textChanged.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        self._typed()

    def _typed(self) -> None:
        self.keep.setEnabled(bool(self.title.text().strip() and self.text.toPlainText().strip()))

    def _keep(self) -> None:
        self.written.emit(self.title.text(), self.kind.currentData(), self.text.toPlainText())
        self.accept()
