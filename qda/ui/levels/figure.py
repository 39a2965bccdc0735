"""From the levels of a model to the picture, and a step of the path in words."""

from collections.abc import Sequence

from qda.coding import paradigms
from qda.coding.levels import Level, Step
from qda.coding.rows import ModelRow
from qda.figures.levels import LevelChip, LevelsFigure, Ring, Way
from qda.i18n import _
from qda.ui.axial.reading import Reading
from qda.ui.axial.words import badge_line


def levels_figure(
    model: ModelRow,
    levels: Sequence[Level],
    steps: Sequence[Step],
    reading: Reading,
    begins: Sequence[str],
    *,
    counted: bool,
) -> LevelsFigure:
    """The rings of a model; ``begins`` are the codes with which the path begins."""
    columns = [slot for slot in model.slots if slot.role != "phenomenon"]
    number = {slot.guid: at for at, slot in enumerate(columns)}
    outermost: dict[str, str] = {}  # the placement of a code that a path goes through

    def ring(level: Level) -> Ring:
        chips = []
        for one in level.placed:
            row = one.placement
            outermost[row.code] = row.guid
            whom = paradigms.addressee_name(row.addressee, short=True)
            figures = reading.counts.by_case_text(row.code) if counted else ""
            note = " · ".join(part for part in (whom, figures) if part)
            place = number.get(row.slot, 0)
            name = reading.name(row.code)
            chips.append(LevelChip(row.guid, name, reading.colour(row.code), place, note, row.in_vivo))
        return Ring(level.key, level.name or _("without a level"), tuple(chips))

    inner = [level for level in levels if not level.key]  # what has no level stands with the action
    rings = tuple(ring(level) for level in (*inner, *(level for level in levels if level.key)))
    ways = tuple(
        Way(outermost[step.before], outermost[step.code], step.forward, step.said_here)
        for step in steps
        if step.before in outermost and step.code in outermost
    )
    return LevelsFigure(
        tuple(slot.name for slot in columns),
        rings,
        ways,
        tuple(outermost[code] for code in begins if code in outermost),
    )


def way_words(step: Step, reading: Reading, *, counted: bool) -> str:
    """How a path comes to a code: "furthers, from *Money* · relation 3 · 2 cases (A 1 · B 2)"."""
    relation = step.relation
    if relation is None:
        return _("the path begins here")
    label = paradigms.relation_label(relation.type, own=relation.own_type, backward=not step.forward)
    before = reading.name(step.before)
    parts = [_("“{before}” {relation} it").format(before=before, relation=label)]
    parts.append(_("relation {number}").format(number=relation.number))
    if step.said_here:
        parts.append(_("this passage is evidence"))
    if counted:
        parts.append(badge_line(relation))
    return " · ".join(parts)
