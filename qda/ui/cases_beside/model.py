"""The table of the case comparison for Qt: what each cell says, and how high its row must be."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.coding.case_comparison import Place, Row
from qda.coding.comparison_quotations import Quoted
from qda.i18n import _
from qda.ui.cases_beside.content import (
    ATTRIBUTES,
    Content,
    Head,
    case_title,
    content_of,
    features_of,
    head_of,
)
from qda.ui.cases_beside.laying import Laid, lay_out, lay_out_head
from qda.ui.cases_beside.reading import Read

Index = QModelIndex | QPersistentModelIndex


class CasesModel(QAbstractTableModel):
    """Rows of the comparison (the cases' features first) under the cases. One row may be open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read: Read | None = None
        self.rows: list[Row | None] = []  # none: the cases' features
        self.open_key = ""
        self.quoted: dict[Place, Quoted] = {}
        self._places: dict[str, int] = {}
        self._contents: dict[tuple[int, int], Content] = {}
        self._laid: dict[tuple[int, int, int], Laid] = {}
        self._heads: dict[tuple[int, int], Laid] = {}

    def show(self, read: Read) -> None:
        """Shows another table; the open row stays open where it is still there."""
        self.beginResetModel()
        self.read = read
        features = read.wish.attributes and any(
            one.value for column in read.shown.columns for one in read.cases[column.guid].values
        )
        self.rows = [*([None] if features else []), *read.shown.rows]
        keys = (row.key if row is not None else ATTRIBUTES for row in self.rows)
        self._places = {key: at for at, key in enumerate(keys)}
        if self.open_key not in self._places:
            self.open_key = ""
        self.quoted.clear()
        self.forget()
        self.endResetModel()

    def forget(self) -> None:
        """What was laid out is no longer so."""
        self._contents.clear()
        self._laid.clear()
        self._heads.clear()

    # -- rows and columns -----------------------------------------------------------------------------------

    def keys(self) -> list[str]:
        """What names the rows."""
        return list(self._places)

    def row_of(self, key: str) -> int:
        """Where a row stands; -1 where it does not."""
        return self._places.get(key, -1)

    def row(self, at: int) -> Row | None:
        """A row of the comparison; none for the cases' features."""
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def case(self, at: int) -> str:
        """The case of a column (GUID)."""
        columns = self.read.shown.columns if self.read else ()
        return columns[at].guid if 0 <= at < len(columns) else ""

    def column_of(self, case: str) -> int:
        """Where a case stands; -1 where it does not."""
        columns = self.read.shown.columns if self.read else ()
        return next((at for at, one in enumerate(columns) if one.guid == case), -1)

    def open_row(self, key: str) -> None:
        """Opens a row (and closes the one before); an empty key closes it."""
        before, self.open_key = self.open_key, key
        for one in (before, key):
            self.forget_row(self.row_of(one))

    def put_quoted(self, at: Place, quoted: Quoted) -> None:
        """The quotations of a cell of the open row are known."""
        self.quoted[at] = quoted
        self.forget_row(self.row_of(at[0]))

    def forget_row(self, at: int) -> None:
        """A row is laid out anew."""
        self._contents = {key: one for key, one in self._contents.items() if key[0] != at}
        self._laid = {key: one for key, one in self._laid.items() if key[0] != at}

    # -- what stands there ----------------------------------------------------------------------------------

    def content(self, row: int, column: int) -> Content:
        """What a cell says."""
        key = (row, column)
        if key not in self._contents:
            self._contents[key] = self._content(row, column)
        return self._contents[key]

    def _content(self, at: int, column: int) -> Content:
        if self.read is None:
            return Content()
        row, case = self.rows[at], self.case(column)
        if row is None:
            return features_of(self.read.cases.get(case), is_open=self.open_key == ATTRIBUTES)
        is_open = row.key == self.open_key
        return content_of(self.read, row, case, is_open=is_open, quoted_here=self.quoted.get((row.key, case)))

    def head(self, at: int) -> Head:
        """The head of a row."""
        row = self.rows[at]
        if row is None or self.read is None:
            return Head(_("Attributes"), _("from the case data"), ())
        return head_of(self.read, row)

    def laid(self, row: int, column: int, width: int) -> Laid:
        """A cell laid out."""
        key = (row, column, width)
        if key not in self._laid:
            self._laid[key] = lay_out(self.content(row, column), width)
        return self._laid[key]

    def laid_head(self, at: int, width: int) -> Laid:
        """The head of a row laid out."""
        key = (at, width)
        if key not in self._heads:
            self._heads[key] = lay_out_head(self.head(at), width)
        return self._heads[key]

    def height(self, at: int, width: int, head: int) -> int:
        """How high a row is where its columns are ``width`` wide and its head ``head``."""
        cells = (self.laid(at, column, width).height for column in range(self.columnCount()))
        return round(max(self.laid_head(at, head).height, *cells, 0.0))

    # -- for Qt ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        there = self.read is not None and not (parent is not None and parent.isValid())
        return len(self.read.shown.columns) if there and self.read is not None else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.content(index.row(), index.column()).told
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.head(section).told if section < len(self.rows) else None
        if self.read is None or section >= self.columnCount():
            return None
        case = self.read.cases[self.case(section)]
        title = case_title(case.name)
        return f"{title}: {case.description}" if case.description else title
