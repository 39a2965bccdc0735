"""Below the settings: what is left to fill in, saving, how far that is, and what was saved last."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.surfaces import Elided, LinkButton, small


class Foot(QWidget):
    """The acts of the report in hand."""

    save_wanted = Signal()
    again_wanted = Signal()
    all_wanted = Signal()
    stop_wanted = Signal()
    first_wanted = Signal()  # to the first placeholder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: Path | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(10), px(16), px(12))
        box.setSpacing(px(8))
        box.addLayout(self._placeholders())
        box.addLayout(self._buttons())
        self._progress_part = self._progress()
        box.addWidget(self._progress_part)
        self._done_part = self._done()
        box.addWidget(self._done_part)

    def _placeholders(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._open = QLabel(self)
        self._open.setObjectName("placeholders")
        self._first = LinkButton(_("To the first"), "first_placeholder", self)
        self._first.setAccessibleName(_("To the first placeholder"))
        self._first.clicked.connect(self.first_wanted)
        row.addWidget(self._open, 1)
        row.addWidget(self._first)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.save_button = QPushButton(self)
        self.save_button.setObjectName("save_report")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save_wanted)
        self.all_button = QPushButton(_("All reports…"), self)
        self.all_button.setObjectName("all_reports")
        self.all_button.setAccessibleName(_("Save all reports into a folder"))
        self.all_button.setAutoDefault(False)
        self.all_button.clicked.connect(self.all_wanted)
        row.addWidget(self.save_button)
        row.addWidget(self.all_button)
        row.addStretch(1)
        return row

    def _progress(self) -> QWidget:
        part = QWidget(self)
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        row = QHBoxLayout()
        self._doing = Elided("", part)
        self._doing.setObjectName("export_doing")
        self._doing.setProperty("minor", True)
        self._stop = LinkButton(_("Stop"), "stop_export", part)
        self._stop.setAccessibleName(_("Stop saving"))
        self._stop.clicked.connect(self.stop_wanted)
        row.addWidget(self._doing, 1)
        row.addWidget(self._stop)
        self.bar = QProgressBar(part)
        self.bar.setObjectName("export_progress")
        self.bar.setAccessibleName(_("How far saving is"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(4))
        box.addLayout(row)
        box.addWidget(self.bar)
        part.hide()
        return part

    def _done(self) -> QWidget:
        part = QWidget(self)
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        self._told = small("", part, wrap=True)
        self._told.setObjectName("saved")
        links = QHBoxLayout()
        links.setSpacing(px(10))
        self._file = LinkButton(_("Open"), "open_file", part, flush=True)
        self._file.setAccessibleName(_("Open what was saved"))
        self._file.clicked.connect(self.open_file)
        self._folder = LinkButton(_("Open folder"), "open_folder", part)
        self._folder.clicked.connect(self.open_folder)
        self._again = LinkButton(_("Save again"), "save_again", part)
        self._again.setToolTip(_("To the same place with the same settings"))
        self._again.clicked.connect(self.again_wanted)
        for link in (self._file, self._folder, self._again):
            links.addWidget(link)
        links.addStretch(1)
        box.addWidget(self._told)
        box.addLayout(links)
        part.hide()
        return part

    # -- what is shown ---------------------------------------------------------------------------------------

    def show_placeholders(self, count: int, *, seen: bool) -> None:
        """How many are left; ``seen``: some stand on the pages."""
        left = ngettext("{n} placeholder still to fill in", "{n} placeholders still to fill in", count)
        self._open.setText(left.format(n=count) if count else _("No placeholder is open."))
        self._first.setVisible(seen)

    def name_save(self, words: str, *, enabled: bool) -> None:
        """What the button saves as."""
        self.save_button.setText(_("Save as {format}…").format(format=words))
        self.save_button.setAccessibleName(_("Save the report as {format}").format(format=words))
        self.save_button.setEnabled(enabled)

    def show_progress(self, words: str, done: int = 0, of: int = 0) -> None:
        """What is being written and how far it is; of 0: nobody knows."""
        self._done_part.hide()
        self._progress_part.show()
        self._doing.setText(words)
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def end_progress(self) -> None:
        """Nothing is being written any more."""
        self._progress_part.hide()

    def show_saved(self, told: str, path: Path | None, *, tip: str = "") -> None:
        """What was saved last, or why nothing was; ``path``: the file or folder."""
        self._saved = path
        self._told.setText(told)
        self._told.setToolTip(tip or (str(path) if path else ""))
        self._file.setVisible(path is not None and path.is_file())
        self._folder.setVisible(path is not None)
        self._done_part.show()

    def forget_saved(self) -> None:
        """Another report is in hand."""
        self._done_part.hide()

    def open_file(self) -> None:
        """Shows what was saved in the program for it."""
        if self._saved is not None:
            open_place(self._saved)

    def open_folder(self) -> None:
        """Shows where it was saved."""
        if self._saved is not None:
            open_place(self._saved if self._saved.is_dir() else self._saved.parent)


def open_place(path: Path) -> None:
    """Opens a file or folder as the system does."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
