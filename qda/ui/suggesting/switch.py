"""When suggestions are shown: kept with the study; known without the language tools."""

from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from qda.models import Project

When = Literal["after-reading", "on", "off"]
WHEN: Final[tuple[When, ...]] = get_args(When)
MOST_CODINGS: Final = 20_000  # of a study in which codes are proposed; more would take memory and minutes
_SETTING: Final = "suggestions"  # side data


def when(project: "Project") -> When:
    """When suggestions are shown in this study; after the first reading, where nothing else was chosen."""
    kept = project.setting(_SETTING)
    return next((one for one in WHEN if one == kept), "after-reading")


def set_when(project: "Project", chosen: When) -> None:
    """Keeps with the study when they are shown."""
    project.set_setting(_SETTING, chosen)


def shown_for(project: "Project", source: str) -> bool:
    """Whether they are shown for a document: on, or all that respondents say was gone through once.

    A turn was gone through where it was read, coded, or left uncoded on purpose.
    """
    from qda.coding.reading import read_counts

    chosen = when(project)
    return chosen == "on" or (
        chosen == "after-reading" and read_counts(project, source, respondents=True).unread == 0
    )
