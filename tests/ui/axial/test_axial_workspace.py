"""The workspace of axial coding without the window around it."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSplitter

from qda.coding import axial, codebook, evidence, theory
from qda.coding.codes import codings as codings_of
from qda.errors import KnownError
from qda.ui.axial.adding import passage_in_hand
from qda.ui.axial.choices import Choice, matching
from qda.ui.axial.exporting import export
from qda.ui.axial.figure import BoardFigure
from qda.ui.axial.workspace import Workspace

Key = Qt.Key


def test_without_a_model_there_is_one_sentence_and_one_button(workspace):
    assert workspace.findChild(QPushButton, "first_model").isVisible()
    assert not workspace.board.isVisible()


def test_a_code_placed_on_two_levels_is_one_card_that_moves_as_one(project, codes, model, workspace):
    workspace.refresh()
    shown = workspace.page.shown
    place = shown.place(codes["Rückhalt"])
    assert [row.level for row in place.placements] == ["town", "district"]
    workspace.page.board.card_moved.emit(codes["Rückhalt"], "strategies", "", 0)
    rows = [row for row in theory.placements(project, model) if row.slot_key == "strategies"]
    assert [row.code_name for row in rows] == ["Rückhalt", "Rückhalt", "anrufen"]


def test_a_card_moved_behind_the_last_one_of_its_group_is_last(project, codes, model, workspace):
    workspace.refresh()
    workspace.page.board.card_moved.emit(codes["Rückhalt"], "conditions", "", 1)
    rows = [row for row in theory.placements(project, model) if row.slot_key == "conditions"]
    assert [row.code_name for row in rows] == ["Mittel", "Rückhalt", "Rückhalt"]


def test_a_consequence_dragged_to_the_strategies_loses_its_addressee(project, codes, model, workspace):
    workspace.refresh()
    workspace.page.board.card_moved.emit(codes["bleiben"], "strategies", "", 1)
    row = next(row for row in theory.placements(project, model) if row.code_name == "bleiben")
    assert (row.slot_key, row.addressee) == ("strategies", "")


def test_the_phenomenon_that_is_also_placed_can_be_told_apart(project, codes, model, workspace):
    axial.place_code(project, model=model, code=codes["zusammenhalten"], slot="strategies")
    shown = BoardFigure(workspace.reading.placed(workspace.reading.model(model)))
    cards = [card.guid for slot in shown.figure.slots for card in slot.cards]
    assert codes["zusammenhalten"] not in cards
    assert codes["zusammenhalten"] in {shown.code(guid) for guid in cards}


def test_the_keys_of_a_piece_of_evidence_change_and_remove_it(project, relation, workspace, codes):
    passage = theory_segment(project)
    piece = evidence.add_evidence(project, relation=relation, segments=[passage], polarity="supporting")
    workspace.show_relation(relation)
    workspace.page.evidence.current = piece
    workspace.page.evidence.focus_current()
    item = workspace.page.evidence._items[piece]
    QTest.keyClick(item, Key.Key_W)
    assert theory.evidence(project, relation)[0].polarity == "contradicting"
    QTest.keyClick(workspace.page.evidence._items[piece], Key.Key_K)
    assert theory.evidence(project, relation)[0].kind == "inferred"
    QTest.keyClick(workspace.page.evidence._items[piece], Key.Key_Delete)
    assert theory.evidence(project, relation) == []


def theory_segment(project):
    from qda.coding import material

    return material.segments(project)[0].guid


def test_the_statement_is_written_where_it_stands(project, relation, workspace):
    workspace.show_relation(relation)
    line = workspace.page.head.statement
    line.setFocus()
    QTest.keyClicks(line, "Anrufe binden")
    QTest.keyClick(line, Key.Key_Return)
    assert theory.relations(project)[0].statement == "Anrufe binden"


def test_a_statement_being_typed_belongs_to_its_own_relation(project, codes, model, relation, workspace):
    other = axial.relate_codes(
        project, model=model, from_code=codes["Mittel"], to_code=codes["anrufen"], type="hinders"
    )
    workspace.show_relation(relation)
    QTest.keyClicks(workspace.page.head.statement, "Anrufe binden")
    workspace.show_relation(other)
    statements = {row.guid: row.statement for row in theory.relations(project)}
    assert statements == {relation: "Anrufe binden", other: ""}
    assert workspace.page.head.statement.text() == ""


def test_the_passage_in_hand_becomes_evidence_by_one_key(project, relation, workspace, qtbot):
    from qda.coding import material

    workspace.show_relation(relation)
    source = material.sources(project)[0].guid
    workspace._desk.span_chosen.emit(source, 3, 20)
    workspace.polarity("E")
    piece = theory.evidence(project, relation)[0]
    assert piece.polarity == "qualifying"
    assert (piece.segments[0].start, piece.segments[0].stop) == (3, 20)


def test_a_model_given_up_can_be_taken_up_again(project, model, workspace):
    workspace.refresh()
    workspace.turn_model()
    assert theory.models(project)[0].status == "abandoned"
    workspace.turn_model()
    assert theory.models(project)[0].status == "active"


def test_own_slots_of_a_free_model_are_worded_and_removed(project, codes, workspace):
    model = axial.add_model(project, name="Frei", template="free", phenomenon=codes["zusammenhalten"])
    workspace.refresh()
    workspace.show_model(model)
    workspace.add_slot()
    dialog = workspace.findChild(object, "slot_dialog")
    dialog.name.setText("Wendepunkte")
    dialog.question.setText("Was kippt?")
    dialog.accept()
    assert [slot.name for slot in workspace.slots()] == ["Wendepunkte"]
    workspace.acts.remove_slot(workspace.slots()[0])
    assert workspace.slots() == []


@pytest.mark.parametrize(("suffix", "first"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_board_is_written_as_a_file(tmp_path, model, workspace, suffix, first):
    workspace.refresh()
    path = export(workspace.page.shown.figure, tmp_path / f"board.{suffix}", "Modell")
    assert path.read_bytes().startswith(first)


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(tmp_path, model, workspace):
    workspace.refresh()
    with pytest.raises(KnownError, match="cannot be written"):
        export(workspace.page.shown.figure, tmp_path / "none" / "board.svg", "Modell")


def test_a_renamed_code_is_renamed_on_board_table_and_panel(project, codes, relation, workspace):
    workspace.show_relation(relation)
    codebook.rename_code(project, code=codes["anrufen"], name="telefonieren")
    assert workspace.board.view.figure.card(codes["anrufen"]).title == "telefonieren"
    table = workspace.tables.relations
    assert table.grid.data(table.grid.index(0, 1)) == "telefonieren"
    assert workspace.page.head._from.text() == "telefonieren"


def test_rows_match_by_every_typed_word_and_beginnings_come_first():
    rows = [Choice("1", "kurzer Dienstweg"), Choice("2", "Dienst nach Vorschrift"), Choice("3", "Mittel")]
    assert [row.key for row in matching(rows, "dienst")] == ["2", "1"]
    assert [row.key for row in matching(rows, "weg kurz")] == ["1"]
    assert matching(rows, "  ") == rows


def test_a_full_slot_shows_every_card_on_the_board(project, model, workspace):
    for number in range(12):
        code = codebook.add_code(project, name=f"Strategie {number}")
        axial.place_code(project, model=model, code=code, slot="strategies")
    strategies = next(slot for slot in workspace.page.shown.figure.slots if slot.key == "strategies")
    assert len(strategies.cards) == 13
    assert strategies.note == ""


def test_arranged_cards_stand_opposite_their_partners_until_it_is_undone(project, codes, model, workspace):
    later = codebook.add_code(project, name="später")
    axial.place_code(project, model=model, code=later, slot="strategies")
    for start, end in (("Rückhalt", later), ("Mittel", codes["anrufen"])):
        axial.relate_codes(project, model=model, from_code=codes[start], to_code=end, type="furthers")
    workspace.arrange()
    conditions, strategies, _consequences = workspace.page.shown.figure.slots
    partners = {"Rückhalt": "später", "Mittel": "anrufen"}
    assert [partners[card.title] for card in conditions.cards] == [card.title for card in strategies.cards]
    steps = project.unit_count()
    workspace.arrange()  # it is in order: nothing is done
    assert project.unit_count() == steps
    project.undo()
    assert [card.title for card in workspace.page.shown.figure.slots[0].cards] == ["Rückhalt", "Mittel"]


def test_the_first_relation_and_its_evidence_are_shown_from_the_start(relation, workspace):
    workspace.refresh()
    assert workspace.relation is not None
    assert workspace.relation.guid == relation


def test_the_height_of_the_relation_below_the_board_is_remembered(project, relation, workspace, qtbot):
    workspace.show_relation(relation)
    split = workspace.page.findChild(QSplitter, "board_split")
    assert split.sizes()[0] >= 0.55 * sum(split.sizes())
    split.setSizes([200, sum(split.sizes()) - 200])
    split.splitterMoved.emit(200, 1)
    workspace.hide()
    again = Workspace(workspace._desk)
    qtbot.addWidget(again)
    assert again.page.share == workspace.page.share > 50


def test_the_controls_for_evidence_are_whole_in_a_small_window(project, relation, workspace, qtbot):
    workspace.resize(1100, 570)
    workspace.show_relation(relation)
    workspace._desk.coding = codings_of(project)[0].guid
    workspace.page.adding.show_passage(passage_in_hand(workspace._desk))
    qtbot.wait(20)
    for name in ("add_supporting", "add_contradicting", "add_qualifying", "pick_passage", "kind_inferred"):
        button = workspace.page.adding.findChild(QPushButton, name)
        words = button.fontMetrics().horizontalAdvance(button.text())
        assert button.width() >= words + 8
        assert button.visibleRegion().boundingRect().size() == button.size()


def test_without_a_relation_the_board_has_the_height(relation, workspace, qtbot):
    workspace.show_relation(relation)
    workspace.page.board.set_current("card", workspace.page.shown.figure.slots[0].cards[0].guid)
    qtbot.wait(20)
    split = workspace.page.findChild(QSplitter, "board_split")
    assert sum(split.sizes()) > 0.95 * workspace.page.height()
    assert split.sizes()[1] < 60


def test_without_a_passage_in_hand_no_button_offers_to_add_it(relation, workspace):
    workspace.show_relation(relation)
    adding = workspace.page.adding
    assert not adding.findChild(QPushButton, "add_supporting").isVisible()
    assert adding.findChild(QPushButton, "pick_passage").isVisible()


def test_a_free_model_without_slots_says_to_make_one(project, codes, workspace):
    guid = axial.add_model(project, name="Frei", template="free")
    workspace.show_model(guid)
    assert "phenomenon" in workspace.panel.hint.text()
    axial.set_phenomenon(project, model=guid, code=codes["Mittel"])
    assert "New slot" in workspace.panel.hint.text()


def test_a_model_newly_shown_begins_at_its_head(project, codes, model, workspace, qtbot):
    guid = axial.add_model(project, name="Langes", phenomenon=codes["zusammenhalten"])
    for number in range(16):
        code = codebook.add_code(project, name=f"Strategie {number}")
        axial.place_code(project, model=guid, code=code, slot="strategies")
    axial.relate_codes(project, model=guid, from_code=code, to_code=codes["zusammenhalten"], type="furthers")
    workspace.show_model(guid)
    workspace.board.turn_folding()
    qtbot.wait(50)
    bar = workspace.board.view.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0


def test_a_model_from_a_template_of_one_s_own_is_offered_and_shown_by_its_name(project, codes, workspace):
    from qda.coding import templates

    core = {"key": "phenomenon", "name": "Kern", "role": "phenomenon"}
    spec = json.dumps({"slots": [core, {"key": "turns", "name": "Wende", "role": "own"}]})
    own = templates.add_template(project, name="Verläufe", spec=spec)
    workspace.acts.new_model("hajji")
    dialog = workspace.window().findChild(object, "model_dialog")
    assert dialog.template.findData(f"own:{own}") >= 0
    dialog.reject()
    model = axial.add_model(project, name="Weg", template=f"own:{own}", phenomenon=codes["zusammenhalten"])
    workspace.refresh()
    workspace.show_model(model)
    assert workspace.header.template.text() == "Template Verläufe"


def test_in_the_table_a_placed_code_goes_up_and_down_in_its_slot_by_keys(workspace, project, model, qtbot):
    workspace.show_view("table")
    grid = workspace.tables.placements
    workspace.tables.show_page("placements")
    before = [row.guid for row in grid.grid.rows]
    grid.make_current(before[2])
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.guid for row in grid.grid.rows][:3] == [before[0], before[2], before[1]]
    assert grid.key == before[2]
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)  # the last of its slot stays
    assert [row.guid for row in grid.grid.rows] == before
