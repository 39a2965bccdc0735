"""The small windows of the maps: words of one's own, the name of a map, what a line between two codes is."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from qda.coding import paradigms
from qda.coding.rows import RelationRow
from qda.i18n import _
from qda.ui.axial.choices import Choice
from qda.ui.axial.dialogs import LineDialog
from qda.ui.fonts import px
from qda.ui.surfaces import section, small

PLAIN: Final = "plain"
ARROW: Final = "arrow"
NEW: Final = "relation"


class WordsDialog(QDialog):
    """A few lines of text. Enter keeps them, Shift+Enter begins a line."""

    def __init__(
        self, title: str, start: str, take: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("map_words")
        self.setWindowTitle(title)
        self.finished.connect(self.deleteLater)
        self._take = take
        self.field = QPlainTextEdit(start, self)
        self.field.setObjectName("map_words_field")
        self.field.setAccessibleName(title)
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self.field.selectAll()
        buttons = QDialogButtonBox(self)
        keep = buttons.addButton(_("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setObjectName("accept")
        keep.setAccessibleName(_("Keep"))
        stop = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        stop.setObjectName("cancel")
        stop.setAccessibleName(_("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(14), px(16), px(12))
        box.setSpacing(px(8))
        box.addWidget(section(title, self))
        box.addWidget(self.field, 1)
        box.addWidget(small(_("Enter keeps it, Shift+Enter begins a line."), self))
        box.addWidget(buttons)
        self.resize(px(420), px(230))

    def accept(self) -> None:
        """Hands the words over."""
        super().accept()
        self._take(self.field.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.accept()
                return True
        return super().eventFilter(watched, event)


def ask_words(title: str, start: str, take: Callable[[str], object], parent: QWidget) -> WordsDialog:
    """Asks for a few lines of text."""
    dialog = WordsDialog(title, start, take, parent)
    dialog.open()
    dialog.field.setFocus()
    return dialog


def ask_line(
    title: str, words: str, start: str, take: Callable[[str], object], parent: QWidget
) -> LineDialog:
    """Asks for one line of text, which may be empty."""
    dialog = LineDialog(title, words, parent, start=start)
    dialog.taken.connect(take)
    dialog.open()
    dialog.field.selectAll()
    dialog.field.setFocus()
    return dialog


def line_choices(known: list[RelationRow], *, with_new: bool) -> list[Choice]:
    """What a line between two codes can be: a relation there is, a plain line, an arrow, a new relation."""
    rows = []
    for row in known:
        between = paradigms.relation_label(row.type, own=row.own_type)
        words = f"{row.from_name} – {between} – {row.to_name}"
        rows.append(Choice(row.guid, words, detail=_("Relation {number}").format(number=row.number)))
    rows.append(Choice(PLAIN, _("Plain line")))
    rows.append(Choice(ARROW, _("Plain arrow")))
    if with_new:
        rows.append(Choice(NEW, _("New relation…")))
    return rows
