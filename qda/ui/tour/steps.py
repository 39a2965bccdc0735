"""The five steps: where each takes place, what it says, when it is done, and how it is done for a person."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.tour.panel import Words
from qda.ui.tour.rects import rect_of, rect_of_passage

if TYPE_CHECKING:
    from qda.ui.tour.guide import Tour

_MOST_DEEDS: Final = 5  # acts named one by one in the last step
_BESIDE_PAGE: Final = 18  # the ground at the sides of a page
_LONGEST: Final = 34  # characters of such a name


class Step:
    """One step. ``tour`` knows the window, the study and what was done."""

    workspace = ""

    def __init__(self, tour: "Tour") -> None:
        self.tour = tour
        self.window = tour.window

    def words(self) -> Words:
        """What the panel says."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Goes to the place, with the keyboard where one begins."""
        raise NotImplementedError

    def spoken_of(self) -> QRect:
        """What the frame goes around, on the page of the study; empty where it is not in view."""
        raise NotImplementedError

    def spared(self) -> list[QRect]:
        """What the panel should rather not lie over."""
        return []

    def done(self) -> list[bool]:
        """Which of the tasks are done."""
        raise NotImplementedError

    def more(self) -> str:
        """A line below the tasks."""
        return ""

    def show_me(self) -> None:
        """Does what is left to do, through the same acts as by hand."""
        raise NotImplementedError

    def focused(self, widget: QWidget) -> None:
        """The keyboard went to a widget."""

    def led(self, source: str, start: int, stop: int) -> None:
        """The person was led to a passage of a text."""

    def changed(self) -> None:
        """An act was done or taken back, and the workspace shows it."""

    def leave(self) -> None:
        """Another step begins."""

    def here(self) -> Any:
        """The workspace of the step; Any, because each has its own parts."""
        return self.window.workspace(self.workspace)

    def is_here(self) -> bool:
        """Whether the workspace of the step is in front."""
        return self.window.current_workspace == self.workspace

    def run(self, command: str) -> None:
        """Runs a command as menu and key do."""
        self.window.refresh_actions()
        self.window.action(command).trigger()

    def rect(self, *widgets: QWidget) -> QRect:
        """What is seen of widgets."""
        return rect_of(self.window.study, *widgets) if self.is_here() else QRect()

    def rect_in(self, widget: QWidget, part: QRect) -> QRect:
        """What is seen of a part of a widget."""
        whole = self.rect(widget)
        at = widget.mapTo(self.window.study, part.topLeft())
        return QRect(at, part.size()).intersected(whole)

    def _pane(self) -> Any:
        return self.window.workspace("open").pane  # type: ignore[attr-defined]

    def _passage(self, start: int, stop: int) -> QRect:
        if self.window.current_workspace != "open":
            return QRect()
        return rect_of_passage(self.window.study, self._pane(), start, stop)

    def memo(self) -> QWidget | None:
        """The memo panel where it is open."""
        found = self.window.study.findChild(QWidget, "memo_panel")
        return found if isinstance(found, QWidget) and found.isVisible() else None


class Coding(Step):
    """Read a passage, and code it."""

    workspace = "open"

    def words(self) -> Words:
        text = _(
            "“{title}” is open, and a passage in it is selected. Read the frame and ask: what is going on "
            "here? Your answer, in a word or two, is a code."
        ).format(title=self.tour.content.title)
        return Words(
            _("Read and code a passage"), text, ((_("Code the selected passage: type a name, Enter"), ""),)
        )

    def more(self) -> str:
        if self.done()[0]:
            return _("It stands in the margin now, with its bracket and your name for it.")
        return _("F6 leads to this panel and on, Esc back to the text.")

    def prepare(self) -> None:
        passage = self.tour.content.passage
        self.window.show_workspace("open")
        self.here().show_text()
        made = self.tour.deeds.made["coding"]
        if passage.source:
            self.tour.lead(passage.source, passage.start, -1 if made else passage.stop)
            self._show_whole(passage.start, passage.stop)
        if made:
            self.tour.desk.coding_chosen.emit(made[-1])
        self._pane().view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_whole(self, start: int, stop: int) -> None:
        """Scrolls until the paragraph of the passage is seen from its first line."""
        view = self._pane().view
        lines = view.paragraphs_rect(start, stop)
        if lines.top() < 0 or lines.bottom() > view.viewport().height():
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + lines.top() - view.viewport().height() // 5)

    def spoken_of(self) -> QRect:
        passage = self.tour.content.passage
        shown = self.is_here() and self._pane().source == passage.source
        return self._passage(passage.start, passage.stop) if shown else QRect()

    def spared(self) -> list[QRect]:
        return [self.rect(self._pane())]

    def done(self) -> list[bool]:
        return [bool(self.tour.deeds.made["coding"])]

    def show_me(self) -> None:
        self.prepare()
        if self.tour.content.code:
            self._pane().code_with(self.tour.content.code)
        else:
            self.run("code-in-vivo")


