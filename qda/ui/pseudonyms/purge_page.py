"""After replacing: undo takes it back; or the clear names go for good from everything the study has kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar, QWidget

from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.pseudonyms.controls import button, link, refusal, refuse, sentence
from qda.ui.pseudonyms.key_page import Page
from qda.ui.status import announce
from qda.ui.surfaces import Line, section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.coding.pseudonyms.purging import Purged

_LISTED = 12


def _some(names: "Sequence[str]") -> str:
    shown, more = ", ".join(names[:_LISTED]), len(names[_LISTED:])
    return (
        ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=shown, n=more)
        if more
        else shown
    )


class PurgePage(Page):
    """What was done, and the way to delete the names for good."""

    undo_wanted = Signal()
    purge_wanted = Signal(bool)  # unsure forms too
    protocol_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = heading("", self.inside)
        self._title.setObjectName("done_title")
        self._words = sentence(self.inside, "done_words")
        self._undo = link(self.inside, "done_undo", _("Undo"), self.undo_wanted.emit, flush=True)
        for widget in (self._title, self._words, self._undo):
            self.box.addWidget(widget)
        self.box.addSpacing(px(6))
        self.box.addWidget(Line(self.inside))
        self.box.addSpacing(px(6))
        self._head = section(_("Delete the clear names for good"), self.inside)
        self.box.addWidget(self._head)
        self._why = sentence(
            self.inside,
            "purge_why",
            _(
                "The history of the study still knows the clear names, so that undo can bring them back. The "
                "purge removes them from texts, history, search and safety copies for good; the originals of "
                "the files that are kept in the study go as well."
            ),
        )
        self.box.addWidget(self._why)
        self._preview = sentence(self.inside, "purge_preview")
        self.box.addWidget(self._preview)
        self.unsure = self._check("purge_unsure", _("Also forms that may be something else"))
        self.sure = self._check("purge_sure", _("I know that this &cannot be undone"))
        self.sure.toggled.connect(self._ready)
        self.bar = QProgressBar(self.inside)
        self.bar.setObjectName("purge_progress")
        self.bar.setAccessibleName(_("Deleting for good"))
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(px(8))
        self.bar.setMaximumWidth(px(480))
        self.box.addWidget(self.bar)
        self._refusal = refusal(self.inside, "purge_refusal")
        self.box.addWidget(self._refusal)
        self._outside = sentence(
            self.inside,
            "purge_outside",
            _(
                "Files outside the study – the transcripts that you brought in, copies, recordings – still "
                "hold the names; qda does not touch them."
            ),
            quiet=True,
        )
        self.box.addWidget(self._outside)
        self.box.addStretch(1)
        self.foot.insertWidget(
            0, link(self, "purge_protocol", _("What was pseudonymised…"), self.protocol_wanted.emit)
        )
        self.purge = button(self, "purge_go", _("Delete for good"), self._go)
        self.close_button = button(self, "purge_close", _("Close"), self.close_wanted.emit, default=True)
        self.foot.addWidget(self.purge)
        self.foot.addWidget(self.close_button)
        self._about = (self._head, self._why, self._preview)

    def _check(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words, self.inside)
        box.setObjectName(name)
        box.setAccessibleName(words.replace("&", ""))
        self.box.addWidget(box)
        return box

    # -- steps -----------------------------------------------------------------------------------------------

    def begin(self, title: str, words: str, *, undo: bool) -> None:
        """What was done; then it is counted what a purge would take."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._undo.setVisible(undo)
        for widget in (*self._about, self._outside):
            widget.show()
        self._preview.setText(_("Counting what the study still holds …"))
        self.unsure.hide()
        self.unsure.setChecked(False)
        self.sure.setChecked(False)
        self.sure.hide()
        self.purge.show()
        self.bar.hide()
        refuse(self._refusal, "")
        self._ready()
        self.close_button.setEnabled(True)
        self.close_button.setFocus()
        if title:
            announce(self, f"{title}. {words}")

    def counted(self, forms: "Mapping[str, str]", left: "Sequence[str]") -> None:
        """What a purge would take and what it would leave."""
        self._preview.setText(
            ngettext(
                "{n} form would go: {names}. Where it still stands in the texts, its pseudonym is put.",
                "{n} forms would go: {names}. Where they still stand in the texts, the pseudonym is put.",
                len(forms),
            ).format(n=len(forms), names=_some(sorted(forms)))
            if forms
            else _("No clear name was found: nothing is left to delete.")
        )
        self.sure.setVisible(bool(forms) or bool(left))
        self.unsure.setVisible(bool(left))
        if left:
            words = ngettext(
                "&Also {n} form that may be something else or was left standing: {names}",
                "&Also {n} forms that may be something else or were left standing: {names}",
                len(left),
            ).format(n=len(left), names=_some(left).replace("&", "&&"))
            self.unsure.setText(words)
            self.unsure.setAccessibleName(words.replace("&", ""))
        self._ready()

    def _ready(self) -> None:
        self.purge.setEnabled(self.sure.isChecked() and not self.bar.isVisibleTo(self))

    def _go(self) -> None:
        if self.purge.isEnabled():
            self.purge_wanted.emit(self.unsure.isChecked())

    def running(self, on: bool) -> None:
        """While the study is written anew without the names."""
        self.bar.setVisible(on)
        self.close_button.setEnabled(not on)
        self._undo.setEnabled(not on)
        for box in (self.sure, self.unsure):
            box.setEnabled(not on)
        self._ready()

    def refuse(self, words: str) -> None:
        """It could not be done."""
        self.running(False)
        refuse(self._refusal, words)

    def undone(self, words: str) -> None:
        """Undo took the replacing back."""
        self._title.setText(words)
        self._words.hide()
        self._undo.hide()
        for widget in (*self._about, self._outside, self.sure, self.unsure, self.purge):
            widget.hide()
        self.close_button.setFocus()

    def purged(self, done: "Purged") -> None:
        """The proof."""
        self.running(False)
        self._title.show()
        self._title.setText(_("The clear names are gone"))
        words = ngettext(
            "{n} form was removed. Afterwards every byte of the study was searched: none of them is left.",
            "{n} forms were removed. Afterwards every byte of the study was searched: none of them is left.",
            done.forms,
        ).format(n=done.forms)
        if done.left:
            words += " " + _("Left, because they may be something else: {names}.").format(
                names=_some(done.left)
            )
        self._words.setText(words)
        self._words.show()
        for widget in (self._undo, *self._about, self.sure, self.unsure, self.purge):
            widget.hide()
        self.close_button.setFocus()
        announce(self, f"{self._title.text()}. {words}")
