"""Questions on relations and their evidence (1–4), and on slots that stay empty (6).

Models that were given up are not asked about. A rejected relation is asked for its evidence only: what
follows from it is said.
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from qda.coding.access import AT_ONCE
from qda.coding.bearers import ordered
from qda.coding.method_questions.rows import Finding, Found, Jump, Offer
from qda.coding.method_questions.study import Standing, Study
from qda.coding.theory import models
from qda.i18n import _, ngettext
from qda.models.codes import Memo, MemoLink
from qda.models.journal_tables import Change
from qda.models.theory import CounterSearch, ModelSlot, Placement, RelationCondition


def without_evidence(study: Study) -> Found:
    """1: no passage supports it, speaks against it or qualifies it."""
    findings = []
    for one in study.relations:
        if not one.pieces:
            sentence = _("{statement}: on what does it rest?").format(statement=one.words)
            if one.withdrawn:
                sentence += " " + ngettext(
                    "{n} piece of evidence went with a withdrawn consent.",
                    "{n} pieces of evidence went with a withdrawn consent.",
                    one.withdrawn,
                ).format(n=one.withdrawn)
            findings.append(_finding(study, one, sentence, offers=("passages", "memo")))
    return Found(findings)


def one_case(study: Study) -> Found:
    """2: all evidence, whatever it says, is from one case."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in study.relations:
        cases = one.cases
        if one.status == "rejected" or len(cases) != 1 or None in cases:
            continue
        case = next(name.name for name in ordered(case for case in cases if case))
        told = ngettext(
            "{statement}: {n} piece of evidence, from {case}.",
            "{statement}: {n} pieces of evidence, all from {case}.",
            len(one.pieces),
        ).format(statement=one.words, n=len(one.pieces), case=case)
        heading = _("Only {case}: contrast or gap?").format(case=case)
        offers: tuple[Offer, ...] = ("passages", "memo", "case")
        found[case].append(_finding(study, one, told, heading=heading, offers=offers))
    places = {case.name: case.place for case in study.bearers.cases.values()}
    return Found([one for case in sorted(found, key=lambda name: places[name]) for one in found[case]])


def against(study: Study) -> Found:
    """3: evidence against, and since then no memo (on it, or on that evidence) and no condition."""
    some = [one for one in study.relations if one.counts["contradicting"] and one.status != "rejected"]
    last, answered = _last_against(study, some), _last_words(study, some)
    findings = []
    for one in some:
        if one.guid in answered and answered[one.guid] >= last[one.guid]:
            continue
        n = one.counts["contradicting"]
        told = ngettext(
            "{statement}: {n} piece of evidence speaks against it, and no memo and no condition since.",
            "{statement}: {n} pieces of evidence speak against it, and no memo and no condition since.",
            n,
        ).format(statement=one.words, n=n)
        findings.append(_finding(study, one, told, offers=("passages", "memo")))
    return Found(findings)


def unsearched(study: Study) -> Found:
    """4: there is evidence, none against, and no search for some is noted."""
    searched = set(study.db.execute(select(CounterSearch.relation_id).distinct()).scalars())
    findings = []
    for one in study.relations:
        if one.pieces and not one.counts["contradicting"] and one.id not in searched:
            if one.status == "rejected":
                continue
            told = _("{statement}: nothing speaks against it, and no search is noted.")
            sentence = told.format(statement=one.words)
            findings.append(_finding(study, one, sentence, offers=("passages", "memo")))
    return Found(findings)


def empty_slots(study: Study) -> Found:
    """6: a slot without a code, in a model whose phenomenon is named."""
    filled = select(ModelSlot.guid).join(Placement, Placement.slot_id == ModelSlot.id).distinct()
    there = set(study.db.execute(filled).scalars())
    findings = []
    for model in models(study.project):
        if model.status != "active" or model.phenomenon is None:
            continue
        for slot in model.slots:
            if slot.guid in there or slot.role == "phenomenon":
                continue
            told = _("{slot}: {question}") if slot.question else _("{slot} of “{model}” is empty.")
            findings.append(
                Finding(
                    "model",
                    model.guid,
                    _("{slot} ({model})").format(slot=slot.name, model=model.name),
                    told.format(slot=slot.name, question=slot.question, model=model.name),
                    Jump("model", model.guid),
                    short=slot.name,
                    answer_key=f"6:{slot.guid}",
                    offers=("memo", "case"),
                    model=model.guid,
                )
            )
    return Found(findings)


