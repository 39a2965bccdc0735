"""What was proposed is kept with the study, with version, score and reason, and counted for the report.

Events are kept with the study, but they are no unit of undo and stand beside the journal, as readings of
texts and places of reading do: an event says what a person was shown, and an undo does not make that unseen.
They move with no correction of a text. What was withdrawn for good takes its events along, and of a clear
name that is deleted nothing stays in them (:mod:`qda.models.erasing`).
"""

from qda.coding.suggestion_events import (
    OUTCOMES,
    Declared,
    EventRow,
    Kind,
    Outcome,
    Proposed,
    declaration,
    dismissed,
    events,
    record,
)

__all__ = [
    "OUTCOMES",
    "Declared",
    "EventRow",
    "Kind",
    "Outcome",
    "Proposed",
    "declaration",
    "dismissed",
    "events",
    "record",
]
