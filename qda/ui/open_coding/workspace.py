"""The workspace of open coding: documents and codes, transcript, inspector or a list of hits or answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget
from shiboken6 import isValid

from qda.coding import partial
from qda.coding.positions import Span
from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.hits.panel import ResultsPanel
from qda.ui.navigator.code_panel import CodePanel
from qda.ui.navigator.document_panel import DocumentPanel
from qda.ui.open_coding.filtering import Filtering
from qda.ui.open_coding.inspector import Inspector
from qda.ui.open_coding.panes import Panes
from qda.ui.open_coding.transcript_pane import TranscriptPane
from qda.ui.open_coding.where import WherePanel, left_off
from qda.ui.places import Page, Pages, Panel, Panels
from qda.ui.suggesting.asking import Asking
from qda.ui.surfaces import on_panel
from qda.ui.turns.answers_panel import AnswersPanel

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.laying.concepts_page import ConceptsPage
    from qda.ui.laying.page import LayingPage

_LAYOUT: Final = "open.layout"
_WHERE_TOLD: Final = "where_told"
_WHERE_MS: Final = 250  # the text is painted before
_SIDES: Final = (268, 304)  # the width of the lists and of the inspector


class Workspace(QWidget):
    """Open coding. The three columns keep their widths with the study."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.filtering: Filtering = Filtering.of(desk)
        self.filtering.changed.connect(self._filtered)
        self.setObjectName("open_coding")
        self.setAccessibleName(_("Open coding"))
        # Each part is made where it stays: put elsewhere, it is styled anew with all that is in it.
        self.front = Pages(desk, None, self)  # the text; or codes laid out, a query …
        self.columns = QSplitter(Qt.Orientation.Horizontal, self.front)
        self.left = QSplitter(Qt.Orientation.Vertical, self.columns)
        self.documents: DocumentPanel = DocumentPanel(desk, self.left)
        self.codes: CodePanel = CodePanel(desk, self.left)
        self._left_off = left_off(desk.project)
        self._led = False  # somewhere, since it was made
        self.panes: Panes = Panes(desk, self.columns)
        self._right = Panels(desk, None, self.columns)
        self.inspector: Inspector = Inspector(desk, self._right)
        self._right.keep(self.inspector)
        self.results = ResultsPanel(desk, self._right)
        self.answers = AnswersPanel(desk, self._right)
        for widget in (self.results, self.answers):
            self._right.addWidget(widget)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.left.setObjectName("navigator")
        self.columns.setObjectName("columns")
        for panel in (self.documents, self.codes):
            self.left.addWidget(on_panel(panel))
        for column in (self.left, self.panes, self._right):
            self.columns.addWidget(column)
        for splitter in (self.left, self.columns):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.left.setMinimumWidth(px(180))
        self.panes.setMinimumWidth(px(420))
        self._right.setMinimumWidth(px(220))
        self.columns.setStretchFactor(1, 1)
        self.left.setStretchFactor(1, 1)
        self._laid_out = False
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.front.keep(self.columns)
        self.front.left.connect(self._page_left)
        box.addWidget(self.front)

    def _divide(self) -> None:
        """Widths and heights as they were left, else as drawn; known only where the window has its size."""
        self._laid_out = True
        side = px(_SIDES[0]), px(_SIDES[1])
        self.columns.setSizes([side[0], max(self.width() - sum(side), px(420)), side[1]])
        rows = self.documents.tree.wanted_height()
        top = min(rows, round(self.height() * 0.4))
        self.left.setSizes([top, self.height() - top])
        kept = self._desk.project.setting(_LAYOUT).split("|")
        for splitter, written in zip((self.columns, self.left), kept, strict=False):
            sizes = [int(part) for part in written.split() if part.isdigit()]
            if len(sizes) == splitter.count():
                splitter.setSizes(sizes)

    def _connect(self) -> None:
        desk = self._desk
        self.codes.code_taken.connect(self._code_taken)
        self.codes.span_dropped.connect(self._span_dropped)
        self.codes.describe_wanted.connect(self.describe)
        self.codes.left.connect(self._to_text)
        self.panes.comment_wanted.connect(self.write_comment)
        self.panes.zoomed.connect(self._zoomed)
        self.panes.turned.connect(lambda _pane: self._fill_bar())
        # the pane is asked for when it is wanted: of two texts the active one is meant
        self.inspector.left.connect(self._to_text)
        self._right.left.connect(self.close_panel)
        coding = self.inspector.coding
        coding.recode_wanted.connect(lambda *_any: self.pane.ask_recode())
        coding.resize_wanted.connect(lambda *_any: self.pane.resize_coding())
        coding.remove_wanted.connect(lambda *_any: self.pane.remove_coding())
        self.results.closed.connect(self.close_panel)
        self.results.code_wanted.connect(self.code_hits)
        self.answers.closed.connect(self.close_panel)
        self.answers.text_wanted.connect(self.focus_first)
        desk.code_chosen.connect(lambda guid: self._show_inspector() if guid else None)
        desk.coding_chosen.connect(self._coding_chosen)
        desk.source_wanted.connect(self._source_wanted)
        desk.beside_wanted.connect(self._beside_wanted)

    @property
    def pane(self) -> TranscriptPane:
        """The text that is meant: the only one, or of two the active one."""
        return self.panes.active

    def _zoomed(self, zoom: float) -> None:
        """The size is kept on this computer, and all texts have it."""
        window = self.window()
        preferences = getattr(window, "preferences", None)
        if preferences is not None and preferences.reading_size != round(zoom * 100):
            preferences.reading_size = round(zoom * 100)
            window.size_transcripts()  # type: ignore[attr-defined]

    def toggle_dimmed(self) -> None:
        """Lets the interviewer's turns stand back, or not, in every text."""
        self.pane.progress.toggle_dimmed()
        for pane in self.panes.all:
            pane.progress.follow_dimmed()

    def _filtered(self) -> None:
        """What can be done now is asked anew: there is a filter to clear, or none any more."""
        later = getattr(self.window(), "actions_later", None)
        if later is not None:
            later()

    def _to_text(self) -> None:
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _source_wanted(self, source: str, start: int, stop: int) -> None:
        self._led = True
        self.pane.open_source(source, start, stop)

    def _beside_wanted(self, source: str, start: int, stop: int) -> None:
        self._desk.workspace_wanted.emit("open")
        self.show_text()
        self.panes.open_beside(source, start, stop)

    def stops(self) -> list[QWidget]:
        """What F6 goes through."""
        if self.page is not None:
            return [self.page]
        right = self._right.currentWidget()
        return [self.documents.tree, self.codes, *self.panes.all, *([right] if right else [])]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._laid_out and self.isVisible():
            self._divide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self._divide()

    # -- what the window asks for ---------------------------------------------------------------------------

    def shown(self) -> None:
        """Comes to the front: shows what is there now."""
        self._fill_bar()
        self.codes.refresh()
        self.documents.refresh_if_stale()
        if not self.panes.active.source:  # the first time
            QTimer.singleShot(_WHERE_MS, self, self._where_on_opening)
        self.panes.shown()
        if (page := self.page) is not None:
            page.refresh()

    def _fill_bar(self) -> None:
        window = self.window()
        find = getattr(window, "action", None)
        ask = getattr(window, "toolbar_actions", None)
        if find is None or ask is None:
            return
        actions: list[QAction] = ask("open")
        memo = find("memo-here")
        at = next((i for i, action in enumerate(actions) if action.objectName() == "search"), len(actions))
        for pane in self.panes.all:  # the acts stand above the text that they are done to
            pane.bar.set_actions([*actions[:at], memo, *actions[at:]] if pane.active else [])

    def focus_first(self) -> None:
        """Puts the focus where one goes on: into the text, or to what stands before it."""
        if (page := self.page) is not None:
            page.focus_first()
        else:
            self.pane.focus_first()

    def keep_state(self) -> None:
        """Remembers widths, open branches and the place of reading."""
        written = "|".join(" ".join(map(str, splitter.sizes())) for splitter in (self.columns, self.left))
        if self.isVisible() and written != self._desk.project.setting(_LAYOUT):
            self._desk.project.set_setting(_LAYOUT, written)
        self.codes.keep_state()
        self.panes.keep_state()

    def let_go(self) -> None:
        """The study is about to be closed: nothing goes on in the background after this."""
        for place in (self.results, self.front, self._right):
            place.let_go()
        Asking.of(self._desk).stop()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.keep_state()
        super().hideEvent(event)

    # -- pages before the text, panels beside it ------------------------------------------------------------

    def show_page(self, key: str, make: Callable[["Desk", QWidget], Page]) -> Page:
        """Brings a whole page (codes laid out, a query) before the text; made when first wanted."""
        return self.front.show_page(key, make)

    @property
    def page(self) -> Page | None:
        """What stands before the text now."""
        return self.front.part

    def show_panel(self, key: str, make: Callable[["Desk", QWidget], Panel]) -> Panel:
        """Brings a panel to the right of the text, in the inspector's place; made when first wanted."""
        self.show_text()
        return self._right.bring(key, make)

    def where_was_i(self, *, asked: bool = True) -> None:
        """Where one was when the study was opened, beside the text."""
        before = self._right.currentWidget()
        panel = self.show_panel("where", WherePanel)
        assert isinstance(panel, WherePanel)
        panel.place = self._left_off
        preferences = getattr(self.window(), "preferences", None)
        if preferences is not None:
            panel.tie_to(preferences)
        if asked or panel.has_something():
            panel.refresh()
        elif before is not None:
            self._right.setCurrentWidget(before)
        if asked:
            panel.focus_first()

    def _where_on_opening(self) -> None:
        """A moment after the text is painted, unless one goes on already."""
        desk = self._desk
        if not isValid(desk):  # the study was closed in this moment
            return
        wanted = getattr(getattr(self.window(), "preferences", None), "where_on_opening", False)
        goes_on = desk.span is not None or desk.coding or desk.code or self._led or self.page is not None
        first = not desk.property(_WHERE_TOLD)  # the window may have been built anew since
        desk.setProperty(_WHERE_TOLD, True)
        if (
            wanted
            and first
            and not goes_on
            and self.isVisible()
            and self._right.currentWidget() is self.inspector
        ):
            self.where_was_i(asked=False)

    def lay_out_codes(self) -> None:
        """Brings the table where codes are laid out to the front."""
        from qda.ui.laying.page import LayingPage

        page = self.show_page("laying", LayingPage)
        find = getattr(self.window(), "action", None)
        if find is not None and isinstance(page, LayingPage):
            page.set_actions([find("undo")])

    def show_concepts(self) -> None:
        """Brings the list of sensitizing concepts to the front."""
        from qda.ui.laying.concepts_page import ConceptsPage

        self.show_page("concepts", ConceptsPage)

    @property
    def laying(self) -> "LayingPage | None":
        """The table where codes are laid out, once it was wanted."""
        return cast("LayingPage | None", self.front.made("laying"))

    @property
    def concepts(self) -> "ConceptsPage | None":
        """The list of sensitizing concepts, once it was wanted."""
        return cast("ConceptsPage | None", self.front.made("concepts"))

    def show_text(self, *, focus: bool = False) -> None:
        """Brings the text back, as it is now."""
        behind = self.page is not None
        self.front.setCurrentWidget(self.columns)
        if behind:
            self.panes.shown()
        if focus:
            self.focus_first()

    def _page_left(self) -> None:
        """A page was closed: the text is in front again, and may have changed behind it."""
        self.panes.shown()
        self.focus_first()

    # -- between the parts ----------------------------------------------------------------------------------

    def _code_taken(self, code: str) -> None:
        if self.pane.span is not None:
            self.pane.code_with(code)
            self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._desk.code_chosen.emit(code)
            self._desk.told.emit(_("Select a passage in the text, then press Enter on the code."))

    def _coding_chosen(self, coding: str) -> None:
        code = partial.code_of_coding(self._desk.project, coding) if coding else ""
        if code:
            self.codes.point_at(code)
            self._show_inspector()

    def _span_dropped(self, code: str, start: int, stop: int) -> None:
        self.pane.code_span(Span(start, stop), code)

    def describe(self, code: str) -> None:
        """Puts the cursor into the definition of a code."""
        self._show_inspector(asked=True)
        self.inspector.write_definition(code)

    def write_comment(self) -> None:
        """Puts the cursor into the comment of the coding set apart."""
        self._show_inspector(asked=True)
        self.inspector.write_comment()

    def _show_inspector(self, *, asked: bool = False) -> None:
        listed = self.answers if self._right.currentWidget() is self.answers else self.results
        if not asked and (listed is self.answers or listed.isAncestorOf(self.focusWidget() or self)):
            return  # one goes on through the list
        self._right.setCurrentWidget(self.inspector)

    def search(self) -> None:
        """Finds in the transcript."""
        if self.pane.source:
            (self.pane.editing.search if self.pane.editing.is_on else self.pane.search).open()

    def search_all(self) -> None:
        """Finds in all documents; what is selected is looked for at once."""
        span = self.pane.span
        words = self.pane.view.text[span.start : span.stop] if span else ""
        self._right.setCurrentWidget(self.results)
        self.results.open(words if len(words) <= 60 and "\n" not in words else "")

    def step_hit(self, by: int) -> None:
        """To the next or previous hit: of the search above the text while it is open, else of that in all."""
        bar = self.pane.editing.search if self.pane.editing.is_on else self.pane.search
        if bar.isVisible():
            bar.next() if by > 0 else bar.previous()
        elif self.results.hits:
            self.results.step(by)
        elif self.pane.source:
            bar.open()

    def code_hits(self) -> None:
        """Asks which of the hits of the search in all are to be coded, and with what."""
        from qda.ui.hits.coding import ask_and_code

        ask_and_code(self._desk, self.results, self)

    def show_answers(self, topic: str) -> None:
        """All answers to a topic of the guide (empty: the one shown last), beside the text."""
        self._right.setCurrentWidget(self.answers)
        self.answers.open(topic)

    def close_panel(self) -> None:
        """Back from the panel to the inspector and the text."""
        self._right.setCurrentWidget(self.inspector)
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def rename(self) -> None:
        """Renames what is chosen in the list that has the focus; in the text, the code chosen."""
        if self.documents.isAncestorOf(self.focusWidget() or self):
            self.documents.rename_current()
        else:
            self.codes.rename_current()
