"""Plays a recording. Qt's multimedia part comes with the extra ``audio`` and is loaded when needed."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal

from qda.i18n import _

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

SPEEDS: Final = (0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
BACK_MS: Final = 3000


def available() -> bool:
    """True where the extra is installed."""
    return find_spec("PySide6.QtMultimedia") is not None


class Player(QObject):
    """One recording at a time; all times in milliseconds."""

    moved = Signal(int)  # the moment that is heard
    lasts = Signal(int)  # the length is known
    playing = Signal(bool)
    failed = Signal(str)  # a sentence

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._wanted: int | None = None  # where to begin once the file is loaded
        self._path: Path | None = None
        self._speed = 1.0

    @property
    def path(self) -> Path | None:
        """The recording that is loaded."""
        return self._path

    def load(self, path: Path | None) -> None:
        """Takes up a recording, or lets go of the one that is loaded."""
        if path == self._path:
            return
        self.pause()
        self._path, self._wanted = path, None
        if path is None:
            if self._player is not None:
                self._player.setSource(QUrl())
            return
        player = self._made()
        player.setSource(QUrl.fromLocalFile(str(path)))
        player.setPlaybackRate(self._speed)

    def _made(self) -> "QMediaPlayer":
        if self._player is not None:
            return self._player
        from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

        player = QMediaPlayer(self)
        player.setAudioOutput(QAudioOutput(player))
        player.positionChanged.connect(self._moved)
        player.durationChanged.connect(self._loaded)
        player.playbackStateChanged.connect(
            lambda state: self.playing.emit(state == QMediaPlayer.PlaybackState.PlayingState)
        )
        player.errorOccurred.connect(lambda _error, _words: self._refused())
        self._player = player
        return player

    def _moved(self, ms: int) -> None:
        self.moved.emit(ms)

    def _loaded(self, length: int) -> None:
        self.lasts.emit(length)
        if length and self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.seek(wanted)

    def _refused(self) -> None:
        name = self._path.name if self._path else ""
        self.failed.emit(_("“{name}” cannot be played.").format(name=name))

    @property
    def is_playing(self) -> bool:
        """True while one hears it."""
        if self._player is None:
            return False
        return self._player.playbackState() == self._player.PlaybackState.PlayingState

    @property
    def position(self) -> int:
        """The moment that is heard."""
        if self._wanted is not None:
            return self._wanted
        return self._player.position() if self._player is not None else 0

    @property
    def duration(self) -> int:
        """The length of the recording; 0 until it is known."""
        return self._player.duration() if self._player is not None else 0

    def play(self, at: int | None = None) -> None:
        """Plays, from a moment if one is named."""
        if self._player is None:
            return
        if at is not None:
            self.seek(at)
        self._player.play()

    def pause(self) -> None:
        """Stops at the moment."""
        if self._player is not None:
            self._player.pause()

    def seek(self, at: int) -> None:
        """Goes to a moment."""
        if self._player is None:
            return
        if not self._player.duration():
            self._wanted = max(0, at)
            return
        self._player.setPosition(max(0, min(at, self._player.duration())))

    def back(self, by: int = BACK_MS) -> None:
        """Jumps back."""
        self.seek(self.position - by)

    @property
    def speed(self) -> float:
        """1.0 is as it was spoken."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Sets how fast it is played."""
        self._speed = speed
        if self._player is not None:
            self._player.setPlaybackRate(speed)
