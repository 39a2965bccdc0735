"""Chapters of the report of a study about codes: the tree with its counts, the categories one by one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qda.coding.rows import CodeRow, PropertyRow, ValueRow
from qda.i18n import _, ngettext
from qda.reports.model import (
    Block,
    Cell,
    Column,
    Note,
    Run,
    Section,
    Table,
    Tree,
    TreeNode,
    cell,
    note,
    number,
    placeholder,
    reference,
    runs,
)
from qda.reports.study_data import StudyData
from qda.reports.study_sheet import cited_quote
from qda.reports.study_words import missing, written

_UPRIGHT: Final = 76  # signs that find room beside each other on a page, and on a page turned sideways
_ACROSS: Final = 126
_NAME: Final = 26
_DEFINITION: Final = 26
_COLUMNS: Final = 10  # of a table of counts without the tree
_CONCEPTS_NAMED: Final = 12
_WHOLE_KEYS: Final = ("cases", "documents", "passages")


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A column of counts: its title and the figure of a code."""

    title: str
    count: Callable[[str], int]


def count_columns(data: StudyData) -> tuple[list[CountColumn], list[CountColumn], list[CountColumn]]:
    """Columns of the whole, of the cases and of the documents in which anything is coded."""
    counts = data.counts
    whole = [CountColumn(_("Cases"), counts.cases), CountColumn(_("Passages"), counts.passages)]
    by_case = {code.guid: counts.by_case(code.guid) for code in data.codes}
    by_source = {code.guid: counts.by_source(code.guid) for code in data.codes}

    def column(title: str, guid: str, table: dict[str, Counter[str]]) -> CountColumn:
        return CountColumn(title, lambda code: table[code][guid])

    cases = [column(case.name, case.guid, by_case) for case in counts.coded_cases()]
    documents = [column(source.title, source.guid, by_source) for source in counts.coded_sources()]
    return whole, cases, documents


def code_tree(
    data: StudyData,
    *,
    columns: Sequence[CountColumn],
    caption: str,
    definitions: bool,
    colours: bool = True,
    depth: int = 0,
) -> Tree:
    """All codes as a tree; ``depth``: so many levels of it (0: all)."""
    from qda.figures.painting import PRINT

    children: dict[str | None, list[CodeRow]] = defaultdict(list)
    for code in data.codes:
        children[code.parent].append(code)

    def node(code: CodeRow) -> TreeNode:
        return TreeNode(
            code.name,
            code.guid,
            tuple(column.count(code.guid) for column in columns),
            code.definition if definitions else "",
            PRINT.codes[(code.colour - 1) % len(PRINT.codes)] if colours else "",
            code.core,
            tuple(node(child) for child in children[code.guid]) if code.depth + 1 != depth else (),
        )

    titles = tuple(column.title for column in columns)
    return Tree(tuple(node(code) for code in children[None]), caption, titles, "codes")


@dataclass(frozen=True, slots=True)
class TreeForm:
    """How the tree is shown: what stands beside the names, down to which level (0: all).

    ``alone``: it is all that the report is about, counts documents too, and is made to come back: a
    spreadsheet has every count in one table.
    """

    counts: bool = True
    definitions: bool = False
    colours: bool = True
    depth: int = 0
    alone: bool = False


@dataclass(frozen=True, slots=True)
class TreeParts:
    """The tree with its explanation, whether it needs pages turned sideways, and tables of further counts."""

    blocks: tuple[Block, ...]
    wide: bool = False
    apart: tuple[Section, ...] = ()


def tree_parts(data: StudyData, form: TreeForm) -> TreeParts:
    """The tree with its counts; documents, then cases get tables of their own where it gets too wide."""
    if not data.codes:
        return TreeParts((missing(_("nothing has been coded yet")),))
    numbers = data.numbers and form.counts
    whole, cases, documents = count_columns(data) if numbers else ([], [], [])
    if numbers and form.alone:
        counts = data.counts
        whole.insert(1, CountColumn(_("Documents"), lambda code: len(counts.by_source(code))))
    told = form.definitions and any(code.definition for code in data.codes)
    shown, others = _fitting(whole, cases, documents, told=told, upright=form.alone and told)
    tree = code_tree(
        data,
        columns=[*whole, *cases, *documents] if form.alone else shown,
        caption=_("Code tree with counts") if numbers else _("Code tree"),
        definitions=form.definitions,
        colours=form.colours,
        depth=form.depth,
    )
    if form.alone:
        keys = _WHOLE_KEYS if numbers else ()
        tree = replace(tree, count_keys=keys, on_pages=len(shown), returning=True)
    explained = note(
        _(
            "Counted are passages, cases first. A code counts the passages of the codes below it too, "
            "each once. The tree is a filing aid; relations stand in the coding paradigm."
        )
        if numbers
        else _("The tree is a filing aid; relations stand in the coding paradigm.")
    )
    searched = [note(line) for line in (data.searched.sentence,) if line and numbers]
    apart = tuple(
        Section(title, _wide_tables(data, title, some, form), landscape=_signs(some, told=False) > _UPRIGHT)
        for title, some in others
    )
    wide = len(shown) > len(whole) and _signs(shown, told=told) > _UPRIGHT
    return TreeParts((explained, *searched, tree), wide, apart)


