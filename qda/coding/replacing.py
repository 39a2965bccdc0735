"""Replacing a transcript by a corrected file: what was coded is carried over by alignment of the words.

What stands in both keeps its codings and its paragraph numbers. Passages whose words are gone, or gave way to
quite other ones, have no place in the new text: they are listed before, and in a memo after.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, rows
from qda.coding.aligning import hunks_between
from qda.coding.codes import codings
from qda.coding.correcting import correct_exactly, paragraphs_of, touched
from qda.coding.documents import keep_original
from qda.coding.material import segments, stored_text
from qda.coding.memos import write_memo
from qda.coding.rows import SegmentRow
from qda.coding.transcript import ParagraphDraft, TranscriptDraft
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Paragraph, Source, Speaker, TimeMark
from qda.models.search_index import normalised
from qda.models.splicing import RULES, Hunk, Places, applied, tidied

_OTHER: Final = 50.0  # of 100: less alike, the new words are quite other ones (rapidfuzz)
_LONG: Final = 30  # characters: a shorter line may be a mistake of hearing that was put right
_MOST: Final = 0.75  # of the letters of a passage: with more of them replaced, the line decides
_SOME: Final = 12  # letters of a passage of which a small rest is none
_STRETCH: Final = 4  # a passage whose words are partly gone and that would be so many times as long …
_FREE: Final = 100  # … and so many letters longer has no place either
_AROUND_LABEL: Final = "*_#>[({<-:)]} \t"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What replacing would do: the changes in the text, and the passages that would find no place in it.

    ``removed`` and ``inserted`` count words.
    """

    hunks: tuple[Hunk, ...]
    not_placed: tuple[SegmentRow, ...]
    carried: int
    removed: int
    inserted: int


def plan_replacement(project: Project, *, source: str, draft: TranscriptDraft) -> Replacement:
    """Aligns the stored text of a document with a corrected one; nothing is changed.

    :raises KnownError: the corrected one holds no text, or the document is gone.
    """
    with project.read() as db:
        row = db.execute(select(Source.title, Source.text).where(Source.guid == source)).first()
    if row is None:
        raise KnownError(_("There is nothing called “{name}”.").format(name=source))
    if not draft.text.strip():
        raise KnownError(_("“{title}” holds no text.").format(title=row.title))
    hunks = tidied(row.text, hunks_between(row.text, draft.text))
    passages = segments(project, source)
    lost = _without_place(row.text, draft.text, hunks, passages)
    return Replacement(
        hunks=tuple(hunks),
        not_placed=tuple(lost),
        carried=len(passages) - len(lost),
        removed=sum(len(hunk.removed.split()) for hunk in hunks),
        inserted=sum(len(hunk.inserted.split()) for hunk in hunks),
    )


def displaced(project: Project, *, source: str, hunks: Sequence[Hunk]) -> tuple[SegmentRow, ...]:
    """The passages that a correction by hand would leave without words, or with quite other ones."""
    with project.read() as db:
        old = stored_text(db, source)
        ready = tidied(old, hunks)
        near = touched(db, source, ready)
    return tuple(_without_place(old, applied(old, ready), ready, near))


def _without_place(
    old: str, new: str, hunks: Sequence[Hunk], passages: Sequence[SegmentRow]
) -> list[SegmentRow]:
    """Passages of whose words none would be left, and those that would come to stand on quite other ones."""
    if not hunks or not passages:
        return []
    places, rules = Places(hunks), RULES["segment"]
    ends = [hunk.end for hunk in hunks]
    found: list[SegmentRow] = []
    for passage in sorted(passages, key=lambda one: (one.start, one.stop)):
        first = bisect_right(ends, passage.start)
        gone = _signs_gone(hunks, first, passage)
        if not gone:
            continue
        start, stop = places.one(passage.start, rules["start"]), places.one(passage.stop, rules["stop"])
        letters = _letters(passage.text)
        left = _letters(new[start:stop])
        rest = letters >= _SOME and left < letters * (1 - _MOST)
        mostly = gone > _MOST * letters
        sprawls = gone > (1 - _MOST) * letters and left > _STRETCH * letters + _FREE
        if (
            start >= stop
            or (letters and not left)
            or rest
            or sprawls
            or (mostly and _other_line(old, new, places, passage))
            or (mostly and _among_others(old, new, hunks, first, passage))
        ):
            found.append(passage)
    return found


