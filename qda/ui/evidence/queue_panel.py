"""Codes of a relation searched for in a case? What waits to be looked at, as a list to go through.

Enter shows the passages, N keeps "searched, found none", Space lays a row aside until the list is made anew.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qda.coding import evidence
from qda.coding.relation_queue import Waiting, waiting
from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList
from qda.ui.background import Background
from qda.ui.evidence.searching import SearchDialog
from qda.ui.fonts import px
from qda.ui.places import Panel
from qda.ui.surfaces import LinkButton, head_row, on_panel, small
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.models import Changed, Project
    from qda.ui.desk import Desk

_SHOWN: Final = 300
_WATCHED: Final = frozenset(
    {
        *("coding", "code", "segment", "source", "case_", "speaker", "paradigm_model"),
        *("relation", "evidence", "evidence_segment", "counter_search"),
    }
)


def _look(project: "Project") -> tuple[Waiting, ...]:
    with yielding():
        return tuple(waiting(project))


def _key(row: Waiting) -> str:
    return f"{row.relation} {row.case}"


class QueuePanel(Panel):
    """``lead`` shows the passages of a relation in a case; the workspace gives it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lead: Callable[[str, str], object] = lambda _relation, _case: None
        self._rows: dict[str, Waiting] = {}
        self._aside: dict[str, None] = {}
        self._stale = True
        self._worker = Background(self)
        self._worker.done.connect(self._came)
        self.setObjectName("relation_queue")
        self.setMinimumWidth(px(300))
        on_panel(self)
        self._make()
        desk.changed.connect(self._changed)

    def _make(self) -> None:
        close = LinkButton("✕", "queue_close", self)
        close.setAccessibleName(_("Close"))
        close.clicked.connect(self.closed)
        self.case = QComboBox(self)
        self.case.setObjectName("queue_case")
        self.case.setAccessibleName(_("Case"))
        self.case.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.case.activated.connect(self._fill)
        self.told = small("", self, wrap=True)
        self.told.setObjectName("queue_count")
        self.list = ChoiceList("queue_list", _("Not yet searched"), self)
        self.list.setProperty("panel", True)
        self.list.taken.connect(lambda _key: self.open_passages())
        self.list.installEventFilter(self)
        back = LinkButton("", "queue_back", self)
        back.clicked.connect(self._take_back)
        self.back = back
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, px(8))
        box.setSpacing(px(6))
        box.addLayout(head_row(_("Not yet searched"), close))
        inner = QVBoxLayout()
        inner.setContentsMargins(px(16), 0, px(14), 0)
        inner.setSpacing(px(6))
        inner.addWidget(self.told)
        inner.addWidget(self.case)
        box.addLayout(inner)
        box.addWidget(self.list, 1)
        box.addLayout(self._acts())

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(12), 0, px(12), 0)
        row.setSpacing(px(4))
        self._buttons: list[QPushButton] = []
        for words, name, tip, act in (
            (
                _("Passages"),
                "queue_open",
                _("Shows the passages of the codes in this case"),
                self.open_passages,
            ),
            (
                _("Found none…  N"),
                "queue_none",
                _("Keeps that nothing was found in this case"),
                self.found_none,
            ),
            (_("Aside"), "queue_aside", _("Lays the row aside; key: Space"), self.lay_aside),
        ):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setAccessibleName(tip)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.setProperty("slim", True)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.back)
        return row

    # -- what is shown ----------

    def refresh(self) -> None:
        """Looks again what waits; what is shown stays until it is known."""
        self._stale = False
        project = self._desk.project
        self._worker.ask("queue", lambda: _look(project))

    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came(self, _kind: str, found: object) -> None:
        assert isinstance(found, tuple)
        self._rows = {_key(row): row for row in found}
        self._aside = {key: None for key in self._aside if key in self._rows}
        now = self.case.currentData()
        counts: dict[str, list[str]] = {}
        for row in self._rows.values():
            counts.setdefault(row.case, []).append(row.case_name)
        self.case.clear()
        self.case.addItem(_("All cases"), "")
        for guid, names in sorted(counts.items(), key=lambda one: one[1][0]):
            self.case.addItem(f"{names[0]}  {len(names):n}", guid)
        self.case.setCurrentIndex(max(0, self.case.findData(now)))
        self._fill()

    def _fill(self) -> None:
        case = self.case.currentData() or ""
        some = [row for row in self._rows.values() if (not case or row.case == case)]
        some.sort(key=lambda row: _key(row) in self._aside)
        at = self.list.currentIndex().row()
        shown = [self._choice(row) for row in some[:_SHOWN]]
        self.list.show_choices(shown)
        if shown and self.list.key not in {one.key for one in shown}:
            self.list.setCurrentIndex(self.list.choices.index(min(max(at, 0), len(shown) - 1)))
        self.told.setText(self._words(len(some)))
        self.case.setVisible(bool(self._rows))
        writable = not self._desk.project.read_only
        for number, button in enumerate(self._buttons):
            button.setEnabled(bool(shown) and (writable or number != 1))
        self.back.setVisible(bool(self._aside))
        self.back.setText(_("{n} aside: back").format(n=len(self._aside)))

    def _words(self, count: int) -> str:
        if not self._rows:
            return _(
                "Nothing waits: each relation has evidence from every case in which its codes occur, or it "
                "was searched there."
            )
        words = ngettext(
            "{n} case of a relation: its codes occur, and nobody has searched there yet.",
            "{n} times a case of a relation: its codes occur, and nobody has searched there yet.",
            count,
        ).format(n=f"{count:n}")
        if count > _SHOWN:
            words = f"{words} {_('The first {n} are shown.').format(n=_SHOWN)}"
        return words

    def _choice(self, row: Waiting) -> Choice:
        occurs = {"both": _("both codes"), "from": _("the first code"), "to": _("the second code")}[
            row.occurs
        ]
        return Choice(
            _key(row),
            _("Case {name}").format(name=row.case_name),
            detail=occurs,
            below=f"{row.number}  {row.words}",
            faded=_key(row) in self._aside,
        )

    # -- acts ----------

    @property
    def current(self) -> Waiting | None:
        """The row in hand."""
        return self._rows.get(self.list.key) if self.list.key else None

    def open_passages(self) -> None:
        """Shows the passages of the relation's codes in that case."""
        if (row := self.current) is not None:
            self.lead(row.relation, row.case)

    def found_none(self) -> None:
        """Keeps that nothing was found in that case."""
        row = self.current
        if row is None or self._desk.project.read_only:
            return
        dialog = SearchDialog(self._desk.project, row.relation, self, case=row.case)
        dialog.taken.connect(
            lambda where, words: self._desk.do(
                evidence.note_search, relation=row.relation, note=words, case=where or None
            )
        )
        dialog.finished.connect(lambda _result: self.list.setFocus())
        dialog.open()
        dialog.note.setFocus()

    def lay_aside(self) -> None:
        """The row goes to the end of the list."""
        if (row := self.current) is not None:
            self._aside[_key(row)] = None
            at = self.list.currentIndex().row()
            self._fill()
            self.list.setCurrentIndex(self.list.choices.index(min(at, len(self.list.choices.rows) - 1)))

    def _take_back(self) -> None:
        self._aside.clear()
        self._fill()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        plain = isinstance(event, QKeyEvent) and not event.modifiers()
        if watched is self.list and plain and isinstance(event, QKeyEvent):
            acts = {Qt.Key.Key_N: self.found_none, Qt.Key.Key_Space: self.lay_aside}
            act = acts.get(Qt.Key(event.key()))
            if act is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if act is not None and event.type() == QEvent.Type.KeyPress:
                act()
                return True
        return super().eventFilter(watched, event)

    # -- changes ----------

    def _changed(self, change: "Changed") -> None:
        if change.tables & _WATCHED:
            if self.isVisible():
                self.refresh()
            else:
                self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stale = True

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._worker.stop()
