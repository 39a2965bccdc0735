"""For a code, passages elsewhere that are like its own: those that may contradict first, each with a reason.

What is looked through are the paragraphs of all texts that the language tools have read, without the words of
interviewers and without what has the code already. Likeness is the mean of that to all passages of the code
together and that to the nearest of them; without a telling word in common nothing is offered. A paragraph may
contradict where a word of negation stands close to a telling word that both share, or one of contrast or
concession in one sentence with it, or where a person has put a passage in it elsewhere on a property of the
code than all the code's passages. Nothing is stored, and nothing is coded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from qda.coding import analyses, material
from qda.coding.candidate_nearness import OtherValue, Place, passages_of
from qda.coding.citation import paragraphs_cited, quoted
from qda.coding.cues import AGAINST, Cue, cues_in
from qda.coding.rows import SegmentRow
from qda.i18n import _
from qda.models import Project
from qda.suggest.language.tools import names
from qda.suggest.likeness import MOST_TEXTS, Corpus, TextLikeness
from qda.suggest.ranking.space import Floats

VERSION: Final = "1"
ENGINE: Final = "qda-elsewhere"
LEAST: Final = 0.13  # likeness below which nothing is offered
MOST: Final = 24
_NEAREST: Final = 160  # paragraphs that are compared with each passage
_KNOWN: Final = 60  # passages of the code that they are compared with, at most
_CLOSE: Final = 20  # characters from a shared word within which a word of negation counts
_BESIDE: Final = 60  # the same for one of contrast or concession
_CLAUSE: Final = re.compile(r"[.!?…\n,;:–]")
_SENTENCE: Final = re.compile(r"[.!?…\n]")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A paragraph, and the passage of the code that it is most like.

    ``words`` are those that both share, ``marks`` where they stand (code points of the document). ``cues``
    and ``other_value`` say why it may contradict.
    """

    segment: SegmentRow
    score: float
    like: SegmentRow
    words: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]
    cues: tuple[Cue, ...] = ()
    other_value: OtherValue | None = None

    @property
    def may_contradict(self) -> bool:
        """Whether anything in it speaks against the code."""
        return bool(self.cues) or self.other_value is not None


@dataclass(frozen=True, slots=True)
class Found:
    """What there is for a code (GUID). ``unread``: texts that were not looked through."""

    code: str
    rows: tuple[Elsewhere, ...]
    unread: int = 0


def reason(one: Elsewhere) -> str:
    """Why it is offered: "“not”; like A, para. 12: trust · call"."""
    parts = [quoted(word) for word in dict.fromkeys(cue.word for cue in one.cues)]
    if (other := one.other_value) is not None:
        words = _("{property}: {value}, elsewhere {known}")
        known = ", ".join(other.known)
        parts.append(words.format(property=other.property, value=other.value, known=known))
    place = paragraphs_cited(one.like)
    words = " · ".join(one.words)
    like = _("like {place}: {words}") if words else _("like {place}")
    return "; ".join((*parts, like.format(place=place, words=words)))


