"""HanTa as a tagger: tag, part of speech, lemma and the parts of compounds, sentence by sentence.

HanTa (LGPL) is used as it is installed. What it computes for a word is kept while it lives, since the words
of a transcript come again and again. Its own habits are met here: capitals inside a sentence, words all in
capitals for emphasis, and words behind a quotation mark.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from qda.suggest.language import tagsets
from qda.suggest.language.tagging import Tagged

MODELS: Final = {"de": "morphmodel_ger.pgz", "en": "morphmodel_en.pgz"}
_OPENING: Final = frozenset('„“‚»«":–…/(')
_STEMS: Final = ("NN", "NE", "ADJ", "VV", "CARD", "ADV", "APPR", "FM", "PTKVZ")
_I: Final = "I"
_LONG: Final = 5  # letters of a stem that is looked at again


class MissingError(Exception):
    """HanTa or its model for the language is not installed."""


def model(language: str) -> Path:
    """Where the model of a language lies, if HanTa is installed."""
    spec = find_spec("HanTa")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    return folder / MODELS.get(language, "")


@cache
def hanta(language: str) -> "HanTa":
    """The tagger of a language; its model is read once (a third of a second).

    :raises MissingError: it is not there.
    """
    if language not in MODELS:
        raise MissingError(language)
    return HanTa(language)


class HanTa:
    """Tags sentences of ``language``."""

    def __init__(self, language: str) -> None:
        if not model(language).is_file():
            raise MissingError(language)
        try:
            module: Any = import_module("HanTa.HanoverTagger")
        except ImportError as problem:
            raise MissingError(language) from problem
        self._tagger: Any = _remembering(module.HanoverTagger)(MODELS[language])
        self.name = f"hanta-{version('HanTa')}"
        self._language = language
        self._cases: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Whether the word, in small letters, was often seen in what the model learnt from."""
        return word.lower() in self._tagger.cache

    def tag(self, text: Sequence[Sequence[str]]) -> list[list[Tagged]]:
        """All sentences of a text."""
        return [self._sentence(sentence) for sentence in text]

    def _sentence(self, sentence: Sequence[str]) -> list[Tagged]:
        if not sentence:
            return []
        words = [self._cased(sentence, at) for at in range(len(sentence))]
        found = [(lemma, tag) for _word, lemma, tag in self._tagger.tag_sent(words)]
        lemmas, tags = [lemma for lemma, _tag in found], [tag for _lemma, tag in found]
        if self._language == "de":
            kinds = tagsets.german(tags, lemmas)
            lemmas = [
                self._one_woman(word, lemma) if kind == "NOUN" else lemma
                for word, lemma, kind in zip(words, lemmas, kinds, strict=True)
            ]
        else:
            kinds = tagsets.english(tags)
            lemmas = [_I if lemma == "i" else lemma for lemma in lemmas]
        return [
            Tagged(tag, kind, lemma if _wordlike(word) else word, self._parts(word, tag, kind))
            for word, tag, kind, lemma in zip(words, tags, kinds, lemmas, strict=True)
        ]

    def _cased(self, sentence: Sequence[str], at: int) -> str:
        """The word as the tagger knows it: emphasis and openings in its usual letters."""
        word = sentence[at]
        if len(word) > 1 and word.isupper() and word.isalpha():
            return self._usual(word) if self.knows(word) else word
        if at and word[:1].isupper() and sentence[at - 1] in _OPENING and self.knows(word):
            return self._usual(word)
        return word

    def _usual(self, word: str) -> str:
        small = word.lower()
        if small not in self._cases:
            best = self._tagger.tag_word(small, cutoff=0, casesensitive=False)
            noun = bool(best) and best[0][0][:2] in ("NN", "NE", "NP")
            german = self._language == "de" or (bool(best) and best[0][0] == "NP0")
            self._cases[small] = small.capitalize() if noun and german else small
        return self._cases[small]

    def _parts(self, word: str, tag: str, kind: str) -> tuple[str, ...]:
        return self.morphs(word, tag) if self._language == "de" and kind in ("NOUN", "PROPN") else ()

    def morphs(self, word: str, tag: str = "NN") -> tuple[str, ...]:
        """The stems of a noun with what joins them, in small letters: netz, werk, konferenz.

        The end stays on. One where the word is no compound.
        """
        number = self._tagger.tag2int.get(tag)
        if number is None or not _wordlike(word):
            return ()
        if (man := self._man(word)) is not None:
            stem, end = man
            *before, last = self._stems(f"{stem}e", number)
            return (*before, last[:-1] + end)
        return self._stems(word, number)

    def _stems(self, word: str, number: int) -> tuple[str, ...]:
        parts: list[str] = []
        open_ = False  # behind a prefix: what follows belongs to it
        for written, kind in self._morphs(word, number):
            if kind.startswith(_STEMS) and not open_:
                parts.append(written)
            elif parts:
                parts[-1] += written
            else:
                parts.append(written)
            open_ = kind.startswith("PREF")
        return tuple(parts)

    def _morphs(self, word: str, number: int) -> list[tuple[str, str]]:
        _stem, morphs, _tag = self._tagger._analyze(word, number, taglevel=3)
        found: list[tuple[str, str]] = morphs
        return found

    def _man(self, word: str) -> tuple[str, str] | None:
        """What is before -in or -innen of a word that HanTa takes apart wrongly: it knows the Lotse alone."""
        small = word.lower()
        end = next((end for end in ("innen", "in") if small.endswith(end)), "")
        stem = small.removesuffix(end)
        if not end or len(stem) < _LONG:
            return None
        number = self._tagger.tag2int["NN"]
        if any(kind == "SUF_FEM" for _written, kind in self._morphs(word, number)):
            return None
        man = self._morphs(f"{stem}e", number)
        known = self._tagger.LP_m_t[number]
        sound = len(man) > 1 and man[-1][1] == "NN" and all(m in known for m, kind in man if kind == "NN")
        return (stem, end) if sound else None

    def _one_woman(self, word: str, lemma: str) -> str:
        """Lotsinnen are more than one Lotsin."""
        if lemma.endswith("inn") and word.endswith("innen"):
            lemma = lemma[:-1]
        man = self._man(word) if word.endswith(("in", "innen")) else None
        return word[: len(man[0])] + "in" if man is not None else lemma


def _wordlike(word: str) -> bool:
    return any(sign.isalpha() for sign in word)


def _remembering(tagger: type[Any]) -> type[Any]:
    """The tagger with a memory for words: the same word is not taken apart twice."""

    class Remembering(tagger):  # type: ignore[misc]
        def __init__(self, model: str) -> None:
            self._forward: dict[str, Any] = {}
            self._taken_apart: dict[tuple[str, int], Any] = {}
            super().__init__(model)

        def analyze_forward(self, word: str) -> Any:
            if word not in self._forward:
                self._forward[word] = super().analyze_forward(word)
            return self._forward[word]

        def analyze_viterbi(self, word: str, targetpos: int) -> Any:
            key = (word, targetpos)
            if key not in self._taken_apart:
                self._taken_apart[key] = super().analyze_viterbi(word, targetpos)
            return self._taken_apart[key]

    return Remembering
