"""The steps of the tutorial, done in the real window with keys and the mouse; what is typed stands in it.

What is typed comes from ``tutorial_words``. The pictures of the tutorial and its acceptance test do the same
steps; ``look`` is called where a picture belongs.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QScrollArea, QWidget

from qda import resources
from qda.i18n import _
from qda.ui.dialogs import plain
from tests.acceptance.desk import (
    ALT,
    CTRL,
    LEFT,
    SHIFT,
    Key,
    focus,
    from_menu,
    pick,
    place_of,
    popup_menu,
    press,
    press_on,
    pull,
    settle,
    tab_to,
    write,
)
from tests.tutorial_words import TYPED

_LONGEST_S: Final = 30
Look = Callable[[str, QWidget], object]


def wait(seconds: float = 0.2) -> None:
    """Lets the window work: threads, timers, painting."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.003)


def until(condition: Callable[[], object]) -> None:
    """Waits until something is so."""
    last = time.monotonic() + _LONGEST_S
    while not condition():
        assert time.monotonic() < last, "what is waited for does not come"
        wait(0.01)


class Afternoon:
    """The window and what is done in it; ``files`` is where the transcripts were saved."""

    def __init__(self, window: Any, language: str, look: Look = lambda _name, _part: None) -> None:
        self.window, self.words, self.look = window, TYPED[language], look

    @property
    def desk(self) -> Any:
        return self.window.desk

    @property
    def project(self) -> Any:
        return self.window.desk.project

    @property
    def material(self) -> Any:
        return self.window.workspace("material")

    @property
    def open(self) -> Any:
        return self.window.workspace("open")

    @property
    def axial(self) -> Any:
        return self.window.workspace("axial")

    @property
    def selective(self) -> Any:
        return self.window.workspace("selective")

    @property
    def view(self) -> Any:
        return self.open.pane.view

    def in_text(self) -> None:
        until(lambda: focus() is self.view)

    # -- 2: a new study ---------------------------------------------------------------------------------

    def new_study(self) -> None:
        """Title, sign and template; then the project sheet."""
        said = self.words
        assert focus().objectName() == "new_title"
        write(said.title)
        tab_to("new_coder")
        press(Key.Key_A, CTRL)
        write(said.coder)
        tab_to("template_hajji")
        press(Key.Key_Space)
        self.look("new-study", self.window)
        tab_to("create")
        press(Key.Key_Space)
        assert self.desk is not None

    def project_sheet(self) -> None:
        said = self.words
        from_menu(self.window, "project", "show-sheet")
        tab_to("question_text")
        write(said.question)
        tab_to("question_keep")
        press(Key.Key_Space)
        tab_to("sheet_preconceptions")
        write(said.preconception)
        tab_to("sheet_case_definition")
        write(said.case_is)
        wait(0.5)

    # -- 3: the transcripts -----------------------------------------------------------------------------

    def import_both(self, files: list[Path]) -> None:
        """The file dialog of the system is answered; the rest is keys."""
        usual = QFileDialog.getOpenFileNames
        QFileDialog.getOpenFileNames = lambda *_args: ([str(one) for one in files], "")  # type: ignore[method-assign]
        try:
            press(Key.Key_O, CTRL | SHIFT)
        finally:
            QFileDialog.getOpenFileNames = usual  # type: ignore[method-assign]
        page = self.material.importing
        until(lambda: page.is_deciding and not page.is_running)
        tab_to("import_case")
        write("A")
        self.look("import", self.window)
        press(Key.Key_PageDown, ALT)
        wait(QApplication.keyboardInputInterval() / 1000 + 0.2)  # else the box looks for "AB"
        tab_to("import_case")
        write("B")
        assert page.who.options.case.currentText().startswith("B")
        press(Key.Key_Return, CTRL)
        until(page.results.isVisible)

    def replace_names(self) -> None:
        """Four names are accepted, one that is none is set aside; without a key file."""
        press(Key.Key_R, CTRL | ALT)
        dialog: Any = None

        def found() -> bool:
            nonlocal dialog
            dialog = next((w for w in self.window.findChildren(QWidget, "pseudonyms") if w.isVisible()), None)
            return dialog is not None and self._idle(dialog) and dialog.page.isVisible()

        until(found)
        for clear, instead in self.words.names:
            self._name(dialog, clear)
            press(Key.Key_F2)
            press(Key.Key_A, CTRL)
            write(instead)
            press(Key.Key_Return)
            until(lambda: self._idle(dialog))
            self._name(dialog, clear)
            press(Key.Key_A)
        self._name(dialog, self.words.names[0][0])
        self.look("names", dialog)
        press(Key.Key_A)
        self._name(dialog, "Ausfall")
        press(Key.Key_L)
        until(lambda: self._idle(dialog))
        press(Key.Key_Return, CTRL)
        press_on(dialog.findChild(QWidget, "key_none"), QPoint(8, 8))
        tab_to("key_go")
        press(Key.Key_Space)
        until(lambda: dialog.purge_page.isVisible() and self._idle(dialog))
        press(Key.Key_Escape)
        wait()

    @staticmethod
    def _idle(dialog: Any) -> bool:
        return dialog._worker is None and not dialog._later.isActive()

    @staticmethod
    def _name(dialog: Any, clear: str) -> None:
        table = dialog.page.table
        for _each in table.names.rows:
            press(Key.Key_Up)
        for _each in table.names.rows:
            if table.name is not None and clear in table.name.entry.clear:
                return
            press(Key.Key_Down)
        raise AssertionError(f"{clear} is not among the names")

    # -- 4: open coding ---------------------------------------------------------------------------------

    def show_open_coding(self) -> None:
        press(Key.Key_2, ALT)
        self.in_text()

    def go_to(self, paragraph: int) -> None:
        press(Key.Key_G, CTRL)
        write(str(paragraph))
        press(Key.Key_Return)
        self.in_text()

    @property
    def chosen(self) -> str:
        """The words that are selected."""
        span = self.view.selected_span()
        return self.view.text[span.start : span.stop] if span else ""

    def line_by_line(self) -> None:
        """From "Niemand." on; two sentences are passed, one is left."""
        said = self.words
        self.go_to(8)
        press(Key.Key_L, CTRL | ALT)
        assert self.chosen == "Niemand."
        press(Key.Key_Space)
        press(Key.Key_Space)
        write(said.open_duty)
        press(Key.Key_Return)
        press(Key.Key_Space)
        assert self.chosen == "Da hat keiner gefragt, wer zuständig ist."
        press(Key.Key_L, CTRL)
        assert self.chosen == "Wir haben’s gemacht."
        press(Key.Key_I, CTRL)
        assert self.chosen.startswith("Einfach den angerufen")
        press(Key.Key_3, CTRL)
        write(said.how)
        self.look("line-by-line", self.window)
        press(Key.Key_Return)
        write(said.ringing)
        press(Key.Key_Return)
        press(Key.Key_Escape)
        assert not self.chosen

    def mark(self, words: str) -> None:
        """Selects words of the paragraph in hand with the mouse."""
        view = self.view
        at = view.text.index(words, view.text.rfind("\n", 0, view.current_position()) + 1)
        pull(view, place_of(view, at), place_of(view, at + len(words) - 1))
        assert self.chosen == words

    def code_passages(self, interview: str) -> None:
        """The passages of the table; a name and Enter, or Ctrl+I."""
        for paragraph, words, code in self.words.passages[interview]:
            self.go_to(paragraph)
            self.mark(words)
            if code:
                write(code)
                press(Key.Key_Return)
            else:
                press(Key.Key_I, CTRL)
            settle()

    def open_interview(self, title: str) -> None:
        """A click on a document at the left."""
        _click_row(self.open.findChild(QWidget, "documents"), title)
        self.in_text()
        until(lambda: self.view.text.startswith(title))

    def compare(self) -> None:
        """The passage just coded with the others of its code; what strikes becomes a code note."""
        press(Key.Key_V, CTRL | ALT)
        section = self.open.inspector.coding.comparing
        until(lambda: section.shown is not None and section.passages())
        self.look("comparing", self.window)
        press(Key.Key_1)
        write(self.words.note)
        press(Key.Key_Return)
        self.in_text()

    def make_a_mistake(self) -> None:
        """A code is given and taken back: it is gone as well."""
        from qda.coding import codes

        self.go_to(50)
        self.mark("Steht in keinem Konzept.")
        write(self.words.slip)
        press(Key.Key_Return)
        assert self.words.slip in [row.name for row in codes.codes(self.project)]
        press(Key.Key_Z, CTRL)
        assert self.words.slip not in [row.name for row in codes.codes(self.project)]

    def write_memo(self) -> None:
        """On the passage in which B says that he can instruct nobody."""
        self.go_to(10)
        self.mark("Anweisen kann ich von denen keinem was.")
        press(Key.Key_M, CTRL)
        write(self.words.memo)
        self.look("memo", self.window)
        press(Key.Key_Escape)
        self.in_text()

    # -- 5: categories ----------------------------------------------------------------------------------

    def _slip(self, name: str) -> None:
        slips = self.open.laying.slips
        tab_to("not_laid")
        press(Key.Key_Home)
        while name not in slips.currentItem().text():
            press(Key.Key_Down)

    def pile(self, *names: str, called: tuple[str, str, str], look: str = "") -> None:
        """Codes on one pile, which gets a name, a reason and a first property."""
        self._slip(names[0])
        press(Key.Key_N)
        settle()
        for name in names[1:]:
            self._slip(name)
            press(Key.Key_1)
            settle()
        press(Key.Key_Return)
        until(lambda: focus().objectName() == "pile_name")
        write(called[0])
        press(Key.Key_Tab)
        write(called[1])
        press(Key.Key_Tab)
        write(called[2])
        if look:
            self.look(look, self.window)
        press(Key.Key_Return, CTRL)
        until(lambda: focus().objectName() == "not_laid")

    def make_categories(self) -> None:
        said = self.words
        asking = next(code for _at, words, code in said.passages["A"] if words.startswith("Ich hab gefragt"))
        press(Key.Key_L, CTRL | SHIFT)
        until(lambda: focus().objectName() == "not_laid")
        called = (said.reaching, said.reaching_why, said.reaching_differs)
        self.pile(self.code(24), said.ringing, asking, called=called, look="piles")
        called = (said.hanging, said.hanging_why, said.hanging_differs)
        self.pile("das Netzwerk bin ja ich", self.code(73, "B"), called=called)
        press(Key.Key_Escape)
        self.in_text()

    def give_poles(self) -> None:
        """The category's working definition; then poles and a place between them for its property."""
        said = self.words
        _click_row(self.open.findChild(QWidget, "codes"), said.reaching)
        press(Key.Key_D, CTRL)
        write(said.definition)
        wait(1)  # it is kept, and the page reads it
        button = next(one for one in self.open.findChildren(QWidget, "property_menu") if one.isVisible())
        _pick_from(button, plain(_("Change property…")))
        until(lambda: focus().objectName() == "property_name")
        tab_to("property_from")
        write(said.poles[0])
        press(Key.Key_Tab)
        write(said.poles[1])
        press(Key.Key_Tab)
        write(said.between)
        press(Key.Key_Return)
        wait()

    def set_values(self) -> None:
        """Two passages of A get their place on the property; the selection ends with Esc."""
        self.open_interview("Interview A")
        for paragraph, words, place in (
            (34, "Ich war bei jeder Aufführung!", Key.Key_2),
            (36, "Ich geh jetzt nirgends mehr hin, ohne dass ich was dabeihab.", Key.Key_3),
        ):
            self.go_to(paragraph)
            self.mark(words)
            press(Key.Key_D, CTRL | ALT)
            press(Key.Key_1)
            if place == Key.Key_3:
                self.look("value", focus().window())
            press(place)
            press(Key.Key_Escape)
            self.in_text()
        press(Key.Key_Escape)
        press(Key.Key_K, CTRL | SHIFT)
        write(self.words.reaching)
        press(Key.Key_Return)
        press(Key.Key_G, CTRL | ALT)
        wait(0.5)
        self.look("category", self.window)
        press(Key.Key_Escape)

    # -- 6: axial coding --------------------------------------------------------------------------------

    def make_a_model(self) -> None:
        said = self.words
        press(Key.Key_3, ALT)
        assert focus().objectName() == "first_model"
        press(Key.Key_Space)
        write(said.model)
        press(Key.Key_Return)
        assert focus().objectName() == "choose_phenomenon"
        press(Key.Key_Space)
        write(self.code(70))
        press(Key.Key_Return)
        until(lambda: focus() is self.axial.board.view)

    def code(self, paragraph: int, interview: str = "A") -> str:
        """The code of a passage of the table."""
        return next(code for at, _words, code in self.words.passages[interview] if at == paragraph)

    @property
    def staying(self) -> str:
        return self.code(50, "B")

    def place_codes(self) -> None:
        """Conditions, strategies, consequences; then levels and addressees."""
        said = self.words
        for name, slot in (
            (said.open_duty, Key.Key_1),
            (self.code(14), Key.Key_1),
            (said.reaching, Key.Key_2),
            (self.code(12, "B"), Key.Key_2),
            (self.staying, Key.Key_3),
            (said.hanging, Key.Key_3),
        ):
            tab_to("unplaced")
            press(Key.Key_Home)
            for _each in range([row.words for row in focus().choices.rows].index(name)):
                press(Key.Key_Down)
            press(slot, CTRL)
            settle()
        for name, what, which in (
            (said.open_duty, Key.Key_L, Key.Key_6),
            (self.code(14), Key.Key_L, Key.Key_3),
            (self.staying, Key.Key_A, Key.Key_2),
            (said.hanging, Key.Key_A, Key.Key_1),
        ):
            self.card(name)
            press(what)
            press(which)
            settle()

    def card(self, name: str) -> None:
        """A click on a card of the board."""
        view = self.axial.board.view
        QTest.mouseClick(view.viewport(), LEFT, pos=self._place(name))
        wait()
        assert name in view.accessibleName()

    def _place(self, name: str) -> QPoint:
        board = self.axial.board
        return board.view.mapFromScene(board.scene.rect_of(("card", self._guid(name))).center())

    def _guid(self, code: str) -> str:
        from qda.coding import codes

        return next(row.guid for row in codes.codes(self.project) if row.name == code)

    def relate(self, start: str, end: str, kind: Key, statement: str) -> None:
        """B on a card, the arrows to the other, Enter, the kind by its digit, the statement."""
        from qda.coding import theory

        self.card(start)
        press(Key.Key_B)
        for _each in range(8):
            if self.axial.board.scene.target == ("card", self._guid(end)):
                break
            press(Key.Key_Down)
        press(Key.Key_Return)
        assert focus().objectName() == "relation_type"
        press(kind)
        write(statement)
        press(Key.Key_Return)
        made = theory.relations(self.project)[-1]
        assert (made.from_name, made.to_name, made.statement) == (start, end, statement)
        near = self.axial.page.adding.near
        wait(0.3)
        until(lambda: not near.looking)

    def judge_nearby(self, verdicts: dict[str, Key]) -> None:
        """The passages nearby one after the other; a key for each, by words of the passage."""
        near = self.axial.page.adding.near
        press(Key.Key_F9)
        assert focus().objectName() == "passage_card"
        for _each in range(near.total):
            card = focus().accessibleName()
            key = next(
                (key for words, key in verdicts.items() if _marked(near, self.project) == words), Key.Key_U
            )
            left = near.total - 1
            assert card
            press(key)
            until(lambda left=left: near.total == left and not near.looking)
            settle()
        press(Key.Key_Escape)
        until(lambda: focus() is self.axial.board.view)

    def relations(self) -> None:
        """Two relations: one with evidence against and a condition, one with a search that found nothing."""
        said = self.words
        self.relate(said.reaching, self.staying, Key.Key_6, said.keeps)
        self.look("nearby", self.window)
        self.judge_nearby(
            {
                "Ich hab gefragt, was sie brauchen.": Key.Key_S,
                "da bin ich halt hin": Key.Key_S,
                "Ich war bei jeder Aufführung!": Key.Key_W,
                "Ich geh jetzt nirgends mehr hin, ohne dass ich was dabeihab.": Key.Key_E,
            }
        )
        self.hold_at_a_value()
        from_menu(self.window, "analysis", "relation", "status-modified")
        settle()
        self.look("relation", self.window)
        self.relate(said.open_duty, said.reaching, Key.Key_1, said.needs)
        self.judge_nearby(
            {
                "Da hat keiner gefragt, wer zuständig ist.": Key.Key_S,
                "Solang keiner genau weiß, wem’s gehört, geht das ja auch irgendwie": Key.Key_S,
            }
        )

    def search_without_result(self) -> None:
        """What was looked for in B and not found; then the model is kept as it stands."""
        from_menu(self.window, "analysis", "relation", "note-search")
        write(self.words.searched)
        press(Key.Key_Tab, SHIFT)
        write("B")
        press(Key.Key_Return)
        settle()
        from_menu(self.window, "analysis", "model", "freeze-model")
        write(self.words.version)
        press(Key.Key_Return)
        settle()

    def hold_at_a_value(self) -> None:
        """The relation holds at a pole of the property."""
        from_menu(self.window, "analysis", "relation", "add-condition")
        pick(popup_menu(), plain(_("A &value on a property…")))
        until(lambda: focus().objectName() == "value_property")
        write(self.words.reaching_differs[:1])
        press(Key.Key_Tab)
        press(Key.Key_A, CTRL)
        write(self.words.poles[1])
        press(Key.Key_Return)
        wait()

    # -- 7: comparing the cases -------------------------------------------------------------------------

    def compare_cases(self) -> None:
        """Row of the strategies: a quotation and a summary for each case."""
        said = self.words
        press(Key.Key_C, CTRL | ALT | SHIFT)
        page = self.axial.front.part
        until(lambda: page.read is not None and focus() is page.table)
        press(Key.Key_Home, CTRL)
        press(Key.Key_Down)
        press(Key.Key_Down)
        for words, summary in (("müssen", said.cell_a), ("Protokoll", said.cell_b)):
            press(Key.Key_Q)
            until(lambda: focus().objectName() == "passage_field")
            write(words)
            wait()
            press(Key.Key_Return)
            until(lambda: focus() is page.table)
            press(Key.Key_F2)
            write(summary)
            press(Key.Key_Return, CTRL)
            until(lambda: focus() is page.table)
            wait(0.5)  # the page is read anew
            if words != "Protokoll":
                press(Key.Key_Right)
        wait(0.5)
        self.look("cases", self.window)
        press(Key.Key_Escape)
        until(lambda: focus() is self.axial.board.view)

    def decide_where_next(self) -> None:
        """A category is judged open; its gap becomes a sampling decision with a new case."""
        said = self.words
        press(Key.Key_Y, CTRL | ALT | SHIFT)
        page = self.selective.front.part
        until(lambda: page.table.grid.rows and focus() is page.table)
        press(Key.Key_1)
        write(said.judged)
        press(Key.Key_Return)
        until(lambda: focus() is page.table and page.gaps.list.choices.rows)
        wait()
        self.look("gaps", self.window)
        tab_to("gaps")
        press(Key.Key_Home)
        press(Key.Key_D)
        until(lambda: focus().objectName() == "decision_sought")
        write(said.sought)
        tab_to("target_new")
        press(Key.Key_Space)
        write("C")
        press(Key.Key_Return)
        wait()
        press(Key.Key_Escape)

    # -- 8: core category and story line ----------------------------------------------------------------

    def choose_the_core(self) -> None:
        press(Key.Key_4, ALT)
        assert focus().objectName() == "choose_core"
        press(Key.Key_Space)
        write(self.code(70))
        press(Key.Key_Return)
        wait()

    def tell_the_story(self) -> None:
        """The story in plain sentences, then the story line with references; one sentence is asked about."""
        tab_to("story")
        write(self.words.story)
        tab_to("story_line")
        for part in self.words.line[:-1]:
            write(part)
            wait()
            press(Key.Key_Return)
        write(self.words.line[-1])
        wait(1.5)
        self.selective.line.flush()
        self.look("story", self.window)

    # -- 9: the report ----------------------------------------------------------------------------------

    def write_report(self, path: Path) -> None:
        """The study report with its placeholders, saved as Word."""
        press(Key.Key_5, ALT)
        reports = self.window.workspace("reports")
        until(lambda: not reports.busy and reports._ready is not None)
        until(reports.foot.save_button.isEnabled)
        from_menu(self.window, "view", "pages", "first-placeholder")
        wait()
        self.look("report", self.window)
        press(Key.Key_S, CTRL | SHIFT)
        until(lambda: self.window.findChild(QFileDialog, "save_report_dialog"))
        press(Key.Key_A, CTRL)
        write(str(path))
        press(Key.Key_Return)
        until(path.exists)
        until(lambda: not reports.busy)

    # -- the whole of it --------------------------------------------------------------------------------

    def all_of_it(self, report: Path, files: list[Path]) -> None:
        """From the start screen to the report on disk; ``files`` are the transcripts."""
        self.new_study()
        self.project_sheet()
        self.import_both(files)
        self.replace_names()
        self.show_open_coding()
        self.line_by_line()
        self.code_passages("A")
        self.open_interview("Interview B")
        self.code_passages("B")
        self.compare()
        self.make_a_mistake()
        self.write_memo()
        self.make_categories()
        self.give_poles()
        self.set_values()
        self.make_a_model()
        self.place_codes()
        self.relations()
        self.search_without_result()
        self.compare_cases()
        self.decide_where_next()
        self.choose_the_core()
        self.tell_the_story()
        self.write_report(report)


def _marked(near: Any, project: Any) -> str:
    """The first words of the passage nearby that is shown."""
    from qda.coding import codes

    first = near.current[0].segments[0]
    return next(row.segment.text for row in codes.codings(project) if row.segment.guid == first)


def _pick_from(button: QWidget, words: str, tries: int = 200) -> None:
    """Opens the menu of a button, which holds the event loop, and clicks an entry of it."""

    def choose(left: int = tries) -> None:
        menu = next((one for one in button.findChildren(QMenu) if one.isVisible()), None)
        if menu is not None:
            pick(menu, words)
        elif left:
            QTimer.singleShot(20, lambda: choose(left - 1))

    area = button.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(button)
    QTimer.singleShot(20, choose)
    press_on(button)


def _rows(tree: Any, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    model, parent = tree.model(), parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        yield from _rows(tree, index)


def _click_row(tree: Any, words: str) -> None:
    """A click on the row of a tree that says this."""
    index = next(one for one in _rows(tree) if words in str(one.data()))
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(index).center())
    wait()


def interviews() -> list[Path]:
    """The two transcripts that the tutorial works on."""
    return [resources.path("demo", "raw", f"Interview_{case}.docx") for case in "AB"]
