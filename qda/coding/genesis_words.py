"""What differs between two states of a model, in words: line by line, each with what it is about."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from qda.coding import paradigms
from qda.coding.material import project_sheet
from qda.coding.model_states import (
    Change,
    FieldChange,
    ModelState,
    PlacementState,
    RelationState,
    SlotState,
    StateDifference,
    difference,
)
from qda.coding.templates import template
from qda.errors import KnownError
from qda.i18n import N_, _, ngettext
from qda.models import Project

Group = Literal["model", "slots", "placements", "relations"]
GROUPS: Final[tuple[tuple[Group, str], ...]] = (
    ("model", N_("Model")),
    ("slots", N_("Slots")),
    ("placements", N_("Codes in their places")),
    ("relations", N_("Relations")),
)
STATES: Final = {
    "supposed": N_("supposed"),
    "supported": N_("supported"),
    "modified": N_("modified"),
    "rejected": N_("rejected"),
}


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One thing that differs; ``details`` say what of it. ``about``: "code:GUID", "relation:GUID" or none."""

    group: Group
    change: Change
    words: str
    details: tuple[str, ...] = ()
    about: str = ""


def status_word(status: str) -> str:
    """The state of a relation in the current language."""
    return _(STATES[status]) if status in STATES else status


def model_status_word(status: str) -> str:
    """The state of a model in the current language."""
    return {"active": _("active"), "abandoned": _("given up")}.get(status, status)


def relation_words(relation: RelationState) -> str:
    """ "R3: statement", or the two codes with the type where there is no statement."""
    return f"R{relation.number}: {relation.statement or relation_sentence(relation)}"


def relation_sentence(relation: RelationState) -> str:
    """ "A → furthers → B"."""
    kind = paradigms.relation_label(relation.type, own=relation.own_type)
    return f"{relation.from_name} → {kind} → {relation.to_name}"


def counts_shown(project: Project) -> bool:
    """Whether the study shows how often something is coded."""
    return not project_sheet(project).hide_frequencies


def evidence_words(relation: RelationState, *, numbers: bool = True) -> str:
    """ "2 cases (A 5 · B 1) · 1 qualifies (B) · 2 against (A)", cases first; without ``numbers`` names."""
    if not numbers:
        return _evidence_named(relation)
    shown = " · ".join(
        f"{one.name} {one.supporting}" for one in relation.cases if one.name and one.supporting
    )
    parts = []
    if shown:
        n = sum(bool(one.name and one.supporting) for one in relation.cases)
        parts.append(ngettext("{n} case ({cases})", "{n} cases ({cases})", n).format(n=n, cases=shown))
    elif n := relation.supporting:
        parts.append(ngettext("{n} supports", "{n} support", n).format(n=n))
    if n := relation.qualifying:
        words = ngettext("{n} qualifies", "{n} qualify", n).format(n=n)
        parts.append(words + _in_cases(one.name for one in relation.cases if one.qualifying))
    if n := relation.contradicting:
        words = ngettext("{n} against", "{n} against", n).format(n=n)
        parts.append(words + _in_cases(one.name for one in relation.cases if one.contradicting))
    if relation.searched:
        parts.append(_("searched, found none"))
    return " · ".join(parts) or _("no evidence")


def _evidence_named(relation: RelationState) -> str:
    parts = [" · ".join(one.name for one in relation.cases if one.name and one.supporting)]
    if relation.qualifying:
        parts.append(_("qualified") + _in_cases(one.name for one in relation.cases if one.qualifying))
    if relation.contradicting:
        parts.append(_("contradicted") + _in_cases(one.name for one in relation.cases if one.contradicting))
    parts += [_("searched, found none")] if relation.searched else []
    return " · ".join(part for part in parts if part) or _("no evidence")


def _in_cases(names: Iterable[str]) -> str:
    named = ", ".join(name for name in names if name)
    return f" ({named})" if named else ""


