"""Passages elsewhere that are like those of a code, beside the text: those that may contradict first.

A click, Enter or the arrow keys show one in its text; C gives it the code, Delete passes it. Nothing here is
coded, and nothing is given to several at once. What was looked at, taken and passed is kept for the report.
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qda.coding import suggested
from qda.coding.citation import paragraphs_cited, quoted
from qda.coding.rows import SegmentRow
from qda.i18n import _, ngettext
from qda.suggest.elsewhere import ENGINE, VERSION, Elsewhere, Found, elsewhere, reason
from qda.suggest.events import Proposed, dismissed, record
from qda.ui.background import Background
from qda.ui.fonts import px
from qda.ui.hits.passages import Excerpt, ExcerptList, Shape
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.parts import ChipTitle
from qda.ui.places import Panel
from qda.ui.suggesting.likening import Likening
from qda.ui.suggesting.switch import shown_for, when
from qda.ui.surfaces import LinkButton, head_row, on_panel, small
from qda.ui.transcript.margin import shown_name
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.models import Changed, Project
    from qda.ui.desk import Desk
    from qda.ui.window import MainWindow

KEY: Final = "elsewhere"
_WATCHED: Final = frozenset(("coding", "segment", "code", "source", "paragraph", "property_value"))
_LONGEST: Final = 320  # characters of a passage that are shown
_BEFORE: Final = 90  # of them before the first word that is set off


def excerpt(one: Elsewhere) -> Excerpt:
    """The passage from a little before its first shared word, which are set off with the cue words."""
    text, begin = one.segment.text, one.segment.start
    marks = sorted({*one.marks, *((cue.start, cue.stop) for cue in one.cues)})
    first = marks[0][0] - begin if marks else 0
    blank = len(text) - len(text.lstrip())  # where it is indented
    low = blank if first <= _BEFORE else text.rfind(" ", 0, first - _BEFORE // 2) + 1
    high = min(len(text), low + _LONGEST)
    head, tail = "… " if low > blank else "", " …" if high < len(text) else ""
    words = f"{head}{text[low:high]}{tail}".replace("\n", " ")
    shift = begin + low - len(head)
    inside = tuple((a - shift, b - shift) for a, b in marks if low <= a - begin and b - begin <= high)
    return Excerpt(words, _short(one), inside)


def _short(one: Elsewhere) -> str:
    """Where it stands, and why in few words."""
    cues = [quoted(word) for word in dict.fromkeys(cue.word for cue in one.cues)]
    value = [one.other_value.value] if one.other_value is not None else []
    return " · ".join((paragraphs_cited(one.segment), *cues[:2], *value, *one.words[:2]))


def _heading(one: Elsewhere) -> tuple[str, str]:
    if one.may_contradict:
        return "against", _("May contradict")
    return "like", _("Like its passages")


SHAPE: Final = Shape(excerpt, _heading)


def look(project: "Project", code: str, likening: Likening) -> Found:
    """In a thread: what there is for a code, without what was passed for it."""
    with yielding():
        like = likening.like()
        if like is None:
            return Found(code, ())
        found = elsewhere(project, code, like, within=lambda source: shown_for(project, source))
        rows = [one for one in found.rows if code not in dismissed(project, **_span(one.segment))]
        return Found(code, tuple(rows), found.unread)


def _span(row: SegmentRow) -> dict[str, Any]:
    return {"source": row.source, "start": row.start, "stop": row.stop}


class ElsewherePanel(Panel):
    """One code at a time."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._found: Found | None = None
        self._seen: dict[str, tuple[Elsewhere, str]] = {}  # by segment place: what became of it
        self._stale = True
        self._worker = Background(self)
        self._worker.done.connect(self._came)
        self._worker.failed.connect(lambda _name, _sentence: self._show_rows(None))
        self.setObjectName("elsewhere")
        self.setAccessibleName(_("Passages elsewhere"))
        self.setMinimumWidth(px(300))
        on_panel(self)
        self._make()
        self._lay_out()
        desk.changed.connect(self._changed)

    def _make(self) -> None:
        self.title = ChipTitle(self)
        self.told = small("", self, wrap=True)
        self.told.setObjectName("elsewhere_told")
        self.list = ExcerptList("elsewhere_list", _("Passages elsewhere"), self, shape=SHAPE, cite=_cited)
        self.list.setProperty("panel", True)
        self.list.wanted.connect(self._lead)
        self.list.taken.connect(self._to_text)
        self.list.removed.connect(lambda _item: self.pass_current())
        self.list.copied.connect(self._desk.told)
        self.list.installEventFilter(self)
        self.why = small("", self, wrap=True)
        self.why.setObjectName("elsewhere_why")
        self.like = LinkButton(_("Show the passage it is like"), "elsewhere_like", self, flush=True)
        self.like.clicked.connect(lambda _checked=False: self.show_like())
        self.give = QPushButton(f"{_('Give the code')}  C", self)
        self.give.setObjectName("elsewhere_give")
        self.give.setAccessibleName(_("Give the code to this passage"))
        self.give.clicked.connect(lambda _checked=False: self.take())
        self.over = QPushButton(f"{_('Pass over')}  {_('Del')}", self)
        self.over.setObjectName("elsewhere_pass")
        self.over.setAccessibleName(_("Pass this passage: it is not offered again for the code"))
        self.over.clicked.connect(lambda _checked=False: self.pass_current())
        for button in (self.give, self.over):
            button.setAutoDefault(False)
            button.setProperty("slim", True)

    def _lay_out(self) -> None:
        close = LinkButton(_("Close"), "elsewhere_close", self)
        close.clicked.connect(self.closed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, px(8))
        box.setSpacing(px(4))
        box.addLayout(head_row(_("Passages elsewhere"), close))
        head = QVBoxLayout()
        head.setContentsMargins(px(16), 0, px(14), px(4))
        head.setSpacing(px(4))
        head.addWidget(self.title)
        head.addWidget(self.told)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        below = QVBoxLayout()
        below.setContentsMargins(px(16), px(6), px(14), 0)
        below.setSpacing(px(5))
        below.addWidget(self.why)
        below.addWidget(self.like, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(self.give)
        row.addWidget(self.over)
        row.addStretch(1)
        below.addLayout(row)
        box.addLayout(below)

    # -- what is shown ---------------------------------------------------------------------------------------

    def show_code(self, code: str) -> None:
        """The passages for a code (GUID)."""
        if code != self._code:
            self._keep()
            self._code, self._found = code, None
            self.list.set_items([])
        self.refresh()

    @property
    def looking(self) -> bool:
        """Whether they are still being looked for."""
        return self._worker.busy

    @property
    def rows(self) -> tuple[Elsewhere, ...]:
        """What is offered."""
        return self._found.rows if self._found is not None else ()

    def refresh(self) -> None:
        """Looks again; what is shown stays until the answer is there."""
        self._stale = False
        row = CodeBook.of(self._desk).row(self._code)
        if row is None:
            self._code = ""
            self._show_rows(None)
            return
        name = shown_name(row.name, row.origin == "in-vivo")
        self.title.show_code(name, row.colour, italic=row.origin == "in-vivo", core=row.core)
        project, code, likening = self._desk.project, self._code, Likening.of(self._desk)
        self._worker.ask("elsewhere", lambda: look(project, code, likening))
        if self._found is None:
            self.told.setText(_("Looking …"))
            self._tell_why()

    def _came(self, _name: str, found: object) -> None:
        if isinstance(found, Found) and found.code == self._code:
            self._show_rows(found)

    def _show_rows(self, found: Found | None) -> None:
        first = self._found is None
        self._found = found
        self.list.set_items(list(self.rows))
        if first:
            self.list.choose_first()
        self.told.setText(self._counted())
        self._tell_why()

    def _counted(self) -> str:
        if when(self._desk.project) == "off":
            return _("This study shows no suggestions; “Suggestions…” in the menu Code changes that.")
        if self._found is None:
            return ""
        parts = [_("Nothing elsewhere is like its passages.")]
        if self.rows:
            count, against = len(self.rows), sum(one.may_contradict for one in self.rows)
            parts = [ngettext("{n} passage", "{n} passages", count).format(n=count)]
            if against:
                parts.append(_("{n} of them may contradict").format(n=against))
        if self._found.unread:
            words = ngettext(
                "{n} text is left out: its words are still being looked up",
                "{n} texts are left out: their words are still being looked up",
                self._found.unread,
            )
            parts.append(words.format(n=self._found.unread))
        return " · ".join(parts)

    def _tell_why(self) -> None:
        one = self._current
        self.why.setText(reason(one) if one is not None else "")
        writable = not self._desk.project.read_only
        self.like.setVisible(one is not None)
        for button in (self.give, self.over):
            button.setVisible(one is not None and writable)

    @property
    def _current(self) -> Elsewhere | None:
        item = self.list.item
        return item if isinstance(item, Elsewhere) else None

    # -- acts ------------------------------------------------------------------------------------------------

    def _lead(self, one: Elsewhere) -> None:
        self._note(one, "shown")
        self._tell_why()
        row = one.segment
        self._desk.source_wanted.emit(row.source, row.start, row.stop)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_text(self, one: Elsewhere) -> None:
        """The keyboard goes to the passage in its text, where “Code again” gives the code."""
        self._note(one, "shown")
        self._desk.last_code = self._code
        self._desk.source_wanted.emit(one.segment.source, one.segment.start, one.segment.stop)

    def show_like(self) -> None:
        """The passage of the code that this one is like, in its text."""
        if (one := self._current) is not None:
            self._desk.source_wanted.emit(one.like.source, one.like.start, one.like.stop)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Gives the code to the passage in hand, as it stands."""
        one = self._current
        if one is None or self._desk.project.read_only:
            return
        code, place = self._code, _span(one.segment)
        act = suggested.code_from_suggestions
        if self._desk.do(act, **place, codes=[code], suggested=[code]):
            self._note(one, "taken")
            self._without(one)

    def pass_current(self) -> None:
        """The passage in hand is not offered again for this code."""
        one = self._current
        if one is None or self._desk.project.read_only:
            return
        kept = self._proposed(one, "passed", dismissed=True)
        if record(self._desk.project, **_span(one.segment), proposed=[kept]):
            self._seen.pop(_key(one), None)
            self._without(one)
            self._desk.told.emit(_("Passed. It is not offered again for this code."))

    def _without(self, gone: Elsewhere) -> None:
        if self._found is not None:
            rows = tuple(one for one in self.rows if _key(one) != _key(gone))
            self._show_rows(Found(self._found.code, rows, self._found.unread))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is kept ----------------------------------------------------------------------------------------

    def _note(self, one: Elsewhere, outcome: str) -> None:
        if self._seen.get(_key(one), (one, ""))[1] != "taken":
            self._seen[_key(one)] = one, outcome

    def _proposed(self, one: Elsewhere, outcome: Any, *, dismissed: bool = False) -> Proposed:
        words = " · ".join(one.words)
        return Proposed(
            *("code", ENGINE, VERSION, one.score, outcome),
            code=self._code,
            reason=reason(one),
            words=words,
            like_source=one.like.source,
            dismissed=dismissed,
        )

    def _keep(self) -> None:
        """What was looked at and taken for this code is kept with the study."""
        seen, self._seen = self._seen, {}
        if self._desk.project.read_only:
            return
        for one, outcome in seen.values():
            record(self._desk.project, **_span(one.segment), proposed=[self._proposed(one, outcome)])

    # -- keys and changes ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """C gives the code, wherever else the letter leads."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_C:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if plain and event.type() == QEvent.Type.KeyPress:
                self.take()
                return True
        return super().eventFilter(watched, event)

    def focus_first(self) -> None:
        """The keyboard goes to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._keep()
        self._worker.stop()

    def _changed(self, change: "Changed") -> None:
        if not self._code or not change.tables & _WATCHED:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._code:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._keep()


def _key(one: Elsewhere) -> str:
    return f"{one.segment.source}:{one.segment.start}-{one.segment.stop}"


def _cited(items: list[Any]) -> list[SegmentRow]:
    return [one.segment for one in items if isinstance(one, Elsewhere)]


def show_elsewhere(window: "MainWindow", code: str) -> "ElsewherePanel | None":
    """Brings the passages for a code beside the text."""
    window.show_workspace("open")
    workspace: Any = window.workspace("open")
    panel = workspace.show_panel(KEY, ElsewherePanel)
    assert isinstance(panel, ElsewherePanel)
    panel.show_code(code)
    panel.focus_first()
    return panel
