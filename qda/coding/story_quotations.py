"""Quotations of a story beside their source: what differs and how it is mended, where words stand.

The words are aligned one by one. What :func:`~qda.coding.story_text.quotation_agrees` lets pass costs
nothing here either: "[…]", a name in brackets, dropped fillers, marks of transcription, case, punctuation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from qda.coding.citation import may_quote
from qda.coding.material import Passages, stored_text
from qda.coding.rows import SegmentRow
from qda.coding.search import in_order, indexed
from qda.coding.story_text import FILLERS, LEFT_OUT, MARKS, TOKEN, quotation_agrees
from qda.models import Project
from qda.models.codes import Segment
from qda.models.material import Source

LONGEST: Final = 400  # words of a quotation or a source that are aligned one by one
_FEWEST: Final = 3  # words of a quotation that is looked for
_RARE: Final = 4  # so many of its words are asked of the index
_NAME: Final = 2  # a name in brackets stands for so many words at most
_MARKS: Final = (("„", "“”"), ("“", "”"), ("»", "«"), ("«", "»"), ('"', '"'))


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place (code points), as it is compared."""

    start: int
    stop: int
    plain: str
    gap: bool = False  # words may be left out before it

    @property
    def is_name(self) -> bool:
        """A name in brackets."""
        return self.plain.startswith("[")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a quotation (``start`` to ``stop``, code points; none where some are missing) and what the
    source has there (empty: nothing)."""

    start: int
    stop: int
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class TypedQuotation:
    """Words in quotation marks; ``start`` and ``stop`` hold the marks."""

    start: int
    stop: int
    words: str


def words_with_places(text: str) -> list[Word]:
    """The words that count, with their places: no fillers, no marks of transcription."""
    hidden = [match.span() for match in MARKS.finditer(text)]
    gaps = [match.span() for match in LEFT_OUT.finditer(text)]
    found: list[Word] = []
    before = 0
    for match in TOKEN.finditer(text):
        start, stop = match.span()
        inside = any(begin <= start < end for begin, end in (*hidden, *gaps))
        if inside or match[0].casefold() in FILLERS:
            continue
        gap = any(before <= begin and end <= start for begin, end in gaps)
        found.append(Word(start, stop, match[0].casefold(), gap))
        before = stop
    return found


# -- what differs -------------------------------------------------------------------------------------------

_SAME, _OTHER, _MORE, _LESS = range(4)


def differences(quotation: str, source: str) -> tuple[Difference, ...]:
    """Where a quotation has other words than its source; empty where it agrees or is too long to tell."""
    ours, theirs = words_with_places(quotation), words_with_places(source)
    if quotation_agrees(quotation, source) or not ours or max(len(ours), len(theirs)) > LONGEST:
        return ()
    found: list[Difference] = []
    for kind, mine, first, last in _aligned(ours, theirs):
        there = _slice(source, theirs, first, last)
        word = ours[min(mine, len(ours) - 1)]
        if kind == _LESS:
            at = ours[mine].start if mine < len(ours) else len(quotation)
            found.append(Difference(at, at, "", there))
        elif kind in (_OTHER, _MORE):
            found.append(Difference(word.start, word.stop, quotation[word.start : word.stop], there))
    return tuple(_joined(found, quotation))


def mended(quotation: str, source: str) -> str:
    """The quotation with its source's words where it differed; marks and "[…]" stay."""
    text = quotation
    for found in reversed(differences(quotation, source)):
        before, behind = text[: found.start], text[found.stop :]
        if not found.source:
            text = before.rstrip(" ") + behind if behind[:1] in " .,;:!?" else before + behind.lstrip(" ")
        elif found.words:
            text = before + found.source + behind
        else:
            text = f"{before}{found.source} {behind}"
    if quotation_agrees(text, source):
        return text
    return _whole(quotation, source)


def unquoted(words: str) -> str:
    """The words without the quotation marks around them."""
    plain = words.strip()
    outer = any(plain[:1] == opening and plain[-1:] in closings for opening, closings in _MARKS)
    return plain[1:-1].strip() if outer and len(plain) > 1 else plain


def _whole(quotation: str, source: str) -> str:
    """The source's words in the marks of the quotation."""
    plain, stripped = " ".join(source.split()), quotation.strip()
    return plain if unquoted(stripped) == stripped else f"{stripped[0]}{plain}{stripped[-1]}"


def _slice(source: str, words: Sequence[Word], first: int, last: int) -> str:
    if first >= last:
        return ""
    return " ".join(MARKS.sub(" ", source[words[first].start : words[last - 1].stop]).split())


def _joined(found: list[Difference], quotation: str) -> list[Difference]:
    """Neighbouring differences as one."""
    joined: list[Difference] = []
    for one in found:
        if joined and not re.search(r"\w", quotation[joined[-1].stop : one.start]):
            last = joined.pop()
            start, stop = (one.start, one.stop) if last.start == last.stop else (last.start, one.stop)
            if last.start != last.stop and one.start == one.stop:
                stop = last.stop
            words = quotation[start:stop]
            there = " ".join(part for part in (last.source, one.source) if part)
            joined.append(Difference(start, stop, words, there))
        else:
            joined.append(one)
    return joined


