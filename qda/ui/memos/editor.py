"""The editor of one memo: title, words, type, private, what it hangs on. Saved as one types.

A new memo is stored with its first word; one that stays empty never was.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import QUOTE, SMALL, TEXT_TITLE, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoLine, AutoText
from qda.ui.memos.hanging import Hanging
from qda.ui.memos.targets import KINDS, fitting_kind, name_of, passages_of, quote_of, write_memo_on
from qda.ui.status import told_date
from qda.ui.surfaces import Elided, Framed, on_paper, small
from qda.ui.theme import Tokens

if TYPE_CHECKING:
    from qda.coding.rows import MemoRow, SegmentRow
    from qda.ui.desk import Desk

_TITLE_FROM_BODY = 60  # characters of the first line that become the title of an untitled memo


def _quote_rules(theme: Tokens) -> str:
    return (
        f"#quote {{ border: 0; border-left: 3px solid {theme.quiet_frame}; }}"
        f"#quote QLabel {{ color: {theme.text}; }}"
    )


class MemoEditor(QWidget):
    """Shows one memo, or begins one. ``narrow`` for the panel: less room around the words."""

    stored = Signal(str)  # the GUID of a memo that has just come to be
    emptied = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None, *, narrow: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self.guid = ""
        self._target = ""
        self._kind = "theoretical"
        on_paper(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._sheet = QWidget(self)
        inner = QVBoxLayout(self._sheet)
        side = px(20) if narrow else px(40)
        inner.setContentsMargins(side, px(16) if narrow else px(24), side, px(12))
        inner.setSpacing(px(4))
        self._build(inner)
        self._sheet.setMaximumWidth(px(680))
        box.addWidget(self._sheet, 1)
        self.hanging = Hanging(desk, self, narrow=narrow)
        box.addWidget(self.hanging)
        self.clear()

    def _build(self, box: QVBoxLayout) -> None:
        self.title = AutoLine(self)
        self.title.setObjectName("memo_title")
        self.title.setAccessibleName(_("Title of the memo"))
        self.title.setPlaceholderText(_("Title"))
        self.title.setFont(reading_font(TEXT_TITLE, semibold=True))
        self.title.setStyleSheet(
            "QLineEdit, QLineEdit:focus { border: 0; padding: 0; background: transparent; }"
        )
        self.title.setTextMargins(-2, 0, 0, 0)
        self.title.settled.connect(self._save)
        self.title.returnPressed.connect(self._into_body)
        box.addWidget(self.title)
        box.addLayout(self._second_line())
        self._quote = Framed(_quote_rules, self)
        self._quote.setObjectName("quote")
        words = QVBoxLayout(self._quote)
        words.setContentsMargins(px(12), px(2), 0, px(2))
        words.setSpacing(px(2))
        self._quoted = QLabel(self._quote)
        self._quoted.setWordWrap(True)
        self._quoted.setFont(reading_font(QUOTE))
        self._quoted.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cited = small("", self._quote)
        words.addWidget(self._quoted)
        words.addWidget(self._cited)
        box.addWidget(self._quote)
        box.addSpacing(px(6))
        self.body = AutoText(self)
        self.body.setObjectName("memo_body")
        self.body.setAccessibleName(_("Words of the memo"))
        self.body.setPlaceholderText(_("Write what comes to mind. It is saved as you type."))
        self.body.setFont(reading_font())
        self.body.setStyleSheet(
            "QTextEdit, QTextEdit:focus { border: 0; padding: 0; background: transparent; }"
        )
        self.body.document().setDocumentMargin(0)
        self.body.lead(px(24), px(8))
        self.body.settled.connect(self._save)
        box.addWidget(self.body, 1)
        self.private = QCheckBox(_("Private: in no report and no export"), self)
        self.private.setObjectName("memo_private")
        self.private.setAccessibleName(_("Private: in no report and no export"))
        self.private.clicked.connect(self._set_private)
        box.addWidget(self.private)

    def _second_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.kind = QComboBox(self)
        self.kind.setObjectName("memo_kind")
        self.kind.setAccessibleName(_("Type of the memo"))
        self.kind.setFont(ui_font(SMALL))
        for key, _many, one in KINDS:
            self.kind.addItem(_(one), key)
        self.kind.activated.connect(self._set_kind)
        row.addWidget(self.kind)
        self._meta = Elided("", self)
        self._meta.setFont(ui_font(SMALL))
        self._meta.setProperty("minor", True)
        row.addWidget(self._meta, 1)
        return row

    def _into_body(self) -> None:
        self.body.setFocus()

    # -- showing ---------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """No memo."""
        self.flush()
        self.guid, self._target = "", ""
        self.title.show_other("")
        self.body.show_other("")
        self._quote.hide()
        self._meta.setText("")
        self.hanging.show_links("", (), ())
        self.setEnabled(False)

    def begin(self, target: str, kind: str = "") -> None:
        """An empty memo on ``target``; it is stored with its first word."""
        self.clear()
        self.setEnabled(not self._desk.project.read_only)
        self._target = target
        self._show_kind(kind or fitting_kind(target))
        self.private.setChecked(False)
        self._meta.setText(_("new"))
        self._show_quote((target,))
        if target:
            self.hanging.show_links("", (target,), (name_of(self._desk.project, target),))

    def show_memo(self, row: "MemoRow") -> None:
        """Shows a stored memo; what is being typed in it stays."""
        if row.guid != self.guid:
            self.flush()
            self.guid = row.guid
            self.title.show_other(row.title)
            self.body.show_other(row.body)
        else:
            self.title.show_text(row.title)
            self.body.show_text(row.body)
        self._target = ""
        self.setEnabled(not self._desk.project.read_only)
        self._show_kind(row.kind)
        self.private.setChecked(row.private)
        when = told_date(row.created, _("d MMMM yyyy"))
        self._meta.setText(f"{row.coder}, {when}")
        self._show_quote(row.links)
        self.hanging.show_links(row.guid, row.links, row.link_names)

    def _show_kind(self, kind: str) -> None:
        self._kind = kind
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))

    def passages_in_hand(self) -> "list[SegmentRow]":
        """The passages that the memo hangs on, to be cited."""
        return list(passages_of(self._desk.project, self._quote_targets))

    _quote_targets: tuple[str, ...] = ()

    def _show_quote(self, targets: tuple[str, ...]) -> None:
        self._quote_targets = targets
        words, place = quote_of(self._desk.project, targets)
        self._quote.setVisible(bool(words))
        self._quoted.setText(words if len(words) < 600 else words[:600] + " …")
        self._cited.setText(place)

    def focus_words(self) -> None:
        """To the words of a memo, or the title of a new one."""
        field: QLineEdit | AutoText = self.body if self.title.text() or self._target else self.title
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, AutoText):
            field.to_end()

    @property
    def is_blank(self) -> bool:
        """Nothing is stored and nothing typed."""
        return not self.guid and not self.title.text().strip() and not self.body.toPlainText().strip()

    # -- saving ----------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Saves what waits for the pause."""
        self.title.flush()
        self.body.flush()

    def _save(self, _text: str = "") -> None:
        from qda.coding.memos import edit_memo

        title, body = self.title.text().strip(), self.body.toPlainText()
        if self.guid:
            row = self._row()
            if row is None:
                return
            changes: dict[str, Any] = {}
            if title and title != row.title:
                changes["title"] = title
            if body != row.body:
                changes["body"] = body
            if changes:
                self._desk.do(edit_memo, memo=self.guid, **changes)
        elif (title or body.strip()) and self.isEnabled():
            self._store(title or _title_from(body), body)

    def _store(self, title: str, body: str) -> None:
        made = self._desk.do(
            write_memo_on,
            kind=self._kind,
            title=title,
            body=body,
            private=self.private.isChecked(),
            target=self._target,
        )
        if made:
            self.guid = made
            self.stored.emit(made)

    def _row(self) -> "MemoRow | None":
        from qda.coding.memo_queries import memos

        return next(iter(memos(self._desk.project, guids=[self.guid])), None)

    def _set_kind(self) -> None:
        from qda.coding.memos import set_memo_kind

        self._kind = self.kind.currentData()
        if self.guid:
            self._desk.do(set_memo_kind, memo=self.guid, kind=self._kind)

    def _set_private(self, private: bool) -> None:
        from qda.coding.memos import set_memo_private

        if self.guid:
            self._desk.do(set_memo_private, memo=self.guid, private=private)


def _title_from(body: str) -> str:
    first = " ".join(body.strip().split("\n", 1)[0].split())
    if len(first) <= _TITLE_FROM_BODY:
        return first
    return first[:_TITLE_FROM_BODY].rsplit(" ", 1)[0] + " …"
