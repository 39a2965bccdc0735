"""The conditional/consequential matrix: the placed codes of a model by level, and paths from within outwards.

After Corbin and Strauss a passage is followed outwards: from what is done to the conditions and consequences
around it, level by level. Here a path goes along the relations of a model, each step to a level at least as
far out; a code without a level counts as action/interaction, the innermost one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding import paradigms, theory
from qda.coding.rows import ModelRow, PlacementRow, RelationRow
from qda.models import Project

WITHOUT: Final = ""  # the level of what has none
LEVELS_KEPT: Final = "levels.order"  # the project's own order, keys and own names, one a line


@dataclass(frozen=True, slots=True)
class Placed:
    """A code where it is placed, with the words of its slot."""

    placement: PlacementRow
    slot_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level from the action (0) outwards; ``own``: a name of the project's own."""

    key: str
    name: str
    place: int
    own: bool
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A code that a path reaches. ``relation`` leads there from the code ``before`` (none: it begins here).

    ``forward``: read from ``before``, the relation goes its own way, else against it. ``said_here``: the
    passage with which the path begins is evidence of the relation. ``distance``: relations from the passage.
    """

    code: str
    name: str
    colour: int
    level: str
    level_name: str
    before: str
    relation: RelationRow | None
    forward: bool
    said_here: bool
    distance: int


def level_keys(project: Project) -> list[str]:
    """All levels from the action outwards: the program's, and the project's own where they were put."""
    written = (key for key in project.setting(LEVELS_KEPT).split("\n") if key)
    known = (term.key for term in paradigms.levels())
    used = (row.level for row in theory.placements(project) if row.level)
    return list(dict.fromkeys((*written, *known, *used)))


def move_level(project: Project, key: str, by: int) -> list[str]:
    """Moves a level inwards (below 0) or outwards in the project's order, and hands out the new order."""
    order = level_keys(project)
    if key in order:
        at = order.index(key)
        order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
        project.set_setting(LEVELS_KEPT, "\n".join(order))
    return order


def levels(project: Project, model: ModelRow) -> list[Level]:
    """The placed codes of a model by level, from the action outwards; last those without a level, if any."""
    slots = {slot.guid: slot for slot in model.slots}
    by_level: dict[str, list[Placed]] = defaultdict(list)
    for row in theory.placements(project, model.guid):
        slot = slots.get(row.slot)
        by_level[row.level].append(Placed(row, slot.name if slot else "", slot.role if slot else "own"))
    order = {slot.guid: place for place, slot in enumerate(model.slots)}
    known = {term.key for term in paradigms.levels()}

    def level(key: str, place: int) -> Level:
        rows = sorted(by_level[key], key=lambda p: (order.get(p.placement.slot, 0), p.placement.position))
        name = paradigms.level_name(key) if key else ""
        return Level(key, name, place, bool(key) and key not in known, tuple(rows))

    found = [level(key, place) for place, key in enumerate(level_keys(project))]
    return [*found, level(WITHOUT, len(found))] if by_level[WITHOUT] else found


def path_outwards(
    project: Project,
    model: ModelRow,
    codes: Sequence[str],
    *,
    passage: tuple[str, int, int] | None = None,
) -> list[Step]:
    """What is reached from ``codes`` along the relations of the model, never inwards, the innermost first.

    Rejected relations lead nowhere. ``passage`` (source, start, stop) marks relations that it is evidence of.
    """
    placements = theory.placements(project, model.guid)
    place = _outermost(project, placements)
    names = {row.code: (row.code_name, row.colour) for row in placements}
    if model.phenomenon:
        names.setdefault(model.phenomenon, (model.phenomenon_name, 0))
    relations = [row for row in theory.relations(project, model.guid) if row.status != "rejected"]
    edges: dict[str, list[tuple[RelationRow, str, bool]]] = defaultdict(list)
    for row in relations:
        names.setdefault(row.from_code, (row.from_name, 0))
        names.setdefault(row.to_code, (row.to_name, 0))
        edges[row.from_code].append((row, row.to_code, True))
        edges[row.to_code].append((row, row.from_code, False))
    said = _said(project, passage, {row.guid for row in relations}) if passage else set()
    steps: dict[str, Step] = {}

    def reach(code: str, before: str, way: tuple[RelationRow, bool] | None, distance: int) -> None:
        key = place.get(code, (0, WITHOUT))[1]
        name, colour = names[code]
        relation, forward = way or (None, True)
        here = relation is not None and relation.guid in said
        level_name = paradigms.level_name(key) if key else ""
        steps[code] = Step(code, name, colour, key, level_name, before, relation, forward, here, distance)

    wave = [code for code in dict.fromkeys(codes) if code in names]
    for code in wave:
        reach(code, "", None, 0)
    distance = 0
    while wave:
        distance += 1
        found: list[str] = []
        for code in wave:
            for relation, other, forward in edges[code]:
                outwards = place.get(other, (0, ""))[0] >= place.get(code, (0, ""))[0]
                if outwards and other not in steps:
                    reach(other, code, (relation, forward), distance)
                    found.append(other)
        wave = found
    return sorted(steps.values(), key=lambda step: (place.get(step.code, (0, ""))[0], step.distance))


def _outermost(project: Project, placements: Iterable[PlacementRow]) -> dict[str, tuple[int, str]]:
    """The outermost level of each code: its place from the action outwards, and its key."""
    order = {key: number for number, key in enumerate(level_keys(project))}
    found: dict[str, tuple[int, str]] = {}
    for row in placements:
        here = (order.get(row.level, 0), row.level)
        found[row.code] = max(found.get(row.code, here), here)
    return found


def _said(project: Project, passage: tuple[str, int, int], relations: set[str]) -> set[str]:
    source, start, stop = passage
    return {
        piece.relation
        for piece in theory.evidence(project)
        if piece.relation in relations
        and any(s.source == source and s.start < stop and s.stop > start for s in piece.segments)
    }