def _aligned(ours: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    """The cheapest way through both: kind, word of the quotation, words of the source (first, last).

    Words of the source before, behind and where "[…]" stands cost nothing.
    """
    far = len(theirs)
    costs = [[0.0] * (far + 1)]
    steps: list[list[tuple[int, int]]] = [[(_LESS, 1)] * (far + 1)]
    for mine in range(1, len(ours) + 1):
        row, taken = [costs[-1][0] + 1.0], [(_MORE, 0)]
        word = ours[mine - 1]
        free = mine == len(ours) or ours[mine].gap
        for at in range(1, far + 1):
            best = (costs[-1][at] + (0.0 if word.is_name else 1.0), (_SAME if word.is_name else _MORE, 0))
            same = word.plain == theirs[at - 1].plain or word.is_name
            best = min(best, (costs[-1][at - 1] + (0.0 if same else 1.0), (_SAME if same else _OTHER, 1)))
            if word.is_name and at >= _NAME:
                best = min(best, (costs[-1][at - _NAME], (_SAME, _NAME)))
            best = min(best, (row[at - 1] + (0.0 if free else 1.0), (_LESS, 1)))
            row.append(best[0])
            taken.append(best[1])
        costs.append(row)
        steps.append(taken)
    return _way(ours, steps, len(ours), far)


def _way(
    ours: Sequence[Word], steps: Sequence[Sequence[tuple[int, int]]], mine: int, at: int
) -> list[tuple[int, int, int, int]]:
    way: list[tuple[int, int, int, int]] = []
    while mine > 0:
        kind, taken = steps[mine][at]
        if kind == _LESS:
            if mine < len(ours) and not ours[mine].gap:
                way.append((_LESS, mine, at - 1, at))
            at -= 1
            continue
        way.append((kind, mine - 1, at - taken, at))
        mine, at = mine - 1, at - taken
    return way[::-1]


# -- where words stand --------------------------------------------------------------------------------------


def typed_quotations(text: str) -> list[TypedQuotation]:
    """Words in quotation marks, of three words and more: shorter ones are rarely quotations."""
    found = []
    at = 0
    while at < len(text):
        closings = next((ends for opening, ends in _MARKS if text[at] == opening), "")
        stop = min((place for sign in closings if (place := text.find(sign, at + 1)) > 0), default=-1)
        line = text.find("\n", at)
        if not closings or stop < 0 or 0 <= line < stop:
            at += 1
            continue
        inside = text[at + 1 : stop]
        if len(words_with_places(inside)) >= _FEWEST:
            found.append(TypedQuotation(at, stop + 1, inside))
        at = stop + 1
    return found


def span_of(quotation: str, source: str) -> tuple[int, int] | None:
    """Where the words of a quotation stand in a text (code points); None if nowhere."""
    if not quotation_agrees(quotation, source):
        return None
    ours, theirs = words_with_places(quotation), words_with_places(source)
    first = {word.plain for word in ours[:1] if not word.is_name}
    for begin in range(len(theirs)):
        if first and theirs[begin].plain not in first:
            continue
        end = _end(ours, theirs, begin)
        if end is not None:
            return theirs[begin].start, theirs[end - 1].stop
    return None


def _end(ours: Sequence[Word], theirs: Sequence[Word], begin: int) -> int | None:
    """Behind which word of the source a quotation ends that begins at ``begin``."""
    places = {begin}
    for number, word in enumerate(ours):
        if number and word.gap:
            places = set(range(min(places), len(theirs) + 1))
        if word.is_name:
            places = {at + step for at in places for step in range(_NAME + 1) if at + step <= len(theirs)}
        else:
            places = {at + 1 for at in places if at < len(theirs) and theirs[at].plain == word.plain}
        if not places:
            return None
    return max(min(places), begin + 1)


def find_quotation(project: Project, words: str, *, most: int = 3) -> list[SegmentRow]:
    """Where typed words stand in the material, without those that may not be quoted.

    A row without a GUID is a span that is no passage yet. Fillers, "[…]" and "[Name]" count for nothing.
    """
    asked = [word.plain for word in words_with_places(words) if not word.is_name]
    if len(asked) < _FEWEST:
        return []
    found: list[SegmentRow] = []
    with project.read() as db:
        longest = sorted(dict.fromkeys(asked), key=len, reverse=True)[:_RARE]
        places = indexed(db, " ".join(longest))  # every part of every word, wherever it stands
        documents = _documents(db)
        passages = Passages(db)
        text, current = "", 0
        for row in in_order(db, places, list(documents)):
            if row.source_id != current:
                text, current = stored_text(db, documents[row.source_id]), row.source_id
            span = span_of(words, text[row.label_stop : row.stop])
            if span is None:
                continue
            start, stop = row.label_stop + span[0], row.label_stop + span[1]
            while stop < row.stop and text[stop] in ".!?…":
                stop += 1
            one = passages.row(_segment(db, row.source_id, start, stop), row.source_id, start, stop)
            if may_quote(one):
                found.append(one)
            if len(found) >= most:
                break
    return found


def _documents(db: Connection) -> dict[int, str]:
    query = select(Source.id, Source.guid).order_by(Source.position, Source.id)
    return {row.id: row.guid for row in db.execute(query)}


def _segment(db: Connection, source: int, start: int, stop: int) -> str:
    """The GUID of the passage of exactly this span; empty if it is none yet."""
    query = select(Segment.guid).where(
        Segment.source_id == source, Segment.start == start, Segment.stop == stop
    )
    return db.execute(query).scalar() or ""
