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


def test_totals_count_each_passage_once_in_its_row_its_column_and_in_all(built):
    naive = Naive(built)
    crossing = crossings.code_documents(built.project)
    every = set()
    for at, row in enumerate(crossing.rows):
        found = naive.find(q.Code(row.guid), None)
        every.update(found)
        count = counted(naive, found)
        assert crossing.row_totals[:, at].tolist() == [count.cases, count.documents, count.segments]
    for at, column in enumerate(crossing.columns):
        here = [one for one in every if built.docs[one[0]] == column.guid]
        count = counted(naive, here)
        assert crossing.column_totals[:, at].tolist() == [count.cases, count.documents, count.segments]
    count = counted(naive, every)
    assert crossing.total[:, 0].tolist() == [count.cases, count.documents, count.segments]


def test_in_a_table_of_codes_the_totals_are_what_each_code_has(built):
    crossing = crossings.code_codes(built.project, with_children=True)
    assert crossing.row_totals[2].tolist() == crossing.table("segments").diagonal().tolist()
    assert crossing.column_totals.tolist() == crossing.row_totals.tolist()


def test_a_study_without_codings_gives_empty_tables(project):
    codebook.add_code(project, name="Vertrauen")
    for made in (crossings.code_documents, crossings.code_cases, crossings.code_codes):
        crossing = made(project)
        assert (crossing.filled, len(crossing.rows)) == (0, 1)
        assert crossing.table("segments").sum() == 0
