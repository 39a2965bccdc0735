"""Cases compared: counts as one counts by hand, flags, the chosen quotation and the most deviating one."""

import random

import pytest

from qda.coding import axial, cases, codebook, codes, documents, material, open_coding, properties, sheet
from qda.coding.case_comparison import comparison, filtered
from qda.coding.comparing import likeness
from qda.coding.comparison_quotations import quotations
from qda.errors import KnownError
from qda.models import Project
from tests.coding.conftest import draft
from tests.coding.helpers import code, named, passage

A = """I: Und das Geld?
B: Das Geld kommt jedes Jahr neu und reicht nie.
B: Das Geld kommt jedes Jahr spät und reicht kaum.
B: Ganz woanders haben wir einmal gefeiert, mit Musik und Tanz."""
B = """I: Und die Mittel?
B: Die Mittel sind unbefristet, da frage ich nicht nach.
B: Ich schreibe alles auf, dann bleibt es."""


@pytest.fixture
def study(project: Project) -> Project:
    """Two cases: funds in both, calling in A alone, writing down in B alone."""
    for name, words in (("A", A), ("B", B)):
        read = draft(words, {"I": "interviewer", "B": "respondent"})
        source = documents.take_in(project, draft=read, title=name)
        documents.set_source_case(project, source=source, case=cases.add_case(project, name=name))
    a, b = (one.guid for one in material.sources(project))
    code(project, a, "Das Geld kommt jedes Jahr neu und reicht nie.", "Mittel")
    code(project, a, "Das Geld kommt jedes Jahr spät und reicht kaum.", "Mittel > knapp")
    code(project, a, "Ganz woanders haben wir einmal gefeiert, mit Musik und Tanz.", "Mittel > knapp")
    code(project, b, "Die Mittel sind unbefristet, da frage ich nicht nach.", "Mittel")
    code(project, a, "Ganz woanders haben wir einmal gefeiert, mit Musik und Tanz.", "Feiern")
    code(project, b, "Ich schreibe alles auf", "Aufschreiben")
    for name in ("Mittel", "Feiern", "Aufschreiben"):
        codebook.set_code_kind(project, code=named(project, name), kind="category")
    prop = properties.add_property(
        project, code=named(project, "Mittel"), name="Dauer", pole_from="Monate", pole_to="unbefristet"
    )
    for source, words, value in (
        (a, "Das Geld kommt jedes Jahr neu und reicht nie.", "Monate"),
        (b, "Die Mittel sind unbefristet, da frage ich nicht nach.", "unbefristet"),
    ):
        properties.set_property_value(
            project, property=prop, segment=passage(project, source, words), value=value
        )
    model = axial.add_model(project, name="M", phenomenon=named(project, "Mittel"))
    slots = comparison(project, model=model).rows
    for name in ("Feiern", "Aufschreiben"):
        axial.place_code(project, model=model, code=named(project, name), slot=slots[1].guid)
    axial.place_code(project, model=model, code=named(project, "Mittel"), slot=slots[0].guid)
    return project


def shown(project: Project, **more: object) -> dict[tuple[str, str], list[tuple[str, int]]]:
    found = comparison(project, **more)  # type: ignore[arg-type]
    return {
        (row.name, column.name): [(one.name, one.count) for one in found.cell(row.guid, column.guid).codes]
        for row in found.rows
        for column in found.columns
    }


def test_categories_by_case_count_passages_with_the_codes_below(study):
    assert shown(study, rows="codes") == {
        ("Mittel", "A"): [("Mittel", 3)],
        ("Mittel", "B"): [("Mittel", 1)],
        ("Feiern", "A"): [("Feiern", 1)],
        ("Feiern", "B"): [],
        ("Aufschreiben", "A"): [],
        ("Aufschreiben", "B"): [("Aufschreiben", 1)],
    }
    assert shown(study, rows="codes", with_children=False)["Mittel", "A"] == [("Mittel", 1)]


def test_a_slot_shows_its_codes_and_says_what_is_only_here_and_what_is_different(study):
    found = comparison(study)
    first, second = found.rows[:2]
    a, b = (one.guid for one in found.columns)
    assert first.flags == {"in_all", "different"}
    assert first.different == ("Dauer",)
    assert second.flags == {"only_here"}
    assert [(one.name, one.only_here) for one in found.cell(second.guid, a).codes] == [("Feiern", True)]
    assert [(one.name, one.only_here) for one in found.cell(second.guid, b).codes] == [("Aufschreiben", True)]
    assert [one.places for one in found.cell(first.guid, a).values] == [("Monate",)]
    assert found.cell(first.guid, a).passages == 3


