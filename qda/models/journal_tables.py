"""The journal's two tables: units of work and their changes. Append-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from qda.models.base import Base, new_guid, options, reference


class Unit(Base):
    """One act: one transaction, one undo step, one entry of the history.

    ``kind`` is do, undo or redo; ``reverses`` is the unit that an undo or redo takes back. ``erased``: some
    of what it held was deleted for good, and it cannot be taken back any more.
    """

    __tablename__ = "unit"
    __table_args__ = options(Index("ix_unit_coder_kind", "coder", "kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(unique=True, default=new_guid)
    label: Mapped[str]
    at: Mapped[datetime]
    coder: Mapped[str]
    replica: Mapped[str]
    kind: Mapped[str] = mapped_column(default="do")
    reverses: Mapped[int | None] = reference("unit.id")
    phase: Mapped[str] = mapped_column(default="")
    erased: Mapped[bool] = mapped_column(default=False, server_default="0")


class Change(Base):
    """One change of a unit, in the order of execution; rows and references are named by GUID.

    ``op``: insert (``new``: the row), delete (``old``: the row), update (one field, ``old``, ``new``),
    bundle-in and bundle-out (a document with its paragraphs, speakers and marks as one entry), splice (a
    correction of a document's text; segments, paragraphs and marks move along by rule), erased (this row was
    deleted or changed for good; neither old nor new is kept).
    """

    __tablename__ = "change"
    __table_args__ = options(Index("ix_change_table_guid", "table", "guid"))
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = reference("unit.id")
    seq: Mapped[int]
    op: Mapped[str]
    table: Mapped[str]
    guid: Mapped[str]
    field: Mapped[str] = mapped_column(default="")
    old: Mapped[Any] = mapped_column(JSON)
    new: Mapped[Any] = mapped_column(JSON)
