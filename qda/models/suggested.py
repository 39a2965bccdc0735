"""What the program proposed, and what the person did with it."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from qda.models.base import Base, new_guid, now, options


class SuggestionEvent(Base):
    """One proposal that was shown for a passage, and what became of it.

    Kept with the study for the declaration in its report, but no unit of undo: it says what was seen, and
    taking a coding back does not make that unseen. So it stands beside the journal as the analyses do.
    Rows are named by GUID and none of them has to be there still; ``start``–``stop`` are the places as they
    were at the time, and a later correction of the text does not move them.

    ``showing`` is the same for what was shown at once, ``rank`` its place there (1 is the first). ``kind``:
    code (``code`` is its GUID), new (``name`` is the name, ``form`` in-vivo, noun or process) or slot
    (``form`` is the slot, ``name`` the cue word). ``reason`` is the reason as it was shown without the words
    of the texts, these are in ``words``; ``like_source`` is the document of the passage that it was likened
    to. ``outcome``: shown, taken, changed (another code was given) or passed;
    ``dismissed``: passed by name, so that it is not shown again for this passage.
    """

    __tablename__ = "suggestion_event"
    __table_args__ = options(Index("ix_suggestion_event_source_guid", "source_guid"))
    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(unique=True, default=new_guid)
    at: Mapped[datetime] = mapped_column(default=now)
    coder: Mapped[str]
    source_guid: Mapped[str]
    start: Mapped[int]
    stop: Mapped[int]
    showing: Mapped[str]
    rank: Mapped[int]
    engine: Mapped[str]
    version: Mapped[str]
    kind: Mapped[str]
    form: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[float]
    strong: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")
    like_source: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str]
    dismissed: Mapped[bool] = mapped_column(default=False)
