"""The base of all tables: names of constraints, GUIDs, aware datetimes, references."""

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import DateTime, ForeignKey, Index, MetaData, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import TypeDecorator

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# What an added column holds in the rows of older files.
EMPTY = text("''")
# Alembic's batch mode finds a constraint by its name only.
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_guid() -> str:
    """A new GUID, lower case, without braces; an object keeps it for ever."""
    return str(uuid4())


def storable(text: str) -> str:
    """``text`` without what a database cannot keep: NUL goes, half a surrogate pair becomes U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\0", ""))


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC (SQLite keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a naive moment is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment without zone"
            raise ValueError(msg)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware again."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


class Entity(Base):
    """A row with a GUID whose every change is journalled.

    ``derived`` names columns that follow from others, or are side data; they stay out of the journal.
    ``kept_in_bundle`` are those of them that a document takes along where it comes and goes as one entry.
    """

    __abstract__ = True
    # SQLite hands a deleted highest id out again otherwise, and an undo would collide.
    __table_args__: Any = ({"sqlite_autoincrement": True},)
    derived: ClassVar[frozenset[str]] = frozenset()
    kept_in_bundle: ClassVar[frozenset[str]] = frozenset()

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    guid: Mapped[str] = mapped_column(unique=True, default=new_guid, sort_order=-1)


def reference(column: str, *, index: bool = True) -> Any:
    """A foreign key checked at the commit; nothing is deleted behind anyone's back."""
    return mapped_column(ForeignKey(column, deferrable=True, initially="DEFERRED"), index=index)


def options(*indexes: Index) -> tuple[Any, ...]:
    """Table arguments with further indexes."""
    return (*indexes, {"sqlite_autoincrement": True})


@cache
def table_statements() -> tuple[str, ...]:
    """The statements that make all tables and indexes of a new file; put into words once in a process."""
    dialect = sqlite.dialect()
    made: list[str] = []
    for table in Base.metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made.extend(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes)
    return tuple(made)
