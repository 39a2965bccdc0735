"""Chapters of the report of a study on selective coding: core category, story, memos, what is withheld."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from qda.coding import selective, theory
from qda.coding.citation import may_quote, paragraphs_cited, quoted, spoken, withheld
from qda.coding.rows import MemoRow, SegmentRow
from qda.coding.story_claims import is_quotation
from qda.coding.story_quotations import unquoted
from qda.coding.story_text import Part, Plain, Reference, heading_of, parse, quotation_agrees
from qda.i18n import _, ngettext
from qda.reports.consenting import consent_lines
from qda.reports.model import (
    Block,
    Cell,
    Column,
    Paragraph,
    Quote,
    Run,
    Section,
    Table,
    cell,
    note,
    paragraph,
    paragraphs,
    placeholder,
    reference,
    runs,
)
from qda.reports.study_data import StudyData, passages
from qda.reports.study_words import MEMO_KINDS, STATES, day, missing, word, written

WITHHELD = "withheld"
STORIES = ("story", "story_line")


def core_chapter(data: StudyData) -> Section | None:
    """The core category with what speaks for it, the story and the story line."""
    told = {kind: story_told(data, kind) for kind in STORIES}
    if not data.template.has_paradigm and data.core is None and not any(one.written for one in told.values()):
        return None
    blocks: list[Block] = [Section(_("Core category"), _core(data))]
    story = _with_table(told["story"], _("the story in a few plain sentences"))
    line = _with_table(told["story_line"], _("the story line in the concepts of the study"))
    blocks += [Section(_("Story"), story), Section(_("Story line"), line)]
    return Section(_("Core category and story line"), tuple(blocks), new_page=True)


def _core(data: StudyData) -> tuple[Block, ...]:
    core = data.core
    if core is None:
        return (missing(_("choose a core category")),)
    blocks: list[Block] = [
        paragraph(Run(data.name(core.code), bold=True, link=f"code:{core.code}")),
        note(data.counted(core.code)),
        *_figures(data, core.code),
        Section(_("Reasons"), written(core.reasons, _("why this one is the core category")), numbered=False),
        Section(
            _("Rivals"),
            written(core.rivals, _("which rivals were considered and why dropped")),
            numbered=False,
        ),
    ]
    answers = selective.core_answers(data.project)
    blocks += [
        Section(_(words), paragraphs(data.silence.told(answers[key])), numbered=False)
        for key, words in selective.CORE_QUESTIONS
        if key in answers
    ]
    return tuple(blocks)


def _figures(data: StudyData, core: str) -> list[Block]:
    """The two figures that can be counted: cases with passages, categories related to it. No judgement."""
    n, of = data.counts.cases(core), len(data.counts.coded_cases())
    lines = []
    if data.numbers:
        told = ngettext("Passages in {n} of {of} case", "Passages in {n} of {of} cases", of)
        lines.append(told.format(n=n, of=of))
    linked, apart = theory.categories_by_core(data.project)
    if linked or apart:
        told = ngettext(
            "{n} of {of} other category is linked to it in a model",
            "{n} of {of} other categories are linked to it in a model",
            len(linked) + len(apart),
        ).format(n=len(linked), of=len(linked) + len(apart))
        names = ", ".join(row.name for row in apart)
        lines.append(told + (f" ({_('not: {names}').format(names=names)})" if names and linked else ""))
        known = {row.guid for row in (*linked, *apart)} | {core}
        if within := ", ".join(row.name for row in data.categories if row.guid not in known):
            lines.append(_("Filed below it, and so no other: {names}").format(names=within))
    return [note("\n".join(lines))] if lines else []


# -- story and story line -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A story as a report prints it: its text, what it rests on, the passages in it."""

    written: bool
    blocks: tuple[Block, ...] = ()
    rests_on: Table | None = None
    passages: tuple[SegmentRow, ...] = ()


