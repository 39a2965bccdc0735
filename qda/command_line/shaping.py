"""Rows of queries in the keys of the command line. The keys are a promise to scripts.

References are GUIDs; what a person calls them stands beside.
"""

from dataclasses import asdict
from typing import Any

from qda.coding import codes as _codes
from qda.coding import concepts as _concepts
from qda.coding import history, material, memo_queries, theory
from qda.coding import memo_piles as _memo_piles
from qda.coding import pencil as _pencil
from qda.coding import piles as _piles
from qda.coding import reading as _reading
from qda.coding import saved_queries as _saved_queries
from qda.coding import topics as _topics
from qda.coding.citation import paragraphs_cited
from qda.coding.rows import AttributeRow, CodingRow, EvidenceRow, RelationRow, SegmentRow
from qda.i18n import _
from qda.models import Project

Rows = list[dict[str, Any]]


# -- material -----------------------------------------------------------------------------------------------


def sources(project: Project) -> Rows:
    """All documents."""
    names = {g.guid: g.name for g in material.groups(project)}
    return [
        {"name": s.title, "group_name": names.get(s.group or "", "")} | asdict(s) | {"header": dict(s.header)}
        for s in material.sources(project)
    ]


def turns(project: Project) -> Rows:
    """All turns."""
    names = _titles(project)
    return [asdict(t) | {"source_name": names[t.source]} for t in material.turns(project)]


def speakers(project: Project) -> Rows:
    """All speakers."""
    names = _titles(project)
    return [asdict(s) | {"source_name": names[s.source]} for s in material.speakers(project)]


def topics(project: Project) -> Rows:
    """The interview guide."""
    return [asdict(t) for t in _topics.topics(project)]


def answers(project: Project) -> Rows:
    """What respondents said on each topic of the guide, a row a turn."""
    return [
        {"topic": topic.guid, "topic_name": topic.name} | _passage(row) | {"guid": None}
        for topic in _topics.topics(project)
        for row in _topics.answers(project, topic.guid)
    ]


def groups(project: Project) -> Rows:
    """The groups, with their documents."""
    sources = material.sources(project)
    return [
        {"guid": g.guid, "name": g.name, "sources": [s.guid for s in sources if s.group == g.guid]}
        for g in material.groups(project)
    ]


def coders(project: Project) -> Rows:
    """Who codes."""
    return [asdict(c) for c in material.coders(project)]


def cases(project: Project) -> Rows:
    """The cases with documents and attributes."""
    names = _titles(project)
    return [
        asdict(c) | {"source_names": [names[s] for s in c.sources if s in names]}
        for c in material.cases(project)
    ]


def attributes(project: Project) -> Rows:
    """One row for each attribute of a case; an attribute without any answer has one row without a case."""
    defined = {a.guid: a for a in material.attributes(project)}
    names = {c.guid: c.name for c in material.cases(project)}
    found: Rows = []
    answered = [value for case in material.cases(project) for value in case.values]
    for one in answered:
        found.append(_attribute(defined[one.attribute]) | asdict(one) | {"case_name": names[one.case]})
    empty = defined.keys() - {one.attribute for one in answered}
    nobody = {"case": None, "case_name": "", "value": "", "missing": True}
    found += [_attribute(row) | nobody for guid, row in defined.items() if guid in empty]
    return found


def _attribute(row: AttributeRow) -> dict[str, Any]:
    return {
        "attribute": row.guid,
        "name": row.name,
        "kind": row.kind,
        "description": row.description,
        "choices": list(row.choices),
        "missing_values": list(row.missing),
    }


def _titles(project: Project) -> dict[str, str]:
    return {s.guid: s.title for s in material.sources(project)}


def pseudonym_candidates(project: Project) -> Rows:
    """What may be names, the likeliest first."""
    from qda.coding.pseudonyms import candidates, given, readings

    return [
        {
            "clear": c.clear,
            "kind": c.kind,
            "count": c.count,
            "forms": [written for written, _count in c.forms],
            "documents": sorted({spot.title for spot in c.spots}),
            "reason": _(c.reason),
            "weight": c.weight,
        }
        for c in candidates(readings(project), known=given(project))
    ]


def pseudonyms(project: Project) -> Rows:
    """What was replaced: kinds and numbers."""
    from qda.coding.pseudonyms import protocol

    return [asdict(row) for row in protocol(project)]


