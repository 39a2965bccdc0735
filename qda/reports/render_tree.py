"""The code tree for other programs: OPML for outliners, Mermaid for diagrams in text, GraphML for graphs.

Every node carries our GUID and, in OPML and GraphML, what it was when the tree was written
(:mod:`qda.coding.code_tree_form`), so that a tree that comes back is recognised.
"""

import re
from collections.abc import Iterator
from textwrap import shorten
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from qda.errors import KnownError
from qda.i18n import _
from qda.reports.model import Report, Tree, TreeNode, walk
from qda.reports.text import clean, colour, one_line
from qda.reports.trees import marks_of

OPML_NAMESPACE: Final = "urn:qda:code-tree:1"
"""Namespace of our attributes (OPML 2.0 allows others' attributes in a namespace only)."""

_GRAPHML_KEYS: Final = (
    ("label", "string"),
    ("guid", "string"),
    ("definition", "string"),
    ("colour", "string"),
    ("mark", "string"),
)
_COUNT: Final = "count"  # where the tree does not say what its first count is
_STEP: Final = (300, 44)  # from level to level and from code to code, in yEd's points
_BOX: Final = (260, 32)
_LONGEST_LABEL: Final = 40
_BEGINS_LIKE_MARKDOWN: Final = re.compile(r"(\d+)?([.)+\-])")


def trees(report: Report) -> tuple[Tree, ...]:
    """The trees of the report; KnownError if it has none."""
    found = tuple(block for block in walk(report.blocks) if isinstance(block, Tree))
    if not found:
        raise KnownError(_("This report has no code tree; choose docx, html or md."))
    return found


def _marks(tree: Tree) -> list[str]:
    return [mark.written() for mark in marks_of(tree)] if tree.returning else [""] * len(list(tree.walk()))


def _counts(tree: Tree, node: TreeNode) -> list[tuple[str, int]]:
    """The counts of a code with their names for programs."""
    return list(zip(tree.count_keys or (_COUNT,), node.counts, strict=False))


