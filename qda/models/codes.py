"""Codes, segments, codings, properties with their values, memos."""

from datetime import datetime

from sqlalchemy import JSON, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from qda.models.base import EMPTY, Entity, now, options, reference


class Code(Entity):
    """A concept or a category. Its place in the tree is a filing aid, no relation.

    ``colour`` is an index 1–12; none means the parent's.
    """

    __tablename__ = "code"
    name: Mapped[str]
    parent_id: Mapped[int | None] = reference("code.id")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(default="concept")
    origin: Mapped[str] = mapped_column(default="open")
    colour: Mapped[int | None]
    definition: Mapped[str] = mapped_column(default="")
    delimitation: Mapped[str] = mapped_column(default="")
    anchor: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(default="")
    in_vivo_id: Mapped[int | None] = reference("segment.id")
    typical_id: Mapped[int | None] = reference("segment.id")
    deviating_id: Mapped[int | None] = reference("segment.id")
    created: Mapped[datetime] = mapped_column(default=now)


class Segment(Entity):
    """The quotation: a span of a document to which codings, evidence, memos and values attach."""

    __tablename__ = "segment"
    __table_args__ = options(Index("ix_segment_source_id_start_stop", "source_id", "start", "stop"))
    source_id: Mapped[int] = reference("source.id", index=False)
    start: Mapped[int]
    stop: Mapped[int]
    created: Mapped[datetime] = mapped_column(default=now)


class Coding(Entity):
    """A segment under a code, by a coder.

    ``origin``: by hand, from a search, or taken from a suggestion. ``phase`` is the workspace in which it was
    made.
    """

    __tablename__ = "coding"
    # No index on the coder alone: a search for one coding would go through all of that person's.
    __table_args__ = options(
        Index("ix_coding_segment_id_code_id_coder_id", "segment_id", "code_id", "coder_id")
    )
    segment_id: Mapped[int] = reference("segment.id", index=False)
    code_id: Mapped[int] = reference("code.id")
    coder_id: Mapped[int] = reference("coder.id", index=False)
    comment: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="hand")
    created: Mapped[datetime] = mapped_column(default=now)
    phase: Mapped[str] = mapped_column(default="", server_default=EMPTY)


class Property(Entity):
    """A property of a category with its dimension: two poles and named places between them."""

    __tablename__ = "property"
    code_id: Mapped[int] = reference("code.id")
    name: Mapped[str]
    pole_from: Mapped[str] = mapped_column(default="")
    pole_to: Mapped[str] = mapped_column(default="")
    places: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(default=0)


class PropertyValue(Entity):
    """Where a segment or a case lies on a dimension, in words. No arithmetic on it."""

    __tablename__ = "property_value"
    property_id: Mapped[int] = reference("property.id")
    segment_id: Mapped[int | None] = reference("segment.id")
    case_id: Mapped[int | None] = reference("case_.id")
    value: Mapped[str]
    coder_id: Mapped[int] = reference("coder.id", index=False)
    created: Mapped[datetime] = mapped_column(default=now)


class Memo(Entity):
    """A note of one of the memo types. A private one is in no report."""

    __tablename__ = "memo"
    kind: Mapped[str]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text, default="")
    private: Mapped[bool] = mapped_column(default=False)
    coder_id: Mapped[int] = reference("coder.id", index=False)
    created: Mapped[datetime] = mapped_column(default=now)


class MemoLink(Entity):
    """What a memo hangs on: any object, by the name of its table and its GUID."""

    __tablename__ = "memo_link"
    __table_args__ = options(Index("ix_memo_link_target", "target_table", "target_guid"))
    memo_id: Mapped[int] = reference("memo.id")
    target_table: Mapped[str]
    target_guid: Mapped[str]
