"""When suggestions are shown in this study, why so, and what has become of them until now."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from qda.coding.partial import coding_count
from qda.coding.suggestion_events import declaration
from qda.i18n import N_, _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.suggesting.switch import MOST_CODINGS, When, set_when, when
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.desk import Desk

_CHOICES: Final[dict[When, str]] = {
    "after-reading": N_("Show them in a text after its first reading"),
    "on": N_("Show them in every text"),
    "off": N_("Show none"),
}


class SuggestionsDialog(QDialog):
    """Takes effect at once; belongs to the study."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("suggestions")
        self.setWindowTitle(_("Suggestions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(480))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        box.addWidget(heading(_("Suggestions"), self))
        why = _(
            "Who reads a text for the first time should see it with their own eyes: "
            "a suggestion seen first is hard to think away."
        )
        box.addWidget(small(why, self, wrap=True))
        self.choices: dict[When, QRadioButton] = {}
        chosen = when(desk.project)
        for key, words in _CHOICES.items():
            button = QRadioButton(_(words), self)
            button.setObjectName(f"suggestions_{key}")
            button.setAccessibleName(button.text())
            button.setChecked(key == chosen)
            button.toggled.connect(lambda on, key=key: self._choose(key) if on else None)
            self.choices[key] = button
            box.addWidget(button)
        self.here = small("", self, wrap=True)
        self.here.setObjectName("suggestions_here")
        self.here.setContentsMargins(px(24), 0, 0, 0)
        box.addWidget(self.here)
        self._tell_here()
        note = _(
            "They come from this study alone and from this computer. Nothing is coded before you choose it. "
            "What was shown and what became of it is kept with the study, for your report."
        )
        box.addWidget(small(note, self, wrap=True))
        words = _("Hints beside a model and passages elsewhere keep to the same choice.")
        box.addWidget(small(words, self, wrap=True))
        if coding_count(desk.project) > MOST_CODINGS:
            words = _("With more than {n} codings, as here, names for new codes alone are suggested.")
            box.addWidget(small(words.format(n=f"{MOST_CODINGS:n}"), self, wrap=True))
        self.counted = small(self._told(), self, wrap=True)
        self.counted.setObjectName("suggestions_counted")
        box.addWidget(self.counted)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("close")
        close.setAccessibleName(_("Close"))
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.choices[chosen].setFocus()

    def _choose(self, key: When) -> None:
        set_when(self._desk.project, key)
        self._tell_here()

    def _tell_here(self) -> None:
        """What the choice means for the text that is open."""
        words = _of_text(self._desk.project, self._desk.source, when(self._desk.project))
        self.here.setText(words)
        self.here.setVisible(bool(words))

    def _told(self) -> str:
        counts = {"taken": 0, "changed": 0, "passed": 0, "shown": 0}
        for row in declaration(self._desk.project):
            for outcome, count in row.proposals.items():
                counts[outcome] += count
        told = _("Shown until now: {n} (taken {taken}, other code given {changed}, passed {passed}).")
        return told.format(n=sum(counts.values()), **counts)


def _of_text(project: "Project", source: str, chosen: When) -> str:
    """Whether suggestions are shown in a document now, and what that hangs on; nothing where none is open."""
    from qda.coding import material
    from qda.coding.reading import read_counts

    row = material.source(project, source) if source else None
    if row is None or chosen == "off":
        return ""
    unread = read_counts(project, source, respondents=True).unread if chosen == "after-reading" else 0
    if not unread:
        return _("In “{title}” they are shown now.").format(title=row.title)
    words = ngettext(
        "In “{title}” there are none yet: {n} turn is neither read nor coded.",
        "In “{title}” there are none yet: {n} turns are neither read nor coded.",
        unread,
    )
    return words.format(title=row.title, n=f"{unread:n}")
