"""Figures and lists for the audit questions on how the theory is grounded."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from qda.coding import paradigms, theory
from qda.coding.audit_data import AuditData, AuditLine, names, written
from qda.coding.audit_process import tested, theory_sentence
from qda.coding.citation import quoted
from qda.coding.genesis_words import STATES, status_word
from qda.coding.model_versions import versions
from qda.coding.rows import CodeRow, RelationRow
from qda.coding.story_text import words_of
from qda.i18n import _, ngettext


def concepts(data: AuditData) -> list[AuditLine]:
    """Codes and categories; which names are the respondents' own; what came from elsewhere."""
    lines = [AuditLine(_("{n} codes, {k} categories").format(n=len(data.codes), k=len(data.categories)))]
    in_vivo = [code for code in data.codes if code.origin == "in-vivo"]
    if in_vivo:
        n = len(in_vivo)
        told = ngettext(
            "{n} code is named in the words of respondents: {names}",
            "{n} codes are named in the words of respondents: {names}",
            n,
        )
        lines.append(AuditLine(told.format(n=n, names=", ".join(quoted(code.name) for code in in_vivo))))
    taken = [one for one in data.concepts if one.code]
    if taken:
        told = _("From sensitizing concepts: {names}")
        lines.append(AuditLine(told.format(names=", ".join(one.code_name for one in taken))))
    undefined = [code for code in data.categories if not code.definition.strip()]
    if undefined:
        lines.append(
            AuditLine(_("Categories without a working definition: {names}").format(names=names(undefined)))
        )
    return lines


def related(data: AuditData) -> list[AuditLine]:
    """Relations by state; categories in none."""
    if not data.active:
        return [AuditLine(_("No relation has been stated yet."))]
    counts = Counter(relation.status for relation in data.active)
    parts = ", ".join(f"{status_word(status)} {counts[status]}" for status in STATES if counts[status])
    n = len(data.active)
    told = ngettext("{n} relation: {states}", "{n} relations: {states}", n).format(n=n, states=parts)
    lines = [AuditLine(told)]
    kinds = Counter(paradigms.relation_label(one.type, own=one.own_type) for one in data.active)
    lines.append(
        AuditLine(_("Types: {types}").format(types=", ".join(f"{k} {n}" for k, n in kinds.most_common())))
    )
    alone = [code for code in data.categories if not _links(data, code)]
    if alone:
        lines.append(AuditLine(_("Categories in no relation: {names}").format(names=names(alone))))
    return lines


def _links(data: AuditData, code: CodeRow) -> list[RelationRow]:
    """The relations of a category and of the codes below it that are not rejected."""
    circle = data.below[code.guid]
    return [
        one
        for one in data.active
        if one.status != "rejected" and (one.from_code in circle or one.to_code in circle)
    ]


def dense(data: AuditData) -> list[AuditLine]:
    """For each category its relations, properties, and the places on them that were seen and not seen."""
    lines = []
    for code in data.categories:
        links = _links(data, code)
        profile = data.profiles.get(code.guid)
        axes = profile.axes if profile else ()
        parts = [ngettext("{n} relation", "{n} relations", len(links)).format(n=len(links))]
        parts.append(ngettext("{n} property", "{n} properties", len(axes)).format(n=len(axes)))
        words = _("{name}: {counted}").format(name=code.name, counted=" · ".join(parts))
        lines.append(AuditLine(words, about=f"code:{code.guid}"))
        for axis in axes:
            seen = {one.place for one in axis.seen}
            told = _("{property}: {places}").format(
                property=axis.name,
                places="; ".join(place for place in axis.every_place if place in seen) or "–",
            )
            if unseen := [place for place in axis.places if place not in seen]:
                told += " " + _("(not seen: {places})").format(places="; ".join(unseen))
            lines.append(AuditLine(told, level=1))
    return lines or [AuditLine(_("No code has been made a category yet."))]


