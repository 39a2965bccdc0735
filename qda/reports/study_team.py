"""The chapters of a report for a team: state of the work, who coded what, where two differ, what is open."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final

from qda.coding import sampling
from qda.coding.method_questions import GROUPS, Question, ask
from qda.coding.procedure import last_acts, work
from qda.coding.reading import read_counts
from qda.coding.rows import CodingRow, SegmentRow
from qda.coding.saturation_judgements import standing
from qda.coding.whereabouts import done
from qda.i18n import _, language, ngettext
from qda.reports.consenting import quotation
from qda.reports.model import (
    Block,
    BulletList,
    Cell,
    Column,
    Item,
    Run,
    Section,
    Table,
    bullets,
    cell,
    note,
    number,
    paragraph,
    runs,
)
from qda.reports.sampling import decision_blocks
from qda.reports.saturation import state_word
from qda.reports.study_core import memo_section
from qda.reports.study_data import StudyData
from qda.reports.study_words import STATES, day, missing, word

DAYS: Final = 14  # how far back "lately" reaches
_PLACES: Final = 8  # listed under a question
_SHOWN: Final = 15  # passages on which two differ
_SECRET: Final = "14"  # its places name what must not go out


def team_chapters(data: StudyData) -> tuple[Section, ...]:
    """Everything of the team's report in its order."""
    return (
        Section(_("State of the work"), _state(data), new_page=True),
        Section(_("Who coded what"), _work(data)),
        Section(_("Where two have coded"), _together(data)),
        Section(_("Open questions"), _open(data), new_page=True),
        Section(_("Next steps"), _next(data), new_page=True),
    )


def quoted_for_team(data: StudyData) -> list[SegmentRow]:
    """The passages that the team's report prints."""
    return [one.segment for pair in differing(data.coded)[:_SHOWN] for one in pair]


# -- state of the work --------------------------------------------------------------------------------------


def _state(data: StudyData) -> tuple[Block, ...]:
    return (
        Section(_("Documents"), _documents(data)),
        Section(_("Categories"), _categories(data)),
        Section(_("Relations"), _relations(data)),
    )


def _documents(data: StudyData) -> tuple[Block, ...]:
    if not data.sources:
        return (missing(_("no document has been taken in yet")),)
    rows = []
    for source in data.sources:
        counts = read_counts(data.project, source.guid)
        every = counts.unread + counts.read + counts.coded + counts.uncoded
        rows.append(
            (
                cell(source.title),
                _count(every),
                _count(counts.unread),
                _count(counts.read + counts.coded),
                _count(counts.uncoded),
                *((_count(source.codings),) if data.numbers else ()),
            )
        )
    columns = (
        Column(_("Document"), share=2.6),
        Column(_("Turns or paragraphs"), "right", 1.0),
        Column(_("unread"), "right", 0.8),
        Column(_("read or coded"), "right"),
        Column(_("uncoded on purpose"), "right", 1.2),
        *((Column(_("Codings"), "right", 0.9),) if data.numbers else ()),
    )
    return (Table(columns, tuple(rows), _("How far the documents are"), name=_("Documents")),)


def _count(value: int) -> Cell:
    return number(value, text="" if value else "–")


def _categories(data: StudyData) -> tuple[Block, ...]:
    if not data.categories:
        return (missing(_("no code has been made a category yet")),)
    judged = standing(data.project)
    rows = []
    for code in data.categories:
        judgement = judged.get(code.guid)
        lacking = [
            words
            for words, there in (
                (data.template.field_name("definition") or _("Definition"), code.definition.strip()),
                (_("property"), data.properties.get(code.guid)),
                (_("typical passage"), code.typical),
            )
            if not there
        ]
        rows.append(
            (
                cell(Run(data.name(code.guid), bold=True)),
                cell(data.counted(code.guid)),
                cell(state_word(judgement.state if judgement else "")),
                cell(", ".join(lacking) or "–"),
            )
        )
    columns = (
        Column(_("Category"), share=2.2),
        Column(_("Cases and passages") if data.numbers else _("Cases"), share=3.6),
        Column(_("Saturation, as judged"), share=1.3),
        Column(_("Still missing"), share=1.6),
    )
    return (Table(columns, tuple(rows), _("How far the categories are"), name=_("Categories")),)


