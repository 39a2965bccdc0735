"""Characters of the picture fonts (Symbol, Wingdings) as the signs that a reader sees."""

from typing import Final

_WINGDINGS: Final = {
    **{0xE0: "→", 0xDF: "←", 0xE8: "➔", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0xFC: "✓", 0xFB: "✗"},
    **{0xA7: "▪", 0xB7: "•", 0xA8: "◻", 0xFE: "☑", 0x6C: "●", 0x6E: "■", 0xD8: "➢"},
}
_GREEK: Final = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL: Final = _GREEK | {0xAE: "→", 0xAC: "←", 0xB7: "•", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB9: "≠"}


def is_picture_font(font: str) -> bool:
    """True for a font whose letters are pictures."""
    return font.startswith(("Symbol", "Wingdings"))


def symbol(font: str, point: int) -> str:
    """The sign at ``point`` of ``font``; nothing where the point is none."""
    if not 0 < point <= 0xFFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    table = _SYMBOL if font.startswith("Symbol") else _WINGDINGS
    low = point - 0xF000 if 0xF000 <= point <= 0xF0FF else point
    return table.get(low, chr(point))
