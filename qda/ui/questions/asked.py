"""The questions of an open study, asked group by group in a thread: one for all panels that show them.

A group is asked when somebody looks at it, and again when an act touched what it stands on.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from qda.coding.method_questions import GROUPS, Group, Question, ask, question_titles, with_answers
from qda.ui.background import Background

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_NAME: Final = "questions_asked"
_PAUSE_MS: Final = 400  # after an act; at least as long as asking took
_THEORY: Final = frozenset(
    {
        *("relation", "evidence", "evidence_segment", "counter_search", "relation_condition"),
        *("paradigm_model", "model_slot", "placement", "code"),
    }
)
_MATERIAL: Final = frozenset({"source", "segment", "paragraph", "speaker", "case_", "project_sheet"})
_STANDS_ON: Final[dict[Group, frozenset[str]]] = {
    "relations": _THEORY | {"source", "speaker", "case_", "memo", "memo_link"},
    "codes": _MATERIAL | {"code", "coding", "property", "property_value"},
    "material": _MATERIAL | {"code", "coding", "sampling_decision", "sampling_target"},
    "core": _THEORY | {"source", "core_category", "story"},
    "output": _MATERIAL | {"code", "coding", "memo", "story", "map_item", "code_map", "pseudonym_record"},
}
_ANSWERS: Final = frozenset({"question_answer"})


class Asked(QObject):
    """What was found last. ``changed`` tells a group of which more, less or something else is known."""

    changed = Signal(str)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.setObjectName(_NAME)
        self._desk = desk
        self._keys: dict[Group, tuple[str, ...]] = {
            group: tuple(key for key, of, _title in question_titles() if of == group)
            for group, _title in GROUPS
        }
        self._found: dict[Group, list[Question]] = {}
        self._stale: set[Group] = set(self._keys)
        self._pending: set[Group] = set()
        self._looking: dict[Group, set[QObject]] = {group: set() for group in self._keys}
        self.open: set[Group] = set()
        """The groups that are open in the panels."""
        self._ended = False
        self._asking = Background(self)
        self._asking.done.connect(self._answered)
        self._asking.failed.connect(lambda _name, sentence: desk.refused.emit(sentence))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_again)
        desk.changed.connect(self._on_changed)
        desk.reading_changed.connect(lambda _source: self._stale.add("material"))

    @classmethod
    def of(cls, desk: "Desk") -> "Asked":
        """The one of this desk."""
        known = desk.findChild(cls, _NAME)
        return known if isinstance(known, cls) else cls(desk)

    def questions(self, group: Group) -> list[Question] | None:
        """What was found last; None where it was never asked."""
        return self._found.get(group)

    def is_stale(self, group: Group) -> bool:
        """Whether what is shown may be other by now."""
        return group in self._stale

    def look_at(self, group: Group, who: QObject) -> None:
        """``who`` shows this group: it is asked if it has to be, now and after further acts."""
        self._looking[group].add(who)
        if group in self._stale:
            self._ask(group)

    def look_away(self, group: Group, who: QObject) -> None:
        """``who`` shows it no more. What nobody sees is not asked."""
        self._looking[group].discard(who)
        if not self._looking[group] and group in self._pending:
            self._asking.forget(group)
            self._stale.add(group)

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._ended = True
        self._pause.stop()
        self._asking.stop()

    @property
    def busy(self) -> bool:
        """Whether something is being asked."""
        return self._asking.busy or self._pause.isActive()

    def _ask(self, group: Group) -> None:
        self._stale.discard(group)
        self._pending.add(group)
        keys, project = self._keys[group], self._desk.project
        self._asking.ask_again(group, lambda: ask(project, keys, goes_on=lambda: not self._ended))

    def _answered(self, name: str, found: object) -> None:
        group = next(one for one in self._keys if one == name)
        assert isinstance(found, list)
        self._found[group] = found
        self._pending.discard(group)
        self.changed.emit(group)

    def _on_changed(self, change: "Changed") -> None:
        tables = change.tables
        if tables & _ANSWERS:
            self._read_answers()
        touched = {group for group, on in _STANDS_ON.items() if tables & on}
        if tables <= _ANSWERS | {"segment"}:  # an answer keeps a passage, and finds nothing new
            return
        self._stale |= touched
        if any(self._looking[group] for group in touched):
            self._pause.start()

    def _read_answers(self) -> None:
        for group, found in list(self._found.items()):
            again = with_answers(self._desk.project, found)
            if again != found:
                self._found[group] = again
                self.changed.emit(group)

    def _ask_again(self) -> None:
        for group in sorted(self._stale):
            if self._looking[group]:
                self._ask(group)
