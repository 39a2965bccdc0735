"""The texts and codes of a study as the index knows them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from qda.coding import analyses, codes, material
from qda.coding.rows import ParagraphRow
from qda.models import Project
from qda.suggest.ranking.features import Context, Features, Tokens, plain_words, read_words
from qda.suggest.ranking.index import Label, Place


class Texts:
    """The words of documents, read once each: from the analysis where there is one, else as written."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._tokens: dict[str, Tokens] = {}
        self._lines: dict[str, _Lines] = {}

    def titles(self) -> dict[str, str]:
        """The titles of the documents by GUID."""
        return {row.guid: row.title for row in material.sources(self._project)}

    def features(self, place: Place) -> Features:
        """What a passage is known by."""
        context = self._paragraphs(place.source).around(place.start, place.stop)
        return self.tokens(place.source).of(place.start, place.stop, context)

    def tokens(self, source: str) -> Tokens:
        """The words of a document."""
        if source not in self._tokens:
            self._tokens[source] = self._read(source)
        return self._tokens[source]

    def _paragraphs(self, source: str) -> "_Lines":
        if source not in self._lines:
            self._lines[source] = _Lines(material.paragraphs(self._project, source))
        return self._lines[source]

    def drop(self, source: str) -> None:
        """A document was changed, or read anew, or is gone."""
        self._tokens.pop(source, None)
        self._lines.pop(source, None)

    def outdated(self) -> list[str]:
        """Documents that were read as written and that the language tools have read since."""
        waiting = [guid for guid, tokens in self._tokens.items() if not tokens.read]
        return [guid for guid in waiting if self._read(guid).read]

    def _read(self, source: str) -> Tokens:
        from qda.suggest.language.docs import doc_of

        words = analyses.to_read(self._project, source)
        rows = analyses.readable(self._project, [source])
        if words is None or not rows:
            return plain_words("")
        doc = doc_of(self._project, rows[0])
        if doc is not None:
            return read_words(doc, words.labels)
        return plain_words(words.text, words.labels)


class _Lines:
    """Where the paragraphs of a document begin and end, and the question before each."""

    def __init__(self, rows: Sequence[ParagraphRow]) -> None:
        self._starts, self._stops = [row.start for row in rows], [row.stop for row in rows]
        self._questions: list[tuple[int, int] | None] = []
        question = turn = None
        for row in rows:
            if row.opens_turn:
                question, turn = turn or question, None
            self._questions.append(question)
            if row.role == "interviewer":
                turn = (turn[0] if turn else row.start), row.stop
            elif turn:
                question, turn = turn, None

    def around(self, start: int, stop: int) -> Context | None:
        """The paragraphs from ``start`` to ``stop``; none in a document without any."""
        if not self._starts:
            return None
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_left(self._starts, stop) - 1)
        return Context((self._starts[first], self._stops[last]), self._questions[first])


def labels(project: Project) -> list[Label]:
    """The codes of a study; a code's category is the nearest one above it, or itself."""
    rows = {row.guid: row for row in codes.codes(project)}
    found = []
    for row in rows.values():
        above = row
        while above.kind != "category" and above.parent in rows:
            above = rows[above.parent]
        found.append(Label(row.guid, row.name, row.definition, above.guid))
    return found
