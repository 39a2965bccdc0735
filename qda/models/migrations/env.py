"""Alembic's entry: runs on the connection it is given, inside that one's transaction."""

from typing import Any

from alembic import context

from qda.models import codes, journal_tables, material, theory
from qda.models.base import Base

__all__ = ["codes", "journal_tables", "material", "theory"]  # they fill the metadata


def ours(_thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """False for the tables of the search index: they are no part of the metadata."""
    return not (kind == "table" and str(name).startswith(("paragraph_words", "paragraph_parts")))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=ours,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
