"""The code tree alone: its options, and one table for spreadsheets."""

import csv
import io

import pytest

from qda.coding.code_tree_form import PRINTED
from qda.errors import UsageError
from qda.figures.painting import PRINT
from qda.reports.model import Table, Tree, walk
from qda.reports.registry import build_report, render_bytes

from .small_study import build


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with build(tmp_path_factory.mktemp("tree") / "study.qdaproj") as project:
        yield project


def rows(study, **options) -> list[list[str]]:
    data = render_bytes(build_report("codetree", study, {"language": "en", **options}), "csv")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_csv_is_one_table_with_every_count(study):
    found = rows(study)
    assert found[0] == [
        *("Level 1", "Level 2", "Cases", "Documents", "Passages", "A", "B", "Interview A", "Interview B"),
        *("Definition", "Colour", "GUID", "As written"),
    ]
    assert {len(row) for row in found} == {len(found[0])}
    assert [row[:5] for row in found[1:3]] == [
        ["Anerkennung", "", "2", "2", "2"],
        ["", "Blumen statt Raum", "1", "1", "1"],
    ]


@pytest.mark.parametrize(
    ("option", "gone"),
    [
        ({"counts": "no"}, {"Cases", "Documents", "Passages", "A", "B", "Interview A", "Interview B"}),
        ({"definitions": "no"}, {"Definition"}),
        ({"colours": "no"}, {"Colour"}),
        ({"depth": "1"}, {"Level 2"}),
    ],
)
def test_an_option_takes_its_columns_away_and_no_others(study, option, gone):
    assert set(rows(study)[0]) - set(rows(study, **option)[0]) == gone


def test_the_depth_leaves_codes_out_and_says_so(study):
    text = render_bytes(build_report("codetree", study, {"language": "en", "depth": "1"}), "md").decode()
    assert "Blumen statt Raum" not in text
    assert "1 code of a deeper level is not shown; those above it count its passages." in text
    with pytest.raises(UsageError, match="deep"):
        build_report("codetree", study, {"depth": "deep"})


def test_definitions_keep_their_room_and_counts_by_case_get_pages_of_their_own(study):
    report = build_report("codetree", study, {"language": "en"})
    (tree,) = [block for block in walk(report.blocks) if isinstance(block, Tree)]
    tables = [block for block in walk(report.blocks) if isinstance(block, Table)]
    assert tree.on_pages is not None
    assert tree.on_pages + sum(len(table.columns) - 1 for table in tables) == len(tree.count_titles)
    assert all(table.page_only for table in tables)


def test_the_colours_that_are_read_are_those_that_are_printed():
    assert PRINT.codes == PRINTED
