"""Splitting a code by going through its passages, in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from qda.coding import codes, open_coding
from qda.coding.material import sources
from qda.ui.laying.splitting import SplitDialog


def test_digits_send_passages_to_new_codes_and_undo_brings_the_old_one_back(study):
    project, desk = study.project, study.desk
    source = sources(project)[0].guid
    for start, stop in ((0, 8), (24, 30), (40, 50)):
        open_coding.code_passage(project, source=source, start=start, stop=stop, code="alles")
    study.show_workspace("open")
    desk.code_chosen.emit(next(row.guid for row in codes.codes(project)))
    QTest.qWait(20)
    study.action("split-code").trigger()
    dialog = study.findChild(SplitDialog)
    assert not dialog.ok.isEnabled()
    dialog.findChild(QLineEdit, "split_name_1").setText("eins")
    QTest.keyClick(dialog.list, Qt.Key.Key_1)
    QTest.keyClick(dialog.list, Qt.Key.Key_2)
    assert not dialog.ok.isEnabled()  # the second has no name yet
    dialog.findChild(QLineEdit, "split_name_2").setText("zwei")
    dialog.ok.click()
    assert {row.name: row.codings for row in codes.codes(project)} == {"alles": 1, "eins": 1, "zwei": 1}
    desk.undo()
    assert {row.name: row.codings for row in codes.codes(project)} == {"alles": 3}


def test_a_code_without_passages_says_so(study):
    from qda.coding import codebook

    told = []
    study.desk.told.connect(told.append)
    made = codebook.add_code(study.project, name="leer")
    study.show_workspace("open")
    study.desk.code_chosen.emit(made)
    QTest.qWait(20)
    study.action("split-code").trigger()
    assert told
    assert study.findChild(SplitDialog) is None or not study.findChild(SplitDialog).isVisible()
