"""The chapters of a short report, as an article needs them: sample, categories, model, propositions.

Tables and chosen quotations stand ready; what the author must write around them is a placeholder.
"""

from typing import Final

from qda.coding import theory
from qda.coding.citation import may_quote
from qda.coding.rows import CaseRow, CodeRow, RelationRow, SegmentRow
from qda.i18n import _, ngettext
from qda.reports.consenting import quotation
from qda.reports.figures_of import LANDSCAPE_MM, paradigm_picture
from qda.reports.model import (
    Block,
    Cell,
    Column,
    Run,
    Section,
    Table,
    cell,
    note,
    number,
    paragraph,
    paragraphs,
    placeholder,
    reference,
)
from qda.reports.study_core import story_told
from qda.reports.study_data import StudyData, words_in
from qda.reports.study_paradigm import type_sentence
from qda.reports.study_words import POLARITIES, STATES, missing, word

_ATTRIBUTES: Final = 3  # columns of the table of the sample
_QUOTED: Final = 6  # categories with a quotation
_MARKS: Final = {"supporting": "+", "qualifying": "±", "contradicting": "−"}


def article_chapters(data: StudyData) -> tuple[Section, ...]:
    """Everything of the short report in its order."""
    return (
        Section(_("Summary"), (missing(_("question, material, result and its reach in a few sentences")),)),
        Section(_("Question and method"), _question(data)),
        Section(_("Sample"), _sample(data)),
        Section(_("Categories"), _categories(data)),
        _models(data),
        Section(_("Propositions"), _propositions(data)),
        Section(_("Core category and story line"), _core(data)),
        Section(
            _("Discussion"),
            (
                missing(_("what the result adds to the literature, and where it stands against it")),
                missing(_("limits of material and method")),
            ),
        ),
        Section(_("Works cited"), (missing(_("list the works cited in the style that is asked for")),)),
    )


def quoted_in_article(data: StudyData) -> list[SegmentRow]:
    """The passages that the short report prints."""
    chosen = [data.segments[code.typical] for code in _with_quotation(data) if code.typical]
    against = [one for relation in _standing(data) for one in _against(data, relation)]
    return [*chosen, *against, *story_told(data, "story_line").passages]


def _question(data: StudyData) -> tuple[Block, ...]:
    questions = data.sheet.questions
    asked = paragraphs(questions[-1][0]) if questions else (missing(_("the research question")),)
    method = _("method in short: kind of interviews, coding, sampling; how the quality was secured")
    return (*asked, missing(method))


# -- sample -------------------------------------------------------------------------------------------------


def _sample(data: StudyData) -> tuple[Block, ...]:
    if not data.cases:
        return (missing(_("no case has been made yet")),)
    filled = {
        name: sum(bool(case.attributes.get(name)) for case in data.cases)
        for name in dict.fromkeys(name for case in data.cases for name in case.attributes)
    }
    names = sorted(filled, key=lambda name: -filled[name])[:_ATTRIBUTES]
    names = [name for name in filled if name in names]
    words = {
        source.guid: words_in(data.project, source).respondents
        for source in data.sources
        if source.case is not None
    }
    columns = (
        Column(_("Case"), share=1.2),
        *(Column(name, share=_wish(data, name)) for name in names),
        Column(_("Documents"), "right", 0.9),
        Column(_("Words of respondents"), "right", 0.9),
    )
    rows = tuple(_case(case, names, words) for case in data.cases)
    told = [note(_("Attributes shown: those known of most cases."))] if len(filled) > len(names) else []
    table = Table(columns, rows, _("The cases of the study"), name=_("Sample"))
    return (table, *told, missing(_("how the cases were chosen, and what they stand for")))


def _wish(data: StudyData, name: str) -> float:
    """How broad the column of an attribute wants to be, from what stands in it."""
    lengths = [len(case.attributes.get(name, "")) for case in data.cases]
    return max(1.0, min(3.0, sum(lengths) / max(1, len(lengths)) / 14))


def _case(case: CaseRow, names: list[str], words: dict[str, int]) -> tuple[Cell, ...]:
    return (
        cell(Run(case.name, bold=True)),
        *(cell(case.attributes.get(name) or "–") for name in names),
        number(len(case.sources)),
        number(sum(words.get(source, 0) for source in case.sources)),
    )


# -- categories ---------------------------------------------------------------------------------------------


def _with_quotation(data: StudyData) -> list[CodeRow]:
    """The categories of which a typical passage is printed: those of most cases."""
    chosen = [code for code in data.categories if code.typical in data.segments]
    chosen = [code for code in chosen if code.typical and may_quote(data.segments[code.typical])]
    first = sorted(
        chosen, key=lambda one: (not one.core, -data.counts.cases(one.guid), -data.counts.passages(one.guid))
    )[:_QUOTED]
    return [code for code in chosen if code in first]


def _categories(data: StudyData) -> tuple[Block, ...]:
    if not data.categories:
        return (missing(_("no code has been made a category yet")),)
    columns = (
        Column(_("Category"), share=1.7),
        Column(data.template.field_name("definition") or _("Definition"), share=3.4),
        Column(_("Properties"), share=2.4),
        Column(_("Cases"), "right" if data.numbers else "left", 0.7 if data.numbers else 1.4),
        *((Column(_("Passages"), "right", 0.8),) if data.numbers else ()),
    )
    rows = tuple(_category(data, code) for code in data.categories)
    blocks: list[Block] = [
        Table(columns, rows, _("Categories of the study"), "categories", name=_("Categories"))
    ]
    for code in _with_quotation(data):
        if code.typical:
            quote = quotation(data.segments[code.typical])
            blocks.append(Section(data.name(code.guid), (quote,), numbered=False))
    return tuple(blocks)


