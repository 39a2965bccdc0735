"""Cases and attributes: the table of all, with new attributes, tables brought in and written."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.material.attribute_dialog import AttributeDialog
from qda.ui.material.attribute_view import AttributeView
from qda.ui.preferences import documents_folder
from qda.ui.surfaces import Line, LinkButton, on_paper, small

if TYPE_CHECKING:
    from qda.coding.rows import AttributeRow
    from qda.ui.desk import Desk


class AttributePage(QWidget):
    """The page in Material."""

    case_menu_wanted = Signal(str, QPoint)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("attributes")
        on_paper(self)
        writable = not desk.project.read_only
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(16), px(24), px(10))
        head.setSpacing(px(12))
        head.addWidget(heading(_("Cases and attributes"), self))
        self._counts = small("", self)
        head.addWidget(self._counts)
        head.addStretch(1)
        self.new = self._link(head, _("New attribute…"), "attribute_new", self.new_attribute)
        self.bring = self._link(head, _("Bring in…"), "attributes_in", self.ask_in)
        self.write = self._link(head, _("Write to table…"), "attributes_out", self.ask_out)
        for link in (self.new, self.bring):
            link.setVisible(writable)
        box.addLayout(head)
        box.addWidget(Line(self))
        self.view = AttributeView(desk, self)
        self.view.column_menu_wanted.connect(self._column_menu)
        self.view.case_menu_wanted.connect(self.case_menu_wanted)
        box.addWidget(self.view, 1)
        box.addWidget(Line(self))
        keys = small(
            _("Type or Enter writes · Tab goes right · Del empties · the menu key changes the attribute"),
            self,
        )
        keys.setContentsMargins(px(24), px(6), px(24), px(6))
        keys.setWordWrap(True)
        keys.setVisible(writable)
        box.addWidget(keys)

    def _link(self, row: QHBoxLayout, words: str, name: str, act: object) -> LinkButton:
        link = LinkButton(words, name, self)
        link.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
        row.addWidget(link)
        return link

    def refresh(self) -> None:
        """Reads the study anew."""
        self.view.refresh()
        n, m = self.view.table.cases, len(self.view.table.attributes)
        cases = ngettext("{n} case", "{n} cases", n).format(n=n)
        attributes = ngettext("{n} attribute", "{n} attributes", m).format(n=m)
        self._counts.setText(f"{cases}, {attributes}")
        self.write.setEnabled(bool(n))

    # -- columns ---------------------------------------------------------------------------------------------

    def _column_menu(self, column: int, where: QPoint) -> None:
        self.menu_of(column).popup(where)

    def menu_of(self, column: int) -> QMenu:
        """What can be done with a column."""
        menu = QMenu(self)
        menu.setObjectName("column_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        menu.addAction(_("Sort upwards"), lambda: self.view.sort_by(column, up))
        menu.addAction(_("Sort downwards"), lambda: self.view.sort_by(column, down))
        if self._desk.project.read_only:
            return menu
        menu.addSeparator()
        if column:
            row = self.view.table.attributes[column - 1]
            menu.addAction(_("Change “{name}”…").format(name=_safe(row.name)), lambda: self.change(row))
            left = menu.addAction(_("Move to the left"), lambda: self.move_attribute(row, -1))
            left.setEnabled(column > 1)
            right = menu.addAction(_("Move to the right"), lambda: self.move_attribute(row, 1))
            right.setEnabled(column < len(self.view.table.attributes))
            menu.addAction(_("Remove “{name}”").format(name=_safe(row.name)), lambda: self.remove(row))
            menu.addSeparator()
        menu.addAction(_("New attribute…"), self.new_attribute)
        return menu

    def new_attribute(self) -> None:
        """Asks what it is to be, and makes it."""
        AttributeDialog(self._desk, None, self.window()).open()

    def change(self, row: "AttributeRow") -> None:
        """Name, kind, answers, missing values, description."""
        AttributeDialog(self._desk, row, self.window()).open()

    def move_attribute(self, row: "AttributeRow", by: int) -> None:
        """Moves it by some places."""
        from qda.coding.attributes import move_attribute

        at = [one.guid for one in self.view.table.attributes].index(row.guid)
        self._desk.do(move_attribute, attribute=row.guid, position=at + by)

    def remove(self, row: "AttributeRow") -> None:
        """Removes it with its answers; undo is offered below."""
        from qda.coding.attributes import remove_attribute

        self._desk.do(remove_attribute, attribute=row.guid)

    # -- tables ----------------------------------------------------------------------------------------------

    def ask_in(self) -> None:
        """Asks for a table and brings it in."""
        from qda.ui.material.tables import ask_for_table

        ask_for_table(self._desk, self.window())

    def ask_out(self) -> None:
        """Asks where to, and writes all answers as a table."""
        start = str(documents_folder() / f"{_('Cases')}.xlsx")
        path, kind = QFileDialog.getSaveFileName(
            self, _("Write attributes of cases to a table"), start, "Excel (*.xlsx);;CSV (*.csv)"
        )
        if path:
            self.write_to(Path(path) if Path(path).suffix else Path(f"{path}.{kind[-5:-1].strip('*.')}"))

    def write_to(self, path: Path) -> None:
        """Writes all answers as a table."""
        from qda.exchange.case_tables import export_attributes

        if self._desk.do(export_attributes, file=str(path)):
            self._desk.told.emit(_("Written: {name}").format(name=path.name))


def _safe(name: str) -> str:
    return name.replace("&", "&&")
