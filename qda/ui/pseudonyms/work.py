"""What is being decided about names, hit by hit. It lives in memory only: no clear name is written anywhere.

One :class:`Work` belongs to an open study, so that the dialog can be closed, the transcript read, and the
dialog opened again without losing a decision.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from qda.coding.pseudonyms import Candidate, Entry, Form, Hit, NameKind, proposal, with_forms

if TYPE_CHECKING:
    from qda.ui.desk import Desk

Place = tuple[str, str, str, tuple[int | str, ...], int, str]
_BY_HAND: Final = 2.0  # above every likelihood: what a person named comes first
_FROM_KEY: Final = 1.5


@dataclass(slots=True, eq=False)
class Name:
    """A name with its proposal and its hits. ``seen``: its hits have been shown."""

    entry: Entry
    reason: str = ""
    weight: float = _BY_HAND
    from_key: bool = False
    touched: bool = False  # a person chose its kind or its replacement
    dismissed: bool = False
    seen: bool = False
    forms: dict[str, str] = field(default_factory=dict)  # what a person wants instead of a form
    hits: tuple[Hit, ...] = ()
    at: "Standing | None" = None  # counted; none after a decision
    complete: bool = False  # its entry has all forms that occur


@dataclass(frozen=True, slots=True)
class Standing:
    """How many hits of a name are accepted, left, and there in all."""

    yes: int
    left: int
    total: int

    @property
    def open(self) -> int:
        """Not decided yet."""
        return self.total - self.yes - self.left


def describes(replacement: str) -> bool:
    """Whether it coarsens ("a town of nearly 40,000") instead of naming."""
    return replacement[:1].islower() and " " in replacement


def place(name: Name, hit: Hit) -> Place:
    """By what a hit is known again when its form or its replacement has changed."""
    return (hit.table, hit.guid, hit.field, hit.path, hit.stop, name.entry.clear)


class Work:
    """Names, decisions, the open key. Positions hold as long as the study is at ``basis``."""

    def __init__(self) -> None:
        self.names: list[Name] = []
        self.questions: tuple[str, ...] = ()
        self.sources: tuple[str, ...] | None = None  # documents looked through; none: everything
        self.basis: str | None = None
        self.key: tuple[Path, str] | None = None
        self.in_key: tuple[Entry, ...] = ()
        self.given: set[str] = set()  # pseudonyms that stand for somebody already
        self.replaced: tuple[Entry, ...] = ()  # in this sitting, for a purge
        self.turn = 1  # grows whenever hits must be looked for anew
        self.looked = 0  # the turn that was looked at last
        self._decided: dict[Place, bool] = {}
        self._own: dict[Place, str] = {}

    @classmethod
    def of(cls, desk: "Desk") -> "Work":
        """The one of this study."""
        return _WORKS.setdefault(desk, cls())

    # -- names -----------------------------------------------------------------------------------------------

    def begin(self, basis: str) -> None:
        """The study is another one than the decisions were about: places may have moved."""
        if basis != self.basis:
            self._decided.clear()
            self._own.clear()
            self.basis = basis
            for name in self.names:
                name.at = None

    def stir(self, name: Name | None = None) -> None:
        """Hits must be looked for anew; the forms of ``name``, too."""
        self.turn += 1
        if name is not None:
            name.complete = False

    def offer(self, found: Iterable[Candidate], given: Collection[str]) -> None:
        """Takes candidates up; what a person has decided about a name before stays."""
        before = {name.entry.clear.casefold(): name for name in self.names}
        mine = [name for name in self.names if name.weight > 1]
        taken = {name.entry.clear.casefold() for name in mine}
        rest: list[Name] = []
        for candidate in found:
            clear = candidate.clear.casefold()
            if clear in taken:
                continue
            old = before.get(clear)
            kept = old is not None and (old.touched or old.dismissed)
            rest.append(old if old is not None and kept else Name(Entry(candidate.clear, candidate.kind, "")))
            rest[-1].reason, rest[-1].weight = candidate.reason, candidate.weight
        self.names = [*mine, *rest]
        for name in self.names:
            self.stir(name)
        self.given.update(given)
        used = self._used()
        for name in rest:
            if not name.entry.replacement:
                words = self.propose(name.entry.kind, name.entry.clear, used)
                used.add(words)
                name.entry = replace(name.entry, replacement=words)

    def _used(self) -> set[str]:
        listed = {name.entry.replacement for name in self.names}
        return self.given | listed | {entry.replacement for entry in self.in_key}

    def propose(self, kind: NameKind, clear: str, used: Collection[str] = ()) -> str:
        """The first neutral placeholder of the kind that stands for nobody yet."""
        taken = {words[words.find("[") :] for words in used or self._used() if "[" in words}
        number = 1
        while (words := proposal(kind, number, clear=clear))[words.find("[") :] in taken:
            number += 1
        return words

    def add(self, clear: str, kind: NameKind, replacement: str) -> Name:
        """A name that a person gives; one that is listed already is taken up again."""
        known = next((n for n in self.names if n.entry.clear.casefold() == clear.casefold()), None)
        if known is None:
            known = Name(Entry(clear, kind, replacement))
            self.names.insert(0, known)
        known.dismissed, known.touched, known.weight = False, True, _BY_HAND
        known.entry = Entry(known.entry.clear, kind, replacement, coarse=describes(replacement))
        known.forms.clear()
        self.stir(known)
        return known

    def open_key(self, path: Path, passphrase: str, entries: Sequence[Entry]) -> None:
        """The names of a key are decided: the same person, the same pseudonym."""
        self.key, self.in_key = (path, passphrase), tuple(entries)
        for entry in entries:
            known = next((n for n in self.names if n.entry.clear.casefold() == entry.clear.casefold()), None)
            if known is None:
                known = Name(entry)
                self.names.insert(0, known)
            known.entry = replace(entry, forms=())
            known.forms = {form.written: form.replacement for form in entry.forms}
            known.from_key, known.weight, known.dismissed = True, _FROM_KEY, False
            self.stir(known)

    def rename(self, name: Name, replacement: str) -> None:
        """Another replacement, for all forms at once; those changed singly keep theirs."""
        written = sorted({hit.written for hit in name.hits})
        if name.from_key:
            name.forms.clear()  # they were those of the key
        name.touched, name.from_key = True, False
        bare = replace(name.entry, replacement=replacement, coarse=describes(replacement), forms=())
        if bare.coarse or name.entry.coarse:  # a preposition before the name goes with a description
            self.stir(name)
        own = [Form(word, new) for word, new in name.forms.items()]
        made = {f.written: f.replacement for f in with_forms(replace(bare, forms=tuple(own)), written).forms}
        name.entry = replace(
            bare,
            forms=tuple(Form(f.written, made.get(f.written, replacement), f.sure) for f in name.entry.forms),
        )
        name.hits = tuple(
            replace(hit, replacement=made.get(hit.written, hit.replacement)) for hit in name.hits
        )

    def set_kind(self, name: Name, kind: NameKind) -> None:
        """Another kind; a placeholder nobody chose follows it. Its forms are looked for anew."""
        words = name.entry.replacement
        if not name.touched and words.startswith("["):
            words = self.propose(kind, name.entry.clear)
        name.touched = True
        name.entry = Entry(name.entry.clear, kind, words, coarse=name.entry.coarse)
        self.stir(name)

    def say_otherwise(self, name: Name, hit: Hit, words: str, *, everywhere: bool) -> None:
        """Other words for this hit, or for all hits written like it; they count as accepted."""
        name.at = None
        if not everywhere:
            self._own[place(name, hit)] = words
            self._decided[place(name, hit)] = True
            return
        name.forms[hit.written] = words
        name.touched = True
        for one in name.hits:
            if one.written == hit.written:
                self._own.pop(place(name, one), None)
                self._decided[place(name, one)] = True
        name.hits = tuple(
            replace(one, replacement=words) if one.written == hit.written else one for one in name.hits
        )
        name.entry = replace(
            name.entry,
            forms=tuple(
                Form(f.written, words, f.sure) if f.written == hit.written else f for f in name.entry.forms
            ),
        )

    # -- hits ------------------------------------------------------------------------------------------------

    def wanted(self) -> tuple[tuple[Name, ...], tuple[Entry, ...]]:
        """The names to look for, and their entries; where forms are wanted, with a person's own only."""
        names = tuple(name for name in self.names if not name.dismissed)
        return names, tuple(
            name.entry
            if name.complete
            else replace(name.entry, forms=tuple(Form(word, new) for word, new in name.forms.items()))
            for name in names
        )

    def take(
        self,
        names: Sequence[Name],
        entries: Sequence[Entry],
        found: Iterable[Hit],
        turn: int,
    ) -> None:
        """Takes up what was found for :meth:`wanted` in a turn; decisions stay where their hits are."""
        self.looked = turn
        by_entry: dict[int, list[Hit]] = {}
        for hit in found:
            by_entry.setdefault(hit.entry, []).append(hit)
        for number, (name, entry) in enumerate(zip(names, entries, strict=True)):
            if (name.entry.kind, name.entry.replacement) != (entry.kind, entry.replacement):
                continue  # changed meanwhile; it is looked for again
            name.complete = True
            name.entry, name.hits, name.at = entry, tuple(by_entry.get(number, ())), None
            if name.from_key:
                for hit in name.hits:
                    if hit.accepted:
                        self._decided.setdefault(place(name, hit), True)

    def decide(self, name: Name, hit: Hit, *, yes: bool) -> None:
        """A hit is accepted or left."""
        self._decided[place(name, hit)] = yes
        name.at = None

    def accept_rest(self, name: Name) -> int:
        """Accepts what is open; unsure ones only when nothing else is. How many there were."""
        rest = self.rest(name)
        for hit in rest:
            self.decide(name, hit, yes=True)
        return len(rest)

    def rest(self, name: Name) -> list[Hit]:
        """What :meth:`accept_rest` would accept."""
        undecided = [hit for hit in name.hits if self.decided(name, hit) is None]
        return [hit for hit in undecided if hit.accepted] or undecided

    def decided(self, name: Name, hit: Hit) -> bool | None:
        """True for accepted, False for left, None for open."""
        return self._decided.get(place(name, hit))

    def words(self, name: Name, hit: Hit) -> str:
        """What would stand in place of a hit."""
        return self._own.get(place(name, hit), hit.replacement)

    def standing(self, name: Name) -> Standing:
        """How far a name is."""
        if name.at is None:
            decided = [self.decided(name, hit) for hit in name.hits]
            name.at = Standing(decided.count(True), decided.count(False), len(decided))
        return name.at

    def plan(self) -> tuple[tuple[Entry, ...], tuple[Hit, ...]]:
        """Entries and all their hits as they were decided; only those accepted by a person are accepted."""
        names = [name for name in self.names if not name.dismissed and name.hits]
        found = [
            replace(
                hit,
                entry=number,
                accepted=self.decided(name, hit) is True,
                replacement=self.words(name, hit),
            )
            for number, name in enumerate(names)
            for hit in name.hits
        ]
        return tuple(name.entry for name in names), tuple(found)

    def unseen(self) -> list[Name]:
        """Names with accepted hits that were never shown (they come from the key)."""
        return [n for n in self.names if not n.seen and not n.dismissed and self.standing(n).yes]

    def done(self, kept: Sequence[Entry]) -> None:
        """The accepted hits have been replaced."""
        known = {(e.clear, e.kind): e for e in self.replaced}
        known |= {(e.clear, e.kind): self._for_purge(e) for e in kept}
        self.replaced = tuple(known.values())
        self.given.update(entry.replacement for entry in kept)
        self._decided.clear()
        self._own.clear()
        self.names = [name for name in self.names if name.dismissed or name.weight > 1]
        for name in self.names:
            name.hits, name.at = (), None
            self.stir(name)
        self.basis = None

    def _for_purge(self, entry: Entry) -> Entry:
        """With the forms that were left everywhere, as ones that a purge does not touch unasked."""
        replaced = {form.written for form in entry.forms}
        left = {
            hit.written: Form(hit.written, hit.replacement, sure=False)
            for name in self.names
            if (name.entry.clear, name.entry.kind) == (entry.clear, entry.kind)
            for hit in name.hits
            if hit.written not in replaced
        }
        return replace(entry, forms=(*entry.forms, *left.values()))

    def purged(self) -> None:
        """The names are gone for good; they need not be held in memory, either."""
        self.replaced, self.names, self.questions, self.basis = (), [], (), None

    def to_purge(self) -> tuple[Entry, ...]:
        """Every name that is known to have been replaced."""
        known = {(e.clear, e.kind): e for e in self.in_key}
        known |= {(e.clear, e.kind): e for e in self.replaced}
        return tuple(known.values())


_WORKS: "WeakKeyDictionary[Desk, Work]" = WeakKeyDictionary()
