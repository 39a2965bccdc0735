"""What a group of a Rich Text file inherits and gives back at its end, and the words that change it alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from qda.exchange.blocks import PLAIN, Look
from qda.exchange.rtf_stories import MAX_LEVEL, Story
from qda.exchange.rtf_words import UNDERLINES

_MAX_FALLBACK: Final = 100


@dataclass(slots=True)
class State:
    """The state in a group; ``owns``: its story begins with this group."""

    story: Story
    owns: bool = False
    look: Look = PLAIN
    hidden: bool = False
    deleted: bool = False
    font: int | None = None
    fallback: int = 1  # characters that stand in for one of Unicode
    in_table: bool = False
    level: int = 0  # of the table, as written
    style: int = 0
    outline: int = 0  # from 1

    def inner(self) -> "State":
        """The state at the beginning of a group in this one."""
        return State(
            self.story,
            False,
            self.look,
            self.hidden,
            self.deleted,
            self.font,
            self.fallback,
            self.in_table,
            self.level,
            self.style,
            self.outline,
        )

    @property
    def tables(self) -> int:
        """Number of tables around the paragraph."""
        return min(max(self.level, 1), MAX_LEVEL) if self.in_table else 0

    @property
    def shown(self) -> bool:
        """False for text that is hidden or deleted."""
        return not (self.hidden or self.deleted)

    def begin(self, story: Story) -> None:
        """A text of its own begins with this group."""
        self.story, self.owns = story, True
        _pard(self, None)


Act = Callable[[State, int | None], None]


def _pard(state: State, _number: int | None) -> None:
    state.in_table, state.level, state.style, state.outline = False, 0, 0, 0


def _plain(state: State, _number: int | None) -> None:
    state.look, state.font = PLAIN, None
    state.hidden = state.deleted = False


def _look(state: State, number: int | None, *, name: Literal["bold", "italic", "underline"]) -> None:
    on = number != 0
    if name == "bold":
        state.look = state.look._replace(bold=on)
    elif name == "italic":
        state.look = state.look._replace(italic=on)
    else:
        state.look = state.look._replace(underline=on)


def _no_underline(state: State, _number: int | None) -> None:
    state.look = state.look._replace(underline=False)


def _hide(state: State, number: int | None) -> None:
    state.hidden = number != 0


def _delete(state: State, number: int | None) -> None:
    state.deleted = number != 0


def _fallback(state: State, number: int | None) -> None:
    state.fallback = min(max(1 if number is None else number, 0), _MAX_FALLBACK)


def _in_table(state: State, number: int | None) -> None:
    state.in_table = number != 0


def _level(state: State, number: int | None) -> None:
    state.level = number or 0


def _style(state: State, number: int | None) -> None:
    state.style = number or 0


def _outline(state: State, number: int | None) -> None:
    state.outline = (number or 0) + 1


ACTS: Final[dict[str, Act]] = {
    **{"pard": _pard, "plain": _plain, "v": _hide, "deleted": _delete, "mvf": _delete, "uc": _fallback},
    **{"intbl": _in_table, "itap": _level, "s": _style, "outlinelevel": _outline},
    **{"b": partial(_look, name="bold"), "i": partial(_look, name="italic"), "ulnone": _no_underline},
    **dict.fromkeys(UNDERLINES, partial(_look, name="underline")),
}
