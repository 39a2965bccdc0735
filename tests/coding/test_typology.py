"""Profiles and typologies show what was said, and only that: against a naive reading of all values."""

import random

import pytest

from qda.coding import cases, codebook, codes, documents, material, memos, properties
from qda.coding.profiles import profile, profiles
from qda.coding.typology import NOT_PLACED, name_type, typology
from qda.coding.valuing import Passage, offers
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import code, named, passage

PLACES = {"Dauer": ("kurz", "mittel", "lang"), "Nähe": ("fern", "nah")}


@pytest.fixture
def grid(project: Project, interview: str, group: str) -> dict[str, str]:
    """Two properties of one category; speakers A and B of the focus group are cases."""
    documents.set_source_case(project, source=interview, case=cases.add_case(project, name="Fall A"))
    speaker = next(s.guid for s in material.speakers(project, group) if s.label == "B")
    documents.set_speaker_case(project, speaker=speaker, case=cases.add_case(project, name="Fall H"))
    guid = codebook.add_code(project, name="Haltung")
    return {
        name: properties.add_property(
            project, code=guid, name=name, pole_from=some[0], pole_to=some[-1], places=list(some[1:-1])
        )
        for name, some in PLACES.items()
    }


def _naive(project: Project, prop: str) -> dict[str, set[str]]:
    """The places of each case by name ("" for no case: the document's title)."""
    found: dict[str, set[str]] = {}
    for value in codes.property_values(project, prop):
        found.setdefault(value.segment.case_name or value.segment.title, set()).add(value.value)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_each_case_lies_at_every_place_at_which_it_was_seen(project, interview, group, grid, seed):
    chance = random.Random(seed)
    words = {
        interview: ("allein da", "ohne Geld", "Straßenfeste", "Vertrauen", "trägt es sich"),
        group: ("Geduld", "Tempo", "Was hilft"),
    }
    for _number in range(chance.randint(1, 9)):
        source = chance.choice((interview, group))
        name = chance.choice(tuple(grid))
        properties.set_property_value(
            project,
            property=grid[name],
            segment=passage(project, source, chance.choice(words[source])),
            value=chance.choice((*PLACES[name], "ganz anders")),
        )
    found = typology(project, rows=grid["Dauer"], columns=grid["Nähe"])
    down, across = _naive(project, grid["Dauer"]), _naive(project, grid["Nähe"])
    names = set(down) | set(across)
    for cell in found.cells:
        wanted = {
            name
            for name in names
            if cell.row in down.get(name, {NOT_PLACED}) and cell.column in across.get(name, {NOT_PLACED})
        }
        assert {one.name for one in cell.bearers} == wanted
    several = {n for n in names if len(down.get(n, {""})) * len(across.get(n, {""})) > 1}
    assert {one.name for one in found.several} == several
    assert found.row_places[: len(PLACES["Dauer"])] == PLACES["Dauer"], "in the order of the dimension"
    assert found.row_places[-1] == NOT_PLACED


def test_a_cell_holds_the_passages_that_put_its_cases_there(project, interview, grid):
    both, one = passage(project, interview, "allein da"), passage(project, interview, "Vertrauen")
    properties.set_property_value(project, property=grid["Dauer"], segment=both, value="kurz")
    properties.set_property_value(project, property=grid["Nähe"], segment=both, value="nah")
    properties.set_property_value(project, property=grid["Nähe"], segment=one, value="fern")
    found = typology(project, rows=grid["Dauer"], columns=grid["Nähe"])
    rows = {value.segment.guid: value.segment.text for value in codes.property_values(project)}
    near, far = found.cell("kurz", "nah"), found.cell("kurz", "fern")
    assert [rows[guid] for guid in near.segments] == ["allein da"]
    assert [rows[guid] for guid in near.together] == ["allein da"]
    assert [rows[guid] for guid in far.segments] == ["allein da", "Vertrauen"]
    assert far.together == ()
    assert [cell.column for cell in found.elsewhere(near, near.bearers[0])] == ["fern"]
    assert (near.cases, found.cases) == (1, 1)


def test_a_case_with_passages_but_without_values_is_not_placed(project, interview, grid):
    code(project, interview, "allein da", "Haltung")
    found = typology(project, rows=grid["Dauer"], columns=grid["Nähe"])
    assert [one.name for one in found.cell(NOT_PLACED, NOT_PLACED).bearers] == ["Fall A"]


def test_a_document_without_a_case_stands_for_itself_and_is_no_case(project, group, grid):
    where = passage(project, group, "Geduld")
    properties.set_property_value(project, property=grid["Dauer"], segment=where, value="lang")
    cell = typology(project, rows=grid["Dauer"], columns=grid["Nähe"]).cell("lang", NOT_PLACED)
    assert [(one.name, one.is_case) for one in cell.bearers] == [("Gruppe", False)]
    assert cell.cases == 0


