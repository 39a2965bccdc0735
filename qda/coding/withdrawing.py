"""A case deleted for good, because a consent was withdrawn: all that it said, and all that quotes it.

Its documents go with everything that stands on them; in documents of others (a focus group) its turns become
"[withdrawn]". Relations stay and say how much evidence they lost. What the researcher wrote stays, without
the quotations; names of codes stay, the in-vivo ones are listed first. Nothing of it can be undone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from qda.coding.access import AT_ONCE, E, delete, get, rows
from qda.coding.correcting import correct
from qda.coding.dropping import drop_segments
from qda.coding.memos import drop_links
from qda.coding.model_states import without_case
from qda.coding.pointers import drop_case
from qda.coding.references import CaseRef
from qda.coding.segments import release
from qda.coding.unquoting import Quotations, texts_of_researchers, without_references
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.models import Project, journal, snapshots
from qda.models.codes import Code, Coding, Memo, MemoLink, PropertyValue, Segment
from qda.models.desk import MemoPileEntry
from qda.models.erasing import Erasing, erasing, forget_all
from qda.models.inquiry import CellSummary, ModelVersion
from qda.models.material import AttributeValue, Case, Paragraph, Source, Speaker
from qda.models.splicing import Hunk
from qda.models.theory import Evidence, EvidenceSegment, Relation, Story

_NAME = 3  # a shorter name is in no way peculiar to the case


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What goes with a case. ``in_vivo`` are codes whose names are its words: they stay, unless renamed.

    ``turns_elsewhere`` are its paragraphs in documents of others. ``memos`` hang on nothing else and go,
    ``memos_kept`` lose a link. ``quoting`` texts of the researcher lose quotations, ``naming`` ones name the
    case and stay as they are, unless asked. ``recordings`` are files that the program does not delete.
    ``closed`` acts of the history cannot be undone any more.
    """

    case: str
    documents: int = 0
    words: int = 0
    turns_elsewhere: int = 0
    segments: int = 0
    codings: int = 0
    evidence: int = 0
    relations: int = 0
    memos: int = 0
    memos_kept: int = 0
    values: int = 0
    in_vivo: tuple[str, ...] = ()
    quoting: int = 0
    naming: int = 0
    originals: int = 0
    snapshots: int = 0
    recordings: tuple[str, ...] = ()
    closed: int = 0

    @property
    def sentence(self) -> str:
        """What will go, for the person who has to confirm it."""
        n = self.evidence
        parts = [
            ngettext("{n} document", "{n} documents", self.documents).format(n=self.documents),
            ngettext("{n} word", "{n} words", self.words).format(n=self.words),
            ngettext("{n} passage", "{n} passages", self.segments).format(n=self.segments),
            ngettext("{n} coding", "{n} codings", self.codings).format(n=self.codings),
            ngettext("{n} piece of evidence", "{n} pieces of evidence", n).format(n=n),
            ngettext("{n} memo", "{n} memos", self.memos).format(n=self.memos),
        ]
        return ", ".join(parts)


class _OnlyCounted(Exception):  # noqa: N818 - no error: it ends a unit of work that only counts
    """Ends the unit of work that was tried out."""


def count(project: Project, *, case: str) -> Withdrawal:
    """What :func:`delete_case_for_good` would take, counted by trying it out; nothing changes."""
    found = Withdrawal("")
    try:
        with project.unit("", undoable=False) as session:
            work = Erasing(session)
            found = _Withdrawing(project, work, get(session, Case, case)).carry_out()
            raise _OnlyCounted
    except _OnlyCounted:
        return found


