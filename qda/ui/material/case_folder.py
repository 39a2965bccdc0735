"""The folder of a case: its documents with who speaks, postscripts, memos, the cases inside it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import px, ui_font
from qda.ui.material.words import KINDS
from qda.ui.status import locale
from qda.ui.surfaces import Elided, LinkButton, section, small

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.coding.rows import CaseRow, SourceRow, SpeakerRow
    from qda.ui.desk import Desk

_TALKS: Final = ("interview", "focus_group")
_NOTES: Final = ("postscript", "field_note")


class CaseFolder(QWidget):
    """Lists what the folder holds; every row leads there."""

    document_wanted = Signal(str)
    postscript_wanted = Signal()
    files_wanted = Signal()
    inner_wanted = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._link_count = 0
        self.setObjectName("case_folder")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addWidget(section(_("Folder"), self))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        box.addLayout(self._rows)
        acts = QHBoxLayout()
        acts.setSpacing(px(12))
        self.add = self._act(_("Add documents…"), "case_add_documents", self.files_wanted, acts)
        self.postscript = self._act(_("New postscript…"), "case_new_postscript", self.postscript_wanted, acts)
        self.inner = self._act(_("New case inside…"), "case_new_inner", self.inner_wanted, acts)
        acts.addStretch(1)
        box.addLayout(acts)

    def _act(self, words: str, name: str, signal: object, row: QHBoxLayout) -> LinkButton:
        link = LinkButton(words, name, self, flush=True)
        link.clicked.connect(lambda _checked=False: signal.emit())  # type: ignore[attr-defined]
        row.addWidget(link)
        return link

    def show_case(self, row: "CaseRow", known: "list[CaseRow]", *, writable: bool) -> None:
        """Reads the folder anew."""
        from qda.coding.material import in_reading_order, sources, speakers
        from qda.coding.memo_queries import memos
        from qda.ui.memos.targets import kind_name

        self._empty()
        documents = {s.guid: s for s in in_reading_order(sources(self._desk.project))}
        own = [s for guid, s in documents.items() if guid in set(row.sources)]
        talking = [s for s in speakers(self._desk.project) if s.source in set(row.sources)]
        for name, rows in (
            (_("Transcripts"), [s for s in own if s.kind in _TALKS]),
            (_("Postscripts and field notes"), [s for s in own if s.kind in _NOTES]),
            (_("Documents"), [s for s in own if s.kind not in (*_TALKS, *_NOTES)]),
        ):
            if rows:
                self._head(name)
            for document in rows:
                told = _told(document, row, talking)
                self._link(
                    document.title,
                    told,
                    "case_document",
                    partial(self.document_wanted.emit, document.guid),
                )
        hanging = [m for m in memos(self._desk.project, target=f"case:{row.guid}") if m.kind != "portrait"]
        if hanging:
            self._head(_("Memos"))
        for memo in hanging:
            go = partial(self._desk.memo_wanted.emit, memo.guid, "")
            self._link(memo.title, kind_name(memo.kind), "case_memo", go)
        self._show_cases(row, known)
        for link in (self.add, self.postscript):
            link.setVisible(writable)
        self.inner.setVisible(writable and row.parent is None)

    def _show_cases(self, row: "CaseRow", known: "list[CaseRow]") -> None:
        inner = [case for case in known if case.parent == row.guid]
        above = [case for case in known if case.guid == row.parent]
        for name, cases, kind in (
            (_("Stands in"), above, "case_above"),
            (_("Cases inside"), inner, "case_inner"),
        ):
            if cases:
                self._head(name)
            for case in cases:
                first = case.description.split("\n", 1)[0]
                self._link(case.name, first, kind, partial(self._desk.case_chosen.emit, case.guid))

    def _empty(self) -> None:
        self._link_count = 0
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _head(self, words: str) -> None:
        label = small(words, self)
        label.setContentsMargins(0, px(6), 0, 0)
        self._rows.addWidget(label)

    def _link(self, words: str, told: str, kind: str, act: "Callable[[], object]") -> None:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        at = self._link_count
        self._link_count += 1
        link = LinkButton(words.replace("&", "&&"), f"{kind}_{at}", row, flush=True)
        link.setAccessibleName(f"{words}, {told}" if told else words)
        link.clicked.connect(lambda _checked=False: act())
        note = Elided(told, row)
        note.setFont(ui_font(12 / 13))
        note.setProperty("minor", True)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(link)
        line.addWidget(note, 1)
        self._rows.addWidget(row)

    def focus_first(self) -> None:
        """To the first row, or the first act."""
        first = self.findChild(LinkButton)
        (first or self.add).setFocus(Qt.FocusReason.OtherFocusReason)


def _told(document: "SourceRow", case: "CaseRow", speakers: "list[SpeakerRow]") -> str:
    """What stands behind a document: its kind, its figures, and who of it belongs to the case."""
    say = locale().toString
    kind = next((_(words) for key, words in KINDS if key == document.kind), document.kind)
    parts = [kind] if document.kind in ("focus_group", "field_note") else []
    if document.turns:
        parts.append(ngettext("{n} turn", "{n} turns", document.turns).format(n=say(document.turns)))
    n = document.codings
    parts.append(ngettext("{n} coding", "{n} codings", n).format(n=say(n)))
    heard = [
        s.name or s.label
        for s in speakers
        if s.source == document.guid
        and s.role == "respondent"
        and (s.case == case.guid or (s.case is None and document.case == case.guid))
    ]
    if heard and (document.kind == "focus_group" or document.case != case.guid):
        parts.append(_("speaks as {names}").format(names=", ".join(heard)))
    return " · ".join(parts)


class PortraitField(QWidget):
    """The portrait of a case, written where it is read. It is a memo like any other."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        from qda.ui.material.fields import GrowingText

        super().__init__(parent)
        self._desk = desk
        self._case = ""
        self._name = ""
        self._memo = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        head = QHBoxLayout()
        title: QLabel = section(_("Portrait"), self)
        self.open = LinkButton(_("Open at the memo desk"), "case_portrait_open", self)
        self.open.clicked.connect(lambda _checked=False: desk.memo_wanted.emit(self._memo, ""))
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.open)
        box.addLayout(head)
        self.text = GrowingText("case_portrait", _("Portrait of the case"), self, lines=3)
        self.text.setPlaceholderText(_("Who this is, how the conversation went, what makes the case its own"))
        self.text.settled.connect(self._write)
        title.setBuddy(self.text)
        box.addWidget(self.text)
        self._others = small("", self, wrap=True)
        box.addWidget(self._others)

    def show_case(self, row: "CaseRow", *, writable: bool) -> None:
        """Shows the newest portrait; what is being typed stays."""
        from qda.coding.memo_queries import memos

        found = memos(self._desk.project, target=f"case:{row.guid}", kind="portrait")
        if other := row.guid != self._case:
            self.text.flush()
        # the one in hand stays, also while others come
        newest = next((m for m in found if m.guid == self._memo), found[0] if found else None)
        other = other or bool(newest and newest.guid != self._memo and self._memo)
        self._case, self._name, self._memo = row.guid, row.name, newest.guid if newest else ""
        body = newest.body if newest else ""
        (self.text.show_other if other else self.text.show_text)(body)
        self.text.setReadOnly(not writable)
        self.open.setVisible(newest is not None)
        n = len(found) - 1
        self._others.setVisible(n > 0)
        self._others.setText(
            ngettext(
                "{n} more portrait of this case is at the memo desk.",
                "{n} more portraits of this case are at the memo desk.",
                n,
            ).format(n=n)
            if n > 0
            else ""
        )

    def _write(self, text: str) -> None:
        from qda.coding.memos import edit_memo, write_memo

        if self._memo:
            self._desk.do(edit_memo, memo=self._memo, body=text)
        elif text.strip():
            title = _("Portrait of {name}").format(name=self._name)
            made = self._desk.do(
                write_memo, kind="portrait", title=title, body=text, target=f"case:{self._case}"
            )
            self._memo = made or ""