def state_words(state: ModelState) -> list[str]:
    """What a state holds, in a few lines: phenomenon, places, relations by their state."""
    n, k = len(state.placements), len(state.relations)
    lines = [_("Phenomenon: {name}").format(name=state.phenomenon_name or "–")]
    lines.append(ngettext("{n} code in its place", "{n} codes in their places", n).format(n=n))
    told = ngettext("{n} relation", "{n} relations", k).format(n=k)
    counts = {status: sum(one.status == status for one in state.relations) for status in STATES}
    parts = [f"{count} {status_word(status)}" for status, count in counts.items() if count]
    lines.append(f"{told} ({', '.join(parts)})" if parts else told)
    return lines


def slot_names(project: Project, *states: ModelState) -> dict[str, str]:
    """How the slots of states are called, by GUID: their own name, or the template's."""
    found: dict[str, str] = {}
    for state in states:
        try:
            origin = template(project, state.template)
        except KnownError:  # a template of one's own that is gone
            origin = None
        for slot in state.slots:
            known = origin.slot(slot.key) if origin else None
            found[slot.guid] = slot.name or (str(known.name) if known else slot.key)
    return found


def difference_lines(project: Project, before: ModelState, behind: ModelState) -> list[DifferenceLine]:
    """What came, went and changed from one state to another, in the current language."""
    names = slot_names(project, before, behind)
    found = difference(before, behind)
    return [
        *_model(found),
        *_slots(found, names),
        *_placements(found, names),
        *_relations(found, numbers=counts_shown(project)),
    ]


def _model(found: StateDifference) -> Iterator[DifferenceLine]:
    for field in found.model:
        if field.field == "name":
            words = _("Renamed: “{old}” became “{new}”").format(old=field.before, new=field.behind)
        elif field.field == "phenomenon_name":
            words = _("Phenomenon: {old} → {new}").format(old=field.before or "–", new=field.behind or "–")
        elif field.field == "status":
            states = model_status_word(field.before), model_status_word(field.behind)
            words = _("State: {old} → {new}").format(old=states[0], new=states[1])
        elif field.field == "template":
            words = _("Another template")
        else:
            continue
        yield DifferenceLine("model", "changed", words)


def _slots(found: StateDifference, names: dict[str, str]) -> Iterator[DifferenceLine]:
    def told(change: Change, slots: Iterable[SlotState]) -> Iterator[DifferenceLine]:
        for slot in slots:
            yield DifferenceLine("slots", change, names[slot.guid])

    yield from told("added", found.slots_added)
    yield from told("removed", found.slots_removed)


def _placements(found: StateDifference, names: dict[str, str]) -> Iterator[DifferenceLine]:
    for one in found.placements:
        row = one.behind or one.before
        if row is None:
            continue
        about = f"code:{row.code}"
        if one.change != "changed":
            words = f"{row.name} ({place_words(row, names)})"
            yield DifferenceLine("placements", one.change, words, (), about)
            continue
        details = []
        if one.before and place_words(one.before, names) != place_words(row, names):
            details.append(f"{place_words(one.before, names)} → {place_words(row, names)}")
        if one.before and one.before.name != row.name:
            details.append(_("Renamed: “{old}” became “{new}”").format(old=one.before.name, new=row.name))
        yield DifferenceLine("placements", "changed", row.name, tuple(details), about)


def place_words(row: PlacementState, names: dict[str, str]) -> str:
    """Slot, level and addressee."""
    parts = [names.get(row.slot, "")]
    parts += [paradigms.level_name(row.level)] if row.level else []
    parts += [paradigms.addressee_name(row.addressee)] if row.addressee else []
    return ", ".join(part for part in parts if part)


def _relations(found: StateDifference, *, numbers: bool) -> Iterator[DifferenceLine]:
    for one in found.relations:
        row = one.behind or one.before
        if row is None:
            continue
        details: list[str] = []
        if one.change == "changed" and one.before and one.behind:
            details = list(_changes(one.before, one.behind, one.fields, numbers=numbers))
        elif one.change == "added":
            details = [status_word(row.status), evidence_words(row, numbers=numbers)]
        if one.change != "changed" or details:
            yield DifferenceLine(
                "relations", one.change, relation_words(row), tuple(details), f"relation:{row.guid}"
            )