def story_told(data: StudyData, kind: str) -> Told:
    """The story or story line with its references resolved, and what they rest on as a table."""
    body = theory.story(data.project, kind)
    if not body.strip():
        return Told(written=False)
    parts = parse(body)
    found = passages(
        data.project, [p.target for p in parts if isinstance(p, Reference) and p.kind == "segment"]
    )
    blocks = tuple(_under_headings(data, body.split("\n"), found))
    return Told(True, blocks, _references(data, parts, found), tuple(found.values()))


def _with_table(told: Told, hint: str) -> tuple[Block, ...]:
    if not told.written:
        return (missing(hint),)
    return (*told.blocks, told.rests_on) if told.rests_on else told.blocks


def _under_headings(data: StudyData, lines: Sequence[str], found: dict[str, SegmentRow]) -> list[Block]:
    """The lines as paragraphs and quotations set off, under the headings that stand among them."""
    blocks: list[Block] = []
    headed: list[tuple[str, list[Block]]] = []
    for line in lines:
        level, parts = heading_of(parse(line))
        if level:
            title = data.silence.told("".join(part.words for part in parts)).strip()
            headed.append((title, []))
            continue
        made = _block(data, parts, found)
        if made is not None:
            (headed[-1][1] if headed else blocks).append(made)
    return [*blocks, *(Section(title, tuple(under), numbered=False) for title, under in headed)]


def _block(data: StudyData, parts: Sequence[Part], found: dict[str, SegmentRow]) -> Block | None:
    """A paragraph; a quotation alone in its line is set off, where it may be quoted and has its words."""
    if is_quotation(parts):
        one = next(part for part in parts if isinstance(part, Reference))
        segment = found.get(one.target)
        if segment is not None and may_quote(segment) and quotation_agrees(one.words, segment.text):
            return Quote(unquoted(one.words), paragraphs_cited(segment))
    line: list[Run] = []
    for part in parts:
        if isinstance(part, Plain):
            line.append(Run(data.silence.told(part.words)))
        else:
            line += _resolved(data, part, found)
    made = runs(*line)
    return Paragraph(made) if any(run.text.strip() for run in made) else None


def _resolved(data: StudyData, part: Reference, found: dict[str, SegmentRow]) -> list[Run]:
    """A reference in the text: a link, the number of the relation, the place of the quotation."""
    if part.kind == "code":
        return [Run(part.words, link=f"code:{part.target}")]
    if part.kind == "relation":
        relation = data.relation.get(part.target)
        if relation is None:
            return [Run(part.words)]
        number = f"R{relation.number}"
        if part.words.strip() == number:
            return [reference(f"relation:{relation.guid}", number)]
        return [Run(part.words), Run(" ("), reference(f"relation:{relation.guid}", number), Run(")")]
    if part.kind == "segment":
        return _quotation(part.words, found.get(part.target))
    return [Run(part.words)]


def _quotation(words: str, segment: SegmentRow | None) -> list[Run]:
    if segment is None:
        return [Run(words), Run(" "), placeholder(_("this passage is no longer in the material"))]
    place = f" ({paragraphs_cited(segment)})"
    if not may_quote(segment):
        return [Run(withheld()), Run(place)]
    if quotation_agrees(words, segment.text):
        return [Run(words), Run(place)]
    told = _("differs from its source: {quote}").format(quote=quoted(spoken(segment)))
    return [Run(words), Run(place), Run(" "), placeholder(told)]


