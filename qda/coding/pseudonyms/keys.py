"""Reading the key of the pseudonyms: a file of its own, encrypted, beside the project and never inside it."""

from pathlib import Path
from typing import Final

from qda.coding.pseudonyms.entries import KINDS, Entry, Form
from qda.errors import KnownError
from qda.i18n import _
from qda.models import key_file

SUFFIX: Final = ".qdakey"
PASSPHRASE: Final = "QDA_KEY_PASSPHRASE"  # the variable of the environment, for scripts


def read_key(path: str | Path, passphrase: str) -> tuple[Entry, ...]:
    """The entries of a key, in the order in which they came.

    :raises KnownError: there is no such file, no passphrase, or another one.
    """
    path = with_suffix(Path(path))
    demand_passphrase(passphrase)
    if not path.exists():
        raise KnownError(_("There is no file “{name}”.").format(name=path.name), path=path)
    with key_file.opened(path, passphrase, new=False) as key:
        return tuple(
            Entry(
                row.clear,
                row.kind if row.kind in KINDS else "other",
                row.replacement,
                tuple(Form(*form) for form in row.forms),
                row.coarse,
            )
            for row in key.rows()
        )


def with_suffix(path: Path) -> Path:
    """The path of a key, whose suffix may be left out."""
    return path if path.suffix == SUFFIX else path.with_name(f"{path.name}{SUFFIX}")


def demand_passphrase(passphrase: str) -> None:
    """:raises KnownError: it is empty, or cannot be one."""
    if not passphrase.strip():
        raise KnownError(_("The key file needs a passphrase. Nothing was changed."))
    if "\0" in passphrase:
        raise KnownError(_("The passphrase cannot hold this character."))
