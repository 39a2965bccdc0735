"""The menu above the board: columns or ring, what is folded away, how large."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from qda.i18n import _
from qda.ui.board import Board


class LayoutMenu(QMenu):
    """How the board shows the model; ``tidy`` brings cards put by hand back into their slots."""

    def __init__(self, board: Board, tidy: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layout_menu")
        self._board = board
        self._columns = self._choice(_("Slots as &columns"), lambda: board.show_form("columns"))
        self._ring = self._choice(
            _("Slots as a &ring around the phenomenon"), lambda: board.show_form("ring")
        )
        self.addSeparator()
        self._definitions = self._choice(f"{_('&Definitions of the slots')}\tD", board.turn_definitions)
        self._folding = self._choice(f"{_('Cards &without relation, too')}\tO", board.turn_folding)
        self._only = self._choice(f"{_('&Only what the card is related to')}\tF", board.turn_only)
        self.addSeparator()
        self._tidy = self.addAction(_("Cards &back into their slots"), tidy)
        self.addSeparator()
        self.addAction(f"{_('&Larger')}\t{_key('Ctrl++')}", board.larger)
        self.addAction(f"{_('&Smaller')}\t{_key('Ctrl+-')}", board.smaller)
        self.addAction(f"{_('The w&hole board')}\t{_key('Ctrl+0')}", board.fit)
        self.addAction(_("As large as it is &read"), board.follow)
        self.aboutToShow.connect(self._refresh)

    def _choice(self, words: str, do: Callable[[], object]) -> QAction:
        action = self.addAction(words, do)
        action.setCheckable(True)
        return action

    def _refresh(self) -> None:
        board, ring = self._board, self._board.manner.form == "ring"
        for action, words, here in (
            (self._columns, _("Slots as &columns"), not ring),
            (self._ring, _("Slots as a &ring around the phenomenon"), ring),
        ):
            action.setText(words if here else f"{words}\tR")  # the key leads to the other form
            action.setChecked(here)
        self._definitions.setChecked(board.manner.definitions)
        self._folding.setChecked(board.shows_all)
        self._only.setChecked(board.is_narrowed)
        self._tidy.setEnabled(board.has_put_cards)


def _key(portable: str) -> str:
    from PySide6.QtGui import QKeySequence

    return QKeySequence(portable).toString(QKeySequence.SequenceFormat.NativeText)
