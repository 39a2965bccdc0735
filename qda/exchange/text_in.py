"""Plain text and Markdown: which encoding, and what of Markdown is noise to a reader.

Encoding: BOM, then UTF-16 by its zeros, then strict UTF-8, then the best of three old ones, scored by how
well what they make of the bytes fits German (and other Western) words. The guess is shown; the user can
choose another.
"""

import codecs
import html
import re
from dataclasses import dataclass
from typing import Final

from qda.errors import KnownError
from qda.i18n import _

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD: Final = ("cp1252", "mac_roman", "cp850")
_SAMPLE: Final = 1 << 20  # bytes looked at for a guess
_HIGH: Final = re.compile("(?=(.?)([\x80-\uffff])(.?))", re.DOTALL)
_GERMAN: Final = frozenset("äöüßÄÖÜ")
_ACCENTED: Final = frozenset("éèêëàâáçîïíôóûùúñÉÈÀÇåæøÅÆØ")
_OPENING: Final = frozenset("„“‚‘«»›‹¿¡“")
_SIGNS: Final = frozenset("“”‘’»«‹›–—…€§°·•½¼²³µ\xa0´´™")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BLANK_UNITS: Final = (0x20, 0x0A, 0x0D)

_FRONT: Final = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[\w .-]+:|[ \t]+-)")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+\S")
_ATTRIBUTES: Final = re.compile(r"\{:[^{}\n]*\}")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_HARD_BREAK: Final = re.compile(r"\\[ \t]*$", re.MULTILINE)
_IMAGE: Final = re.compile(r"!\[([^\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK: Final = re.compile(r"\[([^\]\[\n]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"\n]*\")?\)")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file; ``sure`` is false where the encoding was guessed from its letters."""

    text: str
    encoding: str
    sure: bool


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """The text of ``data``, in ``encoding`` or in the one that fits best; KnownError where none does."""
    if encoding is not None:
        return _decoded_as(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded_as(data, name)
    if (wide := _utf16_without_mark(data)) is not None:
        return _decoded_as(data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_old(data)
    _refuse_binary(text)
    return Decoded(text, "utf-8", sure=True)


def readable_markdown(text: str) -> str:
    """Markdown as a person reads it: no entities, escapes, attribute lists or targets inside the project.

    Emphasis stays (``**laughs**`` is not spoken), headings keep their signs, web addresses stay behind
    their link, an image becomes ``[its description]``.
    """
    text = html.unescape(text)
    text = _HARD_BREAK.sub("", text)
    text = _ATTRIBUTES.sub("", text)
    text = _IMAGE.sub(r"[\1]", text)
    text = _LINK.sub(_link, text)
    return _ESCAPE.sub(r"\1", text)


def heading_level(line: str) -> int:
    """The level of a Markdown heading, 0 for other lines."""
    found = _HEADING.match(line)
    return len(found[1]) if found else 0


def has_front_matter(text: str) -> bool:
    """True where the text begins with a block of keys between lines of three hyphens."""
    return _FRONT.match(text) is not None


def _link(found: re.Match[str]) -> str:
    target = found[2]
    if re.match(r"(?:https?|mailto):", target) and target != found[1]:
        return f"{found[1]} <{target}>"
    return found[1]


def _decoded_as(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise KnownError(_("There is no encoding called {name}.").format(name=encoding)) from None
    except UnicodeError:
        raise KnownError(
            _("The file is not written in {name}; choose another encoding.").format(name=encoding)
        ) from None
    _refuse_binary(text)
    return Decoded(text, "utf-8" if encoding == "utf-8-sig" else encoding, sure=True)


def _decoded_old(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    best = max(_OLD, key=lambda name: _score(sample.decode(name, "replace")))
    text = data.decode(best, "replace")
    _refuse_binary(text)
    return Decoded(text, best, sure=False)


def _score(text: str) -> float:
    return sum(_weight(*found.groups()) for found in _HIGH.finditer(text))


def _weight(before: str, letter: str, after: str) -> float:
    """How likely ``letter`` stands between these two in a Western text."""
    inside = before.isalpha() and after.isalpha()
    touching = before.isalpha() or after.isalpha()
    if letter in _GERMAN:
        fits = not before.islower() if letter.isupper() else touching
        weight = 3.0 if fits else -2.0
    elif letter in _ACCENTED:
        weight = 1.0 if touching and not (letter.isupper() and before.islower()) else -2.0
    elif letter in "’":
        weight = 1.5
    elif letter in _OPENING or letter in _SIGNS:
        weight = -2.0 if inside and letter not in "·–" else 1.0
    else:
        weight = -2.0
    return weight


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 without a BOM: half of its blanks are zeros, in one half of the places."""
    sample = data[: min(len(data), 20_000) // 2 * 2]
    if len(data) % 2 or len(sample) < 4 or 0 not in sample:
        return None
    even, odd = sample[::2], sample[1::2]
    for name, low, high in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        wide_blanks = sum(
            1 for unit, page in zip(low, high, strict=True) if page == 0 and unit in _BLANK_UNITS
        )
        zeros_right, zeros_wrong = high.count(0), low.count(0)
        if zeros_wrong <= len(low) // 50 and (zeros_right > len(high) // 2 or wide_blanks > len(low) // 20):
            try:
                data.decode(name)
            except UnicodeDecodeError:
                continue
            return name
    return None


def _refuse_binary(text: str) -> None:
    sample = text[:200_000]
    controls = len(_CONTROL.findall(sample))
    if controls > len(sample) // 200 + 2 or "\x00\x00\x00" in sample:
        raise KnownError(
            _("The file is no text; documents come in as docx, odt, rtf, pdf, doc, txt, html, vtt or srt.")
        )
