"""Styles of an OpenDocument text: what a paragraph or a run looks like, and which are headings.

Automatic styles (of the text) and named ones inherit alike; the nearest that says anything counts. As in Word
files the look of a heading's style is the heading's and counts for nothing here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.exchange.blocks import Look, heading_level, is_quote_name, outline_level
from qda.exchange.xml_names import attribute, child, local

if TYPE_CHECKING:
    from lxml import etree

_ESCAPED: Final = re.compile(r"_([0-9a-f]{1,4})_")
_LENGTH: Final = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|pc)")
_UNITS: Final = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6}
_BOLD: Final = frozenset(("bold", "600", "700", "800", "900"))
_CONTAINERS: Final = frozenset(("automatic-styles", "styles"))


@dataclass(slots=True)
class _Own:
    sets: dict[str, bool]
    parent: str
    heading: int
    quote: bool
    margin: float | None


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style sets, its ancestors included; what it leaves open is missing from ``sets``.

    ``quote``: by its name it is one of quotations. ``margin`` is the left margin of all lines in centimetres.
    """

    sets: dict[str, bool] = field(default_factory=dict)
    heading: int = 0
    quote: bool = False
    margin: float = 0.0

    def over(self, below: "OdtStyle") -> "OdtStyle":
        """This style on a run of something that has the style ``below``."""
        return OdtStyle({**below.sets, **self.sets}, below.heading) if self.sets else below

    @property
    def look(self) -> Look:
        """Bold, italic and underline."""
        get = self.sets.get
        return Look(get("bold", False), get("italic", False), get("underline", False))

    @property
    def picture_font(self) -> str:
        """The font for letters of the private area, which are pictures."""
        return "Symbol" if self.sets.get("symbol", False) else "Wingdings"

    @property
    def hidden(self) -> bool:
        """True where the text is not shown."""
        return self.sets.get("hidden", False)


class OdtStyles:
    """The styles under the roots of a file, for paragraphs and for runs."""

    def __init__(self, roots: "Iterable[etree._Element]") -> None:
        self._own: dict[tuple[str, str], _Own] = {}
        self._known: dict[tuple[str, str], OdtStyle] = {}
        for root in roots:
            for container in root:
                if local(container) in _CONTAINERS:
                    for element in container:
                        self._add(element)

    def get(self, family: str, name: str) -> OdtStyle:
        """The style ``name`` for ``family`` (paragraph or text)."""
        key = (family, name)
        if key not in self._known:
            self._known[key] = self._inherited(family, name)
        return self._known[key]

    def _add(self, element: "etree._Element") -> None:
        kind = local(element)
        if kind not in ("style", "default-style"):
            return
        family = attribute(element, "family")
        name = attribute(element, "name") if kind == "style" else ""
        properties = child(element, "text-properties")
        sets = {} if properties is None else _sets(properties)
        own = _Own(
            sets,
            attribute(element, "parent-style-name"),
            _heading(element, name),
            is_quote_name(_shown(element, name)),
            _margin(child(element, "paragraph-properties")),
        )
        self._own.setdefault((family, name), own)

    def _inherited(self, family: str, name: str) -> OdtStyle:
        sets: dict[str, bool] = {}
        heading, seen = 0, set[str]()
        quote, margin = False, None
        key = name
        while key and (family, key) in self._own and key not in seen:
            seen.add(key)
            own = self._own[family, key]
            sets = {**own.sets, **sets}
            heading, quote = heading or own.heading, quote or own.quote
            margin = own.margin if margin is None else margin
            key = own.parent
        if family == "paragraph" and (family, "") in self._own:
            sets = {**self._own[family, ""].sets, **sets}
        if heading:
            sets = {kind: on for kind, on in sets.items() if kind == "hidden"}
        return OdtStyle(sets, heading, quote, margin or 0.0)


def _shown(element: "etree._Element", name: str) -> str:
    """A style's name as people read it."""
    return attribute(element, "display-name") or _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)


def _margin(properties: "etree._Element | None") -> float | None:
    if properties is None:
        return None
    left = _LENGTH.fullmatch(attribute(properties, "margin-left"))
    if left is None:
        return None
    first = _LENGTH.fullmatch(attribute(properties, "text-indent"))
    hanging = min(_centimetres(first), 0.0) if first is not None else 0.0
    return _centimetres(left) + hanging


def _centimetres(length: re.Match[str]) -> float:
    return float(length[1]) * _UNITS[length[2]]


def _heading(element: "etree._Element", name: str) -> int:
    level = attribute(element, "default-outline-level")
    if level in set("123456789"):
        return outline_level(int(level))
    return heading_level(_shown(element, name))


def _sets(properties: "etree._Element") -> dict[str, bool]:
    sets: dict[str, bool] = {}
    for key, written in properties.attrib.items():
        value = str(written)
        name = str(key).rpartition("}")[2]
        if name == "font-weight":
            sets["bold"] = value in _BOLD
        elif name == "font-style":
            sets["italic"] = value in ("italic", "oblique")
        elif name == "text-underline-style":
            sets["underline"] = value != "none"
        elif name == "font-name":
            sets["symbol"] = value.startswith("Symbol")
        elif name == "display":
            sets["hidden"] = value == "none"
    return sets
