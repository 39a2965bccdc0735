"""The transcript in the middle: shows a document, follows every act, and hands on what is done by hand."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from qda.coding import correcting, material, partial
from qda.coding.codes import marks
from qda.coding.positions import Span
from qda.coding.rows import Mark, SegmentRow
from qda.coding.rows import ParagraphRow as StoredParagraph
from qda.coding.topics import topic_marks
from qda.i18n import _
from qda.models.splicing import Hunk
from qda.ui.audio.hearing import Hearing
from qda.ui.audio.player import available
from qda.ui.editing.mode import EditMode
from qda.ui.editing.view import EditingView
from qda.ui.fonts import px
from qda.ui.memos.targets import target_in_hand
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding import citing
from qda.ui.open_coding.bar import PaneBar
from qda.ui.open_coding.choosing import Choosing
from qda.ui.open_coding.cutting import Cutting
from qda.ui.open_coding.empty import EmptyPage
from qda.ui.open_coding.filter_bar import FilterBar
from qda.ui.open_coding.going import Going
from qda.ui.open_coding.passage_acts import PassageActs
from qda.ui.open_coding.passage_menu import coding_menu, span_menu
from qda.ui.open_coding.pencils import Pencils
from qda.ui.open_coding.progress import Progress
from qda.ui.transcript import mime
from qda.ui.transcript.movement import Step
from qda.ui.transcript.rows import CodingRow, ParagraphKind, ParagraphRow, StyleRow
from qda.ui.transcript.search_bar import SearchBar
from qda.ui.turns.acts import TurnActs

if TYPE_CHECKING:
    from qda.coding.codebook import Which
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.suggesting.showing import Taken

LAST_SOURCE: Final = "open.source"
_PLACE: Final = "place:"
_MANY: Final = 200  # an act that touches more rows is followed by reading all codings again
_KEEP_PLACE_MS: Final = 2500


class TranscriptPane(QWidget):
    """Bar, search and text of one document, and what one does there."""

    comment_wanted = Signal()  # the comment of the chosen coding is to be written
    coded = Signal(int, int)  # this span was coded
    reloaded = Signal()  # the text was read anew
    opened = Signal(str)  # this pane shows another document now
    source_dropped = Signal(str)  # a document was dropped here

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book = CodeBook.of(desk)
        self._active = True
        self.slot = ""  # what the settings of this pane end in
        self._source = ""
        self._title = ""
        self._paragraph = self._paragraph_source = ""
        self._stale = False
        self._corrected: list[str] = []  # units that corrected the text since it was read
        self.acts = PassageActs(desk, self)
        self.bar = PaneBar(self)
        self.view: EditingView = EditingView(self)
        self.search = SearchBar(self.view, self)
        self.choosing: Choosing = Choosing(desk, self)
        self.field = self.choosing.field
        self.empty = EmptyPage(self)
        self.hearing = Hearing(desk, self)
        self.turns = TurnActs(desk, self)
        self.cutting: Cutting = Cutting(desk, self)
        self.progress: Progress = Progress(desk, self)
        self.pencils: Pencils = Pencils(desk, self)
        self.going: Going = Going(desk, self)
        self.editing = EditMode(desk, self)
        self.filter_bar = FilterBar(desk, self.view, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.bar, self.filter_bar, self.editing.bar, self.search, self.editing.search):
            box.addWidget(widget)
        box.addWidget(self._pages, 1)
        box.addWidget(self.hearing.bar)
        self.setObjectName("pane")
        self.setAccessibleName(_("Text"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.view)
        self.setAcceptDrops(True)
        self._keep_place = QTimer(self, singleShot=True, interval=_KEEP_PLACE_MS)
        self._keep_place.timeout.connect(self.keep_place)
        self._connect()

    def _connect(self) -> None:
        view, desk = self.view, self._desk
        view.span_selected.connect(self._span_selected)
        view.place_changed.connect(self._place_changed)
        view.code_requested.connect(self.ask_code)
        view.quick_code_requested.connect(self.quick_code)
        view.code_dropped.connect(lambda code, start, stop: self.code_span(Span(start, stop), code))
        view.coding_resized.connect(self._resized)
        view.coding_activated.connect(self._activated)
        view.menu_requested.connect(self._menu)
        view.time_clicked.connect(self.hearing.at)
        view.remove_wanted.connect(self.remove_seen_coding)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._keep_place.start())
        self.empty.wanted.connect(lambda: desk.workspace_wanted.emit("material"))
        desk.changed.connect(self._changed)
        desk.coding_chosen.connect(self._coding_chosen)
        self.opened.connect(lambda _source: self.filter_bar.refresh())
        self.filter_bar.change_wanted.connect(self.ask_filter)

    # -- one of two -----------------------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether acts, inspector and lists mean this pane; the desk hears of the active one alone."""
        return self._active

    def set_active(self, active: bool) -> None:
        """Becomes the pane that is meant, or lets the other one be."""
        if active == self._active:
            return
        self._active = active
        self.bar.set_active(active)
        if not active:
            return
        desk, coding = self._desk, self.view.active_coding
        if desk.source != self._source:
            desk.source_shown.emit(self._source)
        self._span_selected(self.span)
        if desk.coding != coding:
            desk.coding_chosen.emit(coding)
        self._tell_place()

    def focus_first(self) -> None:
        """Puts the focus into the text, or to what is to be done first."""
        wanted = self.view if self._source else self.empty.button
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The pane is closed for good: nothing is heard or played any more."""
        self.editing.leave()
        self.hearing.bar.close_bar()
        self._source = ""

    def dragEnterEvent(self, event: QDragMoveEvent) -> None:
        if mime.source_of(event.mimeData()) is not None:
            self.bar.set_target(True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.bar.set_target(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.bar.set_target(False)
        source = mime.source_of(event.mimeData())
        if source is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.source_dropped.emit(source)

    # -- showing a document ---------------------------------------------------------------------------------

    @property
    def source(self) -> str:
        """The GUID of the document shown."""
        return self._source

    def open_last(self) -> None:
        """Shows the document read last, else the first interview, else what to do first."""
        project = self._desk.project
        wanted = project.setting(LAST_SOURCE + self.slot)
        if not wanted or material.source(project, wanted) is None:
            known = material.sources(project)
            interviews = (row.guid for row in known if row.kind in ("interview", "focus_group"))
            wanted = next(interviews, known[0].guid if known else "")
        if wanted:
            self.open_source(wanted, -1, -1)
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self._source = self._title = ""
        self.bar.title.setText("")
        self.view.set_transcript("", [])
        self._pages.setCurrentWidget(self.empty)

    def open_source(self, source: str, start: int, stop: int) -> None:
        """Shows a document with ``start``–``stop`` selected, the cursor there, or (-1) where one was."""
        if source != self._source:
            self.editing.leave()
            self.keep_place()
            self._load(source)
            self.opened.emit(source)
            if self._active:
                self._desk.source_shown.emit(source)
                self._desk.coding_chosen.emit("")
            self.view.go_to_place(self._desk.project.setting(self._place_key(source)))
            self._desk.project.set_setting(LAST_SOURCE + self.slot, source)
            self.search.transcript_changed()
        elif self._stale:  # changed behind a page: places are those of the text as it is now
            self._reload()
        if 0 <= start < stop:
            self.view.select_span(start, stop)
        elif 0 <= start == stop:
            self.view.go_to(start)
        self._place_changed(self.view.current_position())

    def _load(self, source: str) -> None:
        project = self._desk.project
        row = material.source(project, source)
        if row is None:
            self.open_last()
            return
        if source != self._source:
            self._corrected.clear()
        self._source, self._title, self._stale = source, row.title, False
        self.bar.title.setText(row.title)
        self._pages.setCurrentWidget(self.view)
        text, rows, styles = self._stored(source)
        self.view.set_transcript(text, rows, styles=styles, aligned=row.numbered)
        self.view.set_hears(bool(row.media) and available())
        self.view.set_codings(_row(mark) for mark in marks(project, source))
        self.reloaded.emit()

    def _stored(self, source: str) -> tuple[str, list[ParagraphRow], list[StyleRow]]:
        project = self._desk.project
        topics: dict[int, list[str]] = {}
        for mark in topic_marks(project, source):
            topics.setdefault(mark.start, []).append(mark.name)
        rows = [
            _paragraph(p, " · ".join(topics.get(p.start, ()))) for p in material.paragraphs(project, source)
        ]
        styles = [StyleRow(*run) for run in material.styles(project, source)]
        return material.text(project, source), rows, styles

    def show_edited(self, unit: str, hunks: list[Hunk], text: str | None) -> None:
        """Shows the text as the edit mode saved it by ``unit``; it need not be built anew.

        ``hunks`` made it, where no coding went or was joined; else they are empty. ``text`` is the new one,
        where paragraphs are the same as before.
        """
        if hunks and text is not None:
            rows = self.view.moved_paragraphs(hunks)
            styles = [StyleRow(*run) for run in material.styles(self._desk.project, self._source)]
        else:
            text, rows, styles = self._stored(self._source)
        if not hunks or not self.view.take_over(text, rows, styles, hunks):
            self._corrected.append(unit)
            self._reload()
            return
        self.reloaded.emit()
        self.pencils.refresh()
        self.search.transcript_changed()

    def _reload(self) -> None:
        """Reads the document again and stays at the same place."""
        if material.source(self._desk.project, self._source) is None:
            self._source = ""
            self.open_last()
            return
        *points, baseline = self.view.reading()
        self._load(self._source)
        units, self._corrected = self._corrected, []
        if units:
            points = correcting.moved(self._desk.project, source=self._source, units=units, points=points)
        self.view.read_on(points[0], points[1], baseline)
        self.progress.refresh()
        self.pencils.refresh()
        self.search.transcript_changed()

    def keep_place(self) -> None:
        """Remembers where one reads."""
        self._keep_place.stop()
        place = self.view.place() if self._source else ""
        key = self._place_key(self._source)
        if place and place != self._desk.project.setting(key):
            self._desk.project.set_setting(key, place)

    def _place_key(self, source: str) -> str:
        return f"{_PLACE}{source}{self.slot}"

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.editing.leave()
        self.keep_place()
        super().hideEvent(event)

    def shown(self) -> None:
        """The workspace came to the front."""
        if not self._source:
            self.open_last()
        elif self._stale:
            self._reload()
        self._tell_place()

    # -- following acts -------------------------------------------------------------------------------------

    def _changed(self, change: "Changed") -> None:
        tables = change.tables
        if self.editing.takes(change):
            return
        if not self._source:
            if "source" in tables and self.isVisible():
                self.open_last()
            return
        if any(t.op == "splice" and t.guid == self._source for t in change.touched):
            self._corrected.append(change.unit)
        if not self.isVisible():
            self._stale = True
            return
        if tables & {"source", "paragraph", "speaker", "topic", "turn_topic"}:
            self._reload()
        elif tables & {"coding", "segment", "code", "coder"}:
            self._follow(change)

    def _follow(self, change: "Changed") -> None:
        renamed = any(t.table in ("code", "coder") and t.op != "insert" for t in change.touched)
        codings = {t.guid for t in change.touched if t.table == "coding"}
        segments = {t.guid for t in change.touched if t.table == "segment"}
        project = self._desk.project
        if renamed or len(codings) + len(segments) > _MANY:
            self.view.set_codings(_row(mark) for mark in marks(project, self._source))
            return
        found = partial.marks_of(project, self._source, codings=codings, segments=segments)
        for guid in codings - {mark.guid for mark in found}:
            self.view.remove_coding(guid)
        for mark in found:
            self.view.add_coding(_row(mark))

    # -- what the view says ---------------------------------------------------------------------------------

    def _span_selected(self, span: Span | None) -> None:
        here = self.view.current_position()
        start, stop = (span.start, span.stop) if span else (here, here)
        if self._active:
            self._desk.span_chosen.emit(self._source, start, stop)

    def _place_changed(self, _position: int) -> None:
        self._keep_place.start()
        row = self.view.current_paragraph()
        number = row.number if row else ""
        if (self._source, number) != (self._paragraph_source, self._paragraph):
            self._paragraph, self._paragraph_source = number, self._source
            self._tell_place()

    def _tell_place(self) -> None:
        if self._active and self._source and self.isVisible():
            place = _("{title}, para. {paragraph}").format(title=self._title, paragraph=self._paragraph)
            self._desk.told.emit(place if self._paragraph else self._title)

    def _activated(self, guid: str) -> None:
        if self._active and guid != self._desk.coding:
            self._desk.coding_chosen.emit(guid)

    def _coding_chosen(self, guid: str) -> None:
        if not self._active or guid == self.view.active_coding:
            return
        if guid and not self.view.shows(guid):
            place = partial.place_of_coding(self._desk.project, guid)
            if place is None:
                return
            self.open_source(place.source, -1, -1)
        self.view.activate(guid)
        span = self.view.segment_row(guid)
        if span:
            self.view.go_to(span[0])

    # -- coding ---------------------------------------------------------------------------------------------

    @property
    def span(self) -> Span | None:
        """What is selected, as it would be coded."""
        return self.view.selected_span()

    def _need_span(self) -> Span | None:
        span = self.span
        if span is None:
            self._desk.told.emit(_("Select a passage first."))
        return span

    def ask_code(self, text: str = "") -> None:
        """Opens the code field for the selection."""
        span = self._need_span()
        if span is not None:
            self.choosing.ask(span, text)

    def ask_recode(self) -> None:
        """Opens the code field for the coding that is set apart."""
        self.choosing.ask_recode()

    def code_span(self, span: Span, *codes: str) -> bool:
        """Codes a span with codes that exist (GUIDs) and with new ones ("Parent > Child"), in one act.

        False where it was refused.
        """
        return self._coded(span, self.acts.code(self._source, span, *codes))

    def code_suggested(self, span: Span, codes: list[str], taken: "Taken") -> bool:
        """As :meth:`code_span`, where some of the codes were suggested: their codings say so."""
        return self._coded(span, self.acts.code_suggested(self._source, span, codes, taken))

    def _coded(self, span: Span, coding: str) -> bool:
        """The selection has done its work; the new coding is set apart."""
        if coding:
            self.view.clear_selection()
            self.set_apart(coding)
            self.coded.emit(span.start, span.stop)
        return bool(coding)

    def set_apart(self, coding: str) -> None:
        """Sets a coding apart that was made or changed just now."""
        if coding:
            self.view.clear_selection()
            self.view.activate(coding)

    def code_with(self, code: str) -> None:
        """Codes the selection with a code that exists."""
        span = self._need_span()
        if span is not None:
            self.code_span(span, code)

    def quick_code(self, key: int) -> None:
        """Codes the selection with the code on a digit."""
        row = self._book.on_key(key)
        if row is not None and not self._desk.project.read_only:
            self.code_with(row.guid)
        elif row is None:
            told = _("No code lies on key {key}. Choose a code and press Alt+Shift+{key} to put it there.")
            self._desk.told.emit(told.format(key=key))

    def in_vivo(self) -> None:
        """Makes the selected words a code."""
        span = self._need_span()
        if span is not None:
            self._coded(span, self.acts.in_vivo(self._source, span))

    def again(self) -> None:
        """Codes the selection with the code used last."""
        span = self._need_span()
        if span is not None:
            self._coded(span, self.acts.again(self._source, span))

    def code_unit(self, step: Step | None) -> None:
        """Selects the paragraph or turn at the cursor (none: the whole answer) and asks for a code."""
        span = self.view.answer() if step is None else self.view.unit(step)
        if span is not None and span.start < span.stop:
            self.view.select_span(span.start, span.stop)
            self.ask_code()

    def toggle_exact(self) -> None:
        """Selections keep to the very sign from now on, or to whole words again."""
        exact = not self.view.exact
        self.view.set_exact(exact)
        told = (
            _("Selections end at the very sign now.") if exact else _("Selections keep to whole words again.")
        )
        self._desk.told.emit(told)

    # -- the coding that is set apart ------------------------------------------------------------------------

    def _resized(self, coding: str, start: int, stop: int) -> None:
        kept = self.acts.resize(coding, start, stop)
        if kept:
            self.view.activate(kept)
            self.view.reveal(start)

    def remove_coding(self) -> None:
        """Removes the coding that is set apart."""
        if self.view.active_coding:
            self.acts.remove(self.view.active_coding)

    def remove_seen_coding(self, _guid: str = "") -> None:
        """Removes the coding that is set apart if one sees it; else it is shown first."""
        place = self.view.segment_row(self.view.active_coding)
        if place is not None and not self.view.paragraphs_rect(*place).intersects(
            self.view.viewport().rect()
        ):
            self.view.reveal(place[0])
            self._desk.told.emit(_("This coding was out of sight. Once more removes it."))
            return
        self.remove_coding()

    def choose_passage(self, which: "Which") -> None:
        """Makes the coding set apart the typical or the deviating passage of its code."""
        if self.view.active_coding:
            self.acts.choose(self.view.active_coding, which)

    def resize_coding(self) -> None:
        """Moves the ends of the coding that is set apart by the keys that select; Enter takes them."""
        if self.view.active_coding:
            self.view.setFocus()
            self.view.begin_resize()
            self._desk.told.emit(
                _("Shift and the arrow keys move the end, F2 the other end, Enter takes it.")
            )

    def memo(self) -> None:
        """A memo on the selection, the coding that is set apart, or the document."""
        self._desk.memo_wanted.emit("", target_in_hand(self._desk))

    def cited(self) -> list[SegmentRow]:
        """What would be copied as a citation."""
        span = self.span
        place = self.view.segment_row(self.view.active_coding)
        if span is not None:
            place = (span.start, span.stop)
        return [material.span_row(self._desk.project, self._source, *place)] if place else []

    def copy_citation(self) -> None:
        """Copies the selection, or the coding that is set apart, as a citation."""
        rows = self.cited()
        if told := citing.copy(rows):
            self._desk.told.emit(told)
        else:
            self._need_span()

    def list_codings(self) -> None:
        """Lists all codings at the cursor, to set one apart."""
        if self.view.list_codings_here() is None:
            self._desk.told.emit(_("There is no coding at the cursor."))

    def ask_filter(self) -> None:
        """Asks which codings are to be shown."""
        from qda.ui.open_coding.filter_popup import FilterPopup

        coders = [row.name for row in material.coders(self._desk.project)]
        speakers = dict.fromkeys(row.speaker for row in self.view.paragraphs() if row.speaker)
        popup = FilterPopup(self._desk, coders, speakers, self)
        popup.open_at(self.view.mapToGlobal(QPoint(self.view.width() - px(12), px(4))))

    def _menu(self, coding: str, place: QPoint) -> None:
        self.menu_of(coding).popup(place)

    def menu_of(self, coding: str) -> QMenu:
        """The menu of a coding, of the selection, or of the place."""
        if coding and self.span is None:
            self.view.activate(coding)
            return coding_menu(self, coding)
        return span_menu(self)


def _row(mark: Mark) -> CodingRow:
    return CodingRow(
        mark.guid,
        mark.segment,
        mark.start,
        mark.stop,
        mark.code,
        mark.name,
        mark.colour,
        mark.in_vivo,
        mark.coder,
        mark.comment,
        mark.phase,
    )


def _paragraph(row: StoredParagraph, topic: str) -> ParagraphRow:
    return ParagraphRow(
        row.guid,
        row.number,
        row.start,
        row.stop,
        row.label_stop,
        row.speaker,
        row.role == "interviewer",
        row.time_ms,
        ParagraphKind(row.kind),
        row.opens_turn,
        topic,
    )
