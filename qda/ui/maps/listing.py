"""A map as two tables: its things and its lines. Everything but places can be done here by keys."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from qda.figures.code_map import Box, CodeMapFigure, Link, kind_name, short_name
from qda.figures.code_map_layout import shown_title
from qda.i18n import _
from qda.ui.axial.grid import Cell, Column, Grid, GridModel
from qda.ui.maps.items import Reference
from qda.ui.surfaces import head_row, small


class MapList(QWidget):
    """The things and the lines of a map."""

    turned_to = Signal(str, str)  # kind (item, line), GUID
    opened = Signal(str, str)
    removal_wanted = Signal(str, str)
    remark_written = Signal(str, str)  # item, words
    label_written = Signal(str, str)  # line, words
    letter = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, can_write: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("map_list")
        self.figure = CodeMapFigure("")
        self._joined: dict[str, int] = {}
        self._can_write = can_write
        self.things = Grid(
            "map_things", _("Things on the map"), GridModel(self._thing_columns(), _guid), self
        )
        self.lines = Grid("map_lines", _("Lines of the map"), GridModel(self._line_columns(), _guid), self)
        for grid, kind in ((self.things, "item"), (self.lines, "line")):
            grid.turned_to.connect(lambda guid, kind=kind: self.turned_to.emit(kind, guid))
            grid.opened.connect(lambda guid, kind=kind: self.opened.emit(kind, guid))
            grid.removal_wanted.connect(lambda guid, kind=kind: self.removal_wanted.emit(kind, guid))
            grid.installEventFilter(self)
            grid.letter.connect(lambda guid, key, kind=kind: self._letter(kind, guid, key))
        self.hint = small(
            _("Enter leads to it, F2 writes, B draws a line, R adds what is related, Del takes it off."),
            self,
            wrap=True,
        )
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for title, grid in ((_("Things"), self.things), (_("Lines"), self.lines)):
            part = QWidget(split)
            box = QVBoxLayout(part)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
            box.addLayout(head_row(title, *((self.hint,) if grid is self.things else ())))
            box.addWidget(grid, 1)
            split.addWidget(part)
        split.setSizes([600, 400])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _thing_columns(self) -> list[Column[Box]]:
        write = self.remark_written if self._can_write else None
        return [
            Column("kind", _("Kind"), lambda box: Cell(kind_name(box.face.kind), faded=True), 150),
            Column("name", _("Name"), _name_cell),
            Column("cases", _("Cases"), lambda box: Cell(box.face.subline), 150, small=True),
            Column(
                "remark",
                _("On this map"),
                lambda box: Cell("" if box.face.kind == "text" else box.face.remark),
                240,
                value=lambda box: box.face.title if box.face.kind == "text" else box.face.remark,
                write=(lambda box, words: write.emit(box.guid, words)) if write is not None else None,
            ),
            Column("lines", _("Lines"), self._count, 80, right=True),
        ]

    def _count(self, box: Box) -> Cell:
        return Cell(str(self._joined.get(box.guid, "")))

    def _line_columns(self) -> list[Column[Link]]:
        write = self.label_written if self._can_write else None
        return [
            Column("from", _("From"), lambda link: self._end(link.start), 300),
            Column(
                "line",
                _("What it says"),
                lambda link: Cell(link.label or ("→" if link.shape else "–"), strong=link.is_relation),
                260,
                value=lambda link: "" if link.is_relation else link.label,
                write=(lambda link, words: write.emit(link.guid, words)) if write is not None else None,
            ),
            Column("to", _("To"), lambda link: self._end(link.end), 300),
            Column("evidence", _("Evidence"), lambda link: Cell(" · ".join(link.badge)), small=True),
        ]

    def _end(self, guid: str) -> Cell:
        box = self.figure.by_guid[guid]
        colour = box.face.colour if box.face.kind == "code" else None
        return Cell(_called(box), colour, italic=box.face.in_vivo)

    def show_figure(self, figure: CodeMapFigure) -> None:
        """Shows a map; what was current stays so where it is still there."""
        self.figure = figure
        self._joined = {}
        for link in figure.links:
            for end in (link.start, link.end):
                self._joined[end] = self._joined.get(end, 0) + 1
        self.things.show_rows(figure.boxes)
        self.lines.show_rows(figure.links)

    @property
    def current(self) -> Reference | None:
        """The row in hand: of the table that has the focus."""
        if self.lines.hasFocus() and self.lines.key:
            return "line", self.lines.key
        return ("item", self.things.key) if self.things.key else None

    def make_current(self, reference: Reference | None) -> None:
        """Makes a row current."""
        if reference is not None:
            (self.things if reference[0] == "item" else self.lines).make_current(reference[1])

    def write(self) -> None:
        """Writes on the current row."""
        if self.current is not None and self._can_write:
            grid, column = (self.lines, "line") if self.current[0] == "line" else (self.things, "remark")
            grid.edit_cell(column)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 writes, whichever cell is in hand."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_F2
        ):
            self.write()
            return True
        return super().eventFilter(watched, event)

    def _letter(self, kind: str, guid: str, key: str) -> None:
        self.turned_to.emit(kind, guid)
        self.letter.emit(key)


def _guid(row: Box | Link) -> str:
    return row.guid


def _called(box: Box) -> str:
    return shown_title(box.face) or short_name(box)


def _name_cell(box: Box) -> Cell:
    face = box.face
    parts = (_called(box), face.place, face.words if face.title and face.kind != "segment" else "")
    words = " · ".join(" ".join(part.split()) for part in parts if part)
    return Cell(words, face.colour if face.kind == "code" else None, italic=face.in_vivo, strong=face.strong)
