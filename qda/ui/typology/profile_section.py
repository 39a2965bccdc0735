"""The dimensional profile in the sheet of a category, by case; opened on demand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from qda.coding import profiles
from qda.i18n import _
from qda.reports.dimensional import at_dot
from qda.ui.open_coding.asides import Folded
from qda.ui.open_coding.parts import link, links
from qda.ui.typology.leading import lead
from qda.ui.typology.profile_view import ProfileView

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class ProfileSection(Folded):
    """Hidden where the code has no property."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Dimensional profile"), "profile_fold", parent)
        self._desk = desk
        self._code = ""
        self._here = ""
        self.view = ProfileView(self.inside)
        self.view.dot_wanted.connect(self._lead)
        self.content.addWidget(self.view)
        save = link(_("Save the picture…"), "save_profile", self._save)
        self.content.addLayout(links(save))
        self.opened.connect(self.read)

    def show_code(self, code: str, here: str, *, any_property: bool) -> None:
        """Shows the profile of a code; the dots of the passage ``here`` (a segment) are filled."""
        self._code, self._here = code, here
        self.setVisible(any_property)
        if self.is_open and any_property:
            self.read()

    def read(self) -> None:
        """Reads and shows the profile."""
        if self._code:
            self.view.show_profile(profiles.profile(self._desk.project, self._code), self._here)

    def _lead(self, key: str, at: QPoint) -> None:
        if self.view.profile is not None:
            lead(self._desk, at_dot(self.view.profile, key), self, at)

    def _save(self) -> None:
        from qda.reports.dimensional import profile_figure, profile_words
        from qda.ui.typology.exporting import save_picture

        shown = self.view.profile
        if shown is not None:
            save_picture(self, self._desk, profile_figure(shown), shown.name, profile_words(shown))
