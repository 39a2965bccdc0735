"""Relations and their evidence as plain tables for the archive, with columns of the same names always."""

from collections.abc import Mapping
from datetime import UTC
from typing import Final

from qda.coding.citation import may_quote, paragraphs_cited, spoken
from qda.i18n import N_, _, use_language
from qda.models import Project
from qda.reports.model import Cell, Column, Report, Table, cell, number
from qda.reports.registry import Option, ReportKind
from qda.reports.study_data import StudyData, gather
from qda.reports.study_words import chosen_language

RELATIONS: Final = "relations"
EVIDENCE: Final = "evidence"
THEORY_TABLES: Final = (RELATIONS, EVIDENCE)
_OF_RELATIONS: Final = (
    *("relation", "number", "model", "from_code", "from_name", "to_code", "to_name", "type", "own_type"),
    *("statement", "status", "conditions", "supporting", "contradicting", "qualifying", "searched"),
)
_OF_EVIDENCE: Final = (
    *("evidence", "relation", "number", "polarity", "kind", "segment", "document", "document_title"),
    *("case_name", "place", "quotable", "text", "note", "coder", "created"),
)


def build(project: Project, options: Mapping[str, str]) -> Report:
    """Two tables: relations, and a row for each passage of each piece of evidence."""
    language = chosen_language(options, "de")
    with use_language(language):
        data = gather(project)
        return Report(
            title=data.sheet.title,
            language=language,
            blocks=(_relations(data), _evidence(data)),
            subtitle=_("Relations and their evidence"),
            created=project.clock(),
            cover=False,
        )


def _relations(data: StudyData) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in data.relations:
        counts = (one.supporting, one.contradicting, one.qualifying, one.searched)
        words = (one.from_code, one.from_name, one.to_code, one.to_name, one.type, one.own_type)
        conditions = "; ".join(condition.words for condition in one.conditions)
        rows.append(
            (
                *(cell(one.guid), number(one.number), cell(one.model), *map(cell, words)),
                *(cell(one.statement), cell(one.status), cell(conditions)),
                *(number(n) if data.numbers else Cell() for n in counts),
            )
        )
    return Table(tuple(map(Column, _OF_RELATIONS)), tuple(rows), name=RELATIONS)


def _evidence(data: StudyData) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for relation in data.relations:
        for piece in data.evidence.get(relation.guid, ()):
            made = piece.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            for one in piece.segments:
                text = spoken(one) if may_quote(one) else ""
                rows.append(
                    (
                        *(cell(piece.guid), cell(relation.guid), number(relation.number)),
                        *(cell(piece.polarity), cell(piece.kind), cell(one.guid), cell(one.source)),
                        *(cell(one.title), cell(one.case_name), cell(paragraphs_cited(one))),
                        *(number(int(may_quote(one))), cell(text), cell(piece.note)),
                        *(cell(piece.coder), cell(made)),
                    )
                )
    return Table(tuple(map(Column, _OF_EVIDENCE)), tuple(rows), name=EVIDENCE)


THEORY: Final = ReportKind(
    name="theory-tables",
    title=N_("Relations and their evidence"),
    build=build,
    formats=("csv",),
    options=(Option("language", N_("Language of the report"), "language"),),
)
