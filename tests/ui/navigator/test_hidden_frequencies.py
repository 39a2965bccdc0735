"""A study that hides frequencies shows no figure beside a code."""

from PySide6.QtCore import Qt

from qda.coding import codes, open_coding, sheet
from qda.ui.navigator.code_model import COUNT


def test_no_figure_stands_beside_a_code_where_frequencies_are_hidden(study, qtbot):
    study.show_workspace("open")
    project = study.project
    source = study.workspace("open").pane.source
    open_coding.code_passage(project, source=source, start=30, stop=40, code="holen")
    panel = study.workspace("open").codes
    code = codes.codes(project)[0].guid

    def said():
        index = panel.model.index_of(code)
        return index.data(COUNT), index.data(Qt.ItemDataRole.AccessibleTextRole)

    qtbot.waitUntil(lambda: panel.model.index_of(code).isValid())
    assert said() == (1, "holen, 1 coding")
    sheet.set_frequencies_hidden(project, hidden=True)
    qtbot.waitUntil(lambda: said() == (0, "holen"))
    study.action("lay-out-codes").trigger()
    slip = study.workspace("open").laying.slips.item(0)
    assert slip.data(Qt.ItemDataRole.AccessibleTextRole) == "holen"
    study.desk.undo()
    qtbot.waitUntil(lambda: said() == (1, "holen, 1 coding"))
