"""A case deleted for good: first what would go, then the case's name typed, then it is gone for ever.

Nothing here happens by Enter alone: the button is no default one, and it waits for the name.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.asking import ask_name
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.material.background import Work
from qda.ui.material.withdrawal_words import changing, going, staying
from qda.ui.status import announce
from qda.ui.surfaces import LinkButton, scrolled, section, small

if TYPE_CHECKING:
    from qda.coding.withdrawing import Withdrawal
    from qda.ui.desk import Desk


class DeletingDialog(QDialog):
    """Counts, asks for the name, deletes, says what was done."""

    deleted = Signal(str)  # the case

    def __init__(self, desk: "Desk", case: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case = case
        self._name = name
        self._work: Work | None = None
        self._closing = False
        self._over = False
        self._renamed: dict[str, str] = {}  # codes renamed here, with the name they had
        self.found: Withdrawal | None = None
        self.setObjectName("delete_for_good")
        self.setWindowTitle(_("Delete case for good"))
        self.resize(px(640), px(620))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        self._title = heading(_("Delete “{name}” for good").format(name=name), self)
        self._title.setWordWrap(True)
        box.addWidget(self._title)
        self._told = QLabel(
            _("For a withdrawn consent: what the case said goes everywhere, and cannot be brought back."),
            self,
        )
        self._told.setObjectName("deleting_told")
        self._told.setWordWrap(True)
        box.addWidget(self._told)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("deleting_progress")
        self.bar.setAccessibleName(_("At work"))
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(8))
        box.addWidget(self.bar)
        self._list = QWidget(self)
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, px(12), 0)
        self._lines.setSpacing(px(3))
        box.addWidget(scrolled(self._list), 1)
        box.addWidget(self._confirmation())
        box.addLayout(self._buttons())
        self.count()

    def _confirmation(self) -> QWidget:
        self._confirm = QWidget(self)
        box = QVBoxLayout(self._confirm)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        self.names_too = QCheckBox(self._confirm)
        self.names_too.setObjectName("names_too")
        box.addWidget(self.names_too)
        label = QLabel(_("To confirm, write the name of the case: {name}").format(name=self._name), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.name = QLineEdit(self._confirm)
        self.name.setObjectName("confirm_name")
        self.name.setAccessibleName(label.text())
        self.name.textChanged.connect(self._typed)
        label.setBuddy(self.name)
        box.addWidget(label)
        box.addWidget(self.name)
        return self._confirm

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = self._button("cancel", _("Cancel"), self.reject)
        self.delete = self._button("delete", _("Delete for good"), self.delete_now)
        self.cancel.setDefault(True)
        row.addWidget(self.delete)
        row.addWidget(self.cancel)
        return row

    def _button(self, name: str, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        return button

    # -- counting --------------------------------------------------------------------------------------------

    def count(self) -> None:
        """Counts what would go, by trying it out."""
        from qda.coding.withdrawing import count

        project, case = self._desk.project, self._case
        self._begin(lambda _step: count(project, case=case), self._counted)

    def _begin(self, function: Callable[[Callable[[int], None]], Any], done: Callable[..., object]) -> None:
        self.bar.show()
        self._confirm.setEnabled(False)
        self.delete.setEnabled(False)
        self._work = Work(self._desk, function, self)
        self._work.done.connect(done)
        self._work.start()

    def _counted(self, found: Any, sentence: str) -> None:
        self._work = None
        self.bar.hide()
        if self._closing:
            super().reject()
            return
        if found is None:
            self._told.setText(sentence)
            self._confirm.hide()
            self.delete.hide()
            return
        self.found = found
        self._confirm.setEnabled(True)
        self.names_too.setVisible(bool(found.naming))
        n = found.naming
        self.names_too.setText(
            ngettext(
                "Also take its name out of the {n} text of yours that names it",
                "Also take its name out of the {n} texts of yours that name it",
                n,
            ).format(n=n)
        )
        self.names_too.setAccessibleName(self.names_too.text())
        self._show_found(found)
        self._typed()
        self.name.setFocus()

    def _show_found(self, found: "Withdrawal") -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._part(_("Goes for ever"), going(found))
        self._part(_("Is changed"), changing(found))
        if found.in_vivo or self._renamed:
            self._show_in_vivo(found)
        self._part(_("Is not reached"), staying(found))
        self._lines.addStretch(1)

    def _part(self, title: str, lines: Iterable[str]) -> None:
        told = list(lines)
        if not told:
            return
        self._head(title)
        for words in told:
            label = QLabel(words, self._list)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setIndent(px(12))
            self._lines.addWidget(label)

    def _head(self, words: str) -> None:
        label = section(words, self._list)
        label.setContentsMargins(0, px(6), 0, 0)
        self._lines.addWidget(label)

    def _show_in_vivo(self, found: "Withdrawal") -> None:
        """Names of codes that are the case's words: they stay, unless they are renamed first."""
        from qda.coding.codes import codes

        self._head(_("Names of codes that are its words"))
        hint = _("They stay as they are, unless you rename them first. History forgets the old names.")
        self._lines.addWidget(small(hint, self._list, wrap=True))
        named = set(found.in_vivo)
        for at, row in enumerate(r for r in codes(self._desk.project) if r.name in named):
            line = QWidget(self._list)
            box = QHBoxLayout(line)
            box.setContentsMargins(px(12), 0, 0, 0)
            words = _("“{name}”").format(name=row.name)
            if row.guid in self._renamed:
                words = _("“{new}” (was “{old}”)").format(new=row.name, old=self._renamed[row.guid])
            label = QLabel(words, line)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            link = LinkButton(_("Rename…"), f"rename_code_{at}", line)
            link.setAccessibleName(_("Rename the code “{name}”").format(name=row.name))
            link.clicked.connect(
                lambda _checked=False, guid=row.guid, name=row.name: ask_name(
                    self,
                    _("Rename code"),
                    _("Name of the code"),
                    lambda new: self.rename(guid, name, new),
                    start=name,
                )
            )
            box.addWidget(label, 1)
            box.addWidget(link)
            self._lines.addWidget(line)

    def rename(self, code: str, old: str, new: str) -> None:
        """Gives a code a name of one's own, and counts again."""
        from qda.coding.codebook import rename_code

        if new != old and self._desk.do(rename_code, code=code, name=new):
            self._renamed.setdefault(code, old)
            self.count()

    # -- deleting --------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        right = self.name.text().strip() == self._name
        self.delete.setEnabled(right and self.found is not None and self._work is None)

    def delete_now(self) -> None:
        """Deletes, if the name was written; nothing else may be read or written meanwhile."""
        from qda.coding.withdrawing import delete_case_for_good

        if not self.delete.isEnabled():
            return
        project, case, confirm = self._desk.project, self._case, self.name.text()
        names_too = self.names_too.isVisible() and self.names_too.isChecked()
        self._told.setText(_("Deleting; please wait …"))
        self.cancel.setEnabled(False)
        self._freeze(True)
        self._begin(
            lambda _step: delete_case_for_good(project, case=case, confirm=confirm, names_too=names_too),
            self._was_deleted,
        )

    def _freeze(self, on: bool) -> None:
        """The window behind reads nothing while the file is held alone."""
        if (window := self.parentWidget()) is not None:
            window.window().setUpdatesEnabled(not on)

    def _was_deleted(self, done: Any, sentence: str) -> None:
        self._work = None
        self._freeze(False)
        self.bar.hide()
        self.cancel.setEnabled(True)
        if done is None:
            self._confirm.setEnabled(True)
            self._told.setText(escape(sentence))
            self._typed()
            announce(self, sentence)
            return
        assert self.found is not None
        self._over = True
        words = _("“{name}” was deleted for good: {what}.").format(name=self._name, what=self.found.sentence)
        self._title.setText(_("Deleted for good"))
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setText(words)
        self._confirm.hide()
        self.delete.hide()
        self._show_left()
        self.resize(self.width(), px(320))
        self.cancel.setText(_("Close"))
        self.cancel.setAccessibleName(_("Close"))
        self.cancel.setFocus()
        self._desk.told.emit(words)
        announce(self, words)
        self.deleted.emit(self._case)

    def _show_left(self) -> None:
        """What still has to be done by hand."""
        assert self.found is not None
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._part(_("Is not reached"), staying(self.found))
        self._lines.addStretch(1)

    def reject(self) -> None:
        """Counting ends first; a deletion cannot be stopped."""
        if self._work is None:
            super().reject()
        elif self.found is None:
            self._closing = True
