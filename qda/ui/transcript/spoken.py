"""What a screen reader hears of the place where the cursor stands; the text itself Qt reads out."""

from collections.abc import Sequence
from typing import Final

from qda.i18n import N_, _
from qda.ui.transcript.rows import CodingRow, ParagraphRow

STATES: Final = {
    "unread": N_("Turn not read yet"),
    "read": N_("Turn read"),
    "coded": N_("Turn coded"),
    "uncoded": N_("Turn left uncoded on purpose"),
}


def state_words(state: str) -> str:
    """How far a turn is, in words."""
    return _(STATES[state]) if state in STATES else ""


def view_name() -> str:
    """The accessible name of the view."""
    return _("Transcript")


def place(paragraph: ParagraphRow | None, codings: Sequence[CodingRow], state: str = "") -> str:
    """Paragraph, speaker, codes at the cursor, and how far the turn is."""
    if paragraph is None:
        return ""
    parts = [_("Paragraph {number}").format(number=paragraph.number)] if paragraph.number else []
    if paragraph.speaker:
        parts.append(_("Speaker {speaker}").format(speaker=paragraph.speaker))
    if paragraph.topic:
        parts.append(_("Topic: {name}").format(name=paragraph.topic))
    names = ", ".join(row.name for row in codings)
    parts.append(_("Codes: {names}").format(names=names) if names else _("Not coded"))
    if state:
        parts.append(state_words(state))
    return ". ".join(parts)
