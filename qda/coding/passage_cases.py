"""Of which case a passage is, without reading its text: a speaker's case outranks that of the document."""

from bisect import bisect_right
from collections.abc import Iterable

from sqlalchemy import Connection, select

from qda.coding.access import AT_ONCE, pairs
from qda.coding.partial import speakers_cases
from qda.models.codes import Segment
from qda.models.material import Case, Source

Named = tuple[str, str]  # GUID and name of a case
NOWHERE: Named = ("", "")


class PassageCases:
    """Knows documents and speakers; made once for many passages."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._named = {r.id: (r.guid, r.name) for r in db.execute(select(Case.id, Case.guid, Case.name))}
        self._documents = pairs(db.execute(select(Source.id, Source.case_id)))
        self._special = speakers_cases(db)

    def at(self, source: int | None, start: int | None) -> Named:
        """GUID and name of the case at a place (row of a document, code points); ("", "") for none."""
        if source is None or start is None:
            return NOWHERE
        case = self._documents.get(source)
        if source in self._special:
            starts, own = self._special[source]
            case = own[max(0, bisect_right(starts, start) - 1)] or case
        return self._named.get(case, NOWHERE)

    def of(self, segments: Iterable[str]) -> dict[str, Named]:
        """The same for passages (GUIDs); those that are gone are left out."""
        wanted = sorted(set(segments))
        found: dict[str, Named] = {}
        for first in range(0, len(wanted), AT_ONCE):
            query = select(Segment.guid, Segment.source_id, Segment.start).where(
                Segment.guid.in_(wanted[first : first + AT_ONCE])
            )
            found |= {guid: self.at(source, start) for guid, source, start in self._db.execute(query)}
        return found