_Apart = list[tuple[str, list[CountColumn]]]


def _fitting(
    whole: list[CountColumn],
    cases: list[CountColumn],
    documents: list[CountColumn],
    *,
    told: bool,
    upright: bool = False,
) -> tuple[list[CountColumn], _Apart]:
    """The columns that find room beside the tree, and those that go into tables of their own.

    ``upright``: the page is not turned for them, so that definitions have room and the title no page alone.
    """
    most = _UPRIGHT if upright else _ACROSS
    by_document, by_case = (_("Passages by document"), documents), (_("Passages by case"), cases)
    choices: tuple[tuple[list[CountColumn], _Apart], ...] = (
        ([*whole, *cases, *documents], []),
        ([*whole, *cases], [by_document]),
        (whole, [by_case, by_document]),
    )
    for shown, apart in choices:
        if _signs(shown, told=told) <= most:
            return shown, [one for one in apart if one[1]]
    return choices[-1]


def _signs(columns: Sequence[CountColumn], *, told: bool) -> int:
    """How many signs wide a table of codes with these columns wants to be."""
    longest = (max(len(part) for part in column.title.split() or [""]) for column in columns)
    return _NAME + (_DEFINITION if told else 0) + sum(max(3, length) + 2 for length in longest)


def _wide_tables(
    data: StudyData, title: str, columns: Sequence[CountColumn], form: TreeForm
) -> tuple[Block, ...]:
    tables = []
    step = _beside_names(columns)
    for at in range(0, len(columns), step):
        some = columns[at : at + step]
        rows = tuple(
            (
                cell(Run(code.name, bold=code.depth == 0), indent=code.depth),
                *(_count(column.count(code.guid)) for column in some),
            )
            for code in data.codes
            if not form.depth or code.depth < form.depth
        )
        heads = (Column(_("Code"), share=4), *(Column(column.title, "right") for column in some))
        more = f" ({some[0].title} – {some[-1].title})" if len(columns) > step else ""
        tables.append(Table(heads, rows, title + more, name=title, page_only=form.alone))
    return tuple(tables)


