"""What a check hands out: a finding for each quotation, and the words for them."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from qda.i18n import N_, _, ngettext

State = Literal["text", "place", "missing", "unknown", "consent", "name", "hint", "right"]
PieceKind = Literal["same", "gone", "new"]

STATES: Final[dict[State, str]] = {
    "consent": N_("No consent"),
    "name": N_("Name in clear"),
    "text": N_("Wrong text"),
    "place": N_("Wrong place"),
    "missing": N_("Not found"),
    "unknown": N_("Unknown document"),
    "hint": N_("No citation"),
    "right": N_("Right"),
}
"""Every state, the gravest first, as people read it."""

ERRORS: Final[frozenset[State]] = frozenset(STATES) - {"right", "hint"}
"""States that have to be put right before the text is handed in."""

_MANY: Final = 5  # wrong places that are no accident
_MEANINGS: Final[dict[State, str]] = {
    "consent": N_("Who speaks here has not agreed to be quoted."),
    "name": N_("The study has a pseudonym here: the quotation may give a clear name away."),
    "text": N_("The words are not those of the transcript."),
    "place": N_("The words stand elsewhere."),
    "missing": N_("These words stand in no document of the study."),
    "unknown": N_("The study has no document of this name."),
    "hint": N_("These words stand in a transcript and are not cited."),
    "right": N_("Words and place are right."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: number of its paragraph (from 1, notes not counted), heading above it.

    ``page`` is 0 where the file does not say; ``note``: it stands in a footnote or endnote.
    """

    paragraph: int
    heading: str = ""
    page: int = 0
    note: bool = False

    @property
    def words(self) -> str:
        """As people read it."""
        number = _("note to paragraph {n}") if self.note else _("paragraph {n}")
        words = number.format(n=self.paragraph)
        return _("p. {page}, {place}").format(page=self.page, place=words) if self.page else words


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a comparison: the same in both, gone from the quotation, or new in it."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation. ``also`` are further states, ``citation`` is as it was written, "" where there is none.

    ``source``, ``start`` and ``stop`` (code points) are where its words stand in the study, or what comes
    nearest; no source where there is nothing. ``expected`` are the words as they would be right, ``right``
    the right citation where it is another, ``difference`` compares with the document, word by word.
    ``consent`` is what those who speak have said (yes, no, open). ``before`` and ``after`` are the words
    around the quotation.
    """

    state: State
    quotation: str
    citation: str
    place: Place
    also: tuple[State, ...] = ()
    source: str = ""
    title: str = ""
    start: int = -1
    stop: int = -1
    expected: str = ""
    difference: tuple[Piece, ...] = ()
    right: str = ""
    consent: str = ""
    before: str = ""
    after: str = ""

    @property
    def states(self) -> tuple[State, ...]:
        """All states, the gravest first."""
        return (self.state, *self.also)

    @property
    def sentence(self) -> str:
        """What is the matter."""
        return " ".join(meaning(state) for state in self.states)


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings in the order of the text.

    ``literature`` counts quotations whose citation names no document of the study, ``uncited`` those without
    one; neither was compared. ``words`` counts those of the text.
    """

    findings: tuple[Finding, ...]
    literature: int = 0
    uncited: int = 0
    words: int = 0

    @property
    def errors(self) -> int:
        """How many are to be put right."""
        return sum(one.state in ERRORS for one in self.findings)

    def counts(self) -> dict[State, int]:
        """How many of each state, the gravest first; states that do not occur are left out."""
        found = Counter(one.state for one in self.findings)
        return {state: found[state] for state in STATES if found[state]}


def meaning(state: State) -> str:
    """What a state says."""
    return _(_MEANINGS[state])


def state_name(state: State) -> str:
    """A state as people read it."""
    return _(STATES[state])


def summary(checked: Checked) -> str:
    """The whole check in a sentence or two."""
    compared = len(checked.findings)
    if not compared:
        return _("There is no quotation in it that names a document of the study.")
    first = ngettext("{n} quotation compared", "{n} quotations compared", compared).format(n=compared)
    counted = [f"{state_name(state)} {n}" for state, n in checked.counts().items()]
    words = f"{first}: {' · '.join(counted)}."
    elsewhere = sum("place" in one.states and bool(one.right) for one in checked.findings)
    if elsewhere >= _MANY and elsewhere * 2 > compared:
        words += " " + _("Most places differ: perhaps they are counted in another way than here.")
    if checked.literature:
        words += " " + ngettext(
            "{n} with a citation of literature was left alone.",
            "{n} with citations of literature were left alone.",
            checked.literature,
        ).format(n=checked.literature)
    return words


def tolerances() -> tuple[str, ...]:
    """What counts as right although it is not the same, one sentence each."""
    return (
        _("Punctuation, kinds of quotation marks, dashes and blanks may differ."),
        _("The first word may begin with a capital or a small letter, also after an omission."),
        _("Words left out are allowed where “[…]”, “(…)” or “…” says so."),
        _("Words in square brackets are yours: [the town], [sic], [D]ie, ein[en]."),
        _("Pauses such as (.) or (3), time marks and labels of speakers may be missing."),
        _("Hyphens at line ends do not count, and ss may stand for ß."),
    )
