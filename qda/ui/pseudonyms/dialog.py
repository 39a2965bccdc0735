"""The dialog "Replace names and places": look, decide, keep a key, replace, delete for good."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.pseudonyms import doing
from qda.ui.pseudonyms.adding import AddName, ScopeDialog
from qda.ui.pseudonyms.controls import button, link, refusal, refuse
from qda.ui.pseudonyms.finding import Looked, Worker, ask, look, propose
from qda.ui.pseudonyms.key_page import KeyPage, OpenKeyPage
from qda.ui.pseudonyms.names_page import NamesPage
from qda.ui.pseudonyms.protocol import ProtocolDialog
from qda.ui.pseudonyms.purge_page import PurgePage
from qda.ui.pseudonyms.words import KINDS, counted, kind_name, places
from qda.ui.pseudonyms.work import Name, Work
from qda.ui.status import announce
from qda.ui.surfaces import Elided, Line, on_paper, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.coding.pseudonyms import Entry
    from qda.coding.pseudonyms.purging import Purged
    from qda.ui.desk import Desk
    from qda.ui.window import MainWindow

_LATER_MS: Final = 300  # after the last change hits are looked for anew
_ASK_MS: Final = 25


def _nothing(_result: object) -> None:
    """Nothing is waited for."""


class PseudonymDialog(QDialog):
    """Over the window of one study. What was decided stays, when it is closed, until the study is."""

    def __init__(self, window: "MainWindow", desk: "Desk") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._project = desk.project
        self.work = Work.of(desk)
        self._worker: Worker | None = None
        self._writing = False
        self._purging = False  # the key is opened to purge
        self._wanted: Name | None = None  # to be in hand when hits have been found
        self.setObjectName("pseudonyms")
        self.setWindowTitle(_("Replace names and places"))
        self.resize(min(px(1260), window.width() - px(40)), min(px(740), window.height() - px(40)))
        self.page = NamesPage(self.work, self)
        self.key_page = KeyPage(self)
        self.open_page = OpenKeyPage(self)
        self.purge_page = PurgePage(self)
        self._searching = self._search_page()
        self._pages = QStackedWidget(self)
        for page in (self._searching, self.page, self.key_page, self.open_page, self.purge_page):
            self._pages.addWidget(page)
        self._foot = self._bottom()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._top())
        box.addWidget(Line(self))
        box.addWidget(self._pages, 1)
        box.addWidget(Line(self))
        box.addWidget(self._foot)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self._look)
        self._ask = QTimer(self, interval=_ASK_MS)
        self._ask.timeout.connect(self._hear)
        self._then: tuple[Callable[[Any], object], Callable[[str], object]] = (_nothing, _nothing)
        go = QShortcut(QKeySequence("Ctrl+Return"), self)
        go.activated.connect(self._ask_key)
        self._connect()

    # -- building --------------------------------------------------------------------------------------------

    def _top(self) -> QWidget:
        top = QWidget(self)
        row = QHBoxLayout(top)
        row.setContentsMargins(px(16), px(12), px(16), px(10))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(heading(_("Replace names and places"), top))
        self._found = Elided("", top)
        self._found.setFont(small("").font())
        self._found.setProperty("quiet", True)
        self._found.setObjectName("names_found")
        words.addWidget(self._found)
        row.addLayout(words, 1)
        self.kinds = QComboBox(top)
        self.kinds.setObjectName("kinds")
        self.kinds.setAccessibleName(_("Kinds shown"))
        self.kinds.addItem(_("All kinds"), "")
        for key, _word in KINDS:
            self.kinds.addItem(kind_name(key), key)
        self.kinds.currentIndexChanged.connect(lambda _at: self.page.filter_kind(self.kinds.currentData()))
        self._scope = button(top, "scope_button", _("Where to look…"), self._ask_scope)
        row.addWidget(self.kinds)
        row.addWidget(self._scope)
        return top

    def _search_page(self) -> QWidget:
        page = on_paper(QWidget(self))
        box = QVBoxLayout(page)
        box.setContentsMargins(px(40), px(40), px(40), px(24))
        box.setSpacing(px(12))
        self._doing = QLabel(page)
        self._doing.setObjectName("searching")
        self._bar = QProgressBar(page)
        self._bar.setObjectName("search_progress")
        self._bar.setAccessibleName(_("Looking for names"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(px(8))
        self._bar.setMaximumWidth(px(480))
        self._refusal = refusal(page, "search_refusal")
        self._stop = button(page, "search_stop", _("Stop"), self.reject)
        box.addWidget(self._doing)
        box.addWidget(self._bar)
        box.addWidget(self._refusal)
        row = QHBoxLayout()
        row.addWidget(self._stop)
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(1)
        return page

    def _bottom(self) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(16), px(10), px(16), px(10))
        row.setSpacing(px(8))
        self._note = small("", foot, wrap=True)
        self._note.setObjectName("names_note")
        row.addWidget(self._note, 1)
        row.addWidget(link(foot, "names_protocol", _("What was done…"), self.show_protocol))
        self._purge_link = link(foot, "names_purge", _("Delete clear names for good…"), self.ask_purge)
        row.addWidget(self._purge_link)
        row.addWidget(button(foot, "names_close", _("Close"), self.reject))
        self.go = button(foot, "names_go", _("Replace"), self._ask_key, default=True)
        self.go.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
        row.addWidget(self.go)
        return foot

    def _connect(self) -> None:
        page = self.page
        self._window.study_closed.connect(self._closed)
        page.decided.connect(self._count)
        page.looking_wanted.connect(self._look_later)
        page.add_wanted.connect(self.ask_name)
        page.key_wanted.connect(self._ask_open_key)
        self.key_page.back_wanted.connect(self._show_names)
        self.key_page.replace_wanted.connect(self._replace)
        self.open_page.back_wanted.connect(self._show_names)
        self.open_page.open_wanted.connect(self._open_key)
        self.purge_page.undo_wanted.connect(self._undo)
        self.purge_page.purge_wanted.connect(self._purge)
        self.purge_page.protocol_wanted.connect(self.show_protocol)
        self.purge_page.close_wanted.connect(self.reject)

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        on_names = page is self.page
        self._foot.setVisible(on_names)
        self._found.setVisible(on_names or page is self._searching)
        defaults = {
            self.page: self.go,
            self.key_page: self.key_page.go,
            self.open_page: self.open_page.go,
            self.purge_page: self.purge_page.close_button,
        }
        if page in defaults:
            defaults[page].setDefault(True)
        for widget in (self.kinds, self._scope):
            widget.setVisible(on_names)

    def _show_names(self) -> None:
        self._purging = False
        if self.work.basis is None:  # nothing has been looked for yet
            self._search()
            return
        self._show(self.page)
        self.page.refresh(self._wanted)
        self._wanted = None
        self.page.focus_first()

    # -- threads ---------------------------------------------------------------------------------------------

    def _run(
        self,
        work: Callable[[Callable[[int], None]], object],
        done: Callable[[Any], object],
        failed: Callable[[str], object],
        *,
        writing: bool = False,
    ) -> None:
        """Does ``work`` in a thread; what was running before is not waited for."""
        self._let_go()
        self._worker = worker = Worker(work)
        self._writing, self._then = writing, (done, failed)
        if writing:
            self._desk.begin_work(worker.wait)
        worker.start()
        self._ask.start()

    def _hear(self) -> None:
        """Asks the thread how far it is, and goes on when it has ended."""
        worker = self._worker
        if worker is None:
            self._ask.stop()
            return
        if worker.hundredths:
            self._bar.setRange(0, 100)
            self._bar.setValue(worker.hundredths)
        if not worker.over:
            return
        self._ask.stop()
        self._worker = None
        if self._writing:
            self._writing = False
            self._desk.end_work()
        done, failed = self._then
        if worker.problem is None:
            done(worker.result)
        elif isinstance(worker.problem, KnownError):
            failed(worker.problem.sentence)
        else:
            raise worker.problem

    def _let_go(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    # -- looking ---------------------------------------------------------------------------------------------

    def begin(self, sources: "Sequence[str] | None" = None, name: Name | None = None) -> None:
        """Shows what is decided already, or looks for names first. ``sources``: only in these documents."""
        self._wanted = name
        if sources is not None and tuple(sources) != self.work.sources:
            self.work.sources, self.work.basis = tuple(sources), None
        if self.work.basis != self._state():
            self._search()
        else:
            self._show_names()
            self._look_later()

    def _state(self) -> str:
        change = self._project.last_change
        return change.unit if change is not None else ""

    def _search(self) -> None:
        basis = self._state()
        known = [words for entry in self.work.in_key for words in (entry.clear, entry.replacement)]
        sources = self.work.sources
        self._show(self._searching)
        self._doing.setText(_("Looking for names …"))
        self._found.setText(self._where())
        refuse(self._refusal, "")
        self._bar.setRange(0, 0)
        self._stop.setText(_("Stop"))
        self._stop.setFocus()

        def proposed(result: Any) -> None:
            self.work.begin(basis)
            self.work.offer(*result)
            self._doing.setText(_("Looking at their hits …"))
            self._look()

        self._run(lambda tell: propose(self._project, sources, known, tell), proposed, self._search_failed)

    def _search_failed(self, words: str) -> None:
        self._show(self._searching)
        self._stop.setText(_("Close"))
        refuse(self._refusal, words)

    def _look_later(self) -> None:
        self._count()
        self._later.start()

    def _look(self) -> None:
        if self._writing:
            return
        work = self.work
        if work.looked == work.turn:
            self._ask_questions()
            return
        turn, sources = work.turn, work.sources
        names, entries = work.wanted()
        wanting = [number for number, name in enumerate(names) if not name.complete]

        def looked(result: Looked) -> None:
            work.take(names, result.entries, result.hits, turn)
            if self._pages.currentWidget() is self._searching:
                self._show_names()
                announce(self, self._found.text())
            else:
                self.page.refresh(self._wanted)
                self._wanted = None
            if work.looked == work.turn:
                self._ask_questions()
            else:
                self._look_later()

        self._run(
            lambda tell: look(self._project, entries, wanting, sources, tell), looked, self._search_failed
        )
        self._count()

    def _ask_questions(self) -> None:
        """What one should look at once more; nobody waits for it."""
        entries, found = self.work.plan()
        known = self.work.in_key

        def asked(sentences: tuple[str, ...]) -> None:
            self.work.questions = sentences
            self.page.show_questions()
            self._count()

        self._run(lambda _tell: ask(self._project, entries, found, known), asked, _nothing)
        self._count()

    # -- numbers ---------------------------------------------------------------------------------------------

    def _where(self) -> str:
        sources = self.work.sources
        if sources is None:
            return _("All documents and memos.")
        if len(sources) == 1:
            from qda.coding.material import source

            row = source(self._project, sources[0])
            return f"{row.title}." if row is not None else ""
        return ngettext("{n} document.", "{n} documents.", len(sources)).format(n=len(sources))

    def _count(self) -> None:
        """The line above, the line below, the button."""
        names = [name for name in self.work.names if name.hits and not name.dismissed]
        kinds = Counter(name.entry.kind for name in names)
        found = ", ".join(counted(key, kinds[key]) for key, _word in KINDS if kinds[key])
        total = sum(len(name.hits) for name in names)
        accepted = sum(self.work.standing(name).yes for name in names)
        hits = ngettext("{n} hit", "{n} hits", total).format(n=total)
        line = _("Found: {kinds}, {hits}. Only what you accept is replaced.")
        told = line.format(kinds=found, hits=hits) if names else _("No name was found.")
        self._found.setText(f"{self._where()} {told}")
        looking = self.work.looked != self.work.turn
        words = ngettext("Replace {n} place", "Replace {n} places", accepted).format(n=accepted)
        self.go.setText(words)
        self.go.setAccessibleName(words)
        self.go.setEnabled(accepted > 0 and not looking)
        self._note.setText(
            _("Looking at the hits anew …")
            if looking
            else _("Codings, evidence and paragraph numbers move along. Undo takes all of it back.")
        )
        self._desk.told.emit(
            _("Pseudonyms: {n} of {m} hits accepted").format(n=accepted, m=total) if total else ""
        )

    # -- small dialogs ---------------------------------------------------------------------------------------

    def ask_name(self) -> None:
        """A name given by hand."""
        dialog = AddName(self.work, "", self, more=False)
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, name: Name) -> None:
        self._wanted = name
        self.kinds.setCurrentIndex(0)
        self.page.refresh(name)
        self._look_later()

    def _ask_scope(self) -> None:
        from qda.coding.material import sources

        rows = [(row.guid, row.title) for row in sources(self._project)]
        dialog = ScopeDialog(rows, self.work.sources, self)
        dialog.chosen.connect(self._scoped)
        dialog.open()

    def _scoped(self, chosen: "tuple[str, ...] | None") -> None:
        if chosen != self.work.sources:
            self.work.sources = chosen
            self._search()

    def show_protocol(self) -> None:
        """What was pseudonymised."""
        ProtocolDialog(self._project, self).open()

    # -- the key ---------------------------------------------------------------------------------------------

    def _ask_open_key(self) -> None:
        self._let_go()
        start = self.work.key[0] if self.work.key is not None else None
        self._show(self.open_page)
        self.open_page.begin(start)

    def _open_key(self, path: Path, passphrase: str) -> None:
        from qda.exchange.name_key import read_key

        def opened(entries: "tuple[Entry, ...]") -> None:
            self.open_page.fields.forget()
            self.work.open_key(path, passphrase, entries)
            if self._purging:
                self._show_purge()
            else:
                self._search()

        def failed(words: str) -> None:
            self.open_page.running(False)
            self.open_page.refuse(words)

        self.open_page.running(True)
        self._run(lambda _tell: read_key(path, passphrase), opened, failed)

    def _ask_key(self) -> None:
        if self._pages.currentWidget() is not self.page or not self.go.isEnabled():
            return
        accepted = sum(self.work.standing(n).yes for n in self.work.names if not n.dismissed)
        unseen = [name.entry.clear for name in self.work.unseen()]
        path = self._desk.path
        self._show(self.key_page)
        self.key_page.begin(accepted, self.work.key, path.with_suffix(".qdakey"), unseen)

    # -- replacing and purging -------------------------------------------------------------------------------

    def _replace(self, key: tuple[Path, str] | None) -> None:
        entries, found = self.work.plan()
        if not self._window.flush():
            self.key_page.refuse(_("What you typed last could not be saved. Nothing was replaced."))
            return
        self.key_page.running(True)

        def replaced(done: doing.Done) -> None:
            self.key_page.fields.forget()
            if key is not None:
                self.work.open_key(*key, done.in_key)
            self.work.done(done.kept)
            where = places(done.hits, done.documents)
            words = [where] if done.documents else []
            if key is not None:
                words.append(_("The clear names are in the key “{name}”.").format(name=key[0].name))
            words.append(_("Undo takes it back."))
            title = ngettext("{n} name was replaced", "{n} names were replaced", len(done.kept))
            self._desk.told.emit(where)
            self._show_purge(title.format(n=len(done.kept)), " ".join(words), undo=True)

        def failed(words: str) -> None:
            self.key_page.running(False)
            self.key_page.refuse(words)

        self._run(
            lambda _tell: doing.replace_and_keep(self._project, entries, found, key),
            replaced,
            failed,
            writing=True,
        )

    def ask_purge(self) -> None:
        """To the purge; which names there were must be known from this sitting or from a key."""
        self._purging = True
        if self.work.to_purge():
            self._show_purge()
        else:
            self._ask_open_key()

    def _show_purge(self, title: str = "", words: str = "", *, undo: bool = False) -> None:
        self._purging = False
        self._show(self.purge_page)
        self.purge_page.begin(title, words, undo=undo)
        entries = self.work.to_purge()
        self._run(
            lambda _tell: doing.preview(self._project, entries),
            lambda found: self.purge_page.counted(*found),
            self.purge_page.refuse,
        )

    def _undo(self) -> None:
        self._let_go()
        before = self._state()
        self._desk.undo()
        if self._state() != before:
            self.work.replaced = ()
            self.purge_page.undone(_("Taken back: the clear names stand in the texts again"))

    def _purge(self, unsure: bool) -> None:
        from qda.coding.pseudonyms.purging import purge

        entries = self.work.to_purge()
        if not self._window.flush():
            self.purge_page.refuse(_("What you typed last could not be saved. Nothing was deleted."))
            return
        self.purge_page.running(True)

        def purged(done: "Purged") -> None:
            self.work.purged()
            self._desk.told.emit(_("The clear names are gone"))
            self.purge_page.purged(done)

        self._run(
            lambda _tell: purge(self._project, entries, unsure=unsure),
            purged,
            self.purge_page.refuse,
            writing=True,
        )

    # -- closing ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter ends the writing in a field; it must not go on to replace.
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._pages.currentWidget() is self.page:
            event.accept()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        if self._writing:
            return  # it ends by itself, and is told
        self._later.stop()
        self._let_go()
        super().reject()

    def _closed(self) -> None:
        """The study is gone."""
        self._writing = False
        self.reject()
