"""Corrections of the transcript in view: words, paragraphs, turns, topics. Each is an act of the desk."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qda.coding import correcting, material, replacing, topics, turn_borders
from qda.coding.aligning import hunks_between
from qda.coding.codes import marks
from qda.coding.positions import normalise
from qda.coding.rows import SegmentRow
from qda.i18n import _, ngettext
from qda.ui.transcript.margin import shown_name
from qda.ui.turns.editor import CorrectionField
from qda.ui.turns.go_to import GoToDialog
from qda.ui.turns.picking import Choice, PickDialog

if TYPE_CHECKING:
    from qda.coding.rows import ParagraphRow, SpeakerRow
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane

_QUOTE = 60  # characters of a passage that would lose its words


class TurnActs(QObject):
    """What the menu, the keys and the palette do to the paragraph or turn at the cursor."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._old = ("", 0)  # the words in the editor as they are stored, and where they begin
        self.field = CorrectionField(pane.view)
        self.field.taken.connect(self._take)
        self.field.left.connect(self._back)
        desk.changed.connect(self._changed)
        pane.opened.connect(lambda _source: self.field.close_field())

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
        """Opens the editor over the paragraph at the cursor, or those of the selection."""
        if not self._writable():
            return
        view, span = self._pane.view, self._pane.span
        here = view.current_position()
        start, stop = (span.start, span.stop) if span else (here, here)
        rows = self._rows()
        touched = [row for row in rows if row.start <= max(start, stop - 1) and row.stop >= start]
        current = view.current_paragraph()
        inside = touched if span else [row for row in rows if current and row.guid == current.guid]
        if not inside:
            return
        first, last = inside[0], inside[-1]
        words = view.text[first.start : last.stop]
        self._old = (words, first.start)
        numbers = first.number if first is last else f"{first.number}–{last.number}"
        title = _("Correct paragraph {number}").format(number=numbers)
        view.reveal(first.start)
        self.field.open_over(title, words, (first.start, last.stop), (start, stop))

    def _take(self, words: str, agreed: bool) -> None:
        """Writes the words, unless passages would lose all theirs and nobody has agreed yet."""
        old, start = self._old
        new, _places = normalise(words)
        source, hunks = self.source, hunks_between(old, new, at=start)
        lost = replacing.displaced(self._desk.project, source=source, hunks=hunks) if hunks else ()
        if lost and not agreed:
            self._warn(lost)
            return
        self.field.blockSignals(True)  # its leaving is told by the act
        self.field.close_field()
        self.field.blockSignals(False)
        if hunks:
            gone = [passage.guid for passage in lost]
            label = _("Correct text")
            self._desk.do(correcting.correct_exactly, source=source, hunks=hunks, label=label, drop=gone)
        self._back()

    def _warn(self, lost: tuple[SegmentRow, ...]) -> None:
        named: dict[str, list[str]] = {}
        for mark in marks(self._desk.project, self.source):
            named.setdefault(mark.segment, []).append(shown_name(mark.name, mark.in_vivo))
        rows = []
        for passage in lost:
            words = " ".join(passage.text.split())
            quote = words if len(words) <= _QUOTE else f"{words[:_QUOTE]} …"
            codes = ", ".join(dict.fromkeys(named.get(passage.guid, ()))) or _("Memo or evidence")
            rows.append(_("{codes}: “{words}”").format(codes=codes, words=quote))
        n = sum(len(named.get(passage.guid, ())) for passage in lost)
        told = ngettext("{n} coding would lose its words", "{n} codings would lose their words", n)
        if not n:
            n = len(lost)
            told = ngettext("{n} passage would lose its words", "{n} passages would lose their words", n)
        self.field.warn(told.format(n=n), rows)

    def _changed(self, change: "Changed") -> None:
        """Another act changed the text under the editor: its words are those of before."""
        if self.field.isHidden() or not {"source", "paragraph"} & change.tables:
            return
        self.field.close_field()
        self._desk.told.emit(_("The text was changed meanwhile; the correction was left."))

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