def _beside_names(columns: Sequence[CountColumn]) -> int:
    """How many columns a table of counts gets, so that names have room and its parts are alike in width."""
    widest = max((_signs([column], told=False) - _NAME for column in columns), default=1)
    most = max(1, min(_COLUMNS, (_ACROSS - 2 * _NAME) // widest))
    tables = max(1, -(-len(columns) // most))
    return max(1, -(-len(columns) // tables))


def _count(value: int) -> Cell:
    return number(value, text="" if value else "–")


def tree_chapter(data: StudyData) -> Section:
    """The code tree with counts per case and document."""
    parts = tree_parts(data, TreeForm())
    return Section(_("Code tree"), (*parts.blocks, *parts.apart), new_page=True, landscape=parts.wide)


def categories_chapter(data: StudyData) -> Section | None:
    """The categories in the order of the tree, or the coding guide of a content analysis."""
    if not data.template.has_paradigm:
        return _coding_guide(data) if data.codes else None
    if not data.categories:
        return Section(_("Categories"), (missing(_("no code has been made a category yet")),), new_page=True)
    sections = tuple(_category(data, code) for code in data.categories)
    return Section(_("Categories"), sections, new_page=True)


def _category(data: StudyData, code: CodeRow) -> Section:
    blocks: list[Block] = [note(data.counted(code.guid))]
    texts = {
        "definition": (code.definition, _("what this category means")),
        "delimitation": (code.delimitation, _("what does not belong to it")),
        "anchor": (code.anchor, _("an example that shows it")),
        "rule": (code.rule, _("the rule by which it is coded")),
    }
    chosen = {
        "typical": (code.typical, _("choose a typical passage")),
        "deviating": (code.deviating, _("choose a deviating passage, or say that there is none")),
    }
    after: list[Block] = []
    for one in data.template.fields:
        if one.key in texts:
            text, hint = texts[one.key]
            blocks.append(Section(str(one.name), written(text, hint), numbered=False))
        elif one.key in chosen:
            guid, hint = chosen[one.key]
            quote = cited_quote(data, guid) or missing(hint)
            after.append(Section(str(one.name), (quote,), numbered=False))
    blocks.append(Section(_("Properties"), _properties(data, code), numbered=False))
    blocks += [*after, *_links(data, code)]
    return Section(data.name(code.guid), tuple(blocks), anchor=f"code:{code.guid}")


def _links(data: StudyData, code: CodeRow) -> list[Note]:
    """What else stands in the report about the category: its relations, the codes filed under it."""
    found = []
    related = [r for r in data.relations if code.guid in (r.from_code, r.to_code) and _active(data, r.model)]
    if related:
        parts: list[str | Run] = [_("Relations:") + " "]
        for index, relation in enumerate(related):
            parts += [", "] if index else []
            parts.append(reference(f"relation:{relation.guid}", f"R{relation.number}"))
        found.append(note(*parts))
    below = [one for one in data.codes if one.parent == code.guid and one.kind != "category"]
    if below:
        below.sort(key=lambda one: (-data.counts.cases(one.guid), -data.counts.passages(one.guid)))
        names = [data.name(one.guid) for one in below[:_CONCEPTS_NAMED]]
        if data.numbers:
            passages = (data.counts.passages(one.guid) for one in below)
            names = [f"{name} {n}" for name, n in zip(names, passages, strict=False)]
        rest = len(below) - len(names)
        if rest:
            names.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
        found.append(note(_("Concepts filed here:") + " " + " · ".join(names)))
    return found


def _active(data: StudyData, model: str) -> bool:
    return any(one.guid == model and one.status == "active" for one in data.models)


def _properties(data: StudyData, code: CodeRow) -> tuple[Block, ...]:
    rows = [_property(data, one) for one in data.properties.get(code.guid, ())]
    if not rows:
        return (missing(_("name properties and their dimensions")),)
    columns = (
        Column(_("Property"), share=1.4),
        Column(_("Dimension"), share=2.2),
        Column(_("Values by case"), share=3),
    )
    return (Table(columns, tuple(rows), name=_("Properties")),)


def _property(data: StudyData, one: PropertyRow) -> tuple[Cell, ...]:
    places = list(dict.fromkeys(p for p in (one.pole_from, *one.places, one.pole_to) if p))
    dimension = Cell(runs(" – ".join(places)))
    if not places:
        dimension = cell(placeholder(_("name both poles")))
    elif not (one.pole_from and one.pole_to) and len(places) == 1:
        dimension = cell(places[0], " – ", placeholder(_("name the other pole")))
    values = _values(data, data.values.get(one.guid, ()), places)
    return cell(Run(one.name, bold=True)), dimension, cell(values or _("no value yet"))


def _values(data: StudyData, values: Sequence[ValueRow], places: list[str]) -> str:
    """A line for each case: its values in the order of the dimension, how often if more than once."""
    by_case: dict[str, Counter[str]] = defaultdict(Counter)
    for value in values:
        by_case[value.segment.case_name or value.segment.title][value.value] += 1
    order = {place: index for index, place in enumerate(places)}
    lines = []
    for case in [*(case.name for case in data.cases), *by_case]:
        counted = by_case.pop(case, None)
        if counted:
            ordered = sorted(counted, key=lambda place: (order.get(place, len(order)), place))
            often = data.numbers
            told = ", ".join(f"{v} ({counted[v]})" if often and counted[v] > 1 else v for v in ordered)
            lines.append(f"{case}: {told}")
    return "\n".join(lines)


def _coding_guide(data: StudyData) -> Section:
    """All codes with definition, anchor example and coding rule, as content analysis wants them."""
    columns = (
        Column(_("Category"), share=2),
        Column(data.template.field_name("definition") or _("Definition"), share=3),
        Column(data.template.field_name("anchor") or _("Anchor example"), share=3),
        Column(data.template.field_name("rule") or _("Coding rule"), share=2.4),
    )
    rows = tuple(_guide_row(data, code) for code in data.codes)
    table = Table(columns, rows, _("Coding guide"), "guide", name=_("Coding guide"))
    return Section(_("Coding guide"), (table,), landscape=True)


def _guide_row(data: StudyData, code: CodeRow) -> tuple[Cell, ...]:
    from qda.coding.citation import cited

    name = cell(Run(data.name(code.guid), bold=code.depth == 0), indent=code.depth)
    segment = data.segments.get(code.typical) if code.typical else None
    anchor = code.anchor or (cited(segment) if segment else "")

    def text(value: str, hint: str) -> Cell:
        return cell(value) if value.strip() else cell(placeholder(hint))

    return (
        name,
        text(code.definition, _("definition")),
        text(anchor, _("anchor example")),
        text(code.rule, _("rule")),
    )
