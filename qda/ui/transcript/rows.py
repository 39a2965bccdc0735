"""The rows that the transcript's widgets take. Positions are code points of the stored text."""

from dataclasses import dataclass
from enum import Enum


class ParagraphKind(Enum):
    """How a paragraph is shown."""

    TEXT = "text"
    HEADING = "heading"
    HEADER = "header"  # date, place, rules: what stands above the interview
    ROW = "row"  # of a table that holds no turns
    NOTE = "note"  # a footnote or an endnote


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One paragraph of the stored text, ``text[start:stop]``, without its line feed.

    ``text[start:label_stop]`` is the speaker's label (``"B: "``); it is equal to ``start`` where the
    paragraph goes on without one. ``number`` is shown as given ("34", "34a"). ``opens_turn``: someone
    begins to speak. ``topic``: what of the interview guide the turn opens, shown above it.
    """

    guid: str
    number: str
    start: int
    stop: int
    label_stop: int
    speaker: str = ""
    interviewer: bool = False
    time_ms: int | None = None
    kind: ParagraphKind = ParagraphKind.TEXT
    opens_turn: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class StyleRow:
    """A run of the stored text that the file sets apart: bold, italic or underline."""

    start: int
    stop: int
    kind: str


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coding, as far as the view shows it. ``colour`` is the code's colour index (1–12).

    ``phase``: the workspace in which it was made (open, axial, selective), or nothing.
    """

    guid: str
    segment: str
    start: int
    stop: int
    code: str
    name: str
    colour: int
    in_vivo: bool = False
    coder: str = ""
    comment: str = ""
    phase: str = ""


@dataclass(frozen=True, slots=True)
class PencilRow:
    """A passage marked without a code, with a note or none."""

    guid: str
    start: int
    stop: int
    note: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """One code that the code field offers. ``path`` is its place in the tree ("Parent > Child").

    ``key``: the digit that codes with it at once, 0 for none; ``recent``: 1 for the code used last, 2 for the
    one before, 0 where it is long ago.
    """

    guid: str
    name: str
    path: str
    colour: int
    in_vivo: bool = False
    definition: str = ""
    count: int = 0
    key: int = 0
    recent: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code offered for the selected text, with its reason; without ``guid`` it is a new one.

    ``strength`` says in a word how much speaks for it; ``leads``: its reason is a passage that can be read.
    """

    name: str
    reason: str
    guid: str = ""
    colour: int = 0
    in_vivo: bool = False
    strength: str = ""
    leads: bool = False

    @property
    def key(self) -> str:
        """What it is known by: the code's GUID, or the name of the new one."""
        return self.guid or self.name
