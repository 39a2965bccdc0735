"""The codebook: names, tree, colours, merging, removing; the fields of a category."""

import pytest

from qda.coding import codebook, codes, evidence, material, memos, properties, selective
from qda.coding import theory as theories
from qda.coding.axial import add_condition, add_model, place_code, relate_codes
from qda.coding.memo_queries import memos as memo_rows
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import code, coded, named, passage, tree


def three(project: Project) -> tuple[str, str, str]:
    return tuple(codebook.add_code(project, name=name) for name in "ABC")  # type: ignore[return-value]


# -- making, naming, moving, colours ------------------------------------------------------------------------


def test_new_codes_stand_after_their_siblings_and_branches_get_colours_of_their_own(project: Project) -> None:
    a, _b, _c = three(project)
    codebook.add_code(project, name="A1", parent=a, kind="category", definition="Was")
    rows = codes.codes(project)
    assert [row.path for row in rows] == ["A", "A > A1", "B", "C"]
    assert len({row.colour for row in rows if row.parent is None}) == 3
    assert (rows[1].colour, rows[1].own_colour, rows[1].kind, rows[1].definition) == (
        rows[0].colour,
        None,
        "category",
        "Was",
    )


def test_equal_names_are_allowed(project: Project) -> None:
    codebook.add_code(project, name="A")
    codebook.add_code(project, name="A")
    assert tree(project) == ["A", "A"]


@pytest.mark.parametrize("name", ["", " ", "\n", "\0"])
def test_a_code_needs_a_name(project: Project, name: str) -> None:
    with pytest.raises(KnownError, match="The code needs a name"):
        codebook.add_code(project, name=name)


def test_renaming_keeps_the_guid_and_a_note_says_why(project: Project) -> None:
    guid = codebook.add_code(project, name="A")
    codebook.rename_code(project, code=guid, name="  Das  Neue ", note="Genauer.")
    assert [(c.guid, c.name) for c in codes.codes(project)] == [(guid, "Das Neue")]
    (note,) = memo_rows(project)
    assert (note.kind, note.title, note.body, note.links) == (
        "code",
        "Renamed: “A” → “Das Neue”",
        "Genauer.",
        (f"code:{guid}",),
    )
    assert project.undo() == "Rename code “  Das  Neue ”"
    assert (tree(project), memo_rows(project)) == (["A"], [])


def test_moving_puts_a_code_at_its_place_among_siblings(project: Project) -> None:
    a, b, c = three(project)
    codebook.move_code(project, code=c, position=0)
    assert tree(project) == ["C", "A", "B"]
    codebook.move_code(project, code=b, parent=a)
    codebook.move_code(project, code=c, parent=a, position=99)
    assert tree(project) == ["A", "A > B", "A > C"]
    codebook.move_code(project, code=c, parent=a, position=0)
    assert tree(project) == ["A", "A > C", "A > B"]


def test_a_code_never_stands_below_itself(project: Project) -> None:
    a, b, _c = three(project)
    codebook.move_code(project, code=b, parent=a)
    for parent in (a, b):
        with pytest.raises(KnownError, match="below itself"):
            codebook.move_code(project, code=a, parent=parent)


def test_a_child_that_becomes_a_branch_keeps_the_colour_shown(project: Project) -> None:
    a, b, _c = three(project)
    codebook.colour_code(project, code=a, colour=4)
    codebook.move_code(project, code=b, parent=a)
    codebook.colour_code(project, code=b)
    assert codes.codes(project)[1].colour == 4
    codebook.move_code(project, code=b)
    row = next(r for r in codes.codes(project) if r.guid == b)
    assert (row.colour, row.own_colour) == (4, 4)


def test_colours_go_from_one_to_twelve(project: Project) -> None:
    a, _b, _c = three(project)
    for colour in (0, 13, -1):
        with pytest.raises(KnownError, match="from 1 to 12"):
            codebook.colour_code(project, code=a, colour=colour)
        with pytest.raises(KnownError, match="from 1 to 12"):
            codebook.add_code(project, name="x", colour=colour)
    with pytest.raises(KnownError, match="nothing to inherit"):
        codebook.colour_code(project, code=a)


def test_fields_and_kind_are_kept(project: Project) -> None:
    a, _b, _c = three(project)
    codebook.set_code_kind(project, code=a, kind="category")
    for field in ("definition", "delimitation", "anchor", "rule"):
        codebook.set_code_field(project, code=a, field=field, value=f" {field}\r\n2 ")
    row = codes.codes(project)[0]
    assert (row.kind, row.definition, row.delimitation, row.anchor, row.rule) == (
        "category",
        "definition\n2",
        "delimitation\n2",
        "anchor\n2",
        "rule\n2",
    )


