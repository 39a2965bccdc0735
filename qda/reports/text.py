"""Texts on their way out: characters that a format cannot hold, direction of writing, dates and figures."""

import re
from datetime import date
from typing import Final

from qda.i18n import N_, Language, _, use_language

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
_RTL_SIGN: Final = re.compile(f"[{_RTL}]")
_RTL_STRETCH: Final = re.compile(f"[{_RTL}]+(?:[^\\w]*[{_RTL}]+)*")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_WHITE: Final = ("\t", "\n", "\r")
_FIGURE: Final = re.compile(r"(?<=\w\.) (?=\d)")
_COUNT: Final = re.compile(r"(?<=\w) (?=\d+(?: ·|[,;)]|$))")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def clean(text: str) -> str:
    """``text`` with every character that XML or a spreadsheet forbids replaced by U+FFFD.

    Line ends become line feeds, tabs stay.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """``text`` clean and on one line (titles, names, labels)."""
    return " ".join(clean(text).split())


def unbroken(text: str) -> str:
    """A place ("Interview 2, Abs. 34") on one line, the figure never apart from its "Abs."."""
    return _FIGURE.sub("\u00a0", one_line(text))


def counts_kept(text: str) -> str:
    """A list of counts ("A 9 · B 6") in running text, no count apart from what it counts."""
    return _COUNT.sub("\u00a0", text)


def begins_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula; white space and wide signs hide none."""
    return text.startswith(_WHITE) or text.lstrip().startswith(_FORMULA)


def colour(text: str) -> str:
    """Six hexadecimal digits of "#24588A"; "" for anything else."""
    return text[1:].upper() if _COLOUR.fullmatch(text) else ""


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter of the text belongs to a script written from right to left."""
    first = _LETTER.search(text)
    return bool(first and _RTL_SIGN.match(first.group()))


def by_direction(text: str) -> list[tuple[str, bool]]:
    """The text in stretches of one direction: (stretch, is right to left)."""
    if text.isascii() or not _RTL_SIGN.search(text):
        return [(text, False)]
    stretches: list[tuple[str, bool]] = []
    end = 0
    for match in _RTL_STRETCH.finditer(text):
        if match.start() > end:
            stretches.append((text[end : match.start()], False))
        stretches.append((match.group(), True))
        end = match.end()
    if end < len(text):
        stretches.append((text[end:], False))
    return stretches


def date_text(day: date, language: Language) -> str:
    """A date as people write it in the language."""
    with use_language(language):
        return _("{day} {month} {year}").format(day=day.day, month=_(_MONTHS[day.month - 1]), year=day.year)


def month_text(day: date, language: Language) -> str:
    """The month of a date as people write it in the language."""
    with use_language(language):
        return _("{month} {year}").format(month=_(_MONTHS[day.month - 1]), year=day.year)


def number_text(value: float, language: Language, *, digits: int = 2) -> str:
    """A figure as people write it: in German decimal comma, points for thousands; an int without digits."""
    written = f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
    if abs(value) < 10_000:
        written = written.replace(",", "")
    if language == "de":
        written = written.translate({ord(","): ".", ord("."): ","})
    return written.replace("-", "−")
