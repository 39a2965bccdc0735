"""The page of pictures: choices at the left, the picture, at the right the passages of what is in hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.coding import sheet
from qda.coding.rows import SegmentRow
from qda.figures import matrix_paint
from qda.i18n import _
from qda.reports.pictures_of import told as told_of
from qda.ui.axial.segmented import Segmented
from qda.ui.background import Background
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.pictures import asking
from qda.ui.pictures.asking import Listed, Seen
from qda.ui.pictures.cell_panel import CellPanel
from qda.ui.pictures.matrix_view import MatrixView
from qda.ui.pictures.telling import counts_told, title_of
from qda.ui.pictures.views import FORMATS, PICTURES, read
from qda.ui.places import Page
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset(
    {
        *("code", "coding", "segment", "source", "case_", "document_group", "paragraph", "speaker"),
        *("attribute", "attribute_value", "project_sheet"),
    }
)
_KEPT: Final = "pictures.view"
_SOON_MS: Final = 60
_CELL_MS: Final = 90  # a cell that is only passed by is not looked up
_SLOW_MS: Final = 300
_PICTURE, _CELL, _FILE = "picture", "cell", "file"


class Legend(QWidget):
    """What cells show, with samples, as below a picture in a file."""

    def __init__(self, view: MatrixView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName("legend")
        self.setFixedHeight(px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout = self._view.layout_
        if layout is not None and not self._view.isHidden():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            matrix_paint.paint_legend(painter, layout, QPointF(px(8), px(2)))

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(24))


class PicturesPage(Page):
    """Codes against documents, cases and each other, the portrait of a document, and curves."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view = read(desk.project.setting(_KEPT))
        self.seen: Seen | None = None
        self.worker = Background(self)
        self._cell = (-1, -1)
        self._asked_focus = False
        self.setObjectName("pictures")
        self.setAccessibleName(_("Pictures"))
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._look = QTimer(self, singleShot=True, interval=_CELL_MS)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._build()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.matrix = MatrixView(self)
        self.empty = QLabel("", self)
        self.empty.setObjectName("no_picture")
        self.empty.setProperty("quiet", True)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(px(40))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.matrix)
        self.panel = CellPanel(self._desk, self)
        middle = on_paper(QWidget())
        self.told = small("", middle, wrap=True)
        self.told.setObjectName("picture_told")
        self.legend = Legend(self.matrix, middle)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(8), px(4), px(12), px(8))
        foot.setSpacing(0)
        foot.addWidget(self.legend)
        told_row = QHBoxLayout()
        told_row.setContentsMargins(px(8), 0, 0, 0)
        told_row.addWidget(self.told)
        foot.addLayout(told_row)
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.stack, 1)
        box.addWidget(Line(middle))
        box.addLayout(foot)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.columns.setChildrenCollapsible(False)
        self.columns.setHandleWidth(1)
        self._blank: QWidget | None = on_panel(QWidget())  # the choices come a breath later
        for widget in (self._blank, middle, self.panel):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([px(236), px(880), px(320)])
        self._blank.setMinimumWidth(px(200))
        self.panel.setMinimumWidth(px(240))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(Line(self))
        outer.addWidget(self.columns, 1)

    def _head(self) -> QWidget:
        head = on_paper(QWidget(self))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), px(7), px(12), px(7))
        row.setSpacing(px(10))
        names = (
            ("documents", _("Codes × documents")),
            ("cases", _("Codes × cases")),
            ("codes", _("Codes × codes")),
            ("portrait", _("Portrait")),
            ("curve", _("Curve")),
        )
        self.pictures = Segmented("picture", _("Picture"), names, head)
        self.state = Elided("", head)
        self.state.setObjectName("picture_state")
        self.state.setProperty("minor", True)
        self.export = QPushButton(_("Export"), head)
        self.export.setObjectName("export_picture")
        self.export.setAccessibleName(_("Export the picture or its table"))
        self.export.setAutoDefault(False)
        self.export.setMenu(self._export_menu())
        back = LinkButton(_("Back to the text"), "back_to_text", head)
        back.clicked.connect(self.closed)
        row.addWidget(heading(_("Pictures"), head))
        row.addWidget(self.pictures)
        row.addWidget(self.state, 1)
        row.addWidget(self.export)
        row.addWidget(back)
        return head

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("export_menu")
        words = {
            "svg": _("Picture as SVG"),
            "png": _("Picture as PNG, 300 dpi"),
            "pdf": _("Picture as PDF"),
            "xlsx": _("Table for Excel (xlsx)"),
            "csv": _("Table as csv"),
            "docx": _("Table and picture for Word (docx)"),
            "html": _("Table and picture as web page"),
        }
        for suffix in FORMATS:
            action = QAction(words[suffix], menu)
            action.setObjectName(f"export_{suffix}")
            action.triggered.connect(lambda _checked=False, suffix=suffix: self.ask_and_export(suffix))
            menu.addAction(action)
            if suffix == "pdf":
                menu.addSeparator()
        return menu

    def _connect(self) -> None:
        self._soon.timeout.connect(self._ask)
        self._look.timeout.connect(self._ask_cell)
        self._slow.timeout.connect(lambda: self.state.setText(_("Looking through the codings …")))
        self.worker.done.connect(self._done)
        self.worker.failed.connect(self._failed)
        self.pictures.chosen.connect(self.show_picture)
        self.matrix.cell_wanted.connect(self._cell_wanted)
        self.matrix.entered.connect(self._enter)
        self.matrix.left.connect(self.closed)
        self.panel.more_wanted.connect(self._more)
        self.panel.text_wanted.connect(self._to_text)
        self.panel.left.connect(self._back_to_picture)
        self._desk.changed.connect(self._changed)
        for key, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._step(by))

    def _furnish(self) -> None:
        """Brings choices and portrait in a breath of their own: the page is painted before."""
        from qda.ui.pictures.choices import Choices
        from qda.ui.pictures.portrait_view import PortraitView

        self.portrait: PortraitView = PortraitView(self)
        self.portrait.tile_wanted.connect(lambda row: self._cell_wanted(row, 0))
        self.portrait.entered.connect(self._enter)
        self.portrait.left.connect(self.closed)
        self.stack.addWidget(self.portrait)
        self.choices: Choices = Choices(self._desk, self.view, self)
        self.choices.changed.connect(self._chosen)
        self.choices.branch_wanted.connect(self._choose_branch)
        self.choices.codes_wanted.connect(self._choose_codes)
        self.choices.hide_wanted.connect(self._hide_frequencies)
        sizes = self.columns.sizes()
        self.columns.replaceWidget(0, self.choices)
        if self._blank is not None:
            self._blank.deleteLater()
            self._blank = None
        self.columns.setSizes(sizes)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows what is there now; the answer comes a moment later."""
        self.pictures.show_key(self.view.picture)
        self._soon.start(0)

    def show_picture(self, key: str) -> None:
        """Shows another picture."""
        if key in PICTURES:
            if key == "portrait" and not self.view.source:
                self.view.source = self._desk.source
            self.view.picture = key
            self.pictures.show_key(key)
            self._chosen()

    def _step(self, by: int) -> None:
        at = (PICTURES.index(self.view.picture) + by) % len(PICTURES)
        self.show_picture(PICTURES[at])

    def _chosen(self) -> None:
        self._keep()
        self._soon.start(0)

    def _keep(self) -> None:
        written = self.view.written()
        if written != self._desk.project.setting(_KEPT):
            self._desk.project.set_setting(_KEPT, written)

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES and self.isVisible():
            self._soon.start()

    def _ask(self) -> None:
        self._soon.stop()
        self._slow.start()
        if self._blank is not None:
            self._furnish()
        self.worker.ask(_PICTURE, asking.picture(self._desk.project, self.view))

    def _done(self, kind: str, found: object) -> None:
        if isinstance(found, Seen):
            self._show(found)
        elif isinstance(found, Listed):
            self.panel.show_passages(found.rows, found.total, offset=found.offset)
        elif kind == _FILE:
            self.state.setText("")
            self._desk.told.emit(_("Written: {path}").format(path=found))

    def _failed(self, kind: str, sentence: str) -> None:
        self._slow.stop()
        self.state.setText("")
        if kind == _FILE:
            self._desk.refused.emit(sentence)
        else:
            self._desk.told.emit(sentence)

    def _show(self, seen: Seen) -> None:
        self._slow.stop()
        self.state.setText("")
        self.seen = seen
        if seen.view.picture == self.view.picture == "portrait":
            self.view.source = seen.view.source
        self.choices.hiding.setChecked(seen.hidden)
        self.choices.show_view(self.view, seen.documents, seen.attributes)
        some = self._sentence(seen)
        view = self.matrix if seen.matrix is not None else self.portrait
        if seen.matrix is not None:
            self.matrix.show_matrix(seen.matrix, seen.figure)
        elif seen.stretches is not None:
            self.portrait.show_portrait(list(seen.tiles), seen.stretches)
        had_focus = self._focused()
        self.empty.setText(some)
        self.stack.setCurrentWidget(self.empty if some else view)
        self.export.setEnabled(not some)
        sampled = seen.figure is not None and seen.figure.mark not in ("number", "yes") and not seen.hidden
        self.legend.setVisible(sampled and not some)
        self.legend.update()
        self._say(seen, empty=bool(some))
        if some:
            self.panel.show_nothing("")
        elif self._asked_focus or had_focus:
            self._asked_focus = False
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        view.choose_first()
        self._cell_in_hand()

    def _focused(self) -> bool:
        """Whether one is in the picture now."""
        focus = self.window().focusWidget()
        return focus is not None and self.stack.isAncestorOf(focus)

    def _say(self, seen: Seen, *, empty: bool) -> None:
        if empty:
            self.told.setText("")
        elif seen.matrix is not None:
            words = told_of(seen.matrix)
            if seen.view.without_asked:
                words += " " + _("Passages in the interviewers’ turns are left out.")
            self.told.setText(words)
        else:
            self.told.setText(
                _("Each coding in its place; the numbers at the left are paragraphs. Enter leads to it.")
            )

    @staticmethod
    def _sentence(seen: Seen) -> str:
        """What is said instead of a picture where there is none."""
        if not seen.documents:
            return _(
                "There is no document yet. Bring transcripts in and code them; then pictures stand here."
            )
        if seen.matrix is None:
            if not seen.tiles:
                return _(
                    "None of these codes stands in this document. Choose another document or more codes."
                )
            return ""
        if not seen.matrix.rows:
            return _("There are no codes to show. They come about in the text; or choose others at the left.")
        if not seen.matrix.columns:
            return _("There is nothing beside the codes yet: no document or case, or all are left out.")
        return ""

    # -- the cell in hand -----------------------------------------------------------------------------------

    def _cell_in_hand(self) -> None:
        """Looks up again what is in hand, after the picture has changed."""
        index = (self.matrix if self._of_table() else self.portrait).currentIndex()
        if index.isValid() and self.stack.currentWidget() is not self.empty:
            self._cell_wanted(index.row(), index.column())
        elif self.stack.currentWidget() is not self.empty:
            self.panel.show_nothing(_("Choose a cell: its passages are listed here."))

    def _of_table(self) -> bool:
        return self.seen is not None and self.seen.matrix is not None

    def _cell_wanted(self, row: int, column: int) -> None:
        seen = self.seen
        if seen is None:
            return
        self._cell = (row, column)
        if seen.matrix is not None:
            counts = seen.matrix.cell(row, column)
            told = counts_told(seen.matrix, counts)
            self.panel.show_cell(title_of(seen.matrix, row, column), told)
            if not counts[2]:
                self._look.stop()
                self.worker.forget(_CELL)
                self.panel.show_passages((), 0)
                return
        elif row < len(seen.tiles):
            told = str(self.portrait.codings.index(row).data(Qt.ItemDataRole.ToolTipRole))
            self.panel.show_cell(seen.tiles[row].name, told.partition("\n")[2])
        self._look.start()

    def _ask_cell(self, offset: int = 0) -> None:
        self._look.stop()
        seen, (row, column) = self.seen, self._cell
        project = self._desk.project
        if seen is None or row < 0:
            return
        if seen.matrix is not None:
            if row < len(seen.matrix.rows) and column < len(seen.matrix.columns):
                self.worker.ask(_CELL, asking.cell(project, seen.matrix, row, column, offset))
        elif seen.portrait is not None and row < len(seen.tiles):
            self.worker.ask(_CELL, asking.tile(project, seen.portrait.source, seen.tiles[row]))

    def _more(self, known: int) -> None:
        self._ask_cell(known)

    def _enter(self) -> None:
        """On from the picture: to the passages; of a coding at once to the text."""
        if self.panel.rows:
            self.panel.focus_list()

    def _back_to_picture(self) -> None:
        (self.matrix if self._of_table() else self.portrait).setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_text(self, row: SegmentRow) -> None:
        self._desk.source_wanted.emit(row.source, row.start, row.stop)
        self.closed.emit()

    # -- choosing -------------------------------------------------------------------------------------------

    def _choose_branch(self) -> None:
        from qda.ui.navigator.codebook import CodeBook
        from qda.ui.pictures.choosing import BranchDialog

        dialog = BranchDialog(CodeBook.of(self._desk).choices(), self)
        dialog.taken.connect(lambda code: self.choices.rows_taken("branch", [code]))
        dialog.rejected.connect(lambda: self.choices.rows_taken("", []))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_codes(self) -> None:
        from qda.ui.navigator.codebook import CodeBook
        from qda.ui.pictures.choosing import CodesDialog

        book = CodeBook.of(self._desk)
        book.now()
        dialog = CodesDialog(book.rows, self.view.codes if self.view.rows == "chosen" else [], self)
        dialog.taken.connect(lambda codes: self.choices.rows_taken("chosen", codes))
        dialog.rejected.connect(lambda: self.choices.rows_taken("", []))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _hide_frequencies(self, hidden: bool) -> None:
        if self._desk.do(sheet.set_frequencies_hidden, hidden=hidden) is None:
            self.choices.hiding.setChecked(not hidden)

    # -- exporting ------------------------------------------------------------------------------------------

    def ask_and_export(self, suffix: str) -> None:
        """Asks for a file and writes the picture or its table into it."""
        from qda.ui.pictures import exporting

        if self.seen is not None and (path := exporting.ask_path(self, self.seen, suffix)) is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Writes the picture or its table as the suffix says."""
        from qda.ui.pictures import exporting

        if self.seen is not None:
            self.state.setText(_("Writing {name} …").format(name=path.name))
            self.worker.ask(_FILE, exporting.write(self._desk.project, self.seen, path))

    # -- coming and going -----------------------------------------------------------------------------------

    def let_go(self) -> None:
        """The study is about to be closed."""
        self.worker.stop()

    def focus_first(self) -> None:
        """The focus goes to the picture."""
        self._asked_focus = self.seen is None
        if self.seen is not None and self.stack.currentWidget() is not self.empty:
            self._back_to_picture()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()
        self.worker.forget(_CELL)
