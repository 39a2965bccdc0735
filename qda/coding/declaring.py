"""What of the work was done with help: how codings came about, and which programs read the texts."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from qda.coding.origins import kind_of
from qda.models import Project
from qda.models.codes import Coding
from qda.models.material import Analysis, Coder, ProjectSheet, Source


@dataclass(frozen=True, slots=True)
class Reader:
    """Programs that read texts for their words: language, their names and versions, how many documents."""

    language: str
    programs: tuple[str, ...]
    documents: int


def codings_by_origin(project: Project) -> dict[str, Counter[str]]:
    """How many codings each person made, by name, and how they came about (hand, search, suggestion)."""
    query = (
        select(Coder.name, Coding.origin, func.count())
        .join(Coder, Coder.id == Coding.coder_id)
        .group_by(Coder.id, Coding.origin)
        .order_by(Coder.id)
    )
    found: dict[str, Counter[str]] = {}
    with project.read() as db:
        for name, origin, count in db.execute(query):
            found.setdefault(name, Counter())[kind_of(origin)] += count
    return found


def readers(project: Project) -> list[Reader]:
    """Which programs have read the texts as they are now, by language.

    Their names are kept as "LANGUAGE PROGRAM-VERSION PROGRAM-VERSION REVISION".
    """
    language = func.coalesce(
        func.nullif(Source.language, ""), select(ProjectSheet.language).scalar_subquery()
    )
    query = (
        select(language, Analysis.pipeline, func.count())
        .join(Source, Source.sha256 == Analysis.sha256)
        .group_by(language, Analysis.pipeline)
        .order_by(language, Analysis.pipeline)
    )
    counted: Counter[tuple[str, tuple[str, ...]]] = Counter()
    with project.read() as db:
        for spoken, pipeline, count in db.execute(query):
            counted[spoken or "", tuple(pipeline.split()[1:-1])] += count
    return [Reader(*which, documents) for which, documents in counted.items()]
