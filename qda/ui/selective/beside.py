"""The right column: questions to the theory, memos, saturation; one of them at a time."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.places import Panel
from qda.ui.selective.memo_list import MemoList
from qda.ui.surfaces import Line, on_panel

if TYPE_CHECKING:
    from qda.ui.desk import Desk

QUESTIONS: Final = "questions"
MEMOS: Final = "memos"
SATURATION: Final = "saturation"
# Where the widgets of other parts stand, and how they are called there.
_PARTS: Final = {
    QUESTIONS: ("qda.ui.questions.panel", "QuestionsPanel"),
    SATURATION: ("qda.ui.saturation.beside", "SaturationBeside"),
}


class Beside(QWidget):
    """Tabs; what stands behind one is made when it is first wanted."""

    turned = Signal(str)
    left = Signal()  # Esc: back to the story

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("beside_story")
        on_panel(self)
        self.memos = MemoList(desk, self)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("beside_tabs")
        self.tabs.setAccessibleName(_("Beside the story"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack = QStackedWidget(self)
        self._made: dict[str, QWidget] = {MEMOS: self.memos}
        for key, words in (
            (QUESTIONS, _("Questions")),
            (MEMOS, _("Memos")),
            (SATURATION, _("Saturation")),
        ):
            if key in _PARTS and _is_missing(_PARTS[key][0]):
                continue
            self.tabs.setTabData(self.tabs.addTab(words), key)
        self._stack.addWidget(self.memos)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(4), 0, 0)
        box.setSpacing(0)
        box.addWidget(self.tabs)
        box.addWidget(Line(self))
        box.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turned)
        if self.key == MEMOS:
            self._turned(0)

    def show_first(self) -> None:
        """The workspace comes to the front: what stands behind the tab in front is made."""
        if self.key not in self._made:
            self._turned(self.tabs.currentIndex())

    @property
    def key(self) -> str:
        """What is in front."""
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def has(self, key: str) -> bool:
        """Whether there is a tab of that name."""
        return any(self.tabs.tabData(at) == key for at in range(self.tabs.count()))

    def show_part(self, key: str) -> QWidget:
        """Brings a part to the front."""
        for at in range(self.tabs.count()):
            if self.tabs.tabData(at) == key:
                self.tabs.setCurrentIndex(at)
        self.show_first()
        return self._made[self.key]

    def _turned(self, _at: int) -> None:
        self._stack.setCurrentWidget(self._part(self.key))
        self.refresh()
        self.turned.emit(self.key)

    def _part(self, key: str) -> QWidget:
        if key not in self._made:
            module, name = _PARTS[key]
            make: Callable[[Desk, QWidget], QWidget] = getattr(import_module(module), name)
            self._made[key] = make(self._desk, self)
            part: Any = self._made[key]
            if isinstance(part, Panel):
                part.closed.connect(self.left)
            if hasattr(part, "close_link"):  # the tabs lead elsewhere
                part.close_link.hide()
            self._stack.addWidget(self._made[key])
        return self._made[key]

    def refresh(self) -> None:
        """Reads what is in front anew."""
        front: Any = self._made.get(self.key)
        if front is not None and hasattr(front, "refresh"):
            front.refresh()

    def focus_first(self) -> None:
        """Into what is in front."""
        front: Any = self._made[self.key]
        if hasattr(front, "focus_first"):
            front.focus_first()
        else:
            front.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The study is about to be closed."""
        for part in self._made.values():
            if hasattr(part, "let_go"):
                part.let_go()


def _is_missing(module: str) -> bool:
    return find_spec(module.rpartition(".")[0]) is None or find_spec(module) is None
