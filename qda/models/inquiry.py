"""How a theory grows: sampling, judgements, frozen models, cells compared, answers, templates, code maps."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from qda.models.base import Entity, now, options, reference

# How the rows of the case comparison are called, by their table.
ROW_KINDS = {"model_slot": "slot", "code": "code", "property": "property"}


class SamplingDecision(Entity):
    """Where to look next, from which gap, what for and why; what it brought, be it a refusal."""

    __tablename__ = "sampling_decision"
    form: Mapped[str]
    gap: Mapped[str] = mapped_column(Text, default="")
    sought: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    brought: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(default="open")
    position: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(default=now)
    coder_id: Mapped[int] = reference("coder.id", index=False)


class SamplingTarget(Entity):
    """A case, a document or a passage that a sampling decision leads to."""

    __tablename__ = "sampling_target"
    __table_args__ = options(Index("ix_sampling_target_target", "target_table", "target_guid"))
    decision_id: Mapped[int] = reference("sampling_decision.id")
    target_table: Mapped[str]
    target_guid: Mapped[str]


class SaturationJudgement(Entity):
    """A person's judgement on a category; the last one counts, the earlier ones stay."""

    __tablename__ = "saturation_judgement"
    code_id: Mapped[int] = reference("code.id")
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime] = mapped_column(default=now)
    coder_id: Mapped[int] = reference("coder.id", index=False)


class ModelVersion(Entity):
    """A frozen state of a model ("before case C")."""

    __tablename__ = "model_version"
    model_id: Mapped[int] = reference("paradigm_model.id")
    name: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime] = mapped_column(default=now)
    coder_id: Mapped[int] = reference("coder.id", index=False)
    state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class CellSummary(Entity):
    """What the researcher writes into a cell of the case comparison: a slot, code or property in a case."""

    __tablename__ = "cell_summary"
    __table_args__ = options(Index("ix_cell_summary_row", "row_kind", "row_guid"))
    row_kind: Mapped[str]
    row_guid: Mapped[str]
    case_id: Mapped[int] = reference("case_.id")
    body: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[datetime] = mapped_column(default=now)


class CellQuotation(Entity):
    """The passage that the researcher chose for a cell of the case comparison."""

    __tablename__ = "cell_quotation"
    __table_args__ = options(Index("ix_cell_quotation_row", "row_kind", "row_guid"))
    row_kind: Mapped[str]
    row_guid: Mapped[str]
    case_id: Mapped[int] = reference("case_.id")
    role: Mapped[str] = mapped_column(default="chosen")
    segment_id: Mapped[int] = reference("segment.id")


class QuestionAnswer(Entity):
    """The author's answer to a question of method or of the audit, for the study or for one object.

    The target is empty where the answer is for the whole.
    """

    __tablename__ = "question_answer"
    __table_args__ = options(Index("ix_question_answer_target", "target_table", "target_guid"))
    key: Mapped[str]
    target_table: Mapped[str] = mapped_column(default="")
    target_guid: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime] = mapped_column(default=now)
    coder_id: Mapped[int] = reference("coder.id", index=False)


class CandidatePass(Entity):
    """A passage that was offered as evidence of a relation and passed over."""

    __tablename__ = "candidate_pass"
    relation_id: Mapped[int] = reference("relation.id")
    segment_id: Mapped[int] = reference("segment.id")
    created: Mapped[datetime] = mapped_column(default=now)
    coder_id: Mapped[int] = reference("coder.id", index=False)


class UserTemplate(Entity):
    """A paradigm that the user wrote, in the form of those that come with the program."""

    __tablename__ = "user_template"
    name: Mapped[str]
    spec: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime] = mapped_column(default=now)


class CodeMap(Entity):
    """A free map of codes, cases, memos, passages and relations."""

    __tablename__ = "code_map"
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class MapItem(Entity):
    """A thing on a map, or words of one's own where the target is empty; ``x`` and ``y`` are its place."""

    __tablename__ = "map_item"
    __table_args__ = options(Index("ix_map_item_target", "target_table", "target_guid"))
    map_id: Mapped[int] = reference("code_map.id")
    target_table: Mapped[str] = mapped_column(default="")
    target_guid: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text, default="")
    x: Mapped[int] = mapped_column(default=0)
    y: Mapped[int] = mapped_column(default=0)


class MapLine(Entity):
    """A line between two things of a map: a relation of a model, or a plain one with a label."""

    __tablename__ = "map_line"
    map_id: Mapped[int] = reference("code_map.id")
    from_id: Mapped[int] = reference("map_item.id")
    to_id: Mapped[int] = reference("map_item.id")
    relation_id: Mapped[int | None] = reference("relation.id")
    label: Mapped[str] = mapped_column(default="")
    directed: Mapped[bool] = mapped_column(default=False)
