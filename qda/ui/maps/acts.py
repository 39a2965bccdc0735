"""What is done on a map: each wish of canvas, list and menus ends in one act of the study."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtWidgets import QWidget

from qda.coding import axial, code_maps, codes, map_gathering, theory
from qda.coding.code_maps import ItemRow, LineRow, MapRow
from qda.coding.map_related import Related, related
from qda.coding.map_things import relations_between
from qda.figures.code_map_tidy import free_place
from qda.i18n import _
from qda.models import Project
from qda.ui.axial.choices import Choice, choose
from qda.ui.axial.dialogs import NewRelation, RelationDialog
from qda.ui.maps.asking import ARROW, NEW, PLAIN, ask_line, ask_words, line_choices
from qda.ui.maps.items import Reference
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_SIZE = (196.0, 72.0)  # of a box that is not there yet


class MapActs(QObject):
    """Acts on the shown map."""

    put = Signal(object)  # targets that lie on the map now

    def __init__(self, desk: "Desk", window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.row: MapRow | None = None

    @property
    def _project(self) -> Project:
        return self._desk.project

    def item(self, guid: str) -> ItemRow | None:
        """A thing of the map."""
        return next((one for one in self.row.items if one.guid == guid), None) if self.row else None

    def line(self, guid: str) -> LineRow | None:
        """A line of the map."""
        return next((one for one in self.row.lines if one.guid == guid), None) if self.row else None

    # -- maps ----------

    def ask_new(self, taken: Sequence[str], take: Callable[[str], object]) -> None:
        """Asks for the name of a new map."""
        name = _("Map {n}")
        number = next(n for n in range(1, len(taken) + 2) if name.format(n=n) not in taken)
        ask_line(_("New map"), _("Name"), name.format(n=number), take, self._window)

    def begin(self, name: str) -> str:
        """Begins a map."""
        return self._desk.do(code_maps.new_map, name=name) or ""

    def rename_map(self, guid: str, name: str) -> None:
        """Asks for another name of a map."""
        act = partial(self._desk.do, code_maps.rename_map, map=guid)
        ask_line(_("Rename the map"), _("Name"), name, lambda words: act(name=words), self._window)

    def duplicate_map(self, guid: str, name: str) -> str:
        """Begins a map with all that is on another one."""
        words = _("{name} (copy)").format(name=name)
        return self._desk.do(map_gathering.duplicate_map, map=guid, name=words) or ""

    def remove_map(self, guid: str, name: str) -> None:
        """Removes a map; undo brings it back."""
        if self._desk.do(code_maps.remove_map, map=guid):
            self._desk.told.emit(_("Removed “{name}”.").format(name=name))

    def move_map(self, guid: str, position: int) -> None:
        """Puts a map at another place among the maps."""
        self._desk.do(code_maps.move_map, map=guid, position=position)

    # -- things ----------

    def add(
        self,
        targets: Sequence[str],
        at: QPointF,
        taken: Sequence[tuple[float, float, float, float]],
    ) -> None:
        """Puts objects on the map, as near to a place (pixels of the drawings) as there is room."""
        if self.row is None or not targets:
            return
        here = {f"{item.kind}:{item.target}" for item in self.row.items}
        drawn = {f"relation:{line.relation}" for line in self.row.lines if line.relation}
        if new := [target for target in targets if target not in here | drawn]:
            places = self._free(new, [(at.x(), at.y())] * len(new), taken)
            self._gather(new, places)
        else:
            self.put.emit(list(targets))

    def add_related(
        self,
        item: str,
        rows: Sequence[Related],
        taken: Sequence[tuple[float, float, float, float]],
    ) -> None:
        """Puts what is related to a thing around it."""
        from math import cos, pi, sin

        middle = self.item(item)
        if middle is None or not rows:
            return
        turn = 2 * pi / len(rows)
        wide, tall = 300 + 12 * len(rows), 170 + 9 * len(rows)
        wishes = [
            (middle.x + wide * cos(turn * n - pi / 3), middle.y + tall * sin(turn * n - pi / 3))
            for n in range(len(rows))
        ]
        targets = [row.target for row in rows]
        places = self._free(targets, wishes, taken)
        self._gather(targets, places, around=item, labels=[row.label for row in rows])

    def _free(
        self,
        targets: Sequence[str],
        wishes: Sequence[tuple[float, float]],
        taken: Sequence[tuple[float, float, float, float]],
    ) -> list[tuple[float, float]]:
        boxes, places = list(taken), []
        for target, wish in zip(targets, wishes, strict=True):
            wide = _SIZE[0] * 2.9 if target.startswith("relation:") and len(wishes) == 1 else _SIZE[0]
            x, y = free_place(boxes, (wide, _SIZE[1]), wish)
            boxes.append((x - wide / 2, y - _SIZE[1] / 2, x + wide / 2, y + _SIZE[1] / 2))
            places.append((x, y))
        return places

    def _gather(self, targets: Sequence[str], places: Sequence[tuple[float, float]], **around: Any) -> None:
        done = self._desk.do(
            map_gathering.gather_on_map,
            map=self.row.guid if self.row else "",
            targets=list(targets),
            xs=[round(x) for x, _y in places],
            ys=[round(y) for _x, y in places],
            **around,
        )
        if done:
            self.put.emit(list(targets))

    def draw_relations(self) -> None:
        """Draws every relation between two codes of the map that no arrow stands for yet."""
        if self.row is None:
            return
        here = {item.target for item in self.row.items if item.kind == "code"}
        drawn = {line.relation for line in self.row.lines}
        missing = [
            f"relation:{row.guid}"
            for row in theory.relations(self._project)
            if {row.from_code, row.to_code} <= here and row.guid not in drawn and row.status != "rejected"
        ]
        if missing:
            self._gather(missing, [(0.0, 0.0)] * len(missing))
        else:
            self._desk.told.emit(_("Every relation between the codes of this map is drawn."))

    def related_to(self, guid: str) -> list[Related]:
        """What has to do with a thing and is not on the map yet, or not joined to it."""
        item = self.item(guid)
        if item is None or not item.kind or self.row is None:
            return []
        ends = {one.guid: f"{one.kind}:{one.target}" for one in self.row.items}
        joined = {ends[line.end] for line in self.row.lines if line.start == guid and not line.relation}
        joined |= {ends[line.start] for line in self.row.lines if line.end == guid and not line.relation}
        joined |= {f"relation:{line.relation}" for line in self.row.lines if line.relation}
        return [row for row in related(self._project, item.kind, item.target) if row.target not in joined]

    def add_words(self, at: QPointF) -> None:
        """Asks for words of one's own at a place (pixels of the drawings)."""
        if self.row is None:
            return
        act = partial(
            self._desk.do, code_maps.put_on_map, map=self.row.guid, x=round(at.x()), y=round(at.y())
        )
        ask_words(_("Own words on the map"), "", lambda text: text.strip() and act(text=text), self._window)

    def write_on(self, reference: Reference) -> None:
        """Asks for the words of a thing or a line."""
        kind, guid = reference
        if kind == "line":
            line = self.line(guid)
            if line is not None:
                act = partial(self.label, guid)
                ask_line(_("Write on the line"), _("Words"), line.label, act, self._window)
            return
        item = self.item(guid)
        if item is not None:
            title = _("Remark on this map") if item.kind else _("Own words on the map")
            ask_words(title, item.text, partial(self.remark, guid), self._window)

    def remark(self, item: str, text: str) -> None:
        """Writes the words of a thing."""
        self._desk.do(code_maps.word_item, item=item, text=text)

    def label(self, line: str, text: str) -> None:
        """Writes on a line."""
        self._desk.do(code_maps.change_line, line=line, label=text)

    def arrange(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Puts things at these places."""
        if self.row is None or not places:
            return
        known = {item.guid for item in self.row.items}
        kept = {guid: place for guid, place in places.items() if guid in known}
        self._desk.do(
            code_maps.arrange_map,
            map=self.row.guid,
            items=list(kept),
            xs=[round(x) for x, _y in kept.values()],
            ys=[round(y) for _x, y in kept.values()],
        )

    def clear(self, references: Sequence[Reference]) -> None:
        """Takes things and lines off the map."""
        if self.row is None or not references:
            return
        items = [guid for kind, guid in references if kind == "item"]
        gone = {line.guid for line in self.row.lines if line.start in items or line.end in items}
        lines = [guid for kind, guid in references if kind == "line" and guid not in gone]
        done = self._desk.do(map_gathering.clear_off_map, map=self.row.guid, items=items, lines=lines)
        if done:
            self._desk.told.emit(_("Taken off the map. The study keeps what it stood for."))

    # -- lines ----------

    def ask_line_between(self, start: str, end: str) -> None:
        """Draws a line; between two codes it is asked whether it is a relation."""
        one, other = self.item(start), self.item(end)
        if one is None or other is None:
            return
        models = theory.models(self._project) if one.kind == other.kind == "code" else []
        if not models:
            self.draw(start, end, PLAIN)
            return
        known = relations_between(self._project, one.target, other.target)
        drawn = {line.relation for line in self.row.lines} if self.row else set()
        free = [row for row in known if row.guid not in drawn]
        choose(
            self._window,
            _("What is this line?"),
            line_choices(free, with_new=True),
            partial(self.draw, start, end),
        )

    def draw(self, start: str, end: str, what: str) -> None:
        """Draws a line: plain, as an arrow, for a relation (GUID), or for one that is asked for."""
        if what == NEW:
            self._ask_relation(start, end)
        elif what in (PLAIN, ARROW):
            self._desk.do(code_maps.draw_line, start=start, end=end, directed=what == ARROW)
        else:
            self._desk.do(code_maps.draw_line, start=start, end=end, relation=what, directed=True)

    def make_relation(self, line: str) -> None:
        """Asks which relation a plain line between two codes is to stand for."""
        row = self.line(line)
        if row is None:
            return
        ends = [self.item(row.start), self.item(row.end)]
        one, other = (end.target if end else "" for end in ends)
        known = line_choices(relations_between(self._project, one, other), with_new=True)
        offered = [choice for choice in known if choice.key not in (PLAIN, ARROW)]
        choose(self._window, _("Which relation?"), offered, partial(self._stand_for, row))

    def _stand_for(self, row: LineRow, what: str) -> None:
        if what == NEW:
            self._ask_relation(row.start, row.end, line=row.guid)
        else:
            self._desk.do(code_maps.change_line, line=row.guid, relation=what, directed=True)

    def _ask_relation(self, start: str, end: str, *, line: str = "") -> None:
        models = theory.models(self._project)
        if not models:
            self._desk.refused.emit(_("A relation stands in a model: make one in axial coding first."))
            return
        if len(models) == 1:
            self._ask_in(models[0].guid, start=start, end=end, line=line)
            return
        offered = [Choice(model.guid, model.name) for model in models]
        ask = partial(self._ask_in, start=start, end=end, line=line)
        choose(self._window, _("In which model?"), offered, ask)

    def _ask_in(self, model: str, *, start: str, end: str, line: str) -> None:
        one, other = self.item(start), self.item(end)
        if one is None or other is None:
            return
        offered = [
            Choice(row.guid, shown_name(row.name, row.origin == "in-vivo"), row.colour)
            for row in codes.codes(self._project)
        ]
        dialog = RelationDialog(offered, self._window, from_code=one.target, to_code=other.target)
        ends = {one.target: start, other.target: end}
        dialog.taken.connect(
            lambda made: self._desk.do(
                relate_on_map,
                map=self.row.guid if self.row else "",
                model=model,
                relation=made,
                ends=ends,
                line=line,
            )
        )
        dialog.open()

    def turn(self, line: str) -> None:
        """Swaps the ends of a plain line."""
        row = self.line(line)
        if row is None:
            return
        if row.relation:
            self._desk.refused.emit(
                _("This arrow is a relation: its direction is changed in axial coding (Enter leads there).")
            )
        else:
            self._desk.do(code_maps.turn_line, line=line)

    def direct(self, line: str, *, directed: bool) -> None:
        """Makes a plain line an arrow, or an arrow a line."""
        self._desk.do(code_maps.change_line, line=line, directed=directed)


def relate_on_map(
    project: Project,
    *,
    map: str,
    model: str,
    relation: NewRelation,
    ends: Mapping[str, str],
    line: str,
) -> str:
    """States a relation and shows it on the map, as one step.

    :raises KnownError: it cannot be stated.
    """
    with project.unit(_("Relate codes")):
        guid = axial.relate_codes(
            project,
            model=model,
            from_code=relation.from_code,
            to_code=relation.to_code,
            type=relation.type,  # type: ignore[arg-type]  # a key of the types that are offered
            statement=relation.statement,
            own_type=relation.own_type,
        )
        start, end = ends.get(relation.from_code), ends.get(relation.to_code)
        if line and start and end:
            code_maps.change_line(project, line=line, relation=guid, directed=True)
        elif start and end:
            code_maps.draw_line(project, start=start, end=end, relation=guid, directed=True)
        else:
            map_gathering.gather_on_map(project, map=map, targets=[f"relation:{guid}"], xs=[0], ys=[0])
        return guid
