"""The openings of turns: for each family, how a label looks at the beginning of a line.

Every family is one function of a line; which family a document follows is decided elsewhere. Blanks are
matched possessively, so that no line, however odd, takes long.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from qda.exchange import labels
from qda.exchange.marks import ANY, CLOCK, DELIMITED, Mark

Family = Literal[
    "label-colon",
    "label-time",
    "time-label",
    "bold",
    "heading",
    "label-line",
    "bracket",
    "table",
    "columns",
    "bold-questions",
    "voices",
    "none",
]
FAMILIES: Final[tuple[Family, ...]] = (
    "label-colon",
    "label-time",
    "time-label",
    "bold",
    "heading",
    "label-line",
    "bracket",
    "table",
    "columns",
    "bold-questions",
    "voices",
    "none",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``gap`` is true where a blank line (or the beginning) stands before it.

    ``note``: of a footnote; ``below``: a further line of the paragraph or cell that the line before begins;
    ``apart``: the looks (bold, italic, underline) that the whole line has.
    """

    text: str
    bold: int = 0
    heading: int = 0
    row: bool = False
    gap: bool = True
    note: bool = False
    below: bool = False
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """The label at the beginning of a line: ``line[start:stop]`` ends where the spoken text begins."""

    label: str
    start: int
    stop: int
    marks: tuple[Mark, ...] = ()
    time_first: bool = False
    emphasised: bool = False
    alone: bool = False  # nothing is spoken on this line
    headed: bool = False
    colon: bool = False


_B: Final = r"[^\S\n]"  # a blank, no-break blanks included
# A messenger's date and time: 03.04.21, 10:15 - or [4/3/21, 10:15:03 PM]. No time of a recording.
_STAMP: Final = (
    rf"\[?(?:\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)|\d{{4}}-\d\d-\d\d),?{_B}"
    rf"{CLOCK}(?:{_B}?[AaPp]\.?[Mm]\.?)?(?:\]{_B}*+|{_B}++[-–]{_B}++)"
)
_PREFIX: Final = rf"{_B}*+(?:(?:#{{1,6}}|>|[-*•–]){_B}++|{_STAMP})?"
_GENDER: Final = r"[*:_](?:innen|in|r|n|INNEN|IN|R|N)(?![^\W\d_])"  # Interviewer:in, Befragte*r
_LABEL: Final = (
    r"(?P<label>[^\W\d_][^\n:：\t\[\]{}<>*#;!?\"„“]{0,45}?"
    rf"(?:(?<=[^\W\d_]{{4}}){_GENDER}(?:[ ]?\d{{1,3}}(?!\d|:\d))?)?(?:(?<![^\W\d_]{{4}})\?(?=:))?)"
)
_EM: Final = r"(?:\*\*\*?|__|\*|_)"
_TO: Final = rf"(?(chat){_B}++(?i:to|an|à){_B}++[^:\n]{{1,40}}?)"  # From Anna to Everyone:
_COLON: Final = re.compile(
    rf"(?:(?P<t1>{ANY}){_B}*+(?:(?P<chat>From|Von){_B}++)?)?(?P<em>{_EM})?(?P<t1b>{DELIMITED}{_B}*+)?{_LABEL}(?:{_TO})??{_EM}?{_B}*+"
    rf"(?P<t2>{ANY})?{_B}*+{_EM}?{_B}*+(?P<colon>[:：]){_EM}?{_B}*+(?P<t3>{ANY})?{_EM}?{_B}*+"
)
_BOLD: Final = re.compile(
    rf"(?:(?P<t1>{ANY}){_B}*+)?(?P<em>\*\*\*?|__)(?P<t1b>{DELIMITED}{_B}*+)?{_LABEL}{_B}*+(?P<t2>{ANY})?{_B}*+"
    rf"(?:\*\*\*?|__){_B}*+(?P<t3>{DELIMITED}|{ANY}(?={_B}*+$))?{_B}*+"
)
_ALONE: Final = re.compile(
    rf"(?:(?P<t1>{ANY}){_B}++(?:[-–—|·]{_B}++)?)?(?P<em>{_EM})?{_LABEL}{_EM}?"
    rf"(?:{_B}++(?:[|·-]{_B}*+)?(?P<t3>{ANY}))?{_EM}?{_B}*+$"
)
_BRACKET: Final = re.compile(
    rf"(?:(?P<t1>{ANY}){_B}*+)?[\[<{{](?:v{_B})?{_LABEL}(?:{_B}++(?P<t2>{ANY}))?[\]>}}](?P<colon>[:：])?{_B}*+"
    rf"(?P<t3>{ANY})?{_B}*+"
)
_COLUMNS: Final = re.compile(
    rf"(?P<t1>{ANY}){_B}++(?P<label>[A-ZÄÖÜ]{{1,3}}\d{{0,3}}|(?:Speaker|Sprecher(?:in)?|Person)[ _]?\d{{1,2}}"
    rf"|Interviewer(?:in)?|Befragte[r]?|Moderator(?:in)?)(?:{_B}++|$)"
)
_WIDE: Final = re.compile(
    rf"(?:(?P<t1>{ANY}){_B}++)?(?:(?P<label>[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{{0,3}}\d{{0,3}}\.?)"
    rf"(?:[ ]\[(?:v|t|txt)\]{_B}|[ ]{{2}}|\t)|(?P<letter>[QA][.)]){_B}){_B}*+(?=\S)"
)
_DASH: Final = re.compile(
    rf"(?:(?P<t1>{DELIMITED}){_B}*+)?{_LABEL}(?:{_B}++(?P<t2>{DELIMITED}))?"
    rf"(?:{_B}++[-–—|]{_B}++|{_B}*+(?:--|—|>){_B}*+)(?=\S)"
)
_FAR: Final = 90  # where a label and its time end, at the latest
_TIMED: Final = re.compile(r"[#\[({<]\s*#?\d")
_DASHES: Final = re.compile(r"[-–—|>]")
_BEHIND: Final = re.compile(rf"{_LABEL}{_B}++(?P<t2>{DELIMITED}){_B}++(?=\S)")
_PARENTHESES: Final = re.compile(
    rf"(?:(?P<t1>{ANY}){_B}*+)?[(»«](?P<label>[^()»«\n]{{1,20}})[)«»](?P<colon>[:：])?{_B}*+"
)
_SPLIT_GENDER: Final = re.compile(rf"(?<=[^\W\d_]){_GENDER}")
_TIME_CELL: Final = re.compile(rf"\s*{ANY}\s*")
_TIME_BEHIND: Final = re.compile(rf"\s*+({ANY})\s*$")
_TIER: Final = re.compile(r"(?P<label>.{1,20}?) ?\[(?P<tier>[a-z]{1,4})\]")  # HIAT: INT [v]
_SPOKEN_TIERS: Final = ("v", "t", "txt")  # [k], [nv], [sup] tell of the words and are none
_COUNT_CELL: Final = re.compile(r"\s*\d*[.)]?\s*")
_FULL_PREFIX: Final = re.compile(_PREFIX)

