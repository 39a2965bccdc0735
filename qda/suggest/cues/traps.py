"""What a cue word is where it stands: most of them have a reading that joins clauses, and others that do not.

A trap is asked with the :class:`Place` of a cue and answers its class, or none where the word joins nothing:
"damit" names an aim where it opens a clause and "with that" elsewhere; "da" gives a reason only where it
opens a clause whose verb comes last; "also" is mostly no more than a beginning. Only parts of speech,
lemmas and sentences are used. Where nothing can be told the answer is none: a hint too few costs little.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from qda.suggest.cues.clauses import Clause
from qda.suggest.cues.lexicon import CueClass, Entry

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBS: Final = ("VERB", "AUX")
_SIGNS: Final = ("PUNCT", "X")
_BEFORE: Final = frozenset(
    (
        *("und", "aber", "oder", "also", "ja", "nein", "nee", "naja", "na", "ähm", "äh", "mhm", "hm"),
        *("nur", "bloß", "and", "but", "or", "so", "yeah", "yes", "no", "well", "um", "uh", "like"),
        *("okay", "oh", "you", "know", "just", "only", "then", "mean"),
    )
)
_NEGATIONS: Final = frozenset(("nicht", "nie", "kein", "keine", "net", "not", "n't", "n’t", "never"))
_MODALS: Final = frozenset(("can", "could", "will", "would", "'d", "’d", "'ll", "’ll", "may", "might"))


@dataclass(frozen=True)
class Place:
    """A cue, tokens ``first`` to ``last`` (exclusive) of a Doc, in clause number ``at`` of some clauses."""

    doc: "Doc"
    clauses: Sequence[Clause]
    at: int
    first: int
    last: int

    @property
    def clause(self) -> Clause:
        """The clause it stands in."""
        return self.clauses[self.at]

    @cached_property
    def words(self) -> list["Token"]:
        """The words of the clause."""
        return _words(self.doc, self.clause)

    @cached_property
    def behind(self) -> list["Token"]:
        """The words of the clause behind the cue."""
        return [token for token in self.words if token.i >= self.last]

    @cached_property
    def opens(self) -> bool:
        """Whether nothing but fillers and joining words stands before it in its clause."""
        return all(token.lower_ in _BEFORE for token in self.words if token.i < self.first)

    @cached_property
    def asked(self) -> bool:
        """Whether the sentence is a question."""
        for token in self.doc[self.first : min(self.last + 80, len(self.doc))]:
            if token.i > self.first and token.is_sent_start:
                return False
            if token.text == "?":
                return True
        return False

    @property
    def before(self) -> Clause | None:
        """The clause before it in the sentence."""
        return self._neighbour(self.at - 1)

    @property
    def after(self) -> Clause | None:
        """The clause behind it in the sentence."""
        return self._neighbour(self.at + 1)

    @property
    def broken(self) -> bool:
        """Whether the speaker breaks off at once behind the cue."""
        following = self.doc[self.last : self.last + 1].text
        return following in ("...", "…", "/", "//", "–", "—") or following.startswith("..")

    def _neighbour(self, at: int) -> Clause | None:
        if 0 <= at < len(self.clauses) and self.clauses[at].sentence == self.clause.sentence:
            return self.clauses[at]
        return None

    def words_of(self, clause: Clause | None) -> list["Token"]:
        """The words of a clause."""
        return [] if clause is None else _words(self.doc, clause)

    def next_is(self, *kinds: str) -> bool:
        """Whether the first word behind it, fillers aside, is of one of these parts of speech."""
        word = next((token for token in self.behind if token.lower_ not in _BEFORE), None)
        return word is not None and word.pos_ in kinds

    @cached_property
    def verb_last(self) -> bool:
        """Whether the clause ends in a verb, and has none at once behind the cue."""
        return bool(self.behind) and self.behind[-1].pos_ in _VERBS and not self.next_is(*_VERBS)

    @property
    def denied(self) -> bool:
        """Whether the clause is denied."""
        return any(token.lower_ in _NEGATIONS for token in self.words)


def _words(doc: "Doc", clause: Clause) -> list["Token"]:
    tokens = doc[clause.first : clause.last]
    return [token for token in tokens if not (token.is_space or token.is_punct or token.pos_ in _SIGNS)]


Trap = Callable[[Place, Entry], CueClass | None]


def read(place: Place, entry: Entry) -> CueClass | None:
    """The class of a cue where it stands; none where it joins nothing, in a question, and broken off."""
    if place.asked or place.broken:
        return None
    return TRAPS[entry.trap](place, entry) if entry.trap else entry.kind


# -- both languages -----------------------------------------------------------------------------------------


def clause(place: Place, entry: Entry) -> CueClass | None:
    """Words that open a clause; one that was broken off says nothing."""
    behind = place.behind
    return entry.kind if len(behind) > 1 or (not behind and place.after is not None) else None


def condition(place: Place, entry: Entry) -> CueClass | None:
    """A condition needs something that it is a condition for; "ob" (see if) is none."""
    said = [token for token in place.words if token.i < place.first]
    told = {token.lemma_.lower() for token in [*place.words_of(place.before), *said][-3:]}
    if told & _ASKING or len(place.behind) < 2:
        return None
    return entry.kind if place.before or place.after or not place.opens else None


_ASKING: Final = frozenset(
    (*("see", "know", "wonder", "ask", "matter", "sure", "unusual", "check", "question"),)
)


def meanwhile(place: Place, entry: Entry) -> CueClass | None:
    """während, while: as a preposition, or opening a clause."""
    return entry.kind if place.next_is("DET", "NOUN") or place.opens else None


def lacking(place: Place, entry: Entry) -> CueClass | None:
    """fehlen: something is lacking that is named."""
    return entry.kind if any(token.pos_ in ("NOUN", "PROPN") for token in place.words) else None


def attempt(place: Place, entry: Entry) -> CueClass | None:
    """To try: something is tried, or was."""
    return None if place.denied else entry.kind


def so_that(place: Place, entry: Entry) -> CueClass | None:
    """sodass names a result; "ist so, dass" names none; "so that they could" names an aim."""
    before = [token for token in place.words if token.i < place.first] or place.words_of(place.before)[-1:]
    if place.doc.lang_ == "de":
        return None if before and before[-1].lemma_ == "sein" else entry.kind
    if place.next_is(*_VERBS):  # so that is …
        return None
    return "strategy" if any(token.lower_ in _MODALS for token in place.behind[:4]) else entry.kind


def since_then(place: Place, entry: Entry) -> CueClass | None:
    """seitdem: what has been so since; where it opens a clause with its verb at the end, a condition."""
    return "context" if place.opens and place.verb_last and len(place.behind) > 2 else entry.kind


# -- German -------------------------------------------------------------------------------------------------


def da(place: Place, entry: Entry) -> CueClass | None:
    """A reason where it opens a clause with its verb at the end; a result behind a condition (wenn …, da …).

    There, then, so: anywhere else.
    """
    then = [token.lower_ for token in place.words_of(place.before) if token.lower_ not in _BEFORE][:1]
    if then in (["wenn"], ["sobald"], ["falls"]) and place.opens and place.next_is(*_VERBS):
        return "consequence"
    subject = place.next_is("PRON", "DET", "NOUN", "PROPN", "ADJ", "PART") or (
        bool(place.behind) and place.behind[0].lower_ in ("ja", "auch", "hier", "doch")
    )
    return entry.kind if place.opens and subject and place.verb_last and len(place.behind) > 1 else None


def denn(place: Place, entry: Entry) -> CueClass | None:
    """A reason between two main clauses; inside of one it colours a question."""
    sign = place.first == 0 or place.doc[place.first].is_sent_start or place.doc[place.first - 1].is_punct
    alone = sign and place.first == place.clause.first and len(place.behind) > 2
    return entry.kind if alone and not place.next_is(*_VERBS) else None


def lies(place: Place, entry: Entry) -> CueClass | None:
    """es liegt an: unless it does not."""
    return None if place.denied else entry.kind


def thanks(place: Place, entry: Entry) -> CueClass | None:
    """dank der Kirche: no thanks are given."""
    word = place.doc[place.first]
    preposition = word.text == "dank" or word.pos_ == "ADP"
    return entry.kind if preposition and place.next_is("DET", "NOUN", "PROPN", "ADJ") else None


def purpose(place: Place, entry: Entry) -> CueClass | None:
    """um … zu: an infinitive with zu follows, in this clause or the next; "um zehn", "geht um" are none."""
    if not place.opens:
        return None
    tokens = [*place.behind, *place.words_of(place.after)]
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.pos_ == "NUM" and token is tokens[0]:
            return None
        if token.lower_ == "zu" and following is not None and following.pos_ in _VERBS:
            return entry.kind
        if token.pos_ == "VERB" and token.text.replace("zu", "", 1) == token.lemma_ != token.text:
            return entry.kind
    return None


def damit(place: Place, entry: Entry) -> CueClass | None:
    """An aim where it opens a clause and no verb follows at once; elsewhere "with that" (damit zu sparen)."""
    to = [token for token in place.behind if token.lower_ == "zu"]
    infinitive = bool(to) and place.behind[-2:-1] == to[-1:]
    aim = place.opens and place.behind and not place.next_is(*_VERBS, "ADP", "SCONJ") and not infinitive
    return entry.kind if aim else None


def therefore(place: Place, entry: Entry) -> CueClass | None:
    """deshalb, consequently: unless the reason comes at once behind it (deshalb, weil)."""
    after = [*place.behind, *place.words_of(place.after)][:1]
    return None if after and after[0].lower_ in ("weil", "because", "as", "since") else entry.kind


def front(place: Place, entry: Entry) -> CueClass | None:
    """darum, daher: a result where a verb follows at once; else it belongs to a verb (es geht darum)."""
    return entry.kind if place.opens and place.next_is(*_VERBS) else None


def thereby(place: Place, entry: Entry) -> CueClass | None:
    """dadurch: a result, unless the reason follows (dadurch, dass)."""
    after = place.behind[:1] or place.words_of(place.after)[:1]
    later = place.words_of(place.after)[:1]
    some = [*after, *later]
    return None if any(token.lower_ == "dass" for token in some) else entry.kind


def also(place: Place, entry: Entry) -> CueClass | None:
    """A result where the verb follows at once (also sind sie gegangen); else a word to begin with."""
    follows = place.first == place.clause.first and len(place.behind) > 2 and place.behind[0].i == place.last
    return entry.kind if follows and place.behind[0].pos_ in _VERBS else None


# -- English ------------------------------------------------------------------------------------------------

_PERFECT: Final = frozenset(("been", "ever", "long", "years", "months", "weeks", "time", "then"))
_PRESENT: Final = frozenset(
    (
        *("is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m", "do", "does", "can", "have"),
        *("has", "know", "want", "need", "n't", "n’t", "not", "no", "nobody", "nothing"),
    )
)
_HABIT: Final = frozenset(["used", "would", "'d", "’d", "always", "usually"])
_PAST: Final = frozenset(("was", "were", "had", "did"))
_NOT_PAST: Final = ("s", "ing", "'re", "’re", "'m", "’m", "'ve", "’ve", "'ll", "’ll", "n't", "n’t")
_OPINION: Final = frozenset(
    (
        *("be", "think", "guess", "mean", "suppose", "know", "would", "want", "like", "have", "do"),
        *("say", "see", "believe", "feel", "imagine", "remember", "wonder", "hope", "could", "can"),
        *("will", "should", "may"),
    )
)
_SUBJECTS: Final = ("i", "we", "he", "she", "they")
_TAKEN_UP: Final = ("you", "that", "it", "this", "there", "what")


def since(place: Place, entry: Entry) -> CueClass | None:
    """A reason where it opens a clause of a subject and a present verb; a time otherwise."""
    main = {token.lower_ for token in [*place.words_of(place.before), *place.words_of(place.after)]}
    if not place.opens or not place.next_is("PRON", "DET", "PROPN", "NOUN") or main & _PERFECT:
        return None
    return entry.kind if any(token.lower_ in _PRESENT for token in place.behind[1:5]) else None


def as_(place: Place, entry: Entry) -> CueClass | None:
    """A reason only as in "as there was no money", "as we had none"."""
    words = place.behind
    subject = len(words) > 2 and words[0].pos_ == "PRON" and words[1].lemma_ in ("be", "have")
    going = subject and words[2].lower_.endswith("ing")
    return entry.kind if place.opens and subject and not going and (place.before or place.after) else None


def although(place: Place, entry: Entry) -> CueClass | None:
    """Beside a main clause in its sentence; alone, or "although I did", it corrects what was said."""
    doing = any(token.lower_ in ("do", "did", "does") for token in place.behind[1:2])
    return entry.kind if (place.before or place.after) and not doing else None


def though(place: Place, entry: Entry) -> CueClass | None:
    """Where it opens a clause; at its end it is no more than "however"."""
    return although(place, entry) if place.opens and len(place.behind) > 1 else None


def by(place: Place, entry: Entry) -> CueClass | None:
    """by doing something."""
    going = place.behind[:1]
    return entry.kind if going and going[0].pos_ == "VERB" and going[0].lower_.endswith("ing") else None


def result(place: Place, entry: Entry) -> CueClass | None:
    """as a result: as a result of something it is a reason."""
    return None if place.behind[:1] and place.behind[0].lower_ == "of" else entry.kind


def so(place: Place, entry: Entry) -> CueClass | None:
    """A result where it joins what somebody did or had to do; a word to begin with, or "very", elsewhere.

    Behind a comma nearly every subject will do. At the beginning of a sentence only what a person did then,
    told in the past: "So I think", "So it is" take up the word.
    """
    words = [token for token in place.behind if token.lower_ not in _BEFORE and token.pos_ != "ADV"]
    enough = 2 if place.before is not None else 3
    if place.first != place.clause.first or len(words) < enough or words[0].pos_ != "PRON":
        return None
    who, verb = words[0].lower_, words[1]
    if place.before is not None:
        return None if who in _TAKEN_UP or verb.lemma_ in ("think", "guess", "mean") else entry.kind
    did = verb.pos_ == "VERB" and verb.lemma_ not in _OPINION and _past(verb)
    return entry.kind if who in _SUBJECTS and did else None


def when(place: Place, entry: Entry) -> CueClass | None:
    """A condition where it comes again and again, or holds in general; a date where it was once."""
    before = place.words_of(place.before)
    if condition(place, entry) is None or (before and before[-1].lemma_ == "be"):  # that is when
        return None
    around = [*before, *place.words_of(place.after)]
    if any(token.lower_ in _HABIT for token in around):
        return entry.kind
    return None if any(_past(token) for token in [*place.behind, *around]) else entry.kind


def _past(verb: "Token") -> bool:
    """Whether a verb is told in the past, by its form and its lemma."""
    form = verb.lower_
    told = form != verb.lemma_.lower() and not form.endswith(_NOT_PAST)
    return verb.pos_ in _VERBS and (form in _PAST or (told and form not in ("are", "am", "'s", "’s", "has")))


TRAPS: Final[dict[str, Trap]] = {
    "clause": clause,
    "condition": condition,
    "meanwhile": meanwhile,
    "lacking": lacking,
    "attempt": attempt,
    "so_that": so_that,
    "since_then": since_then,
    "da": da,
    "denn": denn,
    "lies": lies,
    "thanks": thanks,
    "purpose": purpose,
    "damit": damit,
    "therefore": therefore,
    "front": front,
    "thereby": thereby,
    "also": also,
    "since": since,
    "as": as_,
    "although": although,
    "though": though,
    "by": by,
    "result": result,
    "so": so,
    "when": when,
}
