"""Figures and lists for the audit questions on how the theory came about."""

from collections.abc import Iterator

from sqlalchemy import select

from qda.coding import theory
from qda.coding.audit_data import FORMS, OUTCOMES, AuditData, AuditLine, names, written
from qda.coding.category_life import undone_units
from qda.coding.genesis import JUDGED
from qda.coding.genesis_words import status_word
from qda.coding.rows import CodeRow, RelationRow
from qda.coding.sampling import DecisionRow, called
from qda.i18n import _, ngettext
from qda.models.journal_tables import Change, Unit

_EARLIEST = 3  # passages shown from which a category came


def first_sample(data: AuditData) -> list[AuditLine]:
    """The starting cases, what a case is, how the field was entered."""
    starting = [case for case in data.cases if case.starting]
    n = len(starting)
    told = ngettext("{n} starting case: {names}", "{n} starting cases: {names}", n)
    lines = [AuditLine(told.format(n=n, names=names(starting)))]
    for case in starting:
        about = f"case:{case.guid}"
        features = "; ".join(f"{name}: {value}" for name, value in case.attributes.items() if value)
        lines.append(AuditLine(case.name, case.description or features, about, level=1))
    fields = data.sheet.fields
    lines.append(written(_("What a case is"), fields.get("case_definition", "")))
    lines.append(written(_("Field access"), fields.get("field_access", "")))
    return lines


def main_categories(data: AuditData) -> list[AuditLine]:
    """The categories with the cases in which they were met."""
    if not data.categories:
        return [AuditLine(_("No code has been made a category yet."))]
    n, k = len(data.categories), len(data.codes)
    lines = [AuditLine(_("{n} categories among {k} codes").format(n=n, k=k))]
    for code in data.categories:
        words = _("{name}: {counted}").format(name=_named(code), counted=data.counted(code.guid))
        lines.append(AuditLine(words, code.definition, f"code:{code.guid}", level=1))
    return lines


def _named(code: CodeRow) -> str:
    return _("{name} (core category)").format(name=code.name) if code.core else code.name


def incidents(data: AuditData) -> list[AuditLine]:
    """For each category the passages from which it and the codes below it were made, and the chosen ones."""
    lines = []
    for code in data.categories:
        lines.append(AuditLine(code.name, about=f"code:{code.guid}"))
        lines += _made_from(data, code)
        for title, guid in ((_("Typical"), code.typical), (_("Deviating"), code.deviating)):
            if passage := data.passage(guid):
                lines.append(AuditLine(title, passages=passage, level=1))
    return lines or [AuditLine(_("No code has been made a category yet."))]


def _made_from(data: AuditData, code: CodeRow) -> Iterator[AuditLine]:
    inside = data.gathered[code.guid] & data.made_from.keys()
    first = sorted(inside, key=lambda guid: data.made_from[guid][0])
    shown = [guid for guid in first if data.passage(data.made_from[guid][1])]
    for guid in shown[:_EARLIEST]:
        at, segment = data.made_from[guid]
        words = _("From the passage came “{name}”").format(name=data.code[guid].name)
        yield AuditLine(words, about=f"code:{guid}", passages=data.passage(segment), level=1, at=at)
    if more := len(shown) - _EARLIEST:
        told = ngettext("{n} further code came from a passage", "{n} further codes came from passages", more)
        if more > 0:
            yield AuditLine(told.format(n=more), level=1)


# -- sampling -----------------------------------------------------------------------------------------------


def sampling(data: AuditData) -> list[AuditLine]:
    """The sampling decisions, and where the categories were met again in later cases."""
    if not data.decisions:
        lines = [AuditLine(_("No sampling decision is written down."))]
    else:
        n = len(data.decisions)
        told = ngettext("{n} sampling decision", "{n} sampling decisions", n).format(n=n)
        lines = [AuditLine(told)]
    for number, decision in enumerate(data.decisions, start=1):
        lines += _decision(number, decision)
    later = [case for case in data.cases if not case.starting]
    if later:
        lines.append(AuditLine(_("Cases after the first: {names}").format(names=names(later))))
        lines += [_met_again(data, code) for code in data.categories]
    return lines


