"""Compounds in their parts: Migranten·organisation, Netzwerk·konferenz.

A tagger finds the smallest stems (netz, werk, konferenz). They are put together again where the study itself
uses what they make (Netzwerk), so that a compound falls into the words that people say. Where no tagger has
taken a word apart, it is cut only where the study knows both parts.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from qda.suggest.language.tagging import PARTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SHORTEST: Final = 3  # letters of a part
_JOINTS: Final = ("s", "es", "n", "en", "e", "er", "-")  # what may stand between two parts
_OWN: Final["WeakKeyDictionary[Doc, frozenset[str]]"] = WeakKeyDictionary()
_WORDS: Final = ("NOUN", "PROPN", "ADJ", "VERB")


def vocabulary(docs: Iterable["Doc"]) -> frozenset[str]:
    """The words of a study by which compounds are checked: lemmas and forms, in small letters."""
    found: set[str] = set()
    for doc in docs:
        for token in doc:
            if token.pos_ in _WORDS:
                found.update((token.lemma_.lower(), token.lower_))
    return frozenset(found)


def parts(token: "Token", words: Collection[str] | None = None) -> tuple[str, ...]:
    """The parts of a noun as it is written, which together are the word; itself alone where it is none.

    ``words`` is the :func:`vocabulary` of the study; left out, that of the token's own document.
    """
    word = token.text
    if token.pos_ not in ("NOUN", "PROPN"):
        return (word,)
    if "-" in word.strip("-"):
        return tuple(piece for piece in word.split("-") if piece)
    known = _own(token.doc) if words is None else words
    stems = token.doc.user_data.get(PARTS, {}).get(word)
    if stems is None:
        return _by_vocabulary(word, known)
    cut = _joined(_sound(stems), known)
    return _as_written(word, cut)


def _own(doc: "Doc") -> frozenset[str]:
    """The vocabulary of one Doc, remembered while it lives."""
    if doc not in _OWN:
        _OWN[doc] = vocabulary((doc,))
    return _OWN[doc]


def _sound(stems: Sequence[str]) -> list[str]:
    """Stems with nothing too short among them: such a one belongs to the stem before it, or behind it."""
    found: list[str] = []
    for stem in stems:
        if found and (len(stem) < _SHORTEST or len(found[-1]) < _SHORTEST):
            found[-1] += stem
        else:
            found.append(stem)
    return found


def _joined(stems: Sequence[str], known: Collection[str]) -> list[str]:
    """Neighbours put together where the study knows what they make; the longest first."""
    count = len(stems)
    for length in range(count - 1, 1, -1):
        for at in range(count - length + 1):
            whole = "".join(stems[at : at + length])
            if _is_known(whole, known):
                left, right = _joined(stems[:at], known), _joined(stems[at + length :], known)
                return [*left, whole, *right]
    return list(stems)


def _is_known(word: str, known: Collection[str]) -> bool:
    return word in known or any(
        word.endswith(joint) and len(word) - len(joint) >= _SHORTEST and word[: -len(joint)] in known
        for joint in _JOINTS
    )


def _by_vocabulary(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Two parts that the study both knows, where no tagger has taken the word apart."""
    small = word.lower()
    for at in range(len(small) - 4, 3, -1):
        if small[at:] in known and _is_known(small[:at], known):
            return _as_written(word, [small[:at], small[at:]])
    return (word,)


def _as_written(word: str, cut: Sequence[str]) -> tuple[str, ...]:
    """The parts with the letters of the word; itself where they do not make it."""
    if "".join(cut) != word.lower() or len(cut) < 2:
        return (word,)
    found, at = [], 0
    for part in cut:
        found.append(word[at : at + len(part)])
        at += len(part)
    return tuple(found)
