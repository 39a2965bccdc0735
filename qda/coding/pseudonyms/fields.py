"""Every text of a project in which a name may stand, besides the documents' words themselves.

Each text column of each journalled table is decided about here: looked through, or left with a reason.
A test keeps both lists complete.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from qda.i18n import N_, _
from qda.models.journal import ENTITIES, table_of
from qda.models.material import Source

# Where in JSON a text stands: places in lists, keys of objects.
Path = tuple[int | str, ...]
# Table → columns that are looked through, in the order in which hits are shown.
SEARCHED: Final[dict[str, tuple[str, ...]]] = {
    "source": ("title", "file_name", "media", "header"),
    "speaker": ("label", "name"),
    "document_group": ("name",),
    "case_": ("name", "description", "consent_note"),
    "attribute": ("name", "description", "choices", "missing"),
    "attribute_value": ("value",),
    "topic": ("name", "question"),
    "project_sheet": (
        "title",
        "prior_knowledge",
        "preconceptions",
        "field_access",
        "own_role",
        "case_definition",
        "transcription_rules",
        "notes",
    ),
    "research_question": ("text", "reason"),
    "memo": ("title", "body"),
    "code": ("name", "definition", "delimitation", "anchor", "rule"),
    "coding": ("comment", "origin"),
    "property": ("name", "pole_from", "pole_to", "places"),
    "property_value": ("value",),
    "paradigm_model": ("name",),
    "model_slot": ("name", "definition", "question"),
    "placement": ("level", "addressee"),
    "relation": ("own_type", "statement"),
    "relation_condition": ("value", "text"),
    "evidence": ("note",),
    "counter_search": ("note",),
    "core_category": ("reasons", "rivals"),
    "story": ("body",),
    "pencil": ("note",),
    "sensitizing_concept": ("name", "origin", "definition"),
    "pile": ("name",),
    "saved_query": ("name", "spec"),
    "memo_pile": ("name",),
    "sampling_decision": ("gap", "sought", "why", "brought"),
    "saturation_judgement": ("reason",),
    "model_version": ("name", "note", "state"),
    "cell_summary": ("body",),
    "question_answer": ("body",),
    "user_template": ("name", "spec"),
    "code_map": ("name",),
    "map_item": ("text",),
    "map_line": ("label",),
}
# Keys of JSON objects under which people's words stand; what stands under others belongs to the program.
WORDS_UNDER: Final = frozenset(
    {
        "words",
        "label",
        "name",
        "value",
        "code",
        "case",
        "source",
        "group",
        "statement",
        "level",
        "addressee",
        "own_type",
        "de",
        "en",
    }
)
# Left as they are: keys of the program, numbers, what follows from other columns; the text of documents goes
# another way; coders chose their own names; a pseudonym record holds no clear name.
LEFT: Final[dict[str, frozenset[str]]] = {
    "source": frozenset(
        {"text", "kind", "language", "sha256", "original_sha256", "format", "encoding", "family", "styles"}
    ),
    "speaker": frozenset({"role"}),
    "paragraph": frozenset({"number", "kind", "also", "norm"}),
    "time_mark": frozenset({"written"}),
    "coder": frozenset({"name"}),
    "case_": frozenset({"consent_quote", "consent_archive", "consent_date", "delete_by"}),
    "attribute": frozenset({"kind"}),
    "project_sheet": frozenset({"language", "template", "citation"}),
    "pseudonym_record": frozenset({"kind", "replacement"}),
    "memo": frozenset({"kind"}),
    "memo_link": frozenset({"target_table", "target_guid"}),
    "code": frozenset({"kind", "origin"}),
    "coding": frozenset({"phase"}),
    "paradigm_model": frozenset({"template", "status"}),
    "model_slot": frozenset({"key"}),
    "relation": frozenset({"type", "status"}),
    "evidence": frozenset({"polarity", "kind"}),
    "story": frozenset({"kind"}),
    "sampling_decision": frozenset({"form", "outcome"}),
    "sampling_target": frozenset({"target_table", "target_guid"}),
    "saturation_judgement": frozenset({"state"}),
    "cell_summary": frozenset({"row_kind", "row_guid"}),
    "cell_quotation": frozenset({"row_kind", "row_guid", "role"}),
    "question_answer": frozenset({"key", "target_table", "target_guid"}),
    "map_item": frozenset({"target_table", "target_guid"}),
}
OF_DOCUMENTS: Final = ("source", "speaker")
# A key of the program, and words only behind its colon ("search:WORDS").
KEYED: Final = frozenset({("coding", "origin")})
# Paths lead to files on the disk: whoever replaces them renames the file as well.
PATHS: Final = frozenset({("source", "media")})

_NAMES: Final[dict[str, tuple[str, str]]] = {
    "source": (N_("“{name}”"), "title"),
    "speaker": (N_("Speaker “{name}”"), "label"),
    "document_group": (N_("Group “{name}”"), "name"),
    "case_": (N_("Case “{name}”"), "name"),
    "attribute": (N_("Attribute “{name}”"), "name"),
    "topic": (N_("Topic “{name}”"), "name"),
    "memo": (N_("Memo “{name}”"), "title"),
    "code": (N_("Code “{name}”"), "name"),
    "property": (N_("Property “{name}”"), "name"),
    "paradigm_model": (N_("Model “{name}”"), "name"),
    "sensitizing_concept": (N_("Sensitizing concept “{name}”"), "name"),
    "pile": (N_("Pile “{name}”"), "name"),
    "saved_query": (N_("Query “{name}”"), "name"),
    "memo_pile": (N_("Pile of memos “{name}”"), "name"),
    "model_version": (N_("Version “{name}” of a model"), "name"),
    "user_template": (N_("Template “{name}”"), "name"),
    "code_map": (N_("Map “{name}”"), "name"),
}
_KINDS: Final[dict[str, str]] = {
    "attribute_value": N_("Attribute of a case"),
    "project_sheet": N_("Project sheet"),
    "research_question": N_("Research question"),
    "coding": N_("Comment of a coding"),
    "property_value": N_("Value of a property"),
    "model_slot": N_("Slot of a model"),
    "placement": N_("Placed code"),
    "relation": N_("Statement of a relation"),
    "relation_condition": N_("Condition of a relation"),
    "evidence": N_("Note on evidence"),
    "counter_search": N_("Searched, found none"),
    "core_category": N_("Core category"),
    "story": N_("Story"),
    "pencil": N_("Pencil mark"),
    "sampling_decision": N_("Sampling decision"),
    "saturation_judgement": N_("Judgement on a category"),
    "cell_summary": N_("Summary of the case comparison"),
    "question_answer": N_("Answer to a question"),
    "map_item": N_("Words on a map"),
    "map_line": N_("Line of a map"),
}
_COLUMNS: Final[dict[tuple[str, str], str]] = {
    ("source", "title"): N_("title"),
    ("source", "file_name"): N_("name of the file"),
    ("source", "media"): N_("recording"),
    ("source", "header"): N_("header"),
    ("speaker", "name"): N_("name"),
}


@dataclass(frozen=True, slots=True)
class FieldText:
    """A text in a column; ``path`` leads into JSON. ``place`` as a person reads it."""

    table: str
    guid: str
    field: str
    path: Path
    text: str
    place: str


def field_texts(db: Connection, *, sources: Collection[str] | None = None) -> Iterator[FieldText]:
    """All texts but the documents' words; with ``sources`` only those of these documents."""
    for table, columns in SEARCHED.items():
        if sources is not None and table not in OF_DOCUMENTS:
            continue
        columns_of = table_of(ENTITIES[table]).c
        query = select(columns_of.guid, *(columns_of[name] for name in columns)).order_by(columns_of.id)
        if sources is not None:
            wanted = Source.guid.in_(sources)
            query = (
                query.where(wanted)
                if table == "source"
                else query.join(Source, Source.id == columns_of.source_id).where(wanted)
            )
        for row in db.execute(query):
            values = dict(zip(columns, row[1:], strict=True))
            for name, value in values.items():
                if (table, name) in KEYED and ":" not in value:
                    continue
                for path, text in texts_in(value):
                    yield FieldText(table, row[0], name, path, text, _place(table, name, values))


def texts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of a column: itself, or those in lists, and in objects under keys that hold words."""
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts_in(one, (*path, number))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in WORDS_UNDER or not isinstance(one, str):
                yield from texts_in(one, (*path, key))


def with_text(value: Any, path: Path, text: str) -> Any:
    """A column's value with another text at ``path``."""
    if not path:
        return text
    done: Any = dict(value) if isinstance(value, dict) else list(value)
    done[path[0]] = with_text(done[path[0]], path[1:], text)
    return done


def text_at(value: Any, path: Path) -> str:
    """The text at ``path``, or an empty one where it is gone."""
    for step in path:
        in_list = isinstance(step, int) and isinstance(value, list) and step < len(value)
        if not in_list and not (isinstance(value, dict) and step in value):
            return ""
        value = value[step]
    return value if isinstance(value, str) else ""


def _place(table: str, column: str, values: dict[str, Any]) -> str:
    if (table, column) in KEYED:
        return _("Words of a search whose hits were coded")
    if table in _NAMES:
        sentence, key = _NAMES[table]
        place = _(sentence).format(name=values[key])
    else:
        place = _(_KINDS[table])
    more = _COLUMNS.get((table, column))
    return f"{place}, {_(more)}" if more else place
