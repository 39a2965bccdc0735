"""A table that is brought in: what each column is, what the first case becomes, then what came in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSplitter,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px, reading_font
from qda.ui.importing.words import ATTRIBUTE_KINDS, COLUMN_ROLES
from qda.ui.material.background import Work
from qda.ui.material.fields import Choice
from qda.ui.status import announce
from qda.ui.surfaces import section, small

if TYPE_CHECKING:
    from qda.exchange.survey_columns import ColumnGuess
    from qda.exchange.tables_in import Table
    from qda.ui.desk import Desk

_EXAMPLES: Final = 3
_LONG: Final = 40  # characters of an example
_NAME, _EXAMPLE, _ROLE, _KIND = range(4)


class TableDialog(QDialog):
    """Reads the table, asks, brings it in as one act."""

    def __init__(self, desk: "Desk", path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = path
        self._table: Table | None = None
        self._work: Work | None = None
        self.columns: list[ColumnGuess] = []
        self._closing = False
        self.setObjectName("table_in")
        self.setWindowTitle(_("Bring in a table"))
        self.resize(px(980), px(640))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        self._title = heading(path.name, self)
        self._told = small("", self, wrap=True)
        self._told.setObjectName("table_told")
        box.addWidget(self._title)
        box.addWidget(self._told)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._waiting())
        self._pages.addWidget(self._asking())
        self._pages.addWidget(self._results())
        box.addWidget(self._pages, 1)
        box.addLayout(self._buttons())
        self._read()

    # -- building --------------------------------------------------------------------------------------------

    def _waiting(self) -> QWidget:
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar(page)
        self.bar.setObjectName("table_progress")
        self.bar.setAccessibleName(_("Rows brought in"))
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(8))
        self.bar.setMaximumWidth(px(480))
        box.addWidget(self.bar)
        box.addStretch(1)
        return page

    def _asking(self) -> QWidget:
        page = QSplitter(Qt.Orientation.Horizontal, self)
        page.setChildrenCollapsible(False)
        page.setHandleWidth(px(12))
        page.setStyleSheet("QSplitter::handle { background: transparent; }")
        left, right = QWidget(page), QWidget(page)
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._grid(left), 1)
        box.addLayout(self._documents_choice(left))
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(section(_("The first case"), right))
        self.preview = QTextBrowser(right)
        self.preview.setObjectName("table_preview")
        self.preview.setAccessibleName(_("What the first case becomes"))
        self.preview.setOpenLinks(False)
        self.preview.setFont(reading_font())
        self.preview.setTabChangesFocus(True)
        side.addWidget(self.preview, 1)
        page.addWidget(left)
        page.addWidget(right)
        page.setSizes([px(600), px(340)])
        return page

    def _grid(self, parent: QWidget) -> QTableWidget:
        self.grid = QTableWidget(0, 4, parent)
        self.grid.setObjectName("table_columns")
        self.grid.setAccessibleName(_("Columns of the table"))
        self.grid.setHorizontalHeaderLabels([_("Column"), _("For example"), _("What it is"), _("Kind")])
        self.grid.verticalHeader().hide()
        self.grid.verticalHeader().setDefaultSectionSize(px(36))
        self.grid.setShowGrid(False)
        self.grid.setStyleSheet(
            f"QTableView::item {{ padding: 0 {px(6)}px; }} QComboBox {{ margin: {px(3)}px {px(4)}px; }}"
        )
        self.grid.setTabKeyNavigation(False)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its choices are stops of the keyboard
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.grid.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_EXAMPLE, QHeaderView.ResizeMode.Stretch)
        for column in (_ROLE, _KIND):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        return self.grid

    def _documents_choice(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(16))
        self._documents_of = small(_("Open answers become"), parent)
        self.by_case = QRadioButton(_("one document a case"), parent)
        self.by_answer = QRadioButton(_("one document an answer"), parent)
        self.by_case.setChecked(True)
        self._group = QButtonGroup(self)
        row.addWidget(self._documents_of)
        for button, name in ((self.by_case, "by_case"), (self.by_answer, "by_answer")):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            self._group.addButton(button)
            row.addWidget(button)
            button.toggled.connect(lambda _on: self._show_preview())
        row.addStretch(1)
        return row

    def _results(self) -> QWidget:
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        self.warnings = QLabel("", page)
        self.warnings.setObjectName("table_warnings")
        self.warnings.setWordWrap(True)
        self.warnings.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.warnings.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.warnings, 1)
        return page

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(small(_("The file stays as it is. One undo takes all of it out again."), self), 1)
        self.cancel = self._button("cancel", _("Cancel"), self.reject)
        self.take = self._button("take_in", _("Bring in"), self.bring_in)
        self.take.setDefault(True)
        self.take.setEnabled(False)
        row.addWidget(self.cancel)
        row.addWidget(self.take)
        return row

    def _button(self, name: str, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: act())
        return button

    # -- reading ---------------------------------------------------------------------------------------------

    def _read(self) -> None:
        from qda.exchange.survey import read_survey
        from qda.exchange.survey_columns import guess_columns

        def read(_step: object) -> tuple[Any, Any]:
            table = read_survey(self._path)
            return table, guess_columns(table)

        self._told.setText(_("Reading …"))
        self._begin(read, self._was_read)

    def _begin(self, function: Callable[[Callable[[int], None]], Any], done: Callable[..., object]) -> None:
        self._pages.setCurrentIndex(0)
        self._work = Work(self._desk, function, self)
        self._work.progressed.connect(self.bar.setValue)
        self._work.done.connect(done)
        self._work.start()

    def _was_read(self, found: Any, sentence: str) -> None:
        self._work = None
        if self._closing:
            super().reject()
            return
        if found is None:
            self._over(_("Nothing was brought in."), [sentence] if sentence else [])
            return
        self._table, columns = found
        self.columns = list(columns)
        self._fill()
        self._pages.setCurrentIndex(1)
        self._show_plan()
        first = self.grid.cellWidget(0, _ROLE)
        if first is not None:
            first.setFocus()

    def _fill(self) -> None:
        assert self._table is not None
        roles = [(key, _(words)) for key, words in COLUMN_ROLES]
        kinds = [(key, _(words)) for key, words in ATTRIBUTE_KINDS]
        self.grid.setRowCount(len(self.columns))
        for at, column in enumerate(self.columns):
            examples = _examples(self._table.column(column.name))
            for place, words in ((_NAME, column.name), (_EXAMPLE, examples)):
                cell = QTableWidgetItem(words)
                cell.setToolTip(words)
                self.grid.setItem(at, place, cell)
            role = Choice(f"role_{at}", _("What “{name}” is").format(name=column.name), roles, self.grid)
            role.setAccessibleDescription(_("For example: {examples}").format(examples=examples))
            role.activated.connect(lambda _at, row=at: self._set_role(row))
            kind = Choice(f"kind_{at}", _("Kind of “{name}”").format(name=column.name), kinds, self.grid)
            kind.activated.connect(lambda _at, row=at: self._set_kind(row))
            for place, choice in ((_ROLE, role), (_KIND, kind)):
                self.grid.setCellWidget(at, place, choice)
                if not at:
                    choice.ensurePolished()
                    self.grid.setColumnWidth(place, choice.sizeHint().width() + px(20))
        self._show_columns()

    # -- deciding --------------------------------------------------------------------------------------------

    def choice(self, row: int, column: int) -> Choice:
        """The choice of a column's role or kind."""
        found = self.grid.cellWidget(row, column)
        assert isinstance(found, Choice)
        return found

    def _set_role(self, row: int) -> None:
        from qda.exchange.survey import decided

        assert self._table is not None
        role = self.choice(row, _ROLE).currentData()
        named = {column.name: column.role for column in self.columns}
        if role == "case":  # there is one
            named = {name: "attribute" if one == "case" else one for name, one in named.items()}
        named[self.columns[row].name] = role
        kept = {c.name: (c.kind, c.choices) for c in self.columns if c.role == "attribute"}
        self.columns = [
            replace(c, kind=kept[c.name][0], choices=kept[c.name][1]) if c.name in kept else c
            for c in decided(self._table, named)
        ]
        self._show_columns()
        self._show_plan()

    def _set_kind(self, row: int) -> None:
        assert self._table is not None
        column, kind = self.columns[row], self.choice(row, _KIND).currentData()
        cells = (" ".join(cell.split()) for cell in self._table.column(column.name))
        choices = tuple(dict.fromkeys(cell for cell in cells if cell)) if kind == "choice" else ()
        self.columns[row] = replace(column, kind=kind, choices=choices)
        self._show_plan()

    def _show_columns(self) -> None:
        for at, column in enumerate(self.columns):
            self.choice(at, _ROLE).show_key(column.role)
            kind = self.choice(at, _KIND)
            kind.setEnabled(column.role == "attribute")
            if column.role == "attribute":
                kind.show_key(column.kind)
            else:
                kind.setCurrentIndex(-1)

    @property
    def is_survey(self) -> bool:
        """Whether an open answer is among the columns."""
        return any(column.role == "text" for column in self.columns)

    def _show_plan(self) -> None:
        assert self._table is not None
        n = len(self._table.rows)
        texts = sum(column.role == "text" for column in self.columns)
        closed = sum(column.role == "attribute" for column in self.columns)
        parts = [
            ngettext("{n} row", "{n} rows", n).format(n=n),
            ngettext("{n} open answer", "{n} open answers", texts).format(n=texts),
            ngettext("{n} attribute", "{n} attributes", closed).format(n=closed),
        ]
        words = _("Each row is a case. {figures}.").format(figures=", ".join(parts))
        if not any(column.role == "case" for column in self.columns):
            words += " " + (
                _("No column names the case: cases get numbers.")
                if texts
                else _("Choose the column that names the case.")
            )
        self._told.setText(" ".join([words, *self._table.warnings]))
        for widget in (self._documents_of, self.by_case, self.by_answer):
            widget.setEnabled(bool(texts))
        named = texts or any(column.role == "case" for column in self.columns)
        self.take.setEnabled(bool((texts or closed) and named))
        self._show_preview()

    def _show_preview(self) -> None:
        from html import escape

        from qda.exchange.survey import preview

        if self._table is None or not self.columns:
            return
        name, documents = preview(self._table, self.columns, 0, documents=self._documents())
        lines = [f"<p><b>{escape(name)}</b></p>"]
        first = self._table.rows[0]
        for at, column in enumerate(self.columns):
            if column.role == "attribute" and first[at].strip():
                lines.append(f"<p style='margin:0'>{escape(column.name)}: {escape(first[at])}</p>")
        for title, text in documents:
            shown = "<br>".join(escape(line) for line in text.split("\n"))
            lines.append(f"<p><i>{escape(title)}</i><br>{shown}</p>")
        self.preview.setHtml("".join(lines))

    def _documents(self) -> Any:
        return "answer" if self.by_answer.isChecked() else "case"

    # -- bringing in -----------------------------------------------------------------------------------------

    def bring_in(self) -> None:
        """Brings the table in as decided; or closes, when it is over."""
        from qda.exchange import survey, tables_import

        if self._table is None:
            self.accept()
            return
        project, table, columns = self._desk.project, self._table, tuple(self.columns)
        file, documents, is_survey = str(self._path), self._documents(), self.is_survey

        def work(step: Callable[[int], None]) -> Any:
            if not is_survey:
                return tables_import.bring_in(project, table, file=file, columns=columns)
            return survey.bring_in(
                project, table, columns, documents=documents, file_name=self._path.name, progress=step
            )

        self._told.setText(_("Bringing in …"))
        self.bar.setRange(0, len(table.rows) if is_survey else 0)
        self.take.setEnabled(False)
        self.cancel.setText(_("Stop"))
        self._begin(work, self._was_brought)

    def _was_brought(self, found: Any, sentence: str) -> None:
        self._work = None
        if found is None:
            self._over(_("Nothing was brought in."), [sentence] if sentence else [])
            return
        documents = getattr(found, "documents", None)
        n = len(found.cases)
        parts = [ngettext("{n} case", "{n} cases", n).format(n=n)]
        if documents:
            d = len(documents)
            parts.append(ngettext("{n} document", "{n} documents", d).format(n=d))
        a = len(found.attributes)
        parts.append(ngettext("{n} attribute", "{n} attributes", a).format(n=a))
        words = _("Brought in: {figures}.").format(figures=", ".join(parts))
        self._desk.told.emit(words)
        self._over(words, list(found.warnings))

    def _over(self, words: str, warnings: list[str]) -> None:
        self._told.setText(words)
        self.warnings.setText("\n".join(warnings))
        self._pages.setCurrentIndex(2)
        self._table = None
        self.resize(px(560), px(300))
        self.cancel.hide()
        self.take.setText(_("Done"))
        self.take.setAccessibleName(_("Done"))
        self.take.setEnabled(True)
        self.take.setFocus()
        announce(self, " ".join([words, *warnings]))

    # -- closing ---------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Stops what is at work first."""
        if self._work is not None:
            self._closing = self._table is None
            self._work.cancel()
            return
        super().reject()


def _examples(cells: list[str]) -> str:
    """The first different answers of a column, cut."""
    different = dict.fromkeys(" ".join(cell.split()) for cell in cells if cell.strip())
    shown = [one if len(one) <= _LONG else f"{one[:_LONG].rstrip()}…" for one in different]
    return " · ".join(shown[:_EXAMPLES])
