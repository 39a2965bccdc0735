"""What can be chosen for a picture: rows, columns, what cells show, which document; left on the page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from qda.coding.matrices import PARTS
from qda.i18n import _, ngettext
from qda.reports.pictures_of import measure_name
from qda.ui.fonts import px
from qda.ui.pictures.views import SHARE, View
from qda.ui.surfaces import LinkButton, on_panel, scrolled, section, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_PER_LINE: Final = (0, 500, 1000, 2500, 5000)
_MEASURES: Final = {
    "documents": ("cases", "segments"),
    "cases": ("documents", "segments"),
    "codes": ("cases", "documents", "segments"),
    "curve": (SHARE, "cases", "documents", "segments"),
}


class Choice(QComboBox):
    """A few alternatives in words, each with its key; ``chosen`` by the user."""

    chosen = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(20)
        self.activated.connect(lambda _at: self.chosen.emit(self.key))

    def offer(self, choices: Sequence[tuple[str, str]], key: str) -> None:
        """Offers these; the first holds where ``key`` is none of them."""
        self.blockSignals(True)
        self.clear()
        for one, words in choices:
            self.addItem(words, one)
            self.setItemData(self.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(max(0, self.findData(key)))
        self.blockSignals(False)

    @property
    def key(self) -> str:
        """What holds."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """As if the user chose it."""
        self.setCurrentIndex(max(0, self.findData(key)))
        self.chosen.emit(self.key)


class Choices(QWidget):
    """The choices of the picture in view. ``changed``: the view is another one now."""

    changed = Signal()
    branch_wanted = Signal()
    codes_wanted = Signal()
    hide_wanted = Signal(bool)

    def __init__(self, desk: "Desk", view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._titles: dict[QWidget, QWidget] = {}
        on_panel(self)
        self.setObjectName("picture_choices")
        inside = on_panel(QWidget())
        self._form = QVBoxLayout(inside)
        self._form.setContentsMargins(px(16), px(10), px(14), px(12))
        self._form.setSpacing(px(4))
        self._rows()
        self._columns()
        self._cells()
        self._form.addStretch(1)
        self.hiding = self._check("hide_frequencies", _("Hide frequencies in this study"))
        self.hiding.setToolTip(_("Tables then only show whether there are passages; a setting of the study."))
        self.hiding.setEnabled(not desk.project.read_only)
        self.hiding.clicked.connect(lambda on: self.hide_wanted.emit(bool(on)))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(inside))
        self.setMinimumWidth(max(px(200), inside.minimumSizeHint().width() + px(12)))

    # -- building -------------------------------------------------------------------------------------------

    def _head(self, words: str, *, first: bool = False) -> QLabel:
        if not first:
            self._form.addSpacing(px(10))
        label = section(words, self)
        self._form.addWidget(label)
        return label

    def _choice(self, name: str, title: str) -> Choice:
        label = small(title, self)
        made = Choice(name, title, self)
        label.setBuddy(made)
        self._form.addWidget(label)
        self._form.addWidget(made)
        self._titles[made] = label
        return made

    def _check(self, name: str, words: str) -> QCheckBox:
        made = QCheckBox(words, self)
        made.setObjectName(name)
        made.setAccessibleName(words)
        self._form.addWidget(made)
        return made

    def _rows(self) -> None:
        self.head_rows = self._head(_("Codes"), first=True)
        self.rows = self._choice("rows", _("Which codes"))
        self.rows.chosen.connect(self._rows_chosen)
        self.which = LinkButton("", "which_codes", self, flush=True)
        self.which.clicked.connect(lambda: self._rows_chosen(self._view.rows))
        self._form.addWidget(self.which)
        self.below = self._check("with_children", _("Count those below, too"))
        self.below.setToolTip(_("A code then counts the passages of the codes below it, each once."))
        self.below.clicked.connect(lambda on: self._set("with_children", bool(on)))
        self.asked = self._check("without_asked", _("Without the interviewer’s turns"))
        self.asked.clicked.connect(lambda on: self._set("without_asked", bool(on)))
        self.order = self._choice("row_order", _("In which order"))
        self.order.chosen.connect(lambda key: self._set("order", key))
        self.empty = self._check("leave_out_empty", _("Leave out what is empty"))
        self.empty.clicked.connect(lambda on: self._set("empty", not on))

    def _columns(self) -> None:
        self.head_columns = self._head("")
        self.columns = self._choice("column_order", _("In which order"))
        self.columns.chosen.connect(lambda key: self._set_own("columns", key))
        self.nearness = self._choice("nearness", _("Codes meet"))
        self.nearness.chosen.connect(lambda key: self._set("nearness", key))
        self.source = self._choice("portrait_document", _("Document"))
        self.source.chosen.connect(lambda key: self._set("source", key))
        self.of = self._choice("curve_document", _("Documents"))
        self.of.chosen.connect(lambda key: self._set("of", key))

    def _cells(self) -> None:
        self.head_cells = self._head(_("Cells"))
        self.measure = self._choice("measure", _("What they show"))
        self.measure.chosen.connect(lambda key: self._set_own("measures", key))
        self.mark = self._choice("mark", _("How they show it"))
        self.mark.chosen.connect(lambda key: self._set("mark", key))
        self.parts = self._choice("parts", _("Parts of the text"))
        self.parts.chosen.connect(lambda key: self._set("parts", int(key or 20)))
        self.line = self._choice("per_line", _("Characters in a line"))
        self.line.chosen.connect(lambda key: self._set("per_line", int(key or 0)))

    # -- showing --------------------------------------------------------------------------------------------

    def show_view(
        self, view: View, documents: Sequence[tuple[str, str]], attributes: Sequence[tuple[str, str]]
    ) -> None:
        """Shows what holds for a picture, with the documents and the attributes of cases there are."""
        self._view = view
        picture = view.picture
        along, portrait = picture == "curve", picture == "portrait"
        self.rows.offer(self._row_choices(), view.rows)
        self._show_which()
        self.below.setChecked(view.with_children)
        self.below.setText(_("Those below, too") if portrait else _("Count those below, too"))
        hidden = self.hiding.isChecked()
        orders = [("tree", _("As in the tree")), ("count", _("By count")), ("name", _("By name"))]
        self.order.offer([one for one in orders if one[0] != "count" or not hidden], view.order)
        self.empty.setChecked(not view.empty)
        self.columns.offer(self._column_choices(attributes), view.columns.get(picture, "study"))
        self.nearness.offer(
            [
                ("overlap", _("where they overlap")),
                ("paragraph", _("in one paragraph")),
                ("turn", _("in one turn")),
                ("near", _("at most a paragraph apart")),
            ],
            view.nearness,
        )
        self.source.offer(documents, view.source)
        self.of.offer([("", _("All documents")), *documents], view.of)
        measures = [(one, measure_name(one)) for one in _MEASURES.get(picture, ())]
        self.measure.offer(measures, view.measure)
        marks = [("number", _("Numbers")), ("shade", _("Shades")), ("bubble", _("Bubbles"))]
        self.mark.offer(marks, view.mark)
        self.parts.offer([(str(n), str(n)) for n in PARTS], str(view.parts))
        lines = [(str(n), str(n) if n else _("As it fits")) for n in _PER_LINE]
        self.line.offer(lines, str(view.per_line))
        self.asked.setChecked(view.without_asked)
        self._show_what_fits(picture, along=along, portrait=portrait, hidden=hidden)

    def _show_what_fits(self, picture: str, *, along: bool, portrait: bool, hidden: bool) -> None:
        shown = {
            self.order: not portrait,
            self.empty: not portrait,
            self.columns: picture in ("documents", "cases"),
            self.nearness: picture == "codes",
            self.source: portrait,
            self.of: along,
            self.measure: not portrait and not hidden,
            self.mark: not portrait and not along and not hidden,
            self.parts: along,
            self.line: portrait,
            self.head_cells: portrait or along or not hidden,
        }
        for widget, seen in shown.items():
            widget.setVisible(seen)
            if widget in self._titles:
                self._titles[widget].setVisible(seen)
        self.head_columns.setText(
            {"documents": _("Documents"), "cases": _("Cases"), "codes": _("Meeting")}.get(picture, _("Text"))
        )
        self.head_cells.setText(_("Picture") if portrait or along else _("Cells"))

    @staticmethod
    def _row_choices() -> list[tuple[str, str]]:
        return [
            ("all", _("All codes")),
            ("top", _("The top of the tree")),
            ("branch", _("A branch …")),
            ("chosen", _("Chosen codes …")),
        ]

    def _show_which(self) -> None:
        from qda.ui.navigator.codebook import CodeBook

        book, view = CodeBook.of(self._desk), self._view
        named = [row.name for row in (book.row(code) for code in view.codes) if row is not None]
        words = ""
        if view.rows in ("branch", "chosen"):
            words = named[0] if len(named) == 1 else ""
            if len(named) > 1:
                words = ngettext("{n} code", "{n} codes", len(named)).format(n=len(named))
        self.which.setText(words)
        self.which.setAccessibleName(_("Choose others: {codes}").format(codes=words))
        self.which.setVisible(bool(words))

    def _column_choices(self, attributes: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        documents, hidden = self._view.picture == "documents", self.hiding.isChecked()
        found = [("study", _("As in the study")), ("name", _("By name"))]
        if not hidden:
            found.append(("count", _("By count")))
        if documents:
            found += [("group", _("By group")), ("kind", _("By kind")), ("case", _("By case"))]
        found += [
            (f"attribute:{guid}", _("By {attribute}").format(attribute=name)) for guid, name in attributes
        ]
        return found

    # -- choosing -------------------------------------------------------------------------------------------

    def _set(self, name: str, value: object) -> None:
        if getattr(self._view, name) != value:
            setattr(self._view, name, value)
            self.changed.emit()

    def _set_own(self, name: str, value: str) -> None:
        own: dict[str, str] = getattr(self._view, name)
        if own.get(self._view.picture) != value:
            own[self._view.picture] = value
            self.changed.emit()

    def _rows_chosen(self, key: str) -> None:
        if key == "branch":
            self.branch_wanted.emit()
        elif key == "chosen":
            self.codes_wanted.emit()
        else:
            self._set("rows", key)
            self._show_which()

    def rows_taken(self, rows: str, codes: list[str]) -> None:
        """A branch or codes were chosen; without any, what held before stays."""
        if codes:
            self._view.rows, self._view.codes = rows, codes
            self.changed.emit()
        self.rows.offer(self._row_choices(), self._view.rows)
        self._show_which()
