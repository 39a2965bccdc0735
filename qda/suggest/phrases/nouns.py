"""Noun phrases as names: compounds first, adjective + noun, noun + genitive or preposition.

Each is brought to a readable singular where that can be formed ("kurze Dienstwege": kurzer Dienstweg);
where the gender of a German noun is not known, the adjective is left out. Names of persons and places, times
and counts make no name.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from qda.suggest.phrases.candidates import Candidate
from qda.suggest.phrases.chunks import Chunk, chunks, gender
from qda.suggest.phrases.passages import Passage, is_name, lemma_of, written

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRONG: Final = {"m": "er", "f": "e", "n": "es"}
_COMPOUND, _PHRASE, _PLAIN, _VAGUE = 0.5, 0.4, 0.0, -0.7


def nouns(passage: Passage) -> Iterator[Candidate]:
    """The noun phrases of a passage."""
    for clause in passage.clauses:
        found = chunks(clause, passage)
        for at, chunk in enumerate(found):
            if not _is_usable(chunk, passage):
                continue
            behind = found[at + 1] if at + 1 < len(found) else None
            if behind is not None and _bound(chunk, behind, passage) and _is_usable(behind, passage):
                yield _joined(chunk, behind, clause.number, passage)
            yield _alone(chunk, clause.number, passage)


def _is_usable(chunk: Chunk, passage: Passage) -> bool:
    return not (
        any(is_name(token, passage) for token in chunk.nouns)
        or is_time(chunk.head, passage)
        or not chunk.head.text[-1:].isalnum()
        or len(chunk.head.text) < 3
    )


def is_time(token: "Token", passage: Passage) -> bool:
    """Whether it tells only when, how long or how many."""
    times = passage.lists["time"]
    return lemma_of(token).lower() in times or token.lower_ in times


def _alone(chunk: Chunk, clause: int, passage: Passage) -> Candidate:
    words, used = singular(chunk, passage)
    vague = lemma_of(chunk.head).lower() in passage.lists["vague"]
    compound = len(chunk.nouns) > 1 or len(chunk.head._.qda_parts) > 1
    plus = (_COMPOUND if compound else _PLAIN) + (_PHRASE if len(used) > len(chunk.nouns) else 0.0)
    if vague and len(used) == 1:
        plus = _VAGUE
    return Candidate(words, "noun", used, used, lemma_of(chunk.head).lower(), clause, plus)


def _joined(chunk: Chunk, behind: Chunk, clause: int, passage: Passage) -> Candidate:
    """Noun and genitive, noun and preposition: the first in the singular, the other as it is said."""
    words, used = singular(chunk, passage)
    name = f"{words} {' '.join(written(token) for token in behind.tokens)}"
    content = (*used, *behind.nouns)
    return Candidate(
        name, "noun", (*used, *behind.tokens), content, lemma_of(chunk.head).lower(), clause, _PHRASE
    )


def _bound(chunk: Chunk, behind: Chunk, passage: Passage) -> bool:
    """Whether the second belongs to the first: right behind it, in the genitive or by a preposition."""
    if behind.tokens[0].i != chunk.tokens[-1].i + 1:
        return False
    if behind.prep is not None:
        return behind.prep.lower_ in passage.lists["binding"]
    return behind.det is not None and behind.det.lower_ in passage.lists["genitive"]


def singular(chunk: Chunk, passage: Passage) -> "tuple[str, tuple[Token, ...]]":
    """The phrase without its article in the singular, and the words that are in it."""
    adjectives = [token for token in chunk.adjectives if token.pos_ == "ADJ" and _tells(token, passage)]
    if passage.language != "de":
        *first, head = chunk.nouns
        shown = [lemma_of(one).lower() for one in adjectives] + [written(one) for one in first]
        return " ".join([*shown, lemma_of(head)]), (*adjectives, *chunk.nouns)
    noun = _readable(chunk.head)
    kind = (_shown_gender(chunk) or gender(chunk.head)) if adjectives else ""
    if not adjectives or not kind:
        return noun, chunk.nouns
    shown = [_inflected(one, kind) for one in adjectives]
    return " ".join([*shown, noun]), (*adjectives, *chunk.nouns)


def _tells(token: "Token", passage: Passage) -> bool:
    word = lemma_of(token).lower()
    return word.isalpha() and word not in passage.lists["counting"]


def _shown_gender(chunk: Chunk) -> str:
    """What an adjective without an article tells: kurzer Dienstweg, kleines Amt."""
    first = chunk.tokens[0]
    alone = first.pos_ == "ADJ" and chunk.head.text == lemma_of(chunk.head)
    return {"er": "m", "es": "n"}.get(first.lower_[-2:], "") if alone else ""


def _inflected(token: "Token", kind: str) -> str:
    word = token.lower_
    stem = next((word[: -len(end)] for end in ("en", "em", "er", "es", "e") if word.endswith(end)), word)
    lemma = lemma_of(token).lower()
    if stem + "er" == lemma and token.lower_.startswith(lemma):  # sauber, bitter
        stem = lemma
    return stem + _STRONG[kind]


def _readable(token: "Token") -> str:
    """The lemma as a word; the form itself where the lemma does not look like one of its forms."""
    lemma = lemma_of(token)
    word = written(token)
    if "-" in word:
        return word
    same = 0
    folded = str.maketrans("äöü", "aou")
    for one, other in zip(lemma.lower().translate(folded), word.lower().translate(folded), strict=False):
        if one != other:
            break
        same += 1
    looks = same >= min(len(lemma), len(word)) - 2 and lemma[:1].isupper() and len(lemma) <= len(word)
    if not looks and word.endswith("innen") and lemma == word.removesuffix("nen"):
        return lemma
    return lemma if looks else word
