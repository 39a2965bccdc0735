"""Surveys: a table with a row for each case. Open answers become documents, closed ones attributes.

Every case has one document, with each question as a heading and its answer below (or, if asked for, one
document an answer). The file itself is not kept: every row of it is about somebody else, and a case that
is deleted for good must not stay in the file of another.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from qda.coding.case_values import Column, Refused, cases_named, same_name, set_values
from qda.coding.documents import take_in
from qda.coding.positions import normalise
from qda.coding.transcript import ParagraphDraft, TranscriptDraft, lines
from qda.errors import KnownError
from qda.exchange.language import guess_language
from qda.exchange.survey_columns import ColumnGuess, Role, guess_columns, guess_kind
from qda.exchange.tables_in import Table, read_table_file
from qda.i18n import _, ngettext
from qda.models import Project

Documents = Literal["case", "answer"]
_TITLE: Final = 60  # characters of a question in a title
_ITEM: Final = re.compile(r"\s*\{\"ImportId\"")


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What came in: cases and documents (GUIDs, in the order of the rows), and sentences about the rest."""

    cases: tuple[str, ...]
    documents: tuple[str, ...]
    attributes: tuple[str, ...]
    refused: tuple[Refused, ...]
    warnings: tuple[str, ...]


def read_survey(path: Path | str, *, encoding: str | None = None) -> Table:
    """The table of a survey; the second and third head of some tools are gone, their questions kept."""
    return with_one_head(read_table_file(path, encoding=encoding))


def with_one_head(table: Table) -> Table:
    """A table whose first rows are more heads (question, then a line of import ids) has one head then."""
    rows = table.rows
    if len(rows) < 2 or not all(_ITEM.match(cell) for cell in rows[1] if cell):
        return table
    if not any(rows[1]):
        return table
    names: dict[str, None] = {}
    for name, question in zip(table.columns, rows[0], strict=True):
        wanted = " ".join(question.split()) or name
        names[wanted if wanted not in names else f"{wanted} ({name})"] = None
    if len(names) != len(table.columns):
        return replace(table, rows=rows[2:])
    return replace(table, columns=tuple(names), rows=rows[2:], numeric=frozenset())


# -- bringing in --------------------------------------------------------------------------------------------


def import_survey(
    project: Project,
    *,
    file: str,
    case_column: str = "",
    text_columns: list[str] | None = None,
    attribute_columns: list[str] | None = None,
    left_out: list[str] | None = None,
    documents: Documents = "case",
) -> str:
    """Brings in a survey: a row is a case, open answers become documents, closed ones attributes.

    Columns that are not named are guessed. Returns the GUID of the first document, or else case.
    """
    table = read_survey(file)
    named: dict[str, Role] = dict.fromkeys(left_out or (), "left_out")
    named |= dict.fromkeys(attribute_columns or (), "attribute")
    named |= dict.fromkeys(text_columns or (), "text")
    if case_column:
        named[case_column] = "case"
    done = bring_in(project, table, decided(table, named), documents=documents, file_name=Path(file).name)
    return (done.documents or done.cases)[0]


def decided(table: Table, named: Mapping[str, Role]) -> tuple[ColumnGuess, ...]:
    """The guesses, and for the columns in ``named`` what a person said.

    :raises KnownError: there is no such column.
    """
    unknown = [name for name in named if name not in table.columns]
    if unknown:
        raise KnownError(
            _("There is no column “{name}”. There are: {columns}.").format(
                name=unknown[0], columns=", ".join(table.columns)
            )
        )
    says_case = "case" in named.values()
    out = []
    for guess in guess_columns(table):
        role = named.get(guess.name)
        if role is None and guess.role == "case" and says_case:
            role = "attribute"
        if role == "attribute" and guess.role != "attribute":
            kind, choices = guess_kind(
                [cell.strip() for cell in table.column(guess.name)], point=guess.name in table.numeric
            )
            guess = replace(guess, kind=kind, choices=choices)  # noqa: PLW2901 - the same guess, complete
        out.append(replace(guess, role=role) if role is not None else guess)
    return tuple(out)


