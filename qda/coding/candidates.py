"""Candidates for evidence of a relation: passages to be judged by a person, each with its reason.

A passage of one of the two codes (and of those below it, at will) is a candidate where the other code stands
near (at the same passage or over it, in the same paragraph, the same turn, or at most n turns away), where a
cue word stands beside it, or where the first code stands without the second in a case for which the relation
is claimed, that is, has supporting evidence. What may contradict comes first; then what is like the evidence
in its words, where that is known; then the nearest, case by case.
What is evidence of the relation already, or was passed over, is not offered again; nothing else is left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
from sqlalchemy import Connection, select

from qda.coding.candidate_nearness import (
    MOST_ALIKE,
    UNLIKE,
    Alike,
    Likeness,
    OtherValue,
    alike,
    evidence_ids,
    other_values,
    place_of,
)
from qda.coding.citation import paragraphs_cited, quoted
from qda.coding.cues import AGAINST, JOINING, Cue, CueKind
from qda.coding.cues_beside import Kinds, cues_beside, kinds_beside, together
from qda.coding.material import Passages as Words
from qda.coding.retrieval.evaluate import subtree
from qda.coding.retrieval.store import Ints, Mask, Passages, Store, loaded
from qda.coding.rows import SegmentRow
from qda.errors import KnownError
from qda.i18n import N_, _, ngettext
from qda.models import Project
from qda.models.codes import Segment
from qda.models.inquiry import CandidatePass
from qda.models.theory import Relation

Near = Literal["segment", "paragraph", "turn", "turns", "alone", "cue"]
Reach = Literal["segment", "paragraph", "turn", "turns"]
NEAR: Final[tuple[Near, ...]] = ("segment", "paragraph", "turn", "turns", "alone", "cue")
TURNS: Final = 2  # an answer, the question between, and the next answer
_TURNS, _ALONE, _CUE = NEAR.index("turns"), NEAR.index("alone"), NEAR.index("cue")
_FAR: Final = len(NEAR)
_KINDS: Final[dict[CueKind, str]] = {
    "reason": N_("reason"),
    "condition": N_("condition"),
    "consequence": N_("consequence"),
    "contrast": N_("contrast"),
    "concession": N_("concession"),
    "negation": N_("negation"),
}


@dataclass(frozen=True, slots=True)
class Coded:
    """A code under which a passage stands."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage (and the ``other`` one near it, where that is a second one) to be judged.

    ``bears``: which code of the relation the passage is coded with ("from", "to", or "both"); ``codes`` are
    the codes that say so, ``other_codes`` those of the other passage. ``turns``: how many turns lie from one
    to the other. ``may_contradict``: by a cue of contrast, concession or negation, as it stands alone, or as
    it lies elsewhere on a property (``other_value``) than what supports the relation.
    Who accepts or passes over a candidate does so with all its ``segments``.
    """

    segment: SegmentRow
    other: SegmentRow | None
    bears: Literal["from", "to", "both"]
    codes: tuple[Coded, ...]
    other_codes: tuple[Coded, ...]
    near: Near
    turns: int
    cues: tuple[Cue, ...]
    may_contradict: bool
    missing: str = ""  # the name of the code that does not stand near
    other_value: OtherValue | None = None
    like: SegmentRow | None = None  # the piece of evidence that it is most like, …
    words: tuple[str, ...] = ()  # … and the words that both have

    @property
    def segments(self) -> tuple[str, ...]:
        """The GUIDs of its passages."""
        return (self.segment.guid, *((self.other.guid,) if self.other else ()))


@dataclass(frozen=True, slots=True)
class OfCase:
    """How many candidates there are in a case (no GUID: in none), and how many that may contradict."""

    case: str | None
    name: str
    count: int
    against: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of a relation from ``offset`` on; ``by_case`` counts all, cases in their order."""

    relation: str
    total: int
    against: int
    by_case: tuple[OfCase, ...]
    rows: tuple[Candidate, ...] = field(repr=False)
    offset: int = 0


