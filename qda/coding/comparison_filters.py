"""What of a case comparison is looked at: only here, in all, at another place of a dimension."""

from dataclasses import dataclass, replace

from qda.coding.case_comparison import Cell, Comparison, Flag, Row


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many codes (or properties) of the rows there are, and how many with each flag.

    ``only`` counts by case (GUID) what occurs there alone; cases without any are not in it.
    """

    every: int
    only: dict[str, int]
    in_all: int
    different: int

    @property
    def only_here(self) -> int:
        """How many occur in one case alone."""
        return sum(self.only.values())


def tallies(found: Comparison) -> Tallies:
    """Counts what the filters would leave, each code once."""
    if any(row.kind == "property" for row in found.rows):
        return _of_properties(found)
    codes = {code for row in found.rows for code in row.codes}
    only: dict[str, int] = {}
    for code in codes:
        where = found.where.get(code, frozenset())
        if len(where) == 1:
            (case,) = where
            only[case] = only.get(case, 0) + 1
    every = len(found.columns)
    in_all = sum(len(found.where.get(code, ())) == every for code in codes) if every else 0
    different = {code.guid for cell in found.cells.values() for code in cell.codes if code.different}
    return Tallies(len(codes), only, in_all, len(different))


def _of_properties(found: Comparison) -> Tallies:
    only: dict[str, int] = {}
    for row in found.rows:
        if "only_here" in row.flags:
            case = next(one.guid for one in found.columns if found.cell(row.key, one.guid).values)
            only[case] = only.get(case, 0) + 1
    in_all = sum("in_all" in row.flags for row in found.rows)
    return Tallies(len(found.rows), only, in_all, sum("different" in row.flags for row in found.rows))


def filtered(found: Comparison, flag: Flag, *, case: str | None = None) -> Comparison:
    """Only what has a flag: rows without it go, and of the others the codes without it.

    ``case`` (GUID): only what is so in this case.
    """
    cells, rows = {}, []
    for row in found.rows:
        if flag not in row.flags:
            continue
        here = {one.guid: _narrowed(row, found.cell(row.key, one.guid), flag) for one in found.columns}
        told = here[case] if case is not None and case in here else None
        if told is None or (told.values if row.kind == "property" else told.codes):
            if flag == "only_here" and told is not None and row.kind != "property":
                here = {guid: one if guid == case else _without_codes(one) for guid, one in here.items()}
            rows.append(row)
            cells.update({(row.key, guid): one for guid, one in here.items() if not one.empty})
    return replace(found, rows=tuple(rows), cells=cells)


def _narrowed(row: Row, cell: Cell, flag: Flag) -> Cell:
    if row.kind == "property":
        return cell
    some = tuple(one for one in cell.codes if getattr(one, flag))
    return replace(cell, codes=some)


def _without_codes(cell: Cell) -> Cell:
    return replace(cell, codes=())
