"""What ``qda list`` can show: each kind's rows, and its columns for people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from qda.command_line import dimensions, inquiry, retrieving, shaping
from qda.command_line.shaping import Rows
from qda.errors import UsageError
from qda.i18n import N_, _
from qda.models import Project


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: how its rows are found, and which of their keys a person is shown, with headings."""

    name: str
    rows: Callable[[Project], Rows]
    columns: tuple[tuple[str, str], ...]


def kind(name: str) -> Kind:
    """The kind of this name.

    :raises UsageError: there is none; the sentence names all.
    """
    for known in KINDS:
        if known.name == name:
            return known
    raise UsageError(
        _("There is no list “{name}”. There are: {names}.").format(
            name=name, names=", ".join(k.name for k in KINDS)
        )
    )


KINDS: Final = (
    Kind(
        "sources",
        shaping.sources,
        (
            ("name", N_("Name")),
            ("kind", N_("Type")),
            ("language", N_("Language")),
            ("length", N_("Length")),
            ("paragraphs", N_("Paragraphs")),
            ("turns", N_("Turns")),
            ("codings", N_("Codings")),
            ("case_name", N_("Case")),
            ("group_name", N_("Group")),
        ),
    ),
    Kind(
        "turns",
        shaping.turns,
        (
            ("source_name", N_("Document")),
            ("paragraph", N_("Paragraph")),
            ("start", N_("Start")),
            ("stop", N_("End")),
            ("speaker", N_("Speaker")),
            ("role", N_("Role")),
            ("time_ms", N_("Time (ms)")),
        ),
    ),
    Kind(
        "speakers",
        shaping.speakers,
        (
            ("source_name", N_("Document")),
            ("label", N_("Label")),
            ("name", N_("Name")),
            ("role", N_("Role")),
            ("turns", N_("Turns")),
        ),
    ),
    Kind(
        "topics",
        shaping.topics,
        (
            ("name", N_("Topic")),
            ("question", N_("Question")),
            ("turns", N_("Turns")),
            ("sources", N_("Documents")),
        ),
    ),
    Kind(
        "answers",
        shaping.answers,
        (
            ("topic_name", N_("Topic")),
            ("title", N_("Document")),
            ("paragraph", N_("Paragraph")),
            ("speaker", N_("Speaker")),
            ("text", N_("Text")),
        ),
    ),
    Kind(
        "codes",
        shaping.codes,
        (
            ("path", N_("Code")),
            ("kind", N_("Type")),
            ("origin", N_("Origin")),
            ("colour", N_("Colour")),
            ("codings", N_("Codings")),
            ("core", N_("Core category")),
        ),
    ),
    Kind(
        "segments",
        shaping.segments,
        (
            ("title", N_("Document")),
            ("paragraph", N_("Paragraph")),
            ("start", N_("Start")),
            ("stop", N_("End")),
            ("text", N_("Text")),
        ),
    ),
    Kind(
        "codings",
        shaping.codings,
        (
            ("source_name", N_("Document")),
            ("paragraph", N_("Paragraph")),
            ("start", N_("Start")),
            ("stop", N_("End")),
            ("path", N_("Code")),
            ("coder_name", N_("Coder")),
            ("text", N_("Text")),
        ),
    ),
    Kind(
        "memos",
        shaping.memos,
        (
            ("created", N_("Date")),
            ("kind", N_("Type")),
            ("title", N_("Title")),
            ("private", N_("Private")),
            ("link_names", N_("Linked with")),
        ),
    ),
    Kind(
        "cases",
        shaping.cases,
        (
            ("name", N_("Name")),
            ("source_names", N_("Documents")),
            ("attributes", N_("Attributes")),
            ("quotable", N_("May be quoted")),
            ("archivable", N_("May be archived")),
            ("delete_by", N_("Delete by")),
        ),
    ),
    Kind(
        "attributes",
        shaping.attributes,
        (
            ("case_name", N_("Case")),
            ("name", N_("Attribute")),
            ("kind", N_("Type")),
            ("value", N_("Value")),
            ("missing", N_("Missing")),
        ),
    ),
    Kind(
        "models",
        shaping.models,
        (
            ("name", N_("Name")),
            ("template", N_("Template")),
            ("phenomenon_name", N_("Phenomenon")),
            ("status", N_("Status")),
        ),
    ),
    Kind(
        "placements",
        shaping.placements,
        (
            ("model_name", N_("Model")),
            ("slot_name", N_("Slot")),
            ("code_name", N_("Code")),
            ("level", N_("Level")),
            ("addressee", N_("Addressee")),
        ),
    ),
    Kind(
        "relations",
        shaping.relations,
        (
            ("name", N_("No.")),
            ("from_name", N_("From")),
            ("type", N_("Type")),
            ("to_name", N_("To")),
            ("status", N_("Status")),
            ("cases", N_("Cases")),
            ("supporting", N_("Supports")),
            ("contradicting", N_("Against")),
            ("qualifying", N_("Qualifies")),
            ("withdrawn", N_("Withdrawn")),
            ("words", N_("Holds under")),
            ("statement", N_("Statement")),
        ),
    ),
    Kind(
        "evidence",
        shaping.evidence,
        (
            ("relation_name", N_("Relation")),
            ("polarity", N_("Polarity")),
            ("kind", N_("Type")),
            ("case_names", N_("Cases")),
            ("text", N_("Text")),
        ),
    ),
    Kind(
        "properties",
        shaping.properties,
        (
            ("code_path", N_("Category")),
            ("name", N_("Property")),
            ("pole_from", N_("From")),
            ("pole_to", N_("To")),
            ("places", N_("Places")),
        ),
    ),
    Kind(
        "profile",
        dimensions.profile,
        (
            ("code_name", N_("Category")),
            ("property_name", N_("Property")),
            ("case_name", N_("Case")),
            ("places", N_("Places")),
        ),
    ),
    Kind(
        "typology",
        dimensions.types,
        (
            ("name", N_("Type")),
            ("row_name", N_("Property")),
            ("row", N_("Place")),
            ("column_name", N_("Property")),
            ("column", N_("Place")),
            ("cases", N_("Cases")),
        ),
    ),
    Kind(
        "changes",
        shaping.changes,
        (
            ("at", N_("Date")),
            ("coder_name", N_("Coder")),
            ("kind", N_("Type")),
            ("label", N_("Act")),
            ("changes", N_("Changes")),
        ),
    ),
    Kind(
        "pseudonym-candidates",
        shaping.pseudonym_candidates,
        (
            ("clear", N_("Name")),
            ("kind", N_("Type")),
            ("count", N_("Hits")),
            ("forms", N_("Forms")),
            ("reason", N_("Reason")),
        ),
    ),
    Kind(
        "pseudonyms",
        shaping.pseudonyms,
        (
            ("kind", N_("Type")),
            ("names", N_("Names")),
            ("hits", N_("Hits")),
            ("documents", N_("Documents")),
        ),
    ),
    Kind(
        "pencils",
        shaping.pencils,
        (
            ("source_name", N_("Document")),
            ("paragraph", N_("Paragraph")),
            ("start", N_("Start")),
            ("stop", N_("End")),
            ("note", N_("Note")),
            ("text", N_("Text")),
        ),
    ),
    Kind(
        "concepts",
        shaping.concepts,
        (
            ("name", N_("Name")),
            ("origin", N_("Origin")),
            ("definition", N_("Definition")),
            ("code_name", N_("Code")),
        ),
    ),
    Kind("piles", shaping.piles, (("name", N_("Name")), ("code_names", N_("Codes")))),
    Kind("memo-piles", shaping.memo_piles, (("name", N_("Name")), ("memo_titles", N_("Memos")))),
    Kind("queries", shaping.queries, (("name", N_("Name")), ("spec", N_("Conditions")))),
    Kind(
        "sampling",
        inquiry.decisions,
        (
            ("form", N_("Form")),
            ("gap", N_("Gap")),
            ("sought", N_("Sought")),
            ("target_names", N_("Leads to")),
            ("outcome", N_("Outcome")),
            ("brought", N_("What it brought")),
        ),
    ),
    Kind(
        "suggestions",
        inquiry.suggestions,
        (
            ("at", N_("Date")),
            ("source_name", N_("Document")),
            ("start", N_("Start")),
            ("stop", N_("End")),
            ("kind", N_("Type")),
            ("name", N_("Proposed")),
            ("score", N_("Score")),
            ("strong", N_("Strong")),
            ("reason", N_("Reason")),
            ("engine", N_("Engine")),
            ("version", N_("Version")),
            ("outcome", N_("Outcome")),
        ),
    ),
    Kind(
        "judgements",
        inquiry.judgements,
        (
            ("created", N_("Date")),
            ("code_name", N_("Category")),
            ("state", N_("State")),
            ("reason", N_("Reason")),
            ("holds", N_("Counts")),
        ),
    ),
    Kind(
        "versions",
        inquiry.versions,
        (
            ("created", N_("Date")),
            ("model_name", N_("Model")),
            ("name", N_("Name")),
            ("placements", N_("Placed codes")),
            ("relations", N_("Relations")),
        ),
    ),
    Kind(
        "answers-to-questions",
        inquiry.answers,
        (("key", N_("Question")), ("target_name", N_("On")), ("body", N_("Answer"))),
    ),
    Kind("maps", inquiry.maps, (("name", N_("Name")), ("item_names", N_("On the map")))),
    Kind(
        "reading",
        shaping.reading,
        (
            ("source_name", N_("Document")),
            ("paragraph", N_("Paragraph")),
            ("speaker", N_("Speaker")),
            ("state", N_("State")),
        ),
    ),
    Kind("coders", shaping.coders, (("name", N_("Name")), ("current", N_("Current")))),
    Kind("groups", shaping.groups, (("name", N_("Name")), ("sources", N_("Documents")))),
    Kind(
        "code-cases",
        retrieving.code_cases,
        (
            ("code_path", N_("Code")),
            ("case_name", N_("Case")),
            ("cases", N_("Cases")),
            ("documents", N_("Documents")),
            ("segments", N_("Segments")),
        ),
    ),
    Kind(
        "code-documents",
        retrieving.code_documents,
        (
            ("code_path", N_("Code")),
            ("source_name", N_("Document")),
            ("cases", N_("Cases")),
            ("documents", N_("Documents")),
            ("segments", N_("Segments")),
        ),
    ),
    Kind(
        "code-codes",
        retrieving.code_codes,
        (
            ("code_path", N_("Code")),
            ("other_path", N_("Code")),
            ("cases", N_("Cases")),
            ("documents", N_("Documents")),
            ("segments", N_("Segments")),
        ),
    ),
)
