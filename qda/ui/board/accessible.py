"""The board for screen readers: every card, relation and fold is a child with a name, a place and a state.

Qt tells nothing of the items of a graphics scene; an interface of our own stands for the view. (The stubs
do not know that Qt takes none for an answer: hence the exceptions for the type checker.)
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow

from qda.ui.board.items import Kind, Reference
from qda.ui.board.view import BoardView

if TYPE_CHECKING:
    from qda.ui.board.board import Board

_ROLES: Final[dict[Kind, QAccessible.Role]] = {
    "card": QAccessible.Role.ListItem,
    "phenomenon": QAccessible.Role.ListItem,
    "relation": QAccessible.Role.ListItem,
    "fold": QAccessible.Role.Button,
}
_kept: dict[int, "_BoardInterface"] = {}  # by the view, as long as it lives
_installed: list[bool] = []


def install() -> None:
    """Makes boards readable; asked for whenever one is made."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_made_for)


def _made_for(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, BoardView):
        return None
    key = id(thing)
    if key not in _kept:
        _kept[key] = _BoardInterface(thing)
        thing.destroyed.connect(lambda _gone=None: _kept.pop(key, None))
    return _kept[key]


def tell_focus(board: "Board") -> None:
    """Tells screen readers what is current now."""
    current = board.current
    references = board.scene.references()
    if current not in references:
        return
    event = QAccessibleEvent(board.view, QAccessible.Event.Focus)
    event.setChild(references.index(current))
    QAccessible.updateAccessibility(event)


class _Part(QAccessibleInterface):
    """What board and parts share: they can be read, not written."""

    def __init__(self, view: BoardView) -> None:
        super().__init__()
        self._view = view

    def _board(self) -> "Board | None":
        from qda.ui.board.board import Board

        above: Any = self._view.parentWidget()
        while above is not None and not isinstance(above, Board):
            above = above.parentWidget()
        return above

    def isValid(self) -> bool:
        return True

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._view.window().windowHandle()

    def setText(self, _text: QAccessible.Text, _words: str) -> None:
        return

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def foregroundColor(self) -> QColor:
        return self._view.palette().text().color()

    def backgroundColor(self) -> QColor:
        return self._view.palette().base().color()

    def relations(self, _match: object = None) -> list[object]:  # type: ignore[override]
        return []


class _ThingInterface(_Part):
    """A card, a relation, a fold."""

    def __init__(self, view: BoardView, reference: Reference) -> None:
        super().__init__(view)
        self._reference = reference

    def isValid(self) -> bool:
        return self._reference in self._view.board_scene.references()

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return QAccessible.queryAccessibleInterface(self._view)

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return _ROLES[self._reference[0]]

    def rect(self) -> QRect:
        seen = self._view.mapFromScene(self._view.board_scene.rect_of(self._reference)).boundingRect()
        return QRect(self._view.viewport().mapToGlobal(seen.topLeft()), seen.size())

    def text(self, which: QAccessible.Text) -> str:
        board = self._board()
        return board.words_of(self._reference) if board and which == QAccessible.Text.Name else ""

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        current = self._view.board_scene.current == self._reference
        _set(state, focusable=True, selectable=True, selected=current)
        _set(state, focused=current and self._view.hasFocus())
        return state


class _BoardInterface(_Part):
    """The view: a list of everything on the board."""

    def __init__(self, view: BoardView) -> None:
        super().__init__(view)
        self._children: dict[Reference, _ThingInterface] = {}

    def object(self) -> QObject | None:  # type: ignore[override]
        return self._view

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        above = self._view.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above is not None else None

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        references = self._view.board_scene.references()
        return self._of(references[index]) if 0 <= index < len(references) else None

    def _of(self, reference: Reference) -> _ThingInterface:
        if reference not in self._children:
            self._children[reference] = _ThingInterface(self._view, reference)
        return self._children[reference]

    def childCount(self) -> int:
        return len(self._view.board_scene.references())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        for number, reference in enumerate(self._view.board_scene.references()):
            if self._children.get(reference) == child:
                return number
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        spot = self._view.mapToScene(self._view.viewport().mapFromGlobal(QPoint(x, y)))
        item = self._view.board_scene.board_item_at(spot)
        return self._of(item.reference) if item is not None else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        current = self._view.board_scene.current
        return self._of(current) if current is not None and self._view.hasFocus() else None

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def rect(self) -> QRect:
        return QRect(self._view.mapToGlobal(QPoint(0, 0)), self._view.size())

    def text(self, which: QAccessible.Text) -> str:
        if which == QAccessible.Text.Name:
            return self._view.accessibleName()
        return self._view.accessibleDescription() if which == QAccessible.Text.Description else ""

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        _set(state, focusable=True, focused=self._view.hasFocus(), invisible=not self._view.isVisible())
        return state


def _set(state: QAccessible.State, **flags: bool) -> None:
    for name, value in flags.items():
        setattr(state, name, value)
