"""A small study with a model to work on."""

import pytest

from qda.coding import axial, cases, codebook, documents, open_coding
from qda.models import Project
from qda.ui.axial.workspace import Workspace
from qda.ui.desk import Desk

TEXT = "B: Ich rufe alle an. Blumen kriegen wir jedes Jahr. Der Raum kam nie."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.qdaproj", title="Probe", coder="MK", template="hajji") as made:
        source = documents.add_document(made, title="Interview A", text=TEXT, kind="interview")
        documents.set_source_case(made, source=source, case=cases.add_case(made, name="A"))
        for code, words in (("anrufen", "Ich rufe alle an."), ("bleiben", "Der Raum kam nie.")):
            start = TEXT.index(words)
            open_coding.code_passage(made, source=source, start=start, stop=start + len(words), code=code)
        for name in ("Rückhalt", "Mittel", "zusammenhalten"):
            codebook.add_code(made, name=name, kind="category")
        yield made


@pytest.fixture
def codes(project):
    from qda.coding.codes import codes as read

    return {row.name: row.guid for row in read(project)}


@pytest.fixture
def model(project, codes):
    guid = axial.add_model(project, name="Modell", phenomenon=codes["zusammenhalten"])
    for name, slot, level, addressee in (
        ("Rückhalt", "conditions", "town", ""),
        ("Rückhalt", "conditions", "district", ""),
        ("Mittel", "conditions", "state", ""),
        ("anrufen", "strategies", "", ""),
        ("bleiben", "consequences", "", "network"),
    ):
        axial.place_code(project, model=guid, code=codes[name], slot=slot, level=level, addressee=addressee)
    return guid


@pytest.fixture
def relation(project, codes, model):
    return axial.relate_codes(
        project, model=model, from_code=codes["anrufen"], to_code=codes["bleiben"], type="leads_to"
    )


@pytest.fixture
def workspace(qtbot, project, light):
    desk = Desk(project)
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.shown()
    yield made
    desk._unsubscribe()
