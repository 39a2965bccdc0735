"""What points to objects by table and GUID besides memos: sampling, answers, maps, cells of the comparison.

These rows are no foreign keys, so they are told where an object goes or joins another.
"""

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import AT_ONCE, delete, rows
from qda.models.codes import Segment
from qda.models.inquiry import (
    ROW_KINDS,
    CellQuotation,
    CellSummary,
    MapItem,
    MapLine,
    QuestionAnswer,
    SamplingTarget,
)
from qda.models.theory import CounterSearch

_REFERENCE: Final = re.compile(r"\(segment:([0-9a-f-]{36})\)")
ROW_TABLES = {kind: table for table, kind in ROW_KINDS.items()}


def drop_pointers(session: Session, table: str, guids: Sequence[str]) -> None:
    """Takes out what points to objects that are about to go, inside a running unit."""
    for at in range(0, len(guids), AT_ONCE):
        _drop(session, table, guids[at : at + AT_ONCE])


def _drop(session: Session, table: str, guids: Sequence[str]) -> None:
    for entity in (SamplingTarget, QuestionAnswer):
        query = select(entity).where(entity.target_table == table, entity.target_guid.in_(guids))
        delete(session, *session.scalars(query.order_by(entity.id)))
    items = select(MapItem).where(MapItem.target_table == table, MapItem.target_guid.in_(guids))
    for item in list(session.scalars(items.order_by(MapItem.id))):
        drop_item(session, item)
    if table in ROW_KINDS:
        _drop_cells(session, guids)


def drop_item(session: Session, item: MapItem) -> None:
    """Takes a thing off its map, with the lines that end at it."""
    lines = select(MapLine).where((MapLine.from_id == item.id) | (MapLine.to_id == item.id))
    delete(session, *session.scalars(lines.order_by(MapLine.id)))
    delete(session, item)


def _drop_cells(session: Session, guids: Sequence[str]) -> None:
    from qda.coding.segments import release

    summaries = session.scalars(select(CellSummary).where(CellSummary.row_guid.in_(guids)))
    written = sorted(summaries, key=lambda one: one.id)
    chosen = select(CellQuotation).where(CellQuotation.row_guid.in_(guids))
    quotations = list(session.scalars(chosen.order_by(CellQuotation.id)))
    segments = [*_referred(session, written), *(quotation.segment_id for quotation in quotations)]
    delete(session, *written, *quotations)
    release(session, *segments)


def passages_in(body: str) -> set[str]:
    """The GUIDs of the passages that a text refers to ("[words](segment:GUID)")."""
    return set(_REFERENCE.findall(body))


def _referred(session: Session, summaries: Sequence[CellSummary]) -> list[int]:
    """The passages (by id) that summaries refer to."""
    guids = {guid for one in summaries for guid in passages_in(one.body)}
    return list(session.scalars(select(Segment.id).where(Segment.guid.in_(guids)))) if guids else []


def drop_case(session: Session, case: int) -> list[int]:
    """Takes out what was written and searched about a case (by id); the passages that were chosen for it."""
    chosen = rows(session, CellQuotation, case_id=case)
    written = rows(session, CellSummary, case_id=case)
    segments = [*_referred(session, written), *(quotation.segment_id for quotation in chosen)]
    delete(session, *chosen, *written)
    delete(session, *rows(session, CounterSearch, case_id=case))
    return segments


def move_pointers(session: Session, table: str, gone: str, kept: str) -> None:
    """What points to one object points to another from now on; what becomes equal joins."""
    here = {"target_table": table, "target_guid": gone}
    there = {"target_table": table, "target_guid": kept}
    for target in rows(session, SamplingTarget, **here):
        if rows(session, SamplingTarget, decision_id=target.decision_id, **there):
            delete(session, target)
        else:
            target.target_guid = kept
    for answer in rows(session, QuestionAnswer, **here):
        twins = rows(session, QuestionAnswer, key=answer.key, **there)
        if twins:
            twins[0].body = joined(twins[0].body, answer.body)
            delete(session, answer)
        else:
            answer.target_guid = kept
    for item in rows(session, MapItem, **here):
        same = rows(session, MapItem, map_id=item.map_id, **there)
        if same:
            _join_items(session, item, same[0])
        else:
            item.target_guid = kept
    if table in ROW_KINDS:
        _move_cells(session, ROW_KINDS[table], gone, kept)
    session.flush()


def _join_items(session: Session, gone: MapItem, kept: MapItem) -> None:
    for line in rows(session, MapLine, from_id=gone.id):
        line.from_id = kept.id
    for line in rows(session, MapLine, to_id=gone.id):
        line.to_id = kept.id
    session.flush()
    delete(session, *rows(session, MapLine, from_id=kept.id, to_id=kept.id))
    kept.text = joined(kept.text, gone.text)
    delete(session, gone)


def _move_cells(session: Session, kind: str, gone: str, kept: str) -> None:
    from qda.coding.segments import release

    for summary in rows(session, CellSummary, row_kind=kind, row_guid=gone):
        twins = rows(session, CellSummary, row_kind=kind, row_guid=kept, case_id=summary.case_id)
        if twins:
            twins[0].body = joined(twins[0].body, summary.body)
            delete(session, summary)
        else:
            summary.row_guid = kept
    freed = []
    for chosen in rows(session, CellQuotation, row_kind=kind, row_guid=gone):
        place = {"row_kind": kind, "row_guid": kept, "case_id": chosen.case_id, "role": chosen.role}
        if rows(session, CellQuotation, **place):
            freed.append(chosen.segment_id)
            delete(session, chosen)
        else:
            chosen.row_guid = kept
    release(session, *freed)


def joined(ours: str, theirs: str) -> str:
    """Two texts one below the other; one that stands in the other already does not stand there twice."""
    return ours if not theirs or theirs in ours else f"{ours}\n{theirs}".strip()
