"""The page of code maps: the maps and what can be put on one; the shown one as a canvas or as lists."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCursor, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qda.coding.map_related import Related
from qda.coding.map_things import is_large
from qda.coding.material import segments
from qda.coding.rows import SegmentRow
from qda.errors import KnownError
from qda.figures.code_map import CodeMapFigure
from qda.figures.code_map_tidy import Order, tidy
from qda.i18n import _, ngettext
from qda.reports.code_map import Counted, code_counts
from qda.ui.axial.choices import Choice, choose
from qda.ui.axial.dialogs import empty_page
from qda.ui.background import Background
from qda.ui.exporting import FORMATS
from qda.ui.fonts import px
from qda.ui.maps import menus
from qda.ui.maps.acts import MapActs
from qda.ui.maps.exporting import ask_and_export
from qda.ui.maps.finder import Finder
from qda.ui.maps.header import MapHeader
from qda.ui.maps.items import Reference
from qda.ui.maps.listing import MapList
from qda.ui.maps.order import joins_of, sizes_of
from qda.ui.maps.panel import MapPanel
from qda.ui.maps.reading import WATCHED, MapReading
from qda.ui.maps.scene import MapScene
from qda.ui.maps.view import MapView
from qda.ui.memos.targets import go_to
from qda.ui.open_coding import citing
from qda.ui.places import Page
from qda.ui.surfaces import Line, on_paper

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_SHOWN: Final = "maps.shown"  # the map that was shown last, kept with the study
_BETWEEN: Final = (120.0, 72.0)  # to the next box, across and down, of what is put there without a pointer
_LETTERS: Final = "NBRTDF"  # what a letter does is heard by the page, wherever the focus is


class MapsPage(Page):
    """Maps of codes, cases, memos, passages and relations; every act on them can be undone."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("maps_page")
        self.setAccessibleName(_("Code maps"))
        self.reading = MapReading(desk.project)
        self._finder = Finder(desk.project)
        self.acts = MapActs(desk, self)
        self._asking = Background(self)
        self._map = desk.project.setting(_SHOWN)
        self._stale: frozenset[str] = frozenset()
        self._to_choose: tuple[str, ...] = ()  # what was just put on the map
        self._fit_wanted = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._build()
        self._connect()

    # -- building ----------

    def _build(self) -> None:
        self.panel = MapPanel(self)
        self.header = MapHeader(self)
        self.scene = MapScene()
        self.scene.setParent(self)
        self.scene.can_write = self.can_write
        self.view = MapView(self.scene, self)
        self.list = MapList(self, can_write=self.can_write)
        self._first = QPushButton(_("New map"), self)
        self._first.setObjectName("first_map")
        self._first.setAccessibleName(_("New map"))
        self._first.setEnabled(self.can_write)
        sentence = _(
            "A map shows codes, cases, memos and passages as you lay them, and what holds between them."
        )
        empty = on_paper(empty_page("maps_empty", sentence, self._first, self))
        self._stack = QStackedWidget(self)
        for page in (empty, self.view, self.list):
            self._stack.addWidget(page)
        centre = on_paper(QWidget(self))
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(Line(centre))
        box.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.panel)
        split.addWidget(centre)
        split.setStretchFactor(1, 1)
        split.setSizes([px(248), px(1192)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self._toolbar()

    def _toolbar(self) -> None:
        add = self.header.add_action
        writing = [
            add("map_own_words", _("Own words"), "N", self.add_words),
            add("map_draw_line", _("Draw a line"), "B", self.begin_line),
            add("map_related", _("What is related"), "R", self.ask_related),
        ]
        for action in writing:
            action.setEnabled(self.can_write)
        arrange, export = QMenu(self), QMenu(self)
        menus.fill_arranging(arrange, self)
        for suffix in FORMATS:
            export.addAction(suffix.upper(), partial(self.export, suffix))
        self.header.add_menu("map_arrange", _("Arrange"), arrange)
        self.header.add_menu("map_export", _("Export"), export)
        self.panel.new.setEnabled(self.can_write)
        self.header.put_in_order(self.view)

    def _connect(self) -> None:
        desk, panel, scene, view, listed = self._desk, self.panel, self.scene, self.view, self.list
        desk.changed.connect(self._changed)
        self._asking.done.connect(self._answered)
        self._asking.failed.connect(lambda _name, sentence: desk.refused.emit(sentence))
        self._first.clicked.connect(self.new_map)
        self.header.back.clicked.connect(self.closed)
        self.header.view.chosen.connect(self.show_as)
        panel.new_wanted.connect(self.new_map)
        panel.map_chosen.connect(self.show_map)
        panel.maps.taken.connect(lambda _guid: self.focus_map())
        panel.maps.rename_wanted.connect(lambda guid: self._on_map(self.acts.rename_map, guid))
        panel.maps.removal_wanted.connect(lambda guid: self._on_map(self.acts.remove_map, guid))
        panel.menu_wanted.connect(lambda guid, at: menus.of_map(self, guid).popup(at))
        panel.search_changed.connect(self._find)
        panel.add_wanted.connect(self.add)
        self.acts.put.connect(self._put)
        scene.moved.connect(self.acts.arrange)
        scene.line_wanted.connect(self.acts.ask_line_between, Qt.ConnectionType.QueuedConnection)
        scene.words_wanted.connect(lambda at: self.acts.add_words(at / self._unit))
        scene.activated.connect(self.lead, Qt.ConnectionType.QueuedConnection)
        scene.current_changed.connect(self._tell)
        view.removal_wanted.connect(self.take_off)
        view.words_wanted.connect(self.write)
        view.menu_wanted.connect(lambda at: menus.of_chosen(self).popup(at))
        view.dropped.connect(lambda targets, at: self.acts.add(targets, at / self._unit, scene.taken()))
        listed.turned_to.connect(self._turned_in_list)
        listed.opened.connect(self.lead)
        listed.removal_wanted.connect(lambda kind, guid: self.acts.clear([(cast(Reference, (kind, guid)))]))
        listed.remark_written.connect(self.acts.remark, Qt.ConnectionType.QueuedConnection)
        listed.label_written.connect(self._label, Qt.ConnectionType.QueuedConnection)
        listed.letter.connect(self._letter)

    # -- what is shown ----------

    @property
    def can_write(self) -> bool:
        """Whether this study can be changed."""
        return not self._desk.project.read_only

    @property
    def as_list(self) -> bool:
        """Whether the tables are shown instead of the canvas."""
        return self.header.view.key == "list"

    @property
    def shown(self) -> str:
        """The shown map (GUID); empty where there is none."""
        return self._map

    @property
    def current(self) -> Reference | None:
        """What is in hand: a thing or a line."""
        return self.list.current if self.as_list else self.scene.current

    @property
    def chosen(self) -> list[Reference]:
        """All that is chosen."""
        if self.as_list:
            return [self.list.current] if self.list.current else []
        return [one for one in self.scene.references() if one in self.scene.chosen]

    @property
    def busy(self) -> bool:
        """Whether something is still being counted or put in order."""
        return self._asking.busy

    @property
    def _unit(self) -> float:
        return self.view.look().px(1)

    def _changed(self, change: "Changed") -> None:
        tables = frozenset(change.tables)
        self.reading.forget(tables)
        self._finder.forget(tables)
        if tables & WATCHED:
            self._stale |= tables
            if self.isVisible():
                self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Shows the maps as they are now."""
        self._soon.stop()
        self._stale = frozenset()
        maps = self.reading.maps
        if self._map not in {row.guid for row in maps}:
            self._map = maps[0].guid if maps else ""
            self._fit_wanted = True
        rows = [Choice(row.guid, row.name, detail=str(row.items or "")) for row in maps]
        self.panel.show_maps(rows, self._map)
        row = self.acts.row = self.reading.row(self._map) if self._map else None
        if row is not None:
            self._count(any(item.kind == "code" for item in row.items))
        figure = self.reading.figure(row) if row is not None else CodeMapFigure("")
        self.view.show_figure(figure)
        if self.as_list:
            self.list.show_figure(figure)
        self._stack.setCurrentIndex(0 if row is None else 2 if self.as_list else 1)
        self.header.show_map(row.name if row else "", self._figures(figure) if row else "")
        self.view.show_hint("" if row is None or figure.boxes else self._figures(figure))
        self._choose_new()
        self._find()
        if self._fit_wanted and row is not None and figure.boxes:
            self._fit_wanted = False
            QTimer.singleShot(0, self.view, self.view.fit)

    def _figures(self, figure: CodeMapFigure) -> str:
        n, k = len(figure.boxes), len(figure.links)
        if not n:
            return _("empty: find something at the left, or write with N")
        things = ngettext("{n} thing", "{n} things", n).format(n=n)
        return " · ".join((things, ngettext("{n} line", "{n} lines", k).format(n=k))) if k else things

    def _count(self, needed: bool) -> None:
        """How often the codes stand where: at once, or meanwhile in a large study."""
        if not needed or self.reading.counts is not None or self.reading.figures_hidden:
            return
        project = self._desk.project
        if is_large(project):
            self._asking.ask("counts", lambda: code_counts(project))
        else:
            self.reading.counts = code_counts(project)

    def _answered(self, name: str, answer: object) -> None:
        if name == "counts":
            self.reading.counts = cast(Counted, answer)
            self._soon.start()
        elif name == "tidy":
            of, places = cast("tuple[str, dict[str, tuple[float, float]]]", answer)
            if of == self._map:
                self._arranged(places)

    def show_map(self, guid: str) -> None:
        """Shows another map."""
        if guid == self._map:
            return
        self.view.finish_move()
        self.scene.choose(())
        self._map = guid
        self._fit_wanted = True
        if self.can_write:
            self._desk.project.set_setting(_SHOWN, guid)
        self.refresh()

    def show_as(self, key: str) -> None:
        """Shows the map as a canvas or as lists; what is in hand stays so."""
        held = self.list.current if key == "canvas" else self.scene.current
        self.view.finish_move()
        self.header.view.show_key(key)
        self._stack.setCurrentIndex(0 if not self._map else 2 if key == "list" else 1)
        if key == "list":
            self.list.show_figure(self.scene.figure)
            self.list.make_current(held)
        elif held is not None:
            self.scene.choose({held}, current=held)
            self.view.show_thing(held)
        self.focus_map()

    def focus_first(self) -> None:
        """The focus goes to the map; where nothing lies on it, to the field that finds something."""
        if not self._map:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.scene.figure.boxes:
            self.focus_search()
        else:
            self.focus_map()

    def focus_map(self) -> None:
        """The focus goes to the canvas or the list."""
        (self.list.things if self.as_list else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """The focus goes to the field that finds what to put on the map."""
        self.panel.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.panel.field.selectAll()

    def let_go(self) -> None:
        """The study is about to be closed."""
        self.view.finish_move()
        self._asking.stop()

    def passages_in_hand(self) -> list[SegmentRow]:
        """What copying as a citation means here: the chosen passages."""
        items = [self.acts.item(guid) for kind, guid in self.chosen if kind == "item"]
        guids = [item.target for item in items if item is not None and item.kind == "segment"]
        return segments(self._desk.project, guids=guids) if guids else []

    def copy_citation(self) -> None:
        """Copies the chosen passages as citations."""
        if told := citing.copy(self.passages_in_hand()):
            self._desk.told.emit(told)

    def _tell(self) -> None:
        if words := self.view.words_of_current():
            self._desk.told.emit(words if len(words) < 160 else f"{words[:158]}…")

    def _turned_in_list(self, kind: str, guid: str) -> None:
        reference = cast(Reference, (kind, guid))
        self.scene.choose({reference}, current=reference)

    # -- what can be put on it ----------

    def _find(self) -> None:
        row = self.acts.row
        here = {f"{item.kind}:{item.target}" for item in row.items if item.kind} if row else set()
        here |= {f"relation:{line.relation}" for line in row.lines if line.relation} if row else set()
        typed, kind = self.panel.field.text(), self.panel.kind.currentData()
        found = self._finder.found(typed, kind, here)
        told = ""
        if not found:
            told = _("Nothing found.")
            if kind == "segment" and len(typed.strip()) < 3:
                told = _("Type words that stand in the passage.")
        self.panel.show_found(found, told=told)

    def add(self, targets: Sequence[str]) -> None:
        """Puts objects on the shown map, in the middle of what is seen; a first map is begun for them."""
        if not self.can_write:
            return
        if not self._map:
            self._map = self.acts.begin(_("Map {n}").format(n=1))
            self.refresh()
        wide, tall = _BETWEEN  # what is said of a line has room between two boxes
        taken = [(x - wide, y - tall, right + wide, low + tall) for x, y, right, low in self.scene.taken()]
        self.acts.add(targets, self.view.middle(), taken)

    def _put(self, targets: Sequence[str]) -> None:
        """What was put on the map is chosen there once it is shown."""
        self._to_choose = tuple(targets)
        self._soon.start()

    def _choose_new(self) -> None:
        wanted, self._to_choose = set(self._to_choose), ()
        row = self.acts.row
        if not wanted or row is None:
            return
        found: list[Reference] = [
            ("item", one.guid) for one in row.items if f"{one.kind}:{one.target}" in wanted
        ]
        for line in row.lines:
            if f"relation:{line.relation}" in wanted:
                found += [("item", line.start), ("item", line.end)]
        self.scene.choose(found, current=found[-1] if found else None)
        if found and not self._fit_wanted:
            self.view.show_thing(found[-1])

    # -- what is done ----------

    def new_map(self) -> None:
        """Asks for the name of a new map and shows it."""
        taken = [row.name for row in self.reading.maps]

        def begin(name: str) -> None:
            if guid := self.acts.begin(name):
                self.show_map(guid)
                QTimer.singleShot(0, self, self.focus_first)  # once the dialog has given the focus back

        self.acts.ask_new(taken, begin)

    def duplicate_map(self, guid: str) -> None:
        """Copies a map and shows the copy."""
        if copy := self._on_map(self.acts.duplicate_map, guid):
            self.show_map(str(copy))

    def _on_map(self, act: Callable[[str, str], object], guid: str) -> object:
        name = next((row.name for row in self.reading.maps if row.guid == guid), "")
        return act(guid, name) if self.can_write else None

    def memo_on(self, guid: str) -> None:
        """Begins a memo on a map."""
        self._desk.memo_wanted.emit("", f"map:{guid}")

    def add_words(self) -> None:
        """Asks for words of one's own, in the middle of what is seen."""
        if self.can_write and self._map:
            self.acts.add_words(self.view.middle())

    def write(self) -> None:
        """Writes on what is in hand."""
        if not self.can_write:
            return
        if self.as_list:
            self.list.write()
        elif self.scene.current is not None:
            self.acts.write_on(self.scene.current)

    def _label(self, line: str, words: str) -> None:
        known = self.acts.line(line)
        if known is not None and known.label != words:
            self.acts.label(line, words)

    def begin_line(self) -> None:
        """Draws a line from the box in hand: on the canvas by arrow keys, in the list by a choice."""
        if not self.can_write or not self._map:
            return
        if self.as_list:
            self._ask_end()
        elif not self.view.begin_line():
            self._desk.told.emit(_("Choose the thing from which the line leads."))

    def _ask_end(self) -> None:
        current = self.list.current
        if current is None or current[0] != "item":
            return
        rows = [self._named(guid) for guid in self.scene.figure.by_guid if guid != current[1]]
        choose(self, _("Where does the line lead?"), rows, partial(self.acts.ask_line_between, current[1]))

    def _named(self, guid: str) -> Choice:
        from qda.figures.code_map import kind_name, short_name

        box = self.scene.figure.by_guid[guid]
        colour = box.face.colour if box.face.kind == "code" else None
        return Choice(guid, short_name(box), colour, detail=kind_name(box.face.kind))

    def ask_related(self) -> None:
        """Offers what is related to the box in hand."""
        current = self.current
        if not self.can_write or current is None or current[0] != "item":
            self._desk.told.emit(_("Choose a code, case, memo or passage on the map first."))
            return
        menu = menus.of_related(self, current[1], self.acts.related_to(current[1]))
        if self.as_list:
            menu.popup(QCursor.pos())
        else:
            below = self.view.mapFromScene(self.scene.rect_of(current).bottomLeft())
            menu.popup(self.view.viewport().mapToGlobal(below))

    def add_related(self, guid: str, rows: Sequence[Related]) -> None:
        """Puts what is related around a thing."""
        self.acts.add_related(guid, rows, self.scene.taken())

    def take_off(self) -> None:
        """Takes what is chosen off the map."""
        if self.can_write:
            self.acts.clear(self.chosen)

    def lead(self, kind: str, guid: str) -> None:
        """Shows where a thing stands; words of one's own and plain lines are written on."""
        if kind == "line":
            line = self.acts.line(guid)
            target = f"relation:{line.relation}" if line and line.relation else ""
        else:
            item = self.acts.item(guid)
            target = f"{item.kind}:{item.target}" if item and item.kind else ""
        if not target:
            self.write()
            return
        if target.partition(":")[0] in ("relation", "model", "placement", "evidence"):
            self.closed.emit()
        go_to(self._desk, target)

    # -- order ----------

    def tidy(self, order: Order) -> None:
        """Puts the map in order, in a thread, so that the window answers meanwhile."""
        self.view.finish_move()
        figure, look = self.scene.figure, self.view.look()
        if len(figure.boxes) < 2 or not self.can_write:
            return
        sizes, joins = sizes_of(figure, look), joins_of(figure, look)
        self._desk.told.emit(_("Putting the map in order …"))
        shown = self._map
        self._asking.ask("tidy", lambda: (shown, tidy(sizes, joins, order)))

    def _arranged(self, places: dict[str, tuple[float, float]]) -> None:
        self._fit_wanted = True
        self.acts.arrange(places)
        self._desk.told.emit(_("The map is in order. Undo brings the former places back."))

    def export(self, suffix: str) -> None:
        """Asks for a file and writes the map into it."""
        if not self._map:
            return
        try:
            written = ask_and_export(self, self._desk.project, self._map, suffix)
        except KnownError as problem:
            self._desk.refused.emit(problem.sentence)
            return
        if written is not None:
            self._desk.told.emit(_("Written: {path}").format(path=written))

    # -- keys ----------

    def event(self, event: QEvent) -> bool:
        """Bare letters belong to the map while it is in front, not to the model behind it."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and not event.modifiers() and Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = chr(event.key()) if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z else ""
        if letter in _LETTERS and letter and not event.modifiers():
            self._letter(letter)
        else:
            super().keyPressEvent(event)

    def _letter(self, letter: str) -> None:
        if not self._map:
            return
        acts = {
            "N": self.add_words,
            "B": self.begin_line,
            "R": self.ask_related,
            "F": self.focus_search,
            "T": self._turn,
            "D": self._direct,
        }
        if letter in acts:
            acts[letter]()

    def _turn(self) -> None:
        if self.can_write and self.current is not None and self.current[0] == "line":
            self.acts.turn(self.current[1])

    def _direct(self) -> None:
        line = self.acts.line(self.current[1]) if self.current is not None else None
        if self.can_write and line is not None and not line.relation:
            self.acts.direct(line.guid, directed=not line.directed)
