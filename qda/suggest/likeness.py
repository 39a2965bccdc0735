"""Which passages of a study are alike in their words: by the features of the ranking, weighed among these.

Passages are compared by the cosine of their words (lemmas, parts of compounds) and of pieces of letters, half
each. Texts that the language tools have not read yet are not compared, nor are very many of them at once:
then there is no answer, and who asks does without.
"""

import threading
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import Final

import numpy as np

from qda.coding import material
from qda.coding.candidate_nearness import Place
from qda.models import Changed, Project
from qda.suggest.ranking.features import WORDS, Bag, Features
from qda.suggest.ranking.index import Place as Spot
from qda.suggest.ranking.space import Floats, Space
from qda.suggest.ranking.study import Texts

MOST_TEXTS: Final = 80  # of which passages are compared at once
MOST_KNOWN: Final = 100  # passages that others are compared with; of more each n-th
SHOWN: Final = 3  # words
_TELLING: Final = 30  # a telling word is said in one of so many passages at most …
_OFTEN: Final = 6  # … or in so few
_SHORTEST: Final = 40  # characters of a paragraph that says enough to be compared
_TEXTS: Final = frozenset(("source", "paragraph", "speaker"))


class Corpus:
    """The paragraphs of some documents (GUIDs): where they lie, and their words."""

    def __init__(self, sources: Sequence[str], places: Sequence[Place], features: Sequence[Features]) -> None:
        self.sources, self.places = frozenset(sources), tuple(places)
        self._bags = tuple((one.pieces, one.words) for one in features)
        self.spaces = Space(), Space()
        for bags in self._bags:
            for space, bag in zip(self.spaces, bags, strict=True):
                space.add(bag)

    def likeness_to_all(self, known: Sequence[Features]) -> Floats:
        """The cosine of each paragraph with all passages together."""
        sides = [[one.pieces for one in known], [one.words for one in known]]
        found = [space.likeness(_together(bags)) for space, bags in zip(self.spaces, sides, strict=True)]
        return np.asarray((found[0] + found[1]) / 2)

    def likeness(self, some: Sequence[int], known: Sequence[Features]) -> Iterator[Floats]:
        """For each passage its cosine with some paragraphs (numbers)."""
        sides = [space.beside([self._bags[at][n] for at in some]) for n, space in enumerate(self.spaces)]
        for one in known:
            yield (sides[0].likeness(one.pieces) + sides[1].likeness(one.words)) / 2


def _together(bags: Sequence[Bag]) -> Bag:
    """The counts of several, added up."""
    ids = np.concatenate([bag.ids for bag in bags])
    counts = np.concatenate([bag.counts for bag in bags])
    every, at = np.unique(ids, return_inverse=True)
    return Bag(every.astype(np.intc), np.bincount(at, weights=counts, minlength=len(every)).astype(np.intc))


