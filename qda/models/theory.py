"""The theory as data: models of the paradigm, placements, relations with evidence, core category, story."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from qda.models.base import Entity, now, reference


class ParadigmModel(Entity):
    """One coding paradigm: a phenomenon and the slots of a template."""

    __tablename__ = "paradigm_model"
    name: Mapped[str]
    template: Mapped[str]
    phenomenon_id: Mapped[int | None] = reference("code.id")
    status: Mapped[str] = mapped_column(default="active")
    position: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(default=now)


class ModelSlot(Entity):
    """A slot of a model. ``key`` names the template's slot; own words outrank the template's."""

    __tablename__ = "model_slot"
    model_id: Mapped[int] = reference("paradigm_model.id")
    key: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    definition: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Placement(Entity):
    """A code in a slot, with the level on which it acts or the one for whom it follows.

    ``x`` and ``y`` are where the card was put on the board; without them it stands where its slot is.
    """

    __tablename__ = "placement"
    slot_id: Mapped[int] = reference("model_slot.id")
    code_id: Mapped[int] = reference("code.id")
    level: Mapped[str] = mapped_column(default="")
    addressee: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    x: Mapped[int | None]
    y: Mapped[int | None]


class Relation(Entity):
    """A typed, directed relation between two codes, stated in words; its status is set by a person.

    ``withdrawn`` counts pieces of evidence that went with a withdrawn consent.
    """

    __tablename__ = "relation"
    model_id: Mapped[int] = reference("paradigm_model.id")
    number: Mapped[int]
    from_id: Mapped[int] = reference("code.id")
    to_id: Mapped[int] = reference("code.id")
    type: Mapped[str]
    own_type: Mapped[str] = mapped_column(default="")
    statement: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(default="supposed")
    created: Mapped[datetime] = mapped_column(default=now)
    withdrawn: Mapped[int] = mapped_column(default=0, server_default="0")


class RelationCondition(Entity):
    """A condition under which a relation holds: a code, a value on a property, or words."""

    __tablename__ = "relation_condition"
    relation_id: Mapped[int] = reference("relation.id")
    code_id: Mapped[int | None] = reference("code.id")
    property_id: Mapped[int | None] = reference("property.id")
    value: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Evidence(Entity):
    """One or more segments that support, contradict or qualify a relation, spoken or inferred."""

    __tablename__ = "evidence"
    relation_id: Mapped[int] = reference("relation.id")
    polarity: Mapped[str]
    kind: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    coder_id: Mapped[int] = reference("coder.id", index=False)
    created: Mapped[datetime] = mapped_column(default=now)


class EvidenceSegment(Entity):
    """A segment of a piece of evidence."""

    __tablename__ = "evidence_segment"
    evidence_id: Mapped[int] = reference("evidence.id")
    segment_id: Mapped[int] = reference("segment.id")


class CounterSearch(Entity):
    """Searched for evidence against a relation and found none: kept as a result.

    ``case_id``: it was searched for in this case; none where it was searched for everywhere.
    """

    __tablename__ = "counter_search"
    relation_id: Mapped[int] = reference("relation.id")
    note: Mapped[str] = mapped_column(default="")
    coder_id: Mapped[int] = reference("coder.id", index=False)
    created: Mapped[datetime] = mapped_column(default=now)
    case_id: Mapped[int | None] = reference("case_.id")


class CoreCategory(Entity):
    """The category around which the theory is integrated, with the author's reasons and rivals."""

    __tablename__ = "core_category"
    code_id: Mapped[int] = reference("code.id")
    reasons: Mapped[str] = mapped_column(Text, default="")
    rivals: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[datetime] = mapped_column(default=now)


class Story(Entity):
    """The story in plain sentences, or the conceptual story line with its references."""

    __tablename__ = "story"
    kind: Mapped[str]
    body: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[datetime] = mapped_column(default=now)
