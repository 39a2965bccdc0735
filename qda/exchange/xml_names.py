"""Elements and attributes by their local names: name spaces differ between versions and writers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def local(element: "etree._Element") -> str:
    """The element's name without name space; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: "etree._Element", name: str) -> "etree._Element | None":
    """The first child of that name."""
    return next((below for below in element if local(below) == name), None)


def attribute(element: "etree._Element", name: str) -> str:
    """The attribute's value, empty where it is missing."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
