"""The component of every tier: reads forms of speech for a tagger, and writes what it says into the Doc.

A tagger gets sentences of words and gives back one :class:`Tagged` for each. It never sees blanks, labels
and the signs of transcribers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from qda.suggest.language.spoken import Said, Spoken
from qda.suggest.language.words import NO_WORDS, SIGN, SIGNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTS: Final = "qda_parts"  # key of Doc.user_data: word → the stems that a tagger finds in it
_NOUNS: Final = ("NOUN", "PROPN")
_SHORT: Final = 3  # letters of a word that was broken off, at most


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a tagger says of a word; ``parts`` are the stems of a compound."""

    tag: str
    pos: str
    lemma: str
    parts: tuple[str, ...] = ()


class Tagger(Protocol):
    """A tier."""

    name: str

    def knows(self, word: str) -> bool:
        """Whether it is a word of the language."""

    def tag(self, text: Sequence[Sequence[str]]) -> list[list[Tagged]]:
        """One answer a word."""


class Tagging:
    """A component of a pipeline."""

    def __init__(self, language: str, tagger: Tagger) -> None:
        self._spoken = Spoken.of(language)
        self._tagger = tagger

    def __call__(self, doc: "Doc") -> "Doc":
        signs = doc.user_data.get(SIGNS, {})
        sentences: list[list[Token]] = []
        for token in doc:
            if token.is_space:
                token.tag_, token.pos_, token.lemma_ = "_SP", "SPACE", token.text
            elif (kind := signs.get(str(token.i))) in NO_WORDS:
                token.tag_, token.lemma_ = kind, token.text
                token.pos_ = "PUNCT" if kind == SIGN else "X"
            else:
                if token.is_sent_start or not sentences:
                    sentences.append([])
                sentences[-1].append(token)
        read = [self._spoken.read([token.text for token in one]) for one in sentences]
        answers = self._tagger.tag([[said.word for said in one] for one in read])
        parts: dict[str, tuple[str, ...]] = {}
        for tokens, saids, tagged in zip(sentences, read, answers, strict=True):
            for token, said, one in zip(tokens, saids, tagged, strict=True):
                self._write(doc, token, said, one)
                if len(one.parts) > 1 and token.pos_ in _NOUNS:
                    parts[token.text] = one.parts
        doc.user_data[PARTS] = parts
        return doc

    def _write(self, doc: "Doc", token: "Token", said: Said, one: Tagged) -> None:
        token.tag_ = one.tag
        token.pos_ = said.pos or one.pos
        lemma = said.lemma or one.lemma or token.text
        token.lemma_ = f"{lemma}+{said.tail}" if said.tail and one.pos not in _NOUNS else lemma
        if not any(sign.isalnum() for sign in token.text):
            token.pos_, token.lemma_ = "PUNCT", token.text
        elif self._broken_off(doc, token):
            token.pos_, token.lemma_ = "X", token.text

    def _broken_off(self, doc: "Doc", token: "Token") -> bool:
        """Whether the speaker broke off inside this word: a sign says so, and there is no such word."""
        behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if behind is None or not behind.text.startswith("/") or behind.tag_ != SIGN:
            return False
        return len(token.text) <= _SHORT and (len(token.text) == 1 or not self._tagger.knows(token.text))
