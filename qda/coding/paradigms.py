"""The templates of the coding paradigm, read from ``resources/paradigms``.

A template is data: its slots with definition and question, the names of its workspaces, the fields of a
category. Every text stands in German and English; :class:`Words` chooses by the language of the moment, so
that a report can be German while the window is English. What a project adds of its own (levels, slots of a
free model) is stored in the project and comes back here only as plain text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, cast

from qda import i18n, resources
from qda.errors import KnownError
from qda.i18n import _

Role = Literal["phenomenon", "condition", "context", "intervening", "strategy", "consequence", "own"]
Workspace = Literal["material", "open", "axial", "selective", "reports"]
DEFAULT: Final = "strauss-corbin"
_TERMS: Final = "terms"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; ``str()`` gives it in the current one."""

    de: str
    en: str

    def __str__(self) -> str:
        if i18n.language() == "en" or not self.de:
            return self.en
        return i18n.spelled(self.de)


@dataclass(frozen=True, slots=True)
class Term:
    """A level of the conditional matrix or an addressee of consequences; ``short`` goes onto a card."""

    key: str
    name: Words
    short: Words


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of relation, read from its beginning (``forward``) and from its end (``backward``)."""

    key: str
    forward: Words
    backward: Words
    definition: Words
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the paradigm: what belongs there, and the question that finds it.

    ``levels``: a placement is asked for its level of the conditional matrix (one can be set anywhere);
    ``addressees``: it is asked whom it reaches, and the board groups by that.
    """

    key: str
    name: Words
    definition: Words
    question: Words
    role: Role
    levels: bool = False
    addressees: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a category as the template calls it: ``definition``, ``delimitation``, ``anchor``,
    ``rule``, or a chosen passage (``typical``, ``deviating``)."""

    key: str
    name: Words


@dataclass(frozen=True, slots=True)
class ParadigmTemplate:
    """A coding paradigm to make models from."""

    id: str
    name: Words
    origin: Words
    slots: tuple[Slot, ...]
    fields: tuple[Field, ...]
    workspaces: tuple[tuple[Workspace, Words], ...]
    own_slots: bool = False
    position: int = 0

    @property
    def has_paradigm(self) -> bool:
        """False for content analysis, which has none."""
        return bool(self.slots)

    @property
    def phenomenon(self) -> Slot | None:
        """The slot that must be named before any other is shown."""
        return next((slot for slot in self.slots if slot.role == "phenomenon"), None)

    @property
    def columns(self) -> tuple[Slot, ...]:
        """The slots beside the phenomenon, in the order of the board."""
        return tuple(slot for slot in self.slots if slot.role != "phenomenon")

    def slot(self, key: str) -> Slot | None:
        """The slot of that key; None where a model has one of its own."""
        return next((slot for slot in self.slots if slot.key == key), None)

    def workspace(self, key: Workspace) -> str:
        """The name of a workspace in the current language."""
        return str(dict(self.workspaces)[key])

    def field_name(self, key: str) -> str | None:
        """What this template calls a field of a category; None where it does not have that field."""
        return next((str(field.name) for field in self.fields if field.key == key), None)


def template(template_id: str) -> ParadigmTemplate:
    """The template of that id (``hajji``, ``strauss-corbin``, …); KnownError where there is none."""
    for known in templates():
        if known.id == template_id:
            return known
    raise KnownError(
        _("There is no template “{name}”; there are: {known}.").format(
            name=template_id, known=", ".join(known.id for known in templates())
        )
    )


@cache
def templates() -> tuple[ParadigmTemplate, ...]:
    """All templates, in the order in which they are offered."""
    files = sorted(resources.path("paradigms").glob("*.json"))
    read = (_template(_load(file.stem)) for file in files if file.stem != _TERMS)
    return tuple(sorted(read, key=lambda found: found.position))


@cache
def levels() -> tuple[Term, ...]:
    """The levels of the conditional/consequential matrix, from the action outwards."""
    return tuple(_term(row) for row in _load(_TERMS)["levels"])


@cache
def addressees() -> tuple[Term, ...]:
    """Whom a consequence reaches."""
    return tuple(_term(row) for row in _load(_TERMS)["addressees"])


@cache
def relation_types() -> tuple[RelationType, ...]:
    """The kinds of relation, in the order in which they are offered."""
    return tuple(
        RelationType(
            key=row["key"],
            forward=_words(row["forward"]),
            backward=_words(row["backward"]),
            definition=_words(row["definition"]),
            symmetric=row.get("symmetric", False),
        )
        for row in _load(_TERMS)["relation_types"]
    )


def relation_type(key: str) -> RelationType:
    """The kind of relation of that key; KnownError where there is none."""
    for known in relation_types():
        if known.key == key:
            return known
    raise KnownError(
        _("There is no type of relation “{name}”; there are: {known}.").format(
            name=key, known=", ".join(known.key for known in relation_types())
        )
    )


def relation_label(key: str, *, own: str = "", backward: bool = False) -> str:
    """How a relation reads between its two codes; ``own`` is the wording of a relation of type ``own``."""
    if key == "own" and own:
        return own
    found = relation_type(key)
    return str(found.backward if backward else found.forward)


def level_name(key: str, *, short: bool = False) -> str:
    """The name of a level; a level of the project's own is its own name."""
    return _term_name(levels(), key, short=short)


