"""Parts of the forms: fields that grow with their words, labelled rows, choices."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import TEXT_TITLE, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoLine, AutoText
from qda.ui.surfaces import small


class GrowingText(AutoText):
    """A field as high as its words, at least ``lines`` lines."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None, *, lines: int = 3) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFont(reading_font())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lead(px(23), px(4))
        self._least = px(23) * lines + px(18)
        self.setFixedHeight(self._least)
        self.document().setDocumentMargin(px(6))
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def _grow(self, size: QSizeF) -> None:
        self.setFixedHeight(max(self._least, round(size.height()) + px(10)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the form scrolls, not the field


class Choice(QComboBox):
    """A choice of keys with names; the wheel scrolls the form, not the choice."""

    def __init__(
        self, name: str, label: str, rows: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fill(rows)

    def fill(self, rows: Iterable[tuple[str, str]]) -> None:
        """Offers these keys; the key chosen stays."""
        kept = self.currentData()
        self.clear()
        for key, words in rows:
            self.addItem(words, key)
        self.show_key(kept)

    def show_key(self, key: Any) -> None:
        """Shows a key without telling."""
        at = self.findData(key)
        self.setCurrentIndex(max(at, 0) if self.count() else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def title_field(name: str, label: str, parent: QWidget | None = None) -> AutoLine:
    """The title of what a page shows, written into directly."""
    field = AutoLine(parent)
    field.setObjectName(name)
    field.setAccessibleName(label)
    field.setFont(reading_font(TEXT_TITLE, semibold=True))
    field.setProperty("title", True)
    # A line below while it is being written; its letters stand on the left edge of the page.
    field.setStyleSheet(
        "QLineEdit { border: 0; border-bottom: 2px solid transparent; padding: 2px 0;"
        " background: transparent; }"
        "QLineEdit:focus { border: 0; border-bottom: 2px solid palette(link); padding: 2px 0; }"
    )
    field.setTextMargins(-2, 0, 0, 0)
    return field


def labelled(label: str, hint: str, field: QWidget, parent: QWidget | None = None) -> QVBoxLayout:
    """A field under its name and a hint."""
    box = QVBoxLayout()
    box.setSpacing(px(3))
    name = QLabel(label, parent)
    name.setFont(ui_font(semibold=True))
    name.setBuddy(field)
    box.addWidget(name)
    if hint:
        box.addWidget(small(hint, parent, wrap=True))
        field.setAccessibleDescription(hint)
    box.addSpacing(px(2))
    box.addWidget(field)
    return box


def none_first(rows: Iterable[tuple[str, str]], none: str = "") -> list[tuple[str, str]]:
    """Choices with "none" at their head."""
    return [("", none or _("none")), *rows]
