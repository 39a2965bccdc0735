"""Judging the passage in hand after comparing: fits, does not fit, new property; a line of text in place."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qda.i18n import N_, _
from qda.ui.comparing.passage import into_view
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.flow import Flow
from qda.ui.open_coding.parts import INSET, link, minor

if TYPE_CHECKING:
    from qda.coding.comparing import Verdict
    from qda.ui.desk import Desk

VERDICTS: Final[tuple[tuple["Verdict", str, str], ...]] = (
    ("fits", N_("Fits"), "Ctrl+Alt+Y"),
    ("does_not_fit", N_("Does not fit"), "Ctrl+Alt+N"),
    ("new_property", N_("New property"), "Ctrl+Alt+O"),
)


@dataclass(slots=True)
class _Draft:
    """What was begun about a coding and not written yet."""

    verdict: "Verdict | None" = None
    name: str = ""
    value: str = ""
    words: str = ""


class _Line(QLineEdit):
    """Enter takes what is written, Esc leaves it."""

    taken = Signal()
    left = Signal()

    def __init__(self, name: str, says: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setPlaceholderText(says)
        self.setToolTip(says)
        self.setFont(ui_font(SMALL))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Delete)
            if event.key() in own:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Verdicts(QWidget):
    """The three buttons, the line that one of them opens, and what to do with a passage that does not fit."""

    left = Signal()  # back to the text
    recode_wanted = Signal()
    split_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._coding = ""
        self._drafts: dict[str, _Draft] = {}
        self._misfit = ""  # the coding that was judged not to fit last
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(px(INSET), px(4), px(INSET), 0)
        self._box.setSpacing(px(4))
        self._add_buttons()
        self._add_lines()
        self._add_offers()
        self._show()

    def _add_buttons(self) -> None:
        row = Flow(px(6))
        self.buttons: dict[str, QPushButton] = {}
        for at, (verdict, words, key) in enumerate(VERDICTS, 1):
            button = QPushButton(_(words), self)
            button.setObjectName(f"verdict_{verdict}")
            button.setAccessibleName(_("{verdict}: the passage in hand").format(verdict=_(words)))
            told = _("Writes a code note about the passage in hand ({key}; here {digit})")
            button.setToolTip(told.format(key=key, digit=at))
            button.setAutoDefault(False)
            button.setCheckable(True)
            button.setFont(ui_font(SMALL))
            bold = QFontMetrics(ui_font(SMALL, semibold=True))  # as it is drawn while its line is open
            button.setMinimumWidth(bold.horizontalAdvance(_(words)) + px(24))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setEnabled(not self._desk.project.read_only)
            button.clicked.connect(lambda _checked=False, verdict=verdict: self.begin(verdict))
            self.buttons[verdict] = button
            row.addWidget(button)
        self._box.addLayout(row)

    def _add_lines(self) -> None:
        self.name = _Line("verdict_property", _("Which property?"), self)
        self.value = _Line("verdict_value", _("Where on it? (optional)"), self)
        self.words = _Line("verdict_words", "", self)
        self.hint = _flush(_("Enter writes the note, Esc leaves it."), self)
        self.save = link(_("Save"), "verdict_save", self.write)
        self.save.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for line in (self.name, self.value, self.words):
            line.taken.connect(self.write)
            line.left.connect(self.leave)
            line.textEdited.connect(lambda _text: self._keep())
            self._box.addWidget(line)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(foot)

    def _add_offers(self) -> None:
        self.offers = QWidget(self)
        row = Flow(px(6))
        row.setContentsMargins(-px(INSET), 0, 0, 0)  # the words of links stand a little inside them
        for words, name, signal in (
            (_("Recode…"), "misfit_recode", self.recode_wanted),
            (_("Split code…"), "misfit_split", self.split_wanted),
            (_("Remove coding"), "misfit_remove", self.remove_wanted),
            (_("Leave it so"), "misfit_leave", None),
        ):
            act = signal.emit if signal is not None else self._leave_misfit
            button = link(words, name, act)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        box = QVBoxLayout(self.offers)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(_flush(_("Noted that it does not fit. If you like:"), self.offers))
        box.addLayout(row)
        self._box.addWidget(self.offers)

    @property
    def open(self) -> bool:
        """Whether a line is being written."""
        return self._draft.verdict is not None

    @property
    def _draft(self) -> _Draft:
        return self._drafts.get(self._coding, _Draft())

    def show_coding(self, coding: str) -> None:
        """The coding in hand; what was begun about it before is there again."""
        if coding != self._coding:
            self._coding = coding
            if coding != self._misfit:
                self._misfit = ""
            self._show()

    def _show(self) -> None:
        draft = self._draft
        verdict = draft.verdict
        for key, button in self.buttons.items():
            button.setChecked(key == verdict)
        for line, text in ((self.name, draft.name), (self.value, draft.value), (self.words, draft.words)):
            if line.text() != text:
                line.setText(text)
        says = {
            "fits": _("In what? (optional)"),
            "does_not_fit": _("In what not? (optional)"),
        }.get(verdict or "", _("More about it (optional)"))
        self.words.setAccessibleName(says)
        self.words.setPlaceholderText(says)
        self.words.setToolTip(says)
        for part in (self.name, self.value):
            part.setVisible(verdict == "new_property")
        for widget in (self.words, self.hint, self.save):
            widget.setVisible(verdict is not None)
        self.offers.setVisible(bool(self._misfit) and self._misfit == self._coding and verdict is None)

    def _keep(self) -> None:
        draft = self._drafts.get(self._coding)
        if draft is not None:
            draft.name, draft.value, draft.words = self.name.text(), self.value.text(), self.words.text()

    def begin(self, verdict: "Verdict") -> None:
        """Opens the line of a verdict; its button once more closes it."""
        if not self._coding or self._desk.project.read_only:
            self._show()
            return
        if self._draft.verdict == verdict and self.isAncestorOf(self.focusWidget() or self):
            self.leave()
            return
        draft = self._drafts.setdefault(self._coding, _Draft())
        draft.verdict = verdict
        self._show()
        first = self.name if verdict == "new_property" else self.words
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        into_view(self)

    def leave(self) -> None:
        """Closes the line; its words are there again when it is opened for this coding."""
        self._draft.verdict = None
        self._show()
        self.left.emit()

    def write(self) -> None:
        """Writes the code note, and goes back to the text."""
        from qda.coding import comparing

        draft, coding = self._draft, self._coding
        if draft.verdict == "new_property":
            if not self.name.text().strip():
                self.name.setFocus(Qt.FocusReason.OtherFocusReason)
                self._desk.told.emit(_("Say which property the passage shows."))
                return
            done = self._desk.do(
                comparing.note_property,
                coding=coding,
                name=self.name.text(),
                value=self.value.text(),
                text=self.words.text(),
            )
        else:
            done = self._desk.do(
                comparing.judge_fit, coding=coding, verdict=draft.verdict, text=self.words.text()
            )
        if done is None:
            return
        self._misfit = coding if draft.verdict == "does_not_fit" else ""
        self._drafts.pop(coding, None)
        self._show()
        self._desk.told.emit(_("Written as a code note."))
        self.left.emit()

    def forget_misfit(self) -> None:
        """Offers nothing any more: it was done, or is not wanted."""
        self._misfit = ""
        self._show()

    def _leave_misfit(self) -> None:
        self.forget_misfit()
        self.left.emit()


def _flush(words: str, parent: QWidget) -> QLabel:
    label = minor(words, parent)
    label.setContentsMargins(0, 0, 0, 0)
    return label
