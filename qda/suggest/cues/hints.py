"""Hints from cue words: to which slot of a model a clause may belong, asked of a person, never set.

The caller shows them in the axial workspace only. Without a named phenomenon there are none. Classes of cues
are mapped to what the model has: a template with conditions alone takes causal, context and intervening
cues for conditions; a slot that somebody made gets no hints.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from qda.coding import material, theory
from qda.coding.analyses import readable
from qda.coding.rows import ModelRow, ParagraphRow
from qda.i18n import N_, _
from qda.models import Project
from qda.suggest.cues.clauses import Clause, clauses_between
from qda.suggest.cues.lexicon import CueClass, Entry, Lexicon, lexicon
from qda.suggest.cues.traps import Place, read
from qda.suggest.cues.voices import Whose, voice

if TYPE_CHECKING:
    from spacy.tokens import Doc

Sure = Literal["strong", "weak"]
_ROLES: Final[dict[CueClass, tuple[str, ...]]] = {
    "causal": ("condition",),
    "context": ("context", "condition"),
    "intervening": ("intervening", "condition"),
    "strategy": ("strategy",),
    "consequence": ("consequence",),
}


@dataclass(frozen=True, slots=True)
class SlotHint:
    """A cue word, and the slot that its clause may belong to.

    ``slot`` is the key of a slot of the model; ``kind`` what the cue joins, which may be finer than the
    slots. ``start``–``stop`` is the cue word, ``clause_start``–``clause_stop`` its clause, in code points of
    the document. ``whose``: who gives the reason; ``sure`` is weak where the cue often means something else.
    ``version`` is that of the list of cues.
    """

    slot: str
    kind: CueClass
    cue: str
    start: int
    stop: int
    clause_start: int
    clause_stop: int
    whose: Whose
    sure: Sure
    version: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A cue that joins something, before it is mapped to the slots of a model."""

    kind: CueClass
    cue: str
    start: int
    stop: int
    clause: Clause
    whose: Whose
    sure: Sure


def hints(
    project: Project, model: str, source: str, start: int, stop: int, *, doc: "Doc | None" = None
) -> tuple[SlotHint, ...]:
    """The hints for a passage of a document (GUIDs), in the order of the text.

    Nothing where the model names no phenomenon, where its template has no slot for what is said, and for a
    language without a lexicon. ``doc`` is the document as it was read; left out, it is fetched, and where it
    is yet to be read, the passage's paragraphs are read now.
    """
    row = next((one for one in theory.models(project) if one.guid == model), None)
    if row is None or row.phenomenon is None or start >= stop or not (slots := slots_of(row)):
        return ()
    paragraphs = material.paragraphs(project, source)
    offset = 0
    if doc is None:
        some = [one for one in paragraphs if one.start < stop and start < one.stop]
        if (read_now := _read(project, source, some)) is None:
            return ()
        offset, doc = read_now
        paragraphs = [_moved(one, offset) for one in paragraphs]
    if (words := lexicon(doc.lang_)) is None:
        return ()
    found = found_in(doc, words, start - offset, stop - offset, paragraphs)
    return tuple(_hint(one, slots[one.kind], offset, words.version) for one in found if one.kind in slots)


def _hint(one: Found, slot: str, offset: int, version: str) -> SlotHint:
    return SlotHint(
        slot,
        one.kind,
        one.cue,
        one.start + offset,
        one.stop + offset,
        one.clause.start + offset,
        one.clause.stop + offset,
        one.whose,
        one.sure,
        version,
    )


def hints_at(
    project: Project, model: ModelRow, places: Iterable[tuple[str, int, int]]
) -> list[tuple[str, SlotHint]]:
    """The hints for passages (document, start, stop) with their documents, those to be asked about first.

    Strong ones come before weak ones, what respondents give as their own before what others give, then in the
    order of the places; each cue once. Documents that were not read for their words yet are left out.
    """
    if model.phenomenon is None or not (slots := slots_of(model)):
        return []
    by_source: dict[str, list[tuple[int, int]]] = {}
    for source, start, stop in places:
        by_source.setdefault(source, []).append((start, stop))
    from qda.suggest.language.docs import doc_of

    found: dict[tuple[str, int], SlotHint] = {}
    for row in readable(project, list(by_source)):
        words = lexicon(row.language)
        doc = doc_of(project, row) if words is not None else None
        if words is None or doc is None:
            continue
        paragraphs = material.paragraphs(project, row.guid)
        for start, stop in by_source[row.guid]:
            for one in found_in(doc, words, start, stop, paragraphs):
                if one.kind in slots:
                    hint = _hint(one, slots[one.kind], 0, words.version)
                    found.setdefault((row.guid, one.start), hint)
    told = [(source, hint) for (source, _start), hint in found.items()]
    return sorted(told, key=lambda one: (one[1].sure != "strong", one[1].whose != "respondent"))


