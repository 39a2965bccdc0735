"""The list of documents and cases: Enter opens a document, F2 renames, the menu assigns it to a case."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QVBoxLayout, QWidget

from qda.coding import cases as case_acts
from qda.coding import documents, material, partial
from qda.i18n import _
from qda.ui.navigator.document_model import ENTRY, GUID, DocumentModel, Entry, arranged
from qda.ui.navigator.painting import Index, Look, RowDelegate
from qda.ui.navigator.tree import NavigatorTree
from qda.ui.surfaces import head_row

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.window import MainWindow

_SHAPE: Final = frozenset({"source", "case_", "document_group"})
_FEW: Final = 24  # an act that touches more codings counts all documents anew
_SOON_MS: Final = 40


class DocumentDelegate(RowDelegate):
    """Cases with what they are, documents with their figure."""

    def look(self, index: Index) -> Look:
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return Look("")
        if entry.kind == "source":
            return Look(entry.name, figure=str(entry.count) if entry.count else "")
        return Look(entry.name, behind=entry.behind)


class DocumentPanel(QWidget):
    """Documents in cases and groups; choosing one asks the desk for it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cases: list[CaseRow] = []
        self._pending: set[str] = set()
        self._all = True
        self.setObjectName("document_panel")
        self.model = DocumentModel(self)
        self.tree = NavigatorTree(GUID, self)
        self.tree.setObjectName("documents")
        self.tree.setAccessibleName(_("Documents and cases"))
        self.tree.setModel(self.model)
        self.tree.setDragEnabled(True)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.tree.setItemDelegate(DocumentDelegate(self.tree))
        self.tree.empty_words = _("No documents yet. Bring transcripts in under “Material”.")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Documents and cases")))
        box.addWidget(self.tree, 1)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._catch_up)
        self.tree.taken.connect(self._open)
        self.tree.beside_wanted.connect(lambda _guid: self.open_beside())
        self.tree.clicked.connect(lambda index: self._open(self.tree.guid(index)))
        self.tree.menu_wanted.connect(lambda guid, place: self.menu_of(guid).popup(place))
        self.tree.remove_wanted.connect(self.remove)
        self.model.renamed.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        desk.changed.connect(self._changed)
        desk.source_shown.connect(self._choose)
        self.refresh()

    def refresh(self) -> None:
        """Shows documents, cases and groups as they are now."""
        project = self._desk.project
        first = self._all and not self.model.rowCount()
        self._all, self._cases = False, material.cases(project)
        self._pending.clear()
        chosen = self.tree.current_guid or self._desk.source
        old = {self.tree.guid(index) for index in self.model.parents()}
        documents = material.in_reading_order(material.sources(project))
        self.model.set_root(arranged(documents, self._cases, material.groups(project)))
        parents = self.model.parents()
        if first:
            self.tree.set_expanded_guids({self.tree.guid(index) for index in parents})
        else:
            new = {self.tree.guid(index) for index in parents} - old
            self.tree.set_expanded_guids(set(self.tree.expanded_guids) | new)
        self.tree.restore(parents, self.model.index_of(chosen))

    def refresh_if_stale(self) -> None:
        """Catches up with what was done while it was not in view."""
        if self._soon.isActive():
            self._soon.stop()
            self._catch_up()

    def _changed(self, change: "Changed") -> None:
        if change.tables & _SHAPE:
            self._all = True
            self._soon.start()
        elif "coding" in change.tables:
            codings = [t.guid for t in change.touched if t.table == "coding"]
            self._all = self._all or len(codings) > _FEW or "code" in change.tables
            self._pending.update(codings)
            self._soon.start()

    def _catch_up(self) -> None:
        if self._all:
            self.refresh()
            return
        project = self._desk.project
        places = (partial.place_of_coding(project, guid) for guid in self._pending)
        wanted = {place.source for place in places if place} | {self._desk.source} - {""}
        self._pending.clear()
        self.model.set_counts(partial.source_counts(project, wanted))

    def open_beside(self) -> None:
        """Opens the document chosen in the other of two texts."""
        entry = self.model.entry(self.tree.current_guid)
        if entry is not None and entry.kind == "source":
            self._desk.beside_wanted.emit(entry.guid, -1, -1)

    def _open(self, guid: str) -> None:
        entry = self.model.entry(guid)
        if entry is None:
            return
        if entry.kind == "source":
            if QApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
                self._desk.beside_wanted.emit(guid, -1, -1)
            elif guid != self._desk.source:
                self._desk.source_wanted.emit(guid, -1, -1)
        elif entry.kind == "case":
            self._desk.case_chosen.emit(guid)

    def _choose(self, guid: str) -> None:
        index = self.model.index_of(guid)
        if index.isValid() and self.tree.current_guid != guid:
            above = index.parent()
            while above.isValid():
                self.tree.setExpanded(above, True)
                above = above.parent()
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    # -- acts -----------------------------------------------------------------------------------------------

    def _rename(self, kind: str, guid: str, name: str) -> None:
        if kind == "source":
            self._desk.do(documents.rename_source, source=guid, title=name)
        elif kind == "case":
            self._desk.do(case_acts.rename_case, case=guid, name=name)
        else:
            self._desk.do(documents.rename_group, group=guid, name=name)

    def remove(self, guid: str) -> None:
        """Removes a document with all that stands on it, a case or a group; undo brings it back."""
        entry = self.model.entry(guid)
        if entry is None:
            return
        done = {
            "source": lambda: self._desk.do(documents.remove_source, source=guid),
            "case": lambda: self._desk.do(case_acts.remove_case, case=guid),
            "group": lambda: self._desk.do(documents.remove_group, group=guid),
        }[entry.kind]()
        if done:
            self._desk.told.emit(_("Removed “{name}”.").format(name=entry.name))

    def rename_current(self) -> None:
        """Opens the chosen name for editing."""
        index = self.tree.currentIndex()
        if index.isValid():
            self.tree.setFocus()
            self.tree.edit(QModelIndex(index))

    def menu_of(self, guid: str) -> QMenu:
        """The menu of a document, a case or a group."""
        menu = QMenu(self)
        menu.setObjectName("document_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = self.model.entry(guid)
        if entry is None:
            menu.addAction(_("To “Material”"), lambda: self._desk.workspace_wanted.emit("material"))
            return menu
        if entry.kind == "source":
            menu.addAction(_("&Open"), lambda: self._open(guid))
            beside = menu.addAction(_("Open in the o&ther text"))
            beside.triggered.connect(lambda: self._desk.beside_wanted.emit(guid, -1, -1))
            menu.addAction(_("&Print for reading…"), lambda: self._print(guid))
            self._add_cases(menu.addMenu(_("&Case")), guid)
        menu.addAction(_("&Rename"), self.rename_current)
        target = {"source": "source", "case": "case"}.get(entry.kind)
        if target:
            menu.addAction(_("&Memo…"), lambda: self._desk.memo_wanted.emit("", f"{target}:{guid}"))
        menu.addSeparator()
        menu.addAction(_("Remo&ve"), lambda: self.remove(guid))
        return menu

    def _print(self, source: str) -> None:
        from qda.ui.reports.paper_commands import print_transcript

        print_transcript(cast("MainWindow", self.window()), source)

    def _add_cases(self, menu: QMenu, source: str) -> None:
        entry = self.model.entry(source)
        above = entry.parent.guid if entry and entry.parent and entry.parent.kind == "case" else ""
        choices = [("", _("None")), *((case.guid, case.name) for case in self._cases)]
        for guid, name in choices:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(guid == above)
            action.triggered.connect(
                lambda _checked=False, guid=guid: self._desk.do(
                    documents.set_source_case, source=source, case=guid or None
                )
            )

    def menu_place(self) -> QPoint:
        """Where the menu opens by key."""
        rect = self.tree.visualRect(self.tree.currentIndex())
        return self.tree.viewport().mapToGlobal(rect.bottomLeft())

    def focus_tree(self) -> None:
        """Puts the focus into the list."""
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
