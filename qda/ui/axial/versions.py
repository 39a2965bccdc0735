"""Versions of the model shown: kept by a name ("before case C"), renamed, removed, and what differs since."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from qda.coding import model_versions
from qda.coding.model_versions import VersionRow
from qda.i18n import _, ngettext
from qda.ui.axial.dialogs import Form, buttons
from qda.ui.fonts import px
from qda.ui.status import told_date
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.coding.rows import ModelRow
    from qda.ui.desk import Desk


class VersionDialog(Form):
    """Name and note of a version."""

    taken = Signal(str, str)

    def __init__(self, title: str, parent: QWidget | None, *, name: str = "", note: str = "") -> None:
        super().__init__("version_dialog", title, parent)
        self.name = QLineEdit(name, self)
        self.name.setPlaceholderText(_("for example: before case C"))
        self.add(_("Name"), "version_name", self.name)
        self.note = QPlainTextEdit(note, self)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(px(72))
        self.add(_("Note"), "version_note", self.note)
        told = _("The model is kept as it is now: codes in their places, relations, their evidence by case.")
        self.form.addRow("", small(told, self, wrap=True))
        self.outer.addWidget(buttons(self, _("Keep")))

    def accept(self) -> None:
        """A version needs a name."""
        if not self.name.text().strip():
            self.name.setFocus()
            return
        super().accept()
        self.taken.emit(self.name.text(), self.note.toPlainText())


class Versions(QObject):
    """Does the acts on versions; ``menu`` hangs on the button above the model."""

    compare_wanted = Signal(str, str)  # model, version

    def __init__(self, desk: "Desk", window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.model: ModelRow | None = None
        self.menu = QMenu(window)
        self.menu.setObjectName("versions_menu")
        self.menu.aboutToShow.connect(self.fill)

    def rows(self) -> list[VersionRow]:
        """The versions of the model shown, oldest first."""
        if self.model is None:
            return []
        return model_versions.versions(self._desk.project, self.model.guid)

    def words(self) -> str:
        """The last version, for the line above the model; nothing where there is none."""
        if self.model is None:
            return ""
        names = model_versions.version_names(self._desk.project, self.model.guid)
        if not names:
            return ""
        n = len(names)
        more = ngettext("{n} version", "{n} versions", n).format(n=n)
        return _("{more}, last “{name}”").format(more=more, name=names[-1])

    def fill(self) -> None:
        """The versions there are, the newest first."""
        menu = self.menu
        menu.clear()
        writable = not self._desk.project.read_only
        keep = menu.addAction(_("Keep the model as a version…"), self.freeze)
        keep.setEnabled(writable)
        rows = self.rows()
        if rows:
            menu.addSection(_("Versions"))
        for row in reversed(rows):
            day = told_date(row.created, _("d MMMM yyyy"))
            below = menu.addMenu(f"{row.name}  ({day})".replace("&", "&&"))
            below.setToolTip(row.note)
            below.addAction(_("What has changed since"), partial(self.compare, row.guid))
            below.addSeparator()
            for words, act in (
                (_("Name and note…"), partial(self.change, row)),
                (_("Remove"), partial(self.remove, row.guid)),
            ):
                below.addAction(words, act).setEnabled(writable)

    def freeze(self) -> None:
        """Asks for a name and keeps the model as it is now."""
        if self.model is None:
            return
        model = self.model.guid
        dialog = VersionDialog(_("Keep the model as a version"), self._window)
        dialog.taken.connect(
            lambda name, note: self._desk.do(model_versions.freeze_model, model=model, name=name, note=note)
        )
        dialog.open()
        dialog.name.setFocus()

    def change(self, row: VersionRow) -> None:
        """Asks for another name or note."""
        dialog = VersionDialog(_("Name and note of the version"), self._window, name=row.name, note=row.note)
        dialog.taken.connect(
            lambda name, note: self._desk.do(
                model_versions.change_version, version=row.guid, name=name, note=note
            )
        )
        dialog.open()
        dialog.name.selectAll()

    def remove(self, version: str) -> None:
        """Removes a version; undo brings it back."""
        self._desk.do(model_versions.remove_version, version=version)

    def compare(self, version: str) -> None:
        """Shows what differs between a version and the model as it is now."""
        if self.model is not None:
            self.compare_wanted.emit(self.model.guid, version)
