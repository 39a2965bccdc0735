"""Transcripts on the web: what is coded has a ground, and stands in the margin at its line.

Notes float into the margin from the line in which their words begin; so nothing has to run in the page. They
are left out when the text is copied.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from qda.coding.references import PATH_SEPARATOR
from qda.reports.model import Line, Remark, Span, Transcript
from qda.reports.text import clean, colour

_GROUND: Final = "33"  # how much of the colour, of FF


def transcript(block: Transcript) -> str:
    """The transcript as HTML; every text in it is escaped."""
    lines = "".join(_line(line, block) for line in block.lines)
    return f'<div class="transcript">{lines}</div>'


def _line(line: Line, block: Transcript) -> str:
    kind = f" {line.kind}" if line.kind != "text" else ""
    number = line.numbers[0][1] if line.numbers else line.number
    time = f'<span class="tt">{_text(line.time)}</span>' if line.time else ""
    words = "".join(_words(line, block))
    if line.instead:
        words = f"<em>{_text(line.instead)}</em>{words}"
    before = f"{time} " if time and not line.time_last else ""
    after = f" {time}" if time and line.time_last else ""
    label = f"<b>{_text(line.label.rstrip())}</b> " if line.label else ""
    first = "".join(_note(span, block) for span in line.spans if span.begins and span.label)
    shown = f'<span class="tn">{_text(str(number))}</span>' if number else ""
    return f'<p class="tl{kind}" dir="auto">{shown}{first}{label}{before}{words}{after}</p>\n'


def _text(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def _words(line: Line, block: Transcript) -> Iterator[str]:
    begins: dict[int, list[Span]] = defaultdict(list)
    for span in line.spans:
        begins[span.start].append(span)
    lines = dict(line.numbers[1:])
    places = sorted({0, len(line.text), *begins, *lines, *(span.stop for span in line.spans)})
    running: list[Span] = []
    for n, place in enumerate(places):
        running = [span for span in running if span.stop > place]
        if place in lines:
            yield f'<br><span class="tn">{lines[place]}</span>'
        for span in begins[place]:
            if span.begins and not span.label:
                yield _note(span, block)
        running += [span for span in begins[place] if span.stop > place]
        if n + 1 < len(places):
            stretch = _text(line.text[place : places[n + 1]])
            yield _coded(stretch, running, block.remarks) if running else stretch


def _coded(words: str, running: Sequence[Span], remarks: Sequence[Remark]) -> str:
    """Words with the ground of the shortest coding on them, and a line below in the colour of the next."""
    order = sorted(running, key=lambda span: (span.stop - span.start, -span.remark))
    colours = [found for span in order if (found := colour(remarks[span.remark].colour))]
    if not colours:
        return words
    style = f"--c:#{colours[0]};--g:#{colours[0]}{_GROUND}"
    if len(colours) > 1:
        style += f";--u:#{colours[1]}"
    return f'<span class="cd" style="{style}">{words}</span>'


def _note(span: Span, block: Transcript) -> str:
    """The number in the text, and the note in the margin."""
    remark = block.remarks[span.remark]
    number = span.remark + 1
    found = colour(remark.colour)
    style = f' style="--c:#{found}"' if found else ""
    above, last = "", " ".join(remark.title.split())
    if remark.kind == "coding" and PATH_SEPARATOR in last:
        above, last = last.rsplit(PATH_SEPARATOR, 1)
    path = f'<span class="pa">{_text(above.replace(PATH_SEPARATOR, " › "))} ›</span> ' if above else ""
    kind = " memo" if remark.kind == "memo" else ""
    by = f' <span class="au">{_text(remark.author)}</span>' if remark.author else ""
    words = f'<span class="w">{_text(remark.text.strip())}</span>' if remark.text.strip() else ""
    return (
        f'<sup class="tr">{number}</sup><span class="sn{kind}" role="note"{style}>'
        f'<span class="k">{number}</span> <bdi>{path}{_text(last)}</bdi>{by}{words}</span>'
    )
