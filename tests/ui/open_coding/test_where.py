""" "Where was I?": a panel beside the text after opening, with what one goes on with; it can be left off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from qda.coding import memos, reading
from qda.coding.documents import add_document
from qda.coding.whereabouts import whereabouts
from qda.ui.open_coding.where import WherePanel, _sentence

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def left(coding):
    """A study left in the middle of work, to be opened again."""
    coding.desk.do(memos.write_memo, kind="theoretical", title="Zusagen als Ersatz", body="Statt Weisung.")
    coding.note = coding.desk.do(memos.write_memo, kind="operational", title="Fall C anfragen", body="Bald.")
    coding.go("kurzen Dienstweg")
    coding.pane.progress.note_read()
    coding.first = coding.source
    reading.mark_seen(
        coding.project, source=coding.source, starts={p.start for p in coding.view.paragraphs()}
    )
    coding.go("Ruhe")
    QApplication.processEvents()  # what can be done now is asked a little later
    coding.run("mark-unread")
    coding.go("kurzen Dienstweg")
    return coding


def _reopen(coding):
    path = coding.project.path
    coding.window.show_workspace("open")
    coding.window.close_study()
    coding.window.open_path(path)
    coding.window.show_workspace("open")
    coding.desk = coding.window.desk
    coding.desk.told.connect(coding.told.append)
    return coding


def _panel(coding):
    found = coding.workspace.findChild(WherePanel)
    return found if found is not None and found.isVisible() else None


def _words(panel, name):
    return panel.findChild(QLabel, name).text().replace("\u200b", "")


def test_it_comes_up_beside_the_text_after_opening(left, qtbot):
    _reopen(left)
    assert _panel(left) is None, "the text is painted first"
    qtbot.waitUntil(lambda: _panel(left) is not None)
    panel = _panel(left)
    assert _words(panel, "where_title") == "Interview A, para. 2"
    assert _words(panel, "where_words").startswith("“Wir haben uns Zusagen geholt")
    assert left.view.isVisible()
    assert QApplication.focusWidget() is left.view, "it takes the focus from nobody"


def test_go_on_here_leads_to_the_place_and_gives_the_inspector_its_place_back(left, qtbot):
    place = left.view.current_position()
    other = left.desk.do(add_document, title="Notiz", text="Leer.", kind="field_note", language="de")
    _reopen(left)
    qtbot.waitUntil(lambda: _panel(left) is not None)
    panel = _panel(left)
    left.desk.source_wanted.emit(other, -1, -1)
    panel.findChild(QPushButton, "where_go_on").click()
    assert (left.source, left.view.current_position()) == (left.first, place)
    assert _panel(left) is None
    assert left.workspace.inspector.isVisible()
    assert QApplication.focusWidget() is left.view


def test_the_last_memos_are_listed_and_open(left, qtbot):
    _reopen(left)
    qtbot.waitUntil(lambda: _panel(left) is not None)
    titles = [b.text() for b in _panel(left).findChildren(QPushButton, "where_memo")]
    assert titles == ["Fall C anfragen", "Zusagen als Ersatz"]
    wanted = []
    left.desk.memo_wanted.connect(lambda memo, _target: wanted.append(memo))
    _panel(left).findChildren(QPushButton, "where_memo")[0].click()
    assert wanted == [left.note]


def test_an_open_note_is_ticked_stays_to_be_taken_back_and_is_undone(left, qtbot):
    _reopen(left)
    qtbot.waitUntil(lambda: _panel(left) is not None)
    tick = _panel(left).findChild(QCheckBox, "where_done")
    assert tick.accessibleName() == "Done: Fall C anfragen"
    tick.click()
    assert not whereabouts(left.project).open_notes
    QTest.qWait(120)
    tick = _panel(left).findChild(QCheckBox, "where_done")
    assert tick.isChecked()
    tick.click()
    assert [memo.guid for memo in whereabouts(left.project).open_notes] == [left.note]
    QTest.qWait(120)
    _panel(left).findChild(QCheckBox, "where_done").click()
    left.window.undo()
    assert [memo.guid for memo in whereabouts(left.project).open_notes] == [left.note]
    qtbot.waitUntil(lambda: not _panel(left).findChild(QCheckBox, "where_done").isChecked())


def test_documents_with_unread_turns_are_named_and_lead_there(left, qtbot):
    left.desk.do(add_document, title="Notiz", text="Leer.", kind="field_note", language="de")
    _reopen(left)
    qtbot.waitUntil(lambda: _panel(left) is not None)
    qtbot.waitUntil(lambda: _panel(left).findChild(QPushButton, "where_unread") is not None)
    link = _panel(left).findChild(QPushButton, "where_unread")
    assert link.accessibleName() == "Interview A, 1 unread turn"
    assert _words(_panel(left), "where_untouched") == "1 document not begun yet"
    link.click()
    assert left.view.current_paragraph().number == "4"


def test_the_key_brings_it_at_any_time_and_esc_closes_it(left):
    QTest.keyClick(left.window, Qt.Key.Key_W, CTRL_ALT)
    panel = _panel(left)
    assert panel is not None
    assert panel.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert _panel(left) is None
    assert QApplication.focusWidget() is left.view


def test_it_can_be_left_off_in_the_panel_and_in_the_settings(left, qtbot):
    left.run("where-was-i")
    _panel(left).always.click()
    assert not left.window.preferences.where_on_opening
    _reopen(left)
    QTest.qWait(400)
    assert _panel(left) is None
    left.window.show_settings()
    from qda.ui.settings import SettingsDialog

    dialog = left.window.findChild(SettingsDialog)
    dialog.where.click()
    dialog.close()
    assert left.window.preferences.where_on_opening
    _reopen(left)
    qtbot.waitUntil(lambda: _panel(left) is not None)


def test_who_goes_on_at_once_is_not_held_up(left):
    _reopen(left)
    left.select("Ruhe")
    QTest.qWait(400)
    assert _panel(left) is None


def test_a_coding_turned_to_gives_the_inspector_its_place_back(left, qtbot):
    made = left.code("Ruhe", "Stille")
    _reopen(left)
    qtbot.waitUntil(lambda: _panel(left) is not None)
    left.view.activate(made)
    assert _panel(left) is None
    assert left.workspace.inspector.isVisible()


def test_a_new_study_has_nothing_to_find_back_to(coding):
    QTest.qWait(400)
    assert _panel(coding) is None
    coding.run("where-was-i")
    assert "Nothing was done" in _panel(coding).nothing.text()


@pytest.mark.parametrize(
    ("text", "at", "begins"),
    [
        ("B: Eins. Zwei drei vier.", 15, "Zwei"),
        ("I: Wie?\nB: Zwei drei vier.", 17, "Zwei"),
        ("Ganz am Anfang", 5, "Ganz"),
        ("lang " * 60 + "hier weiter", 300, "hier"),
    ],
)
def test_the_words_begin_with_their_sentence(text, at, begins):
    assert text[_sentence(text, at) :].startswith(begins)
