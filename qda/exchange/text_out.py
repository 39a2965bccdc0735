"""A transcript as a text file again: its time marks and its own line numbers back in their places."""

from pathlib import Path

from qda.coding.material import paragraphs, source, span_row, text
from qda.coding.recordings import time_marks
from qda.coding.references import SourceRef
from qda.coding.transcript import ParagraphDraft, TimeMarkDraft, with_line_numbers, with_time_marks
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.writing import write_whole


def transcript_text(project: Project, guid: str) -> str:
    """The stored text with time marks, and with line numbers where the file had its own.

    :raises KnownError: the document is gone, or holds words of someone who may not be quoted.
    """
    row = source(project, guid)
    if row is None:
        raise KnownError(_("There is nothing called “{name}”.").format(name=guid))
    passage = span_row(project, guid, 0, row.length)
    if passage.quote == "no":
        raise KnownError(
            _("“{title}” is not written: someone who speaks in it has not agreed to be quoted.").format(
                title=row.title
            )
        )
    whole = text(project, guid)
    marks = [TimeMarkDraft(mark.position, mark.ms, mark.written) for mark in time_marks(project, guid)]
    if not row.numbered:
        return with_time_marks(whole, marks)
    drafts = [
        ParagraphDraft(
            p.start,
            p.stop,
            p.label_stop,
            p.speaker or None,
            p.opens_turn,
            p.kind,  # type: ignore[arg-type]
            p.number,
            p.level,
        )
        for p in paragraphs(project, guid)
    ]
    return with_line_numbers(whole, drafts, marks)


def export_transcript(project: Project, *, source: SourceRef, file: str) -> str:
    """Writes a transcript to a text file (UTF-8), with its time marks and its own line numbers."""
    path = Path(file).expanduser()
    written = transcript_text(project, source).rstrip("\n") + "\n"
    return str(write_whole(path, written.encode("utf-8")))