def _relations(data: StudyData) -> tuple[Block, ...]:
    if not data.relations:
        return (missing(_("state relations between the codes")),)
    states = Counter(one.status for one in data.relations)
    told = [f"{word(STATES, key)}: {states[key]}" for key in STATES if states[key]]
    bare = [f"R{one.number}" for one in data.relations if not data.evidence.get(one.guid)]
    lines = [" · ".join(told)]
    if bare:
        lines.append(_("Without evidence: {names}").format(names=", ".join(bare)))
    return (bullets(*lines),)


# -- who coded what -----------------------------------------------------------------------------------------


def _work(data: StudyData) -> tuple[Block, ...]:
    rows = work(data.coded)
    blocks: list[Block] = [_acts(data)]
    if not rows:
        return (*blocks, missing(_("nothing has been coded yet")))
    coders = list(dict.fromkeys(row.coder for row in rows))
    titles = {one.guid: one.title for one in data.sources}
    by = {(row.source, row.coder): row for row in rows}
    body = []
    for source in dict.fromkeys(row.source for row in rows):
        some = [by.get((source, coder)) for coder in coders]
        last = max(row.last for row in some if row)
        counts = [_work_cell(row.codings if row else 0, numbers=data.numbers) for row in some]
        body.append((cell(titles.get(source, "")), *counts, cell(day(last))))
    columns = (
        Column(_("Document"), share=2.4),
        *(Column(coder, "right" if data.numbers else "centre", 0.8) for coder in coders),
        Column(_("Last coding"), share=1.5),
    )
    caption = _("Codings by document and person") if data.numbers else _("Who coded which document")
    table = Table(columns, tuple(body), caption, name=_("Coders"), heads=1)
    return (*blocks, table)


def _work_cell(value: int, *, numbers: bool) -> Cell:
    if numbers:
        return _count(value)
    return cell("●" if value else "")


def _acts(data: StudyData) -> Block:
    names = {one.guid: one.name for one in data.coders}
    lines = []
    for coder, late, every, newest in last_acts(data.project, days=DAYS):
        acts = ngettext("{n} act", "{n} acts", every).format(n=every)
        told = _("{name}: {acts}, {late} of them in the last {days} days; the last on {day}")
        lines.append(
            told.format(name=names.get(coder, "–"), acts=acts, late=late, days=DAYS, day=day(newest))
        )
    return bullets(*lines) if lines else note(_("The history is empty."))


# -- where two have coded -----------------------------------------------------------------------------------


def _together(data: StudyData) -> tuple[Block, ...]:
    """Shares of codings that another person met with the same code, and passages on which two differ."""
    by_source = _by_source(data.coded)
    titles = {one.guid: one.title for one in data.sources}
    rows = []
    for source, some in by_source.items():
        for one, other in combinations(dict.fromkeys(each.coder for each in some), 2):
            first = [each for each in some if each.coder == one]
            second = [each for each in some if each.coder == other]
            rows.append(
                (
                    cell(titles.get(source, "")),
                    cell(_("{first} and {second}").format(first=one, second=other)),
                    _met(first, second),
                    _met(second, first),
                )
            )
    if not rows:
        return (note(_("No document has been coded by two people.")),)
    if not data.numbers:
        return _differing(data)
    columns = (
        Column(_("Document"), share=2.4),
        Column(_("People"), share=1.6),
        Column(_("First by second"), "right", 1.3),
        Column(_("Second by first"), "right", 1.3),
    )
    told = note(
        _(
            "First by second: so many codings of the first person whose passage meets one to which the "
            "second gave the same code. This is no measure of reliability; it tells where to talk."
        )
    )
    table = Table(columns, tuple(rows), _("Codings that another person met"), name=_("Together"))
    return (told, table, *_differing(data))


def _by_source(codings: Sequence[CodingRow]) -> dict[str, list[CodingRow]]:
    found: dict[str, list[CodingRow]] = defaultdict(list)
    for one in codings:
        found[one.segment.source].append(one)
    return found