Matcher = Callable[[Line], Opening | None]


def _colon(line: Line) -> Opening | None:
    near = line.text[: 2 * _FAR]
    if ":" not in near and "：" not in near:
        return None
    begin, headed = _after_prefix(line)
    found = _COLON.match(line.text, begin)
    if found is None:
        return None
    rest = line.text[found.end("colon") :]
    glued = rest[:1]
    if len(found["label"]) > 4 and _SPLIT_GENDER.match(line.text, found.start("colon")):
        return None  # Interviewer:in, and the label has another end
    if rest.startswith("//") and found["label"].lower() in ("http", "https"):
        return None
    if (glued.isdigit() and not found["t3"]) or rest.startswith((")", "//www")):
        return None
    return _opening(line, found, headed=headed, colon=True)


def _bold(line: Line) -> Opening | None:
    begin, headed = _after_prefix(line)
    found = _BOLD.match(line.text, begin)
    if found is not None:
        return _opening(line, found, headed=headed)
    if not begin < line.bold <= 60 or _inside_word(line.text, line.bold):
        return None  # a long bold run, or one that ends inside a word
    found = _ALONE.match(line.text[: line.bold].rstrip(), begin)
    if found is None:
        return None
    opening = _opening(line, found, headed=headed, bold=True)
    stop = len(line.text) - len(line.text[line.bold :].lstrip(" \t:"))
    times = opening.marks
    if not times and (behind := _TIME_BEHIND.match(line.text, line.bold)) is not None:
        times, stop = (_mark(line.text, *behind.span(1)),), len(line.text)
    alone = not line.text[stop:].strip()
    return Opening(opening.label, opening.start, stop, times, opening.time_first, True, alone)


def _inside_word(text: str, place: int) -> bool:
    return text[place - 1 : place].isalnum() and text[place : place + 1].isalnum()


def _alone(line: Line) -> Opening | None:
    if len(line.text) > 90:
        return None
    begin, headed = _after_prefix(line)
    found = _ALONE.match(line.text, begin)
    if found is None:
        return None
    opening = _opening(line, found, headed=headed or line.heading > 0)
    marked = opening.headed or opening.marks or opening.emphasised or labels.is_code(opening.label)
    return opening if marked or not opening.label[0].islower() else None


def _bracket(line: Line) -> Opening | None:
    if line.text[:1].isalpha():
        return None
    begin, headed = _after_prefix(line)
    found = _BRACKET.match(line.text, begin)
    if found is None:
        found = _PARENTHESES.match(line.text, begin)
        if found is None or not labels.is_code(found["label"]):
            return None
    if labels.is_gesture(found["label"]):
        return None
    return _opening(line, found, headed=headed)


