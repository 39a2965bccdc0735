"""Consent of the people behind the cases: may they be quoted, may they be archived, when must they go.

A case inside another inherits its "no". What is not settled is "open": it is printed, and said to be so.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import aliased

from qda.coding import material
from qda.coding.access import clean, get
from qda.coding.attributes import whole_date
from qda.coding.references import CaseRef
from qda.coding.rows import CaseRow
from qda.coding.unquoting import Quotations
from qda.i18n import _
from qda.models import Project
from qda.models.material import Case, Paragraph, Source, Speaker

Consent = Literal["open", "yes", "no"]
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Due:
    """A case whose data are to be deleted, ``days`` from today (less than 0: that day has passed)."""

    case: CaseRow
    days: int


def set_consent(
    project: Project,
    *,
    case: CaseRef,
    quote: Consent | None = None,
    archive: Consent | None = None,
    date: str | None = None,
    delete_by: str | None = None,
    note: str | None = None,
) -> str:
    """Notes what a case has agreed to: quoting, archiving, when, and by when its data go.

    What is left out stays. Dates as 1.3.2025 or 2025-03-01; an empty one is no date.
    """
    with project.unit(_("Note consent")) as session:
        row = get(session, Case, case)
        row.consent_quote = quote or row.consent_quote
        row.consent_archive = archive or row.consent_archive
        if date is not None:
            row.consent_date = whole_date(date) if date.strip() else ""
        if delete_by is not None:
            row.delete_by = whole_date(delete_by) if delete_by.strip() else ""
        if note is not None:
            row.consent_note = clean(note).strip()
        return row.guid


def withheld(project: Project) -> list[CaseRow]:
    """The cases that may not be quoted."""
    return [case for case in material.cases(project) if case.quotable == "no"]


def unquotable(project: Project) -> Quotations | None:
    """The words of all who may not be quoted; none where all may. Memos may quote them, too.

    Of a part of a study: also of those who are not in it.
    """
    project = project.whole
    silent = {case.guid for case in withheld(project)}
    if not silent:
        return None
    of_document, of_speaker = aliased(Case), aliased(Case)
    query = (
        select(Source.id, Paragraph.label_stop, Paragraph.stop, of_document.guid, of_speaker.guid)
        .join(Paragraph, Paragraph.source_id == Source.id)
        .outerjoin(Speaker, Speaker.id == Paragraph.speaker_id)
        .outerjoin(of_document, of_document.id == Source.case_id)
        .outerjoin(of_speaker, of_speaker.id == Speaker.case_id)
        .where(of_document.guid.in_(silent) | of_speaker.guid.in_(silent))
        .where(Speaker.role.is_(None) | (Speaker.role != "interviewer"))
        .order_by(Source.id, Paragraph.start)
    )
    said: dict[int, list[str]] = defaultdict(list)
    with project.read() as db:
        texts: dict[int, str] = {}
        for source, start, stop, case, own in db.execute(query).all():
            if (own or case) not in silent:
                continue
            if source not in texts:
                texts[source] = db.execute(select(Source.text).where(Source.id == source)).scalar_one()
            said[source].append(texts[source][start:stop])
    return Quotations.of("\n".join(lines) for lines in said.values())


def unsettled(project: Project) -> list[CaseRow]:
    """The cases of which nobody has noted yet whether they may be quoted."""
    return [case for case in material.cases(project) if case.quotable == "open"]


def archivable(project: Project) -> list[CaseRow]:
    """The cases that may be handed to an archive: those that said yes."""
    return [case for case in material.cases(project) if case.archivable == "yes"]


def due(project: Project, *, today: date) -> list[Due]:
    """The cases whose data are to be deleted within thirty days, or were to be before; the oldest first."""
    found = [
        Due(case, (date.fromisoformat(case.delete_by) - today).days)
        for case in material.cases(project)
        if case.delete_by
    ]
    return sorted((one for one in found if one.days <= SOON.days), key=lambda one: one.days)
