"""Each question of method on the hand-made study: what fires, and what does not."""

import pytest

from qda.coding import (
    axial,
    codebook,
    codes,
    consent,
    documents,
    evidence,
    material,
    memos,
    open_coding,
    pseudonyms,
    question_answers,
    reading,
    sampling,
    selective,
    sheet,
    theory,
)
from qda.coding.history import history
from qda.coding.method_questions import GROUPS, KEYS, Finding, Question, ask, question_titles
from qda.coding.story_text import words_of
from qda.errors import KnownError
from tests.coding.method_questions.handmade import CLAIM, DIFFERENT, NO_TRUST, QUESTION, Handmade


def asked(made: Handmade, key: str) -> Question:
    [question] = ask(made.project, [key])
    return question


def fired(made: Handmade, key: str) -> list[str]:
    return [one.name for one in asked(made, key).findings]


def relations(made: Handmade, key: str) -> list[str]:
    names = {guid: name for name, guid in made.relations.items()}
    return [names[one.guid] for one in asked(made, key).findings]


def under(made: Handmade, key: str) -> dict[str, list[str]]:
    return {heading: [one.name for one in some] for heading, some in asked(made, key).headings}


def words_at(made: Handmade, one: Finding) -> str:
    """What stands where a finding leads to in a document."""
    return material.text(made.project, one.jump.guid)[one.jump.start : one.jump.stop]


# -- 1–4: relations ---------------------------------------------------------------------------------------


def test_1_asks_for_the_evidence_of_a_relation_without_any(made: Handmade) -> None:
    assert relations(made, "1") == ["no evidence"]
    [found] = asked(made, "1").findings
    assert (found.name, found.short, found.jump.kind) == ("Relation 1", "1", "relation")
    assert found.jump.guid == made.relations["no evidence"]


def test_1_is_silent_once_a_passage_was_given_and_asks_again_when_it_is_taken_back(made: Handmade) -> None:
    made.give("no evidence", "qualifying", NO_TRUST)
    assert relations(made, "1") == []
    made.project.undo()
    assert relations(made, "1") == ["no evidence"]


def test_2_asks_of_evidence_from_one_case_and_not_of_two(made: Handmade) -> None:
    assert relations(made, "2") == ["one case"]
    assert under(made, "2") == {"Only Ada: contrast or gap?": ["Relation 2"]}


def test_2_counts_evidence_whatever_it_says(made: Handmade) -> None:
    made.give("one case", "contradicting", NO_TRUST)
    assert relations(made, "2") == []


def test_2_cannot_tell_where_a_document_is_of_no_case(made: Handmade) -> None:
    documents.set_source_case(made.project, source=made.sources["Ada"])
    assert relations(made, "2") == []


def test_3_asks_where_nothing_was_written_since_the_evidence_against(made: Handmade) -> None:
    assert relations(made, "3") == ["against", "a condition, then against"]


def test_3_hears_a_memo_on_the_evidence_and_one_changed_since(made: Handmade) -> None:
    piece = made.give("one case", "contradicting", NO_TRUST)
    assert "one case" in relations(made, "3")
    memo = memos.write_memo(made.project, kind="theoretical", title="Dazu", target=f"evidence:{piece}")
    assert "one case" not in relations(made, "3")
    made.give("one case", "contradicting", ("Ben", "Geduld"))
    assert "one case" in relations(made, "3")
    memos.edit_memo(made.project, memo=memo, body="Auch das.")
    assert "one case" not in relations(made, "3")


def test_3_counts_evidence_from_when_it_came_to_speak_against(made: Handmade) -> None:
    memos.write_memo(
        made.project, kind="theoretical", title="Vorher", target=f"relation:{made.relations['both cases']}"
    )
    piece = theory.evidence(made.project, made.relations["both cases"])[0].guid
    evidence.change_evidence(made.project, evidence=piece, polarity="contradicting")
    assert "both cases" in relations(made, "3")


def test_4_asks_where_nothing_speaks_against_and_no_search_is_noted(made: Handmade) -> None:
    assert relations(made, "4") == ["one case", "both cases"]
    evidence.note_search(
        made.project, relation=made.relations["both cases"], case=made.cases["Dee"], note="dreimal gelesen"
    )
    assert relations(made, "4") == ["one case"]


def test_relations_of_a_model_that_was_given_up_are_not_asked(made: Handmade) -> None:
    axial.set_model_status(made.project, model=made.model, status="abandoned")
    assert [fired(made, key) for key in ("1", "2", "3", "4", "6")] == [[], [], [], [], []]


def test_numbers_of_several_models_are_told_apart(made: Handmade) -> None:
    second = axial.add_model(made.project, name="Zweites", template="hajji", phenomenon=made.codes["Feste"])
    axial.relate_codes(
        made.project,
        model=second,
        from_code=made.codes["Feste"],
        to_code=made.codes["Mittel"],
        type="hinders",
    )
    assert fired(made, "1") == ["Relation 1 (Netz)", "Relation 1 (Zweites)"]


