"""Which memos are listed: words, and chips for code, case, person and privacy."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qda.coding.memo_sorting import ORDERS, MemoWish, Order
from qda.i18n import _
from qda.ui.axial.choices import Choice, Chooser
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import Framed, on_panel

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.theme import Tokens


def _rules(theme: "Tokens") -> str:
    return (
        f"QPushButton#chip {{ border: 1px solid {theme.control_frame}; border-radius: 10px; "
        f"padding: 2px 10px; background: {theme.paper}; color: {theme.text}; }}"
        f"QPushButton#chip:hover {{ background: {theme.hover}; }}"
        f"QPushButton#chip:checked {{ border-color: {theme.accent}; background: {theme.list_selection}; "
        f"color: {theme.accent}; }}"
        f"QPushButton#chip:focus {{ border: 2px solid {theme.accent}; padding: 1px 9px; }}"
    )


class Chip(QPushButton):
    """One condition: pressed it asks for what is wanted, pressed again it asks for nothing."""

    settled = Signal()

    def __init__(
        self, title: str, choices: Callable[[], Sequence[Choice]], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._title = title
        self._choices = choices
        self.key = ""
        self.setObjectName("chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFont(ui_font(SMALL))
        self.clicked.connect(lambda _on=False: self._pressed())
        self.take("", "")

    def _pressed(self) -> None:
        if self.key:
            self.take("", "")
            self.settled.emit()
            return
        self.setChecked(False)
        rows = self._choices()
        chooser = Chooser(self._title, rows, self)
        words = {row.key: row.words for row in rows}
        chooser.taken.connect(lambda key: self._chosen(key, words.get(key, "")))
        chooser.open_at(self.mapToGlobal(QPoint(0, self.height() + px(2))))

    def _chosen(self, key: str, words: str) -> None:
        self.take(key, words)
        self.settled.emit()

    def take(self, key: str, words: str) -> None:
        """Wants this; nothing with an empty key."""
        self.key = key
        self.setChecked(bool(key))
        short = words if len(words) <= 24 else words[:23] + "…"
        shown = f"{self._title}: {short}  ✕" if key else self._title
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(f"{self._title}: {words}" if key else self._title)
        self.setToolTip(_("Press to show all again") if key else "")


class Sieve(QWidget):
    """The head of the list. ``changed`` tells that something else is wanted."""

    changed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        on_panel(self)
        self.words = QLineEdit(self)
        self.words.setObjectName("memo_filter")
        self.words.setAccessibleName(_("Filter memos"))
        self.words.setPlaceholderText(_("Find words in memos"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _text: self.changed.emit())
        self.order = QComboBox(self)
        self.order.setObjectName("memo_order")
        self.order.setAccessibleName(_("Order of the memos"))
        names: dict[Order, str] = {
            "newest": _("Newest first"),
            "oldest": _("Oldest first"),
            "changed": _("Changed last first"),
            "title": _("By title"),
            "pile": _("As on the pile"),
        }
        for key in ORDERS:
            self.order.addItem(names[key], key)
        self.order.activated.connect(lambda _at: self.changed.emit())
        self.code = Chip(_("Code"), self._codes)
        self.case = Chip(_("Case"), self._cases)
        self.coder = Chip(_("By"), self._coders)
        self.private = QPushButton(_("Only private"))
        self.private.setObjectName("chip")
        self.private.setAccessibleName(_("Only private memos"))
        self.private.setCheckable(True)
        self.private.setAutoDefault(False)
        self.private.setFont(ui_font(SMALL))
        self.private.clicked.connect(lambda _on: self.changed.emit())
        self._lay_out()
        self.use_pile_order(on=False)

    def _lay_out(self) -> None:
        chips = Framed(_rules, self)
        row = QHBoxLayout(chips)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for chip in (self.code, self.case, self.coder):
            chip.settled.connect(self.changed)
            row.addWidget(chip)
        row.addWidget(self.private)
        row.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self.words, 1)
        first.addWidget(self.order)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(6), px(12), px(6))
        box.setSpacing(px(6))
        box.addLayout(first)
        box.addWidget(chips)

    def use_pile_order(self, *, on: bool) -> None:
        """A pile has an order of its own: it is offered, and taken, where one is in hand."""
        at = self.order.findData("pile")
        item = getattr(self.order.model(), "item", None)
        if item is not None:
            item(at).setEnabled(on)
        if on:
            self.order.setCurrentIndex(at)
        elif self.order.currentIndex() == at:
            self.order.setCurrentIndex(0)

    def clear(self) -> None:
        """All memos again."""
        blocked = self.blockSignals(True)
        self.words.clear()
        for chip in (self.code, self.case, self.coder):
            chip.take("", "")
        self.private.setChecked(False)
        self.blockSignals(blocked)

    def wish(self, *, kinds: tuple[str, ...] = (), pile: str = "", private: bool = False) -> MemoWish:
        """What is wanted, with type, pile and whether only private ones from elsewhere."""
        return MemoWish(
            kinds=kinds,
            words=self.words.text(),
            code=self.code.key,
            case=self.case.key,
            coder=self.coder.key,
            pile=pile,
            private="only" if private or self.private.isChecked() else "all",
            order=self.order.currentData(),
        )

    # -- what there is to choose ----------------------------------------------------------------------------

    def _codes(self) -> list[Choice]:
        from qda.coding.codes import codes

        return [
            Choice(row.guid, row.path, row.colour, italic=row.origin == "in-vivo")
            for row in codes(self._desk.project)
        ]

    def _cases(self) -> list[Choice]:
        from qda.coding.material import cases

        return [Choice(row.guid, row.name) for row in cases(self._desk.project)]

    def _coders(self) -> list[Choice]:
        from qda.coding.material import coders

        return [Choice(row.name, row.name) for row in coders(self._desk.project)]
