"""Corrections of the transcript in view: words, paragraphs, turns, topics. Each is an act of the desk."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qda.coding import correcting, material, topics, turn_borders
from qda.i18n import _, ngettext
from qda.ui.turns.go_to import GoToDialog
from qda.ui.turns.picking import Choice, PickDialog

if TYPE_CHECKING:
    from qda.coding.rows import ParagraphRow, SpeakerRow
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane


class TurnActs(QObject):
    """What the menu, the keys and the palette do to the paragraph or turn at the cursor."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane

    # -- where one is ----------------------------------------------------------------------------------------

    @property
    def source(self) -> str:
        """The document in view."""
        return self._pane.source

    @property
    def number(self) -> str:
        """The number of the paragraph at the cursor."""
        row = self._pane.view.current_paragraph()
        return row.number if row else ""

    def _rows(self) -> "list[ParagraphRow]":
        return material.paragraphs(self._desk.project, self.source)

    def _opening(self) -> str:
        """The number of the paragraph that opens the turn at the cursor."""
        found = ""
        for row in self._rows():
            if row.opens_turn or not row.speaker:
                found = row.number
            if row.number == self.number:
                break
        return found

    def _writable(self) -> bool:
        return bool(self.source and self.number) and not self._desk.project.read_only

    def _back(self) -> None:
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- words -----------------------------------------------------------------------------------------------

    def correct(self) -> None:
        """Edits the text from the cursor on."""
        self._pane.editing.begin()

    # -- paragraphs ------------------------------------------------------------------------------------------

    def split(self) -> None:
        """Begins a new paragraph at the cursor."""
        if self._writable():
            at = self._pane.view.current_position()
            if self._desk.do(correcting.split_paragraph, source=self.source, at=at):
                self._pane.view.go_to(at)

    def join(self) -> None:
        """Joins the paragraph at the cursor with the one before."""
        if self._writable():
            self._desk.do(correcting.join_paragraph, source=self.source, paragraph=self.number)

    def go_to(self) -> None:
        """Asks for the number of a paragraph, or a time."""
        if self.source:
            dialog = GoToDialog(self._pane, self._desk.project, self.source)
            dialog.found.connect(self._gone)
            dialog.open()

    def _gone(self, position: int) -> None:
        self._pane.view.go_to(position)
        self._back()

    # -- turns -----------------------------------------------------------------------------------------------

    def _inside(self) -> int | None:
        """Where the cursor stands between two words of its paragraph; none at its beginning or end."""
        view, row = self._pane.view, self._pane.view.current_paragraph()
        if row is None:
            return None
        at = view.current_position()
        while at > row.label_stop and not view.text[at - 1].isspace() and view.text[at : at + 1].strip():
            at -= 1  # the beginning of the word
        words = view.text[row.label_stop : at].strip(), view.text[at : row.stop].strip()
        return at if all(words) else None

    def begin(self) -> None:
        """Asks who begins to speak here; in the middle of a paragraph it can be split."""
        if not self._writable():
            return
        row, at = self._pane.view.current_paragraph(), self._inside()
        assert row is not None
        dialog = self._ask_speaker(_("A turn begins here"), _("Who begins to speak?"), "")
        number = self.number
        if at is not None:
            words = " ".join(self._pane.view.text[at : row.stop].split()[:5])
            dialog.offer_check(
                _("Not with the paragraph, but before “{words} …”").format(words=words), on=row.opens_turn
            )

        def take(speaker: str) -> None:
            if at is not None and dialog.check.isChecked():
                self._desk.do(turn_borders.begin_turn_at, source=self.source, at=at, speaker=speaker)
            else:
                self._desk.do(turn_borders.begin_turn, source=self.source, paragraph=number, speaker=speaker)

        dialog.picked.connect(take)
        dialog.open()

    def join_turn(self) -> None:
        """The turn at the cursor belongs to the one before."""
        if self._writable():
            self._desk.do(turn_borders.join_turn, source=self.source, paragraph=self.number)

    def spoken_by(self) -> None:
        """Asks who spoke the turn at the cursor."""
        row = self._pane.view.current_paragraph()
        if not self._writable() or row is None:
            return
        number = self.number
        dialog = self._ask_speaker(_("Turn spoken by"), _("Who spoke this turn?"), row.speaker)
        dialog.picked.connect(
            lambda speaker: self._desk.do(
                turn_borders.set_turn_speaker, source=self.source, paragraph=number, speaker=speaker
            )
        )
        dialog.open()

    def _ask_speaker(self, title: str, question: str, current: str) -> PickDialog:
        known = material.speakers(self._desk.project, self.source)
        choices = [Choice(row.label, _shown(row), _turns(row)) for row in known]
        dialog = PickDialog(
            self._pane,
            title,
            question,
            choices,
            new=lambda words: _("New label “{name}”").format(name=words),
            current=current,
        )
        dialog.finished.connect(self._back)
        return dialog

    # -- topics ----------------------------------------------------------------------------------------------

    def set_topic(self) -> None:
        """Asks which topic of the guide the turn at the cursor opens."""
        if not self._writable():
            return
        number, known = self._opening(), topics.topics(self._desk.project)
        dialog = PickDialog(
            self._pane,
            _("Topic of the turn"),
            _("Which topic of the interview guide begins here?"),
            [Choice(row.guid, row.name, str(row.turns) if row.turns else "") for row in known],
            new=lambda words: _("New topic “{name}”").format(name=words),
            hint="" if known else _("The guide has no topics yet; type the name of the first."),
        )
        dialog.finished.connect(self._back)
        dialog.picked.connect(
            lambda topic: self._desk.do(topics.set_topic, source=self.source, paragraph=number, topic=topic)
        )
        dialog.open()

    def clear_topic(self) -> None:
        """Takes the topic off the turn at the cursor; asks which, if it opens several."""
        if not self._writable():
            return
        number = self._opening()
        here = [
            mark for mark in topics.topic_marks(self._desk.project, self.source) if mark.paragraph == number
        ]
        if not here:
            self._desk.told.emit(_("This turn opens no topic."))
        elif len(here) == 1:
            self._clear(number, here[0].topic)
        else:
            choices = [Choice(mark.topic, mark.name) for mark in here]
            dialog = PickDialog(self._pane, _("Take topic off"), _("Which topic?"), choices)
            dialog.finished.connect(self._back)
            dialog.picked.connect(lambda topic: self._clear(number, topic))
            dialog.open()

    def _clear(self, number: str, topic: str) -> None:
        self._desk.do(topics.clear_topic, source=self.source, paragraph=number, topic=topic)


def _shown(row: "SpeakerRow") -> str:
    return f"{row.label} ({row.name})" if row.name else row.label


def _turns(row: "SpeakerRow") -> str:
    return ngettext("{n} turn", "{n} turns", row.turns).format(n=row.turns)
