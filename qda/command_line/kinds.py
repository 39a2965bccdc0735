"""What ``qda list`` can show: each kind's rows in the keys of the command line, and its columns for people.

The keys are a promise to scripts. References are GUIDs; what a person calls them stands beside.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from qda.coding import codes, history, material, memo_queries, theory
from qda.coding.rows import CodingRow, EvidenceRow, RelationRow, SegmentRow
from qda.errors import UsageError
from qda.i18n import N_, _
from qda.models import Project

Rows = list[dict[str, Any]]


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


# -- material -----------------------------------------------------------------------------------------------


def _sources(project: Project) -> Rows:
    names = {g.guid: g.name for g in material.groups(project)}
    return [
        {"name": s.title, "group_name": names.get(s.group or "", "")} | asdict(s) | {"header": dict(s.header)}
        for s in material.sources(project)
    ]


def _turns(project: Project) -> Rows:
    names = _titles(project)
    return [asdict(t) | {"source_name": names[t.source]} for t in material.turns(project)]


def _speakers(project: Project) -> Rows:
    names = _titles(project)
    return [asdict(s) | {"source_name": names[s.source]} for s in material.speakers(project)]


def _groups(project: Project) -> Rows:
    sources = material.sources(project)
    return [
        {"guid": g.guid, "name": g.name, "sources": [s.guid for s in sources if s.group == g.guid]}
        for g in material.groups(project)
    ]


def _coders(project: Project) -> Rows:
    return [asdict(c) for c in material.coders(project)]


def _cases(project: Project) -> Rows:
    names = _titles(project)
    return [
        asdict(c) | {"source_names": [names[s] for s in c.sources if s in names]}
        for c in material.cases(project)
    ]


def _attributes(project: Project) -> Rows:
    return [
        {"case": c.guid, "case_name": c.name, "name": name, "value": value}
        for c in material.cases(project)
        for name, value in c.attributes.items()
    ]


def _titles(project: Project) -> dict[str, str]:
    return {s.guid: s.title for s in material.sources(project)}


# -- codes --------------------------------------------------------------------------------------------------


def _codes(project: Project) -> Rows:
    return [asdict(c) for c in codes.codes(project)]


def _segments(project: Project) -> Rows:
    return [asdict(s) for s in material.segments(project)]


def _codings(project: Project) -> Rows:
    return coding_rows(project, codes.codings(project))


def coding_rows(project: Project, found: list[CodingRow]) -> Rows:
    """Codings in the keys of the command line."""
    paths = {c.guid: c.path for c in codes.codes(project)}
    coders = _coder_guids(project)
    return [
        {
            "guid": c.guid,
            "segment": c.segment.guid,
            "source": c.segment.source,
            "source_name": c.segment.title,
            "start": c.segment.start,
            "stop": c.segment.stop,
            "text": c.segment.text,
            "code": c.code,
            "path": paths[c.code],
            "coder": coders.get(c.coder),
            "coder_name": c.coder,
            "created": c.created,
            "comment": c.comment,
            "paragraph": c.segment.paragraph,
            "speaker": c.segment.speaker,
            "case": c.segment.case,
        }
        for c in found
    ]


def _coder_guids(project: Project) -> dict[str, str]:
    return {c.name: c.guid for c in material.coders(project)}


def _properties(project: Project) -> Rows:
    paths = {c.guid: c.path for c in codes.codes(project)}
    values: dict[str, Rows] = {}
    for v in codes.property_values(project):
        values.setdefault(v.property, []).append(
            {"guid": v.guid, "value": v.value, "segment": v.segment.guid, **_place(v.segment)}
        )
    return [
        asdict(p) | {"code_path": paths[p.code], "values": values.get(p.guid, [])}
        for p in codes.properties(project)
    ]


def _place(segment: SegmentRow) -> dict[str, Any]:
    return {
        "source": segment.source,
        "start": segment.start,
        "stop": segment.stop,
        "text": segment.text,
        "paragraph": segment.paragraph,
        "case": segment.case,
    }


def _memos(project: Project) -> Rows:
    coders = _coder_guids(project)
    return [
        asdict(m) | {"coder": coders.get(m.coder), "coder_name": m.coder} for m in memo_queries.memos(project)
    ]


# -- theory -------------------------------------------------------------------------------------------------


def _models(project: Project) -> Rows:
    return [asdict(m) for m in theory.models(project)]


def _placements(project: Project) -> Rows:
    models = {m.guid: m for m in theory.models(project)}
    slots = {s.guid: s.name for m in models.values() for s in m.slots}
    return [
        asdict(p) | {"model_name": models[p.model].name, "slot_name": slots[p.slot]}
        for p in theory.placements(project)
    ]


def _relations(project: Project) -> Rows:
    return [_relation(r) for r in theory.relations(project)]


def _relation(r: RelationRow) -> dict[str, Any]:
    row = asdict(r)
    conditions = row.pop("conditions")
    return {
        "guid": row.pop("guid"),
        "model": row.pop("model"),
        "from": row.pop("from_code"),
        "to": row.pop("to_code"),
        **row,
        "holds_under": list(conditions),
        "by_case": dict(r.by_case),
        "cases": len(r.cases),
        "case_guids": list(r.cases),
        "name": f"R{r.number}",
        "words": "; ".join(c.words for c in r.conditions),
    }


def _evidence(project: Project) -> Rows:
    coders = _coder_guids(project)
    numbers = {r.guid: f"R{r.number}" for r in theory.relations(project)}
    return [
        _piece(e) | {"coder": coders.get(e.coder), "relation_name": numbers[e.relation]}
        for e in theory.evidence(project)
    ]


def _piece(e: EvidenceRow) -> dict[str, Any]:
    return {
        "guid": e.guid,
        "relation": e.relation,
        "segments": [{"guid": s.guid, **_place(s)} for s in e.segments],
        "polarity": e.polarity,
        "kind": e.kind,
        "note": e.note,
        "cases": list(e.cases),
        "case_names": list(dict.fromkeys(s.case_name for s in e.segments if s.case)),
        "coder_name": e.coder,
        "created": e.created,
        "text": " […] ".join(s.text for s in e.segments),
    }


def changes(project: Project) -> Rows:
    """The history, oldest first."""
    coders = _coder_guids(project)
    return [
        asdict(u) | {"coder": coders.get(u.coder), "coder_name": u.coder} for u in history.history(project)
    ]


KINDS: Final = (
    Kind(
        "sources",
        _sources,
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
        _turns,
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
        _speakers,
        (
            ("source_name", N_("Document")),
            ("label", N_("Label")),
            ("name", N_("Name")),
            ("role", N_("Role")),
            ("turns", N_("Turns")),
        ),
    ),
    Kind(
        "codes",
        _codes,
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
        _segments,
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
        _codings,
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
        _memos,
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
        _cases,
        (("name", N_("Name")), ("source_names", N_("Documents")), ("attributes", N_("Attributes"))),
    ),
    Kind(
        "attributes",
        _attributes,
        (("case_name", N_("Case")), ("name", N_("Attribute")), ("value", N_("Value"))),
    ),
    Kind(
        "models",
        _models,
        (
            ("name", N_("Name")),
            ("template", N_("Template")),
            ("phenomenon_name", N_("Phenomenon")),
            ("status", N_("Status")),
        ),
    ),
    Kind(
        "placements",
        _placements,
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
        _relations,
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
            ("words", N_("Holds under")),
            ("statement", N_("Statement")),
        ),
    ),
    Kind(
        "evidence",
        _evidence,
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
        _properties,
        (
            ("code_path", N_("Category")),
            ("name", N_("Property")),
            ("pole_from", N_("From")),
            ("pole_to", N_("To")),
            ("places", N_("Places")),
        ),
    ),
    Kind(
        "changes",
        changes,
        (
            ("at", N_("Date")),
            ("coder_name", N_("Coder")),
            ("kind", N_("Type")),
            ("label", N_("Act")),
            ("changes", N_("Changes")),
        ),
    ),
    Kind("coders", _coders, (("name", N_("Name")), ("current", N_("Current")))),
    Kind("groups", _groups, (("name", N_("Name")), ("sources", N_("Documents")))),
)
