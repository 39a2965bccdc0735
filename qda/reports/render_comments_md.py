"""Transcripts with remarks as plain text (Markdown with footnotes) and as a table, for pages of any kind."""

from collections import defaultdict
from collections.abc import Callable
from typing import Final

from qda.coding.references import PATH_SEPARATOR
from qda.i18n import Language, _, use_language
from qda.reports.model import Cell, Column, Line, Remark, Run, Span, Table, Transcript, cell, runs

_BEGIN: Final = "‹"
_END: Final = "›"


def markdown(block: Transcript, escape: Callable[[str], str], *, prefix: str = "") -> str:
    """Each paragraph with its number; what is coded stands between ‹ and ›, the code in a footnote."""
    lines = []
    for line in block.lines:
        number = str(line.numbers[0][1]) if line.numbers else line.number
        label = f"**{escape(line.label.rstrip())}** " if line.label else ""
        before = "".join(_BEGIN for span in line.spans if span.begins and span.label)
        words = f"*{escape(line.instead)}*" if line.instead else _words(line, escape, prefix)
        time = f" ({escape(line.time)})" if line.time else ""
        lines.append(f"{f'`{number}` ' if number else ''}{before}{label}{words}{time}".rstrip())
    notes = [f"[^{prefix}{n}]: {_note(remark, escape)}" for n, remark in enumerate(block.remarks, start=1)]
    return "\n\n".join([*lines, *notes])


def _note(remark: Remark, escape: Callable[[str], str]) -> str:
    author = f" ({escape(remark.author)})" if remark.author else ""
    text = escape(" ".join(remark.text.split()))
    title = escape(" ".join(remark.title.split()))
    shown = f"*{title}*" if remark.kind == "memo" else f"**{title}**"
    return f"{shown}{author}{f': {text}' if text else ''}"


def _words(line: Line, escape: Callable[[str], str], prefix: str) -> str:
    made = []
    for stretch, opening, closing, number in _pieces(line):
        made.append(f"\\\n`{number}` " if number else "")
        made.append(_BEGIN * len(opening))
        made.append(escape(stretch))
        made += [f"{_END}[^{prefix}{span.remark + 1}]" for span in closing]
    return "".join(made)


def _pieces(line: Line) -> list[tuple[str, list[Span], list[Span], int]]:
    """Stretches of the words with what begins before and ends behind each, and a line's number before it."""
    begins: dict[int, list[Span]] = defaultdict(list)
    ends: dict[int, list[Span]] = defaultdict(list)
    for span in line.spans:
        if span.begins and not span.label:
            begins[span.start].append(span)
        if span.ends:
            ends[span.stop].append(span)
    lines = dict(line.numbers[1:])
    places = sorted({0, len(line.text), *begins, *ends, *lines})
    found = []
    for n, place in enumerate(places):
        stop = places[n + 1] if n + 1 < len(places) else place
        closing = ends[stop] if stop > place or len(places) == 1 else []
        points = [span for span in closing if span.start == span.stop]
        closing = [span for span in closing if span not in points]
        found.append((line.text[place:stop], begins[place], [*closing, *points], lines.get(place, 0)))
    return found


def as_table(block: Transcript, language: Language) -> Table:
    """Number, text and what stands in the margin, in three columns."""
    with use_language(language):
        columns = (
            Column(_("No."), share=0.7),
            Column(_("Text"), share=6),
            Column(_("Codes"), share=3),
        )
    return Table(columns, tuple(_row(line, block) for line in block.lines), name="")


def _row(line: Line, block: Transcript) -> tuple[Cell, ...]:
    number = str(line.numbers[0][1]) if line.numbers else line.number
    text: list[Run] = [Run(line.label, bold=True)]
    text += [Run(f"[{s.remark + 1}] ") for s in line.spans if s.begins and s.label]
    text += [Run(line.instead, italic=True)] if line.instead else []
    for stretch, opening, _closing, inner in _pieces(line):
        mark = "".join(f"[{span.remark + 1}] " for span in opening)
        text.append(
            Run(f"{f'{chr(10)}{inner} ' if inner else ''}{mark}{stretch}", bold=line.kind == "heading")
        )
    text += [Run(f" ({line.time})")] if line.time else []
    notes = [
        Run("\n" * (n > 0) + _margin(block.remarks[span.remark], span.remark + 1))
        for n, span in enumerate(span for span in line.spans if span.begins)
    ]
    return (cell(number), Cell(runs(*text)), Cell(runs(*notes)))


def _margin(remark: Remark, number: int) -> str:
    author = f" ({remark.author})" if remark.author else ""
    text = " ".join(remark.text.split())
    title = " ".join(remark.title.split())
    if remark.kind == "coding":  # the whole path stands in the list of codes
        title = title.rpartition(PATH_SEPARATOR)[2]
    return f"[{number}] {title}{author}{f': {text}' if text else ''}"
