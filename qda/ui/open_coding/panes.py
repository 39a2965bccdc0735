"""One text, or two beside or above each other: which of them is meant, and where a document is shown.

The desk knows the active pane alone; both follow every act. What is open is kept with the study.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.open_coding.transcript_pane import LAST_SOURCE, TranscriptPane

if TYPE_CHECKING:
    from qda.ui.desk import Desk

SPLIT: Final = "open.split"  # "", "beside" or "above"
WAY: Final = "open.split.way"  # how it was split last
_SECOND: Final = "#2"  # what the settings of the second pane end in
_WIDE: Final = 560  # pixels in which a text and some of the codes' names can be read
_LEAST: Final = 320  # pixels that each text keeps


class Panes(QSplitter):
    """The middle of open coding."""

    turned = Signal(object)  # the pane that is meant from now on, also when there is one more or fewer
    comment_wanted = Signal()
    zoomed = Signal(float)  # one of the texts was enlarged or made smaller

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk = desk
        self.setObjectName("panes")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.all: list[TranscriptPane] = []
        self.active: TranscriptPane = self._add()
        self._restored = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def _add(self) -> TranscriptPane:
        pane = TranscriptPane(self._desk, self)
        pane.comment_wanted.connect(self.comment_wanted)
        pane.source_dropped.connect(lambda source: self._dropped(pane, source))
        pane.view.zoom_changed.connect(self.zoomed)
        pane.view.code_dropped.connect(lambda *_dropped: self.turn_to(pane))
        pane.bar.close_text.clicked.connect(lambda: self.close_pane(pane))
        self.all.append(pane)
        self.addWidget(pane)
        return pane

    # -- which is meant -------------------------------------------------------------------------------------

    @property
    def other(self) -> TranscriptPane | None:
        """The text beside the active one."""
        return next((pane for pane in self.all if pane is not self.active), None)

    @property
    def is_split(self) -> bool:
        """Whether there are two texts."""
        return len(self.all) > 1

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        while new is not None:  # also from the fields that open over a text
            if isinstance(new, TranscriptPane) and new in self.all:
                self.turn_to(new)
                return
            new = new.parentWidget()

    def turn_to(self, pane: TranscriptPane) -> None:
        """Acts, lists and the inspector mean this text from now on."""
        if pane is self.active:
            return
        self.active.set_active(False)
        self.active = pane
        pane.set_active(True)
        self.turned.emit(pane)

    def go_to_other(self) -> None:
        """The focus goes to the other text; where there is one alone, into it."""
        (self.other or self.active).focus_first()

    # -- one more, one fewer --------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Two texts, as it was split last; or one again, the active one."""
        if self.is_split:
            other = self.other
            assert other is not None
            self.close_pane(other)
            return
        first = self.active
        second = self._split(self._way())
        wanted = self._desk.project.setting(LAST_SOURCE + _SECOND) or first.source
        self._show_in(second, first, wanted)
        self._keep()
        second.focus_first()
        self._desk.told.emit(
            _("Two texts. F6 goes to the other, Alt+Enter on a document opens it there, Esc closes.")
        )

    def _show_in(self, second: TranscriptPane, first: TranscriptPane, wanted: str) -> None:
        """Shows a document in a pane that was made just now; the one of the first at the same place."""
        if not wanted:
            return
        place = first.view.place()
        second.open_source(wanted, -1, -1)
        if wanted == first.source and not self._desk.project.setting(f"place:{wanted}{_SECOND}"):
            second.view.go_to_place(place)

    def _way(self) -> str:
        """As it was split last; the first time as the room for text and names asks for."""
        return self._desk.project.setting(WAY) or ("beside" if self.width() >= 2 * px(_WIDE) else "above")

    def _split(self, way: str) -> TranscriptPane:
        self._turn(way)
        second = self._add()
        second.slot = _SECOND if not self.all[0].slot else ""
        second.set_active(False)
        second.view.set_zoom(self.all[0].view.zoom)
        size = self.height() if way == "above" else self.width()
        self.setSizes([size // 2, size - size // 2])
        self._dress()
        self.turned.emit(self.active)
        return second

    def _turn(self, way: str) -> None:
        upright = way == "above"
        self.setOrientation(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        for pane in self.all:
            pane.setMinimumWidth(0 if upright else px(_LEAST))

    def turn_over(self) -> None:
        """Beside one another, or one above the other; a single text is split first."""
        way = "beside" if self.is_above else "above"
        self._desk.project.set_setting(WAY, way)
        if not self.is_split:
            self.toggle()
            return
        places = [(pane, pane.source, pane.view.place()) for pane in self.all]
        self._turn(way)
        self._keep()
        QTimer.singleShot(0, self, lambda: self._stay_at(places))

    def _stay_at(self, places: list[tuple[TranscriptPane, str, str]]) -> None:
        """Each text goes on where it was; on the way it had other widths and heights."""
        for pane, source, place in places:
            if pane in self.all and pane.source == source:
                pane.view.go_to_place(place)

    @property
    def is_above(self) -> bool:
        """Whether two texts stand one above the other."""
        return self.is_split and self.orientation() is Qt.Orientation.Vertical

    def close_pane(self, pane: TranscriptPane) -> None:
        """One text again; the other one stays."""
        if not self.is_split or pane not in self.all:
            return
        stays = next(one for one in self.all if one is not pane)
        self.turn_to(stays)
        self.all.remove(pane)
        self._keep_closed(pane, stays)
        pane.let_go()
        had_focus = pane.isAncestorOf(QApplication.focusWidget() or self)
        pane.setParent(None)
        pane.deleteLater()
        self._keep()
        self._dress()
        if had_focus:
            stays.focus_first()
        self.turned.emit(stays)

    def _keep_closed(self, gone: TranscriptPane, stays: TranscriptPane) -> None:
        """The one that stays is the first from now on; the other comes back as the second."""
        gone.slot, stays.slot = _SECOND, ""
        for pane in (gone, stays):
            if pane.source:
                self._desk.project.set_setting(LAST_SOURCE + pane.slot, pane.source)
            pane.keep_place()

    def _dress(self) -> None:
        for at, pane in enumerate(self.all):
            pane.bar.set_split(self.is_split)
            name = (_("First transcript"), _("Second transcript"))[at] if self.is_split else _("Transcript")
            pane.view.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that means nothing else in a text closes the other one."""
        other = self.other
        in_text = self.active.view.hasFocus()  # not in a field or a bar beside it
        if event.key() == Qt.Key.Key_Escape and other is not None and in_text:
            self.close_pane(other)
            self._desk.told.emit(_("One text again. The same key as before brings the other back."))
            event.accept()
            return
        super().keyPressEvent(event)

    # -- documents ------------------------------------------------------------------------------------------

    def open_beside(self, source: str, start: int = -1, stop: int = -1) -> None:
        """Shows a document in the other text; where there is one alone, a second is made."""
        if not self.is_split:
            self._split(self._way())
        other = self.other
        assert other is not None
        other.open_source(source, start, stop)
        self._keep()
        other.focus_first()

    def _dropped(self, pane: TranscriptPane, source: str) -> None:
        pane.open_source(source, -1, -1)
        pane.focus_first()

    # -- kept with the study --------------------------------------------------------------------------------

    def shown(self) -> None:
        """The workspace came to the front."""
        for pane in self.all:
            pane.shown()
        if not self._restored:
            self._restored = True
            way = self._desk.project.setting(SPLIT)
            if way in ("beside", "above"):
                QTimer.singleShot(0, self, lambda: self._restore(way))

    def _restore(self, way: str) -> None:
        """Two texts as they were left; the first is painted before the second is read."""
        if self.is_split or not self.active.source:
            return
        second = self._split(way)
        QTimer.singleShot(
            0,
            second,
            lambda: self._show_in(
                second,
                self.all[0],
                self._desk.project.setting(LAST_SOURCE + _SECOND) or self.all[0].source,
            ),
        )

    def keep_state(self) -> None:
        """Remembers where one reads."""
        for pane in self.all:
            pane.keep_place()

    def _keep(self) -> None:
        project = self._desk.project
        way = ("above" if self.is_above else "beside") if self.is_split else ""
        if project.setting(SPLIT) != way:
            project.set_setting(SPLIT, way)
        if way and project.setting(WAY) != way:
            project.set_setting(WAY, way)
