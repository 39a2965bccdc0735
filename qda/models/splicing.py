"""A correction of a document's text as one act of the journal: positions follow by rule.

A hunk names what is taken out and what is put in at a place of the old text. Segments, paragraphs, time marks
and styles move along; the journal keeps the hunks, and the old places of the few rows that the reverse rule
would not bring back (their borders lay inside what was taken out). So one letter costs one entry, and undo is
exact.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Table, TextClause, bindparam, select, text, update
from sqlalchemy.orm import Session

from qda.errors import KnownError
from qda.i18n import _
from qda.models.base import Entity
from qda.models.codes import Segment
from qda.models.journal import Collector, Recorded, table_of
from qda.models.material import Paragraph, Source, TimeMark
from qda.models.search_index import normalised

Points = npt.NDArray[np.int64]
# table → GUID → values; in ``kept`` of an entry those before and those behind the correction.
Kept = dict[str, dict[str, list[Any]]]


@dataclass(frozen=True, slots=True)
class Hunk:
    """At ``at`` of the old text ``removed`` goes and ``inserted`` comes; either may be empty."""

    at: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        """Where the removed words ended, in the old text."""
        return self.at + len(self.removed)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a place follows: is it behind what is inserted there; if it lay inside a removed run, where now?

    A place at the beginning of a removed run stays at the beginning of what replaces it, one at its end at
    the end.
    """

    behind_insertion: bool
    to_end: bool


# An insertion at the border of a segment stays outside it, at the border of a paragraph it is inside; after
# a label it belongs to the words. A mark stays before what is inserted at its place.
RULES: Final[dict[str, dict[str, Rule]]] = {
    "segment": {"start": Rule(True, False), "stop": Rule(False, True)},
    "paragraph": {"start": Rule(False, False), "stop": Rule(True, True), "label_stop": Rule(False, False)},
    "time_mark": {"position": Rule(False, False)},
}
_MOVED: Final[tuple[type[Entity], ...]] = (Segment, Paragraph, TimeMark)
_FEW: Final = 40  # hunks between which the database moves what no hunk touches
_TEXT_FIELDS: Final = ("text", "length", "sha256", "styles")


class Places:
    """Where places of the old text lie in the new one. The hunks must be tidy (:func:`tidied`)."""

    def __init__(self, hunks: Sequence[Hunk]) -> None:
        self._at = np.array([h.at for h in hunks], dtype=np.int64)
        self._end = np.array([h.end for h in hunks], dtype=np.int64)
        self._given = np.array([len(h.inserted) for h in hunks], dtype=np.int64)
        growth = self._given - (self._end - self._at)
        self._shift = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(growth)))

    @property
    def shift(self) -> int:
        """How far everything behind the last hunk moves."""
        return int(self._shift[-1])

    def steps(self) -> list[tuple[int, int]]:
        """For each hunk its end, and how far what lies behind it moves, up to the next one."""
        return list(zip(self._end.tolist(), self._shift[1:].tolist(), strict=True))

    def _hunk(self, points: Points) -> tuple[Points, npt.NDArray[np.bool_]]:
        """For each point the hunk it touches (else the next one), and whether it touches it."""
        nearest = np.searchsorted(self._end, points, side="left")
        some = np.minimum(nearest, len(self._at) - 1)
        return nearest, (nearest < len(self._at)) & (self._at[some] <= points)

    def moved(self, points: Points, rule: Rule) -> Points:
        """The new places."""
        nearest, touching = self._hunk(points)
        new = points + self._shift[nearest]
        hunk, at = nearest[touching], points[touching]
        first = self._at[hunk] + self._shift[hunk]
        last = first + self._given[hunk]
        begin, end = at == self._at[hunk], at == self._end[hunk]
        to_last = np.where(begin & end, rule.behind_insertion, np.where(begin | end, end, rule.to_end))
        new[touching] = np.where(to_last, last, first)
        if rule.behind_insertion:
            # An insertion right behind a replacement: the place is between the two.
            after = np.minimum(nearest + 1, len(self._at) - 1)
            between = touching & (self._at[after] == points) & (self._end[after] == points)
            new[between] = (self._at + self._shift[:-1] + self._given)[after[between]]
        return cast("Points", new)

    def one(self, point: int, rule: Rule) -> int:
        """The new place of one point."""
        return int(self.moved(np.array([point], dtype=np.int64), rule)[0])

    def touched(self, start: Points, stop: Points) -> npt.NDArray[np.bool_]:
        """Which of the spans share a place with a hunk, their borders included."""
        nearest = np.searchsorted(self._end, start, side="left")
        some = np.minimum(nearest, len(self._at) - 1)
        return (nearest < len(self._at)) & (self._at[some] <= stop)


