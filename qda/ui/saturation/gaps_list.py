"""The gaps below the table: questions to categories and relations; from each a decision on sampling."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qda.coding.saturation_gaps import Gap
from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList
from qda.ui.axial.segmented import Segmented
from qda.ui.fonts import px
from qda.ui.saturation.reading import Standing
from qda.ui.saturation.words import numbers_told
from qda.ui.surfaces import LinkButton, on_paper, section, small

if TYPE_CHECKING:
    from collections.abc import Mapping


class GapList(ChoiceList):
    """Rows of gaps; D makes a decision, Enter does so too where there is none yet."""

    decide = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("gaps", _("Gaps"), parent)
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_D and not event.modifiers():
            self.decide.emit()
            return
        super().keyPressEvent(event)


class GapsPart(QWidget):
    """The gaps of the category in hand, or all, with what can be done about one."""

    decision_wanted = Signal(object)  # a gap
    decision_shown = Signal(int)  # the number of a decision
    place_wanted = Signal(str)  # "code:GUID", "relation:GUID"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gaps_part")
        on_paper(self)
        self._standing: Standing | None = None
        self._code = ""
        self._gaps: dict[str, Gap] = {}
        self.of = Segmented("gaps_of", _("Gaps of"), (("all", _("All")), ("this", _("This category"))), self)
        self.of.show_key("all")
        self.of.chosen.connect(lambda _key: self._fill())
        self.told = small("", self)
        self.list = GapList(self)
        self.decide = LinkButton(_("Make a sampling decision from this gap"), "gap_decide", self)
        self.decided = LinkButton("", "gap_decided", self)
        self.there = LinkButton(_("Go there"), "gap_there", self)
        self.decide.clicked.connect(self._decide)
        self.decided.clicked.connect(self._show_decision)
        self.there.clicked.connect(self._go)
        self.list.decide.connect(self._decide)
        self.list.taken.connect(lambda _key: self._take())
        self.list.turned_to.connect(lambda _key: self._turned())
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(6), px(12), px(6))
        head.setSpacing(px(10))
        head.addWidget(section(_("Gaps"), self))
        head.addWidget(self.of)
        head.addWidget(self.told, 1)
        for button in (self.decided, self.there, self.decide):
            head.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.list, 1)

    def show_standing(self, standing: Standing, *, writable: bool) -> None:
        """Shows other gaps."""
        self._standing = standing
        self.decide.setVisible(writable)
        self._fill()

    def show_category(self, code: str) -> None:
        """Another category is in hand."""
        if code != self._code:
            self._code = code
            if self.of.key == "this":
                self._fill()

    @property
    def gap(self) -> Gap | None:
        """The gap in hand."""
        return self._gaps.get(self.list.key)

    def _fill(self) -> None:
        standing = self._standing
        if standing is None:
            return
        only = f"code:{self._code}" if self.of.key == "this" else ""
        self._gaps = {
            f"{gap.target} {gap.question}": gap for gap in standing.gaps if only in ("", gap.target)
        }
        colours = {f"code:{row.code}": row.colour for row in standing.states.rows}
        led: Mapping[str, list[int]] = _decided(standing)
        self.list.show_choices(
            [
                Choice(
                    key,
                    gap.words,
                    colours.get(gap.target),
                    numbers_told(led[gap.words]) if gap.words in led else "",
                )
                for key, gap in self._gaps.items()
            ]
        )
        if not self.list.key and self._gaps:
            self.list.blockSignals(True)
            self.list.setCurrentIndex(self.list.choices.index(0))
            self.list.blockSignals(False)
        n = len(self._gaps)
        told = ngettext("{n} question", "{n} questions", n).format(n=n)
        self.told.setText(told if n else _("None that the program knows of."))
        self._turned()

    def _turned(self) -> None:
        gap = self.gap
        numbers = self._standing.decided(gap.words) if gap and self._standing else []
        self.decided.setVisible(bool(numbers))
        self.decided.setText(
            _("Show {decision}").format(decision=numbers_told(numbers[-1:])) if numbers else ""
        )
        for button in (self.decide, self.there):
            button.setEnabled(gap is not None)

    def _decide(self) -> None:
        if self.gap is not None and not self.decide.isHidden():
            self.decision_wanted.emit(self.gap)

    def _take(self) -> None:
        if not self.decided.isHidden():
            self._show_decision()
        else:
            self._decide()

    def _show_decision(self) -> None:
        gap = self.gap
        numbers = self._standing.decided(gap.words) if gap and self._standing else []
        if numbers:
            self.decision_shown.emit(numbers[-1])

    def _go(self) -> None:
        if self.gap is not None:
            self.place_wanted.emit(self.gap.target)


def _decided(standing: Standing) -> dict[str, list[int]]:
    """The numbers of decisions by the words of their gap."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(standing.decisions, 1):
        if row.gap:
            found.setdefault(row.gap, []).append(number)
    return found
