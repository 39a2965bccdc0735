"""Passages with the words around them as rich text: what is around is paler, cue words are set off."""

from collections.abc import Sequence
from html import escape

from qda.coding.candidate_context import Piece
from qda.coding.candidates import Candidate, reason
from qda.coding.citation import paragraphs_cited
from qda.i18n import _
from qda.ui.theme import Tokens


def as_html(pieces: Sequence[Piece], theme: Tokens) -> str:
    """The pieces in the colours of the theme."""
    forms = {
        "passage": f"color:{theme.text}; background-color:{theme.list_selection}",
        "cue": f"color:{theme.accent}; font-weight:600",
        "around": f"color:{theme.minor}",
        "left out": f"color:{theme.minor}",
    }
    return "".join(f'<span style="{forms[one.role]}">{escape(one.words)}</span>' for one in pieces)


def plain(pieces: Sequence[Piece]) -> str:
    """The same without colours, for who hears it."""
    return "".join(one.words for one in pieces)


def where_and_why(candidate: Candidate) -> str:
    """Place and reason of a candidate, in a line or two."""
    rows = (candidate.segment, *((candidate.other,) if candidate.other else ()))
    places = "; ".join(dict.fromkeys(paragraphs_cited(row) for row in rows))
    parts = [places, reason(candidate)]
    if candidate.may_contradict:
        parts.append(_("may speak against it"))
    return " · ".join(parts)
