"""Takes what a file with codes brings into the study, as one act."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import clean, get, required
from qda.coding.code_tree_plan import Change, Plan, colour_index
from qda.coding.code_tree_preview import arranged
from qda.coding.codebook import new_code, put_under
from qda.coding.concepts import Listed, add_concepts
from qda.coding.segments import rename_references
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code


def take(project: Project, plan: Plan, *, both: bool = False) -> int:
    """Takes the changes of a plan as one act; how many there were. Nothing is ever removed.

    ``both``: also where the study has changed the same thing since the file was written.

    :raises KnownError: there is nothing to take, or the study has changed since the plan was made.
    """
    wanted = plan.wanted(both=both)
    if not wanted:
        raise KnownError(_("“{name}” holds nothing that would change the study.").format(name=plan.file.name))
    label = _("Code tree from “{name}”").format(name=plan.file.name)
    if plan.target == "concepts":
        origin = plan.file.name.rpartition(".")[0] or plan.file.name
        listed = [Listed(one.path, one.after) for one in wanted]
        with project.unit(label):
            return len(add_concepts(project, listed=listed, origin=origin))
    with project.unit(label) as session:
        _Taking(project, session, plan, list(plan.codes)).take(wanted)
    return len(wanted)


def take_over(project: Project, *, plan: Plan, both: bool = False) -> str:
    """As :func:`take`, for a window; the name of the file."""
    take(project, plan, both=both)
    return plan.file.name


@dataclass(slots=True)
class _Taking:
    project: Project
    session: Session
    plan: Plan
    codes: list[str]  # of the entries, those made new among them as they come
    arrived: set[int] = field(default_factory=set)  # entries that came under another

    def take(self, changes: tuple[Change, ...]) -> None:
        """One change after the other, what stands above before what stands below; then the order."""
        by_entry: dict[int, list[Change]] = defaultdict(list)
        for one in changes:
            if one.entry is not None:
                by_entry[one.entry].append(one)
        for at in sorted(by_entry):
            for one in by_entry[at]:
                self._one(at, one)
        orders = {one.code for one in changes if one.kind == "order"}
        groups: dict[str, list[int]] = defaultdict(list)
        seen: set[str] = set()
        for at, code in enumerate(self.codes):
            twice = code in seen
            seen.add(code)
            if code and not twice and (at in self.arrived or self._parent(code) == self._above(at)):
                groups[self._above(at)].append(at)
        for above, places in groups.items():
            if above in orders or self.arrived.intersection(places):
                self._arrange(above, places, whole=above in orders)

    def _above(self, at: int) -> str:
        """The code under which an entry stands: the nearest above it that is one."""
        above = self.plan.file.entries[at].above
        while above is not None and not self.codes[above]:
            above = self.plan.file.entries[above].above
        return "" if above is None else self.codes[above]

    def _parent(self, code: str) -> str:
        row = get(self.session, Code, code)
        return self.session.get_one(Code, row.parent_id).guid if row.parent_id else ""

    def _one(self, at: int, change: Change) -> None:
        entry = self.plan.file.entries[at]
        if change.kind == "new":
            self.codes[at] = self._made(at).guid
            self.arrived.add(at)
            return
        row = get(self.session, Code, change.code)
        if change.kind == "rename":
            old, row.name = row.name, required(entry.name, _("The code"))
            self.session.flush()
            rename_references(self.session, "code", row.guid, old, row.name)
        elif change.kind == "describe":
            row.definition = clean(entry.definition or "").strip()
        elif change.kind == "recolour":
            index = colour_index(entry.colour or "")
            if index is not None or row.parent_id is not None:
                row.colour = index
        elif change.kind == "move":
            above = self._above(at)
            put_under(self.session, row, get(self.session, Code, above) if above else None)
            self.arrived.add(at)
        self.session.flush()

    def _made(self, at: int) -> Code:
        entry = self.plan.file.entries[at]
        above = self._above(at)
        colour = colour_index(entry.colour or "") if self.plan.target == "tree" else None
        made = new_code(
            self.project,
            entry.name,
            above or None,
            origin="open" if self.plan.target == "tree" else "sensitizing",
            definition=(entry.definition or "").strip(),
            colour=colour,
        )
        made.anchor, made.rule = clean(entry.anchor), clean(entry.rule)
        self.session.flush()
        return made

    def _arrange(self, above: str, places: list[int], *, whole: bool) -> None:
        """Puts the codes that came behind those they follow in the file; ``whole``: all as in the file."""
        parent = get(self.session, Code, above).id if above else None
        query = select(Code).where(Code.parent_id.is_(None) if parent is None else Code.parent_id == parent)
        rows = list(self.session.scalars(query.order_by(Code.position, Code.id)))
        here = {row.guid: row for row in rows}
        theirs = [at for at in places if self.codes[at] in here]
        came = {self.codes[at] for at in theirs if at in self.arrived}
        order = arranged([row.guid for row in rows], [self.codes[at] for at in theirs], came, whole=whole)
        for number, guid in enumerate(order):
            here[guid].position = number
        self.session.flush()
