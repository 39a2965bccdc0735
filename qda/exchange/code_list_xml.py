"""Codes in OPML (outliners) and GraphML (yEd, Gephi): the tree, and what our own attributes tell."""

from textwrap import shorten
from typing import TYPE_CHECKING, Final

from qda.coding.code_tree_form import Entry, alike_name, read_guid, read_mark
from qda.exchange.code_list_table import Rows, ordered
from qda.exchange.xml_names import local
from qda.i18n import _

if TYPE_CHECKING:
    from lxml import etree

_LABELS: Final = ("label", "name", "description")
_LONGEST_LABEL: Final = 40  # of the labels that are drawn in a file of ours


def _facts(element: "etree._Element") -> dict[str, str]:
    """Attributes by their local names."""
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def of_opml(root: "etree._Element") -> Rows:
    """The outlines of an OPML file."""
    made = Rows([])
    body = next((one for one in root if local(one) == "body"), root)
    stack: list[tuple[etree._Element, int | None]] = [(one, None) for one in reversed(list(body))]
    while stack:
        element, above = stack.pop()
        if local(element) != "outline":
            continue
        facts = _facts(element)
        name = alike_name(facts.get("text") or facts.get("title") or "")
        place = above
        if name:
            guid = read_guid(facts.get("guid", ""))
            definition = facts.get("_note", "")
            colour = facts.get("colour") or facts.get("color")
            mark = read_mark(facts.get("mark", ""))
            made.entries.append(Entry(name, above, definition, colour if guid else None, guid, mark))
            place = len(made.entries) - 1
        stack += [(child, place) for child in reversed(list(element))]
    return made


def of_graphml(root: "etree._Element") -> Rows:
    """The nodes of a GraphML file, each under the one from which the first edge leads to it."""
    keys = {
        facts["id"]: facts.get("attr.name", "").casefold()
        for one in root.iter()
        if local(one) == "key" and "id" in (facts := _facts(one))
    }
    nodes: dict[str, Entry] = {}
    above: dict[str, str] = {}
    made = Rows([])
    for one in root.iter():
        if local(one) == "node":
            nodes[_facts(one).get("id", "")] = _node(one, keys)
    for one in root.iter():
        if local(one) != "edge":
            continue
        facts = _facts(one)
        source, target = facts.get("source", ""), facts.get("target", "")
        if source in nodes and target in nodes and source != target:
            if target in above:
                told = _("“{name}” stands under several; the first one counts.")
                made.told.append(told.format(name=nodes[target].name))
            else:
                above[target] = source
    names = [name for name, node in nodes.items() if node.name]
    places = {name: at for at, name in enumerate(names)}
    parents = [places.get(above.get(name, "")) for name in names]
    ready = ordered([nodes[name] for name in names], parents)
    return Rows(ready.entries, [*made.told, *ready.told])


def _node(element: "etree._Element", keys: dict[str, str]) -> Entry:
    data: dict[str, str] = {}
    drawn = ""
    for one in element:
        if local(one) != "data":
            continue
        name = keys.get(_facts(one).get("key", ""), "")
        if name:
            data[name] = "".join(str(part) for part in one.itertext())
        else:
            labels = (inner for inner in one.iter() if local(inner) == "NodeLabel")
            drawn = alike_name(next((inner.text or "" for inner in labels), "")) or drawn
    label = alike_name(next((data[name] for name in _LABELS if data.get(name, "").strip()), ""))
    told = shorten(label, _LONGEST_LABEL, placeholder="…") or label
    guid = read_guid(data.get("guid", ""))
    # Who writes another label in yEd changes what is drawn, not the datum.
    name = drawn if drawn and drawn != told else label
    definition = data.get("definition", "")
    colour = data.get("colour") if guid else None
    return Entry(
        name or _facts(element).get("id", ""), None, definition, colour, guid, read_mark(data.get("mark", ""))
    )
