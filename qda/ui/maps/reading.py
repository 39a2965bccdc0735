"""What the page of maps shows, read once and again only where an act touched it."""

from typing import TYPE_CHECKING, Final

from qda.coding import code_maps
from qda.coding.code_maps import MapName, MapRow
from qda.coding.map_things import Named, Thing, relations_named, things
from qda.coding.material import project_sheet
from qda.coding.rows import RelationRow
from qda.figures.code_map import CodeMapFigure
from qda.reports.code_map import Counted, map_figure

if TYPE_CHECKING:
    from qda.models import Project

MAPS: Final = frozenset({"code_map", "map_item", "map_line"})
COUNTED: Final = frozenset({"coding", "code", "source", "case_", "speaker"})
THEORY: Final = frozenset(
    {"relation", "evidence", "evidence_segment", "counter_search", "paradigm_model", "segment", "source"}
)
THINGS: Final = frozenset(
    {
        *("code", "case_", "source", "segment", "memo", "paragraph", "speaker", "project_sheet"),
        *("relation", "paradigm_model", "property", "sensitizing_concept", "placement", "evidence", "coding"),
    }
)
WATCHED: Final = MAPS | COUNTED | THEORY | THINGS


class MapReading:
    """Rows of the maps and of what lies on them; :meth:`forget` after an act."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._things: dict[Named, Thing | None] = {}
        self._relations: dict[str, RelationRow] = {}
        self._names: list[MapName] | None = None
        self._row: MapRow | None = None
        self._hidden: bool | None = None
        self.counts: Counted | None = None  # how often codes stand where, once it is counted

    def forget(self, tables: frozenset[str]) -> None:
        """Rows of these tables are read anew when next wanted."""
        if tables & MAPS:
            self._names, self._row = None, None
        if tables & THINGS:
            self._things, self._hidden = {}, None
        if tables & (THEORY | COUNTED):
            self._relations = {}
        if tables & COUNTED:
            self.counts = None

    @property
    def maps(self) -> list[MapName]:
        """All maps, in their order."""
        if self._names is None:
            self._names = code_maps.map_names(self._project)
        return self._names

    @property
    def figures_hidden(self) -> bool:
        """Whether this study shows no frequencies."""
        if self._hidden is None:
            self._hidden = project_sheet(self._project).hide_frequencies
        return self._hidden

    def row(self, guid: str) -> MapRow | None:
        """A map with what is on it."""
        if self._row is None or self._row.guid != guid:
            self._row = code_maps.drawn_map(self._project, guid)
        return self._row

    def figure(self, row: MapRow) -> CodeMapFigure:
        """A map as it is painted."""
        wanted = [(item.kind, item.target) for item in row.items if item.kind]
        if missing := [one for one in wanted if one not in self._things]:
            found = things(self._project, missing)
            self._things |= {one: found.get(one) for one in missing}
        stated = [line.relation for line in row.lines if line.relation]
        if any(one not in self._relations for one in stated):
            self._relations = relations_named(self._project, stated)
        known = {one: thing for one in wanted if (thing := self._things[one]) is not None}
        counted = None if self.figures_hidden else self.counts
        return map_figure(row, known, self._relations, counted=counted, evidence=not self.figures_hidden)

    def thing(self, kind: str, guid: str) -> Thing | None:
        """A thing of the map shown last."""
        return self._things.get((kind, guid))

    def relation(self, guid: str) -> RelationRow | None:
        """A relation of the map shown last."""
        return self._relations.get(guid)
