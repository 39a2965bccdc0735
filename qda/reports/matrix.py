"""Tables of codes as a report: codes by documents, by cases, by codes, and over the length of the texts."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from qda.coding import matrices
from qda.coding.crossings import MEASURES, NEARNESS, Measure, Nearness
from qda.coding.matrices import Matrix, Picture, RowChoice, RowOrder, Wish
from qda.coding.references import PATH_SEPARATOR
from qda.i18n import LANGUAGES, N_, Language, _, use_language
from qda.models import Project
from qda.reports.model import (
    Block,
    Cell,
    Column,
    Figure,
    Report,
    Section,
    Table,
    cell,
    note,
    number,
    paragraph,
)
from qda.reports.pictures_of import (
    column_name,
    corner_name,
    matrix_figure,
    measure_name,
    told,
    total_measures,
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.searched import told_of_study
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language
from qda.reports.text import number_text

if TYPE_CHECKING:
    from qda.coding.along_text import Portrait, Tile
    from qda.figures.matrix import Mark
    from qda.figures.portrait import PortraitFigure

PAGE_MM: Final = (242.0, 150.0)  # what a picture may take of a page turned sideways
_LEGIBLE: Final = 1_500  # cells; of a larger table the top of the tree is shown, unless all is asked for
_MARKS: Final = ("number", "shade", "bubble")


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; UsageError for an option that means nothing."""
    from qda.coding.material import project_sheet

    language = chosen_language(options, project_sheet(project).language)
    wish = wish_of(project, options)
    with use_language(language):
        found = matrices.matrix(project, wish)
        large = wish.rows == "all" and len(found.rows) * len(found.columns) > _LEGIBLE
        if large and (options.get("rows") or "auto") == "auto":
            found = matrices.matrix(project, replace(wish, rows="top", with_children=True))
        mark = cast("Mark", options.get("mark") or "number")
        picture = chosen_flag(options, "picture", default=True)
        return report_of(project, found, language, mark=mark, picture=picture)


def wish_of(project: Project, options: Mapping[str, str]) -> Wish:
    """The table that the options ask for."""
    from qda.coding.references import resolve

    chosen, count = options.get("table") or "cases", options.get("count") or "auto"
    if count == "auto":
        count = "cases" if chosen == "codes" else "segments"
    rows, codes = options.get("rows") or "auto", [options["branch"]] if options.get("branch") else []
    if rows == "auto":
        rows = "all"
    if codes:
        rows = "branch"
    elif options.get("codes"):
        rows, codes = "chosen", [one.strip() for one in options["codes"].split(";") if one.strip()]
    return Wish(
        picture=cast(Picture, chosen),
        measure=cast(Measure, count),
        nearness=cast(Nearness, options.get("nearness") or "overlap"),
        rows=cast(RowChoice, rows),
        codes=tuple(resolve(project, "code", one) for one in codes),
        with_children=chosen_flag(options, "below", default=False),
        order=cast(RowOrder, options.get("order") or "tree"),
        columns=_columns(project, options.get("columns") or "study"),
        empty=chosen_flag(options, "empty", default=True),
        interviewer=chosen_flag(options, "interviewer", default=True),
    )


def _columns(project: Project, written: str) -> str:
    """An order of columns; a name that is none of them is that of an attribute."""
    from qda.coding.references import resolve

    known = ("study", "name", "count", "group", "kind", "case")
    return written if written in known else f"attribute:{resolve(project, 'attribute', written)}"


def report_of(
    project: Project, found: Matrix, language: Language, *, mark: "Mark" = "number", picture: bool = True
) -> Report:
    """A table as it is looked at, as a report in the current language, with its picture where it fits."""
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    words = told(found)
    if found.wish.rows == "top":
        words += " " + _("Only the top of the tree is shown.")
    if not found.wish.interviewer:
        words += " " + _("Passages in the interviewers’ turns are left out.")
    blocks: list[Block] = [paragraph(words), _table(found)]
    if picture and found.rows and found.columns:
        blocks.append(_figure(found, mark))
    if not found.hidden and (line := told_of_study(project)):
        blocks.append(note(line))
    wide = len(found.columns) > 5 or picture
    return Report(
        title=sheet.title,
        language=language,
        blocks=(Section(corner_name(found.wish), tuple(blocks), numbered=False, landscape=wide),),
        created=project.clock(),
        notice=notice_of(sheet),
        cover=False,
    )


