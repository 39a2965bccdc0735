"""A finished text as it is checked: its paragraphs in the order of reading."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """One paragraph. ``level`` is a heading's (0: none).

    ``note`` is true for a footnote or endnote: it stands after the paragraph that refers to it, and both have
    its mark, "[3]". ``set_in``: it stands apart as long quotations do. ``page``: 0 where it is not known.
    """

    text: str
    level: int = 0
    note: bool = False
    set_in: bool = False
    page: int = 0