def delete_case_for_good(project: Project, *, case: CaseRef, confirm: str, names_too: bool = False) -> str:
    """Deletes a case with all that it said, everywhere and for ever; ``confirm`` is the case's name.

    ``names_too``: the name of the case becomes "[withdrawn]" in memos and other texts, too.

    :raises KnownError: not confirmed, or another window has the file open; nothing was changed then.
    """
    with project.read() as db:
        name = db.execute(select(Case.name).where(Case.guid == case)).scalar_one_or_none()
    if name is None or confirm.strip() != name:
        found = count(project, case=case)
        raise KnownError(
            _("This deletes for good: {what}. To confirm it, write the name of the case: “{name}”.").format(
                what=found.sentence, name=found.case
            )
            + _staying_names(found)
        )
    with erasing(project, _("Delete a case for good")) as work:
        row = get(work.session, Case, case)
        _Withdrawing(project, work, row, names_too=names_too).take()
    return case


def _staying_names(found: Withdrawal) -> str:
    if not found.in_vivo:
        return ""
    names = ", ".join(_("“{name}”").format(name=name) for name in found.in_vivo)
    hint = _("They stay as they are, unless you rename them first. History forgets the old names.")
    return f" {_('Names of codes that are its words')}: {names}. {hint}"


@dataclass(slots=True)
class _Withdrawing:
    """One withdrawal at work, inside a running unit."""

    project: Project
    work: Erasing
    case: Case
    names_too: bool = False
    found: dict[str, int] = field(default_factory=dict)
    in_vivo: list[str] = field(default_factory=list)
    recordings: list[str] = field(default_factory=list)
    memos: set[int] = field(default_factory=set)

    @property
    def session(self) -> Session:
        return self.work.session

    def carry_out(self) -> Withdrawal:
        """As :meth:`take`, and what it was."""
        name, counted = self.case.name, self.found
        copies = len(snapshots.of(self.project.path))
        self.take()
        forget_all(self.work)
        return Withdrawal(
            name,
            in_vivo=tuple(self.in_vivo),
            recordings=tuple(self.recordings),
            snapshots=copies,
            closed=self.work.closed,
            originals=self.work.dropped,
            **counted,
        )

    def take(self) -> None:
        """Takes the case out."""
        own = rows(self.session, Source, case_id=self.case.id)
        elsewhere = self._turns_elsewhere({source.id for source in own})
        self._note(own, elsewhere)
        segments = [s.id for source in own for s in rows(self.session, Segment, source_id=source.id)]
        segments += [s for source, lines in elsewhere for s in self._only_inside(source, lines)]
        self._count_on(segments)
        self._unquote_stories(segments)
        values = [
            *rows(self.session, AttributeValue, case_id=self.case.id),
            *rows(self.session, PropertyValue, case_id=self.case.id),
        ]
        self.found["values"] = len(values)
        targets = [*own, self.case]
        self.memos |= self._memos_on("source", [s.guid for s in own])
        self.memos |= self._memos_on("case_", [self.case.guid])
        self._drop_evidence_and_segments(segments)
        for source, lines in elsewhere:
            self._blank_turns(source, lines)
        for target in targets:
            drop_links(self.session, target.__tablename__, target.guid)
        for source in own:
            journal.remove_bundle(self.session, source)
        self._drop_memos()
        self._unquote()
        delete(self.session, *values)
        self._drop_case()

    # -- what there is ------------------------------------------------------------------------------------

    def _turns_elsewhere(self, own: set[int]) -> list[tuple[Source, list[Paragraph]]]:
        """The paragraphs of the case's speakers in documents of others."""
        found = []
        speakers = [s for s in rows(self.session, Speaker, case_id=self.case.id) if s.source_id not in own]
        for source_id in sorted({speaker.source_id for speaker in speakers}):
            ids = {speaker.id for speaker in speakers if speaker.source_id == source_id}
            lines, speaking = [], False
            query = select(Paragraph).where(Paragraph.source_id == source_id).order_by(Paragraph.start)
            for line in self.session.scalars(query):
                inherits = line.speaker_id is None and not line.opens_turn and line.kind == "text"
                speaking = line.speaker_id in ids or (inherits and speaking)
                if speaking and line.stop > line.start:
                    lines.append(line)
            found.append((self.session.get_one(Source, source_id), lines))
        return found

    def _note(self, own: list[Source], elsewhere: list[tuple[Source, list[Paragraph]]]) -> None:
        work, words = self.work, 0
        for source in own:
            work.passages.append(self._said(source))
            work.originals.add(source.original_sha256 or "")
            words += len(source.text.split())
            self.recordings += [source.media] if source.media else []
        for source, lines in elsewhere:
            said = [source.text[line.label_stop : line.stop] for line in lines]
            work.passages += said
            words += sum(len(one.split()) for one in said)
            # The file as it came holds the words, too.
            work.originals.add(source.original_sha256 or "")
            self.recordings += [source.media] if source.media else []
        work.passages += [self.case.description, self.case.consent_note]
        if len(self.case.name) >= _NAME:
            work.words.add(self.case.name)
        self.found |= {
            "documents": len(own),
            "words": words,
            "turns_elsewhere": sum(len(lines) for _source, lines in elsewhere),
        }

    def _said(self, source: Source) -> str:
        """The words of a document without those of interviewers: all interviews share their questions."""
        asking = {s.id for s in rows(self.session, Speaker, source_id=source.id, role="interviewer")}
        lines = self.session.execute(
            select(Paragraph.label_stop, Paragraph.stop, Paragraph.speaker_id)
            .where(Paragraph.source_id == source.id)
            .order_by(Paragraph.start)
        )
        text = source.text
        return "\n".join(text[start:stop] for start, stop, speaker in lines if speaker not in asking)

    def _only_inside(self, source: Source, lines: list[Paragraph]) -> list[int]:
        """Segments of a document that stand on nothing but these paragraphs."""
        text, found = source.text, []
        spans = [(line.start, line.stop) for line in lines]
        for segment in rows(self.session, Segment, source_id=source.id):
            rest = text[segment.start : segment.stop]
            for start, stop in reversed(spans):
                low, high = max(start, segment.start), min(stop, segment.stop)
                if low < high:
                    rest = rest[: low - segment.start] + rest[high - segment.start :]
            if not rest.strip():
                found.append(segment.id)
        return found

    def _count_on(self, segments: list[int]) -> None:
        codings = _in(self.session, Coding, Coding.segment_id, segments)
        self.found |= {"segments": len(segments), "codings": len(codings)}
        for code in _in(self.session, Code, Code.in_vivo_id, segments):
            self.in_vivo.append(code.name)
            self.work.fields.add(("code", code.guid, "name"))
        self.memos |= self._memos_on("coding", [coding.guid for coding in codings])
        guids = [segment.guid for segment in _in(self.session, Segment, Segment.id, segments)]
        self.memos |= self._memos_on("segment", guids)

    def _memos_on(self, table: str, guids: Iterable[str]) -> set[int]:
        wanted = set(guids)
        links = select(MemoLink.memo_id, MemoLink.target_guid).where(MemoLink.target_table == table)
        return {memo for memo, guid in self.session.execute(links) if guid in wanted}

    # -- what goes ----------------------------------------------------------------------------------------

    def _drop_evidence_and_segments(self, segments: list[int]) -> None:
        links = _in(self.session, EvidenceSegment, EvidenceSegment.segment_id, segments)
        pieces = {link.evidence_id: self.session.get_one(Evidence, link.evidence_id) for link in links}
        gone = set(segments)
        left = {
            piece
            for piece in pieces
            if any(s.segment_id not in gone for s in rows(self.session, EvidenceSegment, evidence_id=piece))
        }
        lost = [piece for number, piece in pieces.items() if number not in left]
        self.memos |= self._memos_on("evidence", [piece.guid for piece in lost])
        relations = {piece.relation_id for piece in lost}
        for piece in lost:
            self.session.get_one(Relation, piece.relation_id).withdrawn += 1
        self.found |= {"evidence": len(lost), "relations": len(relations)}
        drop_segments(self.session, segments)

    def _blank_turns(self, source: Source, lines: list[Paragraph]) -> None:
        word = _("[withdrawn]")
        text = source.text
        hunks = [Hunk(line.start, text[line.start : line.stop], word) for line in lines]
        correct(self.project, source=source.guid, hunks=hunks, label=_("Delete a case for good"))
        source.original_sha256 = None
        for speaker in rows(self.session, Speaker, source_id=source.id, case_id=self.case.id):
            speaker.label, speaker.name, speaker.case_id = word, "", None
            self.work.fields |= {("speaker", speaker.guid, "label"), ("speaker", speaker.guid, "name")}
        self.session.flush()

    def _drop_memos(self) -> None:
        """Memos that hang on nothing else any more, and those that hang on them alone."""
        gone, waiting = 0, set(self.memos)
        while waiting:
            alone = [
                self.session.get_one(Memo, memo)
                for memo in sorted(waiting)
                if not rows(self.session, MemoLink, memo_id=memo)
            ]
            guids = [memo.guid for memo in alone]
            waiting = self._memos_on("memo", guids) - self.memos
            self.memos |= waiting
            drop_links(self.session, "memo", *guids)
            for memo in alone:
                delete(self.session, *rows(self.session, MemoPileEntry, memo_id=memo.id))
            delete(self.session, *alone)
            gone += len(alone)
        self.found |= {"memos": gone, "memos_kept": len(self.memos) - gone}

    def _drop_case(self) -> None:
        for inner in rows(self.session, Case, parent_id=self.case.id):
            inner.parent_id = None
        for speaker in rows(self.session, Speaker, case_id=self.case.id):
            speaker.case_id = None
        self.session.flush()
        freed = drop_case(self.session, self.case.id)
        delete(self.session, self.case)
        release(self.session, *freed)

    # -- what quotes it -----------------------------------------------------------------------------------

    def _unquote_stories(self, segments: list[int]) -> None:
        targets = {segment.guid for segment in _in(self.session, Segment, Segment.id, segments)}
        targets.add(self.case.guid)
        texts: list[Story | CellSummary] = [*self.session.scalars(select(Story))]
        texts += self.session.scalars(select(CellSummary))
        for text in texts:
            body = without_references(text.body, targets, _("[withdrawn]"))
            if body != text.body:
                text.body = body
        self.session.flush()

    def _unquote(self) -> None:
        quotations = Quotations.of(self.work.passages, name=self.case.name)
        quoting = naming = 0
        for row, column in texts_of_researchers(self.session):
            written = getattr(row, column)
            take_out = quotations.example_taken_out if column == "anchor" else quotations.taken_out
            new = take_out(written, _("[withdrawn]"))
            quoting += new != written
            if quotations.names(new):
                naming += 1
                new = quotations.without_name(new, _("[withdrawn]")) if self.names_too else new
            if new != written:
                setattr(row, column, new)
        for version in rows(self.session, ModelVersion):
            version.state = without_case(
                version.state, self.case.guid, _("[withdrawn]"), partial(self._unquoted, quotations)
            )
        self.session.flush()
        self.found |= {"quoting": quoting, "naming": naming}

    def _unquoted(self, quotations: Quotations, written: str) -> str:
        """A frozen text without quotations, and without the name where that is asked for."""
        new = quotations.taken_out(written, _("[withdrawn]"))
        return quotations.without_name(new, _("[withdrawn]")) if self.names_too else new


def _in(session: Session, entity: type[E], column: InstrumentedAttribute[Any], ids: list[int]) -> list[E]:
    """Rows whose column holds one of the ids."""
    found: list[E] = []
    for at in range(0, len(ids), AT_ONCE):
        found += session.scalars(select(entity).where(column.in_(ids[at : at + AT_ONCE])).order_by(entity.id))
    return found
