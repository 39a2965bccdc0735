"""Consent in reports: whose words may not be printed, and what the report says about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from qda.coding.citation import may_quote, paragraphs_cited, spoken, withheld
from qda.coding.rows import CodeRow, CoreRow, EvidenceRow, MemoRow, RelationRow, SegmentRow
from qda.coding.unquoting import Quotations
from qda.i18n import _, ngettext
from qda.reports.model import Block, Quote, paragraph


def quotation(segment: SegmentRow, *, more: str = "") -> Block:
    """A passage with its place, and ``more`` beside that; without consent its place alone."""
    place = "; ".join(part for part in (paragraphs_cited(segment), more) if part)
    if may_quote(segment):
        return Quote(spoken(segment), place)
    return paragraph(f"{withheld()} ({place})")


@dataclass(slots=True)
class Silence:
    """Words that may not be printed, in what researchers wrote; ``memos`` counts texts that lost some."""

    quotations: Quotations | None
    texts: int = 0
    _known: dict[str, str] = field(default_factory=dict)

    def told(self, text: str, *, example: bool = False) -> str:
        """``text`` without quotations of those who may not be quoted."""
        if self.quotations is None or not text:
            return text
        take_out = self.quotations.example_taken_out if example else self.quotations.taken_out
        new = take_out(text, withheld())
        if new != text and text not in self._known:
            self._known[text] = new
            self.texts += 1
        return new

    def codes(self, rows: Iterable[CodeRow]) -> list[CodeRow]:
        """Codes; their names stay."""
        return [
            replace(
                row,
                definition=self.told(row.definition),
                delimitation=self.told(row.delimitation),
                anchor=self.told(row.anchor, example=True),
                rule=self.told(row.rule),
            )
            for row in rows
        ]

    def memos(self, rows: Iterable[MemoRow]) -> list[MemoRow]:
        """Memos; private ones are in no report anyway."""
        return [
            row if row.private else replace(row, title=self.told(row.title), body=self.told(row.body))
            for row in rows
        ]

    def evidence(self, row: EvidenceRow) -> EvidenceRow:
        """A piece of evidence; its passages are printed by :func:`quotation`."""
        return replace(row, note=self.told(row.note))

    def relations(self, rows: Iterable[RelationRow]) -> list[RelationRow]:
        """Relations."""
        return [replace(row, statement=self.told(row.statement)) for row in rows]

    def core(self, row: CoreRow | None) -> CoreRow | None:
        """The core category."""
        return row and replace(row, reasons=self.told(row.reasons), rivals=self.told(row.rivals))


def consent_lines(segments: Iterable[SegmentRow], *, texts: int, names: int) -> list[str]:
    """What the report says about consent: how much is withheld, whose consent is not settled."""
    quoted = {(one.source, one.start, one.stop): one for one in segments}.values()
    lines = []
    if n := sum(not may_quote(one) for one in quoted):
        lines.append(
            ngettext(
                "{n} quotation is withheld: no consent.", "{n} quotations are withheld: no consent.", n
            ).format(n=n)
        )
    if texts:
        lines.append(
            ngettext(
                "Quotations in {n} text of the author are withheld: no consent.",
                "Quotations in {n} texts of the author are withheld: no consent.",
                texts,
            ).format(n=texts)
        )
    if names:
        lines.append(
            ngettext(
                "{n} in-vivo code is named in words that may not be quoted.",
                "{n} in-vivo codes are named in words that may not be quoted.",
                names,
            ).format(n=names)
        )
    unsettled = sorted({one.case_name for one in quoted if one.quote == "open"})
    if unsettled:
        lines.append(
            _("Consent to be quoted is not settled for: {cases}.").format(cases=", ".join(unsettled))
        )
    return lines
