"""The codes of the open study, read once for all parts of the window that show them.

After an act the rows are read again a moment later, so that the transcript is painted first; who needs them
at once calls :meth:`CodeBook.now`.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from qda.coding.codes import codes
from qda.coding.matrices import frequencies_hidden
from qda.coding.quick_codes import quick_codes, set_quick_code
from qda.coding.rows import CodeRow
from qda.ui.transcript.rows import CodeChoice

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset({"code", "coding", "core_category", "segment", "source", "project_sheet"})
_SOON_MS: Final = 30
_RECENT: Final = 12


class CodeBook(QObject):
    """All codes in the order of the tree, by GUID, and as choices for the code field."""

    refreshed = Signal()

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[CodeRow] = []
        self._by_guid: dict[str, CodeRow] = {}
        self._stale = True
        self._recent: list[str] = []
        self._keys: dict[str, int] = {}
        self._counted = True
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.now)
        desk.changed.connect(self._changed)

    @classmethod
    def of(cls, desk: "Desk") -> "CodeBook":
        """The one code book of a desk."""
        found = desk.findChild(cls)
        return found if isinstance(found, cls) else cls(desk, desk)

    @property
    def rows(self) -> list[CodeRow]:
        """All codes in the order of the tree."""
        if self._stale:
            self.now()
        return self._rows

    def row(self, guid: str) -> CodeRow | None:
        """One code; none where it is gone."""
        if self._stale:
            self.now()
        return self._by_guid.get(guid)

    def now(self) -> None:
        """Reads the codes again if something has changed since."""
        self._soon.stop()
        if not self._stale:
            return
        self._stale = False
        self._rows = codes(self._desk.project)
        self._by_guid = {row.guid: row for row in self._rows}
        self._counted = not frequencies_hidden(self._desk.project)
        self._keys = {code: key for key, code in quick_codes(self._desk.project).items()}
        self.__dict__.pop("_choices", None)
        self.refreshed.emit()

    @property
    def counted(self) -> bool:
        """Whether figures stand beside codes: a study may hide frequencies."""
        if self._stale:
            self.now()
        return self._counted

    @property
    def keys(self) -> dict[str, int]:
        """The digits that code at once, by code."""
        if self._stale:
            self.now()
        return self._keys

    def on_key(self, key: int) -> CodeRow | None:
        """The code on a digit."""
        return next((self._by_guid[code] for code, its in self.keys.items() if its == key), None)

    def set_key(self, key: int, code: str) -> None:
        """Puts a code on a digit ("" none)."""
        set_quick_code(self._desk.project, key=key, code=code or None)
        self._stale = True
        self.now()

    def used(self, guid: str) -> None:
        """A passage was coded with this code: it comes first where nothing is typed yet."""
        self._recent = [guid, *(one for one in self._recent if one != guid)][:_RECENT]
        self.__dict__.pop("_choices", None)

    def choices(self) -> list[CodeChoice]:
        """The codes as the code field offers them: those used last first, then as in the tree."""
        self.now()
        return self._choices

    @cached_property
    def _choices(self) -> list[CodeChoice]:
        recent = [self._by_guid[guid] for guid in self._recent if guid in self._by_guid]
        seen = {row.guid: place for place, row in enumerate(recent, 1)}
        rows = [*recent, *(row for row in self._rows if row.guid not in seen)]
        return [
            CodeChoice(
                *(r.guid, r.name, r.path, r.colour, r.origin == "in-vivo", r.definition),
                count=r.codings if self._counted else 0,
                key=self._keys.get(r.guid, 0),
                recent=seen.get(r.guid, 0),
            )
            for r in rows
        ]

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES:
            self._stale = True
            self._soon.start()
