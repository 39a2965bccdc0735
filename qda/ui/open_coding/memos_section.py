"""The memos on something, and a new one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from qda.coding import memo_queries
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.targets import kind_name
from qda.ui.open_coding.parts import INSET, Section, TitleLink, clear, link, links
from qda.ui.surfaces import Elided, LinkButton

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class MemosSection(Section):
    """Titles of memos; one opens the memo."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Memos"), parent)
        self._desk = desk

    def show_memos(self, targets: Sequence[str]) -> None:
        """Shows what hangs on ``targets``; a new one hangs on the first."""
        clear(self.box)
        seen: set[str] = set()
        for target in targets:
            for memo in memo_queries.memos(self._desk.project, target=target):
                if memo.guid in seen:
                    continue
                seen.add(memo.guid)
                self.box.addLayout(links(self._title(memo.guid, memo.title, memo.kind)))
                first = " ".join(memo.body.split())
                if first and not _says_the_same(memo.title, first):
                    row = QHBoxLayout()
                    row.setContentsMargins(px(INSET), 0, px(INSET), px(2))
                    row.addWidget(self._beginning(first))
                    self.box.addLayout(row)
        new = link(_("New memo…"), "new_memo_here", lambda: self._desk.memo_wanted.emit("", targets[0]))
        new.setEnabled(not self._desk.project.read_only)
        self.box.addLayout(links(new))

    def _beginning(self, words: str) -> Elided:
        label = Elided(words[:200], self)
        label.setFont(ui_font(SMALL))
        label.setProperty("minor", True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return label

    def _title(self, guid: str, title: str, kind: str) -> LinkButton:
        says = f"{kind_name(kind)}: {title}"
        button = TitleLink(title, "memo")
        button.setAccessibleName(says)
        button.setToolTip(says)
        button.clicked.connect(lambda: self._desk.memo_wanted.emit(guid, ""))
        return button


def _says_the_same(title: str, words: str) -> bool:
    """A memo without a title of its own is called by its first words; they are not shown twice."""
    return words.startswith(title.removesuffix("…").rstrip())
