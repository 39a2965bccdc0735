"""Process labels of English clauses: verb with object or preposition, as a gerund."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from qda.suggest.phrases.candidates import Candidate, content_of
from qda.suggest.phrases.chunks import Chunk, chunks
from qda.suggest.phrases.nouns import is_time
from qda.suggest.phrases.passages import Clause, Passage, is_name, lemma_of, written

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECT, _PLACE, _PLAIN, _WEAK = 0.4, 0.3, 0.0, -0.6
_LONGEST: Final = 4  # words of an object
_VOWELS: Final = "aeiou"
_DOUBLED: Final = frozenset(
    ("begin", "forget", "admit", "refer", "commit", "permit", "control", "occur", "regret")
)


def gerund(verb: str) -> str:
    """The form in -ing: make → making, lie → lying, run → running, agree → agreeing."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return f"{verb[:-1]}ing"
    short = sum(letter in _VOWELS for letter in verb) == 1 and len(verb) > 2
    closed = verb[-1:] not in (*_VOWELS, "w", "x", "y") and verb[-2:-1] in tuple(_VOWELS)
    return f"{verb}{verb[-1]}ing" if (short and closed) or verb in _DOUBLED else f"{verb}ing"


def english(passage: Passage) -> Iterator[Candidate]:
    """The process labels of a passage."""
    for clause in passage.clauses:
        if tuple(token.lower_ for token in clause.tokens) in passage.lists.phrases:
            continue
        for group in _groups(clause.tokens):
            made = _candidate(group, clause, passage)
            if made is not None:
                yield made


def _groups(tokens: "Sequence[Token]") -> "Iterator[tuple[Token, ...]]":
    """Verbs that stand together (let go; try to set: set alone counts), left to right."""
    verbs = [token for token in tokens if token.pos_ == "VERB"]
    at = 0
    while at < len(verbs):
        group = [verbs[at]]
        while at + 1 < len(verbs) and verbs[at + 1].i == group[-1].i + 1:
            at += 1
            group.append(verbs[at])
        behind = verbs[at + 1] if at + 1 < len(verbs) else None
        at += 1
        if behind is None or not _leads_to(group[-1], behind):
            yield tuple(group)


def _leads_to(verb: "Token", behind: "Token") -> bool:
    return behind.i == verb.i + 2 and verb.doc[verb.i + 1].lower_ == "to"


def _candidate(group: "tuple[Token, ...]", clause: Clause, passage: Passage) -> Candidate | None:
    main = group[0]
    verb = lemma_of(main).lower()
    if not verb.isalpha() or (verb in passage.lists["speech"] and len(group) == 1):
        return None
    words = [gerund(verb), *(token.lower_ for token in group[1:])]
    used = list(group)
    helpers = _helpers(main, clause.tokens)
    if _is_passive(main, helpers):
        words = ["being", main.lower_]
    no = next((token for token in helpers if token.lower_ in passage.lists["never"]), None)
    able = no is not None and any(lemma_of(token).lower() in ("can", "could", "ca") for token in helpers)
    plus = _behind(words, used, group[-1], clause, passage)
    if no is not None:
        used.insert(0, no)
        if able:
            words[:1] = ["being", "able", "to", verb]
        words.insert(0, "never" if no.lower_ == "never" else "not")
    if plus == 0 and verb in passage.lists["weak"] and len(words) < 3:
        plus = _WEAK
    tokens = tuple(sorted(used, key=lambda token: token.i))
    return Candidate(" ".join(words), "process", tokens, content_of(tokens), verb, clause.number, plus)


def _helpers(main: "Token", tokens: "Sequence[Token]") -> "list[Token]":
    """What stands right before a verb: auxiliaries, "not", adverbs."""
    found: list[Token] = []
    for token in reversed([one for one in tokens if one.i < main.i]):
        if token.pos_ not in ("AUX", "PART", "ADV"):
            break
        found.append(token)
    return found


def _is_passive(main: "Token", helpers: "Sequence[Token]") -> bool:
    return main.tag_ in ("VVN", "VBN", "VHN", "VDN") and any(lemma_of(one) == "be" for one in helpers)


def _behind(words: list[str], used: "list[Token]", last: "Token", clause: Clause, passage: Passage) -> float:
    """Adds particle, object and preposition to a label; what speaks for it by them."""
    tokens = [token for token in clause.tokens if token.i > last.i]
    found = [
        one for one in chunks(clause, passage) if one.tokens[0].i > last.i and not _is_left_out(one, passage)
    ]
    particle = next((token for token in tokens if token.tag_ in ("AVP", "RP")), None)
    if particle is not None and not any(one.pos_ == "VERB" and one.i < particle.i for one in tokens):
        words.append(particle.lower_)
        used.append(particle)
    skipped = [token for token in tokens if token.pos_ not in ("ADV", "PART") and token is not particle]
    myself = next((token for token in skipped[:1] if token.lower_ in _selves(passage)), None)
    if myself is not None:
        words.append("oneself")
        used.append(myself)
        skipped = skipped[1:]
    elif skipped and skipped[0].pos_ == "PRON" and skipped[0].lower_ not in passage.lists["subjects"]:
        skipped = skipped[1:]
    chunk = next((one for one in found if skipped and one.tokens[0].i == skipped[0].i), None)
    if chunk is None:
        return _OBJECT / 2 if myself is not None or particle is not None else _PLAIN
    kept = _kept(chunk, passage)
    words += [written(token) for token in kept]
    used += kept
    return _OBJECT if chunk.prep is None else _PLACE


def _selves(passage: Passage) -> frozenset[str]:
    return frozenset(pronoun for _subject, pronoun in passage.lists.reflexive)


def _is_left_out(chunk: Chunk, passage: Passage) -> bool:
    return is_time(chunk.head, passage) or any(is_name(token, passage) for token in chunk.nouns)


def _kept(chunk: Chunk, passage: Passage) -> "list[Token]":
    """The phrase without a possessive or a pointing word; of a long one preposition and nouns."""
    articles = passage.lists["articles"] | passage.lists["none"]
    # Recovering all of the code: the code.
    prep = [chunk.prep] if chunk.prep is not None and chunk.prep.lower_ != "of" else []
    rest = [
        token
        for token in chunk.tokens
        if token is not chunk.prep and (token.pos_ not in ("DET", "PRON") or token.lower_ in articles)
    ]
    return [*prep, *rest] if len(rest) <= _LONGEST else [*prep, *chunk.nouns]
