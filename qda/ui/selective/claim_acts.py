"""What is done about a claim of the story line: a relation is made for it, passages are looked for."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from qda.coding import codes, theory
from qda.coding.citation import may_quote
from qda.coding.rows import SegmentRow
from qda.coding.story_targets import passages_with
from qda.i18n import _
from qda.ui.axial.acts import Acts
from qda.ui.axial.choices import Choice, choose
from qda.ui.selective.questions import Claim
from qda.ui.selective.targets import Targets, passage_choice

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.desk import Desk
    from qda.ui.selective.story_edit import StoryEdit

_MOST_PASSAGES = 100  # of one code
_MOST_WITH = 8  # of one word
_WORDS = 3


class ClaimActs:
    """Asks what is still missing, then refers to what was made or chosen."""

    def __init__(self, desk: "Desk", targets: Targets, acts: Acts, window: QWidget) -> None:
        self._desk = desk
        self._targets = targets
        self._acts = acts
        self._window = window
        self._awaited: tuple[StoryEdit, Claim] | None = None
        acts.made_relation.connect(self._made_relation)

    def make_relation(self, edit: "StoryEdit", claim: Claim) -> None:
        """Asks for a relation that a claim stands on; it is referred to before the claim's point."""
        models = [row for row in theory.models(self._desk.project) if row.status == "active"]
        if not models:
            self._desk.refused.emit(
                _("There is no model yet. Make one in axial coding; a sentence can then stand on it.")
            )
            return

        def relate(key: str) -> None:
            model = next(row for row in models if row.guid == key)
            start, end = (*claim.codes, "", "")[:2]
            self._awaited = (edit, claim)
            dialog = self._acts.relate(model, claim.codes, from_code=start, to_code=end)
            dialog.rejected.connect(self._wait_no_more)

        if len(models) == 1:
            relate(models[0].guid)
            return
        choose(self._window, _("In which model?"), [Choice(row.guid, row.name) for row in models], relate)

    def _wait_no_more(self) -> None:
        self._awaited = None

    def _made_relation(self, relation: str) -> None:
        if self._awaited is None:
            return
        edit, claim = self._awaited
        self._awaited = None
        self._targets.forget()
        edit.setTextCursor(claim.end())
        edit.put_text(" (")
        edit.put_reference("relation", relation, words=self._targets.words("relation", relation))
        edit.put_text(")")
        edit.setFocus()

    def look_for_passages(self, edit: "StoryEdit", claim: Claim) -> None:
        """Offers passages of the codes that a claim names, or such as have its words."""
        rows = claim_passages(self._desk.project, claim)
        if not rows:
            self._desk.told.emit(_("No passage was found for this sentence."))
            return

        def take(key: str) -> None:
            cursor = QTextCursor(claim.cursor)
            cursor.setPosition(claim.cursor.selectionEnd())
            edit.setTextCursor(cursor)
            edit.put_text(" ")
            edit.put_reference("segment", key, words=self._targets.words("segment", key))
            edit.setFocus()

        choose(self._window, _("Passages for this sentence"), [passage_choice(row) for row in rows], take)


def claim_passages(project: "Project", claim: Claim) -> list[SegmentRow]:
    """Passages of the codes that a claim names; without one such as have its longest words."""
    rows: dict[str, SegmentRow] = {}
    for code in claim.codes:
        for coding in codes.codings(project, code=code, below=True, limit=_MOST_PASSAGES):
            if may_quote(coding.segment):
                rows.setdefault(coding.segment.guid, coding.segment)
    if rows:
        return list(rows.values())
    found: list[SegmentRow] = []
    for word in sorted({word.strip(".,;:!?") for word in claim.words.split()}, key=len)[: -_WORDS - 1 : -1]:
        found += passages_with(project, word, most=_MOST_WITH)
    return found
