"""The code tree as OPML, Mermaid and GraphML."""

import re

import pytest
from lxml import etree

from qda.errors import KnownError
from qda.reports.model import Report, Tree, TreeNode, paragraph
from qda.reports.render_tree import OPML_NAMESPACE, render_graphml, render_mermaid, render_opml
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
