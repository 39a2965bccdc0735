"""What a researcher writes into and chooses for the cells of the case comparison.

A cell is a row (a slot, a code or a property) in a case.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from qda.coding.access import add, clean, delete, get, rows
from qda.coding.pointers import ROW_TABLES
from qda.coding.references import CaseRef, PassageRef
from qda.coding.segments import passage, release
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Segment
from qda.models.inquiry import CellQuotation, CellSummary
from qda.models.journal import ENTITIES
from qda.models.material import Case

RowKind = Literal["slot", "code", "property"]
CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written into a cell, and the GUID of the passage chosen for it; empty where there is none."""

    row_kind: str
    row: str
    case: str
    body: str
    changed: datetime | None
    segment: str


def write_summary(project: Project, *, row_kind: RowKind, row: str, case: CaseRef, text: str) -> str:
    """Writes the summary of a cell (``row``: GUID of the slot, code or property); an empty one is removed.

    Returns the GUID of the case.
    """
    with project.unit(_("Write summary of a cell")) as session:
        place = _place(project, row_kind, row, case)
        known = rows(session, CellSummary, **place)
        body = clean(text).strip()
        if not body:
            delete(session, *known)
        elif known:
            if known[0].body != body:
                known[0].body, known[0].changed = body, project.clock()
        else:
            add(session, CellSummary(**place, body=body, changed=project.clock()))
        return case


def choose_quotation(
    project: Project, *, row_kind: RowKind, row: str, case: CaseRef, segment: PassageRef | None = None
) -> str:
    """Chooses the passage that stands for a cell, or takes the choice back. Returns the GUID of the case."""
    with project.unit(_("Choose quotation of a cell")) as session:
        place = _place(project, row_kind, row, case) | {"role": CHOSEN}
        known = rows(session, CellQuotation, **place)
        old = [one.segment_id for one in known]
        if not segment:
            delete(session, *known)
        elif known:
            known[0].segment_id = passage(project, segment).id
            session.flush()
        else:
            add(session, CellQuotation(**place, segment_id=passage(project, segment).id))
        release(session, *old)
        return case


def _place(project: Project, row_kind: str, row: str, case: str) -> dict[str, object]:
    session = project.session
    table = ROW_TABLES.get(row_kind)
    if table is None:
        raise KnownError(_("A row of the comparison is a slot, a code or a property."))
    get(session, ENTITIES[table], row)
    return {"row_kind": row_kind, "row_guid": row, "case_id": get(session, Case, case).id}


def cells(project: Project, row_kind: str | None = None) -> dict[tuple[str, str, str], Cell]:
    """What is written and chosen, by kind of row, GUID of the row and GUID of the case."""
    with project.read() as db:
        summaries = select(
            CellSummary.row_kind, CellSummary.row_guid, Case.guid, CellSummary.body, CellSummary.changed
        ).join(Case, Case.id == CellSummary.case_id)
        chosen = (
            select(CellQuotation.row_kind, CellQuotation.row_guid, Case.guid, Segment.guid)
            .join(Case, Case.id == CellQuotation.case_id)
            .join(Segment, Segment.id == CellQuotation.segment_id)
            .where(CellQuotation.role == CHOSEN)
        )
        if row_kind is not None:
            summaries = summaries.where(CellSummary.row_kind == row_kind)
            chosen = chosen.where(CellQuotation.row_kind == row_kind)
        written = {(r[0], r[1], r[2]): (r[3], r[4]) for r in db.execute(summaries.order_by(CellSummary.id))}
        quoted = {(r[0], r[1], r[2]): r[3] for r in db.execute(chosen.order_by(CellQuotation.id))}
    found: dict[tuple[str, str, str], Cell] = {}
    for key in {**written, **quoted}:
        body, changed = written.get(key, ("", None))
        found[key] = Cell(*key, body, changed, quoted.get(key, ""))
    return found
