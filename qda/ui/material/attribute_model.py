"""All cases and their attributes as a table that can be edited: a row a case, a column an attribute.

What was typed and does not fit stays in its cell until it is put right. A row is last of all: what is typed
into its first cell becomes a new case. Sorted here, by the language's order, when one asks for it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QCollator, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.fonts import ui_font
from qda.ui.material.values import shown_value
from qda.ui.status import locale
from qda.ui.theme import Tokens

if TYPE_CHECKING:
    from qda.coding.rows import AttributeRow
    from qda.models import Project
    from qda.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
ATTRIBUTE: Final = Qt.ItemDataRole.UserRole + 1
_Sorting = tuple[str, bool]  # GUID of an attribute ("" : by name), downwards


class AttributeModel(QAbstractTableModel):
    """The table. ``theme`` is asked when something is coloured."""

    def __init__(self, desk: "Desk", theme: Callable[[], Tokens], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = theme
        self._busy = False  # an edit of this table is under way
        self._names: dict[str, str] = {}  # cases in their order here
        self._values: dict[tuple[str, str], str] = {}
        self._wrong: dict[tuple[str, str], tuple[str, str]] = {}  # what was typed, and why it does not fit
        self._order: list[str] = []
        self.attributes: list[AttributeRow] = []
        self._strong = ui_font(semibold=True)

    # -- reading ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the study anew; the order of the rows stays, new cases come last."""
        from qda.coding.material import attributes, cases

        if self._busy:
            return
        rows, known = cases(self._desk.project), attributes(self._desk.project)
        names = {row.guid: row.name for row in rows}
        order = [guid for guid in self._order if guid in names]
        there = set(order)
        order += [guid for guid in names if guid not in there]
        values = {(row.guid, value.attribute): value.value for row in rows for value in row.values}
        heads = _heads(known) == _heads(self.attributes)
        same, old = heads and order == self._order, len(self._order)
        more = heads and len(order) > old and order[:old] == self._order  # an open editor stays then
        if more:
            self.beginInsertRows(QModelIndex(), old, len(order) - 1)
        elif not same:
            self.beginResetModel()
        self._names, self._values, self._order, self.attributes = names, values, order, known
        guids = {one.guid for one in known}
        self._wrong = {key: w for key, w in self._wrong.items() if key[0] in names and key[1] in guids}
        if more:
            self.endInsertRows()
        elif not same:
            self.endResetModel()
        if (same or more) and order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(order), len(known)))

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return len(self._order)

    def key_at(self, index: Index) -> tuple[str, str]:
        """Case and attribute of a cell; empty: a new case, its name."""
        return self.case_at(index.row()), self.attribute_guid(index.column())

    def case_at(self, row: int) -> str:
        """The case of a row; empty for the row of a new one."""
        return self._order[row] if row < len(self._order) else ""

    def attribute_guid(self, column: int) -> str:
        """The attribute of a column; empty for the names."""
        return self.attributes[column - 1].guid if column > 0 else ""

    def place_of(self, case: str, attribute: str) -> QModelIndex:
        """The cell of a case and an attribute, where it is still there."""
        columns = ["", *(one.guid for one in self.attributes)]
        if attribute not in columns or (case and case not in self._order):
            return QModelIndex()
        row = self._order.index(case) if case else len(self._order)
        return self.index(row, columns.index(attribute))

    # -- the model -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self._order) + (0 if self._desk.project.read_only else 1)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.attributes) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        new = index.row() >= len(self._order) and index.column() > 0
        return flags if self._desk.project.read_only or new else flags | Qt.ItemFlag.ItemIsEditable

    def words(self, index: Index) -> str:
        """What stands in a cell."""
        case, attribute = self.key_at(index)
        if (case, attribute) in self._wrong:
            return self._wrong[case, attribute][0]
        if not attribute:
            return self._names.get(case, "")
        return shown_value(self.attributes[index.column() - 1].kind, self._values.get((case, attribute), ""))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            new = index.row() >= len(self._order)
            first = new and not index.column() and role == Qt.ItemDataRole.DisplayRole
            return _("New case …") if first else self.words(index)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._wrong.get(self.key_at(index), ("", ""))[1] or self.words(index) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.FontRole and not index.column() and index.row() < len(self._order):
            return QFont(self._strong)
        return self._aligned(index) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _aligned(self, index: Index) -> Qt.AlignmentFlag:
        right = index.column() > 0 and self.attributes[index.column() - 1].kind == "number"
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _ink(self, index: Index) -> QColor | None:
        case, attribute = self.key_at(index)
        if (case, attribute) in self._wrong:
            return QColor(self._theme().notice)
        if not case:
            return QColor(self._theme().minor)
        if attribute and self._values.get((case, attribute)) in self.attributes[index.column() - 1].missing:
            return QColor(self._theme().minor)
        return None

    def _spoken(self, index: Index) -> str:
        case, attribute = self.key_at(index)
        if not case:
            return _("New case") if not attribute else ""
        if not attribute:
            return self._names[case]
        said = f"{self._names[case]}, {self.attributes[index.column() - 1].name}: "
        wrong = self._wrong.get((case, attribute))
        return said + (self.words(index) or _("no answer")) + (f". {wrong[1]}" if wrong else "")

    def headerData(
        self, place: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or place > len(self.attributes):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.attributes[place - 1].name if place else _("Case")
        if role == Qt.ItemDataRole.ToolTipRole and place:
            one = self.attributes[place - 1]
            told = ngettext("{n} case with an answer", "{n} cases with an answer", one.cases)
            return "\n".join(
                words for words in (one.name, one.description, told.format(n=one.cases)) if words
            )
        return None

    # -- editing ---------------------------------------------------------------------------------------------

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        words = " ".join(str(value).split())
        if words == self.words(index):
            return True
        if not index.column():
            return self._name(index, words)
        return self._answer(index, words)

    def _name(self, index: Index, words: str) -> bool:
        from qda.coding.cases import add_case, rename_case

        case = self.case_at(index.row())
        if not words:
            return False
        if case:
            return self._desk.do(rename_case, case=case, name=words) is not None
        return self._desk.do(add_case, name=words) is not None

    def _answer(self, index: Index, words: str) -> bool:
        from qda.coding.attributes import parse_value, set_attribute

        key, one = self.key_at(index), self.attributes[index.column() - 1]
        try:
            stored = parse_value(one.kind, words, choices=one.choices, missing=one.missing) if words else ""
        except KnownError as problem:
            self._wrong[key] = (words, problem.sentence)
            self.dataChanged.emit(index, index)
            self._desk.refused.emit(problem.sentence)
            return False
        self._busy = True  # this cell alone is shown anew
        try:
            done = self._desk.do(set_attribute, case=key[0], name=one.name, value=words)
        finally:
            self._busy = False
        if done is None:
            return False
        self._wrong.pop(key, None)
        self._values[key] = stored
        self.dataChanged.emit(index, index)
        return True

    def put(self, block: list[list[str]], at: Index) -> int:
        """Writes a block of answers from a cell on, as one act; gives how many did not fit."""
        from qda.coding.attributes import parse_value

        wrong, cells = 0, []
        for down, row in enumerate(block):
            for across, written in enumerate(row):
                index = self.index(at.row() + down, at.column() + across)
                words = " ".join(written.split())
                if not index.isValid() or not index.column() or not self.case_at(index.row()):
                    continue
                key, one = self.key_at(index), self.attributes[index.column() - 1]
                try:
                    parse_value(one.kind, words, choices=one.choices, missing=one.missing) if words else ""
                except KnownError as problem:
                    self._wrong[key] = (words, problem.sentence)
                    wrong += 1
                    continue
                self._wrong.pop(key, None)
                cells.append((key[0], one.name, words))
        if cells:
            self._desk.do(_set_all, cells=cells)
        if wrong:
            told = ngettext("{n} value did not fit.", "{n} values did not fit.", wrong)
            self._desk.refused.emit(told.format(n=wrong))
        self.refresh()
        return wrong

    # -- order -----------------------------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by what stands in a column now; cases without an answer come last."""
        down = order == Qt.SortOrder.DescendingOrder
        guid = self.attribute_guid(column)
        kind = self.attributes[column - 1].kind if column > 0 else "text"
        collator = QCollator(locale())
        collator.setNumericMode(True)

        def written(case: str) -> str:
            return self._values.get((case, guid), "") if guid else self._names[case]

        def rank(case: str) -> Any:
            words = written(case)
            number = _number(words) if kind == "number" else None
            return (0, number) if number is not None else (1, collator.sortKey(words))

        filled = [case for case in self._order if written(case)]
        empty = [case for case in self._order if not written(case)]
        numbers = [case for case in filled if rank(case)[0] == 0]
        others = [case for case in filled if rank(case)[0] == 1]
        numbers.sort(key=lambda case: rank(case)[1], reverse=down)
        others.sort(key=lambda case: rank(case)[1], reverse=down)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.key_at(index) for index in before]
        self._order = numbers + others + empty
        self.changePersistentIndexList(before, [self.place_of(*key) for key in keys])
        self.layoutChanged.emit()


def _set_all(project: "Project", *, cells: list[tuple[str, str, str]]) -> str:
    """Sets many answers (case, name of the attribute, answer) as one act."""
    from qda.coding.attributes import set_attribute

    with project.unit(_("Paste attributes of cases")):
        for case, name, value in cells:
            set_attribute(project, case=case, name=name, value=value)
    return cells[0][0]


def _number(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        return None


def _heads(rows: "list[AttributeRow]") -> list[tuple[object, ...]]:
    return [(r.guid, r.name, r.kind, r.choices, r.missing, r.description) for r in rows]
