"""Words of the respondent as a name, exactly as they are said: two to six of them.

What is striking: words in quotation marks, comparisons ("wie so ein Leuchtturm"), short clauses with a finite
verb that stand alone ("das Netzwerk bin ja ich"), short pieces without a verb between signs ("kurzer
Dienstweg"), words said again ("reden und reden"), and phrases with a preposition. Fillers are cut off at both
ends, and no noun phrase is cut through.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from qda.suggest.phrases.candidates import Candidate, content_of
from qda.suggest.phrases.chunks import chunks
from qda.suggest.phrases.nouns import is_time
from qda.suggest.phrases.passages import Clause, Passage, is_finite, is_name, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

SHORTEST: Final = 2
LONGEST: Final = 6
_PIECE_WORDS: Final = 4
_WHOLE, _QUOTED, _COMPARED, _AGAIN, _CLAUSE, _PIECE, _PLACE = 1.0, 0.5, 0.9, 0.5, 0.3, 0.35, -0.1
_SELF: Final = frozenset(("ich", "wir", "mich", "mir", "uns", "i", "we", "me", "us", "myself"))
_INDEFINITE: Final = frozenset(("ein", "eine", "einen", "einem", "einer", "'ne", "ne", "nen", "a", "an"))
_FIRST_PERSON: Final = 0.15


def in_vivo(passage: Passage) -> Iterator[Candidate]:
    """The striking words of a passage; the same words may come for several reasons, the best counts."""
    best: dict[tuple[int, int], Candidate] = {}
    said = Counter(lemma_of(token) for one in passage.clauses for token in content_of(one.tokens))
    for clause in passage.clauses:
        if not clause.own:
            continue
        for tokens, plus in _striking(clause, passage):
            made = _candidate(tokens, plus, clause, passage, said)
            if made is None:
                continue
            key = made.tokens[0].i, made.tokens[-1].i
            if key not in best or best[key].plus < made.plus:
                best[key] = made
    yield from best.values()


def _striking(clause: Clause, passage: Passage) -> "Iterator[tuple[Sequence[Token], float]]":
    tokens = trimmed(clause.tokens, passage)
    alone = len(passage.clauses) == 1
    # A piece that the border of the passage cuts off stands for nothing, unless it is all that was chosen.
    if tokens and (clause.whole or alone) and _stands_alone(tokens, passage):
        finite = any(is_finite(token) for token in tokens)
        plus = _CLAUSE if finite else _PIECE
        yield tokens, _WHOLE if alone else plus + (_QUOTED if clause.quoted else 0.0)
    yield from _comparisons(clause, passage)
    yield from _said_again(clause.tokens)
    for chunk in chunks(clause, passage):
        if chunk.prep is not None and not is_time(chunk.head, passage):
            yield trimmed(chunk.tokens, passage), _PLACE


def trimmed(tokens: "Sequence[Token]", passage: Passage) -> "Sequence[Token]":
    """Without fillers and joining words at both ends."""
    start, stop = 0, len(tokens)
    fillers = passage.lists["fillers"]
    while start < stop and (_is_filler(tokens[start], fillers) or tokens[start].pos_ == "CCONJ"):
        start += 1
    # Not "da" at the end: ich bin nicht da.
    ends = fillers - {"da"}
    while stop > start and (_is_filler(tokens[stop - 1], ends) or tokens[stop - 1].pos_ == "CCONJ"):
        stop -= 1
    return tokens[start:stop]


def _is_filler(token: "Token", fillers: frozenset[str]) -> bool:
    if token.pos_ == "INTJ":
        return True
    if token.lower_ not in fillers or token.pos_ in ("NOUN", "VERB", "AUX") or token.tag_ == "PTKVZ":
        return False
    # So ein Leuchtturm, such a thing: it belongs to the noun.
    behind = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.lower_ not in ("so", "such") or behind is None or behind.pos_ != "DET"


def _stands_alone(tokens: "Sequence[Token]", passage: Passage) -> bool:
    """No subordinate clause, no question, no turn of speech, nothing that hangs in the air."""
    first, last = tokens[0], tokens[-1]
    lists = passage.lists
    words = tuple(token.lower_ for token in tokens)
    if first.pos_ == "SCONJ" or (first.lower_ in lists["interrogative"] and first.pos_ != "ADP"):
        return False
    if words in lists.phrases or "PREL" in first.tag_ or _only_says(tokens, passage):
        return False
    finite = [token for token in tokens if is_finite(token)]
    if (
        finite
        and passage.language == "de"
        and finite[-1].i == last.i
        and len(tokens) > 2
        and len(finite) == 1
    ):
        return False  # the verb at the end: the clause hangs on another
    if finite:
        return True
    bare = first.pos_ == "DET" and not any(token.pos_ == "ADJ" for token in tokens)
    return not bare and len(tokens) <= _PIECE_WORDS and bool(content_of(tokens))


def _only_says(tokens: "Sequence[Token]", passage: Passage) -> bool:
    verbs = [token for token in tokens if token.pos_ == "VERB"]
    speech = bool(verbs) and all(lemma_of(token).lower() in passage.lists["speech"] for token in verbs)
    return speech and not any(token.pos_ == "NOUN" for token in tokens)


def _comparisons(clause: Clause, passage: Passage) -> "Iterator[tuple[Sequence[Token], float]]":
    """ "Like a lighthouse": the comparing word, and the noun phrase right behind it."""
    lists = passage.lists
    found = chunks(clause, passage)
    for token in clause.tokens:
        if token.lower_ not in lists["comparing"] or token.pos_ in ("VERB", "NOUN"):
            continue
        at = token.i
        while at + 1 < len(passage.doc) and passage.doc[at + 1].lower_ in lists["comparison_rest"]:
            at += 1
        behind = next((c for c in found if c.tokens[0].i in (at + 1, token.i) and c.head.i > token.i), None)
        if behind is not None and behind.det is not None and behind.det.lower_ in _INDEFINITE:
            stop = behind.tokens[-1].i
            yield [one for one in clause.tokens if token.i <= one.i <= stop], _COMPARED


def _said_again(tokens: "Sequence[Token]") -> "Iterator[tuple[Sequence[Token], float]]":
    """ "Reden und reden": the same word on both sides of an "and", with the subject before it."""
    for at in range(1, len(tokens) - 1):
        left, right = tokens[at - 1], tokens[at + 1]
        if tokens[at].pos_ in ("CCONJ", "ADP") and left.lower_ == right.lower_ and content_of((left,)):
            start = at - 2 if at > 1 and tokens[at - 2].pos_ == "PRON" else at - 1
            yield tokens[start : at + 2], _AGAIN


def _candidate(
    tokens: "Sequence[Token]", plus: float, clause: Clause, passage: Passage, said: Counter[str]
) -> Candidate | None:
    words = [token for token in tokens if any(map(str.isalnum, token.text))]
    content = content_of(words)
    person = any(token.lower_ in _SELF for token in words)
    if not SHORTEST <= _words(words) <= LONGEST or not (content or person):
        return None
    if cuts(tokens, passage) or any(is_name(token, passage) for token in words):
        return None
    if content and all(is_time(token, passage) for token in content):
        return None
    first, last = tokens[0], tokens[-1]
    name = passage.doc[first.i : last.i + 1].text
    if "\n" in name or any(sign in name for sign in "()[]/#") or _has_filler(words):
        return None
    again = 0.1 if any(said[lemma_of(token)] > 1 for token in content) else 0.0
    plus += again + (_FIRST_PERSON if person else 0.0)
    head = next((token for token in reversed(content) if token.pos_ != "ADJ"), last)
    return Candidate(name, "in-vivo", tuple(tokens), content, lemma_of(head).lower(), clause.number, plus)


def _words(tokens: "Sequence[Token]") -> int:
    """How many words, as they are written: don’t is one."""
    return sum(1 for token in tokens if not token.text.lower().startswith(("n't", "n’t", "'", "’")))


def _has_filler(tokens: "Sequence[Token]") -> bool:
    return any(token.pos_ == "INTJ" and token.lower_ not in ("nein", "ja", "yes", "no") for token in tokens)


def cuts(tokens: "Sequence[Token]", passage: Passage) -> bool:
    """Whether a noun phrase is cut in the middle at one of the ends."""
    doc = passage.doc
    first, last = tokens[0], tokens[-1]
    if last.pos_ in ("DET", "SCONJ", "CCONJ") or (
        last.pos_ == "ADP" and last.tag_ not in ("PTKVZ", "AVP", "RP")
    ):
        return True
    behind = doc[last.i + 1] if last.i + 1 < len(doc) and not doc[last.i + 1].is_sent_start else None
    if last.pos_ in ("ADJ", "NUM", "DET") and behind is not None and behind.pos_ in ("NOUN", "PROPN", "ADJ"):
        return True
    if last.pos_ == "NOUN" and behind is not None and behind.pos_ == "NOUN" and passage.language == "en":
        return True
    if first.pos_ in ("NOUN", "ADJ", "PROPN") and first.i and not first.is_sent_start:
        before = doc[first.i - 1]
        return before.pos_ in ("DET", "ADJ", "NUM", "ADP") and before.tag_ not in ("ADJ(D)", "PTKVZ")
    return False
