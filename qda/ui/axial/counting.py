"""How often codes stand in which case, for a large study: counted in a thread, told when it is known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from qda.coding.tallies import Tally
    from qda.models import Project
    from qda.ui.background import Background


class Counting(QObject):
    """Counts once for each :meth:`ask`; of several the last one is told."""

    counted = Signal(object)  # qda.coding.tallies.Tally

    def __init__(self, project: "Project", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._asking: Background | None = None

    def ask(self, cases: Sequence[str]) -> None:
        """Counts anew; ``cases`` in the order in which they are named."""
        from qda.ui.background import Background

        if self._asking is None:
            self._asking = Background(self)
            self._asking.done.connect(self._answered)
        project, named = self._project, tuple(cases)

        def count() -> "Tally":
            from qda.coding.tallies import tally

            return tally(project, named)

        asking = self._asking
        QTimer.singleShot(0, self, lambda: asking.ask("counts", count))  # once the model is painted

    def let_go(self) -> None:
        """Nothing is counted any more."""
        if self._asking is not None:
            self._asking.stop()

    def _answered(self, _name: str, answer: "Tally") -> None:
        self.counted.emit(answer)
