"""Axial coding: models at the left; the chosen one as a board or as tables, with its relations' evidence."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.coding import material
from qda.coding.rows import EvidenceRow, ModelRow, RelationRow, SlotRow
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.axial.acts import Acts
from qda.ui.axial.adding import passage_in_hand
from qda.ui.axial.board_page import SHARE, BoardPage
from qda.ui.axial.choices import Choice, choose
from qda.ui.axial.dialogs import empty_page
from qda.ui.axial.exporting import ask_and_export
from qda.ui.axial.header import Header, action_for
from qda.ui.axial.hinting import HintCard
from qda.ui.axial.layout_menu import LayoutMenu
from qda.ui.axial.panel import AxialPanel
from qda.ui.axial.reading import WATCHED, Reading
from qda.ui.axial.tables import Tables
from qda.ui.axial.versions import Versions
from qda.ui.evidence.picker import Picker
from qda.ui.exporting import FORMATS
from qda.ui.fonts import px
from qda.ui.places import Page, Pages, Panel, Panels
from qda.ui.questions.section import ModelQuestions
from qda.ui.surfaces import Line, on_paper

if TYPE_CHECKING:
    from qda.coding.paradigms import ParadigmTemplate
    from qda.models import Changed
    from qda.ui.desk import Desk

_SHARE_KEPT: Final = "axial.share"  # of the relation below the board, per cent of the height


class Workspace(QWidget):
    """The workspace of axial coding."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("axial")
        self._desk = desk
        self.reading = Reading(desk.project)
        self.acts = Acts(desk, self.reading, self)
        self.versions = Versions(desk, self)
        self.model: ModelRow | None = None
        self.relation: RelationRow | None = None
        self._relations: tuple[RelationRow, ...] = ()
        self._evidence: tuple[EvidenceRow, ...] = ()
        self._stale = True
        self._looked_at = ""  # a code
        self._build()
        self._connect()

    # -- building ----------

    def _build(self) -> None:
        self.panel = AxialPanel(self)
        self.hint = HintCard(self._desk, self.panel)
        self.panel.put_hint(self.hint)
        self.open_questions = ModelQuestions(self._desk, self.panel)
        self.panel.put_below(self.open_questions, self.open_questions.show_model)
        self.header = Header(self)
        self.page = BoardPage(self.acts, self.reading, self)
        self.page.share = self._share_kept()
        self.board = self.page.board
        self.tables = Tables(self.acts, self.reading, self)
        self._first = QPushButton(_("New model from a template…"), self)
        self._first.setObjectName("first_model")
        self._first.setAccessibleName(_("New model from a template"))
        empty = empty_page(
            "axial_empty",
            _("A model relates your categories: conditions, strategies, consequences of one phenomenon."),
            self._first,
            self,
        )
        on_paper(empty)
        self._stack = QStackedWidget(self)
        for page in (empty, self.page, self.tables):
            self._stack.addWidget(page)
        self._toolbar()
        centre = QWidget(self)
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(Line(centre))
        box.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setObjectName("axial_split")
        split.setChildrenCollapsible(False)
        split.addWidget(self.panel)
        split.addWidget(centre)
        self.right = Panels(self._desk, QWidget(self), self)
        self.right.hide()  # until a panel is wanted
        split.addWidget(self.right)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([px(232), px(1208), px(340)])
        self.front = Pages(self._desk, split, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.front)

    def _toolbar(self) -> None:
        self.header.add_action(action_for(self, "relate-codes", _("Relate codes"), self.relate), "relate")
        self.header.add_action(
            action_for(self, "pick-evidence", _("Add evidence"), self.pick_evidence), "evidence"
        )
        arrange = action_for(self, "arrange-model", _("Arrange"), self.arrange)
        self.header.add_action(arrange, "arrange")
        self.header.add_action(action_for(self, "add-slot", _("New slot"), self.add_slot), "slot")
        self.header.add_menu(_("Versions"), "model_versions", self.versions.menu)
        layout = LayoutMenu(self.board, self.page.tidy, self)
        self._layout = self.header.add_menu(_("Layout"), "board_layout", layout)
        menu = QMenu(self)
        for suffix in FORMATS:
            menu.addAction(suffix.upper(), partial(self.export, suffix))
        self.header.add_menu(_("Export"), "export_board", menu)

    def _connect(self) -> None:
        desk, page, tables, panel = self._desk, self.page, self.tables, self.panel
        desk.changed.connect(self._changed)
        self.front.left.connect(lambda: self.show_models(focus=True))
        self.front.currentChanged.connect(self._front_turned)
        self.right.left.connect(self.close_panel)
        desk.relation_chosen.connect(self.show_relation)
        self.versions.compare_wanted.connect(self.show_since)
        desk.span_chosen.connect(self._hand_changed)
        desk.coding_chosen.connect(self._hand_changed)
        self.reading.counting.counted.connect(self._counted)
        self.acts.made_model.connect(self._begun)
        self.acts.named_phenomenon.connect(self.focus_first)
        self.acts.made_relation.connect(self._made)
        panel.model_chosen.connect(self.show_model)
        panel.new_wanted.connect(self.new_model)
        panel.models.rename_wanted.connect(lambda _guid: self.rename_model())
        panel.models.removal_wanted.connect(lambda _guid: self.remove_model())
        panel.menu_wanted.connect(self._model_menu)
        panel.unplaced.taken.connect(self.ask_slot)
        panel.unplaced.turned_to.connect(self.look_at)
        page.code_turned_to.connect(self.look_at)
        self.hint.left.connect(self.focus_first)
        self._first.clicked.connect(self.new_model)
        self.header.view.chosen.connect(self.show_view)
        self.header.models.aboutToShow.connect(self._fill_models)
        page.relation_turned_to.connect(self._turned_to)
        page.code_turned_to.connect(desk.code_chosen)
        page.relate_wanted.connect(self.relate)
        page.placed.connect(self._placed)
        page.board.told.connect(desk.told)
        page.adding.picker_wanted.connect(self.pick_evidence)
        tables.relation_turned_to.connect(self._turned_to)
        tables.evidence_turned_to.connect(lambda guid: setattr(page.evidence, "current", guid))
        tables.place_wanted.connect(self.place_code)
        tables.picker_wanted.connect(self.pick_evidence)
        tables.letter.connect(self.polarity)
        for number in range(1, 10):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda number=number: self.place_in(number))

    # -- pages before the model, panels beside it ----------

    def show_page(self, key: str, make: Callable[["Desk", QWidget], Page]) -> Page:
        """Brings a whole page (the case comparison, a code map) before the model; made when first wanted."""
        self._desk.told.emit("")
        return self.front.show_page(key, make)

    def _front_turned(self) -> None:
        """Keys of the board are not those of a page before it."""
        later = getattr(self.window(), "actions_later", None)
        if later is not None:
            later()

    def show_models(self, *, focus: bool = False) -> None:
        """Brings the model back, as it is now."""
        self.front.leave()
        if self._stale:
            self.refresh()
        self._tell()
        if focus:
            self.focus_first()

    def show_panel(self, key: str, make: Callable[["Desk", QWidget], Panel]) -> Panel:
        """Brings a panel to the right of the model; made when first wanted."""
        self.show_models()
        return self.right.show_panel(key, make)

    def close_panel(self) -> None:
        """The model has the whole width again."""
        self.right.leave()
        self.right.hide()
        self.focus_first()

    def let_go(self) -> None:
        """The study is about to be closed: nothing goes on in the background after this."""
        self.front.let_go()
        self.right.let_go()
        self.page.adding.let_go()
        self.reading.let_go()
        self.hint.let_go()
        self.open_questions.let_go()

    # -- coming to the front, and changes ----------

    def shown(self) -> None:
        """The workspace comes to the front: it reads again what acts have touched."""
        if (page := self.front.part) is not None:
            page.refresh()
            return
        if self._stale:
            self.refresh()
        if (panel := self.right.part) is not None:
            panel.refresh()
        self.page.adding.show_passage(passage_in_hand(self._desk))
        self._tell()

    def focus_first(self) -> None:
        """The keyboard goes to the board, the table, or the button that begins."""
        if (page := self.front.part) is not None:
            page.focus_first()
        elif self.model is None:
            self._first.setFocus()
        elif self._stack.currentWidget() is self.tables:
            self.tables.focus_first()
        elif self.model.phenomenon is None:
            button = self.board.findChild(QPushButton, "choose_phenomenon")
            if button is not None:
                button.setFocus()
        else:
            self.board.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _changed(self, change: "Changed") -> None:
        tables = change.tables
        if not tables & WATCHED:
            return
        self.reading.follow(change)
        if self.isVisible() and self.front.part is None:
            self.refresh()
        else:
            self._stale = True

    def _counted(self) -> None:
        """How often codes stand where is known now."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def keep_state(self) -> None:
        """Remembers how high the relation below the board is."""
        project, share = self._desk.project, self.page.share
        if share != self._share_kept():
            project.set_setting(_SHARE_KEPT, str(share))

    def _share_kept(self) -> int:
        written = self._desk.project.setting(_SHARE_KEPT)
        return int(written) if written.isdigit() else SHARE

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.keep_state()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Reads the models and shows the chosen one."""
        self._stale = False
        models = self.reading.models
        wanted = self.model.guid if self.model else ""
        self.model = self.reading.model(wanted) or self._first_model(models)
        counts = self.reading.relation_counts()
        rows = [
            Choice(
                row.guid,
                row.name,
                detail=_("given up") if row.status == "abandoned" else str(counts.get(row.guid, 0)),
                faded=row.status == "abandoned",
            )
            for row in models
        ]
        self.panel.show_models(rows, self.model.guid if self.model else "")
        self.versions.model = self.model
        template = str(self._template(self.model).name) if self.model else ""
        self.header.show_model(self.model, template, self.versions.words())
        if self.model is None:
            self.relation, self._relations, self._evidence = None, (), ()
            self.panel.show_unplaced([], 0, named=False)
            self.hint.show_code(None, "", ())
            self._stack.setCurrentIndex(0)
            self.panel.show()
            return
        self.header.show_tool(self.header.buttons["slot"], shown=self._own_slots())
        self._show_placed(self.model)

    def _first_model(self, models: list[ModelRow]) -> ModelRow | None:
        active = [row for row in models if row.status == "active"]
        return next(iter(active or models), None)

    def _own_slots(self) -> bool:
        return self.model is not None and self._template(self.model).own_slots

    def _template(self, model: ModelRow) -> "ParadigmTemplate":
        from qda.coding.templates import template

        return template(self._desk.project, model.template)

    def _show_placed(self, model: ModelRow) -> None:
        placed = self.reading.placed(model)
        self._relations = tuple(placed.relations)
        wanted = self.relation.guid if self.relation else ""
        self.relation = next((row for row in self._relations if row.guid == wanted), None)
        if self.page.shown is None or self.page.shown.placed.model.guid != model.guid:
            self._begin_at_the_head()
        chosen = self.relation.guid if self.relation else ""
        begins = self._stack.currentIndex() == 0
        if begins and self.header.view.key != "table":
            self._stack.setCurrentWidget(self.page)  # it has its size before it is laid out
        self.page.show_model(self.page.figure_of(placed), chosen)
        self.tables.show_model(model, self._relations, placed.placements, current=chosen)
        self.look_at(self._looked_at)  # before the list turns to another one
        rest = [self.reading.choice(row.guid) for row in self.reading.unplaced(placed)]
        self.panel.show_unplaced(rest, len(self.slots()), named=model.phenomenon is not None)
        if begins:
            self.show_view(self.header.view.key or "board")
        self._show_relation()

    def look_at(self, code: str) -> None:
        """A code is looked at, in the list or on the board: its passages are asked for hints."""
        self._looked_at = code
        rows = self.page.shown.placed.placements if self.page.shown is not None else ()
        keys = {slot.guid: slot.key for slot in self.slots()}
        self.hint.show_code(self.model, code, [keys[row.slot] for row in rows if row.code == code])

    def _begin_at_the_head(self) -> None:
        """A model newly shown: its first relation below, the head of the board in sight."""
        if self.relation is not None:
            return
        first = self.relation = next((row for row in self._relations if row.status != "rejected"), None)

        def scroll() -> None:
            if self.relation is None or (first is not None and self.relation.guid == first.guid):
                self.board.view.verticalScrollBar().setValue(0)

        QTimer.singleShot(0, self, scroll)

    def _show_relation(self) -> None:
        relation = self.relation
        if relation is None and self._stack.currentWidget() is self.tables and self._relations:
            key = self.tables.relations.key
            relation = next((row for row in self._relations if row.guid == key), None)
            self.relation = relation
        if relation is None:
            self._evidence = ()
            self.page.show_relation(None, ())
            self.tables.show_evidence(None, (), "")
            return
        self._evidence = tuple(self.reading.evidence(relation.guid))
        self.page.show_relation(relation, self._evidence)
        self.tables.show_evidence(relation, self._evidence, self.page.evidence.current)

    def _hand_changed(self, *_anything: object) -> None:
        if self.isVisible():
            self.page.adding.show_passage(passage_in_hand(self._desk))

    def _tell(self) -> None:
        if self.front.part is not None:
            return  # the line is that of the page before the model
        if self.model is None:
            self._desk.told.emit("")
            return
        rows = self._relations
        pieces = sum(row.supporting + row.contradicting + row.qualifying for row in rows)
        parts = [
            ngettext("{n} relation", "{n} relations", len(rows)).format(n=len(rows)),
            ngettext("{n} piece of evidence", "{n} pieces of evidence", pieces).format(n=pieces),
        ]
        line = ", ".join(parts)
        hidden = sum(row.status == "rejected" for row in rows)
        if hidden and self._stack.currentWidget() is self.page:
            told = ngettext("{n} rejected is hidden", "{n} rejected are hidden", hidden).format(n=hidden)
            line = f"{line}   {told}"
        if self.relation is not None:
            chosen = _("Relation {number} selected").format(number=self.relation.number)
            line = f"{chosen}   {line}"
        self._desk.told.emit(line)

    # -- what is shown ----------

    def show_model(self, guid: str) -> None:
        """Shows another model."""
        chosen = self.reading.model(guid)
        if chosen is None or (self.model is not None and self.model.guid == guid and not self._stale):
            return
        self.model, self.relation = chosen, None
        self.refresh()
        self._tell()

    def show_view(self, key: str) -> None:
        """Board or table of the same model."""
        if self.model is None:
            return
        self.header.view.show_key(key)
        self._stack.setCurrentWidget(self.tables if key == "table" else self.page)
        self.panel.setVisible(key != "table")
        self.header.show_tool(self._layout, shown=key != "table")
        if key == "table":
            if self.relation is not None:
                self.tables.relations.make_current(self.relation.guid)
            elif self._relations:
                self.tables.relations.setCurrentIndex(self.tables.relations.grid.index(0, 0))
                self._turned_to(self._relations[0].guid)
        elif self.relation is not None:
            self.page.make_current(self.relation.guid)
        self._tell()

    def show_relation(self, guid: str) -> None:
        """Selects a relation, in whatever model it is; a page that led here makes room."""
        if guid and self.front.part is not None:
            self.show_models()
        if self._stale:
            self.refresh()
        if self.relation is not None and self.relation.guid == guid:
            return
        if guid and all(row.guid != guid for row in self._relations):
            from qda.coding.theory import relations

            found = next((row for row in relations(self._desk.project) if row.guid == guid), None)
            if found is None:
                return
            self.show_model(found.model)
        self._turned_to(guid)
        self.page.make_current(guid)
        self.tables.relations.make_current(guid)

    def _turned_to(self, guid: str) -> None:
        if guid == (self.relation.guid if self.relation else ""):
            return
        self.page.head.statement.flush()
        self.tables.statement.flush()
        self.relation = next((row for row in self._relations if row.guid == guid), None)
        self._show_relation()
        if guid:
            self._desk.relation_chosen.emit(guid)
        self._tell()

    def _begun(self, guid: str) -> None:
        """A model was made: what it needs next has the keyboard."""
        self.show_model(guid)
        self.focus_first()

    def _made(self, guid: str) -> None:
        self._turned_to(guid)
        self.page.make_current(guid)
        self.tables.relations.make_current(guid)

    def _fill_models(self) -> None:
        menu = self.header.models
        menu.clear()
        for row in self.reading.models:
            action = menu.addAction(row.name.replace("&", "&&"), partial(self.show_model, row.guid))
            action.setCheckable(True)
            action.setChecked(self.model is not None and row.guid == self.model.guid)
        menu.addSeparator()
        menu.addAction(_("New model…"), self.new_model)
        self._model_acts(menu)

    def _model_menu(self, guid: str, at: QPoint) -> None:
        self.show_model(guid)
        menu = QMenu(self)
        menu.setObjectName("model_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model_acts(menu)
        menu.popup(at)

    def _model_acts(self, menu: QMenu) -> None:
        if self.model is None:
            return
        again = self.model.status == "abandoned"
        menu.addAction(f"{_('Rename…')}\tF2", self.rename_model)
        menu.addAction(_("Choose the phenomenon…"), self.choose_phenomenon)
        menu.addAction(_("New slot…"), self.add_slot)
        menu.addAction(_("Keep as a version…"), self.freeze_model)
        menu.addSeparator()
        menu.addAction(_("Take up again") if again else _("Give up, keep as it is"), self.turn_model)
        menu.addAction(f"{_('Remove')}\tDel", self.remove_model)

    # -- acts that commands, keys and buttons share ----------

    def new_model(self) -> None:
        """Asks for a name and a template."""
        self.acts.new_model(material.project_sheet(self._desk.project).template)

    def rename_model(self) -> None:
        """Asks for another name of the model."""
        if self.model is not None:
            self.acts.rename_model(self.model)

    def turn_model(self) -> None:
        """Gives the model up or takes it up again."""
        if self.model is not None:
            self.acts.turn_model(self.model)

    def show_since(self, model: str, version: str) -> None:
        """What has changed in a model since one of its versions."""
        from qda.ui.history.page import HistoryPage

        page = self.show_page("history", HistoryPage)
        assert isinstance(page, HistoryPage)
        page.show_since(model, version)

    def freeze_model(self) -> None:
        """Keeps the model as it is now, by a name."""
        self.versions.freeze()

    def remove_model(self) -> None:
        """Removes the model."""
        if self.model is not None:
            self.acts.remove_model(self.model)

    def choose_phenomenon(self) -> None:
        """Asks which code the phenomenon is."""
        if self.model is not None:
            self.acts.choose_phenomenon(self.model)

    def add_slot(self) -> None:
        """Asks for a slot of one's own."""
        if self.model is not None:
            self.acts.add_slot(self.model)

    def arrange(self) -> None:
        """Orders the cards of the board so that fewer arrows cross."""
        if self.model is None or self.page.shown is None:
            return
        order = self.page.shown.arranged()
        if order:
            self.acts.arrange(self.model, order)
        else:
            self._desk.told.emit(_("The cards stand in the best order already."))

    def slots(self) -> list[SlotRow]:
        """The slots of the model, in the order of the board."""
        return [slot for slot in self.model.slots if slot.role != "phenomenon"] if self.model else []

    def place_in(self, number: int) -> None:
        """Puts the current code of the left list into the slot of that number."""
        code, slots = self.panel.unplaced.key, self.slots()
        if self.model is None or not 1 <= number <= len(slots):
            return
        if not code:
            words = _("Choose a code at the left first; then Ctrl+{n} places it.").format(n=number)
            self._desk.told.emit(words)
            return
        if self.acts.place(self.model, code, slots[number - 1]):
            self._placed(code)

    def place_code(self) -> None:
        """Asks which code goes into which slot."""
        if self.model is None:
            return
        if self.model.phenomenon is None:
            self.acts.choose_phenomenon(self.model)
            return
        choose(self, _("Which code?"), self.reading.code_choices(), self.ask_slot)

    def ask_slot(self, code: str) -> None:
        """Asks into which slot a code goes."""
        if self.model is None or self.model.phenomenon is None:
            return
        model, slots = self.model, {slot.guid: slot for slot in self.slots()}
        rows = [Choice(slot.guid, slot.name, below=slot.question) for slot in slots.values()]

        def take(key: str) -> None:
            if self.acts.place(model, code, slots[key]):
                self._placed(code)

        title = _("Into which slot does “{code}” go?").format(code=self.reading.name(code))
        choose(self, title, rows, take)

    def _placed(self, code: str) -> None:
        self.page.select_card(code)
        row = next((p for p in self.tables.placements.grid.rows if p.code == code), None)
        if row is not None:
            self.tables.placements.make_current(row.guid)

    def relate(self, start: str = "", end: str = "") -> None:
        """Relates two codes: from the current card of the board by keys, else in a dialog."""
        if self.model is None:
            return
        on_board = self._stack.currentWidget() is self.page
        if not start and on_board and self.board.current and self.board.current[0] != "relation":
            if self.board.view.hasFocus():
                self.board.begin_relation()
                return
            start = self.page.shown.code(self.board.current[1]) if self.page.shown else ""
        first = [row.code for row in self.tables.placements.grid.rows]
        if self.model.phenomenon:
            first.insert(0, self.model.phenomenon)
        self.acts.relate(self.model, tuple(first), from_code=start, to_code=end)

    def edit_statement(self) -> None:
        """The keyboard goes to the statement of the relation."""
        if self.relation is not None:
            on_board = self._stack.currentWidget() is self.page
            line = self.page.head.statement if on_board else self.tables.statement
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            line.selectAll()

    def set_status(self, key: str) -> None:
        """Judges the selected relation."""
        if self.relation is not None:
            self.acts.set_status(self.relation.guid, key)

    def turn_relation(self) -> None:
        """Turns the selected relation."""
        if self.relation is not None:
            self.acts.turn_relation(self.relation.guid)

    def remove_relation(self) -> None:
        """Removes the selected relation."""
        if self.relation is not None:
            self.acts.remove_relation(self.relation.guid)

    def note_search(self) -> None:
        """Keeps "searched, found none" for the selected relation."""
        if self.relation is not None:
            self.acts.note_search(self.relation.guid)

    def polarity(self, letter: str) -> None:
        """S, W, E: what the piece with the keyboard does; else the passage in hand becomes evidence."""
        from qda.ui.axial.words import POLARITY_KEYS

        polarity = POLARITY_KEYS.get(letter)
        if polarity is None or self.relation is None:
            return
        focused = self.page.evidence.focused
        if focused is not None:
            self.acts.set_polarity(focused.guid, polarity)
        elif self.tables.evidence.hasFocus() and self.tables.evidence.key:
            self.acts.set_polarity(self.tables.evidence.key, polarity)
        else:
            self._take(polarity)

    def _take(self, polarity: str) -> None:
        """The passage nearby, or the one selected in a transcript, becomes evidence."""
        if not self.page.adding.take(polarity):
            self._desk.told.emit(_("Select a passage in a transcript first, or choose one with V."))

    def pick_evidence(self) -> None:
        """Lists the passages of both codes of the selected relation."""
        if self.relation is None:
            return
        guid = self.relation.guid
        picker = Picker(self._desk, self.reading, self.relation, self._used, self)
        picker.taken.connect(
            lambda segments, polarity, kind: self.acts.add_evidence(guid, segments, polarity, kind)
        )
        picker.open()
        picker.list.setFocus()

    def _used(self) -> dict[str, str]:
        """Passages that are evidence of the selected relation already."""
        return {s.guid: row.polarity for row in self._evidence for s in row.segments}

    def set_level(self) -> None:
        """Asks for the level of the current placed code."""
        if self._stack.currentWidget() is self.page:
            self.page.ask_level()
        elif self.tables.placements.key:
            self.tables.show_page("placements")
            self.tables.placements.edit_cell("level")

    def set_addressee(self) -> None:
        """Asks for the addressee of the current placed code."""
        if self._stack.currentWidget() is self.page:
            self.page.ask_addressee()
        elif self.tables.placements.key:
            self.tables.show_page("placements")
            self.tables.placements.edit_cell("addressee")

    def export(self, suffix: str) -> None:
        """Asks for a file and writes the board into it."""
        if self.model is None or self.page.shown is None:
            return
        try:
            path = ask_and_export(self, self.board.seen or self.page.shown.figure, self.model.name, suffix)
        except KnownError as problem:
            self._desk.refused.emit(problem.sentence)
            return
        if path is not None:
            self._desk.told.emit(_("Written to {path}").format(path=path))