def _dash(line: Line) -> Opening | None:
    if _DASHES.search(line.text, 0, _FAR) is None:
        return None
    begin, headed = _after_prefix(line)
    found = _DASH.match(line.text, begin)
    if found is None or line.text[begin - 1 : begin + 1].strip() in ("-", "–"):
        return None
    return _opening(line, found, headed=headed)


def _table(line: Line) -> Opening | None:
    if "\t" not in line.text or line.below:
        return None
    marks: list[Mark] = []
    at = 0
    cells = line.text.split("\t")
    for index, whole in enumerate(cells[:4]):
        stop, cell = at + len(whole) + 1, whole
        if (behind := _TIME_BEHIND.search(cell)) is not None and behind.start():
            marks.append(_mark(line.text, at + behind.start(1), at + behind.end(1)))
            cell = whole[: behind.start()]
        bare = cell.strip().rstrip(":").strip("* ")
        if bare and _TIME_CELL.fullmatch(cell):
            marks.append(_mark(line.text, at, at + len(cell)))
        elif bare and not _COUNT_CELL.fullmatch(cell):
            if index == len(cells) - 1 or not any(c.strip() for c in cells[index + 1 :]) or "\n" in cell:
                return None
            tier = _TIER.fullmatch(bare)
            if tier is not None and tier["tier"] not in _SPOKEN_TIERS:
                return None
            name = tier["label"] if tier else bare
            return _cell_opening(line, Mark(at, stop), name, marks, cells[index + 1])
        at = stop
    return None


def _cell_opening(line: Line, cell: Mark, label: str, marks: list[Mark], following: str) -> Opening:
    """The label's cell, and the time in the cell after it if there is one."""
    first = bool(marks)
    start, stop = cell.start, cell.stop
    if following.strip() and _TIME_CELL.fullmatch(following):
        marks = [*marks, _mark(line.text, stop, stop + len(following))]
        stop = min(stop + len(following) + 1, len(line.text))
    start += len(line.text[start:]) - len(line.text[start:].lstrip())
    return Opening(label, start, stop, tuple(marks), first, colon=line.text[start:stop].strip()[-1:] == ":")


def _columns(line: Line) -> Opening | None:
    begin = len(line.text) - len(line.text.lstrip())
    found = _COLUMNS.match(line.text, begin) or _WIDE.match(line.text, begin)
    if found is None or _TIME_CELL.fullmatch(line.text, found.end()) or line.text[found.end() :].isdigit():
        return None
    return _opening(line, found, headed=False)


def _behind(line: Line) -> Opening | None:
    if not line.text[:1].isalpha() or _TIMED.search(line.text, 1, _FAR) is None:
        return None
    begin, headed = _after_prefix(line)
    found = _BEHIND.match(line.text, begin)
    if found is None or not (labels.is_code(found["label"]) or labels.named(found["label"])):
        return None
    return _opening(line, found, headed=headed)


# The families that a matcher tells apart by looks, and whether it must be strict: at least two labels that
# alternate and open a good part of all lines.
MATCHERS: Final[tuple[tuple[tuple[Family, ...], Matcher, bool], ...]] = (
    (("label-colon", "label-time", "time-label", "bold", "heading", "label-line"), _colon, False),
    (("table",), _table, True),
    (("bold",), _bold, False),
    (("columns", "time-label"), _columns, True),
    (("bracket",), _bracket, True),
    (("label-line", "heading", "time-label", "label-time"), _alone, True),
    (("label-colon", "label-time", "time-label"), _dash, True),
    (("label-time",), _behind, True),
)


def _opening(
    line: Line, found: re.Match[str], *, headed: bool, colon: bool = False, bold: bool = False
) -> Opening:
    groups = found.groupdict()
    marks = [_mark(line.text, *found.span(name)) for name in ("t1", "t1b", "t2", "t3") if groups.get(name)]
    name = "letter" if groups.get("letter") else "label"
    return Opening(
        found[name].strip(),
        found.start("em") if groups.get("em") else found.start(name),
        found.end(),
        tuple(marks),
        time_first=bool(groups.get("t1") or groups.get("t1b")),
        emphasised=bold or bool(groups.get("em")) or line.bold >= found.end(name),
        alone=not line.text[found.end() :].strip(),
        headed=headed,
        colon=colon or bool(groups.get("colon")),
    )


def _mark(text: str, start: int, stop: int) -> Mark:
    """The mark without the blanks around it."""
    piece = text[start:stop]
    return Mark(start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip()))


def _after_prefix(line: Line) -> tuple[int, bool]:
    found = None if line.text[:1].isalpha() else _FULL_PREFIX.match(line.text)
    if found is None:
        return 0, line.heading > 0
    return found.end(), "#" in found[0] or line.heading > 0
