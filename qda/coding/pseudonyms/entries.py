"""Names with their pseudonyms: what a person accepted, and how it is written down for scripts and the key."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from qda.errors import KnownError
from qda.i18n import _

NameKind = Literal["person", "place", "institution", "office", "project", "date", "other"]
KINDS: Final[tuple[NameKind, ...]] = get_args(NameKind)


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is written somewhere, and what stands there instead.

    ``sure``: it is hardly anything else than this name. Hits of other forms are not accepted unasked.
    """

    written: str
    replacement: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A clear name and its pseudonym. ``coarse``: it becomes a description ("a town of nearly 40,000")."""

    clear: str
    kind: NameKind
    replacement: str
    forms: tuple[Form, ...] = ()
    coarse: bool = False


def entry_of(row: Mapping[str, Any]) -> Entry:
    """An entry from its JSON.

    :raises KnownError: what it must hold is missing or of the wrong sort.
    """
    clear, replacement = _text(row, "clear"), _text(row, "replacement")
    kind = row.get("kind", "person")
    if kind not in KINDS:
        raise KnownError(
            _("“{kind}” is no kind of name. There are: {kinds}.").format(kind=kind, kinds=", ".join(KINDS))
        )
    forms = row.get("forms", ())
    if not isinstance(forms, list | tuple) or not all(isinstance(form, Mapping) for form in forms):
        raise KnownError(_("The names cannot be read: “{key}” is of the wrong sort.").format(key="forms"))
    return Entry(
        clear,
        kind,
        replacement,
        tuple(
            Form(_text(form, "written"), _text(form, "replacement"), bool(form.get("sure", True)))
            for form in forms
        ),
        bool(row.get("coarse", False)),
    )


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise KnownError(_("The names cannot be read: each needs “{key}”, a text.").format(key=key))
    return value.strip()


def entries_of(written: str) -> tuple[Entry, ...]:
    """Entries from JSON as scripts write it: a list of objects with clear, kind, replacement.

    :raises KnownError: it is no such list, or an empty one.
    """
    try:
        listed = json.loads(written)
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list) or not listed or not all(isinstance(row, dict) for row in listed):
        raise KnownError(_("The names cannot be read: write them as a JSON list of objects."))
    return tuple(entry_of(row) for row in listed)


def as_json(entries: Iterable[Entry]) -> str:
    """The entries as :func:`entries_of` reads them."""
    return json.dumps([asdict(entry) for entry in entries], ensure_ascii=False)
