"""What is told of a file that was read: speakers with turns and words, times, a sample of its letters.

It is computed where the file is read, never in the window's thread.
"""

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from qda.exchange.importing import Decided, TableDecision, proposed
from qda.exchange.survey import with_one_head
from qda.exchange.survey_columns import guess_columns

if TYPE_CHECKING:
    from qda.coding.transcript import TranscriptDraft
    from qda.exchange.reader import ReadFile
    from qda.exchange.tables_in import Table

_ODD: Final = re.compile(r"\w*[^\W\d_a-zA-Z]\w*|\w*\ufffd\w*")
_SAMPLES: Final = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A speaker's label with its turns and words."""

    label: str
    turns: int
    words: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen in a file. ``decision`` is what the program would do with it; ``samples`` are words
    whose letters tell whether the encoding is right; ``mark`` is how the first time is written; ``places``
    where the times stand. ``table`` has its one head; ``garbled``: letters are
    missing."""

    decision: Decided = None
    turns: int = 0
    words: int = 0
    speakers: tuple[Counted, ...] = ()
    samples: tuple[str, ...] = ()
    mark: str = ""
    places: tuple[int, ...] = ()
    table: "Table | None" = None
    garbled: bool = False


def look(file: "ReadFile") -> Facts:
    """The facts of a file; none of one that could not be read."""
    if file.table is not None:
        table = with_one_head(file.table)
        return Facts(TableDecision(guess_columns(table)), table=table)
    draft = file.draft
    if draft is None:
        return Facts()
    marks = draft.time_marks
    return Facts(
        decision=proposed(file),
        turns=sum(p.opens_turn for p in draft.paragraphs),
        words=len(draft.text.split()),
        speakers=_speakers(draft),
        samples=_samples(draft) if draft.encoding else (),
        mark=marks[0].written if marks else "",
        places=tuple(mark.position for mark in marks),
        garbled="\ufffd" in draft.text,
    )


def _speakers(draft: "TranscriptDraft") -> tuple[Counted, ...]:
    turns = dict.fromkeys((one.label for one in draft.speakers), 0)
    words = dict(turns)
    for paragraph in draft.paragraphs:
        if paragraph.speaker is not None:
            turns[paragraph.speaker] += paragraph.opens_turn
            words[paragraph.speaker] += len(draft.text[paragraph.label_stop : paragraph.stop].split())
    return tuple(Counted(label, count, words[label]) for label, count in turns.items())


def _samples(draft: "TranscriptDraft") -> tuple[str, ...]:
    found = dict.fromkeys(match[0] for match in islice(_ODD.finditer(draft.text), 40))
    return tuple(word[:24] for word in found)[:_SAMPLES]
