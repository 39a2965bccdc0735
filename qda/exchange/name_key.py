"""The key of the pseudonyms: an encrypted file of its own (SQLCipher), never inside a project.

It holds the clear names, their pseudonyms and the forms in which they occur. The passphrase is kept nowhere:
who loses it cannot open the key. What a person writes into a script comes from the environment instead.
"""

import csv
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from qda.coding.pseudonyms.apply import replace_hits
from qda.coding.pseudonyms.entries import Entry, entries_of
from qda.coding.pseudonyms.keys import (
    PASSPHRASE,
    SUFFIX,
    demand_passphrase,
    read_key,
    with_suffix,
)
from qda.coding.pseudonyms.plan import complete, hits
from qda.coding.pseudonyms.purging import Purged, purge
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project, key_file
from qda.models.key_file import FormRow, NameRow

__all__ = ["PASSPHRASE", "SUFFIX", "read_key"]


def write_key(path: str | Path, passphrase: str, entries: Iterable[Entry]) -> Path:
    """Adds entries to the key (made where there is none) and returns its path.

    A name that it has already gets the pseudonym given now; its forms are kept and joined by the new ones.

    :raises KnownError: no passphrase, another one, or the file cannot be written.
    """
    path = with_suffix(Path(path))
    demand_passphrase(passphrase)
    new = not path.exists()
    try:
        with key_file.opened(path, passphrase, new=new) as key:
            key.put(_row(entry) for entry in entries)
    except BaseException:
        if new:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return path


def _row(entry: Entry) -> NameRow:
    forms = tuple(FormRow(form.written, form.replacement, form.sure) for form in entry.forms)
    return NameRow(entry.clear, entry.kind, entry.replacement, entry.coarse, forms)


def entries_from_key(project: Project, path: str | Path, passphrase: str) -> tuple[Entry, ...]:
    """The entries of a key with every form that occurs in the project now, for later transcripts too."""
    return complete(project, read_key(path, passphrase))


def export_key(path: str | Path, passphrase: str, out: str | Path) -> Path:
    """Writes the names of a key, readable by everyone, as csv; only where a person asks for it.

    :raises KnownError: the key cannot be read, or the file exists.
    """
    entries = read_key(path, passphrase)
    out = Path(out)
    try:
        with out.open("x", encoding="utf-8-sig", newline="") as stream:
            table = csv.writer(stream, delimiter=";")
            table.writerow((_("Name"), _("Type"), _("Pseudonym"), _("Forms")))
            for entry in entries:
                forms = ", ".join(form.written for form in entry.forms)
                table.writerow((entry.clear, entry.kind, entry.replacement, forms))
    except FileExistsError:
        raise KnownError(
            _("“{name}” exists already. Nothing was changed.").format(name=out.name), path=out
        ) from None
    except OSError as problem:
        raise _unwritable(out, problem) from None
    return out


# -- acts ---------------------------------------------------------------------------------------------------


def pseudonymise_with_key(project: Project, *, key: str, passphrase: str = "", entries: str = "") -> str:
    """Replaces all names of a key file everywhere; entries (JSON) are added to the key first.

    Without a passphrase the environment variable QDA_KEY_PASSPHRASE holds it.
    """
    word = _passphrase(passphrase)
    new = complete(project, entries_of(entries)) if entries.strip() else ()
    kept = read_key(key, word) if not new or with_suffix(Path(key)).exists() else ()
    listed = complete(project, _joined(kept, new))
    write_key(key, word, listed)
    return replace_hits(project, entries=listed, found=hits(project, listed))


def purge_names(
    project: Project,
    *,
    key: str = "",
    passphrase: str = "",
    entries: str = "",
    unsure: bool = False,
    confirm: bool = False,
) -> str:
    """Takes clear names out of the history, the index, originals and safety copies, for good.

    Names come from a key file or from entries (JSON). With unsure also forms that were left standing
    somewhere, or may be something else. Nothing happens without confirm. Returns how many forms went, and
    which were left.
    """
    listed = read_key(key, _passphrase(passphrase)) if key else ()
    listed = (*listed, *(entries_of(entries) if entries.strip() else ()))
    if not listed:
        raise KnownError(_("Which names? Give a key file or a list of names."))
    if not confirm:
        raise KnownError(_("This cannot be undone. Say confirm=true to delete the clear names for good."))
    done: Purged = purge(project, listed, unsure=unsure)
    left = _("Left, because they may be something else: {names}.").format(names=", ".join(done.left))
    return f"{done.forms}. {left}" if done.left else str(done.forms)


def _joined(kept: Iterable[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    by: dict[tuple[str, str], Entry] = {(entry.clear, entry.kind): entry for entry in kept}
    for entry in new:
        old = by.get((entry.clear, entry.kind))
        same = old is not None and old.replacement == entry.replacement
        forms = {form.written: form for form in (*(old.forms if old and same else ()), *entry.forms)}
        by[entry.clear, entry.kind] = replace(entry, forms=tuple(forms.values()))
    return tuple(by.values())


def _passphrase(given: str) -> str:
    return given or os.environ.get(PASSPHRASE, "")


# -- the file -----------------------------------------------------------------------------------------------


def _unwritable(path: Path, problem: OSError) -> KnownError:
    return KnownError(
        _("“{name}” cannot be made here: {reason}.").format(name=path.name, reason=problem.strerror),
        path=path,
    )