def _letters(words: str) -> int:
    return sum(c.isalnum() for c in words)


def _signs_gone(hunks: Sequence[Hunk], first: int, passage: SegmentRow) -> int:
    """How many letters and figures of the passage are taken out."""
    count = 0
    for hunk in hunks[first : first + len(passage.text) + 1]:
        if hunk.at >= passage.stop:
            break
        taken = hunk.removed[max(0, passage.start - hunk.at) : passage.stop - hunk.at]
        count += _letters(taken) or bool(taken)
    return count


def _other_line(old: str, new: str, places: Places, passage: SegmentRow) -> bool:
    """True where the lines around the passage have hardly anything in common with what stands there now."""
    from rapidfuzz import fuzz

    start = old.rfind("\n", 0, passage.start) + 1
    stop = old.find("\n", passage.stop)
    stop = len(old) if stop < 0 else stop
    rules = RULES["paragraph"]
    now = new[places.one(start, rules["start"]) : places.one(stop, rules["stop"])]
    return stop - start >= _LONG and fuzz.ratio(old[start:stop], now) < _OTHER


def _among_others(old: str, new: str, hunks: Sequence[Hunk], first: int, passage: SegmentRow) -> bool:
    """True where the passage is a part of a longer run of words in whose place quite other ones stand.

    The aligned words of such a run have nothing to do with each other.
    """
    from rapidfuzz import fuzz

    last = first
    while last + 1 < len(hunks) and hunks[last + 1].at < passage.stop:
        last += 1
    while first > 0 and not _letters(old[hunks[first - 1].end : hunks[first].at]):
        first -= 1
    while last + 1 < len(hunks) and not _letters(old[hunks[last].end : hunks[last + 1].at]):
        last += 1
    start, stop = hunks[first].at, hunks[last].end
    if stop - start < _LONG or _letters(old[start:stop]) <= _letters(passage.text):
        return False
    begin = start + sum(len(hunk.inserted) - len(hunk.removed) for hunk in hunks[:first])
    end = stop + sum(len(hunk.inserted) - len(hunk.removed) for hunk in hunks[: last + 1])
    return fuzz.ratio(old[start:stop], new[begin:end]) < _OTHER


def replace(
    project: Project,
    *,
    source: str,
    draft: TranscriptDraft,
    original: bytes | None = None,
    file_name: str = "",
) -> str:
    """Puts a corrected text in place of a document's; codings, numbers, roles and cases are carried over.

    Time marks, styles, header and turns are those of the corrected one; marks and header stay where it has
    none. ``original`` is kept beside the first file. What found no place is written into a memo.
    """
    label = _("Replace transcript")
    with project.unit(label) as session:
        row = get(session, Source, source)
        plan = plan_replacement(project, source=row.guid, draft=draft)
        lost = _as_text(project, row.guid, plan.not_placed)
        labels = _labels(row.text, paragraphs_of(session, row))
        correct_exactly(
            project,
            source=row.guid,
            hunks=plan.hunks,
            label=label,
            drop=[passage.guid for passage in plan.not_placed],
        )
        _set_marks(session, row, draft)
        _set_turns(session, row, draft, labels)
        _set_file(session, row, draft, original, file_name)
        if lost:
            title = _("Codings that found no place in the corrected transcript")
            write_memo(project, kind="operational", title=title, body=lost, target=f"source:{row.guid}")
        return row.guid


