"""Which documents of a study a citation names: by title, file, case, speaker, or in short ("I2", "B")."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.rows import CaseRow, SourceRow, SpeakerRow

_TALKS: Final = ("interview", "focus_group")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_NOUGHTS: Final = re.compile(r"(?<!\d)0+(?=\d)")
_KINDS: Final = (
    r"interview(?:partner(?:in)?|ee)?|int|ip|i|befragte[rn]?|transkript|transcript|gespräch|fall|case|person|"
    r"respondent|participant|teilnehmer(?:in)?|gruppe|group|gd|fg|fokusgruppe|gruppendiskussion|focusgroup"
)
_KIND: Final = re.compile(rf"(?:{_KINDS})")
_CODE: Final = re.compile(rf"(?:{_KINDS})?(?:[a-zäöü]{{0,2}}\d{{1,3}}|[a-z])")
_BETWEEN: Final = re.compile(r"^(?:nr|no|mit|with)")
_SHORT: Final = 3  # letters of a word that is no surname
_PARTED: Final = re.compile(r"\s+[–—-]\s+|\s*[(:,;|]")


def folded(name: str) -> str:
    """Letters and numbers alone: "Interview 02" and "interview2" are the same."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return _NOUGHTS.sub("", _NO_LETTER.sub("", _NOUGHTS.sub("", name)))


def looks_like_code(name: str) -> bool:
    """Whether a name is of the kind that studies give: "B7", "Interview K", "IP3"."""
    return _CODE.fullmatch(folded(name)) is not None


@dataclass(frozen=True, slots=True)
class Names:
    """Names of documents, the surest first."""

    ranks: tuple[dict[str, frozenset[str]], ...]
    written: tuple[str, ...]

    @classmethod
    def of(
        cls, sources: Iterable[SourceRow], cases: Iterable[CaseRow], speakers: Iterable[SpeakerRow]
    ) -> "Names":
        """The names of a study."""
        documents = {one.guid: one for one in sources}
        ranks: tuple[defaultdict[str, set[str]], ...] = tuple(defaultdict(set) for _rank in range(5))
        written = set()
        for source in documents.values():
            for rank, name in _names_of(source):
                ranks[rank][folded(name)].add(source.guid)
                written |= {name} if rank == 0 else set()
        for case in cases:
            talks = [guid for guid in case.sources if documents[guid].kind in _TALKS]
            ranks[2][folded(case.name)].update(talks or case.sources)
            written.add(case.name)
        for key, guids in _surnames([*(one.title for one in documents.values()), *written]).items():
            ranks[4][key] |= frozenset[str]().union(*(_documents_of(ranks, name) for name in guids))
        for speaker in speakers:
            for name in (speaker.label, speaker.name):
                ranks[3][folded(name)].add(speaker.source)
        found = tuple({key: frozenset(guids) for key, guids in rank.items() if key} for rank in ranks)
        return cls(found, tuple(sorted(written, key=len, reverse=True)))

    def documents(self, name: str) -> frozenset[str]:
        """The documents that a name may mean; none where the study has no such name."""
        key = folded(name)
        tries = [key]
        if (kind := _KIND.match(key)) and key[kind.end() :]:
            tries += [key[kind.end() :], _BETWEEN.sub("", key[kind.end() :])]
        for one in tries:
            for rank in self.ranks:
                if one in rank:
                    return rank[one]
        return frozenset()

    def last_in(self, text: str) -> frozenset[str]:
        """The documents named last in a piece of text, by a title or a case's name of some length."""
        best, found = -1, frozenset[str]()
        for name in self.written:
            if len(name) <= _SHORT:  # words and letters of any text
                continue
            at = text.rfind(name)
            if at > best and not text[at - 1 : at].isalnum() and not text[at + len(name) :][:1].isalnum():
                best, found = at, self.documents(name)
        return found


def _surnames(names: Iterable[str]) -> dict[str, set[str]]:
    """Words with a capital that stand in one name alone, at its end: "Schmidt" for "Herr Schmidt"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        words = _PARTED.split(name, maxsplit=1)[0].split()
        if len(words) > 1 and len(words[-1]) > _SHORT and words[-1][:1].isupper():
            found[folded(words[-1])].add(name)
    return {key: those for key, those in found.items() if len(those) == 1}


def _documents_of(ranks: Sequence[dict[str, set[str]]], name: str) -> set[str]:
    return next((rank[folded(name)] for rank in ranks if rank.get(folded(name))), set())


def _names_of(source: SourceRow) -> Iterator[tuple[int, str]]:
    yield 0, source.title
    stem = source.file_name.rpartition(".")[0]
    if stem:
        yield 1, stem
    begin = _PARTED.split(source.title, maxsplit=1)[0]
    if begin != source.title:
        yield 1, begin
    if source.kind in _TALKS:
        key = folded(begin)
        kind = _KIND.match(key)
        if kind and key[kind.end() :]:
            yield 4, key[kind.end() :]
