"""Queries as data: conditions on coded passages, joined by and / or / not, and related to each other.

A query selects passages. Conditions on a coding itself (:class:`Coder`, :class:`Date`) narrow, inside the
"and" in which they stand, which codings are seen at all: "Trust and coder Ada" are passages that Ada coded as
Trust. A relation selects passages of its left side; a passage is no neighbour of itself, unless it bears
other codings for the one side than for the other. A query has a JSON form (:func:`to_json`,
:func:`from_json`) in which it can be kept.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any, Final, Literal, get_args

from qda.errors import KnownError
from qda.i18n import _

VERSION: Final = 1
DEEPEST: Final = 40  # conditions inside conditions
Operator = Literal["=", "≠", "<", ">", "≤", "≥", "contains"]
OPERATORS: Final[tuple[str, ...]] = get_args(Operator)
ROLES: Final = ("interviewer", "respondent", "left_out")
KINDS: Final = ("interview", "focus_group", "field_note", "postscript", "document")
FARTHEST: Final = 999_999  # paragraphs


# -- conditions ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Code:
    """Passages under a code (GUID, name or path), or also under those below it in the tree."""

    code: str
    with_children: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Passages in which these words stand, as the search finds them; ``whole``: not as parts of words."""

    words: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Passages that begin in the words of a speaker, by label or name."""

    label: str


@dataclass(frozen=True, slots=True)
class Role:
    """Passages that begin in the words of one in this role."""

    role: str


@dataclass(frozen=True, slots=True)
class Case:
    """Passages of a case (a speaker's own case outranks the document's), and of the cases inside it."""

    case: str
    with_inner: bool = True


@dataclass(frozen=True, slots=True)
class Attribute:
    """Passages of cases that show something in an attribute. A missing value never matches.

    A case inside another one takes from that what it has not itself.
    """

    name: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Coder:
    """Codings by a person."""

    coder: str


@dataclass(frozen=True, slots=True)
class Date:
    """Codings made from one day to another, both included (ISO, local time); empty is open."""

    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Passages of a document."""

    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Passages of the documents of a group."""

    group: str


@dataclass(frozen=True, slots=True)
class Kind:
    """Passages of documents of a kind: interview, focus_group, field_note, postscript, document."""

    kind: str


# -- joined -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class And:
    """All of these; of none, every coded passage."""

    of: tuple["Spec", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    of: tuple["Spec", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Coded passages that are not so."""

    what: "Spec"


