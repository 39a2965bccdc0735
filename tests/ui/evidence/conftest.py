"""The real window with two cases, two codes, a model and a relation between them."""

from collections.abc import Iterator

import pytest

from qda.coding import axial, cases, codebook, codes, documents, open_coding
from qda.models import Project
from qda.ui.window import MainWindow

A = "B: Ich rufe alle an. Aber der Raum kam nie. Blumen kriegen wir jedes Jahr."
B = "B: Anrufen, das mache ich auch. Dann blieben sie. Der Rest ging seiner Wege."


@pytest.fixture
def theory(window: MainWindow, tmp_path) -> Iterator[MainWindow]:
    project = Project.create(tmp_path / "theory.qdaproj", title="Probe", coder="MK", template="hajji")
    spans = {
        "A": (A, ("anrufen", "Ich rufe alle an."), ("bleiben", "der Raum kam nie.")),
        "B": (B, ("anrufen", "Anrufen, das mache ich auch."), ("bleiben", "Dann blieben sie.")),
    }
    for name, (text, *coded) in spans.items():
        source = documents.add_document(project, title=f"Interview {name}", text=text, kind="interview")
        documents.set_source_case(project, source=source, case=cases.add_case(project, name=name))
        for code, words in coded:
            at = text.index(words)
            open_coding.code_passage(project, source=source, start=at, stop=at + len(words), code=code)
    codebook.add_code(project, name="zusammenhalten", kind="category")
    named = {row.name: row.guid for row in codes.codes(project)}
    model = axial.add_model(project, name="Modell", phenomenon=named["zusammenhalten"])
    for name, slot in (("anrufen", "strategies"), ("bleiben", "consequences")):
        axial.place_code(project, model=model, code=named[name], slot=slot)
    ends = {"from_code": named["anrufen"], "to_code": named["bleiben"]}
    axial.relate_codes(project, model=model, type="leads_to", **ends)
    window.open_project(project)
    return window