class Comparing(Step):
    """Compare the passage with the others of its code, and write down what one notices."""

    workspace = "open"

    def __init__(self, tour: "Tour") -> None:
        super().__init__(tour)
        self._compared = False
        self._lonely = ""  # the person's own code, where there is nothing to compare it with
        self._heard: QWidget | None = None  # the section whose passages are gone to

    def words(self) -> Words:
        text = _(
            "Beside the text stand the most like and the most unlike passage of the same code. What makes "
            "the difference? Such a thought goes into a memo, at once, before it is gone."
        )
        tasks = (
            (_("Compare: go to the passages"), "Ctrl+Alt+V"),
            (_("Write a line into a memo"), "Ctrl+M"),
        )
        return Words(_("Compare, and write a memo"), text, tasks if self.tour.coding else ())

    def more(self) -> str:
        if self.memo() is not None:
            return _("Esc saves the memo and leads back to the text.")
        if not self._lonely:
            return ""
        told = _("“{code}” has one passage yet, so look at one that has more: “{other}”.")
        return told.format(code=self._lonely, other=self.tour.content.code_name)

    def prepare(self) -> None:
        self.window.show_workspace("open")
        self.here().show_text()
        self._lonely = self.tour.lonely
        if coding := self.tour.compared:
            self.tour.desk.coding_chosen.emit(coding)
        self._pane().view.setFocus(Qt.FocusReason.OtherFocusReason)
        section = self._section()
        if section is not self._heard:
            section.place_wanted.connect(self._visited)
            self._heard = section
        self._reveal(section)

    def _section(self) -> Any:
        return self.here().inspector.coding.comparing

    def _reveal(self, section: QWidget) -> None:
        from qda.ui.comparing.passage import into_view

        if section.isVisible():
            into_view(section)

    def _visited(self, *_place: object) -> None:
        self._compared = True

    def focused(self, widget: QWidget) -> None:
        if self.is_here() and self._section().isAncestorOf(widget):
            self._compared = True

    def spoken_of(self) -> QRect:
        if (memo := self.memo()) is not None:
            return self.rect(memo)
        return self.rect(self._section()) if self.is_here() else QRect()

    def spared(self) -> list[QRect]:
        return [self.rect(self._pane())]

    def done(self) -> list[bool]:
        if (held := self.window.focusWidget()) is not None:  # a window in the background has a focus, too
            self.focused(held)
        return [self._compared, bool(self.tour.deeds.made["memo"])][: len(self.words().tasks)]

    def show_me(self) -> None:
        compared, written = self.done()
        self.prepare()
        if not compared:
            self.run("compare")
            self._compared = True
        if not written:
            self.run("memo-here")
            editor = self.window.study.memo_panel.editor
            editor.body.setPlainText(_("Like the others, and yet different: under which conditions?"))
            editor.flush()

    def leave(self) -> None:
        if self.memo() is not None:
            self.window.study.memo_panel.leave()


class Relating(Step):
    """A relation with its evidence by case; what speaks against it first."""

    workspace = "axial"

    def __init__(self, tour: "Tour") -> None:
        super().__init__(tour)
        self._seen = ""  # the piece of evidence that was brought into view

    def words(self) -> Words:
        text = _(
            "Categories are related, and each relation has its evidence, case by case. Look first for what "
            "speaks against it: your passage waits at the right."
        )
        tasks = ((_("Take the passage as evidence against it"), "W"),)
        return Words(_("Relate, with evidence for and against"), text, tasks if self._relation() else ())

    def _relation(self) -> str:
        return self.tour.content.relation

    def prepare(self) -> None:
        self.window.show_workspace("axial")
        here = self.here()
        here.show_models()
        if not self._relation():
            return
        here.show_view("board")
        desk = self.tour.desk
        if (coding := self.tour.coding) and desk.span is None:
            desk.coding_chosen.emit(coding)
        desk.relation_chosen.emit(self._relation())
        here.page.adding.which.show_key("hand")
        here.page.adding.which.chosen.emit("hand")
        here.focus_first()

    def spoken_of(self) -> QRect:
        if not self.is_here() or not self._relation():
            return QRect()
        return self.rect(self.here().page.head, self.here().page.evidence)

    def changed(self) -> None:
        made = self.tour.deeds.made["evidence"]
        if made and made[-1] != self._seen and self.is_here():
            self._seen = made[-1]
            self._bring_to_sight(made[-1])

    def _bring_to_sight(self, piece: str) -> None:
        """Scrolls to a piece of evidence; the keyboard stays where it is."""
        from qda.ui.evidence.item import EvidenceItem

        for item in self.here().page.evidence.findChildren(EvidenceItem):
            if item.row.guid == piece:
                item.focused.emit(piece)
                area = item.parentWidget()
                while area is not None and not isinstance(area, QScrollArea):
                    area = area.parentWidget()
                if area is not None:
                    area.ensureWidgetVisible(item, 0, 0)

    def done(self) -> list[bool]:
        return [bool(self.tour.deeds.made["evidence"])][: len(self.words().tasks)]

    def more(self) -> str:
        if self.tour.deeds.made["evidence"]:
            return _("Support or objection: relation and board count it, and no case is left out.")
        return _("S supports, E qualifies.") if self._relation() else ""

    def show_me(self) -> None:
        self.prepare()
        self.run("evidence-contradicting")


