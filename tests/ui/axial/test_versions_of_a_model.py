"""Versions of a model in the window: kept by a name, told above the model, changed, removed, undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from qda.coding import axial, model_versions


def test_a_model_is_kept_as_a_version_and_told_in_its_head(workspace, project, model, relation, qtbot):
    workspace.freeze_model()
    dialog = workspace.findChild(QDialog, "version_dialog")
    dialog.accept()
    assert dialog.isVisible()  # a version needs a name
    qtbot.keyClicks(dialog.name, "vor Fall C")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    (row,) = model_versions.versions(project, model)
    assert (row.name, row.relations) == ("vor Fall C", 1)
    assert "vor Fall C" in workspace.header.template.text()
    axial.remove_relation(project, relation=relation)
    assert [c.change for c in model_versions.versions_differ(project, row.guid).relations] == ["removed"]


def test_the_menu_lists_versions_the_newest_first_and_removes_one(workspace, project, model):
    for name in ("eins", "zwei"):
        model_versions.freeze_model(project, model=model, name=name)
    workspace.versions.fill()
    menus = [action.menu() for action in workspace.versions.menu.actions() if action.menu()]
    assert [menu.title().split(" ")[0] for menu in menus] == ["zwei", "eins"]
    menus[0].actions()[-1].trigger()
    assert [row.name for row in model_versions.versions(project, model)] == ["eins"]
    project.undo()
    assert [row.name for row in model_versions.versions(project, model)] == ["eins", "zwei"]


def test_what_has_changed_since_a_version_is_shown(workspace, project, model, relation, qtbot):
    guid = model_versions.freeze_model(project, model=model, name="eins")
    axial.remove_relation(project, relation=relation)
    workspace.versions.compare(guid)
    page = workspace.front.part
    qtbot.waitUntil(lambda: page.dates.found is not None)
    assert page.dates.before.currentText().startswith("Version “eins”")
    assert [line.change for line in page.dates.found.lines if line.group == "relations"] == ["removed"]


def test_the_head_of_the_model_does_not_read_what_its_versions_hold(workspace, project, model, monkeypatch):
    model_versions.freeze_model(project, model=model, name="eins")
    model_versions.freeze_model(project, model=model, name="zwei")
    assert model_versions.version_names(project, model) == ["eins", "zwei"]
    monkeypatch.setattr(model_versions, "versions", None)  # it loads every state
    workspace.refresh()
    assert workspace.versions.words() == "2 versions, last “zwei”"
