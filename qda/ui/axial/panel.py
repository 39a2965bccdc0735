"""The left panel: the models, and below them the codes that the shown model does not hold yet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList, matching
from qda.ui.fonts import px
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel, small


class ModelList(ChoiceList):
    """The models; F2 renames, Delete removes."""

    rename_wanted = Signal(str)
    removal_wanted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2 and self.key:
            self.rename_wanted.emit(self.key)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.key:
            self.removal_wanted.emit(self.key)
        else:
            super().keyPressEvent(event)


class AxialPanel(QWidget):
    """Models and codes to place."""

    model_chosen = Signal(str)
    new_wanted = Signal()
    menu_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("axial_panel")
        on_panel(self)
        self.setMinimumWidth(px(184))
        self._rest: tuple[Choice, ...] = ()
        self.models = ModelList("models", _("Models"), self)
        self.models.setProperty("panel", True)
        self.models.turned_to.connect(self.model_chosen)
        self.models.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.models.customContextMenuRequested.connect(self._menu)
        self.new = LinkButton(_("New"), "new_model", self)
        self.new.setAccessibleName(_("New model from a template"))
        self.new.clicked.connect(self.new_wanted)
        self.count = small("", self)
        self.hint = small("", self, wrap=True)
        self.hint.setContentsMargins(px(16), 0, px(14), px(6))
        self.filter = QLineEdit(self)
        self.filter.setObjectName("unplaced_filter")
        self.filter.setAccessibleName(_("Filter the codes not yet placed"))
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show_rest)
        self.unplaced = ChoiceList("unplaced", _("Codes not yet placed"), self, codes=True)
        self.unplaced.setProperty("panel", True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Models"), self.new))
        box.addWidget(self.models)
        box.addSpacing(px(8))
        box.addWidget(Line(self))
        box.addLayout(head_row(_("Not yet placed"), self.count))
        box.addWidget(self.hint)
        row = QVBoxLayout()
        row.setContentsMargins(px(14), 0, px(14), px(6))
        row.addWidget(self.filter)
        box.addLayout(row)
        box.addWidget(self.unplaced, 1)
        self._below = box
        self.model_shown: Callable[[str], object] = lambda _model: None

    def put_hint(self, part: QWidget) -> None:
        """A part right below the list of codes."""
        self._below.addWidget(part)

    def put_below(self, part: QWidget, model_shown: Callable[[str], object]) -> None:
        """A part below the codes; ``model_shown`` is told which model (GUID) is shown."""
        self._below.addWidget(part)
        self.model_shown = model_shown

    def show_models(self, rows: Sequence[Choice], current: str) -> None:
        """Shows the models."""
        self.models.show_choices(rows, current=current)
        self.model_shown(current)
        self.models.setFixedHeight(px(26) * min(max(len(rows), 1), 7) + px(2))

    def show_unplaced(self, rows: Sequence[Choice], slots: int, *, named: bool) -> None:
        """Shows the codes that are in no slot; ``slots``: how many there are to place them in; ``named``:
        whether the model has its phenomenon."""
        self._rest = tuple(rows)
        self.count.setText(str(len(rows)) if rows else "")
        if not named:
            words = _("Name the phenomenon first: then the slots appear.")
        elif not slots:
            words = _("Make a slot of your own first: “New slot” above the board.")
        else:
            words = ngettext(
                "Drag into the slot, or place with Ctrl+1.",
                "Drag into a slot, or place with Ctrl+1 to Ctrl+{n}.",
                slots,
            ).format(n=slots)
        self.hint.setText(words)
        self._show_rest()

    def _show_rest(self) -> None:
        at = self.unplaced.currentIndex().row()
        before = self.unplaced.key
        shown = matching(self._rest, self.filter.text())
        self.unplaced.show_choices(shown)
        if before and before not in {row.key for row in shown} and shown:
            self.unplaced.setCurrentIndex(self.unplaced.choices.index(min(at, len(shown) - 1)))

    def _menu(self, at: QPoint) -> None:
        if self.models.key:
            self.menu_wanted.emit(self.models.key, self.models.viewport().mapToGlobal(at))
