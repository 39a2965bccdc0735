"""Laying out codes: piles on a canvas or in a list; a pile that is named becomes a category.

A code lies on one pile at most. Places on the canvas are whole numbers.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, next_place, required, rows
from qda.coding.codebook import new_code
from qda.coding.memos import write_memo
from qda.coding.properties import add_property
from qda.coding.references import CodeRef, PileRef
from qda.coding.regrouping import move_codes
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code
from qda.models.desk import Pile, PileCode


@dataclass(frozen=True, slots=True)
class PiledCode:
    """A code on a pile, with its place within it."""

    code: str
    name: str
    position: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PileRow:
    """A pile with its codes, in their order."""

    guid: str
    name: str
    position: int
    x: int
    y: int
    codes: tuple[PiledCode, ...]


def new_pile(project: Project, *, name: str = "", x: int = 0, y: int = 0) -> str:
    """Begins a pile; it may stay without a name until it is clear what it is."""
    with project.unit(_("New pile")) as session:
        row = Pile(
            name=" ".join(clean(name).split()),
            position=next_place(session, Pile),
            x=x,
            y=y,
            created=project.clock(),
        )
        return add(session, row).guid


def pile_code(
    project: Project, *, pile: PileRef, code: CodeRef, x: int = 0, y: int = 0, position: int | None = None
) -> str:
    """Lays a code on a pile, at ``position`` among its codes (0 first); from another pile it is taken."""
    with project.unit(_("Lay code on pile")) as session:
        target, row = get(session, Pile, pile), get(session, Code, code)
        known = rows(session, PileCode, code_id=row.id)
        if known:
            laid = known[0]
            laid.pile_id, laid.x, laid.y = target.id, x, y
            session.flush()
        else:
            laid = add(session, PileCode(pile_id=target.id, code_id=row.id, x=x, y=y))
        others = [one for one in _on(session, target) if one.id != laid.id]
        others.insert(len(others) if position is None else max(0, min(position, len(others))), laid)
        for number, one in enumerate(others):
            one.position = number
        return target.guid


def _on(session: Session, pile: Pile) -> list[PileCode]:
    query = select(PileCode).where(PileCode.pile_id == pile.id).order_by(PileCode.position, PileCode.id)
    return list(session.scalars(query))


def unpile_code(project: Project, *, code: CodeRef) -> str:
    """Takes a code off its pile."""
    with project.unit(_("Take code off its pile")) as session:
        row = get(session, Code, code)
        laid = rows(session, PileCode, code_id=row.id)
        if not laid:
            raise KnownError(_("“{name}” lies on no pile.").format(name=row.name))
        delete(session, *laid)
        return row.guid


def rename_pile(project: Project, *, pile: PileRef, name: str) -> str:
    """Names a pile, or takes its name off."""
    with project.unit(_("Name pile")) as session:
        row = get(session, Pile, pile)
        row.name = " ".join(clean(name).split())
        return row.guid


def arrange_piles(
    project: Project, *, piles: list[PileRef], xs: list[int] | None = None, ys: list[int] | None = None
) -> str:
    """Puts piles in this order, before all others, and on these places of the canvas.

    ``xs`` and ``ys`` have a number for each pile; left out, the piles stay where they are.
    """
    with project.unit(_("Arrange piles")) as session:
        chosen = [get(session, Pile, pile) for pile in piles]
        if not chosen:
            raise KnownError(_("Choose at least one pile."))
        for numbers in (xs, ys):
            if numbers is not None and len(numbers) != len(chosen):
                raise KnownError(_("Each pile needs a place on the canvas."))
        for row, x, y in zip(
            chosen, xs or [row.x for row in chosen], ys or [row.y for row in chosen], strict=True
        ):
            row.x, row.y = x, y
        query = select(Pile).order_by(Pile.position, Pile.id)
        order = dict.fromkeys([row.id for row in chosen] + [row.id for row in session.scalars(query)])
        for number, row_id in enumerate(order):
            session.get_one(Pile, row_id).position = number
        return chosen[0].guid


def remove_pile(project: Project, *, pile: PileRef) -> str:
    """Takes a pile apart; its codes stay."""
    with project.unit(_("Remove pile")) as session:
        row = get(session, Pile, pile)
        delete(session, *_on(session, row))
        delete(session, row)
        return pile


def pile_to_category(
    project: Project,
    *,
    pile: PileRef,
    name: str = "",
    why: str = "",
    property: str = "",
    parent: CodeRef | None = None,
) -> str:
    """Makes a category of a pile, files its codes below it, and writes a code note that says why.

    Without ``name`` the pile's own is taken. ``property`` names the first property of the category. Codes
    that stand below others of the pile stay there. The pile goes. Returns the category's GUID.
    """
    with project.unit(_("Make a category of a pile")) as session:
        row = get(session, Pile, pile)
        laid = _on(session, row)
        codes = [session.get_one(Code, one.code_id) for one in laid]
        if not codes:
            raise KnownError(_("There is no code on this pile yet."))
        wanted = required(name if name.strip() else row.name, _("The category"))
        category = new_code(project, wanted, parent, kind="category")
        move_codes(project, codes=[code.guid for code in codes], parent=category.guid)
        delete(session, *laid)
        delete(session, row)
        write_memo(
            project,
            kind="code",
            title=_("Category “{name}” of a pile of codes").format(name=wanted),
            body=_note(clean(why).strip(), codes, property),
            target=f"code:{category.guid}",
        )
        if property.strip():
            add_property(project, code=category.guid, name=property)
        return category.guid


def _note(why: str, codes: list[Code], first: str) -> str:
    lines = [why] if why else []
    lines.append(_("Codes: {names}").format(names=", ".join(code.name for code in codes)))
    if first.strip():
        lines.append(_("First property: {name}").format(name=" ".join(clean(first).split())))
    return "\n\n".join(lines)


def piles(project: Project) -> list[PileRow]:
    """The piles with their codes, in their order."""
    with project.read() as db:
        laid: dict[int, list[PiledCode]] = defaultdict(list)
        query = (
            select(PileCode.pile_id, Code.guid, Code.name, PileCode.position, PileCode.x, PileCode.y)
            .join(Code, Code.id == PileCode.code_id)
            .order_by(PileCode.position, PileCode.id)
        )
        for pile, code, name, position, x, y in db.execute(query):
            laid[pile].append(PiledCode(code, name, position, x, y))
        found = db.execute(select(Pile.__table__).order_by(Pile.position, Pile.id))
        return [PileRow(r.guid, r.name, r.position, r.x, r.y, tuple(laid[r.id])) for r in found]
