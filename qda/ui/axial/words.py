"""How evidence and relations are called in the window: polarity, kind, status, the line of figures."""

from collections.abc import Sequence
from typing import Final

from qda.coding.rows import EvidenceRow, RelationRow
from qda.i18n import _, ngettext
from qda.reports.figures_of import badge_lines

DASH: Final = "–"
POLARITY_KEYS: Final = {"S": "supporting", "W": "contradicting", "E": "qualifying"}


def polarity_word(key: str) -> str:
    """What a piece of evidence does to its relation."""
    return {
        "supporting": _("supports"),
        "contradicting": _("speaks against"),
        "qualifying": _("qualifies"),
    }[key]


def kind_word(key: str) -> str:
    """Whose reading a piece of evidence is."""
    return {"spoken": _("spoken"), "inferred": _("inferred")}[key]


def statuses() -> tuple[tuple[str, str], ...]:
    """The judgements on a relation, as labels."""
    return (
        ("supposed", _("Supposed")),
        ("supported", _("Supported")),
        ("modified", _("Modified")),
        ("rejected", _("Rejected")),
    )


def kinds() -> tuple[tuple[str, str], ...]:
    """Spoken or inferred, as labels."""
    return ("spoken", _("spoken")), ("inferred", _("inferred"))


def badge_line(relation: RelationRow) -> str:
    """ "2 cases (A 5 · B 1) · 1 qualifies · 2 against"."""
    return " · ".join(badge_lines(relation))


def support_words(relation: RelationRow) -> str:
    """ "2 cases (A 5 · B 1)"; a dash where nothing supports it yet."""
    if not relation.supporting:
        return DASH
    return badge_lines(relation)[0]


def tally(rows: Sequence[EvidenceRow]) -> str:
    """ "5 support · 1 against" of the evidence of one case."""
    counted = {key: sum(row.polarity == key for row in rows) for key in _POLARITIES}
    parts = []
    if n := counted["supporting"]:
        parts.append(ngettext("{n} supports", "{n} support", n).format(n=n))
    if n := counted["qualifying"]:
        parts.append(ngettext("{n} qualifies", "{n} qualify", n).format(n=n))
    if n := counted["contradicting"]:
        parts.append(ngettext("{n} against", "{n} against", n).format(n=n))
    return " · ".join(parts)


_POLARITIES = ("supporting", "qualifying", "contradicting")
