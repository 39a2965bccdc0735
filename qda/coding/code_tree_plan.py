"""What a file with codes would bring into the study; nothing is changed here.

A tree that carries our GUIDs updates the codes. Any other list becomes sensitizing concepts, and codes only
in a content analysis. What the file does not have is told and never removed.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from qda.coding.code_tree_form import (
    LONGEST_CELL,
    PRINTED,
    CodeFile,
    Entry,
    alike,
    alike_name,
    checksum,
)
from qda.coding.rows import CodeRow
from qda.errors import KnownError
from qda.i18n import N_, _, ngettext
from qda.models import Project

Kind = Literal["new", "rename", "move", "describe", "recolour", "order"]
Target = Literal["tree", "concepts", "codes"]

KIND_WORDS: Final[dict[Kind, str]] = {
    "new": N_("New"),
    "rename": N_("Renamed"),
    "move": N_("Moved"),
    "describe": N_("Definition changed"),
    "recolour": N_("Colour changed"),
    "order": N_("Order changed"),
}
KINDS: Final[tuple[Kind, ...]] = ("new", "rename", "move", "describe", "recolour", "order")
_MOST_NAMED: Final = 12
_FEW_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the file changes; ``entry`` is its place in the file (None: an order of codes).

    ``code`` is the code in the study; of an order, that above it ("" at the top). ``both``: the study has
    changed the same thing since the file was written.
    """

    kind: Kind
    entry: int | None
    code: str
    path: str
    before: str = ""
    after: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen. ``codes`` are the codes of the entries, as far as they are known.

    ``newer``: what the study has otherwise than the file, and nobody changed in the file. ``unknown``: codes
    that the study no longer has. ``missing``: codes of the study that the file has not. All three stay.
    """

    file: CodeFile
    target: Target
    changes: tuple[Change, ...]
    same: int
    codes: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def wanted(self, *, both: bool = False) -> tuple[Change, ...]:
        """The changes that are taken; ``both``: also where the study has changed the same since."""
        return tuple(one for one in self.changes if both or not one.both)


def planned(project: Project, file: CodeFile, *, concepts: bool = False) -> Plan:
    """What the file would bring; ``concepts``: as sensitizing concepts even in a content analysis."""
    from qda.coding import codes, material, paradigms

    rows = codes.codes(project)
    known = {row.guid for row in rows}
    if any(one.guid in known for one in file.entries):
        return _Planning(file, rows).plan()
    told = file.told
    if file.carries_guids:
        told = (*told, _("The codes of this file are none of this study; they come in like any other list."))
    analysis = not paradigms.template(material.project_sheet(project).template).has_paradigm
    if analysis and not concepts:
        return _as_codes(file, rows, told)
    return _as_concepts(project, file, told)


def _as_concepts(project: Project, file: CodeFile, told: tuple[str, ...]) -> Plan:
    from qda.coding.concepts import concepts as listed
    from qda.coding.references import PATH_SEPARATOR

    known = {alike_name(row.name) for row in listed(project)}
    changes = []
    for at in range(len(file.entries)):
        path = PATH_SEPARATOR.join(file.path(at))
        if alike_name(path) not in known:
            changes.append(Change("new", at, "", path, after=file.entries[at].definition or ""))
    return Plan(file, "concepts", tuple(changes), len(file.entries) - len(changes), told=told)


def _as_codes(file: CodeFile, rows: Sequence[CodeRow], told: tuple[str, ...]) -> Plan:
    """The entries as codes, those of the same path as a code joined with it."""
    there: dict[tuple[str, str], CodeRow] = {}
    for known in rows:
        there.setdefault((known.parent or "", alike_name(known.name)), known)
    changes: list[Change] = []
    newer: list[str] = []
    codes: list[str] = []
    for at, one in enumerate(file.entries):
        above = "" if one.above is None else codes[one.above]
        found = there.get((above, alike_name(one.name))) if one.above is None or above else None
        codes.append(found.guid if found else "")
        row = found
        if row is None:
            changes.append(Change("new", at, "", " > ".join(file.path(at)), after=one.definition or ""))
        elif one.definition and not row.definition:
            changes.append(Change("describe", at, row.guid, row.path, "", one.definition))
        elif one.definition and alike(one.definition) != alike(row.definition):
            newer.append(_("{code}: another definition").format(code=row.path))
    same = len(file.entries) - len({one.entry for one in changes})
    return Plan(file, "codes", tuple(changes), same, tuple(codes), tuple(newer), told=told)


@dataclass(slots=True)
class _Planning:
    """Compares a tree of our own with the study."""

    file: CodeFile
    rows: Sequence[CodeRow]
    codes: list[str] = field(default_factory=list)  # of the entries: GUID, "" for a new or unknown one
    changes: list[Change] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    passed: set[int] = field(default_factory=set)  # entries that stand for nothing
    row: dict[str, CodeRow] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)  # where codes will stand, as far as decided

    def plan(self) -> Plan:
        """All changes, in the order of the file."""
        self.row = {row.guid: row for row in self.rows}
        self.parent = {row.guid: row.parent or "" for row in self.rows}
        self._recognise()
        for at, one in enumerate(self.file.entries):
            if at in self.passed:
                continue
            if self.codes[at]:
                self._compare(at, one, self.row[self.codes[at]])
            else:
                above = self._above(at)
                told = "" if above is None else self.row[above].path if above in self.row else ""
                path = " > ".join(self.file.path(at))
                self.changes.append(Change("new", at, "", path, told, one.definition or ""))
        self._orders()
        touched = {one.entry for one in self.changes}
        same = sum(at not in touched for at, code in enumerate(self.codes) if code and at not in self.passed)
        have = set(self.codes)
        missing = tuple(row.path for row in self.rows if row.guid not in have)
        if self.changes and not any(one.mark for one in self.file.entries):
            self.told.append(
                _(
                    "The file does not tell what the codes were when it was written: "
                    "what differs is taken from it."
                )
            )
        return Plan(
            *(self.file, "tree", tuple(self.changes), same, tuple(self.codes), tuple(self.newer)),
            *(tuple(self.unknown), missing, (*self.file.told, *self.told)),
        )

    def _recognise(self) -> None:
        """Which code every entry is; a name that stands under the same already is that code."""
        listed = {one.guid for one in self.file.entries if one.guid}
        seen: set[str] = set()
        there: dict[tuple[str, str], str] = {}
        for code_row in self.rows:
            there.setdefault((code_row.parent or "", alike_name(code_row.name)), code_row.guid)
        for at, one in enumerate(self.file.entries):
            code = one.guid if one.guid in self.row else ""
            if one.guid and (one.guid in seen or not code):
                self.passed.add(at)
                if not code:
                    self.unknown.append(one.name)
                else:
                    words = _("“{name}” stands twice in the file; the first place counts.")
                    self.told.append(words.format(name=one.name))
                self.codes.append(code)
                continue
            if not one.guid:
                above = "" if one.above is None else self.codes[one.above]
                twin = there.get((above, alike_name(one.name))) if one.above is None or above else None
                if twin and twin not in listed and twin not in seen:
                    code = twin
            seen.add(code)
            self.codes.append(code)

    def _above(self, at: int) -> str | None:
        """The code under which an entry stands in the file ("" at the top); None for a new one."""
        above = self.file.entries[at].above
        while above is not None and above in self.passed and not self.codes[above]:
            above = self.file.entries[above].above
        return "" if above is None else self.codes[above] or None

    def _compare(self, at: int, one: Entry, row: CodeRow) -> None:
        mark = one.mark if one.guid else None
        name, theirs = alike_name(one.name), alike_name(row.name)
        self._field("rename", at, row, (theirs, name), mark.name if mark else None)
        if one.definition is not None:
            ours, text = alike(row.definition), alike(one.definition)
            cut = len(text) >= LONGEST_CELL - 1 and text.endswith("…") and ours.startswith(text[:-1])
            if not cut and (one.guid or text):
                self._field("describe", at, row, (ours, text), mark.definition if mark else None)
        if one.guid:
            self._place(at, one, row)
        if one.guid and one.colour is not None:
            shown = PRINTED[(row.colour - 1) % len(PRINTED)]
            self._field("recolour", at, row, (shown, one.colour), mark.colour if mark else None)

    def _field(self, kind: Kind, at: int, row: CodeRow, texts: tuple[str, str], mark: str | None) -> None:
        """A change if the file changed the field; else, if the study did, that this stays."""
        ours, text = texts
        if ours == text or (kind == "recolour" and ours.casefold() == text.casefold()):
            return
        if mark is not None and checksum(text) == mark:
            self._stays(kind, row)
            return
        both = mark is not None and checksum(ours) != mark
        self.changes.append(Change(kind, at, row.guid, row.path, ours, text, both))

    def _stays(self, kind: Kind, row: CodeRow) -> None:
        words: dict[Kind, str] = {
            "rename": _("{code}: another name"),
            "describe": _("{code}: another definition"),
            "move": _("{code}: another place"),
            "recolour": _("{code}: another colour"),
        }
        self.newer.append(words[kind].format(code=row.path))

    def _place(self, at: int, one: Entry, row: CodeRow) -> None:
        above, ours = self._above(at), row.parent or ""
        if above == ours or (one.above is not None and one.above in self.passed):
            return
        mark = one.mark
        if mark and above is not None and checksum(above) == mark.above:
            self._stays("move", row)
            return
        if above and self._below(above, row.guid):
            words = _("“{name}” cannot be moved: it would stand below itself.")
            self.told.append(words.format(name=row.path))
            return
        both = bool(mark and checksum(ours) != mark.above)
        if not both:
            self.parent[row.guid] = above or ""
        places = [self.row[code].path if code else "" for code in (ours, above or "")]
        if above is None:
            assert one.above is not None
            places[1] = " > ".join(self.file.path(one.above))
        self.changes.append(Change("move", at, row.guid, row.path, places[0], places[1], both))

    def _below(self, code: str, top: str) -> bool:
        """Whether a code stands below another (or is it), as far as is decided."""
        seen = set[str]()
        while code and code not in seen:
            if code == top:
                return True
            seen.add(code)
            code = self.parent.get(code, "")
        return bool(code)

    def _orders(self) -> None:
        """Where codes that stay under the same stand in another order."""
        groups: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.file.entries):
            code = self.codes[at]
            if (
                code
                and one.guid
                and at not in self.passed
                and self._above(at) == (self.row[code].parent or "")
            ):
                groups[self.row[code].parent or ""].append(at)
        ranks = {row.guid: rank for rank, row in enumerate(self.rows)}
        for above, places in groups.items():
            theirs = [self.codes[at] for at in places]
            ours = sorted(theirs, key=lambda code: ranks[code])
            if ours == theirs:
                continue
            marks = {self.codes[at]: mark.place for at in places if (mark := self.file.entries[at].mark)}
            written = sorted(theirs, key=lambda code: marks[code]) if len(marks) == len(places) else None
            path = self.row[above].path if above else _("the top")
            if written == theirs:
                self.newer.append(_("{code}: another order below it").format(code=path))
                continue
            names = [", ".join(self.row[code].name for code in some) for some in (ours, theirs)]
            both = written is not None and written != ours
            self.changes.append(Change("order", None, above, path, names[0], names[1], both))


def told(plan: Plan, *, both: bool = False, short: bool = False) -> list[str]:
    """What would happen, in sentences; ``short``: beside a tree that shows each change."""
    lines = [_target(plan, both=both)]
    most = _FEW_NAMED if short else _MOST_NAMED
    counted = []
    for kind in KINDS:
        some = [one for one in plan.wanted(both=both) if one.kind == kind]
        if some and (plan.target == "tree" or kind != "new"):
            counted.append(f"{_(KIND_WORDS[kind])}: {len(some)}")
            if not short:
                lines.append(f"{_(KIND_WORDS[kind])}: {_listed([_shown(one) for one in some], most)}")
    if short and len(counted) > 1:
        lines.append(" · ".join(counted))
    kept = [one for one in plan.changes if one.both and not both]
    for words, names in (
        (_("Changed in the study and in the file; the study’s stays"), [_shown(one) for one in kept]),
        (_("The study has it otherwise by now, and it stays"), plan.newer),
        (_("No longer in the study, and not made again"), plan.unknown),
        (_("Not in the file; they stay"), plan.missing),
        (_("Twice in the file, taken once"), plan.file.folded),
    ):
        if names:
            lines.append(f"{words}: {_listed(names, most)}")
    return [*lines, *plan.told]


def _target(plan: Plan, *, both: bool) -> str:
    n, same = len(plan.wanted(both=both)), plan.same
    if plan.target == "concepts":
        arrive = ngettext("{n} sensitizing concept arrives", "{n} sensitizing concepts arrive", n)
        stay = ngettext("{n} is in the list already", "{n} are in the list already", same)
    elif plan.target == "codes":
        n = sum(one.kind == "new" for one in plan.changes)
        arrive = ngettext("{n} code arrives", "{n} codes arrive", n)
        stay = ngettext("{n} is in the study already", "{n} are in the study already", same)
    else:
        arrive = ngettext("{n} change", "{n} changes", n) if n else _("No change")
        stay = ngettext("{n} code is unchanged", "{n} codes are unchanged", same)
    parts = [arrive.format(n=n), *([stay.format(n=same)] if same else [])]
    return f"{plan.file.name}: {', '.join(parts)}."


def _shown(one: Change) -> str:
    if one.kind in ("rename", "recolour"):
        return f"{one.path} → {one.after}"
    if one.kind == "move":
        return f"{one.path} → {one.after or _('the top')}"
    return one.path


def _listed(names: Sequence[str], most: int) -> str:
    shown, more = " · ".join(names[:most]), len(names) - most
    if more <= 0:
        return shown
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=shown, n=more)


def colour_index(written: str) -> int | None:
    """The colour of codes that is nearest to "#RRGGBB"; None for an empty text (that of the code above)."""
    if not written.strip():
        return None

    def parts(text: str) -> list[int]:
        return [int(text[at : at + 2], 16) for at in (1, 3, 5)]

    try:
        wanted = parts(written)
    except ValueError:
        raise KnownError(_("“{colour}” is no colour.").format(colour=written)) from None

    def far(index: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(parts(PRINTED[index - 1]), wanted, strict=True))

    return min(range(1, len(PRINTED) + 1), key=far)
