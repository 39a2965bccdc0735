"""Passages with the words around them as rich text: what is around is paler, cue words are set off."""

from collections.abc import Sequence
from html import escape

from qda.coding.candidate_context import Piece
from qda.coding.candidates import Candidate, by_words, nearness, reason
from qda.coding.citation import paragraphs_cited
from qda.i18n import _
from qda.ui.theme import Tokens


def as_html(pieces: Sequence[Piece], theme: Tokens) -> str:
    """The pieces in the colours of the theme."""
    ground = f"background-color:{theme.list_selection};"
    forms = {
        "passage": f"color:{theme.text};{ground}",
        "around": f"color:{theme.minor};",
        "left out": f"color:{theme.minor};",
    }
    cue = f"color:{theme.accent}; font-weight:600;"
    found = []
    for one in pieces:
        form = forms.get(one.role) or cue + (ground if one.inside else "")
        found.append(f'<span style="{form}">{escape(one.words)}</span>')
    return "".join(found)


def plain(pieces: Sequence[Piece]) -> str:
    """The same without colours, for who hears it."""
    return "".join(one.words for one in pieces)


def where_and_why(candidate: Candidate) -> str:
    """Place and reason of a candidate, whole."""
    parts = [_places(candidate), reason(candidate)]
    if candidate.may_contradict:
        parts.append(_("may speak against it"))
    return " · ".join(parts)


def in_short(candidate: Candidate) -> str:
    """ "B, para. 54 · may speak against it · both codes in one turn": the cue words are seen in the text.

    Two lines at most, so that there is room for the passage itself.
    """
    near = nearness(candidate)
    words = _("both codes {near}").format(near=near) if near else _alone(candidate)
    against = (_("may speak against it"),) if candidate.may_contradict else ()
    return " · ".join((_places(candidate), *against, words))


def _alone(candidate: Candidate) -> str:
    """That there is one code alone: the text is tinted for it, and the whole reason names it."""
    return _("one code beside a cue word") if candidate.near == "cue" else _("one code alone")


def more(candidate: Candidate) -> str:
    """What else speaks for it: "like B, para. 12: call · office"."""
    return "; ".join(by_words(candidate))


def _places(candidate: Candidate) -> str:
    rows = (candidate.segment, *((candidate.other,) if candidate.other else ()))
    return "; ".join(dict.fromkeys(paragraphs_cited(row) for row in rows))
