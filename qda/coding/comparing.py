"""Constant comparison: the earlier passages of a code by case, the most like and the most unlike.

Likeness of two passages is the cosine of their counts of character trigrams,

    cos(a, b) = Σ a(t)·b(t) / √(Σ a(t)² · Σ b(t)²),

over the search form of the words (small letters, ß as ss, without accents), runs of blanks as one blank, with
one before and one behind. Counts of character n-grams as the profile of a text are those of Cavnar and
Trenkle (1994), the cosine is that of the vector space model (Salton, Wong and Yang 1975). It orders passages
for reading, and is shown to nobody as a figure: what is like and what is not, people judge.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import Connection, func, select

from qda.coding.access import clean, get, required, rows
from qda.coding.material import Passages
from qda.coding.memos import link_memo, write_memo
from qda.coding.properties import add_property, set_property_value
from qda.coding.references import CodeRef, CodingRef
from qda.coding.rows import SegmentRow
from qda.errors import KnownError
from qda.i18n import N_, _
from qda.models import Project
from qda.models.codes import Code, Coding, Property, Segment
from qda.models.material import Case, Paragraph, Source, Speaker
from qda.models.search_index import normalised

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LOOKED_AT: Final = 500  # the newest passages of a code; likeness is asked for at every coding
OF_A_CASE: Final = 5
CASES_READ: Final = 12  # of further cases only the GUIDs are told, and read when they are looked at
SHORT: Final = 20  # characters; less than that ("Mhm.") is unlike everything and says nothing

Verdict = Literal["fits", "does_not_fit", "new_property"]
_TITLES: Final[dict[Verdict, str]] = {
    "fits": N_("“{code}”: fits"),
    "does_not_fit": N_("“{code}”: does not fit"),
    "new_property": N_("“{code}”: new property"),
}
# What to ask of an imagined case: turned round (the flip-flop technique) and far out, then what comes of it.
IMAGINED: Final = (
    N_("Turned round: what would it be if it were quite the opposite?"),
    N_("Far out: where, in another world altogether, is there something like it, and what differs there?"),
    N_("What does that show about this category: which property, which dimension?"),
    N_("Where in the material could such a case be found?"),
)


@dataclass(frozen=True, slots=True)
class OfCase:
    """Passages of one case (none: of no case); ``count`` is how many there are of it.

    ``segments`` are their GUIDs, newest first; ``passages`` the first five with their words, or empty where
    there are many cases: :func:`passages_of` reads them, and those behind.
    """

    case: str | None
    name: str
    count: int
    segments: tuple[str, ...]
    passages: tuple[SegmentRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A passage beside the others of its code; ``like`` and ``unlike`` are none where there are no others.

    ``count`` is how many others there are; counts by case are of the newest 500.
    """

    count: int
    by_case: tuple[OfCase, ...]
    like: SegmentRow | None
    unlike: SegmentRow | None


def comparison(project: Project, *, code: str, source: str, start: int, stop: int) -> Comparison:
    """The other passages of a code beside this one (a segment or not yet), cases in their order."""
    with project.read() as db:
        code_id = db.execute(select(Code.id).where(Code.guid == code)).scalar_one_or_none()
        place = db.execute(select(Source.id).where(Source.guid == source)).scalar_one_or_none()
        if code_id is None or place is None:
            return Comparison(0, (), None, None)
        others = _newest(db, code_id, (place, start, stop))
        total = db.execute(
            select(func.count(func.distinct(Coding.segment_id))).where(Coding.code_id == code_id)
        ).scalar_one()
        own = db.execute(
            select(Coding.id)
            .join(Segment, Segment.id == Coding.segment_id)
            .where(
                Coding.code_id == code_id,
                Segment.source_id == place,
                Segment.start == start,
                Segment.stop == stop,
            )
        ).first()
        if not others:
            return Comparison(0, (), None, None)
        like, unlike = _extremes(db, (place, start, stop), others)
        passages = Passages(db)
        return Comparison(
            total - (own is not None),
            _by_case(db, passages, others),
            _row(passages, like),
            _row(passages, unlike),
        )


def passages_of(project: Project, case: OfCase, *, start: int = 0) -> tuple[SegmentRow, ...]:
    """Five passages of a case with their words, newest first, from number ``start`` on."""
    if case.passages and start == 0:
        return case.passages
    wanted = case.segments[start : start + OF_A_CASE]
    with project.read() as db:
        found = Passages(db).of(wanted)
    return tuple(found[guid] for guid in wanted if guid in found)


def _row(passages: Passages, found: Any) -> SegmentRow:
    return passages.row(found.guid, found.source_id, found.start, found.stop)


def _newest(db: Connection, code: int, own: tuple[int, int, int]) -> list[Any]:
    """The newest passages of a code but this one, each once, newest first."""
    query = (
        select(Segment.id, Segment.guid, Segment.source_id, Segment.start, Segment.stop)
        .join(Coding, Coding.segment_id == Segment.id)
        .where(Coding.code_id == code)
        .order_by(Coding.id.desc())
        .limit(LOOKED_AT + 20)
    )
    found = {r.id: r for r in db.execute(query) if (r.source_id, r.start, r.stop) != own}
    return list(found.values())[:LOOKED_AT]


