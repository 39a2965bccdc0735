"""The texts in which names are looked for: transcripts with their labels and headers, memos."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from qda.models import Project
from qda.models.codes import Memo
from qda.models.material import Source, Speaker


@dataclass(frozen=True, slots=True)
class Reading:
    """One text. ``key`` is "source:GUID" or "memo:GUID"; labels and names are those of its speakers."""

    key: str
    title: str
    text: str
    language: str = "de"
    labels: tuple[str, ...] = ()
    header: tuple[tuple[str, str], ...] = ()


def readings(
    project: Project, *, sources: Collection[str] | None = None, memos: bool = True
) -> tuple[Reading, ...]:
    """The documents (all, or those with these GUIDs) and the memos of a project."""
    with project.read() as db:
        labels: dict[int, list[str]] = {}
        for row in db.execute(select(Speaker.source_id, Speaker.label, Speaker.name).order_by(Speaker.id)):
            labels.setdefault(row.source_id, []).extend(word for word in (row.label, row.name) if word)
        query = select(
            Source.id, Source.guid, Source.title, Source.text, Source.language, Source.header
        ).order_by(Source.position, Source.id)
        if sources is not None:
            query = query.where(Source.guid.in_(sources))
        found = [
            Reading(
                f"source:{row.guid}",
                row.title,
                row.text,
                row.language,
                tuple(labels.get(row.id, ())),
                tuple((str(key), str(value)) for key, value in row.header),
            )
            for row in db.execute(query)
        ]
        if memos:
            spoken = found[0].language if found else "de"
            found += [
                Reading(f"memo:{row.guid}", row.title, f"{row.title}\n{row.body}", spoken)
                for row in db.execute(select(Memo.guid, Memo.title, Memo.body).order_by(Memo.id))
            ]
    return tuple(found)
