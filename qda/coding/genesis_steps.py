"""Steps in the life of a category or a model, and how those that are one piece of work become one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from qda.coding.rows import SegmentRow
from qda.i18n import _, ngettext

StepKind = Literal[
    "made",
    "named",
    "defined",
    "moved",
    "kind",
    "passage",
    "merged",
    "split",
    "property",
    "core",
    "judged",
    "case",
    "slot",
    "placed",
    "relation",
    "status",
    "condition",
    "evidence",
    "search",
    "version",
    "memo",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a category or a model.

    ``text`` is what was written (a statement, a note, a memo's beginning), ``parts`` what it consists of.
    ``about``: "code:GUID", "relation:GUID", "case:GUID" or empty; ``codes`` are all codes it concerns.
    ``memo`` is the memo's GUID, ``private`` where the memo goes into no report, ``version`` that of a frozen
    state.
    """

    kind: StepKind
    at: datetime
    coder: str
    words: str
    text: str = ""
    parts: tuple[str, ...] = ()
    passages: tuple[SegmentRow, ...] = ()
    about: str = ""
    codes: tuple[str, ...] = ()
    memo: str = ""
    private: bool = False
    version: str = ""


def gathered(steps: Iterable[Step], *, numbers: bool = True) -> list[Step]:
    """Steps in a row that are one piece of work together: codes placed, evidence of one relation, by day."""
    found: list[Step] = []
    for step in steps:
        last = found[-1] if found else None
        if last is not None and _goes_with(last, step):
            found[-1] = replace(
                last,
                parts=(*last.parts, *step.parts),
                passages=tuple(dict.fromkeys((*last.passages, *step.passages))),
                codes=tuple(dict.fromkeys((*last.codes, *step.codes))),
            )
        else:
            found.append(step)
    return [_summed(step, numbers=numbers) for step in found]


def _goes_with(last: Step, step: Step) -> bool:
    if step.kind not in ("placed", "evidence", "moved") or not (step.parts and last.parts):
        return False
    same = (last.kind, last.words, last.coder) == (step.kind, step.words, step.coder)
    return same and last.at.date() == step.at.date() and (step.kind != "evidence" or last.about == step.about)


def _summed(step: Step, *, numbers: bool) -> Step:
    """A step in a row with how many it is made of in its words."""
    n = len(step.parts)
    if step.kind in ("placed", "moved") and n > 1:
        return replace(step, words=f"{step.words} ({n})", about="")
    if step.kind == "evidence":
        counted = Counter(step.parts).items()
        told = " · ".join(polarity_words(part, n) if numbers else polarity_word(part) for part, n in counted)
        return replace(step, words=f"{step.words} {told}", parts=())
    return step


def polarity_word(polarity: str) -> str:
    """What a piece of evidence does, as a word of the current language."""
    words = {
        "supporting": _("supports"),
        "contradicting": _("speaks against"),
        "qualifying": _("qualifies"),
    }
    return words.get(polarity, polarity)


def polarity_words(polarity: str, n: int) -> str:
    """How many pieces of evidence do the same: "3 support"; other words stay as they are."""
    words = {
        "supporting": ngettext("{n} supports", "{n} support", n),
        "contradicting": ngettext("{n} speaks against", "{n} speak against", n),
        "qualifying": ngettext("{n} qualifies", "{n} qualify", n),
    }
    return words.get(polarity, polarity).format(n=n)