def test_filters_leave_only_what_has_the_flag(study):
    found = comparison(study, rows="codes")
    a, b = (one.guid for one in found.columns)

    def names(flag: str, case: str | None = None) -> list[str]:
        return [row.name for row in filtered(found, flag, case=case).rows]  # type: ignore[arg-type]

    assert names("only_here") == ["Feiern", "Aufschreiben"]
    assert names("only_here", a) == ["Feiern"]
    assert names("only_here", b) == ["Aufschreiben"]
    assert names("in_all") == ["Mittel"]
    assert names("different") == ["Mittel"]
    slots = filtered(comparison(study), "only_here")
    assert [[one.name for one in cell.codes] for cell in slots.cells.values()] == [
        ["Feiern"],
        ["Aufschreiben"],
    ]


def test_with_one_case_everything_is_only_here(study):
    case = material.cases(study)[0].guid
    found = comparison(study, rows="codes", cases=[case])
    assert [row.flags for row in found.rows] == [{"only_here", "in_all"}, {"only_here", "in_all"}, set()]


def test_properties_as_rows_show_the_places_of_each_case(study):
    found = comparison(study, rows="properties")
    assert [(row.name, row.cases, row.flags) for row in found.rows] == [
        ("Mittel: Dauer", 2, {"in_all", "different"})
    ]
    row = found.rows[0].guid
    assert [found.cell(row, one.guid).values[0].places for one in found.columns] == [
        ("Monate",),
        ("unbefristet",),
    ]
    assert [found.cell(row, one.guid).passages for one in found.columns] == [1, 1]


def test_the_most_deviating_passage_stands_beside_the_chosen_one(study):
    row, case = named(study, "Mittel"), material.cases(study)[0].guid
    chosen = next(
        one for one in material.segments(study) if one.text.startswith("Das Geld kommt jedes Jahr neu")
    )
    found = comparison(study, rows="codes", chosen={(row, case): chosen.guid})
    quoted = quotations(study, found)
    assert list(quoted) == [(row, case)]
    pair = quoted[row, case]
    assert pair.chosen is not None
    assert pair.deviating is not None
    assert (pair.chosen.guid, pair.against) == (chosen.guid, "chosen")
    assert pair.deviating.text.startswith("Ganz woanders")
    others = [one.text for one in material.segments(study) if one.case == case and one.guid != chosen.guid]
    near = likeness(chosen.text, others)
    assert others[int(near.argmin())] == pair.deviating.text


def test_without_a_choice_the_typical_passage_is_the_measure(study):
    row, case = named(study, "Mittel"), material.cases(study)[0].guid
    typical = next(one for one in material.segments(study) if one.text.startswith("Ganz woanders"))
    codebook.choose_passage(study, code=row, which="typical", segment=typical.guid)
    pair = quotations(study, comparison(study, rows="codes"))[row, case]
    assert pair.chosen is None
    assert pair.deviating is not None
    assert pair.against == "typical"
    assert pair.deviating.text.startswith("Das Geld")


def test_summaries_and_choices_stand_in_cells_where_nothing_occurs(study):
    row, case = named(study, "Feiern"), material.cases(study)[1].guid
    found = comparison(study, rows="codes", summaries={(row, case): "Gefeiert wird in B nicht."})
    assert found.cell(row, case).summary == "Gefeiert wird in B nicht."
    assert found.cell(row, case).codes == ()


def test_a_study_that_hides_frequencies_says_so(study):
    assert not comparison(study).hidden
    sheet.set_frequencies_hidden(study, hidden=True)
    assert comparison(study).hidden


def test_without_a_model_there_are_no_slots(project):
    with pytest.raises(KnownError):
        comparison(project)


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_a_count_one_by_one(project, seed):
    chance = random.Random(seed)
    for name in "ABC":
        read = draft(A if chance.random() < 0.5 else B, {"I": "interviewer", "B": "respondent"})
        source = documents.take_in(project, draft=read, title=name)
        documents.set_source_case(project, source=source, case=cases.add_case(project, name=name))
        for _n in range(12):
            start = chance.randrange(60)
            stop, path = start + chance.randint(1, 6), chance.choice(("X", "X > x", "X > x > y", "Z"))
            open_coding.code_passage(project, source=source, start=start, stop=stop, code=path)
    rows, paths = codes.codings(project), {one.guid: one.path for one in codes.codes(project)}
    for below in (True, False):
        found = comparison(project, rows="codes", codes=list(paths), with_children=below)
        for row in found.rows:
            for column in found.columns:
                top = paths[row.guid]
                wanted = {
                    one.segment.guid
                    for one in rows
                    if one.segment.case == column.guid
                    and (paths[one.code] == top or (below and paths[one.code].startswith(f"{top} > ")))
                }
                assert found.cell(row.guid, column.guid).passages == len(wanted)
                assert len(found.segments.of(row.guid, column.guid)) == len(wanted)
