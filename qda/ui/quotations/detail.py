"""The quotation in hand beside the passage of the study: what differs, and what would be right."""

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qda.coding import material
from qda.coding.citation import paragraphs_cited, quoted, withheld
from qda.coding.quotations.findings import Finding, Piece
from qda.coding.rows import SegmentRow
from qda.i18n import _
from qda.ui.fonts import QUOTE, px, reading_font, ui_font
from qda.ui.quotations.finding_list import state_ink, state_words
from qda.ui.surfaces import on_panel, scrolled, section, small
from qda.ui.theme import Tokens, tokens_of

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.desk import Desk

_AROUND = 240  # characters of the document on either side


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a document around a quotation; ``row`` is its place."""

    row: SegmentRow
    before: str
    words: str
    after: str


def passage_of(project: "Project", finding: Finding) -> Passage | None:
    """Where a quotation stands in the study, with what stands around; none where it stands nowhere."""
    if not finding.source or material.source(project, finding.source) is None:
        return None
    text = material.text(project, finding.source)
    if finding.stop > len(text):
        return None
    low, high = max(0, finding.start - _AROUND), min(len(text), finding.stop + _AROUND)
    before, after = text[low : finding.start], text[finding.stop : high]
    before = ("… " + before.partition(" ")[2]) if low else before
    after = (after.rpartition(" ")[0] + " …") if high < len(text) else after
    row = material.span_row(project, finding.source, finding.start, finding.stop)
    return Passage(row, before, text[finding.start : finding.stop], after)


class Detail(QWidget):
    """All about one quotation. ``text_wanted`` leads to its passage."""

    text_wanted = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.finding: Finding | None = None
        self.passage: Passage | None = None
        self.setObjectName("quotation_detail")
        self.setAccessibleName(_("Quotation in hand"))
        on_panel(self)
        self.state = self._label("quotation_state")
        self.state.setFont(ui_font(semibold=True))
        self.meaning = small("", self, wrap=True)
        self.meaning.setObjectName("quotation_meaning")
        self.written = self._label("quotation_written", reading=True)
        self.compared = self._label("quotation_compared", reading=True)
        self.right = self._label("quotation_right")
        self.right.setFont(ui_font(semibold=True))
        self.said = self._label("quotation_passage", reading=True)
        self.key = small("", self, wrap=True)
        self.heads = [
            section(words, self)
            for words in (_("In your text"), _("Compared"), _("Right citation"), _("In the study"))
        ]
        self.open = self._button(_("Open in the text"), "open_passage")
        self.copy_citation = self._button(_("Copy right citation"), "copy_right_citation")
        self.copy_text = self._button(_("Copy right text"), "copy_right_text")
        self.open.setToolTip(_("Enter"))
        self.open.clicked.connect(lambda: self.text_wanted.emit(self.finding))
        self.copy_citation.clicked.connect(self.take_citation)
        self.copy_text.clicked.connect(self.take_text)
        self._lay_out()
        self.show_finding(None)

    def _label(self, name: str, *, reading: bool = False) -> QLabel:
        label = QLabel("", self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if reading:
            label.setFont(reading_font(QUOTE))
        return label

    def _button(self, words: str, name: str) -> QPushButton:
        made = QPushButton(words, self)
        made.setObjectName(name)
        made.setAccessibleName(words)
        made.setAutoDefault(False)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return made

    def _lay_out(self) -> None:
        inner = on_panel(QWidget(self))
        box = QVBoxLayout(inner)
        box.setContentsMargins(px(16), px(12), px(16), px(12))
        box.setSpacing(px(4))
        box.addWidget(self.state)
        box.addWidget(self.meaning)
        bodies = ((self.written,), (self.compared, self.key), (self.right,), (self.said,))
        for head, labels in zip(self.heads, bodies, strict=True):
            box.addSpacing(px(10))
            box.addWidget(head)
            for label in labels:
                box.addWidget(label)
        box.addStretch(1)
        foot = QGridLayout()
        foot.setContentsMargins(px(16), px(8), px(16), px(12))
        foot.setSpacing(px(6))
        foot.addWidget(self.open, 0, 0, 1, 2)
        foot.addWidget(self.copy_citation, 1, 0)
        foot.addWidget(self.copy_text, 1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolled(inner), 1)
        outer.addLayout(foot)

    # -- what is shown --------------------------------------------------------------------------------------

    def show_finding(self, finding: Finding | None) -> None:
        """Another quotation, or none."""
        self.finding = finding
        self.passage = passage_of(self._desk.project, finding) if finding is not None else None
        self._fill()
        there = finding is not None
        for button in (self.open, self.copy_citation, self.copy_text):
            button.setVisible(there)
        self.open.setEnabled(self.passage is not None)
        self.copy_citation.setEnabled(there and bool(finding.right or finding.citation) if finding else False)
        self.copy_text.setEnabled(there and bool(finding.expected) if finding else False)

    def _fill(self) -> None:
        finding, colours = self.finding, tokens_of(self)
        if finding is None:
            for label in (
                self.state,
                self.meaning,
                self.written,
                self.compared,
                self.right,
                self.said,
                self.key,
            ):
                label.setText("")
            for head in self.heads:
                head.hide()
            self.meaning.setText(_("Choose a quotation: it is compared here with the study."))
            return
        self.state.setText(
            f'<span style="color:{state_ink(finding, colours)}">{escape(state_words(finding))}</span>'
        )
        self.state.setAccessibleName(state_words(finding))
        self.meaning.setText(finding.sentence)
        self._show(0, self.written, _in_text(finding, colours))
        self._show(1, self.compared, compared(finding.difference, colours))
        self.key.setText(
            _("Underlined: missing in your text. Struck out: not in the transcript.")
            if finding.difference
            else ""
        )
        self.key.setVisible(bool(finding.difference))
        self._show(2, self.right, escape(finding.right))
        self._show(3, self.said, _in_study(self.passage, colours))

    def _show(self, number: int, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
        self.heads[number].setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "heads"):
            self._fill()

    # -- taking along ---------------------------------------------------------------------------------------

    def take_citation(self) -> None:
        """Copies the right citation, or the one that is right already."""
        if self.finding is not None and (words := self.finding.right or self.finding.citation):
            QGuiApplication.clipboard().setText(words)
            self._desk.told.emit(_("Copied: {words}").format(words=words))

    def take_text(self) -> None:
        """Copies the words as they would be right; of those who may not be quoted none."""
        finding = self.finding
        if finding is None or not finding.expected:
            return
        if finding.consent == "no":
            name = self.passage.row.case_name if self.passage is not None else ""
            self._desk.told.emit(_("Not copied: “{case}” has not agreed to be quoted.").format(case=name))
            return
        QGuiApplication.clipboard().setText(quoted(finding.expected))
        self._desk.told.emit(_("Copied with quotation marks."))


def compared(pieces: tuple[Piece, ...], colours: Tokens) -> str:
    """The words of both beside each other, as rich text."""
    dress = {
        "same": "{}",
        "gone": f'<u style="color:{colours.accent}"><b>{{}}</b></u>',
        "new": f'<s style="color:{colours.notice}">{{}}</s>',
    }
    return " ".join(dress[piece.kind].format(escape(piece.text)) for piece in pieces)


def _in_text(finding: Finding, colours: Tokens) -> str:
    around = f'<span style="color:{colours.minor}">{{}}</span>'
    parts = [
        around.format(escape(finding.before)) if finding.before else "",
        escape(quoted(finding.quotation)).replace("\n", "<br>"),
        around.format(escape(finding.after)) if finding.after else escape(finding.citation),
    ]
    place = " · ".join(part for part in (finding.place.words, finding.place.heading) if part)
    return " ".join(part for part in parts if part) + f"<br>{around.format(escape(place))}"


def _in_study(passage: Passage | None, colours: Tokens) -> str:
    if passage is None:
        return ""
    place = _place(passage.row)
    around = f'<span style="color:{colours.minor}">{{}}</span>'
    head = around.format(escape(place)) + "<br>"
    if passage.row.quote == "no":
        return head + escape(withheld())
    before, words, after = (
        escape(one).replace("\n", "<br>") for one in (passage.before, passage.words, passage.after)
    )
    lit = f'<span style="background-color:{colours.text_selection}">{words}</span>'
    return f"{head}{around.format(before)}{lit}{around.format(after)}"


def _place(row: SegmentRow) -> str:
    """Document, paragraphs and speaker of a passage."""
    parts = (paragraphs_cited(row), row.speaker, row.case_name)
    return " · ".join(dict.fromkeys(part for part in parts if part))
