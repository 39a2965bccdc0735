"""The command palette: commands, codes, reports, passages and memos under one field (Ctrl+K).

What it finds in the study is looked for in a thread of its own, from three letters on.
"""

import contextvars
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from qda.errors import KnownError
from qda.i18n import _
from qda.ui.commands import MENUS, Command
from qda.ui.dialogs import plain
from qda.ui.finding import Match, Span, folded, match
from qda.ui.fonts import px
from qda.ui.palette_items import ENTRY, EntryDelegate
from qda.ui.status import announce, told_date
from qda.ui.surfaces import Framed, Line, small
from qda.ui.theme import Tokens

if TYPE_CHECKING:
    from qda.coding.rows import MemoRow
    from qda.coding.search import Hit
    from qda.models import Project
    from qda.ui.window import MainWindow

_SEARCH_FROM: Final = 3  # letters
_PAUSE_MS: Final = 120
_MOST_COMMANDS: Final = 10
_MOST_REPORTS: Final = 4
_MOST_CODES: Final = 4
_MOST_HITS: Final = 6
_MOST_MEMOS: Final = 4
_AROUND: Final = 34  # characters shown before a hit


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what it says, which letters were found, what stands beside it, what it does."""

    text: str
    run: Callable[[], object] | None = None  # none: the heading of a section
    spans: tuple[Span, ...] = ()
    note: str = ""
    key: str = ""
    quote: bool = False
    enabled: bool = True
    alike: bool = False  # found by what sounds like it alone


class Searching(QObject):
    """Looks for words in the study, one thread a query; only the last query's answer is heard."""

    found = Signal(int, object, object)  # number of the query, hits, memos

    def __init__(self) -> None:
        super().__init__()  # without a parent: a thread may outlive the palette

    def look(self, number: int, project: "Project", query: str) -> None:
        """Begins to look."""
        context = contextvars.copy_context()
        threading.Thread(
            target=context.run, args=(self._look, number, project, query), name="palette", daemon=True
        ).start()

    def _look(self, number: int, project: "Project", query: str) -> None:
        from qda.coding.memo_queries import memos
        from qda.coding.search import search

        try:
            hits = search(project, query, limit=_MOST_HITS)
            notes = [m for m in memos(project) if _in_memo(query, m)][:_MOST_MEMOS]
        except KnownError:  # the study was closed meanwhile; nobody waits for the answer
            return
        self.found.emit(number, hits, notes)


def _in_memo(query: str, memo: "MemoRow") -> bool:
    words = folded(f"{memo.title} {memo.body}")
    return all(word in words for word in folded(query).split())


def _rules(theme: Tokens) -> str:
    return (
        f"#palette {{ background: {theme.paper}; border: 1px solid {theme.control_frame};"
        f" border-radius: {px(6)}px; }}"
        f"#palette QListWidget {{ border: 0; background: {theme.paper}; }}"
    )


