"""Bringing transcripts in: read in the background, stored as one act, told file by file."""

import contextvars
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.material.words import ROLES
from qda.ui.status import announce
from qda.ui.surfaces import on_paper, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.exchange.importing import Imported, Reader, ReadFile
    from qda.ui.desk import Desk

SUFFIXES: Final = (".docx", ".txt", ".md")
_SOURCE: Final = Qt.ItemDataRole.UserRole + 1


def expanded(paths: list[Path]) -> list[Path]:
    """The files themselves; a folder gives those in it that look like transcripts, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.iterdir() if p.is_file() and p.suffix.lower() in SUFFIXES)
            found += sorted(inside, key=lambda p: p.name.casefold())
        else:
            found.append(path)
    return found


class Reading(QObject):
    """Reads files in a thread of its own; nothing of the study is touched there."""

    progressed = Signal(int)
    done = Signal(object)  # list of ReadFile, or none when stopped

    def __init__(self, paths: list[Path]) -> None:
        super().__init__()  # without a parent: its thread may outlive the page
        self._paths = paths
        self._stop = threading.Event()
        self._reader: Reader | None = None
        # The language of sentences belongs to the context, which a new thread would not have.
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._run,), name="reading", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends at once."""
        self._stop.set()
        if self._reader is not None:
            self._reader.cancel()

    def _run(self) -> None:
        from qda.exchange.reader import CancelledError, Reader

        files: list[ReadFile] = []
        with Reader() as self._reader:
            for path in self._paths:
                if self._stop.is_set():
                    self.done.emit(None)
                    return
                try:
                    files.append(self._reader.read(path))
                except CancelledError:
                    self.done.emit(None)
                    return
                self.progressed.emit(len(files))
        self.done.emit(files)


class ImportPage(QWidget):
    """Progress while files are read, then what became of each."""

    finished = Signal(object)  # list of Imported
    document_wanted = Signal(str)
    closed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading: Reading | None = None
        on_paper(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(40), px(28), px(40), px(24))
        box.setSpacing(px(10))
        self._title = heading("", self)
        self._title.setObjectName("import_title")
        self._words = small("", self, wrap=True)
        box.addWidget(self._title)
        box.addWidget(self._words)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("import_progress")
        self._bar.setAccessibleName(_("Files read"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(px(8))
        self._bar.setMaximumWidth(px(480))
        box.addWidget(self._bar)
        box.addWidget(self._table(), 1)
        row = QHBoxLayout()
        self.cancel = self._button("import_cancel", _("Stop"), self._cancel)
        self.close_button = self._button("import_close", _("Done"), self.closed.emit)
        self.close_button.setDefault(True)
        row.addWidget(self.cancel)
        row.addWidget(self.close_button)
        row.addStretch(1)
        box.addLayout(row)

    def _button(self, name: str, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _table(self) -> QTableWidget:
        self.table = QTableWidget(0, 4, self)
        self.table.setObjectName("import_results")
        self.table.setAccessibleName(_("What became of each file"))
        self.table.setHorizontalHeaderLabels([_("File"), _("Turns"), _("Speakers"), _("Remarks")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setStyleSheet(
            f"QTableWidget::item {{ padding: {px(4)}px {px(12)}px {px(4)}px {px(8)}px; }}"
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column, mode in enumerate(
            (
                QHeaderView.ResizeMode.ResizeToContents,
                QHeaderView.ResizeMode.ResizeToContents,
                QHeaderView.ResizeMode.Interactive,
                QHeaderView.ResizeMode.Stretch,
            )
        ):
            header.setSectionResizeMode(column, mode)
        self.table.setColumnWidth(2, px(240))
        self.table.cellDoubleClicked.connect(lambda row, _column: self._open(row))
        return self.table

    # -- running ---------------------------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        """Whether files are being read."""
        return self._reading is not None

    def begin(self, paths: list[Path]) -> None:
        """Reads these files, then stores all that could be read."""
        if self._reading is not None:
            self._desk.refused.emit(_("Files are being read already; please wait for them or stop."))
            return
        n = len(paths)
        self._title.setText(ngettext("Reading {n} file …", "Reading {n} files …", n).format(n=n))
        self._words.setText("")
        self.table.setRowCount(0)
        self.table.hide()
        self._bar.setRange(0, n)
        self._bar.setValue(0)
        self._running(True)
        self._reading = Reading(paths)
        self._reading.progressed.connect(self._bar.setValue)
        self._reading.done.connect(self._read)
        self._reading.start()

    def _running(self, on: bool) -> None:
        self._bar.setVisible(on)
        self.cancel.setVisible(on)
        self.close_button.setVisible(not on)
        (self.cancel if on else self.close_button).setFocus()

    def _cancel(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._title.setText(_("Stopping …"))

    def _read(self, files: "list[ReadFile] | None") -> None:
        from qda.exchange.importing import store

        if files is None:
            self._over()
            self._title.setText(_("Stopped"))
            self._words.setText(_("Nothing was brought in."))
            return
        try:
            results = store(self._desk.project, [(file, None) for file in files])
        except KnownError as problem:
            self._over()
            self._title.setText(_("Nothing was brought in"))
            self._words.setText(problem.sentence)
            self._desk.refused.emit(problem.sentence)
            return
        self._over()
        self._tell(results)
        self.finished.emit(results)

    def _over(self) -> None:
        self._reading = None
        self._running(False)

    def stop(self) -> None:
        """The study is being closed."""
        if self._reading is not None:
            self._reading.stop()
            self._reading.done.disconnect(self._read)
            self._reading = None

    # -- telling ---------------------------------------------------------------------------------------------

    def _tell(self, results: "list[Imported]") -> None:
        good = sum(r.error is None for r in results)
        refused = len(results) - good
        title = ngettext("{n} document brought in", "{n} documents brought in", good).format(n=good)
        self._title.setText(title if good else _("Nothing was brought in"))
        words = []
        if refused:
            words.append(
                ngettext("{n} file was refused.", "{n} files were refused.", refused).format(n=refused)
            )
        if good:
            words.append(_("Undo takes all of them out again."))
        self._words.setText(" ".join(words))
        self.table.setRowCount(len(results))
        for at, result in enumerate(results):
            self._show_result(at, result)
        self.table.resizeRowsToContents()
        self.table.show()
        self.table.setCurrentCell(0, 0)
        announce(self, f"{self._title.text()}. {self._words.text()}")

    def _show_result(self, at: int, result: "Imported") -> None:
        roles = {key: _(name) for key, name in ROLES}
        speakers = ", ".join(f"{s.label} ({roles.get(s.role, s.role)})" for s in result.speakers)
        remarks = result.error or " ".join(result.warnings)
        turns = str(result.turns) if result.error is None else ""
        cells = (Path(result.file).name, turns, speakers, remarks)
        theme = tokens_of(self)
        for column, words in enumerate(cells):
            cell = QTableWidgetItem(words)
            cell.setData(_SOURCE, result.source)
            cell.setToolTip(words)
            if result.error is not None and column in (0, 3):
                cell.setForeground(QColor(theme.notice))
            self.table.setItem(at, column, cell)

    def _open(self, row: int) -> None:
        item = self.table.item(row, 0)
        if item is not None and item.data(_SOURCE):
            self.document_wanted.emit(item.data(_SOURCE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_running:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._open(self.table.currentRow())
        else:
            super().keyPressEvent(event)
