"""A query in its written form, which :mod:`qda.coding.retrieval.parse` reads back to the same."""

import re
from typing import Final

from qda.coding.retrieval import spec
from qda.coding.retrieval.called import Called
from qda.coding.retrieval.parse import JOINS, RELATIONS
from qda.coding.retrieval.spec import Spec
from qda.models import Project

_PLAIN: Final = re.compile(r"\w[\w.-]*")
_RELATIONS: Final[dict[type[Spec], str]] = {
    spec.Overlapping: "overlapping",
    spec.Within: "within",
    spec.Contains: "contains",
    spec.Near: "near",
    spec.SameTurn: "same-turn",
    spec.SameParagraph: "same-paragraph",
    spec.FollowedBy: "followed-by",
}
_OPERATORS: Final = {"contains": "~"}


def written(project: Project, query: Spec) -> str:
    """A query as a person could have typed it, with English words."""
    return Writer(Called(project)).whole(query)


def quoted(name: str) -> str:
    """A name as it can stand in a query."""
    small = name.casefold()
    two_words = {word for relation in RELATIONS for word in relation.split("-")}
    if _PLAIN.fullmatch(name) and small not in JOINS and small not in RELATIONS and small not in two_words:
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


class Writer:
    """Writes queries, with the names that were read once."""

    def __init__(self, called: Called) -> None:
        self._called = called

    def whole(self, query: Spec) -> str:
        """A query where nothing stands around it."""
        if isinstance(query, spec.And):
            return " and ".join(self._inner(part, spec.And, spec.Or) for part in query.of)
        if isinstance(query, spec.Or):
            return " or ".join(self._inner(part, spec.Or) for part in query.of)
        if isinstance(query, spec.Not):
            return f"not {self._inner(query.what, spec.And, spec.Or)}"
        if isinstance(query, spec.Relation):
            joined = (spec.And, spec.Or, spec.Not, *_RELATIONS)
            left, right = self._inner(query.left, *joined), self._inner(query.right, *joined)
            return f"{left} {_operator(query)} {right}"
        return self._leaf(query)

    def _inner(self, query: Spec, *bracketed: type[Spec]) -> str:
        words = self.whole(query)
        return f"({words})" if isinstance(query, bracketed) else words

    def _leaf(self, query: spec.Leaf) -> str:
        called = self._called
        if isinstance(query, spec.Code):
            name = quoted(called.found_again(called.codes, query.code))
            return f"{name}+" if query.with_children else name
        if isinstance(query, spec.Text):
            return f"{'word' if query.whole else 'text'}:{quoted(query.words)}"
        if isinstance(query, spec.Attribute):
            operator = _OPERATORS.get(query.operator, query.operator)
            return f"attribute:{quoted(query.name)}{operator}{quoted(query.value)}"
        if isinstance(query, spec.Date):
            return f"date:{query.since}..{query.until}"
        if isinstance(query, spec.Case):
            key = "case" if query.with_inner else "case-only"
            return f"{key}:{quoted(called.found_again(called.cases, query.case))}"
        return self._plain(query)

    def _plain(self, query: spec.Leaf) -> str:
        called = self._called
        if isinstance(query, spec.Coder):
            return f"coder:{quoted(called.found_again(called.coders, query.coder))}"
        if isinstance(query, spec.Document):
            return f"document:{quoted(called.found_again(called.sources, query.source))}"
        if isinstance(query, spec.Group):
            return f"group:{quoted(called.found_again(called.groups, query.group))}"
        if isinstance(query, spec.Speaker):
            return f"speaker:{quoted(query.label)}"
        if isinstance(query, spec.Role):
            return f"role:{query.role}"
        assert isinstance(query, spec.Kind)
        return f"kind:{query.kind}"


def _operator(query: spec.Relation) -> str:
    if isinstance(query, spec.Overlapping) and query.intersection:
        return "intersecting"
    if isinstance(query, spec.Near | spec.FollowedBy):
        return f"{_RELATIONS[type(query)]}({query.paragraphs})"
    return _RELATIONS[type(query)]
