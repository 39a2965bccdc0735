"""What names need of a study: Docs, how often lemmas come, names of codes and concepts.

Lemmas are counted from what the language tools have kept of the texts, without making Docs again, up to
:data:`MOST` documents (evenly spread over the study): enough to tell a rare word from a common one. What is
kept here while the study is open is thrown away as soon as an act changes it.
"""

import math
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from qda.coding import analyses, codes, concepts, material
from qda.coding.analyses import Readable
from qda.coding.references import split_path
from qda.coding.rows import ParagraphRow
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.project import Changed
from qda.suggest.language.docs import doc_of
from qda.suggest.language.quiet import spacy
from qda.suggest.language.tools import names as tool_names
from qda.suggest.language.tools import tools
from qda.suggest.phrases.near import Names
from qda.suggest.phrases.wordlists import LANGUAGES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST: Final = 60
_DOCS: Final = 4  # that are held at once
_STUDIES: Final["WeakKeyDictionary[Project, Study]"] = WeakKeyDictionary()
_TEXTS: Final = frozenset(("source", "paragraph", "speaker", "project_sheet"))
_CODES: Final = frozenset(("code", "sensitizing_concept"))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How often lemmas come in a study (by their hash in spaCy's string store), of ``total`` words."""

    counts: Counter[int]
    total: int

    def of(self, token: "Token") -> float:
        """From 0 (every tenth word) to 1 (said once in a large study)."""
        seen = max(1, self.counts.get(token.lemma, 1))
        most = math.log(max(self.total, 1000))
        return max(0.0, min(1.0, math.log(max(self.total, 1000) / seen / 10) / (most - math.log(10))))


@dataclass(frozen=True, slots=True)
class Text:
    """A document as it is read for names; ``offset`` is the place of the Doc in the text."""

    doc: "Doc"
    offset: int
    language: str
    kind: str
    paragraphs: tuple[ParagraphRow, ...]


class Known:
    """Codes by name with their GUIDs, and the names of sensitizing concepts that are no codes."""

    def __init__(self, codes: Mapping[str, str] | None = None, concepts: Iterable[str] = ()) -> None:
        self.codes = dict(codes or {})
        self.names = Names(self.codes)
        self.concepts = Names(concepts)


@dataclass(slots=True)
class Study:
    """What is kept of a project between two questions."""

    known: Known | None = None
    rarity: dict[str, Rarity] = field(default_factory=dict)
    rows: dict[str, Readable] = field(default_factory=dict)
    texts: "OrderedDict[str, Text]" = field(default_factory=OrderedDict)

    def heard(self, change: Changed) -> None:
        """Forgets what an act has changed."""
        tables = change.tables
        if tables & _TEXTS:
            self.rarity.clear()
            self.rows.clear()
            self.texts.clear()
        if tables & _CODES:
            self.known = None


def study_of(project: Project) -> Study:
    """The study of a project; it hears of every act from now on."""
    if project not in _STUDIES:
        made = _STUDIES[project] = Study()
        project.subscribe(made.heard)
    return _STUDIES[project]


def known(project: Project) -> Known:
    """The names that there are."""
    study = study_of(project)
    if study.known is None:
        listed = [row for row in concepts.concepts(project) if row.code is None]
        pieces = [piece for row in listed for piece in {row.name, (split_path(row.name) or [row.name])[-1]}]
        study.known = Known({row.name: row.guid for row in codes.codes(project)}, pieces)
    return study.known


def text_of(project: Project, source: str, start: int, stop: int) -> Text | None:
    """The document with its Doc; where none is kept, only the lines of the passage are read.

    None where there are no tools for its language.

    :raises KnownError: the document is gone.
    """
    study = study_of(project)
    if source in study.texts:
        study.texts.move_to_end(source)
        return study.texts[source]
    row, about = _row(project, source), material.source(project, source)
    if row is None or about is None:
        raise KnownError(_("This document is no longer in the project."))
    if row.language not in LANGUAGES:
        return None
    paragraphs = tuple(material.paragraphs(project, source))
    doc = doc_of(project, row)
    if doc is None:
        return _read_here(project, row, about.kind, paragraphs, (start, stop))
    found = Text(doc, 0, row.language, about.kind, paragraphs)
    study.texts[source] = found
    while len(study.texts) > _DOCS:
        study.texts.popitem(last=False)
    return found


def _read_here(
    project: Project, row: Readable, kind: str, paragraphs: tuple[ParagraphRow, ...], span: tuple[int, int]
) -> Text:
    start, stop = span
    near = [one for one in paragraphs if one.stop > start and one.start < stop]
    begin, end = (near[0].start, near[-1].stop) if near else (start, stop)
    words = material.text(project, row.guid)[begin:end]
    labels = [(one.start - begin, one.label_stop - begin) for one in near if one.label_stop > one.start]
    doc = tools(row.language).read(words, labels)
    return Text(doc, begin, row.language, kind, paragraphs)


def _row(project: Project, source: str) -> Readable | None:
    study = study_of(project)
    if not study.rows:
        study.rows = {row.guid: row for row in analyses.readable(project)}
    return study.rows.get(source)


def rarity(project: Project, language: str) -> Rarity:
    """How often lemmas of a language come in the study, as far as its texts are read."""
    study = study_of(project)
    if language in study.rarity:
        return study.rarity[language]
    _row(project, "")
    rows = [row for row in study.rows.values() if row.language == language]
    step = max(1, math.ceil(len(rows) / MOST))
    found = [_lemmas(project, row) for row in rows[::step]]
    counts: Counter[int] = Counter()
    for one in found:
        counts.update(one or {})
    rarity_ = Rarity(counts, counts.total())
    if None not in found:  # nobody is told when a text has been read
        study.rarity[language] = rarity_
    return rarity_


_COUNTED: Final[OrderedDict[tuple[str, str, str], Counter[int]]] = OrderedDict()


def _lemmas(project: Project, row: Readable) -> Counter[int] | None:
    """The lemmas of a text; none where it is yet to be read."""
    name = tool_names().get(row.language, "")
    place = (row.sha256, row.labels, name)
    if place not in _COUNTED:
        data = analyses.kept(project, row, name)
        if data is None:
            return None
        _COUNTED[place] = _counted(data)
        while len(_COUNTED) > MOST * 3:
            _COUNTED.popitem(last=False)
    return _COUNTED[place]


def _counted(data: bytes) -> Counter[int]:
    spacy()
    from spacy.symbols import LEMMA  # type: ignore[import-not-found]
    from spacy.tokens import DocBin

    kept = DocBin().from_bytes(data)
    at = list(kept.attrs).index(LEMMA)
    return Counter(number for tokens in kept.tokens for number in tokens[:, at].tolist())
