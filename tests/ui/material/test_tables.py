"""Tables brought in through the dialog: a survey, attributes of cases; by keyboard alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding.material import attributes, cases, sources, text
from qda.ui.material.table_dialog import TableDialog
from qda.ui.material.tables import ask_table
from qda.ui.window import MainWindow

SURVEY = (
    "Fall;Alter;Seit;Ort;Was hat geholfen?;IP-Adresse\n"
    'P01;34;1.3.2010;Stadt;"Die Kollegin aus dem Amt, die alle kannte und anrief.";10.0.0.1\n'
    'P02;41;2.4.2012;Kreis;"Ein fester Raum und jemand, der die Listen führt.";10.0.0.2\n'
    'P03;29;7.9.2015;Stadt;"Nichts davon; wir haben es abends selbst gemacht, jede Woche.";10.0.0.3\n'
    'P04;55;7.9.2016;Kreis;"Dass der Landrat einmal selbst gekommen ist, das hat geholfen.";10.0.0.4\n'
)


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "umfrage.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return path


def _opened(study: MainWindow, path: Path, qtbot) -> TableDialog:
    assert study.desk is not None
    study.show_workspace("material")
    dialog = ask_table(study.desk, path, study)
    qtbot.waitUntil(lambda: bool(dialog.columns) or dialog.take.isEnabled(), timeout=10000)
    return dialog


def _over(dialog: TableDialog, qtbot) -> None:
    qtbot.waitUntil(lambda: dialog.take.text() == "Done", timeout=10000)


def test_a_survey_comes_in_by_keyboard_with_its_guesses(study: MainWindow, survey: Path, qtbot) -> None:
    dialog = _opened(study, survey, qtbot)
    roles = [dialog.choice(row, 2).currentData() for row in range(6)]
    assert roles == ["case", "attribute", "attribute", "attribute", "text", "left_out"]
    kinds = [dialog.choice(row, 3).currentData() for row in range(1, 4)]
    assert kinds == ["number", "date", "choice"]
    shown = dialog.preview.toPlainText()
    assert "P01" in shown
    assert "Alter: 34" in shown
    assert "die alle kannte" in shown
    assert QApplication.focusWidget() is dialog.choice(0, 2)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    _over(dialog, qtbot)
    project = study.desk.project
    assert [row.name for row in cases(project)] == ["P01", "P02", "P03", "P04"]
    assert [row.name for row in attributes(project)] == ["Alter", "Seit", "Ort"]
    assert len(sources(project)) == 5
    assert QApplication.focusWidget() is dialog.take
    QTest.keyClick(dialog.take, Qt.Key.Key_Return)
    assert dialog.isHidden()
    study.undo()
    assert (len(sources(project)), cases(project)) == (1, [])


def test_a_column_is_made_something_else_and_the_preview_follows(
    study: MainWindow, survey: Path, qtbot
) -> None:
    dialog = _opened(study, survey, qtbot)
    choice = dialog.choice(3, 2)  # Ort becomes an open answer
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert choice.currentData() == "text"
    assert not dialog.choice(3, 3).isEnabled()
    dialog.by_answer.setFocus()
    QTest.keyClick(dialog.by_answer, Qt.Key.Key_Space)
    assert "P01: Ort" in dialog.preview.toPlainText()
    dialog.bring_in()
    _over(dialog, qtbot)
    project = study.desk.project
    titles = [row.title for row in sources(project)]
    assert {"P02: Ort", "P02: Was hat geholfen?"} <= set(titles)
    place = next(row for row in sources(project) if row.title == "P02: Ort")
    assert text(project, place.guid) == "Kreis"
    dialog.accept()


def test_without_open_answers_it_is_a_table_of_attributes_and_needs_the_case(
    study: MainWindow, survey: Path, qtbot
) -> None:
    dialog = _opened(study, survey, qtbot)
    for row, key in ((4, "left_out"), (0, "left_out")):
        choice = dialog.choice(row, 2)
        choice.setCurrentIndex(choice.findData(key))
        choice.activated.emit(choice.currentIndex())
    assert not dialog.take.isEnabled()
    choice = dialog.choice(0, 2)
    choice.setCurrentIndex(choice.findData("case"))
    choice.activated.emit(choice.currentIndex())
    dialog.bring_in()
    _over(dialog, qtbot)
    rows = cases(study.desk.project)
    assert rows[0].attributes == {"Alter": "34", "Seit": "2010-03-01", "Ort": "Stadt"}
    assert len(sources(study.desk.project)) == 1
    dialog.accept()


def test_a_file_that_is_no_table_says_so(study: MainWindow, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "leer.xlsx"
    path.write_bytes(b"PK\x03\x04nonsense")
    dialog = _opened(study, path, qtbot)
    assert "damaged" in dialog.warnings.text()
    dialog.accept()


def test_an_import_that_is_stopped_leaves_nothing(study: MainWindow, tmp_path: Path, qtbot) -> None:
    lines = [SURVEY.split("\n", maxsplit=1)[0]]
    lines += [
        f"Q{n:04};34;1.3.2010;Stadt;Die Kollegin aus dem Amt, die alle kannte {n};x" for n in range(900)
    ]
    path = tmp_path / "viele.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    dialog = _opened(study, path, qtbot)
    dialog.bring_in()
    qtbot.waitUntil(lambda: dialog.bar.value() > 5 or dialog.take.isEnabled(), timeout=10000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    _over(dialog, qtbot)
    assert dialog.isVisible()
    assert (len(sources(study.desk.project)), cases(study.desk.project)) == (1, [])
    assert not study.desk.at_work
    dialog.accept()
