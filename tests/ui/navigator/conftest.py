"""A small invented study for the lists at the left."""

import pytest

from qda.coding import cases, codebook, documents, open_coding
from qda.models import Project
from qda.ui.desk import Desk


@pytest.fixture
def desk(qtbot, light, tmp_path):
    project = Project.create(tmp_path / "study.qdaproj", title="Probe", coder="MK")
    case = cases.add_case(project, name="Fall A")
    source = documents.add_document(project, title="Interview A", text="B: Ohne Protokoll gibt’s mich nicht.")
    documents.set_source_case(project, source=source, case=case)
    documents.add_document(project, title="Feldnotiz", text="Es hat geregnet.")
    top = codebook.add_code(project, name="Verbindlichkeit", kind="category")
    codebook.add_code(project, name="verschriftlichen", parent=top)
    codebook.add_code(project, name="Übergehen")
    open_coding.code_passage(project, source=source, start=3, stop=17, code="verschriftlichen")
    open_coding.code_in_vivo(project, source=source, start=8, stop=17)
    desk = Desk(project)
    yield desk
    desk.close()
