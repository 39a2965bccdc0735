"""Attributes of cases: what is written is read in German and English; wrong answers are refused in words."""

import pytest

from qda.coding import attributes, cases, material
from qda.errors import KnownError
from qda.models import Project


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("3,5", "3.5"), ("3.5", "3.5"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("-4", "-4"),
        ("+4", "4"), ("007", "7"), ("0,125", "0.125"), ("1 500", "1500"), (".5", "0.5"), ("12.50", "12.50"),
        ("1.234.567", "1234567"), ("−2,0", "-2.0"),
    ],
)  # fmt: skip
def test_numbers_are_stored_with_a_point(written: str, stored: str) -> None:
    assert attributes.parse_value("number", written) == stored


@pytest.mark.parametrize("written", ["3.500", "12,345", "zwei", "3 5,", "", "-", "1,2,3", "12a"])
def test_what_is_no_single_number_is_refused(written: str) -> None:
    with pytest.raises(KnownError):
        attributes.parse_value("number", written)


def test_a_number_that_a_program_wrote_has_a_decimal_point() -> None:
    assert attributes.parse_value("number", "3.500", point=True) == "3.500"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("1.3.2025", "2025-03-01"), ("01.03.2025", "2025-03-01"), ("2025-03-01", "2025-03-01"),
        ("03/2025", "2025-03"), ("3.2025", "2025-03"), ("2025", "2025"), ("1. 3. 2025", "2025-03-01"),
    ],
)  # fmt: skip
def test_dates_are_stored_in_iso(written: str, stored: str) -> None:
    assert attributes.parse_value("date", written) == stored


@pytest.mark.parametrize("written", ["31.2.2025", "13/2025", "gestern", "", "1.3.25", "0000-01-01"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(KnownError, match="no date"):
        attributes.parse_value("date", written)


def test_an_unknown_answer_is_refused_with_the_list() -> None:
    assert attributes.parse_value("choice", "STADT", choices=("Stadt", "Land")) == "Stadt"
    with pytest.raises(KnownError, match="There are: Stadt, Land"):
        attributes.parse_value("choice", "Dorf", choices=("Stadt", "Land"))


def test_written_missing_values_are_kept_and_shown_as_missing(project: Project) -> None:
    case, other = cases.add_case(project, name="A"), cases.add_case(project, name="B")
    attributes.add_attribute(project, name="Alter", kind="number", missing=["k. A.", "-99"])
    attributes.set_attribute(project, case=case, name="Alter", value="K. A.")
    attributes.set_attribute(project, case=other, name="Alter", value="47")
    first, second = material.cases(project)
    assert [(v.value, v.missing) for v in first.values] == [("k. A.", True)]
    assert [(v.value, v.missing) for v in second.values] == [("47", False)]
    assert material.attributes(project)[0].cases == 1
    with pytest.raises(KnownError, match="is no number"):
        attributes.set_attribute(project, case=other, name="Alter", value="alt")


def test_another_kind_is_refused_where_answers_do_not_fit(project: Project) -> None:
    case = cases.add_case(project, name="A")
    attributes.set_attribute(project, case=case, name="Alter", value="etwa 40")
    (row,) = material.attributes(project)
    with pytest.raises(KnownError, match="is no number"):
        attributes.change_attribute(project, attribute=row.guid, kind="number")
    assert material.attributes(project)[0].kind == "text"
    attributes.set_attribute(project, case=case, name="Alter", value="3,1250")
    attributes.change_attribute(project, attribute=row.guid, kind="number", name="Jahre", missing=["?"])
    attributes.change_attribute(project, attribute=row.guid, description="in Jahren")
    assert material.cases(project)[0].attributes == {"Jahre": "3.1250"}
    project.undo()
    project.undo()
    assert material.cases(project)[0].attributes == {"Alter": "3,1250"}


def test_attributes_are_made_moved_and_removed(project: Project) -> None:
    case = cases.add_case(project, name="A")
    made = [attributes.add_attribute(project, name=name) for name in ("Eins", "Zwei", "Drei")]
    with pytest.raises(KnownError, match="already"):
        attributes.add_attribute(project, name="Zwei")
    with pytest.raises(KnownError, match="needs its answers"):
        attributes.add_attribute(project, name="Wahl", kind="choice")
    attributes.set_attribute(project, case=case, name="Drei", value="x")
    attributes.move_attribute(project, attribute=made[2], position=0)
    assert [row.name for row in material.attributes(project)] == ["Drei", "Eins", "Zwei"]
    attributes.remove_attribute(project, attribute=made[2])
    assert material.cases(project)[0].attributes == {}
    project.undo()
    assert material.cases(project)[0].attributes == {"Drei": "x"}
