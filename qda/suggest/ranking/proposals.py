"""What a suggestion is, and who makes one: our own engine, or another that the user has chosen.

Engines of others are found by the entry point ``qda.suggesters``; none ships with the program, and none is
loaded before somebody asks for it by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Final, Literal, Protocol, runtime_checkable

from qda.coding.placed_codings import PlacedCoding
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project

GROUP: Final = "qda.suggesters"
OWN: Final = "qda"
LIMIT: Final = 3

Strength = Literal["strong", "weak"]
Kind = Literal["like", "name", "definition", "recent"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a code is proposed: it is like a passage of it, or like its name or definition, or was just given.

    ``words`` are what both have in common, the most telling first ("netzwerk·konferenz": the parts of a
    compound). Of "like" the nearest passage: its segment and document (GUIDs), the document's title, the
    place, and the number of the paragraph.
    """

    kind: Kind
    words: tuple[str, ...] = ()
    segment: str = ""
    source: str = ""
    title: str = ""
    paragraph: str = ""
    start: int = -1
    stop: int = -1


@dataclass(frozen=True, slots=True)
class Proposal:
    """An existing code (GUID) for a passage; ``score`` is the probability that it is given."""

    code: str
    score: float
    strength: Strength
    reason: Reason
    engine: str
    version: str


@runtime_checkable
class Suggester(Protocol):
    """What proposes codes. It hears of each coding, and is asked about passages."""

    name: str
    version: str

    def learn(self, coding: PlacedCoding) -> None:
        """A passage was given a code."""

    def forget(self, coding: PlacedCoding) -> None:
        """A coding is gone."""

    def propose(self, source: str, start: int, stop: int, limit: int = LIMIT) -> tuple[Proposal, ...]:
        """Codes for a passage, the likeliest first; none where nothing is known."""


def available() -> tuple[str, ...]:
    """The names of the engines that can be chosen, our own first. None of the others is loaded."""
    return (OWN, *sorted({one.name for one in entry_points(group=GROUP)} - {OWN}))


def suggester(name: str, project: Project) -> Suggester:
    """The engine of this name, for a project, as the user chose it.

    Our own knows the study's codings at once; to another they are told one by one.

    :raises KnownError: there is none of this name, or it cannot be used.
    """
    if name == OWN:
        from qda.suggest.ranking.engine import Engine

        return Engine(project)
    found = next((one for one in entry_points(group=GROUP) if one.name == name), None)
    if found is None:
        raise KnownError(_("There is no engine for suggestions named “{name}”.").format(name=name))
    unusable = _("The engine “{name}” cannot be used for suggestions.").format(name=name)
    try:
        make: Callable[[Project], object] = found.load()
    except (ImportError, AttributeError) as problem:
        raise KnownError(unusable) from problem
    made = make(project)
    if not isinstance(made, Suggester):
        raise KnownError(unusable)
    from qda.coding.placed_codings import placed_codings

    for coding in placed_codings(project):
        made.learn(coding)
    return made
