"""Pictures in the real window, by keyboard and by mouse: tables, portrait, curve, export, what is hidden."""

import csv
import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import cases, codebook, codes, documents, material, matrices, open_coding, sheet
from qda.coding.documents import take_in
from qda.exchange.reading import draft_from_text
from qda.ui.pictures import exporting
from qda.ui.pictures.choosing import BranchDialog, CodesDialog
from qda.ui.pictures.views import FORMATS
from qda.ui.theme import DARK, LIGHT, contrast

A = (
    "I: Wie kam es dazu, und wer hat gefragt?\n"
    "B: Wir haben uns Zusagen geholt, 🙂 auf dem kurzen Dienstweg.\n"
    "I: Und dann?\n"
    "B: Ruhe. Und wieder eine Zusage, samstags."
)
B = "I: Was war?\nB: Keine Zusage, nur Ruhe.\nB: Später kam der Streit."
CODED = (
    ("A", "Zusage", "Zusagen geholt"),
    ("A", "Zusage > mündlich", "Zusagen geholt, 🙂 auf dem kurzen Dienstweg"),
    ("A", "Ruhe", "Ruhe."),
    ("A", "Frage", "wer hat gefragt?"),
    ("A", "Zusage", "wieder eine Zusage"),
    ("B", "Ruhe", "nur Ruhe."),
    ("B", "Zusage", "Keine Zusage, nur Ruhe."),
)


@pytest.fixture
def coded(window, tmp_path):
    """Two interviews of two cases, with codes that overlap."""
    from qda.models import Project

    project = Project.create(tmp_path / "study.qdaproj", title="Koordination", coder="MK", template="hajji")
    for title, text in (("A", A), ("B", B)):
        source = take_in(project, draft=draft_from_text(text), title=title)
        case = cases.add_case(project, name=f"Fall {title}")
        documents.set_source_case(project, source=source, case=case)
    for title, code, words in CODED:
        source = next(one.guid for one in material.sources(project) if one.title == title)
        start = material.text(project, source).index(words)
        open_coding.code_passage(project, source=source, start=start, stop=start + len(words), code=code)
    window.open_project(project)
    return window


def settled(page):
    QTest.qWait(20)
    for _turn in range(1500):
        if not page.worker.busy and not page._soon.isActive() and not page._look.isActive():
            QTest.qWait(30)
            if not page.worker.busy and not page._soon.isActive() and not page._look.isActive():
                return
        QTest.qWait(20)
    raise AssertionError("the picture does not come")


def opened(window, command="pictures"):
    window.action(command).trigger()
    page = window.workspace("open").page
    settled(page)
    return page


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def cell_of(page, row, column):
    matrix = page.seen.matrix
    return (
        [one.name for one in matrix.rows].index(row),
        [one.name for one in matrix.columns].index(column),
    )


def click(view, row, column):
    place = view.cell_rect(row, column).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def words(page):
    return [row.text for row in page.panel.rows]


