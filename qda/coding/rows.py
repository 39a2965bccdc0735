"""What queries hand out: frozen rows in the words of the method. GUIDs name objects, code points places."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The project sheet; ``questions`` are the versions of the research question, oldest first."""

    guid: str
    title: str
    language: str
    template: str
    fields: dict[str, str]
    questions: tuple[tuple[str, str, datetime], ...]
    created: datetime
    citation: str
    line_measure: int
    hide_frequencies: bool = False


@dataclass(frozen=True, slots=True)
class CoderRow:
    """A person who codes."""

    guid: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of documents."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document without its text; ``case`` and ``group`` are GUIDs, ``codings`` a count."""

    guid: str
    title: str
    kind: str
    language: str
    length: int
    sha256: str
    paragraphs: int
    turns: int
    codings: int
    case: str | None
    case_name: str
    group: str | None
    file_name: str
    format: str
    encoding: str
    family: str
    header: tuple[tuple[str, str], ...]
    numbered: bool
    media: str


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A paragraph; ``label_stop`` is where the words begin. ``time_ms``: its first time mark, if any.

    ``also`` are numbers of paragraphs that were joined to it; ``level`` is a heading's.
    """

    guid: str
    number: str
    start: int
    stop: int
    label_stop: int
    kind: str
    opens_turn: bool
    speaker: str
    role: str
    time_ms: int | None
    also: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn, from its label to the end of its last paragraph; ``speaker`` is the label as written."""

    source: str
    paragraph: str
    start: int
    stop: int
    speaker: str
    role: str
    time_ms: int | None


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker of a document."""

    guid: str
    source: str
    label: str
    name: str
    role: str
    case: str | None
    turns: int


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic of the interview guide; ``turns`` and ``sources`` count where it was opened."""

    guid: str
    name: str
    question: str
    turns: int
    sources: int


@dataclass(frozen=True, slots=True)
class TopicMark:
    """A turn that opens a topic: the document, number and start of its first paragraph, the topic."""

    source: str
    paragraph: str
    start: int
    topic: str
    name: str


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """A feature of cases: text, number, date or choice, with its choices and what means "no answer"."""

    guid: str
    name: str
    kind: str
    description: str
    choices: tuple[str, ...]
    missing: tuple[str, ...]
    position: int
    cases: int


@dataclass(frozen=True, slots=True)
class AttributeValueRow:
    """What a case shows in an attribute; ``missing``: it is written that there is no answer."""

    case: str
    attribute: str
    name: str
    kind: str
    value: str
    missing: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with the GUIDs of its documents and its attributes by name.

    ``quote`` and ``archive`` are what is agreed (open, yes, no); ``quotable`` and ``archivable`` what holds
    with the case it stands in: a "no" there is one here. Dates are ISO, or empty. ``starting``: it was there
    before any sampling decision.
    """

    guid: str
    name: str
    parent: str | None
    description: str
    sources: tuple[str, ...]
    attributes: dict[str, str]
    values: tuple[AttributeValueRow, ...] = ()
    quote: str = "open"
    archive: str = "open"
    quotable: str = "open"
    archivable: str = "open"
    consent_date: str = ""
    delete_by: str = ""
    consent_note: str = ""
    starting: bool = True


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code in the order of the tree.

    ``colour`` is the index shown (1–12, inherited where ``own_colour`` is none); ``codings`` counts its own,
    ``codings_below`` its own and those of all codes below it. ``typical``, ``deviating`` and ``in_vivo`` are
    segments.
    """

    guid: str
    name: str
    path: str
    parent: str | None
    depth: int
    position: int
    kind: str
    origin: str
    colour: int
    own_colour: int | None
    definition: str
    delimitation: str
    anchor: str
    rule: str
    core: bool
    codings: int
    codings_below: int
    typical: str | None
    deviating: str | None
    in_vivo: str | None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A passage with its words (a speaker's label at its beginning is part of the text) and its case.

    ``lines`` ("120–124") is filled where passages are cited by line; ``citation`` is the study's template.
    ``quote``: whether it may be quoted (yes, no, open: not settled; empty: it is of no case).
    """

    guid: str
    source: str
    title: str
    start: int
    stop: int
    text: str
    paragraph: str
    last_paragraph: str
    speaker: str
    role: str
    case: str | None
    case_name: str
    lines: str = ""
    citation: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A coded passage; ``origin`` is hand or search, ``phase`` the workspace in which it was coded.

    ``searched`` are the words that were looked for, where it comes from a search and they are known.
    """

    guid: str
    code: str
    code_name: str
    in_vivo: bool
    colour: int
    coder: str
    comment: str
    created: datetime
    segment: SegmentRow
    origin: str = "hand"
    phase: str = ""
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding as the transcript shows it: no text, only where it lies and what it is."""

    guid: str
    segment: str
    start: int
    stop: int
    code: str
    name: str
    in_vivo: bool
    colour: int
    coder: str
    comment: str
    origin: str = "hand"
    phase: str = ""


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """A property of a category with its dimension."""

    guid: str
    code: str
    name: str
    pole_from: str
    pole_to: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """Where a passage lies on a dimension."""

    guid: str
    property: str
    value: str
    segment: SegmentRow


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo; ``links`` are targets ("code:GUID"), ``link_names`` how a person calls them."""

    guid: str
    kind: str
    title: str
    body: str
    private: bool
    coder: str
    created: datetime
    links: tuple[str, ...]
    link_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot of a model, in words of its own or of the template, in the current language."""

    guid: str
    key: str
    name: str
    definition: str
    question: str
    role: str
    levels: bool
    addressees: bool


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model of the paradigm. No slots are shown before ``phenomenon`` (a code) is named."""

    guid: str
    name: str
    template: str
    phenomenon: str | None
    phenomenon_name: str
    status: str
    slots: tuple[SlotRow, ...]


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A code in a slot; ``x`` and ``y`` are where its card was put, none where it stands by its slot."""

    guid: str
    model: str
    slot: str
    slot_key: str
    code: str
    code_name: str
    in_vivo: bool
    colour: int
    level: str
    addressee: str
    position: int
    x: int | None = None
    y: int | None = None


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition under which a relation holds; ``words`` say it as a person reads it."""

    guid: str
    code: str | None
    property: str | None
    value: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence with its passages; its cases follow from them."""

    guid: str
    relation: str
    polarity: str
    kind: str
    note: str
    coder: str
    created: datetime
    segments: tuple[SegmentRow, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation with the count of its evidence; ``by_case`` counts supporting pieces by name of case.

    ``cases`` are the distinct cases over all its evidence; ``searched`` counts "searched, found none",
    ``withdrawn`` pieces of evidence that went with a withdrawn consent.
    """

    guid: str
    model: str
    number: int
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    type: str
    own_type: str
    statement: str
    status: str
    conditions: tuple[ConditionRow, ...]
    supporting: int
    contradicting: int
    qualifying: int
    searched: int
    cases: tuple[str, ...]
    by_case: tuple[tuple[str, int], ...]
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class CoreRow:
    """The core category with the author's reasons and rivals."""

    guid: str
    code: str
    name: str
    reasons: str
    rivals: str
    since: datetime


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An act in the history."""

    unit: str
    label: str
    at: datetime
    coder: str
    kind: str
    changes: int