def _changes(
    old: RelationState, new: RelationState, fields: tuple[FieldChange, ...], *, numbers: bool
) -> Iterator[str]:
    changed = {field.field for field in fields}
    if "status" in changed:
        yield _("State: {old} → {new}").format(old=status_word(old.status), new=status_word(new.status))
    if "statement" in changed:
        yield _("Statement before: {words}").format(words=old.statement or "–")
    yield from _ends(old, new, changed)
    for words in new.conditions:
        if words not in old.conditions:
            yield _("Holds when, added: {words}").format(words=words)
    for words in old.conditions:
        if words not in new.conditions:
            yield _("Holds when, given up: {words}").format(words=words)
    before, behind = evidence_words(old, numbers=numbers), evidence_words(new, numbers=numbers)
    if before != behind:
        yield _("Evidence: {old} → {new}").format(old=before, new=behind)


def _ends(old: RelationState, new: RelationState, changed: set[str]) -> Iterator[str]:
    if changed & {"from_code", "to_code", "type", "own_type"}:
        yield _("Before: {words}").format(words=relation_sentence(old))
        return
    for before, behind in ((old.from_name, new.from_name), (old.to_name, new.to_name)):
        if before != behind:
            yield _("Renamed: “{old}” became “{new}”").format(old=before, new=behind)


# -- two states side by side --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SideRow:
    """One thing as it was before and behind; empty where it was not there. ``about`` as in the lines."""

    group: Group
    name: str
    before: str
    behind: str
    about: str = ""

    @property
    def differs(self) -> bool:
        """Whether the two differ."""
        return self.before != self.behind


def side_by_side(project: Project, before: ModelState, behind: ModelState) -> list[SideRow]:
    """Everything that either of two states holds, each as it was then."""
    names = slot_names(project, before, behind)
    rows = [
        SideRow("model", _("Name"), before.name, behind.name),
        SideRow("model", _("Phenomenon"), before.phenomenon_name, behind.phenomenon_name),
        SideRow("model", _("State"), model_status_word(before.status), model_status_word(behind.status)),
    ]
    rows += _beside("slots", before.slots, behind.slots, lambda slot: (names[slot.guid], _("there"), ""))
    rows += _beside(
        "placements",
        before.placements,
        behind.placements,
        lambda row: (row.name, place_words(row, names), f"code:{row.code}"),
    )
    return [*rows, *_relations_beside(before, behind, numbers=counts_shown(project))]


def _relations_beside(before: ModelState, behind: ModelState, *, numbers: bool) -> Iterator[SideRow]:
    """The relations; which codes one joins is told where that is not the same."""
    old = {one.guid: relation_sentence(one) for one in before.relations}
    new = {one.guid: relation_sentence(one) for one in behind.relations}
    turned = {guid for guid in old.keys() & new.keys() if old[guid] != new[guid]}

    def told(row: RelationState) -> tuple[str, str, str]:
        words = _standing(row, numbers=numbers)
        if row.guid in turned:
            words = f"{words}\n{relation_sentence(row)}"
        return relation_words(row), words, f"relation:{row.guid}"

    return _beside("relations", before.relations, behind.relations, told)


def _standing(relation: RelationState, *, numbers: bool) -> str:
    """A relation as it stood: its state, its evidence, and when it holds."""
    words = f"{status_word(relation.status)} · {evidence_words(relation, numbers=numbers)}"
    if not relation.conditions:
        return words
    return words + "\n" + _("Holds when: {words}").format(words="; ".join(relation.conditions))


def _beside(
    group: Group,
    before: Iterable[Any],
    behind: Iterable[Any],
    told: Callable[[Any], tuple[str, str, str]],
) -> Iterator[SideRow]:
    old, new = {one.guid: told(one) for one in before}, {one.guid: told(one) for one in behind}
    for guid in dict.fromkeys((*new, *old)):
        name, _words, about = new.get(guid) or old[guid]
        was, now = old.get(guid, ("", "", ""))[1], new.get(guid, ("", "", ""))[1]
        if guid in old and guid in new and old[guid][0] != name and group != "slots":
            was = f"{old[guid][0]}\n{was}"
        yield SideRow(group, name, was, now, about)
