"""Our own engine: the index of a study, kept with its changes, and proposals with their reasons.

An :class:`Engine` belongs to one thread. It is built from the codings of the project and then hears of every
unit of work. It is silent where nothing is likely enough, about codes that the passage has, and about codes
that were given once only. Sensitizing concepts are no codes and are never in it.
"""

from collections.abc import Callable, Iterable
from typing import Final

from qda.coding import material
from qda.coding.placed_codings import PlacedCoding, placed_codings
from qda.models import Changed, Project
from qda.suggest.ranking.features import Features
from qda.suggest.ranking.index import Index, Place
from qda.suggest.ranking.proposals import LIMIT, OWN, Kind, Proposal, Reason, Strength
from qda.suggest.ranking.space import Floats
from qda.suggest.ranking.study import Texts, labels
from qda.suggest.ranking.weights import NAMES, Weights, shipped

TWICE: Final = 2  # passages that a code needs, to be proposed
_MANY: Final = 200  # codings of one act, from which on all are compared
_FEW: Final = frozenset(("coding", "code", "segment"))  # what an act of coding changes
_IDLE: Final = frozenset(("memo", "memo_link", "setting", "pencil", "concept", "sensitizing_concept"))
_SHOWN: Final = 3  # words of a reason
_OWN_WORDS: Final = 0.5  # what the very words of a passage must say for a code at least (log odds)
_AROUND: Final = ("around", "around_here", "wide", "wide_here")
_GROUPS: Final[tuple[tuple[Kind, tuple[str, ...]], ...]] = (
    ("like", ("pieces", "words", "likelihood", *_AROUND, "fitted", "fitted_around", "near")),
    ("name", ("name_pieces", "name_words")),
    ("definition", ("definition_pieces", "definition_words", "definition_question")),
    ("recent", ("recent", "recent_category")),
)


