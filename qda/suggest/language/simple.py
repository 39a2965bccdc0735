"""The last resort: lemmas by simplemma, parts of speech by a few rules. Right in the plain cases, no more.

Function words come from short lists, nouns from their capital inside a German sentence (or the ending), verbs
and adjectives from endings. At the beginning of a German sentence, and everywhere in English, a noun without
a telling ending is guessed. Nothing here should be counted upon where HanTa can be had.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from qda import resources
from qda.suggest.language.tagging import Tagged

_ENDINGS: Final = {
    "de": (
        ("NOUN", ("ung", "heit", "keit", "schaft", "tion", "tät", "ismus", "nis", "innen", "ungen")),
        ("ADJ", ("lich", "liche", "lichen", "licher", "ig", "ige", "igen", "isch", "ische", "ischen", "bar")),
        ("ADV", ("weise", "wärts", "mals")),
        ("VERB", ("en", "te", "ten", "st", "t")),
    ),
    "en": (
        ("ADV", ("ly",)),
        (
            "NOUN",
            ("tion", "tions", "ness", "ment", "ments", "ity", "ship", "ence", "ance", "er", "ers", "ism"),
        ),
        ("ADJ", ("ful", "less", "ous", "ive", "able", "ible", "al", "ic")),
        ("VERB", ("ing", "ed", "ize", "ise")),
    ),
}


class Simple:
    """Tags sentences of ``language`` without a model."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lemmatizer: Any = import_module("simplemma")
        self._closed = _closed(language)
        self._lemmas: dict[str, str] = {}
        self.name = f"simplemma-{version('simplemma')}"

    def knows(self, word: str) -> bool:
        """Whether the dictionary has it."""
        return word.lower() in self._closed or bool(
            self._lemmatizer.is_known(word, lang=self._language)
            or self._lemmatizer.is_known(word.lower(), lang=self._language)
        )

    def tag(self, text: Sequence[Sequence[str]]) -> list[list[Tagged]]:
        """All sentences of a text."""
        return [[self._word(sentence, at) for at in range(len(sentence))] for sentence in text]

    def _word(self, sentence: Sequence[str], at: int) -> Tagged:
        word = sentence[at]
        pos = self._pos(sentence, at)
        listed = self._closed.get(word.lower(), ("", ""))
        lemma = listed[1] if listed[1] and pos == listed[0] else self._lemma(word, pos)
        return Tagged(pos, pos, lemma)

    def _lemma(self, word: str, pos: str) -> str:
        keeps = pos == "PROPN" or (self._language == "de" and pos == "NOUN")
        written = word if keeps else word.lower()
        if written not in self._lemmas:
            self._lemmas[written] = self._lemmatizer.lemmatize(written, lang=self._language)
        lemma = self._lemmas[written]
        return lemma[:1].upper() + lemma[1:] if keeps else lemma

    def _pos(self, sentence: Sequence[str], at: int) -> str:
        word = sentence[at]
        if not any(sign.isalnum() for sign in word):
            return "PUNCT"
        if word[0].isdigit():
            return "NUM"
        if (listed := self._closed.get(word.lower())) is not None and (at == 0 or not self._is_name(word)):
            return listed[0]
        if at and word[0].isupper():
            return "NOUN" if self._language == "de" else "PROPN"
        return self._by_ending(word, first=at == 0)

    def _is_name(self, word: str) -> bool:
        """Capitals inside a sentence that a function word would not have."""
        return word[0].isupper() and word not in ("Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "I", "I'm")

    def _by_ending(self, word: str, *, first: bool) -> str:
        small = word.lower()
        for pos, endings in _ENDINGS[self._language]:
            if small.endswith(endings) and not (first and pos == "VERB" and self._is_noun(word)):
                return pos
        if (
            self._language == "de"
            and word[0].islower()
            and self._lemma(word, "").endswith(("en", "eln", "ern"))
        ):
            return "VERB"
        if self._language == "de":
            return "NOUN" if first and word[0].isupper() else "ADV"
        return "NOUN"

    def _is_noun(self, word: str) -> bool:
        """Whether the dictionary has the word with its capital alone."""
        known = self._lemmatizer.is_known
        return self._language == "de" and known(word, lang="de") and not known(word.lower(), lang="de")


@cache
def _closed(language: str) -> dict[str, tuple[str, str]]:
    """Function words: part of speech, and the lemma of those that have a list of forms."""
    kept = json.loads(resources.path("language", f"function.{language}.json").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, str]] = {}
    for pos, lists in kept.items():
        for lemma, forms in lists.items():
            for form in forms.split():
                found.setdefault(form, (pos, lemma.removeprefix("*") if not lemma.startswith("*") else form))
    return found
