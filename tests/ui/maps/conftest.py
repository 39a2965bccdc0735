"""The page of maps in the real window, with a study that has codes, a relation, cases and memos."""

import pytest
from PySide6.QtTest import QTest

from qda.coding import (
    axial,
    cases,
    code_maps,
    codebook,
    documents,
    evidence,
    map_gathering,
    memos,
    open_coding,
)
from qda.coding.codes import codes as read_codes
from qda.coding.material import sources, text


@pytest.fixture
def left_in() -> str:
    return "axial"


@pytest.fixture
def desk(study):
    project = study.project
    source = sources(project)[0].guid
    documents.set_source_case(project, source=source, case=cases.add_case(project, name="A"))
    words = text(project, source)
    for code, part in (("anrufen", "Zusagen geholt"), ("Dienstweg", "kurzen Dienstweg"), ("Ruhe", "Ruhe")):
        start = words.index(part)
        open_coding.code_passage(project, source=source, start=start, stop=start + len(part), code=code)
    codebook.add_code(project, name="Rückhalt", kind="category")
    named = {row.name: row.guid for row in read_codes(project)}
    model = axial.add_model(project, name="Modell", phenomenon=named["Rückhalt"])
    relation = axial.relate_codes(
        project, model=model, from_code=named["anrufen"], to_code=named["Ruhe"], type="leads_to"
    )
    start = words.index("Ruhe")
    evidence.add_evidence(
        project, relation=relation, segments=[f"{source}:{start}-{start + 4}"], polarity="supporting"
    )
    memos.write_memo(
        project,
        kind="theoretical",
        title="Rückhalt?",
        body="Vielleicht hält sie.",
        target=f"code:{named['Rückhalt']}",
    )
    return study.desk


@pytest.fixture
def codes(desk):
    return {row.name: row.guid for row in read_codes(desk.project)}


@pytest.fixture
def chart(desk, codes):
    """A map with the relation, a code beside it, and words."""
    from qda.coding import theory

    guid = code_maps.new_map(desk.project, name="Skizze")
    relation = theory.relations(desk.project)[0].guid
    map_gathering.gather_on_map(
        desk.project,
        map=guid,
        targets=[f"relation:{relation}", f"code:{codes['Rückhalt']}"],
        xs=[0, 0],
        ys=[0, 260],
    )
    code_maps.put_on_map(desk.project, map=guid, text="und dann?", x=420, y=260)
    return guid


@pytest.fixture
def page(study, desk):
    study.action("code-maps").trigger()
    QTest.qWait(50)
    found = study.workspace("axial").front.part
    assert found.isVisible()
    yield found
    found.let_go()


@pytest.fixture
def full(chart, page):
    """The page with that map."""
    assert page.shown == chart
    return page
