"""Material: coders, documents, their paragraphs and speakers, cases, the project sheet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Delete, ForeignKey, Index, LargeBinary, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from qda.models.base import EMPTY, Base, Entity, now, options, reference

LINE_MEASURE = 70  # characters, until the study sets another measure


class ProjectSheet(Entity):
    """The study itself: one row. Its fields are printed in the chapter on method."""

    __tablename__ = "project_sheet"
    title: Mapped[str]
    language: Mapped[str]
    template: Mapped[str]
    prior_knowledge: Mapped[str] = mapped_column(default="")
    preconceptions: Mapped[str] = mapped_column(default="")
    field_access: Mapped[str] = mapped_column(default="")
    own_role: Mapped[str] = mapped_column(default="")
    case_definition: Mapped[str] = mapped_column(default="")
    transcription_rules: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)
    # How passages are cited ("": the usual way), and how many characters a line holds that is cited.
    citation: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    line_measure: Mapped[int] = mapped_column(default=LINE_MEASURE, server_default=str(LINE_MEASURE))
    # No numbers of codings on the screen: they tempt to read importance off frequency.
    hide_frequencies: Mapped[bool] = mapped_column(default=False, server_default="0")


class ResearchQuestion(Entity):
    """One version of the research question; the last one holds."""

    __tablename__ = "research_question"
    text: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime] = mapped_column(default=now)


class Coder(Entity):
    """A person who codes, by the name or sign they chose (never the login name)."""

    __tablename__ = "coder"
    name: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)


class DocumentGroup(Entity):
    """A folder of documents."""

    __tablename__ = "document_group"
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class Case(Entity):
    """Who or what is compared; may stand inside another case once (person in municipality).

    Consent: may the case be quoted, may it be archived (open: not settled, yes, no); when it was given and
    by when the data are to be deleted (ISO dates, or empty). ``starting``: it was there before any sampling
    decision.
    """

    __tablename__ = "case_"
    name: Mapped[str]
    parent_id: Mapped[int | None] = reference("case_.id")
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    consent_quote: Mapped[str] = mapped_column(default="open", server_default="open")
    consent_archive: Mapped[str] = mapped_column(default="open", server_default="open")
    consent_date: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    delete_by: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    consent_note: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    starting: Mapped[bool] = mapped_column(default=True, server_default="1")


class Attribute(Entity):
    """A feature of cases (age, size of the town): text, number, date or choice.

    ``choices`` are the answers of a choice; ``missing`` are written values that mean no answer ("k. A.").
    """

    __tablename__ = "attribute"
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="text")
    position: Mapped[int] = mapped_column(default=0)
    description: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    choices: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    missing: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")


class AttributeValue(Entity):
    """What a case shows in an attribute: numbers with a point, dates in ISO. No row means missing."""

    __tablename__ = "attribute_value"
    case_id: Mapped[int] = reference("case_.id")
    attribute_id: Mapped[int] = reference("attribute.id")
    value: Mapped[str]


class Topic(Entity):
    """A topic of the interview guide, with its question as the guide has it."""

    __tablename__ = "topic"
    name: Mapped[str]
    question: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


class TurnTopic(Entity):
    """A turn (its first paragraph, mostly the interviewer's) that opens a topic of the guide."""

    __tablename__ = "turn_topic"
    paragraph_id: Mapped[int] = reference("paragraph.id")
    topic_id: Mapped[int] = reference("topic.id")


class PseudonymRecord(Entity):
    """What was pseudonymised, for the appendix: kinds and numbers, never a clear name."""

    __tablename__ = "pseudonym_record"
    kind: Mapped[str]
    replacement: Mapped[str]
    hits: Mapped[int]
    documents: Mapped[int]
    done: Mapped[datetime] = mapped_column(default=now)
    coder_id: Mapped[int] = reference("coder.id", index=False)


class Source(Entity):
    """A document. ``text`` is normalised once; positions count its code points.

    ``styles`` are the runs set apart in the file, as [start, stop, kind]. ``numbered``: paragraphs carry
    the line numbers of the file itself. ``media`` is the recording beside the project file, or its path.
    """

    __tablename__ = "source"
    title: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str]
    group_id: Mapped[int | None] = reference("document_group.id")
    case_id: Mapped[int | None] = reference("case_.id")
    position: Mapped[int] = mapped_column(default=0)
    length: Mapped[int]
    sha256: Mapped[str]
    original_sha256: Mapped[str | None]
    file_name: Mapped[str] = mapped_column(default="")
    format: Mapped[str] = mapped_column(default="")
    encoding: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    header: Mapped[list[Any]] = mapped_column(JSON, default=list)
    added: Mapped[datetime] = mapped_column(default=now)
    numbered: Mapped[bool] = mapped_column(default=False, server_default="0")
    media: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    styles: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]", deferred=True)
    # The last column: rows are read without it far more often than with it.
    text: Mapped[str] = mapped_column(Text, deferred=True, active_history=True)


