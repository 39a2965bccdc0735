"""The second, independent coding of the demo study: it fits the texts, and what is said of it is true."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.models import Project
from tests.bench.agreement import Coded, first_coding, rows_of_table, second_coding, share, table

CONTRIBUTING = Path(__file__).parents[1] / "CONTRIBUTING.md"


@pytest.fixture(scope="module")
def project(german_demo: Path) -> Iterator[Project]:
    with Project.open(german_demo, read_only=True) as study:
        yield study


def test_every_passage_of_the_second_coding_stands_in_its_interview(project: Project) -> None:
    second = second_coding(project)
    assert {one.title for one in second} == {f"Interview {letter}" for letter in "ABCDEF"}
    assert len(second) > 500
    assert all(one.start < one.stop for one in second)


def test_the_second_coding_has_borders_of_its_own(project: Project) -> None:
    first = {(one.title, one.start, one.stop) for one in first_coding(project)}
    second = [(one.title, one.start, one.stop) for one in second_coding(project)]
    assert sum(place in first for place in second) < len(second) / 4


def test_it_is_no_step_of_the_study(project: Project) -> None:
    assert {one.title for one in first_coding(project, "second")} == set()


def test_the_table_in_the_documentation_is_what_comes_out(project: Project) -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8")
    for line in rows_of_table(table(first_coding(project), second_coding(project))):
        assert line in text


def test_agreement_is_an_overlap_with_the_same_code() -> None:
    def at(start: int, stop: int, code: str, title: str = "A") -> Coded:
        return Coded(title, start, stop, code, code[0])

    ours = [at(0, 10, "x1"), at(10, 20, "x1"), at(30, 40, "y1"), at(50, 60, "x1")]
    theirs = [at(9, 12, "x1"), at(40, 50, "y1"), at(30, 31, "y2"), at(50, 60, "x1", "B")]
    assert share(ours, theirs) == 0.5
    assert share(ours, theirs, by="category") == 0.75
    assert share([], theirs) == 0.0
