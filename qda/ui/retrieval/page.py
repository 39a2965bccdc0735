"""The page of retrieval: live sets, a query built by clicking, and the passages that it finds."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.coding import saved_queries, several_passages
from qda.coding.citation import cited
from qda.coding.retrieval import Found, Order, find, spec, to_json, warm
from qda.coding.retrieval import Page as FoundPage
from qda.coding.retrieval.spec import Spec
from qda.i18n import _
from qda.ui.background import Background
from qda.ui.dialogs import heading
from qda.ui.fonts import px, ui_font
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding import citing
from qda.ui.places import Page
from qda.ui.retrieval.builder import Builder
from qda.ui.retrieval.quotes import QuoteDelegate
from qda.ui.retrieval.results import PAGE, ResultTable
from qda.ui.retrieval.sets import LiveSet, LiveSets
from qda.ui.retrieval.telling import Words, counted, frequencies_hidden, hidden, rich
from qda.ui.retrieval.written import WrittenQuery
from qda.ui.surfaces import Line, LinkButton, on_panel, on_paper, scrolled, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset(
    {
        *("attribute", "attribute_value", "case_", "code", "coder", "coding", "document_group"),
        *("paragraph", "segment", "source", "speaker", "saved_query", "project_sheet"),
    }
)
_SOON_MS: Final = 250  # after an act, before the result is looked up again
_WAIT_MS: Final = 200  # before it is said that one has to wait
_BUILDER_HIGH: Final = 210
_MOST: Final = 5000  # passages that one act takes
_REMEMBERED: Final = 50  # queries that one can go back to
_LINES: Final = (2, 5)  # of a row, without and with what stands around


class RetrievalPage(Page):
    """Passages found by a query. Everything works by keyboard and by mouse; acts have an undo."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._asked = 0  # which question it is: answers to older ones are not shown
        self._set: LiveSet | None = None
        self._last: Spec = spec.And(())
        self._before: list[Spec] = []  # queries that were asked before
        self._in_list = False
        self._hidden = False
        self._gathered: Callable[[list[Found]], object] = len  # what is done with rows that are fetched
        self.setObjectName("retrieval")
        self.setAccessibleName(_("Find passages"))
        self.asking = Background(self)
        self._words = Words(desk.project)
        self.sets = LiveSets(desk, self.asking, self._words, self)
        self.builder = Builder(desk, self._words, self)
        self.written = WrittenQuery(desk.project, self._words, self)
        self.table = ResultTable(self)
        self.rows = QuoteDelegate(self.table)
        self.table.setItemDelegate(self.rows)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._build()
        self._connect()
        self._show_context()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        left = on_panel(self.sets)
        left.setMinimumWidth(px(180))
        columns.addWidget(left)
        columns.addWidget(self._middle())
        columns.setStretchFactor(1, 1)
        columns.setSizes([px(250), px(1190)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(columns)

    def _middle(self) -> QWidget:
        middle = on_paper(QWidget(self))
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._head(middle))
        box.addWidget(Line(middle))
        query = QVBoxLayout()
        query.setContentsMargins(px(16), px(10), px(16), px(10))
        query.setSpacing(px(6))
        self.area = scrolled(on_paper(self.builder))
        self.sentence = QLabel(middle)
        self.sentence.setObjectName("query_sentence")
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setFont(ui_font(1.08))
        query.addWidget(self.area)
        query.addWidget(self.sentence)
        query.addWidget(self.written)
        box.addLayout(query)
        box.addWidget(Line(middle))
        box.addLayout(self._result_bar(middle))
        box.addWidget(Line(middle))
        box.addWidget(self.table, 1)
        return middle

    def _head(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(4))
        self.title = heading(_("Find passages"), parent)
        self.title.setObjectName("retrieval_title")
        self.change_set = LinkButton(_("Keep the change"), "keep_change", parent)
        self.save_button = LinkButton(_("Save query…"), "save_set", parent)
        self.previous = LinkButton(_("Previous query"), "previous_query", parent)
        self.new = LinkButton(_("New query"), "new_query", parent)
        self.export = LinkButton(_("Export…"), "export_passages", parent)
        self.back = LinkButton(_("Back to the text"), "back_to_text", parent)
        row.addWidget(self.title, 1)
        for widget in (self.change_set, self.previous, self.save_button, self.new, self.export, self.back):
            row.addWidget(widget)
        return row

    def _result_bar(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(5), px(12), px(5))
        row.setSpacing(px(8))
        self.figures = QLabel(parent)
        self.figures.setObjectName("retrieval_figures")
        self.figures.setFont(ui_font(semibold=True))
        self.context = QCheckBox(_("With what stands around"), parent)
        self.context.setObjectName("with_context")
        self.context.setAccessibleName(self.context.text())
        self.around = QSpinBox(parent)
        self.around.setObjectName("context_paragraphs")
        self.around.setAccessibleName(_("Paragraphs around"))
        self.around.setRange(0, 9)
        self.around.setValue(1)
        self.around_words = small(_("paragraphs"), parent)
        self.code = self._button(_("Code…"), "code_passages", parent)
        self.memo = self._button(_("Memo"), "memo_on_passages", parent)
        self.copy = self._button(_("Copy"), "copy_passages", parent)
        self.code.setToolTip(_("Codes the selected passages (Ctrl+Enter)"))
        self.memo.setToolTip(_("Begins a memo with the selected passages"))
        self.copy.setToolTip(_("Copies the selected passages with their places (Ctrl+Shift+C)"))
        row.addWidget(self.figures)
        row.addStretch(1)
        for widget in (self.context, self.around, self.around_words, self.code, self.memo, self.copy):
            row.addWidget(widget)
        return row

    @staticmethod
    def _button(words: str, name: str, parent: QWidget) -> QPushButton:
        made = QPushButton(words, parent)
        made.setObjectName(name)
        made.setAccessibleName(words.rstrip("…"))
        made.setAutoDefault(False)
        return made

    def _connect(self) -> None:
        self._soon.timeout.connect(self.refresh)
        self._wait.timeout.connect(lambda: self.figures.setText(_("Looking…")))
        self.builder.changed.connect(self._clicked_together)
        self.written.read.connect(self._written)
        self.sets.opened.connect(self._open_set)
        self.save_button.clicked.connect(self.save)
        self.sets.change_wanted.connect(self.put_into)
        self.change_set.clicked.connect(lambda: self.put_into(self._set.guid if self._set else ""))
        self.previous.clicked.connect(self.go_back)
        self.new.clicked.connect(self.begin)
        self.export.clicked.connect(self.ask_export)
        self.back.clicked.connect(self.closed)
        self.context.toggled.connect(lambda _on: self._show_context())
        self.around.valueChanged.connect(lambda _n: self.run() if self.context.isChecked() else None)
        self.code.clicked.connect(self.ask_code)
        self.memo.clicked.connect(lambda: self._gather(self._write_memo))
        self.copy.clicked.connect(self.copy_chosen)
        self.table.wanted.connect(self._lead)
        self.table.copy_wanted.connect(self.copy_chosen)
        self.table.code_wanted.connect(self.ask_code)
        self.table.left.connect(self.builder.focus_add)
        self.table.order_wanted.connect(self._order)
        self.table.rows.page_wanted.connect(self._fetch)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._able())
        self.asking.done.connect(self._answered)
        self.asking.failed.connect(self._refused)
        self._desk.changed.connect(self._changed)

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def query(self) -> Spec:
        """The query in hand."""
        return self.builder.query

    def show_query(self, query: Spec) -> None:
        """Asks another query."""
        self._set = None
        self.sets.put_in_hand("")
        self._show(query)

    def _show(self, query: Spec) -> None:
        self.table.to_top()
        self.builder.show_query(query)
        self._query_changed(from_text=False)

    def begin(self) -> None:
        """Begins a new query."""
        self.show_query(spec.And(()))
        self.builder.focus_first()

    def go_back(self) -> None:
        """The query that stood here before."""
        if self._before:
            query = self._before.pop()
            self._set = None
            self.sets.put_in_hand("")
            self._last = query
            self._show(query)

    def refresh(self) -> None:
        """Shows what is there now, if anything has changed."""
        self._soon.stop()
        if not self._stale:
            return
        self._stale = False
        self._words.forget()
        self._hidden = frequencies_hidden(self._desk.project)
        project = self._desk.project
        self.asking.ask("warm", lambda: warm(project))
        self.sets.refresh(hidden=self._hidden)
        self.builder.refresh()
        self._query_changed(from_text=self.written.in_hand)

    def _query_changed(self, *, from_text: bool) -> None:
        empty = self.builder.is_empty
        query = self.query
        told = self._words.told(query) if not empty else ""
        self.sentence.setText(rich(told))
        self.sentence.setAccessibleName(told.replace("*", ""))
        self.sentence.setVisible(not empty)
        if not from_text:
            self.written.show_query(None if empty else query)
        changed = self._set is not None and query != self._set.query
        self.change_set.setVisible(changed and not self._desk.project.read_only)
        self.title.setText(self._set.name if self._set is not None else _("Find passages"))
        if query != self._last:
            if self._last != spec.And(()):
                self._before = [*self._before[-_REMEMBERED:], self._last]
            self._last = query
        self.previous.setVisible(bool(self._before))
        self._fit_builder()
        self.run()

    def _clicked_together(self) -> None:
        self.table.to_top()
        self._query_changed(from_text=False)

    def _written(self, query: Spec | None) -> None:
        self.table.to_top()
        self.builder.show_query(spec.And(()) if query is None else query)
        self._query_changed(from_text=True)

    def _fit_builder(self) -> None:
        """The query is as high as it needs, up to a measure."""
        width = self.area.viewport().width()
        self.area.setFixedHeight(min(self.builder.wanted_height(width), px(_BUILDER_HIGH)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_builder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit_builder)

    def hideEvent(self, event: QHideEvent) -> None:
        self._in_list = self.table.hasFocus() or self._in_list
        super().hideEvent(event)

    def focus_first(self) -> None:
        """Where one was: in the list of passages, or where a query is begun."""
        if self._in_list and self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.builder.focus_add()
        self._in_list = False

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._soon.stop()
        self._wait.stop()
        self.asking.stop()

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES:
            self._stale = True
            self._words.forget()
            if self.isVisible():
                self._soon.start()

    # -- asking ---------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Looks for the passages of the query in hand."""
        self._asked += 1
        for name in ("result", "gather"):
            self.asking.forget(name)
        self._able()
        if self.builder.is_empty:
            self._wait.stop()
            self.table.rows.show_result(0, 0, ())
            self.figures.setText("")
            self.table.set_empty(
                _(
                    "Say which passages you look for: begin with a code, a speaker or a word, "
                    "then narrow it down."
                )
            )
            return
        page = self.table.keep_place()[0] // PAGE
        question = self._found(page * PAGE, PAGE)
        self._wait.start()
        self.asking.ask("result", lambda: (page, question()), first=True)

    def _found(self, offset: int, limit: int) -> Callable[[], FoundPage]:
        """The question for some rows of the result; all that it needs is read now."""
        project, query = self._desk.project, self.query
        order, falling = self.table.order
        context = self.around.value() if self.context.isChecked() else None
        return lambda: find(
            project, query, offset=offset, limit=limit, order=order, falling=falling, context=context
        )

    def _fetch(self, page: int) -> None:
        question = self._found(page * PAGE, PAGE)
        asked = self._asked
        self.asking.ask(f"page:{page}", lambda: (asked, page, question()))

    def _answered(self, name: str, answer: object) -> None:
        if name == "result":
            self._show_result(*cast("tuple[int, FoundPage]", answer))
            self._able()
        elif name.startswith("page:"):
            asked, page, found = cast("tuple[int, int, FoundPage]", answer)
            if asked == self._asked:
                self.table.rows.add_page(page, found.rows)
                self._able()
        elif name == "gather":
            self._gathered(cast("list[Found]", answer))
        elif name == "export":
            self._desk.told.emit(_("Saved as {path}").format(path=answer))

    def _show_result(self, page: int, found: FoundPage) -> None:
        self._wait.stop()
        row, chosen, top = self.table.keep_place()
        self.table.rows.show_result(found.total, page, found.rows)
        if self._hidden:
            self.figures.setText(hidden() if found.total else "")
        else:
            self.figures.setText(counted(found.cases, found.documents, found.total) if found.total else "")
        by_case = (f"{one.name or _('no case')} {one.segments}" for one in found.by_case)
        self.figures.setToolTip("" if self._hidden else "\n".join(by_case))
        self.table.set_empty(_("No passage is so. Take a condition out, or make one of them “or”."))
        if found.total:
            self.table.back_to_place(row, chosen, top)
        self._able()

    def _refused(self, name: str, words: str) -> None:
        if name == "result":
            self._wait.stop()
            self.table.rows.show_result(0, 0, ())
            self.figures.setText("")
            self.table.set_empty(words)
        elif name in ("gather", "export"):
            self._desk.refused.emit(words)

    def _order(self, order: Order, falling: bool) -> None:
        self.table.set_order(order, falling=falling)
        self.table.to_top()
        self.run()

    def _show_context(self) -> None:
        on = self.context.isChecked()
        for widget in (self.around, self.around_words):
            widget.setVisible(on)
        self.rows.lines = _LINES[on]
        self.table.keep_place()
        self.table.rows.show_result(0, 0, ())  # many rows take long to be made higher
        self.table.set_row_height(self.rows.height)
        if not self._stale:
            self.run()

    # -- acts on passages -----------------------------------------------------------------------------------

    def _able(self) -> None:
        some = bool(self.table.rows.rowCount())
        can = some and not self._desk.project.read_only
        self.save_button.setEnabled(not self.builder.is_empty and not self._desk.project.read_only)
        for button, on in (
            (self.code, can),
            (self.memo, can),
            (self.copy, some),
            (self.export, not self.builder.is_empty),
        ):
            button.setEnabled(on)

    def _lead(self, found: Found) -> None:
        segment = found.segment
        self._in_list = True
        self._desk.source_wanted.emit(segment.source, segment.start, segment.stop)
        self.closed.emit()

    def _gather(self, then: Callable[[list[Found]], object]) -> None:
        """Hands over the selected passages; those that were not seen yet are fetched first."""
        chosen = self.table.chosen()
        if not chosen:
            return
        if len(chosen) > _MOST:
            self._desk.refused.emit(_("Please select at most {n} passages at once.").format(n=f"{_MOST:n}"))
            return
        there = [self.table.rows.found(row) for row in chosen]
        known = [one for one in there if one is not None]
        if len(known) == len(there):
            then(known)
            return
        first, rows = chosen[0], set(chosen)
        question = self._found(first, chosen[-1] - first + 1)

        def take() -> list[Found]:
            return [one for at, one in enumerate(question().rows, first) if at in rows]

        self._gathered = then
        self.asking.ask("gather", take, first=True)

    def copy_chosen(self) -> None:
        """Copies the selected passages with their places."""
        self._gather(lambda found: self._desk.told.emit(citing.copy([one.segment for one in found])))

    def ask_code(self) -> None:
        """Asks for the code of the selected passages."""
        if not self.code.isEnabled():
            return
        from qda.ui.transcript.code_field import CodeField

        field = CodeField(self)
        field.set_choices(CodeBook.of(self._desk).choices())
        field.taken.connect(lambda codes: self._gather(lambda found: self._give_codes(found, codes)))
        field.closed.connect(field.deleteLater)
        place = QRect(self.code.mapToGlobal(QPoint(0, 0)), self.code.size())
        field.open_at(place, place.right())

    def _give_codes(self, found: list[Found], codes: list[str]) -> None:
        passages = [_reference(one) for one in found]
        if done := self._desk.do(several_passages.code_passages, passages=passages, codes=codes):
            CodeBook.of(self._desk).used(done)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_memo(self, found: list[Found]) -> None:
        title = self._words.plain(self.query)
        body = "\n".join(cited(one.segment) for one in found)
        passages = [_reference(one) for one in found]
        memo = self._desk.do(several_passages.memo_on_passages, passages=passages, title=title, body=body)
        if memo:
            self._desk.memo_wanted.emit(memo, "")

    # -- live sets, export ----------------------------------------------------------------------------------

    def _open_set(self, one: LiveSet) -> None:
        self._set = one
        if one.query is not None:
            self._show(one.query)

    def save(self) -> None:
        """Keeps the query in hand as a live set."""
        if self.builder.is_empty:
            self._desk.told.emit(_("There is no query yet."))
            return
        told = self._words.plain(self.query)
        name, taken = QInputDialog.getText(self, _("Save query"), _("Name of the live set"), text=told[:80])
        if not taken or not name.strip():
            return
        written = json.dumps(to_json(self.query))
        if guid := self._desk.do(saved_queries.save_query, name=name, spec=written):
            self._take_set(guid)

    def put_into(self, guid: str) -> None:
        """Puts the query in hand into a live set."""
        if self.builder.is_empty or not guid:
            return
        written = json.dumps(to_json(self.query))
        if self._desk.do(saved_queries.change_query, query=guid, spec=written):
            self._take_set(guid)

    def _take_set(self, guid: str) -> None:
        self.sets.refresh(hidden=self._hidden)
        self.sets.put_in_hand(guid)
        self._set = next((one for one in self.sets.sets if one.guid == guid), None)
        self.change_set.hide()
        self.title.setText(self._set.name if self._set is not None else _("Find passages"))

    def ask_export(self) -> None:
        """Asks for a format and writes the result to a file."""
        if self.builder.is_empty:
            return
        from qda.ui.retrieval.exporting import Export, ask_export

        context = self.around.value() if self.context.isChecked() else None
        order, _falling = self.table.order
        name = self._set.name if self._set is not None else ""
        wish = ask_export(self, Export(self.query, name, context, by="case" if order == "case" else "place"))
        if wish is not None:
            project = self._desk.project
            self._desk.told.emit(_("Writing “{name}”…").format(name=wish.out.name))
            self.asking.ask_again("export", lambda: wish.write(project))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _reference(found: Found) -> str:
    """A passage as acts take it."""
    segment = found.segment
    return segment.guid or f"{segment.source}:{segment.start}-{segment.stop}"
