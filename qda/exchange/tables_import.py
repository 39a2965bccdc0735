"""A table (csv, xlsx) brought in by what it holds: with open answers a survey, else attributes of cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qda.errors import KnownError
from qda.exchange import case_tables, survey
from qda.exchange.survey_columns import ColumnGuess, guess_columns, has_open_answers
from qda.exchange.tables_in import Table
from qda.i18n import _
from qda.models import Project


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """What became of one table; the fields that it shares with a document's result mean the same.

    ``family`` is survey or attributes, ``source`` the first document (a survey's), ``error`` a sentence.
    """

    file: str
    format: str = ""
    encoding: str = ""
    family: str = ""
    source: str | None = None
    turns: int = 0
    speakers: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None
    sources: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


def import_table(project: Project, path: Path | str, *, encoding: str | None = None) -> ImportedTable:
    """Brings one table in, as one unit of work; a table that cannot be read gives its sentence."""
    try:
        return bring_in(project, survey.read_survey(path, encoding=encoding), file=str(path))
    except KnownError as problem:
        return ImportedTable(str(path), error=problem.sentence)


def bring_in(
    project: Project, table: Table, *, file: str, columns: Sequence[ColumnGuess] | None = None
) -> ImportedTable:
    """Brings in a table that has been read, as one unit of work; ``columns`` are what a person decided.

    :raises KnownError: nothing of it could come in.
    """
    table = survey.with_one_head(table)
    if columns is not None and not any(column.role == "text" for column in columns):
        return _attributes(project, table, columns, file)
    if columns is not None or has_open_answers(table):
        done = survey.bring_in(project, table, columns or guess_columns(table), file_name=Path(file).name)
        return ImportedTable(
            file,
            table.format,
            table.encoding,
            "survey",
            done.documents[0] if done.documents else None,
            warnings=done.warnings,
            sources=done.documents,
            cases=done.cases,
            attributes=done.attributes,
        )
    told = case_tables.bring_in(project, table)
    return ImportedTable(
        file,
        table.format,
        table.encoding,
        "attributes",
        warnings=told.warnings,
        cases=told.cases,
        attributes=told.attributes,
    )


def _attributes(project: Project, table: Table, columns: Sequence[ColumnGuess], file: str) -> ImportedTable:
    """Attributes of cases, of the columns and kinds that were decided; rows without a case are left out."""
    case = next((at for at, column in enumerate(columns) if column.role == "case"), None)
    if case is None:
        raise KnownError(_("No column of {name} names the case.").format(name=Path(file).name))
    if not any(column.role == "attribute" for column in columns):
        raise KnownError(_("No column is an open answer or an attribute, so that nothing would come in."))
    plain = case_tables.unguarded if table.format == "csv" else str
    rows = tuple(tuple(map(plain, row)) for row in table.rows if row[case].strip())
    if not rows:
        raise KnownError(_("The column that names the case is empty."))
    done = survey.bring_in(project, replace(table, rows=rows), columns, file_name=Path(file).name)
    told = case_tables.nameless(len(table.rows) - len(rows))
    return ImportedTable(
        file,
        table.format,
        table.encoding,
        "attributes",
        warnings=(*done.warnings, *told),
        cases=done.cases,
        attributes=done.attributes,
    )
