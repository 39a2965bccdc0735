"""A text cut into words, signs and blanks, the same for every tool; places are code points of the text.

What transcribers write (pauses, remarks, breaks, time marks) and the labels of speakers are no words: each
is one token that no tagger sees. Clitics stay with their word in German (gibt’s), and are apart in English
(do|n’t), as the taggers know them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from qda.coding.positions import Span
from qda.coding.units import sentences
from qda.suggest.language.spoken import Spoken

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SIGN: Final = "_SIGN"  # tag_ of what the transcriber wrote
LABEL: Final = "_LABEL"  # tag_ of a speaker's label
NO_WORDS: Final = frozenset((SIGN, LABEL))
LABELS: Final = "qda_labels"  # key of Doc.user_data: where labels stand
SIGNS: Final = "qda_signs"  # the same: which tokens are signs or labels, token number → tag
_APOSTROPHES: Final = "’'‘`´"
_PAUSE: Final = r"\((?:[.…]{1,5}|[-–]{1,3}|\d{1,3}(?:[.,]\d+)?\s?(?:s|sec|Sek|Sekunden|seconds)?\.?)\)"
_TIME: Final = (
    r"#\d{1,2}:\d{2}(?::\d{2})?(?:[-.,]\d+)?\#|[\[(<]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])>]"
    r"|\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?"
)
_BREAK: Final = r"(?<!\w)/{1,3}(?!\w)|(?<=\w)/{1,3}(?=\s|$)"
_NUMBER: Final = r"\d{1,3}(?:[.\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,:]\d+)*"
_ORDINAL: Final = r"\d{1,3}\.(?=\s+[a-zäöü])"
_MONTH: Final = (
    r"\d{1,2}\.(?=\s+(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Klasse|Stock|Tag|Mal))"
)
_WORD: Final = rf"[^\W_]+(?:(?:[{_APOSTROPHES}]|[-‐‑]|_|[*:](?=innen?\b|in\b))[^\W_]+)*(?:[-‐‑](?=[\s,;.]))?"
_CLITIC: Final = re.compile(
    rf"(?P<host>\w+?)(?P<clitic>n[{_APOSTROPHES}]t|[{_APOSTROPHES}](?:s|re|ve|ll|d|m))$", re.IGNORECASE
)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    spoken = Spoken.of(language)
    remark = "|".join(sorted(spoken.remarks, key=len, reverse=True))
    said = rf"(?=[^()\[\]\n]{{0,60}}?\b(?:{remark})\b)"
    kinds = {
        "sign": (
            rf"{_PAUSE}|{_TIME}|\(\([^()\n]{{1,80}}\)\)|\({said}[^()\n]{{1,60}}\)|\[{said}[^\[\]\n]{{1,60}}\]"
            rf"|\[[.…]{{1,3}}\]|\([.…]+\)|{_BREAK}"
        ),
        "short": "|".join(re.escape(one) for one in sorted(spoken.abbreviations, key=len, reverse=True)),
        "short2": r"(?<!\w)(?:[^\W\d_]\.){2,}",
        "address": r"(?:https?://|www\.)[^\s<>()]+|[\w.+-]+@[\w-]+\.[\w.]+\w",
        "ordinal": f"{_MONTH}|{_ORDINAL}",
        "elided": rf"(?<!\w)[{_APOSTROPHES}](?i:{'|'.join(map(re.escape, spoken.elided))})(?!\w)",
        "word": _WORD,
        "number": _NUMBER,
        "dots": r"\.{2,}|…|--+|[–—]+",
        "other": r"\S",
    }
    # Abbreviations begin where a word does; a number is a word unless it has parts.
    kinds["short"] = rf"(?<!\w)(?:{kinds['short']})"
    order = (
        "sign",
        "address",
        "short2",
        "short",
        "ordinal",
        "number_parts",
        "elided",
        "word",
        "dots",
        "other",
    )
    kinds["number_parts"] = r"(?<!\w)(?:\d{1,3}(?:[.\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,:]\d+)+)(?!\w)"
    return re.compile("|".join(f"(?P<{name}>{kinds[name]})" for name in order))


def pieces(
    text: str, language: str, labels: Iterable[tuple[int, int]] = ()
) -> Iterator[tuple[int, int, str]]:
    """Start, stop and what it is ("": a word or a sign of punctuation) of everything but blanks."""
    at = 0
    for start, stop in labels:
        yield from _between(text, at, start, language)
        begin = start + len(text[start:stop]) - len(text[start:stop].lstrip())
        if end := len(text[start:stop].strip()):
            yield begin, begin + end, LABEL
        at = stop
    yield from _between(text, at, len(text), language)


def _between(text: str, start: int, stop: int, language: str) -> Iterator[tuple[int, int, str]]:
    for found in _pattern(language).finditer(text, start, stop):
        begin, end = found.span()
        if found.lastgroup == "sign":
            yield begin, end, SIGN
        elif language == "en" and found.lastgroup == "word" and (cut := _CLITIC.match(found[0])):
            middle = begin + cut.start("clitic")
            yield begin, middle, ""
            yield middle, end, ""
        else:
            yield begin, end, ""


class Tokenizer:
    """Makes a Doc whose text is the text, sign by sign. Called with a text, and where labels stand."""

    def __init__(self, vocab: "Vocab", language: str) -> None:
        self.vocab = vocab
        self._language = language

    def __call__(self, text: str, labels: Iterable[tuple[int, int]] = ()) -> "Doc":
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        signs: dict[str, str] = {}
        labels = tuple(labels)
        at = 0
        for start, stop, kind in pieces(text, self._language, labels):
            _blanks(text[at:start], words, spaces)
            if kind:
                signs[str(len(words))] = kind
            words.append(text[start:stop])
            spaces.append(False)
            at = stop
        _blanks(text[at:], words, spaces)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data[SIGNS] = signs
        doc.user_data[LABELS] = tuple((start, stop) for start, stop in labels)
        return doc

    def to_bytes(self, **_rest: Any) -> bytes:
        """Nothing of it is kept with a pipeline."""
        return b""

    def from_bytes(self, _data: bytes, **_rest: Any) -> "Tokenizer":
        """As it is."""
        return self


def _blanks(gap: str, words: list[str], spaces: list[bool]) -> None:
    """The blanks before a token: one belongs to the token before, the others are a token."""
    if gap.startswith(" ") and words and not words[-1].isspace():
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def set_sentences(doc: "Doc") -> "Doc":
    """Marks where sentences begin, by the rule of the whole program; no sentence passes a line."""
    text, starts = doc.text, [0]
    labels: dict[int, int] = dict(doc.user_data.get(LABELS, ()))
    at = 0
    for line in text.split("\n"):
        begin, stop = labels.get(at, at), at + len(line)
        if begin > at:
            starts.append(at)
        starts += [one.start for one in sentences(text, Span(min(begin, stop), stop))]
        at = stop + 1
    starts = sorted(set(starts))
    marks, last = [], -1
    for token in doc:
        number = bisect_right(starts, token.idx)
        # A blank never opens a sentence, and a token that begins before a border stays with what is before.
        opens = token.i == 0 if token.is_space else number != last
        marks.append(1 if opens else -1)
        last = last if token.is_space else number
    if marks:
        # At once: a token that is told so itself looks through the whole Doc each time.
        column: Any = np.array(marks, dtype="int64").reshape(-1, 1).astype("uint64")
        doc.from_array(["SENT_START"], column)
    return doc