def tidied(text: str, hunks: Sequence[Hunk]) -> list[Hunk]:
    """The hunks without those that change nothing.

    What is only taken out and what is only put in are one replacement where they touch. Two replacements
    that touch stay two: each word has its own.

    :raises KnownError: they are not in order, overlap, or do not fit the text.
    """
    done: list[Hunk] = []
    end = 0
    for hunk in hunks:
        if hunk.at < end or hunk.end > len(text) or text[hunk.at : hunk.end] != hunk.removed:
            raise KnownError(_("The text is not the one that was to be corrected. Nothing was changed."))
        end = hunk.end
        if hunk.removed == hunk.inserted:
            continue
        if done and done[-1].end == hunk.at and _simple(done[-1]) and _simple(hunk):
            last = done.pop()
            hunk = Hunk(last.at, last.removed + hunk.removed, last.inserted + hunk.inserted)  # noqa: PLW2901
        done.append(hunk)
    return [hunk for hunk in done if hunk.removed != hunk.inserted]


def _simple(hunk: Hunk) -> bool:
    return not (hunk.removed and hunk.inserted)


def applied(text: str, hunks: Sequence[Hunk]) -> str:
    """The new text."""
    pieces: list[str] = []
    at = 0
    for hunk in hunks:
        pieces += (text[at : hunk.at], hunk.inserted)
        at = hunk.end
    return "".join([*pieces, text[at:]])


def beside(
    hunks: Sequence[Hunk], table: str, fields: Sequence[str] = ("start", "stop"), *, inside: bool = True
) -> TextClause:
    """The rows of ``table`` that a few hunks touch, as a condition; of many hunks, all between them too.

    ``inside``: also those in whose midst a hunk lies, though it moves no end of theirs by more than what
    stands before that end.
    """
    start, stop = (f"{table}.{fields[min(n, len(fields) - 1)]}" for n in (0, 1))
    if len(hunks) > _FEW:
        return text(f"({start} <= {hunks[-1].end} AND {stop} >= {hunks[0].at})")
    if inside:
        found = [f"({start} <= {hunk.end} AND {stop} >= {hunk.at})" for hunk in hunks]
    else:
        ends = [(end, hunk) for hunk in hunks for end in dict.fromkeys((start, stop))]
        found = [f"{end} BETWEEN {hunk.at} AND {hunk.end}" for end, hunk in ends]
    return text(f"({' OR '.join(found)})")


def backwards(hunks: Sequence[Hunk]) -> list[Hunk]:
    """What brings the old text back."""
    found, shift = [], 0
    for hunk in hunks:
        found.append(Hunk(hunk.at + shift, hunk.inserted, hunk.removed))
        shift += len(hunk.inserted) - len(hunk.removed)
    return found


