"""What a passage is known by: pieces of its letters, and its lemmas with the parts of compounds.

Pieces are n-grams of letters inside words, over the search form of the text (small letters, ß as ss, no
accents), each word with a blank before and behind it: endings and spoken forms change few of them. Lemmas
come from what the language tools have read; where a text was not read yet, the words as they are written
stand for them. Beyond the passage count the words of its paragraphs and of a wider window, and the words of
the question before it. What transcribers wrote and the labels of speakers count for nothing. All counts are
integers.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from qda.models.search_index import normalised

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHORTEST, LONGEST = 3, 4  # letters of a piece
WIDE: Final = 600  # code points before and behind a passage whose words count
_WORD: Final = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SIGNS: Final = re.compile(r"\([^()\n]{0,40}\)|\[[^\[\]\n]{0,40}\]|#[\d:.,-]+#|/{1,2}")
_NO_WORDS: Final = frozenset(("PUNCT", "SPACE", "SYM", "X"))
_SAY_LITTLE: Final = frozenset(("DET", "PRON", "CCONJ", "SCONJ", "PART", "INTJ", "AUX", "ADP", "NUM"))
_LITTLE: Final = 4  # letters of a word that says little, where nothing else is known of it
_TELLING: Final = frozenset(("NOUN", "PROPN", "VERB", "ADJ"))

Numbers = npt.NDArray[np.intc]
_NONE: Final = np.zeros(0, dtype=np.intc)


class Names:
    """Numbers for features, given once in a process."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []

    def number(self, name: str) -> int:
        """The number of a feature, new or not."""
        found = self._numbers.setdefault(name, len(self._names))
        if found == len(self._names):
            self._names.append(name)
        return found

    def name(self, number: int) -> str:
        """The feature of a number."""
        return self._names[number]

    def __len__(self) -> int:
        return len(self._names)


PIECES: Final = Names()
WORDS: Final = Names()


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """Features by number, in order, each once, with their counts."""

    ids: Numbers
    counts: Numbers


class Beyond:
    """What lies beyond the words of a passage, counted when it is asked for."""

    def __init__(self, tokens: "Tokens", span: tuple[int, int], context: "Context | None") -> None:
        self._tokens, self._span, self._context = tokens, span, context

    @cached_property
    def around(self) -> Bag:
        """The words of the paragraphs that it lies in."""
        return self._tokens.words(*self._context.around) if self._context else _NO_BAG

    @cached_property
    def question(self) -> Bag:
        """The words of what the interviewer said last before it."""
        asked = self._context.question if self._context else None
        return self._tokens.words(*asked) if asked else _NO_BAG

    @cached_property
    def wide(self) -> Bag:
        """The words up to :data:`WIDE` code points around it."""
        return self._tokens.words(self._span[0] - WIDE, self._span[1] + WIDE) if self._context else _NO_BAG


@dataclass(frozen=True, slots=True)
class Features:
    """Counts of one passage: pieces of letters (as :data:`PIECES` number them), and words (:data:`WORDS`)."""

    pieces: Bag
    words: Bag
    beyond: Beyond


@dataclass(frozen=True, slots=True)
class Context:
    """Where the paragraphs of a passage lie (start, stop), and the question before it, if any."""

    around: tuple[int, int]
    question: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, its search form, and what it counts as.

    ``words`` are search forms: the lemma, then its parts where it is a compound; ``shown`` is each as people
    write it. ``telling``: it is a noun, a verb or an adjective, or nobody knows.
    """

    start: int
    stop: int
    form: str
    words: tuple[str, ...]
    shown: tuple[str, ...]
    telling: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in their order; ``read`` where the language tools have read it."""

    tokens: Sequence[Token] = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    read: bool = False

    def of(self, start: int, stop: int, context: Context | None = None) -> Features:
        """What stands from ``start`` to ``stop``; a word that is cut by a border counts where it begins."""
        pieces = [_pieces(token.form) for token in self._within(start, stop)]
        return Features(
            _bag(np.concatenate(pieces) if pieces else _NONE),
            self.words(start, stop),
            Beyond(self, (start, stop), context),
        )

    def words(self, start: int, stop: int) -> Bag:
        """The words that begin from ``start`` to ``stop``."""
        numbers = [WORDS.number(word) for token in self._within(start, stop) for word in token.words]
        return _bag(np.array(numbers, dtype=np.intc))

    def _within(self, start: int, stop: int) -> Sequence[Token]:
        return self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]

    def telling(self, start: int, stop: int) -> dict[str, tuple[str, tuple[str, ...]]]:
        """The words to be shown from ``start`` to ``stop``: as people write them, and their parts.

        A compound is shown by its parts: netzwerk·konferenz.
        """
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for token in self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]:
            if token.telling and token.words:
                found[token.words[0]] = "·".join(token.shown[1:]) or token.shown[0], token.words[1:]
                for part, shown in zip(token.words[1:], token.shown[1:], strict=True):
                    found.setdefault(part, (shown, ()))
        return found


def read_words(doc: "Doc", labels: Iterable[tuple[int, int]] = ()) -> Tokens:
    """The words of a text as the language tools have read it."""
    from qda.suggest.language.compounds import parts

    hidden = _Hidden(labels)
    found = []
    for token in doc:
        if token.pos_ in _NO_WORDS or token.idx in hidden:
            continue
        form = normalised(token.text)
        if not any(sign.isalnum() for sign in form):
            continue
        shown: tuple[str, ...] = ()
        if token.pos_ not in _SAY_LITTLE:
            lemma = token.lemma_.partition("+")[0] or token.text
            pieces = parts(token) if token.pos_ in ("NOUN", "PROPN") else ()
            shown = (lemma.lower(), *(one.lower() for one in pieces if len(pieces) > 1))
        words = tuple(normalised(one) for one in shown)
        stop = token.idx + len(token.text)
        found.append(Token(token.idx, stop, form, words, shown, token.pos_ in _TELLING))
    return _tokens(found, read=True)


def plain_words(text: str, labels: Iterable[tuple[int, int]] = ()) -> Tokens:
    """The words of a text that nobody has read yet."""
    hidden = _Hidden([*labels, *(one.span() for one in _SIGNS.finditer(text))])
    found = []
    for one in _WORD.finditer(text):
        if one.start() not in hidden:
            form = normalised(one[0])
            words, shown = ((form,), (one[0].lower(),)) if len(form) > 2 else ((), ())
            found.append(Token(*one.span(), form, words, shown, len(form) > _LITTLE))
    return _tokens(found, read=False)


def _tokens(found: list[Token], *, read: bool) -> Tokens:
    return Tokens(tuple(found), tuple(token.start for token in found), read)


class _Hidden:
    """Places of a text that are no words of anybody."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _stop in self._spans]

    def __contains__(self, place: int) -> bool:
        at = bisect_left(self._starts, place + 1) - 1
        return at >= 0 and place < self._spans[at][1]


@lru_cache(maxsize=50_000)
def _pieces(form: str) -> Numbers:
    """The n-grams of a word between two blanks; of a short one the whole."""
    word = f" {form} "
    found = [
        PIECES.number(word[at : at + length])
        for length in range(SHORTEST, min(LONGEST, len(word)) + 1)
        for at in range(len(word) - length + 1)
    ]
    return np.array(found, dtype=np.intc)


def _bag(numbers: Numbers) -> Bag:
    ids, counts = np.unique(numbers, return_counts=True)
    return Bag(ids.astype(np.intc), counts.astype(np.intc))


_NO_BAG: Final = _bag(_NONE)
