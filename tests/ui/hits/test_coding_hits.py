"""Coding from the hits of a search, by keys: each hit is taken or left, all is one undo."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding import codes, documents, open_coding

Key = Qt.Key


def test_hits_are_coded_one_by_one_and_undone_at_once(hits):
    hits.search("vertrauen")
    dialog = hits.dialog()
    hits.choose_code(dialog, "Vertrauen > Nähe")
    assert dialog.count.text() == "5 of 5 passages chosen"  # six hits, two in one sentence
    QTest.keyClick(dialog.picker.line, Key.Key_Return)
    dialog.list.choose_first()
    QTest.keyClick(dialog.list, Key.Key_Delete)
    QTest.keyClick(dialog.list, Key.Key_Return)
    QTest.keyClick(dialog.list, Key.Key_Space)
    assert dialog.ok.text() == "Code 3 passages"
    dialog.ok.click()
    assert [row[1:] for row in hits.coded()] == [
        ("Vertrauen war da.", "search", "vertrauen"),
        ("Aha, Vertrauen.", "search", "vertrauen"),
        ("Vertrauen und nochmal Vertrauen.", "search", "vertrauen"),
    ]
    assert hits.told[-1] == "3 passages coded."
    hits.window.undo()
    assert hits.coded() == []


def test_what_has_the_code_is_marked_and_left(hits):
    start = hits.view.text.index("Vertrauen war da.")
    open_coding.code_passage(
        hits.project, source=hits.source, start=start, stop=start + len("Vertrauen war da."), code="Nähe"
    )
    hits.search("vertrauen")
    dialog = hits.dialog()
    hits.choose_code(dialog, "Nähe")
    coded = [one for one in dialog.proposals if one.coded]
    assert [one.hit.paragraph for one in coded] == ["2"]
    assert not dialog.is_taken(coded[0])
    assert "1 has the code already" in dialog.count.text()
    dialog.take_all()
    assert not dialog.is_taken(coded[0])


def test_the_extent_is_chosen(hits, qtbot):
    hits.search("vertrauensl")
    dialog = hits.dialog()
    hits.choose_code(dialog, "Nähe")
    dialog.extent.setCurrentIndex(dialog.extent.findData("words"))
    dialog.extent.activated.emit(0)
    qtbot.waitUntil(lambda: dialog.is_complete)
    QTest.keyClick(dialog.list, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row[:2] for row in hits.coded()] == [("Nähe", "Vertrauensleute")]


def test_all_of_a_document_is_taken_or_left(hits):
    hits.search("zusagen")
    dialog = hits.dialog()
    hits.choose_code(dialog, "Nähe")
    dialog.list.setFocus()
    dialog.list.choose_first()
    QTest.keyClick(dialog.list, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [dialog.is_taken(one) for one in dialog.proposals] == [False, True]
    dialog.leave_all()
    assert not dialog.ok.isEnabled()


def test_a_tick_is_clicked(hits):
    hits.search("nochmal")
    dialog = hits.dialog()
    index = dialog.list.passages.index(1)
    area = dialog.list.visualRect(index)
    place = dialog.list.rows.box(area).center()
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.taken == []


def test_without_hits_it_is_said_what_to_do_first(hits):
    hits.workspace.code_hits()
    assert hits.told[-1].startswith("Search in all documents first")


def test_many_hits_are_coded_while_the_window_answers(hits, qtbot):
    words = "\n".join(f"Die Zusage {number} kam." for number in range(60))
    documents.add_document(hits.project, title="Liste", text=words)
    hits.search("zusage")
    dialog = hits.dialog()
    hits.choose_code(dialog, "Zusagen")
    with qtbot.waitSignal(dialog.finished):
        dialog.code()
    assert len(hits.coded()) == 62
    hits.window.undo()
    assert hits.coded() == []


def test_the_inspector_says_from_which_search_a_coding_comes(hits, qtbot):
    hits.search("nochmal")
    dialog = hits.dialog()
    hits.choose_code(dialog, "Nähe")
    dialog.code()
    (row,) = codes.codings(hits.project)
    hits.desk.coding_chosen.emit(row.guid)
    page = hits.workspace.inspector.coding
    qtbot.waitUntil(lambda: "from a search for “nochmal”" in page.line.text())
