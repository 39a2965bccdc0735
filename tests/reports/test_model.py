"""The model, its numbering, and texts on their way out."""

from datetime import date

from qda.reports.model import (
    Figure,
    Report,
    Run,
    Section,
    Table,
    Tree,
    TreeNode,
    cell,
    paragraph,
    paragraphs,
    placeholder,
    placeholders,
    reference,
)
from qda.reports.numbering import place
from qda.reports.text import by_direction, clean, date_text, number_text, runs_right_to_left
from qda.reports.trees import as_sheet, as_table


def test_sections_are_numbered_by_nesting_and_small_headings_are_not():
    inner = Section("Deep", (Section("Deeper", (Section("Deepest"),)),))
    report = Report("T", "en", (Section("A", (Section("x", numbered=False), inner)), Section("B")))
    numbers = [(one.block.title, one.number, one.in_contents) for one in place(report).placed]
    assert numbers == [
        ("A", "1", True),
        ("x", "", False),
        ("Deep", "1.1", True),
        ("Deeper", "1.1.1", True),
        ("Deepest", "", False),
        ("B", "2", True),
    ]


def test_a_reference_shows_the_label_of_its_target_or_its_own_name_if_there_is_none():
    report = Report(
        "T",
        "en",
        (
            Section("A", (Table((), (), "first"), Table((), (), "", "bare")), anchor="a"),
            Table((), (), "second", "t"),
            Figure("f", "alt", b"", anchor="f"),
        ),
    )
    layout = place(report)
    shown = [layout.text(reference(anchor)) for anchor in ("a", "t", "f", "gone")]
    assert shown == ["Section 1", "Table 2", "Figure 1", "gone"]
    assert layout.target(reference("bare")) is None
    assert layout.text(reference("t", "there")) == "there"


def test_placeholders_are_counted_wherever_they_stand():
    table = Table((), ((cell("filled", placeholder("x")),),))
    report = Report(
        "T", "de", (Section("A", (paragraph("a", placeholder("b")), table)), paragraph(placeholder("c")))
    )
    assert placeholders(report) == 3
    assert placeholder("b") == Run("[b]", placeholder=True)


def test_a_text_of_lines_becomes_paragraphs():
    assert [one.runs[0].text for one in paragraphs("a\n\n b\nc")] == ["a", " b", "c"]


def test_a_tree_is_walked_in_reading_order_with_depth():
    tree = Tree((TreeNode("a", "1", children=(TreeNode("b", "2"),)), TreeNode("c", "3")))
    assert [(depth, path[-1].name) for depth, path in tree.walk()] == [(0, "a"), (1, "b"), (0, "c")]


def test_a_tree_for_spreadsheets_has_a_column_for_each_level():
    tree = Tree(
        (TreeNode("a", "1", (4,), "def", children=(TreeNode("b", "2", (3,)),)),), count_titles=("All",)
    )
    rows = [tuple(one.text for one in row) for row in as_sheet(tree, "en").rows]
    assert rows == [("a", "", "4", "def", "", "1"), ("", "b", "3", "", "", "2")]
    assert [column.title for column in as_table(tree, "en").columns] == ["Code", "All", "Definition"]


def test_characters_that_no_format_holds_are_replaced_and_line_ends_unified():
    assert clean("a\x00b\ud800\r\nc\rd\te🙂\ufffe") == "a\ufffdb\ufffd\nc\nd\te🙂\ufffd"


def test_direction_is_told_by_the_first_letter_and_stretches_are_kept_whole():
    assert runs_right_to_left("1. שלום")
    assert not runs_right_to_left("Wort שלום")
    assert by_direction("Wort שלום, עולם Ende") == [("Wort ", False), ("שלום, עולם", True), (" Ende", False)]


def test_figures_and_dates_are_written_as_in_the_language():
    assert number_text(12345, "de") == "12.345"
    assert number_text(1234, "de") == "1234"
    assert number_text(-0.5, "de") == "−0,50"
    assert number_text(0.471, "en") == "0.47"
    assert date_text(date(2026, 3, 14), "en") == "14 March 2026"
