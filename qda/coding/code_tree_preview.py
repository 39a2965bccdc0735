"""The code tree as it will be when a file is taken in: names, places, and what happens to each code."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from qda.coding.code_tree_plan import KIND_WORDS, Change, Plan
from qda.coding.rows import CodeRow
from qda.i18n import _


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the tree. ``words`` tell what happens (empty: nothing); ``details`` each change in full.

    ``stays``: it is not in the file. ``open_``: study and file have changed the same.
    """

    depth: int
    name: str
    words: str
    definition: str
    details: tuple[str, ...] = ()
    new: bool = False
    stays: bool = False
    open_: bool = False


def arranged(order: Sequence[str], theirs: Sequence[str], came: set[str], *, whole: bool) -> list[str]:
    """The codes under one: those that ``came`` behind what they follow in the file.

    ``whole``: the others, too, as the file has them. What the file does not have keeps its place.
    """
    made = [one for one in order if one not in came]
    if whole:
        stay = [one for one in theirs if one not in came]
        known = set(stay)
        slots = [at for at, one in enumerate(made) if one in known]
        for slot, one in zip(slots, stay, strict=True):
            made[slot] = one
    before = ""
    for one in theirs:
        if one in came:
            made.insert(made.index(before) + 1 if before else 0, one)
        before = one
    return made


def preview(plan: Plan, rows: Sequence[CodeRow], *, both: bool = False) -> list[Shown]:
    """The rows of the tree in reading order; of a list of concepts, the list alone."""
    return _Preview(plan, rows if plan.target != "concepts" else (), both=both).shown()


class _Preview:
    def __init__(self, plan: Plan, rows: Sequence[CodeRow], *, both: bool) -> None:
        self.plan = plan
        self.both = both
        self.rows = {row.guid: row for row in rows}
        self.wanted = set(plan.wanted(both=both))
        self.by_entry: dict[int, list[Change]] = defaultdict(list)
        for one in plan.changes:
            if one.entry is not None:
                self.by_entry[one.entry].append(one)
        self.keys: list[str] = []
        self.entry: dict[str, int] = {}
        for at in range(len(plan.file.entries)):
            code = plan.codes[at] if plan.codes else ""
            new = any(one.kind == "new" for one in self.by_entry[at]) or plan.target == "concepts"
            self.keys.append(code or (f"entry:{at}" if new else ""))
            if self.keys[at]:
                self.entry.setdefault(self.keys[at], at)

    def _above(self, at: int) -> str:
        above = self.plan.file.entries[at].above
        while above is not None and not self.keys[above]:
            above = self.plan.file.entries[above].above
        return "" if above is None else self.keys[above]

    def _arrives(self, at: int) -> bool:
        return self.keys[at].startswith("entry:") or any(
            one.kind == "move" and one in self.wanted for one in self.by_entry[at]
        )

    def shown(self) -> list[Shown]:
        """The whole tree."""
        children: dict[str, list[str]] = defaultdict(list)
        came = {self.keys[at] for at in self.entry.values() if self._arrives(at)}
        for row in self.rows.values():
            if row.guid not in came:
                children[row.parent or ""].append(row.guid)
        theirs: dict[str, list[str]] = defaultdict(list)
        for at in sorted(self.entry.values()):
            key, above = self.keys[at], self._above(at)
            if key in came or (self.rows[key].parent or "") == above:
                theirs[above].append(key)
        orders = {one.code for one in self.wanted if one.kind == "order"}
        for above, some in theirs.items():
            children[above] = arranged(children[above], some, came, whole=above in orders)
        made: list[Shown] = []
        stack = [(key, 0) for key in reversed(children[""])]
        while stack:
            key, depth = stack.pop()
            made.append(self._one(key, depth))
            stack += [(child, depth + 1) for child in reversed(children[key])]
        return made

    def _one(self, key: str, depth: int) -> Shown:
        row, at = self.rows.get(key), self.entry.get(key)
        if at is None:
            assert row is not None
            words = _("Not in the file; it stays") if self.plan.target == "tree" else ""
            return Shown(depth, row.name, words, row.definition, stays=True)
        entry, changes = self.plan.file.entries[at], self.by_entry[at]
        taken = {one.kind for one in changes if one in self.wanted}
        name = entry.name if row is None or "rename" in taken else row.name
        definition = entry.definition or "" if row is None or "describe" in taken else row.definition
        new = row is None and "new" in taken
        happens = [_(KIND_WORDS[one.kind]) for one in changes if one in self.wanted]
        left = [one for one in changes if one not in self.wanted]
        if left:
            happens.append(_("Changed in both; the study’s stays"))
        if row is None and not new:
            happens.append(_("In the list already"))
        details = tuple(_detail(one) for one in changes if one.kind != "new")
        return Shown(depth, name, ", ".join(happens), definition, details, new, open_=bool(left))


def _detail(one: Change) -> str:
    before = one.before or ("–" if one.kind != "move" else _("the top"))
    after = one.after or ("–" if one.kind != "move" else _("the top"))
    return f"{_(KIND_WORDS[one.kind])}: {before} → {after}"
