"""Cue words as data: ``resources/language/slots.de.json`` and ``slots.en.json``, as a Matcher finds them.

A cue is written as words in small letters; ``<fehlen>`` is every form of that word, ``…`` up to eight words
of the same clause between two others. Behind it stand the trap that decides what the cue is where it stands
(:mod:`qda.suggest.cues.traps`), and "weak" where a cue often means something else. ``formulas`` are turns of
phrase whose cue says nothing; ``saying`` are verbs by which somebody is quoted, unless one of ``own`` speaks.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from qda import resources
from qda.suggest.language.quiet import spacy

if TYPE_CHECKING:
    from spacy.matcher import Matcher

CueClass = Literal["causal", "context", "intervening", "strategy", "consequence"]
CLASSES: Final[tuple[CueClass, ...]] = ("causal", "context", "intervening", "strategy", "consequence")
LANGUAGES: Final = ("de", "en")
_WEAK: Final = "weak"
_GAP: Final = 8
_FORMULA: Final = "formula"


@dataclass(frozen=True, slots=True)
class Entry:
    """A cue: its class, the trap that looks at it ("": none), and whether it is weak."""

    kind: CueClass
    trap: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cues of a language; ``entries`` by the name that the matcher gives (none: a formula)."""

    language: str
    entries: dict[str, Entry]
    saying: frozenset[str]
    own: frozenset[str]
    names: dict[int, str] = field(repr=False, compare=False)  # by the number that the matcher gives
    matcher: "Matcher" = field(repr=False, compare=False)
    version: str = ""  # of the cues and of the traps; raised with every change of either

    def entry(self, match: int) -> Entry | None:
        """What a match is; none for a formula."""
        return self.entries.get(self.names[match])


@cache
def lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language; none where there is none."""
    if language not in LANGUAGES:
        return None
    data = json.loads(resources.path("language", f"slots.{language}.json").read_text(encoding="utf-8"))
    spacy()
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    vocab = Vocab()  # words are numbered by their letters, alike in every vocabulary
    matcher = Matcher(vocab)
    entries: dict[str, Entry] = {}
    for kind in CLASSES:
        for written, flags in data[kind].items():
            words = flags.split()
            trap = next((word for word in words if word != _WEAK), "")
            entries[f"{kind}:{written}"] = Entry(kind, trap, _WEAK in words)
            matcher.add(f"{kind}:{written}", _patterns(written))
    formulas = [f"{_FORMULA}:{written}" for written in data["formulas"]]
    for name, written in zip(formulas, data["formulas"], strict=True):
        matcher.add(name, _patterns(written))
    names = {vocab.strings[name]: name for name in (*entries, *formulas)}
    saying, own = frozenset(data["saying"]), frozenset(data["own"])
    return Lexicon(language, entries, saying, own, names, matcher, data["version"])


def _patterns(written: str) -> list[list[dict[str, Any]]]:
    """A pattern for each number of words that may stand in a gap."""
    found: list[list[dict[str, Any]]] = [[]]
    for word in written.split():
        if word == "…":
            found = [[*one, *({} for _each in range(count))] for one in found for count in range(_GAP + 1)]
        else:
            found = [[*one, _token(word)] for one in found]
    return found


def _token(word: str) -> dict[str, Any]:
    return {"LEMMA": word[1:-1]} if word.startswith("<") else {"LOWER": word}
