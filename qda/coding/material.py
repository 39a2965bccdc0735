"""Queries on material: the sheet, documents, paragraphs, turns, speakers, cases, passages."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from sqlalchemy import Connection, func, select

from qda.coding.access import pairs
from qda.coding.line_numbers import LineNumbers
from qda.coding.rows import (
    AttributeRow,
    AttributeValueRow,
    CaseRow,
    CoderRow,
    GroupRow,
    ParagraphRow,
    SegmentRow,
    SheetRow,
    SourceRow,
    SpeakerRow,
    TurnRow,
)
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Coding, Segment
from qda.models.material import (
    Attribute,
    AttributeValue,
    Case,
    Coder,
    DocumentGroup,
    Original,
    Paragraph,
    ProjectSheet,
    ResearchQuestion,
    Source,
    Speaker,
    TimeMark,
)

SHEET_FIELDS = (
    "prior_knowledge",
    "preconceptions",
    "field_access",
    "own_role",
    "case_definition",
    "transcription_rules",
    "notes",
)


def project_sheet(project: Project) -> SheetRow:
    """The project sheet."""
    with project.read() as db:
        row = db.execute(select(ProjectSheet.__table__)).one()
        questions = db.execute(
            select(ResearchQuestion.text, ResearchQuestion.reason, ResearchQuestion.since).order_by(
                ResearchQuestion.since, ResearchQuestion.id
            )
        )
        return SheetRow(
            row.guid,
            row.title,
            row.language,
            row.template,
            {name: getattr(row, name) for name in SHEET_FIELDS},
            tuple((q.text, q.reason, q.since) for q in questions),
            row.created,
            row.citation,
            row.line_measure,
            row.hide_frequencies,
        )


def coders(project: Project) -> list[CoderRow]:
    """All persons who code; in a part of a study those whose codings it holds."""
    current = project.coder
    only = project.narrowed.coders if project.narrowed is not None else ()
    with project.read() as db:
        return [
            CoderRow(r.guid, r.name, r.guid == current)
            for r in db.execute(select(Coder.guid, Coder.name).order_by(Coder.id))
            if not only or r.guid in only
        ]


def groups(project: Project) -> list[GroupRow]:
    """The groups of documents."""
    with project.read() as db:
        return [
            GroupRow(r.guid, r.name)
            for r in db.execute(
                select(DocumentGroup.guid, DocumentGroup.name).order_by(
                    DocumentGroup.position, DocumentGroup.id
                )
            )
        ]


def _counted(db: Connection, query: object) -> dict[int, int]:
    return {row[0]: row[1] for row in db.execute(query)}  # type: ignore[call-overload]


def sources(project: Project) -> list[SourceRow]:
    """All documents, in their order."""
    with project.read() as db:
        # An outer join: the codings are gone through in the order of their segments, which is a third faster.
        codings = _counted(
            db,
            select(Segment.source_id, func.count())
            .select_from(Coding)
            .outerjoin(Segment, Coding.segment_id == Segment.id)
            .group_by(Segment.source_id),
        )
        return _source_rows(db, codings)


def source(project: Project, guid: str) -> SourceRow | None:
    """One document; none where it is gone. In a large project far faster than looking through all."""
    with project.read() as db:
        found = db.execute(select(Source.id).where(Source.guid == guid)).scalar_one_or_none()
        if found is None:
            return None
        codings = select(func.count()).select_from(Coding).join(Segment, Segment.id == Coding.segment_id)
        count = db.execute(codings.where(Segment.source_id == found)).scalar_one()
        return _source_rows(db, {found: count}, only=found)[0]


def _source_rows(db: Connection, codings: dict[int, int], *, only: int | None = None) -> list[SourceRow]:
    counted = select(
        Paragraph.source_id,
        func.count().label("lines"),
        func.count().filter(Paragraph.opens_turn).label("turns"),
    ).group_by(Paragraph.source_id)
    query = (
        select(
            Source.id,
            Source.guid,
            Source.title,
            Source.kind,
            Source.language,
            Source.length,
            Source.sha256,
            Source.file_name,
            Source.format,
            Source.encoding,
            Source.family,
            Source.header,
            Source.numbered,
            Source.media,
            Case.guid.label("case"),
            Case.name.label("case_name"),
            DocumentGroup.guid.label("group"),
        )
        .outerjoin(Case, Case.id == Source.case_id)
        .outerjoin(DocumentGroup, DocumentGroup.id == Source.group_id)
        .order_by(Source.position, Source.id)
    )
    if only is not None:
        counted = counted.where(Paragraph.source_id == only)
        query = query.where(Source.id == only)
    lines = {r.source_id: (r.lines, r.turns) for r in db.execute(counted)}
    return [
        SourceRow(
            r.guid,
            r.title,
            r.kind,
            r.language,
            r.length,
            r.sha256,
            *lines.get(r.id, (0, 0)),
            codings.get(r.id, 0),
            r.case,
            r.case_name or "",
            r.group,
            r.file_name,
            r.format,
            r.encoding,
            r.family,
            tuple((k, v) for k, v in r.header),
            r.numbered,
            r.media,
        )
        for r in db.execute(query)
    ]


def in_reading_order(rows: Iterable[SourceRow]) -> list[SourceRow]:
    """Conversations before what was written around them; else as they stand."""
    talks = ("interview", "focus_group")
    return sorted(rows, key=lambda row: row.kind not in talks)


def text(project: Project, source: str) -> str:
    """The stored text of a document, exactly."""
    with project.read() as db:
        return stored_text(db, source)


def stored_text(db: Connection, source: str) -> str:
    """As :func:`text`, on an open connection.

    :raises KnownError: there is no such document.
    """
    found = db.execute(select(Source.text).where(Source.guid == source)).scalar_one_or_none()
    if found is None:
        raise KnownError(_("There is nothing called “{name}”.").format(name=source))
    return found


def styles(project: Project, source: str) -> list[tuple[int, int, str]]:
    """The runs that the file sets apart: start, stop (code points), bold, italic or underline."""
    with project.read() as db:
        found = db.execute(select(Source.styles).where(Source.guid == source)).scalar_one_or_none()
    return [(start, stop, kind) for start, stop, kind in found or ()]


def original(project: Project, source: str) -> bytes | None:
    """The bytes of the file as it came; none for a text typed in the program."""
    with project.read() as db:
        return db.execute(
            select(Original.data)
            .join(Source, Source.original_sha256 == Original.sha256)
            .where(Source.guid == source)
        ).scalar_one_or_none()


def paragraphs(project: Project, source: str) -> list[ParagraphRow]:
    """The paragraphs of a document, in order."""
    with project.read() as db:
        marks = db.execute(
            select(TimeMark.position, TimeMark.ms)
            .join(Source, Source.id == TimeMark.source_id)
            .where(Source.guid == source)
            .order_by(TimeMark.position)
        ).all()
        query = (
            select(
                Paragraph.guid,
                Paragraph.number,
                Paragraph.start,
                Paragraph.stop,
                Paragraph.label_stop,
                Paragraph.kind,
                Paragraph.opens_turn,
                Paragraph.also,
                Paragraph.level,
                Speaker.label,
                Speaker.role,
            )
            .join(Source, Source.id == Paragraph.source_id)
            .outerjoin(Speaker, Speaker.id == Paragraph.speaker_id)
            .where(Source.guid == source)
            .order_by(Paragraph.start)
        )
        found, at = [], 0
        for r in db.execute(query):
            while at < len(marks) and marks[at].position < r.start:
                at += 1
            time = marks[at].ms if at < len(marks) and marks[at].position <= r.stop else None
            found.append(
                ParagraphRow(
                    r.guid,
                    r.number,
                    r.start,
                    r.stop,
                    r.label_stop,
                    r.kind,
                    r.opens_turn,
                    r.label or "",
                    r.role or "",
                    time,
                    tuple(r.also.split()),
                    r.level,
                )
            )
        return found


def turns(project: Project, source: str | None = None) -> list[TurnRow]:
    """The turns of a document, or of all."""
    from qda.coding.transcript import ParagraphDraft, TimeMarkDraft, TranscriptDraft
    from qda.coding.transcript import turns as of_draft

    found: list[TurnRow] = []
    wanted = [source] if source else [s.guid for s in sources(project)]
    for guid in wanted:
        rows = paragraphs(project, guid)
        roles = {p.speaker: p.role for p in rows}
        drafts = tuple(
            ParagraphDraft(p.start, p.stop, p.label_stop, p.speaker or None, p.opens_turn, p.kind, p.number)  # type: ignore[arg-type]
            for p in rows
        )
        with project.read() as db:
            marks = tuple(
                TimeMarkDraft(m.position, m.ms, "")
                for m in db.execute(
                    select(TimeMark.position, TimeMark.ms)
                    .join(Source, Source.id == TimeMark.source_id)
                    .where(Source.guid == guid)
                    .order_by(TimeMark.position)
                )
            )
            whole = stored_text(db, guid)
        draft = TranscriptDraft(whole, drafts, (), marks, (), "", "", "", "", ())
        found += [
            TurnRow(guid, t.paragraph, t.start, t.stop, t.speaker, roles.get(t.speaker, ""), t.time_ms)
            for t in of_draft(draft)
        ]
    return found


def speakers(project: Project, source: str | None = None) -> list[SpeakerRow]:
    """The speakers of a document, or of all."""
    with project.read() as db:
        counted = (
            select(Paragraph.speaker_id, func.count())
            .where(Paragraph.opens_turn)
            .group_by(Paragraph.speaker_id)
        )
        if source:
            own = select(Source.id).where(Source.guid == source).scalar_subquery()
            counted = counted.where(Paragraph.source_id == own)
        turns_of = _counted(db, counted)
        query = (
            select(
                Speaker.id,
                Speaker.guid,
                Source.guid.label("source"),
                Speaker.label,
                Speaker.name,
                Speaker.role,
                Case.guid.label("case"),
            )
            .join(Source, Source.id == Speaker.source_id)
            .outerjoin(Case, Case.id == Speaker.case_id)
            .order_by(Source.position, Source.id, Speaker.id)
        )
        if source:
            query = query.where(Source.guid == source)
        return [
            SpeakerRow(r.guid, r.source, r.label, r.name, r.role, r.case, turns_of.get(r.id, 0))
            for r in db.execute(query)
        ]


def cases(project: Project) -> list[CaseRow]:
    """All cases, in their order, with documents (their own and those of their speakers) and attributes."""
    with project.read() as db:
        names = pairs(db.execute(select(Case.id, Case.guid)))
        documents: dict[int | None, list[str]] = defaultdict(list)
        for case, guid in db.execute(
            select(Source.case_id, Source.guid).order_by(Source.position, Source.id)
        ):
            documents[case].append(guid)
        by_speaker = select(Speaker.case_id, Source.guid).join(Source, Source.id == Speaker.source_id)
        for case, guid in db.execute(by_speaker.order_by(Source.position)):
            if guid not in documents[case]:
                documents[case].append(guid)
        values = _values(db, names)
        rows = db.execute(select(Case.__table__).order_by(Case.position, Case.id)).all()
        agreed = {r.id: r for r in rows}
        return [
            CaseRow(
                r.guid,
                r.name,
                names.get(r.parent_id),
                r.description,
                tuple(documents[r.id]),
                {value.name: value.value for value in values[r.id]},
                tuple(values[r.id]),
                r.consent_quote,
                r.consent_archive,
                holding(r.consent_quote, agreed[r.parent_id].consent_quote if r.parent_id else ""),
                holding(r.consent_archive, agreed[r.parent_id].consent_archive if r.parent_id else ""),
                r.consent_date,
                r.delete_by,
                r.consent_note,
                r.starting,
            )
            for r in rows
        ]


def holding(own: str, above: str) -> str:
    """What holds of a consent (yes, no, open) inside another case: a "no" there is one here."""
    return "no" if above == "no" else own


def _values(db: Connection, names: dict[int, str]) -> dict[int, list[AttributeValueRow]]:
    known = db.execute(
        select(Attribute.id, Attribute.guid, Attribute.name, Attribute.kind, Attribute.missing).order_by(
            Attribute.position, Attribute.id
        )
    ).all()
    given: dict[int, list[tuple[int, str]]] = defaultdict(list)
    query = select(AttributeValue.attribute_id, AttributeValue.case_id, AttributeValue.value)
    for attribute, case, value in db.execute(query).all():
        given[attribute].append((case, value))
    found: dict[int, list[AttributeValueRow]] = defaultdict(list)
    for attribute, guid, name, kind, missing in known:
        for case, value in given[attribute]:
            found[case].append(AttributeValueRow(names[case], guid, name, kind, value, value in missing))
    return found


def attributes(project: Project) -> list[AttributeRow]:
    """The attributes of cases, in their order; ``cases`` counts those with an answer."""
    with project.read() as db:
        given: Counter[int] = Counter()
        for attribute, value, missing in db.execute(
            select(AttributeValue.attribute_id, AttributeValue.value, Attribute.missing).join(
                Attribute, Attribute.id == AttributeValue.attribute_id
            )
        ):
            given[attribute] += value not in missing
        return [
            AttributeRow(
                r.guid,
                r.name,
                r.kind,
                r.description,
                tuple(r.choices),
                tuple(r.missing),
                r.position,
                given[r.id],
            )
            for r in db.execute(select(Attribute.__table__).order_by(Attribute.position, Attribute.id))
        ]


# -- segments with their words ------------------------------------------------------------------------------


def _named_cases(db: Connection) -> dict[int, tuple[str | None, str, str]]:
    """GUID, name and whether they may be quoted, of all cases by id."""
    rows = db.execute(select(Case.id, Case.guid, Case.name, Case.parent_id, Case.consent_quote)).all()
    agreed = {r.id: r.consent_quote for r in rows}
    return {r.id: (r.guid, r.name, holding(r.consent_quote, agreed.get(r.parent_id, ""))) for r in rows}


class Passages:
    """Words, paragraph, speaker and case of segments; texts and paragraphs are read once a document."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._cached = lru_cache(maxsize=64)(self._document)
        self._lines = lru_cache(maxsize=64)(self._line_numbers)
        self._cases = _named_cases(db)
        sheet = db.execute(select(ProjectSheet.citation, ProjectSheet.line_measure)).one()
        self._citation, self._measure = sheet.citation, sheet.line_measure
        self._by_line = "{lines}" in self._citation

    def _document(
        self, source: int
    ) -> tuple[str, str, str, int | None, bool, list[tuple[int, int, str, int | None]]]:
        row = self._db.execute(
            select(Source.guid, Source.title, Source.text, Source.case_id, Source.numbered).where(
                Source.id == source
            )
        ).one()
        lines = self._db.execute(
            select(Paragraph.start, Paragraph.stop, Paragraph.number, Paragraph.speaker_id)
            .where(Paragraph.source_id == source)
            .order_by(Paragraph.start)
        )
        rows = [(r[0], r[1], r[2], r[3]) for r in lines]
        return row.guid, row.title, row.text, row.case_id, row.numbered, rows

    def _line_numbers(self, source: int) -> LineNumbers:
        _guid, _title, whole, _case, _numbered, lines = self._cached(source)
        counted = [(line[0], line[1]) for line in lines if not line[2].startswith("0.")]
        return LineNumbers(whole, counted, measure=self._measure)

    @lru_cache(maxsize=64)  # noqa: B019 - lives as long as one query
    def _starts(self, source: int) -> list[int]:
        return [line[0] for line in self._cached(source)[5]]

    @lru_cache(maxsize=4096)  # noqa: B019 - lives as long as one query
    def _speaker(self, speaker: int) -> tuple[str, str, int | None]:
        row = self._db.execute(
            select(Speaker.label, Speaker.role, Speaker.case_id).where(Speaker.id == speaker)
        ).one()
        return row.label, row.role, row.case_id

    def row(self, guid: str, source: int, start: int, stop: int) -> SegmentRow:
        """The frozen row of one segment."""
        from bisect import bisect_right

        document, title, whole, case, numbered, lines = self._cached(source)
        starts = self._starts(source)
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, max(start, stop - 1)) - 1)
        label, role = "", ""
        speaker = lines[first][3] if lines else None
        if speaker is not None:
            label, role, own_case = self._speaker(speaker)
            case = own_case or case
        case_guid, case_name, quote = self._cases.get(case or 0, (None, "", ""))
        if last > first and quote != "no" and self._one_withheld(source, first, last):
            quote = "no"
        number = lines[first][2] if lines else ""
        final = lines[last][2] if lines else ""
        cited_lines = ""
        if numbered:
            cited_lines = number if number == final else f"{number}–{final}"
        elif self._by_line:
            cited_lines = self._lines(source).between(start, stop)
        return SegmentRow(
            guid,
            document,
            title,
            start,
            stop,
            whole[start:stop],
            number,
            final,
            label,
            role,
            case_guid,
            case_name,
            cited_lines,
            self._citation,
            quote,
        )

    def _one_withheld(self, source: int, first: int, last: int) -> bool:
        """Whether one who speaks in these paragraphs may not be quoted."""
        speakers = {line[3] for line in self._cached(source)[5][first : last + 1]}
        cases = [self._speaker(speaker)[2] for speaker in speakers if speaker is not None]
        return any(self._cases.get(case or 0, (None, "", ""))[2] == "no" for case in cases)

    def of(self, guids: Iterable[str]) -> dict[str, SegmentRow]:
        """Rows of many segments by GUID, in the order in which they are wanted; a document is read once."""
        wanted = list(dict.fromkeys(guids))
        places: list[tuple[int, int, int, str]] = []
        for at in range(0, len(wanted), 500):
            query = select(Segment.source_id, Segment.start, Segment.stop, Segment.guid).where(
                Segment.guid.in_(wanted[at : at + 500])
            )
            places += [(r[0], r[1], r[2], r[3]) for r in self._db.execute(query)]
        found = {guid: self.row(guid, source, start, stop) for source, start, stop, guid in sorted(places)}
        return {guid: found[guid] for guid in wanted if guid in found}