# -- codes --------------------------------------------------------------------------------------------------


def codes(project: Project) -> Rows:
    """The codes in the order of the tree."""
    return [asdict(c) for c in _codes.codes(project)]


def segments(project: Project) -> Rows:
    """All passages."""
    return [_passage(s) for s in material.segments(project)]


def _passage(row: SegmentRow) -> dict[str, Any]:
    """A passage, cited by the study's template."""
    return asdict(row) | {"citation": paragraphs_cited(row)}


def codings(project: Project) -> Rows:
    """All coded passages."""
    return coding_rows(project, _codes.codings(project))


def coding_rows(project: Project, found: list[CodingRow]) -> Rows:
    """Codings in the keys of the command line."""
    paths = {c.guid: c.path for c in _codes.codes(project)}
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
            "origin": c.origin,
            "searched": c.searched,
            "phase": c.phase,
            "paragraph": c.segment.paragraph,
            "speaker": c.segment.speaker,
            "case": c.segment.case,
        }
        for c in found
    ]


def pencils(project: Project) -> Rows:
    """The pencil marks with their words."""
    coders, names = _coder_guids(project), _titles(project)
    texts = {
        s.guid: s for s in material.segments(project, guids={p.segment for p in _pencil.pencils(project)})
    }
    return [
        asdict(p)
        | {"coder": coders.get(p.coder), "coder_name": p.coder, "source_name": names[p.source]}
        | {"text": texts[p.segment].text, "paragraph": texts[p.segment].paragraph}
        for p in _pencil.pencils(project)
    ]


def concepts(project: Project) -> Rows:
    """The sensitizing concepts."""
    return [asdict(c) for c in _concepts.concepts(project)]


def piles(project: Project) -> Rows:
    """The piles of codes."""
    return [asdict(p) | {"code_names": [c.name for c in p.codes]} for p in _piles.piles(project)]


def queries(project: Project) -> Rows:
    """The saved queries."""
    return [asdict(q) for q in _saved_queries.saved_queries(project)]


def reading(project: Project) -> Rows:
    """Every turn: unread, read, coded, or left uncoded on purpose."""
    return [
        {"source": s.guid, "source_name": s.title} | asdict(turn)
        for s in material.sources(project)
        for turn in _reading.turn_states(project, s.guid)
    ]


def memo_piles(project: Project) -> Rows:
    """The piles of memos."""
    titles = {m.guid: m.title for m in memo_queries.memos(project)}
    return [
        asdict(p) | {"memo_titles": [titles[guid] for guid in p.memos]}
        for p in _memo_piles.memo_piles(project)
    ]


def _coder_guids(project: Project) -> dict[str, str]:
    return {c.name: c.guid for c in material.coders(project)}


def properties(project: Project) -> Rows:
    """Properties with the values that passages have."""
    paths = {c.guid: c.path for c in _codes.codes(project)}
    values: dict[str, Rows] = {}
    for v in _codes.property_values(project):
        values.setdefault(v.property, []).append(
            {"guid": v.guid, "value": v.value, "segment": v.segment.guid, **_place(v.segment)}
        )
    return [
        asdict(p) | {"code_path": paths[p.code], "values": values.get(p.guid, [])}
        for p in _codes.properties(project)
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


def memos(project: Project) -> Rows:
    """All memos, newest first."""
    coders = _coder_guids(project)
    return [
        asdict(m) | {"coder": coders.get(m.coder), "coder_name": m.coder} for m in memo_queries.memos(project)
    ]


# -- theory -------------------------------------------------------------------------------------------------


def models(project: Project) -> Rows:
    """All models with their slots."""
    return [asdict(m) for m in theory.models(project)]


def placements(project: Project) -> Rows:
    """Codes in slots."""
    models = {m.guid: m for m in theory.models(project)}
    slots = {s.guid: s.name for m in models.values() for s in m.slots}
    return [
        asdict(p) | {"model_name": models[p.model].name, "slot_name": slots[p.slot]}
        for p in theory.placements(project)
    ]


def relations(project: Project) -> Rows:
    """Relations, by number, their evidence counted."""
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


def evidence(project: Project) -> Rows:
    """Evidence with its passages."""
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
