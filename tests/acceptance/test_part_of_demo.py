"""The demo study narrowed to one interview: no report has a word of the others, but what memos quote."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from qda.coding import codes, material, memo_queries
from qda.errors import UsageError
from qda.models import Project
from qda.reports.registry import build_report, render_bytes, report_kind, reports

ONE = "Interview A"
LONG = 40  # characters that nobody says twice
OTHERS = ("Interview B", "Interview C", "Interview D", "Interview E", "Interview F", "Fokusgruppe G")
_MARKS = re.compile(r"[^\w ]+")


@dataclass(frozen=True)
class Said:
    """What is said in the other documents, and what the author wrote."""

    passages: tuple[str, ...]
    written: str


def plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())


@pytest.fixture(scope="module")
def said(german_demo: Path) -> Said:
    with Project.open(german_demo, read_only=True) as project:
        others = (one.text for one in material.segments(project) if one.title != ONE)
        found = (plain(text) for text in others)
        memos = (f"{memo.title} {memo.body}" for memo in memo_queries.memos(project))
        sheets = (f"{c.definition} {c.delimitation} {c.anchor} {c.rule}" for c in codes.codes(project))
        written = plain(" ".join((*memos, *sheets)))
    return Said(tuple(one for one in found if len(one) > LONG and one not in written), written)


@pytest.mark.parametrize("name", [kind.name for kind in reports()])
def test_a_report_of_one_interview_has_no_passage_of_another(
    german_demo: Path, said: Said, name: str
) -> None:
    known = {option.name: option for option in report_kind(name).options}
    options = {"language": "de", "documents": ONE, "case": "A", "source": ONE, "passage": "4-8"}
    asked = {key: value for key, value in options.items() if key in known}
    if name == "typology":
        with Project.open(german_demo, read_only=True) as project:
            axes = [row.guid for row in codes.properties(project)]
        asked |= {"rows": axes[0], "columns": axes[1]}
    try:
        report = build_report(name, german_demo, asked)
    except UsageError as problem:  # a report that must be told more than is known here
        pytest.skip(problem.sentence)
    text = render_bytes(report, "md").decode().replace("\\", "")
    words = plain(text)
    assert [one for one in said.passages if one in words] == []
    assert [title for title in OTHERS if title in text and title not in said.written] == []
    assert any(ONE in line for line in report.facts)
