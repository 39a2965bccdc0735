"""Whose reason it is: of whoever speaks in the turn, unless somebody else is quoted there.

Somebody is quoted between quotation marks, and behind a verb of saying whose subject is not the speaker
("und er sagt, weil …"), to the end of that sentence.
"""

import re
from typing import Final, Literal

from qda.coding.rows import ParagraphRow
from qda.suggest.cues.lexicon import Lexicon
from qda.suggest.cues.traps import Place

Whose = Literal["respondent", "interviewer", "quoted", "unknown"]
_QUOTES: Final = re.compile(r"„[^“”„]*[“”]|“[^“”]*”|»[^«»]*«|«[^«»]*»|‚[^‘’]{2,}‘|\"[^\"]*\"")
_VERBS: Final = ("VERB", "AUX")


def voice(place: Place, lexicon: Lexicon, paragraph: ParagraphRow | None) -> Whose:
    """Who gives the reason. A paragraph without a speaker leaves it unknown unless somebody is quoted."""
    if _between_marks(place, paragraph) or _told(place, lexicon):
        return "quoted"
    if paragraph is None or not paragraph.speaker:
        return "unknown"
    return "interviewer" if paragraph.role == "interviewer" else "respondent"


def _between_marks(place: Place, paragraph: ParagraphRow | None) -> bool:
    text, at = place.doc.text, place.doc[place.first].idx
    low = text.rfind("\n", 0, at) + 1
    high = text.find("\n", at)
    high = len(text) if high < 0 else high
    if paragraph is not None and paragraph.start <= at < paragraph.stop:
        low, high = max(0, paragraph.label_stop), paragraph.stop
    return any(one.start() < at < one.end() for one in _QUOTES.finditer(text, low, high))


def _told(place: Place, lexicon: Lexicon) -> bool:
    """Whether a clause before, in the sentence, says that somebody else said it."""
    at = place.at - 1
    while at >= 0 and place.clauses[at].sentence == place.clause.sentence:
        words = place.words_of(place.clauses[at])
        if any(token.lemma_.lower() in lexicon.saying and token.pos_ in _VERBS for token in words):
            return not any(token.lower_ in lexicon.own for token in words)
        at -= 1
    return False
