"""A hint from a cue word beside the model: to which slot the code in hand may belong, as a question.

It is asked of the passages of the code that is looked at, in the list of those not placed or on the board,
where the model has named its phenomenon and the code does not stand in that slot. It sets nothing: who thinks
it right places the code as always. H opens the passage; on the hint Enter does, Delete passes it, the arrow
keys turn to the next one. What was shown and what became of it is kept for the report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding import codes
from qda.coding.citation import paragraphs_cited, quoted
from qda.coding.material import span_row
from qda.coding.rows import ModelRow, SegmentRow
from qda.i18n import _
from qda.ui.background import Background
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.suggesting.switch import shown_for
from qda.ui.surfaces import Line, LinkButton, on_panel, section, small
from qda.ui.theme import tokens_of
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.models import Changed, Project
    from qda.suggest.cues.hints import SlotHint
    from qda.suggest.events import Outcome, Proposed
    from qda.ui.desk import Desk

ENGINE: Final = "qda-cues"
_MOST: Final = 120  # passages of a code that are looked through
_SCORES: Final = {"strong": 1.0, "weak": 0.5}
_WATCHED: Final = frozenset(("coding", "segment", "source", "paragraph", "placement", "paradigm_model"))


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint with the passage of its clause, the slot's name, and the hint in words."""

    hint: "SlotHint"
    slot: str
    row: SegmentRow
    words: str

    @property
    def key(self) -> str:
        """What it is known by."""
        return f"{self.row.source}:{self.hint.start}:{self.slot}"


@dataclass(frozen=True, slots=True)
class Asked:
    """The hints for a code in a model (GUIDs)."""

    model: str
    code: str
    hints: tuple[Hint, ...]


def look(project: "Project", model: ModelRow, code: str, placed: frozenset[str]) -> Asked:
    """In a thread: the hints for a code that stands in the slots ``placed`` (keys) already."""
    from qda.suggest.cues.hints import hint_text, hints_at
    from qda.suggest.events import dismissed

    with yielding():
        rows = [one.segment for one in codes.codings(project, code=code, below=True, limit=_MOST)]
        shown = {source: shown_for(project, source) for source in {row.source for row in rows}}
        names = {slot.key: slot.name for slot in model.slots}
        found = []
        places = [(row.source, row.start, row.stop) for row in rows if shown[row.source]]
        for source, hint in hints_at(project, model, places):
            name, span = names[hint.slot], (hint.clause_start, hint.clause_stop)
            where = {"source": source, "start": span[0], "stop": span[1]}
            if hint.slot in placed or name in dismissed(project, **where, slots=True):  # type: ignore[arg-type]
                continue
            words = hint_text(hint, model.phenomenon_name)
            found.append(Hint(hint, name, span_row(project, source, *span), words))
        return Asked(model.guid, code, tuple(found))


