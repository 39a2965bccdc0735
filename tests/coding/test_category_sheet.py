"""Where a category stands, what overlaps with it, what is open about it: against a naive count."""

import random
from collections import defaultdict

import pytest

from qda.coding import (
    axial,
    cases,
    category_sheet,
    codebook,
    codes,
    documents,
    material,
    open_coding,
    properties,
)
from qda.coding.category_sheet import Around
from qda.coding.theory import relations
from qda.models import Project
from tests.coding.helpers import code, named, passage


@pytest.fixture
def study(project: Project, interview: str, group: str) -> Project:
    """Case A is the interview; of the focus group, speaker A is of case G, B of case H."""
    documents.set_source_case(project, source=interview, case=cases.add_case(project, name="Fall A"))
    for label, name in (("A", "Fall G"), ("B", "Fall H")):
        speaker = next(s.guid for s in material.speakers(project, group) if s.label == label)
        documents.set_speaker_case(project, speaker=speaker, case=cases.add_case(project, name=name))
    return project


def _naive(project: Project, guid: str, *, below: bool) -> tuple[object, object]:
    """Cases with documents and counts, and neighbours, from all rows by two loops."""
    rows = codes.codings(project)
    tree = {row.guid: row for row in codes.codes(project)}

    def inside(one: str) -> bool:
        while below and one != guid and tree[one].parent:
            one = tree[one].parent or ""
        return one == guid

    mine = {row.segment.guid: row.segment for row in rows if inside(row.code)}
    spread: dict[tuple[str, str], int] = defaultdict(int)
    for one in mine.values():
        spread[one.case_name, one.title] += 1
    met: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if inside(row.code):
            continue
        for one in mine.values():
            other = row.segment
            if one.source == other.source and one.start < other.stop and other.start < one.stop:
                met[row.code_name].add(one.guid)
    near = {
        name: (
            len({mine[s].case for s in found if mine[s].case}),
            len({mine[s].source for s in found}),
            len(found),
        )
        for name, found in met.items()
    }
    return dict(spread), near


def _told(found: Around) -> tuple[object, object]:
    spread = {
        (case.name, document.title): document.segments for case in found.cases for document in case.documents
    }
    return spread, {one.name: (one.cases, one.documents, one.segments) for one in found.neighbours}


@pytest.mark.parametrize("seed", range(6))
def test_counts_and_neighbours_are_those_of_a_naive_count(study, interview, group, seed):
    chance = random.Random(seed)
    texts = {source: material.text(study, source) for source in (interview, group)}
    names = ("Haltung", "Haltung > Geduld", "Haltung > Tempo", "Mittel", "Ort")
    for _number in range(40):
        source = chance.choice((interview, group))
        start = chance.randrange(len(texts[source]) - 1)
        stop = min(len(texts[source]), start + chance.randint(1, 40))
        open_coding.code_passage(study, source=source, start=start, stop=stop, code=chance.choice(names))
    for row in codes.codes(study):
        for below in (False, True):
            assert _told(category_sheet.around(study, row.guid, below=below)) == _naive(
                study, row.guid, below=below
            )


def test_the_passages_of_a_case_a_document_and_an_overlap_are_those_counted(study, interview, group):
    code(study, interview, "allein da", "Haltung")
    code(study, interview, "ohne Geld", "Haltung")
    code(study, interview, "ohne Geld und ohne Auftrag", "Mittel")
    code(study, group, "Geduld", "Haltung")
    code(study, group, "Tempo", "Haltung")
    guid = named(study, "Haltung")

    def words(**some: object) -> list[str]:
        found = category_sheet.passages(study, guid, **some)  # type: ignore[arg-type]
        return [row.segment.text for row in codes.codings(study, guids=found)]

    cases_ = {row.name: row.guid for row in material.cases(study)}
    assert words() == ["allein da", "ohne Geld", "Geduld", "Tempo"]
    assert words(limit=2) == ["allein da", "ohne Geld"]
    assert words(case=cases_["Fall G"]) == ["Geduld"]
    assert words(case="") == []
    assert words(source=interview) == ["allein da", "ohne Geld"]
    assert words(with_code=named(study, "Mittel")) == ["ohne Geld"]


