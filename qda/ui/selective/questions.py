"""What is asked at the cursor: of a quotation that differs, of one without a source, of a claim."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QTextCursor

from qda.coding.citation import paragraphs_cited
from qda.coding.rows import SegmentRow
from qda.coding.story_quotations import find_quotation
from qda.i18n import _
from qda.ui.selective.runs import Run, select
from qda.ui.selective.strip import Deed
from qda.ui.selective.targets import Shown, Targets

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.selective.story_edit import StoryEdit

_LONGEST = 60  # characters of words in a question
_MOST_FOUND = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what can be done; ``key`` tells whether it is the same as before."""

    key: tuple[object, ...]
    words: str
    deeds: tuple[Deed, ...] = ()
    amiss: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that stands on nothing: a cursor over it, and the codes that it refers to."""

    cursor: QTextCursor
    words: str
    codes: tuple[str, ...]

    def end(self) -> QTextCursor:
        """The place before its closing point."""
        at = QTextCursor(self.cursor)
        at.setPosition(self.cursor.selectionEnd())
        words = self.cursor.selectedText()
        closing = len(words) - len(words.rstrip('.!?…”“"»«)'))
        at.movePosition(QTextCursor.MoveOperation.PreviousCharacter, n=closing)
        return at


class Deeds(Protocol):
    """What the workspace does about a claim."""

    def make_relation(self, edit: "StoryEdit", claim: Claim) -> None:
        """Asks for a new relation and refers to it."""

    def look_for_passages(self, edit: "StoryEdit", claim: Claim) -> None:
        """Offers passages of the codes that the claim names."""


class Asker:
    """Asks of one text; what was looked for in the material is known until something changes."""

    def __init__(self, project: "Project", targets: Targets, deeds: Deeds) -> None:
        self._project = project
        self._targets = targets
        self._deeds = deeds
        self._found: dict[str, list[SegmentRow]] = {}

    def forget(self) -> None:
        """The material has changed."""
        self._found = {}

    def ask(self, edit: "StoryEdit") -> Question | None:
        """What is asked at the cursor of a text; None where nothing is."""
        cursor = edit.textCursor()
        if cursor.hasSelection() or edit.isReadOnly() or edit.completion.isVisible():
            return None
        block, place = cursor.block(), cursor.position()
        for run in edit.reads.runs(block):
            if run.start <= place <= run.stop:
                return self._of_reference(edit, run)
        at = cursor.positionInBlock()
        for start, stop, typed in edit.reads.of(block).typed:
            if start <= at <= stop:
                return self._of_quotation(
                    edit, block.position() + start, block.position() + stop, typed.words
                )
        if not edit.asks_claims:
            return None
        for start, stop in edit.reads.of(block).claims(carried=edit.reads.is_carried(block)):
            if start <= at <= stop:
                return self._of_claim(edit, block.position() + start, block.position() + stop)
        return None

    # -- references ----------

    def _of_reference(self, edit: "StoryEdit", run: Run) -> Question | None:
        shown = edit.shown(run)
        show = ("show_target", _("Show the passage"), lambda: edit.open_run(run))
        plain = ("make_plain", _("Make it plain text"), lambda: self._make_plain(edit, run))
        key = (run.number, run.words, shown.told)
        if shown.gone:
            return Question(key, shown.told, (plain,), amiss=True)
        if shown.withheld:
            told = _("These words may not be quoted; reports leave them out.")
            return Question(key, told, (show, plain), amiss=True)
        if shown.differs:
            mend = ("mend_quotation", _("Take the wording of the source"), lambda: self._mend(edit, run))
            return Question(key, _difference(shown), (mend, show), amiss=True)
        return None

    def _mend(self, edit: "StoryEdit", run: Run) -> None:
        words = self._targets.mended(run.target, run.words)
        self._write_over(edit, run, words)

    def _write_over(self, edit: "StoryEdit", run: Run, words: str) -> None:
        edit.setTextCursor(select(edit.document(), run.start, run.stop))
        edit.put_reference(run.kind, run.target, words=words)
        edit.follow()
        edit.setFocus()

    @staticmethod
    def _make_plain(edit: "StoryEdit", run: Run) -> None:
        edit.setTextCursor(select(edit.document(), run.start, run.stop))
        edit.put_text(run.words)
        edit.setFocus()

    # -- quotations that were only typed ----------

    def _of_quotation(self, edit: "StoryEdit", start: int, stop: int, words: str) -> Question:
        if words not in self._found:
            self._found[words] = find_quotation(self._project, words, most=_MOST_FOUND)
        rows = self._found[words]
        key = ("typed", start, stop, words, tuple((row.source, row.start) for row in rows))
        if not rows:
            return Question(key, _("These words in quotation marks stand nowhere in the material."))

        def quote(row: SegmentRow) -> Callable[[], object]:
            return lambda: self._quote(edit, start, stop, row)

        if len(rows) == 1:
            told = _("These words stand in {place}.").format(place=paragraphs_cited(rows[0]))
            return Question(key, told, (("make_quotation", _("Quote them from there"), quote(rows[0])),))
        deeds = tuple(
            (f"make_quotation_{at}", paragraphs_cited(row), quote(row)) for at, row in enumerate(rows)
        )
        return Question(key, _("These words stand in several places. Quote them from:"), deeds)

    @staticmethod
    def _quote(edit: "StoryEdit", start: int, stop: int, row: SegmentRow) -> None:
        cursor = select(edit.document(), start, stop)
        words = cursor.selectedText()
        edit.setTextCursor(cursor)
        edit.put_reference("segment", row.guid or f"{row.source}:{row.start}-{row.stop}", words=words)
        edit.follow()
        edit.setFocus()

    # -- claims ----------

    def _of_claim(self, edit: "StoryEdit", start: int, stop: int) -> Question:
        claim = claim_at(edit, start, stop)
        deeds = (
            ("claim_refer", _("Refer to one"), lambda: self._refer(edit, claim)),
            ("claim_make", _("Make one"), lambda: self._deeds.make_relation(edit, claim)),
            ("claim_passages", _("Look for passages"), lambda: self._deeds.look_for_passages(edit, claim)),
        )
        key = ("claim", edit.document().findBlock(start).blockNumber(), claim.words)
        return Question(key, _("For this sentence a relation is missing."), deeds)

    @staticmethod
    def _refer(edit: "StoryEdit", claim: Claim) -> None:
        edit.setTextCursor(claim.end())
        edit.setFocus()
        edit.choose_reference("relation")


def claim_at(edit: "StoryEdit", start: int, stop: int) -> Claim:
    """The claim from ``start`` to ``stop`` (Qt's units)."""
    cursor = select(edit.document(), start, stop)
    named = [
        run.target
        for run in edit.reads.runs(cursor.block())
        if run.kind == "code" and start <= run.start < stop
    ]
    return Claim(cursor, cursor.selectedText(), tuple(dict.fromkeys(named)))


def _difference(shown: Shown) -> str:
    """What differs, in a line: the first place, and how many there are more."""
    if not shown.places:
        return shown.told
    first = shown.places[0]
    here, there = first.words[:_LONGEST], first.source[:_LONGEST]
    if not first.words:
        told = _("The source has “{there}” here, too.").format(there=there)
    elif not first.source:
        told = _("The source does not have “{here}”.").format(here=here)
    else:
        told = _("The source has “{there}”, not “{here}”.").format(there=there, here=here)
    more = len(shown.places) - 1
    return f"{told} {_('And {n} more.').format(n=more)}" if more else told