def render_opml(report: Report) -> bytes:
    """OPML 2.0: definitions in ``_note`` (as outliners show it), GUID, colour and counts in our namespace."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:qda="{OPML_NAMESPACE}">',
        "<head>",
        f"<title>{escape(one_line(report.title))}</title>",
    ]
    if report.created:
        lines.append(f"<dateCreated>{_rfc822(report)}</dateCreated>")
    if report.author:
        lines.append(f"<ownerName>{escape(one_line(report.author))}</ownerName>")
    lines += ["</head>", "<body>"]
    for tree in trees(report):
        lines += _outlines(tree)
    lines += ["</body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8")


def _rfc822(report: Report) -> str:
    from email.utils import format_datetime

    assert report.created is not None
    return format_datetime(report.created)


def _outlines(tree: Tree) -> Iterator[str]:
    open_: list[str] = []
    for (depth, path), mark in zip(tree.walk(), _marks(tree), strict=True):
        while len(open_) > depth:
            yield open_.pop()
        node, pad = path[-1], "  " * (depth + 1)
        line = f"{pad}<outline {' '.join(_attributes(tree, node, mark))}"
        if node.children:
            open_.append(f"{pad}</outline>")
        yield f"{line}>" if node.children else f"{line}/>"
    yield from reversed(open_)


def _attributes(tree: Tree, node: TreeNode, mark: str) -> Iterator[str]:
    yield f"text={_attribute(one_line(node.name))}"
    yield f"qda:guid={_attribute(node.guid)}"
    if node.definition:
        yield f"_note={_attribute(node.definition)}"
    if node.colour:
        yield f"qda:colour={_attribute(node.colour)}"
    for key, count in _counts(tree, node):
        yield f'qda:{key}="{count}"'
    if mark:
        yield f"qda:mark={_attribute(mark)}"


def _attribute(text: str) -> str:
    """A quoted attribute; line feeds and tabs survive reading."""
    return quoteattr(clean(text))


def render_mermaid(report: Report) -> bytes:
    """A Mermaid flowchart from left to right; labels are written so that no sign of theirs is syntax."""
    lines = ["graph LR"]
    styles: list[str] = []
    number = 0
    for tree in trees(report):
        above: list[str] = []
        for depth, path in tree.walk():
            number += 1
            node, name = path[-1], f"n{number}"
            count = f" ({node.counts[0]})" if node.counts else ""
            parent = f"{above[depth - 1]} --> " if depth else ""
            above[depth:] = [name]
            lines.append(f"  %% {one_line(node.guid).replace('%', '').replace('{', '')}")
            lines.append(f'  {parent}{name}["{_mermaid(one_line(node.name))}{count}"]')
            if tint := colour(node.colour):
                styles.append(f"  style {name} stroke:#{tint.lower()},stroke-width:2px")
    return "\n".join([*lines, *styles, ""]).encode("utf-8")


def _mermaid(text: str) -> str:
    """The text with every sign that Mermaid, HTML or Markdown could read as syntax as a numeric entity."""
    begins = _BEGINS_LIKE_MARKDOWN.match(text)  # "1. Name" would be a list there, and no label
    at = begins.start(2) if begins else -1
    return (
        "".join(
            sign
            if (sign.isalnum() or sign in " .,–—…„“”‚‘’!?()/+-=" or ord(sign) > 0x2FF) and index != at
            else f"#{ord(sign)};"
            for index, sign in enumerate(text)
        )
        or " "
    )


def render_graphml(report: Report) -> bytes:
    """GraphML: a node a code with its facts, an edge from each code to its subcodes.

    For yEd every node has its label, colour and a place, so that the tree is readable before it is laid out.
    """
    every = trees(report)
    counts = dict.fromkeys(key for tree in every for key in tree.count_keys or (_COUNT,))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">',
        '<key id="drawn" for="node" yfiles.type="nodegraphics"/>',
    ]
    for name, kind in (*_GRAPHML_KEYS, *((key, "int") for key in counts)):
        lines.append(f'<key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>')
    lines.append('<graph id="codes" edgedefault="directed">')
    edges = []
    number = 0
    for tree in every:
        above: list[str] = []
        for (depth, path), mark in zip(tree.walk(), _marks(tree), strict=True):
            number += 1
            name = f"n{number}"
            lines.append(_graph_node(name, tree, path[-1], mark, (depth, number)))
            if depth:
                edges.append(f'<edge id="e{number}" source="{above[depth - 1]}" target="{name}"/>')
            above[depth:] = [name]
    return "\n".join([*lines, *edges, "</graph>", "</graphml>", ""]).encode("utf-8")


def _graph_node(name: str, tree: Tree, node: TreeNode, mark: str, at: tuple[int, int]) -> str:
    facts = {
        "label": one_line(node.name),
        "guid": one_line(node.guid),
        "definition": clean(node.definition),
        "colour": one_line(node.colour),
        "mark": mark,
    }
    facts |= {key: str(count) for key, count in _counts(tree, node)}
    data = "".join(f'<data key="{key}">{escape(text)}</data>' for key, text in facts.items() if text)
    return f'<node id="{name}">{data}{_drawn(node, at)}</node>'


def _drawn(node: TreeNode, at: tuple[int, int]) -> str:
    """The node as yEd shows it."""
    x, y = (place * step for place, step in zip(at, _STEP, strict=True))
    label = shorten(one_line(node.name), _LONGEST_LABEL, placeholder="…") or one_line(node.name)
    edge = colour(node.colour) or "77777A"
    return (
        f'<data key="drawn"><y:ShapeNode><y:Geometry x="{x}" y="{y}" width="{_BOX[0]}" height="{_BOX[1]}"/>'
        f'<y:Fill color="#FFFFFF"/><y:BorderStyle type="line" width="2" color="#{edge}"/>'
        f'<y:NodeLabel>{escape(label)}</y:NodeLabel><y:Shape type="roundrectangle"/></y:ShapeNode></data>'
    )