def _by_case(db: Connection, passages: Passages, others: Sequence[Any]) -> tuple[OfCase, ...]:
    speakers = (
        select(Speaker.case_id)
        .join(Paragraph, Paragraph.speaker_id == Speaker.id)
        .where(Paragraph.source_id == Segment.source_id, Paragraph.start <= Segment.start)
        .order_by(Paragraph.start.desc())
        .limit(1)
        .correlate(Segment)
        .scalar_subquery()
    )
    query = (
        select(Segment.id, func.coalesce(speakers, Source.case_id))
        .join(Source, Source.id == Segment.source_id)
        .where(Segment.id.in_([one.id for one in others]))
    )
    case_of = {row[0]: row[1] for row in db.execute(query)}
    grouped: dict[int | None, list[Any]] = defaultdict(list)
    for one in others:
        grouped[case_of[one.id]].append(one)
    cases = db.execute(select(Case.id, Case.guid, Case.name).order_by(Case.position, Case.id)).all()
    named = [(row.id, row.guid, row.name) for row in cases] + [(None, None, "")]
    found: list[OfCase] = []
    for case, guid, name in named:
        if case in grouped:
            its = grouped[case]
            read = its[:OF_A_CASE] if len(found) < CASES_READ else ()
            segments = tuple(one.guid for one in its)
            words = tuple(_row(passages, one) for one in read)
            found.append(OfCase(guid, name, len(its), segments, words))
    return tuple(found)


def _extremes(db: Connection, own: tuple[int, int, int], others: Sequence[Any]) -> tuple[Any, Any]:
    """The most like and the most unlike of the others; very short ones only where all are short."""
    wanted = {own[0], *(one.source_id for one in others)}
    texts: dict[int, str] = {}
    for source, text in db.execute(select(Source.id, Source.text).where(Source.id.in_(wanted))):
        texts[source] = text
    judged = [one for one in others if one.stop - one.start >= SHORT] or list(others)
    values = likeness(
        texts[own[0]][own[1] : own[2]], [texts[one.source_id][one.start : one.stop] for one in judged]
    )
    return judged[int(values.argmax())], judged[int(values.argmin())]


def likeness(words: str, others: Sequence[str]) -> "npt.NDArray[np.float64]":
    """How like a text is to each of the others, from 0 to 1 (see the head of this module)."""
    import numpy as np

    texts = [f" {' '.join(normalised(text).split())} " for text in (words, *others)]
    grams, owner = _trigrams(texts)
    known, which = np.unique(grams, return_inverse=True)
    pairs, counts = np.unique(owner * len(known) + which.reshape(-1), return_counts=True)
    text, gram = np.divmod(pairs, max(len(known), 1))
    ours = np.zeros(len(known))
    ours[gram[text == 0]] = counts[text == 0]
    squares = np.bincount(text, weights=np.square(counts, dtype=np.float64), minlength=len(texts))
    products = np.bincount(text, weights=counts * ours[gram], minlength=len(texts))
    norms = np.sqrt(squares * squares[0])
    found: npt.NDArray[np.float64] = np.divide(products, norms, out=np.zeros(len(texts)), where=norms > 0)
    return found[1:]


def _trigrams(texts: Sequence[str]) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """The trigrams of all texts, each as one number, and of which text each is."""
    import numpy as np

    signs = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4").astype(np.int64)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    if len(signs) < 3:
        return signs[:0], owner[:0]
    # A sign has 21 bits, so that three fit into one number.
    grams = (signs[:-2] << 42) | (signs[1:-1] << 21) | signs[2:]
    inside = owner[:-2] == owner[2:]
    return grams[inside], owner[:-2][inside]


# -- acts ---------------------------------------------------------------------------------------------------


def judge_fit(project: Project, *, coding: CodingRef, verdict: Verdict, text: str = "") -> str:
    """Judges, after comparing, whether a coded passage fits its code, or shows a new property of it.

    A code note on the code and on the coding says so. Returns the memo.
    """
    with project.unit(_("Judge by comparison")) as session:
        row = get(session, Coding, coding)
        code = session.get_one(Code, row.code_id)
        title = _(_TITLES[verdict]).format(code=code.name)
        words = clean(text).strip()
        if verdict == "new_property" and not words:
            raise KnownError(_("Say which property the passage shows."))
        memo = write_memo(project, kind="code", title=title, body=words, target=f"code:{code.guid}")
        return link_memo(project, memo=memo, target=f"coding:{row.guid}")


def note_property(project: Project, *, coding: CodingRef, name: str, value: str = "", text: str = "") -> str:
    """After comparing: a coded passage shows a property, and (``value``) where it lies on it.

    The code gets the property unless it has one of that name, and a code note says so. Returns the memo.
    """
    with project.unit(_("New property by comparison")) as session:
        row = get(session, Coding, coding)
        code = session.get_one(Code, row.code_id)
        wanted = required(name, _("The property"))
        known = {one.name.casefold(): one.guid for one in rows(session, Property, code_id=code.id)}
        found = known.get(wanted.casefold()) or add_property(project, code=code.guid, name=wanted)
        place = clean(value).strip()
        if place:
            segment = session.get_one(Segment, row.segment_id)
            set_property_value(project, property=found, segment=segment.guid, value=place)
        first = f"{wanted}: {place}" if place else wanted
        words = "\n\n".join(part for part in (first, clean(text).strip()) if part)
        return judge_fit(project, coding=coding, verdict="new_property", text=words)


def imagined_form() -> str:
    """The form of a comparison with an imagined case, in the current language, to be filled in."""
    return "\n\n\n".join(_(line) for line in IMAGINED)


def compare_with_imagined(
    project: Project, *, code: CodeRef, text: str, kind: Literal["theoretical", "code"] = "theoretical"
) -> str:
    """Writes down the comparison of a category with an imagined case: a note on the code."""
    with project.unit(_("Compare with an imagined case")) as session:
        row = get(session, Code, code)
        if not clean(text).strip():
            raise KnownError(_("The comparison is empty."))
        title = _("“{code}”: compared with an imagined case").format(code=row.name)
        return write_memo(project, kind=kind, title=title, body=text, target=f"code:{row.guid}")
