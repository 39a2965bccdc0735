"""What the language tools have read in the texts: kept beside the journal, found again by the text itself.

A row belongs to the SHA-256 of a text, the programs that read it and what in it are labels; where one of
the three is another, the text is to be read anew. Nothing of it is an act: there is no unit, no undo, and
nobody hears of it. What belongs to a text that is no more goes with the next one that is kept, and with
everything that is deleted for good.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, select

from qda.models import Project
from qda.models.material import Analysis, Paragraph, ProjectSheet, Source, WordForm, without_analyses


@dataclass(frozen=True, slots=True)
class Readable:
    """A document that can be read: GUID, title, language, SHA-256 of its text, and a key of its labels."""

    guid: str
    title: str
    language: str
    sha256: str
    labels: str


@dataclass(frozen=True, slots=True)
class ToRead:
    """A text with its labels (start, stop), which are no words of anybody."""

    text: str = field(repr=False)
    labels: tuple[tuple[int, int], ...]


def readable(project: Project, sources: Collection[str] | None = None) -> list[Readable]:
    """All documents in their order, or some of them (GUIDs). Without a language: the study's."""
    with project.read() as db:
        usual = db.execute(select(ProjectSheet.language)).scalar() or ""
        sums = (func.count(), func.sum(Paragraph.start), func.sum(Paragraph.label_stop))
        query = (
            select(Paragraph.source_id, *sums)
            .where(Paragraph.label_stop > Paragraph.start)
            .group_by(Paragraph.source_id)
        )
        labels = {source: f"{count}-{starts}-{stops}" for source, count, starts, stops in db.execute(query)}
        columns = (Source.id, Source.guid, Source.title, Source.language, Source.sha256)
        rows = db.execute(select(*columns).order_by(Source.position, Source.id)).all()
    wanted = None if sources is None else set(sources)
    return [
        Readable(row.guid, row.title, row.language or usual, row.sha256, labels.get(row.id, ""))
        for row in rows
        if wanted is None or row.guid in wanted
    ]


def unread(
    project: Project, names: Mapping[str, str], sources: Collection[str] | None = None
) -> list[Readable]:
    """Documents that the present programs (language → name) have not read as they are now."""
    with project.read() as db:
        columns = (Analysis.sha256, Analysis.pipeline, Analysis.labels)
        kept = {tuple(row) for row in db.execute(select(*columns))}
    return [
        row
        for row in readable(project, sources)
        if row.language in names and (row.sha256, names[row.language], row.labels) not in kept
    ]


def to_read(project: Project, source: str) -> ToRead | None:
    """The text of a document (GUID) with its labels; none where it is gone."""
    with project.read() as db:
        row = db.execute(select(Source.id, Source.text).where(Source.guid == source)).one_or_none()
        if row is None:
            return None
        query = (
            select(Paragraph.start, Paragraph.label_stop)
            .where(Paragraph.source_id == row.id, Paragraph.label_stop > Paragraph.start)
            .order_by(Paragraph.start)
        )
        return ToRead(row.text, tuple((start, stop) for start, stop in db.execute(query)))


def kept(project: Project, row: Readable, name: str) -> bytes | None:
    """What these programs have read in a document; none where it is to be read."""
    query = select(Analysis.data).where(
        Analysis.sha256 == row.sha256, Analysis.pipeline == name, Analysis.labels == row.labels
    )
    with project.read() as db:
        return db.execute(query).scalar_one_or_none()


def keep(
    project: Project, row: Readable, *, name: str, data: bytes, forms: Iterable[tuple[str, str]]
) -> bool:
    """Keeps what was read, with the lemmas and their forms, where nobody writes just now.

    In the same transaction what belongs to no text goes: were this text taken out or its names deleted
    meanwhile, nothing of it would be kept.
    """
    values = {"sha256": row.sha256, "pipeline": name, "labels": row.labels, "data": data}
    words = sorted(set(forms))

    def write(connection: Connection) -> None:
        for statement in without_analyses(Analysis.sha256 == row.sha256):
            connection.execute(statement)
        number = connection.execute(insert(Analysis).values(**values).returning(Analysis.id)).scalar_one()
        rows = [{"analysis_id": number, "lemma": lemma, "form": form} for lemma, form in words]
        if rows:
            connection.execute(insert(WordForm), rows)
        for statement in without_analyses():
            connection.execute(statement)

    return project.work_aside(write)


def any_forms(project: Project) -> bool:
    """Whether forms of words are known in this project."""
    with project.read() as db:
        return db.execute(select(WordForm.lemma).limit(1)).first() is not None
