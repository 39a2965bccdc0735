"""On which page each heading will stand in Word: for the table of contents, before Word counts itself.

The report is set as the preview sets it, in the face that this machine shows for that of the document. Word
replaces the numbers when the user updates the field, and never asks.
"""

from dataclasses import replace

from qda import preflight
from qda.errors import KnownError
from qda.reports.model import Block, Report, Section, Transcript
from qda.reports.numbering import Layout


def pages(report: Report, layout: Layout) -> dict[str, int]:
    """The page of every section of the contents, by its ident; pages count from the cover as 1.

    Nothing for a report without contents, and where libraries for drawing are missing.
    """
    entries = layout.contents() if report.cover else ()
    if not entries:
        return {}
    try:
        preflight.require_drawing()
    except KnownError:
        return {}
    from qda.figures.painting import ensure_gui
    from qda.reports.pages.letters import as_word_is_shown_here
    from qda.reports.pages.paging import all_pages

    ensure_gui()
    with as_word_is_shown_here():
        made = all_pages(_without_remarks(report))
    starts = ((one.ident, made.start_of(one.ident)) for one in entries)
    return {ident: start.page + 1 for ident, start in starts if start is not None}


def _without_remarks(report: Report) -> Report:
    """The report as Word sets it: comments are beside the page."""

    def plain(block: Block) -> Block:
        if isinstance(block, Section):
            return replace(block, blocks=tuple(plain(one) for one in block.blocks))
        if not isinstance(block, Transcript):
            return block
        return replace(block, remarks=(), lines=tuple(replace(line, spans=()) for line in block.lines))

    return replace(report, blocks=tuple(plain(block) for block in report.blocks))
