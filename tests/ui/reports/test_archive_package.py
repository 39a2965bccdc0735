"""The archive package in the window: looked at among the reports, saved with progress, stopped at will."""

from zipfile import ZipFile

import pytest

from qda.coding import cases, consent, documents, material


@pytest.fixture
def left_in() -> str:
    return "open"


def _agreed(window) -> None:
    project = window.project
    case = cases.add_case(project, name="B")
    documents.set_source_case(project, source=material.sources(project)[0].guid, case=case)
    consent.set_consent(project, case=case, quote="yes", archive="yes")


def _in_front(window, qtbot):
    workspace = window.workspace("reports")
    assert window.current_workspace == "reports"
    qtbot.waitUntil(lambda: workspace._ready is not None and not workspace.busy, timeout=60_000)
    return workspace


def test_the_command_leads_to_the_package_and_it_is_saved(study, qtbot, tmp_path):
    _agreed(study)
    study.action("archive-package").trigger()
    workspace = _in_front(study, qtbot)
    one = workspace.in_hand
    assert (one.name, one.format) == ("archive", "zip")
    out = tmp_path / "package.zip"
    told = []
    workspace.saving.exporter.progressed.connect(lambda progress: told.append((progress.done, progress.of)))
    workspace.saving.save(one, out)
    qtbot.waitUntil(lambda: out.exists() and not workspace.busy, timeout=60_000)
    with ZipFile(out) as package:
        names = [name.partition("/")[2] for name in package.namelist()]
    assert names[0] == "README.md"
    assert "transcripts/001_Interview_A.txt" in names
    assert any(of > 10 for _done, of in told)


def test_a_package_that_is_stopped_leaves_nothing(study, qtbot, tmp_path):
    _agreed(study)
    study.action("archive-package").trigger()
    workspace = _in_front(study, qtbot)
    out = tmp_path / "package.zip"
    exporter = workspace.saving.exporter
    with qtbot.waitSignal(exporter.ended, timeout=60_000) as ended:
        workspace.saving.save(workspace.in_hand, out)
        exporter.cancel()
    assert ended.args[0].stopped
    assert not out.exists()
    assert list(tmp_path.glob(".*.part")) == []


def test_the_tables_for_statistics_are_reached_by_their_command(study, qtbot):
    study.action("statistics-tables").trigger()
    workspace = _in_front(study, qtbot)
    assert workspace.list.name == "statistics"
    assert workspace.in_hand.format == "xlsx"