def _references(data: StudyData, parts: Sequence[Part], found: dict[str, SegmentRow]) -> Table | None:
    """What the text rests on: each code and relation once, with its counts as they stand now."""
    rows: dict[tuple[str, str], tuple[Cell, ...]] = {}
    quoted_as: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        if isinstance(part, Reference):
            quoted_as[part.target].append(part.words)
    for part in parts:
        if not isinstance(part, Reference) or (part.kind, part.target) in rows:
            continue
        key = (part.kind, part.target)
        if part.kind == "code" and part.target in data.code:
            name = Run(data.name(part.target), link=f"code:{part.target}")
            rows[key] = cell(_("Code")), cell(name), cell(data.counted(part.target))
        elif part.kind == "relation" and part.target in data.relation:
            relation = data.relation[part.target]
            shown = reference(f"relation:{relation.guid}", f"R{relation.number}")
            state = word(STATES, relation.status)
            rows[key] = (
                cell(_("Relation")),
                cell(shown, f": {relation.statement}"),
                cell(" · ".join((*data.badge(relation), state))),
            )
        elif part.kind == "segment" and part.target in found:
            segment = found[part.target]
            agrees = all(quotation_agrees(words, segment.text) for words in quoted_as[part.target])
            told = _("agrees with its source") if agrees else _("differs from its source")
            rows[key] = cell(_("Quotation")), cell(paragraphs_cited(segment)), cell(told)
    if not rows:
        return None
    columns = (
        Column(_("Kind"), share=0.9),
        Column(_("Referred to"), share=3.6),
        Column(_("State of the work"), share=2.8),
    )
    order = ("code", "relation", "segment")
    sorted_rows = tuple(rows[key] for kind in order for key in rows if key[0] == kind)
    return Table(columns, sorted_rows, _("What this text rests on"), name=_("References"))


# -- memos, and what is not in the report -------------------------------------------------------------------


def memos_chapter(data: StudyData, kinds: Sequence[str]) -> Section | None:
    """The memos of the chosen types, oldest first; never a private one."""
    sections = []
    for kind in kinds:
        some = [memo for memo in reversed(data.memos) if memo.kind == kind and not memo.private]
        if some:
            sections.append(Section(word(MEMO_KINDS, kind), tuple(memo_section(memo) for memo in some)))
    return Section(_("Memos"), tuple(sections), new_page=True) if sections else None


def memo_section(memo: MemoRow) -> Section:
    facts = [day(memo.created), memo.coder, "; ".join(name for name in memo.link_names if name)]
    head = note(" · ".join(fact for fact in facts if fact))
    return Section(memo.title, (head, *paragraphs(memo.body)), numbered=False)


def quoted_passages(data: StudyData) -> list[SegmentRow]:
    """Every passage that the report quotes: chosen ones, evidence, those of the stories."""
    named = [guid for code in data.categories for guid in (code.typical, code.deviating) if guid]
    told = [part for kind in STORIES for part in parse(theory.story(data.project, kind))]
    named += [one.target for one in told if isinstance(one, Reference) and one.kind == "segment"]
    pieces = [segment for some in data.evidence.values() for one in some for segment in one.segments]
    return [*passages(data.project, named).values(), *pieces]


def withheld_lines(
    data: StudyData, kinds: Sequence[str], printed: Sequence[SegmentRow], *, interviewer: bool
) -> tuple[str, ...]:
    """What is not in the report, in the language in use; ``printed`` are the passages that it quotes."""
    private = sum(memo.private for memo in data.memos)
    others = sum(not memo.private and memo.kind not in kinds for memo in data.memos)
    lines = []
    if private:
        lines.append(
            ngettext("{n} private memo is withheld.", "{n} private memos are withheld.", private).format(
                n=private
            )
        )
    if others:
        told = ngettext(
            "{n} memo of other types is left out.", "{n} memos of other types are left out.", others
        )
        lines.append(told.format(n=others))
    lines += consent_lines(printed, texts=data.silence.texts, names=len(data.silent_names))
    if not interviewer:
        lines.append(_("Passages in turns of interviewers are not counted."))
    return tuple(lines) or (_("Nothing is withheld."),)


def withheld_chapter(lines: Sequence[str]) -> Section:
    """What is not in the report, as its last chapter."""
    return Section(_("Not in this report"), tuple(paragraph(line) for line in lines), WITHHELD)
