"""What is proposed for a passage, judged beside what another person did.

``python -m tests.bench.suggestions`` prints the table. The material is the demo study's two codings and,
where they stand beside the project, coded German interviews from elsewhere. Protocols:

- *leave out a transcript*: nothing of the passage's own transcript is known;
- *predict, then learn*: passages in the order of the text, each predicted from those before it, then learned;
  with recency in the transcript and without.

What is around a passage (the words of its paragraphs) is no recency, but tells in predict-then-learn which
passages share a paragraph. A hit is a code that the person gave the passage, among the first three. *Known*:
passages of which a code may be proposed, as it was given twice before; the others count as missed in the
figures of all. ``--fit`` writes ``resources/suggest/ranking.json`` anew, fitted on all of the demo study.
Figures of the demo study are nested: for each document the weights are fitted on the predictions in the other
documents, of both codings and both protocols (the two numbers of the probability by weights that did see the
document).
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tests.bench.figures import Figure, Scale, figure, now, timed

THGIE: Final = ("data", "de", "thgie-ma-design", "data", "interviews")
_CODE: Final = re.compile(r"\[([^\]]+)\]\((?:\.\./)*output/codes/[^)]*\)")
_GROUP: Final = re.compile(r"\(?\s*(?:\[[^\]]+\]\((?:\.\./)*output/codes/[^)]*\)[\s,]*)+\)?")
_LEAST_STRONG: Final = 0.85
_RECENCY: Final = 2  # columns of what speaks for a code, the last ones
LOTO, LEARN = "leave out a transcript", "predict, then learn"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its codes: place, features, GUIDs or names of codes."""

    place: Any
    features: Any
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Material:
    """The coded passages of one person, in the order of the texts, and the codes with their labels."""

    name: str
    passages: tuple[Passage, ...]
    labels: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One prediction: what speaks for each code that may be proposed, which were given, and where it was."""

    source: str
    values: Any
    codes: tuple[str, ...]
    given: frozenset[str]
    seen: tuple[str, ...]  # the code given most often so far, and the one given last


# -- the material -----------------------------------------------------------------------------------------


def demo_material(path: Path, second: Path | None = None) -> list[Material]:
    """The two codings of the demo study, read by the language tools."""
    from qda.coding import codes
    from qda.models import Project
    from qda.suggest.language.analysing import analyse_here
    from qda.suggest.ranking.index import Place
    from qda.suggest.ranking.study import Texts, labels
    from tests.bench.agreement import SECOND, first_coding, second_coding

    with Project.open(path) as project:
        analyse_here(project)
        texts = Texts(project)
        titles = {title: guid for guid, title in texts.titles().items()}
        guids = {row.name: row.guid for row in codes.codes(project)}
        found = []
        for name, coding in (
            ("first", first_coding(project)),
            ("second", second_coding(project, second or SECOND)),
        ):
            given: dict[tuple[str, int, int], set[str]] = defaultdict(set)
            for one in coding:
                given[one.title, one.start, one.stop].add(guids[one.code])
            passages = [
                Passage(place := Place(titles[title], start, stop), texts.features(place), frozenset(codes_))
                for (title, start, stop), codes_ in sorted(given.items())
            ]
            found.append(Material(name, tuple(passages), tuple(labels(project))))
    return found


def thgie_material(folder: Path) -> Material | None:
    """The interviews with codes written behind what they stand for; none where they are missing."""
    from qda.suggest.language.tools import tools
    from qda.suggest.ranking.features import read_words
    from qda.suggest.ranking.index import Label, Place

    if not folder.is_dir():
        return None
    passages, names = [], set()
    for file in sorted(folder.glob("*.md")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            codes = frozenset(_CODE.findall(line))
            words = re.sub(r"^\s*(?:\d\d:\d\d)?\s*\w*:\s*", "", _GROUP.sub(" ", line))
            if codes and words.strip():
                names |= codes
                read = read_words(tools("de").read(words)).of(0, len(words))
                passages.append(Passage(Place(file.stem, number * 10_000, number * 10_000 + 1), read, codes))
    return Material("thgie", tuple(passages), tuple(Label(name, name) for name in sorted(names)))


# -- predicting -------------------------------------------------------------------------------------------


def cases(material: Material, protocol: str, *, least: int = 1) -> list[Case]:
    """All predictions of a protocol; ``least`` passages make a code one that may be proposed."""
    return list((_left_out if protocol == LOTO else _learned)(material, least))


def _left_out(material: Material, least: int) -> Iterator[Case]:
    for source in dict.fromkeys(one.place.source for one in material.passages):
        index = _index(material)
        order: list[str] = []
        for one in material.passages:
            if one.place.source != source:
                _learn(index, one)
                order += sorted(one.codes)
        for one in material.passages:
            if one.place.source == source:
                yield _case(index, one, order, least)


def _learned(material: Material, least: int) -> Iterator[Case]:
    index = _index(material)
    order: list[str] = []
    for one in material.passages:
        yield _case(index, one, order, least)
        _learn(index, one)
        order += sorted(one.codes)


def _index(material: Material) -> Any:
    from qda.suggest.ranking.index import Index

    index = Index()
    for label in material.labels:
        index.name(label)
    return index


def _learn(index: Any, one: Passage) -> None:
    for code in sorted(one.codes):
        index.learn(one.place, one.features, code)


def _case(index: Any, one: Passage, order: list[str], least: int) -> Case:
    table = index.table(one.place, one.features)
    fit = [at for at in range(len(table.codes)) if table.counts[at] >= least]
    often = Counter(order).most_common(1)
    seen = (often[0][0] if often else "", order[-1] if order else "")
    return Case(one.place.source, table.values[fit], tuple(table.codes[at] for at in fit), one.codes, seen)


# -- fitting ----------------------------------------------------------------------------------------------


def fitted(cases_: Sequence[Case], *, ridge: float = 1e-2) -> Any:
    """Weights by which the codes given are likeliest among all (a conditional logit), by Newton's steps.

    The ridge is on weights of columns that spread alike (in the middle of the cases). Likeness never speaks
    against a code: where it would, the column is left out, the worst first.
    """
    from qda.suggest.ranking.weights import NAMES

    found = [one for one in cases_ if one.given & set(one.codes) and len(one.codes) > 1]
    spread = np.sqrt(np.mean([one.values.var(axis=0) for one in found], axis=0)) + 1e-9
    every = _Stacked(found, spread)
    kept = list(range(len(NAMES)))
    weights = np.zeros(len(kept))
    while True:
        weights = every.newton(kept, ridge, weights)
        against = {
            at: one for at, one in zip(kept, weights, strict=True) if NAMES[at] not in _FREE and one < 0
        }
        if not against:
            whole = np.zeros(len(NAMES))
            whole[kept] = weights
            return whole / spread
        worst = kept.index(min(against, key=lambda at: against[at]))
        del kept[worst]
        weights = np.delete(weights, worst)


_FREE: Final = ("often", "elsewhere")  # a code given often has a sum of likeness that is large by itself


class _Stacked:
    """Cases one under another."""

    def __init__(self, cases_: Sequence[Case], spread: Any) -> None:
        sizes = np.array([len(one.codes) for one in cases_])
        self._values = np.concatenate([one.values for one in cases_]) / spread
        self._starts = np.cumsum(sizes) - sizes
        self._case = np.repeat(np.arange(len(cases_)), sizes)
        given = np.concatenate([[code in one.given for code in one.codes] for one in cases_]).astype(float)
        self._wanted = given / np.add.reduceat(given, self._starts)[self._case]
        self._count = len(cases_)

    def newton(self, columns: Sequence[int], ridge: float, weights: Any) -> Any:
        """The weights of some columns, from a first guess."""
        values = self._values[:, columns]
        best = self._fit(values, weights, ridge)
        for _each in range(40):
            step = np.linalg.solve(self._bend(values, best[2], ridge), best[1])
            much = 1.0
            while much > 1e-4 and (tried := self._fit(values, weights + much * step, ridge))[0] >= best[0]:
                much /= 2
            if much <= 1e-4:
                break
            weights, gain, best = weights + much * step, best[0] - tried[0], tried
            if gain < 1e-8:
                break
        return weights

    def _fit(self, values: Any, weights: Any, ridge: float) -> tuple[float, Any, Any]:
        """The loss, the way down, and the shares."""
        scores = values @ weights
        scores = scores - np.maximum.reduceat(scores, self._starts)[self._case]
        raised = np.exp(scores)
        sums = np.add.reduceat(raised, self._starts)
        shares = raised / sums[self._case]
        loss = -(self._wanted @ (scores - np.log(sums)[self._case])) / self._count
        down = values.T @ (self._wanted - shares) / self._count - ridge * weights
        return float(loss + ridge * weights @ weights / 2), down, shares

    def _bend(self, values: Any, shares: Any, ridge: float) -> Any:
        means = np.add.reduceat(values * shares[:, None], self._starts, axis=0)
        return ((values.T * shares) @ values - means.T @ means) / self._count + ridge * np.eye(
            values.shape[1]
        )


def platt(odds: Any, right: Any) -> tuple[float, float]:
    """Slope and offset that make a probability of log odds (Platt 1999, with his targets)."""
    good, bad = right.sum(), (~right).sum()
    target = np.where(right, (good + 1) / (good + 2), 1 / (bad + 2))
    design = np.column_stack([odds, np.ones(len(odds))])
    found = np.array([1.0, 0.0])
    for _each in range(50):
        told = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        bend = (design.T * (told * (1 - told))) @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, design.T @ (target - told))
        found = found + np.clip(step, -1, 1)
    return float(found[0]), float(found[1])


def _top(one: Case, weights: Any, count: int = 3) -> tuple[list[int], Any]:
    """The first codes, and the log odds of their shares."""
    from qda.suggest.ranking.index import shares

    scores = one.values @ weights
    told = np.clip(shares(scores), 1e-9, 1 - 1e-9)
    order = sorted(range(len(scores)), key=lambda at: (-round(scores[at], 8), one.codes[at]))[:count]
    return order, np.log(told[order] / (1 - told[order]))


def calibration(cases_: Sequence[Case], weights: Callable[[Case], Any]) -> tuple[float, float]:
    """Platt's two numbers from the first three of each case."""
    odds, right = [], []
    for one in cases_:
        if one.codes:
            order, told = _top(one, weights(one))
            odds += list(told)
            right += [one.codes[at] in one.given for at in order]
    return platt(np.array(odds), np.array(right))


