"""Cases compared: counts as one counts by hand, flags, the chosen quotation and the most deviating one."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.coding import (
    axial,
    cases,
    codebook,
    codes,
    documents,
    material,
    open_coding,
    properties,
    sheet,
    theory,
    withdrawing,
)
from qda.coding.case_comparison import comparison
from qda.coding.comparing import likeness
from qda.coding.comparison_cells import cells as cells_written
from qda.coding.comparison_cells import write_summary
from qda.coding.comparison_filters import filtered, tallies
from qda.coding.comparison_quotations import quotations
from qda.errors import KnownError
from qda.i18n import use_language
from qda.models import Project
from tests.coding.conftest import draft
from tests.coding.helpers import code, named, passage
from tests.coding.watching import Watcher
from tests.kept import kept_study

A = """I: Und das Geld?
B: Das Geld kommt jedes Jahr neu und reicht nie.
B: Das Geld kommt jedes Jahr spät und reicht kaum.
B: Ganz woanders haben wir einmal gefeiert, mit Musik und Tanz."""
B = """I: Und die Mittel?
B: Die Mittel sind unbefristet, da frage ich nicht nach.
B: Ich schreibe alles auf, dann bleibt es."""


def sound(project: Project) -> None:
    watcher = Watcher(project.path)
    try:
        assert watcher.faults() == []
    finally:
        watcher.close()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Two cases: funds in both, calling in A alone, writing down in B alone."""
    opened, _none = kept_study(tmp_path / "cases.qdaproj", two_cases, title="Study", coder="Ada")
    with opened:
        yield opened


def two_cases(project: Project) -> None:
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
    slots = [row for row in comparison(project, model=model).rows if row.kind == "slot"]
    for name in ("Feiern", "Aufschreiben"):
        axial.place_code(project, model=model, code=named(project, name), slot=slots[1].guid)
    axial.place_code(project, model=model, code=named(project, "Mittel"), slot=slots[0].guid)


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
    first, second = (row for row in found.rows if row.kind == "slot" and row.codes)
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


def test_a_slot_is_taken_apart_by_addressee_and_by_level(study):
    model = axial.add_model(study, name="N", template="hajji", phenomenon=named(study, "Mittel"))
    slots = {one.key: one.guid for one in theory.models(study)[-1].slots}
    axial.place_code(
        study, model=model, code=named(study, "Feiern"), slot=slots["consequences"], addressee="self"
    )
    axial.place_code(
        study, model=model, code=named(study, "Aufschreiben"), slot=slots["consequences"], addressee="Amt"
    )
    axial.place_code(
        study, model=model, code=named(study, "Aufschreiben"), slot=slots["conditions"], level="town"
    )

    def heads(**more: object) -> list[tuple[str, str]]:
        return [(row.name, row.part) for row in comparison(study, model=model, **more).rows]  # type: ignore[arg-type]

    whole = [("Context conditions", ""), ("Phenomenon", ""), ("Strategies", "")]
    with use_language("en"):
        assert heads() == [*whole, ("Consequences", "self"), ("Consequences", "Amt")]
        assert heads(split=()) == [*whole, ("Consequences", "")]
        assert heads(split=("level",))[0] == ("Context conditions", "town")


def test_a_part_of_a_slot_has_its_own_summary_and_what_the_slot_had_stays_in_sight(study):
    model = axial.add_model(study, name="N", template="hajji", phenomenon=named(study, "Mittel"))
    slot = next(one.guid for one in theory.models(study)[-1].slots if one.key == "consequences")
    case = material.cases(study)[0].guid
    axial.place_code(study, model=model, code=named(study, "Feiern"), slot=slot, addressee="Frau Beispiel")
    here = {"row_kind": "slot", "row": slot, "case": case}
    write_summary(study, **here, part="Frau Beispiel", text="Sie feiern.")
    write_summary(study, **here, text="Im Ganzen.")
    written = {(one.key, one.case): one.body for one in cells_written(study).values()}
    rows = [row for row in comparison(study, model=model, summaries=written).rows if row.guid == slot]
    assert [written[row.key, case] for row in rows] == ["Sie feiern.", "Im Ganzen."]
    assert not any("Beispiel" in key for key, _case in written)
    sound(study)
    axial.remove_model(study, model=model)
    assert cells_written(study) == {}
    sound(study)
    study.undo()
    assert len(cells_written(study)) == 2


def test_only_slots_have_parts(study):
    with pytest.raises(KnownError):
        write_summary(
            study,
            row_kind="code",
            row=named(study, "Mittel"),
            case=material.cases(study)[0].guid,
            part="self",
            text="x",
        )


def test_a_passage_stays_while_a_summary_refers_to_it(study):
    source, case = material.sources(study)[0].guid, material.cases(study)[0].guid
    row = named(study, "Feiern")
    coding = next(one for one in codes.codings(study, code=row) if one.segment.source == source)
    here = {"row_kind": "code", "row": row, "case": case}
    write_summary(study, **here, text=f"Sie feiern: [„Ganz woanders“](segment:{coding.segment.guid}).")
    for one in codes.codings(study):
        if one.segment.guid == coding.segment.guid:
            open_coding.remove_coding(study, coding=one.guid)
    assert material.segment(study, coding.segment.guid).text.startswith("Ganz woanders")
    sound(study)
    write_summary(study, **here, text="")
    assert all(one.guid != coding.segment.guid for one in material.segments(study))
    sound(study)


def test_a_summary_lets_go_of_the_words_of_a_case_that_withdraws(study):
    a, b = (one.guid for one in material.cases(study))
    segment = next(one for one in material.segments(study) if one.case == b)
    text = f"Anders als dort: [„unbefristet“](segment:{segment.guid})."
    write_summary(study, row_kind="code", row=named(study, "Mittel"), case=a, text=text)
    withdrawing.delete_case_for_good(study, case=b, confirm="B")
    (left,) = cells_written(study).values()
    assert "segment:" not in left.body
    assert "unbefristet" not in left.body


def test_what_the_interviewer_says_can_be_left_out(study):
    a = material.sources(study)[0].guid
    code(study, a, "Und das Geld?", "Feiern")
    case = material.cases(study)[0].guid

    def count(**more: object) -> int:
        found = comparison(study, rows="codes", **more)  # type: ignore[arg-type]
        return found.cell(named(study, "Feiern"), case).passages

    assert (count(), count(interviewer=False)) == (2, 1)


def test_the_tallies_count_each_code_once(study):
    a, b = (one.guid for one in material.cases(study))
    found = tallies(comparison(study))
    assert (found.every, found.only, found.in_all, found.different) == (3, {a: 1, b: 1}, 1, 1)
    properties_found = tallies(comparison(study, rows="properties"))
    assert (properties_found.every, properties_found.only_here, properties_found.different) == (1, 0, 1)


def test_columns_come_in_the_order_wished(study):
    a, b = (one.guid for one in material.cases(study))
    assert [one.guid for one in comparison(study, cases=[b, a, b, "gone"]).columns] == [b, a]
