"""Several codes chosen in the tree: moved by drag and dialog, merged with a preview, removed as one act."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from qda.coding import codebook, codes, open_coding
from qda.coding.material import sources
from qda.ui.navigator.code_dialogs import MergeDialog, MoveDialog
from qda.ui.navigator.code_panel import CodePanel
from qda.ui.navigator.several import codes_of


@pytest.fixture
def panel(desk, qtbot):
    for name in ("hinfahren", "anrufen"):
        codebook.add_code(desk.project, name=name)
    source = next(row.guid for row in sources(desk.project) if row.title == "Interview A")
    for name in ("hinfahren", "anrufen"):
        open_coding.code_passage(desk.project, source=source, start=3, stop=17, code=name)
    panel = CodePanel(desk)
    qtbot.addWidget(panel)
    panel.resize(260, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def guids(desk, panel):
    return {row.name: row.guid for row in codes.codes(desk.project)}


def choose(panel, *chosen):
    selection = panel.tree.selectionModel()
    for at, guid in enumerate(chosen):
        flag = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(panel.model.index_of(guid), flag.Select if at else flag.ClearAndSelect)


def paths(desk):
    return [row.path for row in codes.codes(desk.project)]


def test_all_chosen_codes_are_dragged_in_the_order_of_the_tree(panel, guids):
    both = [guids["anrufen"], guids["hinfahren"]]
    data = panel.model.mimeData([panel.model.index_of(guid) for guid in both])
    assert codes_of(data) == [guids["hinfahren"], guids["anrufen"]]


def test_a_drop_on_a_code_puts_all_below_it_in_one_act_and_merges_nothing(panel, guids, desk, qtbot):
    data = panel.model.mimeData([panel.model.index_of(guids[n]) for n in ("hinfahren", "anrufen")])
    target = panel.model.index_of(guids["Verbindlichkeit"])
    with qtbot.waitSignal(desk.changed):
        assert panel.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, target)
    assert {"Verbindlichkeit > hinfahren", "Verbindlichkeit > anrufen"} <= set(paths(desk))
    desk.undo()
    assert {"hinfahren", "anrufen"} <= set(paths(desk))


def test_codes_dropped_between_others_stand_there_together(panel, guids, desk, qtbot):
    data = panel.model.mimeData([panel.model.index_of(guids[n]) for n in ("hinfahren", "anrufen")])
    with qtbot.waitSignal(desk.changed):
        panel.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert paths(desk)[:3] == ["hinfahren", "anrufen", "Verbindlichkeit"]


def test_a_code_cannot_be_dropped_into_its_own_branch_with_others(panel, guids):
    data = panel.model.mimeData([panel.model.index_of(guids[n]) for n in ("Verbindlichkeit", "anrufen")])
    inside = panel.model.index_of(guids["verschriftlichen"])
    assert not panel.model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, 0, inside)


def test_the_choice_of_several_stays_when_the_rows_come_anew(panel, guids, desk, qtbot):
    choose(panel, guids["hinfahren"], guids["anrufen"])
    with qtbot.waitSignal(panel.model.modelReset):
        codebook.add_code(desk.project, name="warten")
    assert panel.tree.chosen_guids == [guids["hinfahren"], guids["anrufen"]]


def test_moving_offers_no_code_that_is_moved(panel, guids, desk):
    choose(panel, guids["hinfahren"], guids["anrufen"])
    panel.acts.ask_move(guids["anrufen"])
    dialog = panel.findChild(MoveDialog)
    assert "2" in dialog.windowTitle()
    dialog.picker.line.setText("Verbindlichkeit")
    assert dialog.picker.current == guids["Verbindlichkeit"]
    dialog.findChild(QPushButton, "ok").click()
    assert "Verbindlichkeit > anrufen" in paths(desk)
    assert "Verbindlichkeit > hinfahren" in paths(desk)


def test_merging_tells_what_joins_and_is_one_act(panel, guids, desk):
    choose(panel, guids["hinfahren"], guids["anrufen"])
    panel.acts.ask_merge(guids["anrufen"])
    dialog = panel.findChild(MergeDialog)
    dialog.picker.line.setText("hinfahren")
    assert dialog.picker.current == guids["hinfahren"]
    words = dialog.findChild(QLabel, "merge_preview").text()
    assert "1 coding" in words
    assert "1 identical one" in words
    dialog.findChild(QPushButton, "ok").click()
    assert "anrufen" not in paths(desk)
    desk.undo()
    assert "anrufen" in paths(desk)


def test_removing_several_is_one_act(panel, guids, desk):
    choose(panel, guids["hinfahren"], guids["anrufen"])
    panel.acts.remove(guids["anrufen"])
    assert not {"anrufen", "hinfahren"} & set(paths(desk))
    desk.undo()
    assert {"anrufen", "hinfahren"} <= set(paths(desk))
