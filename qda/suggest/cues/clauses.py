"""A Doc in clauses: the pieces of a sentence that have a verb of their own, as well as tags alone tell.

A border stands at signs of punctuation, before words that open a clause (weil, because) and before "und",
"and" and the like where there is a verb on both sides. A piece without a verb belongs to the one before, or
opens the next one. Labels of speakers are in no clause, and no clause passes the end of a sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qda.suggest.language.words import LABEL

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SIGNS: Final = frozenset(',;:.!?…–—-()[]"„“”»«')
_VERBS: Final = ("VERB", "AUX")
_JOINING: Final = frozenset(
    ("und", "oder", "aber", "denn", "sondern", "beziehungsweise", "and", "but", "or", "so", "cos", "cause")
)
_OPENING: Final = frozenset(
    (
        *("weil", "obwohl", "obgleich", "obschon", "dass", "sodass", "indem", "falls", "sobald", "solange"),
        *("because", "'cause", "’cause", "although", "whereas", "unless", "until", "if", "when", "while"),
        *("whenever", "though", "since"),
    )
)
_WITH_THE_NEXT: Final = frozenset(("even", "so", "auch", "selbst", "nur", "dadurch", "just", "only", "as"))
_NO_BREAK_BEFORE: Final = frozenset(("as",))


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens ``first`` to ``last`` (exclusive) of a Doc; ``start``–``stop`` in code points of the text.

    ``sentence`` counts the sentences, so that neighbours can be told from strangers.
    """

    first: int
    last: int
    start: int
    stop: int
    sentence: int


def clauses(doc: "Doc") -> tuple[Clause, ...]:
    """The clauses of a Doc, in the order of the text."""
    return tuple(clauses_between(doc, 0, len(doc)))


def clauses_between(doc: "Doc", first: int, last: int) -> Iterator[Clause]:
    """The clauses of the sentences that have a token of ``first`` to ``last`` (exclusive)."""
    if not len(doc) or first >= last:
        return
    begin = first
    while begin and not doc[begin].is_sent_start:
        begin -= 1
    sentence: list[Token] = []
    for token in doc[begin:]:
        if (token.is_sent_start or token.tag_ == LABEL) and sentence:
            yield from _of_sentence(sentence)
            sentence = []
        if token.i >= last and token.is_sent_start:
            return
        if token.tag_ != LABEL and (sentence or not token.is_space):
            sentence.append(token)
    if sentence:
        yield from _of_sentence(sentence)


def _of_sentence(tokens: Sequence["Token"]) -> Iterator[Clause]:
    number = tokens[0].i
    pieces: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        if pieces[-1] and _breaks(tokens, at, pieces[-1]):
            pieces.append([])
        pieces[-1].append(token)
    for piece in _with_verbs(pieces):
        words = [token for token in piece if not (token.is_space or token.is_punct)]
        if words:
            start, stop = words[0].idx, words[-1].idx + len(words[-1])
            yield Clause(words[0].i, words[-1].i + 1, start, stop, number)


def _breaks(tokens: Sequence["Token"], at: int, piece: Sequence["Token"]) -> bool:
    """Whether a piece begins with the token."""
    word, before = tokens[at].lower_, tokens[at - 1]
    if before.text in _SIGNS and not tokens[at].is_punct:
        return True
    if word in _OPENING:
        return before.lower_ not in _WITH_THE_NEXT and before.lower_ not in _JOINING
    if word in _WITH_THE_NEXT and at + 1 < len(tokens) and tokens[at + 1].lower_ in _OPENING:
        return True
    return word in _JOINING and _verb(piece) and _verb(_ahead(tokens, at + 1))


def _ahead(tokens: Sequence["Token"], at: int) -> Sequence["Token"]:
    """What comes up to the next sign."""
    stop = at
    while stop < len(tokens) and tokens[stop].text not in _SIGNS:
        stop += 1
    return tokens[at:stop]


def _verb(tokens: Sequence["Token"]) -> bool:
    return any(token.pos_ in _VERBS for token in tokens)


def _with_verbs(pieces: Sequence[list["Token"]]) -> list[list["Token"]]:
    found: list[list[Token]] = []
    for piece in pieces:
        if found and (not _verb(piece) or not _verb(found[-1])):
            found[-1] = [*found[-1], *piece]
        else:
            found.append(list(piece))
    return found
