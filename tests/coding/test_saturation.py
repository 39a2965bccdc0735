"""The curve as it is reckoned by hand, after Guest, Namey and Chen; the table of what is new."""

from datetime import UTC, datetime, timedelta

import pytest

from qda.coding import axial, cases, codebook, codes, documents, properties
from qda.coding.saturation import curve, states, transcripts
from qda.models import Project
from tests.coding.conftest import draft
from tests.coding.helpers import code, named, passage

WORDS = "I: Frage?\nB: eins zwei drei vier fünf sechs sieben acht neun zehn"


class Study:
    """Transcripts T1, T2, … that are coded one after the other, a minute each."""

    def __init__(self, project: Project, count: int) -> None:
        self.project, self.now = project, datetime(2025, 1, 1, tzinfo=UTC)
        project.clock = self._tick
        read = draft(WORDS, {"I": "interviewer", "B": "respondent"})
        self.sources = [documents.take_in(project, draft=read, title=f"T{n + 1}") for n in range(count)]

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def code(self, at: int, *names: str) -> None:
        for name in names:
            code(self.project, self.sources[at], "eins", name)


def of(project: Project, **more: object) -> list[tuple[str, int, int]]:
    found = curve(project, **more)  # type: ignore[arg-type]
    return [(one.title, len(one.new), one.upto) for one in found.transcripts]


@pytest.fixture
def eight(project: Project) -> Study:
    """New codes 16, 11, 7, 3 (a base of 37), then 1, 2, 2, 0."""
    study, number = Study(project, 8), 0
    for at, new in enumerate((16, 11, 7, 3, 1, 2, 2, 0)):
        study.code(at, "K0", *(f"K{number + n}" for n in range(new)))
        number += new
    return study


def test_runs_overlap_and_are_divided_by_the_base(eight):
    found = curve(eight.project, base=4, run=2)
    assert [len(one.new) for one in found.transcripts] == [16, 11, 7, 3, 1, 2, 2, 0]
    assert (found.base_codes, found.determinable) == (37, True)
    assert [(one.first, one.last, one.new) for one in found.runs] == [(4, 5, 3), (5, 6, 4), (6, 7, 2)]
    assert [one.ratio for one in found.runs] == pytest.approx([3 / 37, 4 / 37, 2 / 37])
    assert [f"{one.ratio:.0%}" for one in found.runs] == ["8%", "11%", "5%"]


def test_a_longer_run_and_another_base_reckon_as_by_hand(eight):
    found = curve(eight.project, base=5, run=3)
    assert found.base_codes == 38
    assert [(one.new, round(one.ratio, 4)) for one in found.runs] == [(4, round(4 / 38, 4))]


def test_with_few_transcripts_nothing_is_determinable(eight):
    few = curve(eight.project, chosen=eight.sources[:5])
    assert not few.determinable
    assert few.runs == ()
    assert [len(one.new) for one in few.transcripts] == [16, 11, 7, 3, 1]
    assert curve(eight.project, chosen=eight.sources[:6]).determinable


def test_only_codes_that_survived_count_each_at_its_first_passage(eight):
    project = eight.project
    codebook.merge_codes(project, code=named(project, "K37"), into=named(project, "K0"))
    codebook.remove_code(project, code=named(project, "K16"))
    assert [new for _title, new, _upto in of(project)] == [16, 10, 7, 3, 0, 2, 2, 0]


def test_the_order_is_that_of_coding_of_coming_in_or_the_one_chosen(project):
    study = Study(project, 3)
    study.code(2, "x", "y")
    study.code(0, "x")
    study.code(1, "y", "z")
    assert of(project) == [("T3", 2, 2), ("T1", 0, 2), ("T2", 1, 3)]
    assert of(project, order="imported") == [("T1", 1, 1), ("T2", 2, 3), ("T3", 0, 3)]
    assert of(project, order="study") == of(project, order="imported")
    assert of(project, chosen=[study.sources[1], study.sources[2]]) == [("T2", 2, 2), ("T3", 1, 3)]
    assert [title for _guid, title in transcripts(project)] == ["T3", "T1", "T2"]


def test_transcripts_without_codings_and_other_documents_are_left_out(project):
    study = Study(project, 3)
    study.code(0, "x")
    study.code(1, "y")
    documents.set_source_kind(project, source=study.sources[1], kind="field_note")
    found = curve(project)
    assert [one.title for one in found.transcripts] == ["T1"]
    assert found.uncoded == 1


