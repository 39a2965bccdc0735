"""The typology page: two properties, their grid, and the cell in hand with its passages, name and memo."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from qda.coding import profiles
from qda.coding.matrices import frequencies_hidden
from qda.coding.profiles import Profile
from qda.coding.typology import Cell, Typology, typology
from qda.errors import KnownError
from qda.i18n import _
from qda.reports.dimensional import typology_figure, typology_words
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.places import Page
from qda.ui.surfaces import Line, LinkButton, on_panel, on_paper, scrolled
from qda.ui.typology.cell_panel import CellPanel
from qda.ui.typology.grid_view import GridView

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset(
    {"property", "property_value", "coding", "segment", "case_", "source", "memo", "memo_link", "code"}
)
_KEPT: Final = "typology.properties"


class TypologyPage(Page):
    """Choose two properties; the grid follows every act."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._profiles: list[Profile] = []
        self.grid: Typology | None = None
        self.setObjectName("typology")
        self.setAccessibleName(_("Typology of two properties"))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)
        self.down = _choice(_("Rows"), "typology_rows", self)
        self.across = _choice(_("Columns"), "typology_columns", self)
        self.view = GridView(self)
        self.panel = CellPanel(desk, self)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("quiet", True)
        self._build()
        self._connect()

    def _build(self) -> None:
        centre = on_paper(QWidget())
        inner = QVBoxLayout(centre)
        inner.setContentsMargins(px(16), px(12), px(16), px(16))
        inner.addWidget(self.view)
        inner.addWidget(self.empty, 1)
        inner.addStretch(0)
        self._centre = scrolled(centre)
        on_paper(self._centre.viewport())
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(self._centre)
        columns.addWidget(self.panel)
        columns.setStretchFactor(0, 1)
        columns.setSizes([px(1000), px(360)])
        self.panel.setMinimumWidth(px(280))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar())
        box.addWidget(Line(self))
        box.addWidget(columns, 1)

    def _bar(self) -> QWidget:
        bar = on_panel(QWidget(self))
        rows = QVBoxLayout(bar)
        rows.setContentsMargins(px(16), px(6), px(12), px(8))
        top, below = QHBoxLayout(), QHBoxLayout()
        for row in (top, below):
            row.setSpacing(px(8))
            rows.addLayout(row)
        top.addWidget(heading(_("Typology of two properties"), bar), 1)
        for words, name, act in (
            (_("Save the picture…"), "typology_picture", self.save_picture),
            (_("Save the table…"), "typology_table", self.save_table),
            (_("Back to the text"), "back_to_text", self.closed.emit),
        ):
            button = LinkButton(words, name, bar)
            button.clicked.connect(act)
            top.addWidget(button)
        for label, choice in ((_("Rows"), self.down), (_("Columns"), self.across)):
            words_ = QLabel(label, bar)
            words_.setBuddy(choice)
            below.addWidget(words_)
            below.addWidget(choice)
        swap = LinkButton(_("Swap"), "typology_swap", bar)
        swap.setAccessibleName(_("Swap rows and columns"))
        swap.clicked.connect(self.swap)
        below.addWidget(swap)
        below.addStretch(1)
        return bar

    def _connect(self) -> None:
        self.down.activated.connect(lambda _at: self._chosen())
        self.across.activated.connect(lambda _at: self._chosen())
        self.view.turned.connect(self._turned)
        self.view.entered.connect(self.panel.to_passages)
        self.view.named.connect(self.panel.to_name)
        self.view.left.connect(self.closed)
        self.panel.left.connect(self.view.setFocus)
        self.panel.text_wanted.connect(self.closed)
        self._desk.changed.connect(self._changed)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the properties there are, and the grid of the two chosen."""
        self._read()

    def focus_first(self) -> None:
        """Into the grid, or to what chooses it."""
        (self.view if self.grid else self.down).setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES and self.isVisible():
            self._soon.start()

    def _read(self) -> None:
        self._soon.stop()
        kept = self._wanted()
        self._profiles = profiles.profiles(self._desk.project)
        for choice, wanted in zip((self.down, self.across), kept, strict=True):
            self._fill(choice, wanted)
        self._show()

    def _wanted(self) -> tuple[str, str]:
        """What is chosen, else what was last, else the first two of the category in hand."""
        now = (self.down.currentData() or "", self.across.currentData() or "")
        if all(now):
            return now
        written = self._desk.project.setting(_KEPT).split()
        if len(written) == 2:
            return written[0], written[1]
        return "", ""

    def _fill(self, choice: QComboBox, wanted: str) -> None:
        choice.clear()
        for one in self._profiles:
            for axis in one.axes:
                choice.addItem(f"{one.name}: {axis.name}", axis.property)
        at = choice.findData(wanted)
        choice.setCurrentIndex(at)
        choice.setEnabled(choice.count() > 1)
        if at < 0 and choice.count():
            choice.setCurrentIndex(self._first(choice))

    def _first(self, choice: QComboBox) -> int:
        """The first property of the category in hand; for the columns the next one."""
        mine = [axis.property for one in self._profiles if one.code == self._desk.code for axis in one.axes]
        start = max(0, choice.findData(mine[0])) if mine else 0
        return start if choice is self.down else min(start + 1, choice.count() - 1)

    def _chosen(self) -> None:
        if self.down.currentData() == self.across.currentData():
            other = self.across if self.sender() is self.down else self.down
            other.setCurrentIndex((other.currentIndex() + 1) % max(1, other.count()))
        self._desk.project.set_setting(_KEPT, f"{self.down.currentData()} {self.across.currentData()}")
        self._show()

    def swap(self) -> None:
        """Rows become columns."""
        down, across = self.down.currentIndex(), self.across.currentIndex()
        self.down.setCurrentIndex(across)
        self.across.setCurrentIndex(down)
        self._chosen()

    def _show(self) -> None:
        self.grid = None
        rows, columns = self.down.currentData(), self.across.currentData()
        if rows and columns and rows != columns:
            try:
                self.grid = typology(self._desk.project, rows=rows, columns=columns)
            except KnownError as problem:
                self._desk.refused.emit(problem.sentence)
        counted = not frequencies_hidden(self._desk.project)
        self.empty.setVisible(self.grid is None)
        self.view.setVisible(self.grid is not None)
        if self.grid is None:
            self.empty.setText(
                _(
                    "A typology needs two properties. Give a category properties with their dimensions in "
                    "its sheet, and say of passages where they lie (Ctrl+Alt+D)."
                )
            )
            self.panel.show_cell(None, None, counted=counted)
            return
        self.view.show_grid(self.grid, typology_figure(self.grid, numbers=counted))

    def _turned(self, cell: Cell) -> None:
        self.panel.show_cell(self.grid, cell, counted=not frequencies_hidden(self._desk.project))

    # -- files ----------------------------------------------------------------------------------------------

    def _title(self) -> str:
        if self.grid is None:
            return _("Typology")
        return _("Typology") + f" {self.grid.rows.name} - {self.grid.columns.name}"

    def save_picture(self) -> None:
        """Saves the grid as SVG, PNG or PDF."""
        from qda.ui.typology.exporting import save_picture

        if self.grid is not None:
            counted = not frequencies_hidden(self._desk.project)
            figure = typology_figure(self.grid, numbers=counted)
            save_picture(self, self._desk, figure, self._title(), typology_words(self.grid))

    def save_table(self) -> None:
        """Saves the grid as a table, by the renderers of the reports."""
        from qda.reports import typology as report
        from qda.ui.typology.exporting import save_report

        if self.grid is not None:
            named = {"rows": self.grid.rows.property, "columns": self.grid.columns.property}
            made = report.build(self._desk.project, named)
            save_report(self, self._desk, made, self._title(), report.KIND.formats)


def _choice(says: str, name: str, parent: QWidget) -> QComboBox:
    choice = QComboBox(parent)
    choice.setObjectName(name)
    choice.setAccessibleName(says)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(30)
    return choice
