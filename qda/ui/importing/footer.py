"""Below the files: what will happen, how far it is, and the two buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.status import announce
from qda.ui.surfaces import Line, on_panel, small


class Footer(QWidget):
    """A line, a bar while something goes on, Cancel and Import."""

    import_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_panel(self)
        self.words: QLabel = small("", self, wrap=True)
        self.words.setObjectName("import_words")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("import_progress")
        self.bar.setAccessibleName(_("Files done"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(6))
        self.cancel = QPushButton(_("Cancel"), self)
        self.cancel.setObjectName("import_cancel")
        self.cancel.setAccessibleName(_("Cancel"))
        self.go = QPushButton(self)
        self.go.setObjectName("import_go")
        self.go.setDefault(True)
        for button, signal in ((self.cancel, self.cancel_wanted), (self.go, self.import_wanted)):
            button.setAutoDefault(True)  # Enter on it presses it
            button.clicked.connect(signal)
        left = QVBoxLayout()
        left.setSpacing(px(6))
        left.addWidget(self.words)
        left.addWidget(self.bar)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(12), px(16), px(12))
        row.setSpacing(px(8))
        row.addLayout(left, 1)
        row.addSpacing(px(8))
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Line(self))
        box.addLayout(row)

    def show_ready(self, ready: int, *, waiting: int, total: int, going_on: bool) -> None:
        """How many files can come in, and how many are still being read."""
        n = ready + waiting
        words = ngettext("Import {n} file", "Import {n} files", n).format(n=n)
        if self.go.text() != words:
            self.go.setText(words)
            self.go.setAccessibleName(words)
        self.go.setEnabled(n > 0 and not going_on)
        self.bar.setVisible(waiting > 0)
        self.bar.setRange(0, total)
        self.bar.setValue(total - waiting)
        if going_on:
            self.tell(_("They are brought in as soon as all of them have been read."))
        elif waiting:
            self.tell(
                ngettext("{n} file is being read …", "{n} files are being read …", waiting).format(n=waiting)
            )
        else:
            self.tell(_("The files stay as they are. One step takes the import back."))

    def show_progress(self, done: int, total: int) -> None:
        """How many files have been stored."""
        if not self.bar.isVisible() or self.bar.maximum() != total:
            self.bar.show()
            self.bar.setRange(0, total)
            self.go.setEnabled(False)
            announce(self, _("Bringing in …"))
        if self.bar.value() != done:
            self.bar.setValue(done)
        if self.go.isEnabled() or not done:
            self.tell(ngettext("Bringing in {n} file …", "Bringing in {n} files …", total).format(n=total))

    def tell(self, words: str) -> None:
        """A line at the left."""
        if self.words.text() != words:
            self.words.setText(words)