def test_another_typical_passage_frees_the_one_before(project: Project, interview: str) -> None:
    a, _b, _c = three(project)
    for words in ("allein", "Vertrauen"):
        codebook.choose_passage(project, code=a, which="typical", segment=passage(project, interview, words))
    assert [s.text for s in material.segments(project)] == ["Vertrauen"]
    codebook.choose_passage(
        project, code=a, which="deviating", segment=passage(project, interview, "Vertrauen")
    )
    codebook.choose_passage(project, code=a, which="typical")
    row = codes.codes(project)[0]
    assert (row.typical, material.segment(project, row.deviating).text) == (None, "Vertrauen")


# -- merging ------------------------------------------------------------------------------------------------


def test_merging_brings_codings_children_properties_and_memos(project: Project, interview: str) -> None:
    a, b, _c = three(project)
    code(project, interview, "allein", "A")
    codebook.add_code(project, name="A1", parent=a)
    codebook.add_code(project, name="B1", parent=b)
    properties.add_property(project, code=a, name="Dauer")
    memo = memos.write_memo(project, kind="code", title="x", target=f"code:{a}")
    assert codebook.merge_codes(project, code=a, into=b, note="Dasselbe.") == b
    assert tree(project) == ["B", "B > B1", "B > A1", "C"]
    assert coded(project) == [("allein", "B")]
    assert [p.code for p in codes.properties(project)] == [b]
    assert [m.title for m in memo_rows(project, target=f"code:{b}")] == ["Merged: “A” into “B”", "x"]
    assert memo in {m.guid for m in memo_rows(project, target=f"code:{b}")}


def test_merging_joins_equal_codings_with_comments_and_memos(project: Project, interview: str) -> None:
    a, b, _c = three(project)
    first = code(project, interview, "allein", "A", comment="eins")
    second = code(project, interview, "allein", "B", comment="zwei")
    code(project, interview, "allein", "A", coder="Ben")
    memos.write_memo(project, kind="code", title="x", target=f"coding:{first}")
    codebook.merge_codes(project, code=a, into=b)
    assert [(r.coder, r.comment) for r in codes.codings(project)] == [("Ada", "zwei\neins"), ("Ben", "")]
    assert memo_rows(project)[0].links == (f"coding:{second}",)


def test_merging_keeps_the_texts_of_both(project: Project) -> None:
    a, b, _c = three(project)
    codebook.set_code_field(project, code=a, field="definition", value="von A")
    codebook.set_code_field(project, code=b, field="definition", value="von B")
    codebook.set_code_field(project, code=a, field="rule", value="Regel")
    codebook.merge_codes(project, code=a, into=b)
    row = codes.codes(project)[0]
    assert (row.definition, row.rule) == ("von B\nvon A", "Regel")


def test_merging_keeps_chosen_passages_and_frees_the_surplus(project: Project, interview: str) -> None:
    a, b, _c = three(project)
    for guid, which, words in ((a, "typical", "allein"), (b, "typical", "Geld"), (a, "deviating", "Auftrag")):
        codebook.choose_passage(project, code=guid, which=which, segment=passage(project, interview, words))
    codebook.merge_codes(project, code=a, into=b)
    row = codes.codes(project)[0]
    assert material.segment(project, row.typical).text == "Geld"
    assert material.segment(project, row.deviating).text == "Auftrag"
    assert [s.text for s in material.segments(project)] == ["Geld", "Auftrag"]


def test_merging_into_a_descendant_puts_that_one_in_its_place(project: Project) -> None:
    a, b, c = three(project)
    codebook.move_code(project, code=b, parent=a)
    codebook.move_code(project, code=c, parent=b)
    codebook.add_code(project, name="D")
    colour = codes.codes(project)[0].colour
    codebook.merge_codes(project, code=a, into=c)
    assert tree(project) == ["C", "C > B", "D"]
    assert codes.codes(project)[0].colour == colour


def test_merging_into_the_parent_lifts_the_children(project: Project) -> None:
    a, b, c = three(project)
    codebook.move_code(project, code=b, parent=a)
    codebook.move_code(project, code=c, parent=b)
    codebook.merge_codes(project, code=b, into=a)
    assert tree(project) == ["A", "A > C"]


def test_merging_a_code_with_itself_is_refused(project: Project) -> None:
    a, _b, _c = three(project)
    with pytest.raises(KnownError, match="with itself"):
        codebook.merge_codes(project, code=a, into=a)


def test_merging_moves_the_theory(project: Project) -> None:
    a, b, c = three(project)
    model = add_model(project, name="M", template="hajji", phenomenon=a)
    slot = theories.models(project)[0].slots[0].guid
    kept = place_code(project, model=model, code=b, slot=slot)
    gone = place_code(project, model=model, code=a, slot=slot)
    memos.write_memo(project, kind="theoretical", title="x", target=f"placement:{gone}")
    relation = relate_codes(project, model=model, from_code=a, to_code=c, type="furthers")
    add_condition(project, relation=relation, code=a)
    selective.choose_core(project, code=a)
    selective.write_story(project, kind="story_line", body=f"[A](code:{a}) und [B](code:{b})")
    codebook.merge_codes(project, code=a, into=b)
    assert theories.models(project)[0].phenomenon == b
    assert [p.guid for p in theories.placements(project)] == [kept]
    assert memo_rows(project)[0].links == (f"placement:{kept}",)
    (row,) = theories.relations(project)
    assert (row.from_code, row.to_code, row.conditions[0].code) == (b, c, b)
    assert theories.core(project).code == b
    assert theories.story(project, "story_line") == f"[A](code:{b}) und [B](code:{b})"


