"""From a dot or a cell to the text: at once to one passage, by a list of them where there are several."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.material import Passages
from qda.coding.profiles import Seen
from qda.i18n import _

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.ui.desk import Desk

_WORDS = 70  # signs of a passage in the list


def lead(desk: "Desk", seen: Sequence[Seen], parent: QWidget, at: QPoint) -> None:
    """Leads to the passages of values; ``at`` is a point of the screen."""
    guids = list(dict.fromkeys(one.segment for one in seen if one.segment))
    if not guids:
        if seen:
            words = _("“{place}” was said of {case} as a whole.")
            desk.told.emit(words.format(place=seen[0].place, case=seen[0].bearer.name))
        return
    rows = passages(desk, guids)
    if len(rows) == 1:
        go(desk, rows[0])
        return
    menu = QMenu(parent)
    menu.setObjectName("passages_menu")
    menu.aboutToHide.connect(menu.deleteLater)
    for row in rows:
        words = " ".join(quoted(spoken(row)).split())
        short = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
        action = menu.addAction(f"{short}  {paragraphs_cited(row)}".replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, row=row: go(desk, row))
    menu.popup(at)


def passages(desk: "Desk", guids: Sequence[str]) -> "list[SegmentRow]":
    """The passages of these GUIDs, in their order."""
    with desk.project.read() as db:
        found = Passages(db).of(list(guids))
    return [found[guid] for guid in guids if guid in found]


def go(desk: "Desk", row: "SegmentRow") -> None:
    """Shows a passage in its text."""
    desk.workspace_wanted.emit("open")
    desk.source_wanted.emit(row.source, row.start, row.stop)
