"""A query as it is built by clicking: which lines it has, and what each click makes of it. No widgets.

A place in a query is a path: the numbers of the parts that lead to it. What is built is always a group (all
of these, any of these); :func:`asked` is the query that it means.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

from qda.coding.retrieval import spec
from qda.coding.retrieval.spec import Spec

Path = tuple[int, ...]
Join = type[spec.And] | type[spec.Or]
Group = spec.And | spec.Or
Piece = Literal["chip", "not", "relation", "join", "add", "relate"]
EVERYTHING: Final[Group] = spec.And(())


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line: a condition, "not", a relation, a joint (``index``: behind that part), or "+"."""

    piece: Piece
    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces beside each other; ``depth``: how far in."""

    depth: int
    tokens: tuple[Token, ...]


# -- reading it ---------------------------------------------------------------------------------------------


def shown(query: Spec) -> Group:
    """The query as the group in which it is built."""
    return query if isinstance(query, spec.And | spec.Or) else spec.And((query,))


def asked(group: Group) -> Spec:
    """What a group means: of one part, that part."""
    return group.of[0] if len(group.of) == 1 else group if group.of else EVERYTHING


def at(query: Spec, path: Path) -> Spec:
    """What stands at a place."""
    for number in path:
        query = spec.parts(query)[number]
    return query


def is_simple(query: Spec) -> bool:
    """Whether it is one chip: a condition, or one turned round by "not"."""
    if isinstance(query, spec.Not):
        return isinstance(query.what, spec.Leaf)
    return isinstance(query, spec.Leaf) or query == EVERYTHING


def lines(group: Group) -> list[Line]:
    """The lines of a query; what stands in brackets has lines of its own, further in."""
    writer = _Lines()
    writer.group(group, (), 0)
    writer.end(0)
    return writer.found


class _Lines:
    def __init__(self) -> None:
        self.found: list[Line] = []
        self._tokens: list[Token] = []

    def end(self, depth: int) -> None:
        if self._tokens:
            self.found.append(Line(depth, tuple(self._tokens)))
            self._tokens = []

    def _add(self, piece: Piece, path: Path, index: int = 0) -> None:
        self._tokens.append(Token(piece, path, index))

    def group(self, group: Group, path: Path, depth: int) -> None:
        for number, part in enumerate(group.of):
            if number:
                self._add("join", path, number - 1)
            self._part(part, (*path, number), depth)
        self._add("add", path)
        if not path and group.of:
            self._add("relate", path)

    def _part(self, part: Spec, path: Path, depth: int) -> None:
        if is_simple(part):
            self._add("chip", path)
        elif isinstance(part, spec.Relation):
            self._operand(part.left, (*path, 0), depth)
            self._add("relation", path)
            self._operand(part.right, (*path, 1), depth)
        elif isinstance(part, spec.Not):
            self._add("not", path)
            self._inside(part.what, (*path, 0), depth)
        else:
            self._inside(part, path, depth)

    def _operand(self, part: Spec, path: Path, depth: int) -> None:
        if isinstance(part, spec.Relation):
            self._inside(part, path, depth)
        else:
            self._part(part, path, depth)

    def _inside(self, part: Spec, path: Path, depth: int) -> None:
        self.end(depth)
        if isinstance(part, spec.And | spec.Or):
            self.group(part, path, depth + 1)
        else:
            self._part(part, path, depth + 1)
        self.end(depth + 1)


# -- changing it --------------------------------------------------------------------------------------------


def put(query: Spec, path: Path, new: Spec) -> Spec:
    """The query with something else at a place."""
    if not path:
        return new
    parts = list(spec.parts(query))
    parts[path[0]] = put(parts[path[0]], path[1:], new)
    return _made_of(query, parts)


def _made_of(query: Spec, parts: list[Spec]) -> Spec:
    if isinstance(query, spec.And | spec.Or):
        return replace(query, of=tuple(parts))
    if isinstance(query, spec.Not):
        return spec.Not(parts[0])
    assert isinstance(query, spec.Relation)
    return replace(query, left=parts[0], right=parts[1])


def changed(group: Group, path: Path, new: Spec) -> Group:
    """As :func:`put`, in the group that is built."""
    return shown(put(group, path, new))


def removed(group: Group, path: Path) -> Group:
    """Without what stands at a place. Of a relation the other side stays; a group of one is that one."""
    if not path:
        return EVERYTHING
    above = path[:-1]
    parent = at(group, above)
    if isinstance(parent, spec.Not):
        return removed(group, above)
    if isinstance(parent, spec.Relation):
        return changed(group, above, spec.parts(parent)[1 - path[-1]])
    assert isinstance(parent, spec.And | spec.Or)
    left = parent.of[: path[-1]] + parent.of[path[-1] + 1 :]
    if above and not left:
        return removed(group, above)
    if above and len(left) == 1:
        return _unwrapped(changed(group, above, left[0]), above)
    if above:
        return changed(group, above, type(parent)(left))
    return shown(asked(type(parent)(left))) if left else EVERYTHING


def _unwrapped(group: Group, path: Path) -> Group:
    """A group that has become a part of a group of its kind is none of its own any more."""
    if not path:
        return group
    inner, above = at(group, path), path[:-1]
    outer = at(group, above)
    if isinstance(inner, spec.And | spec.Or) and isinstance(outer, type(inner)):
        return changed(
            group, above, replace(outer, of=outer.of[: path[-1]] + inner.of + outer.of[path[-1] + 1 :])
        )
    return group


def added(group: Group, path: Path, new: Spec) -> Group:
    """One more condition at the end of a group."""
    inner = at(group, path)
    assert isinstance(inner, spec.And | spec.Or)
    return changed(group, path, replace(inner, of=(*inner.of, new)))


def beside(group: Group, path: Path, new: Spec, join: Join) -> Group:
    """A place, and/or something new: in its group if that is joined so, else in brackets."""
    here = at(group, path)
    if isinstance(here, join) or (not path and len(group.of) < 2):
        return changed(group, path, join((*spec.parts(here), new)))
    above = path[:-1]
    parent = at(group, above) if path else None
    if isinstance(parent, spec.And | spec.Or) and not above and len(parent.of) == 1:
        return join((here, new))
    if isinstance(parent, spec.And | spec.Or) and isinstance(parent, join):
        after = path[-1] + 1
        return changed(group, above, replace(parent, of=(*parent.of[:after], new, *parent.of[after:])))
    return changed(group, path, join((here, new)))


def joined(group: Group, path: Path, index: int, join: Join, *, every: bool) -> Group:
    """Another joint behind a part: between all parts of the group, or these two in brackets."""
    inner = at(group, path)
    assert isinstance(inner, spec.And | spec.Or)
    if every or len(inner.of) == 2:
        return changed(group, path, join(_flat(inner.of, join)))
    two = join(_flat(inner.of[index : index + 2], join))
    return changed(group, path, replace(inner, of=(*inner.of[:index], two, *inner.of[index + 2 :])))


def bracketed(group: Group, path: Path, index: int) -> Group:
    """The parts on both sides of a joint, in brackets."""
    inner = at(group, path)
    assert isinstance(inner, spec.And | spec.Or)
    two = type(inner)(inner.of[index : index + 2])
    return changed(group, path, replace(inner, of=(*inner.of[:index], two, *inner.of[index + 2 :])))


def unbracketed(group: Group, path: Path) -> Group:
    """The parts of a group stand in the one around it; none where that is no group."""
    inner, above = at(group, path), path[:-1]
    outer = at(group, above) if path else None
    if not isinstance(inner, spec.And | spec.Or) or not isinstance(outer, spec.And | spec.Or):
        return group
    return changed(
        group, above, replace(outer, of=(*outer.of[: path[-1]], *inner.of, *outer.of[path[-1] + 1 :]))
    )


def _flat(parts: tuple[Spec, ...], join: Join) -> tuple[Spec, ...]:
    found: list[Spec] = []
    for part in parts:
        found += part.of if isinstance(part, join) else [part]
    return tuple(found)


def negated(group: Group, path: Path) -> Group:
    """ "Not" before a place, or no longer."""
    here = at(group, path)
    if not path and len(group.of) == 1:
        return negated(group, (0,))
    return changed(group, path, here.what if isinstance(here, spec.Not) else spec.Not(here))


def swapped(group: Group, path: Path) -> Group:
    """A relation the other way round."""
    here = at(group, path)
    assert isinstance(here, spec.Relation)
    return changed(group, path, replace(here, left=here.right, right=here.left))


def moved(group: Group, path: Path, by: int) -> tuple[Group, Path]:
    """A part one place on in its group or relation, and where it is then."""
    if not path:
        return group, path
    parent = at(group, path[:-1])
    parts = list(spec.parts(parent))
    to = path[-1] + by
    if isinstance(parent, spec.Not) or not 0 <= to < len(parts):
        return group, path
    parts.insert(to, parts.pop(path[-1]))
    return changed(group, path[:-1], _made_of(parent, parts)), (*path[:-1], to)


def last_named(group: Group) -> Path:
    """The part that a new relation begins with: the last one that names a code, else the last one."""
    numbers = [number for number, part in enumerate(group.of) if spec.on_codes(part)]
    return (numbers[-1] if numbers else len(group.of) - 1,) if group.of else ()


# -- relations ----------------------------------------------------------------------------------------------

RELATIONS: Final = (
    "near",
    "followed_by",
    "overlapping",
    "sharing",
    "within",
    "contains",
    "same_turn",
    "same_paragraph",
)
_KINDS: Final[dict[str, type[spec.Relation]]] = {
    "near": spec.Near,
    "followed_by": spec.FollowedBy,
    "overlapping": spec.Overlapping,
    "sharing": spec.Overlapping,
    "within": spec.Within,
    "contains": spec.Contains,
    "same_turn": spec.SameTurn,
    "same_paragraph": spec.SameParagraph,
}


def relation(name: str, left: Spec, right: Spec, paragraphs: int = 1) -> spec.Relation:
    """A relation by its name here."""
    kind = _KINDS[name]
    if kind is spec.Near or kind is spec.FollowedBy:
        return kind(left, right, paragraphs)
    if name == "sharing":
        return spec.Overlapping(left, right, intersection=True)
    return kind(left, right)


def relation_name(query: spec.Relation) -> str:
    """What a relation is called here."""
    if isinstance(query, spec.Overlapping):
        return "sharing" if query.intersection else "overlapping"
    return next(name for name, kind in _KINDS.items() if type(query) is kind)


def paragraphs(query: spec.Relation) -> int | None:
    """How many paragraphs a relation reaches; none where it does not ask."""
    return query.paragraphs if isinstance(query, spec.Near | spec.FollowedBy) else None
