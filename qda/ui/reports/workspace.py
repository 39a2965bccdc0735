"""The workspace of reports: list at the left, pages in the middle, settings and saving at the right."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.reports.all_reports import Wanted
from qda.reports.pages.paging import Mark, PageMaker, Place
from qda.reports.registry import report_kind, reports
from qda.ui.fonts import px, ui_font
from qda.ui.reports.choice import ReportList
from qda.ui.reports.find_bar import FindBar
from qda.ui.reports.folds import Fold
from qda.ui.reports.foot import Foot
from qda.ui.reports.making import Maker, Preparation
from qda.ui.reports.preview import Preview
from qda.ui.reports.saving import Saving, study_language
from qda.ui.reports.settings import SettingsPanel
from qda.ui.reports.words import FORMATS, read_settings
from qda.ui.surfaces import Elided, Line, head_row, on_panel, on_paper, scrolled, section

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_SLICE_S: Final = 0.008  # how long pages are set before the window looks at its events again
_PAUSE_MS: Final = 250  # after the last change, before the preview is made anew
_GROW_MS: Final = 120  # how often more pages are shown while the others are being set
_CHOSEN: Final = "report"
_NAMED: Final = 520  # from this width on there is room for the report's name above its pages


class Workspace(QWidget):
    """Reports."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ready: Preparation | None = None
        self._settings: SettingsPanel | None = None
        self._asked: dict[str, str] = {}  # settings that were asked for from elsewhere
        self._stale = True
        self._making = False
        self.setObjectName("reports")
        self.maker = Maker(desk.path, self)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._prepare)
        self._coming: Preparation | None = None
        self._paging: PageMaker | None = None
        self._mark: Mark | None = None  # what was at the top of the pages that are made anew
        self._slice = QTimer(self, interval=0)
        self._slice.timeout.connect(self._set_pages)
        self._grow = QTimer(self, interval=_GROW_MS)
        self._grow.timeout.connect(self._show_more)
        self.list = ReportList(reports())
        self.preview = Preview()
        self.find_bar = FindBar(self.preview)
        self.foot = Foot()
        self.saving = Saving(desk, self.foot, self)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        for side in (self._left(), self._middle(), self._right()):
            split.addWidget(side)
        split.setSizes([px(264), px(873), px(303)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._report_chosen)
        self.preview.page_changed.connect(self._page_changed)
        self.preview.zoomed.connect(lambda percent: self._size.setText(f"{percent} %"))
        self.maker.prepared.connect(self._prepared)
        self.maker.failed.connect(self._failed)
        self.maker.broken.connect(self._broken)
        self.foot.save_wanted.connect(self.ask_and_save)
        self.foot.first_wanted.connect(self.show_placeholder)
        self._desk.changed.connect(self._changed)

    # -- building --------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        side = on_panel(QWidget(self))
        side.setMinimumWidth(px(180))
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Reports")))
        box.addWidget(self.list, 1)
        return side

    def _middle(self) -> QWidget:
        side = QWidget(self)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        bar = on_paper(QWidget(side))
        bar.setMinimumHeight(px(40))
        self._head_bar = bar
        bar.installEventFilter(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(16), px(2), px(16), px(2))
        row.setSpacing(px(10))
        self._name = Elided("", bar)
        self._name.setFont(ui_font(semibold=True))
        self._where = QLabel(bar)
        self._where.setProperty("quiet", True)
        self._note = Elided("", bar)  # gives way in a small window
        self._note.setProperty("minor", True)
        row.addWidget(self._name)
        row.addWidget(self._where)
        row.addWidget(self._note, 1)
        self._back = _plain(_("Back"), "previous_page", bar, lambda: self.preview.step(-1))
        self._on = _plain(_("Next"), "next_page", bar, lambda: self.preview.step(1))
        self._back.setAccessibleName(_("Previous page"))
        self._on.setAccessibleName(_("Next page"))
        smaller = _plain("−", "smaller", bar, lambda: self.preview.zoom(-1))
        smaller.setAccessibleName(_("Smaller pages"))
        larger = _plain("+", "larger", bar, lambda: self.preview.zoom(1))
        larger.setAccessibleName(_("Larger pages"))
        self._size = _plain("100 %", "fit_width", bar, lambda: self.preview.zoom(0))
        self._size.setAccessibleName(_("Fit the pages into the width"))
        upright = Line(bar, upright=True)
        upright.setFixedHeight(px(20))
        for widget in (self._back, self._on, upright, smaller, self._size, larger):
            row.addWidget(widget)
        self._bar = QProgressBar(side)
        self._bar.setObjectName("report_progress")
        self._bar.setAccessibleName(_("The report is being made"))
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(3)
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        self._bar.hide()
        box.addWidget(bar)
        box.addWidget(Line(side))
        box.addWidget(self._bar)
        box.addWidget(self.find_bar)
        box.addWidget(self.preview, 1)
        return side

    def _right(self) -> QWidget:
        side = on_panel(QWidget(self))
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Settings")))
        box.addWidget(Line(side))
        inside = on_panel(QWidget(side))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(0)
        self._panel = QVBoxLayout()
        column.addLayout(self._panel)
        column.addWidget(self._withheld_part(inside))
        column.addStretch(1)
        self._area = scrolled(inside)
        self._area.setMinimumWidth(px(240))
        box.addWidget(self._area, 1)
        box.addWidget(Line(side))
        box.addWidget(self.foot)
        return side

    def _withheld_part(self, parent: QWidget) -> QWidget:
        part = QWidget(parent)
        box = QVBoxLayout(part)
        box.setContentsMargins(px(16), 0, px(16), px(12))
        box.setSpacing(px(6))
        box.addWidget(Line(part))
        box.addSpacing(px(4))
        box.addWidget(section(_("Not in the report"), part))
        self._withheld = QLabel(part)
        self._withheld.setObjectName("withheld")
        self._withheld.setWordWrap(True)
        self._withheld.setTextFormat(Qt.TextFormat.PlainText)
        box.addWidget(self._withheld)
        self._withheld_box = part
        return part

    # -- coming to the front ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """The workspace comes to the front."""
        if not self.list.name:
            self.list.choose(self._desk.project.setting(_CHOSEN, "study"))
        elif self._stale:
            self._prepare()

    def focus_first(self) -> None:
        """To the list of reports."""
        self.list.setFocus()

    def let_go(self) -> None:
        """Waits for what is being made; the study is about to be closed."""
        for timer in (self._soon, self._slice, self._grow):
            timer.stop()
        self.maker.stop()
        self.saving.exporter.stop()
        self._making = False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        stack = self.parentWidget()
        if isinstance(stack, QStackedWidget) and stack.indexOf(self) < 0:
            self.let_go()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.preview.viewport().update()

    def _changed(self, _change: "Changed") -> None:
        self._stale = True
        self._note.setText(_("The study has changed since."))
        if self.isVisible():
            self._soon.start()

    # -- making ----------------------------------------------------------------------------------------------

    def turn_to(self, name: str, options: Mapping[str, str]) -> None:
        """Turns to a report with some of its settings; the others stay as they were kept."""
        self._asked = dict(options)
        if self.list.name == name:
            self._report_chosen(name)
        else:
            self.list.choose(name)
        self._keep()

    def _report_chosen(self, name: str) -> None:
        kind = report_kind(name)
        self._desk.project.set_setting(_CHOSEN, name)
        chosen = read_settings(self._desk.project.setting(f"{_CHOSEN}.{name}"))
        chosen |= self._asked
        self._asked = {}
        if "language" not in chosen:
            chosen["language"] = study_language(self._desk)
        if self._settings is not None:
            self._panel.removeWidget(self._settings)
            self._settings.hide()  # it goes only when nothing else is to be done
            self._settings.deleteLater()
        self._settings = SettingsPanel(kind, chosen, project=self._desk.project)
        self._settings.changed.connect(self._option_changed)
        self._settings.format_changed.connect(self._format_changed)
        self._panel.addWidget(self._settings)
        self._settings.installEventFilter(self)
        self._make_room()
        self._ready = None
        self._name.setText(_(kind.title))
        self._where.clear()
        self._withheld_box.hide()
        self.foot.forget_saved()
        self._name_save()
        self.preview.show_pages(None)
        self._prepare()

    def _make_room(self) -> None:
        """No setting is cut off; the column does not jump back for a report with shorter ones."""
        assert self._settings is not None
        wanted = self._settings.minimumSizeHint().width() + self._area.verticalScrollBar().sizeHint().width()
        if wanted > self._area.minimumWidth():
            self._area.setMinimumWidth(wanted)

    def unfold(self) -> None:
        """Opens all settings that are folded."""
        for fold in self.findChildren(Fold):
            fold.set_open(on=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._settings and event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        elif watched is self._head_bar and event.type() == QEvent.Type.Resize:
            self._name.setVisible(self._head_bar.width() >= px(_NAMED))  # the list names it, too
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        assert self._settings is not None
        kept = {**self._settings.options, "format": self._settings.format}
        self._desk.project.set_setting(f"{_CHOSEN}.{self.list.name}", json.dumps(kept))

    def _option_changed(self) -> None:
        self._keep()
        self._stale = True
        self._soon.start()

    def _format_changed(self, _name: str) -> None:
        self._keep()
        self._name_save()

    def _name_save(self) -> None:
        assert self._settings is not None
        words = _(FORMATS.get(self._settings.format, self._settings.format))
        self.foot.name_save(words, enabled=self._ready is not None)

    @property
    def busy(self) -> bool:
        """Whether a preview or a file is being made or about to be."""
        return self._making or self.saving.exporter.busy or self._soon.isActive()

    def _prepare(self) -> None:
        if self._settings is None:
            return
        self._slice.stop()
        self._grow.stop()
        self._stale, self._making = False, True
        self._busy(_("The pages are being made …"))
        self.preview.set_faint(True)
        self.maker.prepare(self.list.name, self._settings.options)

    def _busy(self, words: str) -> None:
        self._bar.show()
        self._note.setText(words)

    def _prepared(self, ready: Preparation) -> None:
        if ready.name != self.list.name or self._soon.isActive():
            return
        self._coming, self._paging = ready, PageMaker(ready.report)
        self._mark = self.preview.mark
        self._slice.start()

    def _set_pages(self) -> None:
        """Sets pages for a moment; shows the first of them as soon as they are there."""
        assert self._paging is not None
        assert self._coming is not None
        complete = self._paging.advance(_SLICE_S)
        pages = self._paging.pages
        if self.preview.pages is not pages:
            self._show_first(complete=complete)
        if complete:
            self._slice.stop()
            self._grow.stop()
            self._complete(self._coming)

    def _show_first(self, *, complete: bool) -> None:
        """Shows the new pages once what was looked at is among them."""
        assert self._paging is not None
        pages, mark = self._paging.pages, self._mark
        place = None
        if mark is not None and not complete and len(pages) <= mark.page + 1:
            return
        if mark is not None:
            place = pages.place_of(mark)
            if place is None and not complete:
                return
        if complete or len(pages):
            self.preview.show_pages(pages, place or (Place(mark.page, 0) if mark else None))
            self._grow.start()

    def _show_more(self) -> None:
        self.preview.grown()

    def _complete(self, ready: Preparation) -> None:
        self._paging, self._ready, self._making = None, ready, False
        pages = self.preview.pages
        assert pages is not None
        self._bar.hide()
        self.preview.grown()
        self.find_bar.again()
        self._note.setText(_("The study has changed since.") if self._stale else "")
        self._withheld.setText("\n".join(ready.withheld))
        self._withheld_box.setVisible(bool(ready.withheld))
        self.foot.show_placeholders(ready.placeholders, seen=bool(pages.placeholders))
        self._name_save()
        self._page_changed(self.preview.page)
        told = ngettext("{report}: {n} page", "{report}: {n} pages", len(pages))
        self._desk.told.emit(told.format(report=self._name.text(), n=len(pages)))

    def _failed(self, sentence: str) -> None:
        self._making = False
        self._bar.hide()
        self._note.setText("")
        self._name_save()
        self._desk.refused.emit(sentence)

    def _broken(self, problem: BaseException) -> None:
        self._making = False
        self._bar.hide()
        self._note.setText("")
        raise problem

    # -- looking ---------------------------------------------------------------------------------------------

    def _page_changed(self, page: int) -> None:
        pages = self.preview.pages
        count = len(pages) if pages else 0
        self._where.setText(_("Page {n} of {m}").format(n=page + 1, m=count) if count else "")
        self._back.setEnabled(page > 0)
        self._on.setEnabled(page < count - 1)

    def show_placeholder(self) -> None:
        """Goes to the next placeholder below the page in front; from the last one to the first."""
        pages = self.preview.pages
        if pages is None or not pages.placeholders:
            return
        self.preview.go_to(pages.placeholders[0])
        self.preview.setFocus()

    # -- saving ----------------------------------------------------------------------------------------------

    @property
    def in_hand(self) -> Wanted | None:
        """The report as it is shown, in the chosen format; its place is not chosen yet."""
        if self._ready is None or self._settings is None:
            return None
        ready, options = self._ready, self._settings.options
        return Wanted(ready.name, self._settings.format, Path(), options, ready.report)

    def ask_and_save(self) -> None:
        """Asks where to save the report as it is shown, in the chosen format."""
        if (one := self.in_hand) is not None:
            self.saving.ask(one, self._name.text())

    def save(self, path: Path) -> None:
        """Writes the report as it is shown to ``path``, in the chosen format."""
        if (one := self.in_hand) is not None:
            self.saving.save(one, path)

    def export_again(self) -> None:
        """Writes what was written last once more, as the study is now, to the same places."""
        self.saving.again()

    def ask_all(self) -> None:
        """Asks for a folder and writes all reports into it."""
        self.saving.ask_all()

    def sizeHint(self) -> QSize:
        return QSize(px(1440), px(800))


def _plain(words: str, name: str, parent: QWidget, act: Callable[[], object]) -> QToolButton:
    """A button of words on the bar above the pages."""
    button = QToolButton(parent)
    button.setText(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _on: act())
    return button
