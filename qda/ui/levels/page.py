"""The page of levels: the matrix as rings or as a table, and beside it the path from a passage outwards."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.coding import axial, levels, relating
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.levels import Level, Step
from qda.coding.matrices import frequencies_hidden
from qda.coding.rows import ModelRow
from qda.errors import KnownError
from qda.figures.levels import LevelsFigure
from qda.i18n import _, ngettext
from qda.ui.axial.adding import Passage, is_there, passage_in_hand
from qda.ui.axial.choices import NEW, Choice, ChoiceList, choose
from qda.ui.axial.exporting import ask_and_export
from qda.ui.axial.reading import WATCHED
from qda.ui.axial.segmented import Segmented
from qda.ui.axial.words import DASH
from qda.ui.controls import menu_button
from qda.ui.dialogs import heading
from qda.ui.exporting import FORMATS
from qda.ui.fonts import px
from qda.ui.levels.figure import levels_figure, way_words
from qda.ui.levels.rings import RingsView
from qda.ui.levels.tree import LevelTree
from qda.ui.places import Page
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel, on_paper, scrolled, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.axial.workspace import Workspace
    from qda.ui.desk import Desk

_WITHOUT: Final = "-"  # the row that takes a level away


class LevelsPage(Page):
    """A model's codes by level."""

    def __init__(self, workspace: "Workspace", desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._workspace = workspace
        self.setObjectName("levels")
        self.setAccessibleName(_("Matrix of levels"))
        self.reading = workspace.reading  # which has followed each act before this page hears of it
        self.model: ModelRow | None = None
        self.levels: list[Level] = []
        self.steps: list[Step] = []
        self._begins: tuple[str, ...] = ()  # codes with which the path begins
        self._passage: Passage | None = None
        self.models = QComboBox(self)
        self.models.setObjectName("levels_model")
        self.models.setAccessibleName(_("Model"))
        self.models.activated.connect(lambda _at: self._turn_model())
        self.view = Segmented("levels_view", _("View"), (("rings", _("Rings")), ("table", _("Table"))), self)
        self.view.show_key("rings")
        self.view.chosen.connect(self.show_view)
        self.rings = RingsView(self)
        self.tree = LevelTree(self)
        self.path = ChoiceList("level_path", _("Path outwards"), self)
        self._told = small("", self, wrap=True)
        self._empty = small("", self, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self._connect()

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        centre = on_paper(QWidget())
        inner = QVBoxLayout(centre)
        inner.setContentsMargins(px(16), px(14), px(16), px(16))
        inner.addWidget(self.rings)
        inner.addStretch(1)
        area = scrolled(centre)
        on_paper(area.viewport())
        self._stack = QStackedWidget(self)
        for part in (area, self.tree, on_paper(self._empty)):
            self._stack.addWidget(part)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self._stack)
        split.addWidget(self._side())
        split.setStretchFactor(0, 1)
        split.setSizes([px(1110), px(330)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar())
        box.addWidget(Line(self))
        box.addWidget(split, 1)

    def _bar(self) -> QWidget:
        bar = on_paper(QWidget(self))
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(16), px(5), px(12), px(5))
        row.setSpacing(px(8))
        row.addWidget(heading(_("Conditional/consequential matrix"), bar))
        row.addWidget(self.models)
        row.addStretch(1)
        row.addWidget(self.view)
        menu = QMenu(self)
        for suffix in FORMATS:
            menu.addAction(suffix.upper(), partial(self.export, suffix))
        row.addWidget(menu_button(_("Export"), "export_levels", menu, bar))
        row.addWidget(self._link(_("Back to the model"), "levels_back", self.closed.emit))
        return bar

    def _link(self, words: str, name: str, act: Callable[[], object]) -> LinkButton:
        button = LinkButton(words, name, self)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _side(self) -> QWidget:
        side = on_panel(QWidget(self))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        self._no_path = self._link(_("No path"), "no_path", self.drop_path)
        column.addLayout(head_row(_("Path outwards"), self._no_path))
        self._told.setContentsMargins(px(16), 0, px(14), px(4))
        column.addWidget(self._told)
        acts = QHBoxLayout()
        acts.setContentsMargins(px(12), 0, px(12), px(4))
        acts.addWidget(self._link(_("From the passage in hand"), "path_from_passage", self.follow_passage))
        acts.addWidget(self._link(_("From this code"), "path_from_code", self.follow_code))
        acts.addStretch(1)
        column.addLayout(acts)
        self.path.setProperty("panel", True)
        column.addWidget(self.path, 1)
        return side

    def _connect(self) -> None:
        self._desk.changed.connect(self._changed)
        self.reading.counting.counted.connect(self._counted)
        self.rings.opened.connect(self._open)
        self.tree.opened.connect(self._open)
        self.rings.level_wanted.connect(self.ask_level)
        self.tree.level_wanted.connect(self.ask_level)
        self.rings.dropped.connect(self._set_level)
        self.tree.dropped.connect(self._set_level)
        self.tree.moved.connect(self._move_level)
        self.rings.turned.connect(lambda _key: self._tell())
        self.path.taken.connect(self._open_step)
        self.path.turned_to.connect(self._show_step)

    # -- what is shown ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the model that the workspace shows, as it is now."""
        models = self.reading.models
        shown = self.model or self._workspace.model
        wanted = shown.guid if shown else ""
        named = [row for row in models if row.phenomenon]
        self.model = next((row for row in named if row.guid == wanted), None) or next(
            (row for row in named if row.status == "active"), next(iter(named), None)
        )
        self.models.clear()
        for row in named:
            self.models.addItem(row.name, row.guid)
        if self.model is not None:
            self.models.setCurrentIndex(self.models.findData(self.model.guid))
        self.models.setEnabled(len(named) > 1)
        self._show()

    def focus_first(self) -> None:
        """Into the rings or the table."""
        front = self.tree if self.view.key == "table" else self.rings
        front.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_model(self) -> None:
        self.model = self.reading.model(self.models.currentData())
        self.drop_path()

    def _changed(self, change: "Changed") -> None:
        if change.tables & WATCHED:
            passage = self._passage
            if "source" in change.tables and passage is not None and not is_there(self._desk, passage):
                self._passage, self._begins = None, ()
            if self.isVisible():
                self.refresh()

    def _counted(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self) -> None:
        if self.model is None:
            self._empty.setText(
                _("No model has a phenomenon yet. Name one on the board; its codes then lie here by level.")
            )
            self._stack.setCurrentIndex(2)
            return
        project = self._desk.project
        counted = not frequencies_hidden(project)
        self.levels = levels.levels(project, self.model)
        self._read_path()
        self.tree.show_levels(self.levels, self.reading, counted=counted)
        self.rings.show_figure(self._figure(self.model))
        self._show_path()
        self.show_view(self.view.key or "rings")
        self._tell()

    def _figure(self, model: ModelRow) -> LevelsFigure:
        counted = not frequencies_hidden(self._desk.project)
        return levels_figure(model, self.levels, self.steps, self.reading, self._begins, counted=counted)

    def show_view(self, key: str) -> None:
        """Rings, or the table."""
        self.view.show_key(key)
        if self.model is not None:
            self._stack.setCurrentIndex(1 if key == "table" else 0)

    def _tell(self) -> None:
        placed = [one for level in self.levels for one in level.placed]
        without = next((len(level.placed) for level in self.levels if level.key == levels.WITHOUT), 0)
        n = len(placed)
        parts = [ngettext("{n} placed code", "{n} placed codes", n).format(n=n)]
        if without:
            parts.append(ngettext("{n} without a level", "{n} without a level", without).format(n=without))
        self._desk.told.emit("   ".join(parts))

    # -- levels ----------------------------------------------------------------------------------------------

    def placements(self) -> list[str]:
        """The placed codes (GUIDs of placements), from the action outwards."""
        inner = [level for level in self.levels if not level.key]
        order = (*inner, *(level for level in self.levels if level.key))
        return [one.placement.guid for level in order for one in level.placed]

    def _code_of(self, placement: str) -> str:
        rows = (one.placement for level in self.levels for one in level.placed)
        return next((row.code for row in rows if row.guid == placement), "")

    def _open(self, placement: str) -> None:
        if code := self._code_of(placement):
            self._desk.workspace_wanted.emit("open")
            self._desk.code_chosen.emit(code)

    def ask_level(self, placement: str) -> None:
        """Asks for the level of a placed code; one that is typed and not there is the project's own."""
        rows = [
            Choice(level.key or _WITHOUT, level.name or _("without a level")) for level in self._offered()
        ]
        name = self.reading.name(self._code_of(placement))

        def take(key: str) -> None:
            typed = key.removeprefix(NEW)
            self._set_level(placement, "" if typed == _WITHOUT else typed)

        choose(
            self,
            _("On which level does “{code}” lie?").format(code=name),
            rows,
            take,
            new=_("New level “{name}”"),
        )

    def _offered(self) -> list[Level]:
        found = [level for level in self.levels if level.key]
        return [*found, Level(levels.WITHOUT, "", len(found), False, ())]

    def _set_level(self, placement: str, level: str) -> None:
        rows = (one.placement for one_level in self.levels for one in one_level.placed)
        now = next((row.level for row in rows if row.guid == placement), None)
        if now is not None and now != level:
            self._desk.do(axial.move_placement, placement=placement, level=level)
            self.rings.make_current(placement)
            self.tree.make_current(placement)

    def _move_level(self, key: str, by: int) -> None:
        if not self._desk.project.read_only:
            levels.move_level(self._desk.project, key, by)
            self._show()

    # -- the path --------------------------------------------------------------------------------------------

    def follow_passage(self) -> None:
        """Follows the passage selected or chosen in a transcript outwards."""
        passage = passage_in_hand(self._desk)
        if passage is None:
            self._desk.told.emit(_("Select a passage in a transcript first, or choose a coding."))
            return
        row = passage.row
        self._passage = passage
        self._begins = tuple(relating.codes_in(self._desk.project, row.source, row.start, row.stop))
        self._show()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow_code(self) -> None:
        """Follows the code in hand outwards."""
        placement = self.tree.key if self.view.key == "table" else self.rings.key
        if code := self._code_of(placement):
            self._passage, self._begins = None, (code,)
            self._show()

    def drop_path(self) -> None:
        """Shows no path."""
        self._passage, self._begins = None, ()
        self._show()

    def _read_path(self) -> None:
        self.steps = []
        if self.model is not None and self._begins:
            row = self._passage.row if self._passage else None
            place = (row.source, row.start, row.stop) if row else None
            self.steps = levels.path_outwards(self._desk.project, self.model, self._begins, passage=place)

    def _show_path(self) -> None:
        self._no_path.setVisible(bool(self._begins))
        words = _("From a passage, or a code, along the relations to levels farther out.")
        if self._passage is not None:
            row = self._passage.row
            words = f"{quoted(spoken(row))} ({paragraphs_cited(row)})"
            if not self.steps:
                words += "\n" + _("No code of this passage is placed in the model.")
        elif self._begins:
            words = _("From “{code}”").format(code=self.reading.name(self._begins[0]))
        self._told.setText(words)
        counted = not frequencies_hidden(self._desk.project)
        self.path.show_choices(
            [
                Choice(
                    step.code,
                    self.reading.name(step.code) or step.name,
                    self.reading.colour(step.code),
                    detail=step.level_name or DASH,
                    below=way_words(step, self.reading, counted=counted),
                )
                for step in self.steps
            ]
        )

    def _show_step(self, code: str) -> None:
        rows = [one.placement for level in self.levels for one in level.placed]
        placement = next((row.guid for row in reversed(rows) if row.code == code), "")
        self.rings.make_current(placement)
        self.tree.make_current(placement)

    def _open_step(self, code: str) -> None:
        step = next((step for step in self.steps if step.code == code), None)
        if step is None:
            return
        if step.relation is not None:
            self._desk.relation_chosen.emit(step.relation.guid)
        elif self._passage is not None:
            row = self._passage.row
            self._desk.source_wanted.emit(row.source, row.start, row.stop)
        else:
            self._desk.workspace_wanted.emit("open")
            self._desk.code_chosen.emit(code)

    # -- export ----------------------------------------------------------------------------------------------

    def export(self, suffix: str) -> None:
        """Asks for a file and writes the rings into it."""
        if self.model is None:
            return
        title = _("{model}, levels").format(model=self.model.name)
        try:
            path = ask_and_export(self, self._figure(self.model), title, suffix)
        except KnownError as problem:
            self._desk.refused.emit(problem.sentence)
            return
        if path is not None:
            self._desk.told.emit(_("Written to {path}").format(path=path))