def candidates(
    project: Project,
    *,
    relation: str,
    turns: int = TURNS,
    reach: Reach = "turns",
    alone: bool = True,
    interviewer: bool = True,
    with_children: bool = True,
    passed: Collection[str] = (),
    case: str | None = None,
    offset: int = 0,
    limit: int = 50,
    like: Likeness | None = None,
) -> Candidates:
    """The candidates of a relation (GUID); ``passed`` are further passages (GUIDs) to be left out.

    ``reach``: how far the other code may be, ``turns``: that many turns where it reaches over turns.
    ``alone``: those, too, where one of the codes stands alone, be it beside a cue word. Without
    ``interviewer``, passages that begin in the words of an interviewer do not count. ``case``: only those of
    one case, while counts are of all. ``like`` orders them by their words.

    :raises KnownError: the relation is gone.
    """
    with project.read() as db:
        search = _Search(db, loaded(project, db), relation, turns, with_children=with_children)
        if not interviewer:
            search.leave_out_asked()
        found = search.found(search.taken(passed), NEAR.index(reach), alone=alone, like=like)
        names = search.store.cases
        counts = Counter(one.case for one in found)
        against = Counter(one.case for one in found if one.against)
        by_case = tuple(
            OfCase(
                names.guids[at] if at >= 0 else None,
                names.names[at] if at >= 0 else "",
                counts[at],
                against[at],
            )
            for at in sorted(counts, key=lambda at: (at < 0, at))
        )
        shown = found
        if case is not None:
            rank = names.rank.get(case, -2)
            shown = [one for one in found if one.case == rank]
        rows = search.rows(shown[offset : offset + limit], like)
        return Candidates(relation, len(found), sum(against.values()), by_case, rows, offset)


def reason(candidate: Candidate) -> str:
    """Why this is a candidate, in a sentence of the current language."""
    own = ", ".join(quoted(one.name) for one in candidate.codes)
    if candidate.near == "alone":
        told = _("{code} without {missing} near, in a case for which the relation is claimed").format(
            code=own, missing=quoted(candidate.missing)
        )
    elif candidate.near == "cue":
        told = _("{code} beside a cue word").format(code=own)
    else:
        other = ", ".join(quoted(one.name) for one in candidate.other_codes)
        told = _("{codes}: {near}").format(
            codes=f"{own} · {other}" if other else own, near=nearness(candidate)
        )
    cues = dict.fromkeys(f"{quoted(one.word)} ({_(_KINDS[one.kind])})" for one in candidate.cues)
    return "; ".join((told, *cues, *by_words(candidate)))


def by_words(candidate: Candidate) -> tuple[str, ...]:
    """Why beyond the places of its codes: where it lies elsewhere, which evidence it is like in its words."""
    return (*_value(candidate.other_value), *_likened(candidate))


def _value(other: OtherValue | None) -> tuple[str, ...]:
    """Where it lies elsewhere than the rest."""
    if other is None:
        return ()
    words = _("{property}: {value}, elsewhere {known}")
    return (words.format(property=other.property, value=other.value, known=", ".join(other.known)),)


def _likened(candidate: Candidate) -> tuple[str, ...]:
    """The evidence that it is like, and by which words."""
    if candidate.like is None or not candidate.words:
        return ()
    words = _("like {place}: {words}")
    return (words.format(place=paragraphs_cited(candidate.like), words=" · ".join(candidate.words)),)


def nearness(candidate: Candidate) -> str:
    """How near the two codes stand, in few words; empty where one stands alone."""
    if candidate.near in ("alone", "cue"):
        return ""
    if candidate.near == "segment":
        return _("at passages that overlap") if candidate.other else _("at one passage")
    if candidate.near == "paragraph":
        return _("in one paragraph")
    if candidate.near == "turn":
        return _("in one turn")
    return ngettext("{n} turn apart", "{n} turns apart", candidate.turns).format(n=candidate.turns)


# -- searching on the arrays --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hit:
    """A candidate as rows of passages; ``other`` is the row itself where it bears both, -1 where none."""

    row: int
    other: int
    near: int
    turns: int
    case: int
    against: bool
    like: Alike = UNLIKE
    other_value: OtherValue | None = None