def _table(found: Matrix) -> Table:
    wish, hidden = found.wish, found.hidden
    totals = () if hidden else total_measures(wish)
    columns = [Column(_("Code"), share=3.0)]
    columns += [Column(measure_name(one), "right") for one in totals]
    names = Counter(one.name for one in found.columns)
    for one in found.columns:
        name = column_name(one) if names[one.name] == 1 else one.path or column_name(one)
        title = f"{name} [{one.band}]" if one.band else name
        columns.append(Column(title, "centre" if hidden else "right"))
    shown = found.shown.tolist()
    cells = _Cells(hidden=hidden)
    counted = [found.row_totals[MEASURES.index(one)].tolist() for one in totals]
    heads = _row_heads(found)
    rows = [
        (
            heads[at],
            *(cells.of(one[at]) for one in counted),
            *map(cells.of, shown[at]),
        )
        for at, row in enumerate(found.rows)
    ]
    if not hidden and wish.picture != "codes" and rows:
        whole = [int(found.total[MEASURES.index(one), 0]) for one in totals]
        under = found.column_totals[MEASURES.index(wish.measure)].tolist()
        rows.append((cell(_("All together")), *map(cells.of, whole), *map(cells.of, under)))
    return Table(
        tuple(columns),
        tuple(rows),
        caption=corner_name(wish),
        name=corner_name(wish),
        heads=1 + len(totals),
    )


def _row_heads(found: Matrix) -> list[Cell]:
    """The codes of the rows: in the order of the tree below those that they are filed under, else with
    their paths, as always in spreadsheets."""
    in_tree = found.wish.order == "tree"
    known: dict[str, int] = {}
    cells = []
    for row in found.rows:
        above = row.path
        while in_tree and above and above not in known:
            above = above.rpartition(PATH_SEPARATOR)[0]
        indent = known[above] + 1 if in_tree and above else 0
        known[row.path] = indent
        words = row.path[len(above) + len(PATH_SEPARATOR) :] if indent else row.path
        cells.append(cell(words, indent=indent, colour=_chip(row.colour), apart=row.path))
    return cells


def _chip(colour: int) -> str:
    from qda.figures.painting import PRINT

    return PRINT.code(colour).name() if colour else ""


