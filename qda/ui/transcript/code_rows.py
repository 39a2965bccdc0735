"""Which rows stand under the code field for what is typed: suggestions, codes, new codes, their parents."""

from collections.abc import Collection, Sequence

from qda.i18n import _
from qda.ui.transcript.code_list import FieldRow, Kind
from qda.ui.transcript.code_search import SEPARATOR, CodeSearch, Hit, split_parent
from qda.ui.transcript.rows import CodeChoice, Suggestion

_HITS = 7
_HITS_WITH_SUGGESTIONS = 3
_SUGGESTIONS = 3  # of codes that there are, and as many names
_PARENTS = 3
_SHELLS = (("„", "“"), ("“", "”"), ('"', '"'), ("„", '"'))


class RowMaker:
    """The codes to choose from and what is offered on top of them."""

    def __init__(self) -> None:
        self._choices: Sequence[CodeChoice] = ()
        self._search = CodeSearch(())
        self._suggestions: tuple[Suggestion, ...] = ()
        self.given: Collection[str] = ()  # codes that the passage has already

    def set_choices(self, choices: Sequence[CodeChoice]) -> None:
        """The codes, in the order to show them before anything is typed."""
        if choices is not self._choices:  # the same as before is folded already
            self._choices, self._search = choices, CodeSearch(choices)

    def set_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """What is offered on top; without any there is no such section."""
        there = [one for one in suggestions if one.guid][:_SUGGESTIONS]
        new = [one for one in suggestions if not one.guid][:_SUGGESTIONS]
        self._suggestions = (*there, *new)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What is offered."""
        return self._suggestions

    def suggestion(self, row: FieldRow | None) -> Suggestion | None:
        """What a row offers, where it offers something."""
        if row is None or row.kind is not Kind.SUGGESTION:
            return None
        return next((one for one in self._suggestions if one.key == (row.guid or row.name)), None)

    def named(self, name: str) -> CodeChoice | None:
        """The code of exactly this name or path."""
        return self._search.named(name)

    def continues(self, typed: str) -> bool:
        """Whether a code's name or path goes on with just what is typed, a comma in it."""
        return self._search.begins(typed)

    def rows(self, query: str, chosen: Collection[str]) -> list[FieldRow]:
        """The rows for what is typed, without the codes ``chosen`` already."""
        if query.endswith(SEPARATOR):
            return self.parents(query.rstrip(f"{SEPARATOR} "))
        most = _HITS_WITH_SUGGESTIONS if self._suggestions else _HITS  # the field keeps its height
        hits = self._search.rank(query, most, without=frozenset(chosen))
        offered = self._suggested(chosen)
        return [*offered, *self._found(hits, offered), *self._named(chosen, query), *self._new(query)]

    def parents(self, query: str) -> list[FieldRow]:
        """The codes under which a new one can be put."""
        return [self._row(Kind.PARENT, hit) for hit in self._search.rank(query, _HITS)]

    def _row(self, kind: Kind, hit: Hit) -> FieldRow:
        choice = hit.choice
        return FieldRow(
            kind,
            *(choice.name, choice.guid, choice.colour, choice.in_vivo, hit.parts),
            beside=choice.path.rpartition(SEPARATOR)[0].strip(),
            sure=hit.sure,
            key=choice.key if kind is Kind.CODE else 0,
            written=choice.path,
            given=choice.guid in self.given,
        )

    def _suggested(self, chosen: Collection[str]) -> list[FieldRow]:
        rows = [self._offer(one) for one in self._suggestions if one.guid and one.guid not in chosen]
        return [FieldRow(Kind.SECTION, _("Suggestions")), *rows] if rows else []

    def _named(self, chosen: Collection[str], query: str) -> list[FieldRow]:
        """Names for a new code; while something is typed those that hold it."""
        new = [one for one in self._suggestions if not one.guid and one.name not in chosen]
        rows = [self._offer(one) for one in new if query.casefold() in one.name.casefold()]
        return [FieldRow(Kind.SECTION, _("Suggested names for a new code")), *rows] if rows else []

    def _offer(self, one: Suggestion) -> FieldRow:
        return FieldRow(
            Kind.SUGGESTION,
            *(one.name, one.guid, one.colour, one.in_vivo),
            below=one.reason,
            beside=one.strength if one.guid else _("new"),
            given=bool(one.guid) and one.guid in self.given,
            leads=one.leads,
        )

    def _found(self, hits: Sequence[Hit], offered: Sequence[FieldRow]) -> list[FieldRow]:
        rows = [self._row(Kind.CODE, hit) for hit in hits]
        return [FieldRow(Kind.SECTION, _("Codes")), *rows] if rows and offered else rows

    def _new(self, query: str) -> list[FieldRow]:
        """The new codes that what is typed can mean: below a known code, below a new one, or at the top."""
        name = bare(query)
        if not name or self.named(name) is not None:
            return []
        above, own = split_parent(name)
        if not above:
            return [FieldRow(Kind.NEW, own, written=own)]
        known = self.named(above)
        hits = [Hit(known)] if known else self._search.rank(above, _PARENTS)
        sure = [hit for hit in hits if hit.sure and (hit.parts or known)]  # by its own name, not its place
        rows = [_below(hit.choice, own) for hit in sure]
        if known is None:
            rows.append(FieldRow(Kind.NEW, own, beside=_("in new: {name}").format(name=above), written=name))
            rows += [_below(hit.choice, own) for hit in hits if not hit.sure]
        return rows


def _below(parent: CodeChoice, name: str) -> FieldRow:
    written = f"{parent.path} {SEPARATOR} {name}"
    return FieldRow(Kind.NEW, name, beside=_("in {name}").format(name=parent.name), written=written)


def first_lit(rows: Sequence[FieldRow], query: str) -> int:
    """The row that is lit at once: a suggested code before typing, then a sure hit, else the new code."""
    for at, row in enumerate(rows):
        if row.is_code and row.sure and (row.kind is not Kind.SUGGESTION or (row.guid and not query)):
            return at
    return next((at for at, row in enumerate(rows) if row.is_code), 0)


def bare(name: str) -> str:
    """A name without quotation marks around it: those keep a comma or a plus in a name."""
    for opening, closing in _SHELLS:
        if len(name) > 1 and name.startswith(opening) and name.endswith(closing):
            return name[1:-1].strip()
    return name


def is_quoted(text: str) -> bool:
    """Whether a name in quotation marks is being typed."""
    return text.lstrip()[:1] in {opening for opening, _closing in _SHELLS}
