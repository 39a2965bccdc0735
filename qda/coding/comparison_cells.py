"""What a researcher writes into and chooses for the cells of the case comparison.

A cell is a row (a slot or a part of it, a code, a property) in a case. A part is what a slot holds for one
addressee or on one level. A summary may refer to passages as a story does: ``[words](segment:GUID)``.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import select

from qda.coding.access import add, clean, delete, get, rows
from qda.coding.paradigms import addressees, levels
from qda.coding.pointers import ROW_TABLES, passages_in
from qda.coding.references import CaseRef, PassageRef
from qda.coding.segments import passage, release, release_named
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
    """What is written into a cell, and the GUID of the passage chosen for it; empty where there is none.

    ``token`` names the part of a slot (:func:`part_token`), empty where the whole row is meant.
    """

    row_kind: str
    row: str
    case: str
    body: str
    changed: datetime | None
    segment: str
    token: str = ""

    @property
    def key(self) -> str:
        """What names the row among those of a comparison."""
        return row_key(self.row, self.token)


def part_token(part: str) -> str:
    """A level or addressee as a short sign: words of the user's own stand nowhere but in the model."""
    if not part or part in {term.key for term in (*levels(), *addressees())}:
        return part
    return "own-" + sha256(part.encode()).hexdigest()[:12]


def row_key(guid: str, token: str = "") -> str:
    """What names a row among those of a comparison."""
    return f"{guid}:{token}" if token else guid


def write_summary(
    project: Project, *, row_kind: RowKind, row: str, case: CaseRef, text: str, part: str = ""
) -> str:
    """Writes the summary of a cell (``row``: GUID of the slot, code or property); an empty one is removed.

    ``part``: level or addressee, where a part of a slot is meant. Returns the GUID of the case.
    """
    with project.unit(_("Write summary of a cell")) as session:
        place = _place(project, row_kind, row, case, part)
        known = rows(session, CellSummary, **place)
        body = clean(text).strip()
        left = passages_in(known[0].body) - passages_in(body) if known else set()
        if not body:
            delete(session, *known)
        elif known:
            if known[0].body != body:
                known[0].body, known[0].changed = body, project.clock()
        else:
            add(session, CellSummary(**place, body=body, changed=project.clock()))
        session.flush()
        release_named(session, *left)
        return case


def choose_quotation(
    project: Project,
    *,
    row_kind: RowKind,
    row: str,
    case: CaseRef,
    segment: PassageRef | None = None,
    part: str = "",
) -> str:
    """Chooses the passage that stands for a cell, or takes the choice back. Returns the GUID of the case."""
    with project.unit(_("Choose quotation of a cell")) as session:
        place = _place(project, row_kind, row, case, part) | {"role": CHOSEN}
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


def _place(project: Project, row_kind: str, row: str, case: str, part: str) -> dict[str, object]:
    session = project.session
    table = ROW_TABLES.get(row_kind)
    if table is None:
        raise KnownError(_("A row of the comparison is a slot, a code or a property."))
    get(session, ENTITIES[table], row)
    if part and row_kind != "slot":
        raise KnownError(_("Only a slot has parts for addressees or on levels."))
    token = part_token(part)
    kind = f"{row_kind}:{token}" if token else row_kind
    return {"row_kind": kind, "row_guid": row, "case_id": get(session, Case, case).id}


def cells(project: Project, row_kind: str | None = None) -> dict[tuple[str, str, str], Cell]:
    """What is written and chosen, by kind of row (with its part, if any), GUID of the row and of the case."""
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
            parts = f"{row_kind}:"
            summaries = summaries.where(
                (CellSummary.row_kind == row_kind) | CellSummary.row_kind.startswith(parts)
            )
            chosen = chosen.where(
                (CellQuotation.row_kind == row_kind) | CellQuotation.row_kind.startswith(parts)
            )
        written = {(r[0], r[1], r[2]): (r[3], r[4]) for r in db.execute(summaries.order_by(CellSummary.id))}
        quoted = {(r[0], r[1], r[2]): r[3] for r in db.execute(chosen.order_by(CellQuotation.id))}
    found: dict[tuple[str, str, str], Cell] = {}
    for key in {**written, **quoted}:
        body, changed = written.get(key, ("", None))
        kind, _colon, token = key[0].partition(":")
        found[key] = Cell(kind, key[1], key[2], body, changed, quoted.get(key, ""), token)
    return found
