"""How far the turns of the transcript in view are: read while passing by, coded, left uncoded."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from qda.coding import reading
from qda.i18n import _

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane

DIMMED: Final = "open.dimmed"
READ_MS: Final = 1500  # a paragraph that stood still for so long has been read
_SOON_MS: Final = 300
_AFTER_PAINT_MS: Final = 40
_TABLES: Final = frozenset({"coding", "segment", "paragraph", "speaker", "source"})


class Progress(QObject):
    """Notes what is read, shows signs in the margin, and goes from one unread turn to the next."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._seen: set[int] = set()  # paragraphs noted since the document was opened
        self._states: dict[int, reading.TurnState] = {}
        self._telling = False
        self._stale = False  # another document is shown since the turns were gone through
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._still = QTimer(self, singleShot=True, interval=READ_MS)
        self._still.timeout.connect(self.note_read)
        pane.view.verticalScrollBar().valueChanged.connect(lambda _value: self._still.start())
        pane.view.place_changed.connect(lambda _place: self._still.start())
        pane.view.set_dimmed(desk.project.setting(DIMMED, "1") == "1")
        pane.opened.connect(self._shown)
        desk.reading_changed.connect(self._read_on)
        desk.changed.connect(self._changed)

    def follow_dimmed(self) -> None:
        """As it was set in the other pane."""
        self._pane.view.set_dimmed(self._desk.project.setting(DIMMED, "1") == "1")

    def _shown(self, _source: str) -> None:
        self._seen.clear()
        self._states.clear()
        self._stale = True  # the text is painted first
        self._soon.start(_AFTER_PAINT_MS)
        self._still.start()

    def _read_on(self, source: str) -> None:
        if source == self._pane.source and not self._telling:  # read in the other pane
            self._soon.start()

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES:
            self._soon.start()

    def refresh(self) -> None:
        """Shows the turns as far as they are now."""
        self._soon.stop()
        self._soon.setInterval(_SOON_MS)
        self._stale = False
        if self._pane.source:
            turns = reading.turn_states(self._desk.project, self._pane.source)
            self._states = {turn.start: turn for turn in turns}
            self._pane.view.set_turn_states({start: turn.state for start, turn in self._states.items()})

    def note_read(self) -> None:
        """What stands in view of an active window is read."""
        view = self._pane.view
        if not self._pane.source or not view.isVisible() or not view.isActiveWindow():
            return
        new = set(view.paragraphs_passed()) - self._seen
        if new and reading.mark_seen(self._desk.project, source=self._pane.source, starts=new):
            self._seen |= new
            self._tell()

    def _tell(self) -> None:
        self.refresh()
        self._telling = True
        self._desk.reading_changed.emit(self._pane.source)
        self._telling = False

    @property
    def turn(self) -> reading.TurnState | None:
        """The turn at the cursor."""
        if self._stale:
            self.refresh()
        return self.known_turn

    @property
    def known_turn(self) -> reading.TurnState | None:
        """The same, as far as the turns were gone through: just after opening none is known."""
        here = self._pane.view.current_position()
        start = max((at for at in self._states if at <= here), default=-1)
        return self._states.get(start)

    def leave_uncoded(self) -> None:
        """Leaves the turn at the cursor uncoded on purpose, or takes that back."""
        turn = self.turn
        if turn is None or self._desk.project.read_only:
            return
        if turn.state == "coded":
            self._desk.told.emit(_("This turn has a coding already."))
            return
        off = turn.state == "uncoded"
        done = self._desk.do(
            reading.mark_uncoded, source=self._pane.source, paragraph=turn.paragraph, uncoded=not off
        )
        if done:
            self.refresh()
            told = _("The turn is to be coded.") if off else _("The turn is left uncoded on purpose.")
            self._desk.told.emit(told)

    def mark_unread(self) -> None:
        """The turn at the cursor counts as not read, until the document is opened anew."""
        turn = self.turn
        if turn is None:
            return
        starts = {
            row.start for row in self._pane.view.paragraphs() if turn.start <= row.start < turn.stop
        } | {turn.start}
        if reading.mark_seen(self._desk.project, source=self._pane.source, starts=starts, seen=False):
            self._seen |= starts
            self._tell()

    def go_to_unread(self, *, forward: bool) -> None:
        """Goes to the next turn that was not read yet, or to the one before."""
        view = self._pane.view
        if not self._pane.source:
            return
        turn = self.turn
        here = turn.start if turn is not None else view.current_position()
        found = reading.next_turn(self._desk.project, self._pane.source, after=here, back=not forward)
        if found is None:
            told = _("No unread turn below.") if forward else _("No unread turn above.")
            self._desk.told.emit(told)
        else:
            view.go_to(found.start)
        view.setFocus()

    def go_to_uncoded(self, *, forward: bool) -> None:
        """Goes to the next turn of a respondent with no coding that was not left so on purpose."""
        view = self._pane.view
        if not self._pane.source:
            return
        turn = self.turn
        here = turn.start if turn is not None else view.current_position()
        found = reading.next_turn(
            self._desk.project,
            self._pane.source,
            after=here,
            states=("unread", "read"),
            back=not forward,
            respondents=True,
        )
        if found is None:
            told = _("No turn without a coding below.") if forward else _("No turn without a coding above.")
            self._desk.told.emit(told)
        else:
            view.go_to(found.start)
        view.setFocus()

    def toggle_dimmed(self) -> None:
        """Lets the interviewer's turns stand back, or not; kept in the study."""
        dimmed = not self._pane.view.dimmed
        self._pane.view.set_dimmed(dimmed)
        self._desk.project.set_setting(DIMMED, "1" if dimmed else "0")
