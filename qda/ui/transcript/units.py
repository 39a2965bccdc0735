"""Words and sentences of a stored text, for selecting. Positions are code points.

Sentences follow a plain rule over punctuation; it serves selecting by key, where a wrong boundary costs
one more key, and nothing is stored from it.
"""

import re
from typing import Final

from qda.coding.positions import Span

_INSIDE_WORD: Final = "'’‘-‐\u2011"  # between two letters: gibt’s, O-Ton
# joiners, variation selectors, skin tones, combining marks: never parted from what stands before
_JOINED: Final = re.compile("[\u0300-\u036f\u00ad\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
_JOINER: Final = "\u200d"
_SENTENCE_END: Final = re.compile(
    r"(?<!\b[A-Za-zÄÖÜäöü])(?<!\bbzw)(?<!\busw)(?<!\bca)(?<!\bDr)(?<!\bNr)(?<!\bAbs)"
    r"[.!?…]+[\"”“’«»)\]]*\s+(?=[\"„“‚»«(\[]*[A-ZÄÖÜ0-9])"
)


def _is_word(text: str, at: int) -> bool:
    if not 0 <= at < len(text):
        return False
    char = text[at]
    if char.isalnum() or char == "_" or _JOINED.match(char):
        return True
    if char in _INSIDE_WORD:
        return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
    return False


def snap(text: str, span: Span) -> Span | None:
    """``span`` without blanks at its ends, grown to whole words; None where nothing remains."""
    trimmed = trim(text, span)
    if trimmed is None:
        return None
    start, stop = trimmed.start, trimmed.stop
    while start > 0 and _holds_together(text, start):
        start -= 1
    while stop < len(text) and _holds_together(text, stop):
        stop += 1
    return Span(start, stop)


def _holds_together(text: str, at: int) -> bool:
    """True where no boundary of words or signs lies between ``at - 1`` and ``at``."""
    if text[at - 1] == _JOINER or _JOINED.match(text[at]):
        return not text[at - 1].isspace()
    return _is_word(text, at - 1) and _is_word(text, at)


def trim(text: str, span: Span) -> Span | None:
    """``span`` without blanks at its ends; None where only blanks are in it."""
    words = text[span.start : span.stop]
    if not words.strip():
        return None
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def word_at(text: str, point: int) -> Span | None:
    """The word that holds ``point`` or ends there."""
    for at in (point, point - 1):
        if _is_word(text, at):
            return snap(text, Span(at, at + 1))
    return None


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of one paragraph, without the blanks between them."""
    found: list[Span] = []
    start = within.start
    for end in _SENTENCE_END.finditer(text, within.start, within.stop):
        part = trim(text, Span(start, end.end()))
        if part is not None:
            found.append(part)
        start = end.end()
    rest = trim(text, Span(start, within.stop))
    if rest is not None:
        found.append(rest)
    return found