def variation(data: AuditData) -> list[AuditLine]:
    """Conditions under which relations hold, evidence that qualifies, deviating passages and cases."""
    lines: list[AuditLine] = []
    with_conditions = [one for one in data.active if one.conditions]
    if with_conditions:
        n = len(with_conditions)
        told = ngettext("{n} relation holds under conditions", "{n} relations hold under conditions", n)
        lines.append(AuditLine(told.format(n=n)))
        for one in with_conditions:
            held = "; ".join(condition.words for condition in one.conditions)
            words = _("R{number} holds when: {conditions}").format(number=one.number, conditions=held)
            lines.append(AuditLine(words, about=f"relation:{one.guid}", level=1))
    else:
        lines.append(AuditLine(_("No relation has a condition under which it holds.")))
    against = [one for one in data.active if one.contradicting or one.qualifying]
    if against:
        numbers = ", ".join(f"R{one.number}" for one in against)
        lines.append(AuditLine(_("Evidence against or qualifying: {numbers}").format(numbers=numbers)))
    without = [code for code in data.categories if not code.deviating]
    if without:
        told = _("Categories without a deviating passage: {names}")
        lines.append(AuditLine(told.format(names=names(without))))
    return [*lines, *_in_some_cases(data)]


def _in_some_cases(data: AuditData) -> Iterator[AuditLine]:
    """Categories that were not met in all coded cases."""
    coded = {case for code in data.categories for case in data.by_case(code.guid) if case}
    for code in data.categories:
        here = data.cases_of(code.guid)
        if 0 < len(here) < len(coded):
            words = _("{name}: only in {cases}").format(name=code.name, cases=names(here))
            yield AuditLine(words, about=f"code:{code.guid}")


def wider_conditions(data: AuditData) -> list[AuditLine]:
    """The codes of active models by level; relations that lead from one level to another."""
    held = {model.guid for model in data.models if model.status == "active"}
    by_level: dict[str, list[str]] = defaultdict(list)
    for row in data.placements:
        if row.model in held and row.level and row.code_name not in by_level[row.level]:
            by_level[row.level].append(row.code_name)
    if not by_level:
        return [AuditLine(_("No code of a model has been given a level."))]
    known = [term.key for term in paradigms.levels()]
    order = [*known, *(key for key in by_level if key not in known)]
    return [
        AuditLine(
            _("{level}: {names}").format(
                level=paradigms.level_name(key), names=", ".join(by_level[key]) if by_level[key] else "–"
            )
        )
        for key in order
    ]


def process(data: AuditData) -> list[AuditLine]:
    """Relations that act back or lead on; how the models were changed; frozen versions."""
    lines: list[AuditLine] = []
    back = [one for one in data.active if one.type == "acts_back_on" and one.status != "rejected"]
    for one in back:
        words = f"R{one.number}: {one.statement or theory_sentence(one)}"
        told = _("Acts back – {relation}").format(relation=words)
        lines.append(AuditLine(told, tested(one, numbers=data.numbers), f"relation:{one.guid}"))
    if not back:
        lines.append(AuditLine(_("No relation acts back.")))
    chains = [
        (one, after)
        for one in data.active
        for after in data.starting_at.get((one.model, one.to_code), ())
        if after is not one and "rejected" not in (one.status, after.status)
    ]
    if chains:
        shown = ", ".join(f"R{a.number} → R{b.number}" for a, b in chains)
        lines.append(AuditLine(_("Relations that follow each other: {chains}").format(chains=shown)))
    for row in versions(data.project):
        words = _("Version “{name}” of “{model}”").format(name=row.name, model=row.model_name)
        lines.append(AuditLine(words, row.note, at=row.created))
    return lines


def significance(data: AuditData) -> list[AuditLine]:
    """What was asked, known and expected before; the story as it stands. No figure says what matters."""
    asked = data.sheet.questions
    lines = [written(_("Research question"), asked[-1][0] if asked else "")]
    lines.append(written(_("Prior knowledge"), data.sheet.fields.get("prior_knowledge", "")))
    lines.append(written(_("Preconceptions"), data.sheet.fields.get("preconceptions", "")))
    lines.append(written(_("Story"), words_of(theory.story(data.project, "story"))))
    return lines