def test_by_keyboard_a_cell_leads_to_its_passages_and_from_there_to_the_text(coded):
    QTest.keyClick(coded, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    page = coded.workspace("open").page
    assert page is not None
    settled(page)
    assert page.view.picture == "cases"
    assert page.matrix.hasFocus()
    assert [one.name for one in page.seen.matrix.rows] == ["Zusage", "mündlich", "Ruhe", "Frage"]
    assert [one.name for one in page.seen.matrix.columns] == ["Fall A", "Fall B"]
    assert words(page) == ["Zusagen geholt", "wieder eine Zusage"]
    press(page.matrix, Qt.Key.Key_Right)
    press(page.matrix, Qt.Key.Key_Down)
    press(page.matrix, Qt.Key.Key_Down)
    settled(page)
    assert page.panel.title.text() == "“Ruhe” in: Fall B"
    assert words(page) == ["nur Ruhe."]
    press(page.matrix, Qt.Key.Key_Return)
    assert page.panel.list.hasFocus()
    press(page.panel.list, Qt.Key.Key_Escape)
    assert page.matrix.hasFocus()
    press(page.matrix, Qt.Key.Key_Return)
    press(page.panel.list, Qt.Key.Key_Return)
    QTest.qWait(50)
    workspace = coded.workspace("open")
    assert workspace.page is None
    assert workspace.pane.view.hasFocus()
    span = workspace.pane.span
    assert workspace.pane.view.text[span.start : span.stop] == "nur Ruhe."


def test_control_and_an_arrow_jump_to_the_next_cell_that_holds_anything(coded):
    page = opened(coded, "code-codes")
    row, column = cell_of(page, "Zusage", "Zusage")
    page.matrix.setCurrentIndex(page.matrix.cells.index(row, column))
    press(page.matrix, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.matrix.currentIndex().column() == cell_of(page, "Zusage", "mündlich")[1]
    press(page.matrix, Qt.Key.Key_Escape)
    assert coded.workspace("open").page is None


def test_by_mouse_a_cell_is_clicked_and_a_double_click_on_a_passage_leads_to_the_text(coded):
    page = opened(coded)
    QTest.mouseClick(page.pictures.button("codes"), Qt.MouseButton.LeftButton)
    settled(page)
    row, column = cell_of(page, "Zusage", "Ruhe")
    assert page.seen.matrix.cell(row, column) == (1, 1, 1)
    click(page.matrix, row, column)
    settled(page)
    assert words(page) == ["Keine Zusage, nur Ruhe."]
    assert page.panel.title.text() == "“Zusage” overlapping “Ruhe”"
    page.choices.nearness.choose("turn")
    settled(page)
    row, column = cell_of(page, "Zusage", "Ruhe")
    assert page.seen.matrix.cell(row, column) == (2, 2, 2)
    view = page.panel.list
    at = view.visualRect(view.model().index(1, 0)).center()
    none = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, none, at)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, none, at)
    QTest.qWait(50)
    assert coded.workspace("open").page is None