def moved_styles(places: Places, styles: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Styles follow like segments; those without words go."""
    rules = RULES["segment"]
    starts = places.moved(np.array([s[0] for s in styles], dtype=np.int64), rules["start"]).tolist()
    stops = places.moved(np.array([s[1] for s in styles], dtype=np.int64), rules["stop"]).tolist()
    kinds = [s[2] for s in styles]
    return [list(run) for run in zip(starts, stops, kinds, strict=True) if run[0] < run[1]]


@dataclass(slots=True)
class _Splice:
    """One correction at work."""

    db: Connection
    source: int
    text: str
    hunks: list[Hunk]
    restore: Mapping[str, Mapping[str, list[Any]]]
    kept: Kept = field(default_factory=dict)
    restored: Kept = field(default_factory=dict)
    forth: Places = field(init=False)
    back: Places = field(init=False)

    def __post_init__(self) -> None:
        self.forth, self.back = Places(self.hunks), Places(backwards(self.hunks))

    def styles(self, guid: str, styles: list[Any]) -> list[Any]:
        """The styles of the new text; what does not come back by rule is kept whole."""
        new = moved_styles(self.forth, styles)
        known = self.restore.get("source", {}).get(guid)
        if known is not None and known[1] == styles:
            new = known[0]
            self.restored["source"] = {guid: new}
        if moved_styles(self.back, new) != styles:
            self.kept["source"] = {guid: [styles, new]}
        return new

    def move(self, entity: type[Entity]) -> None:
        """Moves the rows of one table."""
        table = table_of(entity)
        fields = tuple(RULES[table.name])
        touched = beside(self.hunks, table.name, fields, inside=table.name == "paragraph")
        columns = select(table.c.id, table.c.guid, *(table.c[f] for f in fields))
        near = self.db.execute(columns.where(table.c.source_id == self.source, touched)).all()
        if len(self.hunks) <= _FEW:
            self._move_rest(table.name, fields, touched)
        elif self.forth.shift:
            start = table.c[fields[0]]
            beyond = update(table).where(table.c.source_id == self.source, start > self.hunks[-1].end)
            self.db.execute(beyond.values({f: table.c[f] + self.forth.shift for f in fields}))
        if near:
            self._move_near(table, fields, near)

    def _move_rest(self, table: str, fields: tuple[str, ...], touched: TextClause) -> None:
        """Moves all rows but those that are ``touched``: each end by what came and went before it."""
        steps = self.forth.steps()
        if not any(shift for _end, shift in steps):
            return
        moved = ", ".join(
            f"{field} = {field} + CASE "
            + " ".join(f"WHEN {field} > {end} THEN {shift}" for end, shift in reversed(steps))
            + " ELSE 0 END"
            for field in fields
        )
        last = fields[min(1, len(fields) - 1)]
        here = f"source_id = {self.source} AND {last} > {self.hunks[0].end} AND NOT {touched.text}"
        self.db.execute(text(f"UPDATE {table} SET {moved} WHERE {here}"))

    def _move_near(self, table: Table, fields: tuple[str, ...], rows: Sequence[Any]) -> None:
        rules = RULES[table.name]
        old = np.array([row[2:] for row in rows], dtype=np.int64)
        new = np.stack([self.forth.moved(old[:, n], rules[f]) for n, f in enumerate(fields)], axis=1)
        self._put_back(table.name, rows, old, new)
        if table.name == "segment":
            _refuse_empty_or_equal(new)
        again = np.stack([self.back.moved(new[:, n], rules[f]) for n, f in enumerate(fields)], axis=1)
        kept = {
            rows[n].guid: [old[n].tolist(), new[n].tolist()]
            for n in np.flatnonzero((again != old).any(axis=1)).tolist()
        }
        if kept:
            self.kept[table.name] = kept
        changed = (new != old).any(axis=1)
        if table.name == "paragraph":
            touched = self.forth.touched(old[:, 0], old[:, 1])
            self._write(table, (*fields, "norm"), list(self._with_norm(rows, new, touched)))
            changed &= ~touched
        values = new.tolist()
        self._write(table, fields, [(rows[n].id, *values[n]) for n in np.flatnonzero(changed).tolist()])

    def _put_back(self, table: str, rows: Sequence[Any], old: Points, new: Points) -> None:
        """Rows that are as the correction left them, which is being undone, get their old places."""
        wanted = self.restore.get(table, {})
        if not wanted:
            return
        done: dict[str, list[Any]] = {}
        for n, row in enumerate(rows):
            known = wanted.get(row.guid)
            if known is not None and known[1] == old[n].tolist():
                new[n] = known[0]
                done[row.guid] = list(known[0])
        if done:
            self.restored[table] = done

    def _with_norm(
        self, rows: Sequence[Any], new: Points, touched: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[Any, ...]]:
        for n in np.flatnonzero(touched).tolist():
            start, stop, label_stop = new[n].tolist()
            yield rows[n].id, start, stop, label_stop, normalised(self.text[label_stop:stop])

    def _write(self, table: Table, fields: tuple[str, ...], values: list[tuple[Any, ...]]) -> None:
        if values:
            names = ("row_", *(f"{f}_" for f in fields))
            statement = update(table).where(table.c.id == bindparam("row_"))
            self.db.execute(
                statement.values({f: bindparam(f"{f}_") for f in fields}),
                [dict(zip(names, row, strict=True)) for row in values],
            )


def _refuse_empty_or_equal(spans: Points) -> None:
    if (spans[:, 0] >= spans[:, 1]).any():
        raise KnownError(_("A passage would be left without words. Nothing was changed."))
    if len(np.unique(spans, axis=0)) != len(spans):
        raise KnownError(_("Two passages would become the same. Nothing was changed."))


def splice(
    session: Session,
    source: Source,
    hunks: Sequence[Hunk],
    *,
    restore: Mapping[str, Mapping[str, list[Any]]] | None = None,
) -> None:
    """Corrects the text of a document as one entry of the journal; what stands on it follows by rule.

    ``hunks`` are in the order of the old text. ``restore`` is what the entry that is being undone kept.
    Search form and index are made anew where the words changed.

    :raises KnownError: the hunks do not fit the text; a segment would be empty, or two the same.
    """
    session.flush()
    db, table = session.connection(), table_of(Source)
    columns = [table.c[f] for f in _TEXT_FIELDS]
    before = db.execute(select(*columns).where(table.c.id == source.id)).one()
    ready = tidied(before.text, hunks)
    if not ready:
        return
    text = applied(before.text, ready)
    work = _Splice(db, source.id, text, ready, restore or {})
    values = {
        "text": text,
        "length": len(text),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "styles": work.styles(source.guid, before.styles),
    }
    if values["styles"] == before.styles:
        del values["styles"]
    db.execute(update(table).where(table.c.id == source.id).values(values))
    for entity in _MOVED:
        work.move(entity)
    _forget(session)
    collector: Collector = session.info["collector"]
    collector.changes.append(
        Recorded(
            "splice",
            "source",
            source.guid,
            old={
                "hunks": [[h.at, h.removed, h.inserted] for h in ready],
                "sha256": before.sha256,
                "kept": work.kept,
            },
            new={"sha256": values["sha256"], "restored": work.restored},
        )
    )


def _forget(session: Session) -> None:
    """Rows in the session are read again where they were moved past it."""
    for row in list(session.identity_map.values()):
        if isinstance(row, Source):
            session.expire(row, list(_TEXT_FIELDS))
        elif isinstance(row, _MOVED):
            fields = list(RULES[row.__tablename__])
            session.expire(row, [*fields, "norm"] if isinstance(row, Paragraph) else fields)


def hunks_of(entry: Mapping[str, Any]) -> list[Hunk]:
    """The hunks as an entry of the journal keeps them."""
    return [Hunk(at, removed, inserted) for at, removed, inserted in entry["hunks"]]
