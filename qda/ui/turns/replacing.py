"""The dialog that replaces a transcript by a corrected file: choose, look at what changes, replace."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.background import Background
from qda.ui.dialogs import heading
from qda.ui.fonts import QUOTE, px, reading_font
from qda.ui.preferences import documents_folder
from qda.ui.status import announce, locale
from qda.ui.surfaces import LinkButton, section, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.replacement_changes import Counts, Passage
    from qda.coding.replacing import Replacement
    from qda.exchange.reader import Reader, ReadFile
    from qda.ui.desk import Desk

_SHOWN: Final = 200  # changes that are listed


class Preview:
    """What was found out in the thread: the file, the plan, and what of it is shown."""

    def __init__(self, desk: "Desk", source: str, file: "ReadFile") -> None:
        from qda.coding.material import paragraphs, text
        from qda.coding.replacement_changes import counted, passages
        from qda.exchange.replacing import planned

        assert file.draft is not None
        project = desk.project
        self.file = file
        self.plan: Replacement = planned(project, source=source, file=file)
        rows = paragraphs(project, source)
        self.counts: Counts = counted(self.plan, rows, file.draft)
        self.changes: list[Passage] = passages(self.plan, rows, text(project, source), most=_SHOWN + 1)
        self.lost = _lost(desk, source, self.plan)


def _lost(desk: "Desk", source: str, plan: "Replacement") -> list[tuple[str, str, str]]:
    """Codes, paragraph and words of each passage that finds no place."""
    from qda.coding.codes import marks

    named: dict[str, list[str]] = {}
    if plan.not_placed:
        for mark in marks(desk.project, source):
            named.setdefault(mark.segment, []).append(mark.name)
    return [
        (
            ", ".join(dict.fromkeys(named.get(one.guid, ()))) or _("Memo or evidence"),
            one.paragraph,
            " ".join(one.text.split()),
        )
        for one in plan.not_placed
    ]


class ReplaceDialog(QDialog):
    """Nothing changes until "Replace" is pressed; then all of it is one act."""

    def __init__(self, desk: "Desk", source: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._source = desk, source
        self._reader: Reader | None = None
        self._work: Background | None = None
        self.preview: Preview | None = None
        self._memo = ""
        self.setObjectName("replace_source")
        self.setWindowTitle(_("Replace by corrected file"))
        self.resize(px(760), px(620))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(8))
        self.title = heading(_("Replace “{title}” by a corrected file").format(title=title), self)
        self.title.setWordWrap(True)
        self.told = small("", self, wrap=True)
        self.told.setObjectName("replace_told")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("replace_progress")
        self.bar.setAccessibleName(_("Reading the file"))
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(6))
        self.changes = QTextBrowser(self)
        self.changes.setObjectName("replace_changes")
        self.changes.setAccessibleName(_("What changes"))
        self.changes.setTabChangesFocus(True)
        self.changes.setOpenLinks(False)
        self.changes_title = section(_("What changes"), self)
        self.lost_title = section("", self)
        self.lost = self._table()
        for widget in (self.title, self.told, self.bar, self.changes_title):
            box.addWidget(widget)
        box.addWidget(self.changes, 3)
        box.addWidget(self.lost_title)
        box.addWidget(self.lost, 2)
        self.note = LinkButton(_("Show the note"), "replace_note", self, flush=True)
        self.note.clicked.connect(self._show_note)
        box.addWidget(self.note)
        box.addStretch(0)
        box.addWidget(self._buttons())
        self.setAcceptDrops(False)
        self._show_empty()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3, self)
        table.setObjectName("replace_lost")
        table.setAccessibleName(_("Codings that find no place"))
        table.setHorizontalHeaderLabels([_("Code"), _("Para."), _("Quotation")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, px(220))
        return table

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.choose: QPushButton = buttons.addButton(_("Choose file…"), role.ActionRole)
        self.replace: QPushButton = buttons.addButton(_("Replace"), role.ActionRole)
        self.leave: QPushButton = buttons.addButton(_("Cancel"), role.RejectRole)
        for name, button in (
            ("replace_choose", self.choose),
            ("replace_do", self.replace),
            ("replace_leave", self.leave),
        ):
            button.setObjectName(name)
            button.setAccessibleName(button.text().rstrip("…"))
            button.setAutoDefault(False)
        self.choose.clicked.connect(self.ask_file)
        self.replace.clicked.connect(self.do_replace)
        buttons.rejected.connect(self.reject)
        return buttons

    # -- choosing and reading --------------------------------------------------------------------------------

    def _show_empty(self) -> None:
        for widget in (self.bar, self.changes, self.changes_title, self.lost, self.lost_title, self.note):
            widget.hide()
        self.replace.setEnabled(False)
        self.choose.setDefault(True)

    def ask_file(self) -> None:
        """Asks for the corrected file."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Corrected transcript"), str(documents_folder()), f"{_('All files')} (*)"
        )
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Reads a file in the child and compares it; the window answers meanwhile."""
        if self._work is not None:
            return
        from qda.exchange.reader import Reader

        self._show_empty()
        self.preview = None
        self.told.setText(_("Reading {name} …").format(name=path.name))
        self.bar.show()
        self.choose.setEnabled(False)
        self._reader = reader = Reader()

        def work() -> Preview:
            from qda.errors import KnownError

            with reader:
                file = reader.read(path)
            if file.draft is None:
                raise KnownError(
                    file.error or _("“{name}” holds a table, no transcript.").format(name=path.name)
                )
            return Preview(self._desk, self._source, file)

        self._begin(work, self._compared)

    def _begin(self, work: Callable[[], object], then: Callable[[Any], None]) -> None:
        self._work = Background()  # without a parent: its thread may outlive the dialog
        self._work.done.connect(lambda _name, found: then(found))
        self._work.failed.connect(lambda _name, sentence: self._failed(sentence))
        self._work.ask("", work)

    def _over(self) -> None:
        self._work, self._reader = None, None
        self.bar.hide()
        self.choose.setEnabled(True)

    def _failed(self, sentence: str) -> None:
        self._over()
        self._desk.end_work()
        self.told.setText(sentence)
        self.leave.setEnabled(True)
        announce(self, sentence)
        self.choose.setFocus()

    # -- the preview -----------------------------------------------------------------------------------------

    def _compared(self, preview: Preview) -> None:
        self._over()
        self.preview = preview
        self.choose.setText(_("Choose another file…"))
        counts, plan = preview.counts, preview.plan
        parts = [
            ngettext("{n} paragraph stays as it is", "{n} paragraphs stay as they are", counts.unchanged),
            ngettext("{n} changes", "{n} change", counts.changed),
            ngettext("{n} is new", "{n} are new", counts.new),
            ngettext("{n} is gone", "{n} are gone", counts.gone),
        ]
        numbers = (counts.unchanged, counts.changed, counts.new, counts.gone)
        say = locale().toString
        told = ", ".join(part.format(n=say(n)) for part, n in zip(parts, numbers, strict=True))
        carried = ngettext(
            "{n} coded passage keeps its place", "{n} coded passages keep their places", plan.carried
        ).format(n=say(plan.carried))
        draft = preview.file.draft
        warnings = " ".join(draft.warnings) if draft else ""
        lines = [preview.file.path.name, f"{told}. {carried}.", warnings]
        self.told.setText("\n".join(line for line in lines if line))
        self._show_changes(preview)
        self._show_lost(preview)
        self.replace.setEnabled(True)
        self.replace.setDefault(True)
        self.replace.setFocus()
        announce(self, self.told.text())

    def _show_changes(self, preview: Preview) -> None:
        self.changes_title.show()
        self.changes.show()
        self.changes.document().setDefaultFont(reading_font(QUOTE))
        colours = tokens_of(self)
        rows = [
            f"<tr><td style='color:{colours.minor}; padding-right:{px(12)}px' align='right'>"
            f"{escape(one.paragraph)}</td><td style='padding-bottom:{px(6)}px'>"
            f"{_change(one, colours.minor)}</td></tr>"
            for one in preview.changes[:_SHOWN]
        ]
        if len(preview.changes) > _SHOWN:
            more = _("Only the first {n} changes are listed.").format(n=_SHOWN)
            rows.append(f"<tr><td></td><td style='color:{colours.minor}'>{escape(more)}</td></tr>")
        if not rows:
            same = _("The words are the same. Turns and time marks are taken from the file.")
            rows.append(f"<tr><td></td><td style='color:{colours.minor}'>{escape(same)}</td></tr>")
        self.changes.setHtml(f"<table width='100%'>{''.join(rows)}</table>")

    def _show_lost(self, preview: Preview) -> None:
        n = len(preview.lost)
        self.lost_title.setVisible(bool(n))
        self.lost.setVisible(bool(n))
        self.lost_title.setText(
            ngettext(
                "{n} passage finds no place and is noted in a memo",
                "{n} passages find no place and are noted in a memo",
                n,
            ).format(n=n)
        )
        self.lost.setRowCount(n)
        for at, cells in enumerate(preview.lost):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.lost.setItem(at, column, item)

    # -- replacing -------------------------------------------------------------------------------------------

    def do_replace(self) -> None:
        """Replaces, as one act, in the background."""
        preview, desk = self.preview, self._desk
        if preview is None or self._work is not None:
            return
        from qda.exchange.replacing import replace_by

        self.told.setText(_("Replacing …"))
        self.bar.show()
        for button in (self.replace, self.choose, self.leave):
            button.setEnabled(False)
        self._begin(lambda: replace_by(desk.project, source=self._source, file=preview.file), self._replaced)
        assert self._work is not None
        desk.begin_work(self._work.wait)

    def _replaced(self, _source: object) -> None:
        self._over()
        self._desk.end_work()
        self.leave.setEnabled(True)
        assert self.preview is not None
        lost = len(self.preview.lost)
        if not lost:
            self._desk.told.emit(_("Replaced; all codings were carried over."))
            self.accept()
            return
        self._memo = self._newest_memo()
        for widget in (
            self.changes,
            self.changes_title,
            self.lost,
            self.lost_title,
            self.choose,
            self.replace,
        ):
            widget.hide()
        told = ngettext(
            "Replaced. {n} passage found no place; it is noted in a memo on this document. "
            "Undo takes all back.",
            "Replaced. {n} passages found no place; they are noted in a memo on this document. "
            "Undo takes all back.",
            lost,
        ).format(n=lost)
        self.told.setText(told)
        self.leave.setText(_("Close"))
        self.leave.setAccessibleName(_("Close"))
        self.note.setVisible(bool(self._memo))
        (self.note if self._memo else self.leave).setFocus()
        self.resize(self.width(), self.minimumSizeHint().height())
        announce(self, told)

    def _newest_memo(self) -> str:
        from qda.coding.memo_queries import memos

        found = memos(self._desk.project, target=f"source:{self._source}")
        return max(found, key=lambda memo: memo.created).guid if found else ""

    def _show_note(self) -> None:
        self.accept()
        self._desk.memo_wanted.emit(self._memo, "")

    def reject(self) -> None:
        """Leaves; what is being read is stopped, what is being written is waited for."""
        if self._desk.at_work:
            return
        if self._reader is not None:
            self._reader.cancel()
        if self._work is not None:
            self._work.done.disconnect()
            self._work.failed.disconnect()
            self._work = None
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._desk.at_work:
            event.ignore()
            return
        super().closeEvent(event)


def _change(one: "Passage", minor: str) -> str:
    """Old words struck out, new ones bold, between what stays."""
    gap = "&nbsp;" if one.removed and one.inserted else ""
    old = f"<s style='color:{minor}'>{_words(one.removed)}</s>"
    return f"{_words(one.before)}{old}{gap}<b>{_words(one.inserted)}</b>{_words(one.after)}"


def _words(text: str) -> str:
    return escape(text).replace("\n", "<br>")