class TextLikeness:
    """The words of one study, read once each; one thread at a time asks."""

    def __init__(self, project: Project) -> None:
        self._texts = Texts(project)
        self._known: set[str] = set()
        self._features: dict[Place, Features] = {}
        self._corpus: Corpus | None = None
        self._words = Space()  # of the passages that were compared last: how telling words are among them
        self._lock = threading.RLock()

    def heard(self, change: Changed) -> None:
        """Texts that were changed are read anew."""
        if change.tables & _TEXTS:
            self.forget()

    def forget(self) -> None:
        """Everything is read anew when it is asked for."""
        with self._lock:
            self._features.clear()
            self._corpus = None
            for source in self._known:
                self._texts.drop(source)
            self._known.clear()

    def read(self, sources: Sequence[str]) -> bool:
        """Whether all of some documents (GUIDs) were read for their words; false for too many of them."""
        if len(set(sources)) > MOST_TEXTS:
            return False
        with self._lock:
            for source in dict.fromkeys(sources):
                if not self._is_read(source):
                    return False
        return True

    def _is_read(self, source: str) -> bool:
        self._known.add(source)
        if not self._texts.tokens(source).read:
            self._texts.drop(source)  # it may have been read since
            return self._texts.tokens(source).read
        return True

    def features(self, place: Place) -> Features:
        """What a passage is known by."""
        with self._lock:
            found = self._features.get(place)
            if found is None:
                found = self._features[place] = self._texts.features(Spot(*place))
            return found

    def corpus(self, project: Project, sources: Sequence[str]) -> "Corpus":
        """The paragraphs of documents (GUIDs), without the words of interviewers and without headings."""
        with self._lock:
            if self._corpus is None or self._corpus.sources != frozenset(sources):
                self._known.update(sources)
                places = [place for source in sources for place in _paragraphs(project, source)]
                self._corpus = Corpus(sources, places, [self.features(place) for place in places])
            self._words = self._corpus.spaces[1]
            return self._corpus

    def rare(self, word: str) -> bool:
        """Whether a word (as it is known by) is a telling one among the passages that were compared."""
        with self._lock:
            idf, number, count = self._words.idf(), WORDS.number(word), len(self._words)
        least = np.log((1 + count) / (1 + max(_OFTEN, count / _TELLING)))
        return number < len(idf) and bool(idf[number] >= least - 1e-9)

    def where(self, place: Place, words: Collection[str]) -> tuple[tuple[int, int], ...]:
        """Where in a passage words stand, as they are known by; code points of the document."""
        wanted, source = set(words), place[0]
        with self._lock:
            tokens = self._texts.tokens(source)
        low, high = bisect_left(tokens.starts, place[1]), bisect_left(tokens.starts, place[2])
        return tuple(
            (one.start, one.stop) for one in tokens.tokens[low:high] if not wanted.isdisjoint(one.words)
        )

    def nearest(self, known: Sequence[Place], some: Sequence[Place]) -> Sequence[tuple[float, int]] | None:
        """For each of some how like it is to the nearest known one (0 to 1), and which that is.

        A passage is not likened to one that it shares words of the text with.
        """
        if not known or not self.read([place[0] for place in (*known, *some)]):
            return None
        step = -(-len(known) // MOST_KNOWN)
        asked = range(0, len(known), step)
        with self._lock:
            spaces = self._spaces([*some, *(known[at] for at in asked)])
            best, which = np.zeros(len(some)), np.full(len(some), asked[0])
            for at in asked:
                much = self._likeness(spaces, known[at])[: len(some)]
                much[[_overlap(place, known[at]) for place in some]] = 0.0
                better = much > best
                best[better], which[better] = much[better], at
        return [(round(much, 6), at) for much, at in zip(best.tolist(), which.tolist(), strict=True)]

    def _spaces(self, places: Sequence[Place]) -> tuple[Space, Space]:
        pieces, words = Space(), Space()
        for place in places:
            features = self.features(place)
            pieces.add(features.pieces)
            words.add(features.words)
        self._words = words
        return pieces, words

    def _likeness(self, spaces: tuple[Space, Space], place: Place) -> Floats:
        features = self.features(place)
        pieces, words = spaces
        return (pieces.likeness(features.pieces) + words.likeness(features.words)) / 2

    def shared(self, one: Place, other: Place) -> tuple[str, ...]:
        """The words that two passages have in common, the telling ones first, compounds by their parts."""
        return tuple(shown for _word, shown in self.shared_words(one, other))[:SHOWN]

    def shared_words(self, one: Place, other: Place) -> list[tuple[str, str]]:
        """All of them, each as it is known by, and as it is shown."""
        with self._lock:
            both = self._words.shared(self.features(one).words, self.features(other).words, WORDS.name)
            telling = self._texts.tokens(one[0]).telling(*one[1:])
        found = [word for word in both if word in telling]
        within = {part for word in found for part in telling[word][1]}
        return [(word, telling[word][0]) for word in found if word not in within]


def _paragraphs(project: Project, source: str) -> Iterator[Place]:
    """The paragraphs of a document in which somebody but an interviewer speaks or writes."""
    for row in material.paragraphs(project, source):
        if row.role != "interviewer" and row.kind == "text" and row.stop - row.label_stop >= _SHORTEST:
            yield source, row.label_stop, row.stop


def _overlap(one: Place, other: Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
