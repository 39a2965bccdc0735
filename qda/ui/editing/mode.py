"""The edit mode of a transcript: begun, kept as a draft, saved as one act, left.

What was typed and not saved is never lost: it is kept with the study and comes back with the mode, as long as
the text is the one in which it was typed.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer

from qda.coding import correcting, pencil, replacing
from qda.coding.codes import marks
from qda.coding.edits import in_points
from qda.coding.positions import normalise
from qda.coding.rows import SegmentRow
from qda.i18n import _, ngettext
from qda.models.splicing import Hunk, applied, tidied
from qda.ui.editing.bar import EditBar, Loss
from qda.ui.editing.searching import EditedSearch
from qda.ui.transcript.margin import shown_name
from qda.ui.transcript.search_bar import SearchBar

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.editing.view import EditingView
    from qda.ui.open_coding.transcript_pane import TranscriptPane

DRAFT: Final = "edit.draft:"
_KEEP_MS: Final = 1500  # after this long without a key what was typed is kept
_QUOTE: Final = 70  # characters of a passage that would lose its words
_TEXT_TABLES: Final = frozenset({"source", "paragraph", "speaker"})


class EditMode(QObject):
    """The mode of one pane. The desk is held while it lasts: nothing else changes."""

    def __init__(self, desk: "Desk", pane: "TranscriptPane") -> None:
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        self.view: EditingView = pane.view
        self._source = ""
        self._saving = False
        self._old = ""  # the text that is being saved over
        self._change: Changed | None = None  # by which the text was saved
        self._kept = ""  # the draft as it is stored
        self._lost: tuple[SegmentRow, ...] = ()
        self.bar = EditBar(pane)
        self.search = SearchBar(EditedSearch(self.view), pane)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep.timeout.connect(self.keep_draft)
        self.view.edited.connect(self._edited)
        self.view.save_wanted.connect(self.save)
        self.view.leave_wanted.connect(self.leave)
        bar = self.bar
        bar.save_wanted.connect(self.save)
        bar.leave_wanted.connect(self.leave)
        bar.all_back_wanted.connect(self.take_all_back)
        bar.go_on_wanted.connect(self.go_on)
        bar.agreed.connect(lambda: self.save(agreed=True))
        bar.looked_at.connect(self.view.reveal)
        pane.opened.connect(lambda _source: self._offer())

    # -- beginning and leaving -------------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        """Whether the text is being edited."""
        return self.view.editing is not None

    def begin(self) -> None:
        """Edits the text from now on, at the cursor; what was typed before and not saved comes back."""
        project = self._desk.project
        if self.is_on:
            self.go_on()
            return
        if not self._pane.source:
            return
        if project.read_only:
            self._desk.refused.emit(_("This study can only be read here. Its texts cannot be edited."))
            return
        if self._desk.held:
            self._desk.refused.emit(self._desk.held)
            return
        self._pane.search.close_bar()
        self._source = self._pane.source
        changes = self._draft()
        self._desk.hold(
            _("A text is being edited. Save it (Ctrl+Return) or leave it (Esc) first; nothing was changed.")
        )
        self.view.begin_editing(changes)
        self.bar.show_editing()
        self._edited()
        self._keep.stop()
        if changes:
            self._desk.told.emit(_("What you typed before is here again; it is not saved yet."))
        self._follow()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Back to reading and coding; what was typed and not saved waits."""
        if not self.is_on:
            return
        waits = bool(self.view.hunks())
        self.keep_draft()
        self._end()
        self.view.end_editing()
        self._pane.progress.refresh()
        if waits:
            self._desk.told.emit(_("Not saved yet: “Edit text” goes on with what you typed."))
            self.bar.show_waiting()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        self._keep.stop()
        self._desk.release()
        self.search.hide()
        self.bar.hide()
        self._follow()

    def _follow(self) -> None:
        """Menus and keys know at once what can be done now."""
        later = getattr(self._pane.window(), "actions_later", None)
        if later is not None:
            later()

    def go_on(self) -> None:
        """Back to typing, after a warning or a pause."""
        if not self.is_on:
            self.begin()
            return
        self.bar.show_editing()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        typed = self.view.editing
        if typed is None:
            return
        if self.bar.is_warned:
            self.bar.show_editing()
        self.bar.show_count(len(typed.edits))
        self._keep.start()
        if self.search.isVisible():
            self.search.later()

    def take_all_back(self) -> None:
        """Puts the stored text back; undo in the text brings what was typed again."""
        self.view.take_all_back()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- drafts ----------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keeps what was typed so far with the study."""
        typed = self.view.editing
        if typed is None:
            return
        self._keep.stop()
        changes = [[h.at, h.end, in_points(h.inserted)] for h in typed.edits.hunks()]
        written = json.dumps([_mark(typed.edits.old), changes], ensure_ascii=False) if changes else ""
        self._store(written)

    def _store(self, written: str) -> None:
        if written != self._kept:
            self._kept = written
            self._desk.project.set_setting(DRAFT + self._source, written)

    def _read(self, source: str) -> tuple[str, list[tuple[int, int, str]]]:
        self._kept = self._desk.project.setting(DRAFT + source)
        if not self._kept:
            return "", []
        mark, changes = json.loads(self._kept)
        return mark, [(start, stop, words) for start, stop, words in changes]

    def _draft(self) -> list[tuple[int, int, str]]:
        mark, changes = self._read(self._source)
        if not changes:
            return []
        from qda.coding.edits import in_units

        if mark == _mark(in_units(self.view.document().toRawText())):
            return changes
        words = " … ".join(text for _start, _stop, text in changes if text.strip())
        self._store("")
        self._desk.refused.emit(
            _("The text was changed since. What you had typed does not fit it any more: {words}").format(
                words=words
            )
        )
        return []

    def _offer(self) -> None:
        """Another document came into view: does something wait for it?"""
        if self.is_on:
            return
        if self._pane.source and not self._desk.project.read_only and self._read(self._pane.source)[1]:
            self.bar.show_waiting()
        else:
            self.bar.hide()

    # -- saving ----------------------------------------------------------------------------------------------

    def save(self, *, agreed: bool = False) -> None:
        """Saves all changes as one act, unless passages would lose their words and nobody has agreed."""
        if not self.is_on:
            return
        hunks = self.view.hunks()
        if not hunks:
            self._store("")
            self.leave()
            return
        if not agreed or not self._lost:
            self._lost = replacing.displaced(self._desk.project, source=self._source, hunks=hunks)
        if self._lost and not agreed:
            self._warn(self._lost)
            return
        self._saving = True
        self._old = self.view.text
        self._desk.release()
        try:
            done = self._desk.do(
                correcting.correct,
                source=self._source,
                hunks=hunks,
                label=_("Edit text"),
                drop=[passage.guid for passage in self._lost],
            )
        finally:
            self._saving = False
        self._lost = ()
        if done is None:  # refused in a sentence: all that was typed is still here
            self._hold_again()
            return
        self._end()
        self._show_saved(hunks)
        self.view.viewport().repaint()  # what else there is to do can wait for it
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._store("")

    def _show_saved(self, hunks: Sequence[Hunk]) -> None:
        """Codings are where the act has put them; read again only where some of them went or were joined."""
        change, self._change = self._change, None
        if change is None:  # the words were the same
            self.view.end_editing()
            return
        ready = [Hunk(hunk.at, hunk.removed, normalise(hunk.inserted)[0]) for hunk in hunks]
        stayed = not change.tables & {"coding", "segment"}
        done = tidied(self._old, ready)
        text = applied(self._old, done) if "paragraph" not in change.tables else None
        self._pane.show_edited(change.unit, done if stayed else [], text)

    def _hold_again(self) -> None:
        self._desk.hold(
            _("A text is being edited. Save it (Ctrl+Return) or leave it (Esc) first; nothing was changed.")
        )
        self.go_on()

    def _warn(self, lost: Sequence[SegmentRow]) -> None:
        n = len(lost)
        told = ngettext("{n} passage would lose its words.", "{n} passages would lose their words.", n)
        self.bar.warn(told.format(n=n), [Loss(row, passage.start) for row, passage in self._rows(lost)])

    def _rows(self, lost: Sequence[SegmentRow]) -> list[tuple[str, SegmentRow]]:
        project = self._desk.project
        named: dict[str, list[str]] = defaultdict(list)
        for mark in marks(project, self._source):
            named[mark.segment].append(shown_name(mark.name, mark.in_vivo))
        for row in pencil.pencils(project, self._source):
            named[row.segment].append(_("Pencil mark"))
        found = []
        for passage in lost:
            words = " ".join(passage.text.split())
            quote = words if len(words) <= _QUOTE else f"{words[:_QUOTE]} …"
            codes = ", ".join(dict.fromkeys(named[passage.guid])) or _("Evidence, value or memo")
            found.append((_("{codes}: “{words}”").format(codes=codes, words=quote), passage))
        return found

    def takes(self, change: "Changed") -> bool:
        """Whether the mode itself follows an act, which it has just done."""
        if self._saving:
            self._change = change
            return True
        if self.is_on and change.tables & _TEXT_TABLES:
            self.leave()
        return False


def _mark(text: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
