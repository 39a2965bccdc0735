"""Beside the table: the pile in hand is named and becomes a category, with why and what differs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding.codes import counts_by_case
from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.laying.pile_box import Heap
from qda.ui.surfaces import Line, LinkButton, on_panel, section, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_Texts = tuple[str, str, str]


class Naming(QWidget):
    """Name, why, what differs. What was typed stays with its pile until the category is made."""

    made = Signal(str, str, str, str)  # pile, name, why, first property
    named = Signal(str, str)  # pile, name: it stays a pile
    parted = Signal(str)  # the pile taken apart
    left = Signal()  # back to the codes

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._heap: Heap | None = None
        self._drafts: dict[str, _Texts] = {}
        self.setObjectName("naming")
        self.setAccessibleName(_("Name the pile"))
        on_panel(self)
        self._build()
        self.show_heap(None)

    def _build(self) -> None:
        self.which = small("", self)
        self.title = heading("", self)
        self.title.setWordWrap(True)
        self.name = QLineEdit(self)
        self.why = self._long("pile_why")
        self.differs = QLineEdit(self)
        self.cases = QLabel(self)
        self.cases.setWordWrap(True)
        self.cases.setObjectName("pile_cases")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(12), 0, px(12))
        box.setSpacing(px(8))
        self.form = QWidget(self)
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(6))
        head = QVBoxLayout()
        head.setContentsMargins(px(16), 0, px(16), 0)
        head.setSpacing(px(2))
        head.addWidget(self.which)
        head.addWidget(self.title)
        box.addLayout(head)
        self._field(
            inner,
            "pile_name",
            _("Name"),
            self.name,
            _("A name above the words of the field, best of all something that happens."),
        )
        self._field(
            inner,
            "pile_why",
            _("Why do they lie together?"),
            self.why,
            _("Becomes the code note of the category."),
        )
        self._field(
            inner,
            "pile_property",
            _("What differs among them?"),
            self.differs,
            _("Becomes the first property."),
        )
        inner.addWidget(Line(self))
        foot = QVBoxLayout()
        foot.setContentsMargins(px(16), px(6), px(16), px(6))
        foot.addWidget(section(_("Cases in the pile"), self))
        foot.addWidget(self.cases)
        inner.addLayout(foot)
        box.addWidget(self.form)
        box.addStretch(1)
        box.addWidget(self._buttons())

    def _long(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setObjectName(name)
        field.setTabChangesFocus(True)
        field.setFixedHeight(px(92))
        return field

    def _field(self, box: QVBoxLayout, name: str, words: str, field: QWidget, hint: str) -> None:
        box.addWidget(Line(self))
        inner = QVBoxLayout()
        inner.setContentsMargins(px(16), px(6), px(16), px(6))
        inner.setSpacing(px(4))
        label = section(words, self)
        label.setBuddy(field)
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.setAccessibleDescription(hint)
        for widget in (label, field, small(hint, self, wrap=True)):
            inner.addWidget(widget)
        box.addLayout(inner)

    def _buttons(self) -> QWidget:
        self.foot = QWidget(self)
        self.make = QPushButton(_("Make the category"), self)
        self.make.setObjectName("make_category")
        self.make.setDefault(True)
        self.keep = QPushButton(_("Leave it a pile"), self)
        self.keep.setObjectName("keep_pile")
        self.part = LinkButton(_("Take the pile apart"), "part_pile", self, flush=True)
        for button in (self.make, self.keep):
            button.setAccessibleName(button.text())
        key = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self.make.setToolTip(key)
        self.make.clicked.connect(self.make_category)
        self.keep.clicked.connect(self._keep)
        self.part.clicked.connect(lambda: self.parted.emit(self._heap.guid) if self._heap else None)
        self.name.returnPressed.connect(self.why.setFocus)
        self.differs.returnPressed.connect(self.make_category)
        self.name.textChanged.connect(lambda _t: self._check())
        for keys, act in (("Ctrl+Return", self.make_category), ("Esc", self.left.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.make)
        row.addWidget(self.keep)
        row.addStretch(1)
        box = QVBoxLayout(self.foot)
        box.setContentsMargins(px(16), px(8), px(16), 0)
        box.setSpacing(px(6))
        box.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(row)
        return self.foot

    # -- the pile in hand -----------------------------------------------------------------------------------

    @property
    def pile(self) -> str:
        """The pile in hand."""
        return self._heap.guid if self._heap else ""

    def show_heap(self, heap: Heap | None) -> None:
        """Takes a pile in hand; none, or a category, leaves nothing to name."""
        pile = heap if heap is not None and heap.is_pile else None
        if self._heap is not None and (pile is None or pile.guid != self._heap.guid):
            self._drafts[self._heap.guid] = self._texts()
        fresh = pile is not None and pile.guid != self.pile
        self._heap = pile
        self.form.setVisible(pile is not None)
        self.foot.setVisible(pile is not None)
        self.title.setText(_("From the pile to the category"))
        if pile is None:
            self.which.setText(
                _(
                    "Take a pile in hand to name it; the name makes it a category, "
                    "with a code note that says why."
                )
            )
            self.which.setWordWrap(True)
            return
        where = _("Pile on key {key}").format(key=pile.key) if pile.key else _("Pile")
        self.which.setText(where if pile.name else _("{pile}, not named yet").format(pile=where))
        if fresh:
            name, why, first = self._drafts.get(pile.guid, (pile.name, "", ""))
            self.name.setText(name)
            self.why.setPlainText(why)
            self.differs.setText(first)
        self._count(pile)
        self._check()

    def _texts(self) -> _Texts:
        return self.name.text(), self.why.toPlainText(), self.differs.text()

    def _count(self, pile: Heap) -> None:
        from qda.coding.material import cases

        counts = counts_by_case(self._desk.project)
        codings: dict[str, int] = {}
        for code in pile.codes:
            found = counts.get(code.guid)
            for case, n in found.by_case.items() if found else ():
                codings[case] = codings.get(case, 0) + n
        names = [(c.name, codings[c.guid]) for c in cases(self._desk.project) if c.guid in codings]
        self.cases.setText(_told(names, counted=pile.counted))

    def _check(self) -> None:
        writable = not self._desk.project.read_only
        full = self._heap is not None and bool(self._heap.codes)
        self.make.setEnabled(writable and full and bool(self.name.text().strip()))
        self.keep.setEnabled(writable)
        self.part.setEnabled(writable)

    def begin(self) -> None:
        """Puts the cursor into the name."""
        if self._heap is not None:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()

    def make_category(self) -> None:
        """Makes the category, if it has a name."""
        if self._heap is not None and self.make.isEnabled():
            self.made.emit(self._heap.guid, *self._texts())

    def done(self, pile: str) -> None:
        """The pile is a category now: what was typed for it is kept there."""
        self._drafts.pop(pile, None)

    def _keep(self) -> None:
        if self._heap is not None:
            self.named.emit(self._heap.guid, self.name.text())


def _told(names: Sequence[tuple[str, int]], *, counted: bool) -> str:
    if not names:
        return _("None of these codes stands in a case yet.")
    listed = ", ".join(f"{name} ({n})" if counted else name for name, n in names)
    return ngettext("{n} case: {cases}", "{n} cases: {cases}", len(names)).format(n=len(names), cases=listed)
