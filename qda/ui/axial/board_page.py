"""The board with the selected relation and its evidence below it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QStyle, QVBoxLayout, QWidget

from qda.coding.rows import EvidenceRow, RelationRow, SlotRow
from qda.i18n import _
from qda.reports.figures_of import Placed
from qda.ui.axial.acts import Acts
from qda.ui.axial.adding import Adding
from qda.ui.axial.board_kept import Kept, keep, kept
from qda.ui.axial.evidence_view import EvidenceColumns
from qda.ui.axial.figure import BoardFigure
from qda.ui.axial.menus import addressee_menu, card_menu, level_menu, relation_menu
from qda.ui.axial.reading import Reading
from qda.ui.axial.relation_head import RelationHead
from qda.ui.board import Board
from qda.ui.fonts import px
from qda.ui.surfaces import Line, on_panel, small

SHARE: Final = 42  # per cent of the height for the relation below the board
_LEAST_SHARE, _MOST_SHARE = 15, 80
_LINE: Final = 40  # height of the line that stands there without a relation


class BoardPage(QWidget):
    """Board, relation, evidence. Gestures of the board become acts here."""

    relation_turned_to = Signal(str)  # "" where nothing or a card is current
    code_turned_to = Signal(str)
    relate_wanted = Signal(str, str)  # codes
    placed = Signal(str)  # a code was dropped into a slot

    def __init__(self, acts: Acts, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self._reading = reading
        self.shown: BoardFigure | None = None
        self._relations: dict[str, RelationRow] = {}
        self._kept = Kept()
        self._showing = False
        self.setObjectName("board_page")
        self.board = Board(self)
        self.head = RelationHead(acts, reading, self)
        self.head.statement.done.connect(self.board.view.setFocus)
        self.adding = Adding(acts, self)
        self.evidence = EvidenceColumns(acts, self.adding, self)
        self.adding.piece = lambda: self.evidence.current
        self._lower = QStackedWidget(self)
        self._lower.addWidget(self._hint())
        self._lower.addWidget(self._detail())
        split = self._split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("board_split")
        split.setChildrenCollapsible(False)
        split.addWidget(self.board)
        split.addWidget(self._lower)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.splitterMoved.connect(self._divided)
        self.share = SHARE
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.board.view.verticalScrollBar().setStyleSheet(  # as wide as the view reckons with
            f"QScrollBar:vertical {{ width: {extent}px; }}"
            f"QScrollBar::handle:vertical {{ margin: 2px {max(2, (extent - px(6)) // 2)}px; }}"
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self._connect()

    def _hint(self) -> QWidget:
        page = QWidget(self)
        on_panel(page)
        words = small(
            _("Choose a relation to see its evidence. Draw one from a card’s edge, or press B on a card."),
            page,
            wrap=True,
        )
        box = QVBoxLayout(page)
        box.setContentsMargins(px(16), px(10), px(16), px(10))
        box.addWidget(words)
        box.addStretch(1)
        return page

    def _detail(self) -> QWidget:
        page = QWidget(self)
        page.setMinimumHeight(px(170))
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(Line(page))
        box.addWidget(self.evidence, 1)
        return page

    def _connect(self) -> None:
        board = self.board
        board.current_changed.connect(self._turned)
        board.card_moved.connect(self._moved)
        board.card_put.connect(self._put)
        board.manner_changed.connect(self._keep)
        board.code_dropped.connect(self._dropped)
        board.relation_requested.connect(self._relate)
        board.remove_requested.connect(self._remove)
        board.activated.connect(self._activated)
        board.menu_requested.connect(self._menu)
        board.phenomenon_requested.connect(self._name_phenomenon)

    # -- what is shown ----------

    def show_model(self, shown: BoardFigure, relation: str) -> None:
        """Shows a model; ``relation`` is the selected one."""
        other = self.shown is None or self.shown.placed.model.guid != shown.placed.model.guid
        self.shown = shown
        self._relations = {row.guid: row for row in shown.placed.relations}
        self._showing = True
        if other:
            self._kept = kept(self._reading.project, shown.placed.model.guid)
            self.board.show_figure(shown.figure, self._kept.manner, relation=relation)
        elif self.board.figure != shown.figure:
            self.board.show_figure(shown.figure)
        if relation and self.board.current != ("relation", relation):
            self.board.set_current("relation", relation)
        self._showing = False

    def figure_of(self, placed: Placed) -> BoardFigure:
        """The model for the board; where cards were put by hand it keeps the width it had then."""
        return BoardFigure(placed, width=kept(self._reading.project, placed.model.guid).width)

    def tidy(self) -> None:
        """Cards put by hand stand in their slots again."""
        if self.shown is not None:
            self._acts.tidy(self.shown.placed.model)

    def _keep(self) -> None:
        """Keeps how the model is shown."""
        if self.shown is not None and not self._showing:
            self._kept = replace(self._kept, manner=self.board.manner)
            keep(self._reading.project, self.shown.placed.model.guid, self._kept)

    def show_relation(self, relation: RelationRow | None, rows: Sequence[EvidenceRow]) -> None:
        """Shows the selected relation below the board."""
        turned = (relation is None) == bool(self._lower.currentIndex())
        self._lower.setCurrentIndex(0 if relation is None else 1)
        self._lower.setMaximumHeight(px(_LINE) if relation is None else 16777215)
        if turned:
            self._divide()
        if relation is not None:
            self.head.show_relation(relation)
            self.evidence.show_evidence(rows, withdrawn=relation.withdrawn)
        self.adding.show_relation(relation)

    def _divide(self) -> None:
        """Gives the relation its share of the height; without one the board has it all but a line."""
        below = self.height() * self.share // 100 if self._lower.currentIndex() else px(_LINE)
        if self._lower.currentIndex() and self.share == SHARE:  # in a low window the passages need more
            below = max(below, min(px(340), self.height() // 2))
        self._split.setSizes([self.height() - below, below])

    def _divided(self, _at: int, _index: int) -> None:
        """The user has moved the line between board and relation."""
        if self._lower.currentIndex() and self.height():
            share = round(100 * self._split.sizes()[1] / self.height())
            self.share = min(max(share, _LEAST_SHARE), _MOST_SHARE)
        self.board.view.room_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._divide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the relation below back to the board."""
        if event.key() == Qt.Key.Key_Escape and not self.board.view.hasFocus():
            self.board.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    def make_current(self, relation: str) -> None:
        """Makes a relation the current thing of the board."""
        self.board.set_current("relation", relation)

    def select_card(self, code: str) -> None:
        """Makes the card of a code current."""
        card = self.shown.card_of(code) if self.shown else None
        if card is not None:
            self.board.set_current("card", card.guid)

    @property
    def current_card(self) -> str:
        """The current card; empty where something else is current."""
        current = self.board.current
        return current[1] if current and current[0] == "card" else ""

    # -- gestures ----------

    def _turned(self, kind: str, guid: str) -> None:
        if self._showing or self.shown is None:
            return
        self.relation_turned_to.emit(guid if kind == "relation" else "")
        if kind in ("card", "phenomenon"):
            self.code_turned_to.emit(self.shown.code(guid))

    def _moved(self, card: str, slot: str, group: str, index: int) -> None:
        if self.shown is not None:
            self._acts.move_card(self.shown, card, slot, group, index)

    def _put(self, card: str, x: float, y: float) -> None:
        """A card was put somewhere on the board: the board keeps its width from now on."""
        if self.shown is None:
            return
        layout = self.board.scene.layout_shown
        if layout is not None and not self.shown.has_put_cards:
            self._kept = replace(self._kept, width=layout.width / layout.look.px(1.0))
            keep(self._reading.project, self.shown.placed.model.guid, self._kept)
        self._acts.put_card(self.shown, card, round(x), round(y))

    def _dropped(self, code: str, slot: str, group: str) -> None:
        if self.shown is None:
            return
        target = self.shown.slot(slot)
        if target is not None and self._acts.place(self.shown.placed.model, code, target, group):
            self.placed.emit(code)

    def _relate(self, start: str, end: str) -> None:
        if self.shown is not None:
            self.relate_wanted.emit(self.shown.code(start), self.shown.code(end))

    def _remove(self, kind: str, guid: str) -> None:
        place = self.shown.place(guid) if self.shown else None
        if kind == "relation":
            self._acts.remove_relation(guid)
        elif place is not None:
            self._acts.remove_placements([row.guid for row in place.placements])

    def _name_phenomenon(self) -> None:
        if self.shown is not None:
            self._acts.choose_phenomenon(self.shown.placed.model)

    def _activated(self, kind: str, guid: str) -> None:
        if kind == "relation":
            self.head.statement.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.head.statement.selectAll()
        elif kind == "phenomenon":
            self._name_phenomenon()
        else:
            self._menu(kind, guid, self._below(kind, guid))

    def _below(self, kind: str, guid: str) -> QPoint:
        view = self.board.view
        for reference in self.board.scene.references():
            if reference == (kind, guid):
                rect = self.board.scene.rect_of(reference)
                return view.viewport().mapToGlobal(view.mapFromScene(rect.bottomLeft()))
        return view.mapToGlobal(view.rect().center())

    # -- menus ----------

    def _menu(self, kind: str, guid: str, at: QPoint) -> None:
        if self.shown is None:
            return
        if kind == "relation" and guid in self._relations:
            relation_menu(self, self._acts, self._reading, self._relations[guid]).popup(at)
        elif kind == "card":
            self._card_menu(guid).popup(at)
        elif kind == "phenomenon":
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(_("Choose another phenomenon…"), self._name_phenomenon)
            menu.addAction(f"{_('Relate…')}\tB", self.board.begin_relation)
            menu.popup(at)
        else:
            self._slot_menu(at).popup(at)

    def _card_menu(self, guid: str) -> QMenu:
        assert self.shown is not None
        place = self.shown.place(guid)
        menu = card_menu(self, self._acts, place.placements if place else ())
        first = menu.actions()[0]
        relate = menu.addAction(f"{_('Relate…')}\tB", self.board.begin_relation)
        show = menu.addAction(
            _("Show the passages"), lambda: self.code_turned_to.emit(place.code if place else "")
        )
        only = menu.addAction(f"{_('Only what it is related to')}\tF", self.board.turn_only)
        only.setCheckable(True)
        only.setChecked(self.board.is_narrowed)
        added = [relate, show, only]
        if place is not None and any(row.x is not None for row in place.placements):
            added.append(menu.addAction(_("Back into its slot"), lambda: self._back(guid)))
        for action in added:
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        return menu

    def _back(self, card: str) -> None:
        """A card put by hand stands in its slot again, where its order has it."""
        if self.shown is not None:
            self._acts.put_back(self.shown, card)

    def _slot_menu(self, at: QPoint) -> QMenu:
        assert self.shown is not None
        model = self.shown.placed.model
        menu = QMenu(self)
        menu.setObjectName("slot_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        slot = self._slot_at(at)
        if slot is not None:
            name = slot.name.replace("&", "&&")
            menu.addAction(_("Words of “{slot}”…").format(slot=name), lambda: self._acts.change_slot(slot))
            menu.addAction(_("Remove “{slot}”").format(slot=name), lambda: self._acts.remove_slot(slot))
            menu.addSeparator()
        menu.addAction(_("New slot…"), lambda: self._acts.add_slot(model))
        return menu

    def _slot_at(self, at: QPoint) -> SlotRow | None:
        view = self.board.view
        place = self.board.scene.place_at(view.mapToScene(view.viewport().mapFromGlobal(at)))
        return self.shown.slot(place.slot) if place and self.shown else None

    def ask_level(self) -> None:
        """The menu of levels at the current card."""
        self._ask(level_menu)

    def ask_addressee(self) -> None:
        """The menu of addressees at the current card."""
        self._ask(addressee_menu)

    def _ask(self, which: object) -> None:
        place = self.shown.place(self.current_card) if self.shown else None
        if place is None:
            return
        holder = QMenu(self)
        fill = level_menu if which is level_menu else addressee_menu
        menu = fill(holder, self._acts, place.placements)
        menu.aboutToHide.connect(holder.deleteLater)
        menu.popup(self._below("card", self.current_card))
