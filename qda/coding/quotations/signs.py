"""Signs of a finished text: what is made alike before anything else, and quotations by their marks."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_BLANKS: Final = re.compile(r"[^\S\n\t ]")
_CLOSES: Final[dict[str, str]] = {
    **{"„": '“”"', "“": '”"“', "”": "”", '"': '"”“', "»": "«", "«": "»"},
    **{"‚": "‘’'", "‘": "’‘'", "'": "'’", "‹": "›", "›": "‹"},
}
_AS_ONE: Final = {",,": "„", "‚‚": "„", "''": "”", "’’": "”", "‘‘": "“", "``": "“", "´´": "”"}
_TYPED: Final = re.compile(r"(?:,,|‚‚)(?=\w)|''|’’|‘‘|``|´´")
_SINGLE: Final = frozenset("‚‘'‹›")
_BEFORE: Final = frozenset("([{–—-/„“‚‘«»‹›\"'…:")
_FAR: Final = 6  # paragraphs over which a quotation may go
_LONG: Final = 6000  # characters of one


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation from its opening mark in paragraph ``first`` to its closing one in ``last``.

    ``start`` is the place of the opening mark, ``stop`` the place behind the closing one, -1 where it is
    never closed; ``text`` is what stands between, a line for each paragraph.
    """

    first: int
    start: int
    last: int
    stop: int
    text: str


def plain(text: str) -> str:
    """``text`` composed, without invisible signs, with ordinary blanks; marks of two signs are one."""
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _TYPED.sub(lambda found: _AS_ONE[found[0]], text)


def quotations(texts: Sequence[str], *, across: bool = True) -> list[Quoted]:
    """Quotations in marks, the outermost of nested ones; ``across``: also over several paragraphs."""
    found: list[Quoted] = []
    at, begin = 0, 0
    while at < len(texts):
        open_at = None
        for quoted in _in_one(texts[at], at, begin):
            if quoted.stop < 0:
                open_at = quoted
            else:
                found.append(quoted)
        at, begin = at + 1, 0
        if open_at is None:
            continue
        whole = _continued(texts, open_at) if across else None
        if whole is not None:
            found.append(whole)
            at, begin = whole.last, whole.stop
        else:
            found += _repaired(texts, open_at)
    return found


def _in_one(text: str, paragraph: int, begin: int) -> Iterator[Quoted]:
    """Quotations of one paragraph; one that is still open at its end comes last, with ``stop`` -1."""
    stack: list[tuple[str, int]] = []
    for at in range(begin, len(text)):
        sign = text[at]
        if sign not in _CLOSES and sign != "’":
            continue
        depth = _closed(stack, text, at)
        if depth is not None:
            start = stack[depth][1]
            del stack[depth:]
            if not _outer(stack):
                yield Quoted(paragraph, start, paragraph, at + 1, text[start + 1 : at])
        elif _opens(stack, text, at):
            stack.append((sign, at))
    for opener, start in stack:
        if opener not in _SINGLE:
            yield Quoted(paragraph, start, paragraph, -1, text[start + 1 :])
            break


def _outer(stack: Sequence[tuple[str, int]]) -> bool:
    """Whether something is still open around; a single mark may be an apostrophe and does not count."""
    return any(sign not in _SINGLE for sign, _at in stack)


def _closed(stack: Sequence[tuple[str, int]], text: str, at: int) -> int | None:
    """The mark on the stack that the sign closes."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in "’'" and after.isalnum():
        return None
    opening_place = _opening_place(before, after)
    for depth in range(len(stack) - 1, -1, -1):
        opener = stack[depth][0]
        if sign in _CLOSES[opener]:
            return None if sign in "“‘\"'" and opening_place else depth
        if opener not in _SINGLE:
            return None
    return None


def _opens(stack: Sequence[tuple[str, int]], text: str, at: int) -> bool:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "’":
        return False
    if sign in "„‚":
        return not after.isspace() and bool(after)
    if sign == "'" and not stack and not after.isalpha():
        return False
    if sign == '"' and stack and stack[-1][0] == '"':
        return False
    return _opening_place(before, after)


def _opening_place(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in _BEFORE) and bool(after) and not after.isspace()


def _continued(texts: Sequence[str], begun: Quoted) -> Quoted | None:
    """The quotation to its end in a later paragraph; none where it does not end soon."""
    opener = texts[begun.first][begun.start]
    pieces = [begun.text]
    for at in range(begun.first + 1, min(begun.first + 1 + _FAR, len(texts))):
        text = texts[at]
        skip = len(text) - len(text.lstrip())
        again = text[skip : skip + 1] == opener
        begin = skip + 1 if again else 0
        for place in range(begin, len(text)):
            if text[place] in _CLOSES[opener] and not _opening_place(
                text[place - 1 : place], text[place + 1 : place + 2]
            ):
                return Quoted(
                    begun.first, begun.start, at, place + 1, "\n".join([*pieces, text[begin:place]])
                )
            if text[place] == opener and not again:
                return None
        pieces.append(text[begin:])
        if sum(map(len, pieces)) > _LONG:
            return None
    return None


def _repaired(texts: Sequence[str], begun: Quoted) -> list[Quoted]:
    """The quotations of a paragraph whose first open mark is never closed."""
    rest = [one for one in _in_one(texts[begun.first], begun.first, begun.start + 1) if one.stop >= 0]
    stop = rest[0].start if rest else len(texts[begun.first])
    text = texts[begun.first][begun.start + 1 : stop]
    return [Quoted(begun.first, begun.start, begun.first, -1, text), *rest]
