"""How a coding came about: by hand, from the hits of a search, or taken from the suggestions.

Stored as ``hand``, ``search``, ``search:WORDS`` with the words that were looked for, or ``suggestion``.
"""

from typing import Final

from qda.coding.access import clean

HAND: Final = "hand"
SEARCH: Final = "search"
SUGGESTION: Final = "suggestion"  # one code for one passage, each taken by a person
_LONGEST: Final = 200  # characters of a search that are kept


def from_search(words: str) -> str:
    """The origin of codings that come from the hits of these words."""
    kept = " ".join(clean(words).split())[:_LONGEST].rstrip()
    return f"{SEARCH}:{kept}" if kept else SEARCH


def kind_of(origin: str) -> str:
    """``hand``, ``search`` or ``suggestion``."""
    return origin.partition(":")[0]


def words_of(origin: str) -> str:
    """What was looked for; empty where it is not known or nothing was."""
    return origin.partition(":")[2]
