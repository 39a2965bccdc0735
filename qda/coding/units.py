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
_SENTENCE_SIGN: Final = re.compile(r"([.!?…]+)([\"”“’«»)\]]*)\s+")
_OPENING: Final = '"„“‚»«([¿¡'
# fmt: off
_SHORT: Final = frozenset((
    "abs", "allg", "bspw", "bzw", "ca", "dergl", "dipl", "dr", "ebd", "etc", "evtl", "exkl", "geb", "ggf",
    "ggfs", "hrsg", "ing", "inkl", "jh", "mind", "mio", "mrd", "mr", "mrs", "ms", "nr", "prof", "resp", "sog",
    "st", "std", "str", "tel", "usw", "vgl", "vs",
))
# fmt: on
_REMARK: Final = re.compile(r"[\s.…,\d]*|\S+")  # a pause, or one word as (unv.)
_LONGEST_REMARK: Final = 40
_ORDINAL: Final = 2  # digits: 3. Mai, but not 2015.


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
    for end in _SENTENCE_SIGN.finditer(text, within.start, within.stop):
        if not _is_end(text, end, within):
            continue
        part = trim(text, Span(start, end.end()))
        if part is not None:
            found.append(part)
        start = end.end()
    rest = trim(text, Span(start, within.stop))
    if rest is not None:
        found.append(rest)
    return found


def _is_end(text: str, sign: re.Match[str], within: Span) -> bool:
    """Whether a sentence ends with this sign: not at an abbreviation, an ordinal, a pause or a remark."""
    following = sign.end()
    while following < within.stop and text[following] in _OPENING:
        following += 1
    if following >= within.stop or not (text[following].isupper() or text[following].isdigit()):
        return False
    if ")" in sign[2] and (before := _before_remark(text, sign, within)) is not None:
        return before.endswith((".", "!", "?", "…", ".“", ".”", '."', "?“", "!“"))
    return sign[1] != "." or not _is_short(text[max(within.start, sign.start() - 24) : sign.start()])


def _before_remark(text: str, sign: re.Match[str], within: Span) -> str | None:
    """What stands before a pause or a remark in brackets that the sign belongs to; None where it is none."""
    opening = text.rfind("(", max(within.start, sign.start() - _LONGEST_REMARK), sign.end())
    if opening < 0 or _REMARK.fullmatch(text[opening + 1 : sign.end(2) - 1]) is None:
        return None
    return text[within.start : opening].rstrip()


def _is_short(before: str) -> bool:
    """Whether a dot behind these words belongs to the last of them: z. B., Dr., 3. (Mai)."""
    last = before.rsplit(maxsplit=1)[-1].lstrip(_OPENING) if before.strip() else ""
    word = last.rpartition(".")[2]  # of "z.B" the B
    letter = len(word) == 1 and word.isalpha()
    return letter or word.casefold() in _SHORT or (last.isdigit() and len(last) <= _ORDINAL)
