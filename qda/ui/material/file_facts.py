"""How a document's file came in, what can be done with it, and the recording beside it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.importing.words import FAMILIES
from qda.ui.preferences import documents_folder
from qda.ui.status import locale
from qda.ui.surfaces import LinkButton, section, small

if TYPE_CHECKING:
    from qda.coding.rows import SourceRow
    from qda.ui.desk import Desk


class FileFacts(QWidget):
    """Facts as pairs, and acts in words."""

    replace_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source = ""
        self.setObjectName("file_facts")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addWidget(section(_("File and recording"), self))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnStretch(1, 1)
        box.addLayout(self._grid)
        writable = not desk.project.read_only
        self.replace = self._link("document_replace", _("Replace by corrected file…"), self.replace_wanted)
        self.export = self._link("document_export", _("Write transcript with times…"), self.export_wanted)
        acts = QHBoxLayout()
        acts.setSpacing(px(12))
        for link in (self.replace, self.export):
            acts.addWidget(link)
        acts.addStretch(1)
        self.replace.setVisible(writable)
        box.addLayout(acts)
        self.choose = self._link("document_media", _("Choose recording…"), None)
        self.remove = self._link("document_media_remove", _("Take recording away"), None)
        self.choose.clicked.connect(self.ask_recording)
        self.remove.clicked.connect(lambda: self.use_recording(""))
        media = QHBoxLayout()
        media.setSpacing(px(12))
        for link in (self.choose, self.remove):
            link.setEnabled(writable)
            media.addWidget(link)
        media.addStretch(1)
        box.addLayout(media)

    def _link(self, name: str, words: str, signal: object) -> LinkButton:
        link = LinkButton(words, name, self, flush=True)
        if signal is not None:
            link.clicked.connect(lambda _checked=False: signal.emit())  # type: ignore[attr-defined]
        return link

    def show_facts(self, row: "SourceRow") -> None:
        """Shows the file and the recording of a document."""
        from qda.coding.recordings import media_path, time_marks

        self._source = row.guid
        marks = len(time_marks(self._desk.project, row.guid))
        path = media_path(self._desk.project, row.guid)
        media = _("none chosen")
        if path is not None:
            media = path.name if path.is_file() else _("{name} (not found)").format(name=path.name)
        form = " · ".join(part for part in (row.format, row.encoding) if part)
        if row.format == "typed":
            form = _("written here")
        family = _(FAMILIES[row.family]) if row.family in FAMILIES else row.family
        facts = [
            (_("File"), row.file_name),
            (_("Format"), form),
            (_("Turns marked by"), family),
            (_("Time marks"), locale().toString(marks)),
            (_("Line numbers"), _("the file's own") if row.numbered else ""),
            (_("Recording"), media),
        ]
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        shown = [(name, words) for name, words in facts if words]
        for at, (name, words) in enumerate(shown):
            value = QLabel(words, self)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(small(name, self), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1)
        self.remove.setVisible(path is not None)

    def ask_recording(self) -> None:
        """Asks for the recording of the document."""
        path, _kind = QFileDialog.getOpenFileName(
            self,
            _("Recording of this transcript"),
            str(self._desk.path.parent),
            _("Recordings ({kinds});;All files (*)").format(
                kinds="*.mp3 *.wav *.m4a *.ogg *.opus *.flac *.aac *.wma *.mp4 *.mov *.mkv *.webm"
            ),
        )
        if path:
            self.use_recording(path)

    def use_recording(self, path: str) -> None:
        """Puts this recording beside the document; an empty path takes it away."""
        from qda.coding.recordings import set_media

        self._desk.do(set_media, source=self._source, file=path)

    def ask_export(self, title: str) -> None:
        """Asks where the transcript is to be written."""
        name = "".join(sign for sign in title if sign not in '\\/:*?"<>|').strip() or "transcript"
        path, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write transcript with times"),
            str(documents_folder() / f"{name}.txt"),
            _("Text files (*.txt)"),
        )
        if path:
            self.export_to(path)

    def export_to(self, path: str) -> None:
        """Writes the transcript to a file."""
        from qda.exchange.text_out import export_transcript

        if written := self._desk.do(export_transcript, source=self._source, file=path):
            self._desk.told.emit(_("Written: {name}").format(name=Path(written).name))