class Tracing(Step):
    """From a sentence of the theory back to the words it stands on."""

    workspace = "selective"

    def __init__(self, tour: "Tour") -> None:
        super().__init__(tour)
        self._followed: tuple[str, int, int] | None = None

    def words(self) -> Words:
        text = _(
            "The story line tells the theory. Whatever is marked in it is no loose word: it leads to a "
            "category, a relation or, like the quotation at the cursor, to what was said."
        )
        tasks = ((_("Follow the quotation: Enter or a click"), ""),)
        return Words(_("Trace the theory back"), text, tasks if self._run() is not None else ())

    def more(self) -> str:
        return _("Here it was said, and around it stands what it was said about.") if self._followed else ""

    def _run(self) -> Any:
        """The quotation that is followed; any reference where there is none."""
        if self.tour.window.desk is None:
            return None
        runs = [
            run.shifted(block.position())
            for block, read in self.window.workspace("selective").line.reads.blocks()  # type: ignore[attr-defined]
            for run in read.runs
        ]
        quoted = (run for run in runs if run.kind == "segment")
        return next(quoted, None) or next(iter(runs), None)

    def prepare(self) -> None:
        self.window.show_workspace("selective")
        here = self.here()
        here.show_story()
        run = self._run()
        if run is not None:
            cursor = here.line.textCursor()
            cursor.setPosition(run.start + 1)
            here.line.setTextCursor(cursor)
            here.line.ensureCursorVisible()
        here.focus_first()

    def led(self, source: str, start: int, stop: int) -> None:
        self._followed = source, start, stop

    def spoken_of(self) -> QRect:
        if self._followed is not None and self.window.current_workspace == "open":
            source, start, stop = self._followed
            return self._passage(start, stop) if self._pane().source == source else QRect()
        if not self.is_here():
            return QRect()
        line, run = self.here().line, self._run()
        return self._lines_of(line, run) if run is not None else self.rect(line)

    def _lines_of(self, line: Any, run: Any) -> QRect:
        """The lines of the story line in which the quotation stands."""
        cursor = line.textCursor()
        found = QRect()
        for position in (run.start, run.stop):
            cursor.setPosition(position)
            found = found.united(line.cursorRect(cursor))
        across = QRect(0, found.top(), line.viewport().width(), found.height())
        return self.rect_in(line.viewport(), across)

    def spared(self) -> list[QRect]:
        if not self.is_here():
            return []
        return [self.rect(self.here().line), self.rect(self.here().story)]

    def done(self) -> list[bool]:
        return [self._followed is not None][: len(self.words().tasks)]

    def show_me(self) -> None:
        self.prepare()
        run = self._run()
        if run is not None:
            self.here().line.open_run(run)
            if run.kind != "segment":  # a study that quotes nothing leads to the category
                self._followed = "", 0, 0


class Reporting(Step):
    """What a reader gets; and everything done in the tour taken back."""

    workspace = "reports"

    def __init__(self, tour: "Tour") -> None:
        super().__init__(tour)
        self._turn = False  # as soon as there are pages

    def words(self) -> Words:
        text = _(
            "The report holds what a reader needs: method, categories with their passages, the theory and "
            "its evidence. And nothing is final: every act can be taken back, also tomorrow."
        )
        number = len(self.tour.deeds.all)
        tasks = [(_("Turn the pages of the report"), "Ctrl+PgDown")]
        if number:
            words = ngettext("Take back the act of the tour", "Take back the {n} acts of the tour", number)
            tasks.append((words.format(n=number), "Ctrl+Z"))
        return Words(_("The report, and undo"), text, tuple(tasks))

    def more(self) -> str:
        back = _("{act}: taken back")
        lines = []
        for deed in self.tour.deeds.all[-_MOST_DEEDS:]:
            act = deed.label if len(deed.label) <= _LONGEST else deed.label[:_LONGEST].rstrip() + " …"
            lines.append(act if deed.stands else back.format(act=act))
        return "\n".join(lines)

    def prepare(self) -> None:
        self.run("report-study")
        self.here().preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def spoken_of(self) -> QRect:
        beside = px(_BESIDE_PAGE)
        return self.rect(self.here().preview).adjusted(beside, 0, -beside, 0) if self.is_here() else QRect()

    def spared(self) -> list[QRect]:
        return [self.rect(self.here().foot.save_button)] if self.is_here() else []

    def done(self) -> list[bool]:
        if self._turn and not self.here().busy:
            self._turn = False
            self.here().preview.step(1)
        turned = self.window.study.is_made("reports") and self.here().preview.page > 0
        back = not self.tour.deeds.standing
        return [turned, back] if len(self.tour.panel.tasks) > 1 else [turned]

    def show_me(self) -> None:
        self.prepare()
        self._turn = not self.here().preview.page
        while self.tour.deeds.standing:
            before = len(self.tour.deeds.standing)
            self.run("undo")
            if len(self.tour.deeds.standing) == before:
                return


STEPS: Final[tuple[Callable[["Tour"], Step], ...]] = (Coding, Comparing, Relating, Tracing, Reporting)
