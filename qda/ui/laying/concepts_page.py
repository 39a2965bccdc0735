"""Sensitizing concepts: a list of their own, from literature or a code list; codes only when asked for."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding import concepts
from qda.i18n import _, ngettext
from qda.ui.asking import ask_name
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.laying.concept_list import GUID, ConceptList, guid_of
from qda.ui.places import Page
from qda.ui.surfaces import LinkButton, on_panel, on_paper, section, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset({"sensitizing_concept", "code", "memo_link"})


class ConceptsPage(Page):
    """The list at the left, the concept in hand at the right. Every change is an act."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[str, concepts.ConceptRow] = {}
        self._shown = ""
        self.setObjectName("concepts")
        self.setAccessibleName(_("Sensitizing concepts"))
        on_paper(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._left())
        box.addWidget(self._right(), 1)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        desk.changed.connect(self._changed)

    # -- building -------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        panel = on_panel(QWidget(self))
        panel.setFixedWidth(px(340))
        self.list = ConceptList(panel)
        self.list.setObjectName("concept_list")
        self.list.setAccessibleName(_("Sensitizing concepts"))
        self.list.setProperty("panel", True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setToolTip(_("Dragging, or Alt with the arrow keys, gives a concept another place"))
        self.list.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
        self.list.currentItemChanged.connect(lambda item, _old: self._show(guid_of(item)))
        box = QVBoxLayout(panel)
        box.setContentsMargins(0, px(12), 0, px(12))
        box.setSpacing(px(8))
        head, foot = QVBoxLayout(), QVBoxLayout()
        for part in (head, foot):
            part.setContentsMargins(px(16), 0, px(16), 0)
            part.setSpacing(px(6))
        head.addWidget(heading(_("Sensitizing concepts"), panel))
        head.addWidget(
            small(
                _(
                    "Words from the literature that sharpen the eye. "
                    "None is a code before the data ask for it."
                ),
                panel,
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(self._button("new_concept", _("New…"), self.ask_new))
        row.addWidget(self._button("bring_in_list", _("Bring in a code list…"), self.ask_list))
        row.addStretch(1)
        foot.addLayout(row)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        return panel

    def _right(self) -> QWidget:
        page = QWidget(self)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(px(40), px(12), px(24), px(24))
        back = LinkButton(_("Back to the text"), "concepts_back", page)
        back.clicked.connect(self.closed)
        outer.addWidget(back, 0, Qt.AlignmentFlag.AlignRight)
        self.empty = small(
            _("No sensitizing concepts yet. Write one down, or bring in a code list (txt, csv or xlsx)."),
            page,
            wrap=True,
        )
        outer.addWidget(self.empty)
        self.form = QWidget(page)
        self.form.setMaximumWidth(px(680))
        box = QVBoxLayout(self.form)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        self.name, self.origin = QLineEdit(page), QLineEdit(page)
        self.definition = QPlainTextEdit(page)
        self.definition.setTabChangesFocus(True)
        self.definition.setFixedHeight(px(140))
        for field, name, words in (
            (self.name, "concept_name", _("Name")),
            (self.origin, "concept_origin", _("Where it is from")),
            (self.definition, "concept_definition", _("What it means there")),
        ):
            label = section(words, page)
            label.setBuddy(field)
            field.setObjectName(name)
            field.setAccessibleName(words)
            field.setReadOnly(self._desk.project.read_only)
            box.addWidget(label)
            box.addWidget(field)
            box.addSpacing(px(8))
        for line in (self.name, self.origin):
            line.editingFinished.connect(self.settle)
        self.became = QLabel(page)
        self.became.setObjectName("concept_became")
        box.addWidget(self.became)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.make = self._button("concept_to_code", _("Make a code of it"), self.make_code)
        self.memo = self._button("concept_memo", _("Memo…"), self._memo)
        self.remove = self._button("remove_concept", _("Remove"), self.remove_current)
        for button in (self.make, self.memo, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        outer.addWidget(self.form)
        outer.addStretch(1)
        return page

    def _button(self, name: str, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words.rstrip("…"))
        button.setEnabled(not self._desk.project.read_only)
        button.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
        return button

    # -- what is shown --------------------------------------------------------------------------------------

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES and self.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Shows the concepts as they are now; the one in hand stays."""
        self._soon.stop()
        found = concepts.concepts(self._desk.project)
        self._rows = {row.guid: row for row in found}
        at = self.list.currentRow()
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for row in found:
            item = QListWidgetItem(row.name)
            item.setData(GUID, row.guid)
            item.setToolTip("\n".join(part for part in (row.origin, row.definition) if part))
            self.list.addItem(item)
        order = list(self._rows)
        place = order.index(self._shown) if self._shown in self._rows else max(0, min(at, len(order) - 1))
        self.list.setCurrentRow(place if order else -1)
        self.list.blockSignals(blocked)
        self._show(order[place] if order else "", keep=True)

    def _show(self, guid: str, *, keep: bool = False) -> None:
        if not keep:
            self.settle()
        row = self._rows.get(guid)
        self._shown = guid if row else ""
        self.form.setVisible(row is not None)
        self.empty.setVisible(row is None)
        if row is None:
            return
        for line, words in ((self.name, row.name), (self.origin, row.origin)):
            if line.text() != words:
                line.setText(words)
        if self.definition.toPlainText() != row.definition:
            self.definition.setPlainText(row.definition)
        self.became.setVisible(row.code is not None)
        self.became.setText(_("Became the code “{name}”.").format(name=row.code_name))
        self.make.setEnabled(row.code is None and not self._desk.project.read_only)
        memos = ngettext("Memo… ({n})", "Memo… ({n})", row.memos).format(n=row.memos)
        self.memo.setText(memos if row.memos else _("Memo…"))

    def focus_first(self) -> None:
        """The focus goes to the list, or to the first thing to do."""
        (self.list if self._rows else self.findChild(QPushButton, "new_concept") or self.list).setFocus()

    # -- acts -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Writes down what was typed for the concept in hand."""
        row = self._rows.get(self._shown)
        if row is None or self._desk.project.read_only:
            return
        typed = {
            "name": self.name.text().strip() or row.name,
            "origin": self.origin.text().strip(),
            "definition": self.definition.toPlainText().strip(),
        }
        changed = {key: words for key, words in typed.items() if words != getattr(row, key)}
        if changed:
            self._desk.do(concepts.change_concept, concept=row.guid, **changed)
            found = {one.guid: one for one in concepts.concepts(self._desk.project)}
            self._rows = {guid: found[guid] for guid in self._rows if guid in found}

    def _move(self, concept: str, place: int) -> None:
        self.settle()
        self._desk.do(concepts.move_concept, concept=concept, position=place)
        self.refresh()

    def ask_new(self) -> None:
        """Asks for the name of a new concept."""
        ask_name(self, _("New sensitizing concept"), _("Name"), self.add)

    def add(self, name: str) -> None:
        """Adds a concept and takes it in hand."""
        self.settle()
        if made := self._desk.do(concepts.add_concept, name=name):
            self._shown = made
            self.refresh()

    def ask_list(self) -> None:
        """Asks for a file with a code list; what is in it is seen before it comes in."""
        from qda.ui.code_tree_in.dialog import CodeTreeDialog

        self.settle()
        dialog = CodeTreeDialog(self._desk, self.window())
        dialog.as_concepts.setChecked(True)
        dialog.open()
        dialog.ask_file()

    def make_code(self) -> None:
        """Makes a code of the concept in hand; its memos hang on both."""
        self.settle()
        if self._shown and (made := self._desk.do(concepts.concept_to_code, concept=self._shown)):
            self.refresh()
            self._desk.code_chosen.emit(made)

    def _memo(self) -> None:
        self.settle()
        if self._shown:
            self._desk.memo_wanted.emit("", f"concept:{self._shown}")

    def remove_current(self) -> None:
        """Removes the concept in hand; undo brings it back, and its code stays."""
        row = self._rows.get(self._shown)
        if row is not None and self._desk.do(concepts.remove_concept, concept=row.guid):
            self._shown = ""
            self.refresh()
            self._desk.told.emit(_("Removed “{name}”.").format(name=row.name))

    def hideEvent(self, event: object) -> None:
        self.settle()
        super().hideEvent(event)  # type: ignore[arg-type]
