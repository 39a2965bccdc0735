"""Writes what a query finds to a file, in every format there is for a table or for quotations."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from qda.coding.retrieval import written
from qda.coding.retrieval.spec import Spec
from qda.i18n import N_, _
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.reports.words import FORMATS

if TYPE_CHECKING:
    from qda.models import Project

_FORMS = (("table", N_("As a table")), ("quotes", N_("As quotations below headings")))
_BY = (
    ("place", N_("by document")),
    ("case", N_("by case")),
    ("code", N_("by code")),
)


@dataclass(frozen=True, slots=True)
class Export:
    """What is written, how, and where to; ``around``: paragraphs of context, none without."""

    query: Spec
    name: str = ""
    around: int | None = None
    by: str = "place"
    form: str = "table"
    out: Path = Path()

    def options(self, project: "Project") -> dict[str, str]:
        """The options of the report."""
        found = {"by": self.by, "form": self.form}
        if self.around is not None:
            found |= {"context": "yes", "paragraphs": str(self.around)}
        if asked := written(project, self.query):
            found["query"] = asked
        return found

    def write(self, project: "Project") -> Path:
        """Makes the report and writes it.

        :raises KnownError: a name is gone, or the disk does not take it.
        """
        from qda.reports.registry import render
        from qda.reports.segments import KIND

        report = KIND.build(project, self.options(project))
        if self.name:
            title = _("Passages: {name}").format(name=self.name)
            report = replace(report, subtitle=title)
        return render(report, self.out, name="segments", formats=KIND.formats)[0]


class ExportDialog(QDialog):
    """How the passages are to be written."""

    def __init__(self, wish: Export, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from qda.reports.segments import KIND

        self._wish = wish
        self.setObjectName("export_dialog")
        self.setWindowTitle(_("Export passages"))
        self.setMinimumWidth(px(420))
        self.format = QComboBox(self)
        self.format.setObjectName("export_format")
        self.format.setAccessibleName(_("Format"))
        for name in KIND.formats:
            self.format.addItem(f"{_(FORMATS.get(name, name))} (.{name})", name)
        self.by = QComboBox(self)
        self.by.setObjectName("export_by")
        self.by.setAccessibleName(_("Arranged"))
        for key, words in _BY:
            self.by.addItem(_(words), key)
        self.by.setCurrentIndex(max(0, self.by.findData(wish.by)))
        self._forms = QButtonGroup(self)
        self.context = QCheckBox(_("With what stands around"), self)
        self.context.setObjectName("export_context")
        self.context.setAccessibleName(self.context.text())
        self.context.setChecked(wish.around is not None)
        self.around = QSpinBox(self)
        self.around.setObjectName("export_paragraphs")
        self.around.setAccessibleName(_("Paragraphs around"))
        self.around.setRange(0, 20)
        self.around.setValue(1 if wish.around is None else wish.around)
        self.around.setEnabled(self.context.isChecked())
        self.context.toggled.connect(self.around.setEnabled)
        self._lay_out()
        self.format.currentIndexChanged.connect(lambda _at: self._fit_form())

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(12))
        box.addWidget(heading(_("Export passages"), self))
        forms = QVBoxLayout()
        forms.setSpacing(px(2))
        for key, words in _FORMS:
            button = QRadioButton(_(words), self)
            button.setObjectName(f"export_form_{key}")
            button.setAccessibleName(_(words))
            button.setProperty("form", key)
            button.setChecked(key == self._wish.form)
            self._forms.addButton(button)
            forms.addWidget(button)
        around = QHBoxLayout()
        around.addWidget(self.context)
        around.addWidget(self.around)
        around.addStretch(1)
        rows = QFormLayout()
        rows.setSpacing(px(8))
        rows.addRow(_("Format"), self.format)
        rows.addRow(_("Form"), forms)
        rows.addRow(_("Arranged"), self.by)
        rows.addRow("", around)
        box.addLayout(rows)
        buttons = QDialogButtonBox(self)
        save = buttons.addButton(_("Save as…"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("export_save")
        save.setAccessibleName(_("Save"))
        save.setDefault(True)
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("export_cancel")
        cancel.setAccessibleName(_("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def _fit_form(self) -> None:
        """Spreadsheets hold tables only."""
        only = self.format.currentData() in ("xlsx", "csv")
        for button in self._forms.buttons():
            if button.property("form") == "quotes":
                button.setEnabled(not only)
            elif only:
                button.setChecked(True)

    @property
    def wish(self) -> Export:
        """What was chosen, without the place yet."""
        form = next(one.property("form") for one in self._forms.buttons() if one.isChecked())
        around = self.around.value() if self.context.isChecked() else None
        return replace(self._wish, form=str(form), by=str(self.by.currentData()), around=around)


def ask_export(parent: QWidget, wish: Export) -> Export | None:
    """What is to be written and where; none where it was called off."""
    dialog = ExportDialog(wish, parent)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    wish, suffix = dialog.wish, str(dialog.format.currentData())
    dialog.deleteLater()
    if not taken:
        return None
    proposed = "".join(sign for sign in wish.name or _("Passages") if sign not in '\\/:*?"<>|').strip()
    path, _chosen = QFileDialog.getSaveFileName(
        parent, _("Export passages"), f"{proposed}.{suffix}", f"{_(FORMATS.get(suffix, suffix))} (*.{suffix})"
    )
    if not path:
        return None
    out = Path(path)
    return replace(
        wish, out=out if out.suffix.casefold() == f".{suffix}" else out.with_name(f"{out.name}.{suffix}")
    )