class _Search:
    """What is near what, for one relation."""

    def __init__(
        self, db: Connection, store: Store, relation: str, turns: int, *, with_children: bool
    ) -> None:
        found = db.execute(
            select(Relation.id, Relation.from_id, Relation.to_id).where(Relation.guid == relation)
        ).one_or_none()
        if found is None:
            raise KnownError(_("There is nothing called “{name}”.").format(name=relation))
        self.store = store
        self._db, self._id, self._turns = db, found.id, max(0, turns)
        start, end = store.codes.ids.index(found.from_id), store.codes.ids.index(found.to_id)
        self._ends = (start, end)
        self._from, self._to = _branches(store, start, end, with_children=with_children)
        self._a, self._b = _coded(store, self._from), _coded(store, self._to)

    def leave_out_asked(self) -> None:
        """From now on without passages that begin in the words of an interviewer."""
        roles = np.array([role == "interviewer" for _label, _name, role in self.store.speakers] + [False])
        asked = roles[self.store.passages.speaker]  # of nobody: the last one
        self._a, self._b = self._a[~asked[self._a]], self._b[~asked[self._b]]

    def taken(self, passed: Collection[str]) -> Ints:
        """Rows of the passages that are evidence already or were passed over."""
        ids = set(evidence_ids(self._db, self._id))
        over = select(CandidatePass.segment_id).where(CandidatePass.relation_id == self._id)
        ids.update(self._db.execute(over).scalars())
        wanted = list(passed)
        for at in range(0, len(wanted), 500):
            some = select(Segment.id).where(Segment.guid.in_(wanted[at : at + 500]))
            ids.update(self._db.execute(some).scalars())
        return self._rows_of(ids)

    def _rows_of(self, ids: Iterable[int]) -> Ints:
        return np.flatnonzero(np.isin(self.store.passages.id, np.array(sorted(ids), np.int64)))

    def _claimed(self) -> Ints:
        """The cases (ranks) with evidence that supports the relation."""
        cases = self.store.passages.case[self._rows_of(evidence_ids(self._db, self._id, "supporting"))]
        return np.unique(cases[cases >= 0])

    def found(self, taken: Ints, most: int, *, alone: bool, like: Likeness | None = None) -> list[_Hit]:
        """All candidates in their order; the other code as near as ``most`` (an index of NEAR) says."""
        a, b = np.setdiff1d(self._a, taken), np.setdiff1d(self._b, taken)
        to_b, level_a, apart_a = _nearest(self.store.passages, a, self._b, self._turns)
        to_a, level_b, apart_b = _nearest(self.store.passages, b, self._a, self._turns)
        level_a[level_a > most], level_b[level_b > most] = _FAR, _FAR
        near_a = level_a < _FAR
        shown = np.union1d(a[near_a], to_b[near_a])
        near_b = (level_b < _FAR) & ~np.isin(b, shown)
        every = np.unique(np.concatenate([a, b, to_b[near_a], to_a[near_b]]))
        kinds = kinds_beside(self._db, self.store, every)
        hits = self._hits(kinds, a[near_a], to_b[near_a], level_a[near_a], apart_a[near_a])
        hits += self._hits(kinds, b[near_b], to_a[near_b], level_b[near_b], apart_b[near_b])
        if alone:
            hits += self._lonely(kinds, a[level_a == _FAR], b[level_b == _FAR])
        hits = self._weighed(hits, like)
        wide = len(self.store.cases.ids)
        hits.sort(
            key=lambda h: (
                *(not h.against, -h.like.much, h.near, h.turns),
                *(h.case if h.case >= 0 else wide, h.row),
            )
        )
        return hits

    def _weighed(self, hits: list[_Hit], like: Likeness | None) -> list[_Hit]:
        """With how like each is to the evidence, and with values that what supports the relation has not."""
        others = other_values(
            self._db, self.store, self._from | self._to, evidence_ids(self._db, self._id, "supporting")
        )
        near: dict[int, Alike] = {}
        if like is not None and len(hits) <= MOST_ALIKE:
            some = sorted({at for hit in hits for at in (hit.row, hit.other) if at >= 0})
            near = alike(self.store, self._rows_of(evidence_ids(self._db, self._id)), some, like)
        if not others and not near:
            return hits
        ids = self.store.passages.id
        found = []
        for hit in hits:
            both = [at for at in (hit.row, hit.other) if at >= 0]
            value = next((others[key] for at in both if (key := int(ids[at])) in others), None)
            best = max((near.get(at, UNLIKE) for at in both), key=lambda one: one.much)
            against = hit.against or value is not None
            found.append(replace(hit, against=against, like=best, other_value=value))
        return found

    def _lonely(self, kinds: Kinds, far_a: Ints, far_b: Ints) -> list[_Hit]:
        """Where one of the codes stands without the other: in a claimed case, or beside a cue word."""
        lonely = np.isin(self.store.passages.case[far_a], self._claimed())
        hits = self._single(kinds, far_a[lonely], _ALONE)
        far = np.concatenate([far_a[~lonely], far_b])
        return hits + self._single(kinds, np.setdiff1d(far, far_a[lonely]), _CUE)

    def _hits(self, kinds: Kinds, rows: Ints, others: Ints, levels: Ints, apart: Ints) -> list[_Hit]:
        cases = self.store.passages.case[rows]
        columns = (one.tolist() for one in (rows, others, levels, apart, cases))
        return [
            _Hit(row, other, level, turns, case, bool((kinds[row] | kinds[other]) & AGAINST))
            for row, other, level, turns, case in zip(*columns, strict=True)
        ]

    def _single(self, kinds: Kinds, rows: Ints, near: int) -> list[_Hit]:
        """Passages without the other code near; for the sake of a cue word only where there is one."""
        cases = self.store.passages.case[rows].tolist()
        return [
            _Hit(row, -1, near, 0, case, near == _ALONE or bool(kinds[row] & AGAINST))
            for row, case in zip(rows.tolist(), cases, strict=True)
            if near == _ALONE or kinds[row] & JOINING
        ]

    # -- as rows --------------------------------------------------------------------------------------------

    def rows(self, hits: list[_Hit], like: Likeness | None = None) -> tuple[Candidate, ...]:
        """The candidates with their words."""
        wanted = sorted({at for hit in hits for at in (hit.row, hit.other, hit.like.row) if at >= 0})
        passages, ids = self.store.passages, self.store.passages.id[wanted].tolist()
        guids: dict[int, str] = {}
        for at in range(0, len(ids), 500):
            query = select(Segment.id, Segment.guid).where(Segment.id.in_(ids[at : at + 500]))
            guids.update((row.id, row.guid) for row in self._db.execute(query))
        words, sources = Words(self._db), self.store.documents.names.ids
        told = {
            at: words.row(
                guids[int(passages.id[at])],
                sources[int(passages.source[at])],
                int(passages.start[at]),
                int(passages.stop[at]),
            )
            for at in wanted
        }
        cues = cues_beside(self._db, self.store, wanted)
        made = (self._candidate(hit, told, cues) for hit in hits)
        return tuple(self._with_words(one, hit, told, like) for one, hit in zip(made, hits, strict=True))

    def _with_words(
        self, one: Candidate, hit: _Hit, told: dict[int, SegmentRow], like: Likeness | None
    ) -> Candidate:
        """With the piece of evidence that it is like, and the words that both have."""
        if like is None or hit.like.row < 0 or not hit.like.much:
            return one
        there = place_of(self.store, hit.like.row)
        shared = [like.shared(place_of(self.store, at), there) for at in (hit.row, hit.other) if at >= 0]
        return replace(one, like=told[hit.like.row], words=max(shared, key=len))

    def _candidate(
        self, hit: _Hit, told: dict[int, SegmentRow], cues: dict[int, tuple[Cue, ...]]
    ) -> Candidate:
        of_from, of_to = self._codes_of(hit.row, self._from), self._codes_of(hit.row, self._to)
        bears: Literal["from", "to", "both"] = "both" if of_from and of_to else "from" if of_from else "to"
        second = hit.other >= 0 and hit.other != hit.row
        names = self.store.codes.names
        missing = names[self._ends[1 if bears == "from" else 0]] if hit.near >= _ALONE else ""
        return Candidate(
            told[hit.row],
            told[hit.other] if second else None,
            bears,
            (*of_from, *of_to),
            (*self._codes_of(hit.other, self._from), *self._codes_of(hit.other, self._to)) if second else (),
            NEAR[hit.near],
            hit.turns,
            together(cues[hit.row], cues[hit.other] if second else ()),
            hit.against,
            missing,
            hit.other_value,
        )

    def _codes_of(self, row: int, branch: Mask) -> tuple[Coded, ...]:
        codings = self.store.codings
        first, stop = np.searchsorted(codings.segment, [row, row + 1])
        here = dict.fromkeys(code for code in codings.code[first:stop].tolist() if branch[code])
        names = self.store.codes
        return tuple(Coded(names.guids[code], names.names[code]) for code in here)


