"""Adding evidence: from what is selected in the transcript, or from the passages of the relation's codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding import codes, material
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import RelationRow, SegmentRow
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList, matching
from qda.ui.axial.evidence_view import POLARITIES
from qda.ui.axial.reading import Reading
from qda.ui.axial.segmented import SIGNS, Segmented
from qda.ui.axial.words import kinds, polarity_word
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.open_coding import citing
from qda.ui.surfaces import LinkButton, on_panel, scrolled, section, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_SHOWN: Final = 200  # characters of the passage in hand


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that can become evidence: how the act names it, and its row."""

    written: str
    row: SegmentRow


def passage_in_hand(desk: "Desk") -> Passage | None:
    """The selection in the transcript, else the coding last chosen; None where there is neither."""
    if desk.span is not None:
        source, start, stop = desk.span
        try:
            material.text(desk.project, source)
        except KnownError:
            return None
        return Passage(f"{source}:{start}-{stop}", material.span_row(desk.project, source, start, stop))
    if desk.coding:
        found = codes.codings(desk.project, guids=[desk.coding])
        if found:
            return Passage(found[0].segment.guid, found[0].segment)
    return None


class Adding(QWidget):
    """The column at the right: the passage in hand with three keys, and the way to other passages."""

    wanted = Signal(str, str)  # polarity, kind: take the passage in hand
    picker_wanted = Signal()
    search_wanted = Signal()
    search_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("adding")
        self.setMinimumWidth(px(346))
        self.setMaximumWidth(px(400))
        on_panel(self)
        self._quote = QLabel(self)
        self._quote.setObjectName("passage_in_hand")
        self._quote.setFont(reading_font(QUOTE))
        self._quote.setWordWrap(True)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._quote.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._place = small("", self, wrap=True)
        self.kind = Segmented("kind", _("Kind of evidence"), kinds(), self)
        self.kind.show_key("spoken")
        self._searched = QVBoxLayout()
        self._searched.setSpacing(0)
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(px(16), 0, px(10), px(4))
        box.setSpacing(px(4))
        box.addWidget(self._quote)
        box.addWidget(self._place)
        box.addLayout(self._searched)
        box.addStretch(1)
        on_panel(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, px(6), 0, px(6))
        whole.setSpacing(px(4))
        whole.addLayout(self._head())
        whole.addWidget(scrolled(inside), 1)
        whole.addLayout(self._polarities())
        whole.addLayout(self._others())
        self.show_passage(None)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(px(16), 0, px(10), 0)
        head.addWidget(section(_("Add evidence"), self))
        head.addStretch(1)
        head.addWidget(self.kind)
        return head

    def _others(self) -> QHBoxLayout:
        """The ways beside the passage in hand."""
        row = QHBoxLayout()
        row.setContentsMargins(px(12), 0, px(10), 0)
        row.setSpacing(px(2))
        for words, name, signal in (
            (_("Passages of both codes…"), "pick_passage", self.picker_wanted),
            (_("Searched, found none…"), "note_search", self.search_wanted),
        ):
            link = LinkButton(words, name, self)
            link.setFont(ui_font(SMALL))
            link.clicked.connect(signal)
            row.addWidget(link)
        row.addStretch(1)
        return row

    def _polarities(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(10), 0)
        row.setSpacing(px(6))
        self._buttons: list[QPushButton] = []
        short = {
            "supporting": _("supports"),
            "contradicting": _("against"),
            "qualifying": _("qualifies"),
        }
        for key, polarity in POLARITIES.items():
            button = QPushButton(f"{SIGNS[polarity]} {short[polarity]}  {chr(key)}", self)
            button.setObjectName(f"add_{polarity}")
            button.setAccessibleName(_("Add the passage: it {does}").format(does=polarity_word(polarity)))
            button.setAutoDefault(False)
            button.setProperty("slim", True)
            button.clicked.connect(
                lambda _checked=False, polarity=polarity: self.wanted.emit(polarity, self.kind.key)
            )
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_passage(self, passage: Passage | None) -> None:
        """Shows the passage in hand."""
        for button in self._buttons:
            button.setVisible(passage is not None)
        self.kind.setVisible(passage is not None)
        self._quote.setVisible(passage is not None)
        if passage is None:
            self._place.setText(
                _("Select a passage in a transcript: it appears here and becomes evidence by one key.")
            )
            return
        words = spoken(passage.row)
        shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
        self._quote.setText(quoted(shown))
        self._place.setText(f"{paragraphs_cited(passage.row)} · {_('selected in the transcript')}")

    def show_searches(self, rows: Sequence[tuple[str, str, str, object]]) -> None:
        """Shows what was searched for in vain."""
        while item := self._searched.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for guid, note, coder, _when in rows:
            words = " · ".join(part for part in (_("searched, found none"), note, coder) if part)
            line = LinkButton(f"{words}  ×".replace("&", "&&"), "remove_search", self)
            line.setAccessibleName(_("{words}; press to take back").format(words=words))
            line.setFont(ui_font(SMALL))
            line.clicked.connect(lambda _checked=False, guid=guid: self.search_removed.emit(guid))
            self._searched.addWidget(line)


