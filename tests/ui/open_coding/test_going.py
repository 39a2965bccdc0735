"""Next and previous of anything, one menu with all of it; the size of the text, kept; both texts alike."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import memos
from qda.coding.documents import set_speaker_role
from qda.coding.material import speakers
from qda.coding.memo_places import memo_places
from qda.ui.open_coding.going import THINGS

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def _memo(coding, words, title, *, on="passage"):
    if on == "passage":
        start, stop = coding.place(words)
        target = f"segment:{coding.source}:{start}-{stop}"
    else:
        target = f"coding:{coding.code(words, 'Absichern')}"
    return coding.desk.do(memos.write_memo, kind="theoretical", title=title, body="…", target=target)


def _quiet(coding):
    """The interviewer is known as one, and nothing is read while a test goes on."""
    coding.pane.progress._still.setInterval(10**6)
    coding.pane.progress._still.stop()
    asks = next(row for row in speakers(coding.project, coding.source) if row.label == "I")
    coding.desk.do(set_speaker_role, speaker=asks.guid, role="interviewer")
    coding.view.setFocus()


def test_a_key_goes_from_memo_to_memo_and_says_their_titles(coding):
    assert _memo(coding, "kurzen Dienstweg", "Umweg")
    assert _memo(coding, "Ruhe", "Ende", on="coding")
    coding.go("Wie kam")
    QTest.keyClick(coding.view, Qt.Key.Key_F7, CTRL)
    assert coding.told[-1] == "Theoretical note: Umweg"
    assert (coding.pane.span.start, coding.pane.span.stop) == coding.place("kurzen Dienstweg")
    QTest.keyClick(coding.view, Qt.Key.Key_F7, CTRL)
    assert coding.told[-1] == "Theoretical note: Ende"
    QTest.keyClick(coding.view, Qt.Key.Key_F7, CTRL)
    assert coding.told[-1] == "No memo below."
    QTest.keyClick(coding.view, Qt.Key.Key_F7, CTRL_SHIFT)
    assert coding.told[-1] == "Theoretical note: Umweg"


def test_memos_on_passages_and_codings_are_found_once_each_in_their_order(coding):
    _memo(coding, "Ruhe", "Ende", on="coding")
    _memo(coding, "Zusagen", "Anfang")
    coding.desk.do(memos.write_memo, kind="diary", title="Ohne Ort", body="…")
    assert [place.title for place in memo_places(coding.project, coding.source)] == ["Anfang", "Ende"]


def test_a_key_goes_to_the_next_turn_without_a_coding_and_leaves_questions_out(coding):
    _quiet(coding)
    coding.go("Wie kam")
    QTest.keyClick(coding.view, Qt.Key.Key_F9, CTRL)
    assert coding.view.current_paragraph().number == "2"
    QTest.keyClick(coding.view, Qt.Key.Key_F9, CTRL)
    assert coding.view.current_paragraph().number == "4"
    QTest.keyClick(coding.view, Qt.Key.Key_F9, CTRL_SHIFT)
    assert coding.view.current_paragraph().number == "2"
    coding.code("Ruhe", "Stille")
    QTest.keyClick(coding.view, Qt.Key.Key_F9, CTRL)
    assert coding.told[-1] == "No turn without a coding below."


def test_a_turn_left_uncoded_on_purpose_is_passed_by(coding):
    _quiet(coding)
    coding.go("Zusagen")
    coding.pane.progress.leave_uncoded()
    coding.go("Wie kam")
    QTest.keyClick(coding.view, Qt.Key.Key_F9, CTRL)
    assert coding.view.current_paragraph().number == "4"


@pytest.mark.parametrize("thing", THINGS)
def test_there_is_a_next_and_a_previous_of_everything_with_a_key(coding, thing):
    keys = {command.id: command.key for command in coding.window.rows.commands}
    assert keys[f"next-{thing}"]
    assert keys[f"previous-{thing}"]


def test_one_menu_has_all_of_them_and_does_them(coding):
    _quiet(coding)
    coding.go("Wie kam")
    QApplication.processEvents()
    QTest.keyClick(coding.view, Qt.Key.Key_J, CTRL | Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    names = [act.objectName() for act in menu.actions() if not act.isSeparator()]
    assert names[: len(THINGS)] == [f"next-{thing}" for thing in THINGS]
    assert {"go-to", "codings-here"} <= set(names)
    next(act for act in menu.actions() if act.objectName() == "next-turn").trigger()
    menu.close()
    assert coding.view.current_paragraph().number == "2"


# -- size ----------------------------------------------------------------------------------------------------


def _wheel(view, up):
    place = QPointF(200, 100)
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 if up else -120),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_keys_and_wheel_enlarge_the_text_and_the_size_is_kept(coding):
    view = coding.view
    QTest.keyClick(view, Qt.Key.Key_Plus, CTRL)
    assert view.zoom == 1.1
    _wheel(view, up=True)
    assert view.zoom == 1.21
    QTest.keyClick(view, Qt.Key.Key_Minus, CTRL)
    assert view.zoom == 1.1
    assert coding.window.preferences.reading_size == 110
    path = coding.project.path
    coding.window.close_study()
    coding.window.open_path(path)
    coding.window.show_workspace("open")
    assert coding.view.zoom == 1.1
    QTest.keyClick(coding.view, Qt.Key.Key_0, CTRL)
    assert coding.view.zoom == 1.0
    assert coding.window.preferences.reading_size == 100


def test_a_size_by_the_wheel_stands_in_the_settings_as_it_is(coding):
    from qda.ui.settings import SettingsDialog

    _wheel(coding.view, up=False)
    coding.window.show_settings()
    dialog = coding.window.findChild(SettingsDialog)
    assert dialog.size_box.currentText() == "91 %"
    dialog.close()


def test_the_place_of_reading_stays_where_the_text_is_enlarged(coding):
    coding.go("Ruhe")
    coding.select("Ruhe")
    QTest.keyClick(coding.view, Qt.Key.Key_Plus, CTRL)
    assert coding.view.text[coding.pane.span.start : coding.pane.span.stop] == "Ruhe"


def test_both_texts_have_one_size_and_dim_the_interviewer_alike(coding):
    coding.run("split-view")
    first, second = coding.workspace.panes.all
    _wheel(first.view, up=True)
    assert second.view.zoom == first.view.zoom == 1.1
    assert first.view.dimmed
    coding.run("dim-interviewer")
    assert not first.view.dimmed
    assert not second.view.dimmed


def test_del_shows_a_coding_out_of_sight_before_it_removes_it(coding, qtbot):
    guid = coding.code("Wie kam", "Frage")
    coding.desk.coding_chosen.emit(guid)
    assert coding.view.active_coding == guid
    coding.view.setFixedHeight(60)
    bar = coding.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 60)
    bar.setValue(bar.maximum())
    coding.view.setFocus()
    QTest.keyClick(coding.view, Qt.Key.Key_Delete)
    assert coding.view.active_coding == guid
    assert coding.told[-1] == "This coding was out of sight. Once more removes it."
    assert bar.value() < bar.maximum()
    QTest.keyClick(coding.view, Qt.Key.Key_Delete)
    assert coding.view.active_coding == ""
