"""The evidence of one case below its name; made when it first comes into sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from qda.coding.rows import EvidenceRow
from qda.i18n import _, ngettext
from qda.ui.axial.words import tally
from qda.ui.evidence.item import EvidenceItem
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import Elided, LinkButton, on_panel, scrolled, section

_WIDTH = 250
_FIRST = 20  # pieces that are made at once; the others follow when they are wanted


class CaseColumn(QWidget):
    """One case. ``made`` brings each item when it is made."""

    def __init__(
        self,
        case: str,
        rows: Sequence[EvidenceRow],
        made: Callable[[EvidenceItem], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)
        self.case = case
        self._made = made
        self._filled = False
        self._more: LinkButton | None = None
        self._left: list[EvidenceRow] = []
        self.setObjectName("case_column")
        self.setMinimumWidth(px(_WIDTH))
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(8), px(14), px(2))
        head.setSpacing(px(1))
        self.title = section(_("Case {name}").format(name=case) if case else _("Without a case"), self)
        head.addWidget(self.title)
        told = Elided(tally(rows), self)
        told.setFont(ui_font(SMALL))
        told.setProperty("minor", True)
        head.addWidget(told)
        inside = QWidget(self)
        self._pieces = QVBoxLayout(inside)
        self._pieces.setContentsMargins(px(8), 0, px(8), px(6))
        self._pieces.setSpacing(0)
        self._pieces.addStretch(1)
        on_panel(inside)
        self.area: QScrollArea = scrolled(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.area, 1)

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH), px(200))

    def fill(self) -> None:
        """Makes the first pieces; they are seen now."""
        if not self._filled:
            self._filled = True
            self._left = list(self.rows)
            self._add(_FIRST)

    def fill_to(self, guid: str) -> None:
        """Makes pieces as far as this one."""
        self.fill()
        at = next((n for n, row in enumerate(self._left) if row.guid == guid), -1)
        if at >= 0:
            self._add(at + _FIRST)

    def _add(self, count: int) -> None:
        some, self._left = self._left[:count], self._left[count:]
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        inside = self.area.widget()
        for row in some:
            item = EvidenceItem(row, inside)
            item.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self._made(item)
            self._pieces.insertWidget(self._pieces.count() - 1, item)
            item.show()  # at once: it may be given the keyboard now
        if self._left:
            words = ngettext("{n} more piece", "{n} more pieces", len(self._left)).format(n=len(self._left))
            self._more = LinkButton(words, "more_evidence", inside)
            self._more.setFont(ui_font(SMALL))
            self._more.clicked.connect(lambda: self._add(len(self._left)))
            self._pieces.insertWidget(self._pieces.count() - 1, self._more)
