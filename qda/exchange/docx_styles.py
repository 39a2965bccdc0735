"""Styles of a Word file: what a run looks like after everything that Word lets have a say in it.

Bold, italic and hidden are switches: set in the paragraph's style and again in the run's, they cancel each
other out. A style follows its nearest ancestor that says anything. The look of a heading's style is the
heading's and no speaker's, so it counts for nothing here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.exchange.blocks import PLAIN, Look, heading_level, is_quote_name
from qda.exchange.xml_names import attribute, child, local

if TYPE_CHECKING:
    from lxml import etree

_NUMBER: Final = re.compile(r"-?\d{1,9}")
_OFF: Final = frozenset(("0", "false", "off", "none"))
_SWITCHES: Final = {"b": "bold", "i": "italic", "vanish": "hidden", "u": "underline"}
_NOTHING: Final[Mapping[str, bool]] = {}


@dataclass(frozen=True, slots=True)
class Style:
    """What a style sets, its ancestors included; what it leaves open is missing from ``sets``.

    ``quote``: by its name it is one of quotations. ``margin`` is the left margin of all its lines, in
    twentieths of a point, none where it leaves that open; lists have none.
    """

    sets: Mapping[str, bool] = field(default_factory=dict)
    heading: int = 0
    quote: bool = False
    margin: int | None = None


NO_STYLE: Final = Style()


class Styles:
    """All styles of a file, by their ids."""

    def __init__(self, root: "etree._Element | None" = None) -> None:
        self._own: dict[str, tuple[Style, str]] = {}
        self._known: dict[str, Style] = {}
        self._usual = ""
        for element in () if root is None else root:
            if local(element) == "style":
                self._add(element)

    def get(self, key: str) -> Style:
        """The style ``key``, with all that it inherits."""
        if key not in self._known:
            self._known[key] = self._inherited(key)
        return self._known[key]

    def paragraph(self, key: str) -> Style:
        """The style of a paragraph; without ``key`` that of all plain paragraphs."""
        return self.get(key or self._usual)

    def run(self, style: Style, properties: "etree._Element | None") -> tuple[Look, bool]:
        """Look of a run in a paragraph of ``style``, and whether it is hidden."""
        if properties is None and not style.sets:
            return PLAIN, False
        mine = _NOTHING if properties is None else _sets(properties)
        named = _NOTHING if properties is None else self.get(value(child(properties, "rStyle"))).sets
        below = style.sets

        def switched(name: str) -> bool:
            return mine.get(name, below.get(name, False) != named.get(name, False))

        line = mine.get("underline", named.get("underline", below.get("underline", False)))
        return Look(switched("bold"), switched("italic"), line), switched("hidden")

    def _add(self, element: "etree._Element") -> None:
        runs, name = child(element, "rPr"), value(child(element, "name"))
        style = Style(
            _NOTHING if runs is None else _sets(runs),
            heading_level(name),
            is_quote_name(name),
            margin_of(child(element, "pPr")),
        )
        key = attribute(element, "styleId")
        self._own[key] = (style, value(child(element, "basedOn")))
        usual = attribute(element, "default").lower()
        if attribute(element, "type") == "paragraph" and usual and usual not in _OFF:
            self._usual = key

    def _inherited(self, key: str) -> Style:
        sets: dict[str, bool] = {}
        heading, seen = 0, set[str]()
        quote, margin = False, None
        while key in self._own and key not in seen:
            seen.add(key)
            style, key = self._own[key]
            sets = {**style.sets, **sets}
            heading, quote = heading or style.heading, quote or style.quote
            margin = style.margin if margin is None else margin
        if heading:
            sets = {name: on for name, on in sets.items() if name == "hidden"}
        return Style(sets, heading, quote, margin)


def margin_of(properties: "etree._Element | None") -> int | None:
    """The left margin of all lines that a paragraph's properties set, in twentieths of a point."""
    if properties is None:
        return None
    if child(properties, "numPr") is not None:
        return 0
    indent = child(properties, "ind")
    if indent is None:
        return None
    written = attribute(indent, "left") or attribute(indent, "start")
    hanging = attribute(indent, "hanging")
    if not _NUMBER.fullmatch(written):
        return None
    return int(written) - (int(hanging) if _NUMBER.fullmatch(hanging) else 0)


def value(element: "etree._Element | None") -> str:
    """The ``val`` of an element that may be missing."""
    return "" if element is None else attribute(element, "val")


def _sets(properties: "etree._Element") -> dict[str, bool]:
    sets: dict[str, bool] = {}
    for element in properties:
        name = _SWITCHES.get(local(element))
        if name is not None:
            sets.setdefault(name, value(element).lower() not in _OFF)
    return sets