def _category(data: StudyData, code: CodeRow) -> tuple[Cell, ...]:
    names = []
    for one in data.properties.get(code.guid, ()):
        poles = " – ".join(pole for pole in (one.pole_from, one.pole_to) if pole)
        names.append(f"{one.name} ({poles})" if poles else one.name)
    meaning = cell(code.definition.strip() or placeholder(_("definition")))
    head = cell(Run(data.name(code.guid), bold=True), "\n" + _("core category") if code.core else "")
    if not data.numbers:
        return head, meaning, cell("\n".join(names) or "–"), cell(data.counts.case_names(code.guid) or "–")
    counts = data.counts
    return (
        head,
        meaning,
        cell("\n".join(names) or "–"),
        number(counts.cases(code.guid)),
        number(counts.passages(code.guid)),
    )


# -- model and propositions ---------------------------------------------------------------------------------


def _models(data: StudyData) -> Section:
    """The models in use as pictures; the pages are turned where one of them is wide."""
    made: list[tuple[str, tuple[Block, ...]]] = []
    wide = False
    for model in data.models:
        if model.status != "active" or not model.phenomenon:
            continue
        picture = paradigm_picture(data.placed(model), caption=model.name, anchor=f"model:{model.guid}")
        if picture is not None:
            wide = wide or picture.width >= LANDSCAPE_MM
            lead = paragraph(Run(_("Phenomenon:") + " ", bold=True), data.name(model.phenomenon))
            made.append((model.name, (lead, picture)))
    hint = _("name a phenomenon and lay out the coding paradigm around it")
    blocks: tuple[Block, ...] = (missing(hint),)
    if len(made) == 1:
        blocks = made[0][1]
    elif made:
        blocks = tuple(Section(name, inside) for name, inside in made)
    return Section(_("Model"), blocks, landscape=wide)


def _standing(data: StudyData) -> list[RelationRow]:
    """The relations of models in use, rejected ones, too: they are results."""
    active = {model.guid for model in data.models if model.status == "active"}
    return [one for one in data.relations if one.model in active]


def _propositions(data: StudyData) -> tuple[Block, ...]:
    relations = _standing(data)
    if not relations:
        return (missing(_("state relations between the codes")),)
    figures = tuple(Column(mark, "right", 0.4) for mark in _MARKS.values())
    columns = (
        Column(_("No."), share=0.45),
        Column(_("Proposition, and when it holds"), share=4.2),
        Column(_("Cases"), share=1.1),
        *(figures if data.numbers else ()),
        Column(_("State"), share=1.1),
    )
    rows = tuple(_proposition(data, one) for one in relations)
    anchor = "propositions"
    blocks: list[Block] = [
        Table(columns, rows, _("Propositions with their evidence"), anchor, name=_("Propositions"))
    ]
    searched = sum(one.searched > 0 for one in relations)
    if data.numbers:
        signs = ", ".join(f"{_MARKS[key]} {_(title)}" for key, title in POLARITIES.items())
        told = ngettext(
            "{signs}. Counted are pieces of evidence, each of one or more passages; for {n} proposition it "
            "was searched for what speaks against it, and nothing was found.",
            "{signs}. Counted are pieces of evidence, each of one or more passages; for {n} propositions it "
            "was searched for what speaks against them, and nothing was found.",
            searched,
        )
        blocks.append(note(told.format(signs=signs, n=searched)))
    contrary = [(one, _against(data, one)) for one in relations]
    quotes = [
        (
            block
            for block in (
                paragraph(
                    Run(_("Against {number}:").format(number=f"R{one.number}"), bold=True),
                    " ",
                    one.statement or type_sentence(data, one),
                ),
                *(quotation(segment) for segment in some),
            )
        )
        for one, some in contrary
        if some
    ]
    if quotes:
        inside = tuple(block for some in quotes for block in some)
        blocks.append(Section(_("What speaks against them"), inside))
    return tuple(blocks)


def _against(data: StudyData, relation: RelationRow) -> list[SegmentRow]:
    """The first passage that speaks against a relation and may be quoted."""
    for piece in data.evidence.get(relation.guid, ()):
        if piece.polarity == "contradicting":
            for segment in piece.segments:
                if may_quote(segment):
                    return [segment]
    return []


def _proposition(data: StudyData, one: RelationRow) -> tuple[Cell, ...]:
    statement = Run(one.statement) if one.statement else placeholder(_("state it in words"))
    holds = "; ".join(condition.words for condition in one.conditions)
    lines: list[str | Run] = [statement]
    if holds:
        lines += ["\n", Run(_("Holds when:") + " ", italic=True), holds]
    counts: tuple[Cell, ...] = ()
    if data.numbers:
        counts = tuple(
            number(n, text="" if n else "–") for n in (one.supporting, one.qualifying, one.contradicting)
        )
    return (
        cell(f"R{one.number}"),
        cell(*lines),
        cell(", ".join(case.name for case in data.cases if case.guid in one.cases) or "–"),
        *counts,
        cell(word(STATES, one.status)),
    )


def _core(data: StudyData) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if data.core is None:
        blocks.append(missing(_("choose a core category")))
    else:
        lead = Run(_("Core category:") + " ", bold=True)
        blocks.append(paragraph(lead, reference("categories", data.name(data.core.code))))
        blocks += paragraphs(data.core.reasons)
    told = story_told(data, "story_line")
    body = theory.story(data.project, "story_line").strip()
    blocks += told.blocks if body else (missing(_("the story line in the concepts of the study")),)
    return tuple(blocks)