class _Cells:
    """Cells by their figure, each made once: a table of a thousand codes has a million."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._known: dict[int, Cell] = {0: Cell()}

    def of(self, count: int) -> Cell:
        """The cell that shows a count; nothing where there is none."""
        if count not in self._known:
            self._known[count] = cell("●") if self._hidden else number(count)
        return self._known[count]


def _figure(found: Matrix, mark: "Mark") -> Block:
    """The picture; a sentence where no page holds it."""
    from qda.figures.matrix import describe, natural_width_mm, size_mm
    from qda.figures.painting import to_png, to_svg

    figure = matrix_figure(found, mark if found.wish.picture != "curve" else "bars")
    if figure.mark == "number":
        figure = replace(figure, mark="shade")  # the numbers stand in the table
    width, height = size_mm(figure, min(PAGE_MM[0], natural_width_mm(figure)))
    if width > PAGE_MM[0] + 1 or height > PAGE_MM[1]:
        return note(
            _("The picture would be too large for a page; with fewer rows and columns it stands here.")
        )
    title, alt = corner_name(found.wish), describe(figure)
    png = to_png(figure, width_mm=width)
    return Figure(title, alt, png, to_svg(figure, width_mm=width, title=title, description=alt), width)


def portrait_report(
    project: Project,
    portrait: "Portrait",
    tiles: "Sequence[Tile]",
    figure: "PortraitFigure",
    language: Language,
) -> Report:
    """The codings of a document in the order of the text as a report, with the portrait."""
    from qda.coding.material import project_sheet
    from qda.figures.painting import to_png, to_svg
    from qda.figures.portrait import describe

    title, alt, width = _("Portrait of “{title}”").format(title=portrait.title), describe(figure), 156.0
    numbers, starts = [one for one, _at in portrait.paragraphs], [at for _one, at in portrait.paragraphs]
    rows = []
    for at, one in enumerate(tiles, 1):
        place = bisect_right(starts, one.start) - 1
        share = 100 * (one.stop - one.start) / max(1, portrait.length)
        rows.append(
            (
                number(at),
                cell(one.path, colour=_chip(one.colour)),
                cell(numbers[place] if place >= 0 else ""),
                number(one.start),
                number(one.stop),
                number(round(share, 2), text=number_text(share, language)),
            )
        )
    columns = (
        Column(_("No."), "right", 0.5),
        Column(_("Code"), share=3.0),
        Column(_("Paragraph")),
        Column(_("From character"), "right"),
        Column(_("To"), "right"),
        Column(_("Per cent of the text"), "right"),
    )
    sheet = project_sheet(project)
    svg = to_svg(figure, width_mm=width, title=title, description=alt)
    picture = Figure(title, alt, to_png(figure, width_mm=width), svg, width)
    table = Table(columns, tuple(rows), caption=title, name=portrait.title)
    return Report(
        title=sheet.title,
        language=language,
        blocks=(Section(title, (picture, table), numbered=False),),
        created=project.clock(),
        notice=notice_of(sheet),
        cover=False,
    )


_TABLES: Final = (
    N_("Codes × documents"),
    N_("Codes × cases"),
    N_("Codes × codes"),
    N_("Codes over the text"),
)
_COUNTS: Final = {
    "auto": N_("As it fits"),
    "cases": N_("Cases"),
    "documents": N_("Documents"),
    "segments": N_("Passages"),
}
_MEETS: Final = {
    "overlap": N_("where they overlap"),
    "paragraph": N_("in one paragraph"),
    "turn": N_("in one turn"),
    "near": N_("at most a paragraph apart"),
}
_ROWS: Final = (N_("As it fits"), N_("All codes"), N_("The top of the tree"))
_ORDERS: Final = (N_("As in the tree"), N_("By count"), N_("By name"))
_MARK_WORDS: Final = (N_("Numbers"), N_("Shades"), N_("Bubbles"))


def _options() -> tuple[Option, ...]:
    nearness: Any = tuple(NEARNESS)
    meets = tuple(_MEETS[one] for one in nearness)
    counts = ("auto", *MEASURES)
    return (
        Option("table", N_("Table"), "choice", "cases", matrices.PICTURES, _TABLES),
        Option(
            "count", N_("What cells count"), "choice", "auto", counts, tuple(_COUNTS[one] for one in counts)
        ),
        Option("nearness", N_("Codes that meet: by"), "choice", "overlap", nearness, meets),
        Option("rows", N_("Rows"), "choice", "auto", ("auto", "all", "top"), _ROWS),
        Option("branch", N_("Only this branch"), "code"),
        Option("codes", N_("Only these codes (with ;)")),
        Option("below", N_("Codes count those below them"), "flag", "no", ("yes", "no")),
        Option("order", N_("Order of rows"), "choice", "tree", ("tree", "count", "name"), _ORDERS),
        Option("columns", N_("Order of columns")),
        Option("empty", N_("Empty rows and columns, too"), "flag", "yes", ("yes", "no")),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
        Option("mark", N_("Cells of the picture"), "choice", "shade", _MARKS, _MARK_WORDS),
        Option("picture", N_("With a picture"), "flag", "yes", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    )


KIND = ReportKind(
    name="matrix",
    title=N_("Table of codes"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(
        N_("code × document"),
        N_("code × case"),
        N_("code × code"),
        N_("matrix"),
        N_("co-occurrence"),
        N_("crosstab"),
        N_("curve"),
        N_("frequencies"),
    ),
    options=_options(),
)
