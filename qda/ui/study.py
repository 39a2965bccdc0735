"""The page of an open study: tabs of the workspaces, command field, message, the workspaces, the memo panel.

Workspaces are made when they first come to the front, and hear of that by ``shown()``.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.commands import Workspace
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.status import MessageBar
from qda.ui.surfaces import Line

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.memos.panel import MemoPanel

WORKSPACES: Final[tuple[Workspace, ...]] = ("material", "open", "axial", "selective", "reports")
_PACKAGES: Final[dict[str, str]] = {
    "material": "qda.ui.material.workspace",
    "open": "qda.ui.open_coding.workspace",
    "axial": "qda.ui.axial.workspace",
    "selective": "qda.ui.selective.workspace",
    "reports": "qda.ui.reports.workspace",
}


class CommandField(QPushButton):
    """Looks like a field and opens the palette."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("command_field")
        self.setAccessibleName(_("Search or run a command"))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFixedWidth(px(296))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), 0, px(10), 0)
        words = QLabel(_("Search or run a command"), self)
        key = QLabel(QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText), self)
        for label in (words, key):
            label.setProperty("minor", True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        key.setFont(ui_font(SMALL))
        row.addWidget(words, 1)
        row.addWidget(key)

    def sizeHint(self) -> QSize:
        return QSize(px(296), px(28))


class StudyPage(QWidget):
    """What is seen of an open study."""

    turned_to = Signal(str)  # key of the workspace in front
    palette_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._made: dict[str, QWidget] = {}
        self._memo: MemoPanel | None = None
        self.tour: QWidget | None = None  # the panel of the tour, while it goes on
        self._zoom = 1.0
        self.setObjectName("study")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._top())
        box.addWidget(Line(self))
        self.message = MessageBar(self)
        box.addWidget(self.message)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(QWidget())
        box.addWidget(self._stack, 1)

    def _top(self) -> QHBoxLayout:
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("workspaces")
        self.tabs.setAccessibleName(_("Workspaces"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        for key in WORKSPACES:
            self.tabs.setTabData(self.tabs.addTab(key), key)
        self.name_tabs("")
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.field = CommandField(self)
        self.field.clicked.connect(self.palette_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(px(12), 0, px(12), 0)
        # All the room: a chosen tab is set bolder than its size hint says.
        row.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.field)
        return row

    def name_tabs(self, template: str) -> None:
        """Names the workspaces as the study's template does."""
        from qda.coding.paradigms import DEFAULT
        from qda.coding.paradigms import template as find

        chosen = find(template or DEFAULT)
        for at, key in enumerate(WORKSPACES):
            self.tabs.setTabText(at, chosen.workspace(key).replace("&", "&&"))

    # -- the study ------------------------------------------------------------------------------------------

    def show_desk(self, desk: "Desk", template: str) -> None:
        """Begins with an open study; no workspace is made yet."""
        self.let_go()
        self._desk = desk
        self.name_tabs(template)
        desk.memo_wanted.connect(self._show_memo)

    def let_go(self) -> None:
        """Drops all workspaces of the study that was open."""
        if self._desk is not None:
            self._desk.memo_wanted.disconnect(self._show_memo)
        self._desk = None
        self.message.hide()
        if self._memo is not None:
            self._memo.hide()
            self._memo.deleteLater()
            self._memo = None
        for widget in self._made.values():
            for leave in ("keep_state", "let_go"):  # those workspaces that have something to end or to keep
                if hasattr(widget, leave):
                    getattr(widget, leave)()
            self._stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made.clear()

    @property
    def current(self) -> Workspace:
        """The workspace in front."""
        key: Workspace = self.tabs.tabData(self.tabs.currentIndex())
        return key

    def is_made(self, key: str) -> bool:
        """Whether the workspace has been shown before."""
        return key in self._made

    def workspace(self, key: str) -> QWidget:
        """The workspace, made now if it is its first time."""
        if key not in self._made:
            assert self._desk is not None
            made: QWidget = import_module(_PACKAGES[key]).Workspace(self._desk, self._stack)
            self._made[key] = made
            self._stack.addWidget(made)
            self.zoom(self._zoom)
        return self._made[key]

    def zoom(self, factor: float) -> None:
        """Shows transcripts at ``factor`` times the drawn size."""
        self._zoom = factor
        if "qda.ui.transcript.reading" in sys.modules:  # else no workspace shows a transcript yet
            from qda.ui.transcript.reading import ReadingView

            for made in self._made.values():
                for view in made.findChildren(ReadingView):
                    view.set_zoom(factor)

    def show_workspace(self, key: str, *, focus: bool = True) -> None:
        """Brings a workspace to the front."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(WORKSPACES.index(key))
        self.tabs.blockSignals(False)
        self._front(key, focus=focus)

    def _tab_chosen(self, at: int) -> None:
        if self._desk is not None:
            self._front(self.tabs.tabData(at), focus=False)

    def _front(self, key: str, *, focus: bool) -> None:
        widget = self.workspace(key)
        self._stack.setCurrentWidget(widget)
        widget.shown()  # type: ignore[attr-defined]
        if focus:
            widget.focus_first()  # type: ignore[attr-defined]
        self.turned_to.emit(key)

    def panes(self) -> list[QWidget]:
        """What F6 goes through: tabs, then the workspace or its parts, an open memo, the tour."""
        memo = self._memo if self._memo is not None and self._memo.isVisible() else None
        front = self._stack.currentWidget()
        inside: list[QWidget | None] = front.stops() if front and hasattr(front, "stops") else [front]
        return [pane for pane in (self.tabs, *inside, memo, self.tour) if pane is not None]

    def room(self) -> QRect:
        """Where the workspaces lie."""
        return self._stack.geometry()

    # -- the memo panel --------------------------------------------------------------------------------------

    @property
    def memo_panel(self) -> "MemoPanel":
        """The panel over the right side, made when first wanted."""
        if self._memo is None:
            from qda.ui.memos.panel import MemoPanel

            assert self._desk is not None
            self._memo = MemoPanel(self._desk, self)
            self._place_memo()
        return self._memo

    def _show_memo(self, memo: str, target: str) -> None:
        self.memo_panel.open(memo, target)

    def _place_memo(self) -> None:
        if self._memo is not None:
            top = self._stack.mapTo(self, QPoint(0, 0)).y()
            width = min(px(420), self.width())
            self._memo.setGeometry(self.width() - width, top, width, self.height() - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_memo()
