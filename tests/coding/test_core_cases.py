"""In which cases a category stands."""

import pytest

from qda.coding import cases, codes, documents, open_coding
from qda.coding.core_cases import case_figures
from qda.models import Project


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "s.qdaproj", title="Probe", coder="MK", template="hajji") as made:
        for name in "ABC":
            source = documents.add_document(made, title=f"Interview {name}", text=f"B: Hier spricht {name}.")
            documents.set_source_case(made, source=source, case=cases.add_case(made, name=name))
            if name != "C":
                open_coding.code_passage(made, source=source, start=3, stop=7, code="hier")
            if name == "A":
                open_coding.code_passage(made, source=source, start=8, stop=15, code="spricht")
                open_coding.code_passage(made, source=source, start=3, stop=7, code="spricht")
        yield made


def guid(project, name):
    return next(row.guid for row in codes.codes(project) if row.name == name)


def test_cases_without_a_passage_are_told_and_those_not_coded_are_not(project):
    found = case_figures(project, [guid(project, "spricht")])
    assert [case.name for case in found.coded] == ["A", "B"]
    assert [case.name for case in found.without] == ["B"]


def test_a_passage_under_several_of_the_codes_counts_once(project):
    found = case_figures(project, [guid(project, "spricht"), guid(project, "hier")])
    assert found.words(numbers=True) == "A 2 · B 1"


def test_hidden_figures_leave_the_names(project):
    assert case_figures(project, [guid(project, "hier")]).words(numbers=False) == "A, B"
