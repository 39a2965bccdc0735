"""A code map as the figure that canvas, files and report share, and as a report with its lines as a table."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qda.coding import code_maps, consent, paradigms
from qda.coding.citation import quoted, withheld
from qda.coding.code_maps import ItemRow, LineRow, MapRow
from qda.coding.map_things import Named, Thing, relations_named, things
from qda.coding.rows import RelationRow
from qda.errors import KnownError
from qda.i18n import LANGUAGES, N_, Language, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence
from qda.reports.figures_of import LANDSCAPE_MM, PORTRAIT_MM, badge_lines
from qda.reports.model import Block, Column, Figure, Report, Run, Section, Table, cell, note
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_language

if TYPE_CHECKING:
    from qda.figures.code_map import Box, CodeMapFigure, Face, Link

Counted = Callable[[str], tuple[int, str]]  # passages of a code, and "A 5 · B 1"
_SMALLER: Final = 1.2  # a map that much wider than a page is made smaller; a wider one is turned
_LONG: Final = 400  # letters of a memo that are looked at for a map
_STATES: Final = {"rejected": N_("rejected"), "modified": N_("modified")}
_KINDS: Final = {
    "code": N_("Code note"),
    "theoretical": N_("Theoretical note"),
    "operational": N_("Planning note"),
    "portrait": N_("Case portrait"),
    "workshop": N_("Workshop memo"),
    "literature": N_("Literature memo"),
    "reflection": N_("Reflection"),
    "diary": N_("Entry of the research diary"),
}


def map_figure(
    row: MapRow,
    found: Mapping[Named, Thing],
    relations: Mapping[str, RelationRow],
    *,
    counted: Counted | None = None,
    evidence: bool = True,
) -> "CodeMapFigure":
    """A map as plain data for the painter, in the current language; what is gone is left out.

    ``counted`` tells how often codes stand where; without it, and without ``evidence``, no figure is shown.
    """
    from qda.figures.code_map import Box, CodeMapFigure

    boxes: list[Box] = []
    for item in row.items:
        thing = found.get((item.kind, item.target))
        if item.kind and thing is None:
            continue
        boxes.append(Box(item.guid, _face(item, thing, counted), item.x, item.y))
    shown = {box.guid for box in boxes}
    codes = {item.guid: item.target for item in row.items}
    links = [
        _link(line, relations.get(line.relation or ""), codes, evidence=evidence)
        for line in row.lines
        if {line.start, line.end} <= shown
    ]
    return CodeMapFigure(row.name, tuple(boxes), tuple(links))


def _face(item: ItemRow, thing: Thing | None, counted: Counted | None) -> "Face":
    from qda.figures.code_map import Face, kind_name

    if thing is None:
        return Face("text", item.text)
    if thing.kind == "code":
        count, cases = counted(thing.guid) if counted else (None, "")
        return Face(
            "code",
            thing.name,
            subline=cases,
            remark=item.text,
            colour=thing.colour,
            in_vivo=thing.in_vivo,
            strong=thing.is_category,
            count=count,
        )
    if thing.kind == "segment":
        words = quoted(thing.words) if thing.quotable else thing.words
        return Face("segment", words=words, place=thing.note, remark=item.text)
    if thing.kind == "memo":
        parts = [_(_KINDS[thing.note]) if thing.note in _KINDS else _("Memo")]
        parts += [_("private")] if thing.private else []
        words = " ".join(thing.words[:_LONG].split())
        return Face("memo", thing.name or _("Untitled"), " · ".join(parts), words, remark=item.text)
    return Face(thing.kind, thing.name, kind_name(thing.kind), thing.words, remark=item.text)


def _link(line: LineRow, relation: RelationRow | None, codes: Mapping[str, str], *, evidence: bool) -> "Link":
    from qda.figures.code_map import Link

    if relation is None:
        return Link(line.guid, line.start, line.end, line.label, shape="head" if line.directed else "")
    start, end = line.start, line.end
    if (codes[start], codes[end]) == (relation.to_code, relation.from_code):  # it was turned since
        start, end = end, start
    known = paradigms.relation_label(relation.type, own=relation.own_type)
    parts = [f"{relation.number} {known}", line.label]
    badge = badge_lines(relation) if evidence else ()
    if relation.status in _STATES:
        badge = (*badge, _(_STATES[relation.status]))
    both = relation.type == "in_tension_with"
    shape = "bar" if relation.type == "hinders" else "head"
    label = " · ".join(part for part in parts if part)
    return Link(line.guid, start, end, label, badge, relation.status, shape, both)


def outward(row: MapRow, found: Mapping[Named, Thing], silence: Silence) -> tuple[MapRow, dict[Named, Thing]]:
    """The same map as it may leave the study: without private memos and words that may not be quoted."""
    kept = {key: _outward(thing, silence) for key, thing in found.items() if not thing.private}
    items = tuple(
        replace(item, text=silence.told(item.text))
        for item in row.items
        if not item.kind or (item.kind, item.target) in kept
    )
    left = {item.guid for item in items}
    lines = tuple(
        replace(line, label=silence.told(line.label)) for line in row.lines if {line.start, line.end} <= left
    )
    return replace(row, items=items, lines=lines), kept


def _outward(thing: Thing, silence: Silence) -> Thing:
    if thing.kind == "segment":
        return thing if thing.quotable else replace(thing, words=withheld())
    if thing.kind == "code":
        return thing
    return replace(thing, name=silence.told(thing.name), words=silence.told(thing.words))


def outward_figure(project: Project, guid: str) -> "CodeMapFigure":
    """A map for a file.

    :raises KnownError: it is gone.
    """
    from qda.coding.material import project_sheet

    row = code_maps.code_map(project, guid)
    if row is None:
        raise KnownError(_("There is nothing called “{name}”.").format(name=guid))
    found = things(project, [(item.kind, item.target) for item in row.items if item.kind])
    relations = relations_named(project, [line.relation for line in row.lines if line.relation])
    sheet = project_sheet(project)
    row, found = outward(row, found, Silence(consent.unquotable(project)))
    counted = None if sheet.hide_frequencies else _counted(project, found)
    return map_figure(row, found, relations, counted=counted, evidence=not sheet.hide_frequencies)


def _counted(project: Project, found: Mapping[Named, Thing]) -> Counted | None:
    if not any(kind == "code" for kind, _guid in found):
        return None
    return code_counts(project)


def code_counts(project: Project) -> Counted:
    """How often codes stand in which case, those filed below included; as the board counts."""
    from qda.coding import codes, material, partial
    from qda.reports.study_counts import Counts

    counts = Counts.of_places(
        codes.codes(project),
        partial.coded_places(project),
        cases=material.cases(project),
        sources=material.sources(project),
    )
    return lambda code: (counts.passages(code), counts.by_case_text(code, most=4))


# -- the report ---------------------------------------------------------------------------------------------


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The map that is named, or all of them, in the report's own language.

    :raises KnownError: there is no such map.
    """
    from qda.coding.material import project_sheet
    from qda.coding.references import resolve

    sheet = project_sheet(project)
    language: Language = chosen_language(options, sheet.language)
    wanted = options.get("map", "").strip()
    guids = [resolve(project, "code_map", wanted)] if wanted else []
    guids = guids or [row.guid for row in code_maps.map_names(project)]
    with use_language(language):
        chapters = [_chapter(outward_figure(project, guid)) for guid in guids]
        return Report(
            title=sheet.title,
            language=language,
            blocks=tuple(chapters or [note(_("There is no map yet."))]),
            subtitle=_("Code maps"),
            created=project.clock(),
            notice=notice_of(sheet),
            cover=any(one.landscape for one in chapters[:1]),  # beside a wide map a title has no room
        )


