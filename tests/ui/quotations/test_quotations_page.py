"""Quotations of a finished text in the window: list, comparison, to the text and back, by key and mouse."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.coding import material
from qda.ui.quotations.commands import show_quotations
from qda.ui.quotations.page import QuotationsPage

WORDS = "Wir haben uns Zusagen geholt"
TEXT = (
    "# 2 Ergebnisse\n\nSie sagt: „{words}“ ({title}, Abs. 2). "
    "Dann: „Wir haben uns Absagen geholt“ ({title}, Abs. 2).\n\n"
    "„{words}“ ({title}, Abs. 4) – und „Ruhe.“ ({title}, Abs. 4).\n\n"
    "„Nie gesagt, nirgends“ ({title}, Abs. 2).\n"
)


@pytest.fixture
def file(study, tmp_path) -> Path:
    title = material.sources(study.project)[0].title
    path = tmp_path / "thesis.md"
    path.write_text(TEXT.format(words=WORDS, title=title), encoding="utf-8")
    return path


@pytest.fixture
def page(study, file, qtbot) -> QuotationsPage:
    made = show_quotations(study)
    made.check(file)
    qtbot.waitUntil(lambda: made.checked is not None, timeout=20_000)
    return made


def states(page: QuotationsPage) -> list[str]:
    return [one.state for one in page.list.rows.findings]


def test_what_is_to_be_put_right_is_listed_first_and_the_filter_shows_the_rest(page) -> None:
    assert states(page) == ["text", "place", "missing"]
    page.show_only("all")
    assert states(page) == ["right", "text", "place", "right", "missing"]
    page.show_only("right")
    assert states(page) == ["right", "right"]


def test_the_quotation_in_hand_is_compared_word_by_word_beside_its_passage(page) -> None:
    assert page.list.finding.state == "text"
    assert "<b>Zusagen</b>" in page.detail.compared.text()
    assert "Absagen</s>" in page.detail.compared.text()
    assert WORDS in page.detail.said.text()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.detail.right.text().endswith("Abs. 2)")
    assert not page.detail.compared.isVisible()


def test_enter_leads_to_the_passage_and_the_page_comes_back_as_it_was(page, study, qtbot) -> None:
    wanted: list[tuple[str, int, int]] = []
    study.desk.source_wanted.connect(lambda *place: wanted.append(place))
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    (source, start, stop) = wanted[0]
    assert material.text(study.project, source)[start:stop] == WORDS
    assert not page.isVisible()
    assert show_quotations(study) is page
    assert page.list.finding.state == "place"


def test_a_quotation_that_stands_nowhere_leads_nowhere_and_says_so(page, study) -> None:
    told: list[str] = []
    study.desk.told.connect(told.append)
    page.list.setCurrentIndex(page.list.rows.index(2))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert told == ["These words stand in no document of the study."]
    assert page.isVisible()
    assert not page.detail.open.isEnabled()


def test_right_citation_and_right_text_are_copied_with_a_click(page) -> None:
    clipboard = QGuiApplication.clipboard()
    QTest.mouseClick(page.detail.copy_text, Qt.MouseButton.LeftButton)
    assert clipboard.text().strip("“”„") == WORDS
    page.list.setCurrentIndex(page.list.rows.index(1))
    QTest.mouseClick(page.detail.copy_citation, Qt.MouseButton.LeftButton)
    assert clipboard.text().endswith("Abs. 2)")


def test_copy_as_citation_takes_the_passage_in_hand(page, study) -> None:
    page.list.setFocus()
    (row,) = page.passages_in_hand()
    assert row.text == WORDS


def test_a_double_click_leads_to_the_passage(page, study, qtbot) -> None:
    place = page.list.visualRect(page.list.rows.index(0)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    with qtbot.waitSignal(study.desk.source_wanted, timeout=2000):
        QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))


def test_after_a_change_of_the_file_one_key_checks_it_again(page, study, file, qtbot) -> None:
    assert not page.changed.isVisible()
    file.write_text(file.read_text(encoding="utf-8").replace("Absagen", "Zusagen"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    page.refresh()
    assert "changed" in page.changed.text()
    before = page.checked
    study.action("check-quotes-again").trigger()
    qtbot.waitUntil(lambda: page.checked is not before, timeout=20_000)
    assert states(page) == ["place", "missing"]
    assert not page.changed.isVisible()


def test_an_act_in_the_study_tells_that_it_has_changed_since(page, study) -> None:
    from qda.coding import documents

    study.desk.do(documents.rename_source, source=material.sources(study.project)[0].guid, title="Gespräch 9")
    QTest.qWait(20)
    assert "study has changed" in page.changed.text()


def test_a_check_can_be_stopped_and_what_was_found_before_stays(page, file) -> None:
    before = page.checked
    page.check(file)
    assert page.stop.isVisible()
    QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    assert not page.stop.isVisible()
    page.worker.wait()
    QTest.qWait(20)
    assert page.checked is before


def test_a_file_that_cannot_be_read_is_told_and_the_page_stays_usable(page, study, tmp_path, qtbot) -> None:
    refused: list[str] = []
    study.desk.refused.connect(refused.append)
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    page.check(broken)
    qtbot.waitUntil(lambda: bool(refused), timeout=20_000)
    assert page.again.isEnabled()


def test_the_first_time_the_command_asks_for_the_text_and_the_list_is_saved(
    study, file, tmp_path, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(file), ""))
    study.action("check-quotes").trigger()
    page = show_quotations(study)
    qtbot.waitUntil(lambda: page.checked is not None, timeout=20_000)
    out = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(out), ""))
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(out.exists, timeout=10_000)
    page.worker.wait()
    assert "Absagen" in out.read_text(encoding="utf-8-sig")


def test_escape_leads_back_to_the_text(page) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_whatever_can_be_used_has_a_name(page) -> None:
    used = (page.list, page.filter, page.progress, page.stop, page.choose, page.again, page.save, page.back)
    parts = (*used, page.detail.open, page.detail.copy_citation, page.detail.copy_text)
    for widget in parts:
        assert isinstance(widget, QWidget)
        assert widget.objectName()
        assert widget.accessibleName()
    assert page.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Wrong text:")


def test_the_page_has_room_in_a_small_window_in_german(study, file, qtbot) -> None:
    from qda.i18n import set_language

    set_language("de")
    try:
        study.resize(1024, 700)
        page = show_quotations(study)
        page.check(file)
        qtbot.waitUntil(lambda: page.checked is not None, timeout=20_000)
        QTest.qWait(20)
        assert study.width() == 1024
    finally:
        set_language("en")


def test_the_empty_page_has_one_button_and_takes_a_file_that_is_dropped(study, file, qtbot, monkeypatch):
    asked: list[int] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (asked.append(1), ("", ""))[1])
    page = show_quotations(study)
    assert page.first.isVisible()
    assert not page.list.isVisible()
    page.focus_first()
    assert page.first.hasFocus()
    QTest.mouseClick(page.first, Qt.MouseButton.LeftButton)
    assert asked == [1]
    for path, taken in ((file.with_suffix(".xyz"), False), (file, True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        place, act = QPointF(40, 200), Qt.DropAction.CopyAction
        none = Qt.KeyboardModifier.NoModifier
        entered = QDragEnterEvent(place.toPoint(), act, data, Qt.MouseButton.LeftButton, none)
        entered.ignore()
        page.dragEnterEvent(entered)
        assert entered.isAccepted() == taken
        page.dropEvent(QDropEvent(place, act, data, Qt.MouseButton.LeftButton, none))
    qtbot.waitUntil(lambda: page.checked is not None, timeout=20_000)
    assert page.list.isVisible()
    assert page.detail.isVisible()
    assert not page.first.isVisible()
