"""Memos: the panel that never loses the place, and the desk where all lie."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from qda.coding.codebook import add_code
from qda.coding.material import segments, sources
from qda.coding.memo_queries import memos
from qda.coding.memos import write_memo
from qda.ui.material.workspace import Workspace
from qda.ui.memos.desk import MemoDesk
from qda.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def _project(window: MainWindow):
    assert window.desk is not None
    return window.desk.project


@pytest.fixture
def memo_desk(study: MainWindow) -> MemoDesk:
    workspace = study.workspace("material")
    assert isinstance(workspace, Workspace)
    return workspace.memos


def _type(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


def test_a_memo_is_written_by_keyboard_and_esc_returns_to_the_same_word(study: MainWindow, qtbot) -> None:
    assert study.desk is not None
    source = sources(_project(study))[0].guid
    study.desk.source_wanted.emit(source, 22, 40)
    before = QApplication.focusWidget()
    study.desk.span_chosen.emit(source, 22, 40)
    QTest.keyClick(study, Qt.Key.Key_M, CTRL)
    panel = study.study.memo_panel
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.editor.body
    _type("Der kurze Weg.")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is before
    (memo,) = memos(_project(study))
    (segment,) = segments(_project(study))
    assert (memo.title, memo.body, memo.kind) == ("Der kurze Weg.", "Der kurze Weg.", "theoretical")
    assert memo.links == (f"segment:{segment.guid}",)
    assert (segment.start, segment.stop) == (22, 40)


def test_what_is_typed_is_saved_after_a_pause(study: MainWindow, qtbot) -> None:
    assert study.desk is not None
    study.desk.memo_wanted.emit("", "")
    panel = study.study.memo_panel
    QTest.keyClicks(panel.editor.title, "Tag 1")
    qtbot.waitUntil(lambda: len(memos(_project(study))) == 1, timeout=3000)
    QTest.keyClicks(panel.editor.body, "Angefangen.")
    qtbot.waitUntil(lambda: memos(_project(study))[0].body == "Angefangen.", timeout=3000)
    assert memos(_project(study))[0].kind == "diary"


def test_a_memo_that_stays_empty_never_was(study: MainWindow) -> None:
    study.action("memo-here").trigger()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert memos(_project(study)) == []


def test_type_and_privacy_chosen_before_the_first_word_are_kept(study: MainWindow) -> None:
    study.action("new-memo-workshop").trigger()
    editor = study.study.memo_panel.editor
    editor.private.click()
    QTest.keyClicks(editor.title, "Sitzung")
    editor.flush()
    (memo,) = memos(_project(study))
    assert (memo.kind, memo.private) == ("workshop", True)


def test_a_memo_of_the_panel_is_found_on_the_desk_and_changed_there(
    study: MainWindow, memo_desk: MemoDesk
) -> None:
    assert study.desk is not None
    code = study.desk.do(add_code, name="Dienstweg")
    study.desk.memo_wanted.emit("", f"code:{code}")
    editor = study.study.memo_panel.editor
    QTest.keyClicks(editor.body, "Weshalb so?")
    study.study.memo_panel._to_desk()
    assert memo_desk.editor.title.text() == "Weshalb so?"
    QTest.keyClicks(memo_desk.editor.title, " Darum")
    memo_desk.editor.flush()
    assert memos(_project(study))[0].title == "Weshalb so? Darum"
    assert memos(_project(study))[0].kind == "code"


def _three(study: MainWindow) -> None:
    assert study.desk is not None
    for kind, title, private in (
        ("theoretical", "Leihe", False),
        ("theoretical", "Besitz", False),
        ("reflection", "Ärger", True),
    ):
        study.desk.do(write_memo, kind=kind, title=title, body=f"Über {title}", private=private)


def _titles(desk: MemoDesk) -> list[str]:
    return [desk.list.item(at).text() for at in range(desk.list.count())]


def test_types_show_their_counts_and_choose_what_is_listed(study: MainWindow, memo_desk: MemoDesk) -> None:
    _three(study)
    study.action("memo-desk").trigger()
    names = [
        memo_desk.types.item(at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(memo_desk.types.count())
    ]
    assert names[0] == "All, 3"
    assert "Theoretical notes, 2" in names
    assert names[-1] == "Private, in no report, 1"
    memo_desk.types.setCurrentRow(2)
    assert _titles(memo_desk) == ["Besitz", "Leihe"]
    memo_desk.types.setCurrentRow(memo_desk.types.count() - 1)
    assert _titles(memo_desk) == ["Ärger"]


def test_the_filter_looks_at_title_and_words(study: MainWindow, memo_desk: MemoDesk) -> None:
    _three(study)
    study.action("memo-desk").trigger()
    memo_desk.filter.setText("über leihe")
    assert _titles(memo_desk) == ["Leihe"]


def test_a_memo_is_removed_with_del_and_brought_back_by_the_link(
    study: MainWindow, memo_desk: MemoDesk
) -> None:
    _three(study)
    study.action("memo-desk").trigger()
    memo_desk.choose(memos(_project(study))[0].guid)
    QTest.keyClick(memo_desk.list, Qt.Key.Key_Delete)
    assert len(memos(_project(study))) == 2
    QTest.mouseClick(study.findChild(QPushButton, "status_undo"), Qt.MouseButton.LeftButton)
    assert len(memos(_project(study))) == 3


def test_a_memo_is_hung_on_more_and_taken_off_again(study: MainWindow, memo_desk: MemoDesk) -> None:
    assert study.desk is not None
    code = study.desk.do(add_code, name="Dienstweg")
    memo = study.desk.do(write_memo, kind="code", title="Name")
    study.action("memo-desk").trigger()
    memo_desk.choose(memo)
    field = memo_desk.editor.hanging.field
    field.fill()
    at = field.findText("Code: Dienstweg")
    field.setCurrentIndex(at)
    field.activated.emit(at)
    assert memos(_project(study))[0].links == (f"code:{code}",)
    memo_desk.editor.hanging.findChild(QPushButton, "memo_off_0").click()
    assert memos(_project(study))[0].links == ()


def test_a_memo_leads_to_its_passage(study: MainWindow, memo_desk: MemoDesk) -> None:
    assert study.desk is not None
    from qda.ui.memos.targets import write_memo_on

    source = sources(_project(study))[0].guid
    place = f"passage:{source}:22-40"
    study.desk.do(write_memo_on, kind="theoretical", title="T", body="", private=False, target=place)
    wanted = []
    study.desk.source_wanted.connect(lambda *where: wanted.append(where))
    study.action("memo-desk").trigger()
    memo_desk._go()
    assert wanted[0] == (source, 22, 40)
    assert study.current_workspace == "open"


def test_undo_while_a_memo_is_open_shows_the_words_before(study: MainWindow, memo_desk: MemoDesk) -> None:
    _three(study)
    study.action("memo-desk").trigger()
    memo_desk.choose(memos(_project(study))[0].guid)
    QTest.keyClicks(memo_desk.editor.body, "x")
    memo_desk.editor.flush()
    study.undo()
    assert memo_desk.editor.body.toPlainText() == "Über Ärger"