def bring_in(
    project: Project,
    table: Table,
    columns: Sequence[ColumnGuess],
    *,
    documents: Documents = "case",
    file_name: str = "",
    progress: Callable[[int], None] | None = None,
) -> SurveyResult:
    """Brings a survey in as one unit of work, its columns as decided.

    Rows without a name get one with their number; a case that is known already is used. ``progress`` hears
    how many rows are done; what it raises ends the work, and nothing is kept.

    :raises KnownError: nothing would come in.
    """
    if not any(column.role in ("text", "attribute") for column in columns):
        raise KnownError(_("No column is an open answer or an attribute, so that nothing would come in."))
    names, warnings = _names(table, columns)
    label = ngettext("Import survey ({n} case)", "Import survey ({n} cases)", len(names)).format(n=len(names))
    at = {name: index for index, name in enumerate(table.columns)}
    texts = [column.name for column in columns if column.role == "text"]
    closed = [column for column in columns if column.role == "attribute"]
    language = guess_language(" ".join(row[at[name]] for name in texts for row in table.rows))
    with project.unit(label):
        guids = cases_named(project, names=names)
        rows = [(guids[same_name(name)], row) for name, row in zip(names, table.rows, strict=True)]
        refused = set_values(
            project,
            columns=[Column(c.name, c.kind, c.choices, decimal=c.name in table.numeric) for c in closed],
            values=[(guid, [row[at[c.name]] for c in closed]) for guid, row in rows],
        )
        made = []
        for done, (name, (guid, row)) in enumerate(zip(names, rows, strict=True)):
            if progress is not None:
                progress(done)
            answers = [(question, row[at[question]]) for question in texts if row[at[question]].strip()]
            for title, draft in _drafts(name, answers, documents, table, language):
                made.append(
                    take_in(
                        project, draft=draft, title=title, kind="document", file_name=file_name, case=guid
                    )
                )
    return SurveyResult(
        tuple(dict.fromkeys(guid for guid, _row in rows)),
        tuple(made),
        tuple(column.name for column in closed),
        tuple(refused),
        (*table.warnings, *warnings, *refusals(refused)),
    )


def refusals(refused: Sequence[Refused], most: int = 20) -> Iterator[str]:
    """A sentence for each value that was left out, the first ones."""
    for one in refused[:most]:
        yield _("{case}, {attribute}: {reason}").format(
            case=one.case, attribute=one.attribute, reason=one.reason
        )
    if len(refused) > most:
        rest = len(refused) - most
        yield ngettext("{n} more value did not fit.", "{n} more values did not fit.", rest).format(n=rest)


def _names(table: Table, columns: Sequence[ColumnGuess]) -> tuple[list[str], list[str]]:
    """The name of each row's case, with a sentence where rows have none."""
    at = next((i for i, column in enumerate(columns) if column.role == "case"), None)
    given = [same_name(row[at]) if at is not None else "" for row in table.rows]
    names = [name or _("Case {n}").format(n=n) for n, name in enumerate(given, start=1)]
    without = sum(1 for name in given if not name)
    if not without or at is None:
        return names, []
    return names, [
        ngettext(
            "{n} row names no case; it got a name with its number.",
            "{n} rows name no case; they got names with their numbers.",
            without,
        ).format(n=without)
    ]


def preview(
    table: Table, columns: Sequence[ColumnGuess], row: int, *, documents: Documents = "case"
) -> tuple[str, list[tuple[str, str]]]:
    """What a row would become: the name of its case, and its documents (title, text)."""
    at = {name: index for index, name in enumerate(table.columns)}
    cells = table.rows[row]
    name = _names(table, columns)[0][row]
    texts = [column.name for column in columns if column.role == "text"]
    answers = [(question, cells[at[question]]) for question in texts if cells[at[question]].strip()]
    return name, [(title, draft.text) for title, draft in _drafts(name, answers, documents, table, "")]


def _drafts(
    name: str, answers: Sequence[tuple[str, str]], documents: Documents, table: Table, language: str
) -> Iterator[tuple[str, TranscriptDraft]]:
    if not answers:
        return
    if documents == "case":
        yield name, _draft(answers, table, language, header=())
        return
    for question, answer in answers:
        short = question if len(question) <= _TITLE else f"{question[: _TITLE - 1].rstrip()}…"
        draft = _draft([("", answer)], table, language, header=((_("Question"), question),))
        yield f"{name}: {short}", draft


def _draft(
    answers: Iterable[tuple[str, str]],
    table: Table,
    language: str,
    *,
    header: tuple[tuple[str, str], ...],
) -> TranscriptDraft:
    """Questions as headings, answers below, a blank line between."""
    blocks: list[tuple[str, str]] = []
    for question, answer in answers:
        said = "\n".join(line.strip() for line in normalise(answer)[0].split("\n") if line.strip())
        if said:
            blocks.append((" ".join(normalise(question)[0].split()), said))
    text = "\n\n".join(f"{question}\n{said}" if question else said for question, said in blocks)
    heads, at = set(), 0
    for question, said in blocks:
        if question:
            heads.add(at)
        at += len(question) + bool(question) + len(said) + 2
    paragraphs = tuple(
        ParagraphDraft(
            start,
            stop,
            start,
            None,
            opens_turn=False,
            kind="heading" if start in heads else "text",
            number=str(number),
            level=2 if start in heads else 0,
        )
        for number, (start, stop) in enumerate(lines(text), start=1)
    )
    return TranscriptDraft(
        text, paragraphs, (), (), header, table.format, table.encoding, "none", language, ()
    )
