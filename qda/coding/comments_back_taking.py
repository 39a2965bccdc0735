"""Takes what arrived with a file into the study, as one act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qda.coding.access import add, clean, coder_of, get
from qda.coding.codebook import code_named
from qda.coding.comments_back_arrivals import Arrival
from qda.coding.open_coding import coded
from qda.coding.segments import segment_at
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Coding, Memo, MemoLink, Segment
from qda.models.material import Coder, Source

Progress = Callable[[int], bool]


class StoppedError(KnownError):
    """Somebody stopped it; nothing has changed."""


def take(
    project: Project,
    arrivals: Sequence[Arrival],
    numbers: Sequence[int],
    *,
    name: str,
    progress: Progress | None = None,
) -> int:
    """Takes the arrivals with these numbers as one act; how many came.

    :raises StoppedError: ``progress`` said so.
    """
    if not numbers:
        return 0
    with project.unit(_("Read comments back from “{name}”").format(name=name)):
        taker = _Taker(project)
        for done, number in enumerate(numbers, start=1):
            taker.one(number, arrivals)
            if progress is not None and not progress(done):
                raise StoppedError(_("Stopped. Nothing was changed."))
    return len(numbers)


@dataclass(slots=True)
class _Taker:
    project: Project
    coders: dict[str, Coder] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # path to GUID of those made new
    made: dict[int, str] = field(default_factory=dict)  # number of an arrival to its coding

    def one(self, number: int, arrivals: Sequence[Arrival]) -> None:
        """Takes one arrival; a reply finds the coding that came before it."""
        arrival = arrivals[number]
        if arrival.state in ("coding", "removed") and arrival.path:
            self.made[number] = self._coding(arrival)
        elif arrival.state == "comment":
            get(self.project.session, Coding, arrival.coding).comment = clean(arrival.body).strip()
        elif arrival.state != "same":
            above = self.made.get(arrival.above, "") if arrival.above is not None else ""
            self._memo(arrival, arrival.coding or above)

    def _coding(self, arrival: Arrival) -> str:
        assert arrival.place is not None
        session = self.project.session
        wanted = arrival.code or self.codes.get(arrival.path) or arrival.path
        code = code_named(self.project, wanted)
        self.codes[arrival.path] = code.guid
        row = coded(self.project, self._segment(arrival), code, self._coder(arrival).guid, arrival.body)
        row.created = _moment(arrival.made) or _moment(arrival.date) or row.created
        session.flush()
        return row.guid

    def _memo(self, arrival: Arrival, coding: str) -> None:
        session = self.project.session
        table, guid = "source", arrival.source
        if coding:
            table, guid = "coding", coding
        elif arrival.place is not None:
            table, guid = "segment", self._segment(arrival).guid
        made = _moment(arrival.made) or _moment(arrival.date) or self.project.clock()
        memo = add(
            session,
            Memo(
                kind="code",
                title=clean(arrival.title).strip() or _("Comment"),
                body=clean(arrival.body).strip(),
                private=False,
                coder_id=self._coder(arrival).id,
                created=made,
            ),
        )
        add(session, MemoLink(memo_id=memo.id, target_table=table, target_guid=guid))

    def _segment(self, arrival: Arrival) -> Segment:
        assert arrival.place is not None
        place = arrival.place
        return segment_at(
            self.project, get(self.project.session, Source, place.source), place.start, place.stop
        )

    def _coder(self, arrival: Arrival) -> Coder:
        """The author, made if new; a comment of nobody belongs to the current coder."""
        name = " ".join(clean(arrival.author).split())
        if name not in self.coders:
            self.coders[name] = coder_of(self.project, name or None)
        return self.coders[name]


def _moment(written: str) -> datetime | None:
    """A moment as ISO; Word writes the time of the place and calls it Z."""
    try:
        moment = datetime.fromisoformat(written.strip()[:19] if written.endswith("Z") else written.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.astimezone()
