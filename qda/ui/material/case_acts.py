"""What can be done with a case from its menu: in the tree, on its page, in the table of attributes."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from qda.i18n import _
from qda.ui.asking import ask_name
from qda.ui.importing.words import SUFFIXES
from qda.ui.preferences import documents_folder

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow
    from qda.models import Project
    from qda.ui.desk import Desk
    from qda.ui.material.deleting import DeletingDialog
    from qda.ui.window import MainWindow


def add_postscript(project: "Project", *, case: str, title: str, kind: str, text: str) -> str:
    """Takes in a text typed in the program and puts it into the case, as one act."""
    from qda.coding.documents import add_document, set_source_case

    with project.unit(_("New document “{title}”").format(title=title)):
        guid = add_document(project, title=title, kind=kind, text=text)  # type: ignore[arg-type]
        return set_source_case(project, source=guid, case=case)


class CaseActs(QObject):
    """Acts on cases; ``chosen`` says which is to be shown, ``files_wanted`` which files go into which."""

    chosen = Signal(str)
    document_made = Signal(str)
    files_wanted = Signal(list, str)
    deleted = Signal()

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent

    def row(self, case: str) -> "CaseRow | None":
        """The case, if it is still there."""
        from qda.coding.material import cases

        return next((row for row in cases(self._desk.project) if row.guid == case), None)

    def show_menu(self, case: str, where: QPoint) -> None:
        """The menu of a case."""
        menu = self.menu(case)
        if menu is not None:
            menu.popup(where)

    def menu(self, case: str) -> QMenu | None:
        """The menu of a case; none where it is gone or nothing can be changed."""
        row = self.row(case)
        if row is None or self._desk.project.read_only:
            return None
        menu = QMenu(self._parent)
        menu.setObjectName("menu_of_case")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open"), lambda: self.chosen.emit(case))
        menu.addAction(_("Add documents…"), lambda: self.add_documents(case))
        menu.addAction(_("New postscript…"), lambda: self.new_postscript(case))
        if row.parent is None:
            menu.addAction(_("New case inside…"), lambda: self.new_inner(case))
        menu.addAction(_("Feedback to this case…"), lambda: self.feedback(case))
        menu.addSeparator()
        menu.addAction(_("Rename…"), lambda: self.rename(case))
        menu.addAction(_("Remove (documents stay)"), lambda: self.remove(case))
        menu.addSeparator()
        menu.addAction(_("Consent withdrawn: delete for good…"), lambda: self.delete_for_good(case))
        return menu

    def feedback(self, case: str) -> None:
        """What is quoted of it, as a report for its answer."""
        from qda.ui.reports.paper_commands import feedback_to

        feedback_to(cast("MainWindow", self._parent.window()), case)

    def rename(self, case: str) -> None:
        """Asks for another name."""
        from qda.coding.cases import rename_case

        if row := self.row(case):
            ask_name(
                self._parent,
                _("Rename case"),
                _("Name of the case"),
                lambda name: self._desk.do(rename_case, case=case, name=name),
                start=row.name,
            )

    def remove(self, case: str) -> None:
        """Removes it; its documents stay, undo is offered below."""
        from qda.coding.cases import remove_case
        from qda.ui.memos.autosave import flush

        flush(self._parent)
        row = self.row(case)
        if row is not None and self._desk.do(remove_case, case=case):
            self._desk.told.emit(_("Removed “{name}”.").format(name=row.name))

    def new_inner(self, case: str) -> None:
        """Asks for the name of a case inside this one."""
        ask_name(self._parent, _("New case"), _("Name of the case"), lambda name: self.add_inner(case, name))

    def add_inner(self, case: str, name: str) -> None:
        """Makes a case inside this one and shows it."""
        from qda.coding.cases import add_case

        if guid := self._desk.do(add_case, name=name, parent=case):
            self.chosen.emit(guid)

    def new_postscript(self, case: str) -> None:
        """A text typed in the program, straight into the case."""
        from qda.ui.material.writing import NewDocumentDialog

        row = self.row(case)
        if row is None:
            return
        dialog = NewDocumentDialog(self._parent)
        dialog.kind.show_key("postscript")
        dialog.title.setText(_("Postscript {name}").format(name=row.name))
        dialog.text.setFocus()
        dialog.written.connect(
            lambda title, kind, text: self._take_postscript(case, title=title, kind=kind, text=text)
        )
        dialog.open()

    def _take_postscript(self, case: str, **fields: str) -> None:
        self._desk.do(add_postscript, case=case, **fields)

    def add_documents(self, case: str) -> None:
        """Asks for files that go into this case."""
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        paths, _kind = QFileDialog.getOpenFileNames(
            self._parent,
            _("Add documents"),
            str(documents_folder()),
            f"{_('Transcripts')} ({patterns});;{_('All files')} (*)",
        )
        if paths:
            self.files_wanted.emit([Path(path) for path in paths], case)

    def delete_for_good(self, case: str) -> "DeletingDialog | None":
        """Counts, asks, deletes: for a consent that was withdrawn."""
        from qda.ui.material.deleting import DeletingDialog
        from qda.ui.memos.autosave import flush

        row = self.row(case)
        if row is None or self._desk.at_work:
            return None
        window = self._parent.window()
        flush(window)
        dialog = DeletingDialog(self._desk, case, row.name, window)
        dialog.deleted.connect(lambda _case: self.deleted.emit())
        dialog.open()
        return dialog

    def choose_and_delete(self) -> None:
        """As :meth:`delete_for_good`, of a case that is chosen from all."""
        from PySide6.QtWidgets import QInputDialog

        from qda.coding.material import cases

        known: dict[str, str] = {}
        for row in cases(self._desk.project):
            known[row.name if row.name not in known else f"{row.name} ({len(known) + 1})"] = row.guid
        if not known:
            self._desk.refused.emit(_("There are no cases yet."))
            return
        dialog = QInputDialog(self._parent)
        dialog.setObjectName("choose_case")
        dialog.setWindowTitle(_("Delete case for good"))
        dialog.setLabelText(_("Whose consent was withdrawn?"))
        dialog.setComboBoxItems(list(known))
        dialog.setOkButtonText(_("Go on…"))
        dialog.setCancelButtonText(_("Cancel"))
        dialog.textValueSelected.connect(lambda name: self.delete_for_good(known[name]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
