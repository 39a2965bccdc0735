"""Codes against documents, cases and codes: every cell as loops count it, and as many segments as it says."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding import codebook, crossing_pairs, crossings
from qda.coding.retrieval import spec as q
from tests.coding.retrieval.naive import Built, Naive
from tests.coding.retrieval.test_random_queries import Specs, places, plans
from tests.coding.retrieval.test_worked_examples import PLAN


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    made = Built(PLAN, tmp_path_factory.mktemp("crossed") / "study.qdaproj")
    yield made
    made.close()


def counted(naive, found):
    """Cases, documents and segments of passages as the reference gives them."""
    cases = set()
    for doc, start, stop in found:
        passage = next(p for p in naive.passages if (p.doc, p.start, p.stop) == (doc, start, stop))
        cases.add(naive.case(passage))
    return crossings.Count(len(cases - {-1}), len({doc for doc, *_rest in found}), len(found))


def expected(naive, crossing, row, column):
    """What the reference finds for a cell."""
    code = q.Code(row, crossing.with_children)
    if crossing.kind == "code-codes":
        other = q.Code(column, crossing.with_children)
        relation = crossings.NEARNESS[crossing.nearness]
        return naive.find(code if row == column else relation(code, other), crossing.within)
    found = naive.find(code, crossing.within)
    if crossing.kind == "code-documents":
        return [one for one in found if naive.b.docs[one[0]] == column]
    cases = [*naive.b.cases, ""]
    return [
        one
        for one in found
        if cases[naive.case(next(p for p in naive.passages if (p.doc, p.start, p.stop) == one))] == column
    ]


SMALL = ((30_000, 2_000_000, 4_000_000), (1, 1, 0), (3, 2, 4_000_000))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans(), data=st.data())
def test_every_cell_is_what_loops_count_and_lists_its_segments(plan, data):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        built = Built(plan, Path(folder) / "study.qdaproj")
        entries, at_once, dense = data.draw(st.sampled_from(SMALL))
        patch.setattr(crossing_pairs, "_ENTRIES", entries)
        patch.setattr(crossing_pairs, "_AT_ONCE", at_once)
        patch.setattr(crossing_pairs, "_DENSE", dense)
        try:
            naive = Naive(built)
            within = data.draw(st.none() | Specs(built).leaves())
            shared = {"with_children": data.draw(st.booleans()), "within": within}
            made = [
                crossings.code_documents(built.project, **shared),
                crossings.code_cases(built.project, **shared),
                *(
                    crossings.code_codes(built.project, nearness=nearness, **shared)
                    for nearness in crossings.NEARNESS
                ),
            ]
            for crossing in made:
                filled = 0
                for row in crossing.rows:
                    for column in crossing.columns:
                        wanted = expected(naive, crossing, row.guid, column.guid)
                        assert crossing.cell(row.guid, column.guid) == counted(naive, wanted)
                        filled += bool(wanted)
                assert crossing.filled == filled == len(list(crossing.cells()))
                for cell in list(crossing.cells())[:4]:
                    page = crossings.cell_segments(built.project, crossing, cell.row, cell.column)
                    assert places(built, page) == expected(naive, crossing, cell.row, cell.column)
                    assert (page.cases, page.documents, page.total) == (
                        cell.cases,
                        cell.documents,
                        cell.segments,
                    )
        finally:
            built.close()


def test_codes_stand_in_the_order_of_the_tree_by_path(built):
    crossing = crossings.code_cases(built.project)
    assert [head.name for head in crossing.rows] == [
        "Vertrauen",
        "Konflikt",
        "Mittel",
        "Mittel > Geld",
        "Mittel > Soziale Mittel",
        "Frage",
    ]
    assert [head.name for head in crossing.columns] == ["Gemeinde", "B", "C", ""]


def test_a_cell_counts_cases_then_documents_then_segments(built):
    crossing = crossings.code_codes(built.project, nearness="paragraph")
    trust, riot = built.codes[:2]
    assert crossing.cell(trust, trust) == crossings.Count(2, 3, 4)
    assert crossing.cell(trust, riot) == crossings.Count(1, 1, 1)
    assert crossing.table("segments").tolist()[0][:2] == [4, 1]
    assert crossing.table().tolist()[0][:2] == [2, 1]


def test_only_the_codes_asked_for_are_crossed(built):
    chosen = [built.codes[2], built.codes[0]]
    crossing = crossings.code_documents(built.project, codes=chosen, with_children=True)
    assert [head.guid for head in crossing.rows] == chosen
    assert crossing.cell(chosen[0], built.docs[0]) == crossings.Count(1, 1, 3)


def test_a_portrait_joins_what_touches_and_begins_with_what_comes_first(built):
    found = crossings.portrait(built.project, source=built.docs[0])
    text = PLAN.docs[0].text
    assert found.length == len(text)
    assert [band.name for band in found.bands][:2] == ["Frage", "Vertrauen"]
    riot = next(band for band in found.bands if band.name == "Konflikt")
    assert [text[start:stop] for start, stop in riot.spans] == ["Dann kam der Streit", "Der Streit dauerte."]
    assert riot.segments == 3


def test_curves_count_the_segments_that_touch_each_part(built):
    found = {one.name: one.counts for one in crossings.curves(built.project, source=built.docs[0], parts=4)}
    assert all(len(counts) == 4 for counts in found.values())
    length, text = len(PLAN.docs[0].text), PLAN.docs[0].text
    wanted = [0] * 4
    for words in ("Wie begann die Arbeit?", "Und heute?"):
        start = text.index(words)
        for part in {place * 4 // length for place in range(start, start + len(words))}:
            wanted[part] += 1
    assert list(found["Frage"]) == wanted


def test_a_study_without_codings_gives_empty_tables(project):
    codebook.add_code(project, name="Vertrauen")
    for made in (crossings.code_documents, crossings.code_cases, crossings.code_codes):
        crossing = made(project)
        assert (crossing.filled, len(crossing.rows)) == (0, 1)
        assert crossing.table("segments").sum() == 0
