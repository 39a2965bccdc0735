"""The words of a passage that may give a name: those of respondents, clause by clause.

Never the interviewer's, never a speaker's label, a sign of the transcriber, or what stands in brackets (the
place of a name). Where a document has no speakers, all of an interview counts as the respondent's words;
notes of the researcher have nobody's own words, but may give other names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qda.coding.rows import ParagraphRow
from qda.suggest.language.words import SIGN
from qda.suggest.phrases.wordlists import WordLists, word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPOKEN_KINDS: Final = ("interview", "focus_group")
_OPENING: Final = "([<"
_CLOSING: Final = ")]>"
_INTERVIEWER: Final = ("interviewer", "left_out")
_JOINING: Final = {"de": ("und", "oder", "aber", "sondern"), "en": ("and", "or", "but", "so", "because")}


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two signs of punctuation (or before an "and" with a verb of its own); ``number`` counts.

    ``own``: they are a respondent's own words. ``whole``: the passage cuts nothing off it.
    """

    tokens: "tuple[Token, ...]"
    number: int
    own: bool
    quoted: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """The clauses of a passage in their order; ``offset`` is the place of the Doc in the text."""

    doc: "Doc"
    offset: int
    language: str
    clauses: tuple[Clause, ...]

    @property
    def lists(self) -> WordLists:
        """The small words of its language."""
        return word_lists(self.language)


def passage_of(
    doc: "Doc",
    paragraphs: Iterable[ParagraphRow],
    span: tuple[int, int],
    *,
    language: str,
    kind: str = "interview",
    offset: int = 0,
) -> Passage:
    """The passage ``span`` (code points of the text) of a document read as ``doc``."""
    rows = [row for row in paragraphs if row.stop > span[0] and row.start < span[1]]
    speakers = any(row.role for row in rows)
    clauses: list[Clause] = []
    for row in rows:
        if row.role in _INTERVIEWER or row.kind == "header":
            continue
        start, stop = max(row.label_stop, row.start, span[0]), min(row.stop, span[1])
        own = row.role == "respondent" if speakers else kind in _SPOKEN_KINDS
        tokens = _tokens(doc, start - offset, stop - offset)
        for some, quoted in _cut(tokens, language):
            clauses.append(Clause(tuple(some), len(clauses), own, quoted, _is_whole(doc, some, span, offset)))
    return Passage(doc, offset, language, tuple(clauses))


def _tokens(doc: "Doc", start: int, stop: int) -> "list[Token]":
    """Tokens that stand wholly in a span; half a word is none."""
    if stop <= start:
        return []
    # Not len(doc.text): that is put together anew each time, and takes longer than all the rest.
    end = doc[-1].idx + len(doc[-1]) if len(doc) else 0
    found = doc.char_span(max(start, 0), min(stop, end), alignment_mode="expand")
    tokens = list(found) if found is not None else []
    return [token for token in tokens if token.idx >= start and token.idx + len(token) <= stop]


def _is_whole(doc: "Doc", tokens: "list[Token]", span: tuple[int, int], offset: int) -> bool:
    """Whether no word of its sentence is cut off right before or behind it."""
    first, last = tokens[0], tokens[-1]
    if first.i and first.idx + offset <= span[0] and not first.is_sent_start:
        before = doc[first.i - 1]
        if before.pos_ not in ("PUNCT", "SPACE", "X", "CCONJ"):
            return False
    if last.i + 1 < len(doc) and last.idx + len(last) + offset >= span[1]:
        behind = doc[last.i + 1]
        return behind.pos_ in ("PUNCT", "SPACE", "X") or bool(behind.is_sent_start)
    return True


def _cut(tokens: "list[Token]", language: str) -> "Iterator[tuple[list[Token], bool]]":
    """Clauses, and whether they stand in quotation marks."""
    quoted = False
    for some in _between_signs(tokens):
        if isinstance(some, bool):
            quoted = some
        else:
            for one in _at_joining(some, language):
                yield one, quoted


def _between_signs(tokens: "list[Token]") -> "Iterator[list[Token] | bool]":
    """Runs of words; a truth value where quotation marks open or close."""
    run: list[Token] = []
    depth, quoted = 0, False
    for token in tokens:
        if token.is_sent_start and run:
            yield run
            run = []
        mark = token.text
        if token.tag_ == SIGN and "/" not in mark:  # a pause, a laugh: no border
            continue
        if token.is_alpha or (token.pos_ not in ("PUNCT", "SPACE", "X") and not depth):
            if not depth:
                run.append(token)
            continue
        if run:
            yield run
            run = []
        depth += (mark in _OPENING) - (mark in _CLOSING and depth > 0)
        if mark in '„“”"»«‚‘' and mark.strip():
            quoted = _opens(mark, quoted=quoted)
            yield quoted
    if run:
        yield run


def _opens(mark: str, *, quoted: bool) -> bool:
    return mark in "„‚" or (not quoted and mark in '»«“"')


def _at_joining(run: "list[Token]", language: str) -> "Iterator[list[Token]]":
    """Cut before an "and" where both sides have a verb, unless it is the same word (reden und reden)."""
    start = 0
    for at, token in enumerate(run[:-1]):
        if token.lower_ not in _JOINING[language] or run[at - 1].lower_ == run[at + 1].lower_:
            continue
        if any(map(_is_verb, run[start:at])) and any(map(_is_verb, run[at + 1 :])):
            yield run[start:at]
            start = at
    yield run[start:]


def _is_verb(token: "Token") -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_finite(token: "Token") -> bool:
    """Whether it is a finite verb: by its tag where that tells, else by its form and what stands before."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    tag = token.tag_
    if "FIN" in tag or "IMP" in tag:
        return True
    if any(end in tag for end in ("INF", "(PP)", "IZU")) or tag in ("VVPP", "VAPP", "VMPP"):
        return False
    if len(tag) == 3 and tag[0] == "V":  # English, both tag sets
        return tag[2] in "BDZP0"
    if tag in ("VB", "MD"):
        return tag == "MD"
    return token.pos_ == "AUX" or not token.lower_.endswith(("en", "ing")) or _behind_pronoun(token)


def _behind_pronoun(token: "Token") -> bool:
    return token.i > 0 and token.doc[token.i - 1].lower_ in ("wir", "sie", "die")


def lemma_of(token: "Token") -> str:
    """The lemma without what is joined to it (geben+es)."""
    return token.lemma_.partition("+")[0]


def written(token: "Token") -> str:
    """The word as it is written, emphasis in capitals taken back."""
    word: str = token.text
    if len(word) > 3 and word.isupper() and word.isalpha() and not token.lemma_.isupper():
        return word.capitalize() if token.pos_ in ("NOUN", "PROPN") else word.lower()
    return word


def is_name(token: "Token", passage: Passage) -> bool:
    """Whether it is the name of a person or a place, as far as one can tell."""
    if token.pos_ == "PROPN" or token.text in passage.lists.titles:
        return True
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and before.text in passage.lists.titles and token.text[:1].isupper()
