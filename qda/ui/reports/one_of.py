"""A setting of a report that names one document or one case."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from qda.i18n import _

if TYPE_CHECKING:
    from qda.models import Project
    from qda.reports.registry import Option

KINDS = ("source", "case")


class OneOf(QComboBox):
    """Chooses a document or case; ``chosen`` brings its GUID, empty for none. What is gone is none."""

    chosen = Signal(str)

    def __init__(
        self, project: "Project", option: "Option", value: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(option.name)
        self.setAccessibleName(_(option.title))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.addItem("–", "")
        for guid, name in _rows(project, option.kind):
            self.addItem(name, guid)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.activated.connect(lambda _index: self.chosen.emit(self.guid))

    @property
    def guid(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")


def _rows(project: "Project", kind: str) -> list[tuple[str, str]]:
    from qda.coding.material import cases, in_reading_order, sources

    if kind == "case":
        return [(row.guid, row.name) for row in cases(project)]
    return [(row.guid, row.title) for row in in_reading_order(sources(project))]
