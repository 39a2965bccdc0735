"""Passages already collected, as the place of a sampling decision: of a code or a saved query, ticked."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qda.coding import retrieval
from qda.coding.retrieval import spec
from qda.coding.rows import SegmentRow
from qda.coding.saved_queries import saved_queries
from qda.i18n import _, ngettext
from qda.ui.axial.segmented import chip_icon
from qda.ui.background import Background
from qda.ui.fonts import px
from qda.ui.hits.passages import PassageList
from qda.ui.surfaces import LinkButton, section, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.ui.desk import Desk

_MOST: Final = 500  # passages that are listed


class PassagesDialog(QDialog):
    """Choose a code or a query, tick passages, take them. Space ticks, Enter takes."""

    taken = Signal(list)  # "segment:GUID"

    def __init__(self, desk: "Desk", code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticked: dict[str, SegmentRow] = {}
        self.worker = Background(self)
        self.setObjectName("passages_dialog")
        self.setWindowTitle(_("Passages already collected"))
        self.of = QComboBox(self)
        self.of.setObjectName("passages_of")
        self.of.setAccessibleName(_("Code or saved query"))
        self.of.setEditable(True)
        self.of.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.told = small("", self)
        self.list = PassageList("passages_to_take", _("Passages"), self)
        self.list.passages.taken = lambda row: row.guid in self._ticked
        self.list.set_empty(_("Choose a code or a saved query; its passages come here."))
        self.every = LinkButton(_("Tick all"), "passages_all", self)
        self.take = QPushButton("", self)
        self.take.setObjectName("passages_take")
        self.take.setDefault(True)
        self.stop = QPushButton(_("Cancel"), self)
        self.stop.setObjectName("cancel")
        self.stop.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._fill(code)
        self._tell()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(14), px(16), px(12))
        box.setSpacing(px(8))
        box.addWidget(section(_("Passages of a code or of a saved query"), self))
        box.addWidget(self.of)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        row.addWidget(self.every)
        box.addLayout(row)
        box.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.take)
        box.addLayout(foot)
        self.resize(px(620), px(560))

    def _connect(self) -> None:
        completer = self.of.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.of.activated.connect(lambda _at: self._ask())
        self.worker.done.connect(lambda _kind, page: self._show(page))
        self.worker.failed.connect(lambda _kind, sentence: self.told.setText(sentence))
        self.list.ticked.connect(self._tick)
        self.list.wanted.connect(lambda _row: None)
        self.list.taken.connect(self._take_row)
        self.every.clicked.connect(self._tick_all)
        self.take.clicked.connect(self._take)
        self.stop.clicked.connect(self.reject)
        self.finished.connect(lambda _result: self.worker.stop())

    def _fill(self, code: str) -> None:
        from qda.coding.codes import codes

        for query in saved_queries(self._desk.project):
            self.of.addItem(_("Query: {name}").format(name=query.name), ("query", query.spec))
        for row in codes(self._desk.project):
            self.of.addItem(chip_icon(row.colour, self), row.path, ("code", row.guid))
        at = next((n for n in range(self.of.count()) if self.of.itemData(n) == ("code", code)), -1)
        self.of.setCurrentIndex(at)
        if at >= 0:
            self._ask()

    def _ask(self) -> None:
        data = self.of.currentData()
        if data is None:
            return
        kind, value = data
        wanted = spec.Code(value, with_children=True) if kind == "code" else retrieval.from_json(value)
        project = self._desk.project
        self.worker.ask("passages", lambda: retrieval.find(project, wanted, limit=_MOST))

    def _show(self, page: retrieval.Page) -> None:
        rows: Sequence[SegmentRow] = [found.segment for found in page.rows if found.segment.guid]
        self.list.set_passages(rows)
        told = ngettext("{n} passage", "{n} passages", page.total).format(n=page.total)
        if page.total > len(rows):
            told = _("{told}; the first {n} are listed").format(told=told, n=len(rows))
        self.told.setText(told)
        self.list.set_empty(_("There is none."))
        if rows:
            self.list.choose_first()
            self.list.setFocus()

    # -- ticks ----------------------------------------------------------------------------------------------

    def _tick(self, row: SegmentRow) -> None:
        if self._ticked.pop(row.guid, None) is None:
            self._ticked[row.guid] = row
        self.list.passages.told()
        self._tell()

    def _tick_all(self) -> None:
        rows = [row for row in self.list.passages.items() if isinstance(row, SegmentRow)]
        if all(row.guid in self._ticked for row in rows):
            for row in rows:
                self._ticked.pop(row.guid, None)
        else:
            self._ticked |= {row.guid: row for row in rows}
        self.list.passages.told()
        self._tell()

    def _tell(self) -> None:
        n = len(self._ticked)
        words = (
            ngettext("Take {n} passage", "Take {n} passages", n).format(n=n) if n else _("Take the passages")
        )
        self.take.setText(words)
        self.take.setAccessibleName(words)
        self.take.setEnabled(bool(n))

    def _take_row(self, row: SegmentRow) -> None:
        if not self._ticked:
            self._ticked[row.guid] = row
        self._take()

    def _take(self) -> None:
        if self._ticked:
            self.taken.emit([f"segment:{guid}" for guid in self._ticked])
            self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.worker.stop()
        super().closeEvent(event)
