"""The folder of a case: its documents with who speaks, postscripts, memos, the cases inside it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.material.words import KINDS
from qda.ui.status import locale
from qda.ui.surfaces import Elided, LinkButton, section, small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.coding.rows import CaseRow, SourceRow, SpeakerRow
    from qda.ui.desk import Desk

_Row = tuple[str, str, str, str]  # kind ("": a heading), GUID, words, what stands behind them
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
        self._shown: list[_Row] = []
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
        """Reads the folder anew; what has not changed stays, with the focus that it may have."""
        rows = [*self._documents(row), *self._memos(row), *_cases(row, known)]
        if rows != self._shown:
            self._shown = rows
            self._build(rows)
        for link in (self.add, self.postscript):
            link.setVisible(writable)
        self.inner.setVisible(writable and row.parent is None)

    def _documents(self, row: "CaseRow") -> "Iterator[_Row]":
        from qda.coding.material import in_reading_order, sources, speakers

        inside = set(row.sources)
        own = [s for s in in_reading_order(sources(self._desk.project)) if s.guid in inside]
        talking = [s for s in speakers(self._desk.project) if s.source in inside]
        for name, rows in (
            (_("Transcripts"), [s for s in own if s.kind in _TALKS]),
            (_("Postscripts and field notes"), [s for s in own if s.kind in _NOTES]),
            (_("Documents"), [s for s in own if s.kind not in (*_TALKS, *_NOTES)]),
        ):
            if rows:
                yield "", "", name, ""
            for document in rows:
                yield "case_document", document.guid, document.title, _told(document, row, talking)

    def _memos(self, row: "CaseRow") -> "Iterator[_Row]":
        from qda.coding.memo_queries import memos
        from qda.ui.memos.targets import kind_name

        found = [m for m in memos(self._desk.project, target=f"case:{row.guid}") if m.kind != "portrait"]
        if found:
            yield "", "", _("Memos"), ""
        for memo in found:
            yield "case_memo", memo.guid, memo.title, kind_name(memo.kind)

    def _build(self, rows: "list[_Row]") -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        count = 0
        for kind, guid, words, told in rows:
            if kind:
                self._rows.addWidget(
                    self._link(f"{kind}_{count}", words, told, partial(self._go, kind, guid))
                )
                count += 1
            else:
                label = small(words, self)
                label.setContentsMargins(0, px(6), 0, 0)
                self._rows.addWidget(label)

    def _go(self, kind: str, guid: str) -> None:
        if kind == "case_document":
            self.document_wanted.emit(guid)
        elif kind == "case_memo":
            self._desk.memo_wanted.emit(guid, "")
        else:
            self._desk.case_chosen.emit(guid)

    def _link(self, name: str, words: str, told: str, act: "Callable[[], object]") -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        link = LinkButton(words.replace("&", "&&"), name, row, flush=True)
        link.setAccessibleName(f"{words}, {told}" if told else words)
        link.clicked.connect(lambda _checked=False: act())
        note = Elided(told, row)
        note.setFont(ui_font(SMALL))
        note.setProperty("minor", True)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(link)
        line.addWidget(note, 1)
        return row


def _cases(row: "CaseRow", known: "list[CaseRow]") -> "Iterator[_Row]":
    """The case that this one stands in, and those inside it."""
    for name, cases, kind in (
        (_("Stands in"), [case for case in known if case.guid == row.parent], "case_above"),
        (_("Cases inside"), [case for case in known if case.parent == row.guid], "case_inner"),
    ):
        if cases:
            yield "", "", name, ""
        for case in cases:
            yield kind, case.guid, case.name, case.description.split("\n", 1)[0]


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
