"""The weights of the ranking, chosen by the benchmark: a small file with a note how they were made."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from qda import resources

NAMES: Final = (
    "pieces",  # the code's vector of pieces of letters, by cosine with the passage
    "words",  # the same of lemmas and parts of compounds
    "likelihood",  # of the passage's words, in the code's passages against all
    "around",  # the words of the paragraphs that the passages of other documents lie in
    "around_here",  # the same of passages of this document, which may be this very paragraph
    "wide",  # the words of a wider window, other documents
    "wide_here",
    "fitted",  # a ridge regression over the passages most alike, by pieces
    "fitted_around",  # the same by the words of their paragraphs
    "near",  # the nearest passages, by pieces and words
    "name_pieces",
    "name_words",
    "definition_pieces",
    "definition_words",
    "definition_question",  # the words of the question before with those of the definition
    "often",  # ln(1 + passages of the code)
    "elsewhere",  # ln(1 + those of other documents)
    "spread",  # ln(1 + other documents with the code)
    "recent",  # given to one of the passages before this one in the text
    "recent_category",  # a code of the same category was
)
RECENCY: Final = ("recent", "recent_category")


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight for each name of :data:`NAMES`; and what makes a probability of what comes out.

    ``slope`` and ``offset`` are those of Platt (1999) on the log odds of the share of a code among all.
    ``strong`` and ``least`` are probabilities: from where on a proposal is strong, and below which it is not
    made.
    """

    version: str
    of: tuple[float, ...]
    slope: float
    offset: float
    strong: float
    least: float


def parsed(data: str) -> Weights:
    """The weights from the words of a file."""
    read = json.loads(data)
    of = tuple(float(read["weights"][name]) for name in NAMES)
    platt = read["probability"]
    return Weights(read["version"], of, platt["slope"], platt["offset"], platt["strong"], platt["least"])


@cache
def shipped() -> Weights:
    """The weights that come with the program."""
    return parsed(resources.path("suggest", "ranking.json").read_text(encoding="utf-8"))
