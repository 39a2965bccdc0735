"""The coding desk: pencil marks, sensitizing concepts, piles of codes and of memos, saved queries."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from qda.models.base import Entity, now, reference


class Pencil(Entity):
    """A passage marked without a code, with a note or none."""

    __tablename__ = "pencil"
    segment_id: Mapped[int] = reference("segment.id")
    note: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = reference("coder.id", index=False)
    created: Mapped[datetime] = mapped_column(default=now)


class SensitizingConcept(Entity):
    """A concept that was there before the data: where from (literature, a code list), what it means.

    ``code_id`` is the code that it became.
    """

    __tablename__ = "sensitizing_concept"
    name: Mapped[str]
    origin: Mapped[str] = mapped_column(default="")
    definition: Mapped[str] = mapped_column(Text, default="")
    code_id: Mapped[int | None] = reference("code.id")
    position: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(default=now)


class Pile(Entity):
    """Codes laid out together, on their way to a category; ``x`` and ``y`` are its place on the canvas."""

    __tablename__ = "pile"
    name: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    x: Mapped[int] = mapped_column(default=0)
    y: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(default=now)


class PileCode(Entity):
    """A code on a pile; ``x`` and ``y`` are its place within it."""

    __tablename__ = "pile_code"
    pile_id: Mapped[int] = reference("pile.id")
    code_id: Mapped[int] = reference("code.id")
    position: Mapped[int] = mapped_column(default=0)
    x: Mapped[int] = mapped_column(default=0)
    y: Mapped[int] = mapped_column(default=0)


class SavedQuery(Entity):
    """A query that is kept as a live set: its conditions, as retrieval writes them."""

    __tablename__ = "saved_query"
    name: Mapped[str]
    spec: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    position: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(default=now)


class MemoPile(Entity):
    """Memos put together, in an order."""

    __tablename__ = "memo_pile"
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class MemoPileEntry(Entity):
    """A memo on a pile."""

    __tablename__ = "memo_pile_entry"
    pile_id: Mapped[int] = reference("memo_pile.id")
    memo_id: Mapped[int] = reference("memo.id")
    position: Mapped[int] = mapped_column(default=0)
