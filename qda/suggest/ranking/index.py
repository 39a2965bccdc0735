"""The index of a study: what its codes look like, kept with every coding that is added or removed.

For each code it knows the sum of the vectors of its passages, over the root of their number (pieces of
letters, words and words around apart), the nearest passages, the name and the working definition, how often
and in how many documents it was given, and whether it was given shortly before in the
same text. What is kept is counts; the same codings make the same ranks, whatever came and went before.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from qda.suggest.ranking.features import WORDS, Bag, Features, plain_words
from qda.suggest.ranking.space import Floats, Space
from qda.suggest.ranking.weights import NAMES, RECENCY, Weights

NEAREST: Final = 15  # passages that the nearest-neighbour part asks
LOOK_BACK: Final = 8  # passages before this one that count as recent …
FADES: Final = 0.75  # … each so much less than the one after it
FITTED: Final = 100  # passages that the regression asks …
_RIDGE: Final = 1.0  # … and what is added to the likeness of each with itself
_ALL_ALIKE: Final = 2 * FITTED  # where more are as like as the border, it is no border
UNTHOUGHT: Final = 20  # codes that may still come, for which nothing speaks
_UNSEEN: Final = 0.1  # what a word counts that no passage has
_SMOOTHED, _WIDER = 100, 300  # words of the category that a code's count with, and of all that these do
_DIGITS: Final = 9  # likeness is told to so many: sums in another order come out alike
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]
_AT: Final = {name: at for at, name in enumerate(NAMES)}
_BESIDE: Final = frozenset(  # what says nothing of the very words of this passage
    (
        *("often", "elsewhere", "spread", "likelihood", "fitted_around"),
        *("around", "around_here", "wide", "wide_here", "definition_question"),
    )
)
_EVIDENCE: Final = [at for name, at in _AT.items() if name not in _BESIDE]
_SPACES: Final[Mapping[str, Callable[[Features], Bag]]] = {
    "pieces": lambda one: one.pieces,
    "words": lambda one: one.words,
    "around": lambda one: one.beyond.around,
    "wide": lambda one: one.beyond.wide,
}
_NOTHING: Final = plain_words("").of(0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage lies: document (GUID), start and stop in code points, and its segment (GUID or "")."""

    source: str
    start: int
    stop: int
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A code: name, working definition, and the GUID of the category it stands under (or its own)."""

    guid: str
    name: str
    definition: str = ""
    category: str = ""


@dataclass(slots=True)
class _Row:
    place: Place
    features: Features
    number: int  # in all spaces
    codes: Counter[str]
    source: int  # the number of the document


@dataclass(frozen=True, slots=True)
class Table:
    """What speaks for each code on one passage: ``codes`` (GUIDs, sorted) by the names of the weights."""

    codes: tuple[str, ...]
    values: Floats
    counts: npt.NDArray[np.intp]


class Index:
    """Codes and their passages. Passages are keyed by segment, or by place where they have none."""

    def __init__(self) -> None:
        self._spaces = _spaces()
        self._rows: dict[tuple[str, int, int], _Row] = {}
        self._numbers: dict[str, int] = {}  # of documents
        self._along: dict[str, list[tuple[int, int]]] = {}
        self._labels: dict[str, Label] = {}
        self._label_features: dict[str, tuple[Features, Features]] = {}
        self._of_code: dict[str, dict[tuple[str, int, int], _Row]] = {}
        self._asked: tuple[Features, Floats] | None = None  # the last likeness, as long as nothing changes
        self._settled: _Settled | None = None
        self._said: tuple[tuple[str, ...], _Said] | None = None

    # -- what is known ---------------------------------------------------------------------------------------

    @property
    def passages(self) -> int:
        """How many passages are known."""
        return len(self._rows)

    def label(self, guid: str) -> Label | None:
        """A code that is known."""
        return self._labels.get(guid)

    def count(self, code: str) -> int:
        """How many passages have the code."""
        return len(self._of_code.get(code, ()))

    def codes_at(self, source: str, start: int, stop: int) -> frozenset[str]:
        """The codes that exactly this passage has."""
        row = self._rows.get((source, start, stop))
        return frozenset(row.codes) if row else frozenset()

    def codes_on(self, place: Place) -> frozenset[str]:
        """The codes of passages that cover this one, or lie in it."""
        found: set[str] = set()
        for start, stop in self._along.get(place.source, ()):
            if start >= place.stop:
                break
            covers = start <= place.start and place.stop <= stop
            if covers or (place.start <= start and stop <= place.stop):
                found.update(self._rows[place.source, start, stop].codes)
        return frozenset(found)

    def named(self) -> frozenset[str]:
        """The codes (GUIDs) that have a name."""
        return frozenset(self._labels)

    # -- learning --------------------------------------------------------------------------------------------

    def name(self, label: Label) -> None:
        """A code is new, or has another name, definition or category."""
        old = self._labels.get(label.guid)
        if old == label:
            return
        self._labels[label.guid] = label
        if old is None or (old.name, old.definition) != (label.name, label.definition):
            self._label_features[label.guid] = _said(label.name), _said(label.definition)
            self._said = None
        self._settled = None

    def unname(self, code: str) -> None:
        """A code is gone; its passages are forgotten one by one."""
        self._labels.pop(code, None)
        self._label_features.pop(code, None)
        self._settled = self._said = None

    def learn(self, place: Place, features: Features, code: str) -> None:
        """A passage was given a code. Several people may give it the same: each is to be forgotten."""
        key = (place.source, place.start, place.stop)
        row = self._rows.get(key)
        if row is None:
            source = self._numbers.setdefault(place.source, len(self._numbers))
            row = _Row(place, features, self._added(features), Counter(), source)
            self._rows[key] = row
            insort(self._along.setdefault(place.source, []), key[1:])
        if not row.codes[code]:
            self._of_code.setdefault(code, {})[key] = row
        row.codes[code] += 1
        self._settled = None

    def forget(self, place: Place, code: str) -> None:
        """A coding is gone. What was never learned stays so."""
        key = (place.source, place.start, place.stop)
        row = self._rows.get(key)
        if row is None or not row.codes[code]:
            return
        row.codes[code] -= 1
        if not row.codes[code]:
            del row.codes[code]
            del self._of_code[code][key]
            if not self._of_code[code]:
                del self._of_code[code]
        if not row.codes:
            self._drop(key, row)
        self._settled = None

    def _drop(self, key: tuple[str, int, int], row: _Row) -> None:
        for space in self._spaces.values():
            space.remove(row.number)
        del self._rows[key]
        along = self._along[key[0]]
        del along[bisect_left(along, key[1:])]
        if not along:
            del self._along[key[0]]
        if self._spaces["pieces"].crowded:
            self._put_together()

    def _put_together(self) -> None:
        """Without the rows that were taken out."""
        self._spaces = _spaces()
        for row in self._rows.values():
            row.number = self._added(row.features)
        self._said = None

    def _added(self, features: Features) -> int:
        (number,) = {self._spaces[name].add(bag(features)) for name, bag in _SPACES.items()}
        return number

    # -- asking ----------------------------------------------------------------------------------------------

    def table(self, place: Place, features: Features) -> Table:
        """What speaks for each code that has a passage, on this one, which need not be known."""
        settled = self._settled_now()
        own = self._rows.get((place.source, place.start, place.stop))
        like = {
            name: np.round(self._spaces[name].likeness(bag(features)), _DIGITS)
            for name, bag in _SPACES.items()
        }
        if own is not None:  # a passage is no example for itself
            for likeness in like.values():
                likeness[own.number] = 0.0
        both = like["pieces"] + like["words"]
        self._asked = features, both
        root = np.sqrt(np.maximum(settled.counts, 1))
        here = settled.here(self._numbers.get(place.source, -1))
        counts_here = settled.summed(None, here)
        columns = {name: settled.summed(like[name]) / root for name in ("pieces", "words")}
        for name in ("around", "wide"):
            columns[name], columns[f"{name}_here"] = settled.split(like[name], here)
        columns["likelihood"] = settled.likelihood(self._spaces["words"], features.words, own)
        columns["near"] = settled.nearest(both / 2)
        columns["fitted"] = settled.fitted(self._spaces["pieces"], like["pieces"])
        columns["fitted_around"] = settled.fitted(self._spaces["around"], like["around"])
        columns |= self._said_now(settled.codes).likeness(features)
        columns["often"] = np.log1p(settled.counts)
        columns["elsewhere"] = np.log1p(settled.counts - counts_here)
        columns["spread"] = np.log1p(settled.documents - (counts_here > 0))
        columns |= self._recent(place, settled)
        values = np.column_stack([columns[name] for name in NAMES])
        return Table(settled.codes, values, settled.counts)

    def ranked(
        self,
        place: Place,
        features: Features,
        weights: Weights,
        *,
        least: int = 2,
        without: Collection[str] = (),
    ) -> list[tuple[str, float, Floats]]:
        """Codes with their probability and what speaks for them, the likeliest first.

        Only codes with ``least`` passages, this one not counted, for which anything speaks, and none of
        ``without``.
        """
        table = self.table(place, features)
        speaks = table.values[:, _EVIDENCE].max(axis=1, initial=0.0) > 0
        here = self.codes_at(place.source, place.start, place.stop)
        fit = [
            at
            for at, code in enumerate(table.codes)
            if code in self._labels
            and code not in without
            and speaks[at]
            and table.counts[at] - (code in here) >= least
        ]
        if not fit:
            return []
        spoken = table.values[fit] * np.array(weights.of)
        scores = np.round(spoken.sum(1), _DIGITS - 1)
        told = shares(scores)
        order = sorted(range(len(fit)), key=lambda at: (-scores[at], table.codes[fit[at]]))
        return [(table.codes[fit[at]], _probability(told[at], weights), spoken[at]) for at in order]

    @staticmethod
    def own(spoken: Floats) -> float:
        """How much comes from the very words of the passage, or from what was just given."""
        return float(spoken[_EVIDENCE].sum())

    def nearest_of(self, code: str, place: Place, features: Features) -> tuple[Place, tuple[str, ...]] | None:
        """The passage of a code that is most like this one, and the words of both, the telling ones first."""
        if self._settled is None or self._asked is None or self._asked[0] is not features:
            self.table(place, features)
        assert self._asked is not None
        likeness = self._asked[1]
        own = (place.source, place.start, place.stop)
        found = [
            (-float(likeness[row.number]), key)
            for key, row in self._of_code.get(code, {}).items()
            if key != own
        ]
        if not found:
            return None
        row = self._rows[min(found)[1]]
        return row.place, self.shared(features, row.features)

    def shared(self, one: Features, other: Features) -> tuple[str, ...]:
        """The words that two have in common, the telling ones first."""
        return tuple(self._spaces["words"].shared(one.words, other.words, WORDS.name))

    def _recent(self, place: Place, settled: "_Settled") -> dict[str, Floats]:
        """How lately a code, and any of its category, was given before this passage in the text."""
        found = np.zeros((len(settled.codes), len(RECENCY)))
        along = self._along.get(place.source, [])
        at = bisect_left(along, (place.start, place.stop))
        before = along[max(0, at - LOOK_BACK) : at]
        for back, (start, stop) in enumerate(reversed(before)):
            for code in self._rows[place.source, start, stop].codes:
                number = settled.at[code]
                found[number, 0] = max(found[number, 0], FADES**back)
                same = settled.categories == settled.categories[number]
                found[same, 1] = np.maximum(found[same, 1], FADES**back)
        return dict(zip(RECENCY, found.T, strict=True))

    def _said_now(self, codes: tuple[str, ...]) -> "_Said":
        if self._said is None or self._said[0] != codes:
            self._said = codes, _Said(self, codes)
        return self._said[1]

    def _settled_now(self) -> "_Settled":
        if self._settled is None:
            rows = {code: list(found.values()) for code, found in sorted(self._of_code.items())}
            self._settled = _Settled(rows, self.categories(rows))
        return self._settled

    def said(self, code: str) -> tuple[Features, Features]:
        """What the name and the working definition of a code are known by."""
        return self._label_features.get(code, (_NOTHING, _NOTHING))

    def space(self, name: str) -> Space:
        """The passages by one kind of features: a name of the first weights."""
        return self._spaces[name]

    def categories(self, codes: Iterable[str]) -> list[str]:
        """The category of each code."""
        return [label.category or code if (label := self._labels.get(code)) else code for code in codes]


class _Settled:
    """The codes with their passages as arrays, until the next change."""

    def __init__(self, rows: Mapping[str, Sequence[_Row]], categories: Sequence[str]) -> None:
        self.codes = tuple(rows)
        self.at = {code: number for number, code in enumerate(self.codes)}
        self.counts = np.array([len(one) for one in rows.values()], dtype=np.intp)
        every = list(chain.from_iterable(rows.values()))
        self._row = np.fromiter((row.number for row in every), dtype=np.intp)
        self._source = np.fromiter((row.source for row in every), dtype=np.intp)
        self._code = np.repeat(np.arange(len(rows)), self.counts)
        size = self._source.max(initial=0) + 1
        both = np.unique(self._code * size + self._source)
        self.documents = np.bincount(both // size, minlength=len(rows))  # how many have each code
        named = {name: number for number, name in enumerate(sorted(set(categories)))}
        self.categories = np.array([named[name] for name in categories], dtype=np.intp)

    def summed(self, likeness: Floats | None, which: Mask | None = None) -> Floats:
        """The sum of the likeness of each code's passages, or their number; of some of them only."""
        values = np.ones(len(self._row)) if likeness is None else likeness[self._row]
        if which is not None:
            values = np.where(which, values, 0.0)
        sums = np.bincount(self._code, weights=values, minlength=len(self.codes))
        return np.asarray(sums, dtype=np.float64)

    def here(self, source: int) -> Mask:
        """Which passages of codes lie in a document."""
        return np.asarray(self._source == source)

    def split(self, likeness: Floats, here: Mask) -> tuple[Floats, Floats]:
        """The sum of likeness over the root of the number, elsewhere and here."""
        found = [
            self.summed(likeness, which) / np.sqrt(np.maximum(self.summed(None, which), 1))
            for which in (~here, here)
        ]
        return found[0], found[1]

    def likelihood(self, words: Space, bag: Bag, own: "_Row | None") -> Floats:
        """How much likelier the words are in each code's passages than in all, by the root of their number.

        Words that a code has seldom are smoothed with those of its category, these with all (Zhai and
        Lafferty 2004, Dirichlet). All sums are of whole numbers.
        """
        if not len(bag.ids) or not self.codes:
            return np.zeros(len(self.codes))
        found = words.hits(bag, own.number if own else None)
        totals = words.totals()
        if own is not None:
            totals[own.number] = 0.0
        size = len(bag.ids)
        everywhere = np.bincount(found.at, weights=found.counts, minlength=size)
        background = (everywhere + _UNSEEN) / (totals.sum() + _UNSEEN * words.kinds())
        pairs = _Pairs(self._row, self._code, len(totals)).of(found.rows)
        cells = pairs.codes * size + found.at[pairs.hits]
        given = np.bincount(cells, weights=found.counts[pairs.hits], minlength=len(self.codes) * size)
        given = given.reshape(len(self.codes), size)
        many = np.bincount(self._code, weights=totals[self._row], minlength=len(self.codes))
        of_category = np.zeros((self.categories.max() + 1, size))
        np.add.at(of_category, self.categories, given)
        many_category = np.bincount(self.categories, weights=many)[:, None]
        wider = (of_category + _WIDER * background) / (many_category + _WIDER)
        told = (given + _SMOOTHED * wider[self.categories]) / (many[:, None] + _SMOOTHED)
        much = bag.counts.astype(np.float64)
        sums = (np.log(told / background) * much).sum(axis=1)
        return np.asarray(np.round(sums / np.sqrt(much.sum()), _DIGITS))

    def fitted(self, space: Space, likeness: Floats) -> Floats:
        """What a ridge regression over the most alike passages expects for each code.

        Passages that are like each other share what they say; many of a code do not outweigh few that are
        nearer. Alike enough: all that the border of :data:`FITTED` does not cut through.
        """
        border = max(np.partition(likeness, -FITTED)[-FITTED] if len(likeness) > FITTED else 0.0, 0.0)
        asked = np.flatnonzero(likeness >= border if border > 0 else likeness > 0)
        if len(asked) > _ALL_ALIKE:
            asked = np.flatnonzero(likeness > border)
        if not len(asked):
            return np.zeros(len(self.codes))
        bent = space.among(asked) + _RIDGE * np.eye(len(asked))
        much = np.zeros(len(likeness))
        much[asked] = np.linalg.solve(bent, likeness[asked])
        return np.asarray(np.round(self.summed(much), _DIGITS))

    def nearest(self, likeness: Floats) -> Floats:
        """The share of each code among the nearest passages, each by its likeness, times the best of them."""
        if len(likeness) > NEAREST:
            border = np.partition(likeness, -NEAREST)[-NEAREST]
            likeness = np.where(likeness >= border, likeness, 0.0)
        whole = likeness.sum()
        return self.summed(likeness) / whole * likeness.max() if whole > 0 else np.zeros(len(self.codes))


