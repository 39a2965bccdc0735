"""The filters above the table: "All 28 · Only in A 5 · In both 18 · Other value 6"; one of them holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qda.i18n import _
from qda.ui.cases_beside.reading import Read
from qda.ui.fonts import px
from qda.ui.surfaces import Framed, small
from qda.ui.theme import Tokens

_EACH_UP_TO: Final = 3  # cases that have a filter of their own
_LONGEST: Final = 30  # characters of a filter's words


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its flag (empty: all), the case it is about, its words and how many it leaves."""

    only: str
    case: str
    words: str
    count: int


def filters_of(read: Read) -> list[Filter]:
    """The filters that make sense with these cases."""
    found, counts = read.whole, read.counts
    some = [Filter("", "", _("All"), counts.every)]
    every = len(found.columns)
    if every > 1:
        if every <= _EACH_UP_TO:
            for column in found.columns:
                words = _("Only in {case}").format(case=column.name)
                some.append(Filter("only_here", column.guid, words, counts.only.get(column.guid, 0)))
        else:
            some.append(Filter("only_here", "", _("Only in one case"), counts.only_here))
        both = _("In both") if every == 2 else _("In all")
        some.append(Filter("in_all", "", both, counts.in_all))
        some.append(Filter("different", "", _("Other value"), counts.different))
    wish = read.wish
    if wish.only_case and not any(one.case == wish.only_case for one in some):
        name = next((one.name for one in found.columns if one.guid == wish.only_case), "")
        words = _("Only in {case}").format(case=name)
        some.insert(1, Filter("only_here", wish.only_case, words, counts.only.get(wish.only_case, 0)))
    return some


def _rules(theme: Tokens) -> str:
    radius = px(13)
    return (
        f"QPushButton {{ border: 1px solid {theme.control_frame}; border-radius: {radius}px;"
        f" background: {theme.paper}; color: {theme.text}; padding: {px(3)}px {px(10)}px; }}"
        f"QPushButton:hover {{ background: {theme.hover}; }}"
        f"QPushButton:checked {{ background: {theme.list_selection}; border-color: {theme.accent};"
        f" color: {theme.accent}; font-weight: 600; }}"
        f"QPushButton:focus {{ border: 2px solid {theme.accent}; padding: {px(3) - 1}px {px(10) - 1}px; }}"
    )


class FilterChips(Framed):
    """``chosen`` hands out the flag and the case of a filter."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_rules, parent)
        self.setObjectName("case_filters")
        self.setAccessibleName(_("Show"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self._row.addWidget(small(_("Show"), self))
        self._buttons: list[QPushButton] = []
        self._filters: list[Filter] = []

    def show_filters(self, some: Sequence[Filter], only: str, case: str) -> None:
        """Shows the filters; the one that holds is pressed."""
        if [(one.only, one.case) for one in some] != [(one.only, one.case) for one in self._filters]:
            self._rebuild(some)
        self._filters = list(some)
        for button, one in zip(self._buttons, some, strict=True):
            words = one.words if len(one.words) <= _LONGEST else one.words[: _LONGEST - 1] + "…"
            button.setText(f"{words} {one.count}".replace("&", "&&"))
            button.setToolTip(one.words if words != one.words else "")
            button.setAccessibleName(f"{_('Show')}: {one.words}, {one.count}")
            button.setChecked((one.only, one.case) == (only, case))

    def _rebuild(self, some: Sequence[Filter]) -> None:
        focused = next((at for at, one in enumerate(self._buttons) if one.hasFocus()), -1)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for at, one in enumerate(some):
            button = QPushButton(self)
            button.setObjectName(f"filter_{one.only or 'all'}" + (f"_{at}" if one.case else ""))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, at=at: self._clicked(at))
            self._row.addWidget(button)
            self._buttons.append(button)
            button.show()  # the layout would do so a moment later
        if 0 <= focused < len(self._buttons):
            self._buttons[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, at: int) -> None:
        one = self._filters[at]
        for button in self._buttons:
            button.setChecked(button is self._buttons[at])
        self.chosen.emit(one.only, one.case)
