"""What would be coded of the hits of a search: a passage each, worked out in a thread of its own."""

import contextvars
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qda.coding.extents import Extent, coded_with, extended
from qda.coding.search_all import FullHit
from qda.errors import KnownError
from qda.exchange.undisturbed import undisturbed
from qda.i18n import _
from qda.ui.hits.excerpts import heading, place
from qda.ui.hits.looking import Turns
from qda.ui.hits.passages import Excerpt, Shape
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.models import Project

_AT_ONCE: Final = 100  # hits after which a page is handed out
_LONGEST: Final = 600  # characters shown of a passage
_AROUND: Final = 90  # characters of context before and behind
_LINES: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """A passage that would be coded; ``hit`` is the first hit in it, ``coded``: it has the code already."""

    hit: FullHit
    start: int
    stop: int
    coded: bool

    @property
    def key(self) -> tuple[str, int, int]:
        """Its document, start and stop."""
        return self.hit.source, self.start, self.stop

    @property
    def passage(self) -> str:
        """The place as acts take it: SOURCE:START-STOP."""
        return f"{self.hit.source}:{self.start}-{self.stop}"


def excerpt(one: Proposal) -> Excerpt:
    """The passage in its paragraph, with the hit set off and what is around the passage paler."""
    hit = one.hit
    first, last = max(one.start - hit.begin, 0), min(one.stop - hit.begin, len(hit.said))
    begin = max(0, first - _AROUND)
    if begin:  # from a whole word on
        begin = hit.said.find(" ", begin, first) + 1 or begin
    end = min(len(hit.said), last + _AROUND)
    if last - first > _LONGEST:  # too long to be seen as a whole: from near the hit on
        begin = max(first, hit.start - hit.begin - _AROUND)
        end = min(last, begin + _LONGEST)
    if end < len(hit.said) and (blank := hit.said.rfind(" ", last, end)) > 0:  # up to a whole word
        end = blank
    behind = " …" if end < len(hit.said) else ""
    lead = "… " if begin else ""
    shift = len(lead) - begin
    # each sign stays one sign, so that the marks stay in place
    words = lead + "".join(" " if sign.isspace() else sign for sign in hit.said[begin:end]) + behind
    marks = tuple(
        (max(a, begin) + shift, min(b, end) + shift) for a, b in hit.marks if first <= a and b <= last
    )
    return Excerpt(words, place(hit), marks, (max(first, begin) + shift, min(last, end) + shift))


def proposal_heading(one: Proposal) -> tuple[str, str]:
    """The document of a passage."""
    return heading(one.hit)


PROPOSALS: Final = Shape(excerpt, proposal_heading, _LINES)


class Proposing(QObject):
    """Works the passages out; only the last order's answers are heard."""

    page = Signal(int, object)  # proposals
    done = Signal(int)

    def __init__(self) -> None:
        super().__init__()  # without a parent: a thread may outlive the dialog
        self.number = 0

    def propose(self, project: "Project", hits: Sequence[FullHit], extent: Extent, code: str) -> int:
        """Begins; ``code`` is a GUID, empty for a new code. Returns the order's number."""
        self.number += 1
        context = contextvars.copy_context()
        threading.Thread(
            target=context.run,
            args=(self._propose, self.number, project, list(hits), extent, code),
            name="proposals",
            daemon=True,
        ).start()
        return self.number

    def let_go(self) -> None:
        """Nobody waits any more."""
        self.number += 1

    def _propose(
        self,
        number: int,
        project: "Project",
        hits: list[FullHit],
        extent: Extent,
        code: str,
    ) -> None:
        try:
            with yielding(), undisturbed():
                self._go_through(number, project, hits, extent, code)
        except KnownError:  # the study was closed meanwhile
            return

    def _go_through(
        self,
        number: int,
        project: "Project",
        hits: list[FullHit],
        extent: Extent,
        code: str,
    ) -> None:
        seen: set[tuple[str, int, int]] = set()
        turn = Turns()
        turn.politely = True
        for some in _by_document(hits):
            if self.number != number:
                return
            turn.give_way()
            with project.read() as db:
                places = extended(db, [(h.source, h.start, h.stop) for h in some], extent)
            coded = coded_with(project, code, places) if code else [False] * len(places)
            page = []
            for hit, at, already in zip(some, places, coded, strict=True):
                if at not in seen:
                    seen.add(at)
                    page.append(Proposal(hit, at[1], at[2], already))
            self.page.emit(number, page)
        self.done.emit(number)


def _by_document(hits: list[FullHit]) -> list[list[FullHit]]:
    """The hits in parts of about a hundred; a document is never cut."""
    parts: list[list[FullHit]] = []
    for hit in hits:
        if not parts or (len(parts[-1]) >= _AT_ONCE and parts[-1][-1].source != hit.source):
            parts.append([])
        parts[-1].append(hit)
    return parts


def extent_names() -> dict[Extent, str]:
    """What is coded of a hit, in the current language."""
    return {
        "sentence": _("the sentence"),
        "as_found": _("what was found"),
        "words": _("the whole words"),
        "paragraph": _("the paragraph"),
        "turn": _("the whole turn"),
    }
