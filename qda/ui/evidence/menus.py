"""The menus of the column of passages nearby: how near and of which case; what can be done to a passage."""

from collections.abc import Callable
from functools import partial
from typing import TypedDict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from qda.i18n import _
from qda.ui.axial.words import POLARITY_KEYS, polarity_word
from qda.ui.evidence.nearby import Nearby
from qda.ui.evidence.nearness import fill_menu

PassageActs = TypedDict(
    "PassageActs",
    {
        "take": Callable[[str], object],
        "pass": Callable[[], object] | None,
        "join": Callable[[], object],
        "jump": Callable[[], object],
        "copy": Callable[[], object],
    },
)


def nearness_menu(parent: QWidget, near: Nearby, only: Callable[[str | None], object]) -> QMenu:
    """How near, and of which case."""
    menu = QMenu(parent)
    menu.setObjectName("nearness_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill_menu(menu, near.nearness, near.use)
    inner = menu.addMenu(_("Only the &case"))
    every = inner.addAction(_("All cases"), lambda: only(None))
    every.setCheckable(True)
    every.setChecked(near.case is None)
    for one in near.cases:
        if one.case is None:
            continue
        words = f"{one.name}  {one.count:n}".replace("&", "&&")
        action = inner.addAction(words, partial(_chosen, only, one.case))
        action.setCheckable(True)
        action.setChecked(near.case == one.case)
    return menu


def passage_menu(parent: QWidget, acts: PassageActs, *, read_only: bool) -> QMenu:
    """What can be done to the passage that is offered."""
    menu = QMenu(parent)
    menu.setObjectName("nearby_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if not read_only:
        for key, polarity in POLARITY_KEYS.items():
            words = polarity_word(polarity)
            upper = f"{words[:1].upper()}{words[1:]}"
            menu.addAction(f"{upper}\t{key}", partial(_chosen, acts["take"], polarity))
        if (pass_over := acts["pass"]) is not None:
            menu.addAction(f"{_('Pass over')}\tU", pass_over)
        menu.addAction(f"{_('Add to the piece of evidence in hand')}\tJ", acts["join"])
        menu.addSeparator()
    menu.addAction(_("Show in the text"), acts["jump"])
    menu.addAction(_("Copy as citation"), acts["copy"])
    return menu


def _chosen(act: Callable[[str], object], key: str, _checked: bool = False) -> None:
    act(key)
