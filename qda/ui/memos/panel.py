"""The memo panel: over the right side of any workspace, without moving what lies under it.

It never loses the place: Esc saves, closes and returns the focus to the very widget (and in it to the very
word) from which the memo was begun.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.memos.editor import MemoEditor
from qda.ui.memos.targets import target_in_hand
from qda.ui.surfaces import Framed, Line, LinkButton, on_panel, section
from qda.ui.theme import Tokens

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk


def _rules(theme: Tokens) -> str:
    return (
        f"#memo_panel {{ border: 0; border-left: 1px solid {theme.control_frame};"
        f" background: {theme.paper}; }}"
    )


class MemoPanel(Framed):
    """One memo beside the work."""

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(_rules, parent)
        self._desk = desk
        self._from: QWidget | None = None
        self.setObjectName("memo_panel")
        self.setAccessibleName(_("Memo"))
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.setSpacing(0)
        head = QWidget(self)
        on_panel(head)
        row = QHBoxLayout(head)
        row.setContentsMargins(px(20), px(6), px(12), px(6))
        row.addWidget(section(_("Memo"), head), 1)
        on_desk = LinkButton(_("Memo desk"), "memo_to_desk", head)
        on_desk.clicked.connect(self._to_desk)
        row.addWidget(on_desk)
        close = LinkButton(_("Close (Esc)"), "memo_close", head)
        close.clicked.connect(self.leave)
        row.addWidget(close)
        box.addWidget(head)
        box.addWidget(Line(self))
        self.editor = MemoEditor(desk, self, narrow=True)
        box.addWidget(self.editor, 1)
        desk.changed.connect(self._changed)
        self.hide()

    # -- opening ---------------------------------------------------------------------------------------------

    def open(self, memo: str, target: str) -> None:
        """Shows a memo, or begins one on ``target``; the same target's memos are on the memo desk."""
        self._keep_place()
        self.editor.flush()
        if memo:
            self._show(memo)
        else:
            self.editor.begin(target)
        self._come()

    def begin(self, kind: str) -> None:
        """Begins a memo of this type on what is in hand."""
        self._keep_place()
        self.editor.flush()
        self.editor.begin(target_in_hand(self._desk) if kind != "diary" else "", kind)
        self._come()

    def _keep_place(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self and not self.isAncestorOf(focus):
            self._from = focus

    def _come(self) -> None:
        self.show()
        self.raise_()
        self.editor.focus_words()

    def focus_first(self) -> None:
        """To the words."""
        self.editor.focus_words()

    def leave(self) -> None:
        """Saves, closes, and goes back to where one was."""
        self.editor.flush()
        self.hide()
        if self._from is not None and isValid(self._from) and self._from.isVisible():
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._from = None

    def _to_desk(self) -> None:
        from qda.ui.memos.commands import show_desk

        memo = self.editor.guid
        self.editor.flush()
        self.hide()
        show_desk(self.window(), self.editor.guid or memo)

    # -- keeping up ------------------------------------------------------------------------------------------

    def _show(self, memo: str) -> None:
        from qda.coding.memo_queries import memos

        row = next((m for m in memos(self._desk.project) if m.guid == memo), None)
        if row is None:
            self.editor.clear()
            self.hide()
        else:
            self.editor.show_memo(row)

    def _changed(self, change: "Changed") -> None:
        if self.isVisible() and self.editor.guid and change.tables & {"memo", "memo_link"}:
            self._show(self.editor.guid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)
