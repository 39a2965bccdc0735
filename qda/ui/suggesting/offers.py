"""Suggestions as they are shown: a row of the code field, the passage behind it, and what is kept of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from qda.coding.suggestion_events import Outcome, Proposed
from qda.i18n import N_, _
from qda.ui.transcript.rows import Suggestion

if TYPE_CHECKING:
    from qda.suggest.phrases.naming import NewName
    from qda.suggest.ranking.proposals import Proposal, Reason
    from qda.ui.navigator.codebook import CodeBook

MOST: Final = 3  # codes that there are, and as many names
PHRASES: Final = "qda-phrases"
_FORMS: Final[dict[str, str]] = {
    "in-vivo": N_("in vivo, the words of the passage"),
    "noun": N_("noun phrase of the passage"),
    "process": N_("process: what is done in the passage"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: document (GUID), start and stop in code points."""

    source: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion; ``like`` is the passage that it is likened to, where it is."""

    row: Suggestion
    kept: Proposed
    like: Place | None = None

    def with_outcome(self, outcome: Outcome, *, dismissed: bool = False) -> Proposed:
        """What is kept of it."""
        return replace(self.kept, outcome=outcome, dismissed=dismissed)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a passage, before the codes get their names: found in a thread."""

    place: Place
    proposals: "tuple[Proposal, ...]" = ()
    names: "tuple[NewName, ...]" = ()
    dismissed: frozenset[str] = frozenset()


def offers(answer: Answer, book: "CodeBook", given: Collection[str] = ()) -> tuple[Offer, ...]:
    """The suggestions for a passage that has the codes ``given``: at most three codes, then three names."""
    gone = answer.dismissed.union(given)
    codes = [_of_code(one, book) for one in answer.proposals if one.code not in gone]
    known = [one for one in codes if one is not None][:MOST]
    names: list[Offer] = []
    for name in answer.names:
        one = _of_name(name, book)
        there = {offer.row.key for offer in known}
        if one is None or one.row.key in gone or one.row.key in there:
            continue
        if not one.row.guid:
            names.append(one)
        elif len(known) < MOST:
            known.append(one)
    return (*known, *names[:MOST])


def _of_code(one: "Proposal", book: "CodeBook") -> Offer | None:
    code = book.row(one.code)
    if code is None:  # gone since
        return None
    reason, words = reason_words(one.reason)
    like = Place(one.reason.source, one.reason.start, one.reason.stop)
    there = one.reason.kind == "like" and bool(like.source)
    strong = one.strength == "strong"
    told = f"{reason}: {words}" if words else reason
    strength = _("strong") if strong else _("weak")
    row = Suggestion(
        *(code.name, told, code.guid, code.colour, code.origin == "in-vivo"), strength=strength, leads=there
    )
    kept = Proposed(
        *("code", one.engine, one.version, one.score, "shown"),
        strong=strong,
        code=code.guid,
        reason=reason,
        words=words,
        like_source=one.reason.source,
    )
    return Offer(row, kept, like if there else None)


def reason_words(reason: "Reason") -> tuple[str, str]:
    """The reason in a few words, and the words that both texts share."""
    words = " · ".join(reason.words)
    if reason.kind == "like" and reason.title:
        told = _("like {title}, para. {paragraph}").format(title=reason.title, paragraph=reason.paragraph)
        return told, words
    told = {
        "like": _("like passages of this code"),
        "name": _("near to its name"),
        "definition": _("near to its working definition"),
        "recent": _("given just before in this text"),
    }[reason.kind]
    return told, words


def _of_name(one: "NewName", book: "CodeBook") -> Offer | None:
    """A name for a new code; where a code has nearly that name, the code."""
    if one.existing is None:
        reason = _(_FORMS[one.kind])
        row = Suggestion(one.name, reason, in_vivo=one.kind == "in-vivo")
        kept = Proposed("new", PHRASES, one.version, one.score, "shown", name=one.name, form=one.kind)
        return Offer(row, replace(kept, reason=reason))
    code = book.row(one.existing.guid)
    if code is None:
        return None
    reason = _("its name is near to the words of the passage")
    told = f"{reason}: {one.name}"
    row = Suggestion(code.name, told, code.guid, code.colour, code.origin == "in-vivo", strength=_("weak"))
    kept = Proposed("code", PHRASES, one.version, one.score, "shown", code=code.guid)
    return Offer(row, replace(kept, reason=reason, words=one.name))


def outcomes(
    shown: Sequence[Offer], passed: Collection[str], given: Collection[str], *, refused: bool = False
) -> list[Proposed]:
    """What became of all that was shown for a passage; ``given`` are the codes and new names given to it.

    A code that was shown and given counts as taken, in whatever row it was chosen. Where the coding was
    ``refused``, nothing was taken, and nothing else was given: all was shown, no more.
    """
    found = []
    for one in shown:
        if refused and one.row.key not in passed:
            found.append(one.with_outcome("shown"))
            continue
        if one.row.key in given:
            found.append(one.with_outcome("taken"))
        elif one.row.key in passed:
            found.append(one.with_outcome("passed", dismissed=True))
        else:
            found.append(one.with_outcome("changed" if given else "passed"))
    return found