def _decision(number: int, row: DecisionRow) -> Iterator[AuditLine]:
    form, outcome = FORMS.get(row.form, row.form), OUTCOMES.get(row.outcome, row.outcome)
    words = _("Decision {number}: {form} – {outcome}")
    told = words.format(number=number, form=_(form), outcome=_(outcome))
    yield AuditLine(told, at=row.created, level=1)
    for title, text in (
        (_("From which gap"), row.gap),
        (_("What was sought"), row.sought),
        (_("Why"), row.why),
        (_("What it brought"), row.brought),
    ):
        if text:
            yield AuditLine(title, text, level=2)
    for target in row.targets:
        yield AuditLine(called(target), about=f"{target.kind}:{target.guid}", level=2)


def _met_again(data: AuditData, code: CodeRow) -> AuditLine:
    """In which later cases a category was met, in which not yet, and how it was judged."""
    here = {case.guid for case in data.cases_of(code.guid)}
    later = [case for case in data.cases if not case.starting]
    met = [case for case in later if case.guid in here]
    missing = [case for case in later if case.guid not in here]
    parts = [_("met in {names}").format(names=names(met))] if met else []
    parts += [_("not met in {names}").format(names=names(missing))] if missing else []
    judged = data.judgements.get(code.guid)
    if judged is not None:
        state = JUDGED.get(judged.state, judged.state)
        parts.append(_("judged: {state}").format(state=_(state)))
    words = _("{name}: {counted}").format(name=code.name, counted=" · ".join(parts))
    return AuditLine(words, judged.reason if judged else "", f"code:{code.guid}", level=1)


# -- hypotheses ---------------------------------------------------------------------------------------------


def hypotheses(data: AuditData) -> list[AuditLine]:
    """The relations as they were stated and tested: evidence by case, searches, how their state changed."""
    if not data.active:
        return [AuditLine(_("No relation has been stated yet."))]
    n = len(data.active)
    lines = [AuditLine(ngettext("{n} relation stated", "{n} relations stated", n).format(n=n))]
    for relation in data.active:
        lines.append(_hypothesis(data, relation))
        for step in data.steps_of(relation):
            if step.kind == "status":
                lines.append(AuditLine(step.words.partition(": ")[2], level=2, at=step.at))
        lines.append(AuditLine(tested(relation, numbers=data.numbers), level=2))
    return lines


def _hypothesis(data: AuditData, relation: RelationRow) -> AuditLine:
    stated = next((step.at for step in data.steps_of(relation) if step.kind == "relation"), None)
    words = f"R{relation.number}: {relation.statement or theory_sentence(relation)}"
    told = _("{relation} – {state}").format(relation=words, state=status_word(relation.status))
    return AuditLine(told, about=f"relation:{relation.guid}", level=1, at=stated)


def theory_sentence(relation: RelationRow) -> str:
    """A relation without a statement: its two codes with the type between them."""
    from qda.coding.paradigms import relation_label

    kind = relation_label(relation.type, own=relation.own_type)
    return f"{relation.from_name} → {kind} → {relation.to_name}"


def tested(relation: RelationRow, *, numbers: bool = True) -> str:
    """On what a relation rests, cases first; without ``numbers`` how often is not said."""
    if not numbers:
        return _tested_in_words(relation)
    n = len(relation.by_case)
    shown = " · ".join(f"{name} {count}" for name, count in relation.by_case)
    parts = []
    if n:
        parts.append(ngettext("{n} case ({cases})", "{n} cases ({cases})", n).format(n=n, cases=shown))
    elif relation.supporting:
        told = ngettext("{n} supports", "{n} support", relation.supporting)
        parts.append(told.format(n=relation.supporting))
    if n := relation.qualifying:
        parts.append(ngettext("{n} qualifies", "{n} qualify", n).format(n=n))
    if n := relation.contradicting:
        parts.append(ngettext("{n} against", "{n} against", n).format(n=n))
    if relation.searched:
        parts.append(_("searched, found none"))
    return " · ".join(parts) or _("no evidence")


