"""How answers and dates are written for people, and what keeps a field from taking a wrong one.

Numbers and dates are stored in one way (3.5, 2025-03-01) and shown as the window's language has them; what
is shown can be typed again and means the same.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from qda.errors import KnownError
from qda.i18n import _, language
from qda.ui.memos.autosave import AutoLine
from qda.ui.status import announce

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_THOUSANDS: Final = re.compile(r"(-?)(\d{1,3}\.\d{3})")


def shown_value(kind: str, value: str) -> str:
    """A stored answer as it is read."""
    if kind == "number":
        return _shown_number(value)
    return shown_date(value) if kind == "date" else value


def _shown_number(value: str) -> str:
    # A nought in front: 3.500 alone could mean two numbers.
    plain = _THOUSANDS.sub(r"\g<1>0\g<2>", value) if _THOUSANDS.fullmatch(value) else value
    return plain.replace(".", ",") if language() == "de" and re.fullmatch(r"-?[\d.]+", plain) else plain


def shown_date(value: str) -> str:
    """An ISO date (or month, or year) as it is read."""
    if found := _DAY.fullmatch(value):
        year, month, day = found.groups()
        return f"{int(day)}.{int(month)}.{year}" if language() == "de" else value
    if found := _MONTH.fullmatch(value):
        return f"{found[2]}/{found[1]}"
    return value


def is_due(delete_by: str, today: date) -> bool:
    """Whether this day (ISO, or empty) is no more than thirty days away."""
    from qda.coding.consent import SOON

    return bool(delete_by) and date.fromisoformat(delete_by) - today <= SOON


def hint_of(kind: str) -> str:
    """How an answer of this kind is written."""
    return {
        "number": _("A number like 12 or 3.5"),
        "date": _("A date like 1.3.2025, 03/2025 or 2025"),
    }.get(kind, "")


class CheckedLine(AutoLine):
    """One line that hands over what ``check`` lets pass; what is wrong stays in it and is told."""

    wrong = Signal(str)  # the sentence; empty when it is right again

    def __init__(
        self, name: str, label: str, check: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._check = check
        self._sentence = ""

    @property
    def sentence(self) -> str:
        """Why it does not take what stands in it; empty where it does."""
        return self._sentence

    def _restart(self, _text: str) -> None:
        """A date that is half typed is no wrong one: it is taken when it is done."""

    def flush(self) -> None:
        text = self.text().strip()
        if self.text() != self._kept and text:
            try:
                self._check(text)
            except KnownError as problem:
                self._tell(problem.sentence)
                return
        self._tell("")
        super().flush()

    def _tell(self, sentence: str) -> None:
        if sentence != self._sentence:
            self._sentence = sentence
            self.setAccessibleDescription(sentence)
            self.wrong.emit(sentence)
            if sentence:
                announce(self, sentence)

    def show_text(self, text: str) -> None:
        if not self._sentence and not (self.hasFocus() and self.isModified() and self.text() != self._kept):
            super().show_text(text)

    def show_other(self, text: str) -> None:
        self._tell("")
        super().show_other(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._kept is not None and self.text() != self._kept:
            self.show_other(self._kept)  # as it was
            return
        super().keyPressEvent(event)
