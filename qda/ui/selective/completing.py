"""The list below the text while a reference is being typed: @ code, # relation, ! case, > quotation.

The focus stays in the text; what stands behind the sign is looked for. Enter or Tab takes the row, the
arrow keys turn to another, Esc leaves what was typed as it is.
"""

from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.axial.choices import Choice, ChoiceList
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import Framed
from qda.ui.theme import Tokens
from qda.ui.transcript.code_search import fold

MOST: Final = 60  # rows of a list
SHOWN: Final = 7  # rows that are seen at once
_SIMILAR: Final = 75.0  # of 100
_SHORTEST_SIMILAR: Final = 3


def ranked(choices: Sequence[Choice], typed: str, *, most: int = MOST) -> list[Choice]:
    """The rows that fit what is typed, the best first; similar ones last."""
    wanted = fold(" ".join(typed.split()))
    if not wanted:
        return list(dict.fromkeys(choices))[:most]
    words = wanted.split()
    tiers: list[tuple[int, int, Choice]] = []
    rest: list[tuple[int, str]] = []
    for at, choice in enumerate(choices):
        name = fold(choice.words).lstrip("„“\"'")
        number = name.split(" ", 1)[0]
        if wanted in (name, number):
            tiers.append((0, at, choice))
        elif name.startswith(wanted):
            tiers.append((1, at, choice))
        elif f" {wanted}" in name or f"-{wanted}" in name:
            tiers.append((2, at, choice))
        elif all(word in name or word in fold(choice.below) for word in words):
            tiers.append((3, at, choice))
        else:
            rest.append((at, name))
    if len(tiers) < most and len(wanted) >= _SHORTEST_SIMILAR:
        tiers += [(4 + place, at, choices[at]) for place, at in enumerate(_similar(wanted, rest, most))]
    tiers.sort(key=lambda one: one[:2])
    found = {choice.key: choice for _tier, _at, choice in reversed(tiers)}
    return [choice for _tier, _at, choice in tiers if found.pop(choice.key, None) is not None][:most]


def _similar(wanted: str, rest: Sequence[tuple[int, str]], most: int) -> list[int]:
    """Rows like what was typed, the most like first."""
    # only when somebody types: the window opens without it
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, dict(rest), scorer=fuzz.partial_ratio, score_cutoff=_SIMILAR, limit=most)
    return [at for _name, _score, at in found]


def _rules(theme: Tokens) -> str:
    return (
        f"#completion {{ border: 1px solid {theme.control_frame}; border-radius: {px(4)}px;"
        f" background: {theme.panel}; }}"
    )


class Completion(Framed):
    """The list; it never takes the focus."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_rules, parent)
        self.setObjectName("completion")
        self.setAccessibleName(_("What can be referred to"))
        self.setAutoFillBackground(True)
        self.heading = QLabel(self)
        self.heading.setFont(ui_font(SMALL))
        self.heading.setProperty("minor", True)
        self.heading.setContentsMargins(px(16), px(5), px(10), px(3))
        self.list = ChoiceList("completion_list", _("What can be referred to"), self)
        self.list.setProperty("always_lit", True)
        self.list.setProperty("panel", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self.take())
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, px(4))
        box.setSpacing(0)
        box.addWidget(self.heading)
        box.addWidget(self.list)
        self.hide()

    def offer(self, title: str, rows: Sequence[Choice], top: QPoint, line: int) -> None:
        """Shows the rows below a line of text: ``top`` in the parent, ``line``: its height."""
        self.heading.setText(f"{title} · {_('Enter takes it, Esc leaves the sign')}")
        self.list.show_choices(rows, current=rows[0].key if rows else "")
        if rows:
            self.list.make_current(rows[0].key)
        tall = px(26 + (17 if any(row.below for row in rows) else 0))
        height = px(30) + tall * min(len(rows), SHOWN) + px(4)
        parent = cast(QWidget, self.parentWidget())
        width = min(px(440), parent.width())
        below = top.y() + line + px(2)
        fits = below + height <= parent.height()
        place = below if fits else max(0, top.y() - height - px(2))
        self.setGeometry(max(0, min(top.x(), parent.width() - width)), place, width, height)
        self.setVisible(bool(rows))
        self.raise_()

    def step(self, by: int) -> None:
        """Turns to another row."""
        self.list.step(by)

    def take(self) -> None:
        """Takes the current row."""
        if self.list.key:
            self.taken.emit(self.list.key)
