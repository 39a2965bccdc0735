"""The menus of a map: on what is chosen, on the bare ground, on the list of maps."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from qda.coding.map_related import GROUPS, Related
from qda.i18n import _

if TYPE_CHECKING:
    from qda.ui.maps.page import MapsPage


def _row(menu: QMenu, words: str, run: Callable[[], object], key: str = "", *, on: bool = True) -> None:
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if key else ""
    action = menu.addAction(f"{words}\t{shown}" if shown else words)
    action.triggered.connect(lambda _checked=False: run())
    action.setEnabled(on)


def of_chosen(page: "MapsPage") -> QMenu:
    """What can be done with what is chosen, or with the map."""
    menu = QMenu(page)
    menu.setObjectName("map_menu")
    current, chosen = page.current, page.chosen
    if not chosen or current is None:
        _row(menu, _("Own words"), page.add_words, "N", on=page.can_write)
        _row(menu, _("Find what to put on the map"), page.focus_search, "F", on=page.can_write)
        menu.addSeparator()
        _arranging(menu, page)
        menu.addSeparator()
        _row(menu, _("Show the whole map"), page.view.fit, "Ctrl+0")
        return menu
    if len(chosen) == 1:
        _of_one(menu, page, *current)
    elif len(page.scene.chosen_boxes()) == 2:
        _row(menu, _("Draw a line between them"), page.begin_line, "B", on=page.can_write)
    menu.addSeparator()
    _row(menu, _("Take off the map"), page.take_off, "Del", on=page.can_write)
    return menu


def _of_one(menu: QMenu, page: "MapsPage", kind: str, guid: str) -> None:
    writes = page.can_write
    if kind == "line":
        _of_line(menu, page, guid)
        return
    item = page.acts.item(guid)
    if item is None:
        return
    if item.kind:
        _row(menu, _("Show where it stands"), lambda: page.lead(kind, guid), "Enter")
    if item.kind == "segment":
        _row(menu, _("Copy as citation"), page.copy_citation, "Ctrl+Shift+C")
    _row(menu, _("Remark on this map…") if item.kind else _("Write…"), page.write, "F2", on=writes)
    _row(menu, _("Draw a line from here"), page.begin_line, "B", on=writes)
    if item.kind and writes:
        menu.addMenu(of_related(page, guid, page.acts.related_to(guid)))


def _of_line(menu: QMenu, page: "MapsPage", guid: str) -> None:
    line = page.acts.line(guid)
    if line is None:
        return
    writes = page.can_write
    if line.relation:
        _row(menu, _("Show the relation"), lambda: page.lead("line", guid), "Enter")
    _row(menu, _("Write on the line…"), page.write, "F2", on=writes)
    if line.relation:
        return
    turned = _("As a line") if line.directed else _("As an arrow")
    _row(menu, turned, lambda: page.acts.direct(guid, directed=not line.directed), "D", on=writes)
    _row(menu, _("Turn it round"), lambda: page.acts.turn(guid), "T", on=writes)
    ends = [page.acts.item(one) for one in (line.start, line.end)]
    if all(end is not None and end.kind == "code" for end in ends):
        _row(menu, _("Make it a relation…"), lambda: page.acts.make_relation(guid), on=writes)


def of_related(page: "MapsPage", guid: str, rows: Sequence[Related]) -> QMenu:
    """What is related to a thing, group by group; all of it first."""
    menu = QMenu(_("Add what is related"), page)
    menu.setObjectName("related_menu")
    if not rows:
        menu.addAction(_("Nothing that is not on the map already")).setEnabled(False)
        return menu
    several = len({row.group for row in rows}) > 1
    if several:
        words = _("Everything ({n})").format(n=len(rows))
        _row(menu, words, lambda: page.add_related(guid, rows))
        menu.addSeparator()
    for group, name in GROUPS:
        own = [row for row in rows if row.group == group]
        if own:
            words = _("{group} ({n})").format(group=_(name), n=len(own))
            _row(menu, words, lambda own=own: page.add_related(guid, own))  # type: ignore[misc]
    return menu


def _arranging(menu: QMenu, page: "MapsPage") -> None:
    writes = page.can_write
    _row(menu, _("Arrange by nearness"), lambda: page.tidy("near"), on=writes)
    _row(menu, _("Arrange in layers"), lambda: page.tidy("layers"), on=writes)
    menu.addSeparator()
    _row(menu, _("Draw the relations among the codes"), page.acts.draw_relations, on=writes)


def fill_arranging(menu: QMenu, page: "MapsPage") -> None:
    """The menu of the toolbar."""
    menu.clear()
    _arranging(menu, page)


def of_map(page: "MapsPage", guid: str) -> QMenu:
    """What can be done with a map of the list."""
    menu = QMenu(page)
    names = {row.guid: row.name for row in page.reading.maps}
    order = list(names)
    at, name = order.index(guid), names[guid]
    writes = page.can_write
    _row(menu, _("Rename…"), lambda: page.acts.rename_map(guid, name), "F2", on=writes)
    _row(menu, _("Duplicate"), lambda: page.duplicate_map(guid), on=writes)
    _row(menu, _("Up"), lambda: page.acts.move_map(guid, at - 1), on=writes and at > 0)
    _row(menu, _("Down"), lambda: page.acts.move_map(guid, at + 1), on=writes and at < len(order) - 1)
    menu.addSeparator()
    _row(menu, _("Memo…"), lambda: page.memo_on(guid), on=writes)
    menu.addSeparator()
    _row(menu, _("Remove"), lambda: page.acts.remove_map(guid, name), "Del", on=writes)
    return menu
