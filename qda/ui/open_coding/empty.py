"""What stands where a transcript would be while there is none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.surfaces import on_paper


class EmptyPage(QWidget):
    """One sentence and one button."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("no_transcript")
        on_paper(self)
        words = QLabel(_("There is no transcript yet."), self)
        words.setProperty("quiet", True)
        self.button = QPushButton(_("Bring transcripts in"), self)
        self.button.setObjectName("to_material")
        self.button.clicked.connect(self.wanted)
        box = QVBoxLayout(self)
        box.setSpacing(px(12))
        box.addStretch(2)
        box.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
