"""Hearing the recording beside the transcript, in the real window."""

import math
import struct
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from qda.coding import material
from qda.coding.documents import take_in
from qda.exchange.reading import draft_from_text
from qda.ui.audio import hearing as hearing_module
from qda.ui.audio.player import available

SPOKEN = "Also das war so, und das erzähle ich gern noch einmal ausführlich, weil es wichtig ist. " * 3
WORDS = (
    f"[00:00:02] I: Wie fing das an?\n[00:00:05] B: {SPOKEN}\n[00:00:08] I: Und dann?\n[00:00:09] B: {SPOKEN}"
)
with_sound = pytest.mark.skipif(
    not available(), reason="the extra [audio] (Qt's multimedia part) is not installed"
)


def recording(folder: Path, seconds: int = 12) -> Path:
    """A hum of so many seconds."""
    path = folder / "interview.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        frames = (int(6000 * math.sin(at / 9)) for at in range(8000 * seconds))
        sound.writeframes(b"".join(struct.pack("<h", frame) for frame in frames))
    return path


@pytest.fixture
def desk_of(study):
    """A window with an interview that has time marks."""
    project = study.desk.project
    guid = take_in(project, draft=draft_from_text(WORDS), title="Interview mit Zeiten")
    study.show_workspace("open")
    study.desk.source_wanted.emit(guid, -1, -1)
    return study, study.workspace("open").pane


def time_place(pane) -> QPoint:
    """Where the time of the first long paragraph stands in the margin."""
    gutter, frame = pane.view._gutter, pane.view.frame()
    line = next(one for one in frame.lines if not one.index and one.count > 1)
    return QPointF(gutter.width() / 4, line.baseline + gutter._time_below() - 3).toPoint()


def test_without_a_recording_the_times_are_plain_and_a_sentence_says_so(desk_of):
    window, pane = desk_of
    told = []
    window.desk.told.connect(told.append)
    QTest.mouseClick(pane.view._gutter, Qt.MouseButton.LeftButton, pos=time_place(pane))
    assert pane.view.selected_span() is not None  # a click takes the paragraph, as ever
    pane.hearing.toggle()
    assert any("no recording" in line for line in told)
    assert not pane.hearing.bar.isVisible()


def test_without_the_extra_a_recording_is_kept_and_the_times_are_plain(desk_of, tmp_path, monkeypatch):
    window, pane = desk_of
    for module in ("audio.hearing", "open_coding.transcript_pane"):
        monkeypatch.setattr(f"qda.ui.{module}.available", lambda: False)
    refused = []
    window.desk.refused.connect(refused.append)
    pane.hearing.use(str(recording(tmp_path)))
    pane.hearing.toggle()
    assert "qda[audio]" in refused[-1]
    assert not pane.view._gutter.hears
    assert hearing_module.media_path(window.desk.project, pane.source).name == "interview.wav"


@with_sound
def test_a_click_on_a_time_mark_is_heard_from_there(desk_of, tmp_path, qtbot):
    _window, pane = desk_of
    pane.hearing.use(str(recording(tmp_path)))
    assert pane.view._gutter.hears
    player = pane.hearing.bar.player
    QTest.mouseClick(pane.view._gutter, Qt.MouseButton.LeftButton, pos=time_place(pane))
    qtbot.waitUntil(lambda: player.is_playing and player.position >= 5000, timeout=10_000)
    assert pane.hearing.bar.isVisible()
    assert pane.view.selected_span() is None
    pane.hearing.toggle()
    assert not player.is_playing
    stood = player.position
    pane.hearing.back()
    qtbot.waitUntil(lambda: abs(player.position - max(0, stood - 3000)) < 200, timeout=5000)
    pane.hearing.faster(1)
    assert player.speed == 1.1


@with_sound
def test_keys_alone_play_pause_and_show_the_place(desk_of, tmp_path, qtbot):
    window, pane = desk_of
    pane.hearing.use(str(recording(tmp_path)))
    text_start = material.text(window.desk.project, pane.source).index("Also")
    pane.view.go_to(text_start + 5)
    pane.view.setFocus()
    player = pane.hearing.bar.player
    QTest.keyClick(
        window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: player.is_playing and player.position >= 5000, timeout=10_000)
    QTest.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: not player.is_playing, timeout=5000)
    player.seek(8500)
    qtbot.waitUntil(lambda: abs(player.position - 8500) < 100, timeout=5000)
    pane.hearing.bar.place.click()
    assert pane.view.current_paragraph().number == "3"


@with_sound
def test_a_recording_that_went_away_is_told(desk_of, tmp_path):
    window, pane = desk_of
    path = recording(tmp_path)
    pane.hearing.use(str(path))
    pane.hearing.bar.close_bar()
    path.unlink()
    refused = []
    window.desk.refused.connect(refused.append)
    pane.hearing.toggle()
    assert "interview.wav" in refused[-1]
