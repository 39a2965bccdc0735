"""The editor of story and story line: running text whose references are live.

References are tinted and underlined in their code's colour; relations carry their counts, quotations their
citation. It saves as you type; undo and redo are the study's own.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qda.coding.story_text import Part, Plain, ReferenceKind, compose, parse
from qda.i18n import _
from qda.ui.axial.choices import Chooser
from qda.ui.fonts import SMALL, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.selective.runs import (
    Run,
    all_runs,
    is_behind,
    mark,
    number_of,
    parts_of,
    quotation_block,
    runs_of,
    select,
    words_in,
)
from qda.ui.selective.targets import Shown, Targets
from qda.ui.theme import code_colour, tint, tokens_of

if TYPE_CHECKING:
    from qda.ui.desk import Desk

TRIGGERS: Final[dict[str, ReferenceKind]] = {"@": "code", "#": "relation", "!": "case", ">": "segment"}
MIME: Final = "application/x-qda-story"
_LINE = 25


def titles() -> dict[ReferenceKind, str]:
    """What each kind of reference is called where one is chosen."""
    return {
        "code": _("Refer to a code"),
        "relation": _("Refer to a relation"),
        "case": _("Refer to a case"),
        "segment": _("Quote a passage"),
    }


class StoryEdit(AutoText):
    """One text with references. ``settled`` hands the stored form over."""

    opened = Signal(str, str)  # kind and target of a reference to jump to
    counted = Signal()

    def __init__(self, desk: "Desk", targets: Targets, parent: QWidget | None = None) -> None:
        self._filling = True
        super().__init__(parent)
        self._desk = desk
        self._targets = targets
        self._dirty = False
        self._last = 0
        self._pressed: QPoint | None = None
        self.chooser: Chooser | None = None
        self.setUndoRedoEnabled(False)
        self.setFont(reading_font())
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
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
        self._kept = text
        self._filling = True
        place = self.textCursor().position()
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(self._block_format())
        cursor.setCharFormat(self._plain())
        self._insert(cursor, parse(text))
        self._dress()
        self._filling = False
        self._dirty = False
        back = self.textCursor()
        back.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(back)
        self.counted.emit()

    def show_text(self, text: str) -> None:
        """Shows what is stored; what is being typed stays."""
        if not self._dirty and text != self._kept:
            self.show_other(text)

    @property
    def body(self) -> str:
        """The text as it is stored."""
        return compose(parts_of(self.document()))

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many words, references and quotations."""
        return words_in(parts_of(self.document()))

    def _typed(self) -> None:
        if not self._filling:
            self._dirty = True
            self._pause.start()
            self.counted.emit()

    def flush(self) -> None:
        """Hands over what has been typed."""
        self._pause.stop()
        if not self._dirty:
            return
        self._dirty = False
        self.follow()
        body = self.body
        if body != self._kept:
            self._kept = body
            self.settled.emit(body)

    def _insert(self, cursor: QTextCursor, parts: Iterable[Part]) -> None:
        for part in parts:
            if isinstance(part, Plain):
                cursor.insertText(part.words, self._plain())
            else:
                self._insert_reference(cursor, part.kind, part.target, part.words)
        cursor.setCharFormat(self._plain())

    def _insert_reference(self, cursor: QTextCursor, kind: ReferenceKind, target: str, words: str) -> None:
        self._last += 1
        shown = self._targets.shown(kind, target, words)
        cursor.insertText(words, mark(self._plain(), self._last, kind, target, behind=False))
        if shown.behind:
            cursor.insertText(shown.behind, self._behind(self._last, kind, target, shown))

    def _plain(self) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(reading_font(), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        form.setForeground(QColor(tokens_of(self).text))
        return form

    def _behind(self, number: int, kind: ReferenceKind, target: str, shown: Shown) -> QTextCharFormat:
        theme = tokens_of(self)
        form = self._plain()
        if kind == "segment":
            form.setFont(ui_font(SMALL), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
            form.setForeground(QColor(theme.notice if shown.differs else theme.secondary))
        return mark(form, number, kind, target, behind=True)

    @staticmethod
    def _block_format(*, quotation: bool = False, gap: bool = True) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setLineHeight(px(_LINE), int(QTextBlockFormat.LineHeightTypes.FixedHeight.value))
        form.setBottomMargin(px(10) if gap else 0)
        form.setLeftMargin(px(17) if quotation else 0)
        return form

    def _dress(self) -> None:
        """A paragraph that is a quotation stands in; an empty line is gap enough."""
        block = self.document().begin()
        while block.isValid():
            after = block.next()
            empty = block.length() <= 1 or (after.isValid() and after.length() <= 1)
            wanted = self._block_format(quotation=quotation_block(block) is not None, gap=not empty)
            if block.blockFormat() != wanted:
                QTextCursor(block).setBlockFormat(wanted)
            block = after

    # -- following the study ----------

    def follow(self) -> None:
        """Brings what stands behind references up to date."""
        self._filling = True
        for run in reversed(all_runs(self.document())):
            self._follow(run)
        self._dress()
        self._filling = False
        self.viewport().update()

    def _follow(self, run: Run) -> None:
        document = self.document()
        if not run.words.strip():
            select(document, run.start, run.stop).removeSelectedText()
            return
        shown = self._targets.shown(run.kind, run.target, run.words)
        if run.behind != shown.behind or shown.differs:
            cursor = select(document, run.words_stop, run.stop)
            cursor.insertText(shown.behind, self._behind(run.number, run.kind, run.target, shown))

    # -- references: at a place, jumping, inserting ----------

    def run_at(self, position: int) -> Run | None:
        """The reference that covers a place of the document."""
        for run in runs_of(self.document().findBlock(position)):
            if run.start <= position < run.stop:
                return run
        return None

    def _run_under(self, place: QPoint) -> Run | None:
        at = (
            self.document()
            .documentLayout()
            .hitTest(
                place + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()),
                Qt.HitTestAccuracy.ExactHit,
            )
        )
        return self.run_at(at) if at >= 0 else None

    def choose_reference(self, kind: ReferenceKind, *, typed: str = "") -> None:
        """Opens the list of what can be referred to; with selected words they become the reference."""
        chooser = Chooser(titles()[kind], self._targets.choices(kind), self)
        chooser.taken.connect(lambda key: self._put(kind, key))
        if typed:
            chooser.rejected.connect(lambda: self.insertPlainText(typed))
        chooser.finished.connect(chooser.deleteLater)
        chooser.finished.connect(self._chosen)
        self.chooser = chooser
        below = self.cursorRect().bottomLeft() + QPoint(0, px(4))
        chooser.open_at(self.viewport().mapToGlobal(below))

    def _chosen(self) -> None:
        self.chooser = None
        self.setFocus()

    def _put(self, kind: ReferenceKind, target: str) -> None:
        cursor = self.textCursor()
        words = cursor.selectedText().replace("\u2029", " ").replace("\u2028", " ").strip()
        if kind == "segment" or not words:
            words = self._targets.words(kind, target)
        cursor.removeSelectedText()
        self._insert_reference(cursor, kind, target, words)
        cursor.setCharFormat(self._plain())
        self.setTextCursor(cursor)
        self._dress()

    # -- keys and mouse ----------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            self.flush()
            step = self._desk.undo if event.matches(QKeySequence.StandardKey.Undo) else self._desk.redo
            step()
            return
        typed, cursor = event.text(), self.textCursor()
        if typed in TRIGGERS and typed and self._begins_word(cursor):
            self.choose_reference(TRIGGERS[typed], typed="" if cursor.hasSelection() else typed)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            run = self.run_at(cursor.position()) if not cursor.hasSelection() else None
            if run is not None and cursor.position() > run.start:
                self.opened.emit(run.kind, run.target)
                return
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._take_whole(event.key()):
            return
        if (typed and typed.isprintable()) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave_reference()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._leave_reference()
        super().inputMethodEvent(event)

    def _begins_word(self, cursor: QTextCursor) -> bool:
        if cursor.hasSelection():
            return True
        before = self.document().characterAt(cursor.position() - 1) if cursor.positionInBlock() else " "
        return before.isspace() or before in "([„“‚\u2029"

    def _leave_reference(self) -> None:
        """What is typed at the edge of a reference is plain text; inside its words it belongs to them."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return
        position = cursor.position()
        run = next(
            (r for r in runs_of(self.document().findBlock(position)) if r.start < position <= r.stop), None
        )
        if run is not None and position < run.words_stop:
            return
        if run is not None and position < run.stop:
            cursor.setPosition(run.stop)
            self.setTextCursor(cursor)
        self.setCurrentCharFormat(self._plain())

    def _take_whole(self, key: int) -> bool:
        """What follows the study is not edited by letters: the first press selects the whole reference."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        beside = cursor.position() - (1 if key == Qt.Key.Key_Backspace else 0)
        probe = select(self.document(), max(0, beside), max(0, beside))
        if beside < 0 or not probe.movePosition(
            QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
        ):
            return False
        form = probe.charFormat()
        if not number_of(form) or not is_behind(form):
            return False
        run = self.run_at(beside)
        if run is None:
            return False
        self.setTextCursor(select(self.document(), run.start, run.stop))
        return True

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
                told = self._targets.shown(run.kind, run.target, run.words).told
                QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().viewportEvent(event)

    # -- copy and paste ----------

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        parts = parts_of(self.document(), cursor.selectionStart(), cursor.selectionEnd())
        data = QMimeData()
        data.setText("".join(part.words for part in parts))
        data.setData(MIME, compose(parts).encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(MIME) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = bytes(source.data(MIME).data()).decode() if source.hasFormat(MIME) else source.text()
        self._leave_reference()
        cursor = self.textCursor()
        cursor.removeSelectedText()
        self._insert(cursor, parse(text.replace("\r\n", "\n")))
        self.setTextCursor(cursor)
        self._dress()

    # -- painting ----------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        shift = QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        area = event.rect().translated(-shift)
        painter.translate(shift)
        layout = self.document().documentLayout()
        block = self.document().begin()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > area.bottom():
                break
            if rect.bottom() >= area.top():
                self._paint_block(painter, block, rect)
            block = block.next()
        painter.end()
        super().paintEvent(event)
        if not self.toPlainText():
            self._paint_hint()

    def _paint_block(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        theme = tokens_of(self)
        quotation = quotation_block(block)
        if quotation is not None:
            shown = self._targets.shown("segment", quotation.target, quotation.words)
            bar = QColor(theme.notice if shown.differs or shown.gone else theme.verified)
            high = rect.height() - px(10) if block.next().isValid() else rect.height()
            painter.fillRect(QRectF(0, rect.top() + px(3), 3, high - px(4)), bar)
        for run in runs_of(block):
            shown = self._targets.shown(run.kind, run.target, run.words)
            for place in self._places(block, rect, run):
                self._paint_run(painter, run, shown, place, quiet=quotation is not None)

    def _paint_run(self, painter: QPainter, run: Run, shown: Shown, place: QRectF, *, quiet: bool) -> None:
        theme = tokens_of(self)
        under = QRectF(place.left(), place.bottom() - 1, place.width(), 2)
        if shown.gone or shown.differs:
            painter.setPen(QPen(QColor(theme.notice), 2, Qt.PenStyle.DotLine))
            painter.drawLine(under.topLeft(), under.topRight())
        elif run.kind == "code":
            painter.fillRect(place, tint([shown.colour], theme.dark))
            painter.fillRect(under, code_colour(shown.colour, theme.dark))
        elif run.kind == "relation":
            painter.fillRect(under, QColor(theme.accent))
        elif not quiet:
            painter.fillRect(under, QColor(theme.quiet_frame))

    def _places(self, block: QTextBlock, rect: QRectF, run: Run) -> list[QRectF]:
        """The grounds of a reference, one a line; a citation behind a quotation has none."""
        stop = run.words_stop if run.kind == "segment" else run.stop
        begin, end = run.start - block.position(), stop - block.position()
        found = []
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            if begin >= last or end <= first:
                continue
            one, other = _x(line, max(begin, first)), _x(line, min(end, last))
            if end >= last:
                other = min(other, line.x() + line.naturalTextWidth())
            left, right = min(one, other), max(one, other)
            top = rect.top() + line.y() + line.ascent() - px(15.5)
            found.append(QRectF(rect.left() + left, top, right - left, px(21)))
        return found

    def _paint_hint(self) -> None:
        painter = QPainter(self.viewport())
        painter.setPen(QColor(tokens_of(self).minor))
        font = QFont(reading_font())
        painter.setFont(font)
        area = self.viewport().rect()
        flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(area, flags, self.hint)

    hint = ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not getattr(self, "_filling", True):
            dirty, body = self._dirty, self.body
            kept = self._kept
            self.show_other(body)
            self._kept, self._dirty = kept, dirty
            if dirty:
                self._pause.start()


def _x(line: QTextLine, at: int) -> float:
    """Where a place of a line lies; PySide hands a pair over, its stubs do not say so."""
    found = cast("tuple[float, int] | float", line.cursorToX(at))
    return found[0] if isinstance(found, tuple) else found