def segments(
    project: Project, source: str | None = None, *, guids: Collection[str] | None = None
) -> list[SegmentRow]:
    """All segments (of a document, or those named), in the order of the text."""
    with project.read() as db:
        passages = Passages(db)
        query = (
            select(Segment.guid, Segment.source_id, Segment.start, Segment.stop)
            .join(Source, Source.id == Segment.source_id)
            .order_by(Source.position, Source.id, Segment.start, Segment.stop, Segment.id)
        )
        if source:
            query = query.where(Source.guid == source)
        if guids is not None:
            query = query.where(Segment.guid.in_(guids))
        return [passages.row(*r) for r in db.execute(query)]


def segment(project: Project, guid: str) -> SegmentRow:
    """One segment with its words.

    :raises KnownError: it is gone.
    """
    with project.read() as db:
        found = Passages(db).of([guid])
    if guid not in found:
        raise KnownError(_("There is nothing called “{name}”.").format(name=guid))
    return found[guid]


def span_row(project: Project, source: str, start: int, stop: int) -> SegmentRow:
    """A span of a document as a row (without a GUID), for citing what is no segment yet."""
    with project.read() as db:
        source_id = db.execute(select(Source.id).where(Source.guid == source)).scalar_one()
        return Passages(db).row("", source_id, start, stop)
