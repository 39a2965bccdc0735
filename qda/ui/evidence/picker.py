"""All passages that could be evidence of a relation, as a list: nearby, of both codes, passed over.

S, W, E make evidence of the current one, U passes it over or takes it up again; the window stays open.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding import codes, evidence
from qda.coding.candidate_context import AROUND, Piece, passed_over
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import RelationRow, SegmentRow
from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList, matching
from qda.ui.axial.reading import Reading
from qda.ui.axial.segmented import SIGNS, Segmented
from qda.ui.axial.words import kinds, polarity_word
from qda.ui.background import Background
from qda.ui.evidence.item import POLARITIES
from qda.ui.evidence.keys import ListKeys
from qda.ui.evidence.nearby import Found, look
from qda.ui.evidence.nearness import Nearness, fill_menu, keep, kept
from qda.ui.evidence.words import as_html, where_and_why
from qda.ui.fonts import QUOTE, px, reading_font
from qda.ui.open_coding import citing
from qda.ui.suggesting.likening import Likening
from qda.ui.surfaces import LinkButton, scrolled, section, small
from qda.ui.theme import tokens_of
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.models import Changed, Project
    from qda.ui.desk import Desk

_MOST: Final = 400  # passages in the list; more are found by a nearer reach or by case
_SCOPE: Final = "axial.picker"
_BLINK_S: Final = 0.045


@dataclass(frozen=True, slots=True)
class Offer:
    """A row: its passages, what stands below it, its text with what is around; ``passes``: GUIDs to undo."""

    key: str
    rows: tuple[SegmentRow, ...]
    code: str
    below: str
    pieces: tuple[Piece, ...] = ()
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """What was found, how many there are in all, and in which cases."""

    scope: str
    rows: tuple[Offer, ...]
    total: int
    cases: tuple[tuple[str, str, int], ...] = ()


def _near(
    project: "Project", relation: RelationRow, nearness: Nearness, case: str, likening: Likening
) -> Offers:
    found: Found = look(
        project, relation.guid, nearness, case=case or None, limit=_MOST, wide=AROUND, likening=likening
    )
    rows = []
    for one, pieces in zip(found.page.rows, found.pieces, strict=True):
        both = tuple(row for row in (one.segment, one.other) if row is not None)
        rows.append(Offer(" ".join(one.segments), both, one.codes[0].guid, where_and_why(one), pieces))
    by_case = tuple((one.case or "", one.name, one.count) for one in found.page.by_case if one.case)
    total = sum(n for guid, _name, n in by_case if guid == case) if case else found.page.total
    return Offers("near", tuple(rows), total, by_case)


def _both(project: "Project", relation: RelationRow, names: dict[str, str], case: str) -> Offers:
    """The passages of either code; those under both come first."""
    with yielding():
        found: dict[str, tuple[SegmentRow, list[str]]] = {}
        for end in (relation.from_code, relation.to_code):
            for coding in codes.codings(project, code=end, below=True):
                _row, ends = found.setdefault(coding.segment.guid, (coding.segment, []))
                if end not in ends:
                    ends.append(end)
    counted: dict[str, list[object]] = {}
    for row, _ends in found.values():
        if row.case:
            entry = counted.setdefault(row.case, [row.case_name, 0])
            entry[1] = int(str(entry[1])) + 1
    some = [(row, ends) for row, ends in found.values() if not case or row.case == case]
    some.sort(key=lambda one: -len(one[1]))
    rows = tuple(
        Offer(
            row.guid,
            (row,),
            ends[0],
            f"{paragraphs_cited(row)} · {' + '.join(names.get(end, '') for end in ends)}",
        )
        for row, ends in some[:_MOST]
    )
    by_case = tuple((guid, str(entry[0]), int(str(entry[1]))) for guid, entry in counted.items())
    return Offers("both", rows, len(some), by_case)


def _passed(project: "Project", relation: RelationRow) -> Offers:
    rows = tuple(
        Offer(one.segment.guid, (one.segment,), "", paragraphs_cited(one.segment), (), (one.guid,))
        for one in passed_over(project, relation.guid)
    )
    return Offers("passed", rows, len(rows))


class Picker(QDialog):
    """Search, then S, W, E or U; it stays open for more."""

    taken = Signal(list, str, str)  # passages, polarity, kind

    def __init__(
        self,
        desk: "Desk",
        reading: Reading,
        relation: RelationRow,
        used: Callable[[], dict[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._relation, self._used = desk, reading, relation, used
        self._nearness = kept(desk.project)
        self._offers = Offers("", (), 0)
        self._known: dict[str, Offer] = {}
        self._worker = Background(self)
        self._worker.done.connect(self._came)
        self.setObjectName("picker")
        self.setWindowTitle(_("Passages for a relation"))
        self.finished.connect(self._leave)
        self.resize(px(780), px(640))
        self._make()
        self._lay_out()
        self.scope.show_key(desk.project.setting(_SCOPE) or "near")
        desk.changed.connect(self._changed)
        self._first = True
        self.look()
        self._wait()

    def _wait(self) -> None:
        """What comes within a blink is there before the first key is pressed."""
        until = time.monotonic() + _BLINK_S
        while not self._offers.scope and time.monotonic() < until:
            time.sleep(0.002)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    # -- building ----------

    def _make(self) -> None:
        choices = (("near", _("Nearby")), ("both", _("Of both codes")), ("passed", _("Passed over")))
        self.scope = Segmented("picker_scope", _("Which passages"), choices, self)
        self.scope.chosen.connect(self._scoped)
        self.nearness = LinkButton("", "picker_nearness", self)
        self.nearness.clicked.connect(self._ask_nearness)
        self.case = QComboBox(self)
        self.case.setObjectName("picker_case")
        self.case.setAccessibleName(_("Case"))
        self.case.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.case.activated.connect(self.look)
        self.field = QLineEdit(self)
        self.field.setObjectName("picker_field")
        self.field.setAccessibleName(_("Search in the passages"))
        self.field.setPlaceholderText(_("Search in the passages"))
        self.field.textChanged.connect(self.refresh)
        self.list = ChoiceList("picker_list", _("Passages"), self)
        self.list.turned_to.connect(self._show_whole)
        self.list.taken.connect(lambda _key: self.jump())
        self.count = small("", self)
        self._whole = QLabel(self)
        self._whole.setObjectName("picker_words")
        self._whole.setFont(reading_font(QUOTE))
        self._whole.setWordWrap(True)
        self._whole.setTextFormat(Qt.TextFormat.RichText)
        self._whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.kind = Segmented("picker_kind", _("Kind of evidence"), kinds(), self)
        self.kind.show_key("spoken")
        self.over = LinkButton("", "picker_pass", self)
        self.over.clicked.connect(self.pass_over)
        ListKeys(self.field, self.list, self.kind, self.take, {Qt.Key.Key_U: self.pass_over})

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(14), px(16), px(12))
        box.setSpacing(px(9))
        statement = self._relation.statement or f"{self._relation.from_name} – {self._relation.to_name}"
        head = section(f"{self._relation.number}  {statement}", self)
        head.setWordWrap(True)
        box.addWidget(head)
        which = QHBoxLayout()
        which.setSpacing(px(8))
        for widget in (self.scope, self.nearness):
            which.addWidget(widget)
        which.addStretch(1)
        which.addWidget(self.case)
        box.addLayout(which)
        box.addWidget(self.field)
        box.addWidget(self.count)
        box.addWidget(self.list, 3)
        area = scrolled(self._whole)
        area.setMinimumHeight(px(110))
        box.addWidget(area, 1)
        box.addLayout(self._keys())
        QShortcut(QKeySequence("Ctrl+Shift+C"), self, self._copy)

    def _keys(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(6))
        self._buttons: list[QWidget] = []
        for key, polarity in POLARITIES.items():
            words = polarity_word(polarity)
            button = QPushButton(f"{SIGNS[polarity]} {words}  {chr(key)}", self)
            button.setObjectName(f"picker_{polarity}")
            button.setAccessibleName(_("The passage {does}").format(does=words))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, polarity=polarity: self.take(polarity))
            self._buttons.append(button)
            row.addWidget(button)
        row.addWidget(self.kind)
        row.addWidget(self.over)
        row.addStretch(1)
        done = QPushButton(_("Done"), self)
        done.setObjectName("picker_done")
        done.setAccessibleName(_("Done"))
        done.setAutoDefault(False)
        done.clicked.connect(self.accept)
        row.addWidget(done)
        for one in (*self._buttons, self.kind, self.over):
            one.setEnabled(not self._desk.project.read_only)
        return row

    # -- what is shown ----------

    def look(self) -> None:
        """Looks the passages up; the list stays until they are there."""
        project, relation, nearness = self._desk.project, self._relation, self._nearness
        case, scope, likening = str(self.case.currentData() or ""), self.scope.key, Likening.of(self._desk)
        names = {end: self._reading.name(end) for end in (relation.from_code, relation.to_code)}
        work: dict[str, Callable[[], Offers]] = {
            "near": lambda: _near(project, relation, nearness, case, likening),
            "both": lambda: _both(project, relation, names, case),
            "passed": lambda: _passed(project, relation),
        }
        self.nearness.setVisible(scope == "near")
        self.nearness.setText(f"{nearness.words} ▾")
        self.case.setVisible(scope != "passed")
        self.over.setVisible(scope != "both")
        self.over.setText(_("Offer again  U") if scope == "passed" else _("Pass over  U"))
        self._worker.ask("offers", work.get(scope, work["near"]))

    def _came(self, _kind: str, found: object) -> None:
        if not isinstance(found, Offers) or found.scope != self.scope.key:
            return
        first, self._first = self._first, False
        if first and found.scope == "near" and not found.rows:  # no dead end: those of both codes are left
            self.scope.show_key("both")
            self.look()
            return
        self._offers, self._known = found, {one.key: one for one in found.rows}
        now = self.case.currentData()
        if found.cases:
            self.case.clear()
            self.case.addItem(_("All cases"), "")
            for guid, name, n in found.cases:
                self.case.addItem(f"{name}  {n:n}", guid)
            self.case.setCurrentIndex(max(0, self.case.findData(now)))
        self.refresh()

    def refresh(self) -> None:
        """Shows the passages that match, and what they are already."""
        used = self._used()
        rows = []
        for one in self._offers.rows:
            known = [used[row.guid] for row in one.rows if row.guid in used]
            polarity = known[0] if len(known) == len(one.rows) else ""
            below = f"{one.below} · {polarity_word(polarity)}" if polarity else one.below
            rows.append(
                Choice(
                    one.key,
                    " ".join(quoted(spoken(row)) for row in one.rows),
                    self._reading.colour(one.code) if one.code else None,
                    SIGNS.get(polarity, ""),
                    below,
                    quote=True,
                    faded=bool(polarity),
                )
            )
        shown = matching(rows, self.field.text())
        at = self.list.currentIndex().row()
        self.list.show_choices(shown)
        if shown and self.list.key not in {row.key for row in shown}:
            self.list.setCurrentIndex(self.list.choices.index(min(max(at, 0), len(shown) - 1)))
        self.count.setText(self._counted(len(shown)))
        self._show_whole(self.list.key)

    def _counted(self, shown: int) -> str:
        found = self._offers
        if not found.rows:
            return {
                "near": _(
                    "No passage nearby that is not judged yet. Look farther, or among those of both codes."
                ),
                "both": _("Neither of the two codes has a passage."),
                "passed": _("Nothing was passed over."),
            }.get(found.scope, _("Looking …"))
        if found.total > len(found.rows):
            words = _("The first {n} of {all} passages: choose a case, or look nearer.")
            return words.format(n=len(found.rows), all=f"{found.total:n}")
        return ngettext("{n} passage", "{n} passages", shown).format(n=shown)

    def _show_whole(self, key: str) -> None:
        one = self._known.get(key) if key else None
        if one is None:
            self._whole.setText("")
            return
        plain = tuple(Piece(f"{quoted(spoken(row))} ", "around") for row in one.rows)
        self._whole.setText(as_html(one.pieces or plain, tokens_of(self)))

    # -- acts ----------

    @property
    def _current(self) -> Offer | None:
        return self._known.get(self.list.key) if self.list.key else None

    def passages_in_hand(self) -> list[SegmentRow]:
        """The passages that are lit, to be cited."""
        return list(self._current.rows) if self._current else []

    def _copy(self) -> None:
        citing.copy_from(self.list, self.passages_in_hand())

    def take(self, polarity: str) -> None:
        """The current row becomes evidence; the next one is current then."""
        if self._desk.project.read_only or (one := self._current) is None:
            return
        self.taken.emit([row.guid for row in one.rows], polarity, self.kind.key or "spoken")
        if one.passes:
            self._desk.do(evidence.take_up_candidates, passed=list(one.passes))
        self._judged(one)

    def _judged(self, one: Offer) -> None:
        """The next row is in hand at once, whenever the list comes anew."""
        if self._offers.scope == "both":
            self.refresh()
            self.list.step(1)
            return
        left = tuple(row for row in self._offers.rows if row.key != one.key)
        self._offers = replace(self._offers, rows=left, total=max(0, self._offers.total - 1))
        self.refresh()

    def pass_over(self) -> None:
        """Passes the current row over, or offers it again."""
        if self._desk.project.read_only or (one := self._current) is None:
            return
        if one.passes:
            self._desk.do(evidence.take_up_candidates, passed=list(one.passes))
            self._judged(one)
        elif self._offers.scope == "near":
            segments = [row.guid for row in one.rows]
            self._desk.do(evidence.pass_candidates, relation=self._relation.guid, segments=segments)
            self._judged(one)

    def jump(self) -> None:
        """Closes and shows the passage in its text."""
        if (one := self._current) is not None:
            row = one.rows[0]
            self.accept()
            self._desk.source_wanted.emit(row.source, row.start, row.stop)

    def _scoped(self, key: str) -> None:
        self._desk.project.set_setting(_SCOPE, key)
        self.case.setCurrentIndex(0)
        self.look()

    def _ask_nearness(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self._nearness, self._use)
        menu.popup(self.nearness.mapToGlobal(self.nearness.rect().bottomLeft()))

    def _use(self, nearness: Nearness) -> None:
        self._nearness = nearness
        keep(self._desk.project, nearness)
        self.look()

    def _changed(self, change: "Changed") -> None:
        if change.tables & {"evidence", "evidence_segment", "candidate_pass", "coding"}:
            self.refresh()
            self.look()

    def _leave(self) -> None:
        self._desk.changed.disconnect(self._changed)
        self._worker.stop()
        self.deleteLater()
