"""Models, slots, placements, relations with their conditions, evidence and its cases."""

import pytest

from qda.coding import (
    axial,
    cases,
    codebook,
    codes,
    documents,
    evidence,
    material,
    memos,
    partial,
    properties,
    selective,
    sheet,
)
from qda.coding import theory as theories
from qda.coding.memo_queries import memos as memo_rows
from qda.errors import KnownError
from qda.i18n import use_language
from qda.models import Project
from qda.reports.study_counts import Counts
from tests.coding.helpers import code, passage


@pytest.fixture
def abc(project: Project) -> tuple[str, str, str]:
    return tuple(codebook.add_code(project, name=name) for name in ("A", "B", "C"))  # type: ignore[return-value]


@pytest.fixture
def model(project: Project, abc: tuple[str, str, str]) -> str:
    return axial.add_model(project, name="Aufbau", template="hajji", phenomenon=abc[0])


@pytest.fixture
def relation(project: Project, abc: tuple[str, str, str], model: str) -> str:
    return axial.relate_codes(project, model=model, from_code=abc[1], to_code=abc[2], type="furthers")


def slots(project: Project) -> list[str]:
    return [slot.key for slot in theories.models(project)[0].slots]


# -- models and slots ---------------------------------------------------------------------------------------


def test_a_model_has_the_slots_of_its_template_in_both_languages(project: Project, model: str) -> None:
    english = [slot.name for slot in theories.models(project)[0].slots]
    with use_language("de"):
        german = [slot.name for slot in theories.models(project)[0].slots]
    assert len(english) == 3
    assert set(english).isdisjoint(german)


def test_a_model_takes_the_projects_template_where_none_is_named(project: Project) -> None:
    sheet.set_template(project, template="strauss-corbin")
    axial.add_model(project, name="M")
    assert theories.models(project)[0].template == "strauss-corbin"


def test_content_analysis_has_no_paradigm(project: Project) -> None:
    sheet.set_template(project, template="content-analysis")
    with pytest.raises(KnownError, match="has no paradigm"):
        axial.add_model(project, name="M")
    assert theories.models(project) == []


def test_an_unknown_template_is_refused(project: Project) -> None:
    with pytest.raises(KnownError, match="no template “none”"):
        axial.add_model(project, name="M", template="none")
    with pytest.raises(KnownError, match="no template"):
        sheet.set_template(project, template="none")


def test_a_model_is_given_up_and_taken_up_with_all_it_holds(
    project: Project, model: str, relation: str
) -> None:
    axial.set_model_status(project, model=model, status="abandoned")
    axial.rename_model(project, model=model, name="Abbau")
    (row,) = theories.models(project)
    assert (row.name, row.status, len(theories.relations(project))) == ("Abbau", "abandoned", 1)


def test_own_words_of_a_slot_outrank_the_templates_until_they_are_emptied(
    project: Project, model: str
) -> None:
    slot = theories.models(project)[0].slots[0]
    axial.change_slot(project, slot=slot.guid, name="Umstände", question="Worin?")
    changed = theories.models(project)[0].slots[0]
    assert (changed.name, changed.question, changed.definition) == ("Umstände", "Worin?", slot.definition)
    axial.change_slot(project, slot=slot.guid, name="")
    assert theories.models(project)[0].slots[0].name == slot.name


def test_a_slot_with_codes_is_not_removed(project: Project, abc: tuple[str, str, str], model: str) -> None:
    slot = axial.add_slot(project, model=model, name="Zeit", definition="Wann", question="Wann war es?")
    placed = axial.place_code(project, model=model, code=abc[1], slot="Zeit")
    with pytest.raises(KnownError, match="Codes are placed"):
        axial.remove_slot(project, slot=slot)
    axial.remove_placement(project, placement=placed)
    axial.remove_slot(project, slot=slot)
    assert len(slots(project)) == 3


# -- placements ---------------------------------------------------------------------------------------------


def test_nothing_is_placed_before_a_phenomenon_is_named(project: Project, abc: tuple[str, str, str]) -> None:
    model = axial.add_model(project, name="M", template="hajji")
    with pytest.raises(KnownError, match="Name the phenomenon"):
        axial.place_code(project, model=model, code=abc[1], slot=slots(project)[0])
    axial.set_phenomenon(project, model=model, code=abc[0])
    axial.place_code(project, model=model, code=abc[1], slot=slots(project)[0])
    assert [p.code_name for p in theories.placements(project)] == ["B"]


