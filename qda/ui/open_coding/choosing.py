"""The code field over the transcript: what it is opened for, and what is done with the codes chosen in it.

Suggestions for the selection are asked for while one selects, so that they mostly stand there when the field
opens; it never waits for them.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from qda.coding.positions import Span
from qda.ui.navigator.codebook import CodeBook
from qda.ui.suggesting.showing import Showing
from qda.ui.transcript.code_field import CodeField

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane


class Choosing(QObject):
    """Opens the field for the selection, or for the coding that is set apart, which gets another code."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._book = CodeBook.of(desk)
        self._recoding = ""
        self._asked: Span | None = None
        self.field = CodeField(pane.view)
        self.showing = Showing(desk, pane, self.field, self)
        self.field.taken.connect(self._take)
        self.field.closed.connect(self._closed)

    def ask(self, span: Span, text: str = "") -> None:
        """Asks for the codes of a span; ``text`` is the beginning of the first one's name."""
        if not self._desk.project.read_only:
            self._asked, self._recoding = span, ""
            self.showing.begin(self._pane.source, span, self._given(span))
            self._open(span, text)

    def open_again(self, span: Span, text: str) -> None:
        """Opens the field once more, for what it was open for before."""
        self._asked = span
        self._open(span, text)

    def ask_recode(self) -> None:
        """Asks for another code for the coding that is set apart."""
        view = self._pane.view
        place = view.segment_row(view.active_coding)
        if place is None or self._desk.project.read_only:
            return
        self._recoding = view.active_coding
        self.showing.nothing()
        view.reveal(place[0])
        view.select_span(*place)
        self._open(Span(*place), "", several=False)

    def _open(self, span: Span, text: str, *, several: bool = True) -> None:
        view = self._pane.view
        given = self._given(span)
        self.field.set_choices(self._book.choices())
        self.field.open_at(view.selection_rect(), view.names_edge(), text, given=given, several=several)

    def _given(self, span: Span) -> set[str]:
        """The codes that exactly this passage has."""
        over = self._pane.view.codings_between(span.start, span.stop)
        return {row.code for row in over if (row.start, row.stop) == (span.start, span.stop)}

    def _take(self, codes: list[str]) -> None:
        if self._recoding:
            coding, self._recoding = self._recoding, ""
            self._pane.set_apart(self._pane.acts.recode(coding, codes[0]))
        elif self._asked is not None:
            taken = self.showing.taken(codes)
            if taken.codes:
                made = self._pane.code_suggested(self._asked, codes, taken)
            else:
                made = self._pane.code_span(self._asked, *codes)
            if not made:
                self.showing.refused()

    def _closed(self) -> None:
        if self._recoding:
            QTimer.singleShot(0, self, self._recoding_left)
        self._pane.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def _recoding_left(self) -> None:
        if self._recoding:
            self._recoding = ""
            self._pane.view.clear_selection()
