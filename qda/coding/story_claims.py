"""The sentences of a story line, and which of them claim something without a relation or a quotation.

A sentence that states something stands on nothing while it refers to no relation and quotes no passage; a
quotation set off as the next paragraph belongs to it. Headings, questions and single words claim nothing.
This is a question to the author, never a fault.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.story_text import Part, Plain, Reference, ReferenceKind, heading_of, parse

SHORTEST: Final = 3  # words of a claim
_GROUNDS: Final = frozenset({"relation", "segment"})
_END: Final = re.compile(r"[.!?…]+[\"“”»«’)\]]*(?=\s|$)")
_LAST_WORD: Final = re.compile(r"(\w+)\.$")
_ABBREVIATIONS: Final = frozenset(
    {"abs", "bzw", "ca", "cf", "dr", "ebd", "etc", "evtl", "ggf", "hg", "insb", "nr", "prof", "sog", "st"}
    | {
        "resp",
        "usw",
        "vgl",
        "vs",
        "zit",
        "mr",
        "mrs",
        "no",
        "para",
        "pp",
        "fig",
        "tab",
        "kap",
        "bspw",
        "inkl",
    }
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a story. ``line`` counts from 0; ``start`` and ``stop`` are code points of that line as
    it is read; ``kinds`` are the kinds of its references; ``carried``: a quotation follows, set off."""

    line: int
    start: int
    stop: int
    words: str
    kinds: frozenset[ReferenceKind]
    carried: bool = False

    @property
    def is_grounded(self) -> bool:
        """It refers to a relation or quotes a passage."""
        return self.carried or bool(self.kinds & _GROUNDS)

    @property
    def is_claim(self) -> bool:
        """It states something and stands on neither a relation nor a quotation."""
        stated = self.words.rstrip('"“”»«’)] ')
        return not self.is_grounded and not stated.endswith("?") and len(self.words.split()) >= SHORTEST


def sentences(body: str) -> tuple[Sentence, ...]:
    """The sentences of a stored text in their order, without headings and quotations set off."""
    lines = [parse(line) for line in body.split("\n")]
    found: list[Sentence] = []
    for number, parts in enumerate(lines):
        if heading_of(parts)[0] or is_quotation(parts):
            continue
        following = next((later for later in lines[number + 1 :] if _written(later)), ())
        found += sentences_of(parts, line=number, carried=is_quotation(following))
    return tuple(found)


def claims(body: str) -> tuple[Sentence, ...]:
    """The sentences that claim something without a relation or a quotation."""
    return tuple(sentence for sentence in sentences(body) if sentence.is_claim)


def sentences_of(parts: Sequence[Part], *, line: int = 0, carried: bool = False) -> list[Sentence]:
    """The sentences of one line; ``carried``: a quotation set off follows, the last one leads to it."""
    words = "".join(part.words for part in parts)
    spans = list(_spans(words, parts))
    found = []
    for at, (start, stop) in enumerate(spans):
        kinds = frozenset(kind for kind, begin, end in _references(parts) if begin < stop and end > start)
        last = carried and at == len(spans) - 1
        found.append(Sentence(line, start, stop, words[start:stop], kinds, last))
    return found


def is_quotation(parts: Sequence[Part]) -> bool:
    """Whether a line is one quotation and nothing else."""
    references = [part for part in parts if isinstance(part, Reference)]
    if len(references) != 1 or references[0].kind != "segment":
        return False
    return not "".join(part.words for part in parts if isinstance(part, Plain)).strip(" .")


def _written(parts: Sequence[Part]) -> bool:
    return bool("".join(part.words for part in parts).strip())


def _references(parts: Sequence[Part]) -> Iterator[tuple[ReferenceKind, int, int]]:
    at = 0
    for part in parts:
        if isinstance(part, Reference):
            yield part.kind, at, at + len(part.words)
        at += len(part.words)


def _spans(words: str, parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; a reference is never parted."""
    whole = [(begin, end) for _kind, begin, end in _references(parts)]
    start = 0
    for match in _END.finditer(words):
        stop = match.end()
        if any(begin < stop < end for begin, end in whole):
            continue
        behind_reference = any(end == match.start() for _begin, end in whole)
        if not _ends(words, match, behind_reference=behind_reference):
            continue
        yield from _trimmed(words, start, stop)
        start = stop
    yield from _trimmed(words, start, len(words))


def _trimmed(words: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    inside = words[start:stop]
    lead = len(inside) - len(inside.lstrip())
    if inside.strip():
        yield start + lead, start + len(inside.rstrip())


def _ends(words: str, match: re.Match[str], *, behind_reference: bool) -> bool:
    """Whether a sentence ends here, and not only an abbreviation or an ordinal ("Relation 3." is none)."""
    behind = words[match.end() :].lstrip()
    if not behind:
        return True
    if behind[0].islower():
        return False
    if match[0] != "." or behind_reference:
        return True
    before = _LAST_WORD.search(words[: match.end()])
    if before is None:
        return True
    word = before[1]
    if word.isdigit():
        return len(word) > 2  # an ordinal has two digits at most, a year four
    if word.casefold() in _ABBREVIATIONS:
        return False
    return not (len(word) == 1 and word.islower()) and not _abbreviated(words, before)


def _abbreviated(words: str, last: re.Match[str]) -> bool:
    """One letter behind another that has a point as well ("z. B.", "d. h.")."""
    return len(last[1]) == 1 and re.search(r"(?:^|\W)\w\.\s?$", words[: last.start()]) is not None