class Original(Base):
    """The bytes of a file as it came, by their SHA-256. Kept beside the journal, not in it."""

    __tablename__ = "original"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Analysis(Base):
    """The words of a text as the language tools read them, by the SHA-256 of the text.

    Derived data, kept beside the journal as the originals are: no act makes it and none takes it back. It
    is found by the text itself, so that after an undo the text of before has its analysis of before.
    ``pipeline`` names the programs that made it, ``labels`` what in the text was taken for labels. ``data``
    is spaCy's DocBin and holds the words, so it goes where the text goes for good or a name is deleted.
    """

    __tablename__ = "analysis"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    pipeline: Mapped[str]
    labels: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class WordForm(Base):
    """A form of a word that stands in a text that was read, with its lemma, both in small letters.

    Where the search finds "ging" by "gehen". Forms that are their own lemma have a row, too. Derived with
    the analysis and gone with it. A table, not a column of paragraphs: an act of correcting would have to
    keep such a column right, and each keystroke of a search to read it whole.
    """

    __tablename__ = "word_form"
    __table_args__ = (
        Index("ix_word_form_form", "form"),
        Index("ix_word_form_lemma", "lemma"),
        {"sqlite_with_rowid": False},
    )
    analysis_id: Mapped[int] = mapped_column(
        ForeignKey("analysis.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    lemma: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)


def without_analyses(which: ColumnElement[bool] | None = None) -> list[Delete]:
    """Statements that delete what was read in texts, all or ``which``: by default those that are no more."""
    if which is None:
        which = Analysis.sha256.not_in(select(Source.sha256))
    gone = select(Analysis.id).where(which)
    return [delete(WordForm).where(WordForm.analysis_id.in_(gone)), delete(Analysis).where(which)]


class Speaker(Entity):
    """A label of one document and who is behind it."""

    __tablename__ = "speaker"
    source_id: Mapped[int] = reference("source.id")
    label: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str]
    case_id: Mapped[int | None] = reference("case_.id")


class Paragraph(Entity):
    """A line of the stored text: ``start``–``stop`` without its line end, number kept for ever.

    ``label_stop`` is where the words begin after a speaker's label. ``also`` are numbers of paragraphs that
    were joined to this one (it answers to them too), apart by blanks. ``level`` is a heading's. ``uncoded``,
    of the paragraph that opens a turn: it was left uncoded on purpose. ``seen``: it was read. ``norm`` is
    the search form.
    """

    __tablename__ = "paragraph"
    # With the turns, so that counting them reads no text.
    __table_args__ = options(
        Index("ix_paragraph_source_id_start_opens_turn", "source_id", "start", "opens_turn")
    )
    derived = frozenset({"norm", "seen"})
    kept_in_bundle = frozenset({"seen"})
    source_id: Mapped[int] = reference("source.id", index=False)
    number: Mapped[str]
    start: Mapped[int]
    stop: Mapped[int]
    label_stop: Mapped[int]
    kind: Mapped[str]
    opens_turn: Mapped[bool]
    speaker_id: Mapped[int | None] = reference("speaker.id")
    also: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    level: Mapped[int] = mapped_column(default=0, server_default="0")
    uncoded: Mapped[bool] = mapped_column(default=False, server_default="0")
    seen: Mapped[bool] = mapped_column(default=False, server_default="0")
    norm: Mapped[str] = mapped_column(Text, default="")


class TimeMark(Entity):
    """A time mark taken out of the text: where it stood, milliseconds, as it was written."""

    __tablename__ = "time_mark"
    __table_args__ = options(Index("ix_time_mark_source_id_position", "source_id", "position"))
    source_id: Mapped[int] = reference("source.id", index=False)
    position: Mapped[int]
    ms: Mapped[int]
    written: Mapped[str]


class Setting(Base):
    """Side data that is not journalled: current coder, places of reading, layouts."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SearchState(Base):
    """One row: 1 while a bulk import indexes for itself, so that the triggers stand back."""

    __tablename__ = "search_state"
    id: Mapped[int] = mapped_column(primary_key=True)
    bulk: Mapped[int] = mapped_column(default=0)