def _tested_in_words(relation: RelationRow) -> str:
    parts = [" · ".join(name for name, _count in relation.by_case)]
    parts += [_("qualified")] if relation.qualifying else []
    parts += [_("contradicted")] if relation.contradicting else []
    parts += [_("searched, found none")] if relation.searched else []
    return " · ".join(part for part in parts if part) or _("no evidence")


def failures(data: AuditData) -> list[AuditLine]:
    """Relations with evidence against, or modified or rejected: the passages, and what was changed then."""
    lines: list[AuditLine] = []
    for relation in data.active:
        against = [one for one in data.not_supporting(relation.guid) if one.polarity == "contradicting"]
        if not against and relation.status not in ("modified", "rejected"):
            continue
        lines.append(_hypothesis(data, relation))
        passages = tuple(segment for piece in against for segment in piece.passages)
        if passages:
            n = len(against)
            told = ngettext("{n} piece of evidence against", "{n} pieces of evidence against", n)
            words = told.format(n=n) if data.numbers else _("contradicted")
            lines.append(AuditLine(words, passages=passages, level=2))
        changes = list(_changed(data, relation))
        lines += changes or [AuditLine(_("Nothing was changed since."), level=2)]
    n = sum(line.level == 1 for line in lines)
    if not n:
        return [AuditLine(_("No relation has evidence against it, none was modified or rejected."))]
    told = ngettext(
        "{n} relation has evidence against it or was modified or rejected",
        "{n} relations have evidence against them or were modified or rejected",
        n,
    )
    return [AuditLine(told.format(n=n)), *lines]


def _changed(data: AuditData, relation: RelationRow) -> Iterator[AuditLine]:
    """What was changed of a relation after the first evidence that did not support it, with its memos."""
    since = min((one.created for one in data.not_supporting(relation.guid)), default=None)
    stated = False
    for step in data.steps_of(relation):
        telling = step.kind in ("status", "condition") or (step.kind == "relation" and stated)
        stated = stated or step.kind == "relation"
        if step.kind == "memo" and not step.private:
            yield AuditLine(step.words, step.text, f"memo:{step.memo}", level=2, at=step.at)
        elif telling and (since is None or step.at >= since):
            text = step.text if step.kind == "relation" else ""
            yield AuditLine(step.words.partition(": ")[2], text, level=2, at=step.at)


# -- the core category --------------------------------------------------------------------------------------


def core_category(data: AuditData) -> list[AuditLine]:
    """Which one, since when, which were before; what relates to it; the author's reasons and rivals."""
    core = data.core
    if core is None:
        return [AuditLine(_("No core category is chosen yet.")), *_core_before(data, "")]
    lines = [
        AuditLine(_("Core category: {name}").format(name=core.name), about=f"code:{core.code}", at=core.since)
    ]
    lines += _core_before(data, core.code)
    lines.append(AuditLine(_("Met in {counted}").format(counted=data.counted(core.code))))
    linked, apart = theory.categories_by_core(data.project)
    if linked or apart:
        words = _("Categories related to it in a model: {names}")
        lines.append(AuditLine(words.format(names=names(linked))))
    if apart:
        lines.append(AuditLine(_("Not related to it: {names}").format(names=names(apart))))
    lines.append(written(_("Reasons"), core.reasons))
    lines.append(written(_("Rivals"), core.rivals))
    return lines


def _core_before(data: AuditData, now: str) -> Iterator[AuditLine]:
    """What was the core category before, from the journal."""
    with data.project.read() as db:
        undone = undone_units(db)
        query = (
            select(*(Change.unit_id, Change.op, Change.field, Change.old, Change.new, Unit.at))
            .join(Unit, Unit.id == Change.unit_id)
            .where(Change.table == "core_category", Unit.kind == "do")
            .order_by(Change.id)
        )
        rows = [row for row in db.execute(query) if row.unit_id not in undone]
    for row in rows:
        guid = (row.new or {}).get("code_id") if row.op == "insert" else ""
        if row.op == "update" and row.field == "code_id":
            guid = row.new
        if guid and guid != now:
            name = data.code[guid].name if guid in data.code else "–"
            words = _("Chosen before: {name}").format(name=name)
            yield AuditLine(words, about=f"code:{guid}", level=1, at=row.at)