# -- judging ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of passages: hit among the first and the first three, mean reciprocal rank, how many passages.

    ``right`` is the precision of the first where it was strong, ``cover`` the share of such passages.
    """

    hit1: float
    hit3: float
    mrr: float
    count: int
    right: float = float("nan")
    cover: float = 0.0


def judged(ranks: Sequence[int | None], strong: Sequence[bool] = ()) -> Score:
    """The figures of ranks (0 is the first; none: not there)."""
    if not ranks:
        return Score(0.0, 0.0, 0.0, 0)
    count = len(ranks)
    hits = [sum(rank is not None and rank < n for rank in ranks) / count for n in (1, 3)]
    mrr = sum(1 / (rank + 1) for rank in ranks if rank is not None) / count
    sure = [rank == 0 for rank, one in zip(ranks, strong, strict=False) if one]
    return Score(*hits, mrr, count, sum(sure) / len(sure) if sure else float("nan"), len(sure) / count)


def rank_of(one: Case, scores: Any) -> int | None:
    """The best place of a code that was given."""
    order = sorted(range(len(one.codes)), key=lambda at: (-round(scores[at], 8), one.codes[at]))
    return next((place for place, at in enumerate(order) if one.codes[at] in one.given), None)


def baselines(one: Case) -> dict[str, Any]:
    """Scores of the simple methods: most frequent, last used, one kind of likeness alone."""
    from qda.suggest.ranking.weights import NAMES

    last = np.array([float(code == one.seen[1]) for code in one.codes])
    column = dict(zip(NAMES, one.values.T, strict=True))
    return {
        "most frequent code": column["often"],
        "last code used": last + column["often"] * 1e-3,
        "n-gram centroid": column["pieces"],
        "nearest neighbours": column["near"],
    }


def rows(protocol: str, cases_: Sequence[Case], folds: "Folds") -> list[tuple[str, str, Score, Score]]:
    """Rows of the table: protocol, method, all passages, those of known codes."""
    known = [bool(one.given & set(one.codes)) for one in cases_]
    ranks: dict[str, list[int | None]] = defaultdict(list)
    strong = []
    for one in cases_:
        if not one.codes:
            for name in (*_BASES, _OURS, _WITHOUT):
                ranks[name].append(None)
            strong.append(False)
            continue
        weights, (slope, offset) = folds.of(one.source)
        for name, scores in baselines(one).items():
            ranks[name].append(rank_of(one, scores))
        ranks[_OURS].append(rank_of(one, one.values @ weights))
        ranks[_WITHOUT].append(rank_of(one, one.values[:, :-_RECENCY] @ weights[:-_RECENCY]))
        odds = _top(one, weights, 1)[1][0]
        strong.append(bool(1 / (1 + np.exp(-(slope * odds + offset))) >= _LEAST_STRONG))
    names = [*_BASES, _WITHOUT, _OURS] if protocol == LEARN else [*_BASES, _OURS]
    found = []
    for name in names:
        sure = strong if name == _OURS else []
        of_known = [rank for rank, one in zip(ranks[name], known, strict=True) if one]
        found.append((protocol, name, judged(ranks[name], sure), judged(of_known)))
    return found


_BASES: Final = ("most frequent code", "last code used", "n-gram centroid", "nearest neighbours")
_OURS, _WITHOUT = "the index", "the index without recency"


class Folds:
    """Weights and calibration for each document, fitted on the others; or the same for all."""

    def __init__(self, cases_: Sequence[Case], beside: Sequence[Case] = (), *, nested: bool = True) -> None:
        """``beside``: cases of another study, fitted with in every fold."""
        sources = list(dict.fromkeys(one.source for one in cases_))
        weights = {
            source: fitted([*(one for one in cases_ if one.source != source), *beside]) for source in sources
        }
        self._all = fitted([*cases_, *beside]), calibration(cases_, lambda one: weights[one.source])
        self._of: dict[str, tuple[Any, tuple[float, float]]] = {}
        if nested:
            for source in sources:
                others = [one for one in cases_ if one.source != source]
                told = calibration(others, lambda one: weights[one.source])
                self._of[source] = weights[source], told

    def of(self, source: str) -> tuple[Any, tuple[float, float]]:
        """Weights, and slope with offset."""
        return self._of.get(source, self._all)

    @property
    def whole(self) -> tuple[Any, tuple[float, float]]:
        """Fitted on all."""
        return self._all


# -- what is printed and written --------------------------------------------------------------------------


def shared_folder() -> Path:
    """The folder with the coded interviews of others; it may be missing."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("QDA_SHARED", beside)).joinpath(*THGIE)