def elsewhere(
    project: Project,
    code: str,
    like: TextLikeness,
    *,
    within: Callable[[str], bool] = lambda _source: True,
    most: int = MOST,
) -> Found:
    """The passages for a code (GUID), at most so many; ``within`` says in which documents (GUIDs).

    Those that may contradict take no more than half of the room, where others need it.

    :raises KnownError: the code is gone.
    """
    known, valued = passages_of(project, code)
    rows = analyses.readable(project)
    unread = {row.guid for row in analyses.unread(project, names())}
    texts = [row.guid for row in rows if row.guid not in unread and within(row.guid)][:MOST_TEXTS]
    corpus = like.corpus(project, texts)
    left = len(rows) - len(texts)
    known = [place for place in known if place[0] not in unread]
    if not known or not corpus.places:
        return Found(code, (), left)
    some = _likely(corpus, like, known, valued)
    languages = {row.guid: row.language for row in rows}
    found = []
    for at, score, which in some[: most * 4]:
        place = corpus.places[at]
        value = next((one for span, one in valued.items() if _within(span, place)), None)
        found.append(_row(project, like, (place, known[which]), score, languages[place[0]]))
        found[-1] = replace(found[-1], other_value=value)
    found = [one for one in found if one.words or one.other_value is not None]
    found.sort(key=lambda one: -one.score)
    against = [one for one in found if one.may_contradict]
    others = [one for one in found if not one.may_contradict]
    first = against[: max(most // 2, most - len(others))]
    return Found(code, (*first, *others[: most - len(first)]), left)


def _likely(
    corpus: Corpus, like: TextLikeness, known: Sequence[Place], others: dict[Place, OtherValue]
) -> list[tuple[int, float, int]]:
    """Paragraphs (numbers) with their likeness and the nearest of the passages, the likest first."""
    known_at = range(0, len(known), -(-len(known) // _KNOWN))
    asked = [like.features(known[at]) for at in known_at]
    whole = corpus.likeness_to_all(asked)
    whole[_that_touch(corpus, known)] = -1.0
    valued = _that_touch(corpus, list(others))
    first = np.argsort(-whole, kind="stable")[:_NEAREST]
    some = np.array(sorted({*first.tolist(), *valued}), np.int64)
    some = some[whole[some] >= 0]
    nearest, which = np.zeros(len(some)), np.zeros(len(some), np.int64)
    for number, much in zip(known_at, corpus.likeness(some.tolist(), asked), strict=True):
        better = much > nearest
        nearest[better], which[better] = much[better], number
    scores: Floats = np.round((whole[some] + nearest) / 2, 6)
    keep = set(valued)
    rows = zip(some.tolist(), scores.tolist(), which.tolist(), strict=True)
    return sorted(
        (row for row in rows if row[1] >= LEAST or (row[0] in keep and row[1] > 0)),
        key=lambda row: (row[0] not in keep, -row[1], row[0]),
    )


def _that_touch(corpus: Corpus, places: Sequence[Place]) -> list[int]:
    """The paragraphs (numbers) in which one of the places lies, be it in part."""
    by_source: dict[str, list[tuple[int, int]]] = {}
    for source, start, stop in places:
        by_source.setdefault(source, []).append((start, stop))
    return [
        at
        for at, (source, start, stop) in enumerate(corpus.places)
        if any(begin < stop and start < end for begin, end in by_source.get(source, ()))
    ]


def _row(
    project: Project,
    like: TextLikeness,
    both: tuple[Place, Place],
    score: float,
    language: str,
) -> Elsewhere:
    place, near = both
    shared = [pair for pair in like.shared_words(place, near) if like.rare(pair[0])]
    marks = like.where(place, [word for word, _shown in shared])
    text = material.text(project, place[0])
    cues = cues_in(text, language, place[1], place[2])
    against = [cue for cue in cues if cue.kind in AGAINST and _beside(text, cue, marks)]
    words = tuple(shown for _word, shown in shared)[:3]
    segment, other = material.span_row(project, *place), material.span_row(project, *near)
    return Elsewhere(segment, score, other, words, marks, tuple(against))


def _within(span: Place, place: Place) -> bool:
    return span[0] == place[0] and span[1] < place[2] and place[1] < span[2]


def _beside(text: str, cue: Cue, marks: Sequence[tuple[int, int]]) -> bool:
    """Whether a cue stands near a shared word: in one clause with it, or one of contrast in one sentence."""
    most, ends = (_CLOSE, _CLAUSE) if cue.kind == "negation" else (_BESIDE, _SENTENCE)
    for start, stop in marks:
        low, high = min(stop, cue.stop), max(start, cue.start)
        if high - low <= most and not ends.search(text, low, max(low, high)):
            return True
    return False
