"""One step of a life in full: what happened, what was written, its passages, and where it leads."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from qda.coding.genesis_steps import Step
from qda.coding.rows import SegmentRow
from qda.i18n import _, ngettext
from qda.ui.fonts import SHEET_TITLE, px, reading_font, ui_font
from qda.ui.open_coding.parts import INSET, Quote, clear, keeping_focus, link, links, minor
from qda.ui.status import told_date
from qda.ui.surfaces import on_panel, scrolled

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_MOST: Final = 25  # passages shown at first


def show_now(layout: QLayout) -> None:
    """Shows what was put into a layout at once: a moment later is too late for a key."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            widget.show()
        elif inner is not None:
            show_now(inner)


class StepPanel(QWidget):
    """``left``: Esc leads back to the timeline; ``dates_wanted``: the model as it was after this step."""

    left = Signal()
    dates_wanted = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._step: Step | None = None
        self._of_model = False
        self._all = False
        self.setObjectName("step_panel")
        self.setAccessibleName(_("The step in full"))
        inside = on_panel(QWidget())
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(px(16 - INSET), px(12), px(16 - INSET), px(16))
        self._box.setSpacing(px(6))
        area = scrolled(inside)
        on_panel(area.viewport())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_step(self, step: Step | None, *, of_model: bool) -> None:
        """Shows another step."""
        if step != self._step:
            self._all = False
        self._step, self._of_model = step, of_model
        self._build()

    def focus_first(self) -> None:
        """Into the first thing that can be pressed."""
        for button in self.findChildren(QWidget):
            if button.focusPolicy() == Qt.FocusPolicy.StrongFocus and button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        with keeping_focus(self):
            clear(self._box)
            step = self._step
            if step is not None:
                self._head(step)
                for words in (step.text, *step.parts):
                    if words:
                        self._box.addWidget(self._words(words, reading=words == step.text))
                self._links(step)
                self._passages(step.passages)
            self._box.addStretch(1)
            show_now(self._box)

    def _head(self, step: Step) -> None:
        title = QLabel(step.words, self)
        title.setObjectName("step_title")
        title.setFont(ui_font(SHEET_TITLE, semibold=True))
        title.setWordWrap(True)
        title.setContentsMargins(px(INSET), 0, px(INSET), 0)
        self._box.addWidget(title)
        when = " · ".join(part for part in (told_date(step.at, "d MMMM yyyy"), step.coder) if part)
        if step.private:
            when = f"{when} · {_('private: in no report')}"
        self._box.addWidget(minor(when, self))

    def _words(self, words: str, *, reading: bool) -> QLabel:
        label = QLabel(words, self)
        label.setFont(reading_font() if reading else ui_font())
        label.setWordWrap(True)
        label.setContentsMargins(px(INSET), px(2), px(INSET), px(2))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _links(self, step: Step) -> None:
        made = []
        desk = self._desk
        if step.memo:
            made.append(link(_("Open the memo"), "step_memo", lambda: desk.memo_wanted.emit(step.memo, "")))
        kind, _colon, guid = step.about.partition(":")
        if kind == "relation":
            made.append(link(_("To the relation"), "step_relation", lambda: self._relation(guid)))
        elif kind == "code":
            made.append(link(_("To the code"), "step_code", lambda: self._code(guid)))
        elif kind == "case":
            made.append(link(_("To the case"), "step_case", lambda: self._case(guid)))
        if made:
            self._box.addLayout(links(*made))
        if self._of_model:
            words = _("The model that day, beside the model now")
            dates = link(words, "step_dates", lambda: self.dates_wanted.emit(step))
            row: QHBoxLayout = links(dates)
            self._box.addLayout(row)

    def _passages(self, passages: tuple[SegmentRow, ...]) -> None:
        shown = passages if self._all else passages[:_MOST]
        for row in shown:
            quote = Quote(row, lines=4, parent=self)
            quote.setObjectName("passage")
            quote.clicked.connect(lambda _on=False, row=row: self._text(row))
            self._box.addWidget(quote)
        if more := len(passages) - len(shown):
            words = ngettext("{n} more passage", "{n} more passages", more).format(n=more)
            self._box.addLayout(links(link(words, "more_passages", self._show_all)))

    def _show_all(self) -> None:
        self._all = True
        self._build()

    # -- leading on -----------------------------------------------------------------------------------------

    def _text(self, row: SegmentRow) -> None:
        self._desk.source_wanted.emit(row.source, row.start, row.stop)

    def _relation(self, guid: str) -> None:
        self._desk.workspace_wanted.emit("axial")
        self._desk.relation_chosen.emit(guid)
        self._leave()

    def _code(self, guid: str) -> None:
        self._desk.code_chosen.emit(guid)
        self._desk.workspace_wanted.emit("open")

    def _case(self, guid: str) -> None:
        self._desk.workspace_wanted.emit("material")
        self._desk.case_chosen.emit(guid)

    def _leave(self) -> None:
        """The relation stands behind the page: the page goes."""
        from qda.ui.places import Page

        page = self.parentWidget()
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        if isinstance(page, Page):
            page.closed.emit()