def all_cases(materials: Iterable[Material], *, least: int = 2) -> dict[tuple[str, str], list[Case]]:
    """The predictions of each material in each protocol."""
    return {
        (one.name, protocol): cases(one, protocol, least=least)
        for one in materials
        for protocol in (LOTO, LEARN)
    }


def agreement(path: Path, second: Path | None = None) -> float:
    """The share of the first coding's codings on which the second has the same code."""
    from qda.models import Project
    from tests.bench.agreement import SECOND, first_coding, second_coding, table

    with Project.open(path) as project:
        return table(first_coding(project), second_coding(project, second or SECOND))[-1][3]


def lines(name: str, found: Iterable[tuple[str, str, Score, Score]]) -> list[str]:
    """Lines of a table in Markdown."""
    made = []
    for protocol, method, whole, known in found:
        told = [f"{one:.3f}" for one in (whole.hit1, whole.hit3, whole.mrr, known.hit3, known.mrr)]
        sure = "" if method != _OURS else f"{whole.right:.2f} at {whole.cover:.1%}"
        counts = f"{whole.count} / {known.count}"
        made.append(f"| {name} | {protocol} | {method} | {counts} | {' | '.join(told)} | {sure} |")
    return made


HEAD: Final = (
    "| coding | protocol | method | passages | hit@1 | hit@3 | MRR | hit@3 known | MRR known | strong |\n"
    "|---|---|---|--:|--:|--:|--:|--:|--:|--:|"
)


