"""Which codings the transcripts of a study show: one filter for all texts, as long as the study is open.

It is never kept in the file: who opens a study tomorrow must not miss codings that are there.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from qda.i18n import N_, _, ngettext
from qda.ui.navigator.codebook import CodeBook
from qda.ui.transcript.filtering import CodingFilter
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.ui.desk import Desk

PHASES: Final = (
    ("open", N_("Open coding")),
    ("axial", N_("Axial coding")),
    ("selective", N_("Selective coding")),
)
ROLES: Final = (("respondent", N_("Respondents")), ("interviewer", N_("Interviewer")))
_NAMED: Final = 3  # codes told by name; more are counted


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user chose; ``below`` takes the codes under the chosen ones along."""

    codes: tuple[str, ...] = ()
    below: bool = True
    coders: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.codes or self.coders or self.speakers or self.roles or self.phases)


class Filtering(QObject):
    """The filter of one desk; every transcript follows it."""

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._book = CodeBook.of(desk)
        self._wanted = Wanted()
        self._filter = CodingFilter()
        self._book.refreshed.connect(self._codes_changed)

    @classmethod
    def of(cls, desk: "Desk") -> "Filtering":
        """The one filter of a desk."""
        found = desk.findChild(cls)
        return found if isinstance(found, cls) else cls(desk)

    @property
    def wanted(self) -> Wanted:
        """What was chosen."""
        return self._wanted

    @property
    def filter(self) -> CodingFilter:
        """The same as transcripts take it."""
        return self._filter

    def set(self, wanted: Wanted) -> None:
        """Shows only what is wanted from now on."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._filter = self._resolved()
            self.changed.emit()

    def clear(self) -> None:
        """Shows all codings."""
        self.set(Wanted(below=self._wanted.below))

    def toggle(self, kind: str, key: str) -> None:
        """Takes a coder, speaker, role or phase in, or out again."""
        changed: dict[str, Any] = {kind: getattr(self._wanted, kind) ^ {key}}
        self.set(replace(self._wanted, **changed))

    def toggle_code(self, code: str) -> None:
        """Takes a code in, or out again."""
        codes = self._wanted.codes
        kept = tuple(one for one in codes if one != code)
        self.set(replace(self._wanted, codes=kept if code in codes else (*codes, code)))

    def only_code(self, code: str) -> None:
        """Shows the codings of one code and those below it; whatever else was chosen stays."""
        self.set(replace(self._wanted, codes=(code,)))

    def _codes_changed(self) -> None:
        there = tuple(code for code in self._wanted.codes if self._book.row(code) is not None)
        if there != self._wanted.codes:
            self._wanted = replace(self._wanted, codes=there)
        resolved = self._resolved()
        if resolved != self._filter:
            self._filter = resolved
            self.changed.emit()

    def _resolved(self) -> CodingFilter:
        wanted = self._wanted
        codes = set(wanted.codes)
        if codes and wanted.below:  # a parent stands before its children in the order of the tree
            for row in self._book.rows:
                if row.parent in codes:
                    codes.add(row.guid)
        return CodingFilter(frozenset(codes), wanted.coders, wanted.speakers, wanted.roles, wanted.phases)

    # -- in words -------------------------------------------------------------------------------------------

    def words(self) -> str:
        """What is filtered, in one line."""
        wanted = self._wanted
        parts = [self._code_words()]
        parts.append(", ".join(sorted(wanted.coders)))
        speakers = [_(words) for key, words in ROLES if key in wanted.roles]
        parts.append(", ".join([*speakers, *sorted(wanted.speakers)]))
        parts.append(", ".join(_(words) for key, words in PHASES if key in wanted.phases))
        return " · ".join(part for part in parts if part)

    def _code_words(self) -> str:
        rows = [row for code in self._wanted.codes if (row := self._book.row(code)) is not None]
        names = [shown_name(row.name, row.origin == "in-vivo") for row in rows[:_NAMED]]
        if len(rows) > _NAMED:
            more = len(rows) - _NAMED
            names.append(ngettext("{n} more code", "{n} more codes", more).format(n=more))
        below = len(self._filter.codes) - len(rows)
        told = ", ".join(names)
        if below > 0:
            told += " " + ngettext("with {n} below", "with {n} below", below).format(n=below)
        return told
