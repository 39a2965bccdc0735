"""The import: a preview, who speaks, the files; then what became of them.

Files are read while one looks at the first; nothing is stored before Import (or Enter), and then all at once.
"""

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.asking import NEW_CASE
from qda.ui.fonts import px
from qda.ui.importing import rows
from qda.ui.importing.footer import Footer
from qda.ui.importing.jobs import Reading, Storing
from qda.ui.importing.options import ask_new
from qda.ui.importing.panes import FilesPane, PreviewPane, SpeakersPane
from qda.ui.importing.plan import Item, Plan
from qda.ui.importing.results import Results

if TYPE_CHECKING:
    from qda.exchange.importing import Imported
    from qda.ui.desk import Desk

_POLL_MS: Final = 40
_TICK_S: Final = 0.012  # how long arriving files may keep the window from its events
_BREATH_MS: Final = 10
_ROLE, _CASE, _INTO = 3, 4, 5  # columns of the speakers
_COLUMN_ROLE, _KIND = 2, 3  # columns of the columns


class ImportPage(QWidget):
    """Everything about one import."""

    finished = Signal(object)  # list of Imported
    document_wanted = Signal(str)
    closed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import")
        self._desk = desk
        self.plan = Plan()
        self._reading: Reading | None = None
        self._storing: Storing | None = None
        self._shown: Item | None = None
        self._go_on = False  # import as soon as all files are read
        self._warned = False  # that closing now loses decisions
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._tick)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._review())
        self.results = Results(self)
        self._pages.addWidget(self.results)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self._connect()

    def _review(self) -> QWidget:
        page = QWidget(self)
        self.preview = PreviewPane(page)
        self.who = SpeakersPane(page)
        self.files = FilesPane(page)
        self.footer = Footer(page)
        self._right = right = QWidget(page)
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.who)
        box.addWidget(self.files, 1)
        box.addWidget(self.footer)
        split = QSplitter(Qt.Orientation.Horizontal, page)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.preview)
        split.addWidget(right)
        split.setSizes([470, 530])
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        return page

    def _connect(self) -> None:
        self.files.table.turned_to.connect(self._turned)
        self.files.removed.connect(self.remove_file)
        self.preview.step_wanted.connect(self.step)
        self.who.speakers.chosen.connect(self._speaker_chosen)
        self.who.columns.chosen.connect(self._column_chosen)
        options = self.who.options
        options.title_written.connect(lambda words: self._decide(title=words))
        options.kind_chosen.connect(lambda kind: self._decide(kind=kind))
        options.case_chosen.connect(lambda case: self._decide(case=case))
        options.comments_chosen.connect(lambda on: self._decide(comments=on))
        options.again_chosen.connect(lambda on: self._decide(again=on))
        options.for_all_chosen.connect(self._for_all)
        options.family_chosen.connect(self._family)
        options.encoding_chosen.connect(self._encoding)
        options.table_chosen.connect(self._survey)
        self.footer.import_wanted.connect(self.import_now)
        self.footer.cancel_wanted.connect(self.cancel_now)
        self.results.document_wanted.connect(self._open)
        self.results.closed.connect(self._close)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setMinimumWidth(min(px(600), self.width() * 5 // 8))  # large letters need more of it

    # -- where it is -----------------------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        """Whether files are being read or stored."""
        return self._storing is not None or bool(self._reading and self._reading.open)

    @property
    def is_open(self) -> bool:
        """Whether there are files to decide upon, or results to be seen."""
        return bool(self.plan.items) or self._pages.currentWidget() is self.results

    @property
    def is_deciding(self) -> bool:
        """Whether files stand there that have not been brought in."""
        return bool(self.plan.items) and self._storing is None

    @property
    def table(self) -> Any:
        """The list of results."""
        return self.results.table

    def focus_first(self) -> None:
        """To the list of files, or of results."""
        here = self._pages.currentWidget() is self.results
        (self.results.done if here else self.files.table).setFocus()

    # -- reading ---------------------------------------------------------------------------------------------

    def begin(self, paths: list[Path], *, case: str = "") -> None:
        """Reads these files, too; those that came before stay. ``case``: where documents go, if not said."""
        if self._storing is not None:
            self._desk.refused.emit(_("Files are being brought in; please wait for them or stop."))
            return
        if not self.plan.items:
            self._fresh()
        self.plan.folder = case
        wishes = self.plan.add(paths)
        if self._reading is None:
            self._reading = Reading(self._desk.project)
        self._reading.wish(wishes)
        self._pages.setCurrentIndex(0)
        self._poll.start()
        QTimer.singleShot(0, self, self._begun)  # after the page itself has been painted

    def _begun(self) -> None:
        if self.plan.items and self._storing is None:
            self._list_files()
            self.files.table.setFocus()
            QTimer.singleShot(_BREATH_MS, self, self._begun_too)  # the window answers in between

    def _begun_too(self) -> None:
        if self.plan.items and self._storing is None:
            self._show_counts()
            self._show_item()

    def _fresh(self) -> None:
        from qda.coding.material import cases

        self.plan = Plan(cases={row.guid: row.name for row in cases(self._desk.project)})
        self._shown, self._go_on, self._warned = None, False, False

    def _tick(self) -> None:
        if self._storing is not None:
            self._stored_so_far(self._storing)
        elif self._reading is not None:
            self._arrived(self._reading)
        if self._storing is None and not (self._reading and self._reading.open):
            self._poll.stop()

    def _arrived(self, reading: Reading) -> None:
        """Shows what has been read meanwhile, for as long as the window can spare."""
        until = perf_counter() + _TICK_S
        changed: dict[int, Item] = {}
        while perf_counter() < until and (answer := reading.take()) is not None:
            reading.wish(self.plan.take(answer, reading.known))
            if (item := self.plan.item(answer.wish.key)) is not None:
                changed[item.key] = item
        self._show_changed(list(changed.values()))
        if self._go_on and not reading.open:
            self.import_now()

    def _show_changed(self, items: list[Item]) -> None:
        if not items:
            return
        places = {item.key: at for at, item in enumerate(self.plan.items)}
        for item in items:
            if places[item.key] < self.files.table.grid.rowCount():
                self.files.table.show_row(places[item.key], self._file_row(item))
        self._show_counts()
        if any(item is self._shown for item in items):
            self._show_item()

    # -- showing ---------------------------------------------------------------------------------------------

    def _file_row(self, item: Item) -> tuple[Any, ...]:
        return rows.file_row(item, self.plan, reading=self._reading is not None)

    def _show_files(self) -> None:
        self._list_files()
        self._show_counts()

    def _list_files(self) -> None:
        table = self.files.table
        table.blockSignals(True)  # what is in hand is shown once, by who asked for this
        table.show_rows([self._file_row(item) for item in self.plan.items])
        table.blockSignals(False)
        self.files.fit()
        at = max(table.currentIndex().row(), 0)
        self._shown = self.plan.items[at] if at < len(self.plan.items) else None

    def _show_counts(self) -> None:
        plan, reading = self.plan, self._reading
        states = [item.state for item in plan.items]
        self.files.show_counts(states)
        ready = states.count("ready") + states.count("check")
        waiting = states.count("waiting")
        self.footer.show_ready(
            ready, waiting=waiting if reading is not None else 0, total=len(states), going_on=self._go_on
        )

    def _turned(self, row: int) -> None:
        if row < len(self.plan.items) and self.plan.items[row] is not self._shown:
            self._shown = self.plan.items[row]
            self._show_item()

    def _show_item(self) -> None:
        item = self._shown
        self.preview.show_item(item)
        self.who.show_item(item, self.plan)
        if item is not None:
            place = _("Import: file {n} of {all}").format(
                n=self.plan.items.index(item) + 1, all=len(self.plan.items)
            )
            self._desk.told.emit(f"{place} · {item.path.name}")

    def step(self, by: int) -> None:
        """To the next file (1) or the one before (-1)."""
        table = self.files.table
        table.turn_to(min(max(table.currentIndex().row() + by, 0), len(self.plan.items) - 1))

    # -- deciding --------------------------------------------------------------------------------------------

    def _after(self, items: list[Item]) -> None:
        """Decisions changed: shows them, and nothing that is being read."""
        self._warned = False
        self._show_changed([item for item in items if item is not self._shown])
        item = self._shown
        if item is not None:
            self.files.table.show_row(self.plan.items.index(item), self._file_row(item))
            self.who.show_item(item, self.plan)
            self.preview.recolour(item)
        self._show_counts()

    def _decide(self, **wanted: Any) -> None:
        if self._shown is not None:
            self.plan.set_document(self._shown, **wanted)
            self._after([])

    def _for_all(self, on: bool) -> None:
        self.plan.for_all = on

    def _speaker_chosen(self, row: int, column: int, key: str) -> None:
        item = self._shown
        document = item.document if item else None
        if item is None or document is None:
            return
        label = document.speakers[row].label
        if column == _ROLE:
            self._after(self.plan.set_role(item, label, key))  # type: ignore[arg-type]
        elif column == _CASE and key == NEW_CASE:
            ask_new(self, lambda name: self._speaker_case(item, label, name))
        elif column == _CASE:
            self._speaker_case(item, label, key)
        elif column == _INTO:
            self.plan.merge(item, label, key)
            self._after([])

    def _speaker_case(self, item: Item, label: str, case: str) -> None:
        self.plan.set_speaker_case(item, label, case)
        self._after([])

    def _column_chosen(self, row: int, column: int, key: str) -> None:
        item = self._shown
        if item is None or row >= len(item.columns):
            return
        held = item.columns[row]
        if column == _COLUMN_ROLE:
            self.plan.set_column(item, held.name, key)  # type: ignore[arg-type]
        elif column == _KIND:
            self.plan.set_column(item, held.name, "attribute", key)
        self._after([])

    def _survey(self, key: str) -> None:
        if self._shown is not None:
            self.plan.set_survey(self._shown, survey=key == "survey")
            self._after([])

    def _family(self, family: str) -> None:
        if self._shown is not None:
            self._read_again(self.plan.set_family(self._shown, family))

    def _encoding(self, encoding: str) -> None:
        if self._shown is not None:
            self._read_again(self.plan.set_encoding(self._shown, encoding))

    def _read_again(self, wishes: list[Any]) -> None:
        if self._reading is not None and wishes:
            self._reading.wish(wishes)
            self._poll.start()
            self._show_counts()

    def remove_file(self) -> None:
        """Takes the file in hand out of this import; the file itself stays."""
        item = self._shown
        if item is None or self._storing is not None:
            return
        self.plan.remove(item)
        if not self.plan.items:
            self._close()
            return
        self._show_files()
        self._show_item()

    # -- storing ---------------------------------------------------------------------------------------------

    def import_now(self) -> None:
        """Brings in what is ready; what is still being read is waited for."""
        from qda.ui.memos.autosave import flush

        if self._storing is not None or not self.plan.items:
            return
        if self._reading is not None and self._reading.open:
            self._go_on = True
            self._show_counts()
            return
        self._go_on = False
        if self._desk.at_work:
            self._desk.refused.emit(_("Another act is still at work; please try again after it."))
            return
        flush(self.window())
        self._storing = Storing(self._desk.project, self.plan.wanted())
        self._desk.begin_work(self._storing.stop)
        self._review_enabled(on=False)
        self.footer.show_progress(0, self._storing.total)
        self.footer.cancel.setFocus()
        self._storing.start()
        self._poll.start()

    def _review_enabled(self, *, on: bool) -> None:
        for part in (self.preview, self.who, self.files):
            part.setEnabled(on)

    def _stored_so_far(self, storing: Storing) -> None:
        self.footer.show_progress(storing.done, storing.total)
        if not storing.over:
            return
        self._storing = None
        self._desk.end_work()
        self._review_enabled(on=True)
        if storing.results is None:
            self._show_counts()
            self.footer.tell(storing.sentence)
            self._desk.refused.emit(storing.sentence)
            self.files.table.setFocus()
            return
        self._show_results(storing.results)

    def _show_results(self, results: "list[Imported]") -> None:
        self._end_reading()
        self.plan = Plan()
        self._shown = None
        self.preview.show_item(None)
        self.results.show_results(results)
        self._pages.setCurrentWidget(self.results)
        self.results.done.setFocus()
        self._desk.told.emit(self.results.title.text())
        self.finished.emit(results)

    # -- ending ----------------------------------------------------------------------------------------------

    def cancel_now(self) -> None:
        """Stops what goes on: storing is taken back, reading ends the import."""
        if self._storing is not None:
            self._storing.cancel()
            self.footer.tell(_("Stopping …"))
            return
        if self.plan.touched and not self._warned and not self.is_running:
            self._warned = True
            self.footer.tell(_("Nothing has been brought in yet. Once more drops what you decided here."))
            return
        stopped = self.is_running
        self._close()
        if stopped:
            self._desk.told.emit(_("The import was stopped. Nothing was changed."))

    def _close(self) -> None:
        self._end_reading()
        self._poll.stop()
        self.plan = Plan()
        self._shown = None
        self.preview.show_item(None)
        self._pages.setCurrentIndex(0)
        self.closed.emit()

    def _open(self, source: str) -> None:
        self._close()
        self.document_wanted.emit(source)

    def _end_reading(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.stop()

    def stop(self) -> None:
        """The study is being closed: nothing goes on, and nothing half-done is kept."""
        self._poll.stop()
        if self._storing is not None:
            self._storing.stop()
            self._storing = None
        self._end_reading()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._pages.currentIndex() == 0 and enter:
            self.import_now()
        elif self._pages.currentIndex() == 0 and event.key() == Qt.Key.Key_Escape:
            self.cancel_now()
        else:
            super().keyPressEvent(event)
