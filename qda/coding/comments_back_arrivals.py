"""What arrives with a file that comes back, as frozen values."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from qda.coding.comments_back_places import Place
from qda.i18n import N_

State = Literal["coding", "comment", "code", "memo", "reply", "unplaced", "removed", "same"]
STATES: Final[tuple[State, ...]] = (
    "coding", "comment", "code", "memo", "reply", "unplaced", "removed", "same",
)  # fmt: skip
STATE_WORDS: Final[dict[State, str]] = {
    "coding": N_("Coding"),
    "comment": N_("Changed comment of a coding"),
    "code": N_("Another code is named"),
    "memo": N_("Memo on the passage"),
    "reply": N_("Reply"),
    "unplaced": N_("No place found: memo on the document"),
    "removed": N_("Coding that was removed here"),
    "same": N_("Unchanged"),
}
_LONGEST_TITLE: Final = 60


@dataclass(frozen=True, slots=True)
class Arrival:
    """One comment or reply, and what becomes of it.

    ``place`` are its words in the study (``words``, ``cited`` as they are cited), none where they are not
    there. ``code`` is a code's GUID, empty where ``path`` is made new. ``coding`` is the coding that it
    changes or answers. ``body`` is the text that is kept. ``above`` is the number of the arrival that a reply
    answers. ``wanted``: it comes unless somebody says no.
    """

    state: State
    author: str
    title: str
    body: str
    date: str
    source: str
    place: Place | None = None
    words: str = ""
    cited: str = ""
    code: str = ""
    path: str = ""
    coding: str = ""
    made: str = ""
    above: int | None = None

    @property
    def wanted(self) -> bool:
        """Whether it comes unless somebody says no."""
        return self.state not in ("same", "removed")


@dataclass(frozen=True, slots=True)
class Missing:
    """A comment of ours that is not in the file any more; its coding stays."""

    title: str
    author: str
    cited: str
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What reading a file back would bring. ``sources`` are the documents it was compared with."""

    name: str
    sources: tuple[str, ...]
    arrivals: tuple[Arrival, ...]
    missing: tuple[Missing, ...] = ()

    def counts(self) -> Counter[State]:
        """How many there are of each kind."""
        return Counter(one.state for one in self.arrivals)


def plain(text: str) -> str:
    """A text on one line: two that differ in white space alone are the same."""
    return " ".join(text.split())


def short(text: str, most: int = _LONGEST_TITLE) -> str:
    """The first words of a text."""
    text = plain(text)
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[:most]).rstrip(" ,;:") + " …"
