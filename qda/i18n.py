"""Texts for people, in German and English.

Texts stand in the code in English inside ``_()``; catalogues in ``resources/locale`` hold the German.
The language is a context variable: a report can be written in German while the window is English.
In German the user chooses "Kode/kodieren" or "Code/codieren"; the catalogue is written with K.
"""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final, Literal

from qda import resources

Language = Literal["de", "en"]
Spelling = Literal["kode", "code"]
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")

_language: ContextVar[Language] = ContextVar("language", default="en")
_spelling: Spelling = "kode"


@cache
def _catalogue(language: Language) -> _gettext.NullTranslations:
    folder = resources.path("locale", language, "LC_MESSAGES", "qda.mo")
    if not folder.is_file():
        return _gettext.NullTranslations()
    with folder.open("rb") as stream:
        return _gettext.GNUTranslations(stream)


def spelled(text: str) -> str:
    """German ``text`` written with "Kode", in the spelling that the user chose."""
    if _spelling == "kode" or _language.get() != "de":
        return text
    for written, wanted in (("Kode", "Code"), ("kodier", "codier"), ("Kodier", "Codier"), ("kode", "code")):
        text = text.replace(written, wanted)
    return text


def _(message: str) -> str:
    """``message`` in the current language."""
    return spelled(_catalogue(_language.get()).gettext(message))


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for ``count``, in the current language; ``{n}`` in it is left to the caller."""
    return spelled(_catalogue(_language.get()).ngettext(singular, plural, count))


def pgettext(context: str, message: str) -> str:
    """``message`` in the current language, told apart from its twins by ``context``."""
    return spelled(_catalogue(_language.get()).pgettext(context, message))


def N_(message: str) -> str:  # noqa: N802 - the customary name; the extractor knows it
    """Marks a text for translation and leaves it as it is (for tables built at import time)."""
    return message


def language() -> Language:
    """The current language."""
    return _language.get()


def spelling() -> Spelling:
    """How German writes the word: "kode" or "code"."""
    return _spelling


def set_language(wanted: Language, *, spelling: Spelling = "kode") -> None:
    """Sets the language of the window or of the command line."""
    global _spelling  # noqa: PLW0603 - one setting of the program, chosen at its start
    _language.set(wanted)
    _spelling = spelling


@contextmanager
def use_language(wanted: Language) -> Iterator[None]:
    """Texts inside the block are in ``wanted``."""
    token = _language.set(wanted)
    try:
        yield
    finally:
        _language.reset(token)


def system_language() -> Language:
    """German where the system speaks German, English elsewhere."""
    import locale
    import os

    for name in ("QDA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "de" if value.lower().startswith("de") else "en"
    return "de" if (locale.getlocale()[0] or "").lower().startswith(("de", "german")) else "en"