def test_what_is_said_of_a_case_as_a_whole_counts_beside_its_passages(project, interview, grid):
    where = passage(project, interview, "allein da")
    properties.set_property_value(project, property=grid["Dauer"], segment=where, value="kurz")
    case = next(row.guid for row in material.cases(project) if row.name == "Fall A")
    properties.set_case_value(project, property=grid["Dauer"], case=case, value="lang")
    axis = profile(project, named(project, "Haltung")).axes[0]
    assert axis.places_of(case) == ("kurz", "lang")
    assert [one.segment for one in axis.at(case, "lang")] == [""]


def test_one_property_twice_or_one_that_is_gone_makes_no_typology(project, grid):
    with pytest.raises(KnownError, match="different"):
        typology(project, rows=grid["Dauer"], columns=grid["Dauer"])
    properties.remove_property(project, property=grid["Nähe"])
    with pytest.raises(KnownError, match="no longer"):
        typology(project, rows=grid["Dauer"], columns=grid["Nähe"])


def test_a_type_keeps_its_name_when_rows_and_columns_are_swapped_or_a_place_is_renamed(project, grid):
    memo = name_type(
        project, rows=grid["Dauer"], row="kurz", columns=grid["Nähe"], column="nah", name="Vertraute"
    )
    found = typology(project, rows=grid["Nähe"], columns=grid["Dauer"]).cell("nah", "kurz").type
    assert found is not None
    assert (found.memo, found.name, found.text) == (memo, "Vertraute", "")
    properties.rename_place(project, property=grid["Dauer"], place="kurz", name="eher kurz")
    properties.change_property(project, property=grid["Nähe"], name="Abstand")
    body = memos.edit_memo(project, memo=memo, body=_body(project, memo) + "Sie kennen sich lange.")
    again = typology(project, rows=grid["Dauer"], columns=grid["Nähe"]).cell("eher kurz", "nah").type
    assert body == memo
    assert again is not None
    assert again.text == "Sie kennen sich lange."
    assert (
        name_type(
            project, rows=grid["Dauer"], row="eher kurz", columns=grid["Nähe"], column="nah", name="Alte"
        )
        == memo
    )


def _body(project: Project, memo: str) -> str:
    from qda.coding.memo_queries import memos as all_memos

    return next(row.body for row in all_memos(project) if row.guid == memo)


def test_a_type_with_a_private_memo_is_not_public(project, grid):
    at = {"rows": grid["Dauer"], "columns": grid["Nähe"]}
    memo = name_type(project, row="kurz", column="nah", name="Vertraute", **at)
    memos.set_memo_private(project, memo=memo, private=True)
    found = typology(project, **at)
    assert found.cell("kurz", "nah").type is not None
    assert found.public().cell("kurz", "nah").type is None


def test_a_type_is_named_at_places_that_there_are(project, grid):
    with pytest.raises(KnownError):
        name_type(project, rows=grid["Dauer"], row="", columns=grid["Nähe"], column="nah", name="X")


# -- what a passage can be valued on ------------------------------------------------------------------------


def test_the_properties_of_the_codes_on_a_passage_and_above_them_come_first(project, interview, grid):
    other = codebook.add_code(project, name="Ort")
    properties.add_property(project, code=other, name="Lage")
    code(project, interview, "allein da", "Haltung > Geduld")
    start = material.text(project, interview).index("allein")
    found = offers(project, Passage(interview, start, start + 9))
    assert [(one.axis.name, one.near) for one in found.properties] == [
        ("Dauer", True),
        ("Nähe", True),
        ("Lage", False),
    ]
    assert found.home_name == "Haltung"
    assert found.case is not None
    assert found.case.name == "Fall A"


def test_an_offer_knows_what_was_said_of_the_passage_and_of_the_case(project, interview, grid):
    start = material.text(project, interview).index("allein")
    where = Passage(interview, start, start + 9)
    properties.set_property_value(project, property=grid["Dauer"], segment=where.written, value="kurz")
    case = next(row.guid for row in material.cases(project) if row.name == "Fall A")
    properties.set_case_value(project, property=grid["Dauer"], case=case, value="lang")
    found = offers(project, where).offer(grid["Dauer"])
    assert found is not None
    assert (found.place, found.case_place) == ("kurz", "lang")
    beside = offers(project, Passage(interview, start, start + 6)).offer(grid["Dauer"])
    assert beside is not None
    assert beside.place == "", "another span is another passage"


def test_profiles_are_there_for_categories_with_properties_alone(project, grid):
    codebook.add_code(project, name="Ort")
    assert [one.name for one in profiles(project)] == ["Haltung"]