@dataclass(frozen=True, slots=True)
class _Found:
    """Codes of rows that were asked for, each by the place in what was asked."""

    hits: Numbers
    codes: Numbers


class _Pairs:
    """The codes of rows by the number of the row."""

    def __init__(self, rows: Numbers, codes: Numbers, size: int) -> None:
        order = np.argsort(rows, kind="stable")
        self._codes = codes[order]
        self._many = np.bincount(rows, minlength=size)
        self._first = np.cumsum(self._many) - self._many

    def of(self, rows: Numbers) -> _Found:
        """The codes of some rows."""
        many = self._many[rows]
        hits = np.repeat(np.arange(len(rows)), many)
        within = np.arange(len(hits)) - np.repeat(np.cumsum(many) - many, many)
        return _Found(hits, self._codes[self._first[rows][hits] + within])


class _Said:
    """Names and working definitions of codes, weighted as the passages are; made anew when a code changes."""

    def __init__(self, index: Index, codes: tuple[str, ...]) -> None:
        said = [index.said(code) for code in codes]
        self._sides = {
            name: (index.space(kind).beside([_SPACES[kind](one[part]) for one in said]), asked)
            for name, part, kind, asked in (
                ("name_pieces", 0, "pieces", _SPACES["pieces"]),
                ("name_words", 0, "words", _SPACES["words"]),
                ("definition_pieces", 1, "pieces", _SPACES["pieces"]),
                ("definition_words", 1, "words", _SPACES["words"]),
                ("definition_question", 1, "words", lambda one: one.beyond.question),
            )
        }

    def likeness(self, features: Features) -> dict[str, Floats]:
        """A column for each side."""
        return {
            name: np.round(beside.likeness(asked(features)), _DIGITS)
            for name, (beside, asked) in self._sides.items()
        }


def _spaces() -> dict[str, Space]:
    """Words are weighed by the paragraphs that they stand in."""
    around = Space()
    made = {"words": Space(around), "around": around, "wide": Space(around)}
    return {name: made[name] if name in made else Space() for name in _SPACES}


def _said(text: str) -> Features:
    return plain_words(text).of(0, len(text)) if text else _NOTHING


def shares(scores: Floats) -> Floats:
    """The share of each code among all of them and some that nobody has thought of yet."""
    return np.asarray(np.exp(scores) / (np.exp(scores).sum() + UNTHOUGHT))


def _probability(share: float, weights: Weights) -> float:
    share = min(max(share, 1e-9), 1.0 - 1e-9)
    odds = weights.slope * np.log(share / (1.0 - share)) + weights.offset
    return float(1.0 / (1.0 + np.exp(-odds)))
