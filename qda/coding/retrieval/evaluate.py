"""What a query selects, worked out on arrays.

A query is asked in a world of codings: all of them, or those that a condition on codings leaves. Its passages
are those that bear a coding of that world.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from sqlalchemy import Connection, and_

from qda.coding.retrieval import relations, spec
from qda.coding.retrieval.answers import cases_showing
from qda.coding.retrieval.spec import Spec
from qda.coding.retrieval.store import NOBODY, Ints, Mask, Names, Store, column_arrays
from qda.coding.retrieval.texts import with_words
from qda.errors import KnownError
from qda.i18n import _
from qda.models.codes import Coding


@dataclass(frozen=True, slots=True)
class Selected:
    """Which segments and which codings were selected, as rows of the store."""

    segments: Mask
    codings: Mask


class Evaluation:
    """One query in one project. ``within``: only what that query selects is seen at all."""

    def __init__(self, db: Connection, store: Store, *, within: Spec | None = None) -> None:
        self._db = db
        self._store = store
        self._world = np.ones(len(store.codings.id), np.bool_)
        if within is not None:
            self._world = self.selected(within).codings

    @property
    def world(self) -> Mask:
        """The codings that are seen."""
        return self._world

    def selected(self, query: Spec) -> Selected:
        """The segments of a query, and the codings on them that it sees."""
        world = self._narrowed(query, self._world)
        segments = self.segments(query)
        return Selected(segments, world & segments[self._store.codings.segment])

    def segments(self, query: Spec) -> Mask:
        """Rows of the segments that a query selects."""
        return self._of(query, self._world, None)

    def pieces(self, query: Spec, segments: Mask) -> tuple[Ints, Ints, Ints] | None:
        """Rows, starts and stops where the query wants only what overlapping passages share."""
        asked = next((one for one in _together(query) if _shares(one)), None)
        if not isinstance(asked, spec.Overlapping):
            return None
        passages = self._store.passages
        world = self._narrowed(query, self._world)
        left = np.flatnonzero(segments)
        others = np.flatnonzero(self._of(asked.right, world, None))
        alone = self._alone(asked, world)
        one, other = relations.pairs(
            passages.begin[left],
            passages.end[left],
            others_begin=passages.begin[others],
            others_end=passages.end[others],
        )
        one, other = left[one], others[other]
        real = (one != other) | ~alone[one]
        one, other = one[real], other[real]
        start = np.maximum(passages.start[one], passages.start[other])
        stop = np.minimum(passages.stop[one], passages.stop[other])
        places = np.stack([passages.source[one], start, stop, one])
        order = np.lexsort(places[::-1])
        kept = places[:, order]
        new = np.ones(kept.shape[1], np.bool_)
        new[1:] = (kept[:3, 1:] != kept[:3, :-1]).any(axis=0)
        return kept[3, new], kept[1, new], kept[2, new]

    # -- conditions ---------------------------------------------------------------------------------------

    def _of(self, query: Spec, world: Mask, wanted: Mask | None) -> Mask:
        """The passages of a query in a world; only those among ``wanted`` need to be right."""
        if spec.on_codings(query):
            return self._bearing(world & self._codings(query))
        if isinstance(query, spec.And):
            return self._all(query, world, wanted)
        if isinstance(query, spec.Or):
            found = np.zeros(len(self._store.passages.id), np.bool_)
            for part in query.of:
                found |= self._of(part, world, wanted)
            return found
        if isinstance(query, spec.Not):
            return self._bearing(world) & ~self._of(query.what, world, wanted)
        if isinstance(query, spec.Relation):
            return self._related(query, world)
        if isinstance(query, spec.Code):
            return self._bearing(world & self._under(query))
        here = self._bearing(world)
        if isinstance(query, spec.Text):
            return with_words(self._db, self._store, query, here if wanted is None else here & wanted)
        return here & self._where(query)

    def _all(self, query: spec.And, world: Mask, wanted: Mask | None) -> Mask:
        world = self._narrowed(query, world)
        found = self._bearing(world)
        rest = [part for part in query.of if not spec.on_codings(part)]
        for part in sorted(rest, key=_cost):
            found &= self._of(part, world, found if wanted is None else found & wanted)
        return found

    def _narrowed(self, query: Spec, world: Mask) -> Mask:
        """The world in which the parts of a query are asked."""
        if spec.on_codings(query):
            return world & self._codings(query)
        if isinstance(query, spec.And):
            for part in filter(spec.on_codings, query.of):
                world = world & self._codings(part)
        return world

    def _bearing(self, codings: Mask) -> Mask:
        found = np.zeros(len(self._store.passages.id), np.bool_)
        found[self._store.codings.segment[codings]] = True
        return found

    def _codings(self, query: Spec) -> Mask:
        """The codings of conditions on codings alone."""
        if isinstance(query, spec.Not):
            return ~self._codings(query.what)
        if isinstance(query, spec.And | spec.Or):
            found = self._codings(query.of[0])
            for part in query.of[1:]:
                one = self._codings(part)
                found = found & one if isinstance(query, spec.And) else found | one
            return found
        if isinstance(query, spec.Date):
            return self._made(query)
        assert isinstance(query, spec.Coder)
        by: Mask = self._store.codings.coder == ranked(self._store.coders, query.coder)
        return by

    def _made(self, query: spec.Date) -> Mask:
        kept = self._store.kept
        if ("date", query) not in kept:
            asked = [Coding.id > 0]
            if query.since:
                asked.append(Coding.created >= _midnight(date.fromisoformat(query.since)))
            if query.until:
                asked.append(Coding.created < _midnight(date.fromisoformat(query.until) + timedelta(days=1)))
            (ids,) = column_arrays(self._db, Coding.id, where=and_(*asked))
            known = np.zeros(int(self._store.codings.id.max(initial=0)) + 1, np.bool_)
            known[ids] = True
            kept["date", query] = known[self._store.codings.id]
        found: Mask = kept["date", query]
        return found

    def _under(self, query: spec.Code) -> Mask:
        wanted = np.zeros(len(self._store.codes.ids) + 1, np.bool_)
        wanted[subtree(self._store.codes, ranked(self._store.codes, query.code), query.with_children)] = True
        found: Mask = wanted[self._store.codings.code]
        return found

    def _where(self, query: Spec) -> Mask:
        """Conditions on the place of a passage."""
        store, passages = self._store, self._store.passages
        found: Mask
        if isinstance(query, spec.Case):
            among = subtree(store.cases, ranked(store.cases, query.case), query.with_inner)
            return np.isin(passages.case, among)
        if isinstance(query, spec.Attribute):
            return np.isin(passages.case, cases_showing(self._db, store.cases, query))
        if isinstance(query, spec.Document):
            found = passages.source == ranked(store.documents.names, query.source)
            return found
        if isinstance(query, spec.Group):
            found = store.documents.group[passages.source] == ranked(store.groups, query.group)
            return found
        if isinstance(query, spec.Kind):
            return np.array([kind == query.kind for kind in store.documents.kinds], np.bool_)[passages.source]
        wanted = [_speaks(query, *speaker) for speaker in store.speakers]
        return np.array([*wanted, False], np.bool_)[passages.speaker]  # NOBODY is the last one

    # -- relations ----------------------------------------------------------------------------------------

    def _related(self, query: spec.Relation, world: Mask) -> Mask:
        passages = self._store.passages
        left, right = self._of(query.left, world, None), self._of(query.right, world, None)
        rows, others = np.flatnonzero(left), np.flatnonzero(right)
        alone = (self._alone(query, world) & right)[rows]
        begin, end = passages.begin, passages.end
        ends = {"others_begin": begin[others], "others_end": end[others]}
        if isinstance(query, spec.Within):
            true = relations.inside(begin[rows], end[rows], alone, **ends)
        elif isinstance(query, spec.Contains):
            true = relations.around(begin[rows], end[rows], alone, **ends)
        elif isinstance(query, spec.FollowedBy):
            reach = passages.last[rows] + query.paragraphs
            behind = {"others_begin": begin[others], "others_first": passages.first[others]}
            true = relations.behind(end[rows], reach, **behind) > 0
        else:
            low, high, reach_ = self._ranges(query)
            count = relations.touching(
                low[rows], high[rows], others_low=low[others], others_high=high[others], reach=reach_
            )
            true = count - alone > 0
        found = np.zeros(len(left), np.bool_)
        found[rows[true]] = True
        return found

    def _ranges(self, query: Spec) -> tuple[Ints, Ints, int]:
        passages = self._store.passages
        if isinstance(query, spec.Overlapping):
            return passages.begin, passages.end - 1, 0
        if isinstance(query, spec.SameTurn):
            return passages.first_turn, passages.last_turn, 0
        return passages.first, passages.last, query.paragraphs if isinstance(query, spec.Near) else 0

    def _alone(self, query: spec.Relation, world: Mask) -> Mask:
        """Segments that are no neighbours of themselves: they bear the same codings for both sides."""
        one, other = self._carriers(query.left, world), self._carriers(query.right, world)
        return ~(self._bearing(one) & self._bearing(other) & self._bearing(one ^ other))

    def _carriers(self, query: Spec, world: Mask) -> Mask:
        """The codings for which a passage is in a query: those of its codes, else all that are seen."""
        if isinstance(query, spec.Code):
            return world & self._under(query)
        if spec.on_codings(query):
            return world & self._codings(query)
        inner = self._narrowed(query, world)
        if spec.on_codes(query):
            if isinstance(query, spec.Relation):
                found = self._carriers(query.left, inner)
            else:
                named = [part for part in spec.parts(query) if spec.on_codes(part)]
                found = self._carriers(named[0], inner)
                for part in named[1:]:
                    found |= self._carriers(part, inner)
        else:
            found = inner
        return found & self._of(query, world, None)[self._store.codings.segment]


def _together(query: Spec) -> tuple[Spec, ...]:
    return (query, *query.of) if isinstance(query, spec.And) else (query,)


def _shares(query: Spec) -> bool:
    return isinstance(query, spec.Overlapping) and query.intersection


def _cost(query: Spec) -> int:
    """Words are looked for last, in what the other conditions leave."""
    return 1 if any(isinstance(one, spec.Text) for one in spec.walk(query)) else 0


def _midnight(day: date) -> datetime:
    """The beginning of a day where the program runs."""
    return datetime.combine(day, time()).astimezone()


def _speaks(query: Spec, label: str, name: str, role: str) -> bool:
    if isinstance(query, spec.Role):
        return role == query.role
    assert isinstance(query, spec.Speaker)
    return query.label.casefold() in (label.casefold(), name.casefold())


def ranked(names: Names, written: str) -> int:
    """The rank of what is called so by GUID, path or name.

    :raises KnownError: it is gone, or several are called so.
    """
    if (found := names.rank.get(written.strip("{}").lower())) is not None:
        return found
    wanted = written.casefold()
    same = [at for at, name in enumerate(names.names) if name.casefold() == wanted]
    same = [at for at in same if names.names[at] == written] or same
    if not same:
        same = [at for at in range(len(names.names)) if " > ".join(path(names, at)).casefold() == wanted]
    if len(same) != 1:
        words = _("“{name}” is not there any more.") if not same else _("“{name}” can mean several things.")
        raise KnownError(words.format(name=written))
    return same[0]


def path(names: Names, rank: int) -> list[str]:
    """The names from the outermost to this one."""
    found: list[str] = []
    while rank != NOBODY:
        found.insert(0, names.names[rank])
        rank = names.above[rank] if names.above else NOBODY
    return found


def subtree(names: Names, top: int, below: bool) -> list[int]:
    """The rank, and with ``below`` those of all that stand inside it."""
    found = [top]
    if below:
        inside: dict[int, list[int]] = {}
        for at, above in enumerate(names.above):
            inside.setdefault(above, []).append(at)
        for one in found:
            found += inside.get(one, [])
    return found