def addressee_name(key: str, *, short: bool = False) -> str:
    """The name of an addressee; one of the project's own is its own name."""
    return _term_name(addressees(), key, short=short)


def _term_name(terms: tuple[Term, ...], key: str, *, short: bool) -> str:
    for term in terms:
        if term.key == key:
            return str(term.short if short else term.name)
    return key


def _load(stem: str) -> dict[str, Any]:
    text = resources.path("paradigms", f"{stem}.json").read_text(encoding="utf-8")
    return cast(dict[str, Any], json.loads(text))


def _words(row: dict[str, str]) -> Words:
    return Words(de=row["de"], en=row["en"])


def _term(row: dict[str, Any]) -> Term:
    return Term(key=row["key"], name=_words(row["name"]), short=_words(row["short"]))


def _template(row: dict[str, Any]) -> ParadigmTemplate:
    given = {key: _words(words) for key, words in row["workspaces"].items()}
    names: dict[Workspace, Words] = {
        "material": Words(de="Material", en="Material"),
        "open": given["open"],
        "axial": given["axial"],
        "selective": given["selective"],
        "reports": Words(de="Berichte", en="Reports"),
    }
    return ParadigmTemplate(
        id=row["id"],
        name=_words(row["name"]),
        origin=_words(row["origin"]),
        slots=tuple(_slot(slot) for slot in row["slots"]),
        fields=tuple(Field(key=field["key"], name=_words(field["name"])) for field in row["fields"]),
        workspaces=tuple(names.items()),
        own_slots=row.get("own_slots", False),
        position=row["position"],
    )


def from_spec(template_id: str, name: str, spec: Mapping[str, Any]) -> ParadigmTemplate:
    """A template that the user wrote; what it leaves open is as in the default one."""
    basis = template(DEFAULT)
    given = {key: _words(words) for key, words in spec.get("workspaces", {}).items()}
    return ParadigmTemplate(
        id=template_id,
        name=Words(de=name, en=name),
        origin=_words(spec["origin"]),
        slots=tuple(_slot(slot) for slot in spec["slots"]),
        fields=basis.fields,
        workspaces=tuple((key, given.get(key, words)) for key, words in basis.workspaces),
        own_slots=spec.get("own_slots", False),
        position=len(templates()),
    )


def _slot(row: Mapping[str, Any]) -> Slot:
    return Slot(
        key=row["key"],
        name=_words(row["name"]),
        definition=_words(row["definition"]),
        question=_words(row["question"]),
        role=row["role"],
        levels=row.get("levels", False),
        addressees=row.get("addressees", False),
    )
