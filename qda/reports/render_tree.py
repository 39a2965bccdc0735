"""The code tree for other programs: OPML for outliners, Mermaid for diagrams in text, GraphML for graphs.

Every node carries our GUID, so that a tree that comes back is recognised.
"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from qda.errors import KnownError
from qda.i18n import _
from qda.reports.model import Report, Tree, TreeNode, walk
from qda.reports.text import clean, colour, one_line

OPML_NAMESPACE: Final = "urn:qda:code-tree:1"
"""Namespace of our attributes (OPML 2.0 allows others' attributes in a namespace only)."""

_GRAPHML_KEYS: Final = (
    ("label", "string"),
    ("guid", "string"),
    ("definition", "string"),
    ("colour", "string"),
    ("count", "int"),
)


def trees(report: Report) -> tuple[Tree, ...]:
    """The trees of the report; KnownError if it has none."""
    found = tuple(block for block in walk(report.blocks) if isinstance(block, Tree))
    if not found:
        raise KnownError(_("This report has no code tree; choose docx, html or md."))
    return found


def render_opml(report: Report) -> bytes:
    """OPML 2.0: definitions in ``_note`` (as outliners show it), GUID, colour and count in our namespace."""
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
        for node in tree.nodes:
            lines += _outline(node, 1)
    lines += ["</body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8")


def _rfc822(report: Report) -> str:
    from email.utils import format_datetime

    assert report.created is not None
    return format_datetime(report.created)


def _outline(node: TreeNode, depth: int) -> Iterator[str]:
    pad = "  " * depth
    attributes = [f"text={_attribute(one_line(node.name))}", f"qda:guid={_attribute(node.guid)}"]
    if node.definition:
        attributes.append(f"_note={_attribute(node.definition)}")
    if node.colour:
        attributes.append(f"qda:colour={_attribute(node.colour)}")
    if node.counts:
        attributes.append(f'qda:count="{node.counts[0]}"')
    line = f"{pad}<outline {' '.join(attributes)}"
    if not node.children:
        yield f"{line}/>"
        return
    yield f"{line}>"
    for child in node.children:
        yield from _outline(child, depth + 1)
    yield f"{pad}</outline>"


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
    """The text with every sign that Mermaid or HTML could read as syntax as a numeric entity."""
    return (
        "".join(
            sign
            if sign.isalnum() or sign in " .,–—…„“”‚‘’!?()/+-=" or ord(sign) > 0x2FF
            else f"#{ord(sign)};"
            for sign in text
        )
        or " "
    )


def render_graphml(report: Report) -> bytes:
    """GraphML: a node a code with its facts, an edge from each code to its subcodes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for name, kind in _GRAPHML_KEYS:
        lines.append(f'<key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>')
    lines.append('<graph id="codes" edgedefault="directed">')
    edges = []
    number = 0
    for tree in trees(report):
        above: list[str] = []
        for depth, path in tree.walk():
            number += 1
            name = f"n{number}"
            lines.append(_graph_node(name, path[-1]))
            if depth:
                edges.append(f'<edge source="{above[depth - 1]}" target="{name}"/>')
            above[depth:] = [name]
    return "\n".join([*lines, *edges, "</graph>", "</graphml>", ""]).encode("utf-8")


def _graph_node(name: str, node: TreeNode) -> str:
    facts = {
        "label": one_line(node.name),
        "guid": one_line(node.guid),
        "definition": clean(node.definition),
        "colour": one_line(node.colour),
        "count": str(node.counts[0]) if node.counts else "",
    }
    data = "".join(f'<data key="{key}">{escape(text)}</data>' for key, text in facts.items() if text)
    return f'<node id="{name}">{data}</node>'
