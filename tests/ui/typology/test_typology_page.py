"""The typology page: the grid follows acts, cells are gone through by keys, types named, files written."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from qda.coding import codes, material, memo_queries, properties
from qda.ui.open_coding.parts import Quote
from tests.ui.typology.conftest import ENTER, ESCAPE

RIGHT, LEFT_KEY, UP, DOWN = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def grid(hands):
    """A: short and by word; B: on paper, and both short and long."""
    rows = {row.name: row.guid for row in codes.properties(hands.project)}
    texts = {row.title: row.guid for row in material.sources(hands.project)}
    for title, words, name, place in (
        ("Interview A", "Zusagen", "Dauer", "kurz"),
        ("Interview A", "Zusagen", "Form", "Wort"),
        ("Interview B", "Beschluss", "Form", "Papier"),
        ("Interview B", "Er hielt", "Dauer", "lang"),
        ("Interview B", "Beschluss", "Dauer", "kurz"),
    ):
        start = material.text(hands.project, texts[title]).index(words)
        where = f"{texts[title]}:{start}-{start + len(words)}"
        properties.set_property_value(hands.project, property=rows[name], segment=where, value=place)
    hands.desk.code_chosen.emit(hands.guid("Bindung"))
    hands.run("typology")
    return hands


def _cell(hands) -> tuple[str, str, list[str]]:
    cell = hands.page.view.cell
    return cell.row, cell.column, [one.name for one in cell.bearers]


def test_arrows_go_through_the_cells_and_enter_to_the_passages_and_the_text(grid, qtbot):
    view = grid.page.view
    assert view.hasFocus()
    assert _cell(grid) == ("kurz", "Wort", ["Fall A"])
    QTest.keyClick(view, RIGHT)
    assert _cell(grid) == ("kurz", "Papier", ["Fall B"])
    QTest.keyClick(view, DOWN)
    assert _cell(grid) == ("mittel", "Papier", [])
    assert "not looked for" in view.accessibleName()
    QTest.keyClick(view, DOWN)
    assert _cell(grid) == ("lang", "Papier", ["Fall B"])
    assert "also falls into" in grid.page.panel.told.text()
    QTest.keyClick(view, ENTER)
    quote = grid.window.focusWidget()
    assert isinstance(quote, Quote)
    assert quote.row.text == "Er hielt"
    QTest.keyClick(quote, ENTER)
    qtbot.waitUntil(lambda: grid.page is None)
    qtbot.waitUntil(lambda: grid.view.selected_span() is not None)
    assert grid.view.text[grid.view.selected_span().start :].startswith("Er hielt")


def test_the_mouse_takes_cells_in_hand(grid):
    view = grid.page.view
    box = view.arranged.cell(2, 1)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=box.rect.center().toPoint())
    assert _cell(grid)[:2] == ("lang", "Papier")


def test_a_type_is_named_renamed_and_written_on(grid, qtbot):
    view, panel = grid.page.view, grid.page.panel
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert panel.name.hasFocus()
    panel.name.insert("Kurz und mündlich")
    QTest.keyClick(panel.name, ENTER)
    assert view.hasFocus()
    qtbot.waitUntil(lambda: view.cell.type is not None)
    assert view.cell.type.name == "Kurz und mündlich"
    memo = memo_queries.memos(grid.project)[0]
    assert (memo.kind, memo.title) == ("theoretical", "Kurz und mündlich")
    wanted = []
    grid.desk.memo_wanted.connect(lambda guid, target: wanted.append((guid, target)))
    QTest.mouseClick(panel.memo, Qt.MouseButton.LeftButton)
    assert wanted == [(memo.guid, "")]
    QTest.keyClick(view, Qt.Key.Key_F2)
    QTest.keyClicks(panel.name, "anders")
    QTest.keyClick(panel.name, ESCAPE)
    assert view.cell.type.name == "Kurz und mündlich", "Esc leaves it"
    grid.project.undo()
    grid.page.refresh()
    assert view.cell.type is None


def test_swapped_rows_and_columns_keep_the_cell_s_cases(grid):
    before = {(c.row, c.column): c.bearers for c in grid.page.grid.cells}
    grid.page.swap()
    after = {(c.column, c.row): c.bearers for c in grid.page.grid.cells}
    assert before == after


def test_the_grid_follows_an_act(grid, qtbot):
    rows = {row.name: row.guid for row in codes.properties(grid.project)}
    case = next(row.guid for row in material.cases(grid.project) if row.name == "Fall A")
    properties.set_case_value(grid.project, property=rows["Form"], case=case, value="Papier")
    QTest.keyClick(grid.page.view, RIGHT)
    qtbot.waitUntil(lambda: _cell(grid)[2] == ["Fall A", "Fall B"])


def test_one_property_is_not_crossed_with_itself(grid):
    page = grid.page
    page.across.setCurrentIndex(page.down.currentIndex())
    page.across.activated.emit(page.across.currentIndex())
    assert page.down.currentData() != page.across.currentData()
    assert page.grid is not None


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_the_picture_is_saved(grid, tmp_path, monkeypatch, suffix):
    path = tmp_path / f"grid.{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    grid.page.save_picture()
    head = path.read_bytes()[:400]
    assert {"svg": b"<svg", "png": b"PNG", "pdf": b"%PDF"}[suffix] in head
    assert str(path) in grid.told[-1]


def test_the_table_is_saved_in_the_format_chosen(grid, tmp_path, monkeypatch):
    path = tmp_path / "grid"
    chosen = (str(path), "CSV (*.csv)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: chosen)
    grid.page.save_table()
    written = Path(f"{path}.csv").read_text(encoding="utf-8-sig")
    assert "Fall B*" in written


def test_a_file_that_cannot_be_written_is_told(grid, tmp_path, monkeypatch):
    path = tmp_path / "missing" / "grid.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    grid.page.save_picture()
    assert "cannot be written" in grid.refused[-1]


def test_a_study_without_properties_says_what_to_do(study):
    study.show_workspace("open")
    study.action("typology").trigger()
    page = study.workspace("open").page
    assert page.empty.isVisible()
    assert "two properties" in page.empty.text()
    assert page.grid is None
    page.save_picture()  # nothing to save, nothing asked


def test_escape_in_the_grid_brings_the_text_back(grid):
    QTest.keyClick(grid.page.view, ESCAPE)
    assert grid.page is None
