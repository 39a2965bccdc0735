"""What became of each file, after the import."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.importing.grid import Cell, Grid
from qda.ui.material.words import ROLES
from qda.ui.status import announce
from qda.ui.surfaces import on_paper, small

if TYPE_CHECKING:
    from qda.exchange.importing import Imported
    from qda.ui.window import MainWindow

_PSEUDONYMS = "pseudonymise"  # the command that comes straight after an import


class Results(QWidget):
    """The list; documents open by Enter or a double click."""

    document_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results: list[Imported] = []
        on_paper(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(40), px(28), px(40), px(24))
        box.setSpacing(px(10))
        self.title = heading("", self)
        self.title.setObjectName("import_told")
        self.words = small("", self, wrap=True)
        heads = (_("File"), _("Turns"), _("Speakers"), _("Remarks"))
        self.table = Grid("import_results", _("What became of each file"), heads, self, stretch=3)
        self.table.cells_are_chosen = False
        self.table.opened.connect(self.open)
        for widget in (self.title, self.words):
            box.addWidget(widget)
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        self.done = _button("import_close", _("Done"), self)
        self.done.setDefault(True)
        self.done.clicked.connect(self.closed)
        self.read = _button("import_open", _("Open the document"), self)
        self.read.clicked.connect(lambda: self.open(self.table.currentIndex().row()))
        self.names = _button("import_names", _("Replace names and places…"), self)
        self.names.clicked.connect(self._replace_names)
        for button in (self.done, self.read, self.names):
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)

    def show_results(self, results: "list[Imported]") -> None:
        """Shows what became of the files."""
        self._results = results
        good = [r for r in results if r.error is None]
        refused = len(results) - len(good)
        documents = sum(len(r.sources) or (r.source is not None) for r in good)
        title = ngettext("{n} document brought in", "{n} documents brought in", documents)
        cases = sum(len(r.cases) for r in good)
        if not documents and cases:
            title, documents = ngettext("Attributes of {n} case", "Attributes of {n} cases", cases), cases
        self.title.setText(title.format(n=documents) if good else _("Nothing was brought in"))
        words = []
        if refused:
            words.append(
                ngettext("{n} file was refused.", "{n} files were refused.", refused).format(n=refused)
            )
        if good:
            words.append(_("Undo takes all of them out again."))
        self.words.setText(" ".join(words))
        self.table.show_rows([_row(result) for result in results])
        self.table.fit_columns(0, 1)
        self.table.setColumnWidth(2, min(self.table.width_for(2), px(300)))
        self.table.turn_to(0)
        self.read.setEnabled(any(r.source for r in good))
        self.names.setVisible(bool(good) and self._can_replace())
        announce(self, f"{self.title.text()}. {self.words.text()}")

    def open(self, row: int) -> None:
        """Opens the document of a row, if it came in."""
        if 0 <= row < len(self._results) and (source := self._results[row].source):
            self.document_wanted.emit(source)

    def _rows(self) -> "MainWindow | None":
        window = self.window()
        return cast("MainWindow", window) if hasattr(window, "rows") else None

    def _can_replace(self) -> bool:
        window = self._rows()
        return window is not None and _PSEUDONYMS in window.rows

    def _replace_names(self) -> None:
        window = self._rows()
        if window is not None:
            self.closed.emit()
            window.action(_PSEUDONYMS).trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self.open(self.table.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _button(name: str, words: str, parent: QWidget) -> QPushButton:
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.setAccessibleName(words.rstrip("…"))
    button.setAutoDefault(True)
    return button


def _row(result: "Imported") -> tuple[Cell, ...]:
    roles = {key: _(name) for key, name in ROLES}
    speakers = ", ".join(f"{s.label} ({roles.get(s.role, s.role)})" for s in result.speakers)
    file, good = Path(result.file).name, result.error is None
    turns = str(result.turns) if good and result.family not in ("survey", "attributes") else ""
    return (
        Cell(file),
        Cell(turns, right=True),
        Cell(speakers),
        Cell(wrap=True, lead=result.error or "") if not good else Cell(_remarks(result), wrap=True),
    )


def _remarks(result: "Imported") -> str:
    words = []
    if result.cases:
        n = len(result.cases)
        words.append(ngettext("{n} case.", "{n} cases.", n).format(n=n))
    if result.memos:
        n = result.memos
        words.append(ngettext("{n} comment became a memo.", "{n} comments became memos.", n).format(n=n))
    return " ".join([*words, *result.warnings])
