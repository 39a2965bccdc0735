"""What a memo hangs on: a row each, to go there or take the memo off, and a field to hang it on more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.targets import go_to, target_word
from qda.ui.surfaces import Line, LinkButton, on_panel, section, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class TargetField(QComboBox):
    """Type a code, a case or a document; Enter hangs the memo on it. Filled when it gets the focus."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("memo_hang_on")
        self.setAccessibleName(_("Hang the memo on a code, a case or a document"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFont(ui_font(SMALL))
        line, completer = self.lineEdit(), self.completer()
        assert line is not None
        assert completer is not None
        line.setPlaceholderText(_("Hang on a code, a case, a document …"))
        line.setAccessibleName(self.accessibleName())
        line.setObjectName("memo_hang_on_text")
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCurrentIndex(-1)

    def fill(self) -> None:
        """Reads what there is to hang on."""
        from qda.coding.codes import codes
        from qda.coding.material import cases, sources

        project = self._desk.project
        kept = self.currentText()
        self.clear()
        for row in codes(project):
            self.addItem(f"{target_word('code')}: {row.path}", f"code:{row.guid}")
        for case in cases(project):
            self.addItem(f"{target_word('case')}: {case.name}", f"case:{case.guid}")
        for source in sources(project):
            self.addItem(f"{target_word('source')}: {source.title}", f"source:{source.guid}")
        self._fill_inquiry()
        self.setCurrentIndex(-1)
        self.setEditText(kept)

    def _fill_inquiry(self) -> None:
        """Sampling decisions, versions of models, and maps."""
        from qda.coding.code_maps import maps
        from qda.coding.model_versions import versions
        from qda.coding.sampling import decisions

        project = self._desk.project
        for number, decision in enumerate(decisions(project), 1):
            words = decision.sought or decision.gap or decision.why
            self.addItem(f"{target_word('decision')} {number}: {words[:80]}", f"decision:{decision.guid}")
        for version in versions(project):
            name = f"{version.model_name}, {version.name}"
            self.addItem(f"{target_word('version')}: {name}", f"version:{version.guid}")
        for chart in maps(project):
            self.addItem(f"{target_word('map')}: {chart.name}", f"map:{chart.guid}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.count() == 0:
            self.fill()
        super().focusInEvent(event)

    def showPopup(self) -> None:
        if self.count() == 0:
            self.fill()
        super().showPopup()


class Hanging(QWidget):
    """The foot of the memo editor."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None, *, narrow: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self._memo = ""
        on_panel(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Line(self))
        inner = QVBoxLayout()
        side = px(20) if narrow else px(40)
        inner.setContentsMargins(side, px(10), side, px(12))
        inner.setSpacing(px(4))
        inner.addWidget(section(_("Hangs on"), self))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        inner.addLayout(self._grid)
        row = QHBoxLayout()
        self.field = TargetField(desk, self)
        self.field.setMaximumWidth(px(360))
        self.field.activated.connect(self._chosen)
        row.addWidget(self.field, 1)
        row.addStretch(0)
        inner.addLayout(row)
        box.addLayout(inner)

    def show_links(self, memo: str, targets: tuple[str, ...], names: tuple[str, ...]) -> None:
        """Shows what the memo hangs on; an unsaved one has no GUID and its target cannot be taken off."""
        self._memo = memo
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, (target, name) in enumerate(zip(targets, names, strict=True)):
            self._grid.addWidget(small(target_word(target), self), at, 0)
            there = LinkButton((name or _("no longer there")).replace("&", "&&"), f"memo_target_{at}", self)
            there.setAccessibleName(f"{target_word(target)}: {name}")
            there.setEnabled(bool(name))
            there.clicked.connect(lambda _checked=False, target=target: go_to(self._desk, target))
            self._grid.addWidget(there, at, 1, Qt.AlignmentFlag.AlignLeft)
            if memo:
                off = LinkButton(_("Take off"), f"memo_off_{at}", self)
                off.setFont(ui_font(SMALL))
                off.setAccessibleName(_("Take the memo off {name}").format(name=name))
                off.clicked.connect(lambda _checked=False, target=target: self._unlink(target))
                self._grid.addWidget(off, at, 2)
        self.field.setVisible(bool(memo))
        self.field.clear()
        if not targets and not memo:
            self._grid.addWidget(small(_("Nothing yet"), self), 0, 0)

    def _chosen(self, at: int) -> None:
        from qda.coding.memos import link_memo

        target = self.field.itemData(at)
        if self._memo and target:
            self._desk.do(link_memo, memo=self._memo, target=target)

    def _unlink(self, target: str) -> None:
        from qda.coding.memos import unlink_memo

        self._desk.do(unlink_memo, memo=self._memo, target=target)
