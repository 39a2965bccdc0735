"""Hearing a transcript: which moment belongs to the cursor, and what to do where nothing can be heard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from qda.coding.recordings import TimeMarkRow, media_path, moment_of, place_of, set_media, time_marks
from qda.i18n import _
from qda.ui.audio.bar import PlayerBar
from qda.ui.audio.player import available

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane


class Hearing(QObject):
    """Between the transcript and the bar below it. Follows the document that is shown."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._view = pane.view
        self._source = ""
        self.bar = PlayerBar(pane)
        self.bar.refused.connect(desk.refused)
        self.bar.follow_wanted.connect(self._follow)
        pane.opened.connect(self._shown)

    def _shown(self, source: str) -> None:
        self._source = source
        self.bar.close_bar()

    def _marks(self) -> list[TimeMarkRow]:
        return time_marks(self._desk.project, self._source)

    def ready(self, *, quiet: bool = False) -> bool:
        """True where the recording of the document is loaded; else says what is missing."""
        path = media_path(self._desk.project, self._source) if self._source else None
        if path is None:
            if not quiet:
                self._desk.told.emit(_("This transcript has no recording yet. Choose one first."))
            return False
        if not available():
            if not quiet:
                self._desk.refused.emit(
                    _("To hear recordings, install qda with its extra: pip install qda[audio]")
                )
            return False
        return self.bar.player.path == path or self.bar.load(path)

    def choose(self) -> None:
        """Asks for the recording of the document."""
        if not self._source:
            return
        path, _kind = QFileDialog.getOpenFileName(
            self._view.window(),
            _("Recording of this transcript"),
            str(self._desk.path.parent),
            _("Recordings ({kinds});;All files (*)").format(
                kinds="*.mp3 *.wav *.m4a *.ogg *.opus *.flac *.aac *.wma *.mp4 *.mov *.mkv *.webm"
            ),
        )
        if path:
            self.use(path)

    def use(self, path: str) -> None:
        """Puts this recording beside the document."""
        if self._desk.do(set_media, source=self._source, file=path):
            self.bar.close_bar()
            self.ready()

    def at(self, ms: int) -> bool:
        """Plays from a time mark that was clicked; false where nothing can be heard."""
        if not self.ready(quiet=True):
            return False
        self.bar.hear(ms)
        return True

    def from_here(self) -> None:
        """Plays from the mark before the cursor."""
        if self.ready():
            self.bar.hear(moment_of(self._marks(), self._view.current_position()))

    def toggle(self) -> None:
        """Plays or pauses; the first time from the cursor."""
        loaded = self.bar.player.path is not None
        if not self.ready():
            return
        if loaded:
            self.bar.toggle()
        else:
            self.from_here()

    def back(self) -> None:
        """Jumps back three seconds."""
        if self.ready():
            self.bar.player.back()

    def faster(self, step: int) -> None:
        """One step faster or slower."""
        if self.ready():
            self.bar.change_speed(step)
            self._desk.told.emit(_("Speed {speed}").format(speed=self.bar.speeds.currentText()))

    def _follow(self, ms: int) -> None:
        place = place_of(self._marks(), ms)
        self._view.go_to(place)
        self._view.setFocus()
