"""A report as one web page: nothing is loaded, nothing runs, everything from the user is escaped.

The page itself is ``resources/templates/report.html.j2``; here its values are prepared.
"""

import base64
from functools import cache
from typing import Any

from qda import resources
from qda.coding.quoting import quoted
from qda.i18n import _, use_language
from qda.reports.large import refuse_large
from qda.reports.model import Cell, Figure, Report, Runs, Section, Transcript, Tree
from qda.reports.numbering import Layout, Placed, place
from qda.reports.render_comments_html import transcript
from qda.reports.svg import harmless
from qda.reports.text import clean, colour, date_text
from qda.reports.trees import as_table


def render(report: Report) -> bytes:
    """The page as UTF-8."""
    refuse_large(report)
    layout = place(report)
    with use_language(report.language):
        words = {"contents": _("Contents"), "skip": _("To the text")}
    page: str = _template().render(
        report=report,
        placed=[_prepared(one, report) for one in layout.placed],
        contents=layout.contents() if report.cover else (),
        created=date_text(report.created, report.language) if report.created else "",
        iso=report.created.date().isoformat() if report.created else "",
        words=words,
        pieces=lambda runs: _pieces(runs, layout),
        quoted=lambda text: quoted(text, report.language),
        picture=_picture,
        span=_span,
        transcript=_transcript,
        colour=colour,
    )
    return page.encode("utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.path("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    return environment.get_template("report.html.j2")


def _prepared(placed: Placed, report: Report) -> dict[str, Any]:
    """A block with what the page needs to show it."""
    block = as_table(placed.block, report.language) if isinstance(placed.block, Tree) else placed.block
    kind = type(block).__name__
    heading = min(placed.level + 1, 6) if isinstance(block, Section) else 0
    return {
        "kind": kind,
        "block": block,
        "heading": heading,
        "number": placed.number,
        "label": placed.label,
        "ident": placed.ident,
    }


def _pieces(runs: Runs, layout: Layout) -> list[dict[str, Any]]:
    """Runs as lines of text with their manner and where they lead."""
    pieces = []
    for run in runs:
        target = layout.target(run)
        lines = clean(layout.text(run)).split("\n")
        pieces.append({"run": run, "lines": lines, "ident": target.ident if target else ""})
    return pieces


def _picture(figure: Figure) -> str:
    """The picture as an address that holds it: SVG where it is harmless, else the bitmap."""
    svg = harmless(figure.svg) if figure.svg else b""
    kind, data = ("svg+xml", svg) if svg else ("png", figure.png)
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _transcript(block: Transcript) -> Any:
    """A transcript as it is, with everything in it escaped."""
    from markupsafe import Markup

    return Markup(transcript(block))  # made of escaped texts


def _span(cell: Cell, columns: int) -> int:
    return max(1, min(cell.span, columns))