class Picker(QDialog):
    """The passages of both codes of a relation: search, then S, W or E; it stays open for more."""

    taken = Signal(str, str, str)  # segment, polarity, kind

    def __init__(
        self,
        desk: "Desk",
        reading: Reading,
        relation: RelationRow,
        used: Callable[[], dict[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._used = used
        self.setObjectName("picker")
        self.setWindowTitle(_("Passages of both codes"))
        self.finished.connect(self.deleteLater)
        self.resize(px(760), px(600))
        self._rows = self._read(desk, relation)
        self.field = QLineEdit(self)
        self.field.setObjectName("picker_field")
        self.field.setAccessibleName(_("Search in the passages"))
        self.field.setPlaceholderText(_("Search in the passages"))
        self.field.textChanged.connect(self.refresh)
        self.field.installEventFilter(self)
        self.list = ChoiceList("picker_list", _("Passages"), self)
        self.list.installEventFilter(self)
        self.list.turned_to.connect(self._show_whole)
        self._whole = QLabel(self)
        self._whole.setFont(reading_font(QUOTE))
        self._whole.setWordWrap(True)
        self._whole.setTextFormat(Qt.TextFormat.PlainText)
        self._whole.setMinimumHeight(px(66))
        self._whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._build(relation)
        self.refresh()

    def _build(self, relation: RelationRow) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(14), px(16), px(12))
        box.setSpacing(px(9))
        statement = relation.statement or f"{relation.from_name} – {relation.to_name}"
        head = section(f"{relation.number}  {statement}", self)
        head.setWordWrap(True)
        box.addWidget(head)
        box.addWidget(self.field)
        self.count = small("", self)
        box.addWidget(self.count)
        box.addWidget(self.list, 1)
        box.addWidget(self._whole)
        self.kind = Segmented("picker_kind", _("Kind of evidence"), kinds(), self)
        self.kind.show_key("spoken")
        row = QHBoxLayout()
        row.setSpacing(px(6))
        for key, polarity in POLARITIES.items():
            words = polarity_word(polarity)
            button = QPushButton(f"{SIGNS[polarity]} {words}  {chr(key)}", self)
            button.setObjectName(f"picker_{polarity}")
            button.setAccessibleName(_("The passage {does}").format(does=words))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, polarity=polarity: self.take(polarity))
            row.addWidget(button)
        row.addSpacing(px(12))
        row.addWidget(self.kind)
        row.addStretch(1)
        done = QPushButton(_("Done"), self)
        done.setObjectName("picker_done")
        done.setAccessibleName(_("Done"))
        done.setAutoDefault(False)
        done.clicked.connect(self.accept)
        row.addWidget(done)
        box.addLayout(row)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self, self._copy)

    def passages_in_hand(self) -> list[SegmentRow]:
        """The passage that is lit, to be cited."""
        return [self._rows[self.list.key][0]] if self.list.key in self._rows else []

    def _copy(self) -> None:
        citing.copy_from(self.list, self.passages_in_hand())

    def _read(self, desk: "Desk", relation: RelationRow) -> dict[str, tuple[SegmentRow, list[str]]]:
        """Passages by GUID with the codes they stand under; those under both come first."""
        found: dict[str, tuple[SegmentRow, list[str]]] = {}
        for end in (relation.from_code, relation.to_code):
            for coding in codes.codings(desk.project, code=end, below=True):
                _row, names = found.setdefault(coding.segment.guid, (coding.segment, []))
                if end not in names:
                    names.append(end)
        return dict(sorted(found.items(), key=lambda one: -len(one[1][1])))

    def refresh(self) -> None:
        """Shows the passages that match, and what they are already."""
        used = self._used()
        rows = []
        for guid, (row, ends) in self._rows.items():
            names = " + ".join(self._reading.name(end) for end in ends)
            told = [paragraphs_cited(row), names]
            if guid in used:
                told.append(polarity_word(used[guid]))
            detail = SIGNS.get(used.get(guid, ""), "")
            rows.append(
                Choice(
                    guid,
                    quoted(spoken(row)),
                    self._reading.colour(ends[0]),
                    detail,
                    " · ".join(told),
                    quote=True,
                    faded=guid in used,
                )
            )
        shown = matching(rows, self.field.text())
        self.list.show_choices(shown)
        if shown and not self.list.key:
            self.list.make_current(shown[0].key)
        self.count.setText(ngettext("{n} passage", "{n} passages", len(shown)).format(n=len(shown)))
        self._show_whole(self.list.key)

    def _show_whole(self, guid: str) -> None:
        self._whole.setText(quoted(spoken(self._rows[guid][0])) if guid in self._rows else "")

    def take(self, polarity: str) -> None:
        """The current passage becomes evidence; the next one is current then."""
        if self.list.key:
            self.taken.emit(self.list.key, polarity, self.kind.key)
            self.refresh()
            self.list.step(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if watched is self.field and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.setFocus()
                return True
            if watched is self.list and key in POLARITIES and not event.modifiers():
                self.take(POLARITIES[key])
                return True
            if watched is self.list and key == Qt.Key.Key_K:
                self.kind.show_key("inferred" if self.kind.key == "spoken" else "spoken")
                return True
        return super().eventFilter(watched, event)
