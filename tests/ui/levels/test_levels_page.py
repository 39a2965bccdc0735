"""The matrix of levels in the window: rings and table, levels by key and by drag, the path outwards."""

import pytest
from PySide6.QtCore import QPoint, Qt

from qda.coding import axial, codebook, documents, open_coding, theory

TEXT = "B: Ich rufe alle an. Das Land zahlt nur ein Jahr."


@pytest.fixture
def theme(study):
    project = study.project
    source = documents.add_document(project, title="L", text=TEXT, kind="interview")
    codes = {name: codebook.add_code(project, name=name) for name in ("halten", "anrufen", "Geld", "Gesetz")}
    model = axial.add_model(project, name="M", template="hajji", phenomenon=codes["halten"])
    for name, slot, level in (
        ("anrufen", "strategies", "coordinator"),
        ("Geld", "conditions", "state"),
        ("Gesetz", "conditions", ""),
    ):
        axial.place_code(project, model=model, code=codes[name], slot=slot, level=level)
    relation = axial.relate_codes(
        project, model=model, from_code=codes["Geld"], to_code=codes["anrufen"], type="condition_for"
    )
    open_coding.code_passage(project, source=source, start=3, stop=20, code=codes["anrufen"])
    return source, codes, relation


@pytest.fixture
def page(study, theme):
    study.action("levels").trigger()
    study.refresh_actions()
    return study.workspace("axial").front.part


def level_of(project, code: str) -> str:
    return next(row.level for row in theory.placements(project) if row.code == code)


def chip(page, code: str):
    placement = next(key for key in page.placements() if page._code_of(key) == code)
    return page.rings.arranged.box(placement)


def test_without_a_phenomenon_the_page_says_what_to_do(study):
    study.action("levels").trigger()
    page = study.workspace("axial").front.part
    assert "phenomenon" in page._empty.text()
    assert page._empty.isVisible()


def test_what_is_counted_in_a_thread_is_shown_when_it_is_known(page, study, theme, qtbot, monkeypatch):
    source, codes, _relation = theme
    monkeypatch.setattr("qda.ui.axial.reading._MANY", 0)
    page.show_view("table")

    def passages() -> str:
        return page.tree._rows[chip(page, codes["anrufen"]).chip.key].text(4)

    assert passages() == "1"
    open_coding.code_passage(study.project, source=source, start=21, stop=30, code=codes["anrufen"])
    qtbot.waitUntil(lambda: passages() == "2")


def test_a_level_is_given_by_key_and_undone(page, study, theme, qtbot):
    _source, codes, _relation = theme
    placement = chip(page, codes["Gesetz"]).chip.key
    page.rings.make_current(placement)
    qtbot.keyClick(page.rings, Qt.Key.Key_L)
    chooser = page.findChild(object, "chooser")
    qtbot.keyClicks(chooser.field, "Federal")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert level_of(study.project, codes["Gesetz"]) == "federal"
    assert chip(page, codes["Gesetz"]).ring == "federal"
    study.action("undo").trigger()
    assert level_of(study.project, codes["Gesetz"]) == ""


def test_a_level_of_one_s_own_is_typed(page, study, theme, qtbot):
    _source, codes, _relation = theme
    page.ask_level(chip(page, codes["Gesetz"]).chip.key)
    chooser = page.findChild(object, "chooser")
    qtbot.keyClicks(chooser.field, "Quartier")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert level_of(study.project, codes["Gesetz"]) == "Quartier"
    assert [level.key for level in page.levels if level.own] == ["Quartier"]


def test_a_code_is_dragged_onto_another_ring(page, study, theme, qtbot):
    _source, codes, _relation = theme
    laid = page.rings.arranged
    start = chip(page, codes["Geld"]).rect.center().toPoint()
    target = next(frame for frame in laid.frames if frame.key == "society").rect
    end = QPoint(int(target.left()) + 4, int(target.center().y()))
    qtbot.mousePress(page.rings, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(page.rings, start + QPoint(40, 40))
    qtbot.mouseMove(page.rings, end)
    qtbot.mouseRelease(page.rings, Qt.MouseButton.LeftButton, pos=end)
    assert level_of(study.project, codes["Geld"]) == "society"


def test_arrows_go_from_code_to_code_and_enter_opens_it(page, study, theme, qtbot):
    _source, codes, _relation = theme
    page.rings.make_current(chip(page, codes["Geld"]).chip.key)
    qtbot.keyClick(page.rings, Qt.Key.Key_Right)
    assert page._code_of(page.rings.key) == codes["anrufen"]
    qtbot.keyClick(page.rings, Qt.Key.Key_Return)
    assert study.desk.code == codes["anrufen"]


def test_the_path_from_the_passage_in_hand_leads_to_the_relation(page, study, theme, qtbot):
    source, codes, relation = theme
    study.desk.source_wanted.emit(source, 3, 20)
    assert study.desk.span == (source, 3, 20)
    study.refresh_actions()
    study.action("path-outwards").trigger()
    assert [step.code for step in page.steps] == [codes["anrufen"], codes["Geld"]]
    assert len(page.rings.arranged.strokes) == 1
    page.path.make_current(codes["Geld"])
    qtbot.keyClick(page.path, Qt.Key.Key_Return)
    assert study.workspace("axial").front.part is None
    assert study.workspace("axial").relation.guid == relation


def test_a_path_from_a_passage_whose_document_is_deleted_is_dropped(page, study, theme):
    source, codes, _relation = theme
    study.desk.source_wanted.emit(source, 3, 20)
    study.refresh_actions()
    study.action("path-outwards").trigger()
    assert page._no_path.isVisible()
    codebook.rename_code(study.project, code=codes["Geld"], name="Mittel")
    assert [step.name for step in page.steps] == ["anrufen", "Mittel"]
    documents.remove_source(study.project, source=source)
    assert page.steps == []
    assert not page._no_path.isVisible()


def test_the_table_shows_the_same_and_moves_levels_of_one_s_own(page, study, theme, qtbot):
    _source, codes, _relation = theme
    axial.move_placement(study.project, placement=chip(page, codes["Gesetz"]).chip.key, level="Quartier")
    page.show_view("table")
    heads = [page.tree.topLevelItem(n).text(0) for n in range(page.tree.topLevelItemCount())]
    assert heads[-1] == "Quartier"
    page.tree.setCurrentItem(page.tree.topLevelItem(len(heads) - 1))
    qtbot.keyClick(page.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.tree.topLevelItem(len(heads) - 2).text(0) == "Quartier"
    rows = page.tree.topLevelItem(len(heads) - 2)
    page.tree.setCurrentItem(rows.child(0))
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert study.desk.code == codes["Gesetz"]