def test_levels_and_addressees_are_known_by_their_names_in_both_languages(
    project: Project, abc: tuple[str, str, str], model: str
) -> None:
    first, *_rest, last = slots(project)
    axial.place_code(project, model=model, code=abc[1], slot=first, level="Stadt")
    axial.place_code(project, model=model, code=abc[2], slot=first, level="town")
    axial.place_code(project, model=model, code=abc[2], slot=last, addressee="Nachbarschaft")
    assert [(p.level, p.addressee) for p in theories.placements(project)] == [
        ("town", ""),
        ("town", ""),
        ("", "Nachbarschaft"),
    ]


def test_the_same_placement_twice_is_one(project: Project, abc: tuple[str, str, str], model: str) -> None:
    first = slots(project)[0]
    one = axial.place_code(project, model=model, code=abc[1], slot=first, level="town")
    assert axial.place_code(project, model=model, code=abc[1], slot=first, level="Stadt") == one
    assert axial.place_code(project, model=model, code=abc[1], slot=first) != one


def test_a_placement_moved_onto_an_equal_one_becomes_that_one(
    project: Project, abc: tuple[str, str, str], model: str
) -> None:
    first, second, *_rest = slots(project)
    kept = axial.place_code(project, model=model, code=abc[1], slot=first)
    moved = axial.place_code(project, model=model, code=abc[1], slot=second)
    memos.write_memo(project, kind="theoretical", title="x", target=f"placement:{moved}")
    assert axial.move_placement(project, placement=moved, slot=first) == kept
    assert [p.guid for p in theories.placements(project)] == [kept]
    assert memo_rows(project)[0].links == (f"placement:{kept}",)


def test_a_placement_moves_to_another_slot_level_and_place(
    project: Project, abc: tuple[str, str, str], model: str
) -> None:
    first, second, *_rest = slots(project)
    placed = [axial.place_code(project, model=model, code=code, slot=first) for code in abc[1:]]
    axial.move_placement(project, placement=placed[1], position=0)
    assert [p.code_name for p in theories.placements(project)] == ["C", "B"]
    axial.move_placement(project, placement=placed[1], slot=second, level="state", addressee="network")
    row = theories.placements(project)[-1]
    assert (row.code_name, row.slot_key, row.level, row.addressee) == ("C", second, "state", "network")


def test_an_unknown_slot_is_named(project: Project, abc: tuple[str, str, str], model: str) -> None:
    with pytest.raises(KnownError, match="“Aufbau” has no slot “nowhere”"):
        axial.place_code(project, model=model, code=abc[1], slot="nowhere")


# -- relations ----------------------------------------------------------------------------------------------


def test_relations_are_numbered_within_their_model(
    project: Project, abc: tuple[str, str, str], model: str
) -> None:
    other = axial.add_model(project, name="Zwei", template="free")
    for wanted in (model, model, other):
        axial.relate_codes(
            project, model=wanted, from_code=abc[1], to_code=abc[2], type="own", own_type="erlaubt"
        )
    assert [(r.model, r.number) for r in theories.relations(project)] == [(model, 1), (model, 2), (other, 1)]


def test_a_relation_needs_two_codes(project: Project, abc: tuple[str, str, str], model: str) -> None:
    with pytest.raises(KnownError, match="two different codes"):
        axial.relate_codes(project, model=model, from_code=abc[1], to_code=abc[1], type="furthers")


def test_a_relation_is_worded_turned_and_judged_by_a_person(
    project: Project, abc: tuple[str, str, str], relation: str
) -> None:
    axial.change_relation(
        project, relation=relation, type="own", own_type="erlaubt", statement=" B erlaubt C. "
    )
    axial.turn_relation(project, relation=relation)
    axial.set_relation_status(project, relation=relation, status="modified")
    (row,) = theories.relations(project)
    assert (row.from_code, row.to_code, row.type, row.own_type, row.statement, row.status) == (
        abc[2],
        abc[1],
        "own",
        "erlaubt",
        "B erlaubt C.",
        "modified",
    )


def test_conditions_are_codes_values_or_words(
    project: Project, abc: tuple[str, str, str], relation: str
) -> None:
    prop = properties.add_property(project, code=abc[0], name="Dauer")
    axial.add_condition(project, relation=relation, code=abc[0])
    middle = axial.add_condition(project, relation=relation, property=prop, value="lang")
    axial.add_condition(project, relation=relation, text="in kleinen Orten")
    assert [c.words for c in theories.relations(project)[0].conditions] == [
        "A",
        "A · Dauer: lang",
        "in kleinen Orten",
    ]
    axial.remove_condition(project, condition=middle)
    project.undo()
    assert [c.words for c in theories.relations(project)[0].conditions][1] == "A · Dauer: lang"
    with pytest.raises(KnownError, match="A condition is"):
        axial.add_condition(project, relation=relation, text=" ")


