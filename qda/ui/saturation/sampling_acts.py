"""What can be done with sampling decisions: writing, leading them somewhere, taking them away."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from qda.coding import sampling
from qda.coding.sampling import DecisionRow
from qda.i18n import _
from qda.ui.asking import ask_name
from qda.ui.axial.choices import Choice, choose

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qda.ui.desk import Desk


class SamplingActs:
    """The acts of the page, each by what it asks for."""

    def __init__(self, desk: "Desk", part: "QWidget") -> None:
        self._desk = desk
        self._part = part

    def begin(self, sought: str) -> None:
        """A new decision; it is taken in hand."""
        if guid := self._desk.do(sampling.decide_sampling, form="open", sought=sought):
            self._desk.decision_chosen.emit(guid)

    def write(self, decision: str, field: str, words: str) -> None:
        """Keeps one field of a decision."""
        row = next((one for one in sampling.decisions(self._desk.project) if one.guid == decision), None)
        if row is None or getattr(row, field) == words.strip():
            return
        if field == "outcome":
            self._desk.do(sampling.note_outcome, decision=decision, outcome=words)
        elif field == "brought":
            self._desk.do(sampling.note_outcome, decision=decision, outcome=row.outcome, brought=words)
        else:
            self._desk.do(sampling.change_sampling, decision=decision, **{field: words})

    def remove(self, decision: str) -> None:
        """Removes a decision; undo is offered below."""
        if decision and self._desk.do(sampling.remove_sampling, decision=decision):
            self._desk.told.emit(_("Removed the sampling decision."))

    def add(self, decision: str, targets: list[str]) -> None:
        """Leads a decision to these."""
        self._desk.do(sampling.add_targets, decision=decision, targets=targets)

    def take_off(self, decision: str, target: str) -> None:
        """Takes one off."""
        if self._desk.do(sampling.remove_target, decision=decision, target=target):
            self._desk.told.emit(_("Taken off the sampling decision."))

    # -- asking ---------------------------------------------------------------------------------------------

    def choose_target(self, row: DecisionRow, kind: str) -> None:
        """Asks for a case, a document or passages."""
        if kind == "passages":
            self._choose_passages(row)
            return
        project = self._desk.project
        led = {target.guid for target in row.targets}
        if kind == "case":
            from qda.coding.material import cases

            choices = [Choice(one.guid, one.name) for one in cases(project) if one.guid not in led]
            title = _("Which case does it lead to?")
        else:
            from qda.coding.material import sources

            choices = [
                Choice(one.guid, one.title, detail=one.case_name or "")
                for one in sources(project)
                if one.guid not in led
            ]
            title = _("Which document does it lead to?")
        choose(self._part, title, choices, lambda key: self.add(row.guid, [f"{kind}:{key}"]))

    def _choose_passages(self, row: DecisionRow) -> None:
        from qda.ui.saturation.passages_dialog import PassagesDialog

        dialog = PassagesDialog(self._desk, self._desk.code, self._part)
        dialog.taken.connect(lambda targets: self.add(row.guid, targets))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.of.setFocus()

    def new_case(self, row: DecisionRow) -> None:
        """Asks for the name of the case that the decision leads to, and makes it."""

        def make(name: str) -> None:
            if self._desk.do(sampling.sample_case, decision=row.guid, name=name):
                self._desk.told.emit(_("The case “{name}” comes from this decision.").format(name=name))

        ask_name(self._part, _("New case"), _("Name of the case"), make)

    def bring_in(self, row: DecisionRow, take: Callable[[str], object]) -> None:
        """Asks whose transcripts come in: of a case the decision leads to, or of a new one."""
        mine = [target for target in row.targets if target.kind == "case"]
        if len(mine) == 1:
            take(mine[0].guid)
            return

        def taken(key: str) -> None:
            if not key.startswith("new:"):
                take(key)
            elif case := self._desk.do(sampling.sample_case, decision=row.guid, name=key[4:]):
                take(case)

        choices = [Choice(target.guid, target.name) for target in mine]
        title = _("Whose transcripts? Choose a case, or type the name of a new one")
        choose(self._part, title, choices, taken, new=_("New case “{name}”"))
