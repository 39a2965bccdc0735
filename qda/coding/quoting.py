"""Quotation marks by the language; quotations inside a quotation alternate."""

from typing import Final

from qda.i18n import Language

_MARKS: Final[dict[Language, tuple[tuple[str, str], tuple[str, str]]]] = {
    "de": (("„", "“"), ("‚", "‘")),
    "en": (("“", "”"), ("‘", "’")),
}
_DOUBLE: Final = frozenset('„“”"‟«»')
_OPENS_BEFORE: Final = frozenset("([{–—-/„“‚‘«‹…")


def quoted(text: str, language: Language) -> str:
    """``text`` in quotation marks, „…“ in German and “…” in English.

    Marks inside ``text`` become the inner ones („… ‚…‘ …“), those inside them the outer ones again.
    Apostrophes stay. A mark without its partner is kept as an inner mark.
    """
    pairs = _MARKS[language]
    out = [pairs[0][0]]
    open_marks: list[str] = []
    for index, sign in enumerate(text):
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        role = _role(sign, before, after, open_marks)
        if role == "open":
            open_marks.append(sign)
            out.append(pairs[len(open_marks) % 2][0])
        elif role == "close":
            out.append(pairs[max(len(open_marks), 1) % 2][1])
            if open_marks:
                open_marks.pop()
        else:
            out.append(sign)
    out.append(pairs[0][1])
    return "".join(out)


def _role(sign: str, before: str, after: str, open_marks: list[str]) -> str:
    """Whether the sign opens or closes a quotation, or is a letter of the text ("")."""
    opening_place = (not before or before.isspace() or before in _OPENS_BEFORE) and not (
        not after or after.isspace()
    )
    if sign in "„‚":
        return "open"
    if sign in _DOUBLE:
        return "open" if opening_place else "close"
    inside_single = bool(open_marks) and open_marks[-1] in "‚‘‹›"
    if sign == "‘":
        if inside_single and not opening_place:
            return "close"
        return "open" if opening_place else ""
    if sign == "’":
        return "close" if inside_single and not after[:1].isalnum() else ""
    if sign in "‹›":
        return "open" if opening_place else "close"
    return ""