def of_codings(cases_: Sequence[Case], folds: "Folds") -> float:
    """The share of codings, as agreement is told, whose code is among the first three."""
    hits = count = 0
    for one in cases_:
        first = _top(one, folds.of(one.source)[0])[0] if one.codes else []
        hits += len(one.given & {one.codes[at] for at in first})
        count += len(one.given)
    return hits / count if count else 0.0


def demo_file(folder: Path) -> Path:
    """The demo study, built in ``folder`` where it is not there yet."""
    from qda import demo

    path = folder / "suggestions-demo.qdaproj"
    if not path.exists():
        part = folder / "suggestions-demo.part.qdaproj"
        part.unlink(missing_ok=True)
        demo.build(part).close()
        part.rename(path)
    return path


def report(
    path: Path, second: Path | None = None, beside: Sequence[Case] = (), asked: Sequence[Material] = ()
) -> Iterator[str]:
    """The lines of the whole table; ``beside`` was fitted with, ``asked`` is only measured."""
    from tests.bench.labelled import QUARTER, quarter

    own = demo_material(path, second)
    predicted = all_cases(own)
    folds = Folds([one for found in predicted.values() for one in found], beside)
    human = agreement(path, second)
    yield HEAD
    for (name, protocol), found in predicted.items():
        yield from lines(f"demo, {name}", rows(protocol, found, folds))
    for one in asked:
        yield from lines(one.name, rows(QUARTER, quarter(one), folds))
    other = thgie_material(shared_folder())
    if other is not None:
        for (name, protocol), found in all_cases([other]).items():
            yield from lines(name, rows(protocol, found, folds))
    for (name, protocol), found in all_cases(own, least=1).items():
        told = [row for row in rows(protocol, found, folds) if row[1] == _OURS]
        yield from lines(f"demo, {name}, codes given once too", told)
    yield ""
    yield f"Human agreement on the first coding: {human:.3f}; nine tenths of it: {0.9 * human:.3f}."
    both = {one.place.source for one in own[1].passages}
    for protocol in (LOTO, LEARN):
        share = of_codings([one for one in predicted["first", protocol] if one.source in both], folds)
        yield f"The same share, of codings in the same interviews, {protocol}: {share:.3f}."
    if other is None:
        yield "The coded interviews of others are not beside the project: left out."


