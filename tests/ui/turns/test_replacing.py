"""A transcript is replaced by a corrected file: looked at first, one act, what was lost is noted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding.codes import codings
from qda.coding.memo_queries import memos
from qda.coding.open_coding import code_passage
from qda.ui.turns.replacing import ReplaceDialog

from .conftest import WORDS


@pytest.fixture
def dialog(correcting):
    correcting.window.show_workspace("material")
    correcting.window.workspace("material").choose_document(correcting.source)
    correcting.window.rows.refresh()
    correcting.window.action("replace-source").trigger()
    return next(d for d in correcting.window.findChildren(ReplaceDialog) if d.isVisible())


def _code(correcting, words: str) -> None:
    at = correcting.text().index(words)
    code_passage(correcting.project, source=correcting.source, start=at, stop=at + len(words), code=words)


def _read(dialog, qtbot, path, words: str):
    path.write_text(words, encoding="utf-8")
    dialog.read(path)
    qtbot.waitUntil(dialog.choose.isEnabled, timeout=20000)


def test_what_changes_is_shown_before_and_codings_are_carried_over(correcting, dialog, qtbot, tmp_path):
    _code(correcting, "Die Zeit")
    _read(dialog, qtbot, tmp_path / "neu.txt", WORDS.replace("erlich", "ehrlich"))
    assert "6 paragraphs stay as they are, 1 changes, 0 are new, 0 are gone" in dialog.told.text()
    assert "1 coded passage keeps its place" in dialog.told.text()
    assert "ehrlich" in dialog.changes.toPlainText()
    assert not dialog.lost.isVisible()
    assert "ehrlich" not in correcting.text()
    QTest.keyClick(dialog.replace, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Das Geld, ehrlich gesagt." in correcting.text(), timeout=20000)
    qtbot.waitUntil(lambda: not correcting.desk.at_work)
    assert [row.segment.text for row in codings(correcting.project, source=correcting.source)] == ["Die Zeit"]
    correcting.window.undo()
    assert "erlich gesagt" in correcting.text()


def test_codings_that_find_no_place_are_listed_and_noted_in_a_memo(correcting, dialog, qtbot, tmp_path):
    _code(correcting, "Zusagen geholt")
    lines = WORDS.splitlines()
    lines[1] = "B: Im Sommer sind alle verreist gewesen, niemand war im Haus erreichbar. #00:00:31-0#"
    _read(dialog, qtbot, tmp_path / "neu.txt", "\n".join(lines))
    cells = [dialog.lost.item(0, column).text() for column in range(3)]
    assert cells == ["Zusagen geholt", "2", "Zusagen geholt"]
    QTest.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.note.isVisible, timeout=20000)
    assert "noted in a memo" in dialog.told.text()
    shown = []
    correcting.desk.memo_wanted.connect(lambda memo, _target: shown.append(memo))
    QTest.mouseClick(dialog.note, Qt.MouseButton.LeftButton)
    (memo,) = memos(correcting.project, target=f"source:{correcting.source}")
    assert shown == [memo.guid]
    assert "Zusagen geholt" in memo.body
    correcting.window.undo()
    assert len(codings(correcting.project, source=correcting.source)) == 1
    assert memos(correcting.project, target=f"source:{correcting.source}") == []


def test_a_file_that_cannot_be_read_says_why_and_nothing_is_changed(correcting, dialog, qtbot, tmp_path):
    before = correcting.text()
    _read(dialog, qtbot, tmp_path / "leer.txt", "")
    assert "empty" in dialog.told.text()
    assert not dialog.replace.isEnabled()
    assert correcting.text() == before


def test_reading_can_be_left_and_nothing_is_changed(correcting, dialog, tmp_path):
    (tmp_path / "neu.txt").write_text(WORDS.replace("erlich", "ehrlich"), encoding="utf-8")
    before = correcting.text()
    dialog.read(tmp_path / "neu.txt")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert correcting.text() == before
