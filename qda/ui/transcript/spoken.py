"""What a screen reader hears of the place where the cursor stands; the text itself Qt reads out."""

from collections.abc import Sequence

from qda.i18n import _
from qda.ui.transcript.rows import CodingRow, ParagraphRow


def view_name() -> str:
    """The accessible name of the view."""
    return _("Transcript")


def place(paragraph: ParagraphRow | None, codings: Sequence[CodingRow]) -> str:
    """Paragraph, speaker and the codes at the cursor."""
    if paragraph is None:
        return ""
    parts = [_("Paragraph {number}").format(number=paragraph.number)] if paragraph.number else []
    if paragraph.speaker:
        parts.append(_("Speaker {speaker}").format(speaker=paragraph.speaker))
    if paragraph.topic:
        parts.append(_("Topic: {name}").format(name=paragraph.topic))
    names = ", ".join(row.name for row in codings)
    parts.append(_("Codes: {names}").format(names=names) if names else _("Not coded"))
    return ". ".join(parts)
