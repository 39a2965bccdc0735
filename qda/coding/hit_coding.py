"""Codes the hits of a search at once; the codings keep that they came so, and from which words."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import AT_ONCE, coder_of, get, rows
from qda.coding.codebook import code_named
from qda.coding.extents import Extent, Place, extended
from qda.coding.origins import from_search
from qda.coding.references import CodeOrNew, CoderOrNew, PassageRef, is_guid, passage_span
from qda.coding.segments import check_span, passage
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Coder, Source


def code_hits(
    project: Project,
    *,
    spans: list[PassageRef],
    code: CodeOrNew,
    coder: CoderOrNew | None = None,
    words: str = "",
    extent: Extent = "as_found",
) -> str:
    """Codes passages found by a search (SOURCE:START-STOP) at once; the codings keep that they came so.

    ``words`` are what was looked for; ``extent`` is what is coded of each hit: as_found, its words, its
    sentence, paragraph or turn. What was coded with it before stays as it is. Returns the code's GUID.
    """
    label = _("Code search hits “{words}”") if words.strip() else _("Code search hits")
    with project.unit(label.format(words=" ".join(words.split())[:60])) as session:
        if not spans:
            raise KnownError(_("Choose at least one hit."))
        target = code_named(project, code)
        places = _places(project, session, spans)
        places = extended(session.connection(), places, extent)
        coded = _segments(project, session, dict.fromkeys(places))
        made = _Made(target, coder_of(project, coder), from_search(words))
        _code(project, session, coded, made)
        return target.guid


def _places(project: Project, session: Session, spans: list[str]) -> list[Place]:
    """:raises KnownError: one of them is not there."""
    sources: dict[str, Source] = {}
    found: list[Place] = []
    for written in spans:
        span = passage_span(written)
        if span is None or is_guid(written):
            segment = passage(project, written)
            span = (session.get_one(Source, segment.source_id).guid, segment.start, segment.stop)
        if span[0] not in sources:
            sources[span[0]] = get(session, Source, span[0])
        check_span(sources[span[0]], span[1], span[2])
        found.append(span)
    return found


def _segments(project: Project, session: Session, places: Iterable[Place]) -> list[Segment]:
    """The segments of these places, made where new; looked for by document, not one by one."""
    by_source: dict[str, list[Place]] = {}
    for place in places:
        by_source.setdefault(place[0], []).append(place)
    found: list[Segment] = []
    for guid, wanted in by_source.items():
        source = get(session, Source, guid)
        known = {(row.start, row.stop): row for row in rows(session, Segment, source_id=source.id)}
        for _source, start, stop in wanted:
            if (start, stop) not in known:
                check_span(source, start, stop)
                row = Segment(source_id=source.id, start=start, stop=stop, created=project.clock())
                session.add(row)
                known[start, stop] = row
            found.append(known[start, stop])
    session.flush()
    return found


@dataclass(frozen=True, slots=True)
class _Made:
    """What all these codings have in common."""

    code: Code
    person: Coder
    origin: str


def _code(project: Project, session: Session, segments: list[Segment], made: _Made) -> None:
    """A coding for each segment that this person has not coded so yet."""
    ids = [segment.id for segment in segments]
    coded: set[int] = set()
    for at in range(0, len(ids), AT_ONCE):
        query = select(Coding.segment_id).where(
            Coding.segment_id.in_(ids[at : at + AT_ONCE]),
            Coding.code_id == made.code.id,
            Coding.coder_id == made.person.id,
        )
        coded |= set(session.scalars(query))
    for segment in segments:
        if segment.id not in coded:
            coded.add(segment.id)
            session.add(
                Coding(
                    segment_id=segment.id,
                    code_id=made.code.id,
                    coder_id=made.person.id,
                    origin=made.origin,
                    phase=project.phase,
                    created=project.clock(),
                )
            )
    session.flush()
