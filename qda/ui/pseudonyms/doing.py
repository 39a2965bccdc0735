"""What is done in a thread of its own once everything is decided: keep a key, replace, count for a purge."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.coding.pseudonyms import Entry, Hit
    from qda.models import Project


@dataclass(frozen=True, slots=True)
class Done:
    """What was replaced. ``in_key``: what the key holds now."""

    kept: "tuple[Entry, ...]"
    hits: int
    documents: int
    in_key: "tuple[Entry, ...]"


def replace_and_keep(
    project: "Project",
    entries: "Sequence[Entry]",
    found: "Sequence[Hit]",
    key: tuple[Path, str] | None,
) -> Done:
    """Writes the key first: a name that is replaced can then be looked up in any case.

    :raises KnownError: the key cannot be written, or a text has changed; nothing was replaced then.
    """
    from qda.coding.pseudonyms import kept_entries, replace_hits
    from qda.exchange.name_key import read_key, write_key

    kept = kept_entries(entries, found)
    in_key: tuple[Entry, ...] = ()
    if key is not None:
        write_key(*key, kept)
        in_key = read_key(*key)
    replace_hits(project, entries=entries, found=found)
    chosen = [hit for hit in found if hit.accepted]
    documents = len({hit.source for hit in chosen if hit.source})
    return Done(kept, len(chosen), documents, in_key)


def preview(project: "Project", entries: "Sequence[Entry]") -> tuple[dict[str, str], tuple[str, ...]]:
    """Forms that a purge would take, and those it would leave."""
    from qda.coding.pseudonyms.purging import purgeable

    return purgeable(project, entries)
