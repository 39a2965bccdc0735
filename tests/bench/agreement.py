"""How far two people agree on the demo study: its first coding beside a second, independent one.

The second coding (``tests/second_coding``) was made from the transcripts and the codebook alone, with borders
of its own, before any suggestion was computed, and is never adjusted. ``python -m tests.bench.agreement``
prints the table of CONTRIBUTING.md.

Agreement is told as the share of the codings of one person whose passage overlaps (by at least one code
point) a passage to which the other has given the same code; the same for categories, where codes count as
the category that they stand under. Shares both ways, for each document and over all.
"""

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qda import demo
from qda.coding import codes, material
from qda.models import Project

SECOND: Final = Path(__file__).parents[1] / "second_coding"


@dataclass(frozen=True, slots=True)
class Coded:
    """A passage (code points, end exclusive) with its code, and the category that stands above it."""

    title: str
    start: int
    stop: int
    code: str
    category: str


def first_coding(project: Project, coder: str = demo.CODER) -> list[Coded]:
    """The codings of the study by ``coder``, in the order of the documents."""
    above = categories(project)
    return [
        Coded(source.title, mark.start, mark.stop, mark.name, above[mark.name])
        for source in material.sources(project)
        for mark in codes.marks(project, source.guid)
        if mark.coder == coder
    ]


def second_coding(project: Project, folder: Path = SECOND) -> list[Coded]:
    """The second person's codings, found in the texts of the study by paragraph and words.

    :raises ValueError: a passage or a code is not there; the message names file and line.
    """
    above = categories(project)
    found: list[Coded] = []
    sources = {s.title: s.guid for s in material.sources(project)}
    for file in sorted(folder.glob("*.jsonl")):
        for number, written in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            line = json.loads(written)
            guid = sources[line["source"]]
            place = {k: v for k, v in line.items() if k in {"in", "quote", "n"}}
            try:
                text, rows = material.text(project, guid), material.paragraphs(project, guid)
                start, stop = demo.passage_in(text, rows, place)
                found.append(Coded(line["source"], start, stop, line["code"], above[line["code"]]))
            except (ValueError, KeyError) as problem:
                msg = f"{file.name}, line {number}: {problem}"
                raise ValueError(msg) from problem
    return found


def categories(project: Project) -> dict[str, str]:
    """Name of a code → name of the category above it (a category is its own)."""
    rows = {row.guid: row for row in codes.codes(project)}
    found: dict[str, str] = {}
    for row in rows.values():
        above = row
        while above.kind != "category" and above.parent in rows:
            above = rows[above.parent]
        found[row.name] = above.name
    return found


def share(ours: Sequence[Coded], theirs: Iterable[Coded], *, by: str = "code") -> float:
    """The share of ``ours`` on which somebody of ``theirs`` has the same code (or "category"); 0 of none."""
    known: dict[tuple[str, str], list[Coded]] = {}
    for one in theirs:
        known.setdefault((one.title, getattr(one, by)), []).append(one)
    agreed = sum(
        any(o.start < one.stop and one.start < o.stop for o in known.get((one.title, getattr(one, by)), ()))
        for one in ours
    )
    return agreed / len(ours) if ours else 0.0


def table(first: Sequence[Coded], second: Sequence[Coded]) -> list[tuple[str, int, int, float, float, float]]:
    """Rows: document, codings of the first and the second person, and the shares: codes 1→2, codes 2→1,
    categories 1→2. The last row is all documents.
    """
    titles = list(dict.fromkeys(one.title for one in second))
    rows = []
    for title in [*titles, ""]:
        a = [one for one in first if one.title in (titles if not title else [title])]
        b = [one for one in second if not title or one.title == title]
        shares = share(a, b), share(b, a), share(a, b, by="category")
        rows.append((title or "all", len(a), len(b), *shares))
    return rows


def rows_of_table(rows: Iterable[tuple[str, int, int, float, float, float]]) -> list[str]:
    """The lines of the table as Markdown."""
    return [
        f"| {title} | {ours} | {theirs} | " + " | ".join(f"{one:.3f}" for one in shares) + " |"
        for title, ours, theirs, *shares in rows
    ]


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder, demo.build(Path(folder) / "demo.qdaproj") as project:
        rows = table(first_coding(project), second_coding(project))
    print("| document | first | second | codes 1→2 | codes 2→1 | categories 1→2 |\n|---|--:|--:|--:|--:|--:|")
    print("\n".join(rows_of_table(rows)))


if __name__ == "__main__":
    main()