class Palette(Framed):
    """Opens over a window, and closes when something was run."""

    current: ClassVar["Palette | None"] = None

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(_rules, window)
        self._window = window
        self._number = 0
        self._hits: list[Hit] = []
        self._memos: list[MemoRow] = []
        self.setObjectName("palette")
        self.setAccessibleName(_("Search or run a command"))
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(px(640))
        self._build()
        self._searching = Searching()
        self._searching.found.connect(self._found)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(1, px(8), 1, 0)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(px(8), 0, px(8), px(8))
        self.field = QLineEdit(self)
        self.field.setObjectName("palette_field")
        self.field.setAccessibleName(_("Search or run a command"))
        self.field.setPlaceholderText(_("Search or run a command"))
        self.field.setMinimumHeight(px(34))
        self.field.textChanged.connect(self._typed)
        row.addWidget(self.field)
        box.addLayout(row)
        self.list = QListWidget(self)
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName(_("Found"))
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._clicked)
        box.addWidget(self.list)
        box.addWidget(Line(self))
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(7), px(16), px(8))
        foot.addWidget(small(_("Enter runs · Esc closes"), self))
        foot.addStretch(1)
        foot.addWidget(small(_("Knows also: Code, Coding, Quotation, Retrieval, Network"), self))
        box.addLayout(foot)
        self.field.installEventFilter(self)

    @classmethod
    def show_over(cls, window: "MainWindow") -> "Palette":
        """Opens the palette below the tabs, in the middle."""
        cls.current = palette = cls(window)
        palette._fill()
        place = window.mapToGlobal(QPoint((window.width() - palette.width()) // 2, px(108)))
        palette.move(place)
        palette.show()
        palette.field.setFocus()
        return palette

    # -- finding ---------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._number += 1
        if len(text.strip()) < _SEARCH_FROM:
            self._hits, self._memos = [], []
            self._pause.stop()
        else:
            self._pause.start()
        self._fill()

    def _search(self) -> None:
        project = self._window.project
        if project is not None:
            self._searching.look(self._number, project, self.field.text().strip())

    def _found(self, number: int, hits: "list[Hit]", memos: "list[MemoRow]") -> None:
        if number == self._number:
            self._hits, self._memos = hits, memos
            self._fill()

    def _fill(self) -> None:
        query = self.field.text().strip()
        kept = self.list.currentRow() if self.list.count() else -1
        self.list.clear()
        named = [
            (_("Commands"), self._commands(query)),
            (_("Codes"), self._codes(query)),
            (_("Reports"), self._reports(query)),
        ]
        named.sort(key=lambda one: bool(query) and all(entry.alike for entry in one[1]))  # a name comes first
        for name, entries in (
            *named,
            (_("In the material"), [self._hit(h) for h in self._hits]),
            (_("Memos"), [self._memo(m, query) for m in self._memos]),
        ):
            if entries:
                self._add(Entry(name))
                for entry in entries:
                    self._add(entry)
        if not self.list.count() and query:
            self._add(Entry(_("Nothing is called “{words}”.").format(words=query)))
        height = sum(self.list.sizeHintForRow(at) for at in range(self.list.count()))
        self.list.setFixedHeight(min(height + px(6), px(480)))
        self.adjustSize()
        self._select(kept if kept > 0 and not query else 0, 1)

    def _add(self, entry: Entry) -> None:
        item = QListWidgetItem(entry.text, self.list)
        item.setData(ENTRY, entry)
        spoken = ", ".join(words for words in (entry.text, entry.note, entry.key) if words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        if entry.run is None or not entry.enabled:
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _commands(self, query: str) -> list[Entry]:
        rows = self._window.rows
        found: list[tuple[bool, float, int, Command, Match]] = []
        for at, command in enumerate(rows.commands):
            if command.id == "palette" or command.id.startswith("report-"):  # reports have their own section
                continue
            fit = match(query, rows[command.id].iconText(), tuple(_(s) for s in command.synonyms))
            usable = rows.usable(command)
            here = not query and not command.key
            if fit is not None and not here:
                found.append((not usable, -fit.score, at, command, fit))
        found.sort(key=lambda row: row[:3])
        return [self._command(c, fit, usable=not off) for off, _s, _at, c, fit in found[:_MOST_COMMANDS]]

    def _command(self, command: Command, fit: Match, *, usable: bool) -> Entry:
        action = self._window.rows[command.id]
        menu = next((plain(_(name)) for key, name in MENUS if key == command.menu), "")
        note = _("{menu} · also: {word}").format(menu=menu, word=fit.synonym) if fit.synonym else menu
        key = QKeySequence(command.key).toString(QKeySequence.SequenceFormat.NativeText)
        return Entry(
            action.iconText(), action.trigger, fit.spans, note, key, enabled=usable, alike=fit.is_alike
        )

    def _reports(self, query: str) -> list[Entry]:
        if not query or self._window.desk is None:
            return []
        from qda.reports.registry import reports

        found = []
        for kind in reports():
            title = _(kind.title)
            fit = match(query, title, tuple(_(s) for s in kind.synonyms)) or self._in_menu(query, kind.name)
            if fit is not None:
                note = _("Report · also: {word}").format(word=fit.synonym) if fit.synonym else _("Report")
                run = partial(self._window.show_report, kind.name)
                entry = Entry(title, run, fit.spans, note, alike=fit.is_alike)
                found.append((-fit.score, title, entry))
        return [entry for _score, _title, entry in sorted(found, key=lambda f: f[:2])][:_MOST_REPORTS]

    def _in_menu(self, query: str, report: str) -> Match | None:
        """How what is typed fits the words that a report has in a menu."""
        known = any(command.id == f"report-{report}" for command in self._window.rows.commands)
        fit = match(query, self._window.rows[f"report-{report}"].iconText()) if known else None
        return replace(fit, spans=()) if fit is not None else None

    def _codes(self, query: str) -> list[Entry]:
        if len(query) < 2 or self._window.desk is None:
            return []
        from qda.ui.navigator.codebook import CodeBook

        found = []
        for at, row in enumerate(CodeBook.of(self._window.desk).rows):
            fit = match(query, row.name, ())
            if fit is not None:
                above = row.path.rpartition(">")[0].strip()
                run = partial(self._show_code, row.guid)
                entry = Entry(row.name, run, fit.spans, above, alike=fit.is_alike)
                found.append((-fit.score, at, entry))
        return [entry for _score, _at, entry in sorted(found, key=lambda f: f[:2])][:_MOST_CODES]

    def _show_code(self, code: str) -> None:
        self._window.show_workspace("open")
        if self._window.desk is not None:
            self._window.desk.code_chosen.emit(code)

    def _hit(self, hit: "Hit") -> Entry:
        offset = hit.text.find(hit.text.strip())
        words = hit.text
        # A hit's paragraph comes as its words; where they begin in the document follows from the hit.
        start = self._start_in(hit)
        begin = max(offset, start - _AROUND)
        while 0 < begin < start and not words[begin - 1].isspace():
            begin += 1
        lead = "… " if begin > offset else ""
        length = hit.stop - hit.start
        shown = lead + words[begin : begin + 120].replace("\n", " ")
        at = len(lead) + start - begin
        place = _("{title}, para. {paragraph}").format(title=hit.title, paragraph=hit.paragraph)
        return Entry(
            shown,
            lambda: self._go(hit.source, hit.start, hit.stop),
            ((at, at + length),),
            _("Passage"),
            place,
            quote=True,
        )

    def _start_in(self, hit: "Hit") -> int:
        from qda.coding.search import find_in

        same = [h for h in self._hits if (h.source, h.paragraph) == (hit.source, hit.paragraph)]
        places = find_in(hit.text, self.field.text().strip())
        at = same.index(hit) if hit in same else 0
        return places[at][0] if at < len(places) else 0

    def _memo(self, memo: "MemoRow", query: str) -> Entry:
        from qda.ui.memos.targets import kind_name

        fit = match(query, memo.title)
        about = f"{memo.coder}, {told_date(memo.created, _('d MMMM'))}"
        return Entry(
            memo.title,
            lambda: self._window.show_memo(memo.guid),
            fit.spans if fit else (),
            kind_name(memo.kind),
            about,
        )

    def _go(self, source: str, start: int, stop: int) -> None:
        if self._window.desk is not None:
            self._window.desk.source_wanted.emit(source, start, stop)

    # -- keys ------------------------------------------------------------------------------------------------

    def _select(self, row: int, step: int) -> None:
        count = self.list.count()
        while 0 <= row < count and not self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
            row += step
        if 0 <= row < count:
            self.list.setCurrentRow(row)
            if row == 1:
                self.list.scrollToTop()
            announce(self.field, str(self.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.list.currentRow()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentItem())
        elif key == Qt.Key.Key_Down:
            self._select(row + 1, 1)
        elif key == Qt.Key.Key_Up:
            self._select(row - 1, -1)
        elif key == Qt.Key.Key_PageDown:
            self._select(min(row + 8, self.list.count() - 1), 1)
        elif key == Qt.Key.Key_PageUp:
            self._select(max(row - 8, 0), 1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: object) -> bool:
        moves = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
        runs = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QKeyEvent.Type.KeyPress
            and event.key() in (*moves, *runs)
        ):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _clicked(self, item: QListWidgetItem) -> None:
        self._run(item)

    def _run(self, item: QListWidgetItem | None) -> None:
        entry: Entry | None = item.data(ENTRY) if item is not None else None
        if entry is None or entry.run is None or not entry.enabled:
            return
        self.close()
        QTimer.singleShot(0, self._window, entry.run)

    def closeEvent(self, event: QCloseEvent) -> None:
        Palette.current = None
        super().closeEvent(event)
