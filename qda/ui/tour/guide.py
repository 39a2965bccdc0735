"""The tour on an open study: step after step, with frame and panel where the step takes place.

It does nothing by itself but go to a place; acts are done by the person, or for the person at "Show me".
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from qda.ui.tour.content import Content, content
from qda.ui.tour.deeds import Deeds
from qda.ui.tour.frame import Frame
from qda.ui.tour.panel import TourPanel
from qda.ui.tour.placing import overlap, place
from qda.ui.tour.steps import STEPS, Step

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.window import MainWindow

_LOOK_MS: Final = 120  # how soon panel and frame follow what they speak of


class Tour(QObject):
    """Five steps on the study that is open; ``leave_wanted`` when the person has had enough."""

    leave_wanted = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        assert window.desk is not None
        self.window = window
        self.desk: Desk = window.desk
        self.content: Content = content(self.desk.project)
        self.deeds = Deeds()
        self._leading = self._over = False
        self._from: QWidget | None = None
        self._steps: list[Step] = [make(self) for make in STEPS]
        self._at = 0
        self._move_in()
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)
        self.desk.changed.connect(self._changed)
        self.desk.source_wanted.connect(self._led)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)

    def _move_in(self) -> None:
        """Takes its place on the page of the study, which may have been built anew."""
        self._page = self.window.study
        self.frame = Frame(self._page)
        self.panel = TourPanel(self._page)
        self._page.tour = self.panel
        self.panel.next_wanted.connect(self.go_on)
        self.panel.back_wanted.connect(lambda: self.go_to(self._at - 1))
        self.panel.show_wanted.connect(self.show_me)
        self.panel.leave_wanted.connect(self.leave_wanted)
        self.panel.left.connect(self._back_to_work)

    # -- steps -----------------------------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """The step in hand."""
        return self._steps[self._at]

    @property
    def number(self) -> int:
        """Which step, from 1."""
        return self._at + 1

    def go_to(self, at: int) -> None:
        """Begins a step (from 0)."""
        if not 0 <= at < len(self._steps):
            return
        if at != self._at:
            self.step.leave()
        self._at = at
        self._look.start()
        self._prepare()
        self._say()
        self._from = None
        self.look(anew=True)

    def go_on(self) -> None:
        """The next step; after the last one the tour is over."""
        if self.number == len(self._steps):
            self.leave_wanted.emit()
        else:
            self.go_to(self._at + 1)

    def show_me(self) -> None:
        """Does what the step asks for."""
        self._leading = isinstance(self.step, STEPS[0])  # type: ignore[arg-type]
        self.step.show_me()
        self._leading = False
        self.look()

    def _prepare(self) -> None:
        self._leading = True
        self.step.prepare()
        self._leading = False

    def lead(self, source: str, start: int, stop: int) -> None:
        """Shows a passage, selected; with ``stop`` -1 only the place."""
        self.desk.source_wanted.emit(source, start, stop if stop >= 0 else start)

    def _say(self) -> None:
        self.panel.say(self.number, len(self._steps), self.step.words())
        self.panel.show()
        self.panel.raise_()

    @property
    def coding(self) -> str:
        """The coding that the tour goes on with: the person's own, else one of the code at that place."""
        made = self.deeds.made["coding"]
        return made[-1] if made else self._beside()

    @property
    def compared(self) -> str:
        """The coding that is compared: the one in hand, or where its code stands alone, another."""
        return self.coding if not self.lonely else self._beside()

    @property
    def lonely(self) -> str:
        """The name of the person's own code, where it has but this one passage."""
        from qda.coding import codes

        made = self.deeds.made["coding"]
        own = next(iter(codes.codings(self.desk.project, guids=made[-1:])), None) if made else None
        alone = own is not None and len(codes.codings(self.desk.project, code=own.code)) < 2
        return own.code_name if own is not None and alone and self._beside() else ""

    def _beside(self) -> str:
        from qda.coding import codes

        rows = codes.codings(self.desk.project, code=self.content.code) if self.content.code else []
        there = [row for row in rows if row.segment.source == self.content.passage.source]
        return next((row.guid for row in reversed(there or rows)), "")

    # -- following -------------------------------------------------------------------------------------------

    def _changed(self, change: "Changed") -> None:
        self.deeds.follow(change, self.desk.project.coder)
        QTimer.singleShot(0, self, self._show_changed)  # the workspace hears of it too, perhaps later

    def _show_changed(self) -> None:
        if self.window.desk is self.desk and not self._over:
            self.step.changed()
            self.look()

    def _led(self, source: str, start: int, stop: int) -> None:
        if not self._leading:
            self.step.led(source, start, stop)
            self.look()

    def _focused(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not isValid(self.panel):
            return
        inside = new is self.panel or self.panel.isAncestorOf(new)
        if inside:
            if old is not None and old is not self.panel and not self.panel.isAncestorOf(old):
                self._from = old
        elif not self._leading:
            self.step.focused(new)

    def _back_to_work(self) -> None:
        """To where one was before the panel."""
        if self._from is not None and isValid(self._from) and self._from.isVisible():
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.window.workspace(self.window.current_workspace or "open").focus_first()  # type: ignore[attr-defined]

    def look(self, *, anew: bool = False) -> None:
        """Ticks what is done, and puts frame and panel where they belong now."""
        if self.window.desk is not self.desk:
            return
        if self._page is not self.window.study:  # built anew, in another language, say
            self._move_in()
            self._prepare()
            self._say()
            anew = True
        self.panel.tick(self.step.done())
        self.panel.say_more(self.step.more())
        self._place(anew=anew)

    def _place(self, *, anew: bool) -> None:
        room, spoken_of = self._page.room(), self.step.spoken_of()
        self.frame.go_around(spoken_of, room)
        around = spoken_of.adjusted(-4, -4, 4, 4).intersected(room) if not spoken_of.isEmpty() else QRect()
        here = self.panel.geometry()
        spared = self.step.spared()
        if (memo := self.step.memo()) is not None:
            spared.append(QRect(memo.pos(), memo.size()))
        stays = not anew and room.contains(here) and not overlap(here, [around, *spared[1:]])
        if not stays:
            self.panel.move(place(room, self.panel.size(), around, spared))
        self.frame.raise_()
        self.panel.raise_()

    # -- the end ----------

    def end(self) -> None:
        """Frame and panel go; nothing of the tour hears of the window any more."""
        self._over = True
        self._look.stop()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._focused)
        if isValid(self._page):
            self._page.tour = None
            for widget in (self.frame, self.panel):
                widget.hide()
                widget.deleteLater()
        self.deleteLater()
