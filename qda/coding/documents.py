"""Documents: taking a read document into the project, naming, grouping, removing; roles of speakers."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, next_place, optional, required, rows
from qda.coding.cases import add_case
from qda.coding.dropping import drop_segments
from qda.coding.memos import drop_links
from qda.coding.references import CaseRef, GroupRef, SourceRef, SpeakerRef
from qda.coding.transcript import Role, TranscriptDraft, plain_document
from qda.errors import AmbiguousError, KnownError
from qda.i18n import Language, _
from qda.models import Project, journal
from qda.models.base import new_guid
from qda.models.codes import Segment
from qda.models.material import Case, DocumentGroup, Original, Paragraph, Source, Speaker, TurnTopic
from qda.models.search_index import Bulk, add_norms, in_bulk

Named = TypeVar("Named", Case, DocumentGroup)
SourceKind = Literal["interview", "focus_group", "field_note", "postscript", "document"]
SpeakerRole = Literal["interviewer", "respondent", "left_out"]


@dataclass(frozen=True, slots=True)
class SpeakerDecision:
    """What a person decided about a label: role, case (GUID or name; made if new), name.

    ``into`` is the label whose speaker it is (a typing error of it); the label stays in the text.
    """

    label: str
    role: Role
    case: str = ""
    into: str = ""
    name: str = ""


def take_in(
    project: Project,
    *,
    draft: TranscriptDraft,
    title: str,
    kind: SourceKind = "interview",
    original: bytes | None = None,
    file_name: str = "",
    language: str = "",
    case: str = "",
    group: str = "",
    speakers: Sequence[SpeakerDecision] = (),
) -> str:
    """Stores a read document with its speakers, paragraphs and time marks, as one entry of the journal.

    ``original`` are the bytes of the file as it came; they are kept. ``case`` and ``group`` are GUIDs or
    names (made if new); ``speakers`` are decisions on labels, the others stay as they were read.
    """
    with project.unit(_("Import “{title}”").format(title=title)) as session:
        if not draft.text.strip():
            raise KnownError(_("“{title}” holds no text.").format(title=title))
        digest = keep_original(session, original) if original is not None else None
        title = required(title, _("The document"))
        source = Source(
            title=title,
            kind=kind,
            language=language or draft.language or "de",
            case_id=_case_named(project, case),
            group_id=_group_named(project, group),
            position=next_place(session, Source),
            length=len(draft.text),
            sha256=hashlib.sha256(draft.text.encode()).hexdigest(),
            original_sha256=digest,
            file_name=clean(file_name),
            format=draft.format,
            encoding=draft.encoding,
            family=draft.family,
            header=[list(pair) for pair in draft.header],
            added=project.clock(),
            numbered=draft.numbered,
            styles=[[s.start, s.stop, s.kind] for s in draft.styles],
            text=draft.text,
        )
        journal.insert_bundle(session, source, _bundle(project, draft, speakers))
        return source.guid


@contextmanager
def taking_in_many(project: Project, label: str | Callable[[], str]) -> Iterator[Bulk]:
    """One unit of work for many documents: they are put into the search index together.

    Call ``settle`` of what is handed out between two of them.
    """
    with project.unit(label) as session, in_bulk(session) as bulk:
        yield bulk


def known_files(project: Project) -> dict[str, str]:
    """The files of the study: SHA-256 of each original, with the title of its (first) document."""
    query = select(Source.original_sha256, Source.title).where(Source.original_sha256.is_not(None))
    with project.read() as db:
        found = db.execute(query.order_by(Source.id.desc())).all()
    return {sha256: title for sha256, title in found if sha256 is not None}


def titles(project: Project) -> set[str]:
    """All titles that documents have."""
    with project.read() as db:
        return set(db.scalars(select(Source.title)))


def keep_original(session: Session, original: bytes) -> str:
    """Keeps the bytes of a file; gives their SHA-256."""
    digest = hashlib.sha256(original).hexdigest()
    if session.scalar(select(Original.sha256).where(Original.sha256 == digest)) is None:
        session.execute(insert(Original).values(sha256=digest, data=original))
    return digest


def _case_named(project: Project, written: str) -> int | None:
    """The case with this GUID or name; made if new."""
    if not written.strip():
        return None
    row = _one_named(project.session, Case, written)
    return (row or get(project.session, Case, add_case(project, name=written))).id


def _group_named(project: Project, written: str) -> int | None:
    if not written.strip():
        return None
    row = _one_named(project.session, DocumentGroup, written)
    return (row or get(project.session, DocumentGroup, add_group(project, name=written))).id


def _one_named(session: Session, entity: type[Named], written: str) -> Named | None:
    name = clean(written).strip()
    found = session.scalars(
        select(entity).where((entity.guid == name) | (entity.name == name)).order_by(entity.id)
    ).all()
    if len(found) > 1:
        candidates = tuple(f"{row.name} ({row.guid})" for row in found)
        raise AmbiguousError(
            _("“{name}” can mean: {candidates}.").format(name=name, candidates="; ".join(candidates)),
            candidates=candidates,
        )
    return found[0] if found else None


def merged(draft: TranscriptDraft, decisions: Sequence[SpeakerDecision]) -> Mapping[str, str]:
    """Of each label the one whose speaker it is in the end.

    :raises KnownError: labels are merged in a circle, or into one that is not there.
    """
    into = {d.label: d.into for d in decisions if d.into and d.into != d.label}
    labels = {s.label for s in draft.speakers}
    found: dict[str, str] = {}
    for label in labels:
        last, seen = label, {label}
        while last in into:
            last = into[last]
            if last in seen or last not in labels:
                raise KnownError(
                    _("“{label}” cannot be merged into “{into}”.").format(label=label, into=last)
                )
            seen.add(last)
        found[label] = last
    return found


def _bundle(
    project: Project, draft: TranscriptDraft, decisions: Sequence[SpeakerDecision]
) -> dict[str, list[dict[str, Any]]]:
    decided = {d.label: d for d in decisions}
    last = merged(draft, decisions)
    kept = {s.label: new_guid() for s in draft.speakers if last[s.label] == s.label}
    speakers: list[dict[str, Any]] = []
    for one in draft.speakers:
        if one.label in kept:
            decision = decided.get(one.label) or SpeakerDecision(one.label, one.role, name=one.name)
            row: dict[str, Any] = {"guid": kept[one.label], "label": clean(one.label), "role": decision.role}
            row |= {"name": clean(decision.name or one.name), "case_id": _case_named(project, decision.case)}
            speakers.append(row)
    paragraphs: list[dict[str, Any]] = [
        {
            "guid": new_guid(),
            "number": p.number,
            "start": p.start,
            "stop": p.stop,
            "label_stop": p.label_stop,
            "kind": p.kind,
            "opens_turn": p.opens_turn,
            "speaker_id": kept[last[p.speaker]] if p.speaker else None,
            "level": p.level,
        }
        for p in draft.paragraphs
    ]
    add_norms(draft.text, paragraphs)
    marks = [
        {"guid": new_guid(), "position": m.position, "ms": m.ms, "written": m.written}
        for m in draft.time_marks
    ]
    return {"speaker": speakers, "paragraph": paragraphs, "time_mark": marks}


def add_document(
    project: Project,
    *,
    title: str,
    text: str,
    kind: SourceKind = "field_note",
    language: Language | None = None,
) -> str:
    """Takes in a text typed or pasted in the program: a field note, a postscript."""
    return take_in(
        project, draft=plain_document(clean(text)), title=title, kind=kind, language=language or ""
    )


def rename_source(project: Project, *, source: SourceRef, title: str) -> str:
    """Gives a document another title; citations follow."""
    with project.unit(_("Rename document")) as session:
        row = get(session, Source, source)
        row.title = required(title, _("The document"))
        return row.guid


def set_source_kind(project: Project, *, source: SourceRef, kind: SourceKind) -> str:
    """Says what a document is."""
    with project.unit(_("Change kind of document")) as session:
        row = get(session, Source, source)
        row.kind = kind
        return row.guid


def set_source_language(project: Project, *, source: SourceRef, language: Language) -> str:
    """Says in which language a document is."""
    with project.unit(_("Change language of document")) as session:
        row = get(session, Source, source)
        row.language = language
        return row.guid


def set_source_case(project: Project, *, source: SourceRef, case: CaseRef | None = None) -> str:
    """Puts a document into the folder of a case, or takes it out."""
    with project.unit(_("Assign document to a case")) as session:
        row, chosen = get(session, Source, source), optional(session, Case, case)
        row.case_id = chosen.id if chosen else None
        return row.guid


def remove_source(project: Project, *, source: SourceRef) -> str:
    """Removes a document with its segments, codings and what stood on them; undo brings all back."""
    with project.unit(_("Remove document")) as session:
        row = get(session, Source, source)
        _drop_segments(session, row)
        drop_links(session, "source", row.guid)
        journal.remove_bundle(session, row)
        return source


def _drop_segments(session: Session, source: Source) -> None:
    """Topics on its turns, and all its segments with what stands on them."""
    lines = select(Paragraph.id).where(Paragraph.source_id == source.id)
    delete(session, *session.scalars(select(TurnTopic).where(TurnTopic.paragraph_id.in_(lines))))
    drop_segments(session, list(session.scalars(select(Segment.id).where(Segment.source_id == source.id))))


# -- groups and speakers ------------------------------------------------------------------------------------


def add_group(project: Project, *, name: str) -> str:
    """Makes a group of documents."""
    with project.unit(_("New group “{name}”").format(name=name)) as session:
        return add(
            session,
            DocumentGroup(name=required(name, _("The group")), position=next_place(session, DocumentGroup)),
        ).guid


def rename_group(project: Project, *, group: GroupRef, name: str) -> str:
    """Gives a group another name."""
    with project.unit(_("Rename group")) as session:
        row = get(session, DocumentGroup, group)
        row.name = required(name, _("The group"))
        return row.guid


def remove_group(project: Project, *, group: GroupRef) -> str:
    """Removes a group; its documents stay, without a group."""
    with project.unit(_("Remove group")) as session:
        row = get(session, DocumentGroup, group)
        for source in rows(session, Source, group_id=row.id):
            source.group_id = None
        session.flush()
        delete(session, row)
        return group


def move_to_group(project: Project, *, source: SourceRef, group: GroupRef | None = None) -> str:
    """Puts a document into a group, or takes it out."""
    with project.unit(_("Move document to group")) as session:
        row, chosen = get(session, Source, source), optional(session, DocumentGroup, group)
        row.group_id = chosen.id if chosen else None
        return row.guid


def set_speaker_role(project: Project, *, speaker: SpeakerRef, role: SpeakerRole) -> str:
    """Says who speaks: interviewer, respondent, or someone left out."""
    with project.unit(_("Change role of speaker")) as session:
        row = get(session, Speaker, speaker)
        row.role = role
        return row.guid


def set_speaker_case(project: Project, *, speaker: SpeakerRef, case: CaseRef | None = None) -> str:
    """Says which case a speaker belongs to (in a focus group each may have their own)."""
    with project.unit(_("Assign speaker to a case")) as session:
        row, chosen = get(session, Speaker, speaker), optional(session, Case, case)
        row.case_id = chosen.id if chosen else None
        return row.guid