def slots_of(model: ModelRow) -> Mapping[CueClass, str]:
    """The key of the slot of a model for each class of cues that has one."""
    by_role: dict[str, str] = {}
    for slot in model.slots:
        by_role.setdefault(slot.role, slot.key)
    return {
        kind: by_role[role]
        for kind, roles in _ROLES.items()
        if (role := next((role for role in roles if role in by_role), None)) is not None
    }


def found_in(
    doc: "Doc", words: Lexicon, start: int, stop: int, paragraphs: Sequence[ParagraphRow] = ()
) -> Iterator[Found]:
    """The cues between two places of a Doc that join something there; each word once, the longest cue.

    A weak cue is left out where another one stands before it in its clause ("since we have no money").
    """
    tokens = doc.char_span(start, stop, alignment_mode="expand")
    if tokens is None:
        return
    clauses = tuple(clauses_between(doc, tokens.start, tokens.end))
    if not clauses:
        return
    last_clause = -1
    firsts, begins = [one.first for one in clauses], [one.start for one in paragraphs]
    for first, last, entry in _matches(doc, words, clauses[0].first, clauses[-1].last):
        at = bisect_right(firsts, first) - 1
        begin, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        if not (start <= begin < stop) or first >= clauses[at].last:
            continue
        place = Place(doc, clauses, at, first, last)
        kind = read(place, entry)
        if kind is not None and not (entry.weak and at == last_clause):
            last_clause = at
            number = bisect_right(begins, begin) - 1
            speaker = voice(place, words, paragraphs[number] if number >= 0 else None)
            cue = " ".join(doc[first:last].text.split())
            yield Found(kind, cue, begin, end, clauses[at], speaker, "weak" if entry.weak else "strong")


def _matches(doc: "Doc", words: Lexicon, first: int, last: int) -> list[tuple[int, int, Entry]]:
    """Matches in the order of the text. Of some that overlap the longest counts; a formula hides them all."""
    span = doc[first:last]
    rows = [(first + begin, first + end, words.entry(match)) for match, begin, end in words.matcher(span)]
    found: list[tuple[int, int, Entry]] = []
    taken: set[int] = set()
    for begin, end, entry in sorted(rows, key=lambda row: (row[2] is not None, row[0] - row[1], row[0])):
        sentences = any(doc[at].is_sent_start for at in range(begin + 1, end))
        if sentences or not taken.isdisjoint(range(begin, end)):
            continue
        taken.update(range(begin, end))
        if entry is not None:
            found.append((begin, end, entry))
    return sorted(found, key=lambda row: row[:2])


def _read(project: Project, source: str, some: Sequence[ParagraphRow]) -> "tuple[int, Doc] | None":
    """The Doc that is kept, or one of some paragraphs, which are read now; before it where it begins."""
    known = next(iter(readable(project, [source])), None)
    if known is None or not some or lexicon(known.language) is None:
        return None
    from qda.suggest.language.docs import doc_of

    if (doc := doc_of(project, known)) is not None:
        return 0, doc
    from qda.suggest.language.tools import tools

    low, high = some[0].start, some[-1].stop
    labels = [(one.start - low, one.label_stop - low) for one in some if one.label_stop > one.start]
    return low, tools(known.language).read(material.text(project, source)[low:high], labels)


def _moved(row: ParagraphRow, offset: int) -> ParagraphRow:
    return replace(row, start=row.start - offset, stop=row.stop - offset, label_stop=row.label_stop - offset)


# -- for people ---------------------------------------------------------------------------------------------

_WHAT: Final[dict[CueClass, str]] = {
    "causal": N_("reason"),
    "context": N_("situation"),
    "intervening": N_("circumstance that eases or hinders"),
    "strategy": N_("way of acting or its aim"),
    "consequence": N_("result"),
}
_WHOSE: Final[dict[Whose, str]] = {
    "respondent": N_("{what} given by the respondent"),
    "interviewer": N_("{what} given by the interviewer"),
    "quoted": N_("{what} given by somebody who is quoted"),
    "unknown": N_("{what}, it is not known whose"),
}
_CONDITIONS: Final = ("causal", "context", "intervening")
_SLOT: Final[dict[str, str]] = {
    "causal": N_("causal condition of *{phenomenon}*?"),
    "context": N_("context of *{phenomenon}*?"),
    "intervening": N_("intervening condition of *{phenomenon}*?"),
    "strategy": N_("strategy for *{phenomenon}*?"),
    "consequence": N_("consequence of *{phenomenon}*?"),
    "condition": N_("condition of *{phenomenon}*?"),
}


def hint_text(hint: SlotHint, phenomenon: str) -> str:
    """A hint as a question: "»weil«: reason given by the respondent – causal condition of *Networks*?"."""
    merged = hint.kind in _CONDITIONS and hint.slot != hint.kind
    key = "condition" if merged else hint.kind
    return _("»{cue}«: {whose} – {slot}").format(
        cue=hint.cue,
        whose=_(_WHOSE[hint.whose]).format(what=_(_WHAT[hint.kind])),
        slot=_(_SLOT[key]).format(phenomenon=phenomenon),
    )
