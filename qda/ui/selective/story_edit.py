"""The editor of story and story line: references are completed as one types, quotations held to their source.

It saves as you type; undo and redo are the study's own. What is asked at a place stands in
:mod:`qda.ui.selective.questions`.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from qda.coding.story_text import ReferenceKind, parse
from qda.i18n import _
from qda.ui.axial.choices import Chooser
from qda.ui.fonts import px
from qda.ui.memos.piles import MIME as MEMOS
from qda.ui.memos.piles import memos_of
from qda.ui.selective.completing import Completion, ranked
from qda.ui.selective.runs import is_behind, number_of, select
from qda.ui.selective.story_view import MIME, StoryView
from qda.ui.selective.strip import HEIGHT, Strip
from qda.ui.selective.targets import Targets

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.selective.questions import Question

TRIGGERS: Final[dict[str, ReferenceKind]] = {"@": "code", "#": "relation", "!": "case", ">": "segment"}
SIGNS: Final = {kind: sign for sign, kind in TRIGGERS.items()}
REST_MS: Final = 350  # so long nothing is typed before something is asked
SEARCH_MS: Final = 120  # before all the material is looked through
_LONGEST_QUERY: Final = 80
_MOST: Final = 30  # rows of the list below the text
_RETURNS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}
_SLOW_FROM: Final = 20_000  # characters from which it is saved less often
_PAUSE_MS: Final = 800
_LONG_PAUSE_MS: Final = 3000
_OVERDUE_MS: Final = 20_000


def titles() -> dict[ReferenceKind, str]:
    """What each kind of reference is called where one is chosen."""
    return {
        "code": _("Refer to a code"),
        "relation": _("Refer to a relation"),
        "case": _("Refer to a case"),
        "segment": _("Quote a passage"),
        "memo": _("Refer to a memo"),
    }


class StoryEdit(StoryView):
    """One text with references. ``settled`` hands the stored form over."""

    counted = Signal()
    rested = Signal()  # nothing has been typed for a while
    entered = Signal()  # one writes here now

    def __init__(self, desk: "Desk", targets: Targets, parent: QWidget | None = None) -> None:
        self.chooser: Chooser | None = None
        self._asked: tuple[ReferenceKind, QTextCursor] | None = None
        self._question: Question | None = None
        self._since = QElapsedTimer()  # since when something is not saved
        super().__init__(targets, parent)
        self._desk = desk
        self.completion = Completion(self)
        self.completion.taken.connect(self._take)
        self.destroyed.connect(self.completion.deleteLater)
        self.strip = Strip(self.viewport())
        self.strip.left.connect(self.setFocus)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._rested)
        self._search = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._search.timeout.connect(self._offer)
        self.cursorPositionChanged.connect(self._moved)
        self.verticalScrollBar().valueChanged.connect(self._place_strip)
        self.document().documentLayout().documentSizeChanged.connect(self._place_strip)

    # -- what has been typed ----------

    def _typed(self) -> None:
        if self._filling:
            return
        if not self._dirty:
            self._since.start()
        self._dirty = True
        slow = self.document().characterCount() > _SLOW_FROM and self._since.elapsed() < _OVERDUE_MS
        self._pause.start(_LONG_PAUSE_MS if slow else _PAUSE_MS)
        self._rest.start()
        self._look_up()

    def _moved(self) -> None:
        if self._filling:
            return
        self._rest.start()
        if self._asked is not None and self._query() is None:
            self.leave_completion()

    def _rested(self) -> None:
        self.counted.emit()
        self.rested.emit()

    def _shown_anew(self) -> None:
        if hasattr(self, "_rest"):
            self.leave_completion()
            self._rest.start()

    def flush(self) -> None:
        """Hands over what has been typed."""
        self._pause.stop()
        if not self._dirty:
            return
        self.follow_typed()
        body = self.body
        self._dirty = False
        if body != self._kept:
            before = self._desk.unsaved
            self._kept = body
            self.settled.emit(body)
            if self._desk.unsaved > before and not self._dirty:
                self._kept, self._dirty = None, True

    # -- completing references ----------

    def _look_up(self) -> None:
        """Follows what is typed behind the sign of a reference."""
        if self._asked is None:
            return
        query = self._query()
        if query is None:
            self.leave_completion()
        elif self._asked[0] == "segment" and query:
            self._search.start()
        else:
            self._offer()

    def _query(self) -> str | None:
        """What stands between the sign and the cursor; None where it is no longer being asked."""
        assert self._asked is not None
        kind, sign = self._asked
        cursor = self.textCursor()
        start, stop = sign.position(), cursor.position()
        if (
            cursor.hasSelection()
            or not start < stop <= start + _LONGEST_QUERY
            or sign.block() != cursor.block()
        ):
            return None
        words = select(self.document(), start, stop).selectedText()
        if words[:1] != SIGNS[kind] or words[1:2].isspace():
            return None
        return words[1:]

    def _offer(self) -> None:
        self._search.stop()
        query = self._query() if self._asked is not None else None
        if query is None or self._asked is None:
            self.leave_completion()
            return
        kind, sign = self._asked
        rows = self._targets.told(kind, ranked(self._targets.choices(kind, query), query, most=_MOST))
        if not rows and " " in query.strip():
            self.leave_completion()
            return
        here = self.cursorRect(QTextCursor(sign))
        top = self.viewport().mapTo(self._ground(), here.topLeft())
        self.completion.offer(titles()[kind], rows, top, here.height())

    def _ground(self) -> QWidget:
        """What the list lies on: the whole window, so that a low text has room for it."""
        window = self.window()
        if self.completion.parentWidget() is not window:
            self.completion.setParent(window)
        return window

    def leave_completion(self) -> None:
        """What was typed behind the sign stays as it is."""
        self._asked = None
        self._search.stop()
        self.completion.hide()

    def _take(self, key: str) -> None:
        if self._asked is None:
            return
        kind, sign = self._asked
        cursor = select(self.document(), sign.position(), self.textCursor().position())
        self.leave_completion()
        self.setTextCursor(cursor)
        self.put_reference(kind, key, words=self._targets.words(kind, key))
        self.setFocus()

    def choose_reference(self, kind: ReferenceKind) -> None:
        """Asks what to refer to: a list below the text; with selected words they become the reference."""
        cursor = self.textCursor()
        if self.isReadOnly():
            return
        if not cursor.hasSelection() and kind in SIGNS:
            if not self._begins_word(cursor):
                self.insertPlainText(" ")
            self._begin(kind)
            return
        rows = self._targets.choices(kind)
        chooser = Chooser(
            titles()[kind], self._targets.told(kind, rows) if len(rows) <= _MOST else rows, self
        )
        chooser.taken.connect(lambda key: self._put_selected(kind, key))
        chooser.finished.connect(chooser.deleteLater)
        chooser.finished.connect(self._chosen)
        self.chooser = chooser
        below = self.cursorRect().bottomLeft() + QPoint(0, px(4))
        chooser.open_at(self.viewport().mapToGlobal(below))

    def _begin(self, kind: ReferenceKind) -> None:
        """Types the sign of a kind and begins to ask."""
        self._leave_reference()
        sign = self.textCursor()
        sign.setKeepPositionOnInsert(True)
        self.leave_completion()
        self.textCursor().insertText(SIGNS[kind])
        self._asked = (kind, sign)
        self._offer()

    def _chosen(self) -> None:
        self.chooser = None
        self.setFocus()

    def _put_selected(self, kind: ReferenceKind, target: str) -> None:
        words = self.textCursor().selectedText().replace("\u2029", " ").replace("\u2028", " ").strip()
        if kind == "segment" or not words:
            words = self._targets.words(kind, target)
        self.put_reference(kind, target, words=words)

    def put_reference(self, kind: ReferenceKind, target: str, *, words: str) -> None:
        """Puts a reference in the place of the selection."""
        cursor = self.textCursor()
        level = cursor.blockFormat().headingLevel()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._insert_reference(cursor, kind, target, words, level)
        cursor.endEditBlock()
        cursor.setCharFormat(self._plain(level))
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(self._plain(level))
        self._dress_block(cursor.block())

    def put_text(self, text: str) -> None:
        """Puts a text with its references in the place of the selection."""
        if self.isReadOnly():
            return
        self._leave_reference()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._insert_lines(cursor, [parse(line) for line in text.replace("\r\n", "\n").split("\n")])
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._dress_block(cursor.block())

    # -- what is asked at the cursor ----------

    @property
    def question(self) -> "Question | None":
        """What is asked at the cursor now."""
        return self._question

    def show_question(self, question: "Question | None") -> None:
        """Shows what is asked below its paragraph; None takes it away."""
        self._question = question
        block = self.textCursor().block()
        self._filling = True
        before, self._room = self._room, None
        if question is not None:
            after = block.next()
            free = after.isValid() and after.length() <= 1  # the empty line below has room enough
            self._room = (QTextCursor(block), 0 if free else px(HEIGHT))
        if before is not None and before[0].block() != block:
            self._dress_block(before[0].block())
        self._dress_block(block)
        self._filling = False
        if question is None:
            if self.strip.isAncestorOf(self.strip.focusWidget() or self):
                self.setFocus()
            self.strip.hide()
            return
        self.strip.show_question(question.words, question.deeds, amiss=question.amiss)
        self._place_strip()
        hidden = self.strip.geometry().bottom() - self.viewport().height()
        if 0 < hidden < px(3 * HEIGHT):  # the question comes into view with its sentence
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + hidden)

    def _place_strip(self) -> None:
        if self._room is None or not hasattr(self, "strip"):
            return
        block = self._room[0].block()
        top = self.document().documentLayout().blockBoundingRect(block).top()
        last = block.layout().lineAt(block.layout().lineCount() - 1)
        top += last.y() + last.height() - self.verticalScrollBar().value()
        left = px(17) if self.reads.of(block).is_quotation else 0
        self.strip.setGeometry(left, round(top), self.viewport().width() - left, px(HEIGHT))
        self.strip.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_strip()

    # -- keys ----------

    def event(self, event: QEvent) -> bool:
        tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if tab and event.type() == QEvent.Type.KeyPress and self.completion.isVisible():
            self._take_first()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() or (self.completion.isVisible() and self._completes(event)):
            if self.isReadOnly():
                super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            self.flush()
            step = self._desk.undo if event.matches(QKeySequence.StandardKey.Undo) else self._desk.redo
            step()
            return
        typed, cursor = event.text(), self.textCursor()
        if typed in TRIGGERS and typed and self._begins_word(cursor):
            if cursor.hasSelection():
                self.choose_reference(TRIGGERS[typed])
            else:
                self._begin(TRIGGERS[typed])
            return
        if event.key() in _RETURNS and self._enters(cursor):
            return
        if event.key() == Qt.Key.Key_Space and self._makes_heading(cursor):
            return
        erases = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        if erases and (self._takes_whole(event.key()) or self._ends_heading(event.key(), cursor)):
            return
        if (typed and typed.isprintable()) or event.key() in _RETURNS:
            self._leave_reference()
        super().keyPressEvent(event)
        if event.key() in _RETURNS:
            self._begin_paragraph()

    def _completes(self, event: QKeyEvent) -> bool:
        """Keys that the list takes while it is open."""
        if event.key() in _STEPS:
            self.completion.step(_STEPS[Qt.Key(event.key())])
        elif event.key() in _RETURNS:
            self._take_first()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave_completion()
        else:
            return False
        return True

    def _take_first(self) -> None:
        """Takes the current row; of what has just been typed, if it is still being looked for."""
        if self._search.isActive():
            self._offer()
        self.completion.take()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._leave_reference()
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.leave_completion()
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self._rest.start()

    def _begins_word(self, cursor: QTextCursor) -> bool:
        if cursor.hasSelection():
            return True
        before = self.document().characterAt(cursor.position() - 1) if cursor.positionInBlock() else " "
        return before.isspace() or before in "([„“‚\u2029"

    def _enters(self, cursor: QTextCursor) -> bool:
        """Enter on a reference goes where it points."""
        run = self.run_at(cursor.position()) if not cursor.hasSelection() else None
        if run is None or cursor.position() <= run.start:
            return False
        self.open_run(run)
        return True

    def _begin_paragraph(self) -> None:
        """Behind a heading and a quotation plain text goes on."""
        cursor = self.textCursor()
        if not cursor.block().text():
            cursor.setBlockFormat(self._block_format())
            cursor.setBlockCharFormat(self._plain())
            self.setCurrentCharFormat(self._plain())
        before = cursor.block().previous()
        if before.isValid():
            self._dress_block(before)

    def _leave_reference(self) -> None:
        """What is typed at the edge of a reference is plain text; inside its words it belongs to them."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return
        position = cursor.position()
        run = next((r for r in self.reads.runs(cursor.block()) if r.start < position <= r.stop), None)
        if run is not None and position < run.words_stop:
            return
        if run is not None and position < run.stop:
            cursor.setPosition(run.stop)
            self.setTextCursor(cursor)
        self.setCurrentCharFormat(self._plain(cursor.blockFormat().headingLevel()))

    def _takes_whole(self, key: int) -> bool:
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

    # -- headings ----------

    def _makes_heading(self, cursor: QTextCursor) -> bool:
        """A blank behind # or ## at the beginning makes a heading of the paragraph."""
        sign = cursor.block().text()[: cursor.positionInBlock()]
        if sign not in ("#", "##") or cursor.hasSelection():
            return False
        self.leave_completion()
        select(self.document(), cursor.block().position(), cursor.position()).removeSelectedText()
        self.set_heading(len(sign))
        return True

    def _ends_heading(self, key: int, cursor: QTextCursor) -> bool:
        """Backspace at the beginning of a heading makes it plain."""
        if key != Qt.Key.Key_Backspace or cursor.hasSelection() or not cursor.atBlockStart():
            return False
        if not cursor.blockFormat().headingLevel():
            return False
        self.set_heading(0)
        return True

    def set_heading(self, level: int) -> None:
        """Makes the paragraph at the cursor a heading (1, 2), or plain (0)."""
        block = self.textCursor().block()
        cursor = QTextCursor(block)
        place = self.textCursor().position()
        parts = self.reads.of(block).parts
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(self._block_format(level))
        self._insert(cursor, parts, level)
        cursor.endEditBlock()
        back = self.textCursor()
        back.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(back)
        self.setCurrentCharFormat(self._plain(level))

    def turn_heading(self) -> None:
        """Makes the paragraph at the cursor a heading, a smaller one, and plain again."""
        level = self.textCursor().blockFormat().headingLevel()
        self.set_heading((level + 1) % 3)

    # -- pasting and dropping ----------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(MIME) or source.hasFormat(MEMOS) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(MEMOS):
            for memo in memos_of(source):
                self.refer_to_memo(memo)
            return
        self.put_text(bytes(source.data(MIME).data()).decode() if source.hasFormat(MIME) else source.text())

    def refer_to_memo(self, memo: str) -> None:
        """Puts a reference to a memo in the place of the selection; a private one stays out of every text."""
        row = self._targets.memos.get(memo)
        if self.isReadOnly():
            return
        if row is None or row.private:
            self._desk.refused.emit(_("A private memo is in no report: nothing in the story refers to it."))
            return
        self.put_reference("memo", memo, words=self._targets.words("memo", memo))
        self.setFocus()
