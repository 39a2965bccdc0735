"""What is corrected in a transcript, in the menu that opens on the text."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from qda.i18n import _

if TYPE_CHECKING:
    from qda.ui.turns.acts import TurnActs


def add_to_menu(menu: QMenu, acts: "TurnActs") -> None:
    """Adds the corrections at the place of the menu: words, paragraphs, turns, topics."""
    menu.addSeparator()
    menu.addAction(_("Edit te&xt"), acts.correct)
    inner = QMenu(_("T&urn and paragraph"), menu)
    inner.setObjectName("turn_menu")
    inner.addAction(_("Turn &spoken by…"), acts.spoken_by)
    inner.addAction(_("A turn &begins here…"), acts.begin)
    inner.addAction(_("&No turn begins here"), acts.join_turn)
    inner.addSeparator()
    inner.addAction(_("S&plit paragraph here"), acts.split)
    inner.addAction(_("&Join with the paragraph before"), acts.join)
    inner.addSeparator()
    inner.addAction(_("Set &topic of the turn…"), acts.set_topic)
    inner.addAction(_("Take topic &off"), acts.clear_topic)
    menu.addMenu(inner)