def test_a_segment_that_two_persons_coded_is_one_passage(study, interview):
    code(study, interview, "allein da", "Haltung")
    code(study, interview, "allein da", "Haltung", coder="Grace")
    guid = named(study, "Haltung")
    assert len(category_sheet.passages(study, guid)) == 1
    assert [case.segments for case in category_sheet.around(study, guid).cases] == [1]


def test_a_category_is_asked_for_what_is_missing(study, interview, group):
    code(study, interview, "allein da", "Haltung")
    code(study, group, "Geduld", "Mittel")
    guid = named(study, "Haltung")
    codebook.set_code_kind(study, code=guid, kind="category")
    kinds = [gap.kind for gap in category_sheet.around(study, guid).gaps]
    assert kinds == ["definition", "typical", "deviating", "properties", "cases"]
    asked = category_sheet.around(study, guid).gaps[-1].question
    assert "Fall G" in asked
    assert "Fall H" not in asked, "nothing of that case has been coded yet"


def test_a_property_is_asked_for_values_and_for_the_other_pole(study, interview):
    code(study, interview, "allein da", "Haltung")
    guid = named(study, "Haltung")
    codebook.set_code_kind(study, code=guid, kind="category")
    prop = properties.add_property(study, code=guid, name="Dauer", pole_from="kurz", pole_to="lang")

    def gaps() -> list[str]:
        return [gap.kind for gap in category_sheet.around(study, guid).gaps if gap.about == prop]

    assert gaps() == ["values"]
    where = passage(study, interview, "allein da")
    properties.set_property_value(study, property=prop, segment=where, value="kurz")
    assert gaps() == ["pole"]
    other = passage(study, interview, "Vertrauen")
    properties.set_property_value(study, property=prop, segment=other, value="lang")
    assert gaps() == []


def test_what_is_missing_in_a_code_may_stand_in_the_codes_below_it(study, interview, group):
    code(study, interview, "allein da", "Haltung")
    code(study, group, "Geduld", "Haltung > Ruhe")
    guid = named(study, "Haltung")
    assert [gap.kind for gap in category_sheet.around(study, guid).gaps] == ["cases"]
    assert category_sheet.around(study, guid, below=True).gaps == ()


def test_a_code_that_is_gone_has_nothing_around_it(study):
    gone = "00000000-0000-4000-8000-000000000000"
    assert category_sheet.around(study, gone) == Around((), (), ())
    assert category_sheet.passages(study, gone) == []


def test_a_case_as_a_whole_has_one_value_on_a_property(study, interview):
    guid = codebook.add_code(study, name="Haltung")
    prop = properties.add_property(study, code=guid, name="Dauer", places=["kurz"])
    case = material.cases(study)[0].guid
    first = properties.set_case_value(study, property=prop, case=case, value="kurz")
    assert properties.set_case_value(study, property=prop, case=case, value="lang") == first
    study.undo()
    study.undo()
    study.undo()
    assert codes.properties(study) == []


def test_a_renamed_place_takes_values_and_conditions_along(study, interview):
    code(study, interview, "allein da", "Haltung")
    code(study, interview, "Vertrauen", "Ort")
    guid = named(study, "Haltung")
    prop = properties.add_property(study, code=guid, name="Dauer", pole_from="kurz", pole_to="lang")
    properties.add_place(study, property=prop, place="mittel")
    where = passage(study, interview, "allein da")
    properties.set_property_value(study, property=prop, segment=where, value="kurz")
    model = axial.add_model(study, name="M", phenomenon=named(study, "Ort"))
    relation = axial.relate_codes(
        study, model=model, from_code=guid, to_code=named(study, "Ort"), type="leads_to"
    )
    axial.add_condition(study, relation=relation, property=prop, value="kurz")
    properties.rename_place(study, property=prop, place="kurz", name="eher kurz")
    row = codes.properties(study, guid)[0]
    assert (row.pole_from, row.places, row.pole_to) == ("eher kurz", ("mittel",), "lang")
    assert [value.value for value in codes.property_values(study)] == ["eher kurz"]
    assert "eher kurz" in relations(study)[0].conditions[0].words