def test_a_base_without_codes_has_no_ratio(project):
    study = Study(project, 2)
    study.code(0, "x")
    study.code(1, "x")
    found = curve(project, chosen=study.sources[::-1], base=1, run=1)
    assert [one.ratio for one in found.runs] == [0.0]
    assert curve(project, chosen=[]).transcripts == ()


# -- the table ----------------------------------------------------------------------------------------------


@pytest.fixture
def table(project: Project) -> Study:
    """Three transcripts of two cases; a category with two properties, one of them seen in the last alone."""
    study = Study(project, 3)
    a, b = cases.add_case(project, name="A"), cases.add_case(project, name="B")
    for source, case in zip(study.sources, (a, a, b), strict=True):
        documents.set_source_case(project, source=source, case=case)
    for at in range(3):
        code(project, study.sources[at], "eins", "Mittel")
    code(project, study.sources[2], "zwei", "Mittel > knapp")
    code(project, study.sources[0], "drei", "Pflege")
    for name in ("Mittel", "Pflege"):
        codebook.set_code_kind(project, code=named(project, name), kind="category")
    more = {"code": named(project, "Mittel"), "pole_from": "kurz", "pole_to": "lang"}
    length = properties.add_property(project, name="Dauer", places=["mittel"], **more)
    use = properties.add_property(project, name="Zweck", **more)
    for prop, at, value in ((length, 0, "kurz"), (length, 2, "kurz"), (length, 2, "lang"), (use, 2, "kurz")):
        properties.set_property_value(
            project, property=prop, segment=passage(project, study.sources[at], "eins"), value=value
        )
    model = axial.add_model(project, name="M", phenomenon=named(project, "Mittel"))
    ends = {"from_code": named(project, "Mittel"), "to_code": named(project, "Pflege")}
    axial.relate_codes(project, model=model, type="hinders", **ends)
    rejected = axial.relate_codes(project, model=model, type="leads_to", **ends)
    axial.set_relation_status(project, relation=rejected, status="rejected")
    return study


def test_the_table_says_what_is_new_since_a_transcript(table):
    found = states(table.project)
    funds, care = found.rows
    assert found.since == table.sources[1]
    assert found.behind == (table.sources[2],)
    assert (funds.cases, funds.passages, funds.since, funds.relations) == (2, 4, 2, 1)
    assert (care.cases, care.passages, care.since, care.relations) == (1, 1, 0, 1)
    length, use = funds.dimensions
    assert (length.seen, length.unseen, length.new, length.new_places) == (
        ("kurz", "lang"),
        ("mittel",),
        False,
        ("lang",),
    )
    assert (use.new, use.new_places, use.unseen) == (True, ("kurz",), ("lang",))
    assert funds.new_properties == ("Zweck",)
    assert not funds.quiet
    assert not care.quiet


def test_since_the_last_transcript_nothing_is_new(table):
    found = states(table.project, since=table.sources[2])
    assert found.behind == ()
    assert [one.since for one in found.rows] == [0, 0]
    assert [one.new_places for row in found.rows for one in row.dimensions] == [(), ()]


def test_a_value_of_a_whole_case_belongs_to_its_first_transcript(table):
    project = table.project
    prop = next(one for one in codes.properties(project) if one.name == "Dauer")
    case = project_cases(project)["B"]
    properties.set_case_value(project, property=prop.guid, case=case, value="mittel")
    length = states(project, since=table.sources[1]).rows[0].dimensions[0]
    assert length.new_places == ("mittel", "lang")


def test_without_the_codes_below_fewer_passages_count(table):
    assert states(table.project, with_children=False).rows[0].passages == 3


def test_judgements_stand_beside_their_category(table):
    class Judged:
        state, reason, coder = "provisional", "seit T2 nichts Neues", "Ada"
        created = datetime(2025, 1, 2, tzinfo=UTC)

    code_ = named(table.project, "Pflege")
    rows = states(table.project, judgements={code_: Judged()}).rows
    assert [row.judgement and row.judgement.state for row in rows] == [None, "provisional"]


def test_a_study_without_codings_has_an_empty_table(project):
    found = states(project)
    assert (found.since, found.behind, found.rows) == ("", (), ())


def project_cases(project: Project) -> dict[str, str]:
    from qda.coding.material import cases as rows

    return {one.name: one.guid for one in rows(project)}
