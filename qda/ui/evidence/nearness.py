"""How near the two codes of a relation are to be: kept with the study, chosen from a menu."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from qda.coding.candidates import TURNS, Reach
from qda.i18n import _, ngettext

if TYPE_CHECKING:
    from qda.models import Project

_KEPT: Final = "axial.nearness"
_FARTHEST: Final = 20
_OFFERED: Final[tuple[tuple[Reach, int], ...]] = (
    *(("segment", TURNS), ("paragraph", TURNS), ("turn", TURNS)),
    *(("turns", 1), ("turns", 2), ("turns", 4), ("turns", 8)),
)


@dataclass(frozen=True, slots=True)
class Nearness:
    """``turns`` counts where ``reach`` is over turns; ``alone``: one code without the other, too."""

    reach: Reach = "turns"
    turns: int = TURNS
    alone: bool = True
    below: bool = True
    asked: bool = True  # in the words of interviewers, too

    @property
    def words(self) -> str:
        """In few words."""
        return reach_words(self.reach, self.turns)


def reach_words(reach: Reach, turns: int) -> str:
    """ "same turn", "within 2 turns"."""
    if reach == "turns":
        return ngettext("within {n} turn", "within {n} turns", turns).format(n=turns)
    return {"segment": _("same passage"), "paragraph": _("same paragraph"), "turn": _("same turn")}[reach]


def kept(project: "Project") -> Nearness:
    """The nearness chosen last; the usual one where none was, or where it cannot be read."""
    try:
        written = json.loads(project.setting(_KEPT) or "{}")
        found = Nearness(
            cast("Reach", str(written["reach"])),
            int(written["turns"]),
            bool(written["alone"]),
            bool(written["below"]),
            bool(written.get("asked", True)),
        )
    except (ValueError, KeyError, TypeError):
        return Nearness()
    known = found.reach in ("segment", "paragraph", "turn", "turns") and 0 < found.turns <= _FARTHEST
    return found if known else Nearness()


def keep(project: "Project", nearness: Nearness) -> None:
    """Keeps what was chosen, with the study."""
    fields = {"reach": nearness.reach, "turns": nearness.turns}
    more = {"alone": nearness.alone, "below": nearness.below, "asked": nearness.asked}
    project.set_setting(_KEPT, json.dumps({**fields, **more}))


def fill_menu(menu: QMenu, now: Nearness, take: Callable[[Nearness], object]) -> None:
    """The rows to choose from; ``take`` gets what was chosen."""
    group = QActionGroup(menu)
    for reach, turns in _OFFERED:
        action = menu.addAction(
            _upper(reach_words(reach, turns)),
            partial(_take, take, replace(now, reach=reach, turns=turns)),
        )
        action.setCheckable(True)
        action.setChecked(now.reach == reach and (reach != "turns" or now.turns == turns))
        group.addAction(action)
    menu.addSeparator()
    for words, field in (
        (_("One code &alone, too, beside a cue word or in a case it is claimed for"), "alone"),
        (_("Codes &below count, too"), "below"),
        (_("Words of &interviewers, too"), "asked"),
    ):
        chosen = bool(getattr(now, field))
        action = menu.addAction(words, partial(_take, take, _with(now, field, value=not chosen)))
        action.setCheckable(True)
        action.setChecked(chosen)


def _take(take: Callable[[Nearness], object], chosen: Nearness, _checked: bool = False) -> None:
    take(chosen)


def _with(now: Nearness, field: str, *, value: bool) -> Nearness:
    if field == "asked":
        return replace(now, asked=value)
    return replace(now, alone=value) if field == "alone" else replace(now, below=value)


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
