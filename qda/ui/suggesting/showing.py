"""Suggestions in the code field: brought there when they are known, and what became of them is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer

from qda.coding.positions import Span
from qda.ui.navigator.codebook import CodeBook
from qda.ui.suggesting.asking import Asking
from qda.ui.suggesting.offers import Answer, Offer, Place, offers, outcomes
from qda.ui.transcript.rows import Suggestion

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.transcript.code_field import CodeField

_AFTER_MS: Final = 120  # a selection that is still being made is not asked about


@dataclass(frozen=True, slots=True)
class Taken:
    """Of the codes given those that were suggested; ``in_vivo`` are new ones in the speaker's words."""

    codes: tuple[str, ...] = ()
    in_vivo: tuple[str, ...] = ()


class Showing(QObject):
    """One showing lasts from the opening of the field until it is closed, reading a reason included."""

    def __init__(
        self, desk: "Desk", pane: "TranscriptPane", field: "CodeField", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._pane, self.field = desk, pane, field
        self._asking = Asking.of(desk)
        self._asking.answered.connect(self._came)
        self._asked: Place | None = None
        self._answer: Answer | None = None
        self._here: Place | None = None  # the passage for which the field is open
        self._own: frozenset[str] = frozenset()
        self._shown: dict[str, Offer] = {}
        self._passed: set[str] = set()
        self._given: list[str] = []
        self._refused = False
        self._reading = False
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._ask_selection)
        pane.view.span_selected.connect(lambda _span: self._soon.start())
        pane.opened.connect(self._asking.warm)
        desk.changed.connect(self._forget)
        field.passed.connect(self._pass)
        field.reason_wanted.connect(self._read)
        field.closed.connect(lambda: QTimer.singleShot(0, self, self._closed))

    # -- asking ----------------------------------------------------------------------------------------------

    def _ask_selection(self) -> None:
        span = self._pane.span
        if span is not None and self._pane.isVisible() and not self._desk.project.read_only:
            self._ask(Place(self._pane.source, span.start, span.stop))

    @property
    def ready(self) -> bool:
        """Whether it is known what to suggest for the selection."""
        span, answer = self._pane.span, self._answer
        here = Place(self._pane.source, span.start, span.stop) if span else None
        return answer is not None and answer.place == here

    def _ask(self, place: Place) -> None:
        known = self._answer is not None and self._answer.place == place
        if not known and self._asked != place:
            self._asked = place
            self._asking.ask(place)

    def _forget(self, _change: object = None) -> None:
        """An act was done: what was proposed before it is not what would be proposed now."""
        self._asked = self._answer = None
        self._soon.start()

    def _came(self, answer: Answer) -> None:
        if answer.place != self._asked:
            return
        self._asked, self._answer = None, answer
        if answer.place == self._here and not self._reading:
            found = self._offers()
            if self.field.offer([one.row for one in found]):
                self._note(found)

    # -- showing ---------------------------------------------------------------------------------------------

    def begin(self, source: str, span: Span, given: set[str]) -> None:
        """The field is about to be opened for a span that has the codes ``given``."""
        self._soon.stop()
        self._end()
        self._here, self._own = Place(source, span.start, span.stop), frozenset(given)
        self.field.set_suggestions(())
        if self._answer is not None and self._answer.place == self._here:
            found = self._offers()
            self.field.set_suggestions([one.row for one in found])
            self._note(found)
        else:
            self._ask(self._here)

    def nothing(self) -> None:
        """The field is about to be opened for something else."""
        self._end()
        self.field.set_suggestions(())

    def _offers(self) -> tuple[Offer, ...]:
        assert self._answer is not None
        return offers(self._answer, CodeBook.of(self._desk), self._own | self._passed)

    def _note(self, found: Sequence[Offer]) -> None:
        self._shown.update({one.row.key: one for one in found})

    # -- what becomes of them --------------------------------------------------------------------------------

    def taken(self, codes: Sequence[str]) -> Taken:
        """Codes are given to the passage: those of them that were suggested."""
        self._given = list(codes)
        mine = [self._shown[code] for code in codes if code in self._shown]
        own_words = (one.row.key for one in mine if one.kept.form == "in-vivo")
        return Taken(tuple(one.row.key for one in mine), tuple(own_words))

    def refused(self) -> None:
        """What was to be given was refused: nothing was taken."""
        self._refused = True

    def _pass(self, row: Suggestion) -> None:
        self._passed.add(row.key)

    def _closed(self) -> None:
        if not self._reading and not self.field.isVisible():
            self._end()

    def _end(self) -> None:
        """Keeps what became of all that was shown."""
        here, shown = self._here, list(self._shown.values())
        passed, given, refused = set(self._passed), self._given, self._refused
        self._here, self._own, self._reading = None, frozenset(), False
        self._refused = False
        self._shown, self._passed, self._given = {}, set(), []
        if here is None or not shown or self._desk.project.read_only:
            return
        from qda.suggest.events import record

        kept = outcomes(shown, passed, given, refused=refused)
        where = {"source": here.source, "start": here.start, "stop": here.stop}
        record(self._desk.project, **where, proposed=kept)  # type: ignore[arg-type]
        if passed:
            self._forget()  # asked anew, they are left out

    # -- the passage behind a suggestion ---------------------------------------------------------------------

    def _workspace(self) -> "Workspace | None":
        above = self._pane.parentWidget()
        while above is not None and above.objectName() != "open_coding":
            above = above.parentWidget()
        return cast("Workspace | None", above)

    def _read(self, row: Suggestion) -> None:
        from qda.ui.suggesting.reason import read_reason

        offer, here, workspace = self._shown.get(row.key), self._here, self._workspace()
        if offer is None or here is None or workspace is None:
            return
        self._reading = True
        typed, kept = self.field.line.text(), self.field.suggestions
        self.field.close()
        panel = read_reason(self._desk, workspace, offer, here)
        if panel is None:
            self._reading = False
            return
        back = lambda: QTimer.singleShot(0, self, lambda: self._back(here, typed, kept, row))  # noqa: E731
        from PySide6.QtCore import Qt

        panel.came_back.connect(back, Qt.ConnectionType.SingleShotConnection)

    def _back(self, here: Place, typed: str, kept: Sequence[Suggestion], row: Suggestion) -> None:
        """The field stands there as it was left, with the same row lit."""
        if not self._reading or here != self._here:
            return
        self._reading = False
        self._pane.view.select_span(here.start, here.stop)
        self.field.set_suggestions(kept)
        self._pane.choosing.open_again(Span(here.start, here.stop), typed)
        self.field.light(row.key)
