"""Whether passages are compared while one codes; known without the section itself."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_SETTING: Final = "comparing"  # side data: "off" where one does not want it


def is_on(desk: "Desk") -> bool:
    """Whether passages are compared while one codes."""
    return desk.project.setting(_SETTING) != "off"


def set_on(desk: "Desk", *, on: bool) -> None:
    """Keeps with the study whether passages are compared."""
    desk.project.set_setting(_SETTING, "" if on else "off")
