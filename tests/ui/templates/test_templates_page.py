"""The page of templates: copied, changed by typing, given to a model; what is placed stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from qda.coding import axial, codebook, templates, theory


@pytest.fixture
def model(study):
    project = study.project
    code = codebook.add_code(project, name="zusammenhalten")
    guid = axial.add_model(project, name="Modell", template="hajji", phenomenon=code)
    axial.place_code(project, model=guid, code=codebook.add_code(project, name="Geld"), slot="conditions")
    return guid


@pytest.fixture
def page(study, model):
    study.action("templates").trigger()
    return study.workspace("axial").front.part


def slot_names(project) -> list[str]:
    return [slot.name for slot in theory.models(project)[0].slots]


def test_templates_of_the_program_are_read_only(page):
    page.list.make_current("hajji")
    assert all(card.name.isReadOnly() for card in page.cards)
    assert not page.findChild(type(page._buttons["remove_template"]), "remove_template").isVisible()


def test_a_copy_is_changed_by_typing_and_its_models_follow(page, study, model, qtbot):
    project = study.project
    page.list.make_current("hajji")
    page.copy()
    (row,) = templates.templates(project)
    templates.set_model_template(project, model=model, template=row.id)
    names = slot_names(project)
    field = page.cards[1].name
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Lage")
    page.cards[2].name.setFocus()  # left
    assert slot_names(project) == ["Lage", *names[1:]]
    assert [p.code_name for p in theory.placements(project)] == ["Geld"]
    units = project.unit_count()
    page.cards[3].name.setFocus()  # nothing typed: no act
    assert project.unit_count() == units
    study.action("undo").trigger()
    assert slot_names(project) == names
    assert page.cards[1].name.text() == names[0]


def test_slots_come_move_and_go_by_keys(page, study, qtbot):
    project = study.project
    page.new()
    page.add_slot()
    qtbot.keyClicks(page.cards[-1].name, "Umwege")
    up = page.cards[-1].findChild(type(page._buttons["use_template"]), f"slot_{len(page.cards) - 1}_up")
    up.setFocus()
    qtbot.keyClick(up, Qt.Key.Key_Space)
    (row,) = templates.templates(project)
    assert [slot["name"]["en"] for slot in row.spec["slots"]][1] == "Umwege"
    page.cards[1].removed.emit()
    assert len(templates.templates(project)[0].spec["slots"]) == 2
    page.cards[1].removed.emit()  # the last one stays
    assert len(templates.templates(project)[0].spec["slots"]) == 2
    while project.undo_label():
        study.action("undo").trigger()
    assert templates.templates(project) == []


def test_a_template_is_renamed_given_to_a_model_and_not_removed_while_it_is_used(page, study, model, qtbot):
    project = study.project
    page.list.make_current("strauss-corbin")
    page.copy()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_F2)
    dialog = page.findChild(QDialog, "line_dialog")
    dialog.findChild(QLineEdit, "line").setText("Meine Vorlage")
    dialog.accept()
    assert templates.templates(project)[0].name == "Meine Vorlage"
    page.use()
    chooser = page.findChild(QDialog, "chooser")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert theory.models(project)[0].template == templates.templates(project)[0].id
    assert [p.code_name for p in theory.placements(project)] == ["Geld"]
    page.remove()
    assert len(templates.templates(project)) == 1


def test_esc_leads_back_to_the_model(page, study, qtbot):
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert study.workspace("axial").front.part is None
