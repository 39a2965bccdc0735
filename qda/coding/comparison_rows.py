"""What stands in the rows of a case comparison: slots with the codes placed there, categories, properties.

A slot can be taken apart: what reaches one addressee, or lies on one level, is a row of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from qda.coding import templates, theory
from qda.coding.comparison_cells import part_token, row_key
from qda.coding.paradigms import addressee_name, addressees, level_name, levels
from qda.coding.rows import ModelRow, PlacementRow, SlotRow
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code

RowKind = Literal["slot", "code", "property"]
Split = Literal["addressee", "level"]


@dataclass(frozen=True, slots=True)
class Head:
    """A row before anything is counted: a slot (or a part of it) or a code, and the codes (GUIDs) in it."""

    kind: RowKind
    guid: str
    name: str
    codes: tuple[str, ...]
    part: str = ""
    part_name: str = ""

    @property
    def key(self) -> str:
        """What names the row among those of its comparison."""
        return row_key(self.guid, part_token(self.part))


def chosen_model(project: Project, model: str | None) -> ModelRow:
    """The model of this GUID, or the first active one.

    :raises KnownError: there is none.
    """
    every = theory.models(project)
    found = next((one for one in every if (one.guid == model if model else one.status == "active")), None)
    if found is None:
        raise KnownError(_("There is no model whose slots could be compared."))
    return found


def slot_heads(
    project: Project, model: ModelRow, *, split: Collection[Split], written: Collection[str]
) -> list[Head]:
    """The slots of a model with the codes placed there, and the phenomenon among them.

    ``written`` are rows (by key) in which something stands already: a slot keeps its own row for that.
    """
    placed: dict[str, list[PlacementRow]] = defaultdict(list)
    for one in theory.placements(project, model.guid):
        placed[one.slot].append(one)
    found: list[Head] = []
    for slot in model.slots:
        found += _parts(slot, placed[slot.guid], split, written)
    if model.phenomenon and not any(slot.role == "phenomenon" for slot in model.slots):
        strip = templates.template(project, model.template).phenomenon
        name = str(strip.name) if strip is not None else _("Phenomenon")
        first = model.slots[0].guid if model.slots and model.slots[0].role == "condition" else ""
        at = sum(1 for one in found if one.guid == first)
        found.insert(at, Head("code", model.phenomenon, name, (model.phenomenon,)))
    return found


def _parts(
    slot: SlotRow, placed: Sequence[PlacementRow], split: Collection[Split], written: Collection[str]
) -> list[Head]:
    if "addressee" in split and any(one.addressee for one in placed):
        by = {one.guid: one.addressee for one in placed}
        order, name = [term.key for term in addressees()], addressee_name
    elif "level" in split and any(one.level for one in placed):
        by = {one.guid: one.level for one in placed}
        order, name = [term.key for term in levels()], level_name
    else:
        return [Head("slot", slot.guid, slot.name, _codes_of(placed))]
    own = [part for part in dict.fromkeys(by.values()) if part and part not in order]
    used = set(by.values()) | ({""} if slot.guid in written else set())
    return [
        Head(
            "slot",
            slot.guid,
            slot.name,
            _codes_of(one for one in placed if by[one.guid] == part),
            part,
            name(part) if part else "",
        )
        for part in (*order, *own, "")
        if part in used
    ]


def _codes_of(placed: Iterable[PlacementRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in placed))


def code_heads(db: Connection, codes: Sequence[str] | None) -> list[Head]:
    """The codes named (without: all categories), each a row."""
    query = select(Code.guid, Code.name).order_by(Code.position, Code.id)
    if codes is None:
        every = db.execute(query.where(Code.kind == "category"))
        return [Head("code", r.guid, r.name, (r.guid,)) for r in every]
    names = {r.guid: r.name for r in db.execute(query)}
    return [Head("code", code, names[code], (code,)) for code in dict.fromkeys(codes) if code in names]
