"""The Material workspace: documents and cases, the project sheet, the memo desk; import.

The left column chooses among the three; what is chosen there fills the rest.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.asking import ask_name
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.importing.page import ImportPage
from qda.ui.importing.words import SUFFIXES, expanded
from qda.ui.material.attribute_page import AttributePage
from qda.ui.material.case_acts import CaseActs
from qda.ui.material.case_page import CasePage
from qda.ui.material.document_menu import document_menu
from qda.ui.material.document_page import DocumentPage
from qda.ui.material.due_line import DueLine
from qda.ui.material.sheet import SheetForm, SheetSections
from qda.ui.material.tree import DocumentTree
from qda.ui.memos.desk import MemoDesk
from qda.ui.preferences import documents_folder
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel, on_paper
from qda.ui.turns.guide_list import TopicList
from qda.ui.turns.guide_page import GuidePage

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_DOCUMENTS: Final = 0
_SHEET: Final = 1
_MEMOS: Final = 2
_TABLES: Final = frozenset(
    {
        "source",
        "case_",
        "document_group",
        "speaker",
        "attribute",
        "attribute_value",
        "coding",
        "memo",
        "memo_link",
        "topic",
        "turn_topic",
    }
)
_ANSWERS: Final = frozenset({"attribute", "attribute_value"})


class Workspace(QWidget):
    """Material."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.setObjectName("material")
        # Most parts are made where they stay: put elsewhere, they are styled anew with all that is in them.
        # The left column comes first, for Tab goes through the parts as they were put into the window.
        self._whole = QStackedWidget(self)  # an import takes all the room
        split = QSplitter(Qt.Orientation.Horizontal, self._whole)
        split.setHandleWidth(1)
        self.tree = DocumentTree(desk)
        self.sheet = SheetForm(desk)
        self.memos = MemoDesk(desk)
        self.guide = GuidePage(desk)
        split.addWidget(self._left(split))
        self._right = QStackedWidget(split)
        self._right.addWidget(self._empty())
        self.document = DocumentPage(desk, self._right)
        self.case = CasePage(desk, self._right)
        for page in (self.document, self.case, self.sheet, self.memos, self.guide):
            self._right.addWidget(page)
        self.case_acts = CaseActs(desk, self)
        self.attributes = AttributePage(desk, self._right)
        self._right.addWidget(self.attributes)
        self.importing = ImportPage(desk, self._whole)
        split.setSizes([px(248), px(1190)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        self._whole.addWidget(split)
        self._whole.addWidget(self.importing)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._whole)
        self._connect()

    def _connect(self) -> None:
        self.guide.first.clicked.connect(self.new_topic)
        self.tree.turned_to.connect(self._turned)
        self.tree.entered.connect(self._entered)
        self.tree.clicked.connect(lambda _index: self._turned(*self.tree.in_hand))
        self.document.read_wanted.connect(self._read)
        self.case.document_wanted.connect(self.choose_document)
        self.importing.document_wanted.connect(self.choose_document)
        self.importing.closed.connect(self._import_closed)
        self._desk.changed.connect(self._changed)
        self._desk.case_chosen.connect(self._case_chosen)
        self._connect_cases()

    def _connect_cases(self) -> None:
        acts = self.case_acts
        self.case.table_wanted.connect(self.show_attributes)
        self.case.menu_wanted.connect(acts.show_menu)
        self.case.folder.postscript_wanted.connect(lambda: acts.new_postscript(self.case.guid))
        self.case.folder.files_wanted.connect(lambda: acts.add_documents(self.case.guid))
        self.case.folder.inner_wanted.connect(lambda: acts.new_inner(self.case.guid))
        self.attributes.case_menu_wanted.connect(acts.show_menu)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._tree_menu)
        acts.chosen.connect(self._case_chosen)
        acts.files_wanted.connect(lambda paths, case: self.import_files(paths, case=case))

    # -- the left column -------------------------------------------------------------------------------------

    def _left(self, parent: QWidget) -> QWidget:
        side = QWidget(parent)
        on_panel(side)
        side.setMinimumWidth(px(180))
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.parts = QTabBar(side)
        self.parts.setObjectName("material_parts")
        self.parts.setAccessibleName(_("Parts of the material"))
        self.parts.setDrawBase(False)
        self.parts.setExpanding(False)
        self.parts.setUsesScrollButtons(False)
        self.parts.setStyleSheet(f"QTabBar::tab {{ padding: {px(8)}px {px(8)}px {px(6)}px {px(8)}px; }}")
        for name in (_("Documents"), _("Sheet"), _("Memos")):
            self.parts.addTab(name)
        self.parts.currentChanged.connect(self._part_chosen)
        row = QHBoxLayout()
        row.setContentsMargins(px(8), 0, px(8), 0)
        row.addWidget(self.parts, 1)
        box.addLayout(row)
        box.addWidget(Line(side))
        self._lists = QStackedWidget(side)
        for page in (
            self._documents_list(self._lists),
            self._sheet_list(self._lists),
            self._memo_list(self._lists),
        ):
            self._lists.addWidget(page)
        box.addWidget(self._lists, 1)
        return side

    def _documents_list(self, parent: QWidget) -> QWidget:
        page = QWidget(parent)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._new = LinkButton(_("New"), "material_new", page)
        self._new.setAccessibleName(_("New: transcripts, document, case, group"))
        self._new.clicked.connect(self._show_new)
        self._new.setVisible(not self._desk.project.read_only)
        box.addLayout(head_row(_("Documents and cases"), self._new))
        self._due = DueLine(self._desk, page)
        box.addWidget(self._due)
        box.addWidget(self.tree, 1)
        box.addWidget(Line(page))
        self.all_cases = LinkButton(_("Cases and attributes"), "material_attributes", page)
        self.all_cases.clicked.connect(lambda _checked=False: self.show_attributes())
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(4), px(12), px(4))
        row.addWidget(self.all_cases)
        row.addStretch(1)
        box.addLayout(row)
        return page

    def _sheet_list(self, parent: QWidget) -> QWidget:
        page = QWidget(parent)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Project sheet")))
        self.sections = SheetSections(self.sheet, page)
        self.sections.wanted.connect(self._show_section)
        box.addWidget(self.sections, 3)
        new = LinkButton(_("New"), "topic_new", page)
        new.setAccessibleName(_("New topic of the interview guide"))
        new.clicked.connect(self.new_topic)
        new.setVisible(not self._desk.project.read_only)
        box.addWidget(Line(page))
        box.addLayout(head_row(_("Interview guide"), new))
        self.topics = TopicList(self._desk, page)
        self.topics.turned_to.connect(self._show_topic)
        self.topics.entered.connect(self.guide.name.setFocus)
        box.addWidget(self.topics, 2)
        return page

    def _memo_list(self, parent: QWidget) -> QWidget:
        page = QWidget(parent)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        new = LinkButton(_("New"), "memo_new", page)
        new.setAccessibleName(_("New memo"))
        new.clicked.connect(lambda: self.memos.new_menu(new).popup(new.mapToGlobal(QPoint(0, new.height()))))
        new.setVisible(not self._desk.project.read_only)
        box.addLayout(head_row(_("Memos"), new))
        box.addWidget(self.memos.types, 3)
        box.addWidget(Line(page))
        box.addWidget(self.memos.piles, 2)
        return page

    def _empty(self) -> QWidget:
        page = QWidget()
        on_paper(page)
        box = QVBoxLayout(page)
        box.setContentsMargins(px(40), 0, px(40), px(80))
        box.setSpacing(px(12))
        box.addStretch(1)
        title = heading(_("Bring in the first transcripts"), page)
        words = QLabel(
            _(
                "Drop Word, text or Markdown files here. Turns, speakers and time marks are found; "
                "the files stay as they are."
            ),
            page,
        )
        words.setWordWrap(True)
        words.setProperty("quiet", True)
        words.setFixedWidth(px(440))
        self.add = QPushButton(_("Add transcripts…"), page)
        self.add.setObjectName("import_first")
        self.add.setAccessibleName(_("Add transcripts"))
        self.add.setDefault(True)
        self.add.clicked.connect(self.ask_files)
        self.add.setEnabled(not self._desk.project.read_only)
        for widget in (title, words, self.add):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMinimumHeight(words.heightForWidth(px(440)))  # a layout that centres asks for one line
        box.addStretch(1)
        return page

    def _show_new(self) -> None:
        menu = QMenu(self._new)
        menu.addAction(_("Transcripts…"), self.ask_files)
        menu.addAction(_("Survey or table…"), self.attributes.ask_in)
        menu.addAction(_("Field note or document"), self.new_document)
        menu.addSeparator()
        menu.addAction(_("Case"), self.new_case)
        menu.addAction(_("Group of documents"), self.new_group)
        menu.popup(self._new.mapToGlobal(QPoint(0, self._new.height())))

    # -- coming to the front ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """The workspace comes to the front."""
        if self._stale:
            self.refresh()
        else:
            self._show_part()

    @property
    def is_importing(self) -> bool:
        """Whether an import is in front."""
        return self._whole.currentWidget() is self.importing

    def focus_first(self) -> None:
        """To the list at the left, or to the one button of an empty study; to the import in front."""
        if self.is_importing:
            self.importing.focus_first()
        elif self.parts.currentIndex() == _DOCUMENTS:
            empty = self.tree.model().rowCount() == 0
            (self.add if empty and self.add.isVisible() else self.tree).setFocus()
        elif self.parts.currentIndex() == _SHEET:
            self.sections.setFocus()
        else:
            self.memos.list.setFocus()

    def keep_state(self) -> None:
        """The study is being closed: nothing goes on in the background."""
        self.importing.stop()

    def refresh(self) -> None:
        """Reads documents and cases anew."""
        self._stale = False
        self.tree.blockSignals(True)  # what is in hand is shown once, at the end
        self.tree.refresh()
        if not self.tree.in_hand[0]:
            self.tree.choose_first()
        self.tree.blockSignals(False)
        self._due.show_cases(self.tree.cases)
        self._show_part()

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES:
            if self.isVisible() and change.tables <= _ANSWERS:  # the tree shows nothing of them
                self._show_part()
                return
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _part_chosen(self, part: int) -> None:
        self._lists.setCurrentIndex(part)
        self._show_part()
        self._actions_later()

    def _show_part(self) -> None:
        part = self.parts.currentIndex()
        if self.isVisible() and not self.is_importing:
            self._desk.told.emit(self._standing(part))
        if part == _SHEET:
            self.topics.refresh()
            if self._right.currentWidget() is not self.guide:
                self._right.setCurrentWidget(self.sheet)
                self.sheet.shown()
        elif part == _MEMOS:
            self._right.setCurrentWidget(self.memos)
            self.memos.shown()
        elif self._right.currentWidget() is self.attributes:
            self.attributes.refresh()
        elif not self.is_importing:
            self._turned(*self.tree.in_hand)

    def _standing(self, part: int) -> str:
        """What there is, for the line at the bottom."""
        if part == _MEMOS:
            self.memos.shown()
            return self.memos.standing()
        documents, cases = self.tree.counts
        told = ngettext("{n} document", "{n} documents", documents).format(n=documents)
        return f"{told}, {ngettext('{n} case', '{n} cases', cases).format(n=cases)}"

    def show_documents(self) -> None:
        """Documents and cases."""
        self._whole.setCurrentIndex(0)
        self.parts.setCurrentIndex(_DOCUMENTS)
        self.tree.setFocus()

    def show_sheet(self) -> None:
        """The project sheet."""
        self._whole.setCurrentIndex(0)
        self.parts.setCurrentIndex(_SHEET)
        self._show_section(self.sheet.title)

    def _show_section(self, field: QWidget) -> None:
        self._right.setCurrentWidget(self.sheet)
        self.sheet.shown()
        self.sheet.go_to(field)
        self._actions_later()

    def show_guide(self) -> None:
        """The interview guide."""
        self._whole.setCurrentIndex(0)
        self.parts.setCurrentIndex(_SHEET)
        self.topics.refresh()
        if self.topics.currentRow() < 0:
            self.topics.setCurrentRow(0)
        self._show_topic(self.topics.current)
        (self.topics if self.topics.count() else self.guide.first).setFocus()

    def _show_topic(self, topic: str) -> None:
        if self.parts.currentIndex() == _SHEET:
            self._right.setCurrentWidget(self.guide)
            self.guide.show_topic(topic)
            self._actions_later()

    def new_topic(self) -> None:
        """Asks for a name and makes a topic of the interview guide."""
        ask_name(self, _("New topic"), _("Name of the topic"), self.add_topic)

    def add_topic(self, name: str) -> None:
        """Makes a topic of this name and takes it in hand."""
        from qda.coding.topics import add_topic

        if guid := self._desk.do(add_topic, name=name):
            self.show_guide()
            self.topics.choose(guid)
            self.guide.question.setFocus()

    def show_memos(self, memo: str = "") -> None:
        """The memo desk, with a memo in hand if one is named."""
        self._whole.setCurrentIndex(0)
        self.parts.setCurrentIndex(_MEMOS)
        self.memos.shown()
        if memo:
            self.memos.choose(memo)
        self.memos.list.setFocus()

    # -- what is in hand -------------------------------------------------------------------------------------

    @property
    def selected_kind(self) -> str:
        """What F2 and Del work on: source, case, group, memo, topic; empty where they do not."""
        if self.is_importing:
            return ""
        if self.parts.currentIndex() == _MEMOS:
            return "memo" if self.memos.editor.guid else ""
        if self._right.currentWidget() is self.guide:
            return "topic" if self.guide.topic else ""
        if self._right.currentWidget() is self.attributes:
            return ""
        return self.tree.in_hand[0] if self.parts.currentIndex() == _DOCUMENTS else ""

    def _turned(self, kind: str, guid: str) -> None:
        if kind == "source" and self.document.show_document(guid):
            self._right.setCurrentWidget(self.document)
        elif kind == "case" and self.case.show_case(guid):
            self._right.setCurrentWidget(self.case)
        else:
            self._right.setCurrentIndex(0)
        self._actions_later()

    def _actions_later(self) -> None:
        later = getattr(self.window(), "actions_later", None)
        if later is not None:
            later()

    def _entered(self, kind: str, guid: str) -> None:
        if kind == "source":
            self._read(guid)
        elif kind == "case":
            self.case.description.setFocus()

    def _read(self, guid: str) -> None:
        self._desk.source_wanted.emit(guid, -1, -1)

    def choose_document(self, guid: str) -> None:
        """Takes a document in hand."""
        self._whole.setCurrentIndex(0)
        self.parts.setCurrentIndex(_DOCUMENTS)
        self._right.setCurrentIndex(0)
        if self.tree.in_hand == ("source", guid):
            self._turned("source", guid)
        else:
            self.tree.choose("source", guid)

    def _case_chosen(self, guid: str) -> None:
        self._whole.setCurrentIndex(0)
        if self._stale:
            self.refresh()
        if self.parts.currentIndex() != _DOCUMENTS:
            self.parts.setCurrentIndex(_DOCUMENTS)
        if self.tree.in_hand == ("case", guid):
            self._turned("case", guid)
        else:
            self.tree.choose("case", guid)

    def show_attributes(self) -> None:
        """All cases with their attributes."""
        self._whole.setCurrentIndex(0)
        self.parts.setCurrentIndex(_DOCUMENTS)
        self.attributes.refresh()
        self._right.setCurrentWidget(self.attributes)
        self.attributes.view.setFocus()
        self._actions_later()

    def _tree_menu(self, at: QPoint) -> None:
        index, current = self.tree.indexAt(at), self.tree.currentIndex()
        kind, guid = self.tree.in_hand
        if kind not in ("case", "source") or (index.isValid() and index != current):
            return
        where = at if index.isValid() else self.tree.visualRect(current).bottomLeft()  # by the menu key
        place = self.tree.viewport().mapToGlobal(where)
        if kind == "case":
            self.case_acts.show_menu(guid, place)
        else:
            document_menu(self, guid, self._read).popup(place)

    # -- acts ------------------------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Asks for transcripts and brings them in; an import that waits behind something else comes back."""
        if self.importing.is_open and not self.is_importing:
            self._whole.setCurrentWidget(self.importing)
            self.importing.focus_first()
            return
        patterns = " ".join(f"*{s}" for s in SUFFIXES)
        paths, _kind = QFileDialog.getOpenFileNames(
            self,
            _("Add transcripts"),
            str(documents_folder()),
            f"{_('Transcripts')} ({patterns});;{_('All files')} (*)",
        )
        if paths:
            self.import_files([Path(p) for p in paths])

    def import_files(self, paths: list[Path], *, case: str = "") -> None:
        """Brings files in; folders give the transcripts in them. ``case``: whose documents they are."""
        from qda.ui.memos.autosave import flush

        if self._desk.project.read_only:
            self._desk.refused.emit(_("This study can only be read; nothing can be brought in."))
            return
        files = expanded(paths)
        if not files:
            self._desk.refused.emit(_("There is no transcript and no table in this folder."))
            return
        flush(self)
        self.parts.setCurrentIndex(_DOCUMENTS)
        self._whole.setCurrentWidget(self.importing)
        self.importing.begin(files, case=case)
        self._actions_later()

    def _import_closed(self) -> None:
        self._whole.setCurrentIndex(0)
        self._right.setCurrentIndex(0)
        if not self.tree.in_hand[0]:
            self.tree.blockSignals(True)  # what is in hand is shown once
            self.tree.choose_first()
            self.tree.blockSignals(False)
        self.tree.setFocus()
        QTimer.singleShot(0, self, lambda: self._turned(*self.tree.in_hand))

    def new_case(self) -> None:
        """Asks for a name and makes a case; the document in hand comes into it if it has none."""
        ask_name(self, _("New case"), _("Name of the case"), self.add_case)

    def add_case(self, name: str) -> None:
        """Makes a case of this name and takes it in hand."""
        from qda.coding.cases import add_case

        if guid := self._desk.do(add_case, name=name):
            self.show_documents()
            self.tree.choose("case", guid)

    def new_group(self) -> None:
        """Asks for a name and makes a group."""
        ask_name(self, _("New group of documents"), _("Name of the group"), self.add_group)

    def add_group(self, name: str) -> None:
        """Makes a group of documents."""
        from qda.coding.documents import add_group

        if self._desk.do(add_group, name=name):
            self.show_documents()

    def new_document(self) -> None:
        """A field note or other text to be typed or pasted in."""
        from qda.ui.material.writing import NewDocumentDialog

        dialog = NewDocumentDialog(self)
        dialog.written.connect(self.add_document)
        dialog.open()

    def add_document(self, title: str, kind: str, text: str) -> None:
        """Takes in a text typed here."""
        from qda.coding.documents import add_document

        if guid := self._desk.do(add_document, title=title, kind=kind, text=text):
            self.show_documents()
            self.choose_document(guid)

    def read_selected(self) -> None:
        """Opens the document in hand for reading and coding."""
        kind, guid = self.tree.in_hand
        if kind == "source":
            self._read(guid)

    def rename_selected(self) -> None:
        """Begins to rename what is in hand."""
        if self.selected_kind == "memo":
            self.memos.editor.title.setFocus()
            return
        if self.selected_kind == "topic":
            self.guide.name.setFocus()
            self.guide.name.selectAll()
            return
        kind, guid = self.tree.in_hand
        if kind == "group":
            name = self.tree.currentIndex().data()
            ask_name(
                self,
                _("Rename group"),
                _("Name of the group"),
                lambda new: self._rename_group(guid, new),
                start=name,
            )
            return
        field = self.document.title if kind == "source" else self.case.name
        field.setFocus()
        field.selectAll()

    def _remove_topic(self) -> None:
        from qda.coding.topics import remove_topic

        name = self.guide.name.text()
        if self._desk.do(remove_topic, topic=self.guide.topic):
            self._desk.told.emit(_("Removed “{name}”.").format(name=name))

    def _rename_group(self, guid: str, name: str) -> None:
        from qda.coding.documents import rename_group

        self._desk.do(rename_group, group=guid, name=name)

    def remove_selected(self) -> None:
        """Removes what is in hand; undo is offered below."""
        from qda.coding.cases import remove_case
        from qda.coding.documents import remove_group, remove_source
        from qda.ui.memos.autosave import flush

        flush(self)
        if self.selected_kind == "memo":
            self.memos.remove_memo()
            return
        if self.selected_kind == "topic":
            self._remove_topic()
            return
        kind, guid = self.tree.in_hand
        name = self.tree.currentIndex().data()
        done = None
        if kind == "source":
            done = self._desk.do(remove_source, source=guid)
        elif kind == "case":
            done = self._desk.do(remove_case, case=guid)
        elif kind == "group":
            done = self._desk.do(remove_group, group=guid)
        if done:
            self._desk.told.emit(_("Removed “{name}”.").format(name=name))
            self.tree.choose_first()