# -- 6: slots ---------------------------------------------------------------------------------------------


def test_6_asks_for_an_empty_slot_where_the_phenomenon_is_named(made: Handmade) -> None:
    assert fired(made, "6") == ["Consequences (Netz)"]
    axial.place_code(
        made.project, model=made.model, code=made.codes["Alleinsein"], slot=made.slots["consequences"]
    )
    assert fired(made, "6") == []


# -- 5, 7, 8: categories and codes ------------------------------------------------------------------------


def test_5_asks_for_a_property_and_for_the_other_pole(made: Handmade) -> None:
    assert under(made, "5") == {
        "One pole only": ["Feste: Größe", "Vertrauen: Dauer"],
        "Without a property": ["Leere Kategorie"],
    }


def test_5_does_not_ask_concepts(made: Handmade) -> None:
    codebook.set_code_kind(made.project, code=made.codes["Leer"], kind="concept")
    assert "Leere Kategorie" not in fired(made, "5")


def test_7_asks_of_codes_used_once_left_behind_and_alike(made: Handmade) -> None:
    assert under(made, "7") == {
        "Used once: still a code of its own?": ["Mittel"],
        "Not since “Interview Ada”: nothing new, or not looked for?": ["Alleinsein"],
        "Not since “Interview Ben”: nothing new, or not looked for?": ["Feste"],
        "Near duplicates: one code or two?": ["Alleinsein / Alleinseins"],
    }
    once = asked(made, "7").findings[0]
    assert words_at(made, once) == "ohne Geld"


def test_7_counts_a_passage_once_however_many_coded_it(made: Handmade) -> None:
    row = next(one for one in codes.codings(made.project, code=made.codes["Mittel"]))
    start, stop = row.segment.start, row.segment.stop
    open_coding.code_passage(
        made.project,
        source=made.sources["Ada"],
        start=start,
        stop=stop,
        code=made.codes["Mittel"],
        coder="Bo",
    )
    assert "Mittel" in fired(made, "7")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("kurzer Dienstweg", "Kurzer Dienst-Weg", True),
        ("Rückhalt der Spitze", "der Spitze Rückhalt", True),
        ("Treffen 2015", "Treffen 2016", False),
        ("Amt", "Arm", False),
        ("Geduld haben", "Geld geben", False),
    ],
)
def test_7_takes_names_for_alike_by_their_letters_and_words(
    made: Handmade, one: str, other: str, alike: bool
) -> None:
    for name in (one, other):
        codebook.add_code(made.project, name=name)
    assert (f"{one} / {other}" in fired(made, "7")) is alike


def test_8_is_asked_in_a_content_analysis_only(made: Handmade) -> None:
    assert asked(made, "8").unasked
    assert fired(made, "8") == []
    sheet.set_template(made.project, template="content-analysis")
    for field in ("definition", "anchor", "rule"):
        codebook.set_code_field(made.project, code=made.codes["Feste"], field=field, value="Ein Fest.")  # type: ignore[arg-type]
    codebook.set_code_field(made.project, code=made.codes["Mittel"], field="definition", value="Geld.")
    question = asked(made, "8")
    assert not question.unasked
    told = {one.name: one.sentence for one in question.findings}
    assert "Feste" not in told
    assert told["Mittel"] == "“Mittel” lacks an anchor example, a coding rule."


# -- 9, 10, 12: material and sampling ---------------------------------------------------------------------


def test_9_asks_of_passages_in_which_only_the_interviewer_speaks(made: Handmade) -> None:
    [found] = asked(made, "9").findings
    assert words_at(made, found) == "Wer zahlt das?"
    assert "“Förderung”" in found.sentence


def test_10_counts_the_turns_that_are_unread(made: Handmade) -> None:
    found = {one.name: one for one in asked(made, "10").findings}
    assert list(found) == ["Interview Ben", "Interview Eva"]
    assert words_at(made, found["Interview Ben"]) == "I: Was hilft Ihnen?"
    for name, one in found.items():
        source = made.sources[name.removeprefix("Interview ")]
        assert f": {reading.read_counts(made.project, source).unread} of" in one.sentence


def test_10_leaves_out_turns_that_stay_uncoded_on_purpose(made: Handmade) -> None:
    reading.mark_uncoded(made.project, source=made.sources["Ben"], paragraph="1")
    assert fired(made, "10") == ["Interview Eva"]


def test_12_asks_for_the_decision_behind_a_new_case(made: Handmade) -> None:
    assert fired(made, "12") == ["Cem"]
    sampling.decide_sampling(made.project, form="similar", targets=[f"case:{made.cases['Cem']}"])
    assert fired(made, "12") == []


# -- 11, 13: core category and story line -----------------------------------------------------------------


def test_11_asks_for_the_link_between_a_main_category_and_the_core(made: Handmade) -> None:
    assert fired(made, "11") == ["Leere Kategorie"]


