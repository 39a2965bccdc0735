"""The text of a story with its references, taken apart and put together without losing a character.

A reference stands as ``[words](code:GUID)``; kinds are ``code``, ``relation``, ``case``, ``segment`` and
``memo``. Its words may hold brackets that match (``[Anerkennung [mit Raum]](code:…)``); a single one is
written with a backslash before it. Whatever is no such reference is text. A line that begins with ``# `` (or
``## ``) is a heading. A quotation (``segment``) can be compared with its source.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

ReferenceKind = Literal["code", "relation", "case", "segment", "memo"]
KINDS: Final[tuple[ReferenceKind, ...]] = ("code", "relation", "case", "segment", "memo")

_MIDDLE: Final = re.compile(rf"\]\(({'|'.join(KINDS)}):")
_KNOTS: Final = re.compile(r"[\]\n\\]")
_ROUND: Final = re.compile(r"[()\n]")
_ESCAPED: Final = re.compile(r"\\([\[\]\\])")
_HEADING: Final = re.compile(r"(#{1,2}) +(?=\S)")
LEFT_OUT: Final = re.compile(r"\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)")
TOKEN: Final = re.compile(r"\[[^\[\]]*\]|\w+(?:[’'\-]\w+)*")
MARKS: Final = re.compile(
    r"\((?:\.{1,3}|…|\d+(?:[.,]\d+)?|unv\.?[^()]*|lacht|lachend|räuspert sich|seufzt)\)|#[\d:.\-]+#"
)
FILLERS: Final = frozenset(
    {"äh", "ähm", "öh", "öhm", "ehm", "em", "hm", "hmm", "mhm", "mh", "uh", "um", "er", "erm", "uhm"}
)
_LONGEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Plain:
    """A stretch of text."""

    written: str

    @property
    def words(self) -> str:
        """The text as it is read."""
        return self.written


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: how its words are read, what it names, and how it is written in the text."""

    words: str
    kind: ReferenceKind
    target: str
    written: str


Part = Plain | Reference


def parse(body: str) -> tuple[Part, ...]:
    """The text in parts, in order; their ``written`` joined is the text again, to the character."""
    parts: list[Part] = []
    done = 0
    for match in _MIDDLE.finditer(body):
        opening = _opening(body, match.start(), done)
        closing = _closing(body, match.end())
        if opening < 0 or closing < 0 or match.start() < done:
            continue
        target = body[match.end() : closing]
        if not target.strip():
            continue
        if opening > done:
            parts.append(Plain(body[done:opening]))
        words = _ESCAPED.sub(r"\1", body[opening + 1 : match.start()])
        kind = cast(ReferenceKind, match[1])
        parts.append(Reference(words, kind, target, body[opening : closing + 1]))
        done = closing + 1
    if done < len(body):
        parts.append(Plain(body[done:]))
    return tuple(parts)


def heading_of(parts: Sequence[Part]) -> tuple[int, tuple[Part, ...]]:
    """The level of the heading that a line is (1, 2; 0: none), and the line without its sign."""
    if not parts or not isinstance(parts[0], Plain):
        return 0, tuple(parts)
    found = _HEADING.match(parts[0].written if len(parts) == 1 else parts[0].written + "x")
    if found is None:
        return 0, tuple(parts)
    rest = parts[0].written[found.end() :]
    return len(found[1]), (*((Plain(rest),) if rest else ()), *parts[1:])


def compose(parts: Iterable[Part]) -> str:
    """The text of the parts as it is stored."""
    return "".join(part.written for part in parts)


def reference(words: str, kind: ReferenceKind, target: str) -> Reference:
    """A new reference; brackets without a partner in its words get a backslash."""
    written = words.replace("\\[", "\\\\[").replace("\\]", "\\\\]")
    if not _balanced(words):
        written = re.sub(r"([\[\]])", r"\\\1", words)
    return Reference(words, kind, target, f"[{written}]({kind}:{target})")


def retargeted(body: str, resolve: Callable[[ReferenceKind, str], str]) -> str:
    """The text with each target replaced by what ``resolve`` gives for it (a GUID for a name, say)."""
    written = []
    for part in parse(body):
        if isinstance(part, Reference):
            words = part.written.removesuffix(f"({part.kind}:{part.target})")
            written.append(f"{words}({part.kind}:{resolve(part.kind, part.target)})")
        else:
            written.append(part.written)
    return "".join(written)


def words_of(body: str) -> str:
    """The text as it is read, without targets."""
    return "".join(part.words for part in parse(body))


def _opening(body: str, middle: int, least: int) -> int:
    """Where the bracket opens that closes at ``middle``; −1 if nowhere in its line from ``least`` on."""
    at = body.rfind("[", least, middle)
    if at >= 0 and not _KNOTS.search(body, at + 1, middle) and (at == 0 or body[at - 1] != "\\"):
        return at  # as good as always
    depth = 0
    for at in range(middle, least - 1, -1):
        sign = body[at]
        if sign == "\n":
            return -1
        if sign not in "[]" or (at > 0 and body[at - 1] == "\\"):
            continue
        depth += 1 if sign == "]" else -1
        if depth == 0:
            return at
    return -1


def _closing(body: str, start: int) -> int:
    """Where the round bracket closes that opened before ``start``, on the same line; −1 if nowhere."""
    depth = 1
    for found in _ROUND.finditer(body, start):
        if found[0] == "\n":
            return -1
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.start()
    return -1


def _balanced(words: str) -> bool:
    if "[" not in words and "]" not in words:
        return True
    depth = 0
    for sign in words:
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


# -- a quotation and its source -----------------------------------------------------------------------------


def quotation_agrees(quotation: str, source: str) -> bool:
    """Whether a quotation has the words of its source, in order.

    It may be a part of it. "[…]" leaves words out, "[Name]" stands for up to two words, fillers (äh, hm) and
    marks of transcription may be dropped; case, punctuation and white space do not count.
    """
    there = _tokens(source)
    pieces = [_tokens(piece) for piece in LEFT_OUT.split(quotation)]
    at = 0
    for piece in pieces:
        if not piece:
            continue
        at = _found(piece, there, at)
        if at < 0:
            return False
    return any(pieces) and bool(there)


def _tokens(text: str) -> list[str]:
    plain = MARKS.sub(" ", text)
    return [token for token in (t.casefold() for t in TOKEN.findall(plain)) if token not in FILLERS]


def _found(piece: list[str], there: list[str], start: int) -> int:
    """Where the piece ends in the source, looked for from ``start``; −1 if it is not there."""
    for begin in range(start, len(there) + 1):
        end = _matched(piece, there, begin)
        if end >= 0:
            return end
    return -1


def _matched(piece: list[str], there: list[str], at: int) -> int:
    """Where the piece ends if it begins at ``at``; −1 if it does not."""
    for index, token in enumerate(piece):
        if token.startswith("["):
            for after in range(at, min(at + _LONGEST_NAME, len(there)) + 1):
                end = _matched(piece[index + 1 :], there, after)
                if end >= 0:
                    return end
            return -1
        if at >= len(there) or token != there[at]:
            return -1
        at += 1
    return at
