"""The dialog that takes a code tree in: choose a file, look at the tree as it will be, take it over."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.background import Background
from qda.ui.code_tree_in.tree import PreviewTree
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.preferences import documents_folder
from qda.ui.status import announce, locale
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.coding.code_tree_form import Choice, CodeFile
    from qda.coding.code_tree_plan import Plan
    from qda.coding.rows import CodeRow
    from qda.ui.desk import Desk

_LONGEST_DETAIL: Final = 900  # characters


class CodeTreeDialog(QDialog):
    """Nothing changes until "Take over" is pressed; then all of it is one act."""

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Background | None = None
        self._path: Path | None = None
        self._rows: list[CodeRow] = []
        self.plan: Plan | None = None
        self.setObjectName("code_tree_in")
        self.setWindowTitle(_("Code tree from a file"))
        self.resize(px(640), px(220))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(8))
        box.addWidget(heading(_("Code tree from a file"), self))
        self.told = small("", self, wrap=True)
        self.told.setObjectName("code_tree_told")
        box.addWidget(self.told)
        self.columns = self._columns()
        box.addWidget(self.columns)
        self.both = self._check(
            "code_tree_both", _("Where study and file have changed the same, the &file counts")
        )
        self.as_concepts = self._check("code_tree_concepts", _("As &sensitizing concepts, not as codes"))
        self.both.toggled.connect(lambda _on: self._show())
        self.as_concepts.toggled.connect(lambda _on: self._read_again())
        box.addWidget(self.both)
        box.addWidget(self.as_concepts)
        self.tree = PreviewTree(self)
        self.tree.currentItemChanged.connect(lambda *_items: self._show_current())
        box.addWidget(self.tree, 1)
        self.detail = small("", self, wrap=True)
        self.detail.setObjectName("code_tree_detail")
        box.addWidget(self.detail)
        box.addStretch(0)
        box.addWidget(self._buttons())
        self._show_empty()

    # -- building --------------------------------------------------------------------------------------------

    def _check(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setObjectName(name)
        box.setAccessibleName(words.replace("&", ""))
        return box

    def _columns(self) -> QWidget:
        """Which column of a table holds what."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.name, self.above, self.definition = (QComboBox(holder) for _n in range(3))
        for combo, name, words in (
            (self.name, "code_tree_name", _("&Name:")),
            (self.above, "code_tree_above", _("Stands &under:")),
            (self.definition, "code_tree_definition", _("&Definition:")),
        ):
            label = QLabel(words, holder)
            label.setBuddy(combo)
            combo.setObjectName(name)
            combo.setAccessibleName(words.replace("&", "").rstrip(":"))
            combo.setMinimumContentsLength(10)
            combo.activated.connect(lambda _at: self._read_again(chosen=True))
            row.addWidget(label)
            row.addWidget(combo, 1)
        return holder

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.choose: QPushButton = buttons.addButton(_("Choose file…"), role.ActionRole)
        self.take: QPushButton = buttons.addButton(_("Take over"), role.ActionRole)
        self.leave: QPushButton = buttons.addButton(_("Cancel"), role.RejectRole)
        for name, button in (
            ("code_tree_choose", self.choose),
            ("code_tree_take", self.take),
            ("code_tree_leave", self.leave),
        ):
            button.setObjectName(name)
            button.setAccessibleName(button.text().rstrip("…"))
            button.setAutoDefault(False)
        self.choose.clicked.connect(self.ask_file)
        self.take.clicked.connect(self.take_over)
        buttons.rejected.connect(self.reject)
        return buttons

    def _show_empty(self) -> None:
        for widget in (self.columns, self.both, self.as_concepts, self.tree, self.detail):
            widget.hide()
        self.told.setText(
            _(
                "Choose a code tree that the program wrote and somebody changed (xlsx, csv, OPML, GraphML, "
                "Markdown): what was changed in it is changed in the study. Any other list of codes arrives "
                "as sensitizing concepts, as codes only in a content analysis. You see all of it before "
                "anything changes, and nothing is removed."
            )
        )
        self.take.setEnabled(False)
        self.choose.setDefault(True)

    # -- choosing and reading --------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Asks for the file."""
        from qda.exchange.code_list import SUFFIXES

        kinds = f"{_('Code trees and lists')} ({' '.join(f'*.{one}' for one in SUFFIXES)})"
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Code tree from a file"), str(documents_folder()), f"{kinds};;{_('All files')} (*)"
        )
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Reads a file and compares it; the window answers meanwhile."""
        if self._work is not None:
            return
        self._path, self.plan = path, None
        self.told.setText(_("Reading {name} …").format(name=path.name))
        self._begin(None)

    def _read_again(self, *, chosen: bool = False) -> None:
        """With other columns, or as something else."""
        plan = self.plan
        if plan is not None:
            self._begin(self._chosen() if chosen else plan.file.chosen)

    def _chosen(self) -> "Choice":
        from qda.coding.code_tree_form import Choice

        name, before = self.name.currentData(), self.plan.file.chosen if self.plan else None
        levels = before.levels if name is None and before is not None else ()
        return Choice(name, self.above.currentData(), self.definition.currentData(), levels)

    def _begin(self, choice: "Choice | None") -> None:
        path, project, concepts = self._path, self._desk.project, self.as_concepts.isChecked()
        assert path is not None

        def work() -> object:
            from qda.coding.code_tree_plan import planned
            from qda.coding.codes import codes
            from qda.exchange.code_list import read_file

            return planned(project, read_file(path, choice), concepts=concepts), codes(project)

        for button in (self.choose, self.take):
            button.setEnabled(False)
        if self._work is None:
            self._work = Background()  # without a parent: its thread may outlive the dialog
            self._work.done.connect(lambda _name, found: self._came(found))
            self._work.failed.connect(lambda _name, sentence: self._failed(sentence))
        self._work.ask("", work)  # who has chosen on meanwhile gets the answer to the last choice alone

    def _over(self) -> None:
        self._work = None
        self.choose.setEnabled(True)

    def _failed(self, sentence: str) -> None:
        self._over()
        self.told.setText(sentence)
        announce(self, sentence)
        self.choose.setFocus()

    # -- what would arrive -----------------------------------------------------------------------------------

    def _came(self, found: tuple["Plan", list["CodeRow"]]) -> None:
        self._over()
        self.plan, self._rows = found
        self.choose.setText(_("Choose another file…"))
        self._show_columns(self.plan.file)
        self.both.setVisible(any(one.both for one in self.plan.changes))
        self.as_concepts.setVisible(self.plan.target == "codes" or self.as_concepts.isChecked())
        self.tree.show()
        self.detail.show()
        self.resize(max(self.width(), px(980)), max(self.height(), px(660)))
        self._show()
        if not self.columns.isAncestorOf(self.focusWidget() or self):
            (self.tree if self.take.isEnabled() else self.leave).setFocus()
        announce(self, self.told.text())

    def _show_columns(self, file: "CodeFile") -> None:
        """The columns of a table from elsewhere; our own needs no choice."""
        chosen = file.chosen
        asked = chosen is not None and self.plan is not None and self.plan.target != "tree"
        self.columns.setVisible(asked)
        if chosen is None:
            return
        for combo, at in (
            (self.name, chosen.name),
            (self.above, chosen.above),
            (self.definition, chosen.definition),
        ):
            combo.clear()
            if combo is not self.name or chosen.levels:
                combo.addItem(_("By levels") if combo is self.name else _("None"), None)
            for place, title in enumerate(file.columns):
                combo.addItem(title, place)
            combo.setCurrentIndex(max(0, combo.findData(at)))

    def _show(self) -> None:
        """The plan in words and as a tree."""
        from qda.coding.code_tree_plan import told
        from qda.coding.code_tree_preview import preview

        plan, both = self.plan, self.both.isChecked()
        if plan is None:
            return
        self.told.setText("\n".join(told(plan, both=both, short=True)))
        self.tree.show_rows(preview(plan, self._rows, both=both))
        n = len(plan.wanted(both=both))
        words = {
            "tree": ngettext("Take over {n} change", "Take over {n} changes", n),
            "concepts": ngettext("Take over {n} concept", "Take over {n} concepts", n),
            "codes": ngettext("Take over {n} code", "Take over {n} codes", n),
        }[plan.target].format(n=locale().toString(n))
        self.take.setText(words if n else _("Take over"))
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(n > 0)
        self.take.setDefault(n > 0)
        self.leave.setText(_("Cancel") if n else _("Close"))

    def _show_current(self) -> None:
        """What happens to the code in hand, in full."""
        one = self.tree.current()
        lines = () if one is None else (one.details or (one.definition,))
        self.detail.setText("\n".join(lines)[:_LONGEST_DETAIL])

    # -- taking ----------------------------------------------------------------------------------------------

    def take_over(self) -> None:
        """Takes everything over, as one act."""
        from qda.coding.code_tree_take import take_over

        plan, both = self.plan, self.both.isChecked()
        if plan is None or self._work is not None:
            return
        count = len(plan.wanted(both=both))
        if self._desk.do(take_over, plan=plan, both=both) is None:
            return
        words = ngettext(
            "{n} taken over from “{name}”. Undo takes all back.",
            "{n} taken over from “{name}”. Undo takes all back.",
            count,
        ).format(n=locale().toString(count), name=plan.file.name)
        self._desk.told.emit(words)
        self.accept()

    def reject(self) -> None:
        """Leaves; what is being read is not waited for."""
        if self._work is not None:
            self._work.done.disconnect()
            self._work.failed.disconnect()
            self._work = None
        super().reject()
