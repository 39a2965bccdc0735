"""Codes a passage with what a person took from the suggestions; each such coding says that it came so."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import get
from qda.coding.codebook import code_named, new_code
from qda.coding.open_coding import coded
from qda.coding.origins import HAND, SUGGESTION
from qda.coding.references import CodeOrNew, CoderOrNew, SourceRef
from qda.coding.segments import segment_at
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Segment
from qda.models.material import Source


def code_from_suggestions(
    project: Project,
    *,
    source: SourceRef,
    start: int,
    stop: int,
    codes: list[CodeOrNew],
    suggested: list[CodeOrNew],
    in_vivo: list[str] | None = None,
    coder: CoderOrNew | None = None,
) -> str:
    """Codes a passage with ``codes``, of which ``suggested`` were taken from the suggestions, in one act.

    A suggested name of ``in_vivo`` becomes an in-vivo code: it is the speaker's own words. Returns the first
    coding's GUID.
    """
    label = _("Code passage from a suggestion")
    if len(codes) > 1:
        label = _("Code passage with several codes")
    with project.unit(label) as session:
        if not codes:
            raise KnownError(_("Choose at least one code."))
        segment = segment_at(project, get(session, Source, source), start, stop)
        own = set(in_vivo or ())
        made = [
            coded(
                project,
                segment,
                _in_vivo(project, session, segment, code) if code in own else code_named(project, code),
                coder,
                origin=SUGGESTION if code in suggested else HAND,
            )
            for code in codes
        ]
        return made[0].guid


def _in_vivo(project: Project, session: Session, segment: Segment, words: str) -> Code:
    """The in-vivo code of these words, made if new."""
    query = select(Code).where(Code.name == words, Code.origin == "in-vivo").order_by(Code.id)
    known = session.scalars(query).first()
    return known or new_code(project, words, None, origin="in-vivo", in_vivo=segment)
