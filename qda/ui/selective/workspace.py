"""Selective coding: the core category at the left, story and story line, questions and memos beside them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from qda.coding import selective, theory
from qda.coding.story_text import ReferenceKind
from qda.coding.story_versions import story_versions
from qda.i18n import _, ngettext
from qda.ui.axial.acts import Acts
from qda.ui.axial.header import action_for
from qda.ui.axial.reading import WATCHED, Reading
from qda.ui.controls import WordButton
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.places import Page, Pages, Panel, Panels
from qda.ui.selective.beside import Beside
from qda.ui.selective.claim_acts import ClaimActs
from qda.ui.selective.core_panel import CorePanel
from qda.ui.selective.questions import Asker
from qda.ui.selective.standing import Standing, Standings
from qda.ui.selective.story_edit import StoryEdit
from qda.ui.selective.targets import Targets
from qda.ui.surfaces import Elided, Line, LinkButton, on_paper, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_STORIES = frozenset({"story"})
_CORE = frozenset({"core_category", "question_answer"})
_MEMOS = frozenset({"memo", "memo_link", "memo_pile", "memo_pile_entry"})
_CLAIMS = "story-claims"  # side data of the study: whether claims are asked about


class Workspace(QWidget):
    """The workspace of selective coding."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selective")
        self._desk = desk
        self.reading = Reading(desk.project)
        self.targets = Targets(desk.project, self.reading)
        self.acts = Acts(desk, self.reading, self)
        self.reading.counting.counted.connect(lambda _counts: self.targets.forget_counts())
        self.standings = Standings(desk.project, self)
        self.standings.told.connect(self._told_core)
        self._stale = True
        self.panel = CorePanel(desk, self.reading, self.acts, self)
        self.beside = Beside(desk, self)
        self.beside.left.connect(self.focus_first)
        self.memos = self.beside.memos
        self.asker = Asker(desk.project, self.targets, ClaimActs(desk, self.targets, self.acts, self))
        self.story = self._editor("story", _("Story"), _("Tell in a few plain sentences what happens here."))
        self.line = self._editor(
            "story_line",
            _("Story line"),
            _("Tell it again in your categories. @ code, # relation, ! case, > quotation."),
        )
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setObjectName("selective_split")
        split.setChildrenCollapsible(False)
        self.right = Panels(desk, self.beside, self)
        for part in (self.panel, self._centre(), self.right):
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        narrow = parent is not None and parent.width() < px(1200)
        split.setSizes([px(288), px(772), px(320)] if narrow else [px(288), px(772), px(380)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.front = Pages(desk, split, self)
        row.addWidget(self.front)
        self.front.left.connect(lambda: self.show_story(focus=True))
        self.right.left.connect(self.close_panel)
        desk.changed.connect(self._changed)
        self._last = self.line
        self.panel.category_opened.connect(self._open_code)
        self.panel.case_opened.connect(lambda case: self.jump("case", case))
        self.memos.refer_wanted.connect(self._refer_to_memo)
        self.memos.words_wanted.connect(self._put_memo)

    # -- building ----------

    def _editor(self, kind: str, title: str, hint: str) -> StoryEdit:
        edit = StoryEdit(self._desk, self.targets, self)
        edit.setObjectName(kind)
        edit.setAccessibleName(title)
        edit.setAccessibleDescription(hint)
        edit.hint = hint
        edit.setReadOnly(self._desk.project.read_only)
        edit.settled.connect(lambda body: self._desk.do(selective.write_story, kind=kind, body=body))
        edit.opened.connect(self.jump)
        edit.counted.connect(self._tell)
        edit.rested.connect(lambda: self._ask(edit))
        edit.entered.connect(lambda: self._write_in(edit))
        return edit

    def _write_in(self, edit: StoryEdit) -> None:
        self._last = edit

    def _centre(self) -> QWidget:
        centre = QWidget(self)
        on_paper(centre)
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._toolbar(centre))
        box.addWidget(Line(centre))
        split = QSplitter(Qt.Orientation.Vertical, centre)
        split.setObjectName("story_split")
        split.setChildrenCollapsible(False)
        self.claims = self._claims_box()
        split.addWidget(self._page(_("Story"), small(_("in plain sentences")), self.story))
        split.addWidget(self._page(_("Story line"), self.claims, self.line))
        split.setSizes([px(210), px(560)])
        box.addWidget(split, 1)
        return centre

    def _toolbar(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(4))
        title = Elided(_("Story and story line"), parent)
        title.setFont(ui_font(semibold=True))
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(title, 1)
        self.version = LinkButton("", "story_version", parent)
        self.version.setAccessibleName(_("Versions of the story line"))
        self.version.setToolTip(_("Look at an older version, or take it back"))
        self.version.clicked.connect(self.show_versions)
        row.addWidget(self.version)
        row.addStretch(1)
        for kind, sign, words in (
            ("code", "@", _("Code")),
            ("relation", "#", _("Relation")),
            ("case", "!", _("Case")),
            ("segment", ">", _("Quotation")),
        ):
            action = action_for(self, f"refer-{kind}", words, lambda kind=kind: self.refer(kind))  # type: ignore[misc]
            action.setIconText(f"{words}  {sign}")
            button = WordButton(action, parent)
            button.setObjectName(f"refer_{kind}")
            button.setAccessibleName(_("Refer to: {words}").format(words=words))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return row

    def _claims_box(self) -> QCheckBox:
        box = QCheckBox(_("Ask about claims"), self)
        box.setObjectName("ask_claims")
        box.setAccessibleName(_("Ask about sentences without a relation or a quotation"))
        box.setToolTip(_("Sentences without a relation or a quotation are dotted"))
        box.setFont(ui_font(SMALL))
        box.setChecked(self._desk.project.setting(_CLAIMS) != "off")
        box.clicked.connect(self.ask_claims)
        self.line.asks_claims = box.isChecked()
        return box

    def _page(self, title: str, told: QWidget, edit: StoryEdit) -> QWidget:
        page = QWidget(self)
        on_paper(page)
        line = QWidget(page)
        line.setMaximumWidth(px(660))  # as wide as the words below
        head = QHBoxLayout(line)
        head.setContentsMargins(px(14), 0, px(12), px(6))
        name = QLabel(title, page)
        name.setFont(ui_font(SMALL, semibold=True))
        name.setProperty("quiet", True)
        head.addWidget(name)
        head.addStretch(1)
        head.addWidget(told)
        column = QVBoxLayout()
        column.setContentsMargins(0, px(12), 0, px(8))
        column.setSpacing(0)
        column.addWidget(line)
        column.addWidget(edit, 1)
        edit.setMaximumWidth(px(660))
        row = QHBoxLayout(page)
        row.setContentsMargins(px(26), 0, px(20), 0)
        row.addStretch(1)
        row.addLayout(column, 40)
        row.addStretch(1)
        return page

    # -- pages before the story, panels beside it ----------

    def show_page(self, key: str, make: Callable[["Desk", QWidget], Page]) -> Page:
        """Brings a whole page (saturation, the history of the theory) before the story."""
        self._desk.told.emit("")  # the words of the story are not those of the page
        return self.front.show_page(key, make)

    def show_story(self, *, focus: bool = False) -> None:
        """Brings the story back, as it is now."""
        self.front.leave()
        if self._stale:
            self.refresh()
        self._tell()
        if focus:
            self.focus_first()

    def show_panel(self, key: str, make: Callable[["Desk", QWidget], Panel]) -> Panel:
        """Brings a panel to the right of the story, in the place of the memos."""
        self.show_story()
        if self.beside.has(key):
            self.right.leave()
            return cast(Panel, self.beside.show_part(key))
        return self.right.show_panel(key, make)

    def close_panel(self) -> None:
        """The memos stand beside the story again."""
        self.right.leave()
        self.focus_first()

    def let_go(self) -> None:
        """The study is about to be closed: nothing goes on in the background after this."""
        self.front.let_go()
        self.right.let_go()
        self.beside.let_go()
        self.reading.let_go()
        self.standings.let_go()

    # -- coming to the front, and changes ----------

    def shown(self) -> None:
        """The workspace comes to the front."""
        if (page := self.front.part) is not None:
            page.refresh()
            return
        if self._stale:
            self.refresh()
        if (panel := self.right.part) is not None:
            panel.refresh()
        self._tell()

    def focus_first(self) -> None:
        """The keyboard goes to the button that begins, else to the story line."""
        if (page := self.front.part) is not None:
            page.focus_first()
        elif self.panel.first.isVisible():
            self.panel.first.setFocus()
        else:
            self.line.setFocus()

    def refresh(self) -> None:
        """Reads everything anew."""
        self._stale = False
        self.targets.forget()
        self.asker.forget()
        self._show_core()
        bodies = {kind: theory.story(self._desk.project, kind) for kind, _edit in self._editors()}
        self.targets.prepare(*bodies.values())
        for kind, edit in self._editors():
            edit.show_text(bodies[kind])
            edit.follow()
        self.beside.show_first()
        self.beside.refresh()
        self._show_version()
        self._tell()

    def _show_version(self) -> None:
        versions = story_versions(self._desk.project, "story_line")
        words = _("Version {number}").format(number=versions[-1].number) if versions else ""
        self.version.setText(words)
        self.version.setVisible(bool(words))

    def _editors(self) -> tuple[tuple[str, StoryEdit], ...]:
        return ("story", self.story), ("story_line", self.line)

    def _show_core(self) -> None:
        self.standings.ask(self.reading.codes.values())

    def _told_core(self, found: Standing | None) -> None:
        self.panel.show_standing(found)
        self.memos.show_target(f"code:{found.core.code}" if found else "project:")

    def _changed(self, change: "Changed") -> None:
        tables = change.tables
        if not tables & (WATCHED | _STORIES | _CORE | _MEMOS | {"case_", "project_sheet"}):
            return
        self.reading.follow(change)
        if not self.isVisible() or self.front.part is not None:
            self._stale = True
            return
        if tables <= _STORIES:
            for kind, edit in self._editors():
                edit.show_text(theory.story(self._desk.project, kind))
            self._show_version()
            return
        if tables <= _MEMOS:
            self.targets.forget()
            self.beside.refresh()
            return
        self.refresh()

    def _tell(self) -> None:
        if not self.isVisible() or self.front.part is not None:
            return
        words, _references, _quotations = self.story.counts
        first = ngettext("Story {n} word", "Story {n} words", words).format(n=words)
        words, references, quotations = self.line.counts
        parts = [
            ngettext("Story line {n} word", "Story line {n} words", words).format(n=words),
            ngettext("{n} reference", "{n} references", references).format(n=references),
            ngettext("{n} quotation", "{n} quotations", quotations).format(n=quotations),
        ]
        self._desk.told.emit(f"{first} · {', '.join(parts)}")

    # -- what is asked at the cursor ----------

    def _ask(self, edit: StoryEdit) -> None:
        """Asks at the cursor of the text that is written in; elsewhere nothing is asked."""
        inside = edit.strip.isAncestorOf(edit.strip.focusWidget() or self)
        wanted = self.asker.ask(edit) if edit.hasFocus() or inside else None
        before = edit.question
        if (before.key if before else None) != (wanted.key if wanted else None):
            edit.show_question(wanted)

    def answer_question(self) -> None:
        """The keyboard goes to what is asked at the cursor."""
        self._ask(self._last)
        self._last.strip.focus_first()

    def ask_claims(self, on: bool) -> None:
        """Dots sentences without a relation or a quotation, or not; kept with the study."""
        self.claims.setChecked(on)
        self.line.asks_claims = on
        if not self._desk.project.read_only:
            self._desk.project.set_setting(_CLAIMS, "on" if on else "off")
        self.line.viewport().update()
        self.line.show_question(None)

    # -- acts that commands and buttons share ----------

    def refer(self, kind: str) -> None:
        """Puts a reference into the text that was written in last."""
        self._last.setFocus()
        self._last.choose_reference(cast(ReferenceKind, kind))

    def turn_heading(self) -> None:
        """Makes the paragraph at the cursor a heading, or plain again."""
        self._last.setFocus()
        self._last.turn_heading()

    def show_versions(self) -> None:
        """Brings the versions before the story."""
        from qda.ui.selective.versions_page import VersionsPage

        for _kind, edit in self._editors():
            edit.flush()
        self.show_page("versions", partial(VersionsPage, self.reading))

    def show_beside(self, key: str) -> None:
        """Brings questions, memos or saturation to the right, and the keyboard there."""
        self.show_story()
        self.right.leave()
        self.beside.show_part(key)
        self.beside.focus_first()

    def _refer_to_memo(self, memo: str) -> None:
        self._last.refer_to_memo(memo)

    def _put_memo(self, memo: str) -> None:
        row = self.targets.memos.get(memo)
        if row is not None:
            self._last.put_text(row.body)
            self._last.setFocus()

    def choose_core(self) -> None:
        """Asks for the core category."""
        self.panel.choose()

    def drop_core(self) -> None:
        """Gives the core category up."""
        self._desk.do(selective.drop_core)

    @property
    def has_core(self) -> bool:
        """Whether a core category is chosen."""
        return not self.panel.first.isVisibleTo(self.panel)

    def jump(self, kind: str, target: str) -> None:
        """Goes where a reference points."""
        for _kind, edit in self._editors():
            edit.flush()
        desk = self._desk
        if kind == "code":
            self._open_code(target)
        elif kind == "relation":
            desk.workspace_wanted.emit("axial")
            desk.relation_chosen.emit(target)
        elif kind == "case":
            desk.workspace_wanted.emit("material")
            desk.case_chosen.emit(target)
        else:
            row = self.targets.segments([target])[target]
            if row is not None:
                desk.source_wanted.emit(row.source, row.start, row.stop)

    def _open_code(self, guid: str) -> None:
        self._desk.workspace_wanted.emit("open")
        self._desk.code_chosen.emit(guid)
