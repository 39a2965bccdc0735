"""Ctrl+Shift+C copies what is in hand as a citation, from the text and from every list of passages."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda.coding import axial, codebook, evidence, memos, open_coding
from qda.coding.codes import codings

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

CITED = "“Zusagen geholt” (Interview A, para. 2)"


@pytest.fixture
def coded(study: "MainWindow") -> "MainWindow":
    """The study with one passage that is coded, evidence of a relation, and has a memo."""
    project = study.desk.project
    study.show_workspace("open")
    text = study.workspace("open").pane.view.text
    start = text.index("Zusagen geholt")
    place = {"source": study.desk.source, "start": start, "stop": start + len("Zusagen geholt")}
    open_coding.code_passage(project, **place, code="Wege")
    segment = codings(project)[0].segment.guid
    model = axial.add_model(project, name="Modell", phenomenon=codebook.add_code(project, name="Mitte"))
    ends = {
        end: codebook.add_code(project, name=name) for end, name in (("from_code", "A"), ("to_code", "B"))
    }
    relation = axial.relate_codes(project, model=model, **ends, type="leads_to")
    evidence.add_evidence(project, relation=relation, segments=[segment], polarity="supporting")
    memos.write_memo(project, kind="code", title="Wer?", body="Notiz", target=f"segment:{segment}")
    QGuiApplication.clipboard().clear()
    return study


def copy() -> str:
    QTest.qWait(10)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(
        focus, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    return QGuiApplication.clipboard().text()


def test_from_the_evidence_of_a_relation(coded: "MainWindow") -> None:
    coded.show_workspace("axial")
    QTest.qWait(50)
    page = coded.workspace("axial").page
    piece = next(
        w for w in page.findChildren(QWidget) if w.objectName().startswith("evidence_") and hasattr(w, "row")
    )
    piece.setFocus()
    assert copy() == CITED


def test_from_the_menu_of_a_piece_of_evidence(coded: "MainWindow") -> None:
    from qda.coding.theory import evidence as pieces
    from qda.ui.axial.menus import evidence_menu

    coded.show_workspace("axial")
    workspace = coded.workspace("axial")
    menu = evidence_menu(workspace, workspace.acts, pieces(coded.desk.project)[0])
    next(act for act in menu.actions() if act.text() == "Copy as citation").trigger()
    assert QGuiApplication.clipboard().text() == CITED


def test_from_the_memo_desk(coded: "MainWindow") -> None:
    coded.action("memo-desk").trigger()
    QTest.qWait(20)
    listed = coded.workspace("material").findChild(QWidget, "memo_list")
    listed.setFocus()
    assert copy() == CITED


def test_from_a_memo_beside_the_work(coded: "MainWindow") -> None:
    from qda.coding.memo_queries import memos as read

    coded.desk.memo_wanted.emit(read(coded.desk.project)[0].guid, "")
    assert copy() == CITED


def test_where_nothing_is_in_hand_it_is_said(coded: "MainWindow") -> None:
    told: list[str] = []
    coded.desk.told.connect(told.append)
    coded.show_workspace("selective")
    QTest.qWait(20)
    coded.action("copy-citation").trigger()
    assert told[-1] == "Select a passage first."
    assert QGuiApplication.clipboard().text() == ""
