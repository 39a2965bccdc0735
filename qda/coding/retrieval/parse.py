"""The written form of a query: ``Trust near(2) Conflict and role:respondent and not Means+``, or in German.

``+`` behind a code means: with those below it. Names with blanks stand in quotation marks, a quotation mark
in them twice. ``saved:`` takes what a saved query asks for. Relations bind closest, then "not", "and", "or";
a comma is an "and".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NoReturn

from sqlalchemy import select

from qda.coding.attributes import iso_date
from qda.coding.references import resolve
from qda.coding.retrieval import spec
from qda.coding.retrieval.spec import Spec
from qda.errors import AmbiguousError, KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.desk import SavedQuery


class QueryError(KnownError):
    """A written query that cannot be read; ``place`` is the character (from 0) where it fails."""

    def __init__(self, reason: str, *, place: int) -> None:
        super().__init__(_("Character {place}: {reason}").format(place=place + 1, reason=reason))
        self.place = place


JOINS: Final = {
    "and": "and",
    "und": "and",
    "&": "and",
    ",": "and",
    "or": "or",
    "oder": "or",
    "|": "or",
    "not": "not",
    "nicht": "not",
    "!": "not",
}
RELATIONS: Final = {
    "near": "near",
    "nahe": "near",
    "overlapping": "overlapping",
    "overlaps": "overlapping",
    "überlappt": "overlapping",
    "intersecting": "intersecting",
    "schneidet": "intersecting",
    "within": "within",
    "innerhalb": "within",
    "contains": "contains",
    "enthält": "contains",
    "same-turn": "same_turn",
    "selber-redebeitrag": "same_turn",
    "same-paragraph": "same_paragraph",
    "selber-absatz": "same_paragraph",
    "followed-by": "followed_by",
    "gefolgt-von": "followed_by",
}
KEYS: Final = {
    "code": "code",
    "kode": "code",
    "text": "text",
    "word": "word",
    "wort": "word",
    "speaker": "speaker",
    "sprecher": "speaker",
    "sprecherin": "speaker",
    "role": "role",
    "rolle": "role",
    "case": "case",
    "fall": "case",
    "case-only": "case-only",
    "nur-fall": "case-only",
    "attribute": "attribute",
    "merkmal": "attribute",
    "coder": "coder",
    "kodierer": "coder",
    "kodiererin": "coder",
    "codierer": "coder",
    "codiererin": "coder",
    "date": "date",
    "datum": "date",
    "document": "document",
    "dokument": "document",
    "group": "group",
    "gruppe": "group",
    "kind": "kind",
    "art": "kind",
    "saved": "saved",
    "gespeichert": "saved",
}
_ROLES: Final = {
    "interviewend": "interviewer",
    "interviewende": "interviewer",
    "befragt": "respondent",
    "befragte": "respondent",
    "left-out": "left_out",
    "ausgelassen": "left_out",
}
_KINDS: Final = {
    "focus-group": "focus_group",
    "gruppendiskussion": "focus_group",
    "field-note": "field_note",
    "feldnotiz": "field_note",
    "postskript": "postscript",
    "dokument": "document",
}
_QUOTED: Final = re.compile('"((?:[^"]|"")*)"|„([^“”]*)[“”]|“([^”]*)”')
_BARE: Final = re.compile('(?:[^\\s()",„“]|(?<=\\d),(?=\\d))+')  # a number may have a comma
_REACH: Final = re.compile(r"\(\s*(\d{1,6})\s*\)")
_COMPARED: Final = re.compile("!=|<>|<=|>=|[=≠<>≤≥~]")
_OPERATORS: Final = {"!=": "≠", "<>": "≠", "<=": "≤", ">=": "≥", "~": "contains"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: ( or ), a join, a relation (with its reach), a word, or the end.

    ``parts`` of a word are its letters, each with whether they stood in quotation marks.
    """

    kind: str
    place: int
    text: str
    value: str = ""
    reach: int | None = None
    parts: tuple[tuple[str, bool], ...] = ()


def parse(project: Project, written: str) -> Spec:
    """The query that a person wrote; names become GUIDs.

    :raises QueryError: it cannot be read, or names what is not there: the sentence says where.
    :raises AmbiguousError: a name means several things.
    """
    reader = _Reader(project, tokens(written))
    found = reader.any_of()
    reader.demand_end()
    return found


# -- pieces -------------------------------------------------------------------------------------------------


def tokens(written: str) -> list[Token]:
    """The pieces of a query, the end last.

    :raises QueryError: a quotation mark is open.
    """
    found: list[Token] = []
    at = 0
    while at < len(written):
        sign = written[at]
        if sign.isspace():
            at += 1
        elif sign in "()":
            found.append(Token(sign, at, sign))
            at += 1
        elif sign == ",":
            found.append(Token("join", at, sign, "and"))
            at += 1
        else:
            token, at = _word(written, at)
            found.append(token)
    return [*found, Token("end", len(written), "")]


