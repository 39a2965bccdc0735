"""The dialog that reads comments back: choose a file, look at what would arrive, take what is wanted."""

import threading
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.background import Background
from qda.ui.comments_back.list import ArrivalList
from qda.ui.dialogs import heading
from qda.ui.fonts import QUOTE, px, reading_font
from qda.ui.preferences import documents_folder
from qda.ui.status import announce, locale
from qda.ui.surfaces import LinkButton, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.comments_back import Plan
    from qda.coding.comments_back_form import CommentedFile
    from qda.ui.desk import Desk


class CommentsBackDialog(QDialog):
    """Nothing changes until "Take over" is pressed; then all of it is one act."""

    went_on = Signal(int)  # how many are taken, from the thread

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Background | None = None
        self._stop = threading.Event()
        self._path: Path | None = None
        self._file: CommentedFile | None = None
        self.plan: Plan | None = None
        self.setObjectName("comments_back")
        self.setWindowTitle(_("Read comments back"))
        self.resize(px(640), px(220))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(8))
        box.addWidget(heading(_("Read comments back"), self))
        self.told = small("", self, wrap=True)
        self.told.setObjectName("comments_told")
        box.addWidget(self.told)
        self.bar = self._progress()
        box.addWidget(self.bar)
        box.addLayout(self._choices())
        self.list = ArrivalList(self)
        self.list.counted.connect(self._count)
        self.list.currentCellChanged.connect(lambda *_cells: self._show_current())
        box.addWidget(self.list, 3)
        self.detail = self._browser()
        box.addWidget(self.detail, 1)
        box.addStretch(0)
        box.addWidget(self._buttons())
        self.went_on.connect(self.bar.setValue)
        self._show_empty()

    def _progress(self) -> QProgressBar:
        bar = QProgressBar(self)
        bar.setObjectName("comments_progress")
        bar.setAccessibleName(_("How far it is"))
        bar.setTextVisible(False)
        bar.setFixedHeight(px(6))
        return bar

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.belongs = QLabel(_("&Document:"), self)
        self.document = QComboBox(self)
        self.document.setObjectName("comments_document")
        self.document.setAccessibleName(_("Document to which the file belongs"))
        self.belongs.setBuddy(self.document)
        self.document.activated.connect(lambda _at: self._compare())
        self.every = LinkButton(_("Choose all"), "comments_all", self)
        self.none = LinkButton(_("Choose none"), "comments_none", self)
        self.every.clicked.connect(lambda: self.list.choose(every=True))
        self.none.clicked.connect(lambda: self.list.choose(every=False))
        for widget in (self.belongs, self.document):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.every)
        row.addWidget(self.none)
        return row

    def _browser(self) -> QTextBrowser:
        browser = QTextBrowser(self)
        browser.setObjectName("comment_detail")
        browser.setAccessibleName(_("The comment and its passage"))
        browser.setTabChangesFocus(True)
        browser.setOpenLinks(False)
        browser.setMinimumHeight(px(120))
        return browser

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.choose: QPushButton = buttons.addButton(_("Choose file…"), role.ActionRole)
        self.take: QPushButton = buttons.addButton(_("Take over"), role.ActionRole)
        self.leave: QPushButton = buttons.addButton(_("Cancel"), role.RejectRole)
        for name, button in (
            ("comments_choose", self.choose),
            ("comments_take", self.take),
            ("comments_leave", self.leave),
        ):
            button.setObjectName(name)
            button.setAccessibleName(button.text().rstrip("…"))
            button.setAutoDefault(False)
        self.choose.clicked.connect(self.ask_file)
        self.take.clicked.connect(self.take_over)
        buttons.rejected.connect(self.reject)
        return buttons

    # -- choosing and reading --------------------------------------------------------------------------------

    def _show_empty(self) -> None:
        for widget in (self.bar, self.list, self.detail, self.belongs, self.document, self.every, self.none):
            widget.hide()
        self.told.setText(
            _(
                "Choose a coded transcript that came back, or another file with comments in its margin. "
                "Comments of the program arrive as codings, those of others as memos of their author on "
                "the very words. You see all of it before anything changes, and nothing is deleted."
            )
        )
        self.take.setEnabled(False)
        self.choose.setDefault(True)

    def ask_file(self) -> None:
        """Asks for the file."""
        kinds = f"{_('Texts with comments')} (*.docx *.odt *.rtf);;{_('All files')} (*)"
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Read comments back"), str(documents_folder()), kinds
        )
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Reads a file and compares it; the window answers meanwhile."""
        if self._work is not None:
            return
        from qda.exchange.comments_back import read_file

        self._path, self._file = path, None
        self.document.clear()
        self.told.setText(_("Reading {name} …").format(name=path.name))
        self._begin(lambda: read_file(path), self._was_read)

    def _was_read(self, file: "CommentedFile") -> None:
        self._over()
        self._file = file
        self._compare()

    def _compare(self) -> None:
        """What would arrive, with the document that is chosen."""
        file, project = self._file, self._desk.project
        if file is None or self._work is not None:
            return
        from qda.coding.comments_back import planned

        source = self.document.currentData() or None
        self._begin(lambda: planned(project, file, source=source), self._show_plan)

    def _begin(self, work: Callable[[], object], then: Callable[[Any], None]) -> None:
        self.bar.setRange(0, 0)
        self.bar.show()
        for button in (self.choose, self.take):
            button.setEnabled(False)
        self._work = Background()  # without a parent: its thread may outlive the dialog
        self._work.done.connect(lambda _name, found: then(found))
        self._work.failed.connect(lambda _name, sentence: self._failed(sentence))
        self._work.ask("", work)

    def _over(self) -> None:
        self._work = None
        self.bar.hide()
        self.choose.setEnabled(True)
        self.leave.setEnabled(True)

    def _failed(self, sentence: str) -> None:
        self._over()
        self._desk.end_work()
        self.told.setText(sentence)
        self.list.setEnabled(True)
        if self._file is not None:  # it is only not known where it belongs
            self._show_documents(())
        self.take.setEnabled(self.plan is not None and bool(self.list.chosen()))
        announce(self, sentence)
        (self.document if self.document.isVisible() else self.choose).setFocus()

    # -- what would arrive -----------------------------------------------------------------------------------

    def _show_documents(self, found: tuple[str, ...]) -> None:
        """The documents to choose from, where the file does not say itself to which one it belongs."""
        from qda.coding.material import sources

        assert self._file is not None
        asked = not self._file.records
        self.belongs.setVisible(asked)
        self.document.setVisible(asked)
        if not asked or self.document.count():
            return
        if not found:
            self.document.addItem(_("Choose a document"), "")
        for row in sources(self._desk.project):
            self.document.addItem(row.title, row.guid)
        if found:
            self.document.setCurrentIndex(self.document.findData(found[0]))

    def _show_plan(self, plan: "Plan") -> None:
        self._over()
        self.plan = plan
        self.choose.setText(_("Choose another file…"))
        self._show_documents(plan.sources)
        self.told.setText(self._summary(plan))
        new = any(one.state != "same" for one in plan.arrivals)
        self.every.setVisible(new)
        self.none.setVisible(new)
        self.list.setVisible(new or bool(plan.missing))
        self.detail.setVisible(new or bool(plan.missing))
        self.list.show_plan(plan)
        self._show_current()
        if new or plan.missing:
            self.resize(max(self.width(), px(960)), max(self.height(), px(640)))
        if new:
            self.list.setFocus()
        else:
            self.leave.setText(_("Close"))
            self.leave.setFocus()
        announce(self, self.told.text())

    def _summary(self, plan: "Plan") -> str:
        say = locale().toString
        same = plan.counts()["same"]
        new = len(plan.arrivals) - same
        parts = [
            ngettext("{n} comment arrives", "{n} comments arrive", new).format(n=say(new)),
            ngettext("{n} is unchanged", "{n} are unchanged", same).format(n=say(same)),
        ]
        lines = [f"{plan.name}: {', '.join(parts)}."]
        if n := len(plan.missing):
            lines.append(
                ngettext(
                    "{n} comment is missing in the file; its coding stays.",
                    "{n} comments are missing in the file; their codings stay.",
                    n,
                ).format(n=say(n))
            )
        return "\n".join(lines)

    def _count(self) -> None:
        n = len(self.list.chosen())
        self.take.setEnabled(n > 0 and self._work is None)
        words = ngettext("Take over {n} comment", "Take over {n} comments", n).format(n=locale().toString(n))
        self.take.setText(words if n else _("Take over"))
        self.take.setAccessibleName(self.take.text())
        self.take.setDefault(n > 0)

    def _show_current(self) -> None:
        """The comment in hand in full, with its passage."""
        plan = self.plan
        if plan is None:
            return
        minor = tokens_of(self).minor
        self.detail.document().setDefaultFont(reading_font(QUOTE))
        number, gone = self.list.current_number(), self.list.current_missing()
        if number is not None:
            one = plan.arrivals[number]
            head = (one.path or one.title, one.author, one.body, one.cited, one.words)
        elif gone is not None:
            head = (gone.title, gone.author, "", gone.cited, gone.words)
        else:
            head = ("",) * 5
        title, author, body, cited, words = (escape(part) for part in head)
        parts = [f"<b>{title}</b> <span style='color:{minor}'>{author}</span>"]
        parts += [line for line in body.splitlines() if line.strip()]
        if words:
            said = words.replace("\n", "<br>")
            parts.append(f"<span style='color:{minor}'>{cited}<br>{said}</span>")
        style = f"margin-top:0; margin-bottom:{px(5)}px"
        self.detail.setHtml("".join(f"<p style='{style}'>{part}</p>" for part in parts))

    # -- taking ----------------------------------------------------------------------------------------------

    def take_over(self) -> None:
        """Takes what is chosen, as one act, in the background; it can be stopped."""
        plan, desk = self.plan, self._desk
        if plan is None or self._work is not None:
            return
        from qda.coding.comments_back import take

        chosen = self.list.chosen()
        self._stop.clear()

        def progress(done: int) -> bool:
            if done % 10 == 0:
                self.went_on.emit(done)
            return not self._stop.is_set()

        self.told.setText(_("Taking over …"))
        self.list.setEnabled(False)
        self._begin(lambda: take(desk.project, plan, chosen=chosen, progress=progress), self._taken)
        self.bar.setRange(0, len(chosen))
        assert self._work is not None
        desk.begin_work(self._end_work)

    def _end_work(self) -> None:
        self._stop.set()
        if self._work is not None:
            self._work.wait()

    def _taken(self, count: int) -> None:
        self._over()
        self._desk.end_work()
        told = ngettext(
            "{n} comment taken over. Undo takes all back.",
            "{n} comments taken over. Undo takes all back.",
            count,
        ).format(n=locale().toString(count))
        self._desk.told.emit(told)
        self.accept()

    def reject(self) -> None:
        """Leaves; what is being taken over is stopped, and nothing of it is kept."""
        if self._desk.at_work:
            self._stop.set()
            self.leave.setEnabled(False)
            return
        if self._work is not None:
            self._work.done.disconnect()
            self._work.failed.disconnect()
            self._work = None
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._desk.at_work:
            self._stop.set()
            event.ignore()
            return
        super().closeEvent(event)
