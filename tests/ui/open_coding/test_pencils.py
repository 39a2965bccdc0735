"""Pencil marks without a code: by key and by menu, drawn in the margin, noted on, gone through."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QPlainTextEdit, QToolTip

_CTRL = Qt.KeyboardModifier.ControlModifier


def _pencil(coding, words):
    coding.select(words)
    QTest.keyClick(coding.view, Qt.Key.Key_B, _CTRL)


def _write(coding, words):
    dialog = coding.pane.findChild(QInputDialog, "pencil_note")
    assert dialog.findChild(QPlainTextEdit, "note").accessibleName() == "Note on the pencil mark"
    dialog.setTextValue(words)
    dialog.accept()


def _on_line(coding):
    """A place of the margin on the line of the first pencil mark."""
    frame = coding.view.frame()
    rows = frame.rows_of(coding.view.pencils()[0])
    return QPoint(2, round(rows[0].baseline))


def test_the_key_marks_the_selection_and_undo_takes_the_mark_back(coding):
    _pencil(coding, "Zusagen")
    assert coding.penciled() == [("Zusagen", "")]
    assert coding.coded() == []
    coding.window.undo()
    assert coding.penciled() == []
    assert coding.view.pencils() == []


def test_the_same_key_again_writes_the_note(coding):
    _pencil(coding, "Zusagen")
    QTest.keyClick(coding.view, Qt.Key.Key_B, _CTRL)
    _write(coding, "Wovon?")
    assert coding.penciled() == [("Zusagen", "Wovon?")]


def test_without_a_selection_it_is_said_what_is_missing(coding):
    coding.go("Zusagen")
    coding.run("pencil")
    assert coding.told[-1] == "Select a passage first."
    assert coding.penciled() == []


def test_the_line_in_the_margin_shows_the_note_and_a_click_selects_the_words(coding):
    _pencil(coding, "Zusagen")
    coding.run("change-pencil")
    _write(coding, "Wovon?")
    margin, place = coding.view._margin, _on_line(coding)
    QApplication.sendEvent(margin, QHelpEvent(QEvent.Type.ToolTip, place, margin.mapToGlobal(place)))
    assert QToolTip.text() == "Pencil: Wovon?"
    coding.go("Ruhe")
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=place)
    span = coding.view.selected_span()
    assert coding.view.text[span.start : span.stop] == "Zusagen"


def test_the_line_is_drawn_and_gone_after_rubbing_out(coding):
    def edge():
        return coding.view._margin.grab(QRect(0, 0, 6, 400)).toImage()

    before = edge()
    _pencil(coding, "Zusagen")
    coding.view.clear_selection()
    assert edge() != before
    coding.go("Zusagen")
    coding.run("remove-pencil")
    assert coding.penciled() == []
    assert edge() == before


def test_a_screen_reader_hears_of_the_mark(coding):
    _pencil(coding, "Zusagen")
    coding.view.clear_selection()
    coding.go("Zusagen")
    assert coding.view.accessibleDescription().endswith("Pencil mark without a note")


@pytest.mark.parametrize("act", ["Remove pencil mark", "Note on the pencil mark…"])
def test_the_menu_of_the_place_offers_what_can_be_done_with_the_mark(coding, act):
    _pencil(coding, "Zusagen")
    coding.view.clear_selection()
    coding.go("Zusagen")
    acts = {one.text().replace("&", ""): one for one in coding.pane.menu_of("").actions()}
    acts[act].trigger()
    if act == "Remove pencil mark":
        assert coding.penciled() == []
    else:
        _write(coding, "Wovon?")
        assert coding.penciled() == [("Zusagen", "Wovon?")]


def test_a_key_goes_through_the_marks(coding):
    for words in ("Ruhe", "Zusagen", "Dienstweg"):
        _pencil(coding, words)
    coding.go("Wie kam")
    met = []
    for key in ("F7", "F7", "F7", "Shift+F7"):
        shift = Qt.KeyboardModifier.ShiftModifier if "Shift" in key else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(coding.view, Qt.Key.Key_F7, shift)
        span = coding.view.selected_span()
        met.append(coding.view.text[span.start : span.stop])
    assert met == ["Zusagen", "Dienstweg", "Ruhe", "Dienstweg"]
