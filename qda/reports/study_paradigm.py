"""The chapter of the report of a study about the coding paradigm: picture, slots, relations, evidence."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import product

from qda.coding import paradigms, templates, theory
from qda.coding.citation import may_quote, paragraphs_cited, spoken, withheld
from qda.coding.rows import EvidenceRow, ModelRow, PlacementRow, RelationRow
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
    paragraph,
    placeholder,
    reference,
    runs,
)
from qda.reports.study_data import StudyData
from qda.reports.study_words import EVIDENCE_KINDS, POLARITIES, STATES, day, missing, word


def paradigm_chapter(data: StudyData) -> Section | None:
    """Every active model; those given up are named. None for a content analysis without a model."""
    active = [model for model in data.models if model.status == "active"]
    given_up = [model for model in data.models if model.status != "active"]
    if not active and not data.template.has_paradigm:
        return None
    blocks: list[Block] = []
    if not active:
        blocks.append(missing(_("name a phenomenon and lay out the coding paradigm around it")))
    elif len(active) == 1:
        blocks += model_blocks(data, active[0])
    else:
        blocks += [Section(model.name, tuple(model_blocks(data, model))) for model in active]
    if given_up:
        blocks.append(Section(_("Models given up"), tuple(_given_up(data, model) for model in given_up)))
    return Section(_("Coding paradigm"), tuple(blocks), new_page=True)


def _given_up(data: StudyData, model: ModelRow) -> Block:
    phenomenon = data.name(model.phenomenon) if model.phenomenon else "–"
    return paragraph(Run(model.name, bold=True), " – ", _("phenomenon: {name}").format(name=phenomenon))


def model_blocks(data: StudyData, model: ModelRow, *, slots: Block | None = None) -> list[Block]:
    """A model: figure, codes in their places, relations and evidence; ``slots`` come before the figure."""
    if not model.phenomenon:
        return [missing(_("name the phenomenon of “{name}”").format(name=model.name))]
    placed = data.placed(model)
    origin = templates.template(data.project, model.template)
    intro: list[Block] = [
        paragraph(Run(_("Phenomenon:") + " ", bold=True), _code_run(data, model.phenomenon)),
        note(f"{data.counted(model.phenomenon)} · {_('Template: {name}').format(name=origin.name)}"),
    ]
    figure_anchor, table_anchor = f"model:{model.guid}", f"relations:{model.guid}"
    picture = paradigm_picture(placed, caption=model.name, anchor=figure_anchor)
    blocks: list[Block] = intro if slots is None else [*intro, slots]
    shown: list[Block] = []
    if picture:
        shown.append(picture)
        rejected = sum(relation.status == "rejected" for relation in placed.relations)
        if rejected:
            told = ngettext(
                "{n} rejected relation is not drawn; it is among the results in ",
                "{n} rejected relations are not drawn; they are among the results in ",
                rejected,
            )
            shown.append(note(told.format(n=rejected), reference(table_anchor), "."))
    upright = picture is not None and picture.width < LANDSCAPE_MM
    blocks += shown if upright else []
    blocks.append(Section(_("Codes in their places"), (_places(data, model, placed.placements),)))
    if picture and not upright:  # behind the table, so that the page above does not stay empty
        blocks.append(Section(_("Diagram"), tuple(shown), landscape=True))
    if placed.relations:
        relations = _relations(data, model, placed.relations, table_anchor)
        blocks.append(Section(_("Relations"), (relations,)))
        pieces = tuple(_evidence(data, one) for one in placed.relations)
        blocks.append(Section(_("Evidence"), (*pieces, _evidence_sheet(data, placed.relations))))
    else:
        blocks.append(missing(_("state relations between the codes")))
    return blocks


def _code_run(data: StudyData, code: str) -> Run:
    return Run(data.name(code), link=f"code:{code}")


def _places(data: StudyData, model: ModelRow, placements: Sequence[PlacementRow]) -> Table:
    """The slots with their codes, as a table."""
    here: dict[str, list[PlacementRow]] = defaultdict(list)
    for row in placements:
        here[row.slot].append(row)
    rows: list[tuple[Cell, ...]] = []
    for slot in model.slots:
        if slot.role == "phenomenon":
            continue
        rows.append((Cell(runs(Run(slot.name, bold=True)), span=3),))
        order = {term.key: index for index, term in enumerate(paradigms.addressees())}
        for row in sorted(here[slot.guid], key=lambda one: order.get(one.addressee, len(order))):
            where = [paradigms.level_name(row.level)] if row.level else []
            where += [paradigms.addressee_name(row.addressee)] if row.addressee else []
            rows.append(
                (
                    Cell(runs(_code_run(data, row.code)), indent=1),
                    cell(", ".join(where)),
                    cell(data.counted(row.code)),
                )
            )
        if not here[slot.guid]:
            rows.append((cell(_("No code yet"), indent=1), cell(), cell()))
    columns = (
        Column(_("Code"), share=3),
        Column(_("Level or addressee"), share=1.7),
        Column(_("Cases and passages") if data.numbers else _("Cases"), share=4.0),
    )
    caption = _("{model}: codes in their places").format(model=model.name)
    return Table(columns, tuple(rows), caption, name=_("Codes in their places"))


def type_sentence(data: StudyData, relation: RelationRow) -> str:
    """Relation in the words of its type: "Backing from the top → furthers → offices take part"."""
    kind = paradigms.relation_label(relation.type, own=relation.own_type)
    return f"{data.name(relation.from_code)} → {kind} → {data.name(relation.to_code)}"


def _relations(data: StudyData, model: ModelRow, relations: Sequence[RelationRow], anchor: str) -> Table:
    rows = []
    for relation in relations:
        statement = Run(relation.statement) if relation.statement else placeholder(_("state it in words"))
        holds = "\n".join(condition.words for condition in relation.conditions) or "–"
        rows.append(
            (
                cell(reference(f"relation:{relation.guid}", f"R{relation.number}")),
                cell(statement, "\n", type_sentence(data, relation)),
                cell(holds),
                cell("\n".join(data.badge(relation))),
                cell(word(STATES, relation.status)),
            )
        )
    columns = (
        Column(_("No."), share=0.5),
        Column(_("Statement and type"), share=3.7),
        Column(_("Holds when"), share=3),
        Column(_("Evidence"), share=2.5),
        Column(_("State"), share=1.1),
    )
    caption = _("{model}: relations with their evidence").format(model=model.name)
    return Table(columns, tuple(rows), caption, anchor, name=_("Relations"))


def _evidence_sheet(data: StudyData, relations: Sequence[RelationRow]) -> Table:
    """All evidence for a spreadsheet, a row for each passage; pieces of several passages repeat the rest."""
    rows = []
    for relation in relations:
        for piece in data.evidence.get(relation.guid, ()):
            for one in piece.segments:
                rows.append(
                    (
                        cell(f"R{relation.number}"),
                        cell(relation.statement or type_sentence(data, relation)),
                        cell(word(POLARITIES, piece.polarity)),
                        cell(word(EVIDENCE_KINDS, piece.kind)),
                        cell(one.case_name or ""),
                        cell(spoken(one) if may_quote(one) else withheld()),
                        cell(paragraphs_cited(one)),
                        cell(piece.note),
                        cell(piece.coder),
                        cell(day(piece.created)),
                    )
                )
    columns = (
        Column(_("No."), share=0.5),
        Column(_("Relation"), share=2.4),
        Column(_("Polarity")),
        Column(_("Kind")),
        Column(_("Case"), share=0.6),
        Column(_("Passage"), share=5),
        Column(_("Place"), share=1.6),
        Column(_("Note"), share=2.4),
        Column(_("By"), share=0.6),
        Column(_("Date"), share=1.2),
    )
    return Table(columns, tuple(rows), name=_("Evidence"), sheet_only=True)


def _evidence(data: StudyData, relation: RelationRow) -> Section:
    title = relation.statement or type_sentence(data, relation)
    facts = [word(STATES, relation.status), *data.badge(relation)]
    blocks: list[Block] = [note(type_sentence(data, relation), "\n", " · ".join(facts))]
    if relation.conditions:
        words = "; ".join(condition.words for condition in relation.conditions)
        blocks.append(paragraph(Run(_("Holds when:") + " ", bold=True), words))
    pieces = data.evidence.get(relation.guid, ())
    given = Counter(piece.coder for some in data.evidence.values() for piece in some)
    usual = given.most_common(1)[0][0] if given else ""
    for polarity, kind in product(POLARITIES, EVIDENCE_KINDS):
        some = [piece for piece in pieces if (piece.polarity, piece.kind) == (polarity, kind)]
        if some:
            head = f"{word(POLARITIES, polarity)} – {word(EVIDENCE_KINDS, kind)}"
            quotes = tuple(block for piece in some for block in _piece(piece, usual=usual))
            blocks.append(Section(head, quotes, numbered=False))
    for one in theory.counter_searches(data.project, relation.guid):
        text = [_("in case {case}").format(case=one.case_name)] if one.case else []
        text += [data.silence.told(one.note)] if one.note else []
        text.append(_("{coder}, {day}").format(coder=one.coder, day=day(one.created)))
        blocks.append(paragraph(Run(_("Searched, found none:") + " ", bold=True), " · ".join(text)))
    if not pieces and not relation.searched:
        blocks.append(missing(_("give evidence, for or against")))
    return Section(f"R{relation.number}: {title}", tuple(blocks), f"relation:{relation.guid}")


def _piece(piece: EvidenceRow, *, usual: str) -> list[Block]:
    """The passages of a piece of evidence, and its note; whose it is unless it is of the usual person."""
    quotes: list[Block] = [quotation(one) for one in piece.segments]
    n = len(quotes)
    told = []
    if n > 1:
        told.append(ngettext("{n} passage together", "{n} passages together", n).format(n=n))
    told += [piece.note] if piece.note else []
    told += [_("given by {coder}").format(coder=piece.coder)] if piece.coder != usual else []
    return [*quotes, note(" · ".join(told))] if told else quotes
