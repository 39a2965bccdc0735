"""The code tree as OPML, Mermaid and GraphML."""

import re

import pytest
from lxml import etree

from qda.coding.code_tree_form import checksum, read_mark
from qda.errors import KnownError
from qda.reports.model import Report, Tree, TreeNode, paragraph
from qda.reports.registry import render_bytes
from qda.reports.render_tree import OPML_NAMESPACE, render_graphml, render_mermaid, render_opml
from qda.reports.sheets import sheets
from qda.reports.text import clean

from .samples import HOSTILE


def test_opml_holds_names_definitions_counts_and_guids_in_their_tree(hostile_report):
    root = etree.fromstring(render_opml(hostile_report))
    assert root.get("version") == "2.0"
    top = root.findall("body/outline")
    assert [one.get("text") for one in top] == [" ".join(clean(name).split()) for name in HOSTILE]
    assert [one.get("_note") for one in top] == [clean(name) for name in HOSTILE]
    assert [one.get(f"{{{OPML_NAMESPACE}}}guid") for one in top] == [f"guid-{n}" for n in range(len(HOSTILE))]
    assert [one.get(f"{{{OPML_NAMESPACE}}}count") for one in top] == [str(n) for n in range(len(HOSTILE))]
    assert all([child.get("text") for child in one] == ["Kind"] for one in top)


def test_mermaid_labels_hold_no_syntax(hostile_report):
    lines = render_mermaid(hostile_report).decode().splitlines()
    assert lines[0] == "graph LR"
    allowed = re.compile(
        r'^  (%% [\w-]+|(n\d+ --> )?n\d+\["[^"<>`%{}\[\]|\\;]*(#\d+;[^"<>`%{}\[\]|\\;]*)*"\]|style n\d+ .*)$'
    )
    assert [line for line in lines[1:] if not allowed.match(line)] == []
    assert '  n1["=1+1 (0)"]' in lines
    assert '  n1 --> n2["Kind"]' in lines


def test_graphml_has_an_edge_for_every_child(hostile_report):
    root = etree.fromstring(render_graphml(hostile_report))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = root.xpath("//g:node/@id", namespaces=space)
    edges = root.xpath("//g:edge", namespaces=space)
    assert len(nodes) == 2 * len(HOSTILE)
    assert [(one.get("source"), one.get("target")) for one in edges][:2] == [("n1", "n2"), ("n3", "n4")]


def test_two_codes_of_one_name_are_two_nodes():
    twin = TreeNode("same", "g", children=(TreeNode("x", "h"),))
    lines = render_mermaid(Report("T", "en", (Tree((twin, twin)),))).decode().splitlines()
    assert '  n1 --> n2["x"]' in lines
    assert '  n3 --> n4["x"]' in lines


@pytest.mark.parametrize("renderer", [render_opml, render_mermaid, render_graphml])
def test_a_report_without_a_tree_cannot_be_one(renderer):
    with pytest.raises(KnownError, match="no code tree"):
        renderer(Report("T", "en", (paragraph("x"),)))


def test_a_name_that_begins_like_a_list_is_no_list_in_mermaid():
    nodes = tuple(TreeNode(name, name) for name in ("1. Ort", "12) Zeit", "- Weg", "3 Ziele", "a. b"))
    lines = render_mermaid(Report("T", "en", (Tree(nodes),))).decode().splitlines()
    labels = [line.split('"')[1] for line in lines if '"' in line]
    assert labels == ["1#46; Ort", "12#41; Zeit", "#45; Weg", "3 Ziele", "a. b"]


def returning(**more) -> Report:
    below = TreeNode("Lob", "b", (1, 1, 3), "Wie gedankt\nwird.", "#24588A")
    nodes = (TreeNode("Anerkennung", "a", (2, 2, 5), "", "#24588A", children=(below,)),)
    titles = ("Fälle", "Dokumente", "Stellen")
    keys = ("cases", "documents", "passages")
    return Report("T", "en", (Tree(nodes, "", titles, count_keys=keys, returning=True, **more),))


def test_a_tree_that_is_to_come_back_carries_guids_and_marks_everywhere():
    report = returning(on_pages=1)
    (sheet,) = sheets(report)
    assert [column.title for column in sheet.columns] == [
        *(
            "Level 1",
            "Level 2",
            "Fälle",
            "Dokumente",
            "Stellen",
            "Definition",
            "Colour",
            "GUID",
            "As written",
        ),
    ]
    assert [row[7] for row in sheet.rows] == ["a", "b"]
    marks = [read_mark(row[8]) for row in sheet.rows]
    assert [mark.place for mark in marks] == [0, 1]
    assert marks[1].above == checksum("a")
    assert marks[1].definition == checksum("Wie gedankt\r\nwird. ")
    text = render_bytes(report, "md").decode()
    assert "| Code | Fälle | Definition | GUID |" in text
    assert "| &emsp;Lob | 1 | Wie gedankt<br>wird. | b |" in text
    assert "GUID" not in render_bytes(report, "html").decode()
    inner = etree.fromstring(render_opml(report)).find("body/outline/outline")
    names = ("guid", "cases", "documents", "passages", "mark")
    assert [inner.get(f"{{{OPML_NAMESPACE}}}{name}") for name in names] == [
        *("b", "1", "1", "3", marks[1].written()),
    ]


def test_graphml_is_typed_and_drawn_for_yed():
    root = etree.fromstring(render_graphml(returning()))
    space = {"g": "http://graphml.graphdrawing.org/xmlns", "y": "http://www.yworks.com/xml/graphml"}
    types = {one.get("id"): one.get("attr.type") for one in root.findall("g:key", space)}
    assert (types["label"], types["passages"], types["drawn"]) == ("string", "int", None)
    drawn = root.findall("g:graph/g:node/g:data/y:ShapeNode", space)
    assert [one.find("y:NodeLabel", space).text for one in drawn] == ["Anerkennung", "Lob"]
    places = {
        (one.find("y:Geometry", space).get("x"), one.find("y:Geometry", space).get("y")) for one in drawn
    }
    assert len(places) == 2
    assert {one.get("key") for one in root.iter("{*}data")} <= types.keys()
