"""Which comments of a file are our own: each is paired with what the record tells of it."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qda.coding.comments_back_arrivals import plain
from qda.coding.comments_back_form import Comment, CommentedFile, Record, Told, as_in_file
from qda.coding.comments_back_places import Place
from qda.coding.rows import SourceRow

_NEAR: Final = 3  # characters between a coding of a blank line and where the file can show it
_NOWHERE: Final = 1 << 40
_MINUTE: Final = 16  # of a date in ISO

Alike = Literal["words", "moment", "first line"]
Ours = tuple[Told, Place | None]


def of_record(record: Record, rows: Sequence[SourceRow]) -> str | None:
    """The document of a record: the same, the same text, the same title."""
    same = [row.guid for row in rows if row.guid == record.source]
    same += [row.guid for row in rows if row.sha256 == record.sha256]
    same += [row.guid for row in rows if row.title == record.title]
    return same[0] if same else None


@dataclass(slots=True)
class Own:
    """The comments of a file with their places in the study, and the records that came with them."""

    file: CommentedFile
    places: Sequence[Place | None]
    rows: Mapping[str, SourceRow]
    sources: Sequence[str]

    def matched(self) -> tuple[dict[int, Ours], list[tuple[str, Told]]]:
        """Our own comments by number, with their exact places where these are known; and what is missing.

        First those that nobody touched, then those whose words, whose author's moment or whose first line
        stayed.
        """
        open_ = [(record, one) for record in self.file.records for one in record.remarks]
        found = self._untouched(open_)
        steps: tuple[Alike, ...] = ("words", "moment", "first line")
        for step in steps:
            taken = {id(one) for one, _place in found.values()}
            open_ = [pair for pair in open_ if id(pair[1]) not in taken]
            found |= self._alike(step, open_, [n for n in range(len(self.places)) if n not in found])
        taken = {id(one) for one, _place in found.values()}
        left = [pair for pair in open_ if id(pair[1]) not in taken]
        return found, [(source, one) for record, one in left if (source := self._source_of(record))]

    def _untouched(self, told: Sequence[tuple[Record, Told]]) -> dict[int, Ours]:
        """Those that stand with the same words at the very place; most of them, and quickly found."""
        known: dict[Hashable, list[Ours]] = defaultdict(list)
        for record, one in reversed(told):
            if (place := self._exact(record, one)) is not None:
                known[_author(one), plain(as_in_file(one.text)), place].append((one, place))
        found: dict[int, Ours] = {}
        for n, comment in enumerate(self.file.comments):
            same = known.get((_author(comment), plain(comment.text), self.places[n]))
            if same:
                found[n] = same.pop()
        return found

    def _alike(
        self, step: Alike, told: Sequence[tuple[Record, Told]], numbers: Sequence[int]
    ) -> dict[int, Ours]:
        known: dict[Hashable, list[tuple[Record, Told]]] = defaultdict(list)
        for record, one in told:
            known[_key(step, one)].append((record, one))
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for n in numbers:
            groups[_key(step, self.file.comments[n])].append(n)
        return {
            n: (one, self._exact(record, one))
            for key, some in groups.items()
            if key is not None and key in known
            for n, (record, one) in self._nearest(some, known[key])
        }

    def _nearest(
        self, numbers: Sequence[int], told: Sequence[tuple[Record, Told]]
    ) -> Iterator[tuple[int, tuple[Record, Told]]]:
        """Pairs alike comments with what was told of them, the nearest first; each once."""
        pairs = sorted((self._distance(n, *told[k]), n, k) for n in numbers for k in range(len(told)))
        used: set[int] = set()
        done: set[int] = set()
        for distance, n, k in pairs:
            if distance < _NOWHERE and n not in done and k not in used:
                done.add(n)
                used.add(k)
                yield n, told[k]

    def _distance(self, number: int, record: Record, one: Told) -> int:
        """How far a comment lies from where it was told to be; in the same text they must share words."""
        place = self.places[number]
        if place is None:
            return _NOWHERE - 1
        apart = place.start >= one.stop + _NEAR or one.start >= place.stop + _NEAR
        if apart and self._exact(record, one) is not None:
            return _NOWHERE
        return abs(place.start - one.start) + abs(place.stop - one.stop)

    def _source_of(self, record: Record) -> str | None:
        if len(self.sources) == 1 and len(self.file.records) == 1:
            return self.sources[0]
        guid = of_record(record, list(self.rows.values()))
        return guid if guid in self.sources else None

    def _exact(self, record: Record, one: Told) -> Place | None:
        """The place that was told, where the text is still the one that it was told of."""
        source = self._source_of(record)
        if source is None:
            return None
        row = self.rows[source]
        if row.sha256 != record.sha256 or not 0 <= one.start < one.stop <= row.length:
            return None
        return Place(source, one.start, one.stop)


def _key(step: Alike, one: Told | Comment) -> Hashable:
    """What must be the same at a step; none where there is nothing to compare."""
    if step == "words":
        return _author(one), plain(as_in_file(one.text))
    if step == "moment":
        return (_author(one), one.date[:_MINUTE]) if one.date else None
    first = plain(as_in_file(one.text.split("\n")[0]))
    return (_author(one), first) if first else None


def _author(one: Told | Comment) -> str:
    return plain(as_in_file(one.author))