@pytest.mark.parametrize("turned", [False, True])
def test_codes_between_which_a_relation_stands_are_not_merged(project: Project, turned: bool) -> None:
    a, b, _c = three(project)
    model = add_model(project, name="Aufbau", template="hajji")
    ends = {"from_code": b, "to_code": a} if turned else {"from_code": a, "to_code": b}
    relation = relate_codes(project, model=model, type="hinders", **ends)
    with pytest.raises(KnownError, match="Relation 1 of “Aufbau” stands between these two codes"):
        codebook.merge_codes(project, code=a, into=b)
    assert tree(project) == ["A", "B", "C"]
    from qda.coding.axial import remove_relation

    remove_relation(project, relation=relation)
    codebook.merge_codes(project, code=a, into=b)
    assert tree(project) == ["B", "C"]


# -- removing -----------------------------------------------------------------------------------------------


def test_removing_takes_codings_properties_and_placements_and_lifts_the_children(
    project: Project, interview: str
) -> None:
    a, b, _c = three(project)
    inner = codebook.add_code(project, name="A1", parent=a)
    code(project, interview, "allein", "A")
    code(project, interview, "Geld", "A1")
    prop = properties.add_property(project, code=a, name="Dauer")
    properties.set_property_value(
        project, property=prop, segment=passage(project, interview, "Auftrag"), value="lang"
    )
    model = add_model(project, name="M", template="hajji", phenomenon=b)
    placed = place_code(project, model=model, code=a, slot=theories.models(project)[0].slots[0].guid)
    for target in (f"code:{a}", f"placement:{placed}", f"property:{prop}"):
        memos.write_memo(project, kind="code", title="x", target=target)
    colour = codes.codes(project)[0].colour
    codebook.remove_code(project, code=a)
    assert tree(project) == ["B", "C", "A1"]
    assert next(r for r in codes.codes(project) if r.guid == inner).colour == colour
    assert coded(project) == [("Geld", "A1")]
    assert [s.text for s in material.segments(project)] == ["Geld"]
    assert (codes.properties(project), theories.placements(project)) == ([], [])
    assert [m.links for m in memo_rows(project)] == [(), (), ()]


@pytest.mark.parametrize(
    ("stands", "sentence"),
    [
        ("from", "Relation 1 stands on “A”"),
        ("to", "Relation 1 stands on “A”"),
        ("condition", "holds under the condition “A”"),
        ("property", "holds under the condition “Dauer”"),
        ("phenomenon", "“A” is the phenomenon of a model"),
        ("core", "“A” is the core category"),
    ],
)
def test_a_code_on_which_the_theory_stands_is_not_removed(
    project: Project, stands: str, sentence: str
) -> None:
    a, b, c = three(project)
    model = add_model(project, name="M", template="hajji", phenomenon=a if stands == "phenomenon" else None)
    ends = {"from": (a, b), "to": (b, a)}.get(stands, (b, c))
    relation = relate_codes(project, model=model, from_code=ends[0], to_code=ends[1], type="leads_to")
    if stands == "condition":
        add_condition(project, relation=relation, code=a)
    elif stands == "property":
        prop = properties.add_property(project, code=a, name="Dauer")
        add_condition(project, relation=relation, property=prop, value="lang")
    elif stands == "core":
        selective.choose_core(project, code=a)
    with pytest.raises(KnownError, match=sentence):
        codebook.remove_code(project, code=a)
    assert tree(project) == ["A", "B", "C"]


def test_a_removed_in_vivo_code_frees_its_passage(project: Project, interview: str) -> None:
    from qda.coding.open_coding import code_in_vivo
    from tests.coding.helpers import span

    code_in_vivo(project, **span(project, interview, "Vertrauen"))
    codebook.remove_code(project, code=named(project, "Vertrauen"))
    assert (tree(project), material.segments(project)) == ([], [])


def test_a_passage_that_is_evidence_outlives_the_code(project: Project, interview: str) -> None:
    a, b, c = three(project)
    code(project, interview, "allein", "A")
    model = add_model(project, name="M", template="hajji")
    relation = relate_codes(project, model=model, from_code=b, to_code=c, type="furthers")
    evidence.add_evidence(
        project, relation=relation, segments=[passage(project, interview, "allein")], polarity="supporting"
    )
    codebook.remove_code(project, code=a)
    assert [s.text for s in material.segments(project)] == ["allein"]
