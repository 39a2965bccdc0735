"""A small study with a story to write on."""

import pytest

from qda.coding import axial, cases, codebook, documents, evidence, open_coding
from qda.models import Project
from qda.ui.axial.reading import Reading
from qda.ui.desk import Desk
from qda.ui.selective.story_edit import StoryEdit
from qda.ui.selective.targets import Targets

TEXT = "B: Ich rufe alle an, ähm, jede Woche. 😀 Blumen kriegen wir jedes Jahr."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.qdaproj", title="Probe", coder="MK", template="hajji") as made:
        source = documents.add_document(made, title="Interview A", text=TEXT, kind="interview")
        documents.set_source_case(made, source=source, case=cases.add_case(made, name="A"))
        start = TEXT.index("Ich")
        stop = TEXT.index(" 😀")
        open_coding.code_passage(made, source=source, start=start, stop=stop, code="anrufen")
        codebook.add_code(made, name="bleiben")
        yield made


@pytest.fixture
def things(project):
    """GUIDs of the code, the relation, the passage."""
    from qda.coding import codes, material

    guids = {row.name: row.guid for row in codes.codes(project)}
    model = axial.add_model(project, name="Modell", phenomenon=guids["anrufen"])
    relation = axial.relate_codes(
        project, model=model, from_code=guids["anrufen"], to_code=guids["bleiben"], type="leads_to"
    )
    passage = material.segments(project)[0].guid
    evidence.add_evidence(project, relation=relation, segments=[passage], polarity="supporting")
    return {**guids, "relation": relation, "passage": passage}


@pytest.fixture
def desk(project):
    made = Desk(project)
    yield made
    made._unsubscribe()


@pytest.fixture
def edit(qtbot, desk, light):
    reading = Reading(desk.project)
    made = StoryEdit(desk, Targets(desk.project, reading))
    made.reading = reading
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    return made
