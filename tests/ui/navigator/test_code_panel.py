"""The tree of codes: filter, figures, order by drag, names in place."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from qda.coding import codebook, codes
from qda.coding.positions import Span
from qda.ui.navigator.code_model import COUNT, CodeModel
from qda.ui.navigator.code_panel import CodePanel
from qda.ui.transcript import mime


@pytest.fixture
def panel(desk, qtbot):
    panel = CodePanel(desk)
    qtbot.addWidget(panel)
    panel.resize(260, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def guids(desk):
    return {row.name: row.guid for row in codes.codes(desk.project)}


def shown(model: CodeModel, above: QModelIndex | None = None, depth: int = 0) -> list[str]:
    above = above or QModelIndex()
    found = []
    for at in range(model.rowCount(above)):
        index = model.index(at, 0, above)
        found += ["  " * depth + str(index.data()), *shown(model, index, depth + 1)]
    return found


def test_the_model_keeps_the_rules_of_models(panel):
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    panel.line.setText("ver")
    panel.line.clear()
    assert tester.model() is panel.model


def test_codes_stand_in_their_tree_and_in_vivo_names_in_quotation_marks(panel):
    assert shown(panel.model) == ["Verbindlichkeit", "  verschriftlichen", "Übergehen", "“Protokoll”"]


def test_figures_count_with_or_without_the_codes_below(panel, guids, desk):
    index = panel.model.index_of(guids["Verbindlichkeit"])
    assert index.data(COUNT) == 1
    panel.toggle_counts_below()
    assert index.data(COUNT) == 0
    panel.deleteLater()
    assert CodePanel(desk).model.counts_below is False


def test_a_filter_shows_hits_with_what_stands_above_and_without_dots_on_letters(panel):
    panel.line.setText("schrift")
    assert shown(panel.model) == ["Verbindlichkeit", "  verschriftlichen"]
    panel.line.setText("uber")
    assert shown(panel.model) == ["Übergehen"]
    panel.line.setText("xyz")
    assert shown(panel.model) == []
    assert "xyz" in panel.tree.empty_words


def test_a_filter_leaves_the_choice_and_what_was_open(panel, guids, desk):
    panel.tree.expand(panel.model.index_of(guids["Verbindlichkeit"]))
    desk.code_chosen.emit(guids["verschriftlichen"])
    assert panel.current == guids["verschriftlichen"]
    panel.line.setText("uber")
    panel.line.clear()
    assert panel.tree.isExpanded(panel.model.index_of(guids["Verbindlichkeit"]))
    assert panel.current == guids["verschriftlichen"]


def test_a_coding_changes_figures_without_closing_branches(panel, guids, desk, qtbot):
    panel.tree.expand(panel.model.index_of(guids["Verbindlichkeit"]))
    source = desk.project.setting("none") or _source(desk)
    desk.do(_code_passage, source=source, start=3, stop=7, code=guids["Übergehen"])
    qtbot.waitUntil(lambda: panel.model.index_of(guids["Übergehen"]).data(COUNT) == 1)
    assert panel.tree.isExpanded(panel.model.index_of(guids["Verbindlichkeit"]))


def _source(desk):
    from qda.coding.material import sources

    return next(row.guid for row in sources(desk.project) if row.title == "Interview A")


def _code_passage(project, **arguments):
    from qda.coding.open_coding import code_passage

    return code_passage(project, **arguments)


def drop(panel, data, row, parent):
    return panel.model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)


def test_a_drop_between_codes_orders_them_and_one_on_a_code_puts_it_below(panel, guids, desk, qtbot):
    assert drop(panel, mime.code_mime(guids["Übergehen"]), 0, QModelIndex())
    qtbot.waitUntil(lambda: shown(panel.model)[0] == "Übergehen")
    onto = panel.model.index_of(guids["Verbindlichkeit"])
    assert drop(panel, mime.code_mime(guids["Übergehen"]), -1, onto)
    qtbot.waitUntil(
        lambda: shown(panel.model)[:3] == ["Verbindlichkeit", "  verschriftlichen", "  Übergehen"]
    )
    assert len(codes.codes(desk.project)) == 4


def test_a_code_cannot_be_dropped_below_itself(panel, guids):
    onto = panel.model.index_of(guids["verschriftlichen"])
    assert not drop(panel, mime.code_mime(guids["Verbindlichkeit"]), -1, onto)


def test_a_drop_under_a_filter_counts_the_hidden_siblings(panel, guids, desk, qtbot):
    for name in ("Alpha", "Beta", "Gamma"):
        codebook.add_code(desk.project, name=name)
    qtbot.waitUntil(lambda: "Gamma" in shown(panel.model))
    gamma = panel.model.index_of(next(r.guid for r in codes.codes(desk.project) if r.name == "Gamma")).data(
        Qt.ItemDataRole.UserRole + 1
    )
    panel.line.setText("Beta")
    beta = panel.model.index(0, 0)
    assert beta.data() == "Beta"
    panel.model.moved.connect(lambda *args: seen.append(args))
    seen: list[tuple] = []
    assert panel.model._place(gamma, None, 0) == [
        r.guid for r in codes.codes(desk.project) if r.parent is None and r.guid != gamma
    ].index(beta.data(Qt.ItemDataRole.UserRole + 1))


def test_a_span_is_dropped_on_a_code_only(panel, guids, qtbot):
    data = mime.span_mime(Span(3, 17), "Ohne Protokoll")
    assert not drop(panel, data, 0, QModelIndex())
    with qtbot.waitSignal(panel.span_dropped) as caught:
        assert drop(panel, data, -1, panel.model.index_of(guids["Übergehen"]))
    assert caught.args == [guids["Übergehen"], 3, 17]


def test_enter_takes_a_code_and_del_removes_it(panel, guids, desk, qtbot):
    panel.tree.choose(guids["Übergehen"])
    with qtbot.waitSignal(panel.code_taken) as caught:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert caught.args == [guids["Übergehen"]]
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert "Übergehen" not in shown(panel.model)
    assert desk.code == next(r.guid for r in codes.codes(desk.project) if r.origin == "in-vivo")
    desk.undo()
    qtbot.waitUntil(lambda: "Übergehen" in shown(panel.model))


def test_a_new_code_by_its_path_makes_what_is_missing(panel, desk):
    panel.acts.make("Verbindlichkeit > hinfahren > zu zweit")
    paths = [row.path for row in codes.codes(desk.project)]
    assert "Verbindlichkeit > hinfahren > zu zweit" in paths


def test_rows_are_spoken_with_what_they_are(panel, guids):
    spoken = panel.model.index_of(guids["Verbindlichkeit"]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Verbindlichkeit, category, 1 coding"