def _chapter(figure: "CodeMapFigure") -> Section:
    if not figure.boxes:
        return Section(figure.name, (note(_("Nothing lies on this map yet.")),), numbered=False)
    wide = figure.width_mm() > PORTRAIT_MM * _SMALLER
    blocks: list[Block] = [_picture(figure, LANDSCAPE_MM if wide else PORTRAIT_MM)]
    if figure.links:
        blocks.append(_lines(figure))
    blocks.append(_things(figure))
    return Section(figure.name, tuple(blocks), numbered=False, landscape=wide)


def _picture(figure: "CodeMapFigure", most: float) -> Figure:
    from qda.figures.code_map import describe
    from qda.figures.painting import to_png, to_svg

    width, alt = min(most, figure.width_mm()), describe(figure)
    svg = to_svg(figure, width_mm=width, title=figure.name, description=alt)
    return Figure(figure.name, alt, to_png(figure, width_mm=width), svg, width)


def _lines(figure: "CodeMapFigure") -> Table:
    from qda.figures.code_map import short_name

    names = figure.by_guid
    columns = (
        Column(_("From"), share=2.0),
        Column(_("What it says"), share=1.6),
        Column(_("To"), share=2.0),
        Column(_("Evidence"), share=2.0),
    )
    rows = tuple(
        (
            cell(Run(short_name(names[link.start]))),
            cell(link.label or ("→" if link.shape else "–")),
            cell(Run(short_name(names[link.end]))),
            cell(" · ".join(link.badge) or "–"),
        )
        for link in figure.links
    )
    n = len(figure.links)
    caption = ngettext("{n} line of the map", "{n} lines of the map", n).format(n=n)
    return Table(columns, rows, caption, name=_("Lines"))


def _things(figure: "CodeMapFigure") -> Table:
    from qda.figures.code_map import kind_name

    columns = (Column(_("Kind")), Column(_("Name"), share=4.6))
    rows = tuple((cell(kind_name(box.face.kind)), cell(*_told(box))) for box in figure.boxes)
    n = len(figure.boxes)
    caption = ngettext("{n} thing on the map", "{n} things on the map", n).format(n=n)
    return Table(columns, rows, caption, name=_("Things"))


def _told(box: "Box") -> list[str | Run]:
    """The name of a thing, below it what it says, and what was written to it on this map."""
    face = box.face
    words = " ".join(part for part in (face.words, f"({face.place})" if face.place else "") if part)
    told: list[str | Run] = [Run(face.title, bold=bool(words))] if face.title else []
    told += ["\n", words] if told and words else [words]
    return [*told, "\n", Run(_("On this map") + ": ", italic=True), face.remark] if face.remark else told


KIND = ReportKind(
    name="map",
    title=N_("Code maps"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("network"), N_("concept map"), N_("diagram"), N_("relations")),
    options=(
        Option("map", N_("Which map (all, if empty)")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
