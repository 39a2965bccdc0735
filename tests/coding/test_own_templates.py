"""A paradigm that comes with the program becomes one's own; a model goes over to another one."""

import pytest

from qda.coding import axial, codebook, templates, theory
from qda.errors import KnownError
from qda.models import Project


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "s.qdaproj", title="S", coder="MK", template="hajji") as made:
        yield made


def slots(project: Project) -> list[tuple[str, str]]:
    return [(slot.key, slot.role) for slot in theory.models(project)[0].slots]


def test_a_copy_has_the_slots_and_words_of_both_languages(project: Project) -> None:
    guid = templates.copy_template(project, template="hajji")
    (row,) = templates.templates(project)
    assert row.guid == guid
    basis = templates.template(project, "hajji")
    mine = templates.template(project, row.id)
    assert mine.slots == basis.slots
    assert mine.workspaces == basis.workspaces
    assert str(mine.name) != str(basis.name)


def test_a_template_without_a_paradigm_cannot_be_copied(project: Project) -> None:
    with pytest.raises(KnownError, match="no paradigm"):
        templates.copy_template(project, template="content-analysis")


def test_a_model_goes_over_to_another_template_and_nothing_placed_is_lost(project: Project) -> None:
    code = codebook.add_code(project, name="Vertrauen")
    model = axial.add_model(project, name="M", template="hajji", phenomenon=code)
    money = codebook.add_code(project, name="Geld")
    talk = codebook.add_code(project, name="reden")
    condition = axial.place_code(project, model=model, code=money, slot="conditions")
    strategy = axial.place_code(project, model=model, code=talk, slot="strategies")
    templates.set_model_template(project, model=model, template="strauss-corbin")
    found = slots(project)
    assert [key for key, role in found if role != "own"] == [
        slot.key for slot in templates.template(project, "strauss-corbin").columns
    ]
    assert found[-1] == ("conditions", "own")
    placed = {row.guid: row.slot_key for row in theory.placements(project)}
    assert placed == {condition: "conditions", strategy: "strategies"}
    project.undo()
    assert ("conditions", "condition") in slots(project)
    assert {row.guid for row in theory.placements(project)} == {condition, strategy}


def test_a_model_cannot_go_over_to_a_template_without_slots(project: Project) -> None:
    model = axial.add_model(project, name="M", template="hajji")
    with pytest.raises(KnownError, match="no paradigm"):
        templates.set_model_template(project, model=model, template="content-analysis")