def test_removing_a_model_takes_all_it_holds_and_no_code(
    project: Project, abc: tuple[str, str, str], model: str, relation: str, interview: str
) -> None:
    axial.place_code(project, model=model, code=abc[1], slot=slots(project)[0])
    axial.add_condition(project, relation=relation, text="x")
    evidence.note_search(project, relation=relation)
    evidence.add_evidence(
        project, relation=relation, segments=[passage(project, interview, "allein")], polarity="supporting"
    )
    memos.write_memo(project, kind="theoretical", title="x", target=f"relation:{relation}")
    axial.remove_model(project, model=model)
    assert (theories.models(project), theories.relations(project), theories.evidence(project)) == ([], [], [])
    assert memo_rows(project)[0].links == ()
    codebook.remove_code(project, code=abc[0])
    project.undo()
    project.undo()
    assert theories.relations(project)[0].supporting == 1


# -- evidence -----------------------------------------------------------------------------------------------


@pytest.fixture
def two_cases(project: Project, interview: str, group: str) -> dict[str, str]:
    """The interview belongs to a case; in the focus group each speaker has one."""
    from qda.coding import material

    found = {name: cases.add_case(project, name=name) for name in ("Amt", "Anna", "Bea")}
    documents.set_source_case(project, source=interview, case=found["Amt"])
    documents.set_source_case(project, source=group, case=found["Amt"])
    for speaker in material.speakers(project, group):
        if speaker.label in "AB":
            owner = found["Anna" if speaker.label == "A" else "Bea"]
            documents.set_speaker_case(project, speaker=speaker.guid, case=owner)
    return found


def test_cases_of_evidence_follow_from_documents_and_speakers(
    project: Project, interview: str, group: str, two_cases: dict[str, str], relation: str
) -> None:
    both = [passage(project, interview, "Vertrauen"), passage(project, group, "Geduld")]
    evidence.add_evidence(project, relation=relation, segments=both, polarity="supporting")
    evidence.add_evidence(
        project,
        relation=relation,
        segments=[passage(project, group, "Tempo")],
        polarity="contradicting",
        kind="inferred",
    )
    evidence.add_evidence(
        project, relation=relation, segments=[passage(project, interview, "allein")], polarity="qualifying"
    )
    (row,) = theories.relations(project)
    assert (row.supporting, row.contradicting, row.qualifying) == (1, 1, 1)
    assert row.cases == (two_cases["Amt"], two_cases["Anna"], two_cases["Bea"])
    assert row.by_case == (("Amt", 1), ("Anna", 1))
    assert [e.cases for e in theories.evidence(project, relation)] == [
        (two_cases["Amt"], two_cases["Anna"]),
        (two_cases["Bea"],),
        (two_cases["Amt"],),
    ]


def test_evidence_needs_a_passage_and_counts_one_once(
    project: Project, interview: str, relation: str
) -> None:
    with pytest.raises(KnownError, match="at least one passage"):
        evidence.add_evidence(project, relation=relation, segments=[], polarity="supporting")
    twice = [passage(project, interview, "allein")] * 2
    piece = evidence.add_evidence(
        project, relation=relation, segments=twice, polarity="supporting", note=" so "
    )
    evidence.add_evidence_segment(project, evidence=piece, segment=passage(project, interview, "Vertrauen"))
    evidence.add_evidence_segment(project, evidence=piece, segment=passage(project, interview, "Vertrauen"))
    evidence.change_evidence(project, evidence=piece, polarity="qualifying", kind="inferred")
    (row,) = theories.evidence(project)
    assert ([s.text for s in row.segments], row.polarity, row.kind, row.note, row.coder) == (
        ["allein", "Vertrauen"],
        "qualifying",
        "inferred",
        "so",
        "Ada",
    )


def test_searched_and_found_none_is_kept_and_taken_back(project: Project, relation: str) -> None:
    guid = evidence.note_search(project, relation=relation, note="in A und B")
    assert [(s[0], s[1], s[2]) for s in theories.searches(project, relation)] == [(guid, "in A und B", "Ada")]
    assert theories.relations(project)[0].searched == 1
    evidence.remove_search(project, search=guid)
    assert theories.relations(project)[0].searched == 0


# -- selective coding ---------------------------------------------------------------------------------------


