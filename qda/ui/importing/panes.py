"""The three panes of the import: preview, who speaks, files."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.importing import rows
from qda.ui.importing.grid import Grid
from qda.ui.importing.options import Options
from qda.ui.importing.preview import Preview
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, on_paper, section, small

if TYPE_CHECKING:
    from qda.exchange.tables_in import Table
    from qda.ui.importing.plan import Item, Plan

Index = QModelIndex | QPersistentModelIndex
_ROWS = 200  # of a table are shown
_MOST_SPEAKERS = 6  # rows before the list of speakers scrolls


class PreviewPane(QWidget):
    """The text of the file in hand, its rows where it is a table, or why it was refused."""

    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_paper(self)
        self._item: Item | None = None
        self._drawn: object = None
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(12), px(8))
        head.setSpacing(px(12))
        self._name = Elided("", self)
        self._name.setObjectName("import_file")
        head.addWidget(section(_("Preview"), self))
        head.addWidget(self._name, 1)
        self.before = LinkButton(_("Previous file"), "import_previous", self)
        self.after = LinkButton(_("Next file"), "import_next", self)
        self.before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.step_wanted.emit(1))
        head.addWidget(self.before)
        head.addWidget(self.after)
        self.text = Preview(self)
        self.rows = _RowsView(self)
        self.sentence = QLabel(self)
        self.sentence.setObjectName("import_sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setContentsMargins(px(40), px(32), px(40), px(32))
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stack = QStackedWidget(self)
        for widget in (self.text, self.rows, self.sentence):
            self._stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(Line(self))
        box.addWidget(self._stack, 1)

    def show_item(self, item: "Item | None") -> None:
        """Shows a file; one that is shown already keeps its place."""
        drawn = (item.draft or item.facts.table or item.state) if item is not None else None
        if item is self._item and drawn is self._drawn and drawn is not None:
            return
        self._item, self._drawn = item, drawn
        self._name.setText(item.path.name if item else "")
        if item is not None and item.draft is not None:
            self.text.show_draft(item.draft, rows.colours(item), item.facts.places)
            self._stack.setCurrentWidget(self.text)
        elif item is not None and item.facts.table is not None:
            self.rows.show_table(item.facts.table)
            self._stack.setCurrentWidget(self.rows)
        else:
            self.text.show_draft(None, {}, ())
            refused = item is not None and item.state == "refused"
            self.sentence.setProperty("notice", refused)
            self.sentence.style().polish(self.sentence)
            told = item.told() if item is not None else ""
            self.sentence.setText(told or (_("This file is being read …") if item is not None else ""))
            self._stack.setCurrentWidget(self.sentence)

    def recolour(self, item: "Item") -> None:
        """Its speakers were merged or parted."""
        if item.draft is not None and item is self._item:
            self.text.preview.recolour(rows.colours(item))


class _TableModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._table: Table | None = None

    def show_table(self, table: "Table") -> None:
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        if self._table is None or (parent is not None and parent.isValid()):
            return 0
        return min(len(self._table.rows), _ROWS)

    def columnCount(self, parent: Index | None = None) -> int:
        if self._table is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if self._table is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._table.rows[index.row()][index.column()][:1000]

    def headerData(
        self, place: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if self._table is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._table.columns[place] if orientation == Qt.Orientation.Horizontal else str(place + 1)


class _RowsView(QTableView):
    """The first rows of a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = _TableModel()
        self.setObjectName("import_rows")
        self.setAccessibleName(_("Rows of the table"))
        self.setModel(self._shown)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setDefaultSectionSize(px(150))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)

    def show_table(self, table: "Table") -> None:
        """Shows a table from its beginning."""
        self._shown.show_table(table)
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _head(title: QLabel, words: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(px(16), px(9), px(16), px(7))
    row.addWidget(title)
    row.addStretch(1)
    row.addWidget(words)
    return row


class SpeakersPane(QWidget):
    """Who speaks in the file in hand (or which columns it has), and how it comes in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_panel(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = section(_("Speakers"), self)
        self._counts = small("", self)
        who = (_("Label"), _("Turns"), _("Words"), _("Role"), _("Case"), _("Merge into"))
        self.speakers = Grid("import_speakers", _("Speakers"), who, self, stretch=5)
        what = (_("Column"), _("Example"), _("What it is"), _("Kind"))
        self.columns = Grid("import_columns", _("Columns"), what, self, stretch=1)
        self.options = Options(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(_head(self._title, self._counts))
        box.addWidget(Line(self))
        box.addWidget(self.speakers)
        box.addWidget(self.columns)
        box.addWidget(self.options)
        box.addWidget(Line(self))

    def show_item(self, item: "Item | None", plan: "Plan") -> None:
        """Shows a file."""
        speakers = rows.speaker_rows(item, plan) if item is not None else []
        columns = rows.column_rows(item) if item is not None else []
        self._title.setText(_("Columns") if columns else _("Speakers"))
        self._counts.setText(_counted(item))
        self.columns.setVisible(bool(columns))
        self.speakers.setVisible(not columns)
        self.speakers.show_rows(speakers)
        self.columns.show_rows(columns)
        if speakers:
            self.speakers.fit_columns(1, 2, 3)
            self.speakers.setColumnWidth(0, min(max(self.speakers.width_for(0), px(90)), px(170)))
            self.speakers.setColumnWidth(4, min(max(self.speakers.width_for(4), px(68)), px(130)))
        if columns:
            self.columns.setColumnWidth(0, min(self.columns.width_for(0), px(200)))
            self.columns.fit_columns(2, 3)
        _limit(self.speakers, len(speakers), _MOST_SPEAKERS)
        _limit(self.columns, len(columns), _MOST_SPEAKERS + 2)
        self.options.show_item(item, plan)


def _limit(grid: Grid, count: int, most: int) -> None:
    """As high as its rows, up to ``most`` of them."""
    head = grid.horizontalHeader().sizeHint().height()
    grid.setFixedHeight(head + px(32) * min(max(count, 1), most) + 2)


def _counted(item: "Item | None") -> str:
    if item is None:
        return ""
    if item.facts.table is not None:
        n = len(item.facts.table.rows)
        return ngettext("{n} row", "{n} rows", n).format(n=rows.figure(n))
    if item.draft is None:
        return ""
    n, words = item.facts.turns, item.facts.words
    turns = ngettext("{n} turn", "{n} turns", n).format(n=rows.figure(n))
    return f"{turns}, {ngettext('{n} word', '{n} words', words).format(n=rows.figure(words))}"


class FilesPane(QWidget):
    """The files of this import."""

    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_panel(self)
        self._counts = small("", self)
        self._counts.setObjectName("import_counts")
        heads = (_("File"), _("Turns"), _("Case"), _("State"))
        self.table = _Files("import_files", _("Files"), heads, self, stretch=3)
        self.table.cells_are_chosen = False
        self.table.removed.connect(self.removed)
        self.table.setMinimumHeight(px(120))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(_head(section(_("Files"), self), self._counts))
        box.addWidget(Line(self))
        box.addWidget(self.table, 1)

    def fit(self) -> None:
        """Gives the columns their width."""
        self.table.setColumnWidth(0, min(max(self.table.width_for(0), px(120)), px(210)))
        self.table.fit_columns(1)
        self.table.setColumnWidth(2, px(80))
        self.table.fit_rows(range(self.table.grid.rowCount()))

    def show_counts(self, states: "Iterable[str]") -> None:
        """How many are ready, to be checked, refused."""
        count = Counter(states)
        told = (
            ("ready", ngettext("{n} ready", "{n} ready", count["ready"])),
            ("check", ngettext("{n} to check", "{n} to check", count["check"])),
            ("known", ngettext("{n} left out", "{n} left out", count["known"])),
            ("refused", ngettext("{n} refused", "{n} refused", count["refused"])),
        )
        self._counts.setText(", ".join(words.format(n=count[key]) for key, words in told if count[key]))


class _Files(Grid):
    """The list; Del takes a file out of the import."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
