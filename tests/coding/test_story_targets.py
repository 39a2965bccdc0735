"""What a story can refer to."""

import pytest

from qda.coding import (
    axial,
    cases,
    codebook,
    codes,
    consent,
    documents,
    evidence,
    material,
    open_coding,
    selective,
)
from qda.coding.story_targets import against, near_passages, passages_with, relation_names
from qda.models import Project

TEXT = "B: Ich rufe alle an, jede Woche. Blumen kriegen wir jedes Jahr, einen Raum nie."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.qdaproj", title="Probe", coder="MK", template="hajji") as made:
        source = documents.add_document(made, title="Interview A", text=TEXT, kind="interview")
        documents.set_source_case(made, source=source, case=cases.add_case(made, name="A"))
        start = TEXT.index("Ich")
        open_coding.code_passage(made, source=source, start=start, stop=start + 16, code="anrufen")
        codebook.add_code(made, name="bleiben")
        yield made


@pytest.fixture
def relation(project):
    guids = {row.name: row.guid for row in codes.codes(project)}
    model = axial.add_model(project, name="Modell", phenomenon=guids["anrufen"])
    return axial.relate_codes(
        project, model=model, from_code=guids["anrufen"], to_code=guids["bleiben"], type="leads_to"
    )


def test_a_relation_without_a_statement_is_called_by_its_ends(project, relation):
    (row,) = relation_names(project)
    assert (row.guid, row.number, row.words, row.active) == (relation, 1, "anrufen – bleiben", True)
    axial.change_relation(project, relation=relation, statement="Anrufen hält")
    axial.add_condition(project, relation=relation, text="wenn sie Zeit hat")
    (row,) = relation_names(project)
    assert (row.words, row.conditioned) == ("Anrufen hält", True)


def test_words_lead_to_the_passage_they_stand_in_or_to_their_sentence(project):
    (coded,) = passages_with(project, "rufe alle")
    assert (coded.guid != "", coded.text) == (True, "Ich rufe alle an")
    (free,) = passages_with(project, "einen Raum")
    assert (free.guid, free.text) == ("", "Blumen kriegen wir jedes Jahr, einen Raum nie.")


def test_quoted_passages_stand_before_those_that_are_only_coded(project):
    (free,) = passages_with(project, "einen Raum")
    span = f"{free.source}:{free.start}-{free.stop}"
    selective.write_story(project, kind="story_line", body=f"[„Blumen“](segment:{span})")
    assert [row.text for row in near_passages(project)] == [free.text, "Ich rufe alle an"]


def test_what_may_not_be_quoted_is_not_offered(project):
    consent.set_consent(project, case=material.cases(project)[0].guid, quote="no")
    assert near_passages(project) == []
    assert passages_with(project, "einen Raum") == []


def test_evidence_against_is_found_by_either_end(project, relation):
    guids = {row.name: row.guid for row in codes.codes(project)}
    (coded,) = passages_with(project, "rufe alle")
    evidence.add_evidence(project, relation=relation, segments=[coded.guid], polarity="contradicting")
    assert [row.guid for row in against(project, [guids["bleiben"]])] == [coded.guid]
    axial.set_relation_status(project, relation=relation, status="rejected")
    assert against(project, [guids["bleiben"]]) == []
