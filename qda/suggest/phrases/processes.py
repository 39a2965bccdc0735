"""Process labels of German clauses: verb with object or preposition, as an infinitive.

Separable verbs are joined (ruft … an: anrufen), a reflexive and a negation are kept, the passive stays one,
and so does a modal verb (nicht loslassen können). There is no parser: what the object is, is told by its
article, and by whether another word is the subject; where that leaves it open, the label does without.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.suggest.phrases.candidates import Candidate, content_of
from qda.suggest.phrases.chunks import Chunk, chunks
from qda.suggest.phrases.nouns import is_time
from qda.suggest.phrases.passages import Clause, Passage, is_finite, is_name, lemma_of, written

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECT, _PLACE, _PLAIN, _WEAK = 0.4, 0.3, 0.0, -0.6
_PEOPLE: Final = frozenset(("ich", "wir", "du", "er", "sie", "man", "die", "der", "es"))
_OURSELVES: Final = frozenset(("ich", "wir", "du", "man", "die"))
_LONGEST: Final = 3  # words of an object or of what stands with a preposition, without these


@dataclass(slots=True)
class _Label:
    """What a label is made of; words in the order of an infinitive."""

    verb: str
    main: "Token"
    used: "list[Token]" = field(default_factory=list)
    reflexive: bool = False
    negation: str = ""
    object_: str = ""
    place: str = ""
    behind: str = ""  # werden, können

    def written(self) -> str:
        """The label."""
        first = "sich" if self.reflexive else ""
        article = self.object_.partition(" ")[0] in ("den", "die", "das")
        middle = (self.object_, self.negation) if article else (self.negation, self.object_)
        parts = (first, *middle, self.place, self.verb, self.behind)
        return " ".join(part for part in parts if part)


def german(passage: Passage) -> Iterator[Candidate]:
    """The process labels of a passage."""
    clauses = passage.clauses
    for at, clause in enumerate(clauses):
        if not _is_speech(clause, passage):
            label = _action(clause, clauses[at + 1 : at + 3], passage) or _state(clause, passage)
            if label is not None:
                yield _candidate(label, clause, passage)


def _candidate(label: _Label, clause: Clause, passage: Passage) -> Candidate:
    tokens = tuple(sorted({token.i: token for token in label.used}.values(), key=lambda token: token.i))
    weak = (
        lemma_of(label.main).lower() in passage.lists["weak"] and label.verb == lemma_of(label.main).lower()
    )
    plus = _OBJECT if label.object_ else _PLACE if label.place else _WEAK if weak else _PLAIN
    if weak and plus > 0:
        plus /= 2
    return Candidate(label.written(), "process", tokens, content_of(tokens), label.verb, clause.number, plus)


def _is_speech(clause: Clause, passage: Passage) -> bool:
    """A turn of speech (ich weiß nicht, sag ich mal), or words that only bring in what somebody says."""
    words = tuple(token.lower_ for token in clause.tokens)
    if words in passage.lists.phrases:
        return True
    verbs = [token for token in clause.tokens if token.pos_ == "VERB"]
    speech = bool(verbs) and all(lemma_of(token).lower() in passage.lists["speech"] for token in verbs)
    return speech and not any(token.pos_ == "NOUN" or _negates(token, passage) for token in clause.tokens)


def _negates(token: "Token", passage: Passage) -> bool:
    lists = passage.lists
    word = token.lower_
    return any(word in lists[name] for name in ("never", "nobody", "nothing", "none"))


def _action(clause: Clause, behind: Sequence[Clause], passage: Passage) -> _Label | None:
    tokens = clause.tokens
    verbs = [token for token in tokens if token.pos_ == "VERB" and lemma_of(token).lower().endswith("n")]
    verbs = [token for token in verbs if token.text.isalpha() or _is_joined(token)]
    if not verbs:
        return None
    main = next((token for token in reversed(verbs) if not is_finite(token)), verbs[-1])
    if _is_participle(main) and not any(token.pos_ == "AUX" for token in tokens):
        return None
    label = _Label(lemma_of(main).lower(), main, [main])
    if is_finite(main) and not _impersonal(main, tokens):
        _join_particle(label, tokens, behind)
    elif _impersonal(main, tokens):
        return None
    if label.verb == "haben" and label.main.pos_ != "VERB":
        return None
    _set_helpers(label, tokens, passage)
    _set_reflexive(label, tokens, passage)
    _set_object(label, clause, passage)
    _set_negation(label, tokens, passage)
    return label


def _is_joined(token: "Token") -> bool:
    """A verb with an "it" at its end: gibt’s, macht’s."""
    return "+" in token.lemma_


def _impersonal(main: "Token", tokens: "Sequence[Token]") -> bool:
    """Es gibt."""
    if lemma_of(main) != "geben":
        return False
    return "+es" in main.lemma_ or any(token.lower_ == "es" for token in tokens)


def _join_particle(label: _Label, tokens: "Sequence[Token]", behind: Sequence[Clause]) -> None:
    """The particle at the end of the clause; or alone, with a clause between (ich ruf den, der kommt, an)."""
    own = [token for token in tokens if token.i > label.main.i and _is_particle(token, tokens)]
    lone = [one.tokens[0] for one in behind if len(one.tokens) == 1 and one.tokens[0].tag_ == "PTKVZ"]
    found = own[-1:] or lone[:1]
    if not found:
        return
    particle = lemma_of(found[0]).lower()
    if not label.verb.startswith(particle):
        label.verb = particle + label.verb
    label.used.append(found[0])


def _is_particle(token: "Token", tokens: "Sequence[Token]") -> bool:
    if token.tag_ == "PTKVZ":
        return True
    return token.pos_ == "ADP" and token.i == tokens[-1].i and token.tag_ in ("ADP", "APPR")


def _is_participle(token: "Token") -> bool:
    if "(PP)" in token.tag_ or token.tag_ == "VVPP":
        return True
    return token.tag_ == "VERB" and token.lower_.startswith("ge") and token.lower_ != lemma_of(token).lower()


def _set_helpers(label: _Label, tokens: "Sequence[Token]", passage: Passage) -> None:
    """Passive and modal verbs, which stay behind the verb."""
    helpers = [token for token in tokens if token.pos_ == "AUX"]
    lemmas = {lemma_of(token): token for token in helpers}
    participle = _is_participle(label.main)
    if participle and "werden" in lemmas:
        label.verb, label.behind = label.main.lower_, "werden"
    modal = next((lemma for lemma in lemmas if lemma in passage.lists["modals"]), "")
    if modal and not participle and not is_finite(label.main) and label.verb != modal:
        label.behind = f"{label.behind} {modal}".strip()
        label.used.append(lemmas[modal])


def _set_reflexive(label: _Label, tokens: "Sequence[Token]", passage: Passage) -> None:
    words = {token.lower_: token for token in tokens}
    for subject, pronoun in passage.lists.reflexive:
        if pronoun in words and (not subject or subject in words):
            label.reflexive = True
            label.used.append(words[pronoun])
            return


def _set_negation(label: _Label, tokens: "Sequence[Token]", passage: Passage) -> None:
    lists = passage.lists
    if label.object_.startswith("kein"):
        return
    for token in tokens:
        word = token.lower_
        if word in lists["nothing"] and not label.object_:
            label.object_ = "nichts"
        elif word in lists["never"]:
            more = token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "mehr"
            label.negation = f"{word} mehr" if more else word
        elif word in lists["nobody"]:
            first, _blank, rest = label.object_.partition(" ")
            if first in ("ein", "eine", "einen") and rest:
                label.object_ = f"k{label.object_}"
            else:
                label.negation = label.negation or "nicht"
        else:
            continue
        label.used.append(token)
        return


def _set_object(label: _Label, clause: Clause, passage: Passage) -> None:
    """The object, else what stands with a preposition."""
    found = [
        chunk
        for chunk in chunks(clause, passage)
        if not any(is_name(token, passage) for token in chunk.nouns) and not is_time(chunk.head, passage)
    ]
    bare = [chunk for chunk in found if chunk.prep is None]
    with_preposition = [chunk for chunk in found if chunk.prep is not None]
    passive = label.behind.startswith("werden")
    chosen = None if passive else _object(bare, clause, passage)
    if chosen is not None:
        label.object_ = _as_object(chosen, passage)
        label.used += _kept(chosen, passage)
    elif with_preposition:
        place = _nearest(with_preposition, label.main)
        if len(place.tokens) <= _LONGEST + 1:
            label.place = " ".join(written(token) for token in place.tokens)
            label.used += place.tokens


def _object(bare: Sequence[Chunk], clause: Clause, passage: Passage) -> Chunk | None:
    lists = passage.lists
    marked = [one for one in bare if one.det is not None and one.det.lower_ in lists["accusative"]]
    if marked:
        return marked[-1]
    bare = [one for one in bare if one.det is None or one.det.lower_ not in lists["nominative"]]
    if not bare:
        return None
    subject = any(
        token.lower_ in lists["subjects"] and token.pos_ == "PRON" for token in clause.tokens
    ) or _is_infinite(clause)
    first = clause.tokens[0]
    dropped = first.pos_ == "CCONJ" or (first.pos_ == "AUX" and lemma_of(first) == "haben")
    if subject or dropped:
        return bare[-1]
    return bare[-1] if len(bare) > 1 else None


def _is_infinite(clause: Clause) -> bool:
    """An infinitive with "to", or words without a finite verb: nobody is named who does it."""
    return not any(is_finite(token) for token in clause.tokens)


def _nearest(found: Sequence[Chunk], main: "Token") -> Chunk:
    before = [chunk for chunk in found if chunk.tokens[-1].i < main.i]
    return before[-1] if before else found[0]


def _kept(chunk: Chunk, passage: Passage) -> "list[Token]":
    """The object without a possessive or a pointing word, and at most two words before the noun."""
    tokens = [token for token in chunk.tokens if token is not chunk.det or _is_article(token, passage)]
    return tokens if len(tokens) <= _LONGEST else [chunk.head]


def _is_article(token: "Token", passage: Passage) -> bool:
    return token.lower_ in passage.lists["articles"] or token.lower_ in passage.lists["none"]


def _as_object(chunk: Chunk, passage: Passage) -> str:
    kept = _kept(chunk, passage)
    words = [written(token) for token in kept]
    if kept[0] is chunk.det or (chunk.det is not None and kept[0].i == chunk.det.i):
        words[0] = words[0].lower()
    return " ".join(words)


def _state(clause: Clause, passage: Passage) -> _Label | None:
    """To be something: unbefristet sein, Publikum sein, kein Vorgang sein."""
    tokens = clause.tokens
    if any(token.pos_ == "VERB" for token in tokens):
        return None
    found = [token for token in tokens if is_finite(token)]
    verb = found[0] if len(found) == 1 else None
    if verb is None or lemma_of(verb) not in ("sein", "werden") or not _has_person(tokens):
        return None
    what = tokens[-1] if tokens[-1].i != verb.i else tokens[-2] if len(tokens) > 1 else verb
    before = passage.doc[what.i - 1] if what.i else None
    plain = what.pos_ in ("ADJ", "NOUN") and not is_name(what, passage) and not is_time(what, passage)
    if before is None or not plain or before.pos_ in ("ADP", "ADJ", "NUM"):
        return None
    negated = before.lower_ in passage.lists["none"] or before.lower_ in passage.lists["never"]
    if what.pos_ == "NOUN" and not negated and not _has_person(tokens, _OURSELVES):
        return None
    label = _Label(lemma_of(verb), what, [what])
    label.object_ = written(what) if what.pos_ == "NOUN" else what.lower_
    if before.lower_ in passage.lists["none"]:
        label.object_, label.used = f"{before.lower_} {label.object_}", [before, what]
    elif before.pos_ == "DET":
        return None
    elif before.lower_ in passage.lists["never"]:
        label.object_, label.used = f"{before.lower_} {label.object_}", [before, what]
    return label


def _has_person(tokens: "Sequence[Token]", people: Collection[str] = _PEOPLE) -> bool:
    return any(token.lower_ in people and token.pos_ == "PRON" for token in tokens)
