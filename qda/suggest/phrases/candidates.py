"""What may become a name: its words, its kind, and the words of the passage that it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

NameKind = Literal["in-vivo", "noun", "process"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name before it is weighed. ``content`` are the words that carry it, ``head`` the chief of them.

    ``plus`` is what speaks for it beyond its words (0 to 1, less than 0 against it).
    """

    name: str
    kind: NameKind
    tokens: "tuple[Token, ...]"
    content: "tuple[Token, ...]"
    head: str
    clause: int
    plus: float = 0.0


def content_of(tokens: "Sequence[Token]") -> "tuple[Token, ...]":
    """Nouns, verbs, adjectives and adverbs with a meaning of their own."""
    return tuple(token for token in tokens if token.pos_ in ("NOUN", "VERB", "ADJ", "PROPN"))
