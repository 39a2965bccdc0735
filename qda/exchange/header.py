"""The head of a document: front matter, keys and values, a legend. It stays in the text and is metadata."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qda.exchange import labels
from qda.exchange.language import word_set

_KEY_VALUE: Final = re.compile(
    r"\s*(?:[-*•]\s+)?[*_]{0,2}([^\W\d_][^:=\n\t]{0,38}?)[*_]{0,2}\s*[:：][*_]{0,2}\s+?(.*\S)?\s*"
)
_FRONT_KEY: Final = re.compile(r"( *)(- +)?([\w][\w .-]*?)\s*:(?:\s+(.*))?")
_NAME: Final = re.compile(r"(?:(?:[A-ZÄÖÜ][\w-]*\.?|von|van|de|\([^()]+\)|\d+)(?:,? |$)){1,5}")
_GREETINGS: Final = word_set("hallo hello hi ja yes okay ok genau gut danke nein no guten tag guten morgen")
_MAX_FRONT: Final = 200  # lines
_LEGEND_LINES: Final = 60
_LONG: Final = 25  # words: a line as long as this is spoken or told, not a head;
_SENTENCE: Final = 12  # or as this one, if it ends like a sentence


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter: how many lines it takes (its fences included) and what it says."""

    lines: int
    pairs: tuple[tuple[str, str], ...]


def front_matter(lines: Sequence[str]) -> Front:
    """Keys and values between two lines of three hyphens; nested keys are joined by a point."""
    if not lines or lines[0].strip() != "---":
        return Front(0, ())
    end = next(
        (i for i, line in enumerate(lines[1:_MAX_FRONT], start=1) if line.strip() in ("---", "...")), 0
    )
    inner = [line for line in lines[1:end] if line.strip()]
    if not end or not any(_FRONT_KEY.match(line) for line in inner):
        return Front(0, ())
    return Front(end + 1, tuple(_pairs(inner)))


def legend_and_speakers(lines: Sequence[str], front: Front) -> dict[str, str]:
    """Labels that the head names: by a legend, or in the front matter's list of speakers."""
    found = {
        entry.label: entry.name
        for line in lines[front.lines : front.lines + _LEGEND_LINES]
        for entry in labels.legend_of(line)
    }
    named = {key for key, value in found.items() if value}
    for line in lines[front.lines : front.lines + _LEGEND_LINES] if named else ():
        if (entry := labels.bulleted_entry(line)) is not None:  # beside others that tell a role
            found.setdefault(entry.label, entry.name)
    for key, value in front.pairs:
        if key.lower() in ("speakers", "sprecher", "participants", "speaker"):
            found |= {
                name.strip(): "" for name in value.split(",") if name.strip() and name.strip() not in found
            }
    return found


def head_length(lines: Sequence[str], *, first_turn: int, front: Front) -> int:
    """How many lines belong to the head: those before the first turn that are not spoken or told.

    ``lines`` holds no blank lines. A heading directly before running text belongs to that text.
    """
    last = min(front.lines, first_turn)
    for index in range(last, first_turn):
        line = lines[index]
        words = len(line.split())
        told = words >= _LONG or (words >= _SENTENCE and line.rstrip().endswith((".", "!", "?", "…")))
        if told and not labels.legend_of(line) and _value(line) is None:
            break
        last = index + 1
    while front.lines < last < first_turn and lines[last - 1].lstrip().startswith("#"):
        last -= 1
    return last


def key_values(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """``Date: 17.05.2021`` and its like, in order; legends are not among them."""
    return tuple(pair for line in lines if not labels.legend_of(line) if (pair := _value(line)) is not None)


def is_head_line(line: str, *, neighbours: Sequence[str], legend: Mapping[str, str]) -> bool:
    """True for a labelled line of the head: a legend, or ``Interviewer: A. Name`` among other keys."""
    if labels.legend_of(line):
        return True
    if (entry := labels.bulleted_entry(line)) is not None and legend.get(entry.label) == entry.name:
        return True
    found = _KEY_VALUE.fullmatch(line)
    if found is None or found[1] in legend or len(found[1]) < 4:
        return False
    if _NAME.fullmatch(found[2] or "") is None or found[2].lower().rstrip(".") in _GREETINGS:
        return False
    keys = [key[1].strip() for other in neighbours if (key := _KEY_VALUE.match(other))]
    return sum(labels.is_header_key(key) for key in keys) >= max(1, len(keys) / 2)


def _value(line: str) -> tuple[str, str] | None:
    found = _KEY_VALUE.fullmatch(line.rstrip("\\ "))
    if found is None or not found[2] or len(found[1].split()) > 4:
        return None
    return found[1].strip(), found[2].strip()


def _pairs(lines: Sequence[str]) -> list[tuple[str, str]]:
    pairs: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for line in lines:
        found = _FRONT_KEY.fullmatch(line.rstrip())
        stripped = line.strip()
        if stripped.startswith("- ") and path:
            key = ".".join(name for _depth, name in path)
            item = stripped[2:].strip().strip("'\"")
            pairs[key] = f"{pairs[key]}, {item}" if pairs.get(key) else item
        elif found is not None:
            depth = len(found[1])
            path = [(d, name) for d, name in path if d < depth] + [(depth, found[3])]
            key = ".".join(name for _depth, name in path)
            pairs[key] = _unquoted((found[4] or "").strip())
    return [(key, value) for key, value in pairs.items() if value]


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1].replace(value[0] * 2, value[0])
    return value
