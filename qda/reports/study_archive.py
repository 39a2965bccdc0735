"""Chapters of the archive of a study: every code with every passage, and how the codebook changed."""

from collections import Counter, defaultdict
from typing import Final

from qda.coding.category_life import life
from qda.coding.rows import CodeRow, CodingRow, SegmentRow
from qda.i18n import _
from qda.reports.consenting import quotation
from qda.reports.model import (
    Block,
    Column,
    Run,
    Section,
    Table,
    cell,
    note,
    paragraph,
    paragraphs,
)
from qda.reports.study_data import StudyData
from qda.reports.study_words import day

_EVENTS: Final = frozenset(
    {"made", "named", "defined", "moved", "kind", "merged", "split", "property", "core"}
)


def codes_chapter(data: StudyData) -> Section | None:
    """Every code in the order of the tree: its words, then all its own passages with who coded them."""
    if not data.codes:
        return None
    by_code: dict[str, list[CodingRow]] = defaultdict(list)
    for one in data.coded:
        by_code[one.code].append(one)
    coders = Counter(one.coder for one in data.coded).most_common()
    usual = coders[0][0] if coders else ""
    sections = [_code(data, code, by_code[code.guid], usual=usual) for code in data.codes]
    whose = [note(_("Coded by {coder} where nobody is named.").format(coder=usual))] * (len(coders) > 1)
    return Section(_("Codes with all their passages"), (*whose, *sections), new_page=True)


def quoted_under_codes(data: StudyData) -> list[SegmentRow]:
    """The passages that the chapter prints."""
    return [one.segment for one in data.coded]


def _code(data: StudyData, code: CodeRow, codings: list[CodingRow], *, usual: str) -> Section:
    above = code.path.rpartition(" > ")[0]
    facts = [above, data.counted(code.guid)]
    blocks: list[Block] = [note(" · ".join(fact for fact in facts if fact))]
    for title, text in (
        (data.template.field_name("definition") or _("Definition"), code.definition),
        (data.template.field_name("delimitation") or _("Delimitation"), code.delimitation),
        (data.template.field_name("anchor") or _("Anchor example"), code.anchor),
        (data.template.field_name("rule") or _("Coding rule"), code.rule),
    ):
        if text.strip():
            first, *rest = paragraphs(text)
            blocks += [paragraph(Run(f"{title}: ", bold=True), *first.runs), *rest]
    coders: dict[str, list[CodingRow]] = defaultdict(list)
    for one in codings:
        coders[one.segment.guid].append(one)
    for some in coders.values():
        names = [one.coder for one in some]
        whose = "" if names == [usual] else _("coded by {coders}").format(coders=", ".join(names))
        blocks.append(quotation(some[0].segment, more=whose))
        told = [data.silence.told(one.comment) for one in some if one.comment.strip()]
        if told:
            blocks.append(note(" · ".join(told)))
    return Section(data.name(code.guid), tuple(blocks), numbered=False)


def changes_chapter(data: StudyData) -> Section | None:
    """What happened to each category, from the history: a row for each change, oldest first."""
    rows = []
    for code in data.categories:
        for event in life(data.project, code.guid):
            if event.kind in _EVENTS:
                words = data.silence.told(event.words)
                text = data.silence.told(event.text)
                told = f"{words} {text}".strip() if event.text else words
                who = cell(data.name(code.guid)), cell(day(event.at)), cell(event.coder)
                rows.append((event.at, (*who, cell(told))))
    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    columns = (
        Column(_("Category"), share=2),
        Column(_("Date"), share=1.4),
        Column(_("By"), share=0.6),
        Column(_("What changed"), share=4.4),
    )
    body = tuple(row for _at, row in rows)
    table = Table(columns, body, _("Changes of the categories"), name=_("Changes"))
    return Section(_("Changes of the categories"), (table,), new_page=True)
