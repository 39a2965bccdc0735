"""Writes the first migration anew from the tables; only until the first release, then it is frozen for ever.

python -m tests.models.freeze_schema
"""

from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from qda.models import codes, desk, inquiry, journal_tables, material, search_index, suggested, theory
from qda.models.base import Base

__all__ = ["codes", "desk", "inquiry", "journal_tables", "material", "suggested", "theory"]
TARGET = Path(__file__).parents[2] / "qda/models/migrations/versions/0001_first_schema.py"
_HEAD = '''"""The first schema: all tables, the search index and its triggers, written out and frozen.

What the tables of the program become later stands in later migrations, never here.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
'''
_FOOT = '''    "INSERT INTO search_state (id, bulk) VALUES (1, 0)",
)


def upgrade() -> None:
    """Makes everything in an empty file."""
    for statement in STATEMENTS:
        op.execute(statement)
'''


def statements() -> list[str]:
    """The SQL of a new SQLite file, as the program makes it."""
    dialect = sqlite.dialect()
    found = []
    for table in Base.metadata.sorted_tables:
        found.append(str(CreateTable(table).compile(dialect=dialect)))
        found += [
            str(CreateIndex(index).compile(dialect=dialect))
            for index in sorted(table.indexes, key=lambda i: i.name)
        ]
    return [s.strip().replace("\t", "    ") for s in found + search_index.statements()]


def _lines(statement: str) -> str:
    lines = [line.rstrip() for line in statement.splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) < 98:
        return f"    {lines[0]!r},\n" if '"' in lines[0] else f'    "{lines[0]}",\n'
    body = "\n".join(f"    {line}" for line in _wrapped(lines))
    return f'    """\n{body}\n    """,\n'


def _wrapped(lines: list[str]) -> list[str]:
    import textwrap

    return [part for line in lines for part in textwrap.wrap(line, 100, subsequent_indent="    ")]


def main() -> None:
    TARGET.write_text(_HEAD + "".join(_lines(s) for s in statements()) + _FOOT, encoding="utf-8")


if __name__ == "__main__":
    main()
