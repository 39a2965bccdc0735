"""Cards put on the board by hand: kept, undone, brought back. How a model is shown is kept."""

from qda.coding import axial, theory
from qda.ui.axial.board_kept import kept
from qda.ui.axial.workspace import Workspace


def placement(project, model, code):
    return next(row for row in theory.placements(project, model) if row.code == code)


def test_a_card_put_by_hand_is_kept_and_undone(project, codes, model, workspace):
    card = workspace.page.shown.card_of(codes["Mittel"]).guid
    workspace.board.card_put.emit(card, 250.4, 31.0)
    row = placement(project, model, codes["Mittel"])
    assert (row.x, row.y) == (250, 31)
    assert workspace.board.figure.card(card).at == (250, 31)
    assert workspace.board.figure.width > 0  # the board keeps the width it had
    project.undo()
    assert placement(project, model, codes["Mittel"]).x is None
    assert workspace.board.figure.card(card).at is None


def test_a_put_card_goes_back_by_menu_by_arranging_and_into_another_slot(project, codes, model, workspace):
    page = workspace.page
    card = page.shown.card_of(codes["Mittel"]).guid

    def put():
        workspace.board.card_put.emit(card, 250.0, 31.0)
        assert placement(project, model, codes["Mittel"]).x == 250

    put()
    assert "Back into its slot" in [action.text() for action in page._card_menu(card).actions()]
    page._back(card)
    assert placement(project, model, codes["Mittel"]).x is None
    put()
    page.tidy()
    assert placement(project, model, codes["Mittel"]).x is None
    put()
    workspace.arrange()
    assert placement(project, model, codes["Mittel"]).x is None
    put()
    workspace.board.card_moved.emit(card, "strategies", "", 0)
    row = placement(project, model, codes["Mittel"])
    assert (row.slot_key, row.x) == ("strategies", None)


def test_how_a_model_is_shown_is_kept_for_each_model(project, codes, model, workspace, qtbot):
    other = axial.add_model(project, name="Anderes", phenomenon=codes["Mittel"])
    workspace.board.turn_form()
    workspace.board.larger()
    size = workspace.board.manner.size
    workspace.show_model(other)
    assert workspace.board.manner.form == "columns"
    again = Workspace(workspace._desk)
    qtbot.addWidget(again)
    again.resize(1280, 800)
    again.show()
    again.shown()
    again.show_model(model)
    assert again.board.manner.form == "ring"
    assert abs(again.board.manner.size - size) < 0.01


def test_what_was_kept_in_another_way_is_as_at_first(project, model):
    project.set_setting(f"axial.board.{model}", "[1, 2")
    assert kept(project, model).manner.form == "columns"
    project.set_setting(f"axial.board.{model}", '{"size": "x"}')
    assert kept(project, model).width == 0


def test_hidden_frequencies_are_on_no_card_and_no_badge(project, codes, model, relation, workspace):
    from qda.coding import sheet

    sheet.set_frequencies_hidden(project, hidden=True)
    card = workspace.page.shown.card_of(codes["anrufen"])
    assert card.count is None
    assert card.subline == ""
    assert workspace.board.figure.arrows[0].badge == ("no evidence yet",)


def test_the_layout_menu_tells_how_the_board_is_and_changes_it(workspace, model):
    menu = workspace.findChild(object, "layout_menu")
    menu.aboutToShow.emit()
    words = {action.text().split("\t")[0].replace("&", ""): action for action in menu.actions()}
    assert words["Slots as columns"].isChecked()
    words["Slots as a ring around the phenomenon"].trigger()
    assert workspace.board.manner.form == "ring"
    assert not words["Cards back into their slots"].isEnabled()
