"""Finds what ships beside the code: icons, translations, templates, the demo study."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The folder of the resources: inside the installed package, else in the checkout."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """The path of one resource; it need not exist."""
    return root().joinpath(*parts)
