"""Counting all codings at once gives what counting them one by one gives."""

import random

import pytest

from qda.coding import cases, codebook, codes, documents, material, open_coding, partial
from qda.coding.tallies import tally
from qda.models import Project
from qda.reports.study_counts import Counts


@pytest.fixture
def project(tmp_path):
    dice = random.Random(4)
    with Project.create(tmp_path / "study.qdaproj", title="Probe", coder="MK") as made:
        guids = [codebook.add_code(made, name="Kode 0")]
        for number in range(1, 9):
            above = dice.choice([None, *guids])
            guids.append(codebook.add_code(made, name=f"Kode {number}", parent=above))
        for number in range(3):
            text = f"B: {'Wort ' * 40}Ende."
            source = documents.add_document(made, title=f"Interview {number}", text=text, kind="interview")
            if number < 2:
                documents.set_source_case(made, source=source, case=cases.add_case(made, name="AB"[number]))
            for _each in range(15):
                start = 3 + 5 * dice.randrange(30)
                open_coding.code_passage(
                    made, source=source, start=start, stop=start + 5, code=dice.choice(guids)
                )
        yield made


def test_passages_by_code_and_case_agree_with_the_count_of_reports(project):
    rows = codes.codes(project)
    known = material.cases(project)
    slow = Counts.of_places(
        tuple(rows), partial.coded_places(project), cases=known, sources=material.sources(project)
    )
    fast = tally(project, [row.guid for row in known])
    assert {row.guid: fast.passages(row.guid) for row in rows} == {
        row.guid: slow.passages(row.guid) for row in rows
    }
    for row in rows:
        assert fast.by_case_text(row.guid) == slow.by_case_text(row.guid)
    assert sum(fast.total.values()) > 0


def test_a_study_without_codings_counts_none(tmp_path):
    with Project.create(tmp_path / "empty.qdaproj", title="Leer", coder="MK") as made:
        code = codebook.add_code(made, name="Kode")
        assert tally(made, []).passages(code) == 0
