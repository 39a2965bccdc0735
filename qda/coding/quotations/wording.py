"""The words of quotations and of documents, made comparable; a quotation as runs of words with gaps between.

Words are compared without case, hyphens and apostrophes, with ss for ß. Pauses, time marks, marks of notes
count for nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

_LETTER: Final = r"[^\W_]"
WORD: Final = re.compile(
    rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u200c\u200d]|[-\u2010\u2011\u00ad'’ʼ`´]+(?={_LETTER}))*"
)
_SIGNS: Final = re.compile(r"[^\w]|_")
_SECONDS: Final = r"\d{1,3}(?:[.,]\d{1,2})?\s*(?:s|sek\.?|sec\.?|sekunden|seconds)?"
PAUSE: Final = re.compile(rf"[(\[]\s*(?:{_SECONDS}|\.{{1,2}}|-{{1,3}}|[–—])\s*[)\]]", re.IGNORECASE)
TIME: Final = re.compile(
    r"#\d{1,2}:\d{2}(?::\d{2})?(?:[-.,]\d{1,3})?#?|[\[({]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])}]"
)
_OMITTED: Final = re.compile(r"[(\[]\s*(?:\.\s?\.\s?\.|…|\.\.)\s*[.,]?\s*[)\]]|…|\.\s?\.\s?\.+")
_NOTE: Final = re.compile(
    r"[(\[]\s*(?:sic\b|Anm\b|Hervorh|Herv\.|Erg[.ä]|Einf|emphasis|annot|d\. ?Verf)[^)\]]*[)\]]", re.I
)
_INSIDE: Final = re.compile(rf"({_LETTER}*)\[({_LETTER}{{1,15}})\]({_LETTER}*)")
_BRACKET: Final = re.compile(r"\[[^\[\]]{1,200}\]")
_BROKEN: Final = re.compile(rf"({_LETTER})[-\u2010]\s+(?=(?!(?:und|oder|bzw|and|or)\b)[a-zäöüß])")
_TAIL: Final = re.compile(r"[.,;:!?…)\]“”‘’«»‹›\"']+")
_LABEL: Final = re.compile(r"(?m)(?:^|(?<=[.!?…)”“»«/]\s))[ \t]*([^\W_][\w .’'/-]{0,30}?)[ \t]*:(?=\s)")
_Gap = tuple[int, int, int | None]  # start, stop, how many words may stand there (none: any number)
INSERTED: Final = 10  # words of the document that may stand where the quotation has words in brackets


class Word(NamedTuple):
    """A word as it stands, and made comparable; ``free``: its first letter may have another case.

    ``tail`` are the signs behind it.
    """

    text: str
    norm: str
    start: int
    stop: int
    free: bool = False
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand one behind the other. ``room``: how many words of the document may stand before the
    first, none for any number (something was left out). ``joint`` is what stands there in the quotation.
    """

    words: tuple[Word, ...]
    room: int | None = 0
    joint: str = ""


def norm(word: str) -> str:
    """A word as it is compared."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return _SIGNS.sub("", unicodedata.normalize("NFKC", word)).casefold()


def blanked(text: str) -> str:
    """``text`` with blanks in place of pauses and time marks; of the same length."""
    if "(" in text or "[" in text or "#" in text or "{" in text:
        text = PAUSE.sub(_blank, TIME.sub(_blank, text))
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def runs_of(quotation: str, labels: Iterable[str] = (), *, unbroken: bool = False) -> tuple[Run, ...]:
    """A quotation as runs of words; ``labels`` of speakers at the beginning of lines and sentences go.

    ``unbroken``: words that a hyphen cuts before a blank are put together again.
    """
    text = quotation
    known = set(labels)
    if known and ":" in text:
        text = _LABEL.sub(lambda found: _blank(found) if found[1].strip() in known else found[0], text)
    if unbroken:
        text = _BROKEN.sub(r"\1", text)
    text = blanked(text)
    text, free = _with_own_letters(text)
    gaps: list[_Gap] = [(found.start(), found.end(), None) for found in _OMITTED.finditer(text)]
    taken = {start for start, _stop, _room in gaps}
    for pattern in (_NOTE, _BRACKET):
        for found in pattern.finditer(text):
            if found.start() not in taken:
                gaps.append((found.start(), found.end(), INSERTED))
                taken.add(found.start())
    return tuple(_cut(text, sorted(gaps, key=lambda gap: gap[:2]), free))


def _with_own_letters(text: str) -> tuple[str, set[int]]:
    """``[D]ie`` is "Die" with any first letter; another word with letters in brackets is a gap of its own."""
    free: set[int] = set()
    pieces: list[str] = []
    at = length = 0
    for found in _INSIDE.finditer(text):
        before, inner, after = found[1], found[2], found[3]
        if not before and not after:
            continue
        pieces.append(text[at : found.start()])
        length += len(pieces[-1])
        if not before and len(inner) == 1:
            free.add(length)
            pieces.append(inner + after)
        else:
            pieces.append(f"[{before}{inner}{after}]")
        length += len(pieces[-1])
        at = found.end()
    return "".join(pieces) + text[at:], free


def _cut(text: str, gaps: list[_Gap], free: set[int]) -> Iterator[Run]:
    """The runs between the gaps; gaps before the first one and behind the last count for nothing."""
    at, joint = 0, ""
    room: int | None = None
    first = True
    for start, stop, wide in [*gaps, (len(text), len(text), 0)]:
        if start < at:
            continue
        words = tuple(_words(text, at, start, free, any_case=room is None))
        if words:
            yield Run(words, 0 if first else room, joint)
            first, room, joint = False, 0, ""
        elif first:
            joint = ""
        room = None if wide is None or room is None else room + wide
        joint = f"{joint} {text[start:stop]}".strip()
        at = stop


def _words(text: str, start: int, stop: int, free: set[int], *, any_case: bool) -> Iterator[Word]:
    for found in WORD.finditer(text, start, stop):
        if word := norm(found[0]):
            free_case = any_case or found.start() in free
            tail = tail_at(text, found.end(), stop)
            yield Word(found[0], word, found.start(), found.end(), free_case, tail)
            any_case = False


def tail_at(text: str, start: int, stop: int | None = None) -> str:
    """The signs that close a word: points, commas, marks."""
    found = _TAIL.match(text, start, len(text) if stop is None else stop)
    return found[0] if found else ""
