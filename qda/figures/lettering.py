"""Sets text into a width: whole words first, a long compound at a syllable, and never clipped.

Names of codes are often long German compounds. There is no dictionary here: a word is parted before a
consonant that a vowel follows, which German and English readers take for a syllable.
"""

import re
from typing import Final

from PySide6.QtGui import QFontMetricsF

_VOWELS: Final = "aeiouyäöü"
_TOGETHER: Final = ("sch", "ch", "ck", "ph", "th", "qu")  # never parted inside
_ONSETS: Final = (  # what a German or English syllable may begin with
    *("schl", "schm", "schn", "schr", "schw", "pfl", "pfr", "spr", "spl", "str"),
    *("sch", "ch", "ph", "th", "qu", "pf", "sp", "st", "zw", "kn", "gn"),
    *("bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "tr", "wr"),
)
_BREAKS: Final = re.compile(r"(?<=[-/–])(?=\w)")
_LEAST: Final = 3  # letters that stay on either side


def wrapped(
    text: str, width: float, metrics: QFontMetricsF, *, most: int = 3, beside: float = 0.0
) -> tuple[str, ...]:
    """``text`` in lines of at most ``width``, at most ``most`` of them; the last one ends in … if cut.

    ``beside``: what something else takes from the first line.
    """
    plain = " ".join(text.split())
    if plain and metrics.horizontalAdvance(plain) <= width - beside:
        return (plain,)
    whole = _set(text, width, metrics, most, beside, eager=False)
    parted = _set(text, width, metrics, most, beside, eager=True)
    return parted if len(parted) < len(whole) else whole


def _set(
    text: str, width: float, metrics: QFontMetricsF, most: int, beside: float, *, eager: bool
) -> tuple[str, ...]:
    """``eager``: a word is parted where that fills a line that would stay rather empty."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest:
        room = width - beside if not lines else width
        if len(lines) == most - 1 or metrics.horizontalAdvance(rest) <= room:
            lines.append(elided(rest, room, metrics))
            break
        line, rest = _line(rest, room, metrics, eager=eager)
        lines.append(line)
    return tuple(lines) or ("",)


def wrapped_parts(text: str, width: float, metrics: QFontMetricsF, *, most: int = 3) -> tuple[str, ...]:
    """As :func:`wrapped`, for figures with middle dots: a line ends between two of them."""
    found = parts(text)

    def fits(line: str) -> bool:
        return metrics.horizontalAdvance(line) <= width

    if fits(" · ".join(found)):
        return (" · ".join(found),) if found else ()
    halves = [(" · ".join(found[:at]), " · ".join(found[at:])) for at in range(1, len(found))]
    best = min(halves, key=lambda pair: max(map(metrics.horizontalAdvance, pair)), default=(text, ""))
    if all(map(fits, best)):
        return best
    lines: list[str] = []
    for part in found:
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and fits(joined):
            lines[-1] = joined
        else:
            lines.append(part)
    if len(lines) > most:
        lines[most - 1 :] = [" · ".join(lines[most - 1 :])]
    return tuple(elided(line, width, metrics) for line in lines)


def elided(text: str, width: float, metrics: QFontMetricsF) -> str:
    """``text``, or as much of it as fits with … behind."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(text[:middle].rstrip() + "…") <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ·,-–(") + "…"


def parts(text: str) -> tuple[str, ...]:
    """``text`` at its middle dots, those in brackets left alone: "2 Fälle (A 5 · B 1) · 1 dagegen"."""
    found = re.split(r" · (?![^(]*\))", text)
    return tuple(part for part in found if part)


def _line(text: str, width: float, metrics: QFontMetricsF, *, eager: bool) -> tuple[str, str]:
    """The first line of ``text`` and what is left over."""
    taken = ""
    for piece in _pieces(text):
        if metrics.horizontalAdvance((taken + piece).rstrip()) > width:
            break
        taken += piece
    if taken.strip():
        rest = text[len(taken) :].lstrip()
        if eager and metrics.horizontalAdvance(taken.rstrip()) < width * 0.45:
            longer = _part_of_word(rest, width - metrics.horizontalAdvance(taken), metrics, least=5)
            if longer:
                return taken + longer + "-", rest[len(longer) :]
        return taken.rstrip(), rest
    word = _pieces(text)[0].rstrip()
    head = _part_of_word(word, width, metrics, least=_LEAST)
    if head:
        return head + "-", text[len(head) :]
    fitting = max(1, _fitting(word, width, metrics))
    return text[:fitting], text[fitting:]


def _pieces(text: str) -> list[str]:
    """Words with the space behind them; a hyphen or stroke inside a word ends a piece."""
    return [piece for word in re.findall(r"\S+\s*", text) for piece in _BREAKS.split(word)]


def _part_of_word(text: str, width: float, metrics: QFontMetricsF, *, least: int) -> str:
    """The longest beginning of the first word that ends at a syllable and fits with its hyphen."""
    word = _pieces(text)[0].rstrip() if text else ""
    best = ""
    for at in range(least, len(word) - _LEAST + 1):
        if metrics.horizontalAdvance(word[:at] + "-") > width:
            break
        if _syllable(word, at):
            best = word[:at]
    return best


def _syllable(word: str, at: int) -> bool:
    """A syllable may begin at ``at``: after a vowel has been, with the longest onset before a vowel."""
    low = word.lower()
    if not (low[at - 1].isalpha() and low[at].isalpha()) or not any(c in _VOWELS for c in low[:at]):
        return False
    if any(low.startswith(cluster, at - k) for cluster in _TOGETHER for k in range(1, len(cluster))):
        return False
    end = at
    while end < len(low) and low[end] not in _VOWELS:
        end += 1
    if end == at or end == len(low):
        return False
    onset, before = low[at:end], low[at - 1 : end]
    return (len(onset) == 1 or onset in _ONSETS) and before not in _ONSETS


def _fitting(text: str, width: float, metrics: QFontMetricsF) -> int:
    count = 0
    while count < len(text) and metrics.horizontalAdvance(text[: count + 1]) <= width:
        count += 1
    return count
