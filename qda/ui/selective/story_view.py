"""A text with live references: shown, followed as the study changes, copied, jumped from.

References are tinted and underlined in their code's colour; relations carry their counts, quotations their
citation. What is written in it stands in :mod:`qda.ui.selective.story_edit`.
"""

from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qda.coding.story_text import Part, Plain, Reference, ReferenceKind, compose, heading_of, parse
from qda.ui.fonts import SMALL, TEXT_TITLE, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.selective.reads import Reads
from qda.ui.selective.runs import Run, mark, parts_of, retarget, select
from qda.ui.selective.story_paint import paint_ground, paint_hint
from qda.ui.selective.targets import Shown, Targets
from qda.ui.theme import tokens_of

MIME: Final = "application/x-qda-story"
_LINE: Final = 25
_HEADING_LINE: Final = 32
_FOOT: Final = 30  # below the last line
_SEPARATOR: Final = "\u2028"  # a new line in the same paragraph


class StoryView(AutoText):
    """One text with references; stored form in, stored form out."""

    opened = Signal(str, str)  # kind and target of a reference to jump to
    hint = ""
    asks_claims = False  # sentences without relation and quotation are dotted
    fresh: Collection[int] = frozenset()  # paragraphs on a pale ground

    def __init__(self, targets: Targets, parent: QWidget | None = None) -> None:
        self._filling = True
        super().__init__(parent)
        self._targets = targets
        self._dirty = False
        self._last = 0
        self._pressed: QPoint | None = None
        self._amiss: set[int] = set()  # numbers of references whose words behind are a notice
        self._forms: dict[tuple[str, int], QTextCharFormat] = {}
        self._room: tuple[QTextCursor, int] | None = None  # a paragraph below which there is room
        self.setUndoRedoEnabled(False)
        self.reads = Reads(self.document())
        self.setFont(reading_font())
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
        frame = self.document().rootFrame().frameFormat()
        frame.setBottomMargin(px(_FOOT))
        self.document().rootFrame().setFrameFormat(frame)
        self.setProperty("story", True)
        self.setStyleSheet(
            f"QTextEdit {{ border: 0; border-left: 2px solid transparent; padding: 0 0 0 {px(12)}px; }}"
            f"QTextEdit:focus {{ border: 0; border-left: 2px solid palette(link);"
            f" padding: 0 0 0 {px(12)}px; }}"
        )
        self._filling = False
        self.show_other("")

    # -- text in and out ----------

    def show_other(self, text: str) -> None:
        """Shows a stored text; what has not been handed over yet is dropped."""
        self._pause.stop()
        place = self.textCursor().position()
        self._replace(0, self.document().blockCount(), text.split("\n"))
        self._kept, self._dirty = text, False
        self._go_to(place)
        self._shown_anew()

    def show_text(self, text: str) -> None:
        """Shows what is stored, writing anew only the paragraphs that differ; what is being typed stays."""
        if self._dirty or text == self._kept or self._kept is None:
            return
        before, behind = self._kept.split("\n"), text.split("\n")
        same = _common(before, behind)
        fewer = min(len(before), len(behind))
        if same == fewer:  # one line at least is written anew
            same -= 1
        last = _common(before[:same:-1], behind[:same:-1])
        lines = behind[same : len(behind) - last]
        self._kept = text
        if self._retargeted(same, before[same : len(before) - last], lines):
            return
        place = self.textCursor().position()
        self._replace(same, len(before) - last, lines)
        self._go_to(place)
        self._shown_anew()

    def _shown_anew(self) -> None:
        """Another text stands here."""

    def _go_to(self, place: int) -> None:
        back = self.textCursor()
        back.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(back)

    def _retargeted(self, first: int, before: Sequence[str], behind: Sequence[str]) -> bool:
        """Gives references other targets where nothing else differs (a span that has become a passage)."""
        if [_read_as(line) for line in before] != [_read_as(line) for line in behind]:
            return False
        self._filling = True
        for number, line in enumerate(behind, start=first):
            wanted = [part for part in parse(line) if isinstance(part, Reference)]
            runs = self.reads.runs(self.document().findBlockByNumber(number))
            for run, part in zip(runs, wanted, strict=True):
                if run.target != part.target:
                    retarget(self.document(), run, part.target)
        self._filling = False
        return True

    @property
    def body(self) -> str:
        """The text as it is stored."""
        return "\n".join(read.stored for read in self.reads.all())

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many words, references and quotations."""
        words = references = quotations = 0
        for read in self.reads.all():
            some = read.counts
            words, references, quotations = words + some[0], references + some[1], quotations + some[2]
        return words, references, quotations

    def _replace(self, first: int, stop: int, lines: Sequence[str]) -> None:
        """Puts lines (one at least) in the place of blocks ``first`` to ``stop`` (one at least)."""
        self._filling = True
        document = self.document()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.setPosition(document.findBlockByNumber(first).position())
        end = document.findBlockByNumber(stop - 1)
        cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(self._block_format())
        self._insert_lines(cursor, [parse(line) for line in lines])
        cursor.endEditBlock()
        self._dress()
        self._filling = False

    def _insert_lines(self, cursor: QTextCursor, lines: Sequence[Sequence[Part]]) -> None:
        for number, line in enumerate(lines):
            if number:
                cursor.insertBlock()
            fresh = bool(number) or cursor.block().length() <= 1
            level, parts = heading_of(line) if fresh else (cursor.blockFormat().headingLevel(), line)
            if fresh:
                cursor.setBlockFormat(self._block_format(level))
            self._insert(cursor, parts, level)

    def _insert(self, cursor: QTextCursor, parts: Sequence[Part], level: int = 0) -> None:
        for part in parts:
            if isinstance(part, Plain):
                cursor.insertText(part.words, self._plain(level))
            else:
                self._insert_reference(cursor, part.kind, part.target, part.words, level)
        cursor.setBlockCharFormat(self._plain(level))
        cursor.setCharFormat(self._plain(level))

    def _insert_reference(
        self, cursor: QTextCursor, kind: ReferenceKind, target: str, words: str, level: int = 0
    ) -> None:
        self._last += 1
        shown = self._targets.shown(kind, target, words)
        cursor.insertText(words, mark(self._plain(level), self._last, kind, target, behind=False))
        if shown.behind:
            cursor.insertText(shown.behind, self._behind(self._last, kind, target, shown, level))

    # -- formats ----------

    def _plain(self, level: int = 0) -> QTextCharFormat:
        ink = tokens_of(self).text
        known = self._forms.get((ink, level))
        if known is None:
            font = reading_font(TEXT_TITLE if level == 1 else 1.0, semibold=True) if level else reading_font()
            known = QTextCharFormat()
            known.setFont(font, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
            known.setForeground(QColor(ink))
            self._forms[ink, level] = known
        return QTextCharFormat(known)

    def _behind(
        self, number: int, kind: ReferenceKind, target: str, shown: Shown, level: int = 0
    ) -> QTextCharFormat:
        theme = tokens_of(self)
        form = self._plain(level)
        if kind == "segment":
            form.setFont(ui_font(SMALL), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
            form.setForeground(QColor(theme.notice if shown.is_amiss else theme.secondary))
        (self._amiss.add if shown.is_amiss else self._amiss.discard)(number)
        return mark(form, number, kind, target, behind=True)

    def _block_format(
        self, level: int = 0, *, quotation: bool = False, gap: bool = True, room: int = 0
    ) -> QTextBlockFormat:
        form = QTextBlockFormat()
        # not FixedHeight: with it Qt paints the whole window at every letter
        font = QFontMetricsF(self._plain(level).font())
        gap_between = max(0.0, px(_HEADING_LINE if level == 1 else _LINE) - font.height())
        form.setLineHeight(gap_between, int(QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value))
        form.setBottomMargin((px(4 if level else 10) if gap else 0) + room)
        form.setLeftMargin(px(17) if quotation else 0)
        if level:
            form.setHeadingLevel(level)
        return form

    def _dress(self) -> None:
        """A paragraph that is a quotation stands in; an empty line is gap enough."""
        wanted = []
        for block, _read in self.reads.blocks():
            form = self._form_of(block)
            if block.blockFormat() != form:
                wanted.append((block, form))
        if wanted:
            cursor = QTextCursor(self.document())
            cursor.beginEditBlock()
            for block, form in wanted:
                cursor.setPosition(block.position())
                cursor.setBlockFormat(form)
            cursor.endEditBlock()

    def _dress_block(self, block: QTextBlock) -> None:
        form = self._form_of(block)
        if block.blockFormat() != form:
            QTextCursor(block).setBlockFormat(form)

    def _form_of(self, block: QTextBlock) -> QTextBlockFormat:
        after = block.next()
        empty = block.length() <= 1 or (after.isValid() and after.length() <= 1)
        room = self._room[1] if self._room and self._room[0].block() == block else 0
        read = self.reads.of(block)
        return self._block_format(read.level, quotation=read.is_quotation, gap=not empty, room=room)

    # -- following the study ----------

    def shown(self, run: Run) -> Shown:
        """How a reference is shown now."""
        return self._targets.shown(run.kind, run.target, run.words)

    def follow(self) -> None:
        """Brings what stands behind references up to date."""
        self.reads.unfollow()
        self.follow_typed()

    def follow_typed(self) -> None:
        """The same in the paragraphs that have been touched since."""
        self._filling = True
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        pending = [(block, read) for block, read in self.reads.blocks() if not read.is_followed]
        for block, read in reversed(pending):
            begin = block.position()
            for run in reversed(read.runs):
                self._follow(run.shifted(begin), level=read.level, set_off=read.is_quotation)
        cursor.endEditBlock()
        for block, _read in pending:
            self._dress_block(block)
            if block.previous().isValid():
                self._dress_block(block.previous())
            self.reads.of(block).is_followed = True
        self._filling = False
        self.viewport().update()

    def _follow(self, run: Run, *, level: int, set_off: bool) -> None:
        document = self.document()
        if not run.words.strip():
            select(document, run.start, run.stop).removeSelectedText()
            return
        shown = self.shown(run)
        behind = _SEPARATOR + shown.below if set_off and shown.below else shown.behind
        same = run.behind.replace("\n", _SEPARATOR) == behind
        if same and shown.is_amiss == (run.number in self._amiss):
            return
        cursor = select(document, run.words_stop, run.stop)
        cursor.insertText(behind, self._behind(run.number, run.kind, run.target, shown, level))

    # -- references at a place ----------

    def run_at(self, position: int) -> Run | None:
        """The reference that covers a place of the document."""
        for run in self.reads.runs(self.document().findBlock(position)):
            if run.start <= position < run.stop:
                return run
        return None

    def _run_under(self, place: QPoint) -> Run | None:
        scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        at = self.document().documentLayout().hitTest(place + scrolled, Qt.HitTestAccuracy.ExactHit)
        return self.run_at(at) if at >= 0 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        here = event.position().toPoint()
        still = self._pressed is not None and (here - self._pressed).manhattanLength() < 4
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and still and not self.textCursor().hasSelection():
            run = self._run_under(here)
            if run is not None:
                self.open_run(run)

    def open_run(self, run: Run) -> None:
        """Goes where a reference points."""
        self.opened.emit(run.kind, run.target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._run_under(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            run = self._run_under(event.pos())
            if run is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.shown(run).told, self)
            return True
        return super().viewportEvent(event)

    # -- copying, painting ----------

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        parts = parts_of(self.document(), cursor.selectionStart(), cursor.selectionEnd())
        data = QMimeData()
        data.setText("".join(part.words for part in parts))
        data.setData(MIME, compose(parts).encode())
        return data

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_ground(self, event)
        super().paintEvent(event)
        if self.document().isEmpty():
            paint_hint(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not getattr(self, "_filling", True):
            dirty, body, kept = self._dirty, self.body, self._kept
            self.show_other(body)
            self._kept, self._dirty = kept, dirty
            if dirty:
                self._pause.start()


def _read_as(line: str) -> list[tuple[str, str]]:
    """What is read in a line, and what kinds of references stand there."""
    return [(part.kind if isinstance(part, Reference) else "", part.words) for part in parse(line)]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