# -- related ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overlapping:
    """The left passage shares characters with a right one; ``intersection``: only what both share."""

    left: "Spec"
    right: "Spec"
    intersection: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The left passage lies inside a right one, or is as long."""

    left: "Spec"
    right: "Spec"


@dataclass(frozen=True, slots=True)
class Contains:
    """A right passage lies inside the left one, or is as long."""

    left: "Spec"
    right: "Spec"


@dataclass(frozen=True, slots=True)
class Near:
    """At most so many paragraphs apart: 0 is the same one, 1 the next or the one before."""

    left: "Spec"
    right: "Spec"
    paragraphs: int = 1


@dataclass(frozen=True, slots=True)
class SameTurn:
    """Both touch one turn; outside of turns each paragraph counts as one."""

    left: "Spec"
    right: "Spec"


@dataclass(frozen=True, slots=True)
class SameParagraph:
    """Both touch one paragraph."""

    left: "Spec"
    right: "Spec"


@dataclass(frozen=True, slots=True)
class FollowedBy:
    """A right passage begins behind the left one, at most so many paragraphs on."""

    left: "Spec"
    right: "Spec"
    paragraphs: int = 1


Leaf = Code | Text | Speaker | Role | Case | Attribute | Coder | Date | Document | Group | Kind
Joined = And | Or | Not
Relation = Overlapping | Within | Contains | Near | SameTurn | SameParagraph | FollowedBy
Spec = Leaf | Joined | Relation

_TYPES: Final[dict[str, type[Any]]] = {
    "code": Code,
    "text": Text,
    "speaker": Speaker,
    "role": Role,
    "case": Case,
    "attribute": Attribute,
    "coder": Coder,
    "date": Date,
    "document": Document,
    "group": Group,
    "kind": Kind,
    "and": And,
    "or": Or,
    "not": Not,
    "overlapping": Overlapping,
    "within": Within,
    "contains": Contains,
    "near": Near,
    "same_turn": SameTurn,
    "same_paragraph": SameParagraph,
    "followed_by": FollowedBy,
}
_NAMES: Final = {kind: name for name, kind in _TYPES.items()}
_ONE_OF: Final[dict[tuple[type[Any], str], tuple[str, ...]]] = {
    (Role, "role"): ROLES,
    (Kind, "kind"): KINDS,
    (Attribute, "operator"): OPERATORS,
}
_MAY_BE_EMPTY: Final = {(Date, "since"), (Date, "until")}


# -- going through it ---------------------------------------------------------------------------------------


def parts(spec: Spec) -> tuple[Spec, ...]:
    """What a query is put together from."""
    if isinstance(spec, And | Or):
        return spec.of
    if isinstance(spec, Not):
        return (spec.what,)
    if isinstance(spec, Relation):
        return (spec.left, spec.right)
    return ()


def walk(spec: Spec) -> Iterator[Spec]:
    """A query and everything in it."""
    yield spec
    for part in parts(spec):
        yield from walk(part)


def on_codings(spec: Spec) -> bool:
    """Whether it only says something of a coding itself: who made it, and when."""
    if isinstance(spec, Coder | Date):
        return True
    return isinstance(spec, Joined) and bool(parts(spec)) and all(map(on_codings, parts(spec)))


def on_codes(spec: Spec) -> bool:
    """Whether it selects passages by a code."""
    if isinstance(spec, And | Or):
        return any(map(on_codes, spec.of))
    if isinstance(spec, Relation):
        return on_codes(spec.left)
    return isinstance(spec, Code)


def with_code(spec: Spec, gone: str, kept: str) -> Spec:
    """The same query where one code (a GUID) has joined another."""
    if isinstance(spec, Code):
        return replace(spec, code=kept) if spec.code == gone else spec
    if isinstance(spec, And | Or):
        return replace(spec, of=tuple(with_code(part, gone, kept) for part in spec.of))
    if isinstance(spec, Not):
        return Not(with_code(spec.what, gone, kept))
    if isinstance(spec, Relation):
        left, right = with_code(spec.left, gone, kept), with_code(spec.right, gone, kept)
        return replace(spec, left=left, right=right)
    return spec


# -- its JSON form ------------------------------------------------------------------------------------------


def to_json(spec: Spec) -> dict[str, Any]:
    """A query as plain data: ``{"version": 1, "query": {"type": "code", …}}``."""
    return {"version": VERSION, "query": _plain(spec)}


def _plain(spec: Spec) -> dict[str, Any]:
    found: dict[str, Any] = {"type": _NAMES[type(spec)]}
    for field in fields(spec):
        value = getattr(spec, field.name)
        if isinstance(value, tuple):
            value = [_plain(one) for one in value]
        elif type(value) in _NAMES:
            value = _plain(value)
        found[field.name] = value
    return found


def from_json(written: Mapping[str, Any] | str) -> Spec:
    """The query that :func:`to_json` made.

    :raises KnownError: it is none, or a newer version wrote it.
    """
    data: object = written
    if isinstance(written, str):
        try:
            data = json.loads(written)
        except (json.JSONDecodeError, RecursionError):
            raise _unread(_("it is not JSON")) from None
    if not isinstance(data, Mapping) or "query" not in data:
        raise _unread(_("it holds no query"))
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise _unread(_("its version is missing"))
    if version > VERSION:
        raise KnownError(_("This query was written by a newer version of qda."))
    return _read(data["query"], 0)


def validate(written: Mapping[str, Any] | str) -> dict[str, Any]:
    """A query's JSON form, complete and checked, as it is stored.

    :raises KnownError: it is none.
    """
    return to_json(from_json(written))


def _unread(reason: str) -> KnownError:
    return KnownError(_("This query cannot be read: {reason}.").format(reason=reason))


def _read(data: object, depth: int) -> Spec:
    if depth > DEEPEST:
        raise _unread(_("too many conditions stand inside each other"))
    if not isinstance(data, Mapping):
        raise _unread(_("a condition is missing"))
    kind = _TYPES.get(data.get("type", "")) if isinstance(data.get("type"), str) else None
    if kind is None:
        raise _unread(_("“{name}” is no condition").format(name=data.get("type")))
    known = {field.name: field for field in fields(kind)}
    if strange := next((key for key in data if key != "type" and key not in known), None):
        raise _unread(_("“{key}” does not belong to “{name}”").format(key=strange, name=data["type"]))
    values: dict[str, Any] = {}
    for name in known:
        if name in data:
            values[name] = _value(kind, name, data[name], depth)
        elif name in _required(kind):
            raise _unread(_("“{key}” is missing in “{name}”").format(key=name, name=data["type"]))
    spec: Spec = kind(**values)
    if isinstance(spec, Or) and not spec.of:
        raise _unread(_("“{key}” is missing in “{name}”").format(key="of", name="or"))
    return spec


def _required(kind: type[Any]) -> set[str]:
    return {field.name for field in fields(kind) if field.default is MISSING}


def _value(kind: type[Any], name: str, value: object, depth: int) -> object:
    """The value of a field, of the right type."""
    if name == "of":
        if not isinstance(value, list | tuple):
            raise _unread(_("a condition is missing"))
        return tuple(_read(one, depth + 1) for one in value)
    if name in ("left", "right", "what"):
        return _read(value, depth + 1)
    if not _fits(kind, name, value):
        raise _unread(_("“{value}” does not fit “{key}”").format(value=value, key=name))
    return value


def _fits(kind: type[Any], name: str, value: object) -> bool:
    """Whether a plain value can stand in a field."""
    if name in ("with_children", "with_inner", "whole", "intersection"):
        return isinstance(value, bool)
    if name == "paragraphs":
        return type(value) is int and 0 <= value <= FARTHEST
    if not isinstance(value, str) or not (value.strip() or (kind, name) in _MAY_BE_EMPTY):
        return False
    if kind is Date and value:
        return _is_day(value)
    return value in _ONE_OF.get((kind, name), (value,))


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
