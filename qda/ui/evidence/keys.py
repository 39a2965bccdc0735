"""The keys of a list below a search field: down goes into the list, letters there act on the row in hand."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from qda.ui.axial.segmented import Segmented
from qda.ui.evidence.item import POLARITIES

_INTO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ListKeys(QObject):
    """Watches the field and the list: S, W, E take with a polarity, K turns the kind; ``more`` adds keys."""

    def __init__(
        self,
        field: QWidget,
        rows: QWidget,
        kind: Segmented,
        take: Callable[[str], object],
        more: Mapping[Qt.Key, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__(rows)
        self._field, self._rows, self._kind = field, rows, kind
        self._take = take
        self._more = dict(more or {})
        for widget in (field, rows):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if watched is self._field and key in _INTO_LIST:
            self._rows.setFocus()
            return True
        return watched is self._rows and not event.modifiers() and self._does(key)

    def _does(self, key: Qt.Key) -> bool:
        if key in POLARITIES:
            self._take(POLARITIES[key])
        elif key == Qt.Key.Key_K:
            self._kind.show_key("inferred" if self._kind.key == "spoken" else "spoken")
        elif key in self._more:
            self._more[key]()
        else:
            return False
        return True
