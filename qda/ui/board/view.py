"""The board as a widget: the scene in a view, with keys, zoom, drops from lists, a text for screen readers.

The complete way without a mouse is the table of the same model; the board can be walked by keys as well:
arrows step, B begins a relation, Ctrl+arrows move a card, Delete asks to remove, Enter opens.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontInfo,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.figures.painting import Look, Palette
from qda.figures.paradigm import ParadigmFigure, describe, describe_arrow, describe_card
from qda.figures.paradigm_layout import ParadigmLayout
from qda.i18n import _
from qda.ui.board.items import CardItem, StripItem
from qda.ui.board.keys import Direction, step
from qda.ui.board.scene import MIME_CODE, BoardScene, Reference
from qda.ui.theme import Tokens, tokens_of

_LEAST_WIDTH: Final = 640.0  # pixels of the drawings; a narrower view scrolls sideways
_ZOOMS: Final = (0.25, 4.0)
_MIDDLE, _LEAST_LEGIBLE = 0.87, 0.76  # by how much a board may shrink by itself to be seen as a whole
_ARROWS: Final[dict[Qt.Key, Direction]] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}


def palette_of(theme: Tokens) -> Palette:
    """The window's theme as the colours of a picture."""
    return Palette(
        paper=theme.paper,
        panel=theme.panel,
        separator=theme.separator,
        quiet_frame=theme.quiet_frame,
        control_frame=theme.control_frame,
        text=theme.text,
        secondary=theme.secondary,
        minor=theme.minor,
        accent=theme.accent,
        list_selection=theme.list_selection,
        hover=theme.hover,
        codes=theme.codes,
    )


