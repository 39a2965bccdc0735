"""The template of citations in the project sheet."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding import material
from qda.coding.citation import paragraphs_cited


def test_a_template_written_by_keyboard_is_used_by_every_citation(study):
    from qda.ui.material.citing import CitationField

    study.show_workspace("material")
    study.workspace("material").show_sheet()
    field = study.findChild(CitationField)
    line = field.template.lineEdit()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "{title}, Z. {lines}")
    assert "Z. 120–124" in field.example.text()
    QTest.keyClick(line, Qt.Key.Key_Return)
    project = study.desk.project
    assert material.project_sheet(project).citation == "{title}, Z. {lines}"
    (source,) = material.sources(project)
    assert paragraphs_cited(material.span_row(project, source.guid, 30, 34)) == "Interview A, Z. 2"
    study.desk.undo()
    assert material.project_sheet(project).citation == ""
    QTest.keyClick(line, Qt.Key.Key_Tab)
    field.show_sheet(material.project_sheet(project))
    assert (line.text(), field.template.currentText()) == ("", "")
    assert "para. 34" in field.example.text()


def test_a_template_that_finds_no_place_says_so_and_changes_nothing(study):
    from qda.ui.material.citing import CitationField

    study.show_workspace("material")
    study.workspace("material").show_sheet()
    field = study.findChild(CitationField)
    line = field.template.lineEdit()
    line.setFocus()
    QTest.keyClicks(line, "{titel}")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "{titel}" in field.example.text()
    assert material.project_sheet(study.desk.project).citation == ""


def test_the_measure_of_lines_is_set_with_arrows(study):
    from qda.ui.material.citing import CitationField

    study.show_workspace("material")
    study.workspace("material").show_sheet()
    field = study.findChild(CitationField)
    field.measure.setFocus()
    QTest.keyClick(field.measure, Qt.Key.Key_Up)
    assert material.project_sheet(study.desk.project).line_measure == 71
