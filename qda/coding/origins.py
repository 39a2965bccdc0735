"""How a coding came about: by hand, or from the hits of a search, with the words that were looked for.

Stored as ``hand``, ``search``, or ``search:WORDS``.
"""

from typing import Final

from qda.coding.access import clean

HAND: Final = "hand"
SEARCH: Final = "search"
_LONGEST: Final = 200  # characters of a search that are kept


def from_search(words: str) -> str:
    """The origin of codings that come from the hits of these words."""
    kept = " ".join(clean(words).split())[:_LONGEST].rstrip()
    return f"{SEARCH}:{kept}" if kept else SEARCH


def kind_of(origin: str) -> str:
    """``hand`` or ``search``."""
    return origin.partition(":")[0]


def words_of(origin: str) -> str:
    """What was looked for; empty where it is not known or nothing was."""
    return origin.partition(":")[2]