def fit(path: Path, out: Path, second: Path | None = None, beside: Sequence[Case] = ()) -> None:
    """Fits on all of the demo study's two codings, and what is beside, and writes the file that ships."""
    from qda.suggest.ranking.weights import NAMES

    predicted = all_cases(demo_material(path, second))
    weights, (slope, offset) = Folds(
        [one for found in predicted.values() for one in found], beside, nested=False
    ).whole
    out.write_text(
        json.dumps(
            {
                "version": _VERSION,
                "note": _NOTE,
                "weights": {name: round(float(one), 3) for name, one in zip(NAMES, weights, strict=True)},
                "probability": {
                    "slope": round(slope, 3),
                    "offset": round(offset, 3),
                    "strong": _LEAST_STRONG,
                    "least": _LEAST,
                },
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


_VERSION: Final = "3"
_LEAST: Final = 0.1  # below this probability nothing is proposed
_NOTE: Final = (
    "Made by: python -m tests.bench.suggestions --fit --beside FILE. Weights: a conditional logit (ridge .01 "
    "on columns of equal spread, none below zero but those of counts) on both codings of the demo study "
    "(invented, German), in two protocols: each document left out, and predict-then-learn, and on 500 of "
    "3,950 synopses of Debian packages by 112 tags (English; public, but not in the project). Probability: "
    "Platt's two numbers, on the first three proposals of weights fitted without the document of the demo "
    "study. 'strong' is right nearly nine times in ten by that estimate; below 'least' nothing is proposed."
)


# -- speed ------------------------------------------------------------------------------------------------


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Answers, learning and the cold index of 5,000 codings and 300 codes, as the window would see them."""
    from qda.coding.placed_codings import placed_codings
    from qda.models import Project
    from qda.suggest.ranking.engine import Engine
    from tests.bench_data import make_big_project

    large = scale.codings > 1_000
    path = folder / "suggestions.qdaproj"
    if not path.exists():
        size = (20, 8_000, 5_000, 300) if large else (2, 400, 60, 20)
        make_big_project(path, *size[:3], codes=size[3])
    runs = max(scale.repeats, 100) if large else scale.repeats
    with Project.open(path) as project:
        codings = placed_codings(project)

        def begun() -> Engine:
            """The engine with its first answer, for which it lays out what it has read."""
            engine = Engine(project)
            engine.ranked(codings[0].source, codings[0].start, codings[0].stop)
            return engine

        cold = [timed(begun) for _each in range(3 if large else 1)]
        engine = begun()
        answering, learning = [], []
        for one in codings[:: max(1, len(codings) // max(runs, 2))]:
            began = now()
            engine.forget(one)
            between = now()
            engine.learn(one)
            learning += [(between - began) * 1000, (now() - between) * 1000]
            answering.append(timed(lambda one=one: engine.ranked(one.source, one.start, one.stop)))
        plain = [max(0.001, timed(lambda: [one.start for one in codings])) for _each in range(3)]
    about: dict[str, Any] = {"raw": plain, "raw_is": "all codings walked over once"}
    count = f"{len(codings):,} codings"
    return [
        figure("suggest.answer", f"three codes proposed, {count}", answering, goal=30, of="p95", **about),
        figure("suggest.learn", "a coding learned or forgotten", learning, goal=2, of="p95", **about),
        figure(
            "suggest.cold", f"index of {count} from nothing, with its first answer", cold, goal=5000, **about
        ),
    ]


def main() -> None:
    """Prints the table, or fits the weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.suggestions", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="write resources/suggest/ranking.json")
    parser.add_argument("--demo", type=Path, help="a demo study that was built already; it is copied")
    parser.add_argument("--second", type=Path, help="the folder of the second coding")
    parser.add_argument("--beside", type=Path, help="labelled English passages to fit with, see labelled.py")
    parser.add_argument("--asked", type=Path, help="labelled German passages to measure on")
    chosen = parser.parse_args()
    from tests.bench.labelled import labelled_material, quarter

    beside = quarter(labelled_material(chosen.beside, "en")) if chosen.beside else []
    asked = [labelled_material(chosen.asked, "de")] if chosen.asked else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.demo:
            shutil.copyfile(chosen.demo, folder / "suggestions-demo.qdaproj")
        path = demo_file(folder)
        if chosen.fit:
            from qda import resources

            fit(path, resources.path("suggest", "ranking.json"), chosen.second, beside)
        for line in report(path, chosen.second, beside, asked):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
