"""Going on to the next of anything in the transcript: memos on passages, and one menu with all there is."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from qda.coding.memo_places import memo_places
from qda.i18n import _
from qda.ui.memos.targets import kind_name

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane
    from qda.ui.window import MainWindow

THINGS: Final = ("coding", "turn", "unread", "uncoded", "hit", "memo", "pencil")
_ALSO: Final = ("codings-here", "go-to", "where-was-i")


class Going(QObject):
    """What the keys, the menu and the palette ask for."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane

    def go_to_memo(self, *, forward: bool) -> None:
        """Selects the next passage with a memo, or the one before, and says what the memo is called."""
        view, span = self._pane.view, self._pane.span
        here = view.current_position()
        at = (span.start, span.stop) if span else (here, here)
        places = memo_places(self._desk.project, self._pane.source)
        spans = sorted({(place.start, place.stop) for place in places})
        if forward:
            found = next((one for one in spans if one > at), None)
        else:
            found = next((one for one in reversed(spans) if one < at), None)
        if found is None:
            self._desk.told.emit(_("No memo below.") if forward else _("No memo above."))
        else:
            view.select_span(*found)
            titles = [p for p in places if (p.start, p.stop) == found]
            self._desk.told.emit(" · ".join(f"{kind_name(p.kind)}: {p.title}" for p in titles))
        view.setFocus()

    def menu(self) -> QMenu:
        """The next and the previous of anything, with their keys."""
        menu = QMenu(self._pane)
        menu.setObjectName("going_menu")
        window = cast("MainWindow", self._pane.window())
        known = {command.id for command in window.rows.commands}
        for before in ("next", "previous"):
            for thing in THINGS:
                if f"{before}-{thing}" in known:
                    menu.addAction(self._stand_in(menu, window.action(f"{before}-{thing}")))
            menu.addSeparator()
        for command in _ALSO:
            if command in known:
                menu.addAction(self._stand_in(menu, window.action(command)))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    @staticmethod
    def _stand_in(menu: QMenu, action: QAction) -> QAction:
        """The act with its key beside it, which is not a second shortcut."""
        key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        copy = QAction(f"{action.text()}\t{key}" if key else action.text(), menu)
        copy.setObjectName(action.objectName())
        copy.setEnabled(action.isEnabled())
        copy.triggered.connect(action.trigger)
        return copy

    def show_menu(self) -> None:
        """Opens the menu at the cursor."""
        self.menu().popup(self._pane.view.selection_rect().bottomLeft())
