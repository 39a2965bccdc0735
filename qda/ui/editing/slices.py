"""Work in slices between which the window answers: an iterator is gone through a few milliseconds a time."""

import time
from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE_S: Final = 0.02


class Slices(QObject):
    """Hands out what an iterator of lists gives; one that is started anew ends the one before."""

    came = Signal(list)  # what was found since; never empty
    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Iterator[list[Any]] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def start(self, work: Iterator[list[Any]]) -> None:
        """Begins."""
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Ends it; what was found so far was handed out."""
        if self._timer.isActive():
            self._timer.stop()
            self._work = iter(())
            self.done.emit()

    def _go_on(self) -> None:
        found: list[Any] = []
        end = time.perf_counter() + _SLICE_S
        for some in self._work:
            found += some
            if time.perf_counter() > end:
                break
        else:
            self._timer.stop()
            if found:
                self.came.emit(found)
            self.done.emit()
            return
        if found:
            self.came.emit(found)
