"""What people have agreed to: noted, undone, inherited; and whose data are to be deleted."""

from datetime import date

import pytest

from qda.coding import cases, consent, material
from qda.errors import KnownError
from qda.models import Project


def test_consent_is_noted_field_by_field_and_undone(project: Project) -> None:
    case = cases.add_case(project, name="A")
    consent.set_consent(project, case=case, quote="no", date="1.3.2025", note="mündlich")
    consent.set_consent(project, case=case, archive="yes", delete_by="2030-12-31")
    (row,) = material.cases(project)
    assert (row.quote, row.archive, row.consent_date) == ("no", "yes", "2025-03-01")
    assert (row.delete_by, row.consent_note) == ("2030-12-31", "mündlich")
    assert [one.name for one in consent.withheld(project)] == ["A"]
    assert [one.name for one in consent.archivable(project)] == ["A"]
    project.undo()
    project.undo()
    assert material.cases(project)[0].quote == "open"
    assert [one.name for one in consent.unsettled(project)] == ["A"]


def test_a_date_of_deletion_needs_a_day(project: Project) -> None:
    case = cases.add_case(project, name="A")
    with pytest.raises(KnownError, match="leaves the day open"):
        consent.set_consent(project, case=case, delete_by="03/2030")
    with pytest.raises(KnownError, match="is no date"):
        consent.set_consent(project, case=case, date="gestern")


def test_a_no_above_is_a_no_inside(project: Project) -> None:
    town = cases.add_case(project, name="Stadt")
    cases.add_case(project, name="Person", parent=town)
    consent.set_consent(project, case=town, quote="no", archive="no")
    assert [one.name for one in consent.withheld(project)] == ["Stadt", "Person"]
    assert material.cases(project)[1].quote == "open"
    assert consent.archivable(project) == []


def test_cases_to_be_deleted_are_told_a_month_before(project: Project) -> None:
    for name, day in (("Bald", "2030-01-20"), ("Vorbei", "2029-12-30"), ("Später", "2030-03-01")):
        case = cases.add_case(project, name=name)
        consent.set_consent(project, case=case, delete_by=day)
    cases.add_case(project, name="Nie")
    found = consent.due(project, today=date(2030, 1, 1))
    assert [(one.case.name, one.days) for one in found] == [("Vorbei", -2), ("Bald", 19)]