def _branches(store: Store, start: int, end: int, *, with_children: bool) -> tuple[Mask, Mask]:
    """Which codes stand for either end; where one lies below the other, its branch is its own."""
    masks = []
    for top in (start, end):
        mask = np.zeros(len(store.codes.ids), np.bool_)
        mask[subtree(store.codes, top, with_children)] = True
        masks.append(mask)
    first, second = masks
    if start != end and first[end]:
        first &= ~second
    elif start != end and second[start]:
        second &= ~first
    return first, second


def _coded(store: Store, branch: Mask) -> Ints:
    """Rows of the passages under a code of the branch, in reading order, each once."""
    return np.unique(store.codings.segment[branch[store.codings.code]])


def _nearest(passages: Passages, own: Ints, others: Ints, turns: int) -> tuple[Ints, Ints, Ints]:
    """For each own passage the nearest other one: its row, how near (or _FAR), how many turns away.

    The nearest in the order of the text is the nearest by paragraph and turn, too; so the one that reaches
    farthest among those that begin before, and the first one behind, are enough.
    """
    if not len(own) or not len(others):
        none = np.full(len(own), -1, np.int64)
        return none, np.full(len(own), _FAR, np.int64), np.zeros(len(own), np.int64)
    begin, end = passages.begin[others], passages.end[others]
    farthest = np.maximum.accumulate(end)
    reaching = np.maximum.accumulate(np.where(end >= farthest, np.arange(len(others)), 0))
    behind = np.searchsorted(begin, passages.end[own], side="left")
    before = others[reaching[np.maximum(behind, 1) - 1]]
    after = others[np.minimum(behind, len(others) - 1)]
    best = np.where(np.isin(own, others), own, before)
    level, apart, gap = _how_near(passages, own, best, turns)
    level2, apart2, gap2 = _how_near(passages, own, after, turns)
    better = (level2 < level) | ((level2 == level) & ((apart2 < apart) | ((apart2 == apart) & (gap2 < gap))))
    return np.where(better, after, best), np.where(better, level2, level), np.where(better, apart2, apart)


def _how_near(passages: Passages, one: Ints, other: Ints, turns: int) -> tuple[Ints, Ints, Ints]:
    """How near two passages are each (as in NEAR, or _FAR), turns from one to the other, characters."""
    gap = np.maximum(passages.begin[other] - passages.end[one], passages.begin[one] - passages.end[other])
    apart = np.maximum(
        passages.first_turn[other] - passages.last_turn[one],
        passages.first_turn[one] - passages.last_turn[other],
    )
    paragraph = (passages.first[one] <= passages.last[other]) & (passages.first[other] <= passages.last[one])
    level = np.where(apart <= turns, _TURNS, _FAR)
    level[apart <= 0] = NEAR.index("turn")
    level[paragraph] = NEAR.index("paragraph")
    level[gap < 0] = NEAR.index("segment")
    return level, np.maximum(apart, 0), np.maximum(gap, 0)
