"""Whose reason it is: of whoever speaks in the turn, unless somebody else is quoted there.

Somebody is quoted between quotation marks, and behind a verb of saying whose subject is not the speaker
("und er sagt, weil …"), to the end of that sentence.
"""

import re
import sys
from typing import TYPE_CHECKING, Final, Literal

from qda.coding.rows import ParagraphRow
from qda.suggest.cues.lexicon import Lexicon
from qda.suggest.cues.traps import Place

if TYPE_CHECKING:
    from spacy.tokens import Doc

Whose = Literal["respondent", "interviewer", "quoted", "unknown"]
_QUOTES: Final = re.compile(r"„[^“”„]*[“”]|“[^“”]*”|»[^«»]*«|«[^«»]*»|‚[^‘’]{2,}‘|\"[^\"]*\"")
_FAR: Final = 600  # words to each side in which a mark is looked for
_VERBS: Final = ("VERB", "AUX")


def voice(place: Place, lexicon: Lexicon, paragraph: ParagraphRow | None) -> Whose:
    """Who gives the reason. A paragraph without a speaker leaves it unknown unless somebody is quoted."""
    if _between_marks(place, paragraph) or _told(place, lexicon):
        return "quoted"
    if paragraph is None or not paragraph.speaker:
        return "unknown"
    return "interviewer" if paragraph.role == "interviewer" else "respondent"


def _between_marks(place: Place, paragraph: ParagraphRow | None) -> bool:
    """Whether the cue stands between quotation marks of its paragraph (of its line where there is none)."""
    doc, first, last = place.doc, place.first, place.first
    low, high = (paragraph.label_stop, paragraph.stop) if paragraph is not None else (0, sys.maxsize)
    within = paragraph is not None
    while (
        first > max(0, place.first - _FAR) and doc[first - 1].idx >= low and (within or _on(doc, first - 1))
    ):
        first -= 1
    while last < min(len(doc), place.first + _FAR) and doc[last].idx < high and (within or _on(doc, last)):
        last += 1
    text, at = doc[first:last].text, doc[place.first].idx - doc[first].idx
    return any(one.start() < at < one.end() for one in _QUOTES.finditer(text))


def _on(doc: "Doc", at: int) -> bool:
    """Whether the line goes on with a token."""
    return "\n" not in doc[at].text


def _told(place: Place, lexicon: Lexicon) -> bool:
    """Whether a clause before, in the sentence, says that somebody else said it."""
    at = place.at - 1
    while at >= 0 and place.clauses[at].sentence == place.clause.sentence:
        words = place.words_of(place.clauses[at])
        if any(token.lemma_.lower() in lexicon.saying and token.pos_ in _VERBS for token in words):
            return not any(token.lower_ in lexicon.own for token in words)
        at -= 1
    return False