def _met(ours: Sequence[CodingRow], theirs: Sequence[CodingRow]) -> Cell:
    """How many of our codings overlap one of theirs under the same code, of how many."""
    known: dict[str, list[SegmentRow]] = defaultdict(list)
    for one in theirs:
        known[one.code].append(one.segment)
    met = sum(any(_overlap(one.segment, other) for other in known.get(one.code, ())) for one in ours)
    return cell(_("{n} of {of}").format(n=met, of=len(ours)))


def _overlap(one: SegmentRow, other: SegmentRow) -> bool:
    return one.source == other.source and one.start < other.stop and other.start < one.stop


def differing(codings: Sequence[CodingRow]) -> list[tuple[CodingRow, CodingRow]]:
    """Neighbouring codings of two people on overlapping passages, of which neither gave the other's code."""
    found = []
    for some in _by_source(codings).values():
        given: dict[tuple[str, str], list[SegmentRow]] = defaultdict(list)
        for one in some:
            given[one.coder, one.code].append(one.segment)
        ordered = sorted(some, key=lambda one: (one.segment.start, one.segment.stop))
        for one, other in pairwise(ordered):
            if one.coder == other.coder or one.code == other.code or not _overlap(one.segment, other.segment):
                continue
            same = any(_overlap(one.segment, each) for each in given[other.coder, one.code])
            same = same or any(_overlap(other.segment, each) for each in given[one.coder, other.code])
            if not same:
                found.append((one, other))
    return found


def _differing(data: StudyData) -> tuple[Block, ...]:
    pairs = differing(data.coded)
    if not pairs:
        return ()
    blocks: list[Block] = []
    for one, other in pairs[:_SHOWN]:
        longer = max((one, other), key=lambda each: each.segment.stop - each.segment.start)
        told = [f"{each.coder}: {data.name(each.code)}" for each in (one, other)]
        blocks += [quotation(longer.segment), note(" · ".join(told))]
    if (more := len(pairs) - _SHOWN) > 0:
        blocks.append(note(ngettext("… and {n} more", "… and {n} more", more).format(n=more)))
    return (Section(_("Passages to settle together"), tuple(blocks)),)


# -- open questions, next steps -----------------------------------------------------------------------------


def _open(data: StudyData) -> tuple[Block, ...]:
    """The questions of method that arise somewhere and have no answer yet, with where."""
    asked = [one for one in ask(data.project) if one.findings and not one.answer]
    sections = []
    for group, title in GROUPS:
        blocks = [block for one in asked if one.group == group for block in _question(data, one)]
        if blocks:
            sections.append(Section(_(title), tuple(blocks)))
    return tuple(sections) or (paragraph(_("No question of method is open.")),)


def _question(data: StudyData, one: Question) -> list[Block]:
    places = [place for place in one.findings if not place.answer]
    if not places:
        return []
    if one.key == _SECRET:
        n = len(places)
        told = ngettext(
            "It arises at {n} place, which is shown in the program alone.",
            "It arises at {n} places, which are shown in the program alone.",
            n,
        )
        return [Section(one.title, (note(told.format(n=n)),), numbered=False)]
    items = [Item(runs(data.silence.told(place.sentence))) for place in places[:_PLACES]]
    if (more := len(places) - _PLACES) > 0:
        items.append(Item(runs(ngettext("… and {n} more", "… and {n} more", more).format(n=more))))
    return [Section(one.title, (BulletList(tuple(items)),), numbered=False)]


def _next(data: StudyData) -> tuple[Block, ...]:
    """Sampling decisions that are open, then the planning notes, newest first."""
    rows = [row for row in sampling.decisions(data.project) if row.outcome == "open"]
    notes = [memo for memo in data.memos if memo.kind == "operational" and not memo.private]
    open_ = [memo for memo in notes if not done(memo.title, memo.body)]
    blocks: list[Block] = []
    if rows:
        inside = tuple(decision_blocks(rows, data.silence, language()))
        blocks.append(Section(_("Sampling decisions that are open"), inside, landscape=True))
    planned: list[Block] = [memo_section(memo) for memo in open_] or [missing(_("write down the next steps"))]
    if n := len(notes) - len(open_):
        told = ngettext("{n} note is done and left out.", "{n} notes are done and left out.", n)
        planned.insert(0, note(told.format(n=n)))
    blocks.append(Section(_("Planning notes"), tuple(planned)))
    return tuple(blocks)