class Engine:
    """Proposals of existing codes. :meth:`follow` keeps it with the project."""

    name = OWN

    def __init__(self, project: Project, weights: Weights | None = None) -> None:
        self._project = project
        self._weights = weights or shipped()
        self.version = self._weights.version
        self._index = Index()
        self._texts = Texts(project)
        self._known: dict[str, PlacedCoding] = {}
        self._texts_as: dict[str, str] = {}
        self._same()

    @property
    def index(self) -> Index:
        """What is known."""
        return self._index

    # -- following -------------------------------------------------------------------------------------------

    def follow(self) -> Callable[[], None]:
        """Hears of every change from now on; the function returned ends that."""
        return self._project.subscribe(self.changed)

    def changed(self, change: Changed) -> None:
        """A unit of work has ended."""
        tables = change.tables
        if tables <= _IDLE:
            return
        codings = [row.guid for row in change.touched if row.table == "coding"]
        moved = any(row.table == "segment" and row.op == "update" for row in change.touched)
        if not tables <= _FEW | _IDLE or moved or len(codings) > _MANY:
            self._same()
            return
        if "code" in tables:
            self._name_codes()
        there = {one.guid: one for one in placed_codings(self._project, codings)}
        for guid in codings:
            self._now(guid, there.get(guid))

    def texts_read(self) -> None:
        """Texts may have been read by the language tools since: what stands in them is known anew."""
        self._anew(self._texts.outdated())

    def learn(self, coding: PlacedCoding) -> None:
        """A passage was given a code."""
        self._known[coding.guid] = coding
        place = _place(coding)
        self._index.learn(place, self._texts.features(place), coding.code)

    def forget(self, coding: PlacedCoding) -> None:
        """A coding is gone."""
        known = self._known.pop(coding.guid, None)
        if known is not None:
            self._index.forget(_place(known), known.code)

    def _now(self, guid: str, coding: PlacedCoding | None) -> None:
        known = self._known.get(guid)
        if known == coding:
            return
        if known is not None:
            self.forget(known)
        if coding is not None:
            self.learn(coding)

    def _same(self) -> None:
        """The same as the project, whatever happened in it."""
        self._name_codes()
        there = {one.guid: one for one in placed_codings(self._project)}
        texts = {row.guid: row.sha256 for row in material.sources(self._project)}
        changed = [guid for guid, sha in self._texts_as.items() if texts.get(guid) != sha]
        self._texts_as = texts
        self._anew(changed)
        for guid in [guid for guid in self._known if guid not in there]:
            self.forget(self._known[guid])
        for guid, coding in there.items():
            self._now(guid, coding)

    def _anew(self, sources: Iterable[str]) -> None:
        wanted = set(sources)
        known = [one for one in self._known.values() if one.source in wanted]
        for one in known:
            self.forget(one)
        for source in wanted:
            self._texts.drop(source)
        there = {one.guid: one for one in placed_codings(self._project, [one.guid for one in known])}
        for one in there.values():
            self.learn(one)

    def _name_codes(self) -> None:
        found = {label.guid: label for label in labels(self._project)}
        for guid in self._index.named() - found.keys():
            self._index.unname(guid)
        for label in found.values():
            self._index.name(label)

    # -- proposing -------------------------------------------------------------------------------------------

    def propose(self, source: str, start: int, stop: int, limit: int = LIMIT) -> tuple[Proposal, ...]:
        """Codes for a passage, the likeliest first; nothing where nothing is likely enough."""
        return self._proposals(source, start, stop, limit, quiet=True)

    def ranked(self, source: str, start: int, stop: int, limit: int = LIMIT) -> tuple[Proposal, ...]:
        """As :meth:`propose`, however little speaks for it."""
        return self._proposals(source, start, stop, limit, quiet=False)

    def _proposals(
        self, source: str, start: int, stop: int, limit: int, *, quiet: bool
    ) -> tuple[Proposal, ...]:
        place = Place(source, start, stop)
        features = self._texts.features(place)
        has = self._index.codes_on(place)
        found = self._index.ranked(place, features, self._weights, least=TWICE, without=has)
        made = []
        for code, score, spoken in found[: max(0, limit)]:
            if quiet and (score < self._weights.least or self._index.own(spoken) < _OWN_WORDS):
                continue
            strength: Strength = "strong" if score >= self._weights.strong else "weak"
            reason = self._reason(code, spoken, place, features)
            made.append(Proposal(code, round(score, 4), strength, reason, self.name, self.version))
        return tuple(made)

    def _reason(self, code: str, spoken: Floats, place: Place, features: Features) -> Reason:
        """What speaks most for the code."""
        said = dict(zip(NAMES, spoken.tolist(), strict=True))
        much = {kind: round(sum(said[name] for name in names), 6) for kind, names in _GROUPS}
        kind = max(much, key=lambda one: much[one])
        if kind == "recent":
            return Reason("recent")
        if kind != "like":
            name, definition = self._index.said(code)
            words = self._index.shared(features, name if kind == "name" else definition)
            return Reason(kind, self._shown(words, place))
        near = self._index.nearest_of(code, place, features)
        if near is None:
            return Reason("like")
        other, words = near
        row = material.span_row(self._project, other.source, other.start, other.stop)
        return Reason(
            "like",
            self._shown(words, place),
            other.segment,
            other.source,
            row.title,
            row.paragraph,
            other.start,
            other.stop,
        )

    def _shown(self, words: Iterable[str], place: Place) -> tuple[str, ...]:
        """Words as they are shown: a compound by its parts, which do not stand beside it again."""
        telling = self._texts.tokens(place.source).telling(place.start, place.stop)
        shared = [word for word in words if word in telling]
        within = {part for word in shared for part in telling[word][1]}
        return tuple(telling[word][0] for word in shared if word not in within)[:_SHOWN]


def _place(coding: PlacedCoding) -> Place:
    return Place(coding.source, coding.start, coding.stop, coding.segment)