def _word(written: str, start: int) -> tuple[Token, int]:
    parts: list[tuple[str, bool]] = []
    at = start
    while at < len(written):
        if match := _QUOTED.match(written, at):
            words = next(group for group in match.groups() if group is not None)
            parts.append((words.replace('""', '"'), True))
        elif match := _BARE.match(written, at):
            parts.append((match[0], False))
        elif written[at] in '"„“':
            raise QueryError(_("A quotation mark is not closed."), place=at)
        else:
            break
        at = match.end()
    text = written[start:at]
    if len(parts) == 1 and not parts[0][1]:
        return _operator(written, start, at) or (Token("word", start, text, parts=tuple(parts)), at)
    return Token("word", start, text, parts=tuple(parts)), at


def _operator(written: str, start: int, stop: int) -> tuple[Token, int] | None:
    """A join or relation, which may be written as two words."""
    text = written[start:stop]
    small = text.casefold()
    if small in JOINS:
        return Token("join", start, text, JOINS[small]), stop
    following = re.compile(r"\s+([^\s()\",„“]+)").match(written, stop)
    if following and f"{small}-{following[1].casefold()}" in RELATIONS:
        small, stop = f"{small}-{following[1].casefold()}", following.end()
    if small not in RELATIONS:
        return None
    reach = _REACH.match(written, stop) if RELATIONS[small] in ("near", "followed_by") else None
    end = reach.end() if reach else stop
    return Token(
        "relation", start, written[start:end], RELATIONS[small], int(reach[1]) if reach else None
    ), end


