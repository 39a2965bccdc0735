"""Two texts at once: by key and mouse, each to code in, the active one is meant, kept with the study."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from qda.coding import open_coding
from qda.coding.documents import add_document

ALT = Qt.KeyboardModifier.AltModifier
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | ALT


@pytest.fixture
def two(coding):
    """The interview, and a second document."""
    coding.second = coding.desk.do(
        add_document,
        title="Notiz",
        text="Der Flur war leer.\nNiemand sprach.",
        kind="field_note",
        language="de",
    )
    coding.workspace.documents.refresh()
    coding.view.setFocus()
    return coding


def _panes(coding):
    return coding.workspace.panes


def _drop(pane, source):
    from qda.ui.transcript.mime import source_mime

    data = source_mime(source)
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(pane, QDragEnterEvent(QPoint(9, 99), action, data, button, none))
    QApplication.sendEvent(pane, QDropEvent(QPointF(9, 99), action, data, button, none))


def test_the_key_splits_at_the_same_place_and_takes_it_back(two):
    first = two.pane
    first.view.go_to(two.place("Ruhe")[0])
    QTest.keyClick(two.window, Qt.Key.Key_S, CTRL_ALT)
    panes = _panes(two)
    assert len(panes.all) == 2
    assert panes.active is not first
    assert panes.active.source == first.source
    assert panes.active.view.current_position() == first.view.current_position()
    QTest.keyClick(two.window, Qt.Key.Key_S, CTRL_ALT)
    assert len(panes.all) == 1


def test_the_active_text_is_seen_and_follows_the_focus(two, qtbot):
    two.run("split-view")
    first, second = _panes(two).all
    assert second.active
    assert not first.active
    assert second.bar.findChildren(type(second.bar.close_text), "close_text")
    assert [bool(pane.bar._buttons) for pane in (first, second)] == [False, True]
    first.view.setFocus()
    assert first.active
    assert [bool(pane.bar._buttons) for pane in (first, second)] == [True, False]
    QTest.mouseClick(second.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
    assert second.active


def test_coding_works_in_both_and_is_seen_in_both(two):
    two.run("split-view")
    first, second = _panes(two).all
    start, stop = two.place("Zusagen")
    second.view.select_span(start, stop)
    second.view.setFocus()
    assert two.desk.do(open_coding.code_passage, source=two.source, start=start, stop=stop, code="Absichern")
    assert [row.name for row in first.view.codings_at(start)] == ["Absichern"]
    assert [row.name for row in second.view.codings_at(start)] == ["Absichern"]
    first.view.setFocus()
    first.view.select_span(*two.place("Ruhe"))
    two.pane.code_with(first.view.codings_at(start)[0].code)
    assert [row.name for row in second.view.codings_at(two.place("Ruhe")[0])] == ["Absichern"]
    two.window.undo()
    two.window.undo()
    assert not first.view.codings_at(start)
    assert not second.view.codings_at(start)


def test_the_inspector_follows_the_active_text(two, qtbot):
    made = two.code("Zusagen", "Absichern")
    two.view.activate(made)
    two.desk.beside_wanted.emit(two.second, -1, -1)
    inspector = two.workspace.inspector
    assert two.desk.source == two.second
    assert two.desk.coding == ""
    qtbot.waitUntil(lambda: inspector.document.title.text().replace("\u200b", "") == "Notiz")
    _panes(two).other.view.setFocus()
    assert two.desk.coding == made
    assert inspector.page is inspector.coding


def test_alt_and_enter_on_a_document_opens_it_in_the_other_text(two):
    first = two.pane
    tree = two.workspace.documents.tree
    tree.setFocus()
    tree.setCurrentIndex(two.workspace.documents.model.index_of(two.second))
    QTest.keyClick(tree, Qt.Key.Key_Return, ALT)
    assert [pane.source for pane in _panes(two).all] == [first.source, two.second]
    assert two.pane.source == two.second


def test_the_menu_of_a_document_opens_it_in_the_other_text(two):
    menu = two.workspace.documents.menu_of(two.second)
    acts = {act.text().replace("&", ""): act for act in menu.actions()}
    acts["Open in the other text"].trigger()
    assert [pane.source for pane in _panes(two).all][1] == two.second


def test_a_document_dropped_is_opened_where_it_was_dropped(two):
    two.run("split-view")
    first, second = _panes(two).all
    _drop(first, two.second)
    assert first.source == two.second
    assert second.source != two.second
    assert first.active


def test_a_document_chosen_in_the_list_is_opened_in_the_active_text(two):
    two.run("split-view")
    first, second = _panes(two).all
    first.view.setFocus()
    two.desk.source_wanted.emit(two.second, 0, 3)
    assert first.source == two.second
    assert second.source != two.second


def test_esc_goes_back_to_the_text_that_is_active(two):
    two.run("split-view")
    first, _second = _panes(two).all
    first.view.setFocus()
    first.view.select_span(*two.place("Ruhe"))
    QTest.keyClick(first.view, Qt.Key.Key_Escape)
    assert len(_panes(two).all) == 2, "the first Esc takes the selection back"
    QTest.keyClick(first.view, Qt.Key.Key_Escape)
    assert _panes(two).all == [first]
    assert QApplication.focusWidget() is first.view


def test_the_word_close_closes_that_text_alone(two):
    two.desk.beside_wanted.emit(two.second, -1, -1)
    first, second = _panes(two).all
    QTest.mouseClick(first.bar.close_text, Qt.MouseButton.LeftButton)
    assert _panes(two).all == [second]
    assert two.desk.source == two.second
    two.run("split-view")
    assert [pane.source for pane in _panes(two).all] == [two.second, first_source(two)]


def first_source(coding):
    from qda.coding.material import sources

    return next(row.guid for row in sources(coding.project) if row.title == "Interview A")


def test_f6_goes_from_text_to_text(two):
    two.run("split-view")
    first, second = _panes(two).all
    first.view.setFocus()
    QTest.keyClick(two.window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is second.view
    QTest.keyClick(two.window, Qt.Key.Key_F6)
    assert not second.isAncestorOf(QApplication.focusWidget())
    second.view.setFocus()
    QApplication.processEvents()  # what can be done now is asked a little later
    QTest.keyClick(two.window, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is first.view


def test_f6_comes_round_and_leaves_no_part_out(two, qtbot):
    two.run("split-view")
    workspace, seen = two.workspace, []
    kinds = workspace.inspector.document
    qtbot.waitUntil(lambda: any(box.isVisible() for box in kinds.findChildren(QComboBox, "source_kind")))
    two.window.study.tabs.setFocus()
    for _each in range(12):
        QTest.keyClick(two.window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        if focus is two.window.study.tabs:
            break
        parts = (workspace.documents, workspace.codes, *_panes(two).all, workspace.inspector)
        seen.append(next(at for at, part in enumerate(parts) if part.isAncestorOf(focus)))
    assert seen == [0, 1, 2, 3, 4]


def test_two_texts_stand_one_above_the_other_at_will(two):
    two.run("turn-split")
    panes = _panes(two)
    assert panes.is_above
    first, second = panes.all
    assert first.mapTo(panes, QPoint()).y() < second.mapTo(panes, QPoint()).y()
    two.run("turn-split")
    assert not panes.is_above
    assert len(panes.all) == 2


def test_what_was_open_comes_back_with_the_study(two, qtbot):
    two.desk.beside_wanted.emit(two.second, -1, -1)
    first_guid = _panes(two).all[0].source
    path = two.project.path
    two.window.close_study()
    two.window.open_path(path)
    two.window.show_workspace("open")
    panes = two.window.workspace("open").panes
    qtbot.waitUntil(lambda: [pane.source for pane in panes.all] == [first_guid, two.second])
    panes.close_pane(panes.all[1])
    two.window.close_study()
    two.window.open_path(path)
    two.window.show_workspace("open")
    panes = two.window.workspace("open").panes
    QApplication.processEvents()
    QApplication.processEvents()
    assert [pane.source for pane in panes.all] == [first_guid]


def test_a_text_that_was_closed_hears_nothing_any_more(two):
    two.run("split-view")
    first, second = _panes(two).all
    _panes(two).close_pane(second)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert two.code("Zusagen", "Absichern")
    assert [row.name for row in first.view.codings_at(two.place("Zusagen")[0])] == ["Absichern"]


def test_undo_of_a_document_that_one_text_shows_leaves_the_other(two):
    two.desk.beside_wanted.emit(two.second, -1, -1)
    first, second = _panes(two).all
    shown = first.source
    two.window.undo()
    assert first.source == shown
    assert second.source == shown, "the document is gone: the pane shows one that is there"


def test_a_code_dropped_on_the_other_text_is_done_there_and_makes_it_active(two):
    made = two.code("Zusagen", "Absichern")
    two.desk.beside_wanted.emit(two.second, -1, -1)
    first, second = _panes(two).all
    code = first.view.codings_at(two_place(first, "Zusagen"))[0].code
    assert made
    assert second.active
    start = two_place(first, "Ruhe")
    first.view.code_dropped.emit(code, start, start + 4)
    assert [row.name for row in first.view.codings_at(start)] == ["Absichern"]
    assert first.active
    assert two.desk.source == first.source


def two_place(pane, words):
    return pane.view.text.index(words)


def test_esc_in_a_bar_beside_the_text_closes_no_text(two):
    from PySide6.QtWidgets import QPushButton

    two.code("Zusagen", "Absichern")
    two.run("split-view")
    two.workspace.filtering.toggle("coders", "MK")
    button = two.pane.filter_bar.findChild(QPushButton, "filter_clear")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert len(_panes(two).all) == 2
