"""The page on which the quotations of a finished text are checked: a file, a list, the quotation in hand."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.coding.quotations.findings import ERRORS, Checked, Finding, State, state_name, summary, tolerances
from qda.coding.rows import SegmentRow
from qda.exchange.manuscripts import FORMATS, Manuscripts
from qda.i18n import _
from qda.ui.background import Background
from qda.ui.dialogs import heading
from qda.ui.fonts import px, ui_font
from qda.ui.places import Page
from qda.ui.quotations.detail import Detail
from qda.ui.quotations.finding_list import FindingList
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_KEPT: Final = "quotations.file"
_CHECK, _SAVE = "check", "save"
_ERRORS, _ALL = "errors", "all"
_TABLES: Final = frozenset({"source", "paragraph", "speaker", "case_", "project_sheet", "pseudonym_record"})


@dataclass(frozen=True, slots=True)
class _Stamp:
    """By which a file is known to be the same."""

    size: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> "_Stamp | None":
        """None where the file is gone."""
        with suppress(OSError):
            known = path.stat()
            return cls(known.st_size, known.st_mtime_ns)
        return None


class QuotationsPage(Page):
    """Works by keyboard and by mouse; nothing of the study is changed."""

    _went_on = Signal(int, int)  # quotations compared, all: from the thread

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        kept = desk.project.setting(_KEPT)
        self.file: Path | None = Path(kept) if kept and Path(kept).is_file() else None
        self.checked: Checked | None = None
        self._stamp: _Stamp | None = None
        self._stale = False
        self._work: Manuscripts | None = None
        self._stopping = False
        self.setObjectName("quotations")
        self.setAccessibleName(_("Check quotations"))
        self.worker = Background(self)
        self._build()
        self._connect()
        self._show_state()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.list = FindingList(self)
        on_paper(self.list.viewport())
        self.detail = Detail(self._desk, self)
        self.detail.setMinimumWidth(px(300))
        middle = on_paper(QWidget(self))
        self.bar = on_paper(QWidget(middle))
        self._fill_bar(self.bar)
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.empty = self._empty(middle)
        box.addWidget(self.bar)
        box.addWidget(self.empty, 1)
        box.addWidget(self.list, 1)
        self.setAcceptDrops(True)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(middle)
        columns.addWidget(self.detail)
        columns.setStretchFactor(0, 1)
        columns.setSizes([px(860), px(480)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(Line(self))
        outer.addWidget(columns, 1)

    def _head(self) -> QWidget:
        head = on_panel(QWidget(self))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(8))
        self.name = Elided("", head)
        self.name.setObjectName("quotations_file")
        self.choose = LinkButton(_("Choose file…"), "choose_text", head)
        self.again = LinkButton(_("Check again"), "check_again", head)
        self.again.setToolTip("F12")
        self.save = LinkButton(_("Save list…"), "save_findings", head)
        self.back = LinkButton(_("Back to the text"), "back_to_text", head)
        row.addWidget(heading(_("Check quotations"), head))
        row.addWidget(self.name, 1)
        for button in (self.choose, self.again, self.save, self.back):
            row.addWidget(button)
        return head

    def _empty(self, parent: QWidget) -> QWidget:
        """What the page does, before there is anything to show, and where to begin."""
        part = QWidget(parent)
        told = QLabel(self._welcome(), part)
        told.setObjectName("quotations_welcome")
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        told.setProperty("quiet", True)
        self.first = QPushButton(_("Choose file…"), part)
        self.first.setObjectName("choose_first_text")
        self.first.setAccessibleName(_("Choose file"))
        self.first.setDefault(True)
        box = QVBoxLayout(part)
        box.setContentsMargins(px(16), px(20), px(16), px(16))
        box.setSpacing(px(16))
        box.addWidget(told)
        box.addWidget(self.first, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        return part

    def _fill_bar(self, parent: QWidget) -> None:
        self.summary = QLabel("", parent)
        self.summary.setObjectName("quotations_summary")
        self.summary.setFont(ui_font(semibold=True))
        self.summary.setWordWrap(True)
        self.changed = small("", parent)
        self.changed.setObjectName("quotations_changed")
        self.filter = QComboBox(parent)
        self.filter.setObjectName("quotations_filter")
        self.filter.setAccessibleName(_("Quotations shown"))
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.progress = QProgressBar(parent)
        self.progress.setObjectName("quotations_progress")
        self.progress.setAccessibleName(_("Progress of the check"))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(px(6))
        self.stop = QPushButton(_("Stop"), parent)
        self.stop.setObjectName("stop_check")
        self.stop.setAccessibleName(_("Stop"))
        self.stop.setAutoDefault(False)
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self.summary, 1)
        first.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.progress, 1)
        first.addWidget(self.stop)
        inner = QVBoxLayout()
        inner.setContentsMargins(px(16), px(8), px(12), px(8))
        inner.setSpacing(px(4))
        inner.addLayout(first)
        inner.addWidget(self.changed)
        box = QVBoxLayout(parent)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(inner)
        box.addWidget(Line(parent))

    def _connect(self) -> None:
        self.choose.clicked.connect(self.ask_file)
        self.first.clicked.connect(self.ask_file)
        self.again.clicked.connect(self.check_again)
        self.save.clicked.connect(self.ask_and_save)
        self.back.clicked.connect(self.closed)
        self.stop.clicked.connect(self.stop_check)
        self.filter.activated.connect(lambda _at: self._list())
        self.list.chosen.connect(self.detail.show_finding)
        self.list.wanted.connect(self._lead)
        self.detail.text_wanted.connect(self._lead)
        self.worker.done.connect(self._done)
        self.worker.failed.connect(self._failed)
        self._went_on.connect(self._show_progress)
        self._desk.changed.connect(self._study_changed)

    # -- the file -------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Asks for the finished text and checks it."""
        start = str(self.file.parent if self.file is not None else self._desk.path.parent)
        suffixes = " ".join(f"*.{suffix}" for suffix in FORMATS)
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Finished text"), start, f"{_('Texts')} ({suffixes})"
        )
        if path:
            self.check(Path(path))

    def check(self, path: Path) -> None:
        """Checks the quotations of a file."""
        from qda.checked_quotes import checked_file

        self.stop_check()
        self.file = path
        self._stamp, self._stale, self._stopping = _Stamp.of(path), False, False
        self._desk.project.set_setting(_KEPT, str(path))
        self._work = work = Manuscripts()
        project, go_on = self._desk.project, self._going(work)
        self.worker.ask(_CHECK, lambda: checked_file(project, path, manuscripts=work, progress=go_on))
        self._show_state()

    def check_again(self) -> None:
        """Checks the same file; asks for one where none was chosen."""
        if self.file is None:
            self.ask_file()
        else:
            self.check(self.file)

    def _going(self, work: Manuscripts) -> Callable[[int, int], bool]:
        def go_on(done: int, whole: int) -> bool:
            with suppress(RuntimeError):  # the window is gone
                self._went_on.emit(done, whole)
            return self._work is work

        return go_on

    def stop_check(self) -> None:
        """Stops what is being checked; what was found before stays."""
        work, self._work = self._work, None
        if work is not None:
            self._stopping = True
            self.worker.forget(_CHECK)
            work.cancel()
            self._show_state()

    def _show_progress(self, done: int, whole: int) -> None:
        if self._work is not None:
            self.progress.setRange(0, whole)
            self.progress.setValue(done)
            self.summary.setText(_("Compared: {n} of {all}").format(n=done, all=whole))

    def _done(self, name: str, answer: object) -> None:
        if name == _CHECK and isinstance(answer, Checked):
            self._work = None
            self.checked = answer
            self._fill_filter(answer)
            self._show_state()
            self._list()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name == _SAVE:
            self._desk.told.emit(_("Saved as “{name}”.").format(name=Path(str(answer)).name))

    def _failed(self, _name: str, sentence: str) -> None:
        self._work = None
        self._show_state()
        self._desk.refused.emit(sentence)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file that is dropped on the page is checked."""
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.check(path)

    # -- what is shown --------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        busy, checked = self._work is not None, self.checked
        self.name.setText(self.file.name if self.file is not None else "")
        self.name.setToolTip(str(self.file or ""))
        self.again.setEnabled(self.file is not None and not busy)
        self.save.setEnabled(checked is not None and not busy)
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)
        self.filter.setVisible(not busy and checked is not None)
        self.bar.setVisible(busy or checked is not None)
        if busy:
            self.progress.setRange(0, 0)
            self.summary.setText(_("Reading “{name}” …").format(name=self.file.name if self.file else ""))
        elif checked is not None:
            self.summary.setText(summary(checked))
        if checked is None:
            self.list.show_findings((), empty="")
        begins = checked is None and not busy
        self.empty.setVisible(begins)
        self.list.setVisible(not begins)
        self.detail.setVisible(checked is not None)
        self._show_changed()

    @staticmethod
    def _welcome() -> str:
        first = _(
            "Choose your finished text (docx, odt, pdf, md, txt). Each quotation with a citation of this "
            "study is compared with the transcripts: words, place, consent, names. Nothing is changed."
        )
        counted = "\n".join(f"· {one}" for one in tolerances())
        return f"{first}\n\n{_('What counts as right')}:\n{counted}"

    def _fill_filter(self, checked: Checked) -> None:
        before = self.filter.currentData() or _ERRORS
        counts = checked.counts()
        self.filter.clear()
        self.filter.addItem(_("To put right: {n}").format(n=checked.errors), _ERRORS)
        for state, n in counts.items():
            self.filter.addItem(f"{state_name(state)}: {n}", state)
        self.filter.addItem(_("All: {n}").format(n=len(checked.findings)), _ALL)
        wanted = before if self.filter.findData(before) >= 0 else _ERRORS
        if wanted == _ERRORS and not checked.errors:
            wanted = _ALL
        self.filter.setCurrentIndex(self.filter.findData(wanted))

    def show_only(self, state: State | str) -> None:
        """Shows findings of one state, "errors" or "all"."""
        at = self.filter.findData(state)
        if at >= 0:
            self.filter.setCurrentIndex(at)
            self._list()

    def _list(self) -> None:
        if self.checked is None:
            return
        before = self.list.finding
        shown = [one for one in self.checked.findings if self._is_shown(one)]
        words = before.quotation if before is not None else ""
        same = (at for at, one in enumerate(shown) if one.quotation == words)
        self.list.show_findings(shown, empty=_("There is nothing to put right."), row=next(same, 0))

    def _is_shown(self, one: Finding) -> bool:
        wanted = self.filter.currentData()
        if wanted == _ERRORS:
            return one.state in ERRORS
        return wanted in (_ALL, None) or wanted in one.states

    def _show_changed(self) -> None:
        """Whether the file or the study has changed since it was checked."""
        words = ""
        if self.checked is not None and self._work is None and self.file is not None:
            now = _Stamp.of(self.file)
            if now is None:
                words = _("The file is no longer there.")
            elif now != self._stamp:
                words = _("The file has changed since: F12 checks it again.")
            elif self._stale:
                words = _("The study has changed since: F12 checks again.")
        self.changed.setText(words)
        self.changed.setVisible(bool(words))

    def _study_changed(self, change: "Changed") -> None:
        if change.tables & _TABLES and self.checked is not None:
            self._stale = True
            if self.isVisible():
                self._show_changed()

    # -- acts -----------------------------------------------------------------------------------------------

    def passages_in_hand(self) -> list[SegmentRow]:
        """What “Copy as citation” takes."""
        return [self.detail.passage.row] if self.detail.passage is not None else []

    def _lead(self, finding: Finding) -> None:
        if finding.source:
            self._desk.source_wanted.emit(finding.source, finding.start, finding.stop)
            self.closed.emit()
        else:
            self._desk.told.emit(_("These words stand in no document of the study."))

    def ask_and_save(self) -> None:
        """Asks for a file and writes the list into it."""
        from qda.reports.quotations import FORMATS as LIST_FORMATS
        from qda.ui.preferences import Preferences
        from qda.ui.reports.words import FORMATS as NAMES

        if self.checked is None or self.file is None:
            return
        preferences = Preferences()
        start = preferences.saving_folder / f"{self.file.stem} – {_('Quotations')}.docx"
        kinds = ";;".join(f"{_(NAMES.get(one, one))} (*.{one})" for one in LIST_FORMATS)
        path, _kind = QFileDialog.getSaveFileName(self, _("Save list"), str(start), kinds)
        if path:
            preferences.saving_folder = Path(path).parent
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Writes the list as the suffix says: what is to be put right, or all where all is shown."""
        from qda.reports.quotations import save_list

        checked, file = self.checked, self.file
        if checked is not None and file is not None:
            every, now = self.filter.currentData() == _ALL, self._desk.project.clock()
            self.worker.ask(_SAVE, lambda: save_list(checked, path, name=file.name, created=now, every=every))

    # -- coming and going -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_changed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self.isActiveWindow():
            self._show_changed()

    def refresh(self) -> None:
        """Says whether anything has changed."""
        self._show_changed()

    def focus_first(self) -> None:
        """The list, or where a file is chosen."""
        first = self.list if self.checked is not None else self.first
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The study is about to be closed."""
        self.stop_check()
        self.worker.stop()


def _dropped(data: QMimeData) -> Path | None:
    """The first file among what is dragged that can be read as a text."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix.lstrip(".").lower() in FORMATS), None)
