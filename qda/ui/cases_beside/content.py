"""What a cell and the head of a row say, as plain data; the painter and the readers of screens share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.case_comparison import CodeLook, Comparison, Row, ValueHere
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.comparison_quotations import Quoted
from qda.coding.rows import CaseRow, SegmentRow
from qda.coding.story_text import Plain, parse, words_of
from qda.i18n import _, ngettext
from qda.ui.cases_beside.reading import Read
from qda.ui.transcript.margin import shown_name

ATTRIBUTES: Final = "attributes"  # key of the row of the cases' features
_NAMED: Final = 2  # codes that the head of a row names


@dataclass(frozen=True, slots=True)
class Chip:
    """A code: its name, the figure behind it (empty: none), and whether it has no passage here."""

    code: str
    name: str
    colour: int
    italic: bool
    figure: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of the summary; ``segment`` is the passage (GUID) that it refers to, if any."""

    words: str
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A cell. ``quotable``: there are passages to choose from; ``lines`` are features, one a line."""

    chips: tuple[Chip, ...] = ()
    values: str = ""
    chosen: SegmentRow | None = None
    deviating: SegmentRow | None = None
    against: str = ""
    summary: tuple[Written, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    quotable: bool = False
    is_open: bool = False

    @property
    def told(self) -> str:
        """The cell in words."""
        parts = [f"{name}: {value}" for name, value in self.lines]
        for chip in self.chips:
            behind = _("no passage") if chip.hollow else chip.figure
            parts.append(f"{chip.name} {behind}".strip())
        parts += [self.values] if self.values else []
        if self.chosen is not None:
            parts.append(quotation_told(self.chosen))
        if self.deviating is not None:
            parts.append(_("most deviating: {quotation}").format(quotation=quotation_told(self.deviating)))
        if self.summary:
            words = "".join(one.words for one in self.summary)
            parts.append(_("Summary: {words}").format(words=words))
        return "; ".join(parts) if parts else _("nothing here")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row: its name, what of it is meant, what is to be looked at."""

    name: str
    part: str
    notes: tuple[str, ...]  # the first may take two lines
    more: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The head in words."""
        return "; ".join(one for one in (self.name, self.part, *self.notes, *self.more) if one)


def quotation_told(row: SegmentRow) -> str:
    """A passage with its place."""
    return f"{quoted(spoken(row))} {paragraphs_cited(row)}"


def case_title(name: str) -> str:
    """How a column is called: "Case A", or a longer name as it is."""
    return _("Case {name}").format(name=name) if len(name) <= _NAMED else name


# -- heads --------------------------------------------------------------------------------------------------


def head_of(read: Read, row: Row) -> Head:
    """The head of a row of the table."""
    found = read.shown
    notes = []
    if row.different and row.kind != "property":
        notes.append(_("different: {names}").format(names=", ".join(row.different)))
    elif row.different:
        notes.append(_("different places"))
    more = _where(found, row) if len(found.columns) > 1 and row.kind == "slot" else []
    return Head(row.name, row.part_name, tuple(notes), tuple(more))


def _where(found: Comparison, row: Row) -> list[str]:
    """What stands in one case alone or in all, of a slot."""
    every = len(found.columns)
    here = {code: found.where.get(code, frozenset()) for code in row.codes}
    shared = [code for code, cases in here.items() if len(cases) == every]
    lines = []
    if every == 2:
        for column in found.columns:
            only = [code for code, cases in here.items() if cases == {column.guid}]
            if only:
                words = _("only in {case}: {names}")
                lines.append(words.format(case=column.name, names=_names(found, only)))
        if not shared and any(here.values()):
            lines.append(_("no code in both"))
    elif shared:
        lines.append(_("in all: {names}").format(names=_names(found, shared)))
    elif any(here.values()):
        lines.append(_("no code in all"))
    return lines


def _names(found: Comparison, codes: Sequence[str]) -> str:
    names = [name_of(found.looks[code]) for code in codes]
    left = len(names) - _NAMED
    if left > 0:
        names[_NAMED:] = [ngettext("{n} more", "{n} more", left).format(n=left)]
    return ", ".join(names)


def name_of(look: CodeLook) -> str:
    """A code's name as people see it."""
    return shown_name(look.name, look.in_vivo)


# -- cells --------------------------------------------------------------------------------------------------


def content_of(read: Read, row: Row, case: str, *, is_open: bool, quoted_here: Quoted | None) -> Content:
    """What a cell says; ``quoted_here``: the quotations of an open one, once they are known."""
    found = read.shown
    cell = found.cell(row.key, case)
    figures = {code.guid: str(code.count) if read.counted else "" for code in cell.codes}
    codes: Sequence[str] = list(figures)
    if is_open:  # also what other cases have
        others = {one.guid for column in found.columns for one in found.cell(row.key, column.guid).codes}
        codes = [code for code in row.codes if code in others]
    chips = tuple(_chip(found.looks[code], code, figures.get(code)) for code in codes)
    chosen = read.chosen.get(cell.chosen) if cell.chosen else None
    values = ""
    if is_open or row.kind == "property":
        values = _values(cell.values, alone=row.kind == "property")
    return Content(
        chips,
        values,
        chosen,
        quoted_here.deviating if quoted_here and is_open else None,
        quoted_here.against if quoted_here else "",
        written(cell.summary),
        quotable=cell.passages > 0,
        is_open=is_open,
    )


def _chip(look: CodeLook, code: str, figure: str | None) -> Chip:
    return Chip(code, name_of(look), look.colour, look.in_vivo, figure or "", figure is None)


def _values(values: Sequence[ValueHere], *, alone: bool) -> str:
    if alone:
        return ", ".join(place for one in values for place in one.places)
    return " · ".join(f"{one.name}: {', '.join(one.places)}" for one in values)


def written(body: str) -> tuple[Written, ...]:
    """A summary in pieces: text, and references to passages."""
    found = []
    for part in parse(body):
        segment = "" if isinstance(part, Plain) or part.kind != "segment" else part.target
        found.append(Written(part.words, segment))
    return tuple(found)


def plain(body: str) -> str:
    """A summary as it is read."""
    return words_of(body)


def features_of(case: CaseRow | None, *, is_open: bool) -> Content:
    """The features of a case; closed, its answers alone are shown."""
    if case is None:
        return Content(is_open=is_open)
    some = [(one.name, one.value) for one in case.values if one.value and not one.missing]
    return Content(lines=tuple(some), is_open=is_open)
