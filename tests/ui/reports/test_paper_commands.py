"""From the material to what is printed of it: each way leads to the report with its settings."""

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu

from qda.coding import cases, documents, material
from qda.reports.model import Numbered, plain, walk


@pytest.fixture
def left_in() -> str:
    return "open"


def _source(window) -> str:
    return material.sources(window.project)[0].guid


def _in_front(window, qtbot):
    """The report that is shown, when its pages are there."""
    workspace = window.workspace("reports")
    assert window.current_workspace == "reports"
    qtbot.waitUntil(lambda: workspace._ready is not None and not workspace.busy, timeout=30_000)
    return workspace, workspace._ready.report


def _words(report) -> str:
    found = [one for one in walk(report.blocks) if isinstance(one, Numbered)]
    return " ".join(plain(line.runs) for one in found for line in one.lines)


def _shown(window, qtbot) -> None:
    window.desk.source_wanted.emit(_source(window), -1, -1)
    qtbot.waitUntil(lambda: window.desk.source == _source(window), timeout=10_000)
    window.refresh_actions()


def test_a_document_in_view_is_printed_for_reading(study, qtbot):
    _shown(study, qtbot)
    study.action("print-transcript").trigger()
    workspace, report = _in_front(study, qtbot)
    assert workspace.list.name == "transcript"
    assert report.title == "Interview A"
    assert all(one.wide for one in walk(report.blocks) if isinstance(one, Numbered))
    assert "kurzen Dienstweg" in _words(report)
    assert workspace.findChild(QComboBox, "source").currentText() == "Interview A"


def test_a_selection_goes_to_the_workshop_with_its_lines(study, qtbot):
    text = material.text(study.project, _source(study))
    start = text.index("🙂 auf")
    study.desk.source_wanted.emit(_source(study), start, start + 10)
    qtbot.waitUntil(lambda: study.desk.span is not None, timeout=10_000)
    study.refresh_actions()
    study.action("workshop-passage").trigger()
    workspace, report = _in_front(study, qtbot)
    assert workspace.list.name == "workshop"
    assert workspace.findChild(QLineEdit, "passage").text() == "ll. 2"
    assert _words(report) == "B: Wir haben uns Zusagen geholt, 🙂 auf dem kurzen Dienstweg."


def test_without_a_selection_nothing_goes_to_the_workshop(study, qtbot):
    _shown(study, qtbot)
    assert not study.action("workshop-passage").isEnabled()


def test_feedback_goes_to_the_case_of_the_document_in_view(study, qtbot):
    case = cases.add_case(study.project, name="Tannstetten")
    documents.set_source_case(study.project, source=_source(study), case=case)
    _shown(study, qtbot)
    study.action("feedback-case").trigger()
    workspace, report = _in_front(study, qtbot)
    assert report.subtitle.endswith("Tannstetten")
    assert workspace.findChild(QComboBox, "case").currentText() == "Tannstetten"


def test_the_menu_of_a_case_and_of_a_document_lead_there(study, qtbot):
    case = cases.add_case(study.project, name="Tannstetten")
    study.show_workspace("material")
    menu = study.workspace("material").case_acts.menu(case)
    next(one for one in menu.actions() if one.text() == "Feedback to this case…").trigger()
    workspace, report = _in_front(study, qtbot)
    assert report.subtitle.endswith("Tannstetten")
    study.show_workspace("open")
    panel = study.workspace("open").documents
    menu: QMenu = panel.menu_of(_source(study))
    next(one for one in menu.actions() if one.text() == "&Print for reading…").trigger()
    workspace, report = _in_front(study, qtbot)
    assert workspace.list.name == "transcript"
    assert report.title == "Interview A"


def test_a_document_chosen_in_the_settings_is_printed_and_none_prints_all(study, qtbot):
    study.action("report-study").trigger()
    workspace, _report = _in_front(study, qtbot)
    workspace.list.choose("transcript")
    workspace, report = _in_front(study, qtbot)
    assert report.title == "Koordination"
    choice = workspace.findChild(QComboBox, "source")
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: workspace.busy, timeout=5_000)
    workspace, report = _in_front(study, qtbot)
    assert report.title == "Interview A"