def test_reasons_and_rivals_stay_when_the_core_category_changes(
    project: Project, abc: tuple[str, str, str]
) -> None:
    with pytest.raises(KnownError, match="No core category"):
        selective.change_core(project, reasons="x")
    with pytest.raises(KnownError, match="No core category"):
        selective.drop_core(project)
    first = selective.choose_core(project, code=abc[0], reasons=" Alles führt dahin. ")
    since = theories.core(project).since
    assert selective.choose_core(project, code=abc[1], rivals="A") == first
    selective.change_core(project, rivals="A, weil …")
    row = theories.core(project)
    assert (row.name, row.reasons, row.rivals) == ("B", "Alles führt dahin.", "A, weil …")
    assert row.since > since
    selective.drop_core(project)
    assert theories.core(project) is None
    assert [row.name for row in codes.codes(project)] == [
        "A",
        "B",
        "C",
    ]


def test_words_of_the_story_that_are_the_name_of_a_code_follow_its_new_name(project: Project) -> None:
    code = codebook.add_code(project, name="anrufen")
    selective.write_story(
        project, kind="story_line", body=f"[anrufen](code:{code}) heißt: sie [ruft an](code:{code})"
    )
    codebook.rename_code(project, code=code, name="laufend telefonieren")
    assert theories.story(project, "story_line") == (
        f"[laufend telefonieren](code:{code}) heißt: sie [ruft an](code:{code})"
    )
    project.undo()
    assert theories.story(project, "story_line").startswith("[anrufen]")


def test_story_and_story_line_are_two_texts(project: Project) -> None:
    one = selective.write_story(project, kind="story", body="Es war\r\neinmal.")
    two = selective.write_story(project, kind="story_line", body="Bedingung und Folge.")
    assert selective.write_story(project, kind="story", body="Es ist.") == one != two
    assert theories.story(project, "story") == "Es ist."
    assert theories.story(project, "story_line") == "Bedingung und Folge."


def test_names_in_references_of_a_story_become_guids(
    project: Project, interview: str, abc: tuple[str, str, str], relation: str
) -> None:
    case = cases.add_case(project, name="Amt (Nord)")
    span = passage(project, interview, "allein").split(":")[1]
    selective.write_story(
        project,
        kind="story_line",
        body=(
            "[A](code:A), [so](relation:R1), [dort](case:Amt (Nord)), "
            f"[„allein“](segment:Interview A:{span}), [?](code:X)"
        ),
    )
    from qda.coding import material

    (segment,) = material.segments(project)
    assert theories.story(project, "story_line") == (
        f"[A](code:{abc[0]}), [so](relation:{relation}), [dort](case:{case}), "
        f"[„allein“](segment:{segment.guid}), [?](code:X)"
    )


# -- the order of a model -----------------------------------------------------------------------------------


def _order(project: Project, model: str, slot: str) -> list[str]:
    return [row.code_name for row in theories.placements(project, model) if row.slot_key == slot]


def test_a_model_is_arranged_in_one_step_and_what_is_not_named_follows(
    project: Project, abc: tuple[str, str, str], model: str
) -> None:
    placed = [axial.place_code(project, model=model, code=code, slot="strategies") for code in abc]
    other = axial.place_code(project, model=model, code=abc[0], slot="consequences")
    before = project.unit_count()
    axial.arrange_model(project, model=model, placements=[other, placed[2]])
    assert _order(project, model, "strategies") == ["C", "A", "B"]
    assert project.unit_count() == before + 1
    project.undo()
    assert _order(project, model, "strategies") == ["A", "B", "C"]


def test_a_model_is_not_arranged_by_placements_of_another(
    project: Project, abc: tuple[str, str, str], model: str
) -> None:
    second = axial.add_model(project, name="Zweites", template="hajji", phenomenon=abc[0])
    foreign = axial.place_code(project, model=second, code=abc[1], slot="strategies")
    with pytest.raises(KnownError, match="another model"):
        axial.arrange_model(project, model=model, placements=[foreign])


def test_places_without_words_count_as_codings_with_words_do(
    project: Project, interview: str, group: str, two_cases: dict[str, str]
) -> None:
    code(project, interview, "Vertrauen", "Haltung > Vertrauen")
    code(project, interview, "Vertrauen", "Haltung")
    code(project, group, "Geduld", "Haltung")
    code(project, group, "Tempo", "Haltung")
    tree, sources = codes.codes(project), material.sources(project)
    known = material.cases(project)
    light = Counts.of_places(tree, partial.coded_places(project), cases=known, sources=sources)
    whole = Counts(tree, codes.codings(project), cases=known, sources=sources)
    above = next(row.guid for row in tree if row.path == "Haltung")
    assert light.by_case(above) == {two_cases["Amt"]: 1, two_cases["Anna"]: 1, two_cases["Bea"]: 1}
    assert [(light.passages(row.guid), light.by_case(row.guid)) for row in tree] == [
        (whole.passages(row.guid), whole.by_case(row.guid)) for row in tree
    ]