def test_11_waits_for_a_core_category(made: Handmade) -> None:
    selective.drop_core(made.project)
    assert asked(made, "11").unasked == "No core category is chosen yet."
    assert fired(made, "11") == []


def test_13_asks_of_claims_without_a_relation_and_of_quotations_that_differ(made: Handmade) -> None:
    assert under(made, "13") == {
        "Claim without a relation: on what does it rest?": [CLAIM],
        "Quotation that differs from its source": [DIFFERENT],
    }


def test_13_leads_to_the_sentence_in_the_text_as_it_is_read(made: Handmade) -> None:
    read = words_of(theory.story(made.project, "story_line"))
    assert [read[one.jump.start : one.jump.stop] for one in asked(made, "13").findings] == [CLAIM, DIFFERENT]
    assert QUESTION in read


def test_13_asks_where_a_typed_quotation_is_from(made: Handmade) -> None:
    selective.write_story(
        made.project,
        kind="story",
        body="Sie sagt: „Mir hilft die Geduld“. Und: „Mir hilft die ganze Ungeduld“.",
    )
    assert under(made, "13")["Quotation that differs from its source"] == [
        "Mir hilft die ganze Ungeduld",
        DIFFERENT,
    ]


# -- 14: protection ---------------------------------------------------------------------------------------


def test_14_tells_unquotable_cases_private_memos_and_likely_names(made: Handmade) -> None:
    assert under(made, "14") == {
        "May not be quoted: is it still legible somewhere?": ["Eva"],
        "Private memos": ["Für mich"],
        "May be clear names": ["Interview Ada"],
    }
    assert "Frau Brenneke" in asked(made, "14").findings[-1].sentence


def test_14_finds_the_words_of_those_who_may_not_be_quoted(made: Handmade) -> None:
    heading = "May not be quoted: is it still legible somewhere?"
    spot = made.spot("Eva", "Das Vertrauen war danach weg.")
    selective.write_story(made.project, kind="story", body=f"[Das Vertrauen war danach weg.](segment:{spot})")
    memos.write_memo(
        made.project, kind="code", title="Dazu", body="Sie sagt: Wir haben es aus der Zeitung erfahren."
    )
    told = [one.sentence for one in asked(made, "14").findings if one.heading == heading]
    assert [words.split(",")[0] for words in told[1:]] == [
        "The story quotes “Eva”",
        "The memo “Dazu” quotes words of somebody who may not be quoted.",
    ]
    consent.set_consent(made.project, case=made.cases["Eva"], quote="yes")
    assert heading not in under(made, "14")


def test_14_names_no_name_that_was_replaced(made: Handmade) -> None:
    entries = pseudonyms.as_json([pseudonyms.Entry("Brenneke", "person", "[Person 1]")])
    pseudonyms.pseudonymise(made.project, entries=entries)
    assert "May be clear names" not in under(made, "14")


# -- asking and answering ---------------------------------------------------------------------------------


def test_there_are_exactly_the_fourteen(made: Handmade) -> None:
    every = ask(made.project)
    assert sorted(one.number for one in every) == list(range(1, 15))
    assert tuple(str(number) for number in range(1, 15)) == KEYS
    assert {one.group for one in every} == {group for group, _title in GROUPS}
    assert [(one.key, one.group, one.title) for one in every] == list(question_titles())


def test_a_question_that_does_not_exist_is_refused(made: Handmade) -> None:
    with pytest.raises(KnownError):
        ask(made.project, ["15"])


def test_every_finding_leads_somewhere_and_can_be_answered_alone(made: Handmade) -> None:
    for question in ask(made.project):
        places = [(one.answer_key, one.target) for one in question.findings]
        assert len(set(places)) == len(places)
        assert all(one.sentence and one.name and one.jump.kind for one in question.findings)


def test_an_answer_stands_beside_what_it_answers_and_goes_when_it_is_emptied(made: Handmade) -> None:
    for question in ask(made.project):
        for number, one in enumerate(question.findings):
            question_answers.answer_method(
                made.project, key=one.answer_key, text=f"{question.key}.{number}", target=one.target or None
            )
    for question in ask(made.project):
        given = [one.answer for one in question.findings]
        assert given == [f"{question.key}.{number}" for number in range(len(given))]
    question_answers.answer_method(made.project, key="2", text="Im Ganzen: ein Kontrast.")
    assert asked(made, "2").answer == "Im Ganzen: ein Kontrast."
    question_answers.answer_method(made.project, key="2", text="")
    assert asked(made, "2").answer == ""


def test_asking_changes_nothing(made: Handmade) -> None:
    before = [row.unit for row in history(made.project)]
    ask(made.project)
    assert [row.unit for row in history(made.project)] == before


def test_asking_can_be_ended_between_two_questions(made: Handmade) -> None:
    left = [True, True, False]
    found = ask(made.project, goes_on=lambda: left.pop(0) if left else False)
    assert [one.key for one in found] == ["1", "2"]