def _finding(
    study: Study, one: Standing, sentence: str, *, heading: str = "", offers: tuple[Offer, ...] = ()
) -> Finding:
    name = _("Relation {number}").format(number=one.number)
    if study.several_models:
        name = _("Relation {number} ({model})").format(number=one.number, model=one.model_name)
    jump = Jump("relation", one.guid)
    return Finding(
        *("relation", one.guid, name, sentence, jump, str(one.number), heading),
        offers=offers,
        model=one.model,
    )


# -- what was done after the evidence against -------------------------------------------------------------
# Moments are places in the journal: exact where two acts fall into one second. What came in beside the
# journal is as old as can be.


def _last_against(study: Study, some: Iterable[Standing]) -> dict[str, int]:
    """By relation the moment of the last evidence against it."""
    pieces = {p.guid: one.guid for one in some for p in one.pieces if p.polarity == "contradicting"}
    moments = _moments(study, "evidence", pieces, fields=("polarity",))
    found: dict[str, int] = defaultdict(int)
    for piece, relation in pieces.items():
        found[relation] = max(found[relation], moments.get(piece, 0))
    return found


def _last_words(study: Study, some: Iterable[Standing]) -> dict[str, int]:
    """By relation the moment of its last memo or condition; relations without any are not in it."""
    rows = list(some)
    found = _conditions(study, {one.id: one.guid for one in rows})
    bearers = {one.guid: one.guid for one in rows}
    for one in rows:
        for piece in one.pieces:
            if piece.polarity == "contradicting":
                bearers[piece.guid] = one.guid
                bearers |= dict.fromkeys(piece.segments, one.guid)
    for relation, moment in _memos(study, bearers):
        found[relation] = max(found.get(relation, 0), moment)
    return found


def _conditions(study: Study, relations: dict[int, str]) -> dict[str, int]:
    query = select(RelationCondition.guid, RelationCondition.relation_id)
    rows = {r.guid: relations[r.relation_id] for r in study.db.execute(query) if r.relation_id in relations}
    moments = _moments(study, "relation_condition", rows)
    found: dict[str, int] = {}
    for condition, relation in rows.items():
        found[relation] = max(found.get(relation, 0), moments.get(condition, 0))
    return found


def _memos(study: Study, bearers: dict[str, str]) -> list[tuple[str, int]]:
    """Relation and moment of every memo on a relation, its evidence against or the passages of that."""
    query = (
        select(MemoLink.guid.label("link"), MemoLink.target_guid, Memo.guid)
        .join(Memo, Memo.id == MemoLink.memo_id)
        .where(MemoLink.target_table.in_(("relation", "evidence", "segment")))
    )
    rows = [row for row in study.db.execute(query) if row.target_guid in bearers]
    written = _moments(study, "memo", {row.guid for row in rows}, fields=("title", "body"))
    linked = _moments(study, "memo_link", {row.link for row in rows})
    return [
        (bearers[row.target_guid], max(written.get(row.guid, 0), linked.get(row.link, 0))) for row in rows
    ]


def _moments(
    study: Study, table: str, guids: Iterable[str], *, fields: tuple[str, ...] | None = None
) -> dict[str, int]:
    """Where in the journal rows were made or changed last (``fields``: only changes of these count)."""
    wanted = sorted(guids)
    found: dict[str, int] = {}
    for at in range(0, len(wanted), AT_ONCE):
        query = (
            select(Change.guid, func.max(Change.id))
            .where(Change.table == table, Change.guid.in_(wanted[at : at + AT_ONCE]))
            .group_by(Change.guid)
        )
        if fields is not None:
            query = query.where((Change.op == "insert") | Change.field.in_(fields))
        found |= {row[0]: row[1] for row in study.db.execute(query)}
    return found
