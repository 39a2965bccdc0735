"""Where a sampling decision leads: cases, documents and passages, to go there, add more or take one off."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qda.coding.sampling import DecisionRow, TargetRow
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.targets import quote_of, target_word
from qda.ui.open_coding.parts import TitleLink, clear, keeping_focus, rebuilding
from qda.ui.saturation.acts import go_to
from qda.ui.surfaces import LinkButton, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_MOST: Final = 12  # targets that are listed; the others are counted
_WORDS: Final = 160


class TargetsPart(QWidget):
    """A row each, and below what can be added."""

    removed = Signal(str)  # "case:GUID"
    wanted = Signal(str)  # case, source, passages, new, files

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self.adding = QWidget(self)
        lines = QVBoxLayout(self.adding)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        first, below = QHBoxLayout(), QHBoxLayout()
        for row, acts in (
            (
                first,
                (("case", _("Case…")), ("source", _("Document…")), ("passages", _("Passages collected…"))),
            ),
            (below, (("new", _("New case…")), ("files", _("Bring in transcripts…")))),
        ):
            row.setSpacing(px(4))
            for key, words in acts:
                button = LinkButton(words, f"target_{key}", self.adding, flush=key in ("case", "new"))
                button.setFont(ui_font(SMALL))
                button.clicked.connect(lambda _checked=False, key=key: self.wanted.emit(key))
                row.addWidget(button)
            row.addStretch(1)
            lines.addLayout(row)
        self.button("passages").setAccessibleName(_("Passages already collected"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addLayout(self._grid)
        box.addWidget(self.adding)

    def button(self, key: str) -> LinkButton:
        """The button that adds something of this kind."""
        found = self.adding.findChild(LinkButton, f"target_{key}")
        assert isinstance(found, LinkButton)
        return found

    def show_targets(self, row: DecisionRow, *, writable: bool) -> None:
        """Shows where this decision leads."""
        self.adding.setVisible(writable)
        with keeping_focus(self), rebuilding(self):
            clear(self._grid)
            for at, target in enumerate(row.targets[:_MOST]):
                self._add(at, target, writable=writable)
            more = len(row.targets) - _MOST
            if more > 0:
                self._grid.addWidget(small(_("and {n} more").format(n=more), self), _MOST, 1)
            if not row.targets:
                self._grid.addWidget(small(_("Nowhere yet"), self), 0, 0, 1, 2)

    def _name(self, target: TargetRow) -> str:
        """How it is called; of a passage with its first words."""
        if target.kind != "segment" or not target.name:
            return target.name
        words, _place = quote_of(self._desk.project, (f"segment:{target.guid}",))
        return f"{target.name}: {words[:_WORDS]}"

    def _add(self, at: int, target: TargetRow, *, writable: bool) -> None:
        kind, key = target_word(f"{target.kind}:"), f"{target.kind}:{target.guid}"
        word = small(kind, self)
        word.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(word, at, 0)
        name = self._name(target) or _("no longer there")
        there = TitleLink(name, f"target_there_{at}")
        there.setAccessibleName(f"{kind}: {name}")
        there.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        there.clicked.connect(lambda _checked=False: go_to(self._desk, key))
        self._grid.addWidget(there, at, 1)
        if writable:
            off = LinkButton(_("Take off"), f"target_off_{at}", self)
            off.setFont(ui_font(SMALL))
            off.setAccessibleName(_("Take {name} off").format(name=target.name))
            off.clicked.connect(lambda _checked=False: self.removed.emit(key))
            self._grid.addWidget(off, at, 2)
