"""The bar below the transcript: play, back, speed, where one is; everything by key too."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QSlider, QWidget

from qda.i18n import _
from qda.ui.audio.player import BACK_MS, SPEEDS, Player
from qda.ui.fonts import px
from qda.ui.status import locale
from qda.ui.surfaces import on_paper, small
from qda.ui.theme import tokens_of
from qda.ui.transcript.margin import time_text

if TYPE_CHECKING:
    from collections.abc import Callable

PLAY_KEY, BACK_KEY = "F4", "Shift+F4"


class PlayerBar(QWidget):
    """Hidden until something is heard. ``follow_wanted``: show the place that is heard."""

    follow_wanted = Signal(int)  # the moment
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("player_bar")
        self.setAccessibleName(_("Recording"))
        on_paper(self)
        self.setFixedHeight(px(40))
        self.player = Player(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(8))
        self.play_button = self._button("player_play", _("Play"), self.toggle, row)
        self.back_button = self._button(
            "player_back",
            _("Back {n} s").format(n=BACK_MS // 1000),
            self._back,
            row,
        )
        self._keys()
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName("player_place")
        self.slider.setAccessibleName(_("Place in the recording"))
        self.slider.setSingleStep(1000)
        self.slider.setPageStep(10_000)
        self.slider.actionTriggered.connect(lambda _action: self.player.seek(self.slider.sliderPosition()))
        row.addWidget(self.slider, 1)
        self.clock = small("", self)
        self.clock.setObjectName("player_clock")
        row.addWidget(self.clock)
        self.place = self._button("player_follow", _("Show place"), self._follow, row)
        self.place.setToolTip(_("Shows in the transcript what is being heard"))
        self.speeds = QComboBox(self)
        self.speeds.setObjectName("player_speed")
        self.speeds.setAccessibleName(_("Speed"))
        self.speeds.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for speed in SPEEDS:
            self.speeds.addItem(f"{locale().toString(speed, 'g', 3)}×", speed)
        self.speeds.setCurrentIndex(SPEEDS.index(1.0))
        self.speeds.currentIndexChanged.connect(lambda at: self.player.set_speed(SPEEDS[at]))
        row.addWidget(self.speeds)
        self._button("player_close", _("Close"), self.close_bar, row)
        self.player.moved.connect(self._moved)
        self.player.lasts.connect(self._lasts)
        self.player.playing.connect(self._playing)
        self.player.failed.connect(self.refused)
        self.hide()

    def _button(self, name: str, words: str, act: "Callable[[], object]", row: QHBoxLayout) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        row.addWidget(button)
        return button

    def _keys(self) -> None:
        for button, key in ((self.play_button, PLAY_KEY), (self.back_button, BACK_KEY)):
            written = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{button.accessibleName()} ({written})")
        widest = max((_("Play"), _("Pause")), key=len)
        self.play_button.setText(widest)
        self.play_button.setFixedSize(QSize(self.play_button.sizeHint().width(), px(28)))
        self.play_button.setText(_("Play"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 1, QColor(tokens_of(self).separator))

    # -- what one does ---------------------------------------------------------------------------------------

    def load(self, path: Path | None) -> bool:
        """Takes up a recording; false where there is none, or its file is gone."""
        if path is not None and not path.is_file():
            self.refused.emit(
                _("The recording “{name}” is no longer where it was. Choose it again.").format(name=path.name)
            )
            path = None
        self.player.load(path)
        self.setVisible(path is not None)
        self._lasts(self.player.duration)
        return path is not None

    def hear(self, ms: int) -> None:
        """Plays from a moment."""
        self.player.play(ms)

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.player.is_playing:
            self.player.pause()
        else:
            self.player.play()

    def _back(self) -> None:
        self.player.back()

    def change_speed(self, step: int) -> None:
        """One step faster or slower."""
        at = self.speeds.currentIndex() + step
        self.speeds.setCurrentIndex(max(0, min(at, len(SPEEDS) - 1)))

    def close_bar(self) -> None:
        """Stops and hides."""
        self.player.load(None)
        self.hide()

    def _follow(self) -> None:
        self.follow_wanted.emit(self.player.position)

    # -- what the player says --------------------------------------------------------------------------------

    def _moved(self, ms: int) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(ms)
        self._tell(ms)

    def _lasts(self, length: int) -> None:
        self.slider.setRange(0, length)
        self._tell(self.player.position)

    def _tell(self, ms: int) -> None:
        self.clock.setText(f"{time_text(ms)} / {time_text(self.player.duration)}")
        self.slider.setAccessibleDescription(self.clock.text())

    def _playing(self, on: bool) -> None:
        words = _("Pause") if on else _("Play")
        self.play_button.setText(words)
        self.play_button.setAccessibleName(words)