# -- reading them -------------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, project: Project, pieces: list[Token]) -> None:
        self._project = project
        self._pieces = pieces
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._pieces[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind != "end"
        return token

    def _join(self, value: str) -> bool:
        if self._next.kind == "join" and self._next.value == value:
            self._at += 1
            return True
        return False

    def demand_end(self) -> None:
        token = self._next
        if token.kind == ")":
            self._fail(_("There is no bracket open here."), token)
        if token.kind != "end":
            self._fail(
                _("Before “{text}” an “and” or “or” is missing; names with blanks stand in quotation marks."),
                token,
            )

    def _fail(self, reason: str, token: Token) -> NoReturn:
        raise QueryError(reason.format(text=token.text), place=token.place)

    def any_of(self) -> Spec:
        found = [self._all_of()]
        while self._join("or"):
            found.append(self._all_of())
        return found[0] if len(found) == 1 else spec.Or(tuple(found))

    def _all_of(self) -> Spec:
        found = [self._one()]
        while self._join("and"):
            found.append(self._one())
        return found[0] if len(found) == 1 else spec.And(tuple(found))

    def _one(self) -> Spec:
        token = self._next
        if self._join("not"):
            self._deeper(token)
            found: Spec = spec.Not(self._one())
            self._depth -= 1
            return found
        found = self._operand()
        chain = 0
        while self._next.kind == "relation":
            token, chain = self._take(), chain + 1
            if chain + self._depth > spec.DEEPEST:
                self._fail(_("Too many conditions stand inside each other."), token)
            found = _related(token, found, self._operand())
        return found

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > spec.DEEPEST // 2:
            self._fail(_("Too many conditions stand inside each other."), token)

    def _operand(self) -> Spec:
        token = self._take()
        if token.kind == "(":
            self._deeper(token)
            found = self.any_of()
            if self._take().kind != ")":
                self._fail(_("This bracket is not closed."), token)
            self._depth -= 1
            return found
        if token.kind == "word":
            return self._condition(token)
        if token.kind == "end":
            self._fail(_("Here a code or a condition is missing."), token)
        return self._fail(_("Before “{text}” a code or a condition is missing."), token)

    # -- conditions ---------------------------------------------------------------------------------------

    def _condition(self, token: Token) -> Spec:
        first, quoted = token.parts[0]
        key, colon, rest = first.partition(":")
        if quoted or not colon:
            return self._code(token, token.parts)
        name = KEYS.get(key.casefold())
        if name is None:
            self._fail(
                _("“{text}” is no condition. There are: {names}.").replace(
                    "{names}", ", ".join(sorted(set(KEYS.values())))
                ),
                Token("word", token.place, f"{key}:"),
            )
        parts = ((rest, False), *token.parts[1:]) if rest else token.parts[1:]
        value = "".join(words for words, _quoted in parts)
        if not value.strip():
            self._fail(_("Behind “{text}” something is missing."), token)
        if name == "code":
            return self._code(token, parts)
        if name == "attribute":
            return self._attribute(token, parts)
        return self._leaf(name, value, token)

    def _leaf(self, name: str, value: str, token: Token) -> Spec:
        made: dict[str, Callable[[], Spec]] = {
            "text": lambda: spec.Text(value),
            "word": lambda: spec.Text(value, whole=True),
            "speaker": lambda: spec.Speaker(value),
            "role": lambda: spec.Role(self._chosen(value, _ROLES, spec.ROLES, token)),
            "kind": lambda: spec.Kind(self._chosen(value, _KINDS, spec.KINDS, token)),
            "case": lambda: spec.Case(self._named("case_", value, token)),
            "case-only": lambda: spec.Case(self._named("case_", value, token), with_inner=False),
            "coder": lambda: spec.Coder(self._named("coder", value, token)),
            "document": lambda: spec.Document(self._named("source", value, token)),
            "group": lambda: spec.Group(self._named("document_group", value, token)),
            "date": lambda: self._date(value, token),
            "saved": lambda: self._saved(value, token),
        }
        return made[name]()

    def _named(self, table: str, written: str, token: Token) -> str:
        try:
            return resolve(self._project, table, written)
        except AmbiguousError:
            raise
        except KnownError as problem:
            raise QueryError(problem.sentence, place=token.place) from None

    def _saved(self, value: str, token: Token) -> Spec:
        """What a saved query asks for."""
        guid = self._named("saved_query", value, token)
        with self._project.read() as db:
            kept = db.execute(select(SavedQuery.spec).where(SavedQuery.guid == guid)).scalar_one()
        return spec.from_json(kept)

    def _chosen(self, value: str, also: dict[str, str], known: tuple[str, ...], token: Token) -> str:
        small = value.casefold()
        found = also.get(small, small)
        if found not in known:
            self._fail(
                _("“{text}” is none of: {names}.").replace("{names}", ", ".join(known)),
                Token("word", token.place, value),
            )
        return found

    def _code(self, token: Token, parts: tuple[tuple[str, bool], ...]) -> Spec:
        name = "".join(words for words, _quoted in parts)
        last, quoted = parts[-1]
        if quoted or not last.endswith("+"):
            return spec.Code(self._named("code", name, token))
        if len(parts) == 1:  # a code may be called so
            try:
                return spec.Code(resolve(self._project, "code", name))
            except AmbiguousError:
                raise
            except KnownError:
                pass
        return spec.Code(self._named("code", name[:-1], token), with_children=True)

    def _attribute(self, token: Token, parts: tuple[tuple[str, bool], ...]) -> Spec:
        """A name, how it is compared (not in quotation marks), a value."""
        for at, (words, quoted) in enumerate(parts):
            match = None if quoted else _COMPARED.search(words)
            if match:
                before = [one for one, _quoted in parts[:at]]
                after = [one for one, _quoted in parts[at + 1 :]]
                name = "".join([*before, words[: match.start()]]).strip()
                value = "".join([words[match.end() :], *after]).strip()
                if name and value:
                    self._named("attribute", name, token)
                    return spec.Attribute(name, _OPERATORS.get(match[0], match[0]), value)
        return self._fail(_("Write an attribute like attribute:Age>=40, not “{text}”."), token)

    def _date(self, value: str, token: Token) -> Spec:
        since, dots, until = value.partition("..")
        try:
            first = _first_day(iso_date(since)) if since else ""
            last = _last_day(iso_date(until if dots else since)) if (until or not dots) else ""
        except KnownError as problem:
            raise QueryError(problem.sentence, place=token.place) from None
        return spec.Date(first, last)


def _first_day(iso: str) -> str:
    return iso + "-01" * (2 - iso.count("-"))


def _last_day(iso: str) -> str:
    if iso.count("-") == 2:
        return iso
    first = date.fromisoformat(_first_day(iso))
    months = 1 if iso.count("-") else 12
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return (date(year, month + 1, 1) - timedelta(days=1)).isoformat() if year <= 9999 else f"{iso[:4]}-12-31"


def _related(token: Token, left: Spec, right: Spec) -> Spec:
    if token.value == "intersecting":
        return spec.Overlapping(left, right, intersection=True)
    if token.value == "near":
        return spec.Near(left, right, 1 if token.reach is None else token.reach)
    if token.value == "followed_by":
        return spec.FollowedBy(left, right, 1 if token.reach is None else token.reach)
    kinds: dict[str, type[spec.Relation]] = {
        "overlapping": spec.Overlapping,
        "within": spec.Within,
        "contains": spec.Contains,
        "same_turn": spec.SameTurn,
        "same_paragraph": spec.SameParagraph,
    }
    return kinds[token.value](left, right)
