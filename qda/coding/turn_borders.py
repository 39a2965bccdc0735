"""Where turns begin and whose they are, corrected by hand; the words of the text stay as they are."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from qda.coding.access import add, get, required, rows
from qda.coding.correcting import paragraphs_of, place_of, split_paragraph
from qda.coding.recutting import move_topics
from qda.coding.references import SourceRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Paragraph, Source, Speaker


def begin_turn(project: Project, *, source: SourceRef, paragraph: str, speaker: str) -> str:
    """Lets a paragraph (its number) open a turn of ``speaker``, a label of the document or a new one.

    The paragraphs after it up to the next turn belong to it.
    """
    with project.unit(_("Begin turn")) as session:
        row = get(session, Source, source)
        found = paragraphs_of(session, row)
        at = place_of(found, row, paragraph)
        who = speaker_of(session, row, speaker)
        run = [found[at], *_following(found, at)]
        found[at].opens_turn = True
        for one in run:
            one.speaker_id = who.id
        return found[at].guid


def begin_turn_at(project: Project, *, source: str, at: int, speaker: str) -> str:
    """As :func:`begin_turn`, in the middle of a paragraph, which is split there (``at`` in code points)."""
    with project.unit(_("Begin turn")) as session:
        row = get(session, Source, source)
        split_paragraph(project, source=row.guid, at=at)
        found = paragraphs_of(session, row)
        begun = next((one for one in found if one.stop > at), found[-1])
        return begin_turn(project, source=row.guid, paragraph=begun.number, speaker=speaker)


def join_turn(project: Project, *, source: SourceRef, paragraph: str) -> str:
    """Joins a turn (the number of a paragraph in it) to the turn before, whose speaker said it all."""
    with project.unit(_("Join turns")) as session:
        row = get(session, Source, source)
        found = paragraphs_of(session, row)
        at = opening(found, place_of(found, row, paragraph))
        before = opening(found, at - 1) if at is not None and at > 0 else None
        if at is None or before is None:
            raise KnownError(_("There is no turn before it."))
        run = [found[at], *_following(found, at)]
        found[at].opens_turn = False
        for one in run:
            one.speaker_id = found[before].speaker_id
        session.flush()
        move_topics(session, found[at], found[before])
        return found[before].guid


def set_turn_speaker(project: Project, *, source: SourceRef, paragraph: str, speaker: str) -> str:
    """Says who spoke the turn of a paragraph (its number): a label of the document, or a new one."""
    with project.unit(_("Change speaker of turn")) as session:
        row = get(session, Source, source)
        found = paragraphs_of(session, row)
        at = opening(found, place_of(found, row, paragraph))
        if at is None:
            raise KnownError(_("Paragraph {number} belongs to no turn.").format(number=paragraph.strip()))
        who = speaker_of(session, row, speaker)
        for one in (found[at], *_following(found, at)):
            one.speaker_id = who.id
        return found[at].guid


def speaker_of(session: Session, source: Source, label: str) -> Speaker:
    """The speaker of a document by label, made if new (as a respondent)."""
    wanted = required(label, _("The speaker"))
    known = rows(session, Speaker, source_id=source.id, label=wanted)
    if known:
        return known[0]
    return add(session, Speaker(source_id=source.id, label=wanted, role="respondent"))


def opening(found: Sequence[Paragraph], at: int) -> int | None:
    """The place of the paragraph that opens the turn of the paragraph at ``at``."""
    while at >= 0 and not found[at].opens_turn:
        if found[at].speaker_id is None:
            return None
        at -= 1
    return at if at >= 0 else None


def _following(found: Sequence[Paragraph], at: int) -> list[Paragraph]:
    """The paragraphs behind it that belong to the same turn, or to none yet."""
    run: list[Paragraph] = []
    for one in found[at + 1 :]:
        outside = one.speaker_id is None and (
            found[at].speaker_id is not None or one.kind in ("heading", "header")
        )
        if one.opens_turn or outside:
            break
        run.append(one)
    return run
