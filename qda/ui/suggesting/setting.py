"""When suggestions are shown in this study, why so, and what has become of them until now."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from qda.coding.partial import coding_count
from qda.coding.suggestion_events import declaration
from qda.i18n import N_, _
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.suggesting.switch import MOST_CODINGS, When, set_when, when
from qda.ui.surfaces import small

if TYPE_CHECKING:
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
            button.toggled.connect(lambda on, key=key: set_when(desk.project, key) if on else None)
            self.choices[key] = button
            box.addWidget(button)
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

    def _told(self) -> str:
        counts = {"taken": 0, "changed": 0, "passed": 0, "shown": 0}
        for row in declaration(self._desk.project):
            for outcome, count in row.proposals.items():
                counts[outcome] += count
        told = _("Shown until now: {n} (taken {taken}, other code given {changed}, passed {passed}).")
        return told.format(n=sum(counts.values()), **counts)
