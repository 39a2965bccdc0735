"""Cases: who or what is compared, with their documents and attributes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, next_place, optional, required, rows
from qda.coding.memos import drop_links
from qda.coding.pointers import drop_case
from qda.coding.references import CaseRef
from qda.coding.segments import release
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import PropertyValue
from qda.models.inquiry import SamplingDecision
from qda.models.material import AttributeValue, Case, Source, Speaker


def add_case(project: Project, *, name: str, parent: CaseRef | None = None) -> str:
    """Makes a case; ``parent`` puts it inside another (once: person in municipality)."""
    with project.unit(_("New case “{name}”").format(name=name)) as session:
        above = optional(session, Case, parent)
        if above is not None and above.parent_id is not None:
            raise KnownError(_("A case can stand inside another one once, not deeper."))
        row = Case(
            name=required(name, _("The case")),
            parent_id=above.id if above else None,
            position=next_place(session, Case),
            starting=is_starting(session),
        )
        return add(session, row).guid


def is_starting(session: Session) -> bool:
    """Whether a case that is made now is there before any sampling decision."""
    return session.scalar(select(SamplingDecision.id).limit(1)) is None


def rename_case(project: Project, *, case: CaseRef, name: str) -> str:
    """Gives a case another name."""
    with project.unit(_("Rename case")) as session:
        row = get(session, Case, case)
        row.name = required(name, _("The case"))
        return row.guid


def describe_case(project: Project, *, case: CaseRef, text: str) -> str:
    """Writes the short description of a case."""
    with project.unit(_("Describe case")) as session:
        row = get(session, Case, case)
        row.description = clean(text)
        return row.guid


def remove_case(project: Project, *, case: CaseRef) -> str:
    """Removes a case; its documents and speakers stay, without a case."""
    with project.unit(_("Remove case")) as session:
        row = get(session, Case, case)
        for inner in rows(session, Case, parent_id=row.id):
            inner.parent_id = None
        for source in rows(session, Source, case_id=row.id):
            source.case_id = None
        for speaker in rows(session, Speaker, case_id=row.id):
            speaker.case_id = None
        session.flush()
        delete(
            session,
            *rows(session, AttributeValue, case_id=row.id),
            *rows(session, PropertyValue, case_id=row.id),
        )
        freed = drop_case(session, row.id)
        drop_links(session, "case_", row.guid)
        delete(session, row)
        release(session, *freed)
        return case
