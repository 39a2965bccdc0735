"""Passages found by a query, and codes against documents, cases and each other, for scripts and terminals."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.command_line import output
from qda.i18n import _, ngettext

if TYPE_CHECKING:
    from qda.coding.crossings import Crossing
    from qda.coding.retrieval import Found, Page
    from qda.models import Project

Rows = list[dict[str, Any]]
_ALL = 1_000_000_000


def retrieve(path: Path, query: str, *, as_json: bool) -> None:
    """Prints the passages of a written query."""
    from qda.coding.citation import cited
    from qda.coding.references import code_paths
    from qda.coding.retrieval import find, parse, sentence
    from qda.models import Project

    with Project.open(path, read_only=True) as project:
        wanted = parse(project, query)
        page = find(project, wanted, limit=_ALL)
        with project.read() as db:
            paths = code_paths(db)
        told = sentence(project, wanted)
    if as_json:
        output.as_json([_row(one, paths) for one in page.rows])
        return
    output.say(told)
    output.say(_counts(page))
    for one in page.rows:
        names = "; ".join(paths[code.code] for code in one.codes)
        output.say(f"{cited(one.segment)} → {names}")


def _row(found: "Found", paths: dict[str, str]) -> dict[str, Any]:
    row = asdict(found.segment)
    title = row.pop("title")
    return {"source_name": title, **row} | {
        "guid": row["guid"] or None,
        "codes": [one.code for one in found.codes],
        "code_paths": [paths[one.code] for one in found.codes],
    }


def _counts(page: "Page") -> str:
    """Cases first, then documents, then passages."""
    cases = ngettext("{n} case", "{n} cases", page.cases).format(n=page.cases)
    documents = ngettext("{n} document", "{n} documents", page.documents).format(n=page.documents)
    passages = ngettext("{n} passage", "{n} passages", page.total).format(n=page.total)
    by_case = " · ".join(f"{one.name or _('no case')} {one.segments}" for one in page.by_case)
    counted = f"{cases}, {documents}, {passages}"
    return f"{counted} ({by_case})" if by_case else counted


def code_documents(project: "Project") -> Rows:
    """Codes in documents."""
    from qda.coding import crossings

    return _cells(crossings.code_documents(project), "source", "source_name")


def code_cases(project: "Project") -> Rows:
    """Codes in cases; passages of no case stand under none."""
    from qda.coding import crossings

    return _cells(crossings.code_cases(project), "case", "case_name")


def code_codes(project: "Project") -> Rows:
    """Codes that overlap; a code with itself counts its own passages."""
    from qda.coding import crossings

    return _cells(crossings.code_codes(project), "other", "other_path")


def _cells(crossing: "Crossing", column: str, column_name: str) -> Rows:
    """The cells that are not empty."""
    rows = {head.guid: head.name for head in crossing.rows}
    columns = {head.guid: head.name for head in crossing.columns}
    return [
        {
            "code": one.row,
            "code_path": rows[one.row],
            column: one.column or None,
            column_name: columns[one.column],
            "cases": one.cases,
            "documents": one.documents,
            "segments": one.segments,
        }
        for one in crossing.cells()
    ]
