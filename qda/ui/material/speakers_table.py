"""Who speaks in a document: label, name, turns, words, role, case; labels of one person are merged here."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.asking import NEW_CASE, ask_name
from qda.ui.fonts import figures, px, ui_font
from qda.ui.material.fields import Choice, none_first
from qda.ui.material.words import ROLES
from qda.ui.memos.autosave import AutoLine
from qda.ui.status import locale
from qda.ui.surfaces import LinkButton, small

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow, SpeakerRow
    from qda.ui.desk import Desk

_LEFT_APART: Final = "speakers.apart:"  # labels that look alike and were said to be two people


class SpeakersTable(QWidget):
    """A row a speaker; every field is an act. Labels that look mistyped are proposed for merging."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source = ""
        self._shape: tuple[object, ...] = ()
        self._names: dict[str, AutoLine] = {}
        self.setObjectName("speakers")
        self.setAccessibleName(_("Who speaks"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)
        self._likes = QVBoxLayout()
        self._likes.setSpacing(px(2))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addLayout(self._grid)
        box.addLayout(self._likes)

    def show_speakers(self, source: str, rows: "list[SpeakerRow]", cases: "list[CaseRow]") -> None:
        """Shows the speakers of a document; a name that is being typed stays."""
        from qda.coding.speakers import words_spoken

        words = words_spoken(self._desk.project, source=source) if rows else {}
        left_apart = self._desk.project.setting(_LEFT_APART + source)
        shape = (
            source,
            tuple(rows),
            tuple((c.guid, c.name) for c in cases),
            tuple(words.items()),
            left_apart,
        )
        if shape == self._shape:
            return
        typing = next((guid for guid, line in self._names.items() if line.hasFocus()), "")
        focus = self.focusWidget()
        kept = focus.objectName() if focus is not None and self.isAncestorOf(focus) and not typing else ""
        place = self._names[typing].cursorPosition() if typing else 0
        self._source, self._shape = source, shape
        for line in self._names.values():
            line.flush()
        _empty(self._grid)
        _empty(self._likes)
        self._names = {}
        if not rows:
            self._grid.addWidget(
                small(_("No speakers were found; the text is read as one."), self), 0, 0, 1, 7
            )
            return
        self._heads()
        for at, row in enumerate(rows, start=1):
            self._row(at, row, rows, cases, words.get(row.guid, 0))
        self._propose(rows, left_apart)
        self._refocus(typing, place, kept)

    def _refocus(self, typing: str, place: int, kept: str) -> None:
        if typing in self._names:
            field = self._names[typing]
            field.show()  # a layout shows its new widgets later, and the focus cannot wait
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.setCursorPosition(place)
        elif kept:
            for again in self.findChildren(QWidget, kept)[-1:]:  # the old one is on its way out
                again.show()
                again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _heads(self) -> None:
        heads = (_("Label"), _("Name"), _("Turns"), _("Words"), _("Role"), _("Case"))
        for column, words in enumerate(heads):
            right = Qt.AlignmentFlag.AlignRight if column in (2, 3) else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(small(words, self), 0, column, right)

    def _row(
        self, at: int, row: "SpeakerRow", rows: "list[SpeakerRow]", cases: "list[CaseRow]", words: int
    ) -> None:
        label = QLabel(row.label, self)
        label.setFont(ui_font(semibold=True))
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(self._name(at, row), at, 1)
        for column, number in ((2, row.turns), (3, words)):
            count = QLabel(locale().toString(number), self)
            count.setFont(figures(ui_font()))
            self._grid.addWidget(count, at, column, Qt.AlignmentFlag.AlignRight)
        role = self._choice(f"speaker_role_{at - 1}", _("Role of {name}"), row, [(k, _(w)) for k, w in ROLES])
        role.show_key(row.role)
        role.activated.connect(lambda _at: self._set_role(row.guid, role.currentData()))
        known = none_first(((c.guid, c.name) for c in cases), _("as the document"))
        case = self._choice(
            f"speaker_case_{at - 1}", _("Case of {name}"), row, [*known, (NEW_CASE, _("New case…"))]
        )
        case.show_key(row.case or "")
        case.activated.connect(lambda _at: self._set_case(row.guid, case.currentData()))
        case.setVisible(row.role == "respondent")
        for column, choice in ((4, role), (5, case)):
            self._grid.addWidget(choice, at, column)
        if len(rows) > 1 and not self._desk.project.read_only:
            into = LinkButton(_("Merge into…"), f"speaker_into_{at - 1}", self)
            into.setAccessibleName(_("Merge {name} into another speaker").format(name=row.label))
            into.clicked.connect(lambda _checked=False: self._ask_into(row, rows))
            self._grid.addWidget(into, at, 6)

    def _name(self, at: int, row: "SpeakerRow") -> QLineEdit:
        field = AutoLine(self)
        field.setObjectName(f"speaker_name_{at - 1}")
        field.setAccessibleName(_("Name of {name}").format(name=row.label))
        field.setPlaceholderText(_("Who is this?"))
        field.setMinimumWidth(px(90))
        field.setReadOnly(self._desk.project.read_only)
        field.show_other(row.name)
        field.settled.connect(lambda name: self._set_name(row.guid, name))
        self._names[row.guid] = field
        return field

    def _choice(self, name: str, says: str, row: "SpeakerRow", choices: list[tuple[str, str]]) -> Choice:
        made = Choice(name, says.format(name=row.label), choices, self)
        made.setEnabled(not self._desk.project.read_only)
        made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(13)
        return made

    # -- proposals -------------------------------------------------------------------------------------------

    def _propose(self, rows: "list[SpeakerRow]", left_apart: str) -> None:
        from qda.exchange.labels import similar_labels

        if self._desk.project.read_only:
            return
        by_label = {row.label: row for row in rows}
        apart = set(left_apart.split("\n"))
        for like in similar_labels({row.label: row.turns for row in rows}):
            if f"{like.label}\t{like.like}" in apart:
                continue
            words = ngettext(
                "“{label}” ({n} turn) looks like “{like}” mistyped.",
                "“{label}” ({n} turns) looks like “{like}” mistyped.",
                by_label[like.label].turns,
            ).format(label=like.label, like=like.like, n=by_label[like.label].turns)
            line = QWidget(self)
            box = QHBoxLayout(line)
            box.setContentsMargins(0, 0, 0, 0)
            told = QLabel(words, line)
            told.setTextFormat(Qt.TextFormat.PlainText)
            box.addWidget(told)
            merge, leave = by_label[like.label].guid, by_label[like.like].guid
            self._link(box, "speaker_merge", _("Merge"), words, partial(self._merge, merge, leave))
            apart_act = partial(self._leave, like.label, like.like)
            self._link(box, "speaker_apart", _("Leave apart"), words, apart_act)
            box.addStretch(1)
            self._likes.addWidget(line)

    @staticmethod
    def _link(box: QHBoxLayout, name: str, words: str, about: str, act: Callable[[], object]) -> None:
        link = LinkButton(words, name)
        link.setAccessibleDescription(about)
        link.clicked.connect(lambda _checked=False: act())
        box.addWidget(link)

    def _leave(self, label: str, like: str) -> None:
        key = _LEFT_APART + self._source
        kept = self._desk.project.setting(key)
        self._desk.project.set_setting(key, "\n".join(part for part in (kept, f"{label}\t{like}") if part))
        for at in range(self._likes.count()):
            item = self._likes.itemAt(at)
            line = item.widget() if item is not None else None
            told = line.findChild(QLabel) if line is not None else None
            if line is not None and told is not None and f"“{label}”" in told.text():
                line.hide()
        self._shape = ()

    # -- acts ------------------------------------------------------------------------------------------------

    def _set_name(self, speaker: str, name: str) -> None:
        from qda.coding.speakers import name_speaker

        self._desk.do(name_speaker, speaker=speaker, name=name)

    def _set_role(self, speaker: str, role: str) -> None:
        from qda.coding.documents import set_speaker_role

        self._desk.do(set_speaker_role, speaker=speaker, role=role)

    def _ask_into(self, row: "SpeakerRow", rows: "list[SpeakerRow]") -> None:
        from qda.ui.turns.picking import Choice as Row
        from qda.ui.turns.picking import PickDialog

        question = _("All turns of “{name}” were spoken by …").format(name=row.label)
        others = [
            Row(one.guid, one.label, ngettext("{n} turn", "{n} turns", one.turns).format(n=one.turns))
            for one in rows
            if one.guid != row.guid
        ]
        dialog = PickDialog(self, _("Merge speakers"), question, others)
        dialog.picked.connect(lambda into: self._merge(row.guid, into))
        dialog.open()

    def _merge(self, speaker: str, into: str) -> None:
        from qda.coding.speakers import merge_speakers

        if into:
            self._desk.do(merge_speakers, speaker=speaker, into=into)

    def _set_case(self, speaker: str, case: str) -> None:
        from qda.coding.documents import set_speaker_case

        if case != NEW_CASE:
            self._desk.do(set_speaker_case, speaker=speaker, case=case or None)
            return
        self._shape = ()  # where no name is given the choice shows again what holds
        ask_name(self, _("New case"), _("Name of the case"), lambda name: self._new_case(speaker, name))

    def _new_case(self, speaker: str, name: str) -> None:
        from qda.coding.cases import add_case
        from qda.coding.documents import set_speaker_case

        if case := self._desk.do(add_case, name=name):
            self._desk.do(set_speaker_case, speaker=speaker, case=case)


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
