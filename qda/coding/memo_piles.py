"""Piles of memos: sorted by hand, each in an order; a memo may lie on several."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, delete, get, next_place, required, rows
from qda.coding.references import MemoPileRef, MemoRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Memo
from qda.models.desk import MemoPile, MemoPileEntry


@dataclass(frozen=True, slots=True)
class MemoPileRow:
    """A pile of memos; ``memos`` are GUIDs, in their order."""

    guid: str
    name: str
    position: int
    memos: tuple[str, ...]


def new_memo_pile(project: Project, *, name: str) -> str:
    """Begins a pile of memos."""
    with project.unit(_("New pile of memos “{name}”").format(name=name)) as session:
        words = required(name, _("The pile of memos"))
        return add(session, MemoPile(name=words, position=next_place(session, MemoPile))).guid


def rename_memo_pile(project: Project, *, pile: MemoPileRef, name: str) -> str:
    """Gives a pile of memos another name."""
    with project.unit(_("Rename pile of memos")) as session:
        row = get(session, MemoPile, pile)
        row.name = required(name, _("The pile of memos"))
        return row.guid


def move_memo_pile(project: Project, *, pile: MemoPileRef, position: int) -> str:
    """Puts a pile of memos at another place among the piles (0 first)."""
    with project.unit(_("Move pile of memos")) as session:
        row = get(session, MemoPile, pile)
        query = select(MemoPile).order_by(MemoPile.position, MemoPile.id)
        others = [one for one in session.scalars(query) if one.id != row.id]
        others.insert(max(0, min(position, len(others))), row)
        for number, one in enumerate(others):
            one.position = number
        return row.guid


def remove_memo_pile(project: Project, *, pile: MemoPileRef) -> str:
    """Takes a pile of memos apart; the memos stay."""
    with project.unit(_("Remove pile of memos")) as session:
        row = get(session, MemoPile, pile)
        delete(session, *_on(session, row))
        delete(session, row)
        return pile


def put_memo(project: Project, *, pile: MemoPileRef, memo: MemoRef, position: int | None = None) -> str:
    """Lays a memo on a pile, at ``position`` (0 first); one that lies there already is moved."""
    with project.unit(_("Put memo on pile")) as session:
        target, row = get(session, MemoPile, pile), get(session, Memo, memo)
        known = rows(session, MemoPileEntry, pile_id=target.id, memo_id=row.id)
        entry = known[0] if known else add(session, MemoPileEntry(pile_id=target.id, memo_id=row.id))
        others = [one for one in _on(session, target) if one.id != entry.id]
        others.insert(len(others) if position is None else max(0, min(position, len(others))), entry)
        for number, one in enumerate(others):
            one.position = number
        return target.guid


def take_memo(project: Project, *, pile: MemoPileRef, memo: MemoRef) -> str:
    """Takes a memo off a pile."""
    with project.unit(_("Take memo off pile")) as session:
        target, row = get(session, MemoPile, pile), get(session, Memo, memo)
        known = rows(session, MemoPileEntry, pile_id=target.id, memo_id=row.id)
        if not known:
            raise KnownError(_("This memo does not lie on “{name}”.").format(name=target.name))
        delete(session, *known)
        return target.guid


def _on(session: Session, pile: MemoPile) -> list[MemoPileEntry]:
    query = select(MemoPileEntry).where(MemoPileEntry.pile_id == pile.id)
    return list(session.scalars(query.order_by(MemoPileEntry.position, MemoPileEntry.id)))


def memo_piles(project: Project) -> list[MemoPileRow]:
    """The piles of memos, in their order."""
    with project.read() as db:
        laid: dict[int, list[str]] = defaultdict(list)
        query = (
            select(MemoPileEntry.pile_id, Memo.guid)
            .join(Memo, Memo.id == MemoPileEntry.memo_id)
            .order_by(MemoPileEntry.position, MemoPileEntry.id)
        )
        for pile, memo in db.execute(query):
            laid[pile].append(memo)
        found = db.execute(select(MemoPile.__table__).order_by(MemoPile.position, MemoPile.id))
        return [MemoPileRow(r.guid, r.name, r.position, tuple(laid[r.id])) for r in found]
