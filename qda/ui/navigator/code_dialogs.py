"""Dialogs about codes: merging with its preview, moving below another; the grid of colours."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import N_, _, ngettext
from qda.ui import theme
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.navigator.code_picker import CodePicker
from qda.ui.surfaces import small
from qda.ui.transcript.rows import CodeChoice

if TYPE_CHECKING:
    from qda.coding.partial import MergePreview

COLOURS: Final = (
    N_("dull red"),
    N_("green"),
    N_("mustard"),
    N_("sand"),
    N_("rust"),
    N_("emerald"),
    N_("petrol"),
    N_("slate"),
    N_("indigo"),
    N_("violet"),
    N_("pink"),
    N_("bordeaux"),
)


def preview_words(preview: "MergePreview", into: str) -> str:
    """What a merge moves, in a sentence a line."""
    parts = [
        ngettext("{n} coding", "{n} codings", preview.codings).format(n=preview.codings),
        ngettext("{n} code below", "{n} codes below", preview.children).format(n=preview.children),
        ngettext("{n} relation", "{n} relations", preview.relations).format(n=preview.relations),
        ngettext("{n} placement", "{n} placements", preview.placements).format(n=preview.placements),
        ngettext("{n} property", "{n} properties", preview.properties).format(n=preview.properties),
        ngettext("{n} memo", "{n} memos", preview.memos).format(n=preview.memos),
    ]
    figures = (
        *(preview.codings, preview.children, preview.relations),
        *(preview.placements, preview.properties, preview.memos),
    )
    moving = [part for at, (part, n) in enumerate(zip(parts, figures, strict=True)) if n or at == 0]
    line = _("To “{name}” move: {what}.").format(name=into, what=", ".join(moving))
    if preview.joined:
        joined = ngettext(
            "{n} of the codings is there already and joins it.",
            "{n} of the codings are there already and join those.",
            preview.joined,
        ).format(n=preview.joined)
        line = f"{line}\n{joined}"
    return line


class _CodeDialog(QDialog):
    """A title, a picker of codes, two buttons."""

    def __init__(
        self, title: str, act: str, choices: Sequence[CodeChoice], *, top: str = "", parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(px(460), px(520))
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(px(24), px(20), px(24), px(16))
        self.box.setSpacing(px(10))
        label = heading(title)
        label.setWordWrap(True)
        self.box.addWidget(label)
        self.picker = CodePicker(choices, top=top, parent=self)
        self.box.addWidget(self.picker, 1)
        self.buttons = QDialogButtonBox(self)
        self.ok = self.buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setObjectName("ok")
        self.ok.setAccessibleName(act)
        self.ok.setDefault(True)
        cancel = self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancel")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.box.addWidget(self.buttons)
        self.picker.chosen.connect(self._chosen)
        self.picker.taken.connect(lambda _guid: self.accept())
        self._chosen(self.picker.current)
        self.finished.connect(self.deleteLater)

    def _chosen(self, _guid: str) -> None:
        self.ok.setEnabled(self.picker.has_choice)


class MergeDialog(_CodeDialog):
    """Into which code, what moves there, and why."""

    def __init__(
        self,
        name: str,
        choices: Sequence[CodeChoice],
        preview: "Callable[[str], MergePreview | tuple[str, bool]]",
        merge: Callable[[str, str], object],
        parent: QWidget,
        *,
        title: str = "",
    ) -> None:
        """``preview`` is what a merge moves, or a sentence and whether it can be done at all."""
        self._preview = preview
        self._words = QLabel()
        self._names = {choice.guid: choice.name for choice in choices}
        super().__init__(
            title or _("Merge “{name}” into\u00a0…").format(name=name), _("Merge"), choices, parent=parent
        )
        self.setObjectName("merge_codes")
        self._words.setObjectName("merge_preview")
        self._words.setWordWrap(True)
        self._words.setMinimumHeight(px(36))
        self.note = QLineEdit(self)
        self.note.setObjectName("merge_note")
        self.note.setAccessibleName(_("Why (becomes a code note)"))
        why = small(_("Why (becomes a code note)"))
        why.setBuddy(self.note)
        at = self.box.count() - 1
        self.box.insertWidget(at, self._words)
        self.box.insertWidget(at + 1, why)
        self.box.insertWidget(at + 2, self.note)
        self.accepted.connect(lambda: merge(self.picker.current, self.note.text().strip()))

    def _chosen(self, guid: str) -> None:
        super()._chosen(guid)
        if guid:
            found = self._preview(guid)
            if isinstance(found, tuple):
                words, possible = found
                self.ok.setEnabled(possible)
            else:
                words = preview_words(found, self._names[guid])
            self._words.setText(words)
        else:
            self._words.setText(_("Choose the code that remains."))


class MoveDialog(_CodeDialog):
    """Below which code, or to the top of the tree."""

    def __init__(
        self,
        name: str,
        choices: Sequence[CodeChoice],
        move: Callable[[str], object],
        parent: QWidget,
        *,
        title: str = "",
    ) -> None:
        super().__init__(
            title or _("Move “{name}” below\u00a0…").format(name=name),
            _("Move"),
            choices,
            top=_("(the top of the tree)"),
            parent=parent,
        )
        self.setObjectName("move_code")
        self.accepted.connect(lambda: move(self.picker.current))


class _Chip(QPushButton):
    """One colour; the chosen one has a ring."""

    def __init__(self, index: int, *, chosen: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._index, self._chosen = index, chosen
        name = _("Colour {n}, {name}").format(n=index, name=_(COLOURS[index - 1]))
        self.setObjectName(f"colour_{index}")
        self.setAccessibleName(name)
        self.setToolTip(_(COLOURS[index - 1]))
        self.setFixedSize(QSize(px(34), px(30)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.tokens_of(self)
        middle = QRectF(0, 0, px(18), px(18))
        middle.moveCenter(QRectF(self.rect()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.code_colour(self._index, colours.dark))
        painter.drawRoundedRect(middle, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus() or self._chosen:
            painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.control_frame), 2))
            painter.drawRoundedRect(middle.adjusted(-4, -4, 4, 4), 5, 5)


class ColourGrid(QFrame):
    """Twelve colours in two rows, gone through by the arrow keys; and the parent's colour."""

    def __init__(
        self, colour: int, *, inherits: bool, take: Callable[[int | None], object], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("colours")
        self.setAccessibleName(_("Colour"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.NoFrame)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(8), px(8), px(8), px(8))
        grid.setSpacing(px(2))
        self._take = take
        self._chips: list[_Chip] = []
        for place, index in enumerate(theme.NEXT_COLOURS):
            chip = _Chip(index, chosen=index == colour, parent=self)
            chip.clicked.connect(lambda _checked=False, index=index: self._done(index))
            grid.addWidget(chip, place // 6, place % 6)
            self._chips.append(chip)
        if inherits:
            button = QPushButton(_("As the code above"), self)
            button.setObjectName("colour_inherit")
            button.setFlat(True)
            button.clicked.connect(lambda: self._done(None))
            grid.addWidget(button, 2, 0, 1, 6)
        self._first = theme.NEXT_COLOURS.index(colour) if colour in theme.NEXT_COLOURS else 0

    def open_at(self, place: QPoint) -> None:
        """Opens with the colour of the moment in focus."""
        self.adjustSize()
        free = self.screen().availableGeometry()
        self.move(min(place.x(), free.right() - self.width()), min(place.y(), free.bottom() - self.height()))
        self.show()
        self._chips[self._first].setFocus(Qt.FocusReason.PopupFocusReason)

    def _done(self, colour: int | None) -> None:
        self.close()
        self._take(colour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -6, Qt.Key.Key_Down: 6}
        step = steps.get(Qt.Key(event.key()))
        focus = self.focusWidget()
        if step is not None and isinstance(focus, _Chip):
            at = self._chips.index(focus) + step
            if 0 <= at < len(self._chips):
                self._chips[at].setFocus(Qt.FocusReason.TabFocusReason)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton):
            focus.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.tokens_of(self)
        painter.fillRect(self.rect(), QColor(colours.paper))
        painter.setPen(QColor(colours.control_frame))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