class BoardView(QGraphicsView):
    """The view on the scene."""

    remove_requested = Signal(str, str)  # kind (card, relation), guid
    menu_requested = Signal(str, str, object)  # kind ("" beside everything), guid, global QPoint

    def __init__(self, scene: BoardScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.board_scene = scene
        self._linking: Reference | None = None  # the card from which keys draw a relation
        self.figure: ParadigmFigure | None = None
        self._relayout = QTimer(self, singleShot=True, interval=0)
        self._relayout.timeout.connect(self.relayout)
        self._by_hand = False  # whether a person has chosen how large the board is
        self.setObjectName("board_view")
        self.setAccessibleName(_("Paradigm board"))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- what is shown ---

    def show_figure(self, figure: ParadigmFigure) -> None:
        """Shows a figure; what was current stays so."""
        self.figure = figure
        self._linking = None
        self.relayout()

    def relayout(self) -> None:
        """Lays the figure out for the width of the view; it shrinks a little where it is whole then."""
        if self.figure is None:
            return
        if self._by_hand:
            self._show_at(1.0)
            return
        before = self.verticalScrollBar().value() / self.transform().m11()
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)  # what was on top stays so
        self.resetTransform()
        factor = 1.0
        if not self._show_at(1.0) and self._show_at(_LEAST_LEGIBLE):
            factor = _MIDDLE if self._show_at(_MIDDLE) else _LEAST_LEGIBLE
        if factor != _MIDDLE:
            self._show_at(factor)
        self.scale(factor, factor)
        self.verticalScrollBar().setValue(round(before * factor))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    def _show_at(self, factor: float) -> bool:
        """Lays out for a view that shows things ``factor`` times as large; whether the whole is seen then."""
        figure, look, room = self.figure, self.look(), self.maximumViewportSize()
        if figure is None:
            return True
        width = max(float(int(room.width() / factor)), look.px(_LEAST_WIDTH))
        self.board_scene.show_figure(figure, width=width, look=look)
        if self.sceneRect().height() * factor <= room.height():
            return True
        if factor == 1.0:  # the bar at the side takes its part
            width = max(width - self.verticalScrollBar().sizeHint().width(), look.px(_LEAST_WIDTH))
            self.board_scene.show_figure(figure, width=width, look=look)
        return False

    def look(self) -> Look:
        """Colours and face of this widget."""
        font = self.font()
        families = tuple(font.families()) or (font.family(),)
        return Look(palette_of(tokens_of(self)), families, max(8, QFontInfo(font).pixelSize()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wider = event.size().width() != event.oldSize().width()
        shown = self.sceneRect().height() * self.transform().m11()
        if wider or (not self._by_hand and event.size().height() < min(shown, event.oldSize().height())):
            self._relayout.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._relayout.start()

    # --- zoom ---

    def zoom(self, factor: float) -> None:
        """Enlarges or shrinks what is shown, within bounds; it stays so."""
        self._by_hand = True
        now = self.transform().m11()
        wanted = min(max(now * factor, _ZOOMS[0]), _ZOOMS[1])
        self.scale(wanted / now, wanted / now)

    def fit(self) -> None:
        """Shows the whole board, never larger than its own size."""
        self.follow()
        rect, room = self.sceneRect(), self.maximumViewportSize()
        if rect.isEmpty():
            return
        now = self.transform().m11()
        factor = min(1.0, room.width() / rect.width() / now, room.height() / rect.height() / now)
        if factor < 1.0:
            self.zoom(factor)

    def room_changed(self) -> None:
        """The user has given the board another height: its size follows, unless chosen by hand."""
        if not self._by_hand:
            self._relayout.start()

    def follow(self) -> None:
        """The size of the board follows the room again."""
        self._by_hand = False
        self.relayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.0015 ** event.angleDelta().y())
            event.accept()
            return
        super().wheelEvent(event)

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ARROWS:
            self._arrow(_ARROWS[key], move=control)
        elif control and key in (Qt.Key.Key_0, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom_key(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_B and not event.modifiers():
            self.begin_relation()
        elif key == Qt.Key.Key_Escape and self._linking is not None:
            self._stop_linking()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.board_scene.current:
            if self.board_scene.current[0] != "phenomenon":
                self.remove_requested.emit(*self.board_scene.current)
        else:
            super().keyPressEvent(event)

    def begin_relation(self) -> None:
        """From the current card: the arrow keys choose the other one, Enter takes it, Escape ends it."""
        current, shown = self.board_scene.current, self.board_scene.layout_shown
        if shown is None or current is None or current[0] == "relation":
            return
        others = [one.card.guid for one in shown.cards if one.card.guid != current[1]]
        if not others:
            return
        self._linking = current
        self.board_scene.begin("relate")
        self._aim(step(shown, current, "right", relations=False) or ("card", others[0]))

    def _arrow(self, direction: Direction, *, move: bool) -> None:
        scene = self.board_scene
        if scene.layout_shown is None:
            return
        if self._linking is not None:
            self._aim(self._next_target(scene.layout_shown, direction))
        elif move:
            self._move(direction)
        else:
            self._go(step(scene.layout_shown, scene.current, direction))

    def _next_target(self, shown: ParadigmLayout, direction: Direction) -> Reference | None:
        """The next card that the relation could reach; the one it begins at is stepped over."""
        found = step(shown, self.board_scene.target or self._linking, direction, relations=False)
        return step(shown, found, direction, relations=False) if found == self._linking else found

    def _go(self, reference: Reference | None) -> None:
        if reference is None:
            return
        self.board_scene.set_current(reference, keyboard=True)
        self.ensureVisible(self.board_scene.rect_of(reference), 24, 24)

    def _aim(self, target: Reference | None) -> None:
        start = self.board_scene.item_of(self._linking) if self._linking else None
        if target is None or not isinstance(start, CardItem | StripItem):
            return
        self.board_scene.aim(start, target, QPointF())
        self.ensureVisible(self.board_scene.rect_of(target), 24, 24)

    def _stop_linking(self) -> None:
        self._linking = None
        self.board_scene.end_gesture()

    def _enter(self) -> None:
        scene, start = self.board_scene, self._linking
        if start is not None:
            target = scene.target
            self._stop_linking()
            if target is not None:
                scene.relation_requested.emit(start[1], target[1])
        elif scene.current is not None:
            scene.activated.emit(*scene.current)

    def _zoom_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_0:
            self.fit()
        else:
            self.zoom(1 / 1.15 if key == Qt.Key.Key_Minus else 1.15)

    def _move(self, direction: Direction) -> None:
        """The current card goes to the slot beside, or up and down in its own, over groups."""
        shown, current = self.board_scene.layout_shown, self.board_scene.current
        if shown is None or current is None or current[0] != "card":
            return
        box = next(one for one in shown.cards if one.card.guid == current[1])
        groups = [(group.slot, group.key) for slot in shown.slots for group in slot.groups]
        slots = [slot.slot.key for slot in shown.slots]
        if direction in ("left", "right"):
            at = slots.index(box.slot) + (1 if direction == "right" else -1)
            if 0 <= at < len(slots):
                key = next(key for slot, key in groups if slot == slots[at])
                self._send(current[1], slots[at], key, self._count(slots[at], key))
            return
        way = 1 if direction == "down" else -1
        if 0 <= box.index + way < self._count(box.slot, box.group):
            self._send(current[1], box.slot, box.group, box.index + way)
            return
        at = groups.index((box.slot, box.group)) + way
        if 0 <= at < len(groups) and groups[at][0] == box.slot:
            self._send(current[1], box.slot, groups[at][1], 0 if way > 0 else self._count(*groups[at]))

    def _count(self, slot: str, group: str) -> int:
        shown = self.board_scene.layout_shown
        return sum((one.slot, one.group) == (slot, group) for one in shown.cards) if shown else 0

    def _send(self, card: str, slot: str, group: str, index: int) -> None:
        self.board_scene.keyboard = True
        self.board_scene.card_moved.emit(card, slot, group, index)

    # --- focus, menu, drops ---

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            if self.board_scene.current is None and self.board_scene.layout_shown is not None:
                self._go(step(self.board_scene.layout_shown, None, "down"))
            self.board_scene.set_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._linking is not None:
            self._stop_linking()
        self.board_scene.set_ring(False)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.board_scene.hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.board_scene.board_item_at(self.mapToScene(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            reference = self.board_scene.current
        else:
            reference = item.reference if item else None
        self.menu_requested.emit(*(reference or ("", "")), event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME_CODE) and self.figure is not None:
            self.board_scene.begin("drop")
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        place = self.board_scene.show_drop_at(self.mapToScene(event.position().toPoint()))
        if place is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.board_scene.end_gesture()

    def dropEvent(self, event: QDropEvent) -> None:
        place = self.board_scene.place_at(self.mapToScene(event.position().toPoint()))
        self.board_scene.end_gesture()
        if place is None:
            return
        data = bytes(event.mimeData().data(MIME_CODE).data()).decode("utf-8")
        event.acceptProposedAction()
        for code in data.split():
            self.board_scene.code_dropped.emit(code, place.slot, place.group)


class Board(QWidget):
    """The paradigm board. Without a phenomenon: one sentence and a button, no slots.

    Signals carry the GUIDs of cards as the figure gives them (placements; the phenomenon's card has its
    own). The board never changes the figure: do the act, then :meth:`show_figure` again.
    """

    card_moved = Signal(str, str, str, int)  # card, slot key, group key, place among the others there
    code_dropped = Signal(str, str, str)  # code (from MIME_CODE, several apart by white space), slot, group
    relation_requested = Signal(str, str)  # from card, to card
    remove_requested = Signal(str, str)  # kind (card, relation), guid
    current_changed = Signal(str, str)  # kind (card, phenomenon, relation, "" for none), guid
    activated = Signal(str, str)  # Enter or double click
    menu_requested = Signal(str, str, object)  # kind, guid, global QPoint
    phenomenon_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paradigm_board")
        self.scene = BoardScene()
        self.scene.setParent(self)
        self.view = BoardView(self.scene)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.scene.card_moved.connect(self.card_moved)
        self.scene.code_dropped.connect(self.code_dropped)
        self.scene.relation_requested.connect(self.relation_requested)
        self.scene.activated.connect(self.activated)
        self.scene.current_changed.connect(self._tell_current)
        self.scene.current_changed.connect(self.current_changed)
        self.view.remove_requested.connect(self.remove_requested)
        self.view.menu_requested.connect(self.menu_requested)

    def show_figure(self, figure: ParadigmFigure) -> None:
        """Shows a model. What was current stays so where it is still there."""
        named = figure.phenomenon is not None
        self._pages.setCurrentIndex(1 if named else 0)
        self.view.show_figure(figure)
        self.view.setAccessibleDescription(describe(figure))
        QAccessible.updateAccessibility(QAccessibleEvent(self.view, QAccessible.Event.DescriptionChanged))

    @property
    def current(self) -> Reference | None:
        """Kind and GUID of the current thing."""
        return self.scene.current

    def set_current(self, kind: str, guid: str) -> None:
        """Makes a thing current and shows it; the signal follows if that is a change."""
        for reference in self.scene.references():
            if reference == (kind, guid):
                self.scene.set_current(reference, keyboard=self.scene.keyboard)
                self.view.ensureVisible(self.scene.rect_of(reference), 24, 24)

    def begin_relation(self) -> None:
        """As the key B: from the current card to one chosen by arrow keys and Enter."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.view.begin_relation()

    def fit(self) -> None:
        """Shows the whole board."""
        self.view.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.relayout()

    def words_of_current(self) -> str:
        """The current thing in one line, as a screen reader tells it."""
        figure, current = self.view.figure, self.scene.current
        if figure is None or current is None:
            return ""
        if current[0] == "relation":
            arrow = next(one for one in figure.arrows if one.guid == current[1])
            return describe_arrow(figure, arrow)
        card = figure.card(current[1])
        return describe_card(card) if card else ""

    def _tell_current(self) -> None:
        words = self.words_of_current()
        self.view.setAccessibleName(f"{_('Paradigm board')}: {words}" if words else _("Paradigm board"))
        QAccessible.updateAccessibility(QAccessibleEvent(self.view, QAccessible.Event.NameChanged))

    def _empty_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("board_empty")
        sentence = _(
            "No phenomenon is named yet. The slots appear once it is clear what the acting is about."
        )
        words = QLabel(sentence, page)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = QPushButton(_("Choose the phenomenon"), page)
        button.setObjectName("choose_phenomenon")
        button.clicked.connect(self.phenomenon_requested)
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        layout.addWidget(words)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        return page
