"""A quotation beside the words of a document: the same, or what differs, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.quotations.corpus import Chain, Corpus, Document
from qda.coding.quotations.findings import Piece, PieceKind
from qda.coding.quotations.wording import Run, Word, norm, tail_at

_SLACK: Final = 6  # words around the probable place of a run
_GROWTH: Final = 1.3  # a changed run may stand for so many times its words
_LONG: Final = 400  # words of a run that are compared word by word
_AT_ENDS: Final = 3  # other words at an end that may stand for those of the document
_ENDS: Final = ".,;:!?…"
_ALIKE: Final = 60.0  # of 100 (rapidfuzz), of two words
_STEP: Final = 1.0
_Pair = tuple[Word | None, int | None]  # word of the quotation, number of that of the document


@dataclass(frozen=True, slots=True)
class Match:
    """Where a quotation stands in a document, or comes nearest to; ``score`` 1 means word for word.

    ``pairs`` are the words of quotation and document beside each other, a list for each run.
    """

    document: Document
    chain: Chain
    score: float
    pairs: tuple[tuple[_Pair, ...], ...]

    @property
    def exact(self) -> bool:
        """Whether no word differs, cases included."""
        return self.score >= 1 and not any(
            changed(self.document, *pair) for run in self.pairs for pair in run
        )

    @property
    def same_words(self) -> int:
        """How many words are the same."""
        return sum(
            a is not None and b is not None and not self._other(a, b) for r in self.pairs for a, b in r
        )

    def _other(self, word: Word, place: int) -> bool:
        return norm(_at(self.document, place)) != word.norm


def _at(document: Document, place: int) -> str:
    return document.text[document.starts[place] : document.stops[place]]


def changed(document: Document, word: Word | None, place: int | None) -> bool:
    """Whether a word is missing, new, another, or in another case than it may be."""
    if word is None or place is None:
        return True
    said = _at(document, place)
    if said == word.text:
        return False
    if norm(said) != word.norm:
        return True
    mine, theirs = _letters(word.text), _letters(said)
    if word.free:
        mine, theirs = mine[1:], theirs[1:]
    return [c.isupper() for c in mine] != [c.isupper() for c in theirs]


def _letters(word: str) -> str:
    return "".join(c for c in word.replace("ß", "ss").replace("ẞ", "SS") if c.isalnum())


def exact_match(document: Document, runs: Sequence[Run], chain: Chain) -> Match:
    """The match of runs that stand in a document word for word."""
    pairs = tuple(
        tuple((word, start + at) for at, word in enumerate(run.words))
        for run, (start, _stop) in zip(runs, chain.parts, strict=True)
    )
    return Match(document, chain, 1.0, pairs)


def near_match(
    corpus: Corpus, document: Document, runs: Sequence[Run], start: int, stop: int
) -> Match | None:
    """The match with the fewest other words between two words of a document; none where nothing is alike."""
    pairs: list[tuple[_Pair, ...]] = []
    parts: list[tuple[int, int]] = []
    cost, at = 0.0, start
    for number, (run, (coded, room)) in enumerate(zip(runs, corpus.coded(runs), strict=True)):
        low, high = at, stop
        if number:
            wide = len(coded) * _GROWTH + _SLACK
            high = stop if room is None else min(stop, int(at + room + wide))
        exact = document.coded.find(coded, low, high)
        if exact >= 0:
            made: list[_Pair] = [(word, exact + n) for n, word in enumerate(run.words)]
        else:
            low, high = _window(document, coded, low, high)
            price, made = _aligned(run.words, coded, document, low, high)
            cost += price
            made = _with_neighbours(document, made)
        places = [place for _word, place in made if place is not None]
        if not places:
            return None
        parts.append((places[0], places[-1] + 1))
        pairs.append(tuple(made))
        at = places[-1] + 1
    count = sum(len(run.words) for run in runs)
    return Match(document, Chain(tuple(parts)), max(0.0, 1 - cost / count), tuple(pairs))


def _with_neighbours(document: Document, pairs: list[_Pair]) -> list[_Pair]:
    """Other words at either end stand beside those that the document has there, within their paragraph."""
    for step in (-1, 1):
        ordered = pairs if step < 0 else pairs[::-1]
        loose = next((n for n, (_word, place) in enumerate(ordered) if place is not None), 0)
        if 0 < loose <= _AT_ENDS:
            at = ordered[loose][1] or 0
            paragraph = document.paragraph_at(at)
            for n in range(loose - 1, -1, -1):
                at += step
                if not 0 <= at < len(document.starts) or document.paragraph_at(at) != paragraph:
                    break
                ordered[n] = ordered[n][0], at
        pairs = ordered if step < 0 else ordered[::-1]
    return pairs


def _window(document: Document, coded: str, low: int, high: int) -> tuple[int, int]:
    """A part of a long stretch in which the run probably stands."""
    wide = int(len(coded) * _GROWTH) + 4 * _SLACK
    if high - low <= 2 * wide:
        return low, high
    votes = [0] * (high - low + 1)
    for at, sign in enumerate(coded):
        for place in document.places.get(sign, ()):
            if low <= place < high:
                votes[max(place - at - low, 0)] += 1
    width = 2 * _SLACK
    sums = sum(votes[:width])
    best, begin = sums, 0
    for at in range(1, len(votes) - width):
        sums += votes[at + width - 1] - votes[at - 1]
        if sums > best:
            best, begin = sums, at
    return max(low, low + begin - _SLACK), min(high, low + begin + wide)


def _aligned(
    words: Sequence[Word], coded: str, document: Document, low: int, high: int
) -> tuple[float, list[_Pair]]:
    """The words beside those of a stretch, with the fewest changes; what stands around costs nothing."""
    said = document.coded[low:high]
    if len(words) > _LONG or not said:
        return float(len(words)), []
    alike = _Alike(words, document, low, high)
    before = [0.0] * (len(said) + 1)
    steps: list[list[int]] = []
    for i, sign in enumerate(coded):
        row, moves = [before[0] + _STEP], [1]
        for j, other in enumerate(said):
            pair = before[j] if sign == other else before[j] + alike.price(i, j)
            new, gone = before[j + 1] + _STEP, row[j] + _STEP
            least = min(pair, new, gone)
            row.append(least)
            moves.append(0 if pair == least else 2 if gone == least else 1)
        steps.append(moves)
        before = row
    end = min(range(len(before)), key=lambda j: (before[j], -j))
    return before[end], _walked(words, steps, end, low)


def _walked(words: Sequence[Word], steps: Sequence[Sequence[int]], end: int, low: int) -> list[_Pair]:
    pairs: list[_Pair] = []
    i, j = len(words), end
    while i > 0:
        move = steps[i - 1][j]
        if move == 0:
            i, j = i - 1, j - 1
            pairs.append((words[i], low + j))
        elif move == 1:
            i -= 1
            pairs.append((words[i], None))
        else:
            j -= 1
            pairs.append((None, low + j))
    pairs.reverse()
    return pairs


class _Alike:
    """What it costs to take one word for another: less where they look alike."""

    def __init__(self, words: Sequence[Word], document: Document, low: int, high: int) -> None:
        from rapidfuzz import fuzz

        self._ratio = fuzz.ratio
        self._mine = [word.norm for word in words]
        self._theirs = [norm(_at(document, place)) for place in range(low, min(high, len(document.starts)))]
        self._known: dict[tuple[str, str], float] = {}

    def price(self, i: int, j: int) -> float:
        """Of word ``i`` of the quotation for word ``j`` of the stretch."""
        pair = self._mine[i], self._theirs[j]
        price = self._known.get(pair)
        if price is None:
            ratio = self._ratio(*pair, score_cutoff=_ALIKE)
            price = self._known[pair] = 1.5 - ratio / 100 if ratio else 1.2
        return price


# -- what people read ---------------------------------------------------------------------------------------


def difference(match: Match, runs: Sequence[Run]) -> tuple[Piece, ...]:
    """The words of both beside each other; what the quotation rightly leaves out or puts in stays."""
    pieces: list[Piece] = []
    for run, pairs in zip(runs, match.pairs, strict=True):
        if run.joint:
            _add(pieces, "same", run.joint)
        gone: list[str] = []
        new: list[str] = []
        for word, place in pairs:
            if not changed(match.document, word, place):
                _flush(pieces, gone, new)
                _add(pieces, "same", f"{word.text}{word.tail}" if word is not None else "")
                continue
            if place is not None:
                gone.append(
                    _at(match.document, place) + tail_at(match.document.text, match.document.stops[place])
                )
            if word is not None:
                new.append(f"{word.text}{word.tail}")
        _flush(pieces, gone, new)
    return tuple(pieces)


def _flush(pieces: list[Piece], gone: list[str], new: list[str]) -> None:
    if gone:
        _add(pieces, "gone", " ".join(gone))
    if new:
        _add(pieces, "new", " ".join(new))
    gone.clear()
    new.clear()


def _add(pieces: list[Piece], kind: PieceKind, text: str) -> None:
    if pieces and pieces[-1].kind == kind:
        text = f"{pieces.pop().text} {text}"
    pieces.append(Piece(kind, text))


def expected(match: Match, runs: Sequence[Run], quotation: str) -> str:
    """The words of the document as the quotation should have them, with what it leaves out and puts in."""
    document, said = match.document, []
    for run, (start, stop) in zip(runs, match.chain.parts, strict=True):
        end = document.stops[stop - 1]
        if run is runs[-1] and quotation.rstrip()[-1:] in _ENDS:
            while document.text[end : end + 1] in _ENDS and end < len(document.text):
                end += 1
        if run.joint:
            said.append(run.joint)
        said.append(" ".join(document.text[document.starts[start] : end].split()))
    return " ".join(said)
