"""Hints of a project: for a named phenomenon only, by the slots of the model, and who gives the reason."""

import socket

import pytest

from qda.coding import axial, codebook, documents
from qda.coding.analyses import readable
from qda.coding.history import history
from qda.exchange.reading import draft_from_text
from qda.i18n import use_language
from qda.models import Project
from qda.suggest.cues.hints import SlotHint, hint_text, hints
from qda.suggest.language.analysing import analyse_here
from qda.suggest.language.docs import doc_of

TALK = (
    "I: Sie rufen an, weil keiner fragt. Erzählen Sie.\n"
    "B: Wir warten 😀, weil das Amt zu hat. Und er sagt, weil das Geld fehlt, geht nichts.\n"
    "I: Hm.\n"
    "B: Ich sag, weil ich das will, bleibt es so. Der Brief war kurz: „Wir schließen, weil es regnet.“ "
    "Obwohl es regnet, kommen alle. Ich fahre hin, um alle einzuladen. Das führt dazu, dass alle kommen."
)


@pytest.fixture
def source(project: Project) -> str:
    return documents.take_in(project, draft=draft_from_text(TALK), title="A")


def model(project: Project, template: str, *, named: bool = True) -> str:
    code = codebook.add_code(project, name="Netzwerk führen")
    return axial.add_model(project, name="M", template=template, phenomenon=code if named else None)


def of(project: Project, made: str, source: str) -> tuple[SlotHint, ...]:
    return hints(project, made, source, 0, len(TALK))


def test_without_a_named_phenomenon_there_is_no_hint(project, source):
    assert of(project, model(project, "strauss-corbin", named=False), source) == ()


def test_the_paradigm_of_strauss_and_corbin_has_a_slot_for_each_class(project, source):
    found = of(project, model(project, "strauss-corbin"), source)
    slots = {(one.cue, one.slot) for one in found}
    assert {("weil", "causal"), ("Obwohl", "intervening"), ("um", "strategies")} <= slots
    assert ("führt dazu", "consequences") in slots


def test_where_there_are_conditions_alone_all_of_them_go_there(project, source):
    found = of(project, model(project, "hajji"), source)
    assert {one.slot for one in found} == {"conditions", "strategies", "consequences"}
    assert {one.kind for one in found if one.slot == "conditions"} == {"causal", "intervening"}


def test_a_model_with_slots_of_its_own_gets_no_hints(project, source):
    assert of(project, model(project, "free"), source) == ()


def test_places_are_those_of_the_document(project, source):
    for one in of(project, model(project, "hajji"), source):
        assert " ".join(TALK[one.start : one.stop].split()) == one.cue
        assert one.clause_start <= one.start < one.stop <= one.clause_stop
    (last,) = (one for one in of(project, model(project, "hajji"), source) if one.slot == "strategies")
    assert TALK[last.clause_start : last.clause_stop] == "um alle einzuladen"


def test_only_cues_of_the_passage_are_hinted_at(project, source):
    start = TALK.index("Ich fahre hin")
    made = model(project, "hajji")
    (one,) = hints(project, made, source, start, start + len("Ich fahre hin, um alle"))
    assert one.cue == "um"
    assert hints(project, made, source, start, start + 5) == ()
    assert hints(project, made, source, start, start) == ()


def whose(project: Project, source: str) -> dict[str, str]:
    found = of(project, model(project, "hajji"), source)
    return {TALK[one.clause_start : one.clause_stop]: one.whose for one in found}


def test_a_reason_is_of_who_speaks(project, source):
    said = whose(project, source)
    assert said["weil keiner fragt"] == "interviewer"
    assert said["weil das Amt zu hat"] == "respondent"


def test_a_reason_told_of_somebody_else_is_quoted(project, source):
    assert whose(project, source)["weil das Geld fehlt"] == "quoted"


def test_what_speakers_say_of_themselves_is_theirs(project, source):
    assert whose(project, source)["weil ich das will"] == "respondent"


def test_a_reason_between_quotation_marks_is_quoted(project, source):
    assert whose(project, source)["weil es regnet"] == "quoted"


def test_a_document_that_was_read_gives_the_same_hints(project, source):
    made = model(project, "hajji")
    before = of(project, made, source)
    analyse_here(project)
    assert of(project, made, source) == before
    (row,) = readable(project)
    assert hints(project, made, source, 0, len(TALK), doc=doc_of(project, row)) == before


def test_a_hint_is_a_question(project, source):
    with use_language("en"):
        first = of(project, model(project, "strauss-corbin"), source)[1]
        assert hint_text(first, "Netzwerk führen") == (
            "»weil«: reason given by the respondent – causal condition of *Netzwerk führen*?"
        )
    for one in of(project, model(project, "hajji"), source):
        assert hint_text(one, "Netzwerk führen").endswith("*?")


def test_a_finer_kind_than_the_template_knows_is_called_a_condition(project, source):
    with use_language("en"):
        first = of(project, model(project, "hajji"), source)[1]
        assert hint_text(first, "X") == "»weil«: reason given by the respondent – condition of *X*?"


def test_a_hint_changes_nothing(project, source):
    made = model(project, "hajji")
    before = history(project)
    assert of(project, made, source)
    assert history(project) == before


def test_no_socket_is_opened(project, source, monkeypatch):
    made = model(project, "hajji")

    class Refused(socket.socket):
        def __init__(self, *_some, **_more):
            raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", Refused)
    assert of(project, made, source)
