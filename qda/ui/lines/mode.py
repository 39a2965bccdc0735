"""Line by line: the sentence in hand is lit, Enter codes it and goes on, Space passes it.

The sentence is the selection, so that all that is done with a selection (a letter, a digit, in vivo, memo,
pencil) is done with it; a coding on it leads on to the next. Where one was is kept with the study, what one
passed for as long as the window is open.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from qda.coding.questions import QUESTIONS, QuestionId, answer_question
from qda.i18n import _, ngettext
from qda.ui.lines.asking import Questions, question_at
from qda.ui.lines.bar import LineBar
from qda.ui.lines.splitting import UNITS, Line, Unit, lines_of

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane

_UNIT: Final = "lines.unit"
_SKIP: Final = "lines.skip"
_PLACE: Final = "lines:"
_SOON_MS: Final = 60
_KEEP_MS: Final = 2500
_LOW: Final = 0.72  # of the page: a line that ends lower comes up
_HIGH: Final = 0.3
_Key, _Mod = Qt.Key, Qt.KeyboardModifier
Act = Callable[[], object]


class LineMode(QObject):
    """The mode of one pane."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self.setObjectName("line_mode")
        self._desk, self._pane = desk, pane
        self._on = False
        self._source = ""  # whose lines these are
        self._all: list[Line] = []
        self._lines: list[Line] = []  # without those that are skipped
        self._starts: list[int] = []
        self._at = -1
        self._coded_lines = 0
        self._passed: dict[str, set[int]] = defaultdict(set)  # by document, where the lines start
        self.bar = LineBar(pane)
        self.questions = Questions(pane)
        box = cast("QVBoxLayout", pane.layout())
        box.insertWidget(1, self.bar)
        box.insertWidget(box.count() - 1, self.questions)
        self._follow_soon = QTimer(self, singleShot=True, interval=0)
        self._follow_soon.timeout.connect(self._follow)
        self._count_soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._count_soon.timeout.connect(self._count)
        self._keep_soon = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep_soon.timeout.connect(self._keep_place)
        self._connect()

    @classmethod
    def of(cls, desk: "Desk", pane: "TranscriptPane") -> "LineMode":
        """The one mode of a pane."""
        found = pane.findChild(cls)
        return found if isinstance(found, cls) else cls(desk, pane)

    def _connect(self) -> None:
        bar, questions, view = self.bar, self.questions, self._pane.view
        bar.back_wanted.connect(lambda: self._by_button(self.back))
        bar.pass_wanted.connect(lambda: self._by_button(self.pass_on))
        bar.code_wanted.connect(lambda: self._by_button(self._pane.ask_code))
        bar.leave_wanted.connect(self.leave)
        bar.unit_chosen.connect(self._choose_unit)
        bar.skip_chosen.connect(self._choose_skip)
        questions.asked.connect(self.ask)
        questions.answered.connect(self._answer)
        questions.left.connect(self._back_to_text)
        view.installEventFilter(self)
        view.place_changed.connect(lambda _place: self._follow_soon.start() if self._on else None)
        view.span_selected.connect(lambda _span: self._follow_soon.start() if self._on else None)
        view.viewport().installEventFilter(self)
        self._pane.coded.connect(self._coded)
        self._pane.reloaded.connect(self._reread)
        self._desk.changed.connect(self._changed)

    # -- beginning and leaving ---------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        """Whether one goes line by line."""
        return self._on

    @property
    def current(self) -> Line | None:
        """The line in hand."""
        return self._lines[self._at] if 0 <= self._at < len(self._lines) else None

    def toggle(self) -> None:
        """Begins where one left off, or leaves."""
        if self._on:
            self.leave()
        elif self._pane.source and self._pane.view.isReadOnly():
            self._begin()

    def _begin(self) -> None:
        self._on = True
        self.bar.show()
        self.questions.show()
        for button in (self.bar.buttons["code"], *self.questions.buttons):
            button.defaultAction().setEnabled(not self._desk.project.read_only)
        self._read()
        self._resume()
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._lines:
            self._desk.told.emit(
                _("Enter or a letter codes, Space passes, Backspace goes back, Ctrl+1 to 7 asks, Esc leaves.")
            )

    def leave(self) -> None:
        """Back to free reading; the place is kept."""
        if not self._on:
            return
        self.questions.close_field()
        self._keep_place()
        self._on = False
        for timer in (self._follow_soon, self._count_soon, self._keep_soon):
            timer.stop()
        self.bar.hide()
        self.questions.hide()
        view = self._pane.view
        view.set_spot(None)
        if self.current is not None and view.selected_span() == self.current.span:
            view.clear_selection()
        self._at = -1
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        """The lines of the text in view, as it is now."""
        self._source = self._pane.source
        self._all = lines_of(self._pane.view.shown, self._unit)
        self._choose_lines()

    def _choose_lines(self) -> None:
        spoken = [line for line in self._all if not line.interviewer]
        self._lines = spoken if self._skips and spoken else self._all
        self._starts = [line.start for line in self._lines]
        self._count_soon.start()
        self.bar.show_choices(self._unit, skip=self._skips, numbered=self._pane.view.aligned)

    def _resume(self) -> None:
        """To the selection; else where one left off; else to the cursor."""
        view = self._pane.view
        span = view.selected_span()
        kept = self._desk.project.setting(_PLACE + self._source)
        if span is not None:
            self._go(self._near(span.start))
        else:
            self._go(self._near(int(kept) if kept.isdigit() else view.current_position()))

    def _keep_place(self) -> None:
        self._keep_soon.stop()
        line, key = self.current, _PLACE + self._source
        if line is not None and self._desk.project.setting(key) != str(line.start):
            self._desk.project.set_setting(key, str(line.start))

    # -- which lines -------------------------------------------------------------------------------------

    @property
    def _unit(self) -> Unit:
        kept = self._desk.project.setting(_UNIT)
        return kept if kept in UNITS else "sentence"

    @property
    def _skips(self) -> bool:
        return self._desk.project.setting(_SKIP, "1") == "1"

    def _choose_unit(self, unit: str) -> None:
        here = self.current
        self._desk.project.set_setting(_UNIT, unit)
        self._read()
        self._go(self._near(here.start if here else self._pane.view.current_position()))
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_skip(self, skip: bool) -> None:
        here = self.current
        self._desk.project.set_setting(_SKIP, "1" if skip else "0")
        self._choose_lines()
        self._go(self._near(here.start if here else self._pane.view.current_position()))
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _near(self, point: int) -> int:
        """The line at a place; where none is, the next one behind it."""
        at = bisect_right(self._starts, point) - 1
        if at < 0 or (self._lines[at].stop < point and at + 1 < len(self._lines)):
            at += 1
        return min(at, len(self._lines) - 1)

    # -- going -------------------------------------------------------------------------------------------

    def _go(self, at: int) -> None:
        """Takes a line in hand: it is lit and selected."""
        view = self._pane.view
        self._light(at)
        line = self.current
        if line is not None:
            view.select_span(line.start, line.stop)
            self._bring_up(line)

    def _light(self, at: int) -> None:
        self._at = at
        line = self.current
        self._pane.view.set_spot(line.span if line else None)
        self._keep_soon.start()
        self._show_progress()

    def _bring_up(self, line: Line) -> None:
        """A line at the bottom of the page comes up: what follows is seen with it."""
        view = self._pane.view
        top, bottom = view.height_of(line.span)
        if bottom > view.viewport().height() * _LOW:
            bar = view.verticalScrollBar()
            bar.setValue(round(bar.value() + top - view.viewport().height() * _HIGH))

    def go_on(self) -> bool:
        """To the next line; False behind the last."""
        if self._at + 1 >= len(self._lines):
            self._desk.told.emit(_("This was the last one of the transcript."))
            self._go(self._at)
            return False
        self._go(self._at + 1)
        return True

    def back(self) -> None:
        """To the line before."""
        if self._at > 0:
            self._go(self._at - 1)
        else:
            self._desk.told.emit(_("This is the first one of the transcript."))

    def pass_on(self) -> None:
        """Passes the line: nothing in it is to be coded now."""
        line = self.current
        if line is not None:
            self._passed[self._source].add(line.start)
            self.go_on()

    def _by_button(self, act: Act) -> None:
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        act()

    def _coded(self, start: int, stop: int) -> None:
        line = self.current
        if self._on and line is not None and start < line.stop and stop > line.start:
            self._passed[self._source].discard(line.start)
            self.go_on()

    def _follow(self) -> None:
        """The cursor went elsewhere, or what was selected in the line is done with."""
        view, line = self._pane.view, self.current
        busy = self._pane.field.isVisible() or view.resizing or QApplication.mouseButtons()
        if not self._on or busy or not self._lines:
            return
        span = view.selected_span()
        if span is None:
            at = self._near(view.current_position())
            self._go(at)
        elif line is None or span.start >= line.stop or span.stop <= line.start:
            self._light(self._near(span.start))

    # -- following ---------------------------------------------------------------------------------------

    def _reread(self) -> None:
        """The text was read anew, or another one is shown."""
        if not self._on:
            return
        line, source = self.current, self._source
        if source != self._pane.source:
            self.questions.close_field()
            self._keep_place()
            self._at = -1
        self._read()
        if source != self._pane.source:
            QTimer.singleShot(0, self, self._resume_if_on)
        elif line is not None:
            QTimer.singleShot(0, self, self._follow_anew)

    def _resume_if_on(self) -> None:
        if self._on:
            self._resume()

    def _follow_anew(self) -> None:
        """After a correction: where the cursor came to stand."""
        if self._on:
            self._go(self._near(self._pane.view.current_position()))

    def _changed(self, change: "Changed") -> None:
        if self._on and change.tables & {"coding", "segment"}:
            self._count_soon.start()

    def _count(self) -> None:
        """How many lines are coded; asked once what was done is painted."""
        self._count_soon.stop()
        spans = [line.span for line in self._lines]
        self._coded_lines = sum(self._pane.view.coded_among(spans)) if spans else 0
        self._show_progress()

    def _show_progress(self) -> None:
        passed = len(self._passed[self._source].intersection(self._starts))
        self.bar.show_progress(self._progress(self._coded_lines, passed))
        for name, able in (("back", self._at > 0), ("pass", self.current is not None)):
            self.bar.buttons[name].defaultAction().setEnabled(able)

    def _progress(self, coded: int, passed: int) -> str:
        if not self._lines:
            return _("There is nothing to go through in this text.")
        at, n = self._at + 1, len(self._lines)
        place = {
            "sentence": ngettext("{at} of {n} sentence", "{at} of {n} sentences", n),
            "paragraph": ngettext("{at} of {n} paragraph", "{at} of {n} paragraphs", n),
            "turn": ngettext("{at} of {n} turn", "{at} of {n} turns", n),
        }[self._unit]
        parts = [place.format(at=at, n=n), _("{n} coded").format(n=coded)]
        if passed:
            parts.append(_("{n} passed").format(n=passed))
        return " · ".join(parts)

    # -- questions ---------------------------------------------------------------------------------------

    def ask(self, at: int) -> None:
        """Puts a question to the line in hand."""
        if self.current is not None and not self._desk.project.read_only:
            self.questions.ask(at)

    def _answer(self, question: str, answer: str) -> None:
        span = self._pane.span or (self.current.span if self.current else None)
        if span is None:
            return
        done = self._desk.do(
            answer_question,
            source=self._source,
            start=span.start,
            stop=span.stop,
            question=cast("QuestionId", question),
            answer=answer,
        )
        if done:
            self.questions.clear_answer()
            title = next(one.title for one in QUESTIONS if one.id == question)
            self._desk.told.emit(_("Code note “{question}” on this passage.").format(question=title))

    def _back_to_text(self) -> None:
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys --------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._on:
            return False
        kind = event.type()
        if kind is QEvent.Type.ReadOnlyChange and not self._pane.view.isReadOnly():
            self.leave()  # the text is edited from now on
        elif kind is QEvent.Type.MouseButtonRelease:
            self._follow_soon.start()
        elif kind is QEvent.Type.FocusIn and watched is self._pane.view:
            self.questions.close_field()  # who goes back to the text with the mouse is done with the question
        elif isinstance(event, QKeyEvent) and watched is self._pane.view:
            if kind is QEvent.Type.ShortcutOverride and self._act_of(event) is not None:
                event.accept()
                return True
            act = self._act_of(event) if kind is QEvent.Type.KeyPress else None
            if act is not None:
                act()
                return True
        return False

    def _act_of(self, event: QKeyEvent) -> Act | None:
        if self._pane.view.resizing:
            return None
        if (at := question_at(event)) >= 0:
            return lambda: self.ask(at)
        if event.modifiers() & ~_Mod.KeypadModifier:
            return None
        acts: dict[Qt.Key, Act] = {
            _Key.Key_Space: self.pass_on,
            _Key.Key_Backspace: self.back,
            _Key.Key_Up: self.back,
            _Key.Key_Down: self.go_on,
            _Key.Key_Escape: self._escape,
        }
        return acts.get(_Key(event.key()))

    def _escape(self) -> None:
        """Back to the whole line; from there out of the mode."""
        line = self.current
        if line is not None and self._pane.view.selected_span() != line.span:
            self._go(self._at)
        else:
            self.leave()
