"""The page of the case comparison: what is compared, filters, the table, what belongs to the row in hand."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QSplitter, QVBoxLayout, QWidget

from qda.coding import comparison_cells, theory
from qda.coding.case_comparison import Place, Row
from qda.coding.citation import paragraphs_cited
from qda.coding.comparison_quotations import passages_here, quotations
from qda.coding.rows import RelationRow, SegmentRow
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.background import Background
from qda.ui.cases_beside.bar import Bar
from qda.ui.cases_beside.chips import FilterChips, filters_of
from qda.ui.cases_beside.choosing import CaseChooser, PassageChooser
from qda.ui.cases_beside.content import case_title
from qda.ui.cases_beside.reading import WATCHED, Read, Wish, is_large, keep, kept, read, with_summary
from qda.ui.cases_beside.side import SidePanel
from qda.ui.cases_beside.table import CasesTable
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding import citing
from qda.ui.places import Page
from qda.ui.surfaces import Line, on_paper

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_SIDE: Final = 304
_SOON_MS: Final = 40


class CasesPage(Page):
    """Cases beside one another. The table follows every act."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.wish: Wish = kept(desk.project)
        self.read: Read | None = None
        self.setObjectName("case_comparison")
        self.setAccessibleName(_("Case comparison"))
        self.bar = Bar(self)
        self.filters = FilterChips(self)
        self.without = QCheckBox(_("Without the interviewer’s words"), self)
        self.without.setObjectName("without_interviewer")
        self.without.setAccessibleName(self.without.text())
        self.without.setFont(ui_font(SMALL))
        self.table = CasesTable(self)
        self.table.summary.setReadOnly(desk.project.read_only)
        self.side = SidePanel(desk, self)
        self.empty = QLabel(self)
        self.empty.setObjectName("cases_empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("quiet", True)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._turned = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._turned.timeout.connect(self._show_side)
        self._worker = Background(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        strip = on_paper(QWidget(self))
        row = QHBoxLayout(strip)
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.addWidget(self.filters)
        row.addStretch(1)
        row.addWidget(self.without)
        left = on_paper(QWidget(self))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(Line(left))
        column.addWidget(strip)
        column.addWidget(Line(left))
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self._strip = strip
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setObjectName("cases_split")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        split.setSizes([px(1440 - _SIDE), px(_SIDE)])
        self.side.setMinimumWidth(px(240))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)

    def _connect(self) -> None:
        bar, table = self.bar, self.table
        bar.closed.connect(self.closed)
        bar.cases_wanted.connect(self.choose_cases)
        bar.deviating_wanted.connect(self.to_deviating)
        bar.saving_wanted.connect(self.save)
        bar.wished.connect(self._wished)
        self.filters.chosen.connect(lambda only, case: self._wished({"only": only, "only_case": case}))
        self.without.clicked.connect(lambda on: self._wished({"interviewer": not on}))
        table.turned.connect(self._turned.start)
        table.opened.connect(self._opened)
        table.left.connect(self.closed)
        table.choose_wanted.connect(self.choose_quotation)
        table.chosen_wanted.connect(self.to_chosen)
        table.deviating_wanted.connect(self.to_deviating)
        table.reference_wanted.connect(self.to_passage)
        table.written.connect(self._write)
        table.menu_wanted.connect(self._menu)
        table.case_menu_wanted.connect(self._case_menu)
        table.summary.passage_wanted.connect(self.insert_reference)
        self.side.left.connect(lambda: table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.side.beside_wanted.connect(self.side_by_side)
        self.side.relation_wanted.connect(self._to_relation)
        self._worker.done.connect(self._found)
        self._worker.failed.connect(lambda _kind, sentence: self._desk.refused.emit(sentence))
        self._desk.changed.connect(self._changed)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the comparison and shows it."""
        self._soon.stop()
        self._stale = False
        project, wish = self._desk.project, self.wish
        if is_large(project):
            self._worker.ask("table", partial(read, project, wish))
            if self.read is None:
                self.empty.setText(_("The cases are being compared …"))
                self.table.hide()
                self._strip.hide()
            return
        try:
            self._show_read(read(project, wish))
        except KnownError as problem:
            self._desk.refused.emit(problem.sentence)

    def _found(self, kind: str, found: object) -> None:
        """What was looked up in the background has come."""
        if kind == "table" and isinstance(found, Read):
            first = self.read is None
            self._show_read(found)
            if first and self.isVisible():
                self.focus_first()
        elif kind == "relations":
            self.side.know_relations(cast("list[RelationRow]", found))
        elif isinstance(found, dict):
            for at, quoted in found.items():
                if at[0] == self.table.shown.open_key:
                    self.table.put_quoted(at, quoted)
            if kind == "near":
                self._quote("far")

    def _show_read(self, shown: Read) -> None:
        self.read, self.wish = shown, shown.wish
        relations = partial(theory.relations, self._desk.project, shown.whole.model or None)
        if is_large(self._desk.project):
            self._worker.ask("relations", relations)
        else:
            self.side.know_relations(relations())
        self.bar.show_read(shown)
        self.filters.show_filters(filters_of(shown), self.wish.only, self.wish.only_case)
        self.without.setChecked(not self.wish.interviewer)
        nothing = not (shown.whole.rows and shown.whole.columns)
        self.table.setVisible(not nothing)
        self._strip.setVisible(not nothing)
        self.empty.setVisible(nothing or not shown.shown.rows)
        self.empty.setText(self._empty_words(shown))
        self.table.show_read(shown)
        self._opened()
        self._turned.start()
        self._tell()

    def _empty_words(self, shown: Read) -> str:
        if not shown.whole.columns:
            return _(
                "There is nothing to compare without cases: say in the material which case a document is of."
            )
        if not shown.whole.rows:
            if self.wish.rows == "properties":
                return _(
                    "No category has properties yet: give one properties with their dimensions in its sheet."
                )
            return _("Make codes categories, or place them in the slots of a model: they are the rows here.")
        return _("Nothing here has this: show all again.")

    def _tell(self) -> None:
        if self.read is None or not self.isVisible():
            return
        found, every = self.read.whole, len(self.read.cases)
        cases = ngettext("{n} of {every} case", "{n} of {every} cases", every)
        codes = ngettext("{n} code", "{n} codes", self.read.counts.every)
        if self.wish.rows == "properties":
            codes = ngettext("{n} property", "{n} properties", self.read.counts.every)
        rows = ngettext("{n} row", "{n} rows", len(found.rows)).format(n=len(found.rows))
        self._desk.told.emit(
            f"{cases.format(n=len(found.columns), every=every)}   "
            f"{codes.format(n=self.read.counts.every)}, {rows}"
        )

    def focus_first(self) -> None:
        """Into the table, or to what chooses its rows."""
        wanted = self.table if not self.table.isHidden() and self.table.shown.rows else self.bar.rows
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, change: "Changed") -> None:
        if not change.tables & WATCHED:
            return
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.read is not None:
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.table.flush()
            self.side.note.flush()
        super().hideEvent(event)

    def let_go(self) -> None:
        """The study is about to be closed."""
        self.table.flush()
        self._worker.stop()
        for timer in (self._soon, self._turned):
            timer.stop()

    def _wished(self, changes: dict[str, Any]) -> None:
        """Something else is to be compared."""
        self.table.flush()
        self.wish = replace(self.wish, **changes)
        keep(self._desk.project, self.wish)
        self.refresh()

    def choose_cases(self) -> None:
        """Asks which cases are compared, and in which order."""
        if self.read is None:
            return
        dialog = CaseChooser(list(self.read.cases.values()), self.wish.cases, self)
        dialog.taken.connect(lambda cases: self._wished({"cases": cases}))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.list.setFocus()

    def _show_side(self) -> None:
        self._turned.stop()
        if self.read is not None:
            self.side.show_row(self.read, self._row())
            self.side.beside.setEnabled(self._two() is not None)

    # -- the open row ---------------------------------------------------------------------------------------

    def _opened(self) -> None:
        """The quotations of the open row are looked for, those in sight first."""
        for kind in ("near", "far"):
            self._worker.forget(kind)
        self._quote("near")

    def _quote(self, kind: str) -> None:
        model = self.table.shown
        row = model.row(model.row_of(model.open_key))
        if row is None or self.read is None:
            return
        near, far = self.table.columns_in_sight()
        columns = near if kind == "near" else far
        cells = [(row.key, model.case(at)) for at in columns]
        cells = [at for at in cells if self.read.whole.cell(*at).passages]
        if cells or kind == "near":
            self._worker.ask(kind, partial(quotations, self._desk.project, self.read.whole, cells))

    def _row(self) -> Row | None:
        return self.table.shown.row(self.table.currentIndex().row())

    def _write(self, key: str, case: str, body: str) -> None:
        row = self.table.shown.row(self.table.shown.row_of(key))
        if row is not None:
            done = self._desk.do(comparison_cells.write_summary, text=body, **_place(row, case))
            if done and self.read is not None:
                self.read = with_summary(self.read, (key, case), body.strip())
                self.table.put_read(self.read, key)

    def insert_reference(self) -> None:
        """Asks for a passage of the cell and puts a reference to it into the summary."""
        key, case = self.table.place
        if self.read is None:
            return
        some = passages_here(self._desk.project, self.read.whole, (key, case))
        if not some:
            self._desk.told.emit(_("This cell has no passages to refer to."))
            return
        table, summary = self.table, self.table.summary
        dialog = PassageChooser(_("Passage to refer to"), some, "", self)
        dialog.taken.connect(lambda row: summary.insert_reference(paragraphs_cited(row), row.guid))
        dialog.wanted.connect(self.to_text)
        dialog.rejected.connect(lambda: summary.setFocus(Qt.FocusReason.OtherFocusReason))
        dialog.destroyed.connect(lambda: setattr(table, "asked_for_passage", False))
        table.asked_for_passage = True  # the field stays, whatever is read meanwhile
        dialog.ask()

    # -- passages -------------------------------------------------------------------------------------------

    def choose_quotation(self) -> None:
        """Asks for the passage that stands for the cell in hand."""
        row, case = self._row(), self.table.place[1]
        if row is None or self.read is None:
            return
        some = passages_here(self._desk.project, self.read.whole, (row.key, case))
        if not some:
            self._desk.told.emit(_("This cell has no passages to choose from."))
            return
        title = case_title(self.read.cases[case].name)
        place = _place(row, case)

        def take(chosen: SegmentRow) -> None:
            self._desk.do(comparison_cells.choose_quotation, segment=chosen.guid, **place)

        words = _("{row}, {case}: the passage that stands for it").format(row=row.name, case=title)
        dialog = PassageChooser(words, some, self.read.shown.cell(row.key, case).chosen, self)
        dialog.taken.connect(take)
        dialog.wanted.connect(self.to_text)
        dialog.taken_back.connect(lambda: self._desk.do(comparison_cells.choose_quotation, **place))
        dialog.ask()

    def to_chosen(self) -> None:
        """Leads to the chosen passage in its text; where none is chosen, asks for one."""
        chosen = self._chosen(self.table.place)
        if chosen is not None:
            self.to_text(chosen)
        else:
            self.choose_quotation()

    def to_deviating(self) -> None:
        """Leads to the passage that is least like the chosen one (or the typical one)."""
        at = self.table.place
        if self.read is None or not at[0]:
            return
        found = quotations(self._desk.project, self.read.whole, [at]).get(at)
        if found is not None and found.deviating is not None:
            self.to_text(found.deviating)
            return
        self._desk.told.emit(_("Choose a passage first: the most deviating one is least like it."))

    def _chosen(self, at: Place) -> SegmentRow | None:
        if self.read is None:
            return None
        return self.read.chosen.get(self.read.whole.cell(*at).chosen)

    def to_passage(self, guid: str) -> None:
        """Leads to the passage of a reference."""
        from qda.coding.material import segment

        try:
            self.to_text(segment(self._desk.project, guid))
        except KnownError:
            self._desk.refused.emit(_("This passage is no longer in the material."))

    def to_text(self, row: SegmentRow) -> None:
        """Shows a passage in its text."""
        self.table.flush()
        self._desk.workspace_wanted.emit("open")
        self._desk.source_wanted.emit(row.source, row.start, row.stop)

    def _two(self) -> tuple[Place, Place] | None:
        """Two cells with passages: those selected in the row, else the one in hand and its neighbour."""
        index, model = self.table.currentIndex(), self.table.shown
        row = model.row(index.row())
        if row is None or self.read is None:
            return None
        chosen = sorted(one.column() for one in self.table.selectedIndexes() if one.row() == index.row())
        count = model.columnCount()
        near = [index.column(), *range(index.column() + 1, count), *range(index.column() - 1, -1, -1)]
        order = chosen if len(chosen) > 1 else near
        some = [(row.key, model.case(at)) for at in order]
        full = [at for at in some if self.read.whole.cell(*at).passages]
        return (full[0], full[1]) if len(full) > 1 else None

    def side_by_side(self) -> None:
        """Opens two texts beside one another: the chosen passage of each case, else its first."""
        two = self._two()
        if two is None or self.read is None:
            return
        rows = []
        for at in sorted(two, key=lambda at: self.table.shown.column_of(at[1])):
            rows.append(self._chosen(at) or passages_here(self._desk.project, self.read.whole, at)[0])
        self.to_text(rows[0])
        self._desk.beside_wanted.emit(rows[1].source, rows[1].start, rows[1].stop)

    def passages_in_hand(self) -> list[SegmentRow]:
        """What copying as a citation means here: the chosen passages of the selected cells."""
        model = self.table.shown
        keys = model.keys()
        cells = [(keys[one.row()], model.case(one.column())) for one in self.table.selectedIndexes()]
        return [row for row in (self._chosen(at) for at in cells) if row is not None]

    def copy_citation(self) -> None:
        """Copies the chosen passages as citations."""
        if told := citing.copy(self.passages_in_hand()):
            self._desk.told.emit(told)

    def _to_relation(self, guid: str) -> None:
        self.closed.emit()
        self._desk.relation_chosen.emit(guid)

    # -- menus and keys -------------------------------------------------------------------------------------

    def _menu(self, at: QPoint) -> None:
        row = self._row()
        menu = QMenu(self)
        menu.setObjectName("cell_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        is_open = self.table.place[0] == self.table.shown.open_key
        menu.addAction((_("Close the row") if is_open else _("Open the row")) + "\tEnter", self.table.toggle)
        if row is not None and self.read is not None:
            can = not self._desk.project.read_only
            there = bool(self.read.whole.cell(*self.table.place).passages)
            menu.addAction(_("Write the summary") + "\tF2", self.table.write).setEnabled(can)
            menu.addSeparator()
            menu.addAction(_("Choose a passage…") + "\tQ", self.choose_quotation).setEnabled(can and there)
            to_chosen = menu.addAction(_("To the chosen passage") + "\tT", self.to_chosen)
            to_chosen.setEnabled(self._chosen(self.table.place) is not None)
            to_deviating = menu.addAction(_("To the most deviating passage") + "\tU", self.to_deviating)
            to_deviating.setEnabled(there)
            copy = menu.addAction(_("Copy as citation"), self.copy_citation)
            copy.setEnabled(bool(self.passages_in_hand()))
            menu.addAction(_("Passages side by side"), self.side_by_side).setEnabled(self._two() is not None)
            menu.addSeparator()
            menu.addAction(_("Write a note on the comparison") + "\tN", self.side.to_note).setEnabled(can)
            self._codes_menu(menu, row)
        case = self.table.place[1]
        if case and self.read is not None:
            title = case_title(self.read.cases[case].name).replace("&", "&&")
            self._case_acts(menu.addMenu(title), case)
        menu.popup(at)

    def _codes_menu(self, menu: QMenu, row: Row) -> None:
        if self.read is None:
            return
        codes = self.read.shown.cell(*self.table.place).codes
        if codes and row.kind != "property":
            sheets = menu.addMenu(_("Show the code"))
            for one in codes:
                sheets.addAction(one.name.replace("&", "&&"), partial(self._to_code, one.guid))

    def _to_code(self, guid: str) -> None:
        self._desk.workspace_wanted.emit("open")
        self._desk.code_chosen.emit(guid)

    def _case_menu(self, column: int, at: QPoint) -> None:
        case = self.table.shown.case(column)
        if self.read is None or not case:
            return
        menu = QMenu(self)
        menu.setObjectName("case_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        self._case_acts(menu, case)
        menu.popup(at)

    def _case_acts(self, menu: QMenu, case: str) -> None:
        """What can be done with a column."""
        if self.read is None:
            return
        name = self.read.cases[case].name.replace("&", "&&")
        menu.addAction(
            _("Only what is in {case} alone").format(case=name),
            lambda: self._wished({"only": "only_here", "only_case": case}),
        )
        rest = tuple(one.guid for one in self.read.whole.columns if one.guid != case)
        leave = menu.addAction(_("Leave {case} out").format(case=name), lambda: self._wished({"cases": rest}))
        leave.setEnabled(bool(rest))
        menu.addAction(_("To the case"), lambda: self._to_case(case))

    def _to_case(self, case: str) -> None:
        self._desk.workspace_wanted.emit("material")
        self._desk.case_chosen.emit(case)

    def event(self, event: QEvent) -> bool:
        """Letters mean nothing of the model behind the page."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            copies = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            copying = event.key() == Qt.Key.Key_C and event.modifiers() == copies
            if copying or (not event.modifiers() and event.text().isalnum()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        copies = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_C and event.modifiers() == copies:
            self.copy_citation()
        elif event.key() == Qt.Key.Key_N and not event.modifiers():
            self.side.to_note()
        else:
            super().keyPressEvent(event)

    # -- files ----------------------------------------------------------------------------------------------

    def save(self, suffix: str) -> None:
        """Saves the comparison as it stands here."""
        from qda.ui.cases_beside.exporting import save_comparison

        if self.read is not None:
            self.table.flush()
            self.side.note.flush()
            save_comparison(self, self._desk, self.read, suffix)


def _place(row: Row, case: str) -> dict[str, Any]:
    return {"row_kind": row.kind, "row": row.guid, "case": case, "part": row.part}
