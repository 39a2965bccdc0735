"""What a condition can be chosen from: codes, cases, speakers, documents … under one field that filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qda.coding import material
from qda.coding.retrieval import askable, from_json, spec
from qda.coding.retrieval.spec import Spec
from qda.coding.saved_queries import saved_queries
from qda.errors import KnownError
from qda.i18n import N_, _
from qda.ui.material.words import KINDS as DOCUMENT_KINDS
from qda.ui.material.words import ROLES
from qda.ui.navigator.codebook import CodeBook
from qda.ui.transcript.code_list import FieldRow, Kind
from qda.ui.transcript.code_search import SEPARATOR, CodeSearch, fold

if TYPE_CHECKING:
    from qda.ui.desk import Desk

FORMS: Final = ("text", "attribute", "date")
"""Kinds that are written into a form."""
KINDS: Final = (
    ("code", N_("Code"), N_("passages under a code")),
    ("text", N_("Words in the text"), N_("passages in which they stand")),
    ("role", N_("Role"), N_("respondents or interviewers only")),
    ("case", N_("Case"), N_("passages of a case")),
    ("attribute", N_("Attribute of cases"), N_("age, place, …")),
    ("speaker", N_("Speaker"), N_("by label or name")),
    ("document", N_("Document"), ""),
    ("kind", N_("Kind of document"), N_("interviews, field notes, …")),
    ("group", N_("Group of documents"), ""),
    ("coder", N_("Coder"), N_("who coded it")),
    ("date", N_("Day of coding"), N_("from … to …")),
    ("saved", N_("Live set"), N_("what a saved query asks for")),
)
KIND_OF: Final[dict[type[Spec], str]] = {
    spec.Code: "code",
    spec.Text: "text",
    spec.Role: "role",
    spec.Case: "case",
    spec.Attribute: "attribute",
    spec.Speaker: "speaker",
    spec.Document: "document",
    spec.Kind: "kind",
    spec.Group: "group",
    spec.Coder: "coder",
    spec.Date: "date",
}
_RECENT: Final = 5  # codes that are offered before anything is typed
_MOST: Final = 12
_FEW: Final = 4  # of each other kind, while all are searched


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: its kind, how the query calls it, its name, what stands beside it."""

    kind: str
    value: str
    name: str
    beside: str = ""

    @property
    def key(self) -> str:
        """It in one text, by which a row knows it."""
        return f"{self.kind}:{self.value}"


class Choices:
    """All that can be chosen in a study now."""

    def __init__(self, desk: "Desk") -> None:
        project = desk.project
        book = CodeBook.of(desk)
        self.attributes = {one.name: one for one in material.attributes(project)}
        self._codes = CodeSearch(book.choices())
        self._saved: dict[str, Spec] = {}
        known = askable(project)
        self.inner_cases = known.inner_cases
        self.others: dict[str, list[Choice]] = {
            "role": [Choice("role", key, _(words)) for key, words in ROLES],
            "kind": [Choice("kind", key, _(words)) for key, words in DOCUMENT_KINDS],
            "attribute": [Choice("attribute", name, name) for name in self.attributes],
            "case": [Choice("case", *one) for one in known.cases],
            "document": [Choice("document", *one) for one in known.documents],
            "coder": [Choice("coder", *one) for one in known.coders],
            "group": [Choice("group", *one) for one in known.groups],
            "speaker": [Choice("speaker", label, label, name) for label, name in known.speakers],
        }
        self._read_saved(desk)

    def _read_saved(self, desk: "Desk") -> None:
        self.others["saved"] = []
        for row in saved_queries(desk.project):
            try:
                self._saved[row.guid] = from_json(row.spec)
            except KnownError:
                continue
            self.others["saved"].append(Choice("saved", row.guid, row.name))

    def saved(self, guid: str) -> Spec:
        """What a saved query asks for."""
        return self._saved[guid]

    # -- rows ------------------------------------------------------------------------------------------------

    def rows(self, words: str, only: str = "") -> list[FieldRow]:
        """What fits what is typed; ``only``: of this kind."""
        if only == "code":
            return self._code_rows(words, 400)
        if only:
            return [_row(one, one.beside) for one in self._fitting(only, words, 400)]
        if not words:
            return [*self._first_codes(), *_kind_rows()]
        codes = self._code_rows(words, _MOST)
        others = [
            _row(one, one.beside or _(title))
            for kind, title, _hint in KINDS
            for one in self._fitting(kind, words, _FEW)
        ]
        kinds = [row for row in _kind_rows(head=False) if fold(words) in fold(row.name)]
        text = FieldRow(Kind.CODE, _("Words in the text: “{words}”").format(words=words), f"text:{words}")
        found = [*codes, *others, *kinds, text]
        return sorted(found, key=lambda row: _distance(row, words))

    def _first_codes(self) -> list[FieldRow]:
        rows = self._code_rows("", _RECENT)
        return [FieldRow(Kind.SECTION, _("Codes")), *rows] if rows else []

    def _code_rows(self, words: str, most: int) -> list[FieldRow]:
        found = []
        for hit in self._codes.rank(words, most):
            one = hit.choice
            above = one.path.rpartition(SEPARATOR)[0].strip()
            key = f"code:{one.guid}"
            found.append(
                FieldRow(
                    Kind.CODE, one.name, key, one.colour, one.in_vivo, hit.parts, beside=above, sure=hit.sure
                )
            )
        return found

    def _fitting(self, kind: str, words: str, most: int) -> Sequence[Choice]:
        wanted = fold(words).split()
        listed = self.others.get(kind, [])
        found = [one for one in listed if all(word in fold(f"{one.name} {one.beside}") for word in wanted)]
        found.sort(key=lambda one: not fold(one.name).startswith(fold(words)))
        return found[:most]


def _kind_rows(*, head: bool = True) -> list[FieldRow]:
    rows = [
        FieldRow(Kind.CODE, _(title) + "…", f"kind-of:{kind}", beside=_(hint) if hint else "")
        for kind, title, hint in KINDS
    ]
    return [FieldRow(Kind.SECTION, _("Or choose what the condition is about")), *rows] if head else rows


def _distance(row: FieldRow, words: str) -> int:
    """What is called just so comes first, what is only similar last."""
    if row.sure:
        return 0 if fold(row.name) == fold(words) else 1
    return 2


def _row(one: Choice, beside: str) -> FieldRow:
    return FieldRow(Kind.CODE, one.name, one.key, beside=beside)


def made(choices: Choices, key: str, *, ticked: bool) -> Spec | None:
    """The condition that a row stands for, where it needs no form. ``ticked``: with what stands inside."""
    kind, _colon, value = key.partition(":")
    if kind == "code":
        return spec.Code(value, with_children=ticked)
    if kind == "case":
        return spec.Case(value, with_inner=ticked or not choices.inner_cases)
    if kind == "text":
        return spec.Text(value)
    if kind == "saved":
        return choices.saved(value)
    plain: dict[str, Callable[[str], Spec]] = {
        "role": spec.Role,
        "kind": spec.Kind,
        "speaker": spec.Speaker,
        "document": spec.Document,
        "group": spec.Group,
        "coder": spec.Coder,
    }
    return plain[kind](value) if kind in plain else None


def key_of(query: Spec) -> str:
    """The row that stands for a condition."""
    kind = KIND_OF.get(type(query), "")
    if isinstance(query, spec.Attribute):
        return f"attribute:{query.name}"
    if isinstance(query, spec.Leaf) and kind not in FORMS:
        value = next(getattr(query, name) for name in query.__slots__)
        return f"{kind}:{value}"
    return ""
