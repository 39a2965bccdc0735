"""Segments: one for each span of a document that something attaches to; they go when nothing does."""

from functools import cache

from sqlalchemy import Select, bindparam, literal, select
from sqlalchemy.orm import Session

from qda.coding.access import AT_ONCE, add, delete, get, rows
from qda.coding.pointers import joined, move_pointers
from qda.coding.references import is_guid, passage_span
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, MemoLink, PropertyValue, Segment
from qda.models.desk import Pencil
from qda.models.inquiry import (
    CandidatePass,
    CellQuotation,
    CellSummary,
    MapItem,
    QuestionAnswer,
    SamplingTarget,
)
from qda.models.material import Source
from qda.models.theory import EvidenceSegment, Story


def segment_at(project: Project, source: Source, start: int, stop: int) -> Segment:
    """The segment of this span (code points), made if new.

    :raises KnownError: the span is empty or not inside the text.
    """
    check_span(source, start, stop)
    found = rows(project.session, Segment, source_id=source.id, start=start, stop=stop)
    if found:
        return found[0]
    return add(project.session, Segment(source_id=source.id, start=start, stop=stop, created=project.clock()))


def check_span(source: Source, start: int, stop: int) -> None:
    """:raises KnownError: the span is empty or not inside the text."""
    if not 0 <= start < stop <= source.length:
        raise KnownError(
            _("{start}–{stop} is no passage of “{title}” ({length} characters).").format(
                start=start, stop=stop, title=source.title, length=source.length
            )
        )


def passage(project: Project, written: str) -> Segment:
    """The segment with this GUID, or of the span "SOURCE:START-STOP" (SOURCE a GUID)."""
    if is_guid(written):
        return get(project.session, Segment, written)
    span = passage_span(written)
    if span is None:
        raise KnownError(_("“{name}” is no passage. Write SOURCE:START-STOP.").format(name=written))
    return segment_at(project, get(project.session, Source, span[0]), span[1], span[2])


@cache
def _unused() -> Select[Segment]:
    """Segments among :ids that no coding, pencil mark, evidence, value, memo, code or story needs.

    Nor a passed candidate, a quotation or summary of a cell, a sampling decision, an answer, a map.
    """
    pointing = (MemoLink, SamplingTarget, QuestionAnswer, MapItem)
    needs = (
        select(Coding.id).where(Coding.segment_id == Segment.id),
        select(Pencil.id).where(Pencil.segment_id == Segment.id),
        select(EvidenceSegment.id).where(EvidenceSegment.segment_id == Segment.id),
        select(PropertyValue.id).where(PropertyValue.segment_id == Segment.id),
        select(CandidatePass.id).where(CandidatePass.segment_id == Segment.id),
        select(CellQuotation.id).where(CellQuotation.segment_id == Segment.id),
        *(
            select(one.id).where(one.target_table == "segment", one.target_guid == Segment.guid)
            for one in pointing
        ),
        *(select(Code.id).where(column == Segment.id) for column in (Code.typical_id, Code.deviating_id)),
        select(Code.id).where(Code.in_vivo_id == Segment.id),
        *(
            select(one.id).where(one.body.contains(literal("(segment:") + Segment.guid + literal(")")))
            for one in (Story, CellSummary)
        ),
    )
    asked = Segment.id.in_(bindparam("ids", expanding=True))
    return select(Segment).where(asked, *(~need.exists() for need in needs)).order_by(Segment.id)


def release(session: Session, *segments: int | None) -> None:
    """Removes those of the segments (by id) that nothing needs any more."""
    ids = sorted({segment for segment in segments if segment is not None})
    session.flush()
    for at in range(0, len(ids), AT_ONCE):
        delete(session, *session.scalars(_unused(), {"ids": ids[at : at + AT_ONCE]}))


def release_named(session: Session, *guids: str) -> None:
    """As :func:`release`, by GUID."""
    release(session, *session.scalars(select(Segment.id).where(Segment.guid.in_(guids))))


def rename_references(session: Session, kind: str, guid: str, old: str, new: str) -> None:
    """References of stories and summaries that use an object's name as their words follow its new name."""
    written, wanted = f"[{old}]({kind}:{guid})", f"[{new}]({kind}:{guid})"
    for text in _referring(session, written):
        text.body = text.body.replace(written, wanted)
    session.flush()


def move_references(session: Session, kind: str, gone: str, kept: str) -> None:
    """References of stories and summaries to an object that joined another lead to that one."""
    old, new = f"({kind}:{gone})", f"({kind}:{kept})"
    for text in _referring(session, old):
        text.body = text.body.replace(old, new)
    session.flush()


def _referring(session: Session, words: str) -> list[Story | CellSummary]:
    """The texts with references in which these words stand."""
    stories = session.scalars(select(Story).where(Story.body.contains(words)))
    summaries = session.scalars(select(CellSummary).where(CellSummary.body.contains(words)))
    return [*stories, *summaries]


def move_attachments(session: Session, source: Segment, target: Segment) -> None:
    """Everything on ``source`` comes to ``target``; codings that become equal join."""
    for coding in rows(session, Coding, segment_id=source.id):
        twins = rows(session, Coding, segment_id=target.id, code_id=coding.code_id, coder_id=coding.coder_id)
        if twins:
            join_comments(twins[0], coding)
            session.flush()
            replace_links(session, "coding", coding.guid, twins[0].guid)
            delete(session, coding)
        else:
            coding.segment_id = target.id
    for mark in rows(session, Pencil, segment_id=source.id):
        same = rows(session, Pencil, segment_id=target.id, coder_id=mark.coder_id)
        if same:
            same[0].note = joined(same[0].note, mark.note)
            delete(session, mark)
        else:
            mark.segment_id = target.id
    for link in rows(session, EvidenceSegment, segment_id=source.id):
        if rows(session, EvidenceSegment, segment_id=target.id, evidence_id=link.evidence_id):
            delete(session, link)
        else:
            link.segment_id = target.id
    for value in rows(session, PropertyValue, segment_id=source.id):
        value.segment_id = target.id
    _move_choices(session, source, target)
    for field in ("typical_id", "deviating_id", "in_vivo_id"):
        for code in rows(session, Code, **{field: source.id}):
            setattr(code, field, target.id)
    session.flush()
    replace_links(session, "segment", source.guid, target.guid)
    move_references(session, "segment", source.guid, target.guid)


def _move_choices(session: Session, source: Segment, target: Segment) -> None:
    """Passed candidates and quotations chosen for cells of the case comparison."""
    for passed in rows(session, CandidatePass, segment_id=source.id):
        if rows(session, CandidatePass, segment_id=target.id, relation_id=passed.relation_id):
            delete(session, passed)
        else:
            passed.segment_id = target.id
    for chosen in rows(session, CellQuotation, segment_id=source.id):
        chosen.segment_id = target.id


def join_comments(kept: Coding, gone: Coding) -> None:
    """The comment of a coding that joins another is kept below the other's."""
    kept.comment = joined(kept.comment, gone.comment)


def replace_links(session: Session, table: str, gone: str, kept: str) -> None:
    """Memos on one object hang on another from now on, and what else points to it points there."""
    for link in rows(session, MemoLink, target_table=table, target_guid=gone):
        if rows(session, MemoLink, memo_id=link.memo_id, target_table=table, target_guid=kept):
            delete(session, link)
        else:
            link.target_guid = kept
    session.flush()
    move_pointers(session, table, gone, kept)
