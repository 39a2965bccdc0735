"""Transcripts with remarks as Markdown with footnotes."""

from collections import defaultdict
from collections.abc import Callable
from typing import Final

from qda.reports.model import Line, Remark, Span, Transcript

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
