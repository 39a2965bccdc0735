"""Noun phrases of a clause as spaCy's Matcher finds them, and the gender of German nouns.

A chunk is preposition, article, adjectives and noun, as far as they are there; never a part of one.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from qda.suggest.phrases.passages import Clause, Passage, lemma_of
from qda.suggest.phrases.wordlists import word_lists

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

Pattern = dict[str, Any]  # of one token, as spaCy writes it
_GENDERS: Final["WeakKeyDictionary[Doc, dict[str, str]]"] = WeakKeyDictionary()
_NOUNS: Final = ("NOUN", "PROPN")
_ENDINGS: Final = (
    ("f", ("ung", "heit", "keit", "schaft", "ion", "tät", "ik", "enz", "anz", "ur", "in", "ie", "ei")),
    ("n", ("chen", "lein", "ment", "um", "tum", "nis")),
    ("m", ("ismus", "ling", "or", "er", "ist", "ent", "ant")),
)
_PARTICLES: Final = ("AVP", "RP", "PTKVZ")
_CONTRACTED: Final = ("im", "am", "zum", "vom", "beim", "ans", "ins", "aufs", "ums", "fürs", "durchs", "vors")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun phrase: ``nouns`` are one in German, one or more in English; the last is the head."""

    prep: "Token | None"
    det: "Token | None"
    adjectives: "tuple[Token, ...]"
    nouns: "tuple[Token, ...]"
    tokens: "tuple[Token, ...]"

    @property
    def head(self) -> "Token":
        """The noun that it is about."""
        return self.nouns[-1]


def chunks(clause: Clause, passage: Passage) -> list[Chunk]:
    """The noun phrases of a clause in their order; none overlaps another."""
    tokens = clause.tokens
    if not any(token.pos_ in _NOUNS for token in tokens):
        return []
    found = []
    for start, stop in _found(tokens, passage):
        some = [
            passage.doc[at] for at in range(start, stop) if passage.doc[at].pos_ not in ("PUNCT", "SPACE")
        ]
        prep = some[0] if some[0].pos_ == "ADP" else None
        rest = some[1:] if prep is not None else some
        det = rest[0] if rest[0].pos_ in ("DET", "PRON") else None
        nouns = tuple(token for token in rest if token.pos_ in _NOUNS)
        adjectives = tuple(token for token in rest if token.pos_ in ("ADJ", "NUM", "VERB"))
        found.append(Chunk(prep, det, adjectives, nouns, tuple(some)))
    return found


def _found(tokens: "Sequence[Token]", passage: Passage) -> list[tuple[int, int]]:
    start, stop = tokens[0].i, tokens[-1].i + 1
    known = {token.i for token in tokens}
    spans = [
        (start + begin, start + end)
        for _match, begin, end in _matcher(passage.doc.vocab, passage.language)(passage.doc[start:stop])
    ]
    spans = [
        one for one in spans if one[0] in known and one[1] - 1 in known and not _owns(passage.doc, one[1])
    ]
    found: list[tuple[int, int]] = []
    for one in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in found):
            found.append(one)
    return sorted(found)


def _owns(doc: "Doc", at: int) -> bool:
    """Whether a possessive follows (the mayor's): the phrase is only the beginning of one."""
    return at < len(doc) and doc[at].tag_ == "POS"


@cache
def _matcher(vocab: "Vocab", language: str) -> "Matcher":
    from spacy.matcher import Matcher

    matcher = Matcher(vocab)
    attribute: Pattern = {"POS": "ADJ", "TAG": {"NOT_IN": ["ADJ(D)", "ADJD"]}}
    before: list[Pattern] = [
        {"POS": "ADP", "TAG": {"NOT_IN": list(_PARTICLES)}, "OP": "?"},
        {"POS": "DET", "OP": "?"},
    ]
    if language == "de":
        middle: list[Pattern] = [{"POS": "NUM", "OP": "?"}, {**attribute, "OP": "*"}]
        nouns: list[Pattern] = [{"POS": {"IN": list(_NOUNS)}}]
    else:
        own: Pattern = {"TAG": {"IN": ["DPS", "PRP$", "WP$"]}, "OP": "?"}
        before = [before[0], own, before[1]]
        middle = [{"POS": "NUM", "OP": "?"}, {"POS": "ADJ", "OP": "*"}]
        nouns = [{"POS": {"IN": list(_NOUNS)}, "OP": "+"}]
    matcher.add("chunk", [[*before, *middle, *nouns]], greedy="LONGEST")
    return matcher


def gender(token: "Token") -> str:
    """Gender of a German noun ("m", "f", "n"), by the articles of its document, else by its ending; or ""."""
    lemma = lemma_of(token)
    known = _genders(token.doc)
    if lemma in known:
        return known[lemma]
    part = token._.qda_parts[-1].lower()
    by_part = [kind for noun, kind in known.items() if part == noun.lower()]
    if by_part:
        return by_part[0]
    return next((kind for kind, ends in _ENDINGS if lemma.lower().endswith(ends)), "")


def _genders(doc: "Doc") -> dict[str, str]:
    """What the articles of a document tell, remembered while it lives."""
    if doc not in _GENDERS:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for token in doc:
            if token.pos_ == "NOUN" and token.text == lemma_of(token):
                for kind, weight in _votes(token):
                    votes[token.text][kind] += weight
        _GENDERS[doc] = {noun: counted.most_common(1)[0][0] for noun, counted in votes.items() if counted}
    return _GENDERS[doc]


def _votes(token: "Token") -> list[tuple[str, int]]:
    """What one article says of the singular behind it; several genders share what is open."""
    lists = word_lists("de")
    at = token.i - 1
    while at > 0 and token.doc[at].pos_ == "ADJ" and token.i - at < 3:
        at -= 1
    if at < 0:
        return []
    word = token.doc[at].lower_
    before = token.doc[at - 1] if at else None
    if word in _CONTRACTED or word in ("dem", "einem"):
        return [("m", 1), ("n", 1)]
    if word == "zur" or (word in ("der", "einer") and before is not None and before.pos_ == "ADP"):
        return [("f", 3)]
    if word in lists["masculine"] and word not in ("ihren", "seinen", "unseren"):
        return [("m", 3)]
    if word in lists["neuter"]:
        return [("n", 3)]
    if word in lists["feminine"] and word not in ("der", "einer"):
        return [("f", 2)]
    return [("m", 1)] if word == "der" else []
