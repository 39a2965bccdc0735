"""The sheet of one sampling decision: form, gap, what is sought, why, where, what came of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding.sampling import DecisionRow
from qda.i18n import _
from qda.ui.axial.segmented import Segmented
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.saturation.table import day_told
from qda.ui.saturation.targets_part import TargetsPart
from qda.ui.saturation.words import form_told, forms, outcomes
from qda.ui.surfaces import LinkButton, on_panel, scrolled, section, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_HEIGHTS = {"gap": 58, "sought": 58, "why": 76, "brought": 94}


class DecisionSheet(QWidget):
    """Right of the table; what is typed is kept by itself."""

    written = Signal(str, str, str)  # decision, field, words
    removed = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.guid = ""
        self.setObjectName("decision_sheet")
        on_panel(self)
        self.inside = on_panel(QWidget())
        self.title = QLabel("", self.inside)
        self.title.setFont(ui_font(semibold=True))
        self.by = small("", self.inside)
        self.form = QComboBox(self.inside)
        self.form.setObjectName("decision_form")
        self.form.setAccessibleName(_("Form"))
        for key, words in forms():
            self.form.addItem(words, key)
        self.form.activated.connect(lambda _at: self._wrote("form", self.form.currentData()))
        self.form_told = small("", self.inside, wrap=True)
        self.fields = {
            "gap": self._field("gap", _("From which gap"), _("What is open?")),
            "sought": self._field("sought", _("What is sought"), _("Who or what could tell?")),
            "why": self._field("why", _("Why"), _("What would it show, either way?")),
            "brought": self._field(
                "brought", _("What it brought"), _("Also a refusal, and what follows from it.")
            ),
        }
        self.targets = TargetsPart(desk, self.inside)
        self.outcome = Segmented("outcome", _("Outcome"), outcomes(), self.inside)
        self.outcome.chosen.connect(lambda key: self._wrote("outcome", key))
        self.memo = LinkButton(_("Memo…"), "decision_memo", self.inside)
        self.memo.clicked.connect(lambda: desk.memo_wanted.emit("", f"decision:{self.guid}"))
        self.remove = LinkButton(_("Remove"), "decision_remove", self.inside)
        self.remove.clicked.connect(lambda: self.removed.emit(self.guid))
        for button in (self.memo, self.remove):
            button.setFont(ui_font(SMALL))
        self._lay_out()

    def _field(self, key: str, words: str, hint: str) -> AutoText:
        field = AutoText(self.inside)
        field.setObjectName(f"decision_{key}")
        field.setAccessibleName(words)
        field.setPlaceholderText(hint)
        field.setFixedHeight(px(_HEIGHTS[key]))
        field.settled.connect(lambda text: self._wrote(key, text))
        return field

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.by, 1)
        head.addWidget(self.memo)
        head.addWidget(self.remove)
        box = QVBoxLayout(self.inside)
        box.setContentsMargins(px(16), px(10), px(16), px(14))
        box.setSpacing(px(4))
        box.addLayout(head)
        parts: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (_("Form"), (self.form, self.form_told)),
            (_("From which gap"), (self.fields["gap"],)),
            (_("What is sought"), (self.fields["sought"],)),
            (_("Why"), (self.fields["why"],)),
            (_("Where"), (self.targets,)),
            (_("Outcome"), (self.outcome,)),
            (_("What it brought"), (self.fields["brought"],)),
        )
        for words, widgets in parts:
            name = section(words, self.inside)
            name.setFont(ui_font(SMALL, semibold=True))
            name.setProperty("quiet", True)
            box.addSpacing(px(5))
            box.addWidget(name)
            for widget in widgets:
                box.addWidget(widget)
        box.addStretch(1)
        area = scrolled(self.inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    # -- what is shown --------------------------------------------------------------------------------------

    def show_decision(self, row: DecisionRow | None, number: int, *, writable: bool) -> None:
        """Shows this decision as it is now; what is being typed stays."""
        self.inside.setVisible(row is not None)
        if row is None:
            self.guid = ""
            return
        other = row.guid != self.guid
        if other:
            self.flush()
        self.guid = row.guid
        self.title.setText(_("Decision {number}").format(number=number))
        self.by.setText(f"{day_told(row.created)}, {row.coder}")
        self.form.setCurrentIndex(self.form.findData(row.form))
        self.form_told.setText(form_told(row.form))
        texts = {"gap": row.gap, "sought": row.sought, "why": row.why, "brought": row.brought}
        for key, field in self.fields.items():
            field.setReadOnly(not writable)
            if other:
                field.show_other(texts[key])
            else:
                field.show_text(texts[key])
        self.targets.show_targets(row, writable=writable)
        self.outcome.show_key(row.outcome)
        for widget in (self.form, self.outcome, self.remove):
            widget.setEnabled(writable)

    def flush(self) -> None:
        """Keeps what is being typed."""
        for field in self.fields.values():
            field.flush()

    def begin(self) -> None:
        """To the first field that is empty."""
        order = (self.fields["gap"], self.fields["sought"], self.fields["why"])
        empty = next((one for one in order if not one.toPlainText().strip()), self.fields["sought"])
        empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wrote(self, field: str, words: str) -> None:
        if self.guid:
            self.written.emit(self.guid, field, words)
