"""Forms of speech that no dictionary has, with what they are for a tagger: data in ``spoken.LANGUAGE.json``.

The tables serve tagging only: the text is never touched, and every token keeps its place. A form has the
word that the tagger reads in its stead, and the lemma and part of speech where the tagger's own would be
wrong ("": its own). A lemma of two words is joined by +: ausm is aus+der, haste haben+du.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from qda import resources

_APOSTROPHES: Final = str.maketrans("'‘`´", "’’’’")
_CLITIC: Final = re.compile(r"(\w+)’s", re.IGNORECASE)
_GENDER: Final = re.compile(r"(?<=[a-zäöüß])(?:[*:_]i|I)(?=n(?:nen)?$)")
_END: Final = frozenset(".,!?;:…)“”\"'")
_NOT: Final = frozenset(("n't", "n’t", "not"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a tagger reads for a word; lemma and part of speech where they are known; what hangs on it."""

    word: str
    lemma: str = ""
    pos: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The tables of a language."""

    remarks: tuple[str, ...]
    abbreviations: tuple[str, ...]
    elided: tuple[str, ...]
    fillers: frozenset[str]
    clitic: str
    forms: dict[str, Said] = field(repr=False)
    around: dict[str, tuple[tuple[str, Said], ...]] = field(repr=False)

    @staticmethod
    @cache
    def of(language: str) -> "Spoken":
        """The tables of ``language``, read once."""
        kept = json.loads(path(language).read_text(encoding="utf-8"))
        around: dict[str, tuple[tuple[str, Said], ...]] = {}
        for form, where, *said in kept["around"]:
            around[form] = (*around.get(form, ()), (where, Said(*said)))
        return Spoken(
            tuple(kept["remarks"]),
            tuple(kept["abbreviations"]),
            tuple(kept["elided"]),
            frozenset(kept["fillers"]),
            kept["clitic"],
            {form: Said(*said) for form, said in kept["forms"].items()},
            around,
        )

    def read(self, sentence: Sequence[str]) -> list[Said]:
        """Each word of a sentence as a tagger reads it; signs of punctuation are among them."""
        words = [word.translate(_APOSTROPHES) for word in sentence]
        return [self._one(words, at) for at in range(len(words))]

    def _one(self, words: Sequence[str], at: int) -> Said:
        word = words[at]
        found = self._listed(words, at, word)
        if found is not None:
            return found
        if self.clitic and (cut := _CLITIC.fullmatch(word)):
            host = self._listed(words, at, cut[1]) or Said(cut[1])
            return Said(host.word, host.lemma, host.pos, self.clitic)
        return Said(_GENDER.sub("i", word))

    def _listed(self, words: Sequence[str], at: int, word: str) -> Said | None:
        key = self._key(words, at, word)
        for where, said in self.around.get(key, ()):
            if _stands(words, at, where):
                return said
        return self.forms.get(key)

    def _key(self, words: Sequence[str], at: int, word: str) -> str:
        """In small letters where a capital means nothing: at the beginning, and in words all in capitals."""
        if word in self.forms or word in self.around:
            return word
        loud = len(word) > 1 and word.isupper()
        first = at == 0 or words[at - 1] in '„“‚»«":–-…/'
        return word.lower() if loud or (first and not _is_noun(words, at + 1)) else word


def _stands(words: Sequence[str], at: int, where: str) -> bool:
    """Whether a word stands so: as a tag behind a comma, first, before a noun, before "not"."""
    behind = words[at + 1] if at + 1 < len(words) else "."
    if where == "tag":
        return behind in _END and (at == 0 or words[at - 1] in _END)
    if where == "start":
        return at == 0
    if where == "noun":
        return _is_noun(words, at + 1) or (behind[:1].islower() and _is_noun(words, at + 2))
    return behind in _NOT


def _is_noun(words: Sequence[str], at: int) -> bool:
    return at < len(words) and words[at][:1].isupper() and words[at] not in ("Sie", "Ihnen", "Ihr", "Ihre")


def path(language: str) -> Path:
    """Where the table of a language lies."""
    return resources.path("language", f"spoken.{language}.json")
