"""The plan of an import: its files, what was decided about each, and what holds for all of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from qda.coding.documents import SourceKind, SpeakerDecision
from qda.coding.transcript import LikeLabel, Role, TranscriptDraft
from qda.exchange.importing import Decided, Decision, TableDecision, title_of
from qda.exchange.reader import ReadFile
from qda.exchange.survey import decided
from qda.exchange.survey_columns import ColumnGuess
from qda.exchange.survey_columns import Role as ColumnRole
from qda.i18n import _, ngettext
from qda.ui.importing.jobs import Answer, Wish
from qda.ui.importing.looking import Facts

State = Literal["waiting", "ready", "check", "refused", "known"]
DECLARED: Final = "voices"  # the format itself says who speaks


@dataclass
class Item:
    """One file. ``families`` are those that fit it; ``wished`` is what it is being read again for."""

    key: int
    path: Path
    file: ReadFile | None = None
    facts: Facts = field(default_factory=Facts)
    decision: Decided = None
    families: tuple[str, ...] = ()
    twin: str = ""  # the title of the same file in the study
    double: str = ""  # the name of the same file in this import
    wished: Wish | None = None

    @property
    def draft(self) -> TranscriptDraft | None:
        """The document that was read."""
        return self.file.draft if self.file else None

    @property
    def document(self) -> Decision | None:
        """How it comes in, where it is a document."""
        return self.decision if isinstance(self.decision, Decision) else None

    @property
    def columns(self) -> tuple[ColumnGuess, ...]:
        """The columns, where it is a table."""
        return self.decision.columns if isinstance(self.decision, TableDecision) else ()

    @property
    def is_survey(self) -> bool:
        """Whether a column of the table is an open answer."""
        return any(column.role == "text" for column in self.columns)

    @property
    def comes_in(self) -> bool:
        """Whether it will be stored."""
        return self.state in ("ready", "check")

    @property
    def state(self) -> State:
        """How far it is."""
        if self.file is None:
            return "waiting"
        if self.file.error is not None or self.decision is None:
            return "refused"
        document = self.document
        if document is not None and self.twin and not document.again:
            return "known"
        return "check" if any(self.reasons()) else "ready"

    def speaker(self, label: str) -> SpeakerDecision | None:
        """What holds for a label."""
        document = self.document
        return next((one for one in document.speakers if one.label == label), None) if document else None

    def likes(self) -> Iterator[LikeLabel]:
        """Labels that look mistyped and are not merged yet."""
        for like in self.draft.likes if self.draft else ():
            one = self.speaker(like.label)
            if one is not None and not one.into:
                yield like

    def reasons(self) -> Iterator[str]:
        """Why a person should look at it."""
        draft, document = self.draft, self.document
        for like in self.likes():
            yield _("“{label}” may be a slip for “{like}”").format(label=like.label, like=like.like)
        if self.double:
            yield _("the same file as {name}").format(name=self.double)
        if draft is not None and document is not None:
            if draft.family == "none" and document.kind in ("interview", "focus_group"):
                yield _("no turns were found")
            elif len(draft.speakers) == 1:
                yield _("only one speaker was found")
            yield from self._once(document)
            if self.facts.garbled:
                yield _("some characters could not be read")
        if self.columns and not self.is_survey and not any(c.role == "case" for c in self.columns):
            yield _("no column names the case")

    def _once(self, document: Decision) -> Iterator[str]:
        """Labels with a single turn in a long talk, that are no slips."""
        likes = {like.label for like in self.draft.likes} if self.draft else set()
        counts = {one.label: one.turns for one in self.facts.speakers}
        if self.facts.turns < 12 or len(counts) < 3:
            return
        alone = [one.label for one in document.speakers if counts.get(one.label) == 1 and not one.into]
        for label in alone[:1] if len(alone) < len(counts) / 2 else ():
            if label not in likes:
                yield _("the label “{label}” comes only once").format(label=label)

    def told(self) -> str:
        """Its state in words."""
        state = self.state
        if state == "waiting":
            return ""
        if state == "refused":
            return (self.file.error if self.file else "") or _("It could not be read.")
        if state == "known":
            return _("In the study already, as “{title}”; it is left out.").format(title=self.twin)
        reasons = list(self.reasons())
        if reasons:
            return _("please check: {reasons}").format(reasons="; ".join(reasons))
        return ", ".join([_("ready"), *self._more()])

    def _more(self) -> Iterator[str]:
        table, draft, document = self.facts.table, self.draft, self.document
        if table is not None:
            n = len(table.rows)
            yield ngettext("table: {n} row", "table: {n} rows", n).format(n=n)
            yield _("survey") if self.is_survey else _("attributes of cases")
        if draft is not None and draft.time_marks:
            yield _("with time marks")
        if draft is not None and draft.comments and document is not None and document.comments:
            n = len(draft.comments)
            yield ngettext("{n} comment", "{n} comments", n).format(n=n)
        if self.wished is not None:
            yield _("being read again")


@dataclass
class Plan:
    """All files of one import, in their order; ``cases`` are those of the study by GUID."""

    cases: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    for_all: bool = True
    touched: bool = False  # a person decided something
    folder: str = ""  # the case that documents go to where nothing else is decided
    _next: int = 0
    _family: str | None = None  # for all files of this import
    _encoding: tuple[str, str] | None = None  # what was found, what was chosen
    _roles: dict[str, Role] = field(default_factory=dict)

    def add(self, paths: Iterable[Path]) -> list[Wish]:
        """Takes more files in, those that are not there yet; they are to be read."""
        there = {item.path for item in self.items}
        wishes = []
        for path in paths:
            if path not in there:
                item = Item(self._next, path)
                self._next += 1
                self.items.append(item)
                wishes.append(Wish(item.key, path))
        return wishes

    def remove(self, item: Item) -> None:
        """Leaves a file out of this import."""
        self.items.remove(item)

    def item(self, key: int) -> Item | None:
        """The file with this key; none where it was taken out."""
        at = key if key < len(self.items) and self.items[key].key == key else None
        if at is not None:
            return self.items[at]
        return next((item for item in self.items if item.key == key), None)

    def take(self, answer: Answer, known: dict[str, str]) -> list[Wish]:
        """A file was read; what was decided for all files is asked of it, too."""
        item = self.item(answer.wish.key)
        if item is None or (answer.wish.file is not None and item.wished is not answer.wish):
            return []  # taken out, or something else was wished for since
        before, first = item.document, item.file is None
        if answer.file.error is not None and not first:
            item.wished = None  # what could be read stays
            return []
        item.file, item.facts, item.decision = answer.file, answer.facts, answer.facts.decision
        item.wished = None
        if answer.wish.family is None:
            item.families = tuple(name for name, _score in answer.file.families)
        if before is not None and item.document is not None:
            item.decision = _carried(before, item.document)
        if first:
            item.twin = known.get(answer.file.sha256, "")
            item.double = self._double(item)
            self._propose_case(item)
        for label, role in self._roles.items() if before is None else ():
            self._set_speaker(item, label, role=role)
        return self._wished_for_all(item) if first else []

    def _double(self, item: Item) -> str:
        file = item.file
        if file is None or file.error is not None:
            return ""
        for other in self.items:
            if other is item:
                return ""
            if other.file is not None and other.file.sha256 == file.sha256:
                return other.path.name
        return ""

    def _propose_case(self, item: Item) -> None:
        """The case of the study that the file's name ends with, if there is exactly one."""
        document = item.document
        if document is None or document.case:
            return
        if self.folder:
            item.decision = replace(document, case=self.folder)
            return
        words = document.title.casefold().split()
        fitting = [
            guid
            for guid, name in self.cases.items()
            if (own := name.casefold().split()) and words[-len(own) :] == own
        ]
        if len(fitting) == 1:
            item.decision = replace(document, case=fitting[0])

    # -- what a person decides -------------------------------------------------------------------------------

    def set_document(
        self,
        item: Item,
        *,
        title: str | None = None,
        kind: SourceKind | None = None,
        case: str | None = None,
        comments: bool | None = None,
        again: bool | None = None,
    ) -> None:
        """Decides on a document; none leaves what holds."""
        document = item.document
        if document is None:
            return
        wanted = {"title": title, "kind": kind, "case": case, "comments": comments, "again": again}
        made = replace(document, **{name: value for name, value in wanted.items() if value is not None})  # type: ignore[arg-type]
        self.touched = self.touched or made != document
        item.decision = made

    def set_role(self, item: Item, label: str, role: Role) -> list[Item]:
        """Gives a speaker a role; gives those whose decisions changed."""
        self.touched = True
        changed = [item] if self._set_speaker(item, label, role=role) else []
        if self.for_all:
            self._roles[label] = role
            changed += [
                other
                for other in self.items
                if other is not item and self._set_speaker(other, label, role=role)
            ]
        return changed

    def set_speaker_case(self, item: Item, label: str, case: str) -> None:
        """Puts a speaker into a case; empty: the document's."""
        self.touched = True
        self._set_speaker(item, label, case=case)

    def merge(self, item: Item, label: str, into: str) -> None:
        """Takes a label for a slip of another one; empty: it is a speaker of its own."""
        self.touched = True
        self._set_speaker(item, label, into=into)

    def targets(self, item: Item, label: str) -> list[str]:
        """The labels that ``label`` may be merged into: none that leads back to it."""
        document = item.document
        into = {one.label: one.into for one in document.speakers} if document else {}

        def leads_back(other: str) -> bool:
            seen: set[str] = set()
            while other and other not in seen:
                if other == label:
                    return True
                seen.add(other)
                other = into.get(other, "")
            return False

        return [other for other in into if not leads_back(other)]

    def _set_speaker(
        self,
        item: Item,
        label: str,
        *,
        role: Role | None = None,
        case: str | None = None,
        into: str | None = None,
    ) -> bool:
        document, one = item.document, item.speaker(label)
        if document is None or one is None:
            return False
        made = replace(
            one,
            role=one.role if role is None else role,
            case=one.case if case is None else case,
            into=one.into if into is None else into,
        )
        speakers = tuple(made if other is one else other for other in document.speakers)
        item.decision = replace(document, speakers=speakers)
        return made != one

    def set_column(self, item: Item, name: str, role: ColumnRole, kind: str = "") -> None:
        """Says what a column of a table is."""
        table = item.facts.table
        if table is None:
            return
        self.touched = True
        known: dict[str, ColumnRole] = {c.name: c.role for c in item.columns}
        if role == "case":  # there is one
            known = {c: ("attribute" if r == "case" else r) for c, r in known.items()}
        kinds = {c.name: (c.kind, c.choices) for c in item.columns if c.role == known[c.name] == "attribute"}
        made = []
        for guess in decided(table, {**known, name: role}):
            one = guess
            if one.name in kinds and one.role == "attribute":
                one = replace(one, kind=kinds[one.name][0], choices=kinds[one.name][1])
            if one.name == name and kind:
                choices = tuple(dict.fromkeys(c.strip() for c in table.column(name) if c.strip()))
                one = replace(one, kind=kind, choices=choices if kind == "choice" else ())  # type: ignore[arg-type]
            made.append(one)
        item.decision = TableDecision(tuple(made))

    def set_survey(self, item: Item, *, survey: bool) -> None:
        """Takes a table for a survey, as it was read, or for attributes of cases: no column is an answer."""
        table = item.facts.table
        if table is None:
            return
        self.touched = True
        named: dict[str, ColumnRole] = {}
        for column in item.columns:
            if column.role == "text" and not survey:
                named[column.name] = "attribute"
        columns = decided(table, {c.name: named.get(c.name, c.role) for c in item.columns})
        if survey and not any(c.role == "text" for c in columns):
            columns = decided(table, {})
            if not any(c.role == "text" for c in columns):  # the one with most words, then
                longest = max(
                    (c for c in columns if c.role == "attribute"),
                    key=lambda c: sum(map(len, table.column(c.name))),
                    default=None,
                )
                if longest is not None:
                    columns = decided(table, {longest.name: "text"})
        item.decision = TableDecision(columns)

    # -- reading again ---------------------------------------------------------------------------------------

    def set_family(self, item: Item, family: str) -> list[Wish]:
        """Reads a file (or all that it may fit) with another family of turns."""
        self.touched = True
        wishes = [self._again(item, family=family)]
        if self.for_all:
            self._family = family
            wishes += [
                wish for other in self.items if other is not item for wish in self._wished_for_all(other)
            ]
        return [wish for wish in wishes if wish is not None]

    def set_encoding(self, item: Item, encoding: str) -> list[Wish]:
        """Reads a file (or all that seemed to be in the same encoding) in another encoding."""
        self.touched = True
        found = item.draft.encoding if item.draft else ""
        wishes = [self._again(item, encoding=encoding)]
        if self.for_all:
            self._encoding = (found, encoding)
            wishes += [
                wish for other in self.items if other is not item for wish in self._wished_for_all(other)
            ]
        return [wish for wish in wishes if wish is not None]

    def _of_others(self, item: Item) -> list[Wish | None]:
        return [wish for other in self.items if other is not item for wish in self._wished_for_all(other)]

    def _wished_for_all(self, item: Item) -> list[Wish]:
        draft = item.draft
        if draft is None:
            return []
        family = self._family
        if family is not None and (draft.family == family or family not in (*item.families, "none")):
            family = None
        if family == "none" and draft.family == DECLARED:
            family = None
        encoding = None
        if self._encoding is not None and draft.encoding == self._encoding[0]:
            encoding = self._encoding[1]
        wish = self._again(item, family=family, encoding=encoding) if family or encoding else None
        return [wish] if wish is not None else []

    def _again(self, item: Item, *, family: str | None = None, encoding: str | None = None) -> Wish | None:
        file, draft = item.file, item.draft
        if file is None or draft is None:
            return None
        held = item.wished
        encoding = encoding or (held.encoding if held else None) or draft.encoding or None
        family = family or (held.family if held else None) or draft.family
        item.wished = Wish(item.key, item.path, family, encoding, file)
        return item.wished

    # -- the end ---------------------------------------------------------------------------------------------

    def wanted(self) -> list[tuple[ReadFile, Decided]]:
        """What is to be stored, refused files with it: the list at the end tells them, too."""
        return [(item.file, item.decision) for item in self.items if item.file is not None]

    def count(self, *states: State) -> int:
        """How many files are in these states."""
        return sum(item.state in states for item in self.items)

    def case_shown(self, written: str) -> str:
        """The name of a case that is given as GUID or as a new name."""
        return self.cases.get(written, written)

    def new_case(self, item: Item) -> str:
        """A name for a new case that the file's name suggests; empty where the study has it."""
        words = title_of(item.path).split()
        name = words[-1] if words else ""
        if not re.fullmatch(r"[^\W_]{1,12}", name) or name.casefold() in map(
            str.casefold, self.cases.values()
        ):
            return ""
        return name


def _carried(before: Decision, now: Decision) -> Decision:
    """What was decided of a document, for the same one read in another way."""
    known = {one.label: one for one in before.speakers}
    labels = {one.label for one in now.speakers}
    speakers: Sequence[SpeakerDecision] = [
        replace(known.get(one.label, one), into=_still(known.get(one.label, one).into, labels))
        for one in now.speakers
    ]
    return replace(before, kind=now.kind if not before.speakers else before.kind, speakers=tuple(speakers))


def _still(into: str, labels: set[str]) -> str:
    return into if into in labels else ""
