"""What the columns of a survey seem to be: the case, open answers, attributes of four kinds, or noise.

A guess by names and values, shown to a person, who can decide otherwise. Addresses and what survey tools
write of their own (times, tokens, browsers) are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qda.coding.attributes import AttributeKind, parse_value
from qda.coding.case_values import same_name
from qda.errors import KnownError
from qda.exchange.tables_in import Table

Role = Literal["case", "text", "attribute", "left_out"]
_CASE_NAME: Final = re.compile(
    r"(?:case|fall|f[aä]lle|id|nr|no|name|code|codename|pseudonym|participant|teilnehmer(?:in)?|respondent"
    r"|record|person|proband(?:in)?|befragte[rn]?|interview|lfdn|vpn?|subject|response|antwort|fragebogen"
    r"|case[ _]?name)(?:[ _.-]*(?:id|nr|no|nummer|number|code|name))?\.?",
    re.IGNORECASE,
)
# What survey tools write of their own; addresses tell who somebody is.
_TECHNICAL: Final = re.compile(
    r"(?:start|end|recorded|submit|completion)[ _]?(?:dat[eu]m?|time|zeit)|(?:zeit|time)stempel|timestamp"
    r"|datestamp|bearbeitungszeit|last ?page|letzte seite|start(?:language|sprache)|seed|token|duration.*"
    r"|progress|finish.*|status|ip[ _-]?(?:address|adresse)?|ipaddr|user[ _-]?agent|browser|refurl|quality"
    r"|interviewtime|grouptime\d*|location(?:latitude|longitude)|latitude|longitude|distributionchannel"
    r"|userlanguage|externalreference|recipient(?:lastname|firstname|email)|e-?mail.*|collector[ _]?id"
    r"|dispcode",
    re.IGNORECASE,
)
_WEB: Final = re.compile(r"https?://\S+|\S+@\S+\.\S+|\d{1,3}(?:\.\d{1,3}){3}")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column seems to be; ``kind`` and ``choices`` hold for an attribute.

    ``filled`` cells have something in them, ``different`` counts what.
    """

    name: str
    role: Role
    kind: AttributeKind = "text"
    choices: tuple[str, ...] = ()
    filled: int = 0
    different: int = 0


def guess_columns(table: Table) -> tuple[ColumnGuess, ...]:
    """What each column seems to be: the case, an open answer, an attribute, or to be left out."""
    case = _case_column(table)
    return tuple(
        ColumnGuess(name, "case", filled=len(table.rows), different=len(table.rows))
        if at == case
        else _guessed(name, [row[at].strip() for row in table.rows], point=name in table.numeric)
        for at, name in enumerate(table.columns)
    )


def has_open_answers(table: Table) -> bool:
    """True where a column seems to hold open answers: then the table is a survey."""
    return any(guess.role == "text" for guess in guess_columns(table))


def guess_kind(cells: Sequence[str], *, point: bool = False) -> tuple[AttributeKind, tuple[str, ...]]:
    """The kind of an attribute by its values, with the choices of a choice.

    ``point``: a point in its numbers is a decimal point.
    """
    filled = [cell for cell in cells if cell]
    coded = any(re.fullmatch(r"[+-]?0\d+", cell) for cell in filled)  # 007 is no number
    kinds: tuple[AttributeKind, ...] = ("date",) if coded else ("number", "date")
    for kind in kinds:
        if filled and all(_fits(kind, cell, point=point) for cell in filled):
            return kind, ()
    different = tuple(dict.fromkeys(filled))
    lower = {same_name(one).casefold() for one in different}
    if len(lower) == len(different) and 1 < len(different) <= 12 and 2 * len(different) <= len(filled):
        return "choice", tuple(same_name(one) for one in different)
    return "text", ()


def _fits(kind: str, cell: str, *, point: bool) -> bool:
    try:
        parse_value(kind, cell, point=point)
    except KnownError:
        return False
    return len(cell) <= 30


def _case_column(table: Table) -> int | None:
    """The column that names the cases: short, all different, and called so, or the first one."""
    fitting = [at for at in range(len(table.columns)) if _may_name(table, at)]
    called = [at for at in fitting if _CASE_NAME.fullmatch(table.columns[at].strip())]
    if called:
        return called[0]
    return 0 if 0 in fitting and not _is_technical(table.columns[0], table.column(table.columns[0])) else None


def _may_name(table: Table, at: int) -> bool:
    cells = [same_name(row[at]) for row in table.rows]
    called = _CASE_NAME.fullmatch(table.columns[at].strip()) is not None
    if not all(cells) and not (called and sum(map(bool, cells)) >= 0.8 * len(cells)):
        return False
    named = [cell for cell in cells if cell]
    if not named or len(set(named)) < len(named) or max(map(len, named)) > 60:
        return False
    return called or (at == 0 and sum(map(len, named)) / len(named) <= 30 and not all(map(_is_date, named)))


def _is_date(cell: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{2,4}", cell) is not None


def _guessed(name: str, cells: Sequence[str], *, point: bool) -> ColumnGuess:
    filled = [cell for cell in cells if cell]
    different = len(set(filled))
    if not filled or _is_technical(name, filled):
        return ColumnGuess(name, "left_out", filled=len(filled), different=different)
    words = sum(len(cell.split()) for cell in filled) / len(filled)
    longest = max(map(len, filled))
    long = words >= 5 or (words >= 3 and longest >= 60)
    if long and longest >= 40 and (different >= 0.6 * len(filled)):
        return ColumnGuess(name, "text", filled=len(filled), different=different)
    kind, choices = guess_kind(filled, point=point)
    return ColumnGuess(name, "attribute", kind, choices, len(filled), different)


def _is_technical(name: str, cells: Sequence[str]) -> bool:
    if _TECHNICAL.fullmatch(name.strip()):
        return True
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_WEB.fullmatch(cell) for cell in filled)
