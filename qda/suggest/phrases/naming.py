"""Names for a new code of a passage: what it says in vivo, by a noun, or by a process; the best first.

How a name is weighed (:func:`weigh`), with three weights:

- *rarity*: the mean rarity of its words in the study (by counts of lemmas); what is said everywhere names
  nothing.
- *length*: two to four words are a name; one word alone and more than four are worth half.
- *form*: what speaks for it by its kind: words in quotation marks, a comparison, a compound, a verb with an
  object.

The place in the passage only orders what weighs the same, the earlier first: as a weight of its own it hardly
changed anything (head of the code's name in the first five, interviews A and B: .343 without it, .343 where
early names weigh more, .333 and .328 where late ones do).

Of names of one kind about the same head the best stays, and of names with the same words, so that the first
five show different readings of the passage. Nothing else decides, and nothing is learnt. How often a name
that a person gave is among the first is measured in ``tests/bench/phrases.py``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding import relating
from qda.coding.positions import Span
from qda.models import Project
from qda.suggest.phrases import near, study
from qda.suggest.phrases.candidates import Candidate, NameKind
from qda.suggest.phrases.gerunds import english
from qda.suggest.phrases.in_vivo import in_vivo
from qda.suggest.phrases.nouns import nouns
from qda.suggest.phrases.passages import Passage, passage_of
from qda.suggest.phrases.processes import german
from qda.suggest.phrases.study import Known, Rarity
from qda.suggest.phrases.wordlists import word_lists

RARITY: Final = 1.0
LENGTH: Final = 0.3
FORM: Final = 0.6
_GOOD_LENGTH: Final = range(2, 5)
_PROCESSES: Final[dict[str, Callable[[Passage], Iterator[Candidate]]]] = {"de": german, "en": english}


@dataclass(frozen=True, slots=True)
class Existing:
    """A code that is there already, and nearly has the name."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that is proposed; ``span`` are the words it comes from (code points of the text).

    ``existing`` is a code to be offered instead. ``score`` only orders the names of one passage. ``version``
    is that of the lists it was formed with.
    """

    name: str
    kind: NameKind
    span: Span
    score: float
    existing: Existing | None = None
    version: str = ""


def names_for(project: Project, source: str, start: int, stop: int, limit: int = 5) -> tuple[NewName, ...]:
    """Names for a new code of the passage ``start``–``stop`` (code points) of a document (GUID), best first.

    None where a passage has no words of a respondent, or the language of the document is not known.
    Sensitizing concepts and names near to them are never among them, nor the codes that the passage has.

    :raises KnownError: the document is gone.
    """
    text = study.text_of(project, source, start, stop)
    if text is None:
        return ()
    passage = passage_of(
        text.doc,
        text.paragraphs,
        (start, stop),
        language=text.language,
        kind=text.kind,
        offset=text.offset,
    )
    there = relating.codes_in(project, source, start, stop)
    return ranked(passage, study.rarity(project, text.language), study.known(project), there, limit)


def ranked(
    passage: Passage, rarity: Rarity, known: Known, there: Iterable[str] = (), limit: int = 5
) -> tuple[NewName, ...]:
    """The names of a passage, best first; ``there`` are GUIDs of codes that it has."""
    own = frozenset(there)
    found: list[NewName] = []
    version = word_lists(passage.language).version
    heads: set[tuple[NameKind, str]] = set()
    taken: list[tuple[NameKind, frozenset[int], frozenset[int]]] = []
    for score, one in weighed(passage, rarity):
        words = frozenset(token.i for token in one.content)
        place = frozenset(token.i for token in one.tokens)
        if (one.kind, one.head) in heads or any(_said(one, words, place, other) for other in taken):
            continue
        if known.concepts.nearest(one.name) is not None:
            continue
        match = known.names.nearest(one.name)
        existing = Existing(known.codes[match], match) if match is not None else None
        if existing is not None and (
            existing.guid in own or any(other.existing == existing for other in found)
        ):
            continue
        heads.add((one.kind, one.head))
        taken.append((one.kind, words, place))
        span, weight = _span(one, passage), round(score, 4)
        found.append(NewName(one.name, one.kind, span, weight, existing, version))
        if len(found) == limit:
            break
    return tuple(found)


def _said(
    one: Candidate,
    words: frozenset[int],
    place: frozenset[int],
    other: tuple[NameKind, frozenset[int], frozenset[int]],
) -> bool:
    """Whether another name has said it: mostly the same words of its kind, or words in vivo within it."""
    kind, theirs, around = other
    if one.kind == "in-vivo" and place <= around:
        return True
    common = len(words & theirs)
    return kind == one.kind and common > 0 and common * 2 > min(len(words), len(theirs))


def _span(one: Candidate, passage: Passage) -> Span:
    first, last = one.tokens[0], one.tokens[-1]
    return Span(first.idx + passage.offset, last.idx + len(last) + passage.offset)


def weighed(passage: Passage, rarity: Rarity) -> list[tuple[float, Candidate]]:
    """All names of a passage with what they weigh, the heaviest first; of equals the earlier one."""
    made = [
        *in_vivo(passage),
        *nouns(passage),
        *_PROCESSES[passage.language](passage),
    ]
    best: dict[tuple[str, ...], tuple[float, Candidate]] = {}
    for one in made:
        # The same words as a noun and in vivo: the respondent's own stand for both.
        words, weight = near.key(one.name), weigh(one, rarity)
        first = best.setdefault(words, (weight, one))
        kept = first[1] if first[1].kind == "in-vivo" or weight <= first[0] else one
        best[words] = (max(weight, first[0]), kept)
    return sorted(
        best.values(), key=lambda pair: (-pair[0], pair[1].clause, pair[1].tokens[0].i, pair[1].name)
    )


def weigh(one: Candidate, rarity: Rarity) -> float:
    """What a name weighs (see above)."""
    length = 1.0 if len(one.name.split()) in _GOOD_LENGTH else 0.5
    return RARITY * _rare(one, rarity) + LENGTH * length + FORM * one.plus


def _rare(one: Candidate, rarity: Rarity) -> float:
    values: Sequence[float] = [rarity.of(token) for token in one.content]
    return sum(values) / len(values) if values else 0.4
