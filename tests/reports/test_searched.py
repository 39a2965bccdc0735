"""Reports say how many codings come from the hits of a search."""

import pytest

from qda.coding import documents, hit_coding
from qda.coding.open_coding import code_passage
from qda.coding.search import hits
from qda.i18n import use_language
from qda.models import Project
from qda.reports.model import Note, Section
from qda.reports.registry import report_kind
from qda.reports.searched import FromSearch

SENTENCE = "2 of 3 codings come from search hits: “amt”."


@pytest.fixture
def searched(tmp_path):
    with Project.create(tmp_path / "a.qdaproj", title="T", coder="MK", template="hajji") as project:
        source = documents.add_document(project, title="Memo", text="Das Amt und das Bauamt.")
        code_passage(project, source=source, start=0, stop=7, code="Amt")
        spans = [hit.passage for hit in hits(project, "amt")]
        hit_coding.code_hits(project, spans=spans, code="Behörde", words="amt")
        yield project


def notes(blocks):
    for block in blocks:
        if isinstance(block, Section):
            yield from notes(block.blocks)
        elif isinstance(block, Note):
            yield "".join(run.text for run in block.runs)


@pytest.mark.parametrize("name", ["study", "codetree", "segments", "matrix"])
def test_reports_with_counts_say_it(searched, name):
    told = list(notes(report_kind(name).build(searched, {"language": "en"}).blocks))
    assert any(line.endswith(SENTENCE) for line in told)


def test_without_a_search_nothing_is_said(searched):
    searched.undo()
    assert FromSearch.in_study(searched).sentence == ""
    assert not any(
        "search" in line for line in notes(report_kind("study").build(searched, {"language": "en"}).blocks)
    )


def test_searches_that_are_not_known_are_only_counted(searched):
    searched.undo()
    spans = [hit.passage for hit in hits(searched, "amt")]
    hit_coding.code_hits(searched, spans=spans, code="Behörde")
    with use_language("en"):
        assert FromSearch.in_study(searched).sentence == "2 of 3 codings come from search hits."