def test_what_a_cell_shows_can_be_chosen_cases_first(coded):
    page = opened(coded, "code-codes")
    assert page.choices.measure.key == "cases"
    row, column = cell_of(page, "Zusage", "Zusage")
    shown = page.matrix.cells.data
    assert shown(page.matrix.cells.index(row, column)) == "2"
    page.choices.measure.choose("segments")
    settled(page)
    assert shown(page.matrix.cells.index(row, column)) == "3"
    head = page.matrix.cells.headerData
    tip = head(row, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Zusage\n2 cases, 2 documents, 3 passages"


def test_rows_are_a_branch_or_codes_that_are_ticked(coded):
    page = opened(coded, "code-documents")
    page.choices.rows.choose("branch")
    dialog = page.findChild(BranchDialog)
    QTest.keyClicks(dialog.picker.line, "Zusage")
    press(dialog.picker.line, Qt.Key.Key_Return)
    settled(page)
    assert [one.name for one in page.seen.matrix.rows] == ["Zusage", "mündlich"]
    assert page.choices.which.text() == "Zusage"
    page.choices.rows.choose("chosen")
    chosen = page.findChild(CodesDialog)
    chosen.line.setText("ruh")
    press(chosen.line, Qt.Key.Key_Return)
    chosen.list.setCurrentIndex(chosen.model.index(0))
    press(chosen.list, Qt.Key.Key_Space)
    chosen.line.setText("zusage")
    chosen.list.setCurrentIndex(chosen.model.index(0))
    press(chosen.list, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(chosen.show_button, Qt.MouseButton.LeftButton)
    settled(page)
    assert [one.name for one in page.seen.matrix.rows] == ["Zusage", "mündlich", "Ruhe"]
    page.choices.rows.choose("top")
    settled(page)
    assert [one.name for one in page.seen.matrix.rows] == ["Zusage", "Ruhe", "Frage"]
    QTest.mouseClick(page.choices.below, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    settled(page)
    assert page.seen.matrix.wish.with_children


def test_giving_up_the_choice_of_a_branch_keeps_what_was_shown(coded):
    page = opened(coded, "code-documents")
    page.choices.rows.choose("branch")
    page.findChild(BranchDialog).reject()
    settled(page)
    assert page.choices.rows.key == "all"
    assert len(page.seen.matrix.rows) == 4


def test_a_portrait_shows_every_coding_and_arrows_go_from_one_to_the_next(coded):
    page = opened(coded, "portrait")
    assert page.portrait.hasFocus()
    names = [one.name for one in page.seen.tiles]
    assert names == ["Frage", "mündlich", "Zusage", "Ruhe", "Zusage"]
    assert words(page) == ["wer hat gefragt?"]
    press(page.portrait, Qt.Key.Key_Right)
    settled(page)
    assert words(page) == ["Zusagen geholt, 🙂 auf dem kurzen Dienstweg"]
    QTest.mouseClick(page.choices.asked, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    settled(page)
    assert [one.name for one in page.seen.tiles] == ["mündlich", "Zusage", "Ruhe", "Zusage"]
    index = page.portrait.codings.index(2)
    place = page.portrait.visualRect(index).center()
    QTest.mouseClick(
        page.portrait.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    settled(page)
    assert words(page) == ["Ruhe."]
    press(page.portrait, Qt.Key.Key_Return)
    press(page.panel.list, Qt.Key.Key_Return)
    QTest.qWait(50)
    pane = coded.workspace("open").pane
    assert pane.view.text[pane.span.start : pane.span.stop] == "Ruhe."


def test_a_curve_leads_from_a_part_of_the_text_to_its_passages(coded):
    page = opened(coded, "curve")
    page.choices.parts.choose("10")
    page.choices.measure.choose("segments")
    settled(page)
    matrix = page.seen.matrix
    assert len(matrix.columns) == 10
    row = [one.name for one in matrix.rows].index("Frage")
    part = next(at for at in range(10) if matrix.cell(row, at)[2])
    click(page.matrix, row, part)
    settled(page)
    assert words(page) == ["wer hat gefragt?"]


def test_hidden_frequencies_leave_only_yes_and_no_and_undo_brings_them_back(coded):
    page = opened(coded, "code-documents")
    QTest.mouseClick(page.choices.hiding, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    settled(page)
    assert material.project_sheet(coded.project).hide_frequencies
    index = page.matrix.cells.index(*cell_of(page, "Zusage", "A"))
    assert page.matrix.cells.data(index) == "●"
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert not any(sign.isdigit() for sign in page.matrix.cells.data(index, role))
    for at in range(4):
        told = page.matrix.cells.headerData(at, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
        assert not any(sign.isdigit() for sign in told)
    assert not any(sign.isdigit() for sign in page.panel.figures.text())
    assert all(not one.totals for one in page.seen.figure.rows)
    assert page.choices.order.findData("count") < 0
    coded.desk.undo()
    settled(page)
    assert page.matrix.cells.data(index) == "2"
    assert not page.choices.hiding.isChecked()


def test_an_act_is_seen_at_once_while_the_picture_is_in_view(coded):
    page = opened(coded, "code-documents")
    made = coded.desk.do(codebook.add_code, name="Nachher")
    settled(page)
    assert "Nachher" in [one.name for one in page.seen.matrix.rows]
    coded.desk.do(codebook.remove_code, code=made)
    settled(page)
    assert "Nachher" not in [one.name for one in page.seen.matrix.rows]


@pytest.mark.parametrize("picture", ["documents", "codes", "portrait", "curve"])
def test_every_picture_goes_out_as_picture_and_as_table(coded, tmp_path, picture):
    page = opened(coded)
    page.show_picture(picture)
    settled(page)
    found = {}
    for suffix in FORMATS:
        out = tmp_path / f"picture.{suffix}"
        page.write(out)
        settled(page)
        found[suffix] = out.read_bytes()
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "xlsx": b"PK", "docx": b"PK", "html": b"<!"}
    for suffix, beginning in begins.items():
        assert found[suffix].startswith(beginning), suffix
    image = QImage.fromData(found["png"])
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert not image.allGray()  # the chips and curves of codes
    rows = list(csv.reader(io.StringIO(found["csv"].decode("utf-8-sig"))))
    assert any("Zusage" in cell for row in rows for cell in row)


def test_a_table_that_is_too_large_for_a_picture_says_so_and_goes_out_as_csv(coded, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "_LARGEST_MM", 20.0)
    page = opened(coded)
    heard = []
    coded.desk.refused.connect(heard.append)
    page.write(tmp_path / "large.png")
    settled(page)
    assert "xlsx, csv" in heard[-1]
    assert not (tmp_path / "large.png").exists()
    page.write(tmp_path / "large.csv")
    settled(page)
    assert (tmp_path / "large.csv").exists()


def test_a_reader_hears_the_cell_with_its_heads_and_counts(coded):
    page = opened(coded, "code-cases")
    reader = QAccessible.queryAccessibleInterface(page.matrix)
    assert reader.role() == QAccessible.Role.Table
    heard = {reader.child(at).text(QAccessible.Text.Name) for at in range(reader.childCount())}
    assert "“Zusage” in: Fall A, 1 case, 1 document, 2 passages" in heard
    assert "Zusage\n2 cases, 2 documents, 3 passages" in heard
    page.show_picture("portrait")
    settled(page)
    portrait = QAccessible.queryAccessibleInterface(page.portrait)
    heard = [portrait.child(at).text(QAccessible.Text.Name) for at in range(portrait.childCount())]
    assert sum(one.startswith("Zusage, para. ") for one in heard) == 2


def test_without_codes_or_documents_a_sentence_says_what_to_do(window, tmp_path):
    from qda.models import Project

    window.open_project(
        Project.create(tmp_path / "empty.qdaproj", title="Leer", coder="MK", template="hajji")
    )
    page = opened(window)
    assert page.stack.currentWidget() is page.empty
    assert page.empty.text()
    assert not page.export.isEnabled()
    page.show_picture("portrait")
    settled(page)
    assert page.stack.currentWidget() is page.empty


def test_what_was_looked_at_is_there_again_when_the_study_is_opened(coded):
    page = opened(coded, "code-codes")
    page.choices.measure.choose("documents")
    page.choices.mark.choose("bubble")
    settled(page)
    from qda.ui.pictures.views import read

    kept = read(coded.project.setting("pictures.view"))
    assert (kept.picture, kept.measure, kept.mark) == ("codes", "documents", "bubble")
    assert read("nonsense {").picture == "cases"


def test_heads_follow_the_scrolling_and_names_fit_or_end_in_dots(coded):
    for number in range(120):
        codebook.add_code(coded.project, name=f"ein Kode mit einem langen Namen {number}")
    page = opened(coded, "code-codes")
    view = page.matrix
    view.verticalScrollBar().setValue(400)
    view.horizontalScrollBar().setValue(300)
    assert view.verticalHeader().offset() == 400
    assert view.horizontalHeader().offset() == 300
    layout = view.layout_
    from qda.figures.painting import Style

    metrics = layout.look.metrics(Style.BODY)
    for row in range(len(layout.figure.rows)):
        assert metrics.horizontalAdvance(layout.row_name(row)) <= layout.name_width(row) + 1
    assert (
        view.rows_in(0, view.viewport().height()).start == 400 // view.verticalHeader().defaultSectionSize()
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_code_colours_and_words_stand_out_from_their_grounds(theme):
    from qda.ui.board.view import palette_of

    palette = palette_of(theme)
    for index in range(1, 13):
        assert contrast(palette.code(index), palette.paper) >= 3
    for ink in (palette.text, palette.secondary, palette.minor):
        assert contrast(ink, palette.panel) >= 4.5
        assert contrast(ink, palette.paper) >= 4.5


def test_the_cell_in_hand_stays_in_hand_when_rows_are_ordered_otherwise(coded):
    page = opened(coded, "code-documents")
    click(page.matrix, *cell_of(page, "Ruhe", "B"))
    page.choices.order.choose("name")
    settled(page)
    index = page.matrix.currentIndex()
    assert (index.row(), index.column()) == cell_of(page, "Ruhe", "B")
    assert words(page) == ["nur Ruhe."]
    assert codes.codes(coded.project)[0].name == "Zusage"


def test_frequencies_hidden_elsewhere_are_hidden_here(coded):
    sheet.set_frequencies_hidden(coded.project, hidden=True)
    page = opened(coded, "code-codes")
    assert page.seen.figure.mark == "yes"
    assert matrices.frequencies_hidden(coded.project)
    assert QApplication.focusWidget() is page.matrix
