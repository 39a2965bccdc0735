"""The quotations of a finished text that were compared with the study, as a list to work through.

No report of the study: it is made of a check, so it has no row among the reports.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from qda.coding.citation import quoted, withheld
from qda.coding.quotations.findings import (
    ERRORS,
    Checked,
    Finding,
    meaning,
    state_name,
    summary,
    tolerances,
)
from qda.i18n import _, language, ngettext
from qda.reports.model import Block, Column, Report, Run, Runs, Section, Table, bullets, cell, paragraph, runs
from qda.reports.registry import TABLE_FORMATS, formats_for, render

FORMATS: Final = TABLE_FORMATS
"""How the list can be written."""

_BEGINNING: Final = 40  # characters by which a quotation is known that may not be quoted


def save_list(checked: Checked, out: Path, *, name: str, created: datetime, every: bool = False) -> Path:
    """Writes the list to a file; its suffix is the format. ``name`` is that of the text.

    :raises UsageError: the suffix is no format of the list.
    """
    formats_for(out, FORMATS)
    report = quotations_report(checked, name=name, created=created, every=every)
    return render(report, out, name=out.stem, formats=FORMATS)[0]


def quotations_report(checked: Checked, *, name: str, created: datetime, every: bool = False) -> Report:
    """What is to be put right, with ``every`` also what is right. Words without consent are left out."""
    listed = [one for one in checked.findings if every or one.state != "right"]
    blocks: list[Block] = [paragraph(summary(checked))]
    if listed:
        blocks.append(_table(listed))
    blocks.append(Section(_("What counts as right"), (bullets(*tolerances()),), numbered=False))
    errors = checked.errors
    return Report(
        title=_("Quotations checked"),
        language=language(),
        subtitle=name,
        created=created,
        blocks=tuple(blocks),
        facts=(ngettext("{n} error", "{n} errors", errors).format(n=errors),),
        cover=False,
    )


def _table(listed: list[Finding]) -> Table:
    heads = (
        Column(_("No."), "right", 0.4),
        Column(_("Place"), share=1.1),
        Column(_("Finding"), share=1.1),
        Column(_("Quotation"), share=2.6),
        Column(_("Right would be"), share=2.6),
    )
    rows = tuple(
        (
            cell(str(number)),
            cell("\n".join(part for part in (one.place.words, one.place.heading) if part)),
            cell(Run("\n".join(map(state_name, one.states)), bold=one.state in ERRORS)),
            cell(f"{_quotation(one)} {one.citation}".rstrip()),
            cell(*_right(one)),
        )
        for number, one in enumerate(listed, 1)
    )
    return Table(heads, rows, _("Quotations"), name=_("Quotations"))


def _quotation(one: Finding) -> str:
    if one.consent == "no" and len(one.quotation) > _BEGINNING:
        return quoted(f"{one.quotation[:_BEGINNING].rsplit(' ', 1)[0]} …")
    return quoted(one.quotation)


def _right(one: Finding) -> Runs:
    """The words with those that differ in bold, and the right citation."""
    parts: list[str | Run] = []
    if one.consent == "no":
        parts.append(withheld())
    elif one.difference:
        parts += [
            Run(f"{piece.text} ", bold=piece.kind == "gone")
            for piece in one.difference
            if piece.kind != "new"
        ]
    elif one.state in ("missing", "unknown", "hint"):
        parts.append(meaning(one.state))
    if one.right:
        parts.append(f"\n{one.right}" if parts else one.right)
    elif one.title and one.difference:
        parts.append(f"\n{one.title}")
    return runs(*parts)