def _as_text(project: Project, source: str, lost: Sequence[SegmentRow]) -> str:
    """Code, old paragraph and words of what finds no place, a line each."""
    if not lost:
        return ""
    names: dict[str, list[str]] = defaultdict(list)
    for coding in codings(project, source=source):
        names[coding.segment.guid].append(coding.code_name)
    return "\n".join(
        _("{codes} – para. {paragraph}: “{words}”").format(
            codes=", ".join(dict.fromkeys(names[passage.guid])) or _("No code"),
            paragraph=passage.paragraph,
            words=" ".join(passage.text.split()),
        )
        for passage in lost
    )


def _set_file(
    session: Session, row: Source, draft: TranscriptDraft, original: bytes | None, file_name: str
) -> None:
    row.styles = [[style.start, style.stop, style.kind] for style in draft.styles]
    if draft.header:
        row.header = [list(pair) for pair in draft.header]
    row.format, row.encoding, row.family = draft.format, draft.encoding, draft.family
    if original is not None:
        row.original_sha256 = keep_original(session, original)
    if file_name:
        row.file_name = clean(file_name)
    session.flush()


def _set_marks(session: Session, row: Source, draft: TranscriptDraft) -> None:
    """Time marks of the corrected text; those that are in both stay the same rows."""
    if not draft.time_marks:
        return
    known: dict[tuple[int, str], list[TimeMark]] = defaultdict(list)
    for mark in sorted(rows(session, TimeMark, source_id=row.id), key=lambda m: -m.position):
        known[mark.ms, mark.written].append(mark)
    for new in draft.time_marks:
        same = known[new.ms, new.written]
        if same:
            same.pop().position = new.position
        else:
            session.add(TimeMark(source_id=row.id, position=new.position, ms=new.ms, written=new.written))
    session.flush()
    delete(session, *(mark for left in known.values() for mark in left))


# -- turns and speakers --------------------------------------------------------------------------------------


def _label(text: str, start: int, label_stop: int) -> str:
    return text[start:label_stop].strip(_AROUND_LABEL)


def _labels(text: str, paragraphs: Iterable[Paragraph]) -> dict[str, int]:
    """Whose a label in the text is: two labels may have been merged."""
    found: dict[str, int] = {}
    for row in paragraphs:
        label = _label(text, row.start, row.label_stop)
        if row.opens_turn and row.speaker_id is not None and label:
            found.setdefault(label, row.speaker_id)
    return found


def _set_turns(session: Session, row: Source, draft: TranscriptDraft, labels: dict[str, int]) -> None:
    known = _speakers(session, row, draft, labels)
    wanted = {paragraph.start: paragraph for paragraph in draft.paragraphs}
    for paragraph in paragraphs_of(session, row):
        new = wanted.get(paragraph.start)
        if new is not None:
            _set_paragraph(paragraph, new, known, draft.text)
    session.flush()
    for speaker in rows(session, Speaker, source_id=row.id):
        used = select(Paragraph.id).where(Paragraph.speaker_id == speaker.id).limit(1)
        if speaker.case_id is None and not speaker.name and session.scalars(used).first() is None:
            delete(session, speaker)


def _set_paragraph(row: Paragraph, new: ParagraphDraft, speakers: dict[str, int], text: str) -> None:
    values: dict[str, Any] = {
        "label_stop": new.label_stop,
        "kind": new.kind,
        "level": new.level,
        "opens_turn": new.opens_turn,
        "speaker_id": speakers[new.speaker] if new.speaker else None,
    }
    if row.label_stop != new.label_stop:
        row.norm = normalised(text[new.label_stop : row.stop])
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _speakers(
    session: Session, row: Source, draft: TranscriptDraft, labels: dict[str, int]
) -> dict[str, int]:
    """Id of the speaker of each label; known ones keep role, name and case."""
    found = {speaker.label: speaker.id for speaker in rows(session, Speaker, source_id=row.id)}
    wanted: dict[str, int] = {}
    for speaker in draft.speakers:
        known = found.get(speaker.label, labels.get(speaker.label))
        if known is None:
            made = Speaker(source_id=row.id, label=speaker.label, role=speaker.role, name=speaker.name)
            known = add(session, made).id
        wanted[speaker.label] = known
    return wanted
