"""Constant comparison in the inspector: the passage in hand beside the others of its code."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding import comparing
from qda.i18n import _, ngettext
from qda.ui.comparing.asking import Answer, Asker
from qda.ui.comparing.imagined import ImaginedForm
from qda.ui.comparing.passage import ComparedPassage, into_view
from qda.ui.comparing.switch import is_on, set_on
from qda.ui.comparing.verdicts import VERDICTS, Verdicts
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.parts import INSET, Section, link, links, minor
from qda.ui.surfaces import LinkButton

if TYPE_CHECKING:
    from qda.coding.comparing import Comparison, OfCase
    from qda.coding.rows import CodingRow, SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_CASES: Final = 4  # cases shown at first, and at each "more"
_AT_FIRST: Final = 1  # passages of a case shown at first
_LINES: Final = 2  # of a passage in the list by case
_TABLES: Final = {"coding", "segment", "source", "paragraph", "case_", "speaker", "project_sheet", "code"}


class _Part(QWidget):
    """A part of the section that is built anew out of sight, and then takes the place of what was there."""

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self.hide()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(px(2))
        self._within = section.box

    def take_the_place_of(self, other: "_Part") -> None:
        """What is inside is laid out once, when it is shown."""
        self._within.replaceWidget(other, self)
        other.hide()
        other.deleteLater()
        self.setVisible(bool(self.box.count()))


class ComparingSection(Section):
    """The most like, the most unlike, verdicts, and the others by case. It never takes the focus by itself.

    Up and Down go through the passages, Enter leads to one, Space reads all of it; 1, 2 and 3 judge, 4 opens
    the comparison with an imagined case, Esc goes back to the text.
    """

    left = Signal()
    recode_wanted = Signal()
    remove_wanted = Signal()
    place_wanted = Signal(object, object, object)  # SegmentRow to go to; CodingRow in hand; the widget left

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        hide = link(_("Switch off"), "comparing_off", lambda: self.switch(on=False))
        hide.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys: in the menu
        hide.setToolTip(_("Ctrl+Alt+V brings it back."))
        super().__init__(_("Constant comparison"), parent, right=hide)
        self._desk = desk
        self._row: CodingRow | None = None
        self._answer: Answer | None = None
        self._cases = _CASES
        self._opened: dict[str, int] = {}  # by case: passages shown
        self.asker = Asker(desk.project, self)
        self.asker.answered.connect(self._show_answer)
        self.setObjectName("comparing")
        self.setAccessibleName(_("Constant comparison"))
        self.title.setToolTip(_likeness())
        self._quiet = minor("", self)
        self._quiet.setObjectName("comparing_quiet")
        self._extremes, self._by_case = _Part(self), _Part(self)
        self.verdicts: Verdicts = Verdicts(desk, self)
        self.imagined: ImaginedForm = ImaginedForm(desk, self)
        self._begin = link(_("Compare with an imagined case…"), "imagined_begin", self.imagined.begin)
        told = _("Turned round, or from another world altogether (here {digit})").format(digit=4)
        self._begin.setToolTip(told)
        self._begin.setEnabled(not desk.project.read_only)
        self._build()

    def _build(self) -> None:
        self.box.addWidget(self._quiet)
        self.box.addWidget(self._extremes)
        self.box.addWidget(self.verdicts)
        self.box.addLayout(links(self._begin))
        self.box.addWidget(self.imagined)
        self.box.addWidget(self._by_case)
        self.verdicts.left.connect(self.left)
        self.verdicts.recode_wanted.connect(self.recode_wanted)
        self.verdicts.split_wanted.connect(self._split)
        self.verdicts.remove_wanted.connect(self.remove_wanted)
        self.imagined.left.connect(self.left)

    # -- what is compared -----------------------------------------------------------------------------------

    @property
    def row(self) -> "CodingRow | None":
        """The coding in hand."""
        return self._row

    @property
    def shown(self) -> "Comparison | None":
        """What is shown of it; none while the answer is still to come."""
        return self._answer.comparison if self._answer is not None else None

    def switch(self, *, on: bool) -> None:
        """Compares while one codes, or not."""
        set_on(self._desk, on=on)
        self.setVisible(on)
        if on:
            self._ask()
        else:
            self.asker.forget()
            if self.isAncestorOf(self.focusWidget() or self):
                self.left.emit()

    def show_coding(self, row: "CodingRow") -> None:
        """The coding in hand; what it is compared with comes a moment later."""
        before = self._row
        self._row = row
        self.setVisible(is_on(self._desk))
        if before is not None and before.guid == row.guid and before.code != row.code:
            self.verdicts.forget_misfit()  # recoded
        self.verdicts.show_coding(row.guid)
        self.imagined.show_code(row.code)
        if before is None or before.code != row.code:
            self._answer = None
            self._cases, self._opened = _CASES, {}
            self._fill()
        if before is None or _place(before) != _place(row):
            self._ask()

    def changed(self, change: "Changed") -> None:
        """An act was done."""
        if change.tables & _TABLES:
            self._ask()

    def _ask(self) -> None:
        if self._row is None or not is_on(self._desk):
            return
        segment = self._row.segment
        self.asker.ask(self._row.code, segment.source, segment.start, segment.stop)

    def _show_answer(self, answer: Answer) -> None:
        known = self._answer
        self._answer = answer
        if known is None or (known.comparison, known.counted) != (answer.comparison, answer.counted):
            self._fill()

    # -- showing --------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        found = self.shown
        held = next((n for n, one in enumerate(self.passages()) if one.quote.hasFocus()), None)
        self._quiet.setText(_("Comparing…") if found is None else _("Nothing earlier: the first incident."))
        self._quiet.setVisible(found is None or not found.count)
        extremes, by_case = _Part(self), _Part(self)
        if found is not None and found.count:
            self._fill_extremes(found, extremes.box)
            self._fill_cases(found, by_case.box)
        extremes.take_the_place_of(self._extremes)
        by_case.take_the_place_of(self._by_case)
        self._extremes, self._by_case = extremes, by_case
        if held is not None:
            self._hold(held)

    def _fill_extremes(self, found: "Comparison", box: QVBoxLayout) -> None:
        if found.like is None or found.unlike is None:
            return
        if found.like.guid == found.unlike.guid:
            self._add_extreme(_("The only other one"), found.like, box)
            return
        self._add_extreme(_("Most like"), found.like, box)
        self._add_extreme(_("Most unlike"), found.unlike, box)

    def _add_extreme(self, words: str, row: "SegmentRow", box: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(INSET), px(4), px(INSET), 0)
        label = QLabel(words, self)
        label.setFont(ui_font(SMALL, semibold=True))
        label.setToolTip(_likeness())
        head.addWidget(label, 1)
        if row.case_name:
            head.addWidget(_quiet(row.case_name, self))
        box.addLayout(head)
        box.addWidget(self._passage(row, words))

    def _passage(self, row: "SegmentRow", says: str, lines: int = 3) -> ComparedPassage:
        made = ComparedPassage(row, lines=lines, parent=self)
        made.quote.setAccessibleName(f"{says}: {made.quote.accessibleName()}")
        made.wanted.connect(lambda wanted: self.place_wanted.emit(wanted, self._row, made.quote))
        return made

    def _fill_cases(self, found: "Comparison", box: QVBoxLayout) -> None:
        counted = self._answer is not None and self._answer.counted
        shown = found.by_case[: self._cases]
        for case in shown:
            self._add_case(case, box, counted=counted)
        further = len(found.by_case) - len(shown)
        if further:
            words = ngettext("{n} more case", "{n} more cases", further).format(n=further)
            more = link(words if counted else _("More cases"), "more_cases", self._more_cases)
            box.addLayout(links(more))
        if counted and sum(case.count for case in found.by_case) < found.count:
            told = _("Of {n} passages these are the newest.").format(n=found.count)
            box.addWidget(minor(told, self))

    def _add_case(self, case: "OfCase", box: QVBoxLayout, *, counted: bool) -> None:
        name = case.name or _("Without a case")
        head = QHBoxLayout()
        head.setContentsMargins(px(INSET), px(6), px(INSET), 0)
        label = QLabel(name, self)
        label.setFont(ui_font(SMALL, semibold=True))
        head.addWidget(label, 1)
        if counted:
            words = ngettext("{n} passage", "{n} passages", case.count).format(n=case.count)
            head.addWidget(_quiet(words, self))
        box.addLayout(head)
        wanted = self._opened.get(case.case or "", _AT_FIRST)
        rows: list[SegmentRow] = []
        while len(rows) < min(wanted, len(case.segments)):
            page = comparing.passages_of(self._desk.project, case, start=len(rows))
            if not page:
                break
            rows += page
        for row in rows[:wanted]:
            box.addWidget(self._passage(row, name, _LINES))
        left = case.count - min(wanted, len(rows))
        if left > 0 and rows:
            told = ngettext("{n} more", "{n} more", left).format(n=left) if counted else _("More")
            says = _("More passages: {case}").format(case=name)
            more = link(told, "more_passages", lambda: self._more_of(case, wanted), says=says)
            box.addLayout(links(more))

    def _more_cases(self) -> None:
        self._cases += _CASES
        self._fill_further()

    def _fill_further(self) -> None:
        """After "more": who pressed it by key is on the first passage that came."""
        known = [one.row.guid for one in self.passages()]
        by_key = isinstance(self.focusWidget(), LinkButton)
        self._fill()
        if by_key:
            self._hold(_first_new(known, [one.row.guid for one in self.passages()]))

    def _more_of(self, case: "OfCase", shown: int) -> None:
        step = comparing.OF_A_CASE
        self._opened[case.case or ""] = step if shown < step else shown + step
        self._fill_further()

    # -- by keys --------------------------------------------------------------------------------------------

    def passages(self) -> list[ComparedPassage]:
        """The passages as they are shown, from above."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        parts = (self._extremes, self._by_case)
        return [one for part in parts for one in part.findChildren(ComparedPassage, options=direct)]

    def take_focus(self) -> None:
        """The focus goes to the first passage, or to the verdicts where there is none."""
        self.switch(on=True)
        self._hold(0)
        self._desk.told.emit(
            _("Enter leads to a passage, Space reads all of it, 1 2 3 judge, 4 imagines, Esc goes back.")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = key - Qt.Key.Key_1
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and 0 <= digit < len(VERDICTS):
            self.verdicts.begin(VERDICTS[digit][0])
        elif plain and digit == len(VERDICTS):
            self.imagined.begin()
        elif plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(Qt.Key(key))
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key) -> None:
        quotes = [one.quote for one in self.passages()]
        held = self.focusWidget()
        at = next((n for n, quote in enumerate(quotes) if quote is held), -1)
        to = {Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1, Qt.Key.Key_Home: 0}.get(key, len(quotes) - 1)
        self._hold(to)

    def _hold(self, at: int) -> None:
        """The focus goes to a passage by its number; to a verdict where there is none."""
        known = self.passages()
        held = known[max(0, min(at, len(known) - 1))].quote if known else self.verdicts.buttons["fits"]
        held.setFocus(Qt.FocusReason.TabFocusReason)
        into_view(held)

    def _split(self) -> None:
        from qda.ui.laying.splitting import ask_split

        if self._row is not None:
            ask_split(self._desk, self._row.code, self)

    def hideEvent(self, event: QHideEvent) -> None:
        self.asker.forget()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()


def _place(row: "CodingRow") -> tuple[str, str, int, int]:
    return row.code, row.segment.source, row.segment.start, row.segment.stop


def _quiet(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setFont(ui_font(SMALL))
    label.setProperty("minor", True)
    return label


def _likeness() -> str:
    return _(
        "Likeness is measured by the letters: which groups of three letters two passages share. It knows "
        "nothing of meaning. A help for looking, no verdict."
    )


def _first_new(before: list[str], now: list[str]) -> int:
    """Where a list goes on in another way than before."""
    return next((n for n, guid in enumerate(now) if before[n : n + 1] != [guid]), 0)