class HintCard(QWidget):
    """One hint at a time; nothing is seen of it where there is none."""

    left = Signal()  # Esc: back to the board

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model: ModelRow | None = None
        self._code = ""
        self._placed: frozenset[str] = frozenset()
        self._hints: tuple[Hint, ...] = ()
        self._at = 0
        self._told: set[str] = set()  # hints that were kept as shown
        self._worker = Background(self)
        self._worker.done.connect(self._came)
        self.setObjectName("slot_hint")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        on_panel(self)
        self._build()
        self.hide()
        desk.changed.connect(self._changed)

    def _build(self) -> None:
        self.count = small("", self)
        self.words = QLabel(self)
        self.words.setObjectName("slot_hint_words")
        self.words.setFont(ui_font())
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.clause = small("", self, wrap=True)
        self.passage = self._link(_("Passage  H"), "slot_hint_passage", self.open)
        self.passage.setAccessibleName(_("Show the passage of the hint"))
        self.over = self._link(_("Pass over"), "slot_hint_pass", self.pass_over)
        self.over.setToolTip(_("The hint does not come again; key on the hint: Del"))
        self.over.setAccessibleName(_("Pass the hint over"))
        self.next = self._link(_("Next"), "slot_hint_next", lambda: self.step(1))
        self.next.setAccessibleName(_("Next hint"))
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(14), px(2))
        head.addWidget(section(_("Hint"), self), 1)
        head.addWidget(self.count)
        acts = QHBoxLayout()
        acts.setContentsMargins(px(11), 0, px(8), px(4))
        acts.setSpacing(px(2))
        for one in (self.passage, self.over, self.next):
            acts.addWidget(one)
        acts.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(3))
        box.addWidget(Line(self))
        box.addLayout(head)
        for label in (self.words, self.clause):
            label.setContentsMargins(px(16), 0, px(14), 0)
            box.addWidget(label)
        box.addLayout(acts)

    def _link(self, words: str, name: str, act: Any) -> LinkButton:
        link = LinkButton(words, name, self)
        link.setFont(ui_font(SMALL))
        link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        link.clicked.connect(lambda _checked=False: act())
        return link

    # -- what is shown ---------------------------------------------------------------------------------------

    def show_code(self, model: ModelRow | None, code: str, placed: Sequence[str]) -> None:
        """Asks about a code (GUID) of a model; ``placed`` are the keys of the slots that it stands in."""
        before = self._placed
        same = (model.guid if model else "", code) == (self._model.guid if self._model else "", self._code)
        if same:
            self._put(set(placed) - before)
        self._model, self._code, self._placed = model, code, frozenset(placed)
        if not same or self._placed != before:
            self._show(())
            self._ask()

    def _ask(self) -> None:
        model, code, placed = self._model, self._code, self._placed
        if model is None or not code or model.phenomenon in (None, code):
            self._worker.forget("hints")
            self._show(())
            return
        project = self._desk.project
        self._worker.ask("hints", lambda: look(project, model, code, placed))

    @property
    def looking(self) -> bool:
        """Whether an answer is still to come."""
        return self._worker.busy

    @property
    def current(self) -> Hint | None:
        """The hint that is shown."""
        return self._hints[self._at] if self._at < len(self._hints) else None

    def _came(self, _name: str, found: object) -> None:
        model = self._model.guid if self._model else ""
        if isinstance(found, Asked) and (found.model, found.code) == (model, self._code):
            self._show(found.hints)

    def _show(self, hints: Sequence[Hint]) -> None:
        before = self.current
        self._hints = tuple(hints)
        keys = [one.key for one in self._hints]
        self._at = keys.index(before.key) if before is not None and before.key in keys else 0
        self._tell()

    def _tell(self) -> None:
        one = self.current
        if one is None and self.hasFocus():
            self.left.emit()
        self.setVisible(one is not None)
        if one is None:
            return
        self.words.setText(_phrased(one.words))
        place = paragraphs_cited(one.row)
        self.clause.setText(_("{words} ({place})").format(words=quoted(_short(one.row.text)), place=place))
        self.count.setText(f"{self._at + 1}/{len(self._hints)}" if len(self._hints) > 1 else "")
        self.next.setVisible(len(self._hints) > 1)
        self.over.setVisible(not self._desk.project.read_only)
        self.setAccessibleName(_("Hint: {words}").format(words=f"{one.words} {place}"))
        self._keep_shown(one)

    # -- acts ------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Shows the passage in its text."""
        if (one := self.current) is not None:
            self._desk.source_wanted.emit(one.row.source, one.row.start, one.row.stop)

    def step(self, by: int) -> None:
        """The next hint, or the one before."""
        if self._hints:
            self._at = (self._at + by) % len(self._hints)
            self._tell()

    def pass_over(self) -> None:
        """The hint in hand does not come again."""
        one = self.current
        if one is None or self._desk.project.read_only:
            return
        if self._record(one, "passed", dismissed=True):
            self._hints = tuple(row for row in self._hints if row.key != one.key)
            self._at = min(self._at, max(0, len(self._hints) - 1))
            self._tell()
            self._desk.told.emit(_("Passed. The hint does not come again."))

    def _put(self, slots: set[str]) -> None:
        """A person has put the code in hand into slots (keys): what was hinted at is taken, or another was.

        One hint alone is kept so: the one shown, or the first of that slot that was shown.
        """
        shown = self.current
        if shown is None or not slots or not self.isVisible():
            return
        seen = [shown, *(one for one in self._hints if one.key in self._told)]
        right = next((one for one in seen if one.hint.slot in slots), None)
        self._record(right or shown, "taken" if right else "changed")

    # -- what is kept ----------------------------------------------------------------------------------------

    def _keep_shown(self, one: Hint) -> None:
        if one.key not in self._told and self.isVisible():
            self._told.add(one.key)
            self._record(one, "shown")

    def _record(self, one: Hint, outcome: "Outcome", *, dismissed: bool = False) -> bool:
        from qda.suggest.events import record

        if self._desk.project.read_only:
            return False
        where = {"source": one.row.source, "start": one.row.start, "stop": one.row.stop}
        kept = self._proposed(one, outcome, dismissed=dismissed)
        return record(self._desk.project, **where, proposed=[kept])  # type: ignore[arg-type]

    def _proposed(self, one: Hint, outcome: "Outcome", *, dismissed: bool) -> "Proposed":
        from qda.suggest.events import Proposed

        return Proposed(
            *("slot", ENGINE, one.hint.version, _SCORES[one.hint.sure], outcome),
            strong=one.hint.sure == "strong",
            name=one.slot,
            form=one.hint.slot,
            reason=one.words,
            words=one.hint.cue,
            dismissed=dismissed,
        )

    # -- keys and changes ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.pass_over()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.step(1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Delete means the hint here, whatever it means elsewhere in the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.words.geometry().united(self.clause.geometry()).contains(event.position().toPoint()):
            self.open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(tokens_of(self).accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _changed(self, change: "Changed") -> None:
        if self._code and change.tables & _WATCHED and self.parentWidget() is not None:
            self._ask()

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._worker.stop()


def _phrased(words: str) -> str:
    """The hint with its *phenomenon* in italics."""
    before, star, rest = escape(words).partition("*")
    name, second, after = rest.rpartition("*")
    return f"{before}<i>{name}</i>{after}" if star and second else escape(words)


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= 90 else one[:88].rpartition(" ")[0] + " …"
